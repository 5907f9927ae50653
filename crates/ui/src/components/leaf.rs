//! The layout of full pages.

use leptos::prelude::*;

use super::{brand::Brand, icon::Icon};

/// A full page: heading and act in the column, the reasons in the margin, and at the bottom what leaves this computer.
#[component]
pub fn Leaf(
    /// `data-screen`.
    screen: &'static str,
    /// Which step of how many.
    #[prop(optional_no_strip, into)]
    step: Option<(u8, u8)>,
    /// What leaves this computer on this page, truthfully.
    #[prop(
        default = "This page works without a connection. Nothing you type or see here leaves this computer."
    )]
    footer: &'static str,
    /// Notes in the margin: heading and text.
    #[prop(default = &[])]
    notes: &'static [(&'static str, &'static str)],
    /// The column.
    children: Children,
) -> impl IntoView {
    let stepper = step.map(|(now, all)| {
        let bars = (1..=all).map(|n| view! { <i class:on=n <= now></i> }.into_any()).collect_view();
        view! {
            <div class="stepper">
                <span>{format!("Step {now} of {all}")}</span>
                <span class="steps" aria-hidden="true">
                    {bars}
                </span>
            </div>
        }
        .into_any()
    });
    let margin = (!notes.is_empty()).then(|| {
        let notes = notes
            .iter()
            .map(|(title, text)| {
                view! {
                    <div>
                        <h2>{*title}</h2>
                        <p>{*text}</p>
                    </div>
                }
                .into_any()
            })
            .collect_view();
        view! {
            <aside class="margin" aria-label="Notes">
                {notes}
            </aside>
        }
        .into_any()
    });
    view! {
        <div class="leaf" data-testid="screen" data-screen=screen>
            <header class="leaf__top">
                <Brand/>
                {stepper}
            </header>
            <main class="leaf__main">
                <section>{children()}</section>
                {margin}
            </main>
            <footer class="leaf__foot">
                <Icon name="lock" size=16/>
                <span>{footer}</span>
            </footer>
        </div>
    }
}
