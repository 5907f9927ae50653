use super::{Memory, Transfer};
use crate::{Note, Tone, parts::note};

pub(super) const RULE: &str = "no-code-here";

/// An address that is a contract on another network of the user, and nothing on this one.
pub(super) fn check(transfer: &Transfer<'_>, memory: &Memory) -> Option<Note> {
    let elsewhere = memory.contract_on.as_ref()?;
    if transfer.lens.is_contract(transfer.to) == Some(true) {
        return None;
    }
    let here = transfer.lens.network().name;
    Some(note(
        Tone::Risk,
        RULE,
        format!("On {elsewhere} this is a contract. On {here} there is nothing at this address."),
        "What is sent there is most likely out of everyone’s reach. Change the network or the receiver.",
    ))
}
