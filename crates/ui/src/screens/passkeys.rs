//! Passkeys that open the wallet beside the password. Full tabs only: the browser's question would close a popup.

use candor_protocol::{
    ui::{AddPasskey, RemovePasskey},
    view::PasskeyView,
};
use leptos::prelude::*;

use super::parts::{
    act::attempt,
    doing::{Doing, Form},
    passwords::OldPassword,
};
use crate::{
    app, client,
    components::{field::PasswordField, icon::Icon, leaf::Leaf, toast},
    effect::redrawn,
    passkey,
};

const NOTES: &[(&str, &str)] = &[
    (
        "What it is",
        "A key that this computer, your phone or a security key holds. A finger, a face or a PIN lets it work.",
    ),
    (
        "Your password stays",
        "It always opens Candor, and only with it can you see your phrase or add a passkey.",
    ),
    (
        "If you lose it",
        "Nothing is lost: remove it here. If you cannot tell which it is, remove all and add the others again.",
    ),
];

/// Those there are, and making one.
#[component]
pub fn PasskeysScreen() -> impl IntoView {
    let known = Memo::new(move |_| {
        app::status().with(|status| status.as_ref().map(|status| status.passkeys.clone()).unwrap_or_default())
    });
    let password = OldPassword::new();
    let doing = Doing::new();
    let submit = Callback::new(move |()| {
        doing.begin(async move {
            let key = password.derive(None).await?.key.clone();
            let passkey::PrfOutput { credential, salt, secret } =
                passkey::make(&known.get_untracked()).await?;
            client::call(AddPasskey { key, credential, salt, secret }).await?;
            password.clear();
            toast::show("From now on this passkey opens Candor too.");
            app::refresh();
            Ok(())
        });
    });
    view! {
        <Leaf
            screen="passkeys"
            notes=NOTES
            footer="Candor sends nothing. Your browser may, to use a passkey of a phone or to copy it to your other devices."
        >
            <Form
                doing
                head=("Open Candor with a passkey", "Without typing your password. That always works too.")
                label="Add a passkey"
                testid="passkey-add"
                back="#/settings"
                on_submit=submit
            >
                <div class="found">
                    {redrawn(move || {
                        known.get().into_iter().enumerate().map(|(n, one)| view! { <Known n one/> }.into_any()).collect_view()
                    })}
                </div>
                <PasswordField
                    label="Your Candor password"
                    testid="password-input"
                    autocomplete="current-password"
                    value=password.typed
                    error=doing.wrong_password()
                />
            </Form>
        </Leaf>
    }
}

/// One passkey.
#[component]
fn Known(n: usize, one: PasskeyView) -> impl IntoView {
    let slot = one.slot;
    view! {
        <div class="row row--tick" data-testid="passkey" data-slot=slot.to_string()>
            <Icon name="key"/>
            <span class="row__main">
                <span class="row__t">{format!("Passkey {}", n + 1)}</span>
            </span>
            <button
                type="button"
                class="btn btn--quiet btn--sm"
                data-testid="passkey-remove"
                on:click=move |_| {
                    attempt(RemovePasskey { slot });
                    app::refresh();
                }
            >
                "Remove"
            </button>
        </div>
    }
}
