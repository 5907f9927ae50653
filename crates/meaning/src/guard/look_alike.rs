use candor_primitives::Address;

use super::{Acquaintance, Relation};
use crate::{Note, Tone};

pub(super) const RULE: &str = "look-alike";

/// Who compares both ends of two addresses looks at that many characters of each.
const ENDS: usize = 3;
/// Who looks at one end only looks at that many.
const ONE_END: usize = 6;
/// As few characters as a slip of the hand changes.
const SLIP: usize = 6;

/// An address that is taken for another one at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookAlike {
    /// The receiver.
    pub receiver: Address,
    /// Whom it resembles.
    pub known: Acquaintance,
    /// How many of the forty characters differ.
    pub differing: usize,
}

/// Which of an address's forty characters differ from those of another; letter case is only a checksum.
#[must_use]
pub fn differing(a: Address, b: Address) -> [bool; 40] {
    let (a, b) = (digits(a), digits(b));
    core::array::from_fn(|at| a.get(at) != b.get(at))
}

fn digits(address: Address) -> [u8; 40] {
    core::array::from_fn(|at| {
        let byte = address.get(at / 2).copied().unwrap_or_default();
        if at % 2 == 0 { byte >> 4 } else { byte & 15 }
    })
}

/// Whom the receiver resembles without being it. Saved addresses and own accounts are compared with everything; who
/// was only paid says nothing of somebody else who was paid as well.
#[must_use]
pub fn find(receiver: Address, people: &[Acquaintance]) -> Option<LookAlike> {
    let paid = |known: &Acquaintance| matches!(known.relation, Relation::Paid(_));
    let itself = people.iter().find(|known| known.address == receiver);
    if itself.is_some_and(|known| !paid(known)) {
        return None;
    }
    people
        .iter()
        .filter(|known| known.address != receiver && !(itself.is_some() && paid(known)))
        .filter(|known| resembles(receiver, known.address))
        .map(|known| {
            let differing = differing(receiver, known.address).into_iter().filter(|differs| *differs).count();
            LookAlike { receiver, known: known.clone(), differing }
        })
        .min_by_key(|found| found.differing)
}

fn resembles(a: Address, b: Address) -> bool {
    let differs = differing(a, b);
    let head = differs.iter().take_while(|differs| !**differs).count();
    let tail = differs.iter().rev().take_while(|differs| !**differs).count();
    let count = differs.iter().filter(|differs| **differs).count();
    let digits = digits(a);
    // Many begin or end with zeros because somebody wanted that; zeros alone deceive nobody.
    let telling = |end: Option<&[u8]>| end.is_some_and(|end| end.iter().any(|digit| *digit != 0));
    let begins = head >= ONE_END && telling(digits.get(..head));
    let ends = tail >= ONE_END && telling(digits.get(40 - tail..));
    (head >= ENDS && tail >= ENDS) || begins || ends || count <= SLIP
}

pub(super) fn note(found: &LookAlike) -> Note {
    let what = match (&found.known.name, &found.known.relation) {
        (Some(name), Relation::Own) => {
            format!("This is not your account “{name}”. It only looks like it.")
        }
        (Some(name), _) => format!("This is not {name}’s address. It only looks like it."),
        (None, _) => {
            format!("This is not {}, which you paid before. It only looks like it.", found.known.called())
        }
    };
    let why = format!(
        "{} of 40 characters differ. Such addresses are made to be copied by mistake from what came in. Use the one that you know.",
        found.differing
    );
    crate::parts::note(Tone::Risk, RULE, what, why)
}
