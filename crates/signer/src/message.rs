//! Messages for people (EIP-191, version `E`): what `personal_sign` signs.

use candor_primitives::B256;

/// The digest of `"\x19Ethereum Signed Message:\n" ‖ length in decimal ‖ message`.
#[must_use]
pub fn personal_digest(message: &[u8]) -> B256 {
    alloy_primitives::eip191_hash_message(message)
}
