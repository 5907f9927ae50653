//! Choosing the password of this computer.

use candor_protocol::{import::NewPhrase, ui::CreateWallet};
use leptos::prelude::*;

use super::parts::{
    doing::{Doing, Form},
    passwords::{NewPassword, NewPasswordFields},
};
use crate::{app, client, components::leaf::Leaf, importer::Importer, restoring::Restoring};

/// A new wallet has twelve English words until its owner asks for others.
const PHRASE: NewPhrase = NewPhrase { words: 12, language: 0 };

const NOTES: &[(&str, &str)] = &[
    (
        "What makes it strong",
        "Length. Four words that have nothing to do with each other are better than one clever word with a 3 in it.",
    ),
    (
        "Where it is kept",
        "Nowhere. It locks a file on this computer. We never receive the file or the password.",
    ),
    (
        "What it does not do",
        "It cannot bring your wallet back on another computer. Your recovery phrase can; it is the next step.",
    ),
];

/// Password, repetition, strength.
#[component]
pub fn PasswordScreen(
    /// For a wallet that is brought back, not a new one.
    restoring: bool,
) -> impl IntoView {
    let new = NewPassword::new();
    let doing = Doing::new();
    let steps = Restoring::here();
    let importer = Importer::new();
    let submit = Callback::new(move |()| {
        doing.begin(async move {
            let key = new.derive().await?;
            if restoring {
                steps.set_password(key);
            } else {
                let record = importer.call(PHRASE).await?.record.clone();
                client::call(CreateWallet { password: key, record }).await?;
            }
            new.clear();
            app::go(if restoring { "#/restore" } else { "#/phrase" });
            Ok(())
        });
    });
    view! {
        <Leaf screen="password" step=(1, 4) notes=NOTES>
            <Form
                doing
                head=(
                    "Choose a password for this computer.",
                    "It opens Candor here, and only here. It is not your recovery phrase.",
                )
                label="Continue"
                testid="password-submit"
                back="#/welcome"
                on_submit=submit
            >
                <NewPasswordFields
                    new
                    label="Password"
                    testids=("password-input", "password-confirm")
                    on_change=doing.forgive()
                />
                <p class="field__hint">
                    "Nobody can reset this password. If you forget it, you need your recovery phrase."
                </p>
            </Form>
        </Leaf>
    }
}
