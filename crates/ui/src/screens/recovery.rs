//! Nothing stored can be read. Never the welcome page, never erasure: what is left can be saved, and the phrase brings
//! the wallet back.

use candor_protocol::ui::{RecoveryDump, SetAsideDamaged, UiError};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    app, browser, client,
    components::{leaf::Leaf, note::Problem},
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
    let failure = RwSignal::new(None::<UiError>);
    let saved = RwSignal::new(false);
    let save = move |_| {
        failure.set(None);
        spawn_local(async move {
            match client::call(RecoveryDump {}).await {
                Ok(text) => drop(saved.try_set(browser::save_file(FILE, &text).is_some())),
                Err(error) => drop(failure.try_set(Some(error))),
            }
        });
    };
    let restore = move |_| {
        failure.set(None);
        spawn_local(async move {
            match client::call(SetAsideDamaged {}).await {
                Ok(()) => {
                    app::refresh();
                    app::open_tab("#/password/restore");
                }
                Err(error) => drop(failure.try_set(Some(error))),
            }
        });
    };
    let trouble = Signal::derive(move || failure.get().map(|error| (error.title, error.text)));
    let notes = if app::surface() == Surface::Tab { NOTES } else { &[] };
    view! {
        <Leaf screen="recovery" notes>
            <h1>"This browser can no longer read your wallet."</h1>
            <p class="lede">
                "Your money is not here but on the network; your recovery phrase brings it back. First save what is left, it may be repairable."
            </p>
            <Problem problem=trouble/>
            <div class="leaf__acts leaf__acts--column">
                <button class="btn btn--primary btn--lg" data-testid="recovery-save" on:click=save>
                    "Save what is left"
                </button>
                <p class="field__hint" role="status">
                    {move || saved.get().then_some("Saved in your downloads. Keep it.")}
                </p>
                <button class="btn btn--plain btn--lg" data-testid="recovery-restore" on:click=restore>
                    "Restore with my recovery phrase"
                </button>
                <p class="field__hint">"What cannot be read is kept aside, not erased."</p>
            </div>
        </Leaf>
    }
}
