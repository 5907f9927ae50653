//! One account as a row.

use candor_protocol::view::{AccountKind, AccountView};
use leptos::prelude::*;

use crate::{
    components::{icon::Icon, seal::Seal},
    effect::redrawn,
    model::{address, backup},
};

/// What is to know about an account that cannot sign.
#[must_use]
pub fn mark(kind: AccountKind) -> Option<AnyView> {
    let text = backup::mark(kind)?;
    let tone = (kind == AccountKind::Lost).then_some("care");
    Some(view! { <span class="tag" data-tone=tone data-testid="account-mark">{text}</span> }.into_any())
}

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
    let AccountView { address: full, name, kind, .. } = account;
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
                    " "
                    {mark(kind)}
                </span>
            </span>
            <span class="row__mark accent">
                {redrawn(move || chosen.get().then(|| view! { <Icon name="check" size=20/> }))}
            </span>
        </button>
    }
}
