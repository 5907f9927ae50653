//! Assembles `dist/chrome` and `dist/firefox`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::args::Mode;
use crate::{manifest, modules, repo, wasm};

/// Files in `extension/` that are for the build or the editor, not for the browser.
const NOT_SHIPPED: [&str; 3] = [".d.ts", "manifest.firefox.json", "jsconfig.json"];

/// Builds both extensions from nothing, unpacked and loadable.
pub(crate) fn build(mode: Mode) -> Result<()> {
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
        fs::write(dist.join("manifest.json"), serde_json::to_string_pretty(&manifest)? + "\n")?;
    }
    println!("Built {} for Chromium and for Firefox.", repo::dist().display());
    Ok(())
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
