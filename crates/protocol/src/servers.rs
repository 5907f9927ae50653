//! Servers of networks, as the wallet came to know them, and what was ever asked of whom.

use serde::{Deserialize, Serialize};

use crate::view::ProblemView;

/// What a server was like when it was asked last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServerState {
    /// Not asked since the browser woke Candor.
    Unknown,
    /// It answers.
    #[serde(rename_all = "camelCase")]
    Answers {
        /// In so many milliseconds, usually.
        took_ms: u64,
    },
    /// It did not answer, or nothing that is of use.
    Silent,
    /// It is of another network, so it is asked for nothing.
    OtherNetwork,
}

/// A server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerView {
    /// Its host.
    pub host: String,
    /// How it is.
    pub state: ServerState,
}

/// The servers of a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkServersView {
    /// EIP-155.
    pub chain_id: u64,
    /// The network's name.
    pub name: String,
    /// The one that would be asked next at the front.
    pub servers: Vec<ServerView>,
    /// What is wrong with all of them, or between them, with what a person can do.
    pub trouble: Option<ProblemView>,
}
