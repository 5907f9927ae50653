//! Archives for the stores, whose bytes depend on the sources and the compiler alone.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::args::Mode;
use crate::{dist, manifest, repo, shell};

/// Folders that are never part of the sources.
const NOT_SOURCES: [&str; 4] = [".git", "dist", "node_modules", "target"];

/// Builds both extensions, packs them and the sources, and prints each archive's SHA-256.
pub(crate) fn package() -> Result<()> {
    let _built = dist::build(Mode::Release)?;
    for archive in [extension("chrome")?, extension("firefox")?, sources()?] {
        let digest = Sha256::digest(fs::read(&archive)?);
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        println!("{hex}  {}", archive.display());
    }
    Ok(())
}

/// Packs `dist/<browser>` as it is.
pub(crate) fn extension(browser: &str) -> Result<PathBuf> {
    let folder = repo::dist().join(browser);
    archive(browser, &folder, &files_below(&folder)?)
}

/// Packs what a clone holds; the archive, unpacked anywhere, packages to the same extensions.
fn sources() -> Result<PathBuf> {
    let files = if repo::root().join(".git").exists() {
        let listed = shell::output(shell::command("git").args(["ls-files", "-z"]))?;
        listed.split('\0').map(PathBuf::from).filter(|file| repo::root().join(file).is_file()).collect()
    } else {
        // An unpacked source archive has no history, and nothing but sources and what the build made of them.
        files_below(repo::root())?
    };
    archive("source", repo::root(), &files)
}

/// Every file below `folder`, as paths relative to it.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).with_context(|| format!("{} cannot be read", next.display()))? {
            let path = entry?.path();
            let skipped = path.file_name().is_some_and(|name| NOT_SOURCES.iter().any(|skip| name == *skip));
            if path.is_dir() && !skipped {
                folders.push(path);
            } else if path.is_file() {
                files.push(path.strip_prefix(folder)?.to_owned());
            }
        }
    }
    Ok(files)
}

/// Writes a zip with sorted names, a fixed time and fixed modes.
fn archive(name: &str, folder: &Path, files: &[PathBuf]) -> Result<PathBuf> {
    let manifest = manifest::chrome()?;
    let version = manifest["version"].as_str().ok_or_else(|| anyhow!("manifest.json has no version"))?;
    let out = repo::target().join("package");
    fs::create_dir_all(&out)?;
    let path = out.join(format!("candor-{name}-{version}.zip"));

    let mut names = files
        .iter()
        .map(|file| {
            let parts = file.iter().map(|part| part.to_str());
            let parts: Option<Vec<&str>> = parts.collect();
            parts.map(|parts| parts.join("/")).ok_or_else(|| anyhow!("{} is not UTF-8", file.display()))
        })
        .collect::<Result<Vec<String>>>()?;
    names.sort();

    let mut zip = ZipWriter::new(File::create(&path)?);
    for name in names {
        let file = folder.join(&name);
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(9))
            .last_modified_time(DateTime::default())
            .unix_permissions(if is_executable(&file)? { 0o755 } else { 0o644 });
        zip.start_file(&name, options)?;
        zip.write_all(&fs::read(&file)?)?;
    }
    zip.finish()?;
    Ok(path)
}

#[cfg(unix)]
fn is_executable(file: &Path) -> Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::metadata(file)?.permissions().mode() & 0o100 != 0)
}

#[cfg(not(unix))]
fn is_executable(_: &Path) -> Result<bool> {
    Ok(false)
}
