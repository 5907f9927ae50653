//! One look at one network.

use candor_chain::{erc20, multicall, quantity};
use candor_primitives::{Address, ChainId, U256};
use candor_protocol::notice::Notice;
use serde_json::{Value, json};

use super::Question;
use crate::{
    Wallet,
    gateway::{Failure, Purpose},
    outbox::Slice,
    records::{HadOn, Held},
};

/// The most things that are asked for one by one; of the others nothing is known then.
const MOST_ALONE: usize = 60;

/// What a network said so far.
#[derive(Debug)]
pub(super) struct Round {
    id: u64,
    /// Questions without an answer yet.
    left: usize,
    /// Whether it said anything at all.
    answered: bool,
    alone: usize,
    held: Vec<Held>,
    unread: Vec<Option<Address>>,
}

impl Round {
    fn learn(&mut self, thing: Option<Address>, units: Option<U256>) {
        match units {
            Some(units) if units.is_zero() => {}
            Some(units) => self.held.push(Held { token: thing, units }),
            None => self.unread.push(thing),
        }
        self.answered |= units.is_some();
    }
}

impl Wallet {
    pub(super) fn ask_amounts(&mut self, account: Address, chain: ChainId) {
        let (known, listed) = self.things_on(chain);
        self.portfolio.last_round += 1;
        let id = self.portfolio.last_round;
        // One more than there are questions, so that the round does not end while they are being asked.
        let round = Round { id, left: 1, answered: false, alone: 0, held: Vec::new(), unread: Vec::new() };
        self.portfolio.rounds.insert((account, chain), round);
        let together = !self.portfolio.alone.contains(&chain);
        for chunk in known.chunks(multicall::MOST_CALLS).chain(listed.chunks(multicall::MOST_CALLS)) {
            if together && chunk.len() > 1 {
                self.ask_together(account, chain, id, chunk.to_vec());
            } else {
                self.ask_alone(account, chain, id, chunk);
            }
        }
        self.question_ended(account, chain, id);
    }

    fn round(&mut self, account: Address, chain: ChainId, id: u64) -> Option<&mut Round> {
        self.portfolio.rounds.get_mut(&(account, chain)).filter(|round| round.id == id)
    }

    fn ask_together(&mut self, account: Address, chain: ChainId, id: u64, things: Vec<Option<Address>>) {
        let Some(round) = self.round(account, chain, id) else { return };
        round.left += 1;
        let contract = multicall::contract(chain);
        let data = multicall::aggregate(things.iter().map(|thing| match thing {
            Some(token) => (*token, erc20::balance_of(account)),
            None => (contract, multicall::native_balance(account)),
        }));
        let params = json!([{ "to": contract, "data": data }, "latest"]);
        let question = Question::Many { account, chain, round: id, things };
        self.ask(chain, "eth_call", params, Purpose::Portfolio(Box::new(question)));
    }

    fn ask_alone(&mut self, account: Address, chain: ChainId, id: u64, things: &[Option<Address>]) {
        for thing in things {
            let Some(round) = self.round(account, chain, id) else { return };
            if round.alone >= MOST_ALONE {
                round.unread.push(*thing);
                continue;
            }
            round.alone += 1;
            round.left += 1;
            let question = Question::One { account, chain, round: id, thing: *thing };
            let (method, params) = match thing {
                Some(token) => {
                    let call = json!({ "to": token, "data": erc20::balance_of(account) });
                    ("eth_call", json!([call, "latest"]))
                }
                None => ("eth_getBalance", Self::at_latest(account)),
            };
            self.ask(chain, method, params, Purpose::Portfolio(Box::new(question)));
        }
    }

    pub(super) fn amounts_arrived(
        &mut self,
        account: Address,
        chain: ChainId,
        id: u64,
        things: Vec<Option<Address>>,
        answer: Result<Value, Failure>,
    ) {
        let unreachable = matches!(answer, Err(Failure::Unreachable { .. }));
        let said = answer.as_ref().ok().and_then(|value| quantity::tolerant_data(value).ok());
        let amounts = said.as_ref().and_then(|said| multicall::answers(said, things.len()));
        let Some(round) = self.round(account, chain, id) else { return };
        match amounts {
            Some(amounts) => {
                for (thing, amount) in things.into_iter().zip(amounts) {
                    round.learn(thing, amount.and_then(erc20::decode_uint));
                }
            }
            None if unreachable => round.unread.extend(things),
            None => {
                // An empty answer is that of an address without a contract.
                if said.is_some_and(|said| said.is_empty()) {
                    self.portfolio.alone.insert(chain);
                }
                self.ask_alone(account, chain, id, &things);
            }
        }
        self.question_ended(account, chain, id);
    }

    pub(super) fn amount_arrived(
        &mut self,
        account: Address,
        chain: ChainId,
        id: u64,
        thing: Option<Address>,
        answer: Result<Value, Failure>,
    ) {
        let units = answer.ok().and_then(|value| match thing {
            Some(_) => erc20::decode_uint(&quantity::tolerant_data(&value).ok()?),
            None => quantity::tolerant(&value).ok(),
        });
        if let Some(round) = self.round(account, chain, id) {
            round.learn(thing, units);
        }
        self.question_ended(account, chain, id);
    }

    /// One question less; after the last one, what was said is remembered. Of a network that said nothing, what it
    /// said before stays.
    fn question_ended(&mut self, account: Address, chain: ChainId, id: u64) {
        let Some(round) = self.round(account, chain, id) else { return };
        round.left = round.left.saturating_sub(1);
        if round.left > 0 {
            return;
        }
        let Some(round) = self.portfolio.rounds.remove(&(account, chain)) else { return };
        if round.answered {
            self.portfolio.failed.remove(&(account, chain));
            let on = HadOn { chain, at: self.now, held: round.held, unread: round.unread };
            self.remembered.learn(account, on);
            self.out.touch(Slice::Portfolio);
        } else {
            self.portfolio.failed.insert((account, chain));
        }
        self.out.notice(Notice::Portfolio);
        if self.portfolio.rounds.is_empty() {
            // Only now it is known which tokens there are, and so which prices are wanted.
            self.ask_prices(account);
        }
    }
}
