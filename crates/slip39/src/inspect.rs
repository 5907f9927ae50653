use candor_keys::WordReport;

use crate::{typed::typed_words, words};

/// Looks at the words of a share as typed so far; reads them as [`Share::parse`](crate::Share::parse) does.
#[must_use]
pub fn inspect(text: &str) -> Vec<WordReport> {
    WordReport::of_each(&typed_words(text), words::all(), |word| words::find(word).is_some())
}

#[cfg(test)]
mod tests {
    use candor_keys::{NearWords, Verdict};

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

    #[test]
    fn the_word_that_was_meant_is_offered() {
        let check = |typed: &str, expected: &[&str]| {
            assert_eq!(NearWords::among(words::all(), typed).as_slice(), expected, "{typed}");
        };
        check("acadmic", &["academic"]);
        check("acaedmic", &["academic"]);
        check("academics", &["academic"]);
        check("duk", &["duke"]);
        check("dukle", &["duke", "mule"]);
        check("ac", &["academic", "acid", "acne"]);
        check("qqqqqqqq", &[]);
        check("academicacademicacademic", &[]);
    }
}
