//! Reads published vectors, which are not part of the repository.

use std::path::Path;

/// The text of a vector file in the folder beside the repository, if it is there.
pub(crate) fn read(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    let text = std::fs::read_to_string(path).ok();
    if text.is_none() {
        println!("skipped, vectors not present: {name}");
    }
    text
}

/// The same, as JSON.
pub(crate) fn read_json(name: &str) -> Option<serde_json::Value> {
    read(name).map(|text| serde_json::from_str(&text).unwrap())
}
