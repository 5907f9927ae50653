//! A payment in a token. Recipient and amount here; everything else, and the exact sentence, at the review.

use candor_protocol::{
    notice::Notice,
    portfolio::AssetPartView,
    ui::{Accounts, Portfolio, PrepareSendToken},
};
use leptos::{prelude::*, task::spawn_local};

use super::parts::{
    asset_rows::MOST,
    live::live,
    name_lookup::NameLookup,
    problem_box::{ProblemBox, of_error},
};
use crate::{
    app, client,
    components::title_bar::TitleBar,
    effect::redrawn,
    model::{Problem, address},
};

/// The form for one token of one network.
#[component]
pub fn SendTokenScreen(
    /// The network.
    chain_id: u64,
    /// The token's contract.
    token: String,
) -> impl IntoView {
    let accounts = live(&[Notice::Accounts, Notice::Status], || Some(Accounts {}));
    let from = Memo::new(move |_| {
        accounts.with(|all| all.iter().find(|one| one.selected).map(|one| one.address.clone())).flatten()
    });
    let portfolio = live(&[Notice::Portfolio, Notice::Tokens], move || {
        Some(Portfolio { address: from.get()?, most: MOST })
    });
    let (to, typed, max, busy) = (
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
        RwSignal::new(false),
        RwSignal::new(false),
    );
    let failure = RwSignal::new(None::<Problem>);
    let named = RwSignal::new(None);
    let held = {
        let token = token.clone();
        Memo::new(move |_| {
            portfolio
                .with(|all| {
                    let is_it = |part: &&AssetPartView| {
                        part.chain_id == chain_id && part.address.as_deref() == Some(token.as_str())
                    };
                    all.assets.iter().find_map(|asset| {
                        let part = asset.parts.iter().find(is_it)?;
                        Some((asset.name.clone(), part.network.clone(), part.text.clone()))
                    })
                })
                .flatten()
        })
    };
    let review = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(from) = from.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        let to = match to.with_untracked(|to| address::recipient(to)) {
            Ok(to) => to,
            Err(error) => return failure.set(Some(error.problem())),
        };
        busy.set(true);
        failure.set(None);
        let (amount, max) = (typed.get_untracked().trim().to_owned(), max.get_untracked());
        let call = PrepareSendToken { from, chain_id, token: token.clone(), to, amount, max };
        spawn_local(async move {
            match client::call(call).await {
                Ok(id) => app::go(&format!("#/review/{id}")),
                Err(error) => {
                    failure.try_set(Some(of_error(&error)));
                }
            }
            busy.try_set(false);
        });
    };
    let name = move || held.get().map(|(name, ..)| name).unwrap_or_default();
    let have = move || match held.get() {
        Some((_, network, Some(text))) => format!("You have {text} on {network}."),
        Some((_, network, None)) => format!("{network} does not say how much you have."),
        None => String::new(),
    };
    view! {
        <div data-testid="screen" data-screen="send-token">
            <form class="win" on:submit=review novalidate>
                <TitleBar title="Send" on_back=Callback::new(|()| app::go("#/home"))/>
                <div class="win__body">
                    <div class="pad formpart">
                        <label class="field__label" for="send-token-to">"To whom?"</label>
                        <div class="input">
                            <input
                                id="send-token-to"
                                class="mono"
                                data-testid="send-to"
                                dir="ltr"
                                autocomplete="off"
                                spellcheck="false"
                                placeholder="0x… or a name"
                                prop:value=move || to.get()
                                on:input=move |event| to.set(event_target_value(&event))
                            />
                        </div>
                    </div>
                    <NameLookup to found=named/>
                    <div class="pad formpart formpart--ruled">
                        <label class="field__label" for="send-token-amount">"How much?"</label>
                        <div class="amtline">
                            <input
                                id="send-token-amount"
                                class="amt amt--input"
                                data-testid="send-amount"
                                inputmode="decimal"
                                autocomplete="off"
                                placeholder="0"
                                prop:value=move || typed.get()
                                on:input=move |event| {
                                    max.set(false);
                                    typed.set(event_target_value(&event));
                                }
                            />
                            <span class="amt amt--unit">{redrawn(name)}</span>
                            <button
                                type="button"
                                class="btn btn--plain btn--sm"
                                data-testid="send-max"
                                aria-pressed=move || max.get().to_string()
                                on:click=move |_| {
                                    max.set(true);
                                    typed.set(String::new());
                                }
                            >
                                "All of it"
                            </button>
                        </div>
                        <p class="field__hint" data-testid="send-have">{redrawn(have)}</p>
                    </div>
                    {redrawn(move || failure.get().map(|problem| view! { <ProblemBox problem/> }))}
                </div>
                <footer class="win__foot">
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
        </div>
    }
}
