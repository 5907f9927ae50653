//! One thing that was sent: what became of it, what it cost, and where to see it.

use candor_protocol::{
    life::Remedy,
    notice::Notice,
    ui::{Accounts, Activity, Help},
    view::{ActivityView, FactView, TxStatus},
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    activity::tone_name,
    parts::{
        clock,
        facts::{Dotted, FactList},
        live::{live, look_again_while},
        problem_box::{ProblemBox, of_error},
    },
};
use crate::{
    app, browser, client,
    components::{icon::Icon, sentence::Sentence, title_bar::TitleBar},
    effect::redrawn,
    model::{connection, progress},
};

/// Shows the transaction that the route names, if the account in view sent it.
#[component]
pub fn TransactionScreen(
    /// Its hash.
    hash: String,
) -> impl IntoView {
    let accounts = live(&[Notice::Accounts], || Some(Accounts {}));
    let selected = Memo::new(move |_| {
        accounts
            .with(|all| all.iter().find(|account| account.selected).map(|account| account.address.clone()))
            .flatten()
    });
    let activity = live(&[Notice::Activity], move || Some(Activity { address: selected.get()? }));
    let item = Memo::new(move |_| {
        activity.with(|items| items.iter().find(|item| item.hash.eq_ignore_ascii_case(&hash)).cloned())
    });
    look_again_while(activity, move || item.get().flatten().is_some_and(|item| progress::waits(item.status)));
    view! {
        <div data-testid="screen" data-screen="transaction">
            {redrawn(move || match item.get() {
                Some(Some(item)) => view! { <Transaction item/> }.into_any(),
                Some(None) => {
                    view! {
                        <main class="win">
                            <TitleBar title="Not found" on_back=Callback::new(|()| app::go("#/activity"))/>
                            <div class="win__body pad">
                                <p class="say say--sm">"This account did not send that."</p>
                            </div>
                        </main>
                    }
                        .into_any()
                }
                None => view! { <main class="win" aria-busy="true"></main> }.into_any(),
            })}
        </div>
    }
}

/// The receipt.
#[component]
fn Transaction(item: ActivityView) -> impl IntoView {
    let status = item.status;
    let tone = tone_name(progress::tone(status));
    let account = progress::account(status);
    let at = clock::local(item.at_ms);
    let link = progress::explorer(&item.network, &item.hash);
    let facts = vec![
        FactView { label: "Number".to_owned(), value: item.hash.clone(), mono: true },
        FactView {
            label: "Network".to_owned(),
            value: format!("{}, chain id {}", item.network.name, item.network.chain_id),
            mono: false,
        },
        FactView { label: "Number in line".to_owned(), value: item.nonce.to_string(), mono: false },
    ];
    let fee = item.fee_paid.clone();
    let fee_label = if status == TxStatus::Reverted { "Fee, used anyway" } else { "Fee" };
    view! {
        <main class="win" data-testid="transaction" data-hash=item.hash.clone() data-status=progress::slug(status)>
            <TitleBar title="What you sent" on_back=Callback::new(|()| app::go("#/activity"))>
                <span class="tag" data-tone=tone>{progress::word(status)}</span>
            </TitleBar>
            <div class="win__body pad request">
                <Sentence sentence=item.sentence/>
                <dl class="www" aria-live="polite">
                    <div>
                        <dt>{account.what}</dt>
                        <dd>{account.why}</dd>
                    </div>
                    {item
                        .reason
                        .map(|reason| {
                            view! {
                                <div data-testid="reason">
                                    <dt>"What is known of it"</dt>
                                    <dd class="anywhere" dir="auto">{format!("“{reason}”")}</dd>
                                </div>
                            }
                                .into_any()
                        })}
                </dl>
                <section class="ledger ledger--receipt">
                    <Dotted label="Signed">{format!("{}, {}", at.day(clock::now()), at.clock())}</Dotted>
                    {item.origin.map(|origin| {
                        view! { <Dotted label="Asked by">{connection::host(&origin)}</Dotted> }
                    })}
                    {match fee {
                        Some(fee) => {
                            view! {
                                <div class="kv kv--sum" data-testid="fee">
                                    <span>{fee_label}</span>
                                    <span class="dblrule">{fee}</span>
                                </div>
                            }
                                .into_any()
                        }
                        None => view! { <Dotted label=fee_label>"not known yet"</Dotted> }.into_any(),
                    }}
                </section>
                <Remedies hash=item.hash.clone() missing=item.missing remedies=item.remedies/>
                <FactList facts/>
                {link
                    .map(|link| {
                        let name = progress::explorer_name(&link);
                        view! {
                            <button
                                class="btn btn--quiet btn--start"
                                data-testid="explorer-open"
                                data-href=link.clone()
                                on:click=move |_| browser::open_web(&link)
                            >
                                <Icon name="ext" size=18/>
                                {format!("See on {name}")}
                            </button>
                        }
                            .into_any()
                    })}
            </div>
        </main>
    }
}

/// What can be done about something that waits.
#[component]
fn Remedies(hash: String, missing: Option<u64>, remedies: Vec<Remedy>) -> impl IntoView {
    let failure = RwSignal::new(None);
    let busy = RwSignal::new(false);
    let buttons = remedies.into_iter().map(move |remedy| {
        let hash = hash.clone();
        let press = move |_| {
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            failure.set(None);
            let call = Help { hash: hash.clone(), remedy };
            spawn_local(async move {
                match client::call(call).await {
                    Ok(Some(id)) => app::go(&format!("#/review/{id}")),
                    Ok(None) => {}
                    Err(error) => {
                        failure.try_set(Some(of_error(&error)));
                    }
                }
                busy.try_set(false);
            });
        };
        view! {
            <button class="btn btn--quiet btn--start" data-testid=progress::remedy_slug(remedy) on:click=press>
                {progress::remedy(remedy)}
            </button>
        }
        .into_any()
    });
    view! {
        {missing.map(|number| {
            view! {
                <p class="dim" data-testid="gap">
                    {format!("It waits for number {number}, which no one has sent. Mend the gap with an empty payment to yourself, or simply send something else.")}
                </p>
            }
            .into_any()
        })}
        {redrawn(move || failure.get().map(|problem| view! { <ProblemBox problem/> }))}
        {buttons.collect_view()}
    }
}
