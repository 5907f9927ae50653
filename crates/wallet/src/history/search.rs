//! One look through the blocks of a network, the newest first, as many at a time as its servers let one have.

use core::ops::RangeInclusive;
use std::collections::BTreeSet;

use candor_chain::{
    quantity,
    transfers::{self, Transfer},
};
use candor_primitives::{Address, ChainId, Millis, U256};
use candor_protocol::notice::Notice;
use serde_json::{Value, json};

use super::{About, Question};
use crate::{
    Wallet,
    gateway::{Failure, Purpose},
    outbox::Slice,
    records::{Moved, believable},
};

/// How many blocks are asked for at first, at least and at most.
const FIRST_SPAN: u64 = 5_000;
const LEAST_SPAN: u64 = 8;
const MOST_SPAN: u64 = 50_000;
/// How many questions for blocks one look takes, those that were refused included; each is three requests.
const TRIES: u32 = 8;
/// The newest blocks, which others may still take the place of, are looked through again the next time.
const UNSETTLED: u64 = 128;
/// The most times that one look asks for.
const MOST_TIMES: usize = 20;

/// How many blocks a network's servers look through at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    now: u64,
    /// Too many for them.
    refused: u64,
}

impl Default for Span {
    fn default() -> Self {
        Self { now: FIRST_SPAN, refused: MOST_SPAN + 1 }
    }
}

impl Span {
    fn worked(&mut self) {
        let next = (self.now * 2).min(MOST_SPAN);
        if next < self.refused {
            self.now = next;
        }
    }

    /// They took offence; says whether there is still something to try.
    fn shrinks(&mut self) -> bool {
        self.refused = self.now;
        let left = self.now > LEAST_SPAN;
        self.now = (self.now / 4).max(LEAST_SPAN);
        left
    }
}

/// How far a look has come.
#[derive(Debug)]
pub(super) struct Search {
    id: u64,
    head: u64,
    /// Also below what is known already.
    further: bool,
    /// The newest blocks were read.
    has_newest: bool,
    tries: u32,
    /// Names the range that is being asked for.
    range: u64,
    blocks: RangeInclusive<u64>,
    /// Questions without an answer yet.
    left: usize,
    found: Vec<Transfer>,
    outcome: Outcome,
}

/// What the answers for a range came to so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Whole,
    /// More than is looked at.
    TooMuch,
    /// A server understood and said no: too many blocks, as a rule.
    Refused,
    Unreachable,
}

impl Wallet {
    pub(super) fn start_search(&mut self, account: Address, chain: ChainId, further: bool) {
        self.searching.last += 1;
        let id = self.searching.last;
        let search = Search {
            id,
            head: 0,
            further,
            has_newest: false,
            tries: TRIES,
            range: 0,
            blocks: 0..=0,
            left: 0,
            found: Vec::new(),
            outcome: Outcome::Whole,
        };
        self.searching.searches.insert((account, chain), search);
        self.ask_of_history(account, chain, About::Head { search: id }, "eth_blockNumber", json!([]));
    }

    fn ask_of_history(
        &mut self,
        account: Address,
        chain: ChainId,
        about: About,
        method: &str,
        params: Value,
    ) {
        let question = Box::new(Question { account, chain, about });
        self.ask(chain, method, params, Purpose::History(question));
    }

    fn search(&mut self, account: Address, chain: ChainId, id: u64) -> Option<&mut Search> {
        self.searching.searches.get_mut(&(account, chain)).filter(|search| search.id == id)
    }

    pub(super) fn head_arrived(
        &mut self,
        account: Address,
        chain: ChainId,
        id: u64,
        answer: Result<Value, Failure>,
    ) {
        let head = answer.ok().and_then(|value| quantity::tolerant_u64(&value).ok());
        let Some(search) = self.search(account, chain, id) else { return };
        let Some(head) = head else { return self.search_ended(account, chain, false) };
        search.head = head;
        let Some(on) = self.history.on(account, chain) else { return };
        on.stands_at(head);
        let is_new = on.looked.is_empty();
        if let Some(search) = self.search(account, chain, id) {
            search.further |= is_new;
        }
        self.next_range(account, chain, id);
    }

    /// Asks for the newest blocks that were not looked through. Unless it is to go further back, a look ends where an
    /// earlier one began; a long absence is made up for in several.
    fn next_range(&mut self, account: Address, chain: ChainId, id: u64) {
        let span = self.searching.spans.entry(chain).or_default().now;
        let Some(search) = self.searching.searches.get_mut(&(account, chain)).filter(|s| s.id == id) else {
            return;
        };
        let Some(on) = self.history.on(account, chain) else { return };
        let settled = search.head.saturating_sub(UNSETTLED);
        let caught_up = on.looked.len() == 1 && on.looked.first().is_some_and(|(_, end)| *end >= settled);
        // The newest blocks are never known for good: each look reads them once.
        let next = on.next(if search.has_newest { settled } else { search.head }, span);
        let goes_on = !search.has_newest || search.further || !caught_up;
        let Some(blocks) = next.filter(|_| goes_on && search.tries > 0) else {
            let worked = search.has_newest || search.tries > 0;
            return self.search_ended(account, chain, worked);
        };
        search.tries -= 1;
        search.range += 1;
        search.left = 3;
        search.outcome = Outcome::Whole;
        search.blocks = blocks.clone();
        let range = search.range;
        for params in transfers::questions(account, &blocks) {
            self.ask_of_history(account, chain, About::Logs { search: id, range }, "eth_getLogs", params);
        }
    }

    pub(super) fn logs_arrived(
        &mut self,
        (account, chain): (Address, ChainId),
        id: u64,
        range: u64,
        answer: Result<Value, Failure>,
    ) {
        let Some(search) = self.search(account, chain, id).filter(|search| search.range == range) else {
            return;
        };
        let read = answer.map(|value| transfers::read(&value, account, &search.blocks));
        search.outcome = search.outcome.max(match read {
            Ok(Some((found, whole))) => {
                search.found.extend(found);
                if whole { Outcome::Whole } else { Outcome::TooMuch }
            }
            Ok(None) | Err(Failure::Node(_)) => Outcome::Refused,
            Err(Failure::Unreachable { .. }) => Outcome::Unreachable,
        });
        search.left = search.left.saturating_sub(1);
        if search.left == 0 {
            self.range_ended(account, chain, id);
        }
    }

    fn range_ended(&mut self, account: Address, chain: ChainId, id: u64) {
        let Some(search) = self.search(account, chain, id) else { return };
        let (outcome, blocks) = (search.outcome, search.blocks.clone());
        let settled = search.head.saturating_sub(UNSETTLED);
        let found = core::mem::take(&mut search.found);
        let span = self.searching.spans.entry(chain).or_default();
        match outcome {
            Outcome::Whole => span.worked(),
            Outcome::Unreachable => return self.search_ended(account, chain, false),
            Outcome::TooMuch | Outcome::Refused => {
                if span.shrinks() {
                    return self.next_range(account, chain, id);
                }
                // As few blocks as these and still too much: a flood. What was looked at has to do.
                if outcome == Outcome::Refused {
                    return self.search_ended(account, chain, false);
                }
            }
        }
        if let Some(search) = self.search(account, chain, id) {
            search.has_newest = true;
        }
        let found = found.into_iter().map(|transfer| Moved::new(transfer, self.now)).collect();
        let wanted = self.wanted_tokens(chain);
        if let Some(on) = self.history.on(account, chain) {
            on.learn(&blocks, settled, found, |moved| {
                !moved.units.is_zero() && wanted.contains(&moved.token)
            });
        }
        self.next_range(account, chain, id);
    }

    fn search_ended(&mut self, account: Address, chain: ChainId, worked: bool) {
        if self.searching.searches.remove(&(account, chain)).is_none() {
            return;
        }
        if worked {
            self.searching.failed.remove(&(account, chain));
            self.ask_times(account, chain);
        } else {
            self.searching.failed.insert((account, chain));
        }
        self.out.touch(Slice::History);
        self.out.notice(Notice::History);
    }

    /// Asks when the newest of what is listed happened, where servers did not say so by themselves, and how far back
    /// the look went.
    fn ask_times(&mut self, account: Address, chain: ChainId) {
        let wanted = self.wanted_tokens(chain);
        let Some(on) = self.history.on(account, chain) else { return };
        let untimed = on.moved.iter().filter(|moved| moved.at.is_none() && wanted.contains(&moved.token));
        let blocks: BTreeSet<u64> = untimed.map(|moved| moved.block).take(MOST_TIMES).collect();
        let oldest = on.looked.first().filter(|_| on.since.is_none()).map(|(first, _)| *first);
        for block in blocks.into_iter().chain(oldest) {
            self.searching.times += 1;
            let params = json!([quantity::encode(U256::from(block)), false]);
            self.ask_of_history(account, chain, About::Time { block }, "eth_getBlockByNumber", params);
        }
    }

    pub(super) fn time_arrived(
        &mut self,
        account: Address,
        chain: ChainId,
        block: u64,
        answer: Result<Value, Failure>,
    ) {
        self.searching.times = self.searching.times.saturating_sub(1);
        let said = answer.ok().and_then(|header| quantity::tolerant_u64(header.get("timestamp")?).ok());
        let at: Option<Millis> = said.and_then(|seconds| believable(seconds, self.now));
        if let (Some(at), Some(on)) = (at, self.history.on(account, chain)) {
            on.moved
                .iter_mut()
                .filter(|moved| moved.block == block && moved.at.is_none())
                .for_each(|moved| moved.at = Some(at));
            if on.looked.first().is_some_and(|(first, _)| *first == block) {
                on.since = Some(at);
            }
            self.out.touch(Slice::History);
        }
        if self.searching.times == 0 {
            self.out.notice(Notice::History);
        }
    }
}
