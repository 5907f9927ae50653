//! Setting up takes a full tab, because a popup closes at every click elsewhere.

use leptos::prelude::*;

use crate::{app, components::icon::Mark, route::Surface};

/// Leads from popup or window to the tab.
#[component]
pub fn ContinueScreen(
    /// Whether there is a wallet already, whose setting up is not finished.
    begun: bool,
) -> impl IntoView {
    if !begun && app::surface() == Surface::Popup {
        app::open_tab("#/welcome");
    }
    let (title, label) = if begun {
        ("Your wallet is almost ready.", "Finish setting up")
    } else {
        ("Welcome.", "Set up Candor")
    };
    view! {
        <div data-testid="screen" data-screen="continue">
            <main class="win unlock">
                <div class="win__body pad">
                    <div class="unlock__head">
                        <Mark size=56/>
                        <h1 class="say say--lg">{title}</h1>
                    </div>
                    <p class="unlock__who">"It continues in a tab."</p>
                    <button
                        class="btn btn--primary btn--lg btn--full"
                        data-testid="continue-open"
                        on:click=move |_| app::open_tab("#/welcome")
                    >
                        {label}
                    </button>
                </div>
            </main>
        </div>
    }
}
