//! All networks with the servers that are asked for each.

use candor_protocol::{
    notice::Notice,
    ui::{Networks, RemoveNetwork},
    view::{NetworkView, NetworksView},
};
use leptos::prelude::*;

use super::parts::{
    act::attempt,
    live::live,
    network_search::{NetworkQuery, NetworkSearch, NoneFound},
    problem_box::{ProblemBox, of_error},
    tiles::NetworkTile,
};
use crate::{
    app,
    components::{icon::Icon, title_bar::TitleBar},
    effect::redrawn,
    model::networks::{self, Group},
};

/// The list of networks.
#[component]
pub fn NetworkListScreen() -> impl IntoView {
    let networks = live(&[Notice::Networks], || Some(Networks {}));
    let query = NetworkQuery::default();
    view! {
        <div data-testid="screen" data-screen="network-list">
            <main class="win">
                <TitleBar title="Networks" on_back=Callback::new(|()| app::go("#/settings"))/>
                <div class="win__body">
                    {redrawn(move || {
                        networks.error().map(|error| view! { <ProblemBox problem=of_error(&error)/> })
                    })}
                    <NetworkSearch query/>
                    {redrawn(move || {
                        networks.value().map(|all| {
                            let all = networks::search(&all, &query.words.get(), query.with_test.get());
                            if all.networks.is_empty() {
                                view! { <NoneFound/> }.into_any()
                            } else {
                                view! { <Groups all/> }.into_any()
                            }
                        })
                    })}
                </div>
                <footer class="win__foot">
                    <button
                        class="btn btn--plain btn--full"
                        data-testid="network-add"
                        on:click=move |_| app::open_tab("#/add-network")
                    >
                        <Icon name="plus" size=18/>
                        "Add a network"
                    </button>
                </footer>
            </main>
        </div>
    }
}

/// The rows under the headings of their groups.
#[component]
fn Groups(all: NetworksView) -> impl IntoView {
    Group::ALL
        .into_iter()
        .filter_map(|group| {
            let rows: Vec<_> = all
                .networks
                .iter()
                .filter(|network| Group::of(network) == group)
                .cloned()
                .map(|network| view! { <Row network/> })
                .collect();
            (!rows.is_empty()).then(|| {
                view! {
                    <h2 class="grp">{group.heading()}</h2>
                    {rows}
                }
                .into_any()
            })
        })
        .collect_view()
}

/// One network; the user's own can be taken away.
#[component]
fn Row(network: NetworkView) -> impl IntoView {
    let chain_id = network.chain_id;
    let servers = networks::servers(&network);
    let remove = network.custom.then(|| {
        let label = format!("Remove {}", network.name);
        view! {
            <button
                class="iconbtn"
                data-testid="network-remove"
                aria-label=label
                title="Remove"
                on:click=move |_| attempt(RemoveNetwork { chain_id })
            >
                <Icon name="trash" size=20/>
            </button>
        }
        .into_any()
    });
    view! {
        <div class="row" data-testid="network-item" data-chain-id=chain_id.to_string()>
            <NetworkTile name=network.name.clone() chain_id size=24/>
            <span class="row__main">
                <span class="row__t">{network.name.clone()}</span>
                <span class="row__s anywhere" dir="ltr">{servers}</span>
            </span>
            <span class="row__s">{network.symbol}</span>
            <button
                class="iconbtn"
                data-testid="servers-open"
                aria-label=format!("Servers of {}", network.name)
                title="Servers"
                on:click=move |_| app::open_tab(&format!("#/servers/{chain_id}"))
            >
                <Icon name="right" size=20/>
            </button>
            {remove}
        </div>
    }
}
