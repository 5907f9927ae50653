//! The networks that the wallet knows from the start.

use std::sync::LazyLock;

use candor_primitives::{Address, B256, ChainId};
use serde::Deserialize;

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
    // The file is part of the program and checked by this module's tests; should it still not parse, a wallet
    // without built-in networks is better than one that does not start.
    static NETWORKS: LazyLock<Vec<Network>> = LazyLock::new(|| parse(FILE).unwrap_or_default());
    &NETWORKS
}

/// The known network of this number.
#[must_use]
pub fn by_id(id: ChainId) -> Option<&'static Network> {
    registry().iter().find(|network| network.chain_id == id)
}

const FILE: &str = include_str!("../data/networks.json");

/// Layout of the data file, version 1.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    networks: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Entry {
    chain_id: u64,
    name: String,
    coin: CoinEntry,
    endpoints: Vec<String>,
    #[serde(default)]
    explorer: Option<String>,
    layer2: String,
    #[serde(default)]
    testnet: bool,
    #[serde(default)]
    development: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CoinEntry {
    name: String,
    symbol: String,
    decimals: u8,
}

fn parse(text: &str) -> Option<Vec<Network>> {
    let file: File = serde_json::from_str(text).ok()?;
    (file.version == 1).then_some(file.networks)?.into_iter().map(read).collect()
}

fn read(entry: Entry) -> Option<Network> {
    let CoinEntry { name, symbol, decimals } = entry.coin;
    Some(Network {
        chain_id: ChainId::new(entry.chain_id).ok()?,
        name: entry.name,
        coin: Coin { name, symbol, decimals },
        endpoints: entry
            .endpoints
            .iter()
            .map(|url| EndpointUrl::from_page(url).ok())
            .collect::<Option<_>>()?,
        explorer: entry.explorer,
        kind: match entry.layer2.as_str() {
            "none" => ChainKind::Layer1,
            "op-stack" => ChainKind::OpStack,
            "arbitrum" => ChainKind::Arbitrum,
            "other" => ChainKind::Other,
            _ => return None,
        },
        testnet: entry.testnet,
        development: entry.development,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::Reach;

    #[test]
    fn the_file_is_whole_and_sound() {
        let networks = parse(FILE).expect("networks.json does not parse");
        let ids: BTreeSet<u64> = networks.iter().map(|n| n.chain_id.get()).collect();
        assert_eq!(ids.len(), networks.len(), "a chain id appears twice");
        assert!(networks.iter().filter(|n| !n.testnet && !n.development).count() >= 12);
        for network in &networks {
            let Network { name, coin, endpoints, explorer, .. } = network;
            assert!((1..=100).contains(&name.len()) && name.is_ascii(), "{name}");
            assert!((1..=6).contains(&coin.symbol.len()) && coin.decimals == 18, "{name}");
            let hosts: BTreeSet<&str> = endpoints.iter().map(|e| operator(e.hostname())).collect();
            let needed = match (network.development, network.testnet) {
                (true, _) => 1,
                (_, true) => 2,
                _ => 3,
            };
            assert!(hosts.len() >= needed, "{name} needs {needed} independent endpoints, has {hosts:?}");
            let reach = if network.development { Reach::Loopback } else { Reach::Public };
            assert!(endpoints.iter().all(|e| e.reach() == reach), "{name}");
            assert!(network.development || endpoints.iter().all(EndpointUrl::is_encrypted), "{name}");
            assert!(
                explorer.as_ref().is_none_or(|e| e.starts_with("https://") && !e.ends_with('/')),
                "{name}"
            );
            assert!(explorer.is_some() || network.development, "{name}");
        }
    }

    /// The last two labels, good enough to tell who runs a host.
    fn operator(host: &str) -> &str {
        host.rmatch_indices('.').nth(1).map_or(host, |(dot, _)| host.split_at(dot + 1).1)
    }

    #[test]
    fn networks_are_found_by_number() {
        let check = |id: u64, name: &str, symbol: &str, kind: ChainKind| {
            let network = by_id(ChainId::new(id).unwrap()).unwrap_or_else(|| panic!("no network {id}"));
            assert_eq!(
                (network.name.as_str(), network.coin.symbol.as_str(), network.kind),
                (name, symbol, kind)
            );
        };
        check(1, "Ethereum", "ETH", ChainKind::Layer1);
        check(8453, "Base", "ETH", ChainKind::OpStack);
        check(42161, "Arbitrum One", "ETH", ChainKind::Arbitrum);
        check(10, "OP Mainnet", "ETH", ChainKind::OpStack);
        check(137, "Polygon", "POL", ChainKind::Layer1);
        check(56, "BNB Smart Chain", "BNB", ChainKind::Layer1);
        check(43114, "Avalanche", "AVAX", ChainKind::Layer1);
        check(100, "Gnosis", "xDAI", ChainKind::Layer1);
        check(59144, "Linea", "ETH", ChainKind::Other);
        check(534352, "Scroll", "ETH", ChainKind::Other);
        check(324, "ZKsync Era", "ETH", ChainKind::Other);
        check(11155111, "Sepolia", "ETH", ChainKind::Layer1);
        check(84532, "Base Sepolia", "ETH", ChainKind::OpStack);
        check(31337, "Local chain", "ETH", ChainKind::Layer1);
        assert!(by_id(ChainId::new(7_777_777_777).unwrap()).is_none());
    }

    #[test]
    fn other_versions_and_bad_entries_are_refused() {
        let check = |text: &str, expected: Option<usize>| {
            assert_eq!(parse(text).map(|networks| networks.len()), expected, "{text}");
        };
        let entry = r#"{"chainId":5,"name":"X","coin":{"name":"X","symbol":"X","decimals":18},"endpoints":["URL"],"layer2":"none"}"#;
        let file = |version: u32, url: &str| {
            format!(r#"{{"version":{version},"networks":[{}]}}"#, entry.replace("URL", url))
        };
        check(&file(1, "https://a.b"), Some(1));
        check(&file(2, "https://a.b"), None);
        check(&file(1, "http://a.b"), None);
        check("{}", None);
    }

    #[test]
    fn explorer_pages() {
        let base = by_id(ChainId::new(8453).unwrap()).unwrap();
        let page = base.transaction_page(B256::ZERO).unwrap();
        assert_eq!(page, format!("https://basescan.org/tx/0x{}", "0".repeat(64)));
        assert!(base.address_page(Address::ZERO).unwrap().starts_with("https://basescan.org/address/0x0"));
    }
}
