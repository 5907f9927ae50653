//! The window that a site's request opens: one request after the other, of one site at a time.

pub mod connect;
pub mod fee;
pub mod foot;
pub mod ledger;
pub mod look_alike;
pub mod message;
pub mod notes;
pub mod receiver;
pub mod request;

use candor_protocol::{notice::Notice, ui::Queue, view::Stage};
use leptos::{prelude::*, task::spawn_local};

pub use request::RequestView;

use super::parts::live::live;
use crate::{
    app, client,
    effect::{effect, redrawn},
    model::request as model,
    screens::unlock::UnlockForm,
};

/// Shows what waits, after unlocking if need be, and closes its window when nothing waits any more.
#[component]
pub fn ApprovalScreen() -> impl IntoView {
    let stage = Memo::new(move |_| app::status().with(|status| status.as_ref().map(|status| status.stage)));
    view! {
        {redrawn(move || match stage.get() {
            None => ().into_any(),
            Some(Stage::Unlocked) => view! { <OpenQueue/> }.into_any(),
            Some(Stage::Locked) => {
                view! {
                    <div data-testid="screen" data-screen="unlock">
                        <UnlockForm/>
                    </div>
                }
                .into_any()
            }
            Some(Stage::Fresh | Stage::Damaged | Stage::Newer) => {
                app::go("#/");
                ().into_any()
            }
        })}
    }
}

/// The queue of an open wallet.
#[component]
fn OpenQueue() -> impl IntoView {
    let queue = live(&[Notice::Requests], || Some(Queue {}));
    let current = RwSignal::new(None::<u64>);
    let last_origin = StoredValue::new(None::<String>);

    // Keeps the request in view as long as it waits, so that a newcomer never replaces what is being read.
    effect(move || {
        let Some(queue) = queue.value() else { return };
        let shown = current.get_untracked();
        let origin_of =
            |id| queue.requests.iter().find(|request| request.id == id).map(|request| request.origin.clone());
        if let Some(origin) = shown.and_then(origin_of) {
            last_origin.set_value(origin);
            return;
        }
        match model::next(&queue, last_origin.get_value().as_deref()) {
            Some(id) => {
                last_origin.set_value(origin_of(id).flatten());
                current.set(Some(id));
            }
            None => app::leave(),
        }
    });

    // After an answer: the next of the same site at once, without waiting for the notice.
    let on_end = Callback::new(move |answered: u64| {
        spawn_local(async move {
            let Ok(mut left) = client::call(Queue {}).await else { return };
            let still_waits = left.requests.iter().any(|request| request.id == answered);
            left.requests.retain(|request| request.id != answered);
            match model::next(&left, last_origin.try_get_value().flatten().as_deref()) {
                Some(id) => {
                    current.try_set(Some(id));
                }
                // Being carried out: its window shows how that ends.
                None if still_waits => {}
                None => app::leave(),
            }
        });
    });

    view! {
        {redrawn(move || current.get().map(|id| view! { <RequestView id screen="approval" on_end/> }))}
    }
}
