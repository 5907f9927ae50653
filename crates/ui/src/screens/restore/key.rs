//! A single private key.

use candor_protocol::{import::ReadKey, ui::SecretText};
use leptos::prelude::*;
use zeroize::Zeroize;

use super::{Coming, Ways};
use crate::{
    app,
    components::field::PasswordField,
    screens::parts::doing::{Doing, Form},
};

/// The key, hidden like a password.
#[component]
pub fn ByKey(
    /// What all ways share.
    coming: Coming,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    on_cleanup(move || {
        typed.try_update(Zeroize::zeroize);
    });
    let doing = Doing::new();
    let submit = Callback::new(move |()| {
        doing.begin(async move {
            let text = SecretText(typed.get_untracked());
            let keyring = coming.importer.call(ReadKey { text }).await?;
            coming.steps.set_keyring(keyring);
            typed.try_update(Zeroize::zeroize);
            app::go("#/found");
            Ok(())
        });
    });
    view! {
        <Form
            doing
            head=coming.head("A private key opens one account. It is 64 digits and letters from a to f.")
            label="Continue"
            testid="restore-submit"
            back=coming.back()
            on_submit=submit
        >
            <Ways coming/>
            <PasswordField label="Private key" testid="restore-key" autocomplete="off" value=typed error=Signal::stored(None::<String>)>
                <p class="field__hint">"No recovery phrase brings this account back. Keep the key, or make a backup file."</p>
            </PasswordField>
        </Form>
    }
}
