use std::collections::BTreeMap;

use candor_primitives::{Address, ChainId, Millis};
use candor_protocol::host::Area;
use serde::{Deserialize, Serialize};

use super::{Record, codec};

/// What each site may see and which network it uses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sites {
    /// By origin.
    pub(crate) by_origin: BTreeMap<String, Site>,
    /// Whether Candor is the wallet of pages that do not let one choose.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub(crate) preferred: bool,
    /// Origins where it is, whatever holds elsewhere. Like the next two, these outlive the connection.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) preferred_at: Vec<String>,
    /// Origins where it is not, whatever holds elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) not_preferred_at: Vec<String>,
    /// Origins where it passes for MetaMask.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) as_metamask_at: Vec<String>,
}

impl Sites {
    /// Whether Candor is the wallet of a site that does not let one choose; nothing where that is as everywhere.
    pub(crate) fn preference(&self, origin: &str) -> Option<bool> {
        let named = |list: &[String]| list.iter().any(|known| known == origin);
        if named(&self.preferred_at) { Some(true) } else { named(&self.not_preferred_at).then_some(false) }
    }
}

/// A site that was granted accounts, or a network of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Site {
    /// The accounts it may see, the one in use first.
    pub(crate) accounts: Vec<Address>,
    /// Its network.
    #[serde(with = "codec::chain_id")]
    pub(crate) chain: ChainId,
    /// Networks that a person let it use, in the order of agreeing.
    #[serde(default, with = "codec::chain_ids", skip_serializing_if = "Vec::is_empty")]
    pub(crate) chains: Vec<ChainId>,
    /// When it was connected.
    #[serde(with = "codec::millis")]
    pub(crate) since: Millis,
    /// How many of its requests were agreed to.
    pub(crate) times_used: u32,
    /// When one was agreed to last.
    #[serde(default, with = "codec::optional_millis", skip_serializing_if = "Option::is_none")]
    pub(crate) last_used: Option<Millis>,
}

impl Record for Sites {
    const KEY: &'static str = "sites";
    const AREA: Area = Area::Local;
}
