//! Assembles `dist/chrome` and `dist/firefox`.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use anyhow::{Context, Result};

use crate::args::Mode;
use crate::{manifest, modules, repo, shell, wasm};

/// Files in `extension/` that are for the build or the editor, not for the browser.
const NOT_SHIPPED: [&str; 3] = [".d.ts", "manifest.firefox.json", "jsconfig.json"];

/// Sites run them, so they ship without what only people read.
const PAGE_SCRIPTS: [&str; 4] = ["inpage.js", "content.js", "claim.js", "as-metamask.js"];

/// Both extensions as built, which no other run of xtask replaces while this value lives.
///
/// Whoever reads `dist` keeps it until done: of a build that another run is in the middle of, files are missing
/// or half written, and a check of them would mean nothing.
#[derive(Debug)]
#[must_use]
pub(crate) struct Built {
    _lock: File,
}

/// Builds both extensions from nothing, unpacked and loadable.
pub(crate) fn build(mode: Mode) -> Result<Built> {
    let built = Built { _lock: lock()? };
    let table = modules::read()?;
    let wasm = repo::target().join("wasm-modules");
    remove(&wasm)?;
    wasm::build(&table, mode, &wasm)?;
    for (folder, manifest) in [("chrome", manifest::chrome()?), ("firefox", manifest::firefox()?)] {
        let dist = repo::dist().join(folder);
        remove(&dist)?;
        copy(&repo::root().join("extension"), &dist)?;
        copy(&repo::root().join("www"), &dist)?;
        copy(&wasm, &dist.join("wasm"))?;
        if mode == Mode::Release {
            minify_page_scripts(&dist)?;
        }
        fs::write(dist.join("manifest.json"), serde_json::to_string_pretty(&manifest)? + "\n")?;
    }
    println!("Built {} for Chromium and for Firefox.", repo::dist().display());
    Ok(built)
}

fn minify_page_scripts(dist: &Path) -> Result<()> {
    for name in PAGE_SCRIPTS {
        let mut esbuild = shell::npm_tool("esbuild");
        esbuild.args(["--minify", "--target=es2022", "--log-level=warning"]);
        esbuild.arg(repo::root().join("extension").join(name));
        esbuild.arg(format!("--outfile={}", dist.join(name).display())).arg("--allow-overwrite");
        shell::run(&mut esbuild).with_context(|| format!("{name} could not be made smaller"))?;
    }
    Ok(())
}

/// Waits until no other run of xtask builds here; the operating system gives the lock back when we end.
fn lock() -> Result<File> {
    fs::create_dir_all(repo::target())?;
    let file = File::create(repo::target().join("xtask.lock"))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            println!("Waiting for another run of cargo xtask that builds here.");
            file.lock()?;
        }
        Err(TryLockError::Error(error)) => return Err(error).context("the build folder cannot be locked"),
    }
    Ok(file)
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    Ok(())
}

/// Copies what ships of a folder, with its subfolders.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    let entries = fs::read_dir(from).with_context(|| format!("{} cannot be read", from.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        if NOT_SHIPPED.iter().any(|ending| name.to_string_lossy().ends_with(ending)) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to.join(name))?;
        } else {
            fs::copy(entry.path(), to.join(name))?;
        }
    }
    Ok(())
}
