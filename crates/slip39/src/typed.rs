use zeroize::Zeroizing;

/// The words in what a person typed or pasted, in lower case.
///
/// Anything that is neither letter nor digit separates words (white space of every kind, line breaks, commas, list
/// marks); digits at the ends of a word are its numbering; characters without a width are not there at all.
pub(crate) fn typed_words(text: &str) -> Vec<Zeroizing<String>> {
    clean(text)
        .split(|c: char| !c.is_alphanumeric())
        .map(|word| word.trim_matches(|c: char| !c.is_alphabetic()))
        .filter(|word| !word.is_empty())
        .map(|word| Zeroizing::new(word.to_owned()))
        .collect()
}

/// Lower case, ligatures and wide letters undone, without what nobody sees. The list is plain English: this is all that
/// typing, printing and copying do to it, and Unicode's tables of normal forms can stay out.
fn clean(text: &str) -> Zeroizing<String> {
    // What is undone only gets shorter; lower case may lengthen some letters, which no share has.
    let mut clean = Zeroizing::new(String::with_capacity(text.len()));
    for c in text.chars().filter(|c| !is_dropped(*c)) {
        match c {
            'ﬀ' => clean.push_str("ff"),
            'ﬁ' => clean.push_str("fi"),
            'ﬂ' => clean.push_str("fl"),
            'ﬃ' => clean.push_str("ffi"),
            'ﬄ' => clean.push_str("ffl"),
            'Ａ'..='Ｚ' | 'ａ'..='ｚ' => clean.extend(narrow(c).map(|c| c.to_ascii_lowercase())),
            _ => clean.extend(c.to_lowercase()),
        }
    }
    clean
}

/// The ASCII letter that East Asian keyboards write as wide as their own.
fn narrow(wide: char) -> Option<char> {
    char::from_u32(u32::from(wide) - u32::from('Ａ') + u32::from('A'))
}

/// Accents that follow their letter, and the soft hyphens, zero-width spaces, direction marks and byte order marks that
/// come along with copied text.
const fn is_dropped(c: char) -> bool {
    matches!(
        c,
        '\u{00ad}'
            | '\u{0300}'..='\u{036f}'
            | '\u{061c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_however_they_are_typed() {
        let check = |text: &str, expected: &[&str]| {
            let words = typed_words(text);
            assert_eq!(words.iter().map(|word| word.as_str()).collect::<Vec<_>>(), expected, "{text:?}");
        };
        check("", &[]);
        check(" \n\t 1. 2) … ", &[]);
        check("  Academic\r\n\tACID  ", &["academic", "acid"]);
        check("1. academic 2) acid (3) acne 4: acquire", &["academic", "acid", "acne", "acquire"]);
        check("1academic\n2acid", &["academic", "acid"]);
        check("academic1 acid2", &["academic", "acid"]);
        check("[\"academic\", \"acid\"]", &["academic", "acid"]);
        check("“academic” — 'acid' • acne", &["academic", "acid", "acne"]);
        check("1️⃣ academic ② acid", &["academic", "acid"]);
        check("academic\u{a0}acid\u{3000}acne\u{2028}acquire", &["academic", "acid", "acne", "acquire"]);
        check("\u{feff}aca\u{200b}demic \u{202a}ac\u{ad}id\u{202c}", &["academic", "acid"]);
        check(
            "ａｃｉｄ ＡＣＮＥ ﬁction ﬂavor aca\u{301}demic",
            &["acid", "acne", "fiction", "flavor", "academic"],
        );
        // A digit inside a word is a slip to be shown, not a list number.
        check("ac1d", &["ac1d"]);
        check("ácid Ω", &["ácid", "ω"]);
    }
}
