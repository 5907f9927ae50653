use core::fmt;

use candor_primitives::Secret;

/// The shortest master secret, in bytes (SLIP-39).
const SHORTEST: usize = 16;
/// The longest seed of BIP-32, in bytes. SLIP-39 itself has no upper limit.
const LONGEST: usize = 64;

/// What shares bring back: for a wallet made of shares, the seed of all its keys (BIP-32). Wiped when dropped, never
/// printed.
pub struct MasterSecret(Secret<Vec<u8>>);

/// A secret of a length that has no shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("shares are made of a secret of 16 to 64 bytes, an even number, not of {length}")]
pub struct MasterSecretLengthError {
    /// The length that was given, in bytes.
    pub length: usize,
}

impl MasterSecret {
    /// Takes the bytes of a secret.
    ///
    /// # Errors
    /// The length is odd, below 16 or above 64 bytes. Trezor's devices take only 16 and 32.
    pub fn new(bytes: Secret<Vec<u8>>) -> Result<Self, MasterSecretLengthError> {
        let length = bytes.expose().len();
        if Self::fits(length) { Ok(Self(bytes)) } else { Err(MasterSecretLengthError { length }) }
    }

    /// Whether a secret can have so many bytes.
    pub(crate) const fn fits(length: usize) -> bool {
        length >= SHORTEST && length <= LONGEST && length.is_multiple_of(2)
    }

    /// The bytes.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        self.0.expose()
    }
}

impl fmt::Debug for MasterSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterSecret(…)")
    }
}

/// The passphrase that encrypts the master secret before it is shared; empty for nearly everyone. Every passphrase
/// gives a secret, a mistyped one too.
#[derive(Clone, Copy)]
pub struct Passphrase<'a>(&'a str);

/// A passphrase with a character that SLIP-39 does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "character {position} of the passphrase cannot be used with shares, only letters without accents, digits, \
     punctuation and spaces can"
)]
pub struct PassphraseError {
    /// Which character it is, counted from 1.
    pub position: usize,
}

impl<'a> Passphrase<'a> {
    /// No passphrase.
    pub const EMPTY: Passphrase<'static> = Passphrase("");

    /// Checks a passphrase.
    ///
    /// # Errors
    /// Only printable ASCII is allowed, which every keyboard and device has.
    pub fn new(text: &'a str) -> Result<Self, PassphraseError> {
        match text.chars().position(|c| !matches!(c, ' '..='~')) {
            Some(index) => Err(PassphraseError { position: index + 1 }),
            None => Ok(Self(text)),
        }
    }

    pub(crate) const fn bytes(self) -> &'a [u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Passphrase<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_have_an_even_length_of_16_to_64_bytes() {
        for length in 0..=80 {
            let made = MasterSecret::new(Secret::new(vec![1; length])).map(|secret| secret.expose().len());
            let expected = if (16..=64).contains(&length) && length % 2 == 0 {
                Ok(length)
            } else {
                Err(MasterSecretLengthError { length })
            };
            assert_eq!(made.map_err(|error| error.length), expected.map_err(|error| error.length));
        }
    }

    #[test]
    fn passphrases_are_printable_ascii() {
        let check = |text: &str, position: Option<usize>| {
            assert_eq!(Passphrase::new(text).err().map(|error| error.position), position, "{text}");
        };
        check("", None);
        check(" TREZOR ~!\"", None);
        check("é", Some(1));
        check("ab\tc", Some(3));
        check("añb", Some(2));
        check("a\u{7f}", Some(2));
    }

    #[test]
    fn neither_is_printed() {
        let secret = MasterSecret::new(Secret::new(vec![7; 16])).unwrap();
        assert_eq!(
            format!("{secret:?} {:?}", Passphrase::new("abc").unwrap()),
            "MasterSecret(…) Passphrase(…)"
        );
    }
}
