//! The people that the user gave a name.

use serde::{Deserialize, Serialize};

/// A contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactView {
    /// EIP-55.
    pub address: String,
    /// How the user calls them.
    pub name: String,
}
