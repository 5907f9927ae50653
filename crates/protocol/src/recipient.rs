//! What surfaces show of the receiver of a transfer.

use serde::{Deserialize, Serialize};

/// A receiver that is taken for somebody else at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LookAlikeView {
    /// The receiver, EIP-55.
    pub receiver: String,
    /// Whom it resembles, EIP-55.
    pub known: String,
    /// How that one is called; nothing if it was only paid.
    pub name: Option<String>,
    /// How many of the forty characters differ.
    pub differing: u32,
}
