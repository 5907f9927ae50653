//! Bringing back what is in a backup file: as the whole wallet where there is none, beside what is there otherwise.

use candor_protocol::{
    ui::{InspectBackup, RestoreBackup, UiErrorCode},
    view::Stage,
};
use leptos::{ev::Event, prelude::*};

use super::parts::{
    doing::{Doing, End, Form, FormLeaf, told},
    passwords::OldPassword,
};
use crate::{
    app, browser, client,
    components::{field::PasswordField, file_row::FileRow},
    effect::redrawn,
    model::backup,
};

const NOTES: &[(&str, &str)] = &[
    ("Which file", "The one that Candor made. Its name begins with “candor-backup” and ends with “.json”."),
    (
        "Which password",
        "The one that you chose when you made the file. If you changed yours since, it is still the old one.",
    ),
];

/// The file, its password, and what came out of it.
#[component]
pub fn FromBackupScreen() -> impl IntoView {
    let fresh = app::status()
        .with_untracked(|status| status.as_ref().is_none_or(|status| status.stage == Stage::Fresh));
    let said = RwSignal::new(None);
    let end = End {
        heading: "Your accounts are here.",
        testid: "backup-came",
        why: "Look at the networks and sites that came with them. What you do not know, remove in the settings.",
        // Where setting up goes on is for the wallet's state to decide.
        to: if fresh { "#/networks" } else { "#/home" },
    };
    view! {
        <FormLeaf screen="from-backup" notes=NOTES said end>
            <Choose fresh said/>
        </FormLeaf>
    }
}

/// The form.
#[component]
fn Choose(fresh: bool, said: RwSignal<Option<String>>) -> impl IntoView {
    let name = RwSignal::new(None::<String>);
    let text = RwSignal::new(String::new());
    let password = OldPassword::new();
    let doing = Doing::new();
    let choose = Callback::new(move |event: Event| {
        let Some(file) = browser::chosen_file(&event) else { return };
        name.set(None);
        doing.begin(async move {
            let chosen = file.name();
            let read = browser::text_of(file, backup::LARGEST).await.ok_or_else(|| {
                told(
                    UiErrorCode::Invalid,
                    "This file cannot be read.",
                    "A backup file is smaller than 64 MB.",
                )
            })?;
            client::call(InspectBackup { text: read.clone() }).await?;
            text.try_set(read);
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
            let text = text.get_untracked();
            let kdf = client::call(InspectBackup { text: text.clone() }).await?.kdf;
            let key = password.derive(Some(kdf)).await?.key;
            let added = client::call(RestoreBackup { text, key }).await?;
            password.clear();
            said.try_set(Some(backup::came(&added)));
            app::refresh();
            Ok(())
        });
    });
    let (second, hint, back) = if fresh {
        (
            "It brings back everything that was in your wallet when you made the file.",
            "From now on this password opens Candor on this computer.",
            "#/welcome",
        )
    } else {
        (
            "What is in the file comes beside what is here. Nothing is taken away.",
            "Your password for this computer stays as it is.",
            "#/settings",
        )
    };
    view! {
        <Form
            doing
            head=("Bring back a backup file", second)
            label="Bring it back"
            testid="backup-restore"
            back
            on_submit=submit
        >
            <FileRow testid="backup-file" accept=".json" name placeholder="candor-backup-….json" on_choose=choose/>
            {redrawn(move || {
                name.with(Option::is_some)
                    .then(|| {
                        view! {
                            <PasswordField
                                label="Password of the file"
                                testid="backup-file-password"
                                autocomplete="current-password"
                                value=password.typed
                                error=doing.wrong_password()
                            >
                                <p class="field__hint">{hint}</p>
                            </PasswordField>
                        }
                            .into_any()
                    })
            })}
        </Form>
    }
}
