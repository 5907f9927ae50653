//! Bringing a wallet in: its phrase, shares of it, a private key or a key file, checked while it is typed. Where there
//! is no wallet yet it becomes the wallet; otherwise it comes beside what is there.

pub mod key;
pub mod key_file;
pub mod phrase;
pub mod shares;

use candor_protocol::view::Stage;
use leptos::prelude::*;

use crate::{
    app, browser, components::leaf::Leaf, effect::redrawn, importer::Importer, restoring::Restoring,
};

const NOTES: &[(&str, &str)] = &[
    (
        "What you need",
        "What you wrote down or saved when your wallet was made, in any wallet. Of words, the order matters; capital letters and line breaks do not.",
    ),
    ("Nothing is taken away", "What is here already stays. What comes twice is recognised."),
    (
        "Only here",
        "Type your words or key into your wallet and nowhere else. No website and no person ever needs them.",
    ),
];

/// What a person has of the wallet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Phrase,
    Shares,
    Key,
    KeyFile,
}

/// What all ways share.
#[derive(Clone, Copy, Debug)]
pub struct Coming {
    /// Beside a wallet that is there.
    beside: bool,
    way: RwSignal<Way>,
    importer: Importer,
    steps: Restoring,
}

impl Coming {
    /// Where the way back leads.
    const fn back(self) -> &'static str {
        if self.beside { "#/accounts" } else { "#/password/restore" }
    }

    /// The heading, with the line below it.
    const fn head(self, second: &'static str) -> (&'static str, &'static str) {
        (if self.beside { "Add another wallet." } else { "Bring your wallet back." }, second)
    }
}

/// The way in, and its form.
#[component]
pub fn RestoreScreen() -> impl IntoView {
    let steps = Restoring::here();
    let beside = app::status()
        .with_untracked(|status| status.as_ref().is_some_and(|status| status.stage == Stage::Unlocked));
    if !beside && !steps.has_password() {
        app::go("#/password/restore");
        return ().into_any();
    }
    let way = RwSignal::new(Way::Phrase);
    let coming = Coming { beside, way, importer: Importer::new(), steps };
    let step = (!beside).then_some((2, 4));
    view! {
        <Leaf screen="restore" step notes=NOTES>
            {redrawn(move || match way.get() {
                Way::Phrase => view! { <phrase::ByPhrase coming/> }.into_any(),
                Way::Shares => view! { <shares::ByShares coming/> }.into_any(),
                Way::Key => view! { <key::ByKey coming/> }.into_any(),
                Way::KeyFile => view! { <key_file::ByKeyFile coming/> }.into_any(),
            })}
        </Leaf>
    }
    .into_any()
}

/// What do you have?
#[component]
pub fn Ways(
    /// What all ways share.
    coming: Coming,
) -> impl IntoView {
    let way = coming.way;
    let ways = [
        (Way::Phrase, "phrase", "Phrase"),
        (Way::Shares, "shares", "Shares"),
        (Way::Key, "key", "Private key"),
        (Way::KeyFile, "file", "Key file"),
    ];
    let buttons = ways.into_iter().map(|(this, name, label)| {
        view! {
            <button
                type="button"
                role="radio"
                data-testid="restore-way"
                data-way=name
                aria-checked=move || (way.get() == this).to_string()
                on:click=move |_| {
                    way.set(this);
                    request_animation_frame(|| browser::focus("[data-testid=restore-way][aria-checked=true]"));
                }
            >
                {label}
            </button>
        }
        .into_any()
    });
    view! {
        <div class="seg seg--wrap" role="radiogroup" aria-label="What you have">{buttons.collect_view()}</div>
    }
}
