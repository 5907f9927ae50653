//! Names that stand for addresses.

use serde::{Deserialize, Serialize};

/// What looking a name up came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameView {
    /// It stands for an address.
    Found(FoundName),
    /// A server that nobody agreed to yet has to be asked; it learns who is looked for.
    Ask {
        /// The name as it is written.
        name: String,
        /// The server's host.
        host: String,
    },
}

/// An address that a name stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FoundName {
    /// The name as it is written.
    pub name: String,
    /// EIP-55.
    pub address: String,
    /// Whether two servers said so.
    pub confirmed: bool,
    /// Whether the address goes by the same name.
    pub mutual: bool,
}
