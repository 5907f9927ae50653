use candor_primitives::U256;

use super::{Memory, Transfer};
use crate::{Note, Tone, parts::note};

/// Nine tenths or more of the coins that pay every fee.
pub(super) fn check(transfer: &Transfer<'_>, memory: &Memory) -> Option<Note> {
    let have = memory.balance.filter(|have| !have.is_zero())?;
    let left = have.saturating_sub(transfer.coins);
    if transfer.coins.is_zero() || left > have / U256::from(10) {
        return None;
    }
    let network = transfer.lens.network();
    let what = format!("Hardly any {} is left afterwards.", network.coin_symbol);
    let why =
        format!("This account then cannot pay for much on {}, not even for sending tokens.", network.name);
    Some(note(Tone::Care, "near-everything", what, why))
}
