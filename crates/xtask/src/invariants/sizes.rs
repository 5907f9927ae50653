//! Rules about the files that the build makes.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};

use super::files;
use crate::{modules, repo};

/// Sites load them, so they stay small: bytes of the page's and of the isolated world's script on every site, and of
/// those where the user chose them.
const PAGE_SCRIPTS: [(&str, u64); 4] =
    [("inpage.js", 5_000), ("content.js", 7_000), ("claim.js", 800), ("as-metamask.js", 500)];

const ALL_WASM: &str = "all wasm";

/// Bytes of what matters in the built Chrome extension, by file name, and of all wasm modules together but those that
/// are loaded on demand.
pub(crate) fn measured() -> Result<BTreeMap<String, u64>> {
    let dist = repo::dist().join("chrome");
    let mut sizes = BTreeMap::new();
    for file in files(&dist, &["wasm", "js", "css"])? {
        let bytes = fs::metadata(&file)?.len();
        sizes.insert(file.strip_prefix(&dist)?.display().to_string(), bytes);
    }
    let total = modules::read()?.always_loaded(|name| sizes.get(&built_file(name)).copied());
    sizes.insert(ALL_WASM.to_owned(), total);
    Ok(sizes)
}

/// Where a module is in the built extension.
fn built_file(module: &str) -> String {
    format!("wasm/{module}_bg.wasm")
}

/// No built file is larger than the table in `wasm-pack.toml` allows.
pub(super) fn keep_their_budgets() -> Result<Vec<String>> {
    let table = modules::read()?;
    let sizes = measured()?;
    let mut budgets = vec![(ALL_WASM.to_owned(), table.budget)];
    budgets.extend(PAGE_SCRIPTS.map(|(name, budget)| (name.to_owned(), budget)));
    for (name, module) in &table.modules {
        budgets.push((built_file(name), module.budget));
    }
    let mut found = Vec::new();
    for (file, budget) in budgets {
        match sizes.get(&file) {
            None => found.push(format!("{file} was not built")),
            Some(bytes) if *bytes > budget => {
                found.push(format!("{file} has {bytes} bytes, allowed {budget}"))
            }
            Some(_) => {}
        }
    }
    Ok(found)
}

/// A path in a panic message would tell about the builder and make each builder's bytes differ.
pub(super) fn name_no_folder_of_this_machine() -> Result<Vec<String>> {
    let folders = [Some(repo::root().to_owned()), std::env::home_dir()].into_iter().flatten();
    let folders: Vec<String> = folders.map(|folder| format!("{}/", folder.display())).collect();
    let mut found = Vec::new();
    for file in files(&repo::dist(), &["wasm", "js"])? {
        let bytes = fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        let text = String::from_utf8_lossy(&bytes);
        for folder in folders.iter().filter(|folder| text.contains(folder.as_str())) {
            found.push(format!("{} contains {folder}", file.display()));
        }
    }
    Ok(found)
}
