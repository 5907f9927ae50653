//! The accounts that a restored phrase gives, to choose from.

use candor_protocol::view::FoundAccount;
use leptos::prelude::*;

use super::parts::doing::Doing;
use crate::{
    app, client,
    components::{leaf::Leaf, note::Problem, seal::Seal, tick_row::TickBox},
    effect::redrawn,
    model::address,
    restoring::Restoring,
};

const NOTES: &[(&str, &str)] = &[
    (
        "Why only these",
        "Your phrase gives any number of accounts. These are the first ones, as most wallets number them.",
    ),
    (
        "Is one missing?",
        "You can add more at any time, in the order of your phrase. Nothing is lost by leaving one out.",
    ),
    (
        "None looks right?",
        "Then it is another phrase, or your wallet also had a passphrase. Go back and look again.",
    ),
];

/// The first accounts, the very first one ticked.
#[component]
pub fn FoundScreen() -> impl IntoView {
    let steps = Restoring::here();
    let Some(accounts) = steps.accounts() else {
        app::go(if steps.has_password() { "#/restore" } else { "#/password/restore" });
        return ().into_any();
    };
    let chosen =
        RwSignal::new(accounts.first().map(|account| account.index).into_iter().collect::<Vec<u32>>());
    let doing = Doing::new();

    let submit = move |_| {
        let indices = chosen.get_untracked();
        if indices.is_empty() {
            return;
        }
        let Some(call) = steps.call(indices) else { return app::go("#/password/restore") };
        doing.begin(async move {
            client::call(call).await?;
            steps.clear();
            app::go("#/networks");
            app::refresh();
            Ok(())
        });
    };
    let label = move || match (chosen.with(Vec::len), doing.is_busy()) {
        (1, false) => "Add 1 account".to_owned(),
        (n, false) => format!("Add {n} accounts"),
        (1, true) => "Add 1 account…".to_owned(),
        (n, true) => format!("Add {n} accounts…"),
    };
    let rows = accounts.into_iter().map(|account| view! { <FoundRow account chosen/> }).collect_view();

    view! {
        <Leaf screen="found" step=(3, 4) notes=NOTES>
            <h1>"Which accounts do you want here?"</h1>
            <p class="lede">"These are the first accounts of your phrase. Compare one with what you know."</p>
            <div class="found">{rows}</div>
            <Problem problem=doing.trouble()/>
            <div class="leaf__acts">
                <button
                    class="btn btn--primary btn--lg"
                    data-testid="restore-found-submit"
                    disabled=move || chosen.with(Vec::is_empty)
                    aria-busy=move || doing.is_busy().to_string()
                    on:click=submit
                >
                    {redrawn(label)}
                </button>
                <button class="btn btn--quiet btn--lg" data-testid="back" on:click=move |_| app::go("#/restore")>
                    "Back"
                </button>
            </div>
        </Leaf>
    }
    .into_any()
}

/// One account with its tick.
#[component]
fn FoundRow(account: FoundAccount, chosen: RwSignal<Vec<u32>>) -> impl IntoView {
    let FoundAccount { index, address: full, path } = account;
    let ticked = Signal::derive(move || chosen.with(|chosen| chosen.contains(&index)));
    let toggle = move |_| {
        chosen.update(|chosen| match chosen.iter().position(|one| *one == index) {
            Some(place) => drop(chosen.remove(place)),
            None => {
                let place = chosen.partition_point(|one| *one < index);
                chosen.insert(place, index);
            }
        });
    };
    view! {
        <label class="row row--tick" data-testid="restore-found" data-address=full.clone() data-path=path.clone()>
            <input class="vh" type="checkbox" prop:checked=move || ticked.get() on:change=toggle/>
            <TickBox checked=ticked/>
            <Seal address=full.clone()/>
            <span class="row__main">
                <span class="row__t">{format!("Account {}", index + 1)}</span>
                <span class="row__s mono" dir="ltr" title=full.clone()>
                    {address::short(&full)}
                </span>
            </span>
        </label>
    }
}
