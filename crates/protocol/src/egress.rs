//! Whom the wallet ever asked for something.

use serde::{Deserialize, Serialize};

/// What was asked of a host about one thing in a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EgressRowView {
    /// Who was asked.
    pub host: String,
    /// What for, in plain words.
    pub what: String,
    /// Whether a web page caused it, instead of the wallet itself.
    pub page: bool,
    /// The first time, milliseconds since the epoch.
    pub first_ms: u64,
    /// The last time, milliseconds since the epoch.
    pub last_ms: u64,
    /// How often.
    pub count: u64,
    /// Bytes that left.
    pub sent: u64,
    /// Bytes that came back.
    pub received: u64,
}

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EgressView {
    /// Newest first.
    pub rows: Vec<EgressRowView>,
    /// How often anybody was asked.
    pub count: u64,
    /// Bytes that left.
    pub sent: u64,
    /// Bytes that came back.
    pub received: u64,
}
