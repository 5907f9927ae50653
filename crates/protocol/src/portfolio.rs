//! What an account has over all networks in use, and what that is worth.

use serde::{Deserialize, Serialize};

/// Everything of one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PortfolioView {
    /// The sum of what has a price, with unit, rounded down; nothing if nothing can be summed.
    pub total: Option<String>,
    /// What the sum leaves out, in words.
    pub not_counted: Vec<String>,
    /// What prices come from, and when each was found.
    pub sources: Vec<PriceView>,
    /// The most valuable first, then what has no price. At most as many as were asked for.
    pub assets: Vec<AssetView>,
    /// How many more there are.
    pub more: u32,
    /// Networks that did not answer when they were last asked.
    pub troubles: Vec<String>,
    /// Servers are being asked right now.
    pub asking: bool,
}

/// One asset, summed over networks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssetView {
    /// How it is called.
    pub name: String,
    /// The sum, rounded down, with unit; nothing if no part of it is known.
    pub text: Option<String>,
    /// The sum, exact, with unit.
    pub exact: Option<String>,
    /// What the sum is worth, with unit.
    pub worth: Option<String>,
    /// Where the price comes from.
    pub price: Option<PriceView>,
    /// Its part on each network.
    pub parts: Vec<AssetPartView>,
}

/// An asset on one network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssetPartView {
    /// The network's number.
    pub chain_id: u64,
    /// The network's name.
    pub network: String,
    /// The token's contract, EIP-55; nothing for the native coin.
    pub address: Option<String>,
    /// Names it in calls, if the user can take it off the list.
    pub listed: Option<String>,
    /// As in [`AssetView`].
    pub text: Option<String>,
    /// When the network said so, milliseconds since the epoch.
    pub at_ms: Option<u64>,
}

/// A price and its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PriceView {
    /// Where it was read, in words.
    pub source: String,
    /// One of it, with unit; nothing for the rate of a currency.
    pub text: Option<String>,
    /// When the source found it, milliseconds since the epoch.
    pub at_ms: u64,
}

/// A currency that sums can be shown in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CurrencyView {
    /// Its code.
    pub code: String,
    /// In words.
    pub name: String,
}
