//! Making a backup file: everything in this wallet, sealed under a password.

use candor_protocol::ui::{BackupSaved, MakeBackup, UiErrorCode};
use leptos::prelude::*;

use super::parts::{
    clock,
    doing::{Doing, End, Form, FormLeaf, told},
    passwords::{NewPassword, NewPasswordFields, OldPassword},
};
use crate::{
    browser, client,
    components::{field::PasswordField, tick_row::ChoiceRow},
    effect::redrawn,
    model::backup,
};

const NOTES: &[(&str, &str)] = &[
    (
        "What is in it",
        "Your phrases and keys, accounts and names, your own networks, connected sites and settings. Not your payments: those are on the network.",
    ),
    (
        "Where to keep it",
        "Not only on this computer. A stick in a drawer, another computer, a cloud: without its password it opens for nobody.",
    ),
    ("What it does not replace", "Your phrase on paper. Paper needs no password, and works in every wallet."),
];

const END: End = End {
    heading: "Your backup file is made.",
    testid: "backup-saved",
    why: "Put a copy where this computer is not: if it is lost, so are its downloads.",
    to: "#/home",
};

/// Chooses the password, makes the file, and says where to keep it.
#[component]
pub fn BackupScreen() -> impl IntoView {
    let said = RwSignal::new(None);
    view! {
        <FormLeaf screen="backup" notes=NOTES said end=END>
            <Make said/>
        </FormLeaf>
    }
}

/// Under which password, and the button.
#[component]
fn Make(said: RwSignal<Option<String>>) -> impl IntoView {
    let own = RwSignal::new(true);
    let old = OldPassword::new();
    let new = NewPassword::new();
    let doing = Doing::new();
    let submit = Callback::new(move |()| {
        let with_own = own.get_untracked();
        doing.begin(async move {
            let other = if with_own { None } else { Some(new.derive().await?) };
            let own = old.derive(None).await?;
            let (key, password) = (own.key.clone(), other.unwrap_or(own));
            let text = client::call(MakeBackup { key, password }).await?;
            old.clear();
            new.clear();
            let now = clock::now();
            let name = backup::file_name(now);
            browser::save_file(&name, "application/json", &text.0).ok_or_else(|| {
                told(
                    UiErrorCode::Storage,
                    "The browser did not save the file.",
                    "Nothing was lost. Try again.",
                )
            })?;
            client::call(BackupSaved {}).await?;
            said.try_set(Some(backup::saved(&name, now)));
            Ok(())
        });
    });
    let choice = move |testid: &'static str, title: &'static str, sub: &'static str, with_own: bool| {
        let choose = Callback::new(move |()| own.set(with_own));
        let chosen = Signal::derive(move || own.get() == with_own);
        view! { <ChoiceRow group="backup-password" testid title sub chosen on_choose=choose/> }
    };
    view! {
        <Form
            doing
            head=(
                "Back up to a file",
                "One file brings back everything in this wallet, on any computer. It is sealed with a password; without it nobody can read it.",
            )
            label="Make the file"
            testid="backup-make"
            back="#/home"
            on_submit=submit
        >
            <div class="ledger choices" role="radiogroup" aria-label="Password of the file">
                {choice("backup-own", "With my Candor password", "The one that opens Candor on this computer.", true)}
                {choice(
                    "backup-other",
                    "With another password",
                    "For a file that others could get hold of: a longer one, for this file alone.",
                    false,
                )}
            </div>
            <PasswordField
                label="Your Candor password"
                testid="backup-password"
                autocomplete="current-password"
                value=old.typed
                error=doing.wrong_password()
            />
            {redrawn(move || {
                (!own.get())
                    .then(|| {
                        view! {
                            <NewPasswordFields
                                new
                                label="Password of the file"
                                testids=("backup-file-password", "backup-password-repeat")
                                on_change=doing.forgive()
                            />
                        }
                            .into_any()
                    })
            })}
        </Form>
    }
}
