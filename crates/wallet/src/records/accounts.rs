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
    /// The vault record of its keyring, hexadecimal; empty for an address that is only watched.
    pub(crate) keyring: String,
    /// BIP-32 path: `m` for a single key, empty for an address that is only watched.
    pub(crate) path: String,
}

impl Account {
    /// Whether the wallet never had its key.
    pub(crate) const fn is_watched(&self) -> bool {
        self.keyring.is_empty()
    }
}

impl Record for Accounts {
    const KEY: &'static str = "accounts";
    const AREA: Area = Area::Local;

    fn absorb(&mut self, meanwhile: Self) {
        for account in meanwhile.list {
            if self.get(account.address).is_none() {
                self.list.push(account);
            }
        }
    }
}

impl Accounts {
    /// From now on an account has a key: that of a path of a keyring.
    pub(crate) fn give_key(&mut self, address: Address, keyring: &str, path: &str) {
        for account in self.list.iter_mut().filter(|account| account.address == address) {
            keyring.clone_into(&mut account.keyring);
            path.clone_into(&mut account.path);
        }
    }

    /// The account with this address.
    pub(crate) fn get(&self, address: Address) -> Option<&Account> {
        self.list.iter().find(|account| account.address == address)
    }

    /// The one in view; the first if none was chosen.
    pub(crate) fn selected(&self) -> Option<&Account> {
        self.selected.and_then(|address| self.get(address)).or_else(|| self.list.first())
    }

    /// As [`Accounts::selected`], but never one that is only watched.
    pub(crate) fn selected_to_use(&self) -> Option<&Account> {
        let usable = |account: &&Account| !account.is_watched();
        self.selected().filter(usable).or_else(|| self.list.iter().find(usable))
    }
}
