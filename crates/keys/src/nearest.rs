use core::{cmp::Reverse, fmt};

/// How many words are offered at most.
const OFFERED: usize = 3;
/// A word this much longer than any of an English list (8 letters) is no slip of the finger.
const LONGEST_SLIP: usize = 16;

/// Up to three words of the list that a person may have meant, best first. Not printed by `Debug`: they are likely to
/// be words of the phrase or share.
#[derive(Clone, PartialEq, Eq)]
pub struct NearWords(Vec<&'static str>);

impl NearWords {
    /// The words, best first; empty if nothing is near.
    #[must_use]
    pub fn as_slice(&self) -> &[&'static str] {
        &self.0
    }

    /// No suggestion.
    #[must_use]
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// The one word that it must have been.
    #[must_use]
    pub fn only(word: &'static str) -> Self {
        Self(vec![word])
    }

    /// The words of a list nearest to a typed one: first those it is the beginning of, then those reached by the fewest inserted,
    /// left out, replaced or swapped letters; among these, those that begin alike for longest.
    #[must_use]
    pub fn among(words: &[&'static str], typed: &str) -> Self {
        let letters = typed.chars().count();
        if letters > LONGEST_SLIP {
            return Self::none();
        }
        let tolerated = (letters / 2).clamp(1, 3);
        let mut near: Vec<(usize, Reverse<usize>, &'static str)> = words
            .iter()
            .map(|word| (slips(typed, word), Reverse(common_start(typed, word)), *word))
            .filter(|(slips, ..)| *slips <= tolerated)
            .collect();
        near.sort_unstable();
        // Beside a word that is nearly the typed one, far ones only distract.
        let best = near.first().map_or(0, |(slips, ..)| *slips);
        near.retain(|(slips, ..)| *slips <= best + 1);
        Self(near.into_iter().map(|(.., word)| word).take(OFFERED).collect())
    }
}

impl fmt::Debug for NearWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NearWords({} words)", self.0.len())
    }
}

/// Slips of the finger between the two words: none if the typed one is just not finished.
fn slips(typed: &str, word: &str) -> usize {
    if word.starts_with(typed) { 0 } else { strsim::osa_distance(typed, word) }
}

/// How many letters both words begin with.
fn common_start(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    #[test]
    fn the_word_that_was_meant_is_offered() {
        let check = |typed: &str, expected: &[&str]| {
            assert_eq!(NearWords::among(Language::English.words(), typed).as_slice(), expected, "{typed}");
        };
        check("aban", &["abandon"]);
        check("abandn", &["abandon"]);
        check("abadnon", &["abandon"]);
        check("abandonn", &["abandon"]);
        check("ab", &["abandon", "ability", "able"]);
        check("zooo", &["zoo", "zone", "zero"]);
        check("lantern", &["later", "pattern", "ladder"]);
        check("e\u{301}cho", &["echo"]);
        check("qqqqqqqq", &[]);
        check("abandonabandonabandon", &[]);
    }
}
