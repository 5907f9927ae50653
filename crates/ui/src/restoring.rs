//! What a person typed so far to bring a wallet back. It lives in this page's memory only, and is wiped with it.

use candor_protocol::{
    ui::{DerivedKey, RestoreWallet, SecretText},
    view::FoundAccount,
};
use leptos::prelude::*;

/// The steps taken, shared by the screens of restoring.
#[derive(Clone, Copy, Debug)]
pub struct Restoring {
    password: StoredValue<Option<DerivedKey>>,
    phrase: StoredValue<Option<Phrase>>,
}

#[derive(Clone, Debug)]
struct Phrase {
    words: SecretText,
    passphrase: SecretText,
    accounts: Vec<FoundAccount>,
}

impl Default for Restoring {
    fn default() -> Self {
        Self { password: StoredValue::new(None), phrase: StoredValue::new(None) }
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

    /// A good phrase was typed, and gives these accounts.
    pub fn set_phrase(self, words: SecretText, passphrase: SecretText, accounts: Vec<FoundAccount>) {
        self.phrase.set_value(Some(Phrase { words, passphrase, accounts }));
    }

    /// The accounts of the typed phrase.
    #[must_use]
    pub fn accounts(self) -> Option<Vec<FoundAccount>> {
        self.phrase.with_value(|phrase| phrase.as_ref().map(|phrase| phrase.accounts.clone()))
    }

    /// The call that makes the wallet, once both steps were taken.
    #[must_use]
    pub fn call(self, indices: Vec<u32>) -> Option<RestoreWallet> {
        let password = self.password.get_value()?;
        let Phrase { words, passphrase, .. } = self.phrase.get_value()?;
        Some(RestoreWallet { password, phrase: words.clone(), passphrase: passphrase.clone(), indices })
    }

    /// Forgets everything.
    pub fn clear(self) {
        self.password.set_value(None);
        self.phrase.set_value(None);
    }
}
