use std::fmt::Write as _;

/// What a sentence quotes of a message; the rest is shown below it.
const QUOTED: usize = 80;

/// Whether a character can hide, reorder or imitate text: controls, line separators, bidirectional marks, zero-width
/// characters, tags and private use (Unicode TR36, TR39).
pub(crate) const fn is_deceptive(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}'
        | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{E000}'..='\u{F8FF}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}'..='\u{FFFF}' | '\u{E0000}'..='\u{10FFFF}')
}

/// A text with every deceptive character written out, such as `[U+202E]`. Line ends and tabs stay.
pub(crate) struct Readable {
    pub(crate) text: String,
    /// Whether anything had to be written out.
    pub(crate) deceptive: bool,
}

impl Readable {
    pub(crate) fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut deceptive = false;
        let mut before = None;
        for c in original.chars() {
            // Parts of emoji: a joiner and the picture style, each behind a symbol.
            let emoji = matches!(c, '\u{200D}' | '\u{FE0F}')
                && before.is_some_and(
                    |b| matches!(b, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}'),
                );
            if is_deceptive(c) && !matches!(c, '\n' | '\t') && !emoji {
                deceptive = true;
                // Writing to a String cannot fail.
                let _ = write!(text, "[U+{:04X}]", u32::from(c));
            } else {
                text.push(c);
            }
            before = Some(c);
        }
        Self { text, deceptive }
    }

    /// On one line and short enough to be quoted; ends with an ellipsis if it is not all.
    pub(crate) fn quote(&self) -> String {
        let line = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(QUOTED) {
            Some((end, _)) => format!("{}…", line.split_at(end).0.trim_end()),
            None => line,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_written_out() {
        let check = |text: &str, expected: &str, deceptive: bool| {
            let readable = Readable::new(text);
            assert_eq!((readable.text.as_str(), readable.deceptive), (expected, deceptive), "{text:?}");
        };
        check("I agree\nto this\t.", "I agree\nto this\t.", false);
        check("Grüße, 世界 👩‍👩‍👧 ❤️", "Grüße, 世界 👩‍👩‍👧 ❤️", false);
        check("pay \u{202E}001", "pay [U+202E]001", true);
        check("a\u{200B}b", "a[U+200B]b", true);
        check("a\u{200D}b", "a[U+200D]b", true);
        check("a\rb", "a[U+000D]b", true);
        check("\0", "[U+0000]", true);
        check("\u{E0041}", "[U+E0041]", true);
    }

    #[test]
    fn quotes_are_one_short_line() {
        let check = |text: &str, expected: &str| assert_eq!(Readable::new(text).quote(), expected);
        check("a\n\n  b", "a b");
        check(&"x".repeat(80), &"x".repeat(80));
        check(&"é".repeat(81), &format!("{}…", "é".repeat(80)));
    }
}
