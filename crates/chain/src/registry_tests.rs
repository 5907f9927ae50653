use std::collections::BTreeSet;

use super::*;
use crate::Reach;

#[test]
fn the_table_is_whole_and_sound() {
    let networks = registry();
    assert_eq!(networks.len(), LISTED.len(), "an entry does not read");
    let ids: BTreeSet<u64> = networks.iter().map(|n| n.chain_id.get()).collect();
    assert_eq!(ids.len(), networks.len(), "a chain id appears twice");
    let names: BTreeSet<String> = networks.iter().map(|n| bare(&n.name)).collect();
    assert_eq!(names.len(), networks.len(), "two networks would be taken for each other");
    for network in networks {
        let Network { name, coin, endpoints, explorer, .. } = network;
        assert!((1..=100).contains(&name.len()) && name.is_ascii() && name.trim() == name, "{name}");
        assert!(
            (1..=6).contains(&coin.symbol.len()) && coin.symbol.is_ascii() && !coin.name.is_empty(),
            "{name}"
        );
        let operators: BTreeSet<&str> = endpoints.iter().map(|e| operator(e.hostname())).collect();
        assert!(!endpoints.is_empty() && operators.len() == endpoints.len(), "{name}: {operators:?}");
        let reach = if network.development { Reach::Loopback } else { Reach::Public };
        assert!(endpoints.iter().all(|e| e.reach() == reach && e.as_str().len() < 100), "{name}");
        assert!(network.development || endpoints.iter().all(EndpointUrl::is_encrypted), "{name}");
        assert!(endpoints.iter().all(|e| !e.as_str().contains(['?', '$'])), "{name}: looks like a key");
        let website =
            |e: &String| e.starts_with("https://") && !e.ends_with('/') && !e.contains(['?', '#', '@']);
        assert!(explorer.as_ref().is_none_or(website), "{name}");
        assert!(explorer.is_some() || network.development, "{name}");
    }
}

#[test]
fn there_is_enough_choice() {
    let main = registry().iter().filter(|n| !n.testnet && !n.development);
    let with = |least: usize| main.clone().filter(|n| n.endpoints.len() >= least).count();
    assert!(with(2) >= 60 && with(3) >= 30, "{} {}", with(2), with(3));
    assert!(main.clone().take(14).all(|n| n.endpoints.len() >= 3), "the most used have three operators each");
    assert!(registry().iter().filter(|n| n.testnet).all(|n| n.endpoints.len() >= 2));
    let order = |n: &Network| (n.development, n.testnet);
    assert!(
        registry().is_sorted_by_key(order),
        "first those for real money, then test networks, then local ones"
    );
}

/// The last two labels, good enough to tell who runs a host.
fn operator(host: &str) -> &str {
    host.rmatch_indices('.').nth(1).map_or(host, |(dot, _)| host.split_at(dot + 1).1)
}

#[test]
fn networks_are_found_by_number() {
    let check = |id: u64, name: &str, symbol: &str, kind: ChainKind| {
        let network = by_id(ChainId::new(id).unwrap()).unwrap_or_else(|| panic!("no network {id}"));
        assert_eq!((network.name.as_str(), network.coin.symbol.as_str(), network.kind), (name, symbol, kind));
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
    check(5000, "Mantle", "MNT", ChainKind::Other);
    check(42170, "Arbitrum Nova", "ETH", ChainKind::Arbitrum);
    check(7_777_777, "Zora", "ETH", ChainKind::OpStack);
    check(421_614, "Arbitrum Sepolia", "ETH", ChainKind::Arbitrum);
    assert!(by_id(ChainId::new(7_777_777_777).unwrap()).is_none());
}

#[test]
fn names_that_would_be_taken_for_a_known_network_are_found() {
    let check = |name: &str, expected: Option<u64>| {
        assert_eq!(by_name(name).map(|network| network.chain_id.get()), expected, "{name}");
    };
    check("Ethereum", Some(1));
    check(" ethereum  MAINNET ", Some(1));
    check("Ethereum Main-net", Some(1));
    check("Base Mainnet", Some(8453));
    check("OP Mainnet", Some(10));
    check("Arbitrum One", Some(42161));
    check("Linea Mainnet", Some(59144));
    check("BNB Smart Chain", Some(56));
    check("Mainnet", None);
    check("Ether", None);
    check("Basement", None);
    check("", None);
    check("!!!", None);
}

#[test]
fn explorer_pages() {
    let base = by_id(ChainId::new(8453).unwrap()).unwrap();
    let page = base.transaction_page(B256::ZERO).unwrap();
    assert_eq!(page, format!("https://basescan.org/tx/0x{}", "0".repeat(64)));
    assert!(base.address_page(Address::ZERO).unwrap().starts_with("https://basescan.org/address/0x0"));
}
