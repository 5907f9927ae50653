//! A key file of another wallet (Web3 Secret Storage). Opening one takes as long as its maker chose, and can be
//! cancelled.

use candor_protocol::{
    import::{InspectKeyFile, ReadKeyFile},
    ui::SecretText,
};
use leptos::{ev::Event, prelude::*};
use zeroize::Zeroize;

use super::{Coming, Ways};
use crate::{
    app,
    components::{field::PasswordField, file_row::FileRow, progress::Progress},
    effect::redrawn,
    model::{address, key_file},
    screens::parts::{
        chosen_file::ChosenFile,
        doing::{Doing, Form},
    },
};

/// The file, its password, and how far opening it is.
#[component]
pub fn ByKeyFile(
    /// What all ways share.
    coming: Coming,
) -> impl IntoView {
    let file = ChosenFile::new();
    let claimed = RwSignal::new(None::<String>);
    let about_ms = RwSignal::new(0_u32);
    let password = RwSignal::new(String::new());
    on_cleanup(move || {
        password.try_update(Zeroize::zeroize);
    });
    let opening = RwSignal::new(false);
    let doing = Doing::new();
    let choose = Callback::new(move |event: Event| {
        let Some(chosen) = file.take(&event) else { return };
        doing.begin(async move {
            let text = file.read(&chosen, key_file::LARGEST, "A key file is smaller than 1 MB.").await?;
            let report = coming.importer.call(InspectKeyFile { text: text.clone() }).await?;
            claimed.try_set(report.address);
            about_ms.try_set(report.about_ms);
            file.keep(&chosen, text);
            Ok(())
        });
    });
    let submit = Callback::new(move |()| {
        doing.begin(async move {
            let call = ReadKeyFile { text: file.text()?, password: SecretText(password.get_untracked()) };
            opening.set(true);
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
            <FileRow testid="restore-keystore" accept=".json,.txt,application/json" name=file.name placeholder="UTC--….json" on_choose=choose/>
            {redrawn(move || {
                file.name.with(Option::is_some)
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
