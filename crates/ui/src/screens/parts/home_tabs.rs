//! The tabs of home.

use leptos::prelude::*;

use crate::{app, effect::redrawn};

/// The two sides of home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HomeTab {
    /// What there is.
    Assets,
    /// What was sent.
    Activity,
}

/// The tabs under the total.
#[component]
pub fn HomeTabs(
    /// The one in view.
    selected: HomeTab,
    /// How many sent things can still change.
    #[prop(into)]
    waiting: Signal<usize>,
) -> impl IntoView {
    let tab = move |tab: HomeTab, label: &'static str, testid: &'static str, to: &'static str| {
        view! {
            <button
                class="tab"
                role="tab"
                data-testid=testid
                aria-selected=(selected == tab).to_string()
                on:click=move |_| app::go(to)
            >
                {label}
                {redrawn(move || {
                    (tab == HomeTab::Activity && waiting.get() > 0)
                        .then(|| view! { <span class="count">{waiting.get().to_string()}</span> }.into_any())
                })}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist">
            {tab(HomeTab::Assets, "Assets", "assets-open", "#/home")}
            {tab(HomeTab::Activity, "Activity", "activity-open", "#/activity")}
        </div>
    }
}
