//! Copying an address, and looking a moment later whether the clipboard still holds it: there are programs that wait for
//! an address and put their own in its place.

use core::time::Duration;
use std::sync::LazyLock;

use candor_protocol::view::Tone;
use leptos::{prelude::*, task::spawn_local};

use super::compared::compared;
use crate::{
    browser,
    components::{icon::Icon, note::Note, sheet::Sheet, toast},
    effect::{effect, redrawn},
    model::copied::{Found, found},
};

/// After this time whoever changes clipboards has done so.
const LOOK_AFTER: Duration = Duration::from_secs(1);

/// An address that was copied, and what the clipboard held afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Copied {
    address: String,
    /// Nothing where the browser did not say.
    found: Option<Found>,
}

/// What was copied last on this page.
static COPIED: LazyLock<ArcRwSignal<Option<Copied>>> = LazyLock::new(|| ArcRwSignal::new(None));

/// Copies an address. What is said afterwards, [`CopiedHost`] says.
#[component]
pub fn CopyAddress(
    /// The address.
    address: String,
    /// Names it for tests.
    testid: &'static str,
    /// Whether this is what the screen is for.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let copy = move |_| copy(&address);
    if large {
        view! {
            <button class="btn btn--primary btn--lg btn--full" data-testid=testid on:click=copy>
                <Icon name="copy" size=18/>
                "Copy address"
            </button>
        }
        .into_any()
    } else {
        view! {
            <button class="iconbtn" aria-label="Copy address" title="Copy" data-testid=testid on:click=copy>
                <Icon name="copy" size=20/>
            </button>
        }
        .into_any()
    }
}

fn copy(address: &str) {
    browser::copy(address);
    toast::show("Address copied.");
    let address = address.to_owned();
    COPIED.set(Some(Copied { address: address.clone(), found: None }));
    spawn_local(async move {
        browser::pause(LOOK_AFTER).await;
        if let Some(there) = browser::clipboard().await {
            learn(&address, &there);
        }
    });
}

/// Notes what is there now, if nothing else was copied since.
fn learn(address: &str, there: &str) {
    COPIED.update(|copied| {
        if let Some(copied) = copied.as_mut().filter(|copied| copied.address == address) {
            copied.found = Some(found(address, there));
        }
    });
}

/// What is there to be said of the address that was copied last: there once on every page.
#[component]
pub fn CopiedHost() -> impl IntoView {
    let open = RwSignal::new(false);
    let changed = Memo::new(|_| COPIED.get().filter(|copied| copied.found.as_ref().is_some_and(is_other)));
    effect(move || open.set(changed.with(Option::is_some)));
    view! {
        <Sheet open title="Something changed the clipboard">
            {redrawn(move || changed.get().map(|copied| view! { <Changed copied/> }))}
        </Sheet>
    }
}

fn is_other(found: &Found) -> bool {
    *found != Found::Same
}

/// Another address, or something else, where the copied one should be.
#[component]
fn Changed(copied: Copied) -> impl IntoView {
    let Copied { address, found } = copied;
    let (what, why) = match &found {
        Some(Found::Address(_)) => (
            "Another address is on the clipboard now.",
            "You copied the first of these two. If you did not copy the second one yourself, a program on this computer \
             replaced it, so that somebody else is paid. Do not paste it, and have this computer looked at.",
        ),
        _ => (
            "The clipboard no longer holds the address.",
            "If you did not copy something else yourself, a program on this computer did. Copy the address again, and \
             compare all of it where you paste it.",
        ),
    };
    let both = match found {
        Some(Found::Address(other)) => {
            let copied = compared("The one that you copied".to_owned(), &address, &other, "");
            let there = compared("The one that is there".to_owned(), &other, &address, "bad");
            view! {
                <section class="ledger compare">{copied} {there}</section>
            }
            .into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <div class="sheet__text" data-testid="copied-changed" data-address=address>
            <Note tone=Tone::Risk what why/>
            {both}
        </div>
    }
}

/// Where the browser does not show the wallet what is on the clipboard, the person can.
#[component]
pub fn CheckCopied(
    /// The address that this screen is about.
    address: String,
) -> impl IntoView {
    let copied = {
        let address = address.clone();
        Memo::new(move |_| COPIED.get().filter(|copied| copied.address == address))
    };
    let pasted = move |event| {
        let there = event_target_value(&event);
        // The beginning of an address that is being typed is no other address.
        if browser::is_pasted(&event) || there.trim().len() >= address.len() {
            learn(&address, &there);
        }
    };
    redrawn(move || {
        let found = copied.get()?.found;
        Some(match found {
            Some(Found::Same) => view! {
                <p class="hintline" role="status" data-testid="copied-same">
                    <span class="good"><Icon name="check" size=18/></span>
                    <span>"The clipboard holds exactly this address."</span>
                </p>
            }
            .into_any(),
            _ => {
                let pasted = pasted.clone();
                view! {
                    <div class="field">
                        <label class="field__label" for="copied-paste">"Paste it here to check what was copied"</label>
                        <div class="input">
                            <input
                                id="copied-paste"
                                class="mono"
                                data-testid="copied-paste"
                                dir="ltr"
                                autocomplete="off"
                                spellcheck="false"
                                on:input=pasted
                            />
                        </div>
                        <p class="field__hint">"Some programs put another address in place of a copied one."</p>
                    </div>
                }
                .into_any()
            }
        })
    })
}
