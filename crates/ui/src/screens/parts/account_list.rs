//! One account as a row.

use candor_protocol::view::AccountView;
use leptos::prelude::*;

use crate::{
    components::{icon::Icon, seal::Seal},
    model::address,
};

/// One account as a row to press.
#[component]
pub fn AccountRow(
    /// The account.
    account: AccountView,
    /// Whether it is the chosen one, or one of those.
    #[prop(into)]
    chosen: Signal<bool>,
    /// Pressed, with its address.
    on_press: Callback<String>,
) -> impl IntoView {
    let AccountView { address: full, name, .. } = account;
    let pressed = full.clone();
    view! {
        <button
            class="row"
            data-testid="account-item"
            data-address=full.clone()
            aria-pressed=move || chosen.get().to_string()
            on:click=move |_| on_press.run(pressed.clone())
        >
            <Seal address=full.clone() size=32/>
            <span class="row__main">
                <span class="row__t">{name}</span>
                <span class="row__s">
                    <span class="mono" dir="ltr">{address::short(&full)}</span>
                </span>
            </span>
            <span class="row__mark accent">
                {move || chosen.get().then(|| view! { <Icon name="check" size=20/> })}
            </span>
        </button>
    }
}
