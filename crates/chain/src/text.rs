//! Text that strangers chose (names, symbols, revert messages) and that a person will read as ours.

/// Whether a character can hide, reorder or imitate text: controls, line separators, bidirectional marks,
/// zero-width characters and tags (Unicode TR36, TR39).
pub(crate) fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// What is left when deceptive characters are dropped, white space is collapsed to single blanks and the
/// rest is cut to `limit` characters (with an ellipsis in place of the last one).
pub(crate) fn clean(text: &str, limit: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let mut visible = word.chars().filter(|c| !is_deceptive(*c)).peekable();
        if visible.peek().is_none() {
            continue;
        }
        let blank = (length > 0).then_some(' ');
        for c in blank.into_iter().chain(visible) {
            if length == limit {
                out.pop();
                out.push('…');
                return out;
            }
            out.push(c);
            length += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_seen_remains() {
        let check = |text: &str, limit: usize, expected: &str| {
            assert_eq!(clean(text, limit), expected, "{text:?}");
        };
        check("Uniswap: K", 20, "Uniswap: K");
        check("  a\r\n\tb  ", 20, "a b");
        check("safe\u{202E}gnp.exe", 20, "safegnp.exe");
        check("\u{200B}\u{FEFF}", 20, "");
        check("a \u{200B} b", 20, "a b");
        check("abcdef", 6, "abcdef");
        check("abcdefg", 6, "abcde…");
        check("ありがとう", 3, "あり…");
        check("a\0b", 9, "a b");
    }
}
