//! Ways in: more phrases, private keys and watched addresses beside what is there. Adding never takes anything away.

use candor_keys::{
    DerivationPath, Family, KeyError, PrivateKey, Search,
    keyring::{Keyring, Kind},
};
use candor_primitives::{Address, Platform};
use candor_protocol::{
    import::KeyringKind,
    notice::Notice,
    ui::{AddKeyring, DerivedKey, FindAccount, SecretText, UiError},
    view::{AccountView, AddedView, FoundAccount, KeyringView},
};

use super::{accounts::own_address, error, setup::read_password};
use crate::{Wallet, outbox::Slice};

/// Accounts that one call may add or derive.
const MOST_PATHS: usize = 100;
/// Indices that one call compares: few enough that requests of sites need not wait for it.
const MOST_COMPARED: u32 = 200;

/// A keyring record from one of our own pages.
pub(super) fn read_record(record: &SecretText) -> Result<Keyring, UiError> {
    let mut bytes = zeroize::Zeroizing::new(vec![0; record.0.len() / 2]);
    hex::decode_to_slice(&record.0, &mut bytes).map_err(|_| error::internal())?;
    Keyring::decode(&bytes).map_err(|_| error::internal())
}

/// The record as our own pages pass it on.
pub(super) fn write_record(keyring: &Keyring) -> SecretText {
    SecretText(hex::encode(keyring.encode().expose()))
}

/// Where the accounts of a keyring are, as asked for: at least one, not too many, each once.
pub(super) fn read_paths(paths: &[String]) -> Result<Vec<DerivationPath>, UiError> {
    if paths.is_empty() {
        return Err(error::invalid("No account is ticked.", "Tick at least one account."));
    }
    if paths.len() > MOST_PATHS {
        return Err(error::invalid("These are too many at once.", "Add at most a hundred at a time."));
    }
    let mut read: Vec<DerivationPath> = Vec::new();
    for path in paths {
        let path = path
            .parse()
            .map_err(|_| error::invalid("This path cannot be read.", "Write it like m/44'/60'/0'/0/0."))?;
        if !read.contains(&path) {
            read.push(path);
        }
    }
    Ok(read)
}

fn found(key: Result<PrivateKey, KeyError>, path: &DerivationPath) -> Result<FoundAccount, UiError> {
    let key = key.map_err(|_| error::internal())?;
    Ok(FoundAccount {
        index: Family::of(path).map_or(0, |(_, index)| index),
        address: key.address().to_string(),
        path: path.to_string(),
    })
}

impl Wallet {
    /// Every keyring of the vault, opened one after the other.
    pub(super) fn keyrings(&self) -> impl Iterator<Item = (String, Keyring)> + '_ {
        let names = self.vault().into_iter().flat_map(|vault| vault.records()).map(|id| hex::encode(id.0));
        names.filter_map(|name| self.keyring(&name).map(|keyring| (name, keyring)))
    }

    /// Seals a keyring, unless the vault has it or its only account already, and adds its accounts.
    pub(super) fn add_keyring(
        &mut self,
        call: &AddKeyring,
        platform: &mut dyn Platform,
    ) -> Result<AddedView, UiError> {
        let key = self.data_key().ok_or_else(error::locked)?;
        let keyring = read_record(&call.record)?;
        let paths = read_paths(&call.paths)?;
        let known = self.keyrings().find(|(_, there)| there.is_same_as(&keyring)).map(|(name, _)| name);
        let name = match known {
            Some(name) => name,
            None if keyring.kind() == Kind::Key && self.has_all(&keyring, &paths) => String::new(),
            None => {
                let mut vault = self.vault().cloned().ok_or_else(error::wrong_stage)?;
                let name =
                    Self::seal_keyring(&mut vault, &key, &keyring, platform).ok_or_else(error::full)?;
                self.set_vault(vault);
                name
            }
        };
        self.add_accounts_at(&keyring, &name, &paths)
    }

    /// More accounts of a keyring that is there.
    pub(super) fn add_accounts(&mut self, name: &str, paths: &[String]) -> Result<AddedView, UiError> {
        let keyring = self.open_keyring(name)?;
        self.add_accounts_at(&keyring, name, &read_paths(paths)?)
    }

    /// The addresses at these paths of a keyring that is there; nobody is asked, nothing changes.
    pub(super) fn derive_accounts(&self, name: &str, paths: &[String]) -> Result<Vec<FoundAccount>, UiError> {
        let keyring = self.open_keyring(name)?;
        let mut walk = keyring.walk();
        read_paths(paths)?.iter().map(|path| found(walk.account(path), path)).collect()
    }

    /// A part of the search for the account of a keyring that has this address.
    pub(super) fn find_account(&self, call: &FindAccount) -> Result<Option<FoundAccount>, UiError> {
        let keyring = self.open_keyring(&call.keyring)?;
        let address = own_address(&call.address)?;
        if call.count > MOST_COMPARED {
            return Err(error::internal());
        }
        let Some(seed) = keyring.to_be_shared() else { return Ok(None) };
        let search = Search::new(seed.expose(), address).map_err(|_| error::internal())?;
        let path = search.starting_at(call.from).step(call.count).path();
        path.map(|path| found(keyring.account(&path), &path)).transpose()
    }

    /// Where accounts come from, as far as it can be said while unlocked.
    pub(super) fn keyring_views(&self) -> Result<Vec<KeyringView>, UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        let view = |(id, keyring): (String, Keyring)| KeyringView {
            kind: match keyring.kind() {
                Kind::Phrase => KeyringKind::Phrase,
                Kind::Key => KeyringKind::Key,
                Kind::Shares => KeyringKind::Shares,
            },
            has_passphrase: keyring.has_passphrase(),
            unchecked: !self.setup.backed_up && self.may_be_made_here(&id),
            accounts: self.accounts_of(&id),
            id,
        };
        Ok(self.keyrings().map(view).collect())
    }

    /// A keyring's record, after the password was given again.
    pub(super) fn reveal_keyring(&mut self, id: &str, key: &SecretText) -> Result<SecretText, UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        self.try_password(&key.0)?;
        Ok(write_record(&self.open_keyring(id)?))
    }

    /// The private key of one account, after the password was given again.
    pub(super) fn reveal_key(&mut self, address: &str, key: &SecretText) -> Result<SecretText, UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        let address = own_address(address)?;
        if self.accounts.get(address).ok_or_else(error::gone)?.is_watched() {
            return Err(error::watched());
        }
        self.try_password(&key.0)?;
        let key = self.private_key(address).ok_or_else(error::no_key)?;
        // Reserved in full: growing would leave an unwiped copy behind.
        let mut text = SecretText(String::with_capacity(2 + 2 * key.expose().len()));
        text.0.push_str("0x");
        text.0.push_str(&zeroize::Zeroizing::new(hex::encode(key.expose())));
        Ok(text)
    }

    /// An address to look at, without its key.
    pub(super) fn watch_account(&mut self, address: &str) -> Result<AccountView, UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        let address = own_address(address)?;
        if let Some(account) = self.accounts.get(address) {
            return Err(error::known_account(&account.name));
        }
        self.push_account(address, "", "");
        self.account_view(address).ok_or_else(error::internal)
    }

    /// Takes a watched address off the list; of every other account the key would be lost.
    pub(super) fn forget_watched(&mut self, address: &str) -> Result<(), UiError> {
        let address = own_address(address)?;
        let account = self.accounts.get(address).ok_or_else(error::gone)?;
        if !account.is_watched() {
            return Err(error::wrong_stage());
        }
        self.accounts.list.retain(|account| account.address != address);
        self.accounts.selected = self.accounts.selected.filter(|selected| *selected != address);
        self.out.touch(Slice::Accounts);
        self.out.notice(Notice::Accounts);
        Ok(())
    }

    /// Seals the data key under another password. Before the first write the old one opens, after it the new one; the
    /// second takes the old one out of the other copy too.
    pub(super) fn change_password(
        &mut self,
        key: &SecretText,
        password: &DerivedKey,
        platform: &mut dyn Platform,
    ) -> Result<(), UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        let data_key = self.try_password(&key.0)?;
        let mut vault = self.vault().cloned().ok_or_else(error::wrong_stage)?;
        let (kek, params, salt) = read_password(password)?;
        vault
            .replace_password_slot(&data_key, &kek, params, salt, platform)
            .map_err(|_| error::unusable_password())?;
        self.set_vault_everywhere(vault);
        self.out.notice(Notice::Status);
        Ok(())
    }

    fn open_keyring(&self, name: &str) -> Result<Keyring, UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        self.keyring(name).ok_or_else(error::no_key)
    }

    fn has_all(&self, keyring: &Keyring, paths: &[DerivationPath]) -> bool {
        let has = |address: Address| self.accounts.get(address).is_some_and(|account| self.has_key(account));
        paths.iter().all(|path| keyring.account(path).is_ok_and(|key| has(key.address())))
    }

    fn add_accounts_at(
        &mut self,
        keyring: &Keyring,
        name: &str,
        paths: &[DerivationPath],
    ) -> Result<AddedView, UiError> {
        let mut added = AddedView::default();
        let mut walk = keyring.walk();
        for path in paths {
            let address = walk.account(path).map_err(|_| error::internal())?.address();
            let known = self.accounts.get(address).is_some_and(|account| self.has_key(account));
            if !known {
                self.add_account(keyring, name, path);
            }
            let view = self.account_view(address).ok_or_else(error::internal)?;
            if known { added.known.push(view) } else { added.added.push(view) }
        }
        if let Some(first) = added.added.first().and_then(|view| view.address.parse().ok()) {
            self.accounts.selected = Some(first);
            self.out.touch(Slice::Accounts);
            self.out.notice(Notice::Accounts);
        }
        Ok(added)
    }

    fn accounts_of(&self, keyring: &str) -> Vec<AccountView> {
        let of = self.accounts.list.iter().filter(|account| account.keyring == keyring);
        of.filter_map(|account| self.account_view(account.address)).collect()
    }
}
