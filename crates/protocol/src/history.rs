//! What came to an account and left it without the wallet, as contracts say in their logs.

use serde::{Deserialize, Serialize};

use crate::view::NetworkView;

/// What is known of one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HistoryView {
    /// What can be believed, the newest first; what has no time yet comes last. At most as many as were asked for.
    pub moves: Vec<MoveView>,
    /// How many more there are.
    pub more: u32,
    /// What is not listed: nothing moved, nobody asked for the token, or the sender imitates somebody.
    pub hidden: Vec<HiddenMoveView>,
    /// How far back each network was looked through.
    pub looked: Vec<LookedView>,
    /// Networks that did not answer when they were last asked.
    pub troubles: Vec<String>,
    /// Servers are being asked right now.
    pub asking: bool,
}

/// Something that came or left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MoveView {
    /// Whether the account received it.
    pub incoming: bool,
    /// How much of what, rounded down, with unit.
    pub text: String,
    /// The same in smallest units, exact, as a decimal integer.
    pub units: String,
    /// Whom it came from or went to, EIP-55.
    pub other: String,
    /// What the user calls them.
    pub name: Option<String>,
    /// It is a part of something that was sent from this wallet.
    pub own: bool,
    /// Network.
    pub network: NetworkView,
    /// When its block was made, milliseconds since the epoch, once known.
    pub at_ms: Option<u64>,
    /// Transaction hash.
    pub hash: String,
}

/// Something that is not listed. It has no address in it, so that none can be copied from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HiddenMoveView {
    /// Why it is not.
    pub why: HiddenWhy,
    /// Whether the account is said to have received it.
    pub incoming: bool,
    /// The network's name.
    pub network: String,
    /// When its block was made, milliseconds since the epoch, once known.
    pub at_ms: Option<u64>,
}

/// Why something is not listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum HiddenWhy {
    /// An amount of nothing.
    Nothing {},
    /// A token that Candor does not know and the user did not list.
    UnknownToken {},
    /// The other side has an address that looks like that of somebody else, who may have a name.
    LookAlike {
        /// What the user calls whom it imitates.
        of: Option<String>,
    },
}

/// How far back a network was looked through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LookedView {
    /// The network's name.
    pub network: String,
    /// Since when, milliseconds since the epoch, once known.
    pub since_ms: Option<u64>,
    /// To its first block.
    pub whole: bool,
}
