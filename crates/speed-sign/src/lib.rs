//! What `cargo xtask bench` measures beside the JavaScript library that other wallets sign with: the wallet's own crate
//! for signatures, called as the background calls it, and nothing around it, as nothing is around the other. It is built
//! as the background is, and it never ships.

use candor_primitives::B256;
use candor_signer::sign_digest;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};
use zeroize::Zeroizing;

/// Signs a 32-byte digest: `r ‖ s ‖ v`.
///
/// # Errors
/// The key or the digest has another length than 32 bytes, or the key is none of the curve.
#[wasm_bindgen]
pub fn sign(key: &[u8], digest: &[u8]) -> Result<Vec<u8>, JsError> {
    let key = Zeroizing::new(<[u8; 32]>::try_from(key)?);
    Ok(sign_digest(&key, B256::try_from(digest)?)?.to_vec())
}
