//! All accounts with their full addresses, where each can be named.

use candor_protocol::{
    notice::Notice,
    ui::{Accounts, AddAccount, ForgetWatched, RenameAccount, SelectAccount, WatchAccount},
    view::{AccountKind, AccountView},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use super::parts::{
    account_list::mark,
    act::attempt,
    copy_address::CopyAddress,
    doing::Doing,
    live::live,
    problem_box::{ProblemBox, of_error},
};
use crate::{
    app, client,
    components::{
        field::TextField, icon::Icon, note::Problem, seal::Seal, sheet::Sheet, title_bar::TitleBar, toast,
    },
    effect::redrawn,
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
    let watching = RwSignal::new(false);
    let more = RwSignal::new(false);
    let has_phrase = move || {
        let from = |account: &&AccountView| account.kind == AccountKind::Derived;
        accounts.with(|all| {
            let selected = all.iter().filter(from).find(|account| account.selected);
            selected.or_else(|| all.iter().find(from)).map(|account| account.keyring.clone())
        })
    };
    view! {
        <div data-testid="screen" data-screen="accounts">
            <main class="win">
                <TitleBar title="Accounts" on_back=Callback::new(|()| app::go("#/home"))/>
                <div class="win__body">
                    <p class="pad headline dim">
                        "A name is only for you; nobody else sees it."
                    </p>
                    {redrawn(move || {
                        accounts.error().map(|error| view! { <ProblemBox problem=of_error(&error)/> })
                    })}
                    {redrawn(move || {
                        let all = accounts.value().unwrap_or_default();
                        all.into_iter().map(|account| view! { <Account account/> }).collect_view()
                    })}
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
                    <button
                        class="btn btn--quiet btn--full"
                        data-testid="account-more"
                        on:click=move |_| more.set(true)
                    >
                        "Other ways to add"
                    </button>
                </footer>
            </main>
            <Sheet open=more title="Other ways to add">
                <div class="ledger">
                    <WayRow
                        icon="key"
                        testid="account-import"
                        title="Another wallet"
                        sub="A phrase, shares, a private key or a key file"
                        on_press=Callback::new(|()| app::open_tab("#/restore"))
                    />
                    {redrawn(move || {
                        has_phrase()
                            .flatten()
                            .map(|keyring| {
                                view! {
                                    <WayRow
                                        icon="users"
                                        testid="account-find"
                                        title="More accounts of this phrase"
                                        sub="Those that you used, or by their address"
                                        on_press=Callback::new(move |()| app::open_tab(&format!("#/found/{keyring}")))
                                    />
                                }
                            })
                    })}
                    <WayRow
                        icon="eye"
                        testid="account-watch"
                        title="Watch an address"
                        sub="See what it has, without its key"
                        on_press=Callback::new(move |()| {
                            more.set(false);
                            watching.set(true);
                        })
                    />
                </div>
            </Sheet>
            <Sheet open=watching title="Watch an address">
                <Watch watching/>
            </Sheet>
        </div>
    }
}

/// One way to add.
#[component]
fn WayRow(
    icon: &'static str,
    testid: &'static str,
    title: &'static str,
    sub: &'static str,
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button class="row row--tall" data-testid=testid on:click=move |_| on_press.run(())>
            <span class="disc"><Icon name=icon/></span>
            <span class="row__main">
                <span class="row__t">{title}</span>
                <span class="row__s">{sub}</span>
            </span>
        </button>
    }
}

/// An address to look at, without its key.
#[component]
fn Watch(watching: RwSignal<bool>) -> impl IntoView {
    let address = RwSignal::new(String::new());
    let doing = Doing::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let address = address.get_untracked().trim().to_owned();
        doing.begin(async move {
            client::call(WatchAccount { address }).await?;
            toast::show("Added, only to watch.");
            watching.try_set(false);
            Ok(())
        });
    };
    view! {
        <form on:submit=submit novalidate>
            <div class="sheet__text">
                <p class="dim">"You see what it has. Nothing can be sent from it here."</p>
                <TextField id="account-watch-address" label="Address" placeholder="0x…" value=address/>
                <Problem problem=doing.trouble()/>
            </div>
            <div class="sheet__foot">
                <button type="submit" class="btn btn--primary btn--full" data-testid="account-watch-submit">
                    "Watch"
                </button>
            </div>
        </form>
    }
}

/// One account: its name to edit, its address to copy.
#[component]
fn Account(account: AccountView) -> impl IntoView {
    let AccountView { address, name, path, kind, selected, .. } = account;
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
    let select = {
        let address = address.clone();
        move |_| attempt(SelectAccount { address: address.clone() })
    };
    let show_key = matches!(kind, AccountKind::Derived | AccountKind::Key).then(|| {
        let to = format!("#/key/{address}");
        view! {
            <button
                class="iconbtn"
                aria-label="Show private key"
                title="Private key"
                data-testid="key-export"
                on:click=move |_| app::open_tab(&to)
            >
                <Icon name="key" size=20/>
            </button>
        }
        .into_any()
    });
    let forget = (kind == AccountKind::Watched).then(|| {
        let address = address.clone();
        view! {
            <button
                class="btn btn--quiet btn--sm"
                data-testid="account-forget"
                on:click=move |_| attempt(ForgetWatched { address: address.clone() })
            >
                "Stop watching"
            </button>
        }
        .into_any()
    });
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
                {mark(kind)}
                {forget}
            </div>
            <div class="acctcard__acts">
                {show_key}
                <CopyAddress address=address.clone() testid="address-copy"/>
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
