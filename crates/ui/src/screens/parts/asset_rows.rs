//! Every asset once, with its sum over networks, and behind a press what of it is where.

use candor_protocol::{
    portfolio::{AssetPartView, AssetView, PortfolioView, PriceView},
    ui::ForgetToken,
};
use leptos::prelude::*;

use super::{
    act::attempt,
    clock,
    live::Live,
    tiles::{CoinDisc, NetworkTile},
};
use crate::{
    app,
    components::{icon::Icon, toast},
    effect::redrawn,
    model::{address, portfolio},
};

/// So many are drawn until someone wants to see all.
pub const SHOWN: u32 = 30;
/// The most that are drawn at all.
pub const MOST: u32 = 2000;

/// The rows, and a button for those that are left out.
#[component]
pub fn AssetRows(
    /// What there is.
    portfolio: Live<PortfolioView>,
    /// How many are asked for.
    most: RwSignal<u32>,
    /// The one that is unfolded.
    open: RwSignal<Option<String>>,
) -> impl IntoView {
    redrawn(move || {
        let PortfolioView { assets, more, .. } = portfolio.value()?;
        let rows = assets.into_iter().map(|asset| row(asset, open));
        let show = (more > 0 && most.get() < MOST).then(|| {
            view! {
                <div class="pad">
                    <button class="btn btn--quiet btn--sm" data-testid="assets-more" on:click=move |_| most.set(MOST)>
                        {format!("Show {more} more")}
                    </button>
                </div>
            }
            .into_any()
        });
        Some(view! { {rows.collect_view()} {show} }.into_any())
    })
}

/// Where a price comes from and how old it is.
pub fn told_price(price: &PriceView) -> String {
    let at = clock::local(price.at_ms);
    let (day, time) = (at.day(clock::now()), at.clock());
    let one = price.text.as_ref().map(|text| format!("{text} each, ")).unwrap_or_default();
    format!("{one}{}, {day} {time}", price.source)
}

fn row(asset: AssetView, open: RwSignal<Option<String>>) -> AnyView {
    let AssetView { name, text, exact, worth, price, parts } = asset;
    let Some(first) = parts.first().cloned() else { return ().into_any() };
    let is_token = first.address.is_some();
    let unfolds = parts.len() > 1 || price.is_some() || is_token;
    // Only its address tells it from another of the same name.
    let key = format!("{name} {}", if parts.len() > 1 { "" } else { first.address.as_deref().unwrap_or("") });
    let second = portfolio::place(&parts.iter().map(|part| part.network.as_str()).collect::<Vec<_>>());
    let second = match &first.address {
        Some(contract) if parts.len() == 1 => format!("{} {second}", address::short(contract)),
        _ => second,
    };
    let is_open = {
        let key = key.clone();
        Signal::derive(move || open.with(|open| open.as_ref() == Some(&key)))
    };
    let label = format!("Where your {name} is");
    let fold = move |_| open.set(if is_open.get_untracked() { None } else { Some(key.clone()) });
    let remove = first.listed.clone().filter(|_| parts.len() == 1);
    let remove = remove.map(|listed| forget(name.clone(), first.chain_id, listed));
    let end = unfolds.then(|| {
        view! {
            <button class="iconbtn" data-testid="asset-open" aria-label=label aria-expanded=move || is_open.get().to_string() on:click=fold>
                <Icon name="down" size=18/>
            </button>
        }
        .into_any()
    });
    let below = {
        let name = name.clone();
        redrawn(move || is_open.get().then(|| unfolded(&name, &parts, price.as_ref())))
    };
    let address = first.address.clone();
    view! {
        <div class="row" data-testid="asset-row" data-symbol=name.clone() data-address=address>
            <CoinDisc symbol=name.clone() chain_id=first.chain_id size=32/>
            <span class="row__main">
                <span class="row__t row__t--wrap" dir="auto">{name.clone()}</span>
                <span class="row__s">{second}</span>
            </span>
            <span class="row__end">
                <span class="row__t" dir="ltr" title=exact>{text.unwrap_or_else(|| "unknown".to_owned())}</span>
                <span class="row__s" dir="ltr" data-testid="asset-worth">{worth.unwrap_or_else(|| "no price".to_owned())}</span>
            </span>
            {remove}
            {end}
        </div>
        {below}
    }
    .into_any()
}

fn unfolded(name: &str, parts: &[AssetPartView], price: Option<&PriceView>) -> AnyView {
    let rows = parts.iter().map(|part| {
        let AssetPartView { chain_id, network, address, listed, text, .. } = part.clone();
        let short = address.as_deref().map(address::short);
        let send = address.clone().map(|token| {
            view! {
                <button
                    class="iconbtn"
                    data-testid="token-send"
                    aria-label=format!("Send {name} on {network}")
                    title="Send"
                    on:click=move |_| app::go(&format!("#/send-token/{chain_id}/{token}"))
                >
                    <Icon name="send" size=18/>
                </button>
            }
            .into_any()
        });
        let remove = listed.filter(|_| parts.len() > 1).map(|listed| forget(name.to_owned(), chain_id, listed));
        view! {
            <div class="row row--net" data-testid="asset-part" data-chain-id=chain_id.to_string()>
                <NetworkTile name=network.clone() chain_id/>
                <span class="row__main">
                    <span class="row__t row__t--light">{network}</span>
                    <span class="row__s" dir="ltr" title=address>{short}</span>
                </span>
                <span class="row__end"><span class="row__t row__t--light" dir="ltr">{text.unwrap_or_else(|| "unknown".to_owned())}</span></span>
                {send}
                {remove}
            </div>
        }
        .into_any()
    });
    let price =
        price.map(|price| view! { <p class="pad row__s" data-testid="asset-price">{told_price(price)}</p> });
    view! { {rows.collect_view()} {price} }.into_any()
}

fn forget(name: String, chain_id: u64, token: String) -> AnyView {
    let label = format!("Take {name} off the list");
    let press = move |_| {
        attempt(ForgetToken { chain_id, token: token.clone() });
        toast::show(format!("{name} is off the list. What you have of it is still yours."));
    };
    view! {
        <button class="iconbtn" data-testid="token-remove" aria-label=label title="Take off the list" on:click=press>
            <Icon name="trash" size=18/>
        </button>
    }
    .into_any()
}
