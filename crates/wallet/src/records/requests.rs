use candor_primitives::{Address, Bytes, ChainId, Millis, Origin, U256};
use candor_protocol::{host::Area, page::Outcome, view::ProblemView};
use serde::{Deserialize, Serialize};

use super::{Basis, FeeChoice, Record, codec};

/// Everything that waits for a person, and what ended but may still be asked for again by its page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Requests {
    /// Oldest first.
    pub(crate) list: Vec<Request>,
    /// The number of the last request; ids are never used twice in a browser session.
    pub(crate) last_id: u64,
    /// Latest last, as far back as they matter.
    pub(crate) refusals: Vec<Refusal>,
}

/// A person's no to a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Refusal {
    #[serde(with = "codec::origin")]
    pub(crate) origin: Origin,
    #[serde(with = "codec::millis")]
    pub(crate) at: Millis,
}

impl Record for Requests {
    const KEY: &'static str = "requests";
    const AREA: Area = Area::Session;
}

/// One request, with the chain and account that its origin had when it came. Those never change afterwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Request {
    pub(crate) id: u64,
    pub(crate) asker: Asker,
    #[serde(with = "codec::chain_id")]
    pub(crate) chain: ChainId,
    pub(crate) account: Option<Address>,
    #[serde(with = "codec::millis")]
    pub(crate) arrived: Millis,
    pub(crate) body: Body,
    pub(crate) state: State,
    /// The server of the network to be added was asked, and serves another one.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub(crate) serves_other: bool,
    /// What the person chose for its fee.
    #[serde(default, skip_serializing_if = "is_untouched")]
    pub(crate) choice: FeeChoice,
}

fn is_empty(basis: &Basis) -> bool {
    *basis == Basis::default()
}

fn is_untouched(choice: &FeeChoice) -> bool {
    *choice == FeeChoice::default()
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Asker {
    /// The user, in the wallet.
    Own,
    /// A page.
    Page {
        #[serde(with = "codec::origin")]
        origin: Origin,
        /// The page that embeds the asking frame, if its origin is another.
        #[serde(with = "codec::optional_origin")]
        top: Option<Origin>,
        tab: i64,
        /// The request's names; more than one if a repeat joined it.
        keys: Vec<PageKey>,
        /// Method and parameters as they came, to recognise a repeat.
        asked: String,
    },
}

/// Names a request of a page: document and counter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct PageKey {
    pub(crate) client: String,
    pub(crate) n: u64,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Body {
    /// See accounts, and use these networks beside the one in use.
    Connect {
        answer: ConnectAnswer,
        #[serde(default, with = "codec::chain_ids", skip_serializing_if = "Vec::is_empty")]
        chains: Vec<ChainId>,
    },
    /// Add a network and use it.
    AddNetwork { network: super::CustomNetwork },
    /// Use another network; `declined_is_null` if it came as an addition of a known one.
    SwitchNetwork {
        #[serde(with = "codec::chain_id")]
        to: ChainId,
        declined_is_null: bool,
    },
    /// EIP-191.
    Message { bytes: Bytes },
    /// Typed data, the JSON as it came.
    TypedData { version: TypedDataVersion, json: String },
    /// The key with which others can write to the account.
    EncryptionKey,
    /// The text of an encrypted message, which is kept as it came.
    Decrypt { json: Bytes },
    /// A token or collectible to be shown in the wallet.
    WatchAsset(Box<AssetDraft>),
    /// A transaction.
    Transaction(Box<TransactionDraft>),
    /// A transaction that takes the place of one that waits.
    Replacement { of: super::Replaces, draft: Box<TransactionDraft> },
    /// Transactions of one request, each sent once the one before it worked (EIP-5792); `id` is what its page calls
    /// them.
    Calls { id: String, drafts: Vec<TransactionDraft> },
    /// Nothing any more: it ended.
    Ended,
}

/// What a page gets for having been connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ConnectAnswer {
    /// The accounts (EIP-1102).
    Accounts,
    /// Permissions (EIP-2255).
    Permissions,
    /// A session (CAIP-25).
    Session,
}

/// How typed data is read and hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum TypedDataVersion {
    /// A list of fields without a domain, from before EIP-712.
    V1,
    /// EIP-712 without lists.
    V3,
    /// EIP-712.
    V4,
}

/// A token or collectible on its way to being shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct AssetDraft {
    /// As it would be kept. What it is called and how it divides is not known before the network was asked.
    pub(crate) token: super::Token,
    /// What the site calls it.
    pub(crate) said_symbol: Option<String>,
    /// How it divides, as the site says.
    pub(crate) said_decimals: Option<u8>,
    /// How much the account has of it, once the network was asked.
    pub(crate) held: Option<U256>,
    /// Why it cannot be shown.
    pub(crate) problem: Option<Problem>,
}

/// A transaction on its way to being shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct TransactionDraft {
    pub(crate) asked: Asked,
    /// Everything that gets signed, once known.
    pub(crate) fixed: Option<Fixed>,
    /// Why it cannot be prepared.
    pub(crate) problem: Option<Problem>,
}

/// Why something cannot be prepared, for the person and for the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Problem {
    pub(crate) shown: ProblemView,
    pub(crate) told: candor_protocol::page::PageError,
    /// Whether a person may go on all the same.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub(crate) passable: bool,
}

/// What was asked for; what is absent is the wallet's to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Asked {
    pub(crate) to: Option<Address>,
    /// Absent means: everything that the fee leaves.
    pub(crate) value: Option<U256>,
    pub(crate) input: Bytes,
    pub(crate) gas: Option<u64>,
    pub(crate) nonce: Option<u64>,
    pub(crate) fees: AskedFees,
    /// EIP-2930: addresses with their storage keys.
    pub(crate) access_list: Option<AskedAccessList>,
}

/// Addresses with the storage keys that are announced of each.
pub(crate) type AskedAccessList = Vec<(Address, Vec<candor_primitives::B256>)>;

/// Fees as asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum AskedFees {
    #[default]
    Open,
    Legacy {
        gas_price: u128,
    },
    Dynamic {
        max_fee: Option<u128>,
        priority: Option<u128>,
    },
}

/// What the wallet found out and fixed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Fixed {
    pub(crate) nonce: u64,
    /// The number that the wallet would have chosen.
    pub(crate) usual_nonce: u64,
    /// The most per unit that the wallet would have offered, in wei, if the network said what is usual.
    pub(crate) usual_price: Option<u128>,
    pub(crate) gas_limit: u64,
    /// The work expected, for the fee's estimate; at most `gas_limit`.
    pub(crate) gas_expected: u64,
    /// Wei per unit: gas price, or ceiling and tip.
    pub(crate) fees: (u128, Option<u128>),
    /// Expected wei per unit.
    pub(crate) price_expected: u128,
    /// What publishing costs on top, in wei; an estimate, for the signature does not bound it.
    pub(crate) publishing_fee: U256,
    pub(crate) value: U256,
    /// Whether the receiver has code, if that could be asked.
    pub(crate) receiver_is_contract: Option<bool>,
    /// What the called contract says of itself as a token.
    pub(crate) token: Option<TokenFacts>,
    /// What the spender may spend today, if that could be asked.
    pub(crate) allowance: Option<U256>,
    /// What the fee was decided from.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub(crate) basis: Basis,
    /// What the account has, less what the steps before may cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) balance: Option<U256>,
}

/// A token's own statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TokenFacts {
    pub(crate) symbol: String,
    pub(crate) decimals: u8,
}

/// Where a request stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum State {
    /// For a person's answer.
    Waiting,
    /// Agreed to and signed; the transaction with this hash is being sent.
    Sending { hash: candor_primitives::B256 },
    /// Ended; kept for a page that did not hear it.
    Settled(Outcome),
}

impl Body {
    /// The transactions that it comes to, in order; none if it is for something else.
    pub(crate) fn drafts(&self) -> &[TransactionDraft] {
        match self {
            Self::Transaction(draft) | Self::Replacement { draft, .. } => core::slice::from_ref(&**draft),
            Self::Calls { drafts, .. } => drafts,
            _ => &[],
        }
    }

    /// Why it cannot be agreed to.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        match self {
            Self::WatchAsset(draft) => draft.problem.as_ref(),
            body => body.drafts().iter().find_map(|draft| draft.problem.as_ref()),
        }
    }

    /// Whether something still has to be found out before it can be agreed to.
    pub(crate) fn is_unprepared(&self) -> bool {
        match self {
            Self::WatchAsset(draft) => draft.held.is_none(),
            body => body.drafts().iter().any(|draft| draft.fixed.is_none()),
        }
    }
}

impl Request {
    /// Whether a person still has to answer.
    pub(crate) const fn is_waiting(&self) -> bool {
        matches!(self.state, State::Waiting)
    }

    /// As of its body.
    pub(crate) fn drafts(&self) -> &[TransactionDraft] {
        self.body.drafts()
    }

    /// As [`Self::drafts`].
    pub(crate) fn drafts_mut(&mut self) -> &mut [TransactionDraft] {
        match &mut self.body {
            Body::Transaction(draft) | Body::Replacement { draft, .. } => core::slice::from_mut(&mut **draft),
            Body::Calls { drafts, .. } => drafts,
            _ => &mut [],
        }
    }

    /// The page's origin.
    pub(crate) const fn origin(&self) -> Option<&Origin> {
        match &self.asker {
            Asker::Own => None,
            Asker::Page { origin, .. } => Some(origin),
        }
    }
}
