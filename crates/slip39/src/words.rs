//! The 1024 words of SLIP-39, in alphabetical order, no two of which begin with the same four letters. The list comes
//! from Trezor's reference implementation; `wordlist/LICENSE` has its MIT licence.

use std::sync::LazyLock;

/// One word a line.
const TEXT: &str = include_str!("../wordlist/english.txt");
/// So many letters tell every word from all others.
const UNIQUE_LETTERS: usize = 4;

/// The words in order.
static LIST: LazyLock<Vec<&'static str>> = LazyLock::new(|| TEXT.lines().collect());

/// The 1024 words in order.
pub(crate) fn all() -> &'static [&'static str] {
    &LIST
}

/// The word with this number.
pub(crate) fn word(index: u16) -> &'static str {
    LIST.get(usize::from(index)).copied().unwrap_or_default()
}

/// The number of a word in lower case. Its first four letters are enough: metal plates have no room for more.
pub(crate) fn find(typed: &str) -> Option<u16> {
    if typed.len() < UNIQUE_LETTERS {
        return None;
    }
    // In the alphabet a word comes right after its own beginnings.
    let index = LIST.partition_point(|word| *word < typed);
    let found = LIST.get(index).is_some_and(|word| word.starts_with(typed));
    if found { u16::try_from(index).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_as_the_standard_says() {
        let words = all();
        assert_eq!(words.len(), 1024);
        assert!(words.is_sorted());
        assert!(words.iter().all(|word| (4..=8).contains(&word.len())));
        assert!(words.iter().all(|word| word.bytes().all(|b| b.is_ascii_lowercase())));
        assert!(words.windows(2).all(|pair| pair[0].get(..4) != pair[1].get(..4)));
    }

    #[test]
    fn each_word_is_found_by_four_letters() {
        for (index, word) in (0..).zip(all().iter().copied()) {
            assert_eq!(super::word(index), word);
            assert!(
                (4..=word.len()).all(|letters| find(word.get(..letters).unwrap()) == Some(index)),
                "{word}"
            );
        }
        for unknown in ["", "aca", "academics", "zoo", "abandon", "Academic"] {
            assert_eq!(find(unknown), None, "{unknown}");
        }
    }
}
