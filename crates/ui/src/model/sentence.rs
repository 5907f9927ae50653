//! Sentences: whole templates with named slots, cut into what is fixed and what can be pressed.

use candor_protocol::view::{SentenceView, SlotView};

/// A stretch of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The template's own words.
    Text(String),
    /// A variable part.
    Slot(SlotView),
}

/// Cuts a sentence at its slots. A name that the background gave no value for stays as it stands in the template,
/// so that a mistake is seen rather than hidden.
#[must_use]
pub fn parts(sentence: &SentenceView) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = sentence.pattern.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        match after.split_once('}') {
            Some((name, tail)) => {
                match sentence.slots.iter().find(|slot| slot.name == name) {
                    Some(slot) => {
                        if !text.is_empty() {
                            parts.push(Part::Text(core::mem::take(&mut text)));
                        }
                        parts.push(Part::Slot(slot.clone()));
                    }
                    None => text.push_str(&format!("{{{name}}}")),
                }
                rest = tail;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    parts
}

/// The sentence as one line of text.
#[must_use]
pub fn plain(sentence: &SentenceView) -> String {
    parts(sentence)
        .into_iter()
        .map(|part| match part {
            Part::Text(text) => text,
            Part::Slot(slot) => slot.text,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use candor_protocol::view::Tone;

    use super::*;

    fn sentence(pattern: &str, slots: &[(&str, &str)]) -> SentenceView {
        let slots = slots
            .iter()
            .map(|(name, text)| SlotView {
                name: (*name).to_owned(),
                text: (*text).to_owned(),
                tone: Tone::Plain,
                exact: String::new(),
            })
            .collect();
        SentenceView { key: String::new(), pattern: pattern.to_owned(), slots }
    }

    #[test]
    fn templates_are_filled_once_and_never_twice() {
        let check = |pattern: &str, slots: &[(&str, &str)], expected: &str| {
            assert_eq!(plain(&sentence(pattern, slots)), expected, "{pattern}");
        };
        check("Send {amount} to {to}.", &[("amount", "1 ETH"), ("to", "Maria")], "Send 1 ETH to Maria.");
        check("{to} gets {amount}", &[("amount", "1 ETH"), ("to", "Maria")], "Maria gets 1 ETH");
        check("Send {amount}.", &[("amount", "{to}"), ("to", "Maria")], "Send {to}.");
        check("Send {what}.", &[], "Send {what}.");
        check("Send {what", &[("what", "x")], "Send {what");
        check("", &[], "");
    }

    #[test]
    fn slots_keep_their_place() {
        let cut = parts(&sentence("Use {a}{b}.", &[("a", "1"), ("b", "2")]));
        let kinds: Vec<_> = cut.iter().map(|part| matches!(part, Part::Slot(_))).collect();
        assert_eq!(kinds, [false, true, true, false]);
    }
}
