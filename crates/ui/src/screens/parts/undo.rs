//! Taking back what was agreed to, while it has not left.

use core::time::Duration;

use candor_protocol::{
    ui::{SendNow, TakeBack},
    view::ActivityView,
};
use leptos::{prelude::*, task::spawn_local};

use super::{act::attempt, clock, live::Live};
use crate::{
    client,
    components::toast,
    effect::redrawn,
    model::{progress, sentence},
};

/// Often enough that no second is skipped.
const TICK: Duration = Duration::from_millis(250);

/// How long is left, and the two ways to end it.
#[component]
pub fn Undo(
    /// The transaction.
    hash: String,
    /// When it is sent, milliseconds since the epoch.
    until_ms: u64,
) -> impl IntoView {
    let left = RwSignal::new(progress::seconds_left(until_ms, clock::now_ms()));
    if let Ok(ticking) = set_interval_with_handle(
        move || {
            left.try_set(progress::seconds_left(until_ms, clock::now_ms()));
        },
        TICK,
    ) {
        on_cleanup(move || ticking.clear());
    }
    let seconds = Memo::new(move |_| left.get());
    let at_once = hash.clone();
    let take_back = move |_| {
        let hash = hash.clone();
        spawn_local(async move {
            match client::call(TakeBack { hash }).await {
                Ok(()) => toast::show("Taken back. Nothing was sent."),
                Err(error) => toast::show(format!("{} {}", error.title, error.text)),
            }
        });
    };
    view! {
        <div class="undo" data-testid="undo">
            <p role="timer" aria-live="off">{redrawn(move || progress::sending_in(seconds.get()))}</p>
            <div class="two two--13">
                <button
                    type="button"
                    class="btn btn--plain btn--lg"
                    data-testid="send-now"
                    on:click=move |_| attempt(SendNow { hash: at_once.clone() })
                >
                    "Send now"
                </button>
                <button type="button" class="btn btn--ink btn--lg" data-testid="undo-send" on:click=take_back>
                    "Take it back"
                </button>
            </div>
        </div>
    }
}

/// What of an account's activity can still be taken back, each with its sentence.
#[component]
pub fn Undoable(
    /// What was sent.
    activity: Live<Vec<ActivityView>>,
) -> impl IntoView {
    let undoable = Memo::new(move |_| activity.with(|items| progress::undoable(items)).unwrap_or_default());
    redrawn(move || {
        let rows = undoable.get().into_iter().map(|item| {
            let until_ms = item.undo_until_ms.unwrap_or_default();
            view! {
                <section class="pad undo__card">
                    <p class="say say--sm">{sentence::plain(&item.sentence)}</p>
                    <Undo hash=item.hash until_ms/>
                </section>
            }
            .into_any()
        });
        rows.collect_view()
    })
}
