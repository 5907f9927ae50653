use candor_primitives::Address;
use candor_protocol::host::Area;
use serde::{Deserialize, Serialize};

use super::Record;

/// The accounts, readable while locked. Everything in it but the names can be derived again from the vault.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Accounts {
    /// In the order they were added.
    pub(crate) list: Vec<Account>,
    /// The one in view.
    pub(crate) selected: Option<Address>,
}

/// One account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) address: Address,
    pub(crate) name: String,
    /// The vault record of its keyring, hexadecimal.
    pub(crate) keyring: String,
    /// BIP-32 path.
    pub(crate) path: String,
}

impl Record for Accounts {
    const KEY: &'static str = "accounts";
    const AREA: Area = Area::Local;
}

impl Accounts {
    /// The account with this address.
    pub(crate) fn get(&self, address: Address) -> Option<&Account> {
        self.list.iter().find(|account| account.address == address)
    }

    /// The one in view; the first if none was chosen.
    pub(crate) fn selected(&self) -> Option<&Account> {
        self.selected.and_then(|address| self.get(address)).or_else(|| self.list.first())
    }
}
