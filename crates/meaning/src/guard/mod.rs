//! Guards: what the wallet says of the receiver of a transfer, each an own rule. They compare only what is known here;
//! nobody is asked, and nothing is forbidden.
//!
//! They look at transfers of coins and tokens only. The contract that a site calls, for a swap or a permission, is no
//! receiver: contracts with chosen addresses resemble each other on purpose.

mod burn;
mod contract;
mod first_time;
mod look_alike;
mod near_everything;
mod no_code_here;
mod own_address;
#[cfg(test)]
mod tests;
mod token_contract;
mod wrong_network;

use candor_primitives::{Address, ChainId, U256};

use crate::{Lens, Note, parts};

pub use look_alike::{LookAlike, differing, find as look_alike};

/// What the wallet remembers of whom things were sent to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// Everyone whom the user pays, has saved or is, each address once.
    pub people: Vec<Acquaintance>,
    /// What the account has of the network's coin, in wei, if that is known.
    pub balance: Option<U256>,
    /// The name of the token of this network whose contract the receiver is.
    pub token: Option<String>,
    /// Another network of the user on which the receiver is a contract.
    pub contract_on: Option<String>,
}

/// An address that the user knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acquaintance {
    /// The address.
    pub address: Address,
    /// What the user calls it.
    pub name: Option<String>,
    /// Where it is known from.
    pub relation: Relation,
}

/// Where an address is known from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// An account of the wallet.
    Own,
    /// Saved by the user, and paid on these networks.
    Saved(Vec<ChainId>),
    /// Paid before, on these networks.
    Paid(Vec<ChainId>),
}

/// A transfer that the rules look at.
pub(crate) struct Transfer<'a> {
    pub(crate) lens: &'a dyn Lens,
    pub(crate) to: Address,
    /// The token that moves; nothing for the network's coin.
    pub(crate) token: Option<Address>,
    /// How much of the network's coin moves, in wei.
    pub(crate) coins: U256,
}

/// What there is to say of a transfer.
#[derive(Default)]
pub(crate) struct Findings {
    pub(crate) notes: Vec<Note>,
    pub(crate) look_alike: Option<LookAlike>,
}

/// Runs every rule.
pub(crate) fn guard(transfer: &Transfer<'_>) -> Findings {
    let memory = transfer.lens.remembered(transfer.to);
    let known = memory.as_ref();
    // Whoever reads one of these needs to hear nothing else.
    if let Some(note) = burn::check(transfer).or_else(|| token_contract::check(transfer, known)) {
        return Findings { notes: vec![note], look_alike: None };
    }
    let Some(memory) = known else {
        return Findings { notes: contract::check(transfer).into_iter().collect(), look_alike: None };
    };
    let look_alike = look_alike::find(transfer.to, &memory.people);
    let resembles = look_alike.as_ref().map(look_alike::note);
    let stranger = if resembles.is_none() { first_time::check(transfer, memory) } else { None };
    let notes = [
        resembles,
        no_code_here::check(transfer, memory),
        wrong_network::check(transfer, memory),
        near_everything::check(transfer, memory),
        contract::check(transfer),
        own_address::check(transfer, memory),
        stranger,
    ];
    Findings { notes: notes.into_iter().flatten().collect(), look_alike }
}

/// The word to be typed before going on in spite of a rule; nothing for those that only remark.
#[must_use]
pub fn acknowledgement(rule: &str) -> Option<&'static str> {
    match rule {
        look_alike::RULE => Some("different"),
        burn::RULE => Some("destroy"),
        token_contract::RULE | no_code_here::RULE => Some("lost"),
        _ => None,
    }
}

impl Memory {
    fn of(&self, address: Address) -> Option<&Acquaintance> {
        self.people.iter().find(|known| known.address == address)
    }
}

impl Acquaintance {
    /// Its name, else its short address.
    fn called(&self) -> String {
        self.name.clone().unwrap_or_else(|| parts::short_address(self.address))
    }
}
