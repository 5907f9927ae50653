//! Argon2id for a throw-away worker: a password in, a vault slot's key out.
//!
//! It is a module of its own so that the memory it fills is given back when the worker ends, and so that the password
//! stays in the page where it was typed.

use argon2::{Algorithm, Argon2, Params, Version};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};
use zeroize::Zeroizing;

/// Length of the key, in bytes.
const KEY_LENGTH: usize = 32;

/// Argon2id (RFC 9106, version 1.3) of a password: 32 bytes. The password is UTF-8 that the caller has brought into
/// NFKC (`password.normalize('NFKC')`).
///
/// # Errors
/// Parameters or a salt that Argon2 does not allow, or more memory than there is.
#[wasm_bindgen]
pub fn derive(
    password: Vec<u8>,
    salt: &[u8],
    memory_kib: u32,
    passes: u32,
    lanes: u32,
) -> Result<Vec<u8>, JsError> {
    let password = Zeroizing::new(password);
    let key = argon2id(&password, salt, memory_kib, passes, lanes)?;
    Ok(key.to_vec())
}

fn argon2id(
    password: &[u8],
    salt: &[u8],
    memory_kib: u32,
    passes: u32,
    lanes: u32,
) -> Result<Zeroizing<[u8; KEY_LENGTH]>, argon2::Error> {
    let params = Params::new(memory_kib, passes, lanes, Some(KEY_LENGTH))?;
    let mut key = Zeroizing::new([0; KEY_LENGTH]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(password, salt, &mut *key)?;
    Ok(key)
}

#[cfg(test)]
mod tests;
