//! All accounts with their full addresses, where each can be named.

use candor_protocol::{
    notice::Notice,
    ui::{Accounts, AddAccount, RenameAccount, SelectAccount},
    view::AccountView,
};
use leptos::{prelude::*, task::spawn_local};

use super::parts::{
    act::attempt,
    live::live,
    problem_box::{ProblemBox, of_error},
};
use crate::{
    app, browser, client,
    components::{icon::Icon, seal::Seal, title_bar::TitleBar, toast},
};

/// The list of accounts.
#[component]
pub fn AccountsScreen() -> impl IntoView {
    let accounts = live(&[Notice::Accounts], || Some(Accounts {}));
    let adding = RwSignal::new(false);
    let add = move |_| {
        adding.set(true);
        spawn_local(async move {
            if let Err(error) = client::call(AddAccount {}).await {
                toast::show(error.title);
            }
            adding.try_set(false);
        });
    };
    view! {
        <div data-testid="screen" data-screen="accounts">
            <main class="win">
                <TitleBar title="Accounts" on_back=Callback::new(|()| app::go("#/home"))/>
                <div class="win__body">
                    <p class="pad headline dim">
                        "All of them come from your recovery phrase. A name is only for you; nobody else sees it."
                    </p>
                    {move || {
                        accounts.error().map(|error| view! { <ProblemBox problem=of_error(&error)/> })
                    }}
                    {move || {
                        let all = accounts.value().unwrap_or_default();
                        all.into_iter().map(|account| view! { <Account account/> }).collect_view()
                    }}
                </div>
                <footer class="win__foot">
                    <button
                        class="btn btn--plain btn--full"
                        data-testid="account-add"
                        disabled=move || adding.get()
                        on:click=add
                    >
                        <Icon name="plus" size=18/>
                        "Add an account"
                    </button>
                </footer>
            </main>
        </div>
    }
}

/// One account: its name to edit, its address to copy.
#[component]
fn Account(account: AccountView) -> impl IntoView {
    let AccountView { address, name, path, selected, .. } = account;
    let before = name.clone();
    let rename = {
        let address = address.clone();
        move |event| {
            let name = event_target_value(&event).trim().to_owned();
            if !name.is_empty() && name != before {
                attempt(RenameAccount { address: address.clone(), name });
            }
        }
    };
    let copy = {
        let address = address.clone();
        move |_| {
            browser::copy(&address);
            toast::show("Address copied.");
        }
    };
    let select = {
        let address = address.clone();
        move |_| attempt(SelectAccount { address: address.clone() })
    };
    view! {
        <section class="acctcard" data-testid="account-item" data-address=address.clone()>
            <Seal address=address.clone() size=32/>
            <div class="grow">
                <input
                    class="acctcard__name"
                    data-testid="account-name"
                    aria-label="Name of this account"
                    maxlength="40"
                    autocomplete="off"
                    prop:value=move || name.clone()
                    on:change=rename
                />
                <p class="acctcard__addr mono" dir="ltr" title=path>{address.clone()}</p>
            </div>
            <div class="acctcard__acts">
                <button class="iconbtn" aria-label="Copy address" title="Copy" data-testid="address-copy" on:click=copy>
                    <Icon name="copy" size=20/>
                </button>
                {if selected {
                    view! { <span class="acctcard__mark accent"><Icon name="check" size=20/></span> }.into_any()
                } else {
                    view! {
                        <button class="btn btn--quiet btn--sm" data-testid="account-select" on:click=select>
                            "Use"
                        </button>
                    }
                        .into_any()
                }}
            </div>
        </section>
    }
}
