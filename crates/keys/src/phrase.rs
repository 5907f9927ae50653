use candor_primitives::Secret;
use zeroize::{Zeroize, Zeroizing};

use crate::{Language, NearWords, Nfkd, typed::typed_words};

/// The numbers of words a recovery phrase can have (BIP-39).
pub(crate) const LENGTHS: [usize; 5] = [12, 15, 18, 21, 24];
/// No word of any list is longer, in bytes of its NFKD form.
const LONGEST_WORD: usize = 32;

/// A recovery phrase (BIP-39) whose words and checksum are right. Wiped when dropped, never printed.
pub struct Phrase {
    mnemonic: bip39::Mnemonic,
    language: Language,
}

/// Why a text is not a recovery phrase. The typed word is kept apart, so that neither `Debug` nor `Display` prints it.
#[derive(Debug, thiserror::Error)]
pub enum PhraseError {
    /// There is no word in the text.
    #[error("there are no words")]
    Empty,
    /// A word is not in the list; the first such word is told.
    #[error("word {position} is not in the word list")]
    UnknownWord {
        /// Which word it is, counted from 1.
        position: usize,
        /// The word as read, in lower case.
        word: Secret<String>,
        /// What may have been meant.
        nearest: NearWords,
    },
    /// All words are known, but a phrase never has so many.
    #[error("a recovery phrase has 12, 15, 18, 21 or 24 words, this one has {count}")]
    WrongLength {
        /// How many words there are.
        count: usize,
    },
    /// All words are known, but together they are not a phrase: one is wrong, or two changed places.
    #[error("the words do not fit together: one is wrong, or their order is")]
    BadChecksum,
}

/// Entropy of a length that has no phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a recovery phrase is made from 16, 20, 24, 28 or 32 bytes, not from {length}")]
pub struct EntropyLengthError {
    /// The length that was given, in bytes.
    pub length: usize,
}

impl Phrase {
    /// The English phrase for this entropy: 16 bytes give 12 words, 32 bytes give 24.
    ///
    /// # Errors
    /// The entropy is not 16, 20, 24, 28 or 32 bytes long.
    pub fn from_entropy(entropy: &[u8]) -> Result<Self, EntropyLengthError> {
        Self::from_entropy_in(Language::English, entropy)
    }

    /// The phrase for this entropy, written in a language.
    pub(crate) fn from_entropy_in(language: Language, entropy: &[u8]) -> Result<Self, EntropyLengthError> {
        let mnemonic = bip39::Mnemonic::from_entropy_in(language.list(), entropy)
            .map_err(|_| EntropyLengthError { length: entropy.len() })?;
        Ok(Self { mnemonic, language })
    }

    /// Reads an English phrase as people type it: any white space and line breaks, upper case, numbering, commas,
    /// compatibility letters (NFKD), invisible characters.
    ///
    /// # Errors
    /// What is wrong, in this order: no words, the first unknown word, the number of words, the checksum.
    pub fn parse(text: &Nfkd) -> Result<Self, PhraseError> {
        Self::from_words(&typed_words(text), Language::English)
    }

    /// The phrase made of these words.
    pub(crate) fn from_words(words: &[Zeroizing<String>], language: Language) -> Result<Self, PhraseError> {
        if words.is_empty() {
            return Err(PhraseError::Empty);
        }
        if let Some((index, word)) = words.iter().enumerate().find(|(_, word)| !language.has(word)) {
            return Err(PhraseError::UnknownWord {
                position: index + 1,
                word: Secret::new(word.to_string()),
                nearest: NearWords::to(word, language),
            });
        }
        if !LENGTHS.contains(&words.len()) {
            return Err(PhraseError::WrongLength { count: words.len() });
        }
        let text = joined(words.iter().map(|word| word.as_str()));
        let mnemonic = bip39::Mnemonic::parse_in_normalized(language.list(), text.expose())
            .map_err(|_| PhraseError::BadChecksum)?;
        Ok(Self { mnemonic, language })
    }

    /// The words in order.
    pub fn words(&self) -> impl Iterator<Item = &'static str> + Clone + '_ {
        self.mnemonic.words()
    }

    /// The words in order, one space between them.
    #[must_use]
    pub fn text(&self) -> Secret<String> {
        joined(self.words())
    }

    /// The list that the words are from.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The 16 to 32 random bytes that the phrase writes down.
    #[must_use]
    pub fn entropy(&self) -> Secret<Vec<u8>> {
        let (padded, length) = self.mnemonic.to_entropy_array();
        let padded = Zeroizing::new(padded);
        Secret::new(padded.get(..length).unwrap_or_default().to_vec())
    }

    /// The seed for this phrase and passphrase (BIP-39: PBKDF2-HMAC-SHA512, 2048 rounds, over NFKD). The passphrase is
    /// empty for nearly everyone; every passphrase gives a seed, a mistyped one too.
    #[must_use]
    pub fn seed(&self, passphrase: &Nfkd) -> Seed {
        Seed::take(&mut self.mnemonic.to_seed_normalized(passphrase.text()))
    }
}

impl core::fmt::Debug for Phrase {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Phrase(…)")
    }
}

/// The words with one space between them, in a buffer that never has to grow.
fn joined<'a>(words: impl Iterator<Item = &'a str>) -> Secret<String> {
    let mut text = Secret::new(String::with_capacity(24 * (LONGEST_WORD + 1)));
    for word in words {
        if !text.expose().is_empty() {
            text.expose_mut().push(' ');
        }
        text.expose_mut().push_str(word);
    }
    text
}

/// The 64 bytes that all keys of a phrase and passphrase are derived from (BIP-39). Wiped when dropped, never printed.
#[derive(Debug)]
pub struct Seed(Secret<[u8; 64]>);

impl Seed {
    /// Moves the bytes in and wipes where they came from.
    pub(crate) fn take(bytes: &mut [u8; 64]) -> Self {
        let seed = Self(Secret::new(*bytes));
        bytes.zeroize();
        seed
    }

    /// The bytes, for sealing them.
    pub(crate) const fn expose(&self) -> &[u8; 64] {
        self.0.expose()
    }
}

#[cfg(test)]
mod tests;
