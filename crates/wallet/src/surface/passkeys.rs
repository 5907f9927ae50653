//! Passkeys: they open the wallet beside the password, which always remains.

use candor_primitives::Entropy;
use candor_protocol::{
    notice::Notice,
    ui::{AddPasskey, SecretText, UiError, UnlockWithPasskey},
    view::PasskeyView,
};
use candor_vault::{KeyEncryptionKey, PasskeySlot, SlotId};

use super::error;
use crate::{Wallet, vault::VaultState};

/// What a passkey gave, from one of our own pages.
fn read_secret(secret: &SecretText) -> Result<KeyEncryptionKey, UiError> {
    let mut key = zeroize::Zeroizing::new([0; 32]);
    hex::decode_to_slice(&secret.0, key.as_mut_slice()).map_err(|_| error::internal())?;
    Ok(KeyEncryptionKey::from_bytes(*key))
}

impl Wallet {
    /// Which passkeys open the wallet; that can be said while locked.
    pub(super) fn passkey_views(&self) -> Vec<PasskeyView> {
        let slots = self.vault().into_iter().flat_map(|vault| vault.passkey_slots());
        let view = |(SlotId(slot), how): (SlotId, PasskeySlot)| PasskeyView {
            slot,
            credential: hex::encode(how.credential()),
            salt: hex::encode(how.salt),
        };
        slots.map(view).collect()
    }

    /// One write: before it only the password opens, after it both do.
    pub(super) fn add_passkey(
        &mut self,
        call: &AddPasskey,
        entropy: &mut dyn Entropy,
    ) -> Result<(), UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        let data_key = self.try_password(&call.key.0)?;
        let mut salt = [0; 32];
        hex::decode_to_slice(&call.salt, &mut salt).map_err(|_| error::internal())?;
        let credential = hex::decode(&call.credential).map_err(|_| error::internal())?;
        let how = PasskeySlot::new(salt, credential).ok_or_else(error::internal)?;
        let mut vault = self.vault().cloned().ok_or_else(error::wrong_stage)?;
        let known = vault.passkey_slots().find(|(_, slot)| slot.credential() == how.credential());
        if let Some((old, _)) = known {
            vault.remove_passkey_slot(old);
        }
        vault
            .add_passkey_slot(&data_key, &read_secret(&call.secret)?, how, entropy)
            .map_err(|_| error::full())?;
        self.set_vault(vault);
        self.out.notice(Notice::Status);
        Ok(())
    }

    pub(super) fn remove_passkey(&mut self, slot: u32) -> Result<(), UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        let mut vault = self.vault().cloned().ok_or_else(error::wrong_stage)?;
        if !vault.remove_passkey_slot(SlotId(slot)) {
            return Err(error::gone());
        }
        self.set_vault_everywhere(vault);
        self.out.notice(Notice::Status);
        Ok(())
    }

    /// Wrong ones are not counted: there are too many keys of 256 bits to try.
    pub(super) fn unlock_with_passkey(&mut self, call: &UnlockWithPasskey) -> Result<(), UiError> {
        if matches!(self.vault, VaultState::Damaged(_) | VaultState::Newer) {
            return Err(error::damaged());
        }
        let vault = self.vault().ok_or_else(error::wrong_stage)?;
        let wrong =
            |_| error::invalid("This passkey does not open this wallet.", "Type your password instead.");
        let is_passkey = vault.passkey_slots().any(|(id, _)| id.0 == call.slot);
        if !is_passkey {
            return Err(error::gone());
        }
        let key = vault.open(SlotId(call.slot), &read_secret(&call.secret)?).map_err(wrong)?;
        self.open_session(&key);
        self.heal_accounts();
        Ok(())
    }
}
