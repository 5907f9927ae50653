use candor_primitives::Unicode;
use zeroize::Zeroizing;

/// Text in NFKD, the form in which BIP-39 hashes phrases and passphrases: the same letters give the same seed however
/// a keyboard composed them. Wiped when dropped, never printed.
pub struct Nfkd(Zeroizing<String>);

impl Nfkd {
    /// Brings a text into the form. ASCII is in it already, and is not handed out for that.
    #[must_use]
    pub fn of(text: &str, unicode: &(impl Unicode + ?Sized)) -> Self {
        Self(if text.is_ascii() { Zeroizing::new(text.to_owned()) } else { unicode.nfkd(text) })
    }

    /// No text, as in "no passphrase".
    #[must_use]
    pub fn empty() -> Self {
        Self(Zeroizing::new(String::new()))
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Debug for Nfkd {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Nfkd(…)")
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    /// The Unicode tables of a crate, as a browser would have them.
    struct Tables;

    impl Unicode for Tables {
        fn nfkd(&self, text: &str) -> Zeroizing<String> {
            Zeroizing::new(text.nfkd().collect())
        }
    }

    pub(crate) fn nfkd(text: &str) -> Nfkd {
        Nfkd::of(text, &Tables)
    }
}
