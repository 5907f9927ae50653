//! A key file of another wallet (Web3 Secret Storage). Opening one takes as long as its maker chose, and can be
//! cancelled.

use candor_protocol::{
    import::{InspectKeyFile, ReadKeyFile},
    ui::{SecretText, UiErrorCode},
};
use leptos::{ev::Event, prelude::*};
use zeroize::Zeroize;

use super::{Coming, Ways};
use crate::{
    app, browser,
    components::{field::PasswordField, file_row::FileRow, progress::Progress},
    effect::redrawn,
    model::{address, key_file},
    screens::parts::doing::{Doing, Form, told},
};

/// The file, its password, and how far opening it is.
#[component]
pub fn ByKeyFile(
    /// What all ways share.
    coming: Coming,
) -> impl IntoView {
    let name = RwSignal::new(None::<String>);
    let text = RwSignal::new(String::new());
    let claimed = RwSignal::new(None::<String>);
    let about_ms = RwSignal::new(0_u32);
    let password = RwSignal::new(String::new());
    let opening = RwSignal::new(false);
    let doing = Doing::new();
    let choose = Callback::new(move |event: Event| {
        let Some(file) = browser::chosen_file(&event) else { return };
        name.set(None);
        doing.begin(async move {
            let chosen = file.name();
            let read = browser::text_of(file, key_file::LARGEST).await.ok_or_else(|| {
                told(UiErrorCode::Invalid, "This file cannot be read.", "A key file is smaller than 1 MB.")
            })?;
            let report = coming.importer.call(InspectKeyFile { text: read.clone() }).await?;
            text.try_set(read);
            claimed.try_set(report.address);
            about_ms.try_set(report.about_ms);
            name.try_set(Some(chosen));
            Ok(())
        });
    });
    let submit = Callback::new(move |()| {
        doing.begin(async move {
            if name.with_untracked(Option::is_none) {
                return Err(told(
                    UiErrorCode::Invalid,
                    "Choose the file first.",
                    "Then its password is asked for.",
                ));
            }
            opening.set(true);
            let call =
                ReadKeyFile { text: text.get_untracked(), password: SecretText(password.get_untracked()) };
            let read = coming.importer.call(call).await;
            opening.try_set(false);
            coming.steps.set_keyring(read?);
            password.try_update(Zeroize::zeroize);
            app::go("#/found");
            Ok(())
        });
    });
    view! {
        <Form
            doing
            head=coming.head("A key file comes from another wallet. It opens one account, with the password that it was made with.")
            label="Continue"
            testid="restore-submit"
            back=coming.back()
            on_submit=submit
        >
            <Ways coming/>
            <FileRow testid="restore-keystore" accept=".json,.txt,application/json" name placeholder="UTC--….json" on_choose=choose/>
            {redrawn(move || {
                name.with(Option::is_some)
                    .then(|| {
                        view! {
                            <PasswordField
                                label="Password of the file"
                                testid="restore-keystore-password"
                                autocomplete="current-password"
                                value=password
                                error=doing.wrong_password()
                            >
                                <p class="field__hint">
                                    {redrawn(move || {
                                        claimed
                                            .get()
                                            .map(|full| format!("It says that it is for {}.", address::short(&full)))
                                    })}
                                </p>
                            </PasswordField>
                        }
                            .into_any()
                    })
            })}
            {redrawn(move || {
                opening
                    .get()
                    .then(|| {
                        view! {
                            <Progress
                                says=key_file::takes(about_ms.get_untracked())
                                done=Signal::stored(None)
                                on_stop=Callback::new(move |()| coming.importer.cancel())
                            />
                        }
                    })
            })}
        </Form>
    }
}
