//! The servers of a network: which answer, how fast, and what is wrong.

use candor_protocol::{
    notice::Notice,
    servers::{NetworkServersView, ServerState, ServerView},
    ui::{CheckServers, NetworkServers},
    view::Tone,
};
use leptos::prelude::*;

use super::parts::{
    act::attempt,
    live::live,
    problem_box::{ProblemBox, of_error},
};
use crate::{
    app,
    components::{note::Note, title_bar::TitleBar},
    effect::redrawn,
    model::servers,
};

/// All servers of the network with this number.
#[component]
pub fn NetworkServersScreen(
    /// The network.
    chain_id: u64,
) -> impl IntoView {
    let known = live(&[Notice::Servers, Notice::Networks], move || Some(NetworkServers { chain_id }));
    view! {
        <div data-testid="screen" data-screen="servers">
            <main class="win">
                <TitleBar title="Servers" on_back=Callback::new(|()| app::go("#/networks-list"))/>
                <div class="win__body">
                    {redrawn(move || {
                        known.error().map(|error| view! { <ProblemBox problem=of_error(&error)/> }.into_any())
                    })}
                    {redrawn(move || known.value().map(list))}
                </div>
                <footer class="win__foot">
                    <button
                        class="btn btn--plain btn--full"
                        data-testid="servers-check"
                        on:click=move |_| attempt(CheckServers { chain_id })
                    >
                        "Ask them all now"
                    </button>
                </footer>
            </main>
        </div>
    }
}

fn list(view: NetworkServersView) -> AnyView {
    let advice = match view.servers.as_slice() {
        [] => "You chose no server for this network, so nobody is asked about it.",
        [_] => "The only one that is asked. Nobody else hears of it, whatever happens to it.",
        _ => "The first is asked. When it fails or takes long, the next one is.",
    };
    let trouble =
        view.trouble.map(|trouble| view! { <Note tone=Tone::Care what=trouble.title why=trouble.text/> });
    view! {
        <div class="pad headline">
            <p class="say"><b>{view.name}</b></p>
            <p class="dim">{advice}</p>
        </div>
        <div role="status" data-testid="server-trouble">{trouble}</div>
        {view.servers.into_iter().map(row).collect_view()}
    }
    .into_any()
}

fn row(server: ServerView) -> AnyView {
    let state = match server.state {
        ServerState::Unknown => "unknown",
        ServerState::Answers { .. } => "answers",
        ServerState::Silent => "silent",
        ServerState::OtherNetwork => "other-network",
    };
    view! {
        <div class="row" data-testid="server-item" data-host=server.host.clone() data-state=state>
            <span class="row__main">
                <span class="row__t row__t--wrap anywhere" dir="ltr">{server.host.clone()}</span>
                <span class="row__s" class:care=matches!(state, "silent" | "other-network")>
                    {servers::state(server.state)}
                </span>
            </span>
        </div>
    }
    .into_any()
}
