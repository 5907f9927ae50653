//! Labels and values: rows under Details, and lines of a ledger.

use candor_protocol::view::FactView;
use leptos::prelude::*;

use crate::model::request::is_long;

/// Rows under Details: short values beside their label, long ones in a block of their own below.
#[component]
pub fn FactList(
    /// The rows.
    facts: Vec<FactView>,
) -> impl IntoView {
    let (long, short): (Vec<_>, Vec<_>) = facts.into_iter().partition(|fact| is_long(&fact.value));
    let rows = short.into_iter().map(|fact| {
        view! {
            <div class="xr" data-testid="fact" data-label=fact.label.clone()>
                <dt>{fact.label.clone()}</dt>
                <dd><span class:mono=fact.mono dir="ltr" class="isolate">{fact.value}</span></dd>
            </div>
        }
        .into_any()
    });
    let blocks = long.into_iter().map(|fact| {
        view! {
            <div class="xblock" data-testid="fact" data-label=fact.label.clone()>
                <dt>{fact.label.clone()}</dt>
                <dd class="rawbox" dir="ltr">{fact.value}</dd>
            </div>
        }
        .into_any()
    });
    view! { <dl class="xlist">{rows.collect_view()} {blocks.collect_view()}</dl> }
}

/// A label and a value joined by dots, as in a ledger.
#[component]
pub fn Dotted(
    /// The label.
    #[prop(into)]
    label: String,
    /// The value.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="kv kv--dots">
            <span>{label}</span>
            <i aria-hidden="true"></i>
            <span>{children()}</span>
        </div>
    }
}
