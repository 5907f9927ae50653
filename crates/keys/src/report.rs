use candor_primitives::Secret;

use crate::{Language, NearWords, Nfkd, Phrase, phrase::LENGTHS, typed::typed_words};

/// Suggestions are made for so many unknown words; a pasted book is not worth searching further.
const SUGGESTED_FOR: usize = 24;

/// What can be said about a recovery phrase while it is being typed.
#[derive(Debug)]
pub struct PhraseReport {
    /// Each word in order.
    pub words: Vec<WordReport>,
    /// The list that it is in, as far as one can tell.
    pub language: Language,
    /// Whether the words fit together.
    pub checksum: Checksum,
}

/// One word of what was typed.
#[derive(Debug)]
pub struct WordReport {
    /// The word as read, in lower case and without its list number.
    pub typed: Secret<String>,
    /// Whether the list has it.
    pub verdict: Verdict,
}

/// Whether the word list has a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is in the list.
    Known,
    /// It is not.
    Unknown {
        /// What may have been meant.
        nearest: NearWords,
    },
}

/// Whether the words fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// This is a recovery phrase.
    Good,
    /// The number of words is right and all are known, but one is wrong, or their order is.
    Bad,
    /// Too early to say: an unknown word, or not yet the right number of words.
    NotYet,
}

impl PhraseReport {
    /// How many words there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.words.len()
    }

    /// Whether a phrase can have so many words: 12, 15, 18, 21 or 24.
    #[must_use]
    pub fn length_fits(&self) -> bool {
        LENGTHS.contains(&self.count())
    }
}

/// Looks at a recovery phrase as typed so far; reads it as [`Phrase::parse`] does.
#[must_use]
pub fn inspect(text: &Nfkd) -> PhraseReport {
    let typed = typed_words(text);
    let phrase = Phrase::parse_unchecked(text).ok();
    let language = phrase
        .as_ref()
        .map_or_else(|| Language::of_most(typed.iter().map(|word| word.as_str())), Phrase::language);
    let mut suggestions_left = SUGGESTED_FOR;
    let words: Vec<WordReport> = typed
        .iter()
        .map(|word| WordReport {
            typed: Secret::new(word.to_string()),
            verdict: if language.has(word) {
                Verdict::Known
            } else if suggestions_left == 0 {
                Verdict::Unknown { nearest: NearWords::none() }
            } else {
                suggestions_left -= 1;
                Verdict::Unknown { nearest: NearWords::to(word, language) }
            },
        })
        .collect();
    let checksum = match phrase {
        Some(phrase) if phrase.checksum_fits() => Checksum::Good,
        Some(_) => Checksum::Bad,
        None => Checksum::NotYet,
    };
    PhraseReport { words, language, checksum }
}
