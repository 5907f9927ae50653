//! Networks: their names, their tiles, and what is said when one cannot be reached.

use candor_protocol::view::{NetworkView, NetworksView};

use super::Problem;

/// The network of this number, if the wallet has it.
#[must_use]
pub fn find(networks: &NetworksView, chain_id: u64) -> Option<&NetworkView> {
    networks.networks.iter().find(|network| network.chain_id == chain_id)
}

/// The name of the network of this number; a network that was taken away is named by its number.
#[must_use]
pub fn name(networks: &NetworksView, chain_id: u64) -> String {
    find(networks, chain_id).map_or_else(|| format!("Network {chain_id}"), |network| network.name.clone())
}

/// The letter on a network's tile or a coin's disc.
#[must_use]
pub fn letter(name: &str) -> char {
    name.chars().find(|c| c.is_alphanumeric()).map_or('?', |c| c.to_uppercase().next().unwrap_or(c))
}

/// One of eight inks for a network's tile, always the same for a network.
#[must_use]
pub fn ink(chain_id: u64) -> u64 {
    // Fibonacci hashing spreads neighbouring numbers over all inks.
    chain_id.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 61
}

/// A group of the network list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Real money, from the built-in list.
    Main,
    /// Added by the user or a site.
    Own,
    /// Coins without value.
    Test,
    /// Chains on this computer.
    Development,
}

impl Group {
    /// In the order to show.
    pub const ALL: [Self; 4] = [Self::Main, Self::Own, Self::Test, Self::Development];

    /// Its heading.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Main => "For real money",
            Self::Own => "Your own",
            Self::Test => "For trying out, coins there are worth nothing",
            Self::Development => "On this computer, for developers",
        }
    }

    /// Where a network belongs.
    #[must_use]
    pub const fn of(network: &NetworkView) -> Self {
        if network.custom {
            Self::Own
        } else if network.development {
            Self::Development
        } else if network.testnet {
            Self::Test
        } else {
            Self::Main
        }
    }
}

/// The networks that a search for a name, a number or a coin finds, the best match first; without words all of them.
/// Test networks come only when they are asked for, by the whole name or number too; the one in view is never missing.
#[must_use]
pub fn search(all: &NetworksView, words: &str, with_test: bool) -> NetworksView {
    let words = words.trim().to_lowercase();
    let mut found: Vec<(u8, &NetworkView)> = all
        .networks
        .iter()
        .filter_map(|network| Some((distance(network, &words)?, network)))
        .filter(|(distance, network)| {
            let in_view = words.is_empty() && network.chain_id == all.current;
            let named = !words.is_empty() && *distance == 0;
            with_test || in_view || named || Group::of(network) != Group::Test
        })
        .collect();
    found.sort_by_key(|(distance, _)| *distance);
    let networks = found.into_iter().map(|(_, network)| network.clone()).collect();
    NetworksView { networks, current: all.current }
}

/// How far a network is from what was typed, in lower case; nothing if it has nothing to do with it.
fn distance(network: &NetworkView, words: &str) -> Option<u8> {
    let name = network.name.to_lowercase();
    let symbol = network.symbol.to_lowercase();
    let number = network.chain_id.to_string();
    if words.is_empty() || name == words || number == words {
        Some(0)
    } else if name.starts_with(words) {
        Some(1)
    } else if name.split(' ').any(|word| word.starts_with(words)) {
        Some(2)
    } else if symbol == words {
        Some(3)
    } else if name.contains(words) {
        Some(4)
    } else if symbol.starts_with(words) || number.starts_with(words) {
        Some(5)
    } else {
        None
    }
}

/// What is asked for a network, in one line.
#[must_use]
pub fn servers(network: &NetworkView) -> String {
    match network.servers.as_slice() {
        [] => "No server chosen, so it is not asked".to_owned(),
        [only] => only.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}

/// Why a balance is missing, if it is not the network's fault but the user's choice of servers.
#[must_use]
pub fn without_server(network: &NetworkView) -> Option<Problem> {
    network.servers.is_empty().then(|| {
        Problem::new(
            format!("No server for {}.", network.name),
            "You chose to ask only your own servers, and none of them answers for this network.",
        )
    })
}

/// Which networks the same address works on: the first three by name, and how many more.
#[must_use]
pub fn summary(networks: &NetworksView) -> (String, String) {
    let main: Vec<&str> = networks
        .networks
        .iter()
        .filter(|network| Group::of(network) == Group::Main)
        .map(|network| network.name.as_str())
        .collect();
    let (first, rest) = main.split_at(main.len().min(3));
    let more = match rest.len() {
        0 => String::new(),
        1 => " and 1 more network".to_owned(),
        count => format!(" and {count} more networks"),
    };
    (first.join(", "), more)
}

/// Why the form for a network of one's own cannot be sent yet.
#[must_use]
pub fn form_problem(name: &str, url: &str, symbol: &str) -> Option<Problem> {
    let url = url.trim();
    let local =
        ["http://localhost", "http://127.0.0.1", "http://[::1]"].iter().any(|start| url.starts_with(start));
    if name.trim().is_empty() {
        Some(Problem::new("Give it a name.", "Any name that you will recognise."))
    } else if !url.starts_with("https://") && !local {
        Some(Problem::new(
            "This is not a server’s address.",
            "It starts with https://. Only a server on this computer may start with http://.",
        ))
    } else if symbol.trim().is_empty() || symbol.trim().chars().count() > 11 {
        Some(Problem::new("Which coin pays its fees?", "Its short name, such as ETH."))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(name: &str, chain_id: u64) -> NetworkView {
        NetworkView {
            chain_id,
            name: name.to_owned(),
            symbol: "ETH".to_owned(),
            decimals: 18,
            explorer: None,
            testnet: false,
            development: false,
            custom: false,
            servers: Vec::new(),
        }
    }

    #[test]
    fn networks_are_summed_up() {
        let check = |names: &[&str], expected: (&str, &str)| {
            let networks = (1..).zip(names).map(|(id, name)| network(name, id)).collect();
            let (first, more) = summary(&NetworksView { networks, current: 1 });
            assert_eq!((first.as_str(), more.as_str()), expected);
        };
        check(&["Ethereum"], ("Ethereum", ""));
        check(&["A", "B", "C", "D"], ("A, B, C", " and 1 more network"));
        check(&["A", "B", "C", "D", "E"], ("A, B, C", " and 2 more networks"));
    }

    #[test]
    fn networks_are_found_and_named() {
        let networks = NetworksView { networks: vec![network("Ethereum", 1)], current: 1 };
        assert_eq!((name(&networks, 1), name(&networks, 7)), ("Ethereum".into(), "Network 7".into()));
        assert_eq!((letter("Ethereum"), letter("(π)"), letter("")), ('E', 'Π', '?'));
        assert!((0..1000).all(|id| ink(id) < 8));
    }

    #[test]
    fn networks_are_searched_by_name_number_and_coin() {
        let mut networks = vec![
            network("Ethereum", 1),
            network("Base", 8453),
            network("Arbitrum One", 42161),
            NetworkView { symbol: "S".to_owned(), ..network("Sonic", 146) },
            network("Ethereum Classic", 61),
            NetworkView { testnet: true, ..network("Base Sepolia", 84532) },
            NetworkView { development: true, ..network("Local chain", 31337) },
        ];
        networks[4].symbol = "ETC".to_owned();
        let all = NetworksView { networks, current: 1 };
        let check = |current: u64, words: &str, with_test: bool, expected: &[u64]| {
            let found = search(&NetworksView { current, ..all.clone() }, words, with_test);
            let ids: Vec<u64> = found.networks.iter().map(|network| network.chain_id).collect();
            assert_eq!(ids, expected, "{words} {with_test}");
        };
        check(1, "", false, &[1, 8453, 42161, 146, 61, 31337]);
        check(1, "", true, &[1, 8453, 42161, 146, 61, 84532, 31337]);
        check(84532, "", false, &[1, 8453, 42161, 146, 61, 84532, 31337]);
        check(1, " BASE ", false, &[8453]);
        check(1, "base", true, &[8453, 84532]);
        check(1, "base sepolia", false, &[84532]);
        check(1, "84532", false, &[84532]);
        check(1, "one", false, &[42161]);
        check(1, "etc", false, &[61]);
        check(1, "s", false, &[146, 8453, 61]);
        check(1, "ethereum", false, &[1, 61]);
        check(1, "845", false, &[8453]);
        check(1, "nothing like it", true, &[]);
    }

    #[test]
    fn the_form_says_what_is_missing() {
        let check = |name: &str, url: &str, symbol: &str, ok: bool| {
            assert_eq!(form_problem(name, url, symbol).is_none(), ok, "{name} {url} {symbol}");
        };
        check("Zora", "https://rpc.zora.energy", "ETH", true);
        check("Mine", "http://localhost:8545", "ETH", true);
        check("Mine", " http://127.0.0.1:8545 ", "ETH", true);
        check("", "https://rpc.zora.energy", "ETH", false);
        check("Zora", "http://rpc.zora.energy", "ETH", false);
        check("Zora", "rpc.zora.energy", "ETH", false);
        check("Zora", "https://rpc.zora.energy", "", false);
    }
}
