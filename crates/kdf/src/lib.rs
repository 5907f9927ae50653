//! Argon2id for a throw-away worker: a password in, a vault slot's key out.
//!
//! It is a module of its own so that the memory it fills is given back when the worker ends, and so that the password
//! stays in the page where it was typed.

use std::cell::RefCell;

use argon2::{Algorithm, Argon2, Block, Error, Params, Version};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};
use zeroize::Zeroizing;

/// Length of the key, in bytes.
const KEY_LENGTH: usize = 32;
/// Memory that is filled once for the browser to notice what is worth compiling well.
const WARM_UP_KIB: u32 = 1_024;

thread_local! {
    /// Taken ahead, and used once: what a derivation leaves in it goes with the worker.
    static MEMORY: RefCell<Vec<Block>> = const { RefCell::new(Vec::new()) };
}

/// Takes the memory for a derivation ahead, while the password is still being typed: a system that has to find so much
/// takes as long for that as for a fifth of the derivation. And derives a key of nothing, after which the browser
/// has compiled the code well.
///
/// # Errors
/// There is not so much memory.
#[wasm_bindgen]
pub fn prepare(memory_kib: u32) -> Result<(), JsError> {
    argon2id(&[], &[0; argon2::MIN_SALT_LEN], WARM_UP_KIB, 1, 1)?;
    MEMORY.replace(allocated(usize::try_from(memory_kib)?)?);
    Ok(())
}

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
) -> Result<Zeroizing<[u8; KEY_LENGTH]>, Error> {
    let params = Params::new(memory_kib, passes, lanes, Some(KEY_LENGTH))?;
    let mut memory = MEMORY.take();
    if memory.len() < params.block_count() {
        // Given back first, so that both need not fit.
        drop(memory);
        memory = allocated(params.block_count())?;
    }
    let mut key = Zeroizing::new([0; KEY_LENGTH]);
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password_into_with_memory(password, salt, &mut *key, &mut memory)?;
    Ok(key)
}

/// So many blocks of 1 KiB.
fn allocated(blocks: usize) -> Result<Vec<Block>, Error> {
    let mut memory = Vec::new();
    memory.try_reserve_exact(blocks).map_err(|_| Error::OutOfMemory)?;
    memory.resize(blocks, Block::new());
    Ok(memory)
}

#[cfg(test)]
mod tests;
