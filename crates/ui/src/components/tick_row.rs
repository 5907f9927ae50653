//! Ticks and choices whose whole row is the target.

use leptos::prelude::*;

use super::icon::Icon;

/// The box of a tick, drawn; the input beside it does the work.
#[component]
pub fn TickBox(
    /// Whether it is ticked.
    #[prop(into)]
    checked: Signal<bool>,
) -> impl IntoView {
    view! {
        <span class="tick" aria-hidden="true" data-checked=move || checked.get().to_string()>
            <Icon name="check" size=16/>
        </span>
    }
}

/// One of several choices, with what it means. The whole row is the target.
#[component]
pub fn ChoiceRow(
    /// Groups the rows of one question.
    group: &'static str,
    /// Names it for tests.
    testid: &'static str,
    /// The choice.
    title: &'static str,
    /// What it means.
    sub: &'static str,
    /// Whether it is the chosen one.
    #[prop(into)]
    chosen: Signal<bool>,
    /// Chosen.
    on_choose: Callback<()>,
) -> impl IntoView {
    view! {
        <label class="row row--full row--tall choice">
            <input
                class="vh"
                type="radio"
                name=group
                data-testid=testid
                prop:checked=move || chosen.get()
                on:change=move |_| on_choose.run(())
            />
            <span class="radio" aria-hidden="true" data-checked=move || chosen.get().to_string()></span>
            <span class="row__main">
                <span class="row__t">{title}</span>
                <span class="row__s">{sub}</span>
            </span>
        </label>
    }
}
