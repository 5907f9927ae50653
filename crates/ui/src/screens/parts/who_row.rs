//! Who asks.

use candor_protocol::view::{AccountView, ApprovalView};
use leptos::prelude::*;

use super::{clock, tiles::SiteTile};
use crate::{components::seal::Seal, model::connection};

/// Who asks: the full origin, what the wallet remembers of it, and the account it asks for.
#[component]
pub fn WhoRow(
    /// The request.
    request: ApprovalView,
) -> impl IntoView {
    let origin = request.origin.unwrap_or_default();
    let history = connection::history(request.site.as_ref(), clock::local, clock::now());
    let framed = request.top_origin.map(|top| {
        view! {
            <div class="who__s care" data-testid="top-origin">
                {format!("inside a page of {}", connection::host(&top))}
            </div>
        }
        .into_any()
    });
    view! {
        <header class="win__top who">
            <SiteTile origin=origin.clone()/>
            <div class="grow">
                <div class="who__site" dir="ltr">{connection::host(&origin)}</div>
                {framed}
                <div class="who__s">{history}</div>
            </div>
            {request.account.map(|account| view! { <AccountChip account/> })}
        </header>
    }
}

/// The account in use, by seal and name.
#[component]
pub fn AccountChip(
    /// The account.
    account: AccountView,
) -> impl IntoView {
    view! {
        <span class="acctchip" title=account.address.clone()>
            <Seal address=account.address.clone() size=22/>
            {account.name}
        </span>
    }
}
