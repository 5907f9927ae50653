//! What a person has given so far to bring a wallet in. It lives in this page's memory only, and is wiped with it.

use candor_protocol::{
    import::Keyring,
    ui::{AddKeyring, DerivedKey, RestoreWallet},
};
use leptos::prelude::*;

/// The steps taken, shared by the screens of bringing a wallet in.
#[derive(Clone, Copy, Debug)]
pub struct Restoring {
    password: StoredValue<Option<DerivedKey>>,
    keyring: StoredValue<Option<Keyring>>,
    /// A wallet was brought back on this page.
    done: StoredValue<bool>,
}

impl Default for Restoring {
    fn default() -> Self {
        Self {
            password: StoredValue::new(None),
            keyring: StoredValue::new(None),
            done: StoredValue::new(false),
        }
    }
}

impl Restoring {
    /// The steps of this page.
    #[must_use]
    pub fn here() -> Self {
        expect_context()
    }

    /// The new password's key is known.
    pub fn set_password(self, key: DerivedKey) {
        self.password.set_value(Some(key));
    }

    /// Whether a password was chosen since the page was loaded.
    #[must_use]
    pub fn has_password(self) -> bool {
        self.password.with_value(Option::is_some)
    }

    /// What was typed or chosen gives this keyring.
    pub fn set_keyring(self, keyring: Keyring) {
        self.keyring.set_value(Some(keyring));
    }

    /// That keyring.
    #[must_use]
    pub fn keyring(self) -> Option<Keyring> {
        self.keyring.get_value()
    }

    /// The call that makes a wallet with the accounts at these paths, once both steps were taken.
    #[must_use]
    pub fn restore_call(self, paths: Vec<String>) -> Option<RestoreWallet> {
        let password = self.password.get_value()?;
        let record = self.keyring.get_value()?.record;
        Some(RestoreWallet { password, record, paths })
    }

    /// The call that adds them to the wallet that is there.
    #[must_use]
    pub fn add_call(self, paths: Vec<String>) -> Option<AddKeyring> {
        Some(AddKeyring { record: self.keyring.get_value()?.record, paths })
    }

    /// The wallet was made of it.
    pub fn finish(self) {
        self.done.set_value(true);
    }

    /// Whether a wallet was brought back on this page, which may have more accounts than were taken.
    #[must_use]
    pub fn is_finished(self) -> bool {
        self.done.get_value()
    }

    /// Forgets everything that was given.
    pub fn clear(self) {
        self.password.set_value(None);
        self.keyring.set_value(None);
    }
}
