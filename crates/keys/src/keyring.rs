//! What one sealed record of the vault holds: the plaintext of a keyring, in a versioned binary form.
//!
//! All numbers are one byte, or big-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 4 | magic `CKEY` |
//! | 2 | version, 1 |
//! | 1 | kind: 1 = recovery phrase (2 is kept for a single private key) |
//! | 1 | word list: 0 = English |
//! | 1 | flags: bit 0 = a BIP-39 passphrase was used; all others 0 |
//! | 1 | length of the entropy: 16, 20, 24, 28 or 32 |
//! | … | entropy |
//! | 64 | BIP-39 seed |
//!
//! The entropy lets the phrase be shown again, the seed lets accounts be derived without asking for the passphrase and
//! without 2048 rounds of PBKDF2. The passphrase itself is never stored.

use candor_primitives::Secret;
use zeroize::Zeroizing;

use crate::{DerivationPath, KeyError, Language, Nfkd, Phrase, PrivateKey, Seed};

const MAGIC: [u8; 4] = *b"CKEY";
const VERSION: u16 = 1;
const KIND_PHRASE: u8 = 1;
const FLAG_PASSPHRASE: u8 = 1;
const SEED_LENGTH: usize = 64;
/// Everything before the entropy.
const HEAD_LENGTH: usize = 10;

/// A recovery phrase with the seed of its accounts.
#[derive(Debug)]
pub struct Keyring {
    phrase: Phrase,
    seed: Seed,
    has_passphrase: bool,
}

/// Why bytes are not a keyring that this version can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// Too short, or without the magic.
    #[error("this is not a keyring record")]
    NotAKeyring,
    /// Written by a later version of Candor.
    #[error("this keyring record has version {version}, which only a newer Candor can read")]
    NewerVersion {
        /// The version it has.
        version: u16,
    },
    /// A kind that this version does not know.
    #[error("this version of Candor does not know keyrings of kind {kind}")]
    UnknownKind {
        /// The kind it has.
        kind: u8,
    },
    /// A word list that this version does not know.
    #[error("this version of Candor does not know word list {language}")]
    UnknownLanguage {
        /// The number of the list.
        language: u8,
    },
    /// Flags that this version does not know.
    #[error("this version of Candor does not know the flags {flags} of a keyring")]
    UnknownFlags {
        /// All flags of the record.
        flags: u8,
    },
    /// The entropy has a length that no phrase has.
    #[error("the keyring record has {length} bytes of entropy, which no recovery phrase has")]
    EntropyLength {
        /// The stated length.
        length: u8,
    },
    /// More or fewer bytes than the record says.
    #[error("the keyring record has {found} bytes instead of {expected}")]
    Length {
        /// How many there should be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
}

impl Keyring {
    /// The keyring for a phrase and a BIP-39 passphrase (empty for none). Takes the time of 2048 rounds of PBKDF2.
    #[must_use]
    pub fn new(phrase: Phrase, passphrase: &Nfkd) -> Self {
        let seed = phrase.seed(passphrase);
        Self { phrase, seed, has_passphrase: !passphrase.is_empty() }
    }

    /// The words, for showing them to the owner.
    #[must_use]
    pub const fn phrase(&self) -> &Phrase {
        &self.phrase
    }

    /// Whether the words alone do not give these accounts: a passphrase belongs to them.
    #[must_use]
    pub const fn has_passphrase(&self) -> bool {
        self.has_passphrase
    }

    /// The account at a path.
    ///
    /// # Errors
    /// [`KeyError::NoSuchKey`]
    pub fn account(&self, path: &DerivationPath) -> Result<PrivateKey, KeyError> {
        self.seed.account(path)
    }

    /// The plaintext of the record, to be sealed.
    #[must_use]
    pub fn encode(&self) -> Secret<Vec<u8>> {
        let entropy = self.phrase.entropy();
        let entropy = entropy.expose();
        // A phrase has at most 32 bytes of entropy.
        let length = u8::try_from(entropy.len()).unwrap_or(u8::MAX);
        let flags = if self.has_passphrase { FLAG_PASSPHRASE } else { 0 };
        // Reserved in full: growing would leave an unwiped copy behind.
        let mut record = Secret::new(Vec::with_capacity(HEAD_LENGTH + entropy.len() + SEED_LENGTH));
        let bytes = record.expose_mut();
        bytes.extend_from_slice(&MAGIC);
        bytes.extend_from_slice(&VERSION.to_be_bytes());
        bytes.extend_from_slice(&[KIND_PHRASE, self.phrase.language().id(), flags, length]);
        bytes.extend_from_slice(entropy);
        bytes.extend_from_slice(self.seed.expose());
        record
    }

    /// Reads the plaintext of a record.
    ///
    /// # Errors
    /// Exactly what is wrong with it, see [`KeyringError`].
    pub fn decode(record: &[u8]) -> Result<Self, KeyringError> {
        let rest = record.strip_prefix(&MAGIC).ok_or(KeyringError::NotAKeyring)?;
        let (version, rest) = rest.split_first_chunk::<2>().ok_or(KeyringError::NotAKeyring)?;
        match u16::from_be_bytes(*version) {
            VERSION => {}
            0 => return Err(KeyringError::NotAKeyring),
            version => return Err(KeyringError::NewerVersion { version }),
        }
        let ([kind, language, flags, length], rest) =
            rest.split_first_chunk::<4>().ok_or(KeyringError::NotAKeyring)?;
        if *kind != KIND_PHRASE {
            return Err(KeyringError::UnknownKind { kind: *kind });
        }
        let language =
            Language::from_id(*language).ok_or(KeyringError::UnknownLanguage { language: *language })?;
        if flags & !FLAG_PASSPHRASE != 0 {
            return Err(KeyringError::UnknownFlags { flags: *flags });
        }
        let wrong_length = KeyringError::Length {
            expected: HEAD_LENGTH + usize::from(*length) + SEED_LENGTH,
            found: record.len(),
        };
        let (entropy, seed) = rest.split_at_checked(usize::from(*length)).ok_or(wrong_length)?;
        let mut seed = Zeroizing::new(<[u8; SEED_LENGTH]>::try_from(seed).map_err(|_| wrong_length)?);
        let phrase = Phrase::from_entropy_in(language, entropy)
            .map_err(|_| KeyringError::EntropyLength { length: *length })?;
        Ok(Self { phrase, seed: Seed::take(&mut seed), has_passphrase: flags & FLAG_PASSPHRASE != 0 })
    }
}

#[cfg(test)]
mod tests;
