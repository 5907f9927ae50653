//! What of a history can be believed. Nobody is asked, and what contracts call themselves is not looked at.

use std::collections::{BTreeMap, BTreeSet};

use candor_meaning::{Acquaintance, Relation, known_token, known_tokens, look_alike};
use candor_primitives::{Address, B256, ChainId};
use candor_protocol::history::HiddenWhy;

use crate::{
    Wallet,
    records::{HistoryOn, Moved},
};

/// What is to be made of a transfer.
#[derive(Debug)]
pub(super) enum Judged {
    /// It is listed; `own` if it is a part of something sent from this wallet.
    Listed { own: bool },
    /// The list of what was sent says it already.
    Said,
    /// It is not listed.
    Hidden(HiddenWhy),
}

impl Wallet {
    /// The contracts of a network whose word counts: those that Candor knows and those that the user listed.
    pub(super) fn wanted_tokens(&self, chain: ChainId) -> BTreeSet<Address> {
        let listed = self.tokens.list.iter().filter(|token| token.chain == chain).map(|token| token.address);
        known_tokens(chain).map(|(address, _)| address).chain(listed).collect()
    }

    /// Everything that is known of an account, judged.
    pub(super) fn judged(&self, account: Address) -> Vec<(&HistoryOn, &Moved, Judged)> {
        let own: BTreeSet<(ChainId, B256)> = self
            .transactions
            .list
            .iter()
            .filter(|sent| sent.from == account)
            .map(|sent| (sent.chain, sent.hash))
            .collect();
        let mut sides = Sides::new(self.people());
        let mut wanted: BTreeMap<ChainId, BTreeSet<Address>> = BTreeMap::new();
        let mut all: Vec<(&HistoryOn, &Moved)> = Vec::new();
        for on in self.history.of(account).iter().filter(|on| self.has_network(on.chain)) {
            wanted.insert(on.chain, self.wanted_tokens(on.chain));
            all.extend(on.moved.iter().map(|moved| (on, moved)));
        }
        let counts = |on: &HistoryOn, moved: &Moved| {
            !moved.units.is_zero() && wanted.get(&on.chain).is_some_and(|known| known.contains(&moved.token))
        };
        // Only the account itself makes a token that everybody knows move away from it.
        for (on, moved) in &all {
            if !moved.incoming && counts(on, moved) && known_token(on.chain, moved.token).is_some() {
                sides.trust(moved.other);
            }
        }
        // Who came first is imitated by who came later, not the other way round.
        all.sort_by_key(|(on, moved)| (moved.at, on.chain, moved.block, moved.index));
        let mut judged: Vec<(&HistoryOn, &Moved, Judged)> = Vec::with_capacity(all.len());
        for (on, moved) in all {
            let own = own.contains(&(on.chain, moved.transaction));
            let verdict = if own && !moved.incoming {
                Judged::Said
            } else if moved.units.is_zero() {
                Judged::Hidden(HiddenWhy::Nothing {})
            } else if !counts(on, moved) {
                Judged::Hidden(HiddenWhy::UnknownToken {})
            } else if own {
                Judged::Listed { own }
            } else {
                sides
                    .imitates(moved.other)
                    .map_or(Judged::Listed { own }, |of| Judged::Hidden(HiddenWhy::LookAlike { of }))
            };
            judged.push((on, moved, verdict));
        }
        judged
    }
}

/// Those on the other side, told apart from those who imitate them.
struct Sides {
    people: Vec<Acquaintance>,
    known: BTreeSet<Address>,
    /// Those that imitate somebody, with that one's name.
    impostors: BTreeMap<Address, Option<String>>,
}

impl Sides {
    fn new(people: Vec<Acquaintance>) -> Self {
        Self { people, known: BTreeSet::new(), impostors: BTreeMap::new() }
    }

    fn trust(&mut self, address: Address) {
        if self.known.insert(address) && !self.people.iter().any(|known| known.address == address) {
            self.people.push(Acquaintance { address, name: None, relation: Relation::Paid(Vec::new()) });
        }
    }

    /// Whether somebody imitates one who is known, and what that one is called. Who does not is known from now on.
    fn imitates(&mut self, address: Address) -> Option<Option<String>> {
        if self.known.contains(&address) {
            return None;
        }
        if let Some(of) = self.impostors.get(&address) {
            return Some(of.clone());
        }
        match look_alike(address, &self.people) {
            Some(found) => {
                self.impostors.insert(address, found.known.name.clone());
                Some(found.known.name)
            }
            None => {
                self.trust(address);
                None
            }
        }
    }
}
