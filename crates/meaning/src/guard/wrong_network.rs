use super::{Memory, Relation, Transfer};
use crate::{Note, Tone, parts::note};

/// Someone who was paid on other networks only, saved or not.
pub(super) fn check(transfer: &Transfer<'_>, memory: &Memory) -> Option<Note> {
    let known = memory.of(transfer.to)?;
    let network = transfer.lens.network();
    let here = network.chain_id;
    let paid_on = match &known.relation {
        Relation::Saved(chains) | Relation::Paid(chains) => chains,
        Relation::Own => return None,
    };
    if paid_on.is_empty() || paid_on.contains(&here) {
        return None;
    }
    let what = format!("You have paid {} on other networks only.", known.called());
    let why = format!(
        "This would be on {}. An exchange or a shop may never see what comes in on a network that it does not use. Ask before you send.",
        network.name
    );
    Some(note(Tone::Care, "wrong-network", what, why))
}
