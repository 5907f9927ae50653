//! The bar over home and activity.

use candor_protocol::{
    ui::{AddAccount, Lock, SelectAccount},
    view::AccountView,
};
use leptos::{prelude::*, task::spawn_local};

use super::{account_list::AccountRow, act::attempt};
use crate::{
    app, client,
    components::{icon::Icon, seal::Seal, sheet::Sheet, toast},
    effect::redrawn,
    model::address,
};

/// The account in view, with the sheet to choose another, and the ways to settings and out.
#[component]
pub fn HomeBar(
    /// All accounts.
    #[prop(into)]
    accounts: Signal<Vec<AccountView>>,
) -> impl IntoView {
    let choosing = RwSignal::new(false);
    let current =
        Memo::new(move |_| accounts.with(|all| all.iter().find(|account| account.selected).cloned()));
    view! {
        <header class="win__top bar">
            {redrawn(move || {
                current
                    .get()
                    .map(|account| {
                        view! {
                            <button
                                class="acct"
                                data-testid="account-menu"
                                aria-label=format!("Account {}, switch account", account.name)
                                on:click=move |_| choosing.set(true)
                            >
                                <Seal address=account.address.clone() size=32/>
                                <span>
                                    <span class="acct__name">{account.name.clone()}<Icon name="down" size=16/></span>
                                    <span
                                        class="acct__addr"
                                        dir="ltr"
                                        data-testid="account-address"
                                        data-address=account.address.clone()
                                    >
                                        {address::short(&account.address)}
                                    </span>
                                </span>
                            </button>
                        }
                            .into_any()
                    })
            })} <span class="grow"></span>
            <button
                class="iconbtn"
                aria-label="Lock"
                title="Lock"
                data-testid="lock"
                on:click=move |_| attempt(Lock {})
            >
                <Icon name="lock" size=20/>
            </button>
            <button
                class="iconbtn"
                aria-label="Settings"
                title="Settings"
                data-testid="settings-open"
                on:click=move |_| app::go("#/settings")
            >
                <Icon name="menu" size=20/>
            </button>
        </header>
        <Sheet open=choosing title="Accounts">
            <AccountSheet accounts choosing/>
        </Sheet>
    }
}

/// The accounts to choose from.
#[component]
fn AccountSheet(#[prop(into)] accounts: Signal<Vec<AccountView>>, choosing: RwSignal<bool>) -> impl IntoView {
    let select = Callback::new(move |address: String| {
        choosing.set(false);
        attempt(SelectAccount { address });
    });
    let adding = RwSignal::new(false);
    let add = move |_| {
        adding.set(true);
        spawn_local(async move {
            match client::call(AddAccount {}).await {
                Ok(account) => attempt(SelectAccount { address: account.address }),
                Err(error) => toast::show(error.title),
            }
            adding.try_set(false);
            choosing.try_set(false);
        });
    };
    view! {
        <div class="sheet__list">
            {redrawn(move || {
                accounts
                    .get()
                    .into_iter()
                    .map(|account| {
                        let chosen = account.selected;
                        view! { <AccountRow account chosen=Signal::stored(chosen) on_press=select/> }
                    })
                    .collect_view()
            })}
        </div>
        <div class="sheet__foot">
            <button
                class="btn btn--plain btn--full"
                data-testid="account-add"
                disabled=move || adding.get()
                on:click=add
            >
                <Icon name="plus" size=18/>
                "Add an account"
            </button>
            <button class="btn btn--quiet btn--full" data-testid="accounts-open" on:click=move |_| app::go("#/accounts")>
                "Names and addresses"
            </button>
        </div>
    }
}
