//! What came to the account in view and left it without the wallet: read from the logs of contracts over the user's
//! servers, judged, and shown from what is remembered.
//!
//! A log is a claim of a stranger's contract. What claims to move nothing, what is of tokens that nobody asked for, and
//! what comes from addresses that imitate known ones is not listed, and no address of it reaches a screen.

mod judge;
mod search;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use candor_primitives::{Address, ChainId, Millis};
use serde_json::Value;

use self::search::{Search, Span};
use crate::{Wallet, gateway::Failure};

/// How old what a network said may be before it is asked again.
const FRESH: Millis = Millis::from_secs(45);

/// What is being looked for, and what was learnt of networks. All of it can be lost.
#[derive(Debug, Default)]
pub(crate) struct Searching {
    searches: BTreeMap<(Address, ChainId), Search>,
    last: u64,
    /// When a network was last asked of an account, and how much of the account's had been settled by then.
    asked: BTreeMap<(Address, ChainId), (Millis, usize)>,
    /// Networks that did not answer for an account when they were last asked.
    failed: BTreeSet<(Address, ChainId)>,
    /// How many blocks a network's servers look through at once.
    spans: BTreeMap<ChainId, Span>,
    /// Questions for times under way.
    times: usize,
}

/// A question of this module.
#[derive(Debug)]
pub(crate) struct Question {
    account: Address,
    chain: ChainId,
    about: About,
}

#[derive(Debug)]
enum About {
    /// How high the chain is.
    Head { search: u64 },
    /// Logs of a range of blocks.
    Logs { search: u64, range: u64 },
    /// When a block was made.
    Time { block: u64 },
}

impl Wallet {
    /// Looks wherever the account is at home and what is known is no longer fresh; `further` also looks at older
    /// blocks.
    fn look_for_moves(&mut self, account: Address, further: bool) {
        for chain in self.homes(account) {
            let settled = self.settled(account, chain);
            let key = (account, chain);
            let is_fresh = self
                .searching
                .asked
                .get(&key)
                .is_some_and(|(at, then)| self.now < at.plus(FRESH) && *then == settled);
            if (is_fresh && !further) || self.searching.searches.contains_key(&key) {
                continue;
            }
            self.searching.asked.insert(key, (self.now, settled));
            self.start_search(account, chain, further);
        }
    }

    /// The networks where something of the account is or was: no others hear of it for this.
    fn homes(&self, account: Address) -> Vec<ChainId> {
        let sent = self.transactions.list.iter().filter(|sent| sent.from == account).map(|sent| sent.chain);
        let has = self.remembered.of(account).iter();
        let has = has.filter(|on| on.held.iter().any(|held| !held.units.is_zero())).map(|on| on.chain);
        let known = self.history.of(account).iter().map(|on| on.chain);
        let listed = self.tokens.list.iter().map(|token| token.chain);
        let mut homes: BTreeSet<ChainId> = sent.chain(has).chain(known).chain(listed).collect();
        homes.insert(self.networks.current);
        homes.into_iter().filter(|chain| !self.endpoints(*chain).is_empty()).collect()
    }

    /// An answer to a question of this module.
    pub(crate) fn history_answered(&mut self, question: Question, answer: Result<Value, Failure>) {
        let Question { account, chain, about } = question;
        match about {
            About::Head { search } => self.head_arrived(account, chain, search, answer),
            About::Logs { search, range } => self.logs_arrived((account, chain), search, range, answer),
            About::Time { block } => self.time_arrived(account, chain, block, answer),
        }
    }
}
