//! Showing a token by its address: the form, then what its contract says of it, to agree to.

use candor_protocol::{
    notice::Notice,
    ui::{Accounts, Networks, PrepareAddToken},
};
use leptos::{ev::SubmitEvent, prelude::*};

use super::{
    approval::RequestView,
    parts::{doing::Doing, live::live, tiles::NetworkTile},
};
use crate::{
    app, client,
    components::{field::TextField, note::Problem, title_bar::TitleBar},
    effect::redrawn,
    model::networks,
};

/// The form, for the network in view.
#[component]
pub fn AddTokenScreen() -> impl IntoView {
    let accounts = live(&[Notice::Accounts], || Some(Accounts {}));
    let networks = live(&[Notice::Networks], || Some(Networks {}));
    let network =
        Memo::new(move |_| networks.with(|all| networks::find(all, all.current).cloned()).flatten());
    let token = RwSignal::new(String::new());
    let prepared = RwSignal::new(None::<u64>);
    let doing = Doing::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let account = accounts
            .with_untracked(|all| all.iter().find(|one| one.selected).map(|one| one.address.clone()))
            .flatten();
        let (Some(account), Some(network)) = (account, network.get_untracked()) else { return };
        let token = token.get_untracked().trim().to_owned();
        let call = PrepareAddToken { account, chain_id: network.chain_id, token };
        doing.begin(async move {
            prepared.try_set(Some(client::call(call).await?));
            Ok(())
        });
    };
    let on_end = Callback::new(|_| app::go("#/home"));
    redrawn(move || {
        if let Some(id) = prepared.get() {
            return view! { <RequestView id screen="review" on_end/> }.into_any();
        }
        view! {
            <div data-testid="screen" data-screen="add-token">
                <form class="win" on:submit=submit novalidate>
                    <TitleBar title="Add a token" on_back=Callback::new(|()| app::go("#/home"))/>
                    <div class="win__body pad request">
                        <p class="dim">
                            "You find its address on the project’s own page. Anyone can give a token any name: only the address tells which one it is."
                        </p>
                        {redrawn(move || network.get().map(|network| view! {
                            <p class="sitebar__who">
                                <NetworkTile name=network.name.clone() chain_id=network.chain_id size=20/>
                                <span>"On "<b>{network.name.clone()}</b></span>
                            </p>
                        }))}
                        <TextField id="token-address" label="Address of the token" placeholder="0x…" value=token/>
                        <Problem problem=doing.trouble()/>
                    </div>
                    <footer class="win__foot">
                        <button type="submit" class="btn btn--primary btn--lg btn--full" data-testid="token-submit">
                            "Look at it"
                        </button>
                    </footer>
                </form>
            </div>
        }
        .into_any()
    })
}
