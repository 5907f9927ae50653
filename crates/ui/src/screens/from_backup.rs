//! Bringing back what is in a backup file: as the whole wallet where there is none, beside what is there otherwise.

use candor_protocol::{
    ui::{InspectBackup, RestoreBackup},
    view::Stage,
};
use leptos::{ev::Event, prelude::*};

use super::parts::{
    chosen_file::ChosenFile,
    doing::{Doing, End, Form, FormLeaf},
    passwords::OldPassword,
};
use crate::{
    app, client,
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
    let file = ChosenFile::new();
    let password = OldPassword::new();
    let doing = Doing::new();
    let choose = Callback::new(move |event: Event| {
        let Some(chosen) = file.take(&event) else { return };
        doing.begin(async move {
            let text = file.read(&chosen, backup::LARGEST, "A backup file is smaller than 64 MB.").await?;
            client::call(InspectBackup { text: text.clone() }).await?;
            file.keep(&chosen, text);
            Ok(())
        });
    });
    let submit = Callback::new(move |()| {
        doing.begin(async move {
            let text = file.text()?;
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
            <FileRow testid="backup-file" accept=".json" name=file.name placeholder="candor-backup-….json" on_choose=choose/>
            {redrawn(move || {
                file.name.with(Option::is_some)
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
