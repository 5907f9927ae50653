//! Networks to choose from.

use candor_protocol::view::NetworksView;
use leptos::prelude::*;

use super::{
    network_search::{NetworkQuery, NetworkSearch, NoneFound},
    tiles::NetworkTile,
};
use crate::{
    effect::redrawn,
    model::networks::{self, Group},
};

/// All networks in their groups, one of them chosen.
#[component]
pub fn NetworkRows(
    /// The networks.
    networks: NetworksView,
    /// The number of the chosen one.
    #[prop(into)]
    chosen: Signal<u64>,
    /// Pressed, with its number.
    on_press: Callback<u64>,
) -> impl IntoView {
    let query = NetworkQuery::default();
    view! {
        <NetworkSearch query/>
        {redrawn(move || {
            let found = networks::search(&networks, &query.words.get(), query.with_test.get());
            rows(&found, chosen, on_press)
        })}
    }
}

/// The rows under the headings of their groups.
fn rows(networks: &NetworksView, chosen: Signal<u64>, on_press: Callback<u64>) -> AnyView {
    if networks.networks.is_empty() {
        return view! { <NoneFound/> }.into_any();
    }
    Group::ALL
        .into_iter()
        .filter_map(|group| {
            let members: Vec<_> =
                networks.networks.iter().filter(|network| Group::of(network) == group).cloned().collect();
            (!members.is_empty()).then(|| {
                let rows = members.into_iter().map(|network| {
                    let id = network.chain_id;
                    view! {
                        <button
                            class="row row--net"
                            role="radio"
                            aria-checked=move || (chosen.get() == id).to_string()
                            data-testid="network-item"
                            data-chain-id=id.to_string()
                            on:click=move |_| on_press.run(id)
                        >
                            <span class="radio" aria-hidden="true" data-checked=move || (chosen.get() == id).to_string()></span>
                            <NetworkTile name=network.name.clone() chain_id=id/>
                            <span class="row__main">
                                <span class="row__t row__t--light">{network.name}</span>
                            </span>
                            <span class="row__s">{network.symbol}</span>
                        </button>
                    }
                        .into_any()
                });
                view! {
                    <div class="grp">{group.heading()}</div>
                    <div role="radiogroup" aria-label=group.heading()>{rows.collect_view()}</div>
                }
                    .into_any()
            })
        })
        .collect_view()
        .into_any()
}
