use std::collections::BTreeMap;

use candor_primitives::Origin;
use candor_protocol::host::Area;
use serde::{Deserialize, Serialize};

use super::{Record, codec};

/// The documents that made a request, so that changes can be told to them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Clients {
    /// By the document's random id.
    pub(crate) by_id: BTreeMap<String, Client>,
}

/// One document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Client {
    #[serde(with = "codec::origin")]
    pub(crate) origin: Origin,
    pub(crate) tab: i64,
    pub(crate) frame: i64,
    /// What it was told last: chain and accounts. Nothing is sent if it would be the same.
    pub(crate) told: Option<String>,
}

impl Record for Clients {
    const KEY: &'static str = "clients";
    const AREA: Area = Area::Session;
}
