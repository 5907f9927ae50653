//! The sum of everything, what it leaves out, and where its prices come from.

use candor_protocol::portfolio::PortfolioView;
use leptos::prelude::*;

use super::{asset_rows::told_price, live::Live};
use crate::{components::sheet::Sheet, effect::redrawn, model::amount};

/// The sum, over its double rule. Pressed, it says what it is made of. Where there is no sum there is nothing here.
#[component]
pub fn Worth(
    /// What there is.
    portfolio: Live<PortfolioView>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        {redrawn(move || {
            let (whole, fraction, unit) = amount::split(&portfolio.with(|all| all.total.clone()).flatten()?);
            Some(view! {
                <p class="total__label">"You have about"</p>
                <button class="total__sum dblrule" data-testid="portfolio-total" title="Where this figure comes from" on:click=move |_| open.set(true)>
                    {whole}<small>{fraction}"\u{a0}"{unit}</small>
                </button>
            })
        })}
        {redrawn(move || {
            let left_out = portfolio.with(left_out).filter(|text| !text.is_empty())?;
            Some(view! { <p class="row__s" data-testid="portfolio-left-out">{left_out}</p> })
        })}
        <Sheet open=open title="Where this figure comes from">
            <div class="sheet__list">
                {redrawn(move || {
                    let told = portfolio.with(|all| all.sources.iter().map(told_price).collect::<Vec<_>>());
                    told.unwrap_or_default()
                        .into_iter()
                        .map(|line| view! { <p class="pad" data-testid="portfolio-source">{line}</p> })
                        .collect_view()
                })}
                <p class="pad row__s">
                    "Read from contracts by the servers you chose. A price moves; what you send never depends on it."
                </p>
            </div>
        </Sheet>
    }
}

fn left_out(all: &PortfolioView) -> String {
    if all.total.is_none() || all.not_counted.is_empty() {
        return String::new();
    }
    format!("Not counted: {}.", all.not_counted.join(", "))
}
