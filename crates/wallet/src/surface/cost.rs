//! What a password costs follows the machine: it rises where a derivation has become cheap, and never falls.

use candor_primitives::Entropy;
use candor_protocol::{
    notice::Notice,
    ui::{DerivedKey, Kdf, SecretText, UiError},
};
use candor_vault::{KeyEncryptionKey, Vault};

use super::{
    error,
    setup::{kdf_view, read_password},
};
use crate::Wallet;

impl Wallet {
    pub(super) fn raised_kdf(&self, took_ms: u32, entropy: &mut dyn Entropy) -> Option<Kdf> {
        if !self.is_unlocked() {
            return None;
        }
        let (_, how) = self.vault().and_then(Vault::password_slot)?;
        let params = how.params.raised(took_ms)?;
        let mut salt = [0; 16];
        entropy.fill(&mut salt);
        Some(kdf_view(params, salt))
    }

    /// As a change of password: before the first write the old cost opens, after it the new one.
    pub(super) fn raise_cost(
        &mut self,
        key: &SecretText,
        password: &DerivedKey,
        entropy: &mut dyn Entropy,
    ) -> Result<(), UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        let mut old = zeroize::Zeroizing::new([0; 32]);
        hex::decode_to_slice(&key.0, old.as_mut_slice()).map_err(|_| error::internal())?;
        let mut vault = self.vault().cloned().ok_or_else(error::wrong_stage)?;
        let (slot, how) = vault.password_slot().ok_or_else(error::wrong_stage)?;
        // What does not open here was not typed: another window changed the password meanwhile.
        let data_key = vault.open(slot, &KeyEncryptionKey::from_bytes(*old)).map_err(|_| error::gone())?;
        let (kek, params, salt) = read_password(password)?;
        if !params.is_at_least(how.params) {
            return Err(error::unusable_password());
        }
        vault
            .replace_password_slot(&data_key, &kek, params, salt, entropy)
            .map_err(|_| error::unusable_password())?;
        self.set_vault_everywhere(vault);
        self.out.notice(Notice::Status);
        Ok(())
    }
}
