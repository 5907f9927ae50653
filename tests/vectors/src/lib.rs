//! Published test vectors that are read where they lie beside the repository, in `shared/data`, and are not part of it.
//! A checkout without them passes its tests and says which it did not run.
#![allow(clippy::print_stdout, reason = "says what was not run")]
#![expect(clippy::expect_used, reason = "vectors that are there but cannot be read fail the test")]

use std::path::{Path, PathBuf};

use serde_json::Value;

/// Where a file or folder of vectors is, if this checkout has it.
#[must_use]
pub fn path(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    if path.exists() {
        return Some(path);
    }
    println!("skipped, vectors not present: {name}");
    None
}

/// The text of a file.
///
/// # Panics
/// It is there and cannot be read.
#[must_use]
pub fn text(name: &str) -> Option<String> {
    path(name).map(|path| std::fs::read_to_string(path).expect("a text"))
}

/// The same, as JSON.
///
/// # Panics
/// It is there and is not JSON.
#[must_use]
pub fn json(name: &str) -> Option<Value> {
    text(name).map(|text| serde_json::from_str(&text).expect("JSON"))
}
