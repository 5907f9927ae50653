use candor_primitives::Secret;
use zeroize::Zeroizing;

use crate::NearWords;

/// Suggestions are made for so many unknown words: as many as the longest thing that people type has, a SLIP-39 share
/// of 256 bits. A pasted book is not worth searching further.
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
    /// It is in the list, or so much of it that it can be no other word.
    Known,
    /// It is not.
    Unknown {
        /// What may have been meant.
        nearest: NearWords,
    },
}

impl WordReport {
    /// Looks at each typed word: whether it is known, and if not, which words of the list are near.
    pub fn of_each(
        typed: &[Zeroizing<String>],
        list: &[&'static str],
        is_known: impl Fn(&str) -> bool,
    ) -> Vec<Self> {
        let mut suggestions_left = SUGGESTED_FOR;
        let mut verdict = |word: &str| {
            if is_known(word) {
                Verdict::Known
            } else if suggestions_left == 0 {
                Verdict::Unknown { nearest: NearWords::none() }
            } else {
                suggestions_left -= 1;
                Verdict::Unknown { nearest: NearWords::among(list, word) }
            }
        };
        typed
            .iter()
            .map(|word| Self { typed: Secret::new(word.to_string()), verdict: verdict(word) })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_end_with_the_longest_share() {
        let typed = vec![Zeroizing::new("zooo".to_owned()); SUGGESTED_FOR + 1];
        let reports = WordReport::of_each(&typed, &["zoo"], |_| false);
        let suggested = |report: &WordReport| match &report.verdict {
            Verdict::Unknown { nearest } => nearest.as_slice().to_vec(),
            Verdict::Known => panic!("a known word"),
        };
        let (last, before) = reports.split_last().unwrap();
        assert!(before.iter().all(|report| suggested(report) == ["zoo"]));
        assert_eq!(suggested(last), <[&str; 0]>::default());
    }
}
