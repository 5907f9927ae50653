//! When this page and the background cannot speak to each other.

use candor_protocol::ui::UiError;
use leptos::prelude::*;

use super::recovery::SaveLeft;
use crate::components::{icon::Mark, note::Problem};

/// The background does not answer.
#[component]
pub fn TroubleScreen(
    /// Why.
    error: UiError,
) -> impl IntoView {
    let problem = Signal::stored(Some((error.title, error.text)));
    view! {
        <Bare screen="trouble" title="One moment.">
            <Problem problem/>
            <SaveLeft words="Save what is stored"/>
        </Bare>
    }
}

/// The page is older or newer than the background.
#[component]
pub fn UpdatedScreen() -> impl IntoView {
    view! {
        <Bare screen="updated" title="Candor was updated.">
            <p class="unlock__who">"Your requests are still here."</p>
        </Bare>
    }
}

/// The mark, a heading and a button that loads the page again.
#[component]
fn Bare(screen: &'static str, title: &'static str, children: Children) -> impl IntoView {
    view! {
        <div data-testid="screen" data-screen=screen>
            <main class="win unlock">
                <div class="win__body pad">
                    <div class="unlock__head">
                        <Mark size=56/>
                        <h1 class="say say--lg">{title}</h1>
                    </div>
                    {children()}
                    <button
                        class="btn btn--primary btn--lg btn--full unlock__act"
                        data-testid="reload"
                        on:click=|_| drop(window().location().reload())
                    >
                        "Load again"
                    </button>
                </div>
            </main>
        </div>
    }
}
