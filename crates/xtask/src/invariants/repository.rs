//! Rules about the repository itself.

use std::collections::BTreeSet;

use anyhow::Result;

use crate::{repo, shell};

/// What the top level holds: the agreed layout, and what tools look for only there.
const TOP_LEVEL: [&str; 18] = [
    ".cargo",
    ".ci",
    ".clippy.toml",
    ".gitignore",
    ".npmrc",
    ".rustfmt.toml",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "crates",
    "docs",
    "extension",
    "manifest.json",
    "tests",
    "wasm-pack.toml",
    "www",
];

/// Nothing more is at the top level. An unpacked source archive holds only what was tracked.
pub(super) fn top_level_is_as_agreed() -> Result<Vec<String>> {
    if !repo::root().join(".git").exists() {
        return Ok(Vec::new());
    }
    let mut git = shell::command("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let listed = shell::output(&mut git)?;
    let entries: BTreeSet<&str> = listed.split('\0').filter_map(|file| file.split('/').next()).collect();
    Ok(entries
        .into_iter()
        .filter(|entry| !entry.is_empty() && !TOP_LEVEL.contains(entry))
        .map(|entry| format!("{entry} is not part of the agreed layout"))
        .collect())
}
