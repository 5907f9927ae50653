use candor_primitives::{Address, B256, Bytes, ChainId, Millis, Origin};
use candor_protocol::{host::Area, page::PageError, view::SentenceView};
use serde::{Deserialize, Serialize};

use super::{Record, codec};

/// What was signed to be sent, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Transactions {
    pub(crate) list: Vec<Sent>,
    /// What belongs together because a site asked for it at once, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) batches: Vec<Batch>,
}

/// Transactions that a site asked for at once (EIP-5792).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Batch {
    /// What the site calls it.
    pub(crate) id: String,
    #[serde(with = "codec::origin")]
    pub(crate) origin: Origin,
    /// In the order of sending.
    pub(crate) hashes: Vec<B256>,
}

impl Record for Transactions {
    const KEY: &'static str = "transactions";
    const AREA: Area = Area::Local;

    fn absorb(&mut self, meanwhile: Self) {
        for sent in meanwhile.list {
            if !self.list.iter().any(|known| known.hash == sent.hash) {
                self.list.push(sent);
            }
        }
        for batch in meanwhile.batches {
            if !self.batches.contains(&batch) {
                self.batches.push(batch);
            }
        }
    }
}

/// A signed transaction. It is stored before it is first sent, and only these bytes are ever sent again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sent {
    pub(crate) hash: B256,
    /// Dropped once the chain has it.
    pub(crate) raw: Bytes,
    pub(crate) from: Address,
    #[serde(with = "codec::chain_id")]
    pub(crate) chain: ChainId,
    pub(crate) nonce: u64,
    #[serde(with = "codec::optional_origin")]
    pub(crate) origin: Option<Origin>,
    /// The sentence that was agreed to.
    pub(crate) sentence: SentenceView,
    #[serde(with = "codec::millis")]
    pub(crate) at: Millis,
    pub(crate) state: TxState,
    /// When its bytes last left, or were about to; nothing while they surely have not.
    #[serde(with = "codec::optional_millis")]
    pub(crate) attempted: Option<Millis>,
    /// Since when its number has been used up without a receipt.
    #[serde(with = "codec::optional_millis")]
    pub(crate) overtaken: Option<Millis>,
    /// A node's refusal: until the chain was asked whether it has the transaction all the same, and then as the
    /// reason of [`TxState::Refused`].
    pub(crate) refusal: Option<PageError>,
    /// The request that waits for its hash.
    pub(crate) request: Option<u64>,
    /// The one of the same batch that has to work before this one is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<B256>,
    /// Until when it can be taken back; until it is gone the bytes do not leave.
    #[serde(default, with = "codec::optional_millis", skip_serializing_if = "Option::is_none")]
    pub(crate) undo: Option<Millis>,
    /// What it was signed to take the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) replaces: Option<Replaces>,
    /// The lowest number before its own that nothing of the wallet has, as the chain last said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) missing: Option<u64>,
    /// The chain was started again since, and knows nothing of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) forgotten: bool,
}

/// That a transaction takes the place of another of the wallet, and what for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Replaces {
    pub(crate) hash: B256,
    /// So that nothing happens, rather than the same sooner.
    pub(crate) cancels: bool,
}

/// Where a transaction stands; only receipts and nonces decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum TxState {
    /// No server has taken it yet.
    Signed,
    /// A server took it.
    Sent,
    /// Included, and it worked; the fee in wei.
    Worked { fee: Option<u128> },
    /// Included, and it did not happen; the fee in wei.
    Reverted { fee: Option<u128> },
    /// Another transaction with its number was included.
    Replaced,
    /// Servers refused it, and the chain does not have it.
    Refused,
}

impl TxState {
    /// Whether the chain has it.
    pub(crate) const fn is_included(&self) -> bool {
        matches!(self, Self::Worked { .. } | Self::Reverted { .. })
    }

    /// Whether the chain still has to decide.
    pub(crate) const fn is_open(&self) -> bool {
        matches!(self, Self::Signed | Self::Sent)
    }
}
