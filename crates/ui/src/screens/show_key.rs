//! The private key of one account, after the password was given again.

use candor_protocol::{
    notice::Notice,
    ui::{Accounts, RevealKey, SecretText, UiErrorCode},
    view::{AccountView, Tone},
};
use leptos::prelude::*;

use super::parts::{
    doing::{Doing, Form, told},
    live::live,
    passwords::OldPassword,
    reveal::{Reveal, RevealButton},
};
use crate::{
    app, browser, client,
    components::{field::PasswordField, icon::Icon, leaf::Leaf, note::Note, seal::Seal, toast},
    effect::redrawn,
};

const NOTES: &[(&str, &str)] = &[
    (
        "Who may ask for it",
        "Nobody. Anyone who asks for a private key is stealing: support, a site, an app, a friend.",
    ),
    (
        "What it is for",
        "Moving this one account to another wallet. For a backup, take the phrase or a backup file.",
    ),
];

/// Asks for the password, then shows the key when asked to.
#[component]
pub fn ShowKeyScreen(
    /// Whose key.
    address: String,
) -> impl IntoView {
    let accounts = live(&[Notice::Accounts], || Some(Accounts {}));
    let account = Memo::new(move |_| {
        accounts.with(|all| all.iter().find(|one| one.address == address).cloned()).flatten()
    });
    let kept = RwSignal::new(None::<Vec<SecretText>>);
    let open = Memo::new(move |_| kept.with(Option::is_some));
    view! {
        <Leaf screen="show-key" notes=NOTES>
            {redrawn(move || {
                account
                    .get()
                    .map(|account| {
                        if open.get() {
                            view! { <Shown account kept/> }.into_any()
                        } else {
                            view! { <Ask account kept/> }.into_any()
                        }
                    })
            })}
        </Leaf>
    }
}

/// Which account it is.
#[component]
fn Who(account: AccountView) -> impl IntoView {
    let AccountView { address, name, .. } = account;
    view! {
        <div class="row row--tick" data-testid="account-item" data-address=address.clone()>
            <Seal address=address.clone()/>
            <span class="row__main">
                <span class="row__t">{name}</span>
                <span class="row__s mono" dir="ltr">{address.clone()}</span>
            </span>
        </div>
    }
}

/// The password, again: being unlocked is not enough to see a key.
#[component]
fn Ask(account: AccountView, kept: RwSignal<Option<Vec<SecretText>>>) -> impl IntoView {
    let password = OldPassword::new();
    let doing = Doing::new();
    let (address, watched) = (account.address.clone(), account.keyring.is_empty());
    let submit = Callback::new(move |()| {
        let address = address.clone();
        doing.begin(async move {
            if watched {
                return Err(told(
                    UiErrorCode::Invalid,
                    "Candor does not have the key of this account.",
                    "It is only watched here.",
                ));
            }
            let key = password.derive(None).await?.key.clone();
            let key = client::call(RevealKey { address, key }).await?;
            password.clear();
            kept.try_set(Some(vec![key]));
            request_animation_frame(browser::focus_heading);
            Ok(())
        });
    });
    view! {
        <Form
            doing
            head=(
                "The private key of one account",
                "Whoever has it has everything in this account, for ever. Look around before you go on.",
            )
            label="Continue"
            testid="password-submit"
            back="#/accounts"
            on_submit=submit
        >
            <Who account=account.clone()/>
            <PasswordField
                label="Password"
                testid="password-input"
                autocomplete="current-password"
                value=password.typed
                error=doing.wrong_password()
            />
        </Form>
    }
}

/// The key, hidden until asked for, and again when the page is left alone.
#[component]
fn Shown(account: AccountView, kept: RwSignal<Option<Vec<SecretText>>>) -> impl IntoView {
    let reveal = Reveal::new(kept);
    let copy = move |_| {
        kept.with_untracked(|kept| {
            if let Some(key) = kept.as_ref().and_then(|kept| kept.first()) {
                browser::copy_for_a_minute(&key.0);
                toast::show("Copied. Come back here afterwards, so that Candor can empty the clipboard.");
            }
        });
    };
    view! {
        <h1>"The private key of one account"</h1>
        <Who account/>
        <div class="wordsbox">
            <p class="secret mono" data-testid="key-text" dir="ltr" translate="no">
                {redrawn(move || {
                    let key = reveal.shown.with(|shown| shown.as_ref().and_then(|shown| shown.first()).cloned());
                    match key {
                        Some(key) => view! { <span>{key.0.clone()}</span> }.into_any(),
                        None => {
                            view! {
                                <span aria-hidden="true">{"•".repeat(64)}</span>
                                <span class="vh">"hidden"</span>
                            }
                                .into_any()
                        }
                    }
                })}
            </p>
            <div class="wordsbox__bar">
                <RevealButton reveal label="Show the key" testid="key-reveal"/>
                <button type="button" class="btn btn--plain" data-testid="key-copy" on:click=copy>
                    <Icon name="copy" size=18/>
                    "Copy"
                </button>
            </div>
        </div>
        <Note
            tone=Tone::Care
            what="Other programs can read what you copy."
            why="Paste it where it belongs, then come back: after a minute Candor empties the clipboard, but only while this page is in front."
        />
        <div class="leaf__acts">
            <button
                class="btn btn--primary btn--lg"
                data-testid="continue"
                on:click=move |_| {
                    kept.set(None);
                    app::go("#/home");
                }
            >
                "Done"
            </button>
        </div>
    }
}
