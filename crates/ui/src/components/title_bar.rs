//! The bar on top of a screen, and Esc.

use leptos::{ev, prelude::*};

use crate::browser;

/// A screen's top bar: the way back on the left (Esc does the same), the title, and what else belongs there.
#[component]
pub fn TitleBar(
    /// What this screen is.
    #[prop(into)]
    title: String,
    /// The way back; without it there is no button.
    #[prop(optional, into)]
    on_back: Option<Callback<()>>,
    /// At the end of the bar.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    if let Some(back) = on_back {
        on_escape(move || back.run(()));
    }
    let button = on_back.map(|back| {
        view! {
            <button class="iconbtn" aria-label="Back" data-testid="back" on:click=move |_| back.run(())>
                <super::icon::Icon name="back"/>
            </button>
        }
        .into_any()
    });
    view! {
        <header class="win__top bar">
            {button} <h1 class="bar__title">{title}</h1> {children.map(|children| children())}
        </header>
    }
}

/// Runs something at Esc, as long as the calling component lives and no sheet lies over it.
pub fn on_escape(run: impl Fn() + 'static) {
    let listener = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && !event.default_prevented() && !browser::sheet_is_open() {
            event.prevent_default();
            run();
        }
    });
    on_cleanup(move || listener.remove());
}
