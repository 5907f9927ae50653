//! Remarks and problems.

use candor_protocol::view::Tone;
use leptos::prelude::*;

use super::icon::Icon;

use crate::effect::redrawn;

/// A tone as the style sheet names it.
#[must_use]
pub const fn tone_name(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Good => "good",
        Tone::Care => "care",
        Tone::Risk => "risk",
    }
}

/// A remark: the fact, then the reason and what to do.
#[component]
pub fn Note(
    /// How loud.
    tone: Tone,
    /// The fact.
    #[prop(into)]
    what: String,
    /// The reason, and what to do.
    #[prop(into)]
    why: String,
) -> impl IntoView {
    let icon = match tone {
        Tone::Plain => "info",
        Tone::Good => "shieldcheck",
        Tone::Care => "alert",
        Tone::Risk => "stop",
    };
    view! {
        <div class="note" data-tone=tone_name(tone)>
            <Icon name=icon/>
            <p class="note__what">{what}</p>
            <p class="note__why">{why}</p>
        </div>
    }
}

/// What went wrong, beside what caused it: read out at once, gone when there is nothing to say.
#[component]
pub fn Problem(
    /// Title and text.
    #[prop(into)]
    problem: Signal<Option<(String, String)>>,
) -> impl IntoView {
    view! {
        <div role="alert">
            {redrawn(move || {
                problem
                    .get()
                    .map(|(title, text)| {
                        view! {
                            <div class="note" data-tone="care" data-testid="error">
                                <Icon name="alert"/>
                                <p class="note__what">{title}</p>
                                <p class="note__why">{text}</p>
                            </div>
                        }
                            .into_any()
                    })
            })}
        </div>
    }
}
