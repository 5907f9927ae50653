use candor_primitives::{Address, address};

use super::Transfer;
use crate::{Note, Tone, parts::note};

pub(super) const RULE: &str = "burn";

/// Where people send what they want to destroy, and what programs write in place of an address.
const NOBODY: [Address; 5] = [
    address!("0x000000000000000000000000000000000000dEaD"),
    address!("0xdEAD000000000000000042069420694206942069"),
    address!("0xdead000000000000000000000000000000000000"),
    address!("0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE"),
    address!("0xffffffffffffffffffffffffffffffffffffffff"),
];

/// Addresses whose key nobody can have: zero, the usual ones, and all so low that the chain keeps them for itself.
pub(super) fn check(transfer: &Transfer<'_>) -> Option<Note> {
    let low = transfer.to.iter().take(18).all(|byte| *byte == 0);
    (low || NOBODY.contains(&transfer.to)).then(|| {
        note(
            Tone::Risk,
            RULE,
            "Nobody owns this address.",
            "What is sent there is gone. Reject it unless you want to destroy it.",
        )
    })
}
