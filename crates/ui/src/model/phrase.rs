//! Typing a recovery phrase: what to say when, and checking a paper copy.

use candor_protocol::view::PhraseReportView;

/// Whether the report's problem is worth showing yet. The last word may still be on its way.
#[must_use]
pub fn says_problem(report: &PhraseReportView) -> bool {
    let earlier = report.words.split_last().map_or(&[][..], |(_, earlier)| earlier);
    report.problem.is_some() && (report.complete || earlier.iter().any(|word| !word.known))
}

/// How many words there are, out of how many this looks like.
#[must_use]
pub fn count_line(words: usize) -> String {
    let target = [12, 15, 18, 21, 24].into_iter().find(|length| words <= *length).unwrap_or(24);
    format!("{words} of {target} words")
}

/// The phrase with one word replaced, single-spaced. `index` counts from 0.
#[must_use]
pub fn with_word(report: &PhraseReportView, index: usize, word: &str) -> String {
    let words = report.words.iter().enumerate();
    words.map(|(n, typed)| if n == index { word } else { &typed.text }).collect::<Vec<_>>().join(" ")
}

/// The first unknown word and the nearest known ones, for offering to put one in its place.
#[must_use]
pub fn first_unknown(report: &PhraseReportView) -> Option<(usize, Vec<String>)> {
    let (index, word) = report.words.iter().enumerate().find(|(_, word)| !word.known)?;
    Some((index, word.nearest.clone()))
}

/// Which words a check of the paper asks for, from 1, in order: three different ones, picked by three numbers from
/// 0 up to 1.
#[must_use]
pub fn asked(count: usize, draws: [f64; 3]) -> Vec<usize> {
    let mut left: Vec<usize> = (1..=count).collect();
    let mut picked: Vec<usize> = Vec::new();
    for draw in draws {
        if left.is_empty() {
            break;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a count of words is small"
        )]
        let place = (draw.clamp(0.0, 1.0) * left.len() as f64) as usize;
        let number = left.remove(place.min(left.len() - 1));
        let rank = picked.partition_point(|before| *before < number);
        picked.insert(rank, number);
    }
    picked
}

/// Whether a typed word is the one on the list.
#[must_use]
pub fn same_word(typed: &str, word: &str) -> bool {
    typed.trim().chars().flat_map(char::to_lowercase).eq(word.chars())
}

#[cfg(test)]
mod tests {
    use candor_protocol::view::{PhraseWordView, ProblemView};

    use super::*;

    fn report(words: &[(&str, bool)], complete: bool) -> PhraseReportView {
        PhraseReportView {
            words: words
                .iter()
                .map(|(text, known)| PhraseWordView {
                    text: (*text).to_owned(),
                    known: *known,
                    nearest: if *known { vec![] } else { vec!["near".to_owned()] },
                })
                .collect(),
            complete,
            checksum: None,
            problem: Some(ProblemView { title: String::new(), text: String::new() }),
        }
    }

    #[test]
    fn half_a_word_is_not_called_wrong() {
        let check = |words: &[(&str, bool)], complete, expected| {
            assert_eq!(says_problem(&report(words, complete)), expected, "{words:?}");
        };
        check(&[], false, false);
        check(&[("orch", false)], false, false);
        check(&[("orchid", true), ("vel", false)], false, false);
        check(&[("orch", false), ("velvet", true)], false, true);
        check(&[("orchid", true), ("vel", false)], true, true);
    }

    #[test]
    fn a_suggestion_replaces_one_word() {
        let typed = report(&[("orchid", true), ("vel", false), ("anchor", true)], false);
        assert_eq!(first_unknown(&typed), Some((1, vec!["near".to_owned()])));
        assert_eq!(with_word(&typed, 1, "velvet"), "orchid velvet anchor");
        assert_eq!(first_unknown(&report(&[("orchid", true)], false)), None);
    }

    #[test]
    fn counts_aim_at_the_next_length() {
        let check = |words, expected: &str| assert_eq!(count_line(words), expected);
        check(0, "0 of 12 words");
        check(12, "12 of 12 words");
        check(13, "13 of 15 words");
        check(24, "24 of 24 words");
        check(30, "30 of 24 words");
    }

    #[test]
    fn three_different_words_are_asked_for() {
        let check = |count, draws, expected: &[usize]| assert_eq!(asked(count, draws), expected);
        check(12, [0.0, 0.0, 0.0], &[1, 2, 3]);
        check(12, [0.999, 0.999, 0.999], &[10, 11, 12]);
        check(12, [0.5, 0.1, 1.0], &[2, 7, 12]);
        check(2, [0.5, 0.5, 0.5], &[1, 2]);
    }

    #[test]
    fn case_and_spaces_are_forgiven() {
        assert!(same_word(" Anchor ", "anchor"));
        assert!(!same_word("anchors", "anchor"));
        assert!(!same_word("", "anchor"));
    }
}
