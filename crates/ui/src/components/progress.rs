//! Something that takes a while, and can be stopped.

use leptos::prelude::*;

use crate::effect::redrawn;

/// What is being done, how far it is, and the way to stop it.
#[component]
pub fn Progress(
    /// What is being done.
    #[prop(into)]
    says: Signal<String>,
    /// How many percent of it are done; nothing where that cannot be known.
    #[prop(into)]
    done: Signal<Option<u32>>,
    /// It is to be stopped.
    on_stop: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="progress" data-testid="progress">
            <p>{redrawn(move || says.get())}</p>
            {redrawn(move || match done.get() {
                Some(part) => view! { <progress value=part.to_string() max="100" aria-label=move || says.get()></progress> }.into_any(),
                None => view! { <progress aria-label=move || says.get()></progress> }.into_any(),
            })}
            <button
                type="button"
                class="btn btn--quiet btn--sm"
                data-testid="progress-stop"
                on:click=move |_| on_stop.run(())
            >
                "Stop"
            </button>
        </div>
    }
}
