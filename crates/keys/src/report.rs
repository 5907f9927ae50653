use crate::{Language, Nfkd, Phrase, WordReport, phrase::LENGTHS, typed::typed_words};

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
    let words = WordReport::of_each(&typed, language.words(), |word| language.has(word));
    let checksum = match phrase {
        Some(phrase) if phrase.checksum_fits() => Checksum::Good,
        Some(_) => Checksum::Bad,
        None => Checksum::NotYet,
    };
    PhraseReport { words, language, checksum }
}
