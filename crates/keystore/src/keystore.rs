use aes::Aes128;
use candor_keys::{KeyError, PrivateKey};
use candor_primitives::{Address, B256, Entropy, Secret, keccak256};
use ctr::{
    Ctr128BE,
    cipher::{KeyIvInit, StreamCipher},
};
use serde_json::json;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::{
    fields::{self, Fields, ParseError},
    kdf::{DerivedKey, KdfFunction, KdfParams},
};

/// The most bytes that a key file may have. Real ones have less than one thousand.
pub const MAX_LENGTH: usize = 64 * 1024;

/// A key file that has been read, and not been opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keystore {
    address: Option<Address>,
    kdf: KdfParams,
    iv: [u8; 16],
    ciphertext: Vec<u8>,
    mac: [u8; 32],
}

/// Why a key file did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The password is wrong; a file that was damaged looks the same.
    #[error("the password does not open this key file")]
    WrongPassword,
    /// What was inside is not a private key.
    #[error("what is in this key file is not a private key")]
    NotAKey(#[from] KeyError),
    /// The file states an address that its key does not have.
    #[error("the key file is for {stated}, but the key in it is that of {found}")]
    OtherAddress {
        /// The address that the file states.
        stated: Address,
        /// The address of the key in it.
        found: Address,
    },
}

impl Keystore {
    /// Reads a key file. Its text may come from anybody: it is bounded in length, depth and cost.
    ///
    /// # Errors
    /// Exactly which field is wrong, see [`ParseError`].
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let Fields { address, kdf, iv, ciphertext, mac } = fields::read(text)?;
        Ok(Self { address, kdf, iv, ciphertext, mac })
    }

    /// The address that the file states, if it does. Nothing proves it before the file is open.
    #[must_use]
    pub const fn address(&self) -> Option<Address> {
        self.address
    }

    /// How to turn the password into the key for [`Self::open`].
    #[must_use]
    pub const fn kdf(&self) -> &KdfParams {
        &self.kdf
    }

    /// The private key in the file.
    ///
    /// # Errors
    /// The password was wrong, or the file holds something else than it states, see [`OpenError`].
    pub fn open(&self, derived: &DerivedKey) -> Result<PrivateKey, OpenError> {
        let mac = mac(derived, &self.ciphertext);
        if !bool::from(mac.as_slice().ct_eq(&self.mac)) {
            return Err(OpenError::WrongPassword);
        }
        let mut plain = Secret::new(self.ciphertext.clone());
        apply_cipher(derived, &self.iv, plain.expose_mut());
        let mut key = Secret::new([0; 32]);
        // From the end: a file with fewer bytes left out zeros that the key begins with.
        for (to, from) in key.expose_mut().iter_mut().rev().zip(plain.expose().iter().rev()) {
            *to = *from;
        }
        let key = PrivateKey::from_bytes(key.expose())?;
        match self.address {
            Some(stated) if stated != key.address() => {
                Err(OpenError::OtherAddress { stated, found: key.address() })
            }
            _ => Ok(key),
        }
    }
}

/// The text of a key file for this key, with its address, as geth writes it. `derived` must be what `kdf` and the
/// password give; the caller took `kdf` with a fresh salt.
#[must_use]
pub fn seal(key: &PrivateKey, kdf: &KdfParams, derived: &DerivedKey, entropy: &mut dyn Entropy) -> String {
    let mut iv = [0; 16];
    entropy.fill(&mut iv);
    let mut id = [0; 16];
    entropy.fill(&mut id);
    let mut sealed = Zeroizing::new(*key.expose());
    apply_cipher(derived, &iv, sealed.as_mut_slice());
    let (kdf_name, kdf_params) = kdf_fields(kdf);
    json!({
        "address": hex::encode(key.address()),
        "crypto": {
            "cipher": "aes-128-ctr",
            "cipherparams": { "iv": hex::encode(iv) },
            "ciphertext": hex::encode(*sealed),
            "kdf": kdf_name,
            "kdfparams": kdf_params,
            "mac": hex::encode(mac(derived, sealed.as_slice())),
        },
        "id": uuid::Builder::from_random_bytes(id).into_uuid().to_string(),
        "version": 3,
    })
    .to_string()
}

fn kdf_fields(kdf: &KdfParams) -> (&'static str, serde_json::Value) {
    let salt = hex::encode(kdf.salt());
    match kdf.function() {
        KdfFunction::Scrypt { n, r, p } => {
            ("scrypt", json!({ "dklen": 32, "n": n, "p": p, "r": r, "salt": salt }))
        }
        KdfFunction::Pbkdf2 { rounds } => {
            ("pbkdf2", json!({ "c": rounds, "dklen": 32, "prf": "hmac-sha256", "salt": salt }))
        }
    }
}

/// AES-128 in counter mode, which encrypts and decrypts alike.
fn apply_cipher(derived: &DerivedKey, iv: &[u8; 16], data: &mut [u8]) {
    Ctr128BE::<Aes128>::new(derived.cipher_key().into(), iv.into()).apply_keystream(data);
}

/// Keccak-256 of the guarding key and the ciphertext.
fn mac(derived: &DerivedKey, ciphertext: &[u8]) -> B256 {
    let key = derived.mac_key();
    // Reserved in full: growing would leave an unwiped copy of the key behind.
    let mut guarded = Zeroizing::new(Vec::with_capacity(key.len() + ciphertext.len()));
    guarded.extend_from_slice(key);
    guarded.extend_from_slice(ciphertext);
    keccak256(guarded.as_slice())
}

#[cfg(test)]
mod tests;
