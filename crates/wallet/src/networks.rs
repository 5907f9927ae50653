//! Which networks exist for the user, and which servers may be asked.

use candor_chain::{
    EndpointUrl,
    registry::{self, Network},
};
use candor_primitives::ChainId;
use candor_protocol::view::NetworkView;

use crate::{
    Wallet,
    records::{CustomNetwork, Servers},
};

/// Where everyone starts.
pub(crate) const ETHEREUM: ChainId = match ChainId::new(1) {
    Ok(id) => id,
    Err(_) => unreachable!(),
};

/// The known network whose name another one, of this number, would borrow.
pub(crate) fn borrowed_name(name: &str, chain: ChainId) -> Option<&'static Network> {
    registry::by_name(name).filter(|known| known.chain_id != chain)
}

/// What a network that is not built in is called: by the name that it gives itself, and by its number too if that name
/// belongs to another.
pub(crate) fn told_apart(name: &str, chain: ChainId) -> String {
    if borrowed_name(name, chain).is_some() { format!("{name} ({chain})") } else { name.to_owned() }
}

impl Wallet {
    /// All networks in the order to show: built-in ones, then the user's own.
    pub(crate) fn network_ids(&self) -> Vec<ChainId> {
        let built_in = registry::registry().iter().map(|network| network.chain_id);
        let own = self.networks.custom.iter().map(|network| network.chain);
        let mut ids: Vec<ChainId> = built_in.collect();
        for id in own {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// Whether the network is known.
    pub(crate) fn has_network(&self, chain: ChainId) -> bool {
        registry::by_id(chain).is_some() || self.custom(chain).is_some()
    }

    pub(crate) fn custom(&self, chain: ChainId) -> Option<&CustomNetwork> {
        self.networks.custom.iter().find(|network| network.chain == chain)
    }

    /// The servers to ask, best first; none before the user chose.
    pub(crate) fn endpoints(&self, chain: ChainId) -> Vec<EndpointUrl> {
        let Some(servers) = self.networks.servers else { return Vec::new() };
        let own = self.custom(chain).into_iter().flat_map(|network| &network.endpoints);
        let mut endpoints: Vec<EndpointUrl> =
            own.filter_map(|url| EndpointUrl::from_user(url).ok()).collect();
        if servers == Servers::Public {
            let listed = registry::by_id(chain).into_iter().flat_map(|network| &network.endpoints);
            for endpoint in listed {
                if !endpoints.contains(endpoint) {
                    endpoints.push(endpoint.clone());
                }
            }
        }
        endpoints
    }

    /// The symbol of the native coin.
    pub(crate) fn symbol(&self, chain: ChainId) -> String {
        registry::by_id(chain)
            .map(|network| network.coin.symbol.clone())
            .or_else(|| self.custom(chain).map(|network| network.symbol.clone()))
            .unwrap_or_else(|| "ETH".to_owned())
    }

    /// The name of a network; the built-in list wins over what anyone claims.
    pub(crate) fn network_name(&self, chain: ChainId) -> String {
        registry::by_id(chain)
            .map(|network| network.name.clone())
            .or_else(|| self.custom(chain).map(|network| network.name.clone()))
            .unwrap_or_else(|| format!("Network {chain}"))
    }

    pub(crate) fn network_view(&self, chain: ChainId) -> NetworkView {
        let listed: Option<&Network> = registry::by_id(chain);
        NetworkView {
            chain_id: chain.get(),
            name: self.network_name(chain),
            symbol: self.symbol(chain),
            decimals: 18,
            explorer: listed
                .and_then(|network| network.explorer.clone())
                .or_else(|| self.custom(chain).and_then(|network| network.explorer.clone())),
            testnet: listed.is_some_and(|network| network.testnet),
            development: listed.is_some_and(|network| network.development),
            custom: listed.is_none(),
            servers: self.endpoints(chain).iter().map(|endpoint| endpoint.host().to_owned()).collect(),
        }
    }
}
