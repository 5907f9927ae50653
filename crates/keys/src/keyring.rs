//! What one sealed record of the vault holds: the plaintext of a keyring, in a versioned binary form.
//!
//! All numbers are one byte, or big-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 4 | magic `CKEY` |
//! | 2 | version, 1 |
//! | 1 | kind: 1 = recovery phrase, 2 = a single private key, 3 = the secret of SLIP-39 shares |
//! | 1 | kind 1: word list, see [`Language`]; otherwise 0 |
//! | 1 | kind 1: flags, see below; otherwise 0 |
//! | 1 | length of the secret |
//! | … | the secret |
//! | 64 | kind 1: BIP-39 seed; otherwise nothing |
//!
//! The secret of a phrase is its entropy, 16, 20, 24, 28 or 32 bytes: it lets the phrase be shown again, the seed lets
//! accounts be derived without asking for the passphrase and without 2048 rounds of PBKDF2. The passphrase itself is
//! never stored. A private key has 32 bytes. The secret that SLIP-39 shares restore is 16 to 64 bytes, an even number,
//! and is the seed of BIP-32 itself.
//!
//! Flags: bit 0 = a BIP-39 passphrase was used; bit 1 = the checksum of the phrase does not fit, so the secret is one
//! byte longer: the bits of the last word behind the entropy, then zeros.

use candor_primitives::{Address, Secret};
use zeroize::Zeroizing;

use crate::{DerivationPath, KeyError, Language, Nfkd, Phrase, PrivateKey, Search, Seed, Walk, account};

const MAGIC: [u8; 4] = *b"CKEY";
const VERSION: u16 = 1;
const KIND_PHRASE: u8 = 1;
const KIND_KEY: u8 = 2;
const KIND_SHARES: u8 = 3;
const FLAG_PASSPHRASE: u8 = 1;
const FLAG_UNCHECKED: u8 = 2;
const SEED_LENGTH: usize = 64;
/// Everything before the secret.
const HEAD_LENGTH: usize = 10;

/// Where accounts come from.
#[derive(Debug)]
pub struct Keyring(Source);

#[derive(Debug)]
enum Source {
    Phrase { words: PackedPhrase, seed: Seed, has_passphrase: bool },
    Key(PrivateKey),
    Shares(Secret<Vec<u8>>),
}

/// A phrase as its bits, so that a build without its word list can still derive its accounts.
#[derive(Debug)]
struct PackedPhrase {
    language: u8,
    /// The entropy, and the bits of the checksum behind it if they do not fit.
    bits: Secret<Vec<u8>>,
    checked: bool,
}

/// The kinds of keyrings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A recovery phrase (BIP-39).
    Phrase,
    /// A single private key.
    Key,
    /// The secret of SLIP-39 shares.
    Shares,
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
    /// Flags that this version does not know.
    #[error("this version of Candor does not know the flags {flags} of a keyring")]
    UnknownFlags {
        /// All flags of the record.
        flags: u8,
    },
    /// A word list for a kind that has no words.
    #[error("the keyring record names word list {language}, but its kind has no words")]
    WordListWithoutWords {
        /// The number of the list.
        language: u8,
    },
    /// The secret has a length that none of its kind has.
    #[error("the keyring record has a secret of {length} bytes, which none of its kind has")]
    SecretLength {
        /// The stated length.
        length: u8,
    },
    /// The bytes of a private key are not one.
    #[error("the keyring record has no private key of the curve")]
    NotAPrivateKey,
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
    pub fn new(phrase: &Phrase, passphrase: &Nfkd) -> Self {
        let words = PackedPhrase {
            language: phrase.language().id(),
            bits: phrase.bits(),
            checked: phrase.checksum_fits(),
        };
        let has_passphrase = !passphrase.is_empty();
        Self(Source::Phrase { words, seed: phrase.seed(passphrase), has_passphrase })
    }

    /// The keyring of one private key; its only account is at `m`.
    #[must_use]
    pub const fn from_key(key: PrivateKey) -> Self {
        Self(Source::Key(key))
    }

    /// The keyring of a secret that SLIP-39 shares restored.
    ///
    /// # Errors
    /// [`KeyringError::SecretLength`]: it is not 16 to 64 bytes, or an odd number of them.
    pub fn from_shared_secret(secret: Secret<Vec<u8>>) -> Result<Self, KeyringError> {
        let length = secret.expose().len();
        if (16..=64).contains(&length) && length.is_multiple_of(2) {
            Ok(Self(Source::Shares(secret)))
        } else {
            Err(KeyringError::SecretLength { length: u8::try_from(length).unwrap_or(u8::MAX) })
        }
    }

    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self.0 {
            Source::Phrase { .. } => Kind::Phrase,
            Source::Key(_) => Kind::Key,
            Source::Shares(_) => Kind::Shares,
        }
    }

    /// The words, for showing them to the owner; nothing if there are none, or if this build has not their list.
    #[must_use]
    pub fn phrase(&self) -> Option<Phrase> {
        let Source::Phrase { words, .. } = &self.0 else { return None };
        Phrase::from_bits(Language::from_id(words.language)?, words.bits.expose(), words.checked)
    }

    /// Whether the words alone do not give these accounts: a passphrase belongs to them.
    #[must_use]
    pub const fn has_passphrase(&self) -> bool {
        matches!(self.0, Source::Phrase { has_passphrase: true, .. })
    }

    /// The secret that SLIP-39 shares of this keyring are made from: the seed of BIP-32, so that every wallet that
    /// knows SLIP-39 restores the same accounts. A single key has none.
    #[must_use]
    pub fn to_be_shared(&self) -> Option<Secret<Vec<u8>>> {
        match &self.0 {
            Source::Phrase { seed, .. } => Some(Secret::new(seed.expose().to_vec())),
            Source::Shares(secret) => Some(Secret::new(secret.expose().clone())),
            Source::Key(_) => None,
        }
    }

    /// Whether both give the same accounts. A key that a phrase gives is not the same: the phrase gives more.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Source::Key(one), Source::Key(other)) => one.address() == other.address(),
            _ => self.seed().zip(other.seed()).is_some_and(|(one, other)| one == other),
        }
    }

    /// The account at a path.
    ///
    /// # Errors
    /// [`KeyError::NoSuchKey`]: there is none, as everywhere but at `m` of a single key.
    pub fn account(&self, path: &DerivationPath) -> Result<PrivateKey, KeyError> {
        match &self.0 {
            Source::Phrase { seed, .. } => seed.account(path),
            Source::Shares(secret) => account::at(secret.expose(), path),
            Source::Key(key) if path.steps().is_empty() => PrivateKey::from_bytes(key.expose()),
            Source::Key(_) => Err(KeyError::NoSuchKey),
        }
    }

    /// Its accounts one after the other, which is several times faster than each from the seed.
    #[must_use]
    pub fn walk(&self) -> Walk<'_> {
        Walk::new(self)
    }

    /// The seed of BIP-32; a single key has none.
    pub(crate) fn seed(&self) -> Option<&[u8]> {
        match &self.0 {
            Source::Phrase { seed, .. } => Some(seed.expose()),
            Source::Shares(secret) => Some(secret.expose()),
            Source::Key(_) => None,
        }
    }

    /// A search for the path that gives this address.
    ///
    /// # Errors
    /// [`KeyError::NoSuchKey`]: a single private key has no paths.
    pub fn search(&self, address: Address) -> Result<Search, KeyError> {
        match &self.0 {
            Source::Phrase { seed, .. } => Search::new(seed.expose(), address),
            Source::Shares(secret) => Search::new(secret.expose(), address),
            Source::Key(_) => Err(KeyError::NoSuchKey),
        }
    }

    /// The plaintext of the record, to be sealed.
    #[must_use]
    pub fn encode(&self) -> Secret<Vec<u8>> {
        match &self.0 {
            Source::Phrase { words, seed, has_passphrase } => {
                let mut flags = if *has_passphrase { FLAG_PASSPHRASE } else { 0 };
                if !words.checked {
                    flags |= FLAG_UNCHECKED;
                }
                written([KIND_PHRASE, words.language, flags], words.bits.expose(), seed.expose())
            }
            Source::Key(key) => written([KIND_KEY, 0, 0], key.expose(), &[]),
            Source::Shares(secret) => written([KIND_SHARES, 0, 0], secret.expose(), &[]),
        }
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
        let (known_flags, tail) = match *kind {
            KIND_PHRASE => (FLAG_PASSPHRASE | FLAG_UNCHECKED, SEED_LENGTH),
            KIND_KEY | KIND_SHARES => (0, 0),
            kind => return Err(KeyringError::UnknownKind { kind }),
        };
        if flags & !known_flags != 0 {
            return Err(KeyringError::UnknownFlags { flags: *flags });
        }
        if *kind != KIND_PHRASE && *language != 0 {
            return Err(KeyringError::WordListWithoutWords { language: *language });
        }
        let wrong_length =
            KeyringError::Length { expected: HEAD_LENGTH + usize::from(*length) + tail, found: record.len() };
        let (secret, tail_bytes) = rest.split_at_checked(usize::from(*length)).ok_or(wrong_length)?;
        if tail_bytes.len() != tail {
            return Err(wrong_length);
        }
        let bad_secret = KeyringError::SecretLength { length: *length };
        match *kind {
            KIND_PHRASE => {
                let checked = flags & FLAG_UNCHECKED == 0;
                let entropy = if checked { secret.len() } else { secret.len().saturating_sub(1) };
                if ![16, 20, 24, 28, 32].contains(&entropy) {
                    return Err(bad_secret);
                }
                let mut seed =
                    Zeroizing::new(<[u8; SEED_LENGTH]>::try_from(tail_bytes).map_err(|_| wrong_length)?);
                let words = PackedPhrase { language: *language, bits: Secret::new(secret.to_vec()), checked };
                let has_passphrase = flags & FLAG_PASSPHRASE != 0;
                Ok(Self(Source::Phrase { words, seed: Seed::take(&mut seed), has_passphrase }))
            }
            KIND_KEY => {
                let bytes = Zeroizing::new(<[u8; 32]>::try_from(secret).map_err(|_| bad_secret)?);
                let key = PrivateKey::from_bytes(&bytes).map_err(|_| KeyringError::NotAPrivateKey)?;
                Ok(Self::from_key(key))
            }
            _ => Self::from_shared_secret(Secret::new(secret.to_vec())),
        }
    }
}

/// A record of these parts. Reserved in full: growing would leave an unwiped copy behind.
fn written([kind, language, flags]: [u8; 3], secret: &[u8], tail: &[u8]) -> Secret<Vec<u8>> {
    // No secret is longer than 64 bytes.
    let length = u8::try_from(secret.len()).unwrap_or(u8::MAX);
    let mut record = Secret::new(Vec::with_capacity(HEAD_LENGTH + secret.len() + tail.len()));
    let bytes = record.expose_mut();
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&VERSION.to_be_bytes());
    bytes.extend_from_slice(&[kind, language, flags, length]);
    bytes.extend_from_slice(secret);
    bytes.extend_from_slice(tail);
    record
}

#[cfg(test)]
mod tests;
