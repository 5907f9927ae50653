use candor_chain::NewNetwork;
use candor_primitives::ChainId;
use candor_protocol::host::Area;
use serde::{Deserialize, Serialize};

use super::{Record, codec};

/// The user's choice of servers, the networks added by hand, and which network is in view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Networks {
    /// Nothing is asked before this is chosen.
    pub(crate) servers: Option<Servers>,
    /// Added by the user or, with consent, by a site.
    pub(crate) custom: Vec<CustomNetwork>,
    /// The one in view, and the one that sites start on.
    #[serde(with = "codec::chain_id")]
    pub(crate) current: ChainId,
}

/// Which servers may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Servers {
    /// The built-in list, after the user's own.
    Public,
    /// Only those of `custom`.
    Own,
}

/// A network, or a server for a known one, that the user added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CustomNetwork {
    #[serde(with = "codec::chain_id")]
    pub(crate) chain: ChainId,
    pub(crate) name: String,
    pub(crate) symbol: String,
    /// Addresses of servers, in order; validated before they get here.
    pub(crate) endpoints: Vec<String>,
    pub(crate) explorer: Option<String>,
}

impl From<NewNetwork> for CustomNetwork {
    fn from(new: NewNetwork) -> Self {
        Self {
            chain: new.chain_id,
            name: new.name,
            symbol: new.coin.symbol,
            endpoints: new.endpoints.iter().map(|endpoint| endpoint.as_str().to_owned()).collect(),
            explorer: new.explorer,
        }
    }
}

impl Default for Networks {
    fn default() -> Self {
        Self { servers: None, custom: Vec::new(), current: crate::networks::ETHEREUM }
    }
}

impl Record for Networks {
    const KEY: &'static str = "networks";
    const AREA: Area = Area::Local;
}
