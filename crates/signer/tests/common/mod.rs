//! What several test files share.

#![allow(dead_code, reason = "each test file is a crate of its own and uses a part")]

/// The key of the example in EIP-155, `0x46` thirty-two times.
pub(crate) const KEY: [u8; 32] = [0x46; 32];

pub(crate) fn bytes(hex: &str) -> Vec<u8> {
    hex::decode(hex.trim_start_matches("0x")).unwrap()
}
