//! Something that few need, behind a line that opens it.

use leptos::prelude::*;

use super::icon::Icon;
use crate::effect::redrawn;

/// The line, and below it what it opens. That keeps its state while it is closed.
#[component]
pub fn Disclosure(
    /// Names the line for tests.
    testid: &'static str,
    /// What is behind it.
    title: &'static str,
    /// That.
    children: Children,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <DisclosureLine testid icon="plus" title open/>
        <div class="disc-body" hidden=move || !open.get()>
            {children()}
        </div>
    }
}

/// The line alone, for what must not be in the page while it is closed.
#[component]
pub fn DisclosureLine(
    /// Names it for tests.
    testid: &'static str,
    /// Before the title.
    icon: &'static str,
    /// What it opens.
    title: &'static str,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="disc-row"
            data-testid=testid
            aria-expanded=move || open.get().to_string()
            on:click=move |_| open.update(|open| *open = !*open)
        >
            <Icon name=icon size=18/>
            <span>{title}</span>
            {redrawn(move || view! { <Icon name=if open.get() { "up" } else { "down" } size=18/> })}
        </button>
    }
}
