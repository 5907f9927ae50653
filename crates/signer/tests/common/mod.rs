//! What several test files share.

#![allow(dead_code, reason = "each test file is a crate of its own and uses a part")]
#![allow(clippy::print_stdout, reason = "says what was not run")]

use std::path::PathBuf;

/// The folder of vectors from other projects, if this checkout has it beside it.
pub(crate) fn vectors(folder: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(folder);
    if !path.exists() {
        println!("skipped, vectors not present: {folder}");
        return None;
    }
    Some(path)
}

/// The key of the example in EIP-155, `0x46` thirty-two times.
pub(crate) const KEY: [u8; 32] = [0x46; 32];

pub(crate) fn bytes(hex: &str) -> Vec<u8> {
    hex::decode(hex.trim_start_matches("0x")).unwrap()
}
