//! The only way out: JSON-RPC calls to the servers that the user chose, one after the other until one answers.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use candor_chain::{EndpointUrl, quantity, rpc};
use candor_primitives::{Address, B256, ChainId, Millis};
use candor_protocol::host::{Effect, HttpResult};
use serde_json::{Value, json};

use crate::{
    Wallet, portfolio,
    provider::{Channel, Poll},
    records::Token,
    requests::Part,
};

/// A server that failed is asked last for this long.
const COOL_DOWN: Millis = Millis::from_secs(10);
/// How long a server may take.
const TIMEOUT_MS: u32 = 12_000;
/// How long one may take for something that is nice to know.
const SHORT_TIMEOUT_MS: u32 = 4_000;

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
pub(crate) struct Call {
    chain: ChainId,
    method: String,
    params: Value,
    purpose: Purpose,
    /// Servers still to try, best last.
    left: Vec<EndpointUrl>,
    /// The chain is asked for again before the call, however well the server is known.
    always_verify: bool,
    sent: bool,
    /// A server was sent the call and did not answer it.
    unanswered: bool,
    /// The best explanation so far.
    refused: Option<rpc::NodeError>,
}

#[derive(Debug)]
enum Flight {
    /// Is this the right network?
    Verify { call: Call, url: EndpointUrl },
    /// The call itself.
    Ask { call: Call, url: EndpointUrl },
    /// Which network is this? Asked of a server that is to be added.
    Probe { url: EndpointUrl, probe: Probe },
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

/// Calls under way and what was learnt of servers. All of it can be lost.
#[derive(Debug)]
pub(crate) struct Gateway {
    flights: BTreeMap<u64, Flight>,
    last_flight: u64,
    verified: BTreeSet<(ChainId, String)>,
    cooling: BTreeMap<String, Millis>,
    /// Calls that wait until their server has said which network it serves.
    behind: Vec<(Call, EndpointUrl)>,
    /// Reads of pages under way.
    forwarding: usize,
    /// Reads of pages that wait for those.
    queue: VecDeque<Call>,
}

impl Gateway {
    pub(crate) const fn new(now: Millis) -> Self {
        // Answers to an earlier instance must not be taken for ours, so the names go on from the clock.
        let last_flight = now.0.saturating_mul(1000);
        Self {
            flights: BTreeMap::new(),
            last_flight,
            verified: BTreeSet::new(),
            cooling: BTreeMap::new(),
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

    /// Asks some of a network's servers, those first that did not fail lately.
    pub(crate) fn ask_these(
        &mut self,
        servers: Vec<EndpointUrl>,
        chain: ChainId,
        method: &str,
        params: Value,
        purpose: Purpose,
    ) {
        let is_cooling =
            |url: &EndpointUrl| self.gateway.cooling.get(url.as_str()).is_some_and(|until| *until > self.now);
        // The best is taken from the end.
        let (mut left, mut ready): (Vec<_>, Vec<_>) = servers.into_iter().rev().partition(is_cooling);
        left.append(&mut ready);
        let always_verify = matches!(purpose, Purpose::Broadcast { .. });
        let call = Call {
            chain,
            method: method.to_owned(),
            params,
            purpose,
            left,
            always_verify,
            sent: false,
            unanswered: false,
            refused: None,
        };
        let of_page = matches!(call.purpose, Purpose::Forward { .. } | Purpose::Watch(_));
        if !of_page {
            self.next_server(call);
        } else if call.left.is_empty() {
            // Never queued: a queue of calls that end at once would end inside one another.
            self.page_heard(call.purpose, Err(Failure::Unreachable { sent: false }));
        } else if self.gateway.forwarding < MOST_FORWARDED {
            self.gateway.forwarding += 1;
            self.next_server(call);
        } else {
            self.gateway.queue.push_back(call);
        }
    }

    /// A forwarded call ended; the next one takes its place.
    fn forward_next(&mut self) {
        self.gateway.forwarding = self.gateway.forwarding.saturating_sub(1);
        if let Some(call) = self.gateway.queue.pop_front() {
            self.gateway.forwarding += 1;
            self.next_server(call);
        }
    }

    /// Whether so many reads of pages wait already that more would only cost memory.
    pub(crate) fn is_flooded(&self) -> bool {
        self.gateway.queue.len() >= MOST_QUEUED
    }

    /// Whether the bytes of a transaction are on their way right now.
    pub(crate) fn is_broadcasting(&self, transaction: B256) -> bool {
        self.gateway.flights.values().any(|flight| match flight {
            Flight::Verify { call, .. } | Flight::Ask { call, .. } => {
                matches!(call.purpose, Purpose::Broadcast { hash } if hash == transaction)
            }
            Flight::Probe { .. } => false,
        })
    }

    /// Asks a server which network it serves.
    pub(crate) fn probe(&mut self, url: EndpointUrl, probe: Probe) {
        let target = url.clone();
        self.fly(Flight::Probe { url, probe }, &target, "eth_chainId", &json!([]), TIMEOUT_MS);
    }

    fn next_server(&mut self, mut call: Call) {
        let Some(url) = call.left.pop() else {
            // Of a transaction, one server's lost answer outweighs another's refusal.
            let may_be_sent = call.unanswered && matches!(call.purpose, Purpose::Broadcast { .. });
            let failure = match call.refused.take() {
                Some(error) if !may_be_sent => Failure::Node(error),
                _ => Failure::Unreachable { sent: call.sent },
            };
            self.answered(call.purpose, Err(failure));
            return;
        };
        let known = self.gateway.verified.contains(&(call.chain, url.as_str().to_owned()));
        if known && !call.always_verify {
            self.send(call, url);
        } else if !call.always_verify && self.is_verifying(call.chain, &url) {
            self.gateway.behind.push((call, url));
        } else {
            let target = url.clone();
            self.fly(Flight::Verify { call, url }, &target, "eth_chainId", &json!([]), TIMEOUT_MS);
        }
    }

    /// Whether a server is being asked for its network right now; others that want to know wait for that answer.
    fn is_verifying(&self, chain: ChainId, server: &EndpointUrl) -> bool {
        self.gateway.flights.values().any(|flight| match flight {
            Flight::Verify { call, url } => call.chain == chain && url == server,
            Flight::Ask { .. } | Flight::Probe { .. } => false,
        })
    }

    /// Those that waited for a server's network go on.
    fn go_on_behind(&mut self, chain: ChainId, server: &EndpointUrl, right: bool) {
        let behind = core::mem::take(&mut self.gateway.behind);
        let (now, later) = behind.into_iter().partition(|(call, url)| call.chain == chain && url == server);
        self.gateway.behind = later;
        let now: Vec<(Call, EndpointUrl)> = now;
        for (call, url) in now {
            if right { self.send(call, url) } else { self.next_server(call) }
        }
    }

    fn send(&mut self, mut call: Call, url: EndpointUrl) {
        call.sent = true;
        if let Purpose::Broadcast { hash } = call.purpose {
            self.note_attempt(hash);
        }
        let timeout = match &call.purpose {
            Purpose::Prepare { part, .. } if part.is_optional() => SHORT_TIMEOUT_MS,
            _ => TIMEOUT_MS,
        };
        let (method, params, target) = (call.method.clone(), call.params.clone(), url.clone());
        self.fly(Flight::Ask { call, url }, &target, &method, &params, timeout);
    }

    fn fly(&mut self, flight: Flight, url: &EndpointUrl, method: &str, params: &Value, timeout_ms: u32) {
        self.gateway.last_flight += 1;
        let id = self.gateway.last_flight;
        self.gateway.flights.insert(id, flight);
        let body = rpc::request(id, method, params);
        self.out.push(Effect::Http { flight: id, url: url.as_str().to_owned(), body, timeout_ms });
    }

    pub(crate) fn http_ended(&mut self, id: u64, result: &HttpResult) {
        let Some(flight) = self.gateway.flights.remove(&id) else { return };
        let answer = match result {
            HttpResult::Body { text, .. } => rpc::response(id, text.as_bytes(), rpc::ANSWER_LIMIT),
            HttpResult::Failed => Err(rpc::Malformed::NotAnAnswer.into()),
        };
        match flight {
            Flight::Verify { call, url } => {
                let right = answer.ok().and_then(|value| quantity::tolerant_u64(&value).ok())
                    == Some(call.chain.get());
                let (chain, server) = (call.chain, url.clone());
                if right {
                    self.gateway.verified.insert((call.chain, url.as_str().to_owned()));
                    self.send(call, url);
                } else {
                    self.gateway.verified.remove(&(call.chain, url.as_str().to_owned()));
                    self.cool(&url);
                    self.next_server(call);
                }
                self.go_on_behind(chain, &server, right);
            }
            Flight::Ask { mut call, url } => match answer {
                Ok(value) => {
                    if let Purpose::Watch(poll) = &mut call.purpose {
                        poll.served_by(&url);
                    }
                    self.answered(call.purpose, Ok(value));
                }
                Err(rpc::RpcError::Node(error)) if is_overload(&error) => {
                    self.cool(&url);
                    call.refused.get_or_insert(error);
                    self.next_server(call);
                }
                // An earlier server may have taken it and only its answer was lost: then this one's refusal says
                // nothing.
                Err(rpc::RpcError::Node(_))
                    if call.unanswered && matches!(call.purpose, Purpose::Broadcast { .. }) =>
                {
                    self.answered(call.purpose, Err(Failure::Unreachable { sent: true }));
                }
                Err(rpc::RpcError::Node(error)) => {
                    let error = match call.purpose {
                        Purpose::Forward { .. } | Purpose::Watch(_) => error,
                        _ => brief(error),
                    };
                    self.answered(call.purpose, Err(Failure::Node(error)));
                }
                Err(rpc::RpcError::Malformed(_)) => {
                    call.unanswered = true;
                    self.cool(&url);
                    self.next_server(call);
                }
            },
            Flight::Probe { url, probe } => {
                let chain = answer
                    .ok()
                    .and_then(|value| quantity::tolerant_u64(&value).ok())
                    .and_then(|number| ChainId::new(number).ok());
                self.probed(&url, probe, chain);
            }
        }
    }

    fn cool(&mut self, url: &EndpointUrl) {
        self.gateway.cooling.insert(url.as_str().to_owned(), self.now.plus(COOL_DOWN));
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

/// Whether the server is too busy, or does not serve this to us, so that another one may.
fn is_overload(error: &rpc::NodeError) -> bool {
    let text = error.message.to_ascii_lowercase();
    matches!(error.code, -32005 | 429 | -32029)
        || ["rate limit", "too many requests", "api key", "unauthorized", "quota"]
            .iter()
            .any(|part| text.contains(part))
}
