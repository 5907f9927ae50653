//! Subscriptions and filters: `eth_subscribe`, `eth_newFilter` and their like, and the polls that tell what is new.
//!
//! Nothing of them is kept here. The document that made one keeps it ([`candor_chain::watch`]) and gives it back with
//! every poll, so that the worker may end at any moment, even in the middle of one. What it gives back was in a
//! process that a page may have taken over: it is read as a stranger's, and says nothing that decides about anything.

use candor_chain::{
    EndpointUrl, NodeError,
    watch::{Answers, Pause, Question as Ask, Watch},
};
use candor_primitives::{ChainId, keccak256};
use candor_protocol::{
    host::Effect,
    page::{NewBlock, Outcome, PageError},
};
use serde_json::{Value, json};

use super::{Answer, Answered, Channel, Question, error, params};
use crate::{
    Wallet,
    gateway::{Failure, Purpose},
    sender::Page,
};

/// The most that one poll can be about. The content script allows a document as many subscriptions.
const MOST_WATCHES: usize = 32;
/// The longest name of a document that is kept while new blocks are waited for; content scripts give 32 characters.
const LONGEST_CLIENT: usize = 64;
/// How often one poll turns to another server, when one fell silent half way.
const MOST_TURNS: u8 = 2;

/// What the answers to one poll may weigh together, about as many bytes; a server of a page's own could fill the
/// memory of the wallet.
const HEAVIEST: usize = 16 << 20;

/// A question for what is new, under way.
#[derive(Debug)]
pub(crate) struct Poll {
    channel: Channel,
    chain: ChainId,
    /// Still to be asked for, the next last; nothing for one that is over.
    left: Vec<Option<Watch>>,
    done: Vec<Value>,
    answers: Answers,
    weight: usize,
    asked: Option<Ask>,
    /// The one server that everything is asked of, once it has answered.
    server: Option<EndpointUrl>,
    turns: u8,
    /// Why one of them is where it was, and how many are.
    failed: Option<Failure>,
    failures: usize,
}

impl Poll {
    const fn new(channel: Channel, chain: ChainId, left: Vec<Option<Watch>>) -> Self {
        Self {
            channel,
            chain,
            left,
            done: Vec::new(),
            answers: Answers::new(),
            weight: 0,
            asked: None,
            server: None,
            turns: 0,
            failed: None,
            failures: 0,
        }
    }

    /// One of them stays where it was, and is told later what is new.
    fn stay(&mut self, watch: &Watch, failure: Failure) {
        self.failures += 1;
        self.failed.get_or_insert(failure);
        self.done.push(json!({ "watch": watch.to_json(), "news": [] }));
    }

    /// So does everything that is left.
    fn give_up(&mut self) {
        for watch in core::mem::take(&mut self.left).into_iter().rev() {
            match watch {
                Some(watch) => self.stay(&watch, Failure::Unreachable { sent: true }),
                None => self.done.push(Value::Null),
            }
        }
    }

    /// A server answered what was asked.
    pub(crate) fn served_by(&mut self, url: &EndpointUrl) {
        self.server.get_or_insert_with(|| url.clone());
    }
}

/// A short name of a server, for a document to keep: says which of the user's it is, and to nobody where it is.
fn name_of(server: &EndpointUrl) -> u32 {
    let digest = keccak256(server.as_str());
    u32::from_be_bytes(*digest.first_chunk().unwrap_or(&[0; 4]))
}

impl Wallet {
    /// The methods of subscriptions and filters.
    pub(super) fn watch(&mut self, question: Question<'_>) -> Answered {
        let chain = self.chain_of(&question.page.origin);
        let params = params::positional(question.params)?;
        let watch = match question.method {
            "eth_subscribe" => Watch::subscription(chain, &params),
            "eth_newFilter" | "eth_newBlockFilter" | "eth_newPendingTransactionFilter" => {
                Watch::filter(chain, question.method, &params)
            }
            method => return about_none(method, &params).map(Answer::Now),
        };
        let watch = watch.map_err(|wrong| error::invalid_params(wrong.0))?;
        self.may_ask()?;
        self.go_on(Box::new(Poll::new(question.channel, chain, vec![Some(watch)])));
        Ok(Answer::Forwarded)
    }

    /// A document asks what is new of what it watches.
    pub(crate) fn page_poll(&mut self, page: Page, client: &str, watches: &[Value], reply: u64) {
        let Page { origin, tab, frame, .. } = page;
        let chain = self.chain_of(&origin);
        let channel = Channel { reply, client: String::new(), origin, hello: false };
        let refused = if watches.len() > MOST_WATCHES {
            Err(error::invalid_request("The message is not a request."))
        } else {
            self.may_ask()
        };
        if let Err(refusal) = refused {
            return self.settle_channel(channel, Outcome::Error(refusal));
        }
        let watch = |kept: &Value| Watch::from_json(kept).filter(|watch| watch.chain() == chain);
        let watches: Vec<_> = watches.iter().rev().map(watch).collect();
        let of_blocks = |watch: &Option<Watch>| watch.as_ref().is_some_and(Watch::is_of_blocks);
        if (1..=LONGEST_CLIENT).contains(&client.len()) && watches.iter().all(of_blocks) {
            self.follow(chain, tab, frame, client);
        }
        self.go_on(Box::new(Poll::new(channel, chain, watches)));
    }

    /// Has a document told of new blocks by a server that can do so. That says only when to ask: what it hears of a
    /// block comes from the poll that follows.
    fn follow(&mut self, chain: ChainId, tab: i64, frame: i64, client: &str) {
        let Some(server) = self.endpoints(chain).into_iter().find(EndpointUrl::is_socket) else { return };
        let body = serde_json::to_string(&NewBlock { client: client.to_owned(), new_block: true });
        let (url, body) = (server.as_str().to_owned(), body.unwrap_or_default());
        self.out.push(Effect::Follow { url, tab, frame, body });
    }

    /// Goes on to the next question to a node, or to the answer.
    fn go_on(&mut self, mut poll: Box<Poll>) {
        while let Some(next) = poll.left.pop() {
            let Some(watch) = next else {
                poll.done.push(Value::Null);
                continue;
            };
            let mut moved = watch.clone();
            match moved.advance(&poll.answers) {
                Ok(news) => poll.done.push(json!({
                    "watch": moved.to_json(), "news": news.items, "back": news.back, "more": news.more,
                })),
                Err(Pause::Ask(ask)) => {
                    poll.left.push(Some(watch));
                    return self.ask_for(poll, ask);
                }
                Err(Pause::Refused(refusal)) => poll.stay(&watch, Failure::Node(refusal)),
                Err(Pause::Senseless) => poll.stay(&watch, Failure::Unreachable { sent: true }),
            }
        }
        let Poll { channel, done, failed, failures, .. } = *poll;
        let outcome = match failed {
            Some(failure) if failures == done.len() => Outcome::Error(error::of_failure(failure)),
            _ => Outcome::Result(done.into()),
        };
        self.settle_channel(channel, outcome);
    }

    fn ask_for(&mut self, mut poll: Box<Poll>, ask: Ask) {
        let mut servers = self.endpoints(poll.chain);
        match (ask.at, &poll.server) {
            (Some(name), _) => servers.retain(|server| name_of(server) == name),
            (None, Some(server)) => servers.retain(|other| other == server),
            // Who tells of a block knows it, while others may still wait for it.
            (None, None) => servers.sort_by_key(|server| !server.is_socket()),
        }
        if ask.at.is_some() && servers.is_empty() {
            // What only that server knows is lost with it.
            poll.answers.learn(&ask, Err(lost()), 0);
            return self.go_on(poll);
        }
        let (chain, method, params) = (poll.chain, ask.method, ask.params.clone());
        poll.asked = Some(ask);
        self.ask_these(servers, chain, method, params, Purpose::Watch(poll));
    }

    /// The answer to a poll's question.
    pub(crate) fn watched(&mut self, mut poll: Box<Poll>, answer: Result<Value, Failure>) {
        let Some(ask) = poll.asked.take() else { return };
        match answer {
            Err(Failure::Unreachable { .. }) if ask.at.is_none() => {
                // Another server may have another view of the chain, so what the first one said is void.
                poll.answers = Answers::new();
                if poll.server.take().is_some() && poll.turns < MOST_TURNS {
                    poll.turns += 1;
                } else {
                    poll.give_up();
                }
            }
            Ok(value) => {
                poll.weight = poll.weight.saturating_add(weight(&value));
                if poll.weight > HEAVIEST {
                    poll.give_up();
                }
                let server = poll.server.as_ref().map_or(0, name_of);
                poll.answers.learn(&ask, Ok(value), server);
            }
            Err(Failure::Node(refusal)) => poll.answers.learn(&ask, Err(refusal), 0),
            Err(Failure::Unreachable { .. }) => poll.answers.learn(&ask, Err(lost()), 0),
        }
        self.go_on(poll);
    }
}

/// About how many bytes of memory a value takes.
fn weight(value: &Value) -> usize {
    let inside: usize = match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(weight).sum(),
        Value::Object(members) => members.iter().map(|(name, value)| name.len() + weight(value)).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    };
    inside.saturating_add(size_of::<Value>())
}

/// What a node says of a filter that it does not have.
fn lost() -> NodeError {
    NodeError { code: -32000, message: "filter not found".to_owned(), data: None }
}

/// A method about a subscription or filter that this document does not have: its content script answers for those that
/// it has.
fn about_none(method: &str, params: &[Value]) -> Result<Value, PageError> {
    if !params.first().is_some_and(Value::is_string) {
        return Err(error::invalid_params("The first parameter must be the id of a subscription or filter."));
    }
    match method {
        "eth_unsubscribe" | "eth_uninstallFilter" => Ok(false.into()),
        _ => Err(error::of_node(lost())),
    }
}
