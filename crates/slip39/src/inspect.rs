use candor_primitives::Secret;

use crate::{NearWords, typed::typed_words, words};

/// Suggestions are made for so many unknown words, as many as a share has; a pasted book is not worth searching
/// further.
const SUGGESTED_FOR: usize = 33;

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
    /// It is in the list, or its first four letters are.
    Known,
    /// It is not.
    Unknown {
        /// What may have been meant.
        nearest: NearWords,
    },
}

/// Looks at the words of a share as typed so far; reads them as [`Share::parse`](crate::Share::parse) does.
#[must_use]
pub fn inspect(text: &str) -> Vec<WordReport> {
    let mut suggestions_left = SUGGESTED_FOR;
    typed_words(text)
        .iter()
        .map(|word| {
            let verdict = if words::find(word).is_some() {
                Verdict::Known
            } else if suggestions_left == 0 {
                Verdict::Unknown { nearest: NearWords::none() }
            } else {
                suggestions_left -= 1;
                Verdict::Unknown { nearest: NearWords::to(word) }
            };
            WordReport { typed: Secret::new(word.to_string()), verdict }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_followed_while_it_is_typed() {
        let check = |text: &str, known: &[bool]| {
            let verdicts: Vec<bool> =
                inspect(text).iter().map(|word| word.verdict == Verdict::Known).collect();
            assert_eq!(verdicts, known, "{text}");
        };
        check("", &[]);
        check("1. Duckling 2. enl", &[true, false]);
        check("duck enla acid", &[true, true, true]);
        let report = inspect("DUCKLIN, duckring");
        assert_eq!(report[1].typed.expose(), "duckring");
        let Verdict::Unknown { nearest } = &report[1].verdict else { panic!("a known word") };
        assert_eq!(nearest.as_slice(), ["duckling"]);
        assert!(!format!("{report:?}").contains("duck"));
    }

    #[test]
    fn a_pasted_book_is_answered_at_once() {
        assert_eq!(inspect(&"lorem ipsum dolor 1234 ".repeat(20_000)).len(), 60_000);
    }
}
