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
}

/// A site that was granted accounts, or a network of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Site {
    /// The accounts it may see, the one in use first.
    pub(crate) accounts: Vec<Address>,
    /// Its network.
    #[serde(with = "codec::chain_id")]
    pub(crate) chain: ChainId,
    /// When it was connected.
    #[serde(with = "codec::millis")]
    pub(crate) since: Millis,
    /// How many of its requests were agreed to.
    pub(crate) times_used: u32,
}

impl Record for Sites {
    const KEY: &'static str = "sites";
    const AREA: Area = Area::Local;
}
