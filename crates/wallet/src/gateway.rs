//! The only way out: JSON-RPC calls to the servers that the user chose. The best is asked first; when it fails, the next
//! at once; when it only takes long, a second one beside it (`flight`). What was learnt of servers is in `pool`.

mod busy;
mod flight;
mod pool;

use std::collections::{BTreeMap, VecDeque};

use candor_chain::{EndpointUrl, rpc};
use candor_primitives::{Address, B256, ChainId, Millis};
use serde_json::{Value, json};

pub(crate) use self::pool::{Difference, Matter, Standing};
use self::{flight::Flight, pool::Pool};

use crate::{
    Wallet, history,
    names::Step,
    portfolio,
    provider::{Channel, Poll},
    records::Token,
    requests::Part,
};

/// The most reads of pages at a time; the wallet's own questions never wait behind them.
const MOST_FORWARDED: usize = 256;
/// The most that wait.
const MOST_QUEUED: usize = 20_000;
/// What is kept of a server's reason, in characters.
const LONGEST_REASON: usize = 300;
/// The longest attached data that is kept, in bytes of JSON.
const LONGEST_DATA: usize = 4096;

/// What a call is for; says where its answer goes.
#[derive(Debug)]
pub(crate) enum Purpose {
    /// A page's own read, answered as it comes.
    Forward { channel: Channel },
    /// What is new of what a document watches.
    Watch(Box<Poll>),
    /// A part of what a request needs before it can be agreed to.
    Prepare { request: u64, round: u64, call: usize, part: Part },
    /// A signed transaction.
    Broadcast { hash: B256 },
    /// Whether a transaction was included.
    Receipt { hash: B256 },
    /// The same, for a page that asks for the state of calls as well.
    CallsReceipt { ask: u64, hash: B256 },
    /// How many transactions of its sender were included, after its receipt was missing.
    Count { hash: B256 },
    /// A surface's question for a balance.
    Balance { reply: u64, chain: ChainId },
    /// A surface's question how much an account has of a token.
    Held { reply: u64, owner: Address, token: Box<Token> },
    /// What an account has over networks, and what that is worth.
    Portfolio(Box<portfolio::Question>),
    /// What came to an account and left it.
    History(Box<history::Question>),
    /// A step on the way from a name to its address.
    Name(Step),
    /// A surface's question whether an account was ever used.
    AccountUse { reply: u64, chain: ChainId },
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Failure {
    /// The node understood and said no.
    Node(rpc::NodeError),
    /// No server answered. `sent` says whether one may have received the call all the same.
    Unreachable { sent: bool },
}

/// A call under way.
#[derive(Debug)]
struct Call {
    chain: ChainId,
    method: String,
    params: Value,
    purpose: Purpose,
    /// Servers still to try, best last.
    left: Vec<EndpointUrl>,
    /// How many servers are being asked, or about to be.
    active: usize,
    /// The chain is asked for again before the call, however well the server is known.
    always_verify: bool,
    sent: bool,
    /// A server was sent the call and did not answer it.
    unanswered: bool,
    /// The best explanation so far.
    refused: Option<rpc::NodeError>,
    /// Two servers are asked, and this is believed if they differ.
    witnessed: Option<Believed>,
    /// What the first of two said.
    heard: Option<(Value, EndpointUrl)>,
}

/// Which of two answers is believed: the one that does less harm if it is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Believed {
    higher: bool,
    /// What it says to a person if they differ.
    matter: Option<Matter>,
}

/// Who wants to know a server's network.
#[derive(Debug)]
pub(crate) enum Probe {
    /// A surface that adds a network by hand.
    AddByHand { reply: u64, name: String, symbol: String },
    /// A surface that chooses a server of its own as the only one.
    OnlyServer { reply: u64 },
    /// A person agreed to a site's network.
    AddForSite { reply: u64, request: u64 },
}

impl Purpose {
    /// Whether a page caused it by itself.
    const fn is_of_page(&self) -> bool {
        matches!(self, Self::Forward { .. } | Self::Watch(_) | Self::CallsReceipt { .. })
    }

    /// A transaction must not rest on what a single server says of the account that signs it.
    const fn believed(&self) -> Option<Believed> {
        match self {
            // A number that was used already would be refused; that of one that waits would replace it.
            Self::Prepare { part: Part::Latest, .. } => {
                Some(Believed { higher: true, matter: Some(Matter::Count) })
            }
            // Servers never know quite the same of what waits.
            Self::Prepare { part: Part::Pending, .. } => Some(Believed { higher: true, matter: None }),
            Self::Prepare { part: Part::Balance, .. } => {
                Some(Believed { higher: false, matter: Some(Matter::Balance) })
            }
            _ => None,
        }
    }
}

/// Calls under way and what was learnt of servers. All of it can be lost.
#[derive(Debug)]
pub(crate) struct Gateway {
    /// By name. A call that was answered is gone from here, though others may still be about to answer it.
    calls: BTreeMap<u64, Call>,
    flights: BTreeMap<u64, Flight>,
    /// Names flights and calls.
    last_name: u64,
    pool: Pool,
    /// Calls that wait until their server has said which network it serves.
    behind: Vec<(u64, EndpointUrl)>,
    /// Reads of pages under way.
    forwarding: usize,
    /// Reads of pages that wait for those.
    queue: VecDeque<Call>,
}

impl Gateway {
    pub(crate) fn new(now: Millis) -> Self {
        // Answers to an earlier instance must not be taken for ours, so the names go on from the clock.
        let last_name = now.0.saturating_mul(1000);
        Self {
            calls: BTreeMap::new(),
            flights: BTreeMap::new(),
            last_name,
            pool: Pool::default(),
            behind: Vec::new(),
            forwarding: 0,
            queue: VecDeque::new(),
        }
    }
}

impl Wallet {
    /// Asks a network.
    pub(crate) fn ask(&mut self, chain: ChainId, method: &str, params: Value, purpose: Purpose) {
        self.ask_these(self.endpoints(chain), chain, method, params, purpose);
    }

    /// Asks some of a network's servers, the best of them first.
    pub(crate) fn ask_these(
        &mut self,
        servers: Vec<EndpointUrl>,
        chain: ChainId,
        method: &str,
        params: Value,
        purpose: Purpose,
    ) {
        // The best is taken from the end.
        let mut left = self.gateway.pool.best_first(servers, self.now);
        left.reverse();
        let call = Call {
            chain,
            method: method.to_owned(),
            params,
            left,
            active: 0,
            always_verify: matches!(purpose, Purpose::Broadcast { .. }),
            sent: false,
            unanswered: false,
            refused: None,
            witnessed: purpose.believed(),
            heard: None,
            purpose,
        };
        let of_page = matches!(call.purpose, Purpose::Forward { .. } | Purpose::Watch(_));
        if !of_page {
            self.take_off(call);
        } else if call.left.is_empty() {
            // Never queued: a queue of calls that end at once would end inside one another.
            self.page_heard(call.purpose, Err(Failure::Unreachable { sent: false }));
        } else if self.gateway.forwarding < MOST_FORWARDED {
            self.gateway.forwarding += 1;
            self.take_off(call);
        } else {
            self.gateway.queue.push_back(call);
        }
    }

    /// A forwarded call ended; the next one takes its place.
    fn forward_next(&mut self) {
        self.gateway.forwarding = self.gateway.forwarding.saturating_sub(1);
        if let Some(call) = self.gateway.queue.pop_front() {
            self.gateway.forwarding += 1;
            self.take_off(call);
        }
    }

    /// Whether so many reads of pages wait already that more would only cost memory.
    pub(crate) fn is_flooded(&self) -> bool {
        self.gateway.queue.len() >= MOST_QUEUED
    }

    /// Whether the bytes of a transaction are on their way right now.
    pub(crate) fn is_broadcasting(&self, transaction: B256) -> bool {
        let mut calls = self.gateway.calls.values();
        calls.any(|call| matches!(call.purpose, Purpose::Broadcast { hash } if hash == transaction))
    }

    /// What a page's own call came to.
    fn page_heard(&mut self, purpose: Purpose, answer: Result<Value, Failure>) {
        match purpose {
            Purpose::Forward { channel } => self.forwarded(channel, answer),
            Purpose::Watch(poll) => self.watched(poll, answer),
            _ => {}
        }
    }

    fn answered(&mut self, purpose: Purpose, answer: Result<Value, Failure>) {
        match purpose {
            Purpose::Forward { .. } | Purpose::Watch(_) => {
                self.page_heard(purpose, answer);
                self.forward_next();
            }
            Purpose::Prepare { request, round, call, part } => {
                self.part_arrived(request, round, (call, part), answer);
            }
            Purpose::Broadcast { hash } => self.broadcast_ended(hash, answer),
            Purpose::Receipt { hash } => self.receipt_arrived(hash, answer),
            Purpose::CallsReceipt { ask, hash } => self.calls_receipt_arrived(ask, hash, answer),
            Purpose::Count { hash } => self.count_arrived(hash, answer),
            Purpose::Balance { reply, chain } => self.balance_arrived(reply, chain, answer),
            Purpose::Held { reply, owner, token } => self.held_arrived(reply, owner, &token, answer),
            Purpose::Portfolio(question) => self.portfolio_answered(*question, answer),
            Purpose::History(question) => self.history_answered(*question, answer),
            Purpose::Name(step) => self.name_heard(step, answer),
            Purpose::AccountUse { reply, chain } => self.account_use_arrived(reply, chain, answer),
        }
    }

    /// The parameters of a question about an account at the newest block.
    pub(crate) fn at_latest(address: Address) -> Value {
        json!([address, "latest"])
    }
}

/// A server's error as it is kept in a record and shown to a person: its words without tricks and without end.
pub(crate) fn brief(error: rpc::NodeError) -> rpc::NodeError {
    let message = error.message.chars().filter(|c| !c.is_control()).take(LONGEST_REASON).collect();
    let data = error.data.filter(|data| data.to_string().len() <= LONGEST_DATA);
    rpc::NodeError { code: error.code, message, data }
}
