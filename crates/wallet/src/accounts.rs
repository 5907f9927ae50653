//! The accounts that a phrase gives.

use candor_keys::{
    DerivationPath,
    keyring::{Keyring, Kind},
};
use candor_primitives::{Address, Secret};
use candor_protocol::{
    notice::Notice,
    view::{AccountKind, AccountView},
};

use crate::{
    Wallet,
    outbox::Slice,
    records::{Account, SetupStep},
};

/// The name of the n-th account until the user gives another.
fn default_name(number: usize) -> String {
    format!("Account {number}")
}

impl Wallet {
    /// Adds the account at a path of a keyring, unless it is there already.
    pub(crate) fn add_account(
        &mut self,
        keyring: &Keyring,
        name: &str,
        path: &DerivationPath,
    ) -> Option<Address> {
        let address = keyring.account(path).ok()?.address();
        let path = path.to_string();
        match self.accounts.get(address).map(|account| self.has_key(account)) {
            Some(true) => {}
            // Watched until now, or its key was lost: from now on it has one.
            Some(false) => {
                self.accounts.give_key(address, name, &path);
                self.out.touch(Slice::Accounts);
                self.out.notice(Notice::Accounts);
            }
            None => self.push_account(address, name, &path),
        }
        Some(address)
    }

    /// Adds an account that is not there yet, with the next name.
    pub(crate) fn push_account(&mut self, address: Address, keyring: &str, path: &str) {
        let names: Vec<&str> = self.accounts.list.iter().map(|account| account.name.as_str()).collect();
        let numbers = self.accounts.list.len() + 1..;
        let name = numbers.map(default_name).find(|name| !names.contains(&name.as_str()));
        self.accounts.list.push(Account {
            address,
            name: name.unwrap_or_default(),
            keyring: keyring.to_owned(),
            path: path.to_owned(),
        });
        self.out.touch(Slice::Accounts);
        self.out.notice(Notice::Accounts);
    }

    /// Whether the vault has the keyring of an account; that can be said while locked.
    pub(crate) fn has_key(&self, account: &Account) -> bool {
        let mut id = [0; 16];
        hex::decode_to_slice(&account.keyring, &mut id).is_ok()
            && self.vault().is_some_and(|vault| vault.records().any(|record| record.0 == id))
    }

    /// The list of accounts can be made again from the vault: whatever happened to it, each keyring has its first.
    pub(crate) fn heal_accounts(&mut self) {
        let names: Vec<String> =
            self.vault().into_iter().flat_map(|vault| vault.records()).map(|id| hex::encode(id.0)).collect();
        let before = self.accounts.list.len();
        let changed = self.out.is_touched(Slice::Accounts);
        if self.setup.step == SetupStep::Phrase {
            // The words were replaced and the worker ended before the list was.
            self.accounts.list.retain(|account| account.is_watched() || names.contains(&account.keyring));
        }
        if self.accounts.list.len() != before {
            self.out.touch(Slice::Accounts);
        }
        for name in names {
            if !self.accounts.list.iter().any(|account| account.keyring == name)
                && let Some(keyring) = self.keyring(&name)
            {
                let path = match keyring.kind() {
                    Kind::Key => DerivationPath::root(),
                    Kind::Phrase | Kind::Shares => DerivationPath::ethereum(0),
                };
                self.add_account(&keyring, &name, &path);
            }
        }
        if !changed {
            // It can be made again at any time: a full disk keeps nobody out for it.
            self.out.only_heal(Slice::Accounts);
        }
    }

    /// The private key of an account. It exists only inside the event that needs it.
    pub(crate) fn private_key(&self, address: Address) -> Option<Secret<[u8; 32]>> {
        let account = self.accounts.get(address)?;
        let path: DerivationPath = account.path.parse().ok()?;
        let key = self.keyring(&account.keyring)?.account(&path).ok()?;
        // A list that was tampered with must not make another key sign.
        (key.address() == address).then(|| Secret::new(*key.expose()))
    }

    pub(crate) fn account_view(&self, address: Address) -> Option<AccountView> {
        let account = self.accounts.get(address)?;
        let selected = self.accounts.selected().is_some_and(|selected| selected.address == address);
        Some(AccountView {
            address: address.to_string(),
            name: account.name.clone(),
            path: account.path.clone(),
            kind: if account.is_watched() {
                AccountKind::Watched
            } else if !self.has_key(account) {
                AccountKind::Lost
            } else if account.path == "m" {
                AccountKind::Key
            } else {
                AccountKind::Derived
            },
            keyring: account.keyring.clone(),
            selected,
        })
    }
}
