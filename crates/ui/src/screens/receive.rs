//! Receiving: the address of the account in view, to be copied, scanned or read out.

use candor_protocol::{
    notice::Notice,
    ui::{Accounts, Networks},
    view::{AccountView, NetworksView},
};
use leptos::prelude::*;

use super::parts::{
    copy_address::{CheckCopied, CopyAddress},
    fours::Fours,
    live::{Live, live},
    who_row::AccountChip,
};
use crate::{
    app,
    components::{icon::Icon, title_bar::TitleBar},
    effect::redrawn,
    model::{amount, networks, payment_request, qr},
};

/// The address of the account in view.
#[component]
pub fn ReceiveScreen() -> impl IntoView {
    let accounts = live(&[Notice::Accounts], || Some(Accounts {}));
    let networks = live(&[Notice::Networks], || Some(Networks {}));
    let current = Memo::new(move |_| {
        accounts.with(|all| all.iter().find(|account| account.selected).cloned()).flatten()
    });
    view! {
        <div data-testid="screen" data-screen="receive">
            {redrawn(move || match current.get() {
                Some(account) => view! { <Address account networks/> }.into_any(),
                None => view! { <main class="win" aria-busy="true"></main> }.into_any(),
            })}
        </div>
    }
}

/// The address in groups of four.
#[component]
fn Address(account: AccountView, networks: Live<NetworksView>) -> impl IntoView {
    let full = account.address.clone();
    let wanted = RwSignal::new(String::new());
    // The network in view counts only once an amount is asked for: an address is the same everywhere.
    let asked = Memo::new(move |_| {
        let text = wanted.get();
        networks
            .with(|all| {
                let network = networks::find(all, all.current)?;
                let units = amount::parse(&text, network.decimals).ok().filter(|units| *units > 0)?;
                let said = amount::exact(units, network.decimals);
                let said = format!("{said}\u{a0}{} on {}", network.symbol, network.name);
                Some((network.chain_id, units.to_string(), said))
            })
            .flatten()
    });
    let code = {
        let full = full.clone();
        Memo::new(move |_| match asked.get() {
            Some((chain_id, wei, _)) => payment_request::write(&full, chain_id, &wei),
            None => full.clone(),
        })
    };
    view! {
        <main class="win">
            <TitleBar title="Receive" on_back=Callback::new(|()| app::go("#/home"))>
                <AccountChip account=account.clone()/>
            </TitleBar>
            <div class="win__body pad receive">
                {redrawn(move || Some(view! { <QrPlate text=code.get()/> }.into_any()))}
                {redrawn(move || {
                    asked
                        .get()
                        .map(|(.., said)| {
                            view! { <p class="dim" data-testid="receive-asked">"The code asks for "{said}"."</p> }.into_any()
                        })
                })}
                <div class="receive__addr" data-testid="account-address" data-address=full.clone()>
                    <Fours address=full.clone()/>
                </div>
                <CopyAddress address=full.clone() testid="address-copy" large=true/>
                <CheckCopied address=full/>
                <div class="field">
                    <label class="field__label" for="receive-amount">"Ask for an amount in the code"</label>
                    <div class="input">
                        <input
                            id="receive-amount"
                            data-testid="receive-amount"
                            inputmode="decimal"
                            autocomplete="off"
                            placeholder="Any amount"
                            prop:value=move || wanted.get()
                            on:input=move |event| wanted.set(event_target_value(&event))
                        />
                    </div>
                </div>
                <p class="hintline">
                    <span class="good"><Icon name="check" size=18/></span>
                    {redrawn(move || {
                        networks
                            .with(networks::summary)
                            .map(|(first, more)| {
                                view! { <span>"The same address works on "<b>{first}</b>{more}"."</span> }.into_any()
                            })
                    })}
                </p>
                <p class="hintline">
                    <span class="care"><Icon name="alert" size=18/></span>
                    <span>"Bitcoin, Solana or Tron sent here is lost. They use a different kind of address."</span>
                </p>
            </div>
        </main>
    }
}

/// An address or a payment link as a QR code, dark on white in both themes.
#[component]
fn QrPlate(text: String) -> impl IntoView {
    qr::path(&text).map(|(size, path)| {
        view! {
            <div class="qrplate" data-testid="receive-code" data-text=text>
                <svg
                    width="188"
                    height="188"
                    viewBox=format!("0 0 {size} {size}")
                    role="img"
                    aria-label="QR code of this address"
                    shape-rendering="crispEdges"
                >
                    <path d=path></path>
                </svg>
            </div>
        }
        .into_any()
    })
}
