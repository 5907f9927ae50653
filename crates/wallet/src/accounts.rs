//! The accounts that a phrase gives.

use candor_keys::{DerivationPath, keyring::Keyring};
use candor_primitives::{Address, Secret};
use candor_protocol::{notice::Notice, view::AccountView};

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
        if self.accounts.get(address).is_none() {
            self.accounts.list.push(Account {
                address,
                name: default_name(self.accounts.list.len() + 1),
                keyring: name.to_owned(),
                path: path.to_string(),
            });
            self.out.touch(Slice::Accounts);
            self.out.notice(Notice::Accounts);
        }
        Some(address)
    }

    /// The list of accounts can be made again from the vault: whatever happened to it, each keyring has its first.
    pub(crate) fn heal_accounts(&mut self) {
        let names: Vec<String> =
            self.vault().into_iter().flat_map(|vault| vault.records()).map(|id| hex::encode(id.0)).collect();
        let before = self.accounts.list.len();
        if self.setup.step == SetupStep::Phrase {
            // The words were replaced and the worker ended before the list was.
            self.accounts.list.retain(|account| names.contains(&account.keyring));
        }
        if self.accounts.list.len() != before {
            self.out.touch(Slice::Accounts);
        }
        for name in names {
            if !self.accounts.list.iter().any(|account| account.keyring == name)
                && let Some(keyring) = self.keyring(&name)
            {
                self.add_account(&keyring, &name, &DerivationPath::ethereum(0));
            }
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
            selected,
        })
    }
}
