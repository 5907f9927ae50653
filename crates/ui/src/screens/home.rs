//! Home: what the account in view has on the network in view, what waits, and where to go.

use candor_protocol::{
    notice::Notice,
    portfolio::PortfolioView,
    ui::{Accounts, Activity, Balance, Networks, Portfolio, PutOffCheck, Queue, SelectNetwork, Status},
    view::{AccountView, BalanceView, NetworkView, NetworksView, QueueView},
};
use leptos::prelude::*;

use super::{
    parts::{
        act::attempt,
        asset_rows::{AssetRows, SHOWN},
        home_bar::HomeBar,
        home_tabs::{HomeTab, HomeTabs},
        live::{Live, live, look_again_while},
        network_rows::NetworkRows,
        problem_box::{ProblemBox, of_error},
        site_access::SiteAccess,
        tiles::NetworkTile,
        token_rows::TokenRows,
        told::Told,
        undo::Undoable,
        worth::Worth,
    },
    site_bar::SiteBar,
};
use crate::{
    app,
    components::{icon::Icon, sheet::Sheet},
    effect::redrawn,
    model::{
        amount,
        backup::{self, Missing},
        networks, waiting,
    },
};

/// The screen that an open wallet starts with.
#[component]
pub fn HomeScreen() -> impl IntoView {
    let accounts = live(&[Notice::Accounts, Notice::Status], || Some(Accounts {}));
    let networks = live(&[Notice::Networks], || Some(Networks {}));
    let queue = live(&[Notice::Requests], || Some(Queue {}));
    let selected = Memo::new(move |_| {
        accounts
            .with(|all| all.iter().find(|account| account.selected).map(|account| account.address.clone()))
            .flatten()
    });
    let network =
        Memo::new(move |_| networks.with(|all| networks::find(all, all.current).cloned()).flatten());
    let balance = live(&[Notice::Activity, Notice::Networks], move || {
        Some(Balance { address: selected.get()?, chain_id: network.get()?.chain_id, token: None })
    });
    let activity = live(&[Notice::Activity], move || Some(Activity { address: selected.get()? }));
    let most = RwSignal::new(SHOWN);
    let portfolio = live(
        &[Notice::Portfolio, Notice::Activity, Notice::Networks, Notice::Tokens, Notice::Settings],
        move || Some(Portfolio { address: selected.get()?, most: most.get() }),
    );
    let unfolded = RwSignal::new(None);
    let all_accounts = Signal::derive(move || accounts.value().unwrap_or_default());
    let waiting: Memo<usize> =
        Memo::new(move |_| activity.with(|items| waiting::count(items)).unwrap_or_default());
    look_again_while(activity, move || waiting.get() > 0);

    view! {
        <div data-testid="screen" data-screen="home">
            <main class="win" data-testid="home">
                <HomeBar accounts=all_accounts/>
                <div class="win__body">
                    <Total network networks balance portfolio/>
                    <Actions balance accounts=all_accounts/>
                    <Undoable activity/>
                    <Banner queue network balance/>
                    <HomeTabs selected=HomeTab::Assets waiting/>
                    <div class="list" role="tabpanel">
                        <AssetRows portfolio most open=unfolded/>
                        {redrawn(move || network.get().map(|network| {
                            view! { <TokenRows chain_id=network.chain_id account=selected/> }
                        }))}
                        <div class="pad">
                            <button
                                class="btn btn--quiet btn--sm"
                                data-testid="token-add"
                                on:click=|_| app::open_tab("#/add-token")
                            >
                                <Icon name="plus" size=18/>
                                "Add a token"
                            </button>
                        </div>
                    </div>
                </div>
                <SiteBar networks accounts=all_accounts/>
            </main>
        </div>
    }
}

/// The sum, over its double rule, with the network it is on.
#[component]
fn Total(
    network: Memo<Option<NetworkView>>,
    networks: Live<NetworksView>,
    balance: Live<BalanceView>,
    portfolio: Live<PortfolioView>,
) -> impl IntoView {
    let has_worth = Memo::new(move |_| portfolio.with(|all| all.total.is_some()).unwrap_or_default());
    let choosing = RwSignal::new(false);
    let select = Callback::new(move |chain_id: u64| {
        choosing.set(false);
        attempt(SelectNetwork { chain_id });
    });
    view! {
        <section class="total">
            <Worth portfolio/>
            <p class="total__label">
                {redrawn(move || if has_worth.get() { "Of it, on\u{a0}" } else { "You have on\u{a0}" })}
                {redrawn(move || {
                    network
                        .get()
                        .map(|network| {
                            view! {
                                <button
                                    class="netchip"
                                    data-testid="network-menu"
                                    aria-label=format!("Network {}, switch network", network.name)
                                    on:click=move |_| choosing.set(true)
                                >
                                    <NetworkTile name=network.name.clone() chain_id=network.chain_id size=16/>
                                    <span data-testid="network-current" data-chain-id=network.chain_id.to_string()>
                                        {network.name.clone()}
                                    </span>
                                    <Icon name="down" size=16/>
                                </button>
                            }
                                .into_any()
                        })
                })}
            </p>
            <p
                class=move || if has_worth.get() { "row__t" } else { "total__sum dblrule" }
                data-testid="balance-total"
            >
                {redrawn(move || match balance.with(|balance| amount::split(&balance.text)) {
                    Some((whole, fraction, unit)) => {
                        view! {
                            <span>{whole}<small>{fraction}"\u{a0}"{unit}</small></span>
                        }
                            .into_any()
                    }
                    None if balance.error().is_some() => view! { <span class="dim">"unknown"</span> }.into_any(),
                    None => view! { <span class="skel skel--total" aria-label="Working it out"></span> }.into_any(),
                })}
            </p>
        </section>
        <Sheet open=choosing title="Networks">
            <div class="sheet__list">
                {redrawn(move || {
                    networks
                        .value()
                        .map(|all| {
                            let current = all.current;
                            view! { <NetworkRows networks=all chosen=Signal::stored(current) on_press=select/> }
                        })
                })}
            </div>
            <div class="sheet__foot">
                <button
                    class="btn btn--plain btn--full"
                    data-testid="network-add"
                    on:click=move |_| app::open_tab("#/add-network")
                >
                    <Icon name="plus" size=18/>
                    "Another network"
                </button>
            </div>
        </Sheet>
    }
}

/// Send and receive. Sending waits until there is something to send, unless nobody knows whether there is; where it
/// cannot be, the reason stands in its place.
#[component]
fn Actions(balance: Live<BalanceView>, accounts: Signal<Vec<AccountView>>) -> impl IntoView {
    let nothing =
        Memo::new(move |_| balance.with(|balance| amount::is_zero(&balance.wei)).unwrap_or_default());
    view! {
        <div class="actions actions--two">
            {redrawn(move || match accounts.with(|all| backup::cannot_send(all)) {
                Some(why) => view! { <p class="row__s" data-testid="send-not">{why}</p> }.into_any(),
                None => view! {
                    <button
                        class="act"
                        data-testid="send-open"
                        disabled=move || nothing.get()
                        on:click=move |_| app::go("#/send")
                    >
                        <Icon name="send" size=18/>
                        "Send"
                    </button>
                }
                .into_any(),
            })}
            <button class="act" data-testid="receive-open" on:click=move |_| app::go("#/receive")>
                <Icon name="receive" size=18/>
                "Receive"
            </button>
        </div>
    }
}

/// At most one banner: what waits for an answer, then a browser that keeps sites away, then trouble with the network,
/// then a missing backup.
#[component]
fn Banner(
    queue: Live<QueueView>,
    network: Memo<Option<NetworkView>>,
    balance: Live<BalanceView>,
) -> impl IntoView {
    let status = live(&[Notice::Status], || Some(Status {}));
    let waiting = Memo::new(move |_| queue.with(waiting::of_queue).unwrap_or_default());
    let access = SiteAccess::look();
    redrawn(move || match waiting.get() {
        waiting::Waiting::Site(who) => Told {
            tone: Some("info"),
            icon: "bell",
            testids: ("waiting", "waiting-open"),
            title: who,
            second: "is waiting for you.",
            label: "Look",
        }
        .view(|| app::go("#/approval")),
        waiting::Waiting::Own(id) => Told {
            tone: Some("info"),
            icon: "send",
            testids: ("waiting", "waiting-open"),
            title: "Your payment is not sent yet".to_owned(),
            second: "You were about to check it.",
            label: "Look",
        }
        .view(move || app::go(&format!("#/review/{id}"))),
        waiting::Waiting::Nothing if access.is_missing() => access.banner(),
        waiting::Waiting::Nothing if balance.error().is_some() => {
            view! { <Unreachable network balance/> }.into_any()
        }
        waiting::Waiting::Nothing => status.with(backup::missing).flatten().map(no_backup).into_any(),
    })
}

/// What there is no copy of yet.
fn no_backup(missing: Missing) -> AnyView {
    let (title, second, to, tone) = match missing {
        Missing::Part => (
            "Some of what Candor keeps cannot be read",
            "Your keys are here, and nothing was erased. Restart the browser; make a backup file if this stays.",
            "#/backup",
            None,
        ),
        Missing::Phrase => {
            ("This wallet is not backed up", "Only this computer can open it.", "#/settings/phrase", None)
        }
        Missing::File => ("No backup file yet", "One file brings back everything.", "#/backup", Some("info")),
        Missing::Check => return view! { <YearlyCheck/> }.into_any(),
    };
    Told {
        tone,
        icon: "shield",
        testids: ("backup-banner", "backup-open"),
        title: title.to_owned(),
        second,
        label: "Back up",
    }
    .view(move || app::open_tab(to))
}

/// Asks once a year whether the paper is still there.
#[component]
fn YearlyCheck() -> impl IntoView {
    let ask = Told {
        tone: Some("info"),
        icon: "shield",
        testids: ("check-banner", "check-open"),
        title: "Do you still have your phrase?".to_owned(),
        second: "A year has passed.",
        label: "Check",
    };
    view! {
        {ask.view(|| app::open_tab("#/settings/phrase"))}
        <div class="pad">
            <button class="btn btn--quiet btn--sm" data-testid="check-later" on:click=|_| attempt(PutOffCheck {})>
                "Ask again in a year"
            </button>
        </div>
    }
}

/// The network in view does not answer, or the user chose no server for it. Everything else still works.
#[component]
fn Unreachable(network: Memo<Option<NetworkView>>, balance: Live<BalanceView>) -> impl IntoView {
    redrawn(move || {
        let network = network.get()?;
        let error = balance.error()?;
        if let Some(problem) = networks::without_server(&network) {
            let add = Callback::new(|()| app::open_tab("#/add-network"));
            return Some(view! { <ProblemBox problem action="Add a server" on_action=add/> }.into_any());
        }
        let again = Callback::new(move |()| balance.reload());
        let problem = of_error(&error);
        Some(view! { <ProblemBox problem action="Try again" on_action=again/> }.into_any())
    })
}
