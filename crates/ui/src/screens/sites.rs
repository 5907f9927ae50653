//! The sites that can see an account, each with the way to take that back.

use candor_protocol::{
    notice::Notice,
    ui::{DisconnectSite, Networks, Sites},
    view::{NetworksView, SiteView},
};
use leptos::prelude::*;

use super::parts::{
    act::attempt,
    clock,
    live::{Live, live},
    problem_box::{ProblemBox, of_error},
    tiles::SiteTile,
};
use crate::{
    app,
    components::{icon::Icon, title_bar::TitleBar},
    effect::redrawn,
    model::{connection, networks},
};

/// All connected sites.
#[component]
pub fn SitesScreen() -> impl IntoView {
    let sites = live(&[Notice::Sites], || Some(Sites {}));
    let networks = live(&[Notice::Networks], || Some(Networks {}));
    view! {
        <div data-testid="screen" data-screen="sites">
            <main class="win">
                <TitleBar title="Connected sites" on_back=Callback::new(|()| app::go("#/settings"))/>
                <div class="win__body">
                    {redrawn(move || {
                        sites
                            .error()
                            .map(|error| {
                                let again = Callback::new(move |()| sites.reload());
                                view! { <ProblemBox problem=of_error(&error) action="Try again" on_action=again/> }
                            })
                    })}
                    {redrawn(move || sites.value().map(|sites| view! { <List sites networks/> }))}
                </div>
            </main>
        </div>
    }
}

/// The rows under their headline.
#[component]
fn List(sites: Vec<SiteView>, networks: Live<NetworksView>) -> impl IntoView {
    let (count, rest) = connection::counted(sites.len());
    let advice = if sites.is_empty() {
        "A site asks you when it wants to see one."
    } else {
        "They can look and they can ask. They cannot move anything unless you agree each time."
    };
    let rows = sites.into_iter().map(|site| view! { <Row site networks/> });
    view! {
        <div class="pad headline">
            <p class="say"><b>{count}</b>{rest}</p>
            <p class="dim">{advice}</p>
        </div>
        {rows.collect_view()}
    }
}

/// One site.
#[component]
fn Row(site: SiteView, networks: Live<NetworksView>) -> impl IntoView {
    let SiteView { origin, chain_id, .. } = site.clone();
    let names = connection::account_names(&site);
    let others = connection::other_networks(&site);
    let history = connection::history(Some(&site), clock::local, clock::now());
    let network = move || networks.with(|all| networks::name(all, chain_id)).unwrap_or_default();
    let label = format!("Disconnect {}", connection::host(&origin));
    let disconnect = {
        let origin = origin.clone();
        move |_| attempt(DisconnectSite { origin: origin.clone() })
    };
    view! {
        <div class="row" data-testid="site-row" data-origin=origin.clone()>
            <SiteTile origin=origin.clone() size=32/>
            <span class="row__main">
                <span class="row__t row__t--wrap" dir="ltr">{connection::host(&origin)}</span>
                <span class="row__s">{names}" · "{redrawn(network)}</span>
                {others.map(|line| view! { <span class="row__s">{line}</span> }.into_any())}
                <span class="row__s">{history}</span>
            </span>
            <button class="iconbtn" data-testid="site-disconnect" aria-label=label title="Disconnect" on:click=disconnect>
                <Icon name="unlink" size=20/>
            </button>
        </div>
    }
}
