use super::Transfer;
use crate::{
    Note, Tone,
    parts::{known_name, note},
};

/// A contract that has no name here as the receiver. A server says so, so it is a remark.
pub(super) fn check(transfer: &Transfer<'_>) -> Option<Note> {
    let stranger = transfer.lens.is_contract(transfer.to) == Some(true)
        && known_name(transfer.lens, transfer.to).is_none();
    stranger.then(|| {
        note(
            Tone::Care,
            "contract-receiver",
            "The receiver is a contract, not a person.",
            "Some contracts cannot give back what they receive. Check the address with whoever gave it to you.",
        )
    })
}
