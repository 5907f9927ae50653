//! What went wrong, as a box with one button.

use candor_protocol::ui::UiError;
use leptos::prelude::*;

use crate::{components::icon::Icon, model::Problem};

/// What went wrong, and at most one thing to do about it.
#[component]
pub fn ProblemBox(
    /// What happened and why.
    problem: Problem,
    /// Label of the one button.
    #[prop(optional, into)]
    action: Option<String>,
    /// What the button does.
    #[prop(optional, into)]
    on_action: Option<Callback<()>>,
) -> impl IntoView {
    let button = action.zip(on_action).map(|(label, act)| {
        view! {
            <button class="btn btn--primary btn--sm" data-testid="error-action" on:click=move |_| act.run(())>
                {label}
            </button>
        }
        .into_any()
    });
    view! {
        <section class="errbox" role="alert" data-testid="error">
            <span class="care">
                <Icon name="alert" size=20/>
            </span>
            <div class="grow">
                <p><b>{problem.title}</b></p>
                <p class="dim">{problem.text}</p>
                {button}
            </div>
        </section>
    }
}

/// The words of an error from the background.
#[must_use]
pub fn of_error(error: &UiError) -> Problem {
    Problem { title: error.title.clone(), text: error.text.clone() }
}
