//! The name, set as on paper.

use leptos::prelude::*;

use super::icon::Mark;

/// Mark and name, for the top of full pages.
#[component]
pub fn Brand() -> impl IntoView {
    view! {
        <span class="brand">
            <Mark size=26/>
            <span class="wordmark">"Candor"</span>
        </span>
    }
}
