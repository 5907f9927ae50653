use super::{Memory, Transfer};
use crate::{Note, Tone, parts::note};

/// A receiver that was never paid and is not saved.
pub(super) fn check(transfer: &Transfer<'_>, memory: &Memory) -> Option<Note> {
    let stranger = memory.of(transfer.to).is_none() && transfer.to != transfer.lens.account().address;
    stranger.then(|| {
        note(
            Tone::Plain,
            "first-time",
            "You have not paid this address before.",
            "Compare all of it with what the receiver gave you. What is sent cannot be called back.",
        )
    })
}
