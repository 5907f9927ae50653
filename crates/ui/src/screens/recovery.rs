//! Only what matters, when something else is broken: what is stored can be saved, and the phrase brings the wallet
//! back. Never the welcome page, never erasure. Of a wallet that can be opened it shows the addresses and the ways to
//! its secrets, and nothing that needs a server.

use core::time::Duration;

use candor_protocol::{
    ui::{Accounts, SetAsideDamaged, UiErrorCode},
    view::{AccountView, Stage},
};
use leptos::{prelude::*, task::spawn_local};

use super::parts::doing::{Doing, told};
use crate::{
    app, browser, client,
    components::{leaf::Leaf, note::Problem},
    effect::redrawn,
    route::Surface,
};

const NOTES: &[(&str, &str)] = &[
    (
        "Is my money gone?",
        "No. It is on the network, not in this browser. Only the key is kept here, and your phrase is the same key.",
    ),
    (
        "What is in the file",
        "All that can still be read. Your keys in it are sealed with your password; names, addresses and sites are not.",
    ),
    ("How this happens", "A full disk, a broken profile, or a program that cleans up too much."),
];

/// A browser that was slow may hand over the wallet after all; so often it is asked.
const LOOK_AGAIN: Duration = Duration::from_secs(3);

/// What can be done, by how much can be read.
#[component]
pub fn RecoveryScreen() -> impl IntoView {
    let stage = Memo::new(|_| app::status().with(|status| status.as_ref().map(|status| status.stage)));
    if let Ok(look) = set_interval_with_handle(
        move || {
            if stage.get_untracked() == Some(Stage::Damaged) {
                app::refresh();
            }
        },
        LOOK_AGAIN,
    ) {
        on_cleanup(move || look.clear());
    }
    let notes = if app::surface() == Surface::Tab { NOTES } else { &[] };
    view! {
        <Leaf screen="recovery" notes>
            {redrawn(move || match stage.get() {
                Some(Stage::Newer) => view! { <Newer/> }.into_any(),
                Some(Stage::Locked | Stage::Unlocked) => view! { <Essentials/> }.into_any(),
                Some(Stage::Damaged | Stage::Fresh) | None => view! { <Damaged/> }.into_any(),
            })}
        </Leaf>
    }
}

/// A button that saves all that is stored, without the background.
#[component]
pub fn SaveLeft(
    /// On the button.
    words: &'static str,
) -> impl IntoView {
    let doing = Doing::new();
    let saved = RwSignal::new(false);
    let save = move |_| {
        doing.begin(async move {
            browser::save_what_is_left().await.ok_or_else(|| {
                told(
                    UiErrorCode::Internal,
                    "The file could not be made.",
                    "Nothing was changed. Restart the browser and try again.",
                )
            })?;
            saved.try_set(true);
            Ok(())
        });
    };
    view! {
        <Problem problem=doing.trouble()/>
        <button class="btn btn--primary btn--lg" data-testid="recovery-save" on:click=save>
            {words}
        </button>
        <p class="field__hint" role="status">
            {redrawn(move || saved.get().then_some("Saved in your downloads. Keep it: with your password it can be opened outside of Candor."))}
        </p>
    }
}

#[component]
fn Damaged() -> impl IntoView {
    let doing = Doing::new();
    let restore = move |by: &'static str| {
        doing.begin(async move {
            client::call(SetAsideDamaged {}).await?;
            app::refresh();
            app::open_tab(by);
            Ok(())
        });
    };
    view! {
        <h1>"This browser can no longer read your wallet."</h1>
        <p class="lede">
            "Your money is not here but on the network; your recovery phrase or a backup file brings it back. First save what is left, it may be repairable."
        </p>
        <Problem problem=doing.trouble()/>
        <div class="leaf__acts leaf__acts--column">
            <SaveLeft words="Save what is left"/>
            <button class="btn btn--plain btn--lg" data-testid="recovery-restore" on:click=move |_| restore("#/password/restore")>
                "Restore with my recovery phrase"
            </button>
            <button class="btn btn--plain btn--lg" data-testid="recovery-backup" on:click=move |_| restore("#/from-backup")>
                "Restore from a backup file"
            </button>
            <p class="field__hint">"What cannot be read is kept aside, not erased."</p>
        </div>
    }
}

#[component]
fn Newer() -> impl IntoView {
    view! {
        <h1>"A newer Candor wrote what is here."</h1>
        <p class="lede">
            "This one leaves it alone. Update Candor, then your password opens your wallet as before."
        </p>
        <div class="leaf__acts leaf__acts--column">
            <SaveLeft words="Save what is here"/>
        </div>
    }
}

#[component]
fn Essentials() -> impl IntoView {
    let accounts = RwSignal::new(Vec::<AccountView>::new());
    spawn_local(async move {
        if let Ok(all) = client::call(Accounts {}).await {
            accounts.try_set(all);
        }
    });
    let rows = move || {
        let row = |AccountView { name, address, .. }: AccountView| {
            view! {
                <div class="row row--full row--tall" data-testid="recovery-account" data-address=address.clone()>
                    <span class="row__main">
                        <span class="row__t">{name}</span>
                        <span class="row__s" dir="ltr">{address.clone()}</span>
                    </span>
                </div>
            }
            .into_any()
        };
        accounts.get().into_iter().map(row).collect_view()
    };
    view! {
        <h1>"Only what matters"</h1>
        <p class="lede">"Your addresses, your secrets, and what is stored here. No server is asked for any of it."</p>
        <div class="ledger">{redrawn(rows)}</div>
        <div class="leaf__acts leaf__acts--column">
            <SaveLeft words="Save what is stored"/>
            <button class="btn btn--plain btn--lg" data-testid="recovery-phrase" on:click=|_| app::open_tab("#/settings/phrase")>
                "Show my recovery phrase"
            </button>
            <button class="btn btn--plain btn--lg" data-testid="recovery-make-backup" on:click=|_| app::open_tab("#/backup")>
                "Make a backup file"
            </button>
        </div>
    }
}
