//! Rules about what the Rust sources may say.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::crates::{BASE, CORE};
use super::{files, lines_with};
use crate::repo;

/// Ways to do IO, read a clock, wait, or depend on the order of a hash table.
const IMPURE: [&str; 10] = [
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant::now",
    "async fn",
    ".await",
    "HashMap",
];

/// What `unsafe` may introduce.
const UNSAFE_FORMS: [&str; 5] = ["{", "extern", "fn", "impl", "trait"];

/// Time and entropy are arguments of the core, and everything else is an effect that it returns.
pub(super) fn the_core_is_pure() -> Result<Vec<String>> {
    let mut found = Vec::new();
    for package in CORE.iter().chain([&BASE]) {
        let folder = repo::root().join("crates").join(package.trim_start_matches("candor-")).join("src");
        for file in files(&folder, &["rs"])? {
            found.extend(lines_with(&file, &shipped_code(&file)?, &IMPURE));
        }
    }
    Ok(found)
}

/// The compiler forbids it as well; this also sees what the compiler is told to overlook.
pub(super) fn no_unsafe_code() -> Result<Vec<String>> {
    let forms = UNSAFE_FORMS.map(|form| format!("unsafe {form}"));
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
    let mut found = Vec::new();
    for file in files(&repo::root().join("crates"), &["rs"])? {
        found.extend(lines_with(&file, &shipped_code(&file)?, &forms));
    }
    Ok(found)
}

/// A file's code without its comments and its tests, line numbers kept.
fn shipped_code(file: &Path) -> Result<String> {
    if file.file_name().is_some_and(|name| name == "tests.rs") || file.iter().any(|part| part == "tests") {
        return Ok(String::new());
    }
    let text = fs::read_to_string(file)?;
    let shipped = text.split("#[cfg(test)]").next().unwrap_or_default();
    let code = shipped.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line });
    Ok(code.collect::<Vec<_>>().join("\n"))
}
