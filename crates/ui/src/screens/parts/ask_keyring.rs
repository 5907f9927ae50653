//! The password again, and of which phrase: being unlocked is not enough to see what opens everything.

use candor_protocol::{
    notice::Notice,
    ui::{Keyrings, RevealKeyring, SecretText, UiError, UiErrorCode},
    view::KeyringView,
};
use leptos::prelude::*;

use super::{
    doing::{Doing, told},
    live::live,
    passwords::OldPassword,
};
use crate::{client, components::field::PasswordField, effect::redrawn, model::keyring};

/// Which keyring is asked for, and the password.
#[derive(Clone, Copy, Debug)]
pub struct AskKeyring {
    /// Those to choose from.
    pub offered: Memo<Option<Vec<KeyringView>>>,
    chosen: RwSignal<Option<String>>,
    password: OldPassword,
}

impl AskKeyring {
    /// For those of the wallet's keyrings that `fits` says; chosen first is the one that has no checked copy yet, else
    /// that of the account in view.
    #[must_use]
    pub fn new(fits: fn(&KeyringView) -> bool) -> Self {
        let all = live(&[Notice::Accounts], || Some(Keyrings {}));
        let offered = Memo::new(move |_| {
            all.with(|all| {
                let mut offered: Vec<_> = all.iter().filter(|keyring| fits(keyring)).cloned().collect();
                offered.sort_by_key(|keyring| {
                    (!keyring.unchecked, !keyring.accounts.iter().any(|account| account.selected))
                });
                offered
            })
        });
        Self { offered, chosen: RwSignal::new(None), password: OldPassword::new() }
    }

    /// The chosen one.
    #[must_use]
    pub fn keyring(self) -> Option<KeyringView> {
        let offered = self.offered.get().unwrap_or_default();
        let chosen = self.chosen.get();
        let place = offered.iter().position(|one| Some(&one.id) == chosen.as_ref()).unwrap_or_default();
        offered.into_iter().nth(place)
    }

    /// Its record, for the password, and which one it is, for another may be chosen meanwhile.
    ///
    /// # Errors
    /// The password is wrong, or there is no such keyring.
    pub async fn record(self) -> Result<(SecretText, KeyringView), UiError> {
        let chosen = untrack(|| self.keyring());
        let chosen = chosen.ok_or_else(|| told(UiErrorCode::Gone, "There is nothing to show.", ""))?;
        let key = self.password.derive(None).await?.key.clone();
        let record = client::call(RevealKeyring { keyring: chosen.id.clone(), key }).await?;
        self.password.clear();
        Ok((record, chosen))
    }
}

/// The choice, if there is one, and the password.
#[component]
pub fn AskKeyringFields(
    /// What is asked.
    ask: AskKeyring,
    /// What the fields are for.
    doing: Doing,
) -> impl IntoView {
    let choose = move |event| ask.chosen.set(Some(event_target_value(&event)));
    view! {
        {redrawn(move || {
            let offered = ask.offered.get().unwrap_or_default();
            (offered.len() > 1)
                .then(|| {
                    let options = offered
                        .iter()
                        .map(|one| {
                            let text = format!("{} of {}", keyring::name(one.kind), keyring::of_accounts(one));
                            view! { <option value=one.id.clone()>{text}</option> }.into_any()
                        })
                        .collect_view();
                    view! {
                        <label class="field">
                            <span class="field__label">"Which one"</span>
                            <select class="select" data-testid="keyring-choice" on:change=choose>
                                {options}
                            </select>
                        </label>
                    }
                        .into_any()
                })
        })}
        <PasswordField
            label="Password"
            testid="password-input"
            autocomplete="current-password"
            value=ask.password.typed
            error=doing.wrong_password()
        />
    }
}
