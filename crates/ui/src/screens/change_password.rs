//! Another password for this computer.

use candor_protocol::ui::ChangePassword;
use leptos::prelude::*;

use super::parts::{
    doing::{Doing, End, Form, FormLeaf},
    passwords::{NewPassword, NewPasswordFields, OldPassword},
};
use crate::{client, components::field::PasswordField};

const NOTES: &[(&str, &str)] = &[
    (
        "What changes",
        "Only the password. Your phrase, accounts and money stay as they are, and no site notices.",
    ),
    (
        "When to change it",
        "When somebody may have seen it, or when a better one came to mind. Not because months have passed.",
    ),
];

const END: End = End {
    heading: "Your password is changed.",
    testid: "change-password-done",
    why: "Backup files that you made before keep the password they were made with. Make a new one if that should change, too.",
    to: "#/home",
};

/// The password now, and the new one twice.
#[component]
pub fn ChangePasswordScreen() -> impl IntoView {
    let said = RwSignal::new(None);
    view! {
        <FormLeaf screen="change-password" notes=NOTES said end=END>
            <Change said/>
        </FormLeaf>
    }
}

/// The form.
#[component]
fn Change(said: RwSignal<Option<String>>) -> impl IntoView {
    let old = OldPassword::new();
    let new = NewPassword::new();
    let doing = Doing::new();
    let submit = Callback::new(move |()| {
        doing.begin(async move {
            let password = new.derive().await?;
            let key = old.derive(None).await?.key.clone();
            client::call(ChangePassword { key, password }).await?;
            old.clear();
            new.clear();
            said.try_set(Some("From now on only the new one opens Candor on this computer.".to_owned()));
            Ok(())
        });
    });
    view! {
        <Form
            doing
            head=("Change your password", "It opens Candor on this computer, and only here.")
            label="Change it"
            testid="change-password-submit"
            back="#/home"
            on_submit=submit
        >
            <PasswordField
                label="Password now"
                testid="change-password-old"
                autocomplete="current-password"
                value=old.typed
                error=doing.wrong_password()
            />
            <NewPasswordFields
                new
                label="New password"
                testids=("change-password-new", "change-password-repeat")
                on_change=doing.forgive()
            />
        </Form>
    }
}
