//! One line when no server of a network is of use, or when they contradict each other.

use candor_protocol::{notice::Notice, ui::NetworkServers, view::Tone};
use leptos::prelude::*;

use super::live::live;
use crate::{app, components::note::Note, effect::redrawn};

/// What is wrong with a network's servers, and the way to them; nothing while all is well.
#[component]
pub fn ServerTrouble(
    /// The network.
    chain_id: u64,
) -> impl IntoView {
    let servers = live(&[Notice::Servers, Notice::Networks], move || Some(NetworkServers { chain_id }));
    redrawn(move || {
        servers.with(|view| view.trouble.clone()).flatten().map(|trouble| {
            view! {
                <div data-testid="server-trouble">
                    <Note tone=Tone::Care what=trouble.title why=trouble.text/>
                    <button
                        class="btn btn--quiet btn--sm"
                        data-testid="servers-open"
                        on:click=move |_| app::open_tab(&format!("#/servers/{chain_id}"))
                    >
                        "See its servers"
                    </button>
                </div>
            }
            .into_any()
        })
    })
}
