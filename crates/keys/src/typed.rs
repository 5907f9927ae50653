use zeroize::Zeroizing;

use crate::Nfkd;

/// The words in what a person typed or pasted, in lower case.
///
/// Anything that is neither letter nor digit separates words (white space of every kind, line breaks, commas, list
/// marks); digits at the ends of a word are its numbering; characters without a width are not there at all. A Chinese
/// character is a word, with or without spaces around it.
pub(crate) fn typed_words(text: &Nfkd) -> Vec<Zeroizing<String>> {
    let clean = clean(text);
    let words = clean.split(is_separator).map(strip_numbering).filter(|word| !word.is_empty());
    words.flat_map(|word| word.split_inclusive(is_chinese)).map(owned).collect()
}

/// Whether this is a character of the two Chinese lists; both are within this block.
const fn is_chinese(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Lower case, without invisible characters.
fn clean(text: &Nfkd) -> Zeroizing<String> {
    // Lower case can lengthen a text. With the room reserved beforehand, growing rarely leaves an
    // unwiped copy of the words behind.
    let text = text.text();
    let mut clean = Zeroizing::new(String::with_capacity(text.len().saturating_mul(2)));
    clean.extend(text.chars().filter(|c| !is_invisible(*c)).flat_map(char::to_lowercase));
    clean
}

/// Zero-width spaces and joiners, direction marks, soft hyphens, byte order marks and emoji selectors: they come along
/// with copied text and nobody sees them.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00ad}'
            | '\u{034f}'
            | '\u{061c}'
            | '\u{180b}'..='\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{20e3}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
    )
}

fn is_separator(c: char) -> bool {
    !c.is_alphanumeric() && !is_combining_mark(c)
}

/// The marks that words of the lists have in NFKD: accents of the Latin script, and the Japanese voicing marks.
const fn is_combining_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}')
}

/// Takes the list number off a word it sticks to, as in `1abandon`. A word's own marks (accents) stay.
fn strip_numbering(word: &str) -> &str {
    word.trim_start_matches(|c: char| !c.is_alphabetic())
        .trim_end_matches(|c: char| !c.is_alphabetic() && !is_combining_mark(c))
}

fn owned(word: &str) -> Zeroizing<String> {
    Zeroizing::new(word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normal::tests::nfkd;

    #[test]
    fn words_are_found_however_they_are_typed() {
        let check = |text: &str, expected: &[&str]| {
            let words = typed_words(&nfkd(text));
            assert_eq!(words.iter().map(|word| word.as_str()).collect::<Vec<_>>(), expected, "{text:?}");
        };
        check("", &[]);
        check(" \n\t 1. 2) … ", &[]);
        check("abandon ability", &["abandon", "ability"]);
        check("  Abandon\r\n\tABILITY  ", &["abandon", "ability"]);
        check("1. abandon 2) ability (3) able 4: about", &["abandon", "ability", "able", "about"]);
        check("1 abandon 2 ability", &["abandon", "ability"]);
        check("1abandon\n2ability", &["abandon", "ability"]);
        check("1.abandon2.ability", &["abandon", "ability"]);
        check("abandon1 ability2", &["abandon", "ability"]);
        check("#1 abandon; #2 ability", &["abandon", "ability"]);
        check("abandon,ability, able", &["abandon", "ability", "able"]);
        check("“abandon” — 'ability' • able", &["abandon", "ability", "able"]);
        check("[\"abandon\", \"ability\"]", &["abandon", "ability"]);
        check("① abandon ② ability", &["abandon", "ability"]);
        check("1️⃣ abandon 2️⃣ability", &["abandon", "ability"]);
        check("abandon\u{a0}ability\u{3000}able\u{2028}about", &["abandon", "ability", "able", "about"]);
        check("\u{feff}aban\u{200b}don \u{202a}abil\u{ad}ity\u{202c}", &["abandon", "ability"]);
        check("ａｂａｎｄｏｎ", &["abandon"]);
        check("ﬁsh", &["fish"]);
        // A digit inside a word is a slip to be shown, not a list number.
        check("ab4ndon", &["ab4ndon"]);
        // Accents stay, decomposed: they belong to the word in other languages.
        check("\u{e9}tage", &["e\u{301}tage"]);
        check("あいこくしん　あいさつ", &["あいこくしん", "あいさつ"]);
        check("的 一 是", &["的", "一", "是"]);
        check("的一是", &["的", "一", "是"]);
    }
}
