//! The collectibles that someone wants to see on a network: whether they are an account's, without pictures or prices.

use candor_protocol::{
    notice::Notice,
    ui::{Balance, ForgetToken, Tokens},
    view::TokenView,
};
use leptos::prelude::*;

use super::{act::attempt, live::live, tiles::CoinDisc};
use crate::{
    components::{icon::Icon, toast},
    effect::redrawn,
    model::address,
};

/// So many are asked for at once; the others wait until someone wants to see them.
const SHOWN: usize = 20;

/// The rows of one network.
#[component]
pub fn TokenRows(
    /// The network.
    chain_id: u64,
    /// The account in view, the only one that servers hear of.
    account: Memo<Option<String>>,
) -> impl IntoView {
    let tokens = live(&[Notice::Tokens], move || Some(Tokens { chain_id }));
    let all = RwSignal::new(false);
    redrawn(move || {
        let mut tokens = tokens.value()?;
        // Tokens stand among the assets, summed over networks; a collectible's name has its number behind a slash.
        tokens.retain(|token| token.id.contains('/'));
        let more = if all.get() { 0 } else { tokens.len().saturating_sub(SHOWN) };
        tokens.truncate(tokens.len() - more);
        let rows = tokens.into_iter().map(|token| view! { <Row token chain_id account/> }.into_any());
        let show = (more > 0).then(|| {
            view! {
                <div class="pad">
                    <button class="btn btn--quiet btn--sm" data-testid="tokens-more" on:click=move |_| all.set(true)>
                        {format!("Show {more} more")}
                    </button>
                </div>
            }
            .into_any()
        });
        Some(view! { {rows.collect_view()} {show} }.into_any())
    })
}

/// One of them. Only its address tells it from another of the same name, so that stands below.
#[component]
fn Row(token: TokenView, chain_id: u64, account: Memo<Option<String>>) -> impl IntoView {
    let TokenView { id, address, name } = token;
    let asked = id.clone();
    let balance = live(&[Notice::Activity], move || {
        Some(Balance { address: account.get()?, chain_id, token: Some(asked.clone()) })
    });
    let failed = move || balance.error().is_some();
    let text = move || match balance.with(|balance| balance.text.clone()) {
        Some(text) => text,
        None if failed() => "unknown".to_owned(),
        None => "…".to_owned(),
    };
    let second = {
        let short = address::short(&address);
        move || if failed() { "cannot be asked right now".to_owned() } else { short.clone() }
    };
    let label = format!("Take {name} off the list");
    let forget = {
        let name = name.clone();
        move |_| {
            attempt(ForgetToken { chain_id, token: id.clone() });
            toast::show(format!("{name} is off the list. What you have of it is still yours."));
        }
    };
    view! {
        <div class="row" data-testid="asset-row" data-symbol=name.clone() data-address=address.clone()>
            <CoinDisc symbol=name.clone() chain_id size=32/>
            <span class="row__main">
                <span class="row__t row__t--wrap" dir="auto">{name.clone()}</span>
                <span class="row__s" dir="ltr" title=address.clone()>{redrawn(second)}</span>
            </span>
            <span class="row__end">
                <span class="row__t" dir="ltr" title=move || balance.with(|balance| balance.exact.clone())>
                    {redrawn(text)}
                </span>
            </span>
            <button class="iconbtn" data-testid="token-remove" aria-label=label title="Take off the list" on:click=forget>
                <Icon name="trash" size=18/>
            </button>
        </div>
    }
}
