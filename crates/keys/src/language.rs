/// The word list that a recovery phrase is written in (BIP-39).
///
/// English is always there; the other nine lists weigh a quarter of a megabyte together and come with the feature
/// `languages`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// The list that nearly every wallet uses.
    #[default]
    English,
    /// Japanese.
    #[cfg(feature = "languages")]
    Japanese,
    /// Korean.
    #[cfg(feature = "languages")]
    Korean,
    /// Spanish.
    #[cfg(feature = "languages")]
    Spanish,
    /// Chinese in simplified characters.
    #[cfg(feature = "languages")]
    SimplifiedChinese,
    /// Chinese in traditional characters.
    #[cfg(feature = "languages")]
    TraditionalChinese,
    /// French.
    #[cfg(feature = "languages")]
    French,
    /// Italian.
    #[cfg(feature = "languages")]
    Italian,
    /// Czech.
    #[cfg(feature = "languages")]
    Czech,
    /// Portuguese.
    #[cfg(feature = "languages")]
    Portuguese,
}

use Language::English;
#[cfg(feature = "languages")]
use Language::{
    Czech, French, Italian, Japanese, Korean, Portuguese, SimplifiedChinese, Spanish, TraditionalChinese,
};

impl Language {
    /// Every list of this build, in the order of BIP-39. A list's place is the number that stored records name it by.
    #[cfg(not(feature = "languages"))]
    pub const ALL: &'static [Self] = &[English];
    /// Every list of this build, in the order of BIP-39. A list's place is the number that stored records name it by.
    #[cfg(feature = "languages")]
    pub const ALL: &'static [Self] = &[
        English,
        Japanese,
        Korean,
        Spanish,
        SimplifiedChinese,
        TraditionalChinese,
        French,
        Italian,
        Czech,
        Portuguese,
    ];

    /// The number that stored records name the list by; never reused.
    #[must_use]
    pub const fn id(self) -> u8 {
        self as u8
    }

    /// The list with this number, if this build has it.
    #[must_use]
    pub fn from_id(id: u8) -> Option<Self> {
        Self::ALL.get(usize::from(id)).copied()
    }

    /// The same list in the library's terms.
    pub(crate) const fn list(self) -> bip39::Language {
        match self {
            English => bip39::Language::English,
            #[cfg(feature = "languages")]
            Japanese => bip39::Language::Japanese,
            #[cfg(feature = "languages")]
            Korean => bip39::Language::Korean,
            #[cfg(feature = "languages")]
            Spanish => bip39::Language::Spanish,
            #[cfg(feature = "languages")]
            SimplifiedChinese => bip39::Language::SimplifiedChinese,
            #[cfg(feature = "languages")]
            TraditionalChinese => bip39::Language::TraditionalChinese,
            #[cfg(feature = "languages")]
            French => bip39::Language::French,
            #[cfg(feature = "languages")]
            Italian => bip39::Language::Italian,
            #[cfg(feature = "languages")]
            Czech => bip39::Language::Czech,
            #[cfg(feature = "languages")]
            Portuguese => bip39::Language::Portuguese,
        }
    }

    /// The 2048 words in their official order.
    #[must_use]
    pub fn words(self) -> &'static [&'static str] {
        self.list().word_list()
    }

    /// Whether the list has exactly this word, in NFKD and lower case.
    #[must_use]
    pub fn has(self, word: &str) -> bool {
        self.list().find_word(word).is_some()
    }

    /// The list that has most of these words; of two that have as many, the earlier. The two Chinese lists share
    /// over a thousand words, so a whole phrase can be in both: then it is the one whose checksum fits, see
    /// [`crate::Phrase::parse`].
    #[must_use]
    pub fn of_most<'a>(words: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut best = (0, English);
        for language in Self::ALL {
            let known = words.clone().filter(|word| language.has(word)).count();
            if known > best.0 {
                best = (known, *language);
            }
        }
        best.1
    }
}
