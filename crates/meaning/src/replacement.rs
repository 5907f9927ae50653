use crate::{
    Lens, Meaning, Template, Tone,
    parts::{Draft, exact_text, note, slot},
};

/// What takes the place of something that still waits.
#[derive(Clone, Copy, Debug)]
pub enum Replacement<'a> {
    /// The same for a higher fee.
    SpeedUp,
    /// Nothing, so that what waits does not happen; its sentence.
    Cancel(&'a str),
}

/// Says of a transaction, whose own meaning is `inner`, that it takes the place of another.
#[must_use]
pub fn replacement(of: Replacement<'_>, inner: Meaning, lens: &dyn Lens) -> Meaning {
    let own = inner.sentence.plain_text();
    let (template, verb, act, tone) = match of {
        Replacement::SpeedUp => (Template::SpeedUp, "Speed up", own.as_str(), inner.tone),
        Replacement::Cancel(waiting) => (Template::Cancel, "Cancel it", waiting, Tone::Plain),
    };
    let late = note(
        Tone::Plain,
        "may-be-late",
        "Only one of the two will happen.".to_owned(),
        "If the network takes the first one before this, that one happens, and this one costs nothing.",
    );
    let act = act.trim_end_matches('.');
    Draft::new(template, inner.kind, verb, lens)
        .slot(slot("act", tone, act.to_owned(), exact_text(act)))
        .notes(inner.notes)
        .notes([late])
        .facts(inner.facts)
        .finish()
}
