use super::{Memory, Transfer};
use crate::{Note, Tone, parts::note};

pub(super) const RULE: &str = "token-contract";

/// The contract of a token as the receiver: of the token itself, or of another one.
pub(super) fn check(transfer: &Transfer<'_>, memory: Option<&Memory>) -> Option<Note> {
    if transfer.token == Some(transfer.to) {
        return Some(note(
            Tone::Risk,
            RULE,
            "This is the token’s own contract, not a person.",
            "Tokens sent there cannot be recovered by anyone. Change the receiver.",
        ));
    }
    let name = memory?.token.as_ref()?;
    Some(note(
        Tone::Risk,
        RULE,
        format!("This is the contract of {name}, not a person."),
        "What is sent there cannot be recovered by anyone. Change the receiver.",
    ))
}
