//! The site of the active tab: what it sees, which network it uses, and the way to take that back.

use candor_protocol::{
    notice::Notice,
    ui::{DisconnectSite, SetSiteAccounts, SetSiteNetwork, Site},
    view::{AccountKind, AccountView, NetworksView, SiteView},
};
use leptos::{prelude::*, task::spawn_local};

use super::parts::{
    account_list::AccountRow,
    act::attempt,
    clock,
    live::{Live, live},
    network_rows::NetworkRows,
    site_wallet::SiteWallet,
    tiles::{NetworkTile, SiteTile},
};
use crate::{
    app, browser,
    components::{icon::Icon, sheet::Sheet},
    effect::redrawn,
    model::{address, connection, networks as model},
};

/// Shows nothing where the active tab is not a web page.
#[component]
pub fn SiteBar(
    /// All networks.
    networks: Live<NetworksView>,
    /// All accounts.
    #[prop(into)]
    accounts: Signal<Vec<AccountView>>,
) -> impl IntoView {
    let origin = RwSignal::new(None::<String>);
    spawn_local(async move {
        let active = browser::active_origin().await;
        origin.try_set(active);
    });
    let site = live(&[Notice::Sites], move || Some(Site { origin: origin.get()? }));
    // Here, because what is changed in a sheet draws the bar anew, and the sheet should stay open.
    let choosing_network = RwSignal::new(false);
    let choosing_accounts = RwSignal::new(false);
    redrawn(move || {
        origin.get()?;
        site.value().map(|site| view! { <Bar site networks accounts choosing_network choosing_accounts/> })
    })
}

/// The bar itself.
#[component]
fn Bar(
    site: SiteView,
    networks: Live<NetworksView>,
    #[prop(into)] accounts: Signal<Vec<AccountView>>,
    choosing_network: RwSignal<bool>,
    choosing_accounts: RwSignal<bool>,
) -> impl IntoView {
    let history = connection::history(Some(&site), clock::local, clock::now());
    let names = connection::account_names(&site);
    let second_line = match (site.paused_ms, site.connected) {
        (0, true) => format!("Sees {names}"),
        (0, false) => history.clone(),
        _ => "You said no three times: it has to wait a minute".to_owned(),
    };
    let (origin, chain_id, connected) = (site.origin.clone(), site.chain_id, site.connected);
    let network_name = move || networks.with(|all| model::name(all, chain_id)).unwrap_or_default();
    let disconnect = {
        let origin = origin.clone();
        move || attempt(DisconnectSite { origin: origin.clone() })
    };
    let select_network = {
        let origin = origin.clone();
        Callback::new(move |chain_id: u64| {
            choosing_network.set(false);
            attempt(SetSiteNetwork { origin: origin.clone(), chain_id });
        })
    };
    view! {
        <footer class="win__foot sitebar" data-testid="site-bar" data-origin=origin.clone()>
            <button
                class="sitebar__who"
                data-testid="site-accounts"
                data-connected=connected.to_string()
                aria-label=format!("{}, {second_line}. Change", site.host)
                on:click=move |_| choosing_accounts.set(true)
            >
                <SiteTile origin=origin.clone() size=24/>
                <span class="grow">
                    <span class="who__site" dir="ltr">{connection::host(&origin)}</span>
                    <span class="who__s">{second_line.clone()}</span>
                </span>
            </button>
            <button
                class="netchip"
                data-testid="site-network"
                data-chain-id=chain_id.to_string()
                aria-label=move || format!("This site uses {}. Switch", network_name())
                on:click=move |_| choosing_network.set(true)
            >
                {redrawn(move || view! { <NetworkTile name=network_name() chain_id size=16/> })}
                {redrawn(network_name)}
                <Icon name="down" size=16/>
            </button>
            {connected
                .then(|| {
                    view! {
                        <button
                            class="iconbtn"
                            data-testid="site-disconnect"
                            aria-label=format!("Disconnect {}", site.host)
                            title="Disconnect"
                            on:click=move |_| disconnect()
                        >
                            <Icon name="unlink" size=20/>
                        </button>
                    }
                        .into_any()
                })}
        </footer>
        <Sheet open=choosing_network title=connection::host(&origin)>
            <div class="sheet__text">
                <p class="say say--sm">"This site uses "<b>{redrawn(network_name)}</b>"."</p>
                <p class="row__s">"A change here affects only this site."</p>
            </div>
            <div class="sheet__list">
                {redrawn(move || {
                    networks
                        .value()
                        .map(|all| {
                            view! { <NetworkRows networks=all chosen=Signal::stored(chain_id) on_press=select_network/> }
                        })
                })}
            </div>
            <div class="sheet__foot">
                <button class="btn btn--plain btn--full" on:click=move |_| app::open_tab("#/add-network")>
                    <Icon name="plus" size=18/>
                    "Another network"
                </button>
            </div>
        </Sheet>
        <Sheet open=choosing_accounts title=connection::host(&site.origin)>
            {if connected {
                view! { <SiteAccounts site=site.clone() accounts history=history.clone()/> }.into_any()
            } else {
                view! {
                    <div class="sheet__text">
                        <p class="say say--sm">"It cannot see any account."</p>
                    </div>
                    <div class="sheet__list">
                        <SiteWallet site=site.clone()/>
                    </div>
                }
                    .into_any()
            }}
        </Sheet>
    }
}

/// Which accounts a connected site sees, and what else can be chosen for it. The last account is taken away by
/// disconnecting.
#[component]
pub fn SiteAccounts(
    /// The site.
    site: SiteView,
    /// All accounts.
    #[prop(into)]
    accounts: Signal<Vec<AccountView>>,
    /// What the wallet remembers of it.
    history: String,
) -> impl IntoView {
    let seen: Vec<String> = site.accounts.iter().map(|account| account.address.clone()).collect();
    let origin = site.origin.clone();
    let toggle = {
        let (seen, origin) = (seen.clone(), origin.clone());
        Callback::new(move |address: String| {
            let accounts = connection::toggled(&seen, &address);
            if accounts.is_empty() {
                attempt(DisconnectSite { origin: origin.clone() });
            } else {
                attempt(SetSiteAccounts { origin: origin.clone(), accounts });
            }
        })
    };
    view! {
        <div class="sheet__text">
            <p class="say say--sm">"It can see these accounts."</p>
            <p class="row__s">{history}</p>
        </div>
        <div class="sheet__list">
            {redrawn(move || {
                accounts
                    .get()
                    .into_iter()
                    .filter(|account| account.kind != AccountKind::Watched)
                    .map(|account| {
                        let chosen = seen.iter().any(|known| address::same(known, &account.address));
                        view! { <AccountRow account chosen=Signal::stored(chosen) on_press=toggle/> }
                    })
                    .collect_view()
            })}
            <SiteWallet site/>
        </div>
    }
}
