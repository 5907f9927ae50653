/// The word list that a recovery phrase is written in (BIP-39).
///
/// Another list is one more variant here and the feature of the same name of the crate `bip39`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// The list that nearly every wallet uses.
    #[default]
    English,
}

impl Language {
    /// The number that stored records name the list by; never reused.
    pub(crate) const fn id(self) -> u8 {
        match self {
            Self::English => 0,
        }
    }

    /// The list with this number, if this version knows it.
    pub(crate) const fn from_id(id: u8) -> Option<Self> {
        match id {
            0 => Some(Self::English),
            _ => None,
        }
    }

    /// The same list in the library's terms.
    pub(crate) const fn list(self) -> bip39::Language {
        match self {
            Self::English => bip39::Language::English,
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
}
