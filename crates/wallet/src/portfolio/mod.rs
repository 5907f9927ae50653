//! What the account in view has over the networks in use: asked for in few calls, shown from what is remembered.
//!
//! Each network is asked by Multicall3 for everything at once. Tokens that Candor knows travel with the native coin,
//! those that the user listed in questions of their own, so that a contract that eats a whole question's gas starves
//! only its like. Where there is no Multicall3, or it does not get through, one thing is asked for after the other.
//! A question names one account; another account's comes in requests of its own.

mod assets;
mod prices;
mod round;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use candor_chain::registry;
use candor_primitives::{Address, ChainId, Millis};
use serde_json::Value;

use self::{prices::PriceQuestion, round::Round};
use crate::{Wallet, gateway::Failure, records::TokenKind};

/// How old what a network said may be before it is asked again, for the network in view and for the others.
const FRESH_IN_VIEW: Millis = Millis::from_secs(12);
const FRESH: Millis = Millis::from_secs(60);
/// How many of the built-in networks are looked at without ever having been used.
const FIRST_NETWORKS: usize = 10;

/// What is being asked, and what was learnt of networks. All of it can be lost.
#[derive(Debug, Default)]
pub(crate) struct Looking {
    rounds: BTreeMap<(Address, ChainId), Round>,
    last_round: u64,
    /// When a network was last asked of an account, and how much of the account's had been settled by then.
    asked: BTreeMap<(Address, ChainId), (Millis, usize)>,
    /// Networks that did not answer for an account when they were last asked.
    failed: BTreeSet<(Address, ChainId)>,
    /// Networks without Multicall3.
    alone: BTreeSet<ChainId>,
    prices_asked: BTreeMap<ChainId, Millis>,
    prices_under_way: u32,
}

/// A question of this module.
#[derive(Debug)]
pub(crate) enum Question {
    /// Several amounts at once.
    Many { account: Address, chain: ChainId, round: u64, things: Vec<Option<Address>> },
    /// One amount: of the native coin, or of a token.
    One { account: Address, chain: ChainId, round: u64, thing: Option<Address> },
    /// Prices.
    Prices(PriceQuestion),
}

impl Wallet {
    /// The networks that the account in view is looked at on: those that the user or a site used, and the first of
    /// the built-in ones.
    fn networks_in_use(&self) -> Vec<ChainId> {
        let mut used: BTreeSet<ChainId> = [self.networks.current].into();
        used.extend(self.networks.custom.iter().map(|network| network.chain));
        used.extend(self.tokens.list.iter().map(|token| token.chain));
        used.extend(self.sites.by_origin.values().map(|site| site.chain));
        used.extend(self.transactions.list.iter().map(|sent| sent.chain));
        let real = registry::registry().iter().filter(|network| !network.testnet && !network.development);
        used.extend(real.take(FIRST_NETWORKS).map(|network| network.chain_id));
        let mut chains = self.network_ids();
        chains.retain(|chain| used.contains(chain) && !self.endpoints(*chain).is_empty());
        chains
    }

    /// What to ask a network for: the native coin and the tokens that Candor knows, and those that the user listed.
    fn things_on(&self, chain: ChainId) -> (Vec<Option<Address>>, Vec<Option<Address>>) {
        let known: Vec<Address> = candor_meaning::known_tokens(chain).map(|(address, _)| address).collect();
        let mut listed: Vec<Option<Address>> = Vec::new();
        for token in &self.tokens.list {
            if token.chain == chain && token.kind == TokenKind::Erc20 && !known.contains(&token.address) {
                listed.push(Some(token.address));
            }
        }
        (core::iter::once(None).chain(known.into_iter().map(Some)).collect(), listed)
    }

    /// How many of an account's transactions are in the chain: with each, amounts change.
    pub(crate) fn settled(&self, account: Address, chain: ChainId) -> usize {
        let of = self.transactions.list.iter().filter(|sent| sent.from == account && sent.chain == chain);
        of.filter(|sent| sent.state.is_included()).count()
    }

    /// Asks whatever is no longer fresh.
    fn look(&mut self, account: Address) {
        for chain in self.networks_in_use() {
            let settled = self.settled(account, chain);
            let fresh = if chain == self.networks.current { FRESH_IN_VIEW } else { FRESH };
            let added = self.tokens.list.iter().filter(|token| token.chain == chain).map(|token| token.since);
            let newest = added.max().unwrap_or(Millis(0));
            let is_fresh = self
                .portfolio
                .asked
                .get(&(account, chain))
                .is_some_and(|(at, then)| self.now < at.plus(fresh) && *then == settled && newest <= *at);
            if is_fresh || self.portfolio.rounds.contains_key(&(account, chain)) {
                continue;
            }
            self.portfolio.asked.insert((account, chain), (self.now, settled));
            self.ask_amounts(account, chain);
        }
        self.ask_prices(account);
    }

    /// An answer to a question of this module.
    pub(crate) fn portfolio_answered(&mut self, question: Question, answer: Result<Value, Failure>) {
        match question {
            Question::Many { account, chain, round, things } => {
                self.amounts_arrived(account, chain, round, things, answer);
            }
            Question::One { account, chain, round, thing } => {
                self.amount_arrived(account, chain, round, thing, answer);
            }
            Question::Prices(question) => self.prices_arrived(question, answer),
        }
    }
}
