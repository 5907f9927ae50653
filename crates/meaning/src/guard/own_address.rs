use super::{Memory, Relation, Transfer};
use crate::{Note, Tone, parts::note};

/// The very account that pays, or another one of the user.
pub(super) fn check(transfer: &Transfer<'_>, memory: &Memory) -> Option<Note> {
    let rule = "own-address";
    if transfer.to == transfer.lens.account().address {
        return Some(note(
            Tone::Care,
            rule,
            "It comes back to the same account.",
            "Nothing changes hands, and the fee is spent.",
        ));
    }
    let own = memory.of(transfer.to).is_some_and(|known| known.relation == Relation::Own);
    own.then(|| {
        note(
            Tone::Plain,
            rule,
            "This is an account of your own.",
            "Everyone can see from then on that both accounts have to do with each other.",
        )
    })
}
