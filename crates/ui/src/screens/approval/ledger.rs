//! What a request changes and costs.

use candor_protocol::view::{ApprovalView, ChangeView, FactView, FeeView, ReadyView, RequestKind};
use leptos::prelude::*;

use super::{fee::FeePart, request::Part};
use crate::{
    effect::redrawn,
    model::request,
    screens::parts::{facts::Dotted, live::Live, tiles::CoinDisc},
};

/// What the request changes and what it costs; for a new network, what is known of it; for a token, that it is asked.
#[component]
pub fn Ledger(
    /// The request.
    request: Live<ApprovalView>,
) -> impl IntoView {
    let part = Part(request);
    let kind = part.of(|view| view.kind);
    let changes = part.of(|view| (view.network.chain_id, view.changes.clone()));
    let fee = part.of(|view| view.fee.clone());
    let preparing = part.of(|view| view.ready == ReadyView::Preparing);
    let label = part.of(request::total_label);
    let facts = part.of(|view| request::facts_first(view.kind).then(|| view.facts.clone()));

    redrawn(move || {
        match kind.get()? {
        RequestKind::Transaction | RequestKind::Calls => Some(
            view! {
                <section
                    class="ledger"
                    aria-label="What changes"
                    aria-busy=move || (preparing.get() == Some(true)).to_string()
                >
                    <div class="ledger__h">"What changes"</div>
                    {redrawn(move || changes.get().map(|(chain_id, changes)| view! { <Changes chain_id changes/> }))}
                    {redrawn(move || match fee.get().flatten() {
                        Some(fee) => view! { <Costs fee label=label.get().unwrap_or_default()/> }.into_any(),
                        None => {
                            let waiting = preparing.get() == Some(true);
                            view! { <CostsToCome waiting label=label.get().unwrap_or_default()/> }.into_any()
                        }
                    })}
                    <FeePart request/>
                </section>
            }
            .into_any(),
        ),
        RequestKind::AddNetwork => Some(
            view! {
                <section class="ledger" aria-label="The network">
                    {redrawn(move || facts.get().flatten().map(|facts| view! { <NetworkFacts facts/> }))}
                </section>
            }
            .into_any(),
        ),
        RequestKind::WatchAsset => Some(
            redrawn(move || {
                (preparing.get() == Some(true))
                    .then(|| view! { <p class="dim" role="status">"Asking its contract what it is…"</p> }.into_any())
            })
        ),
        RequestKind::Connect
        | RequestKind::SwitchNetwork
        | RequestKind::Message
        | RequestKind::SignIn
        | RequestKind::TypedData
        | RequestKind::EncryptionKey
        | RequestKind::Decrypt => None,
    }
    })
}

/// Exact changes, out before in.
#[component]
fn Changes(chain_id: u64, changes: Vec<ChangeView>) -> impl IntoView {
    if changes.is_empty() {
        return view! { <p class="kv dim">"Nothing leaves but the fee."</p> }.into_any();
    }
    let (out, into): (Vec<_>, Vec<_>) = changes.into_iter().partition(|change| change.out);
    out.into_iter()
        .chain(into)
        .map(|change| {
            let (sign, shown, direction) = if change.out { ("-", '−', "out") } else { ("+", '+', "in") };
            view! {
                <div
                    class="lr"
                    data-testid="change-row"
                    data-direction=direction
                    data-symbol=change.symbol.clone()
                    data-amount=change.amount.clone()
                >
                    <CoinDisc symbol=change.symbol.clone() chain_id size=24/>
                    <span class="lr__amt" data-sign=sign dir="ltr">
                        {format!("{shown}\u{a0}{}\u{a0}{}", change.amount, change.symbol)}
                    </span>
                </div>
            }
            .into_any()
        })
        .collect_view()
        .into_any()
}

/// The fee and the accountant's double rule.
#[component]
fn Costs(fee: FeeView, label: &'static str) -> impl IntoView {
    let line = request::fee_line(&fee);
    let in_coin = request::fee_in_coin(&fee);
    let wait = fee.terms.wait.clone();
    let publishing = fee.terms.publishing.clone();
    view! {
        <div class="ledger__costs" data-testid="fee" data-at-most-wei=fee.at_most_wei>
            <Dotted label="Fee">{line}</Dotted>
            {in_coin.map(|line| view! { <p class="kv__more">{line}</p> }.into_any())}
            {wait.map(|wait| view! { <p class="kv__more" data-testid="fee-wait">{wait}</p> }.into_any())}
            {publishing
                .map(|part| view! { <p class="kv__more">{request::publishing_line(&part)}</p> }.into_any())}
        </div>
        <div class="kv kv--sum" data-testid="total">
            <span>{label}</span>
            <span class="dblrule">{fee.total}</span>
        </div>
    }
}

/// The same height while the fee is still being asked for, so that nothing jumps.
#[component]
fn CostsToCome(waiting: bool, label: &'static str) -> impl IntoView {
    let value = move || {
        if waiting {
            view! { <span class="skel skel--sum"></span> }.into_any()
        } else {
            view! { <span>"unknown"</span> }.into_any()
        }
    };
    view! {
        <div class="ledger__costs">
            <Dotted label="Fee">
                <span role="status">{if waiting { "Working it out…" } else { "unknown" }}</span>
            </Dotted>
        </div>
        <div class="kv kv--sum">
            <span>{label}</span>
            {redrawn(value)}
        </div>
    }
}

/// What is known of a network that a site wants to add.
#[component]
fn NetworkFacts(facts: Vec<FactView>) -> impl IntoView {
    facts
        .into_iter()
        .map(|fact| {
            view! {
                <div data-testid="fact" data-label=fact.label.clone()>
                    <Dotted label=fact.label.clone()>
                        <span class:mono=fact.mono class="anywhere" dir="ltr">{fact.value}</span>
                    </Dotted>
                </div>
            }
            .into_any()
        })
        .collect_view()
}
