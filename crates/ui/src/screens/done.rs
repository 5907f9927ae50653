//! The end of setting up.

use candor_protocol::{
    notice::Notice,
    ui::{Accounts, FinishSetup},
    view::{AccountKind, AccountView},
};
use leptos::prelude::*;

use super::parts::{doing::Doing, live::live, site_access::SiteAccess};
use crate::{
    app, client,
    components::{leaf::Leaf, note::Problem, seal::Seal},
    effect::redrawn,
    model::address,
    restoring::Restoring,
};

const NOTES: &[(&str, &str)] = &[
    (
        "Where to find it",
        "Behind the puzzle piece at the top right of your browser. Pin Candor there, so that it is one click away.",
    ),
    (
        "When a site asks",
        "A window of ours opens with one sentence. If you did not expect it, say no; nothing happens.",
    ),
    ("When you walk away", "Candor locks itself after 15 minutes. You can change that in the settings."),
];

/// The new wallet's first account, and the way to it.
#[component]
pub fn DoneScreen() -> impl IntoView {
    let accounts = live(&[Notice::Accounts], || Some(Accounts {}));
    let access = SiteAccess::look();
    let doing = Doing::new();
    let finish = move |to: String| {
        doing.begin(async move {
            client::call(FinishSetup {}).await?;
            app::go(&to);
            app::refresh();
            Ok(())
        });
    };
    // Until then the buttons would move under the pointer.
    let known = Memo::new(move |_| accounts.answer().is_some());
    // A phrase that was used before may have more accounts than were taken; which, the servers can say now.
    let more = move || {
        let derived = |account: &AccountView| account.kind == AccountKind::Derived;
        let keyring = accounts.with(|all| all.iter().find(|one| derived(one)).map(|one| one.keyring.clone()));
        keyring.flatten().filter(|_| Restoring::here().is_finished())
    };
    view! {
        <Leaf
            screen="done"
            notes=NOTES
            footer="Candor asks only the servers you chose. Nobody else hears from it."
        >
            <h1>"Your wallet is ready."</h1>
            <p class="lede">"This is where others can pay you, on every network."</p>
            <div class="ledger found">
                {redrawn(move || {
                    accounts
                        .value()
                        .unwrap_or_default()
                        .into_iter()
                        .map(|account| {
                            view! {
                                <div class="row row--tick" data-testid="account-item" data-address=account.address.clone()>
                                    <Seal address=account.address.clone()/>
                                    <span class="row__main">
                                        <span class="row__t">{account.name}</span>
                                        <span class="row__s mono" dir="ltr">
                                            {address::short(&account.address)}
                                        </span>
                                    </span>
                                </div>
                            }
                                .into_any()
                        })
                        .collect_view()
                })}
            </div>
            {redrawn(move || access.is_missing().then(|| access.banner()))}
            <Problem problem=doing.trouble()/>
            {redrawn(move || {
                known
                    .get()
                    .then(|| {
                        view! {
                            <div class="leaf__acts">
                                <button
                                    class="btn btn--primary btn--lg"
                                    data-testid="onboarding-done"
                                    aria-busy=move || doing.is_busy().to_string()
                                    on:click=move |_| finish("#/home".to_owned())
                                >
                                    "Open my wallet"
                                </button>
                                {redrawn(move || {
                                    more()
                                        .map(|keyring| {
                                            let to = format!("#/found/{keyring}");
                                            view! {
                                                <button
                                                    class="btn btn--quiet btn--lg"
                                                    data-testid="account-find"
                                                    on:click=move |_| finish(to.clone())
                                                >
                                                    "Look for more accounts"
                                                </button>
                                            }
                                                .into_any()
                                        })
                                })}
                            </div>
                        }
                            .into_any()
                    })
            })}
        </Leaf>
    }
}
