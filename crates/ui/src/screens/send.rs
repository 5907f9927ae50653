//! Sending the native coin: to whom, how much, then the last look.

use candor_protocol::{
    contacts::ContactView,
    names::FoundName,
    notice::Notice,
    ui::{Accounts, Balance, Contacts, Networks, PrepareSend},
    view::{AccountView, BalanceView, NetworkView},
};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

#[cfg(feature = "pages")]
use super::parts::scan::ScanSheet;
use super::parts::{
    account_list::AccountRow,
    live::{Live, live},
    name_lookup::NameLookup,
    problem_box::{ProblemBox, of_error},
    scan::ScanButton,
    server_trouble::ServerTrouble,
    tiles::{CoinDisc, NetworkTile},
    who_row::AccountChip,
};
use crate::{
    app, browser, client,
    components::{seal::Seal, title_bar::TitleBar},
    effect::{effect, redrawn},
    model::{Problem, address, amount, contacts, networks, payment_request},
};

/// Under this name the draft waits in memory while the popup is closed.
const DRAFT: &str = "draft:send";

/// What was typed so far. It survives the popup, which closes at every click elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Draft {
    to: String,
    amount: String,
    max: bool,
}

/// The form.
#[component]
pub fn SendScreen() -> impl IntoView {
    let accounts = live(&[Notice::Accounts], || Some(Accounts {}));
    let networks = live(&[Notice::Networks], || Some(Networks {}));
    let from = Memo::new(move |_| {
        accounts.with(|all| all.iter().find(|account| account.selected).cloned()).flatten()
    });
    let network =
        Memo::new(move |_| networks.with(|all| networks::find(all, all.current).cloned()).flatten());
    let balance = live(&[Notice::Activity], move || {
        Some(Balance { address: from.get()?.address, chain_id: network.get()?.chain_id, token: None })
    });
    let draft = RwSignal::new(None::<Draft>);
    spawn_local(async move {
        let kept = browser::draft(DRAFT).await.and_then(|text| serde_json::from_str(&text).ok());
        draft.try_set(Some(kept.unwrap_or_default()));
    });
    let ready = Memo::new(move |_| from.get().zip(network.get()).filter(|_| draft.with(Option::is_some)));
    view! {
        <div data-testid="screen" data-screen="send">
            {redrawn(move || match ready.get() {
                Some((from, network)) => {
                    let draft = draft.get_untracked().unwrap_or_default();
                    view! { <Form from network balance accounts draft/> }.into_any()
                }
                None => view! { <main class="win" aria-busy="true"></main> }.into_any(),
            })}
        </div>
    }
}

/// Both fields, filled from the draft.
#[component]
fn Form(
    from: AccountView,
    network: NetworkView,
    balance: Live<BalanceView>,
    accounts: Live<Vec<AccountView>>,
    draft: Draft,
) -> impl IntoView {
    let contacts = live(&[Notice::Contacts], || Some(Contacts {}));
    let to = RwSignal::new(draft.to);
    let typed = RwSignal::new(draft.amount);
    let max = RwSignal::new(draft.max);
    let checked_to = RwSignal::new(false);
    let checked_amount = RwSignal::new(false);
    let failure = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let named = RwSignal::new(None::<FoundName>);

    let mut kept = None::<Draft>;
    effect(move || {
        let draft = Draft { to: to.get(), amount: typed.get(), max: max.get() };
        if kept.as_ref().is_some_and(|kept| *kept != draft)
            && let Ok(text) = serde_json::to_string(&draft)
        {
            browser::keep_draft(DRAFT, &text);
        }
        kept = Some(draft);
    });

    let (chain_id, decimals) = (network.chain_id, network.decimals);
    let receiver = {
        let name = network.name.clone();
        Memo::new(move |_| payment_request::receiver(&to.get(), chain_id, &name))
    };
    let value = Memo::new(move |_| {
        let have = balance.with(|balance| balance.wei.clone());
        amount::within(&typed.get(), decimals, have.as_deref())
    });
    let to_problem = move || receiver.get().err().filter(|_| checked_to.get());
    let amount_problem = {
        let name = network.name.clone();
        move || {
            let error = value.get().err().filter(|_| checked_amount.get() && !max.get())?;
            let have = balance.with(|balance| balance.text.clone()).unwrap_or_default();
            Some(error.problem(&have, &name))
        }
    };

    // Only of a whole text: the beginning of a link is one, too.
    let read_link = {
        let chain_id = network.chain_id;
        move |text: String| {
            let link = payment_request::read(&text);
            if link.is_some() {
                checked_to.set(true);
            }
            match link {
                Some(Ok(asked)) if asked.chain_id.is_none_or(|chain| chain == chain_id) => {
                    if let Some(amount) = asked.amount(decimals) {
                        max.set(false);
                        checked_amount.set(true);
                        typed.set(amount);
                    }
                    to.set(asked.to);
                }
                _ => to.set(text),
            }
        }
    };
    let scanning = RwSignal::new(false);
    #[cfg(feature = "pages")]
    let scan = view! { <ScanSheet open=scanning on_text=Callback::new(read_link)/> };
    #[cfg(not(feature = "pages"))]
    let scan = ();
    let use_account = Callback::new(move |address: String| to.set(address));
    let use_max = move |_| {
        max.set(true);
        checked_amount.set(false);
        if let Some(exact) = balance.with_untracked(|balance| balance.wei.clone()) {
            typed.set(amount::exact_text(&exact, decimals));
        }
    };
    let review = {
        let (from, chain_id) = (from.address.clone(), network.chain_id);
        move || {
            checked_to.set(true);
            checked_amount.set(true);
            let Ok(to) = receiver.get_untracked() else { return };
            let all = max.get_untracked();
            if busy.get_untracked() || (!all && value.get_untracked().is_err()) {
                return;
            }
            busy.set(true);
            failure.set(None);
            let amount = typed.get_untracked().trim().to_owned();
            let call = PrepareSend { from: from.clone(), chain_id, to, amount, max: all };
            spawn_local(async move {
                match client::call(call).await {
                    Ok(id) => {
                        browser::drop_draft(DRAFT);
                        app::go(&format!("#/review/{id}"));
                    }
                    Err(error) => {
                        failure.try_set(Some(of_error(&error)));
                    }
                }
                busy.try_set(false);
            });
        }
    };
    let submit = {
        let review = review.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            review();
        }
    };
    let symbol = network.symbol.clone();
    let preview = {
        let (symbol, network) = (network.symbol.clone(), network.name.clone());
        move || {
            let to = receiver.get().ok()?;
            let known = accounts
                .with(|all| {
                    all.iter()
                        .find(|known| address::same(&known.address, &to))
                        .map(|known| known.name.clone())
                })
                .flatten()
                .or_else(|| contacts.with(|all| contacts::name_of(all, &to)).flatten())
                .or_else(|| {
                    named.get().filter(|found| address::same(&found.address, &to)).map(|found| found.name)
                });
            let to = known.unwrap_or_else(|| address::short(&to));
            let what = if max.get() {
                format!("all your {symbol}")
            } else {
                format!("{}\u{a0}{symbol}", amount::exact(value.get().ok()?, decimals))
            };
            let network = network.clone();
            Some(view! {
                <p class="say say--sm" data-testid="send-preview">
                    "Send "<b>{what}</b>" to "<b>{to}</b>" on "<b>{network}</b>"."
                </p>
            })
        }
    };

    let from_address = from.address.clone();
    view! {
        <form class="win" on:submit=submit novalidate>
            <TitleBar title="Send" on_back=Callback::new(|()| app::go("#/home"))>
                <AccountChip account=from.clone()/>
            </TitleBar>
            <div class="win__body">
                <ServerTrouble chain_id/>
                <div class="pad formpart">
                    <div class="field">
                        <label class="field__label" for="send-to">"To whom?"</label>
                        <div class="input" data-tone=move || to_problem().map(|_| "risk")>
                            <input
                                id="send-to"
                                class="mono"
                                data-testid="send-to"
                                dir="ltr"
                                autocomplete="off"
                                spellcheck="false"
                                placeholder="0x… or a name"
                                aria-invalid=move || to_problem().is_some().to_string()
                                aria-describedby="send-to-hint"
                                prop:value=move || to.get()
                                on:input=move |event| {
                                    let text = event_target_value(&event);
                                    if browser::is_pasted(&event) {
                                        read_link(text);
                                    } else {
                                        checked_to.set(false);
                                        to.set(text);
                                    }
                                }
                                on:change=move |event| read_link(event_target_value(&event))
                                on:blur=move |_| checked_to.set(!to.get_untracked().trim().is_empty())
                            />
                            {redrawn(move || receiver.get().ok().map(|address| view! { <span class="input__seal"><Seal address size=28/></span> }.into_any()))}
                            <ScanButton open=scanning/>
                        </div>
                        <FieldProblem id="send-to-hint" problem=Signal::derive(to_problem)/>
                    </div>
                </div>
                <NameLookup to found=named/>
                <Own accounts from=from_address to on_press=use_account/>
                <Saved contacts to on_press=use_account/>
                <div class="pad formpart formpart--ruled">
                    <div class="field">
                        <label class="field__label" for="send-amount">"How much?"</label>
                        <div class="amtline">
                            <input
                                id="send-amount"
                                class="amt amt--input"
                                data-testid="send-amount"
                                inputmode="decimal"
                                autocomplete="off"
                                placeholder="0"
                                aria-invalid={
                                    let amount_problem = amount_problem.clone();
                                    move || amount_problem().is_some().to_string()
                                }
                                aria-describedby="send-amount-hint"
                                prop:value=move || typed.get()
                                on:input=move |event| {
                                    max.set(false);
                                    checked_amount.set(false);
                                    typed.set(event_target_value(&event));
                                }
                                on:blur=move |_| checked_amount.set(!typed.get_untracked().trim().is_empty())
                            />
                            <span class="amt amt--unit">{symbol.clone()}</span>
                            <button
                                type="button"
                                class="btn btn--plain btn--sm"
                                data-testid="send-max"
                                aria-pressed=move || max.get().to_string()
                                on:click=use_max
                            >
                                "Max"
                            </button>
                        </div>
                        <FieldProblem id="send-amount-hint" problem=Signal::derive(amount_problem)/>
                        {redrawn(move || {
                            max.get()
                                .then(|| {
                                    view! {
                                        <p class="field__hint">
                                            "Everything, less the highest fee it can cost. You see both before you send."
                                        </p>
                                    }
                                        .into_any()
                                })
                        })}
                    </div>
                </div>
                <div class="row" data-testid="send-asset" data-symbol=symbol.clone()>
                    <CoinDisc symbol=symbol.clone() chain_id=network.chain_id size=32/>
                    <span class="row__main">
                        <span class="row__t">
                            {format!("{symbol} on {}", network.name)}
                            <NetworkTile name=network.name.clone() chain_id=network.chain_id size=16/>
                        </span>
                        <span class="row__s">
                            {redrawn(move || match balance.with(|balance| balance.text.clone()) {
                                Some(text) => format!("You have {text}"),
                                None if balance.error().is_some() => "We cannot reach this network right now.".to_owned(),
                                None => "…".to_owned(),
                            })}
                        </span>
                    </span>
                </div>
                {redrawn(move || failure.get().map(|problem| view! { <ProblemBox problem/> }))}
            </div>
            <footer class="win__foot">
                {redrawn(preview)}
                <button
                    type="submit"
                    class="btn btn--primary btn--lg btn--full"
                    data-testid="send-review"
                    disabled=move || busy.get()
                >
                    {redrawn(move || if busy.get() { "Review…" } else { "Review" })}
                </button>
            </footer>
        </form>
        {scan}
    }
}

/// Why a field cannot stay as it is, in the place of its hint.
#[component]
fn FieldProblem(id: &'static str, problem: Signal<Option<Problem>>) -> impl IntoView {
    view! {
        <div id=id>
            {redrawn(move || {
                problem
                    .get()
                    .map(|problem| {
                        view! {
                            <p class="field__hint risk" role="alert" data-testid="error">
                                <b>{problem.title}</b>
                                " "
                                {problem.text}
                            </p>
                        }
                            .into_any()
                    })
            })}
        </div>
    }
}

/// The user's other accounts, while no receiver is typed.
#[component]
fn Own(
    accounts: Live<Vec<AccountView>>,
    from: String,
    to: RwSignal<String>,
    on_press: Callback<String>,
) -> impl IntoView {
    redrawn(move || {
        let others: Vec<AccountView> =
            accounts.value()?.into_iter().filter(|account| !address::same(&account.address, &from)).collect();
        (to.with(|to| to.trim().is_empty()) && !others.is_empty()).then(|| {
            let rows = others
                .into_iter()
                .map(|account| view! { <AccountRow account chosen=Signal::stored(false) on_press/> });
            view! {
                <div class="grp">"Your other accounts"</div>
                {rows.collect_view()}
            }
            .into_any()
        })
    })
}

/// Contacts that what is typed may mean.
#[component]
fn Saved(
    contacts: Live<Vec<ContactView>>,
    to: RwSignal<String>,
    on_press: Callback<String>,
) -> impl IntoView {
    redrawn(move || {
        let meant = contacts::meant(&contacts.value()?, &to.get());
        (!meant.is_empty()).then(|| {
            let rows = meant.into_iter().map(|ContactView { address, name }| {
                let short = address::short(&address);
                let press = {
                    let address = address.clone();
                    move |_| on_press.run(address.clone())
                };
                view! {
                    <button
                        type="button"
                        class="row"
                        data-testid="send-contact"
                        data-address=address.clone()
                        on:click=press
                    >
                        <Seal address=address.clone() size=32/>
                        <span class="row__main">
                            <span class="row__t">{name}</span>
                            <span class="row__s mono" dir="ltr">{short}</span>
                        </span>
                    </button>
                }
            });
            view! {
                <div class="grp">"Your contacts"</div>
                {rows.collect_view()}
            }
            .into_any()
        })
    })
}
