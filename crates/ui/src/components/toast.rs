//! One short line at the bottom that says what just happened.

use core::{cell::Cell, time::Duration};
use std::sync::LazyLock;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

use super::icon::Icon;

const SHOWN_FOR: Duration = Duration::from_secs(5);

static TEXT: LazyLock<ArcRwSignal<Option<String>>> = LazyLock::new(|| ArcRwSignal::new(None));

thread_local! {
    static HIDING: Cell<Option<TimeoutHandle>> = const { Cell::new(None) };
}

/// Shows a line for five seconds, in place of the one before.
pub fn show(text: impl Into<String>) {
    TEXT.set(Some(text.into()));
    let hiding = set_timeout_with_handle(|| TEXT.set(None), SHOWN_FOR).ok();
    if let Some(before) = HIDING.replace(hiding) {
        before.clear();
    }
}

/// Where toasts appear; once on every page.
#[component]
pub fn ToastHost() -> impl IntoView {
    view! {
        <div class="toasts" role="status">
            {|| {
                TEXT.get()
                    .map(|text| {
                        view! {
                            <p class="toast" data-testid="toast">
                                <Icon name="check" size=18/>
                                {text}
                            </p>
                        }
                            .into_any()
                    })
            }}
        </div>
    }
}
