//! Following a chain by asking: subscriptions (`eth_subscribe`) and filters (`eth_newFilter` and its like) that need
//! neither a connection that stays open nor a node that remembers anything.
//!
//! A [`Watch`] is all there is to know of one of them: what is wanted, and how far it was told. It goes out as JSON to
//! the document that wants it and comes back with each poll, so that whoever asks the nodes can forget everything in
//! between, and the same poll asked twice gives the same news. Pending transactions are the exception, because only a
//! node knows what it has told.

mod filter;
mod follow;
mod node;

pub use filter::WatchError;
pub use node::{Answers, Pause, Question};

use candor_primitives::ChainId;
use serde_json::{Map, Value, json};

/// How many blocks that were told are remembered, to notice when others take their place.
const REMEMBERED: usize = 16;

/// A subscription or filter, and how far it was told.
#[derive(Clone, Debug, PartialEq)]
pub struct Watch {
    chain: ChainId,
    of: Of,
    /// The last blocks that were told, oldest first: number and hash. Blocks between them may be missing.
    blocks: Vec<(u64, String)>,
    /// Timestamp of the last of them, in seconds.
    time: u64,
}

/// What is wanted.
#[derive(Clone, Debug, PartialEq)]
enum Of {
    /// Headers of new blocks.
    Heads,
    /// Hashes of new blocks.
    Hashes,
    /// Events; with `address` and `topics` as the page gave them.
    Logs(Map<String, Value>),
    /// Hashes of transactions that wait, by a filter of a node: its id, and which server it is at.
    Pending(Option<(String, u32)>),
    /// Whether the node is catching up; nothing before the first answer.
    Syncing(Option<bool>),
}

/// What is new.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct News {
    /// In order.
    pub items: Vec<Value>,
    /// What was told of blocks above this one is void: others took their place.
    pub back: Option<u64>,
    /// There is more than was told; it can be asked for at once.
    pub more: bool,
}

impl Watch {
    const fn new(chain: ChainId, of: Of) -> Self {
        Self { chain, of, blocks: Vec::new(), time: 0 }
    }

    /// The network that is watched.
    #[must_use]
    pub const fn chain(&self) -> ChainId {
        self.chain
    }

    /// Whether there is something new of it only when there is a new block.
    #[must_use]
    pub const fn is_of_blocks(&self) -> bool {
        matches!(self.of, Of::Heads | Of::Hashes | Of::Logs(_))
    }

    /// What is new, as far as the answers of a node tell. A watch that was just made learns from where to tell.
    ///
    /// # Errors
    /// A question that has to be answered first, after which everything starts again with the same watch; or an
    /// answer that leads nowhere.
    pub fn advance(&mut self, node: &Answers) -> Result<News, Pause> {
        match &mut self.of {
            Of::Heads | Of::Hashes | Of::Logs(_) => self.follow(node),
            Of::Pending(filter) => follow::pending(filter, node),
            Of::Syncing(was) => follow::syncing(was, node),
        }
    }

    /// Remembers that a block was told.
    fn note(&mut self, block: &node::Block<'_>) {
        self.time = block.time;
        self.blocks.push((block.number, block.hash.to_owned()));
        let over = self.blocks.len().saturating_sub(REMEMBERED);
        self.blocks.drain(..over);
    }

    /// As JSON, for the document to keep.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let (of, more) = match &self.of {
            Of::Heads => ("newHeads", Value::Null),
            Of::Hashes => ("blocks", Value::Null),
            Of::Logs(query) => ("logs", Value::Object(query.clone())),
            Of::Pending(filter) => ("newPendingTransactions", json!(filter)),
            Of::Syncing(was) => ("syncing", json!(was)),
        };
        json!({ "chain": self.chain.get(), "of": of, "with": more, "blocks": self.blocks, "time": self.time })
    }

    /// Reads what a document kept; nothing if it is not a watch. Whatever it says, it can only be about public facts.
    #[must_use]
    pub fn from_json(kept: &Value) -> Option<Self> {
        let chain = ChainId::new(kept.get("chain")?.as_u64()?).ok()?;
        let with = kept.get("with")?;
        let of = match kept.get("of")?.as_str()? {
            "newHeads" => Of::Heads,
            "blocks" => Of::Hashes,
            "logs" => Of::Logs(filter::query(with).ok()?),
            "newPendingTransactions" => Of::Pending(match with.as_array().map(Vec::as_slice) {
                Some([id, at]) => Some((node::filter_id(id)?, u32::try_from(at.as_u64()?).ok()?)),
                _ => None,
            }),
            "syncing" => Of::Syncing(with.as_bool()),
            _ => return None,
        };
        let block = |kept: &Value| Some((kept.get(0)?.as_u64()?, node::hash(kept.get(1)?)?.to_owned()));
        let blocks = kept.get("blocks")?.as_array()?;
        let blocks = blocks.iter().take(REMEMBERED).map(block).collect::<Option<Vec<_>>>()?;
        Some(Self { chain, of, blocks, time: kept.get("time")?.as_u64()? })
    }
}

#[cfg(test)]
#[path = "watch_tests.rs"]
mod tests;
