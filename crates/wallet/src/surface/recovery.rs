//! What can be done where the vault cannot be read.

use candor_protocol::{notice::Notice, ui::UiError};

use super::error;
use crate::{Wallet, outbox::Slice, vault::VaultState};

impl Wallet {
    /// Where the browser did not hand over a copy of the vault, or a record, the next instance asks for it again.
    pub(super) fn look_again(&mut self) {
        let unread = matches!(&self.vault, VaultState::Damaged(damage) if damage.unread);
        if unread || self.is_unlocked() && !self.meanwhile.is_empty() {
            self.out.replace();
        }
    }

    /// Makes room for a wallet restored from its phrase or file. What was read of the copies is kept.
    pub(super) fn set_aside_damaged(&mut self) -> Result<(), UiError> {
        let VaultState::Damaged(damage) = &self.vault else { return Err(error::wrong_stage()) };
        for (key, text) in &damage.texts {
            // Written right before the record that says so.
            self.out.keep_aside(Slice::Setup, key, text);
        }
        self.vault = VaultState::SetAside;
        self.setup.set_aside = true;
        self.out.touch(Slice::Setup);
        self.out.notice(Notice::Status);
        Ok(())
    }
}
