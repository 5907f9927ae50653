//! What is asked of nodes, and what they answered so far.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{quantity, rpc::NodeError};

/// The longest id of a node's filter, in characters.
const LONGEST_ID: usize = 100;
/// What of a block is not its header.
const NOT_OF_HEADERS: [&str; 4] = ["transactions", "uncles", "withdrawals", "size"];

/// A question to a node.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Which method.
    pub method: &'static str,
    /// Its positional parameters.
    pub params: Value,
    /// The only server that can know, where there is one: the number that was given to [`Answers::learn`].
    pub at: Option<u32>,
}

impl Question {
    fn key(&self) -> String {
        format!("{} {} {:?}", self.method, self.params, self.at)
    }
}

/// Why there is no news.
#[derive(Clone, Debug, PartialEq)]
pub enum Pause {
    /// This has to be known first.
    Ask(Question),
    /// The node said no.
    Refused(NodeError),
    /// The node said something that cannot be, or does not know yet what it must know.
    Senseless,
}

/// What a node answered so far. One poll has one node, so that its answers fit together.
#[derive(Debug, Default)]
pub struct Answers(BTreeMap<String, (Result<Value, NodeError>, u32)>);

/// What matters of a block.
pub(super) struct Block<'a> {
    pub(super) number: u64,
    pub(super) hash: &'a str,
    pub(super) parent: &'a str,
    pub(super) time: u64,
    pub(super) header: &'a Value,
}

impl Answers {
    /// Keeps an answer, and which server gave it.
    pub fn learn(&mut self, question: &Question, mut answer: Result<Value, NodeError>, server: u32) {
        if let Ok(Value::Object(object)) = &mut answer
            && question.method == "eth_getBlockByNumber"
        {
            for member in NOT_OF_HEADERS {
                object.remove(member);
            }
        }
        self.0.insert(question.key(), (answer, server));
    }

    /// Nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    pub(super) fn ask(
        &self,
        method: &'static str,
        params: Value,
        at: Option<u32>,
    ) -> Result<(&Value, u32), Pause> {
        let question = Question { method, params, at };
        match self.0.get(&question.key()) {
            None => Err(Pause::Ask(question)),
            Some((Ok(value), server)) => Ok((value, *server)),
            Some((Err(refusal), _)) => Err(Pause::Refused(refusal.clone())),
        }
    }

    /// The number of the newest block.
    pub(super) fn head(&self) -> Result<u64, Pause> {
        let (value, _) = self.ask("eth_blockNumber", json!([]), None)?;
        quantity::tolerant_u64(value).map_err(|_| Pause::Senseless)
    }

    /// The block with a number.
    pub(super) fn block(&self, number: u64) -> Result<Block<'_>, Pause> {
        let (header, _) = self.ask("eth_getBlockByNumber", json!([hex(number), false]), None)?;
        let count = |member: &str| header.get(member).and_then(|value| quantity::tolerant_u64(value).ok());
        let hash = |member: &str| header.get(member).and_then(hash);
        match (count("number"), hash("hash"), hash("parentHash"), count("timestamp")) {
            (Some(found), Some(hash), Some(parent), Some(time)) if found == number => {
                Ok(Block { number, hash, parent, time, header })
            }
            _ => Err(Pause::Senseless),
        }
    }

    /// The events of one block, by its hash: a node that does not know the block says so, instead of “none”.
    pub(super) fn logs_of(&self, query: &Map<String, Value>, block: &Block<'_>) -> Result<&[Value], Pause> {
        let mut filter = query.clone();
        filter.insert("blockHash".to_owned(), block.hash.into());
        self.logs(filter, block.number, block.number)
    }

    /// The events of the blocks from one number to another, both included.
    pub(super) fn logs_between(
        &self,
        query: &Map<String, Value>,
        from: u64,
        to: u64,
    ) -> Result<&[Value], Pause> {
        let mut filter = query.clone();
        filter.insert("fromBlock".to_owned(), hex(from).into());
        filter.insert("toBlock".to_owned(), hex(to).into());
        self.logs(filter, from, to)
    }

    fn logs(&self, filter: Map<String, Value>, from: u64, to: u64) -> Result<&[Value], Pause> {
        let (value, _) = self.ask("eth_getLogs", json!([filter]), None)?;
        let fits = |log: &Value| {
            let number = log.get("blockNumber").and_then(|value| quantity::tolerant_u64(value).ok());
            number.is_some_and(|number| (from..=to).contains(&number))
        };
        value.as_array().map(Vec::as_slice).filter(|logs| logs.iter().all(fits)).ok_or(Pause::Senseless)
    }
}

fn hex(number: u64) -> String {
    format!("0x{number:x}")
}

/// A hash of 32 bytes as a node spells it.
pub(super) fn hash(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| quantity::b256(text).is_ok())
}

/// The id of a node's filter.
pub(super) fn filter_id(value: &Value) -> Option<String> {
    value.as_str().filter(|id| id.len() <= LONGEST_ID).map(str::to_owned)
}
