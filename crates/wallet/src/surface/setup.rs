//! Creating, restoring and unlocking.

use candor_keys::{
    DerivationPath,
    keyring::{Keyring, Kind},
};
use candor_primitives::{Entropy, Millis};
use candor_protocol::{
    VERSION,
    notice::Notice,
    ui::{CreateWallet, DerivedKey, Kdf, RestoreWallet, SecretText, UiError},
    view::{Setup as SetupView, Stage, StatusView},
};
use candor_vault::{DataKey, KdfParams, KeyEncryptionKey, Vault};

use super::{
    error,
    keyrings::{read_paths, read_record, write_record},
};
use crate::{
    Wallet,
    outbox::Slice,
    records::{Accounts, Setup, SetupStep},
    vault::VaultState,
};

/// How long a phrase that was there is believed to be there.
const CHECKED_EVERY: Millis = Millis::from_secs(365 * 24 * 3600);

impl Wallet {
    pub(super) fn status(&self) -> StatusView {
        let kdf = self.vault().and_then(Vault::password_slot).map(|(_, how)| kdf_view(how.params, how.salt));
        let mut waiting: Vec<String> = Vec::new();
        for request in self.requests.list.iter().filter(|request| request.is_waiting()) {
            if let Some(origin) = request.origin()
                && !waiting.iter().any(|host| host == origin.host())
            {
                waiting.push(origin.host().to_owned());
            }
        }
        StatusView {
            version: VERSION,
            stage: match (&self.vault, self.is_unlocked()) {
                (VaultState::Absent | VaultState::SetAside, _) => Stage::Fresh,
                (VaultState::Damaged(_), _) => Stage::Damaged,
                (VaultState::Newer, _) => Stage::Newer,
                (VaultState::Present { .. }, true) => Stage::Unlocked,
                (VaultState::Present { .. }, false) => Stage::Locked,
            },
            setup: match self.setup.step {
                SetupStep::Phrase => SetupView::Phrase,
                SetupStep::Networks => SetupView::Networks,
                SetupStep::Done => SetupView::Done,
                SetupStep::Finished => SetupView::Finished,
            },
            backed_up: self.setup.backed_up,
            backup_at: self.setup.backup_at.map(|at| at.0),
            kdf,
            passkeys: self.passkey_views(),
            check_due: self.check_due(),
            unread: !self.meanwhile.is_empty(),
            retry_after_ms: self.retry_after().0,
            waiting,
            theme: self.theme(),
        }
    }

    pub(super) fn new_kdf(entropy: &mut dyn Entropy) -> Kdf {
        let mut salt = [0; 16];
        entropy.fill(&mut salt);
        kdf_view(KdfParams::DEFAULT, salt)
    }

    pub(super) fn create_wallet(
        &mut self,
        call: &CreateWallet,
        entropy: &mut dyn Entropy,
    ) -> Result<(), UiError> {
        let keyring = read_phrase(&call.record)?;
        let name = self.begin(&call.password, &keyring, &[DerivationPath::ethereum(0)], entropy)?;
        self.setup.step = SetupStep::Phrase;
        self.setup.backed_up = false;
        self.setup.made = Some(name);
        Ok(())
    }

    pub(super) fn restore_wallet(
        &mut self,
        call: &RestoreWallet,
        entropy: &mut dyn Entropy,
    ) -> Result<(), UiError> {
        let keyring = read_record(&call.record)?;
        self.begin(&call.password, &keyring, &read_paths(&call.paths)?, entropy)?;
        self.setup.step = SetupStep::Networks;
        self.setup.backed_up = true;
        self.setup.checked_at = Some(self.now);
        Ok(())
    }

    /// Seals a first keyring under a new password, and says its name. Never where there is a vault already, readable or not: a damaged
    /// one has to be set aside first.
    fn begin(
        &mut self,
        password: &DerivedKey,
        keyring: &Keyring,
        paths: &[DerivationPath],
        entropy: &mut dyn Entropy,
    ) -> Result<String, UiError> {
        if !matches!(self.vault, VaultState::Absent | VaultState::SetAside) {
            return Err(error::wrong_stage());
        }
        if paths.iter().any(|path| keyring.account(path).is_err()) {
            return Err(error::no_key());
        }
        let (vault, key, name) = new_vault(password, keyring, entropy)?;
        if matches!(self.vault, VaultState::Absent) {
            // Left by a restore that was cut short.
            self.accounts = Accounts::default();
        }
        self.set_vault(vault);
        self.setup = Setup::default();
        // Of a wallet that could not be read, what the phrase does not bring back stays in the list without its key.
        let added = paths.iter().map(|path| self.add_account(keyring, &name, path)).fold(None, Option::or);
        self.accounts.selected = added;
        self.out.touch(Slice::Accounts);
        self.out.touch(Slice::Setup);
        self.open_session(&key);
        Ok(name)
    }

    /// The only keyring of a wallet that is still being set up and whose copy was not checked.
    fn unchecked_keyring(&self) -> Result<(String, Keyring), UiError> {
        let only = self.vault().is_some_and(|vault| vault.records().count() == 1);
        if self.setup.step != SetupStep::Phrase || self.setup.backed_up || !only {
            return Err(error::wrong_stage());
        }
        let name = self.vault().and_then(|vault| vault.records().next()).map(|id| hex::encode(id.0));
        let name = name.ok_or_else(error::wrong_stage)?;
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        let keyring = self.keyring(&name).ok_or_else(error::no_key)?;
        Ok((name, keyring))
    }

    pub(super) fn new_keyring(&self) -> Result<SecretText, UiError> {
        Ok(write_record(&self.unchecked_keyring()?.1))
    }

    pub(super) fn renew_keyring(
        &mut self,
        record: &SecretText,
        entropy: &mut dyn Entropy,
    ) -> Result<(), UiError> {
        let (old, _) = self.unchecked_keyring()?;
        let key = self.data_key().ok_or_else(error::locked)?;
        let keyring = read_phrase(record)?;
        let mut vault = self.vault().cloned().ok_or_else(error::wrong_stage)?;
        let name = Self::seal_keyring(&mut vault, &key, &keyring, entropy).ok_or_else(error::internal)?;
        let mut id = [0; 16];
        if hex::decode_to_slice(&old, &mut id).is_ok() {
            vault.remove(candor_vault::RecordId(id));
        }
        self.set_vault(vault);
        self.accounts.list.retain(|account| account.keyring != old);
        self.add_account(&keyring, &name, &DerivationPath::ethereum(0));
        self.setup.made = Some(name);
        self.out.touch(Slice::Setup);
        Ok(())
    }

    /// Words of another phrase say nothing about the paper of the one that was made here.
    pub(super) fn confirm_backup(&mut self, keyring: Option<&str>) {
        if self.vault().is_some() {
            self.setup.backed_up |= keyring.is_none_or(|name| self.may_be_made_here(name));
            self.setup.checked_at = Some(self.now);
            if self.setup.step == SetupStep::Phrase {
                self.setup.step = SetupStep::Networks;
            }
            self.out.touch(Slice::Setup);
            self.out.notice(Notice::Status);
        }
    }

    /// Whether these are the words that were made here; of any phrase, where nobody knows any more which those are.
    pub(super) fn may_be_made_here(&self, keyring: &str) -> bool {
        let there = |made: &&String| {
            self.vault().is_some_and(|vault| vault.records().any(|id| hex::encode(id.0) == **made))
        };
        match self.setup.made.as_ref().filter(there) {
            Some(made) => made == keyring,
            None => self.keyring(keyring).is_some_and(|keyring| keyring.kind() == Kind::Phrase),
        }
    }

    /// Whether it is time to ask if the phrase is still there: a year after the last time.
    fn check_due(&self) -> bool {
        let due = self.setup.checked_at.is_none_or(|at| self.now.since(at) >= CHECKED_EVERY);
        due && self.setup.backed_up
            && self.setup.step == SetupStep::Finished
            && self.keyrings().any(|(_, keyring)| keyring.kind() == Kind::Phrase)
    }

    pub(super) fn put_off_check(&mut self) {
        self.setup.checked_at = Some(self.now);
        self.out.touch(Slice::Setup);
        self.out.notice(Notice::Status);
    }

    pub(super) fn finish_setup(&mut self) {
        if self.vault().is_some() {
            self.setup.step = SetupStep::Finished;
            self.out.touch(Slice::Setup);
            self.out.notice(Notice::Status);
        }
    }

    pub(super) fn unlock(&mut self, key: &SecretText) -> Result<(), UiError> {
        if matches!(self.vault, VaultState::Damaged(_) | VaultState::Newer) {
            return Err(error::damaged());
        }
        let key = self.try_password(&key.0)?;
        self.open_session(&key);
        self.heal_accounts();
        Ok(())
    }
}

fn new_vault(
    password: &DerivedKey,
    keyring: &Keyring,
    entropy: &mut dyn Entropy,
) -> Result<(Vault, DataKey, String), UiError> {
    let (kek, params, salt) = read_password(password)?;
    let (mut vault, data_key) =
        Vault::create(&kek, params, salt, entropy).map_err(|_| error::unusable_password())?;
    let name = Wallet::seal_keyring(&mut vault, &data_key, keyring, entropy).ok_or_else(error::internal)?;
    Ok((vault, data_key, name))
}

/// A password as its page derived it: the key of a slot, its cost and its salt.
pub(super) fn read_password(
    password: &DerivedKey,
) -> Result<(KeyEncryptionKey, KdfParams, [u8; 16]), UiError> {
    let bad = |_| error::unusable_password();
    let mut salt = [0; 16];
    hex::decode_to_slice(&password.kdf.salt, &mut salt).map_err(bad)?;
    let mut key = zeroize::Zeroizing::new([0; 32]);
    hex::decode_to_slice(&password.key.0, key.as_mut_slice()).map_err(bad)?;
    let params = KdfParams::new(password.kdf.memory_kib, password.kdf.passes, password.kdf.lanes)
        .map_err(|_| error::unusable_password())?;
    Ok((KeyEncryptionKey::from_bytes(*key), params, salt))
}

/// The record of a phrase, as a new wallet has.
fn read_phrase(record: &SecretText) -> Result<Keyring, UiError> {
    let keyring = read_record(record)?;
    if keyring.kind() == Kind::Phrase { Ok(keyring) } else { Err(error::internal()) }
}

pub(super) fn kdf_view(params: KdfParams, salt: [u8; 16]) -> Kdf {
    Kdf {
        salt: hex::encode(salt),
        memory_kib: params.memory_kib(),
        passes: params.passes(),
        lanes: params.lanes(),
    }
}
