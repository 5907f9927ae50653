use super::{Memory, Relation, Transfer};
use crate::{Note, Tone, parts::note};

/// Someone who is saved for another network, or was paid on others only.
pub(super) fn check(transfer: &Transfer<'_>, memory: &Memory) -> Option<Note> {
    let known = memory.of(transfer.to)?;
    let network = transfer.lens.network();
    let here = network.chain_id;
    let what = match &known.relation {
        Relation::Saved(Some(chain)) if *chain != here => {
            format!("You saved {} for another network.", known.called())
        }
        Relation::Paid(chains) if !chains.contains(&here) => {
            format!("You have paid {} on other networks only.", known.called())
        }
        _ => return None,
    };
    let why = format!(
        "This would be on {}. An exchange or a shop may never see what comes in on a network that it does not use. Ask before you send.",
        network.name
    );
    Some(note(Tone::Care, "wrong-network", what, why))
}
