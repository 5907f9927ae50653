//! Checking the paper copy of a phrase by three of its words.

/// How many words are asked for.
const ASKED: usize = 3;

/// Which words to ask for, counted from 1, in order and all different. The dice give numbers from 0 to below 1; they
/// need not be secret, only different each time.
#[must_use]
pub fn positions(words: usize, mut dice: impl FnMut() -> f64) -> Vec<usize> {
    let mut left: Vec<usize> = (1..=words).collect();
    let mut chosen: Vec<usize> = (0..ASKED.min(words))
        .map(|_| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::cast_precision_loss,
                reason = "a few dozen words at most"
            )]
            let at = (dice() * left.len() as f64) as usize;
            left.remove(at.min(left.len() - 1))
        })
        .collect();
    chosen.sort_unstable();
    chosen
}

/// Whether a typed word is the one on the list, spaces and case forgiven.
#[must_use]
pub fn fits(word: &str, typed: &str) -> bool {
    word == typed.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_different_words_are_asked_for_in_order() {
        let check =
            |words: usize, dice: f64, expected: &[usize]| assert_eq!(positions(words, || dice), expected);
        check(12, 0.0, &[1, 2, 3]);
        check(12, 0.999_999, &[10, 11, 12]);
        check(12, 0.5, &[6, 7, 8]);
        check(24, 1.0, &[22, 23, 24]);
        check(2, 0.5, &[1, 2]);
        check(0, 0.5, &[]);
        assert!(fits("ladder", "  Ladder ") && !fits("ladder", "lantern"));
    }
}
