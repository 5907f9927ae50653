//! The networks that the wallet knows from the start.

use std::sync::LazyLock;

use candor_primitives::{Address, B256, ChainId};

use crate::EndpointUrl;

/// What a wallet must know to use one EVM network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// Its number (EIP-155).
    pub chain_id: ChainId,
    /// What people call it.
    pub name: String,
    /// The coin in which fees are paid.
    pub coin: Coin,
    /// Nodes that answer for it, the preferred one first; run by different people where there are several.
    pub endpoints: Vec<EndpointUrl>,
    /// Where a person can look things up (EIP-3091), without a final slash.
    pub explorer: Option<String>,
    /// What changes in the calculation of fees.
    pub kind: ChainKind,
    /// Its coins are worth nothing.
    pub testnet: bool,
    /// It runs on this computer, for development.
    pub development: bool,
}

/// The native coin of a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coin {
    /// In words, such as `Ether`.
    pub name: String,
    /// In short, such as `ETH`.
    pub symbol: String,
    /// How many decimals the smallest unit is away from the coin; 18 on every network here.
    pub decimals: u8,
}

/// What a network is built on, as far as it matters for fees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainKind {
    /// A network of its own, whose gas follows the Ethereum rules.
    Layer1,
    /// OP Stack: Ethereum's gas rules, and a fee for publishing the data on top of gas times price.
    OpStack,
    /// Arbitrum: the fee for publishing the data is part of the gas, so even a plain transfer needs more than
    /// 21,000.
    Arbitrum,
    /// Another rollup, or a network of which nobody told us what it is: gas must be estimated.
    Other,
}

impl Network {
    /// The page of the explorer that shows a transaction.
    #[must_use]
    pub fn transaction_page(&self, hash: B256) -> Option<String> {
        self.explorer.as_ref().map(|explorer| format!("{explorer}/tx/{hash}"))
    }

    /// The page of the explorer that shows an address.
    #[must_use]
    pub fn address_page(&self, address: Address) -> Option<String> {
        self.explorer.as_ref().map(|explorer| format!("{explorer}/address/{address}"))
    }
}

/// Every known network, in the order in which they are offered: by use, then test networks, then local ones.
#[must_use]
pub fn registry() -> &'static [Network] {
    // The table is part of the program and checked by this module's tests; should an entry still not read, a wallet
    // without that network is better than one that does not start.
    static NETWORKS: LazyLock<Vec<Network>> = LazyLock::new(|| LISTED.iter().filter_map(read).collect());
    &NETWORKS
}

/// The known network of this number.
#[must_use]
pub fn by_id(id: ChainId) -> Option<&'static Network> {
    registry().iter().find(|network| network.chain_id == id)
}

/// The known network that goes by this name, whatever its capitals, blanks and punctuation, and whether or not it says
/// that it is a main network: a name that a person would take for it.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Network> {
    let wanted = bare(name);
    registry().iter().find(|network| !wanted.is_empty() && bare(&network.name) == wanted)
}

/// What of a name tells networks apart.
fn bare(name: &str) -> String {
    let name: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    ["mainnet", "network", "chain"]
        .iter()
        .fold(name.as_str(), |name, suffix| {
            name.strip_suffix(suffix).filter(|rest| !rest.is_empty()).unwrap_or(name)
        })
        .to_owned()
}

/// One entry of `data/networks.json`, as `build.rs` wrote it.
struct Listed {
    chain_id: u64,
    name: &'static str,
    coin: &'static str,
    symbol: &'static str,
    endpoints: &'static [&'static str],
    explorer: Option<&'static str>,
    kind: ChainKind,
    testnet: bool,
    development: bool,
}

include!(concat!(env!("OUT_DIR"), "/networks.rs"));

fn read(entry: &Listed) -> Option<Network> {
    Some(Network {
        chain_id: ChainId::new(entry.chain_id).ok()?,
        name: entry.name.to_owned(),
        coin: Coin { name: entry.coin.to_owned(), symbol: entry.symbol.to_owned(), decimals: 18 },
        endpoints: entry
            .endpoints
            .iter()
            .map(|url| EndpointUrl::from_page(url).ok())
            .collect::<Option<_>>()?,
        explorer: entry.explorer.map(str::to_owned),
        kind: entry.kind,
        testnet: entry.testnet,
        development: entry.development,
    })
}

#[cfg(test)]
#[path = "registry_tests.rs"]
mod tests;
