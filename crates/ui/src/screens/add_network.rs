//! Adding a network of one's own, by the address of a server that answers for it.

use candor_protocol::ui::{AddNetwork, SelectNetwork};
use leptos::{prelude::*, task::spawn_local};

use super::parts::problem_box::{ProblemBox, of_error};
use crate::{
    app, client,
    components::{field::TextField, title_bar::TitleBar, toast},
    effect::redrawn,
    model::{Problem, networks},
};

/// The form. Which network it is, the server says itself.
#[component]
pub fn AddNetworkScreen() -> impl IntoView {
    let name = RwSignal::new(String::new());
    let url = RwSignal::new(String::new());
    let symbol = RwSignal::new(String::new());
    let failure = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let call = AddNetwork {
            name: name.get_untracked().trim().to_owned(),
            url: url.get_untracked().trim().to_owned(),
            symbol: symbol.get_untracked().trim().to_owned(),
        };
        failure.set(networks::form_problem(&call.name, &call.url, &call.symbol));
        if failure.with_untracked(Option::is_some) || busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let name = call.name.clone();
            match client::call(call).await {
                Ok(chain_id) => {
                    // Added to be looked at; that it is in view is only a convenience, so its failure is not an error.
                    let _shown = client::call(SelectNetwork { chain_id }).await;
                    toast::show(format!("{name} was added."));
                    app::go("#/home");
                }
                Err(error) => {
                    failure.try_set(Some(of_error(&error)));
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <div data-testid="screen" data-screen="add-network">
            <form class="win" on:submit=submit novalidate>
                <TitleBar title="Add a network" on_back=Callback::new(|()| app::go("#/networks-list"))/>
                <div class="win__body pad request">
                    <p class="dim">
                        "We ask the server which network it answers for. It will see your address and your requests there. It cannot move your money."
                    </p>
                    <TextField id="network-name" label="Name" placeholder="My network" value=name/>
                    <TextField id="network-url" label="Server’s address" placeholder="https://" value=url/>
                    <TextField id="network-symbol" label="Coin that pays its fees" placeholder="ETH" value=symbol/>
                    {redrawn(move || failure.get().map(|problem| view! { <ProblemBox problem/> }))}
                </div>
                <footer class="win__foot">
                    <div class="two two--13">
                        <button type="button" class="btn btn--plain btn--lg" on:click=move |_| app::go("#/networks-list")>
                            "Back"
                        </button>
                        <button
                            type="submit"
                            class="btn btn--primary btn--lg"
                            data-testid="network-submit"
                            disabled=move || busy.get()
                        >
                            {redrawn(move || if busy.get() { "Add…" } else { "Add" })}
                        </button>
                    </div>
                </footer>
            </form>
        </div>
    }
}
