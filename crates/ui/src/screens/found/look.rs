//! Looking for accounts that were used: asks the servers of one's networks about one address after the other, when the
//! person says so, because it shows them these addresses.

use candor_protocol::{
    ui::{Balance, Networks, TransactionCount, UiError, UiErrorCode},
    view::NetworkView,
};
use leptos::prelude::*;

use super::{Found, Row};
use crate::{
    client,
    components::{disclosure::Disclosure, note::Problem, progress::Progress},
    effect::redrawn,
    model::discovery::{self, FAMILIES, GapLimit},
    screens::parts::doing::{Doing, told},
};

/// How many accounts are derived at a time.
const AHEAD: u32 = 5;

/// What leaves this computer on the page.
pub const fn footer(fresh: bool) -> &'static str {
    if fresh {
        "This page works without a connection. Nothing you type or see here leaves this computer."
    } else {
        "Nothing leaves this computer until you look for used accounts."
    }
}

/// The button, what it means, and how far it is.
#[component]
pub fn LookForUsed(
    /// What is listed.
    found: Found,
) -> impl IntoView {
    let says = RwSignal::new(None::<String>);
    let said = RwSignal::new(None::<String>);
    let doing = Doing::new();
    let look = move |_| {
        said.set(None);
        says.set(Some(String::new()));
        doing.begin(async move {
            let came = look_for_used(found, says).await.inspect_err(|_| _ = says.try_set(None))?;
            says.try_set(None);
            said.try_set(Some(came));
            Ok(())
        });
    };
    view! {
        <Disclosure testid="found-look-open" title="Look for accounts that were used">
            <p class="field__hint">
                "Candor asks the servers of your networks about your addresses, one at a time. So those servers see these addresses, and that they belong together."
            </p>
            <button
                type="button"
                class="btn btn--soft"
                data-testid="found-look"
                disabled=move || doing.is_busy()
                on:click=look
            >
                "Look for them"
            </button>
            {redrawn(move || {
                says.with(Option::is_some)
                    .then(|| {
                        view! {
                            <Progress
                                says=Signal::derive(move || says.get().unwrap_or_default())
                                done=Signal::stored(None)
                                on_stop=Callback::new(move |()| says.set(None))
                            />
                        }
                    })
            })}
            <p role="status" data-testid="found-looked">{redrawn(move || said.get())}</p>
            <Problem problem=doing.trouble()/>
        </Disclosure>
    }
}

/// Walks through every family until its gap, ticks what was used, and says what came of it.
async fn look_for_used(found: Found, says: RwSignal<Option<String>>) -> Result<String, UiError> {
    let networks: Vec<NetworkView> = client::call(Networks {})
        .await?
        .networks
        .into_iter()
        .filter(|network| !network.servers.is_empty() && !network.testnet)
        .collect();
    if networks.is_empty() {
        return Err(told(
            UiErrorCode::Invalid,
            "No network has a server that may be asked.",
            "Choose servers in the settings first.",
        ));
    }
    let source = found.source.get_value();
    let mut silent: Vec<String> = Vec::new();
    let mut used = 0;
    let mut stopped = false;
    'families: for family in FAMILIES {
        let mut walk = GapLimit::default();
        while walk.goes_on() {
            for account in source.list(family, walk.next, AHEAD).await? {
                if !walk.goes_on() {
                    break;
                }
                // Stopped by the person, or the page was left.
                if says.try_get_untracked().flatten().is_none() {
                    stopped = true;
                    break 'families;
                }
                says.try_set(Some(discovery::looking(family, account.index, used)));
                let own = discovery::family_of(&account.path, account.index);
                let has = use_of(&account.address, &networks, &mut silent).await;
                walk.learn(has.is_some());
                // The first of Ledger Live is the first of most wallets, which was counted there.
                if own != Some(family) {
                    continue;
                }
                if let Some(has) = has {
                    used += 1;
                    found.tick(&account.path);
                    found.list(Row { family: own, account, has: Some(has) });
                }
            }
        }
    }
    Ok(discovery::looked(used, stopped, &silent))
}

/// What an account has, if it was ever used on any of the networks. All are asked at once, about this address alone.
async fn use_of(address: &str, networks: &[NetworkView], silent: &mut Vec<String>) -> Option<String> {
    let asked: Vec<_> = networks
        .iter()
        .map(|network| {
            let (address, chain_id) = (address.to_owned(), network.chain_id);
            let count = client::call(TransactionCount { address: address.clone(), chain_id });
            (network, count, client::call(Balance { address, chain_id, token: None }))
        })
        .collect();
    let mut has: Vec<String> = Vec::new();
    let mut used = false;
    for (network, count, balance) in asked {
        match (count.await, balance.await) {
            (Ok(count), Ok(balance)) => {
                used |= count > 0;
                if balance.wei != "0" {
                    has.push(format!("{} · {}", balance.text, network.name));
                }
            }
            _ if silent.contains(&network.name) => {}
            _ => silent.push(network.name.clone()),
        }
    }
    match has.len() {
        0 => used.then(|| "Used, empty now".to_owned()),
        1 | 2 => Some(has.join(", ")),
        n => Some(format!("{}, and on {} more", has.first().map_or("", String::as_str), n - 1)),
    }
}
