//! What is particular to a site that wants to connect.

use candor_protocol::view::{AccountView, ApprovalView};
use leptos::prelude::*;

use super::request::Part;
use crate::{
    components::{icon::Icon, seal::Seal, tick_row::TickBox},
    effect::redrawn,
    model::{address, connection, request::Answers},
    screens::parts::live::Live,
};

/// Which accounts a site may see, and what that lets it do.
#[component]
pub fn ConnectPart(
    /// The request.
    request: Live<ApprovalView>,
    /// What the person did so far.
    answers: RwSignal<Answers>,
) -> impl IntoView {
    let choices = Part(request).of(|view| view.choices.clone());
    view! {
        <section class="ledger" aria-label="Accounts">
            {redrawn(move || {
                choices
                    .get()
                    .unwrap_or_default()
                    .into_iter()
                    .map(|account| view! { <Choice account answers/> })
                    .collect_view()
            })}
        </section>
        <section class="cancant">
            <div>
                <h2>"It can"</h2>
                <ul>
                    <li><Icon name="check" size=18/>"See these addresses and what they hold"</li>
                    <li><Icon name="check" size=18/>"Ask you to approve things"</li>
                </ul>
            </div>
            <div>
                <h2>"It cannot"</h2>
                <ul>
                    <li><Icon name="x" size=18/>"Move anything unless you agree each time"</li>
                    <li><Icon name="x" size=18/>"See your other accounts"</li>
                </ul>
            </div>
        </section>
    }
}

/// One account with its tick.
#[component]
fn Choice(account: AccountView, answers: RwSignal<Answers>) -> impl IntoView {
    let AccountView { address: full, name, .. } = account;
    let ticked = {
        let full = full.clone();
        Memo::new(move |_| {
            answers.with(|answers| answers.accounts.iter().any(|chosen| address::same(chosen, &full)))
        })
    };
    let toggle = {
        let full = full.clone();
        move |_| answers.update(|answers| answers.accounts = connection::toggled(&answers.accounts, &full))
    };
    view! {
        <label class="row row--full row--card" data-testid="account-item" data-address=full.clone()>
            <input class="vh" type="checkbox" prop:checked=move || ticked.get() on:change=toggle/>
            <TickBox checked=ticked/>
            <Seal address=full.clone() size=32/>
            <span class="row__main">
                <span class="row__t">{name}</span>
                <span class="row__s">
                    <span class="mono" dir="ltr">{address::short(&full)}</span>
                </span>
            </span>
        </label>
    }
}
