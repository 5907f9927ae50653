//! Everyone whom the wallet ever asked for something.

use candor_protocol::{
    egress::{EgressRowView, EgressView},
    notice::Notice,
    ui::{ClearEgress, EgressLog},
};
use leptos::prelude::*;

use super::parts::{
    act::attempt,
    clock,
    live::{live, look_again_while},
    problem_box::{ProblemBox, of_error},
};
use crate::{
    app,
    components::title_bar::TitleBar,
    effect::redrawn,
    model::egress::{size, times},
};

/// The ledger.
#[component]
pub fn EgressScreen() -> impl IntoView {
    let ledger = live(&[Notice::Networks], || Some(EgressLog {}));
    look_again_while(ledger, || true);
    let clear = move |_| {
        attempt(ClearEgress {});
        ledger.reload();
    };
    view! {
        <div data-testid="screen" data-screen="egress">
            <main class="win">
                <TitleBar title="Who Candor talked to" on_back=Callback::new(|()| app::go("#/settings"))/>
                <div class="win__body">
                    {redrawn(move || {
                        ledger.error().map(|error| view! { <ProblemBox problem=of_error(&error)/> }.into_any())
                    })}
                    {redrawn(move || ledger.value().map(list))}
                </div>
                <footer class="win__foot">
                    <button class="btn btn--plain btn--full" data-testid="egress-clear" on:click=clear>
                        "Clear this list"
                    </button>
                </footer>
            </main>
        </div>
    }
}

fn list(ledger: EgressView) -> AnyView {
    let EgressView { rows, count, sent, received } = ledger;
    let (says, why) = if rows.is_empty() {
        ("Nobody so far.".to_owned(), "Before you choose servers, nothing leaves this computer.".to_owned())
    } else {
        (
            format!("Asked {}", times(count)),
            format!(
                "{} went out, {} came back. These are all: there is nobody else, and no word to us.",
                size(sent),
                size(received)
            ),
        )
    };
    view! {
        <div class="pad headline">
            <p class="say" data-testid="egress-total"><b>{says}</b></p>
            <p class="dim">{why}</p>
        </div>
        {rows.into_iter().map(row).collect_view()}
    }
    .into_any()
}

fn row(row: EgressRowView) -> AnyView {
    let (first, last, now) = (clock::local(row.first_ms), clock::local(row.last_ms), clock::now());
    let when = if first.day(now) == last.day(now) {
        format!("{}, {}", last.day(now), last.clock())
    } else {
        format!("{} to {}", first.day(now), last.day(now))
    };
    let whose = if row.page { "for sites" } else { "for yourself" };
    view! {
        <div class="row" data-testid="egress-row" data-host=row.host.clone() data-page=row.page.to_string()>
            <span class="row__main">
                <span class="row__t row__t--wrap anywhere" dir="ltr">{row.host.clone()}</span>
                <span class="row__s">{row.what}", "{whose}</span>
                <span class="row__s">{when}</span>
            </span>
            <span class="row__end">
                <span class="row__t">{times(row.count)}</span>
                <span class="row__s">{size(row.sent)}" out, "{size(row.received)}" in"</span>
            </span>
        </div>
    }
    .into_any()
}
