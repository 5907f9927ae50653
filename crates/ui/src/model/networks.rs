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
