//! Nothing stored can be read. Never the welcome page, never erasure: what is left can be saved, and the phrase brings
//! the wallet back.

use candor_protocol::ui::{RecoveryDump, SetAsideDamaged};
use leptos::prelude::*;

use super::parts::doing::Doing;
use crate::{
    app, browser, client,
    components::{leaf::Leaf, note::Problem},
    effect::redrawn,
    route::Surface,
};

/// The file's name.
const FILE: &str = "candor-what-is-left.json";

const NOTES: &[(&str, &str)] = &[
    (
        "Is my money gone?",
        "No. It is on the network, not in this browser. Only the key is kept here, and your phrase is the same key.",
    ),
    (
        "What is in the file",
        "All that can still be read, encrypted as it was. Nobody can use it without your password.",
    ),
    ("How this happens", "A full disk, a broken profile, or a program that cleans up too much."),
];

/// Save what is left, or restore from the phrase.
#[component]
pub fn RecoveryScreen() -> impl IntoView {
    let doing = Doing::new();
    let saved = RwSignal::new(false);
    let save = move |_| {
        doing.begin(async move {
            let text = client::call(RecoveryDump {}).await?;
            saved.try_set(browser::save_file(FILE, &text).is_some());
            Ok(())
        });
    };
    let restore = move |by: &'static str| {
        doing.begin(async move {
            client::call(SetAsideDamaged {}).await?;
            app::refresh();
            app::open_tab(by);
            Ok(())
        });
    };
    let notes = if app::surface() == Surface::Tab { NOTES } else { &[] };
    view! {
        <Leaf screen="recovery" notes>
            <h1>"This browser can no longer read your wallet."</h1>
            <p class="lede">
                "Your money is not here but on the network; your recovery phrase or a backup file brings it back. First save what is left, it may be repairable."
            </p>
            <Problem problem=doing.trouble()/>
            <div class="leaf__acts leaf__acts--column">
                <button class="btn btn--primary btn--lg" data-testid="recovery-save" on:click=save>
                    "Save what is left"
                </button>
                <p class="field__hint" role="status">
                    {redrawn(move || saved.get().then_some("Saved in your downloads. Keep it."))}
                </p>
                <button class="btn btn--plain btn--lg" data-testid="recovery-restore" on:click=move |_| restore("#/password/restore")>
                    "Restore with my recovery phrase"
                </button>
                <button class="btn btn--plain btn--lg" data-testid="recovery-backup" on:click=move |_| restore("#/from-backup")>
                    "Restore from a backup file"
                </button>
                <p class="field__hint">"What cannot be read is kept aside, not erased."</p>
            </div>
        </Leaf>
    }
}
