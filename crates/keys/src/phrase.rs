use candor_primitives::Secret;
use zeroize::{Zeroize, Zeroizing};

use crate::{Language, NearWords, Nfkd, typed::typed_words};

/// The numbers of words a recovery phrase can have (BIP-39).
pub(crate) const LENGTHS: [usize; 5] = [12, 15, 18, 21, 24];
/// No word of any list is longer, in bytes of its NFKD form.
const LONGEST_WORD: usize = 32;

/// A recovery phrase (BIP-39): words of a list, as many as a phrase has. Wiped when dropped, never printed.
pub struct Phrase {
    mnemonic: bip39::Mnemonic,
    language: Language,
    checksum_fits: bool,
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
    ///
    /// # Errors
    /// The entropy is not 16, 20, 24, 28 or 32 bytes long.
    pub fn from_entropy_in(language: Language, entropy: &[u8]) -> Result<Self, EntropyLengthError> {
        let mnemonic = bip39::Mnemonic::from_entropy_in(language.list(), entropy)
            .map_err(|_| EntropyLengthError { length: entropy.len() })?;
        Ok(Self { mnemonic, language, checksum_fits: true })
    }

    /// Reads a phrase as people type it: any white space and line breaks, upper case, numbering, commas, compatibility
    /// letters (NFKD), invisible characters. It is in the list that has most of its words, and of two that have all
    /// of them, in the one whose checksum fits.
    ///
    /// # Errors
    /// What is wrong, in this order: no words, the first unknown word, the number of words, the checksum.
    pub fn parse(text: &Nfkd) -> Result<Self, PhraseError> {
        let phrase = Self::parse_unchecked(text)?;
        if phrase.checksum_fits { Ok(phrase) } else { Err(PhraseError::BadChecksum) }
    }

    /// As [`Phrase::parse`], but a checksum that does not fit is accepted: some programs made phrases without one, and
    /// their accounts are there all the same. Never to be used without the owner's word.
    ///
    /// # Errors
    /// As for [`Phrase::parse`], but never [`PhraseError::BadChecksum`].
    pub fn parse_unchecked(text: &Nfkd) -> Result<Self, PhraseError> {
        let words = typed_words(text);
        let all = |language: &Language| words.iter().all(|word| language.has(word));
        let candidates: Vec<Language> = Language::ALL.iter().copied().filter(all).collect();
        let read = |language| Self::from_words(&words, language);
        let fitting = candidates.iter().find_map(|language| read(*language).ok().filter(|p| p.checksum_fits));
        match (fitting, candidates.first()) {
            (Some(phrase), _) => Ok(phrase),
            (None, Some(language)) => read(*language),
            (None, None) => read(Language::of_most(words.iter().map(|word| word.as_str()))),
        }
    }

    /// The phrase made of these words, whether or not its checksum fits.
    pub(crate) fn from_words(words: &[Zeroizing<String>], language: Language) -> Result<Self, PhraseError> {
        if words.is_empty() {
            return Err(PhraseError::Empty);
        }
        if let Some((index, word)) = words.iter().enumerate().find(|(_, word)| !language.has(word)) {
            return Err(PhraseError::UnknownWord {
                position: index + 1,
                word: Secret::new(word.to_string()),
                nearest: NearWords::among(language.words(), word),
            });
        }
        if !LENGTHS.contains(&words.len()) {
            return Err(PhraseError::WrongLength { count: words.len() });
        }
        Self::unchecked(words.iter().map(|word| word.as_str()), language).ok_or(PhraseError::BadChecksum)
    }

    /// The phrase of words that are all in the list, as many as a phrase has.
    fn unchecked<'a>(words: impl Iterator<Item = &'a str>, language: Language) -> Option<Self> {
        let text = joined(words);
        let parse = bip39::Mnemonic::parse_in_normalized;
        let (mnemonic, checksum_fits) = match parse(language.list(), text.expose()) {
            Ok(mnemonic) => (mnemonic, true),
            Err(_) => {
                let parse = bip39::Mnemonic::parse_in_normalized_without_checksum_check;
                (parse(language.list(), text.expose()).ok()?, false)
            }
        };
        Some(Self { mnemonic, language, checksum_fits })
    }

    /// The phrase that these bits of [`Phrase::bits`] are of.
    pub(crate) fn from_bits(language: Language, bits: &[u8], checked: bool) -> Option<Self> {
        if checked {
            return Self::from_entropy_in(language, bits).ok();
        }
        let count = bits.len().checked_sub(1)? / 4 * 3;
        let bit = |at: usize| bits.get(at / 8).map(|byte| usize::from(byte >> (7 - at % 8) & 1));
        let index = |word: usize| (0..11).try_fold(0, |index, at| Some(index << 1 | bit(word * 11 + at)?));
        let words: Option<Vec<&str>> =
            (0..count).map(|word| language.words().get(index(word)?).copied()).collect();
        Self::unchecked(words?.into_iter(), language)
    }

    /// The bits that its words stand for: the entropy alone if the checksum follows from it, otherwise the entropy and
    /// one more byte that begins with the bits in the checksum's place.
    pub(crate) fn bits(&self) -> Secret<Vec<u8>> {
        if self.checksum_fits {
            return self.entropy();
        }
        let (padded, length) = self.mnemonic.to_entropy_array();
        let padded = Zeroizing::new(padded);
        Secret::new(padded.get(..=length).unwrap_or_default().to_vec())
    }

    /// Whether the checksum fits: whether this is what a program that keeps to BIP-39 would have made.
    #[must_use]
    pub const fn checksum_fits(&self) -> bool {
        self.checksum_fits
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
