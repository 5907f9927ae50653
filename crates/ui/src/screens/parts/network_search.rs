//! Finding one of many networks.

use leptos::prelude::*;

use crate::{components::field::TextField, effect::redrawn};

/// What is looked for; at first everything but test networks.
#[derive(Clone, Copy, Debug, Default)]
pub struct NetworkQuery {
    /// What was typed.
    pub words: RwSignal<String>,
    /// Whether test networks are shown too.
    pub with_test: RwSignal<bool>,
}

/// The field to search by, and the button that brings test networks in.
#[component]
pub fn NetworkSearch(
    /// Where what is looked for is kept.
    query: NetworkQuery,
) -> impl IntoView {
    let NetworkQuery { words, with_test } = query;
    view! {
        <div class="pad">
            <TextField id="network-search" label="Search" placeholder="Name, number or coin" value=words/>
            <button
                type="button"
                class="btn btn--plain"
                data-testid="networks-test"
                aria-pressed=move || with_test.get().to_string()
                on:click=move |_| with_test.update(|shown| *shown = !*shown)
            >
                {redrawn(move || if with_test.get() { "Hide test networks" } else { "Show test networks" })}
            </button>
        </div>
    }
}

/// Said instead of networks when the search finds none.
#[component]
pub fn NoneFound() -> impl IntoView {
    view! { <p class="dim pad" data-testid="network-none" role="status">"No network here has this name, number or coin."</p> }
}
