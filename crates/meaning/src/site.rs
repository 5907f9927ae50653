use candor_primitives::{ChainId, U256};

use crate::{
    Kind, Lens, Meaning, Template, Tone,
    parts::{Draft, fact, note, site, slot},
};

/// A site wants to see accounts; `accounts` is how many are picked at the moment, `networks` are the names of those
/// that it asks for beside the one in use.
#[must_use]
pub fn connect(lens: &dyn Lens, accounts: usize, networks: &[String]) -> Meaning {
    let text = if accounts == 1 { "1 account".to_owned() } else { format!("{accounts} accounts") };
    let template = if networks.is_empty() { Template::Connect } else { Template::ConnectOn };
    let mut draft = Draft::new(template, Kind::Connect, "Connect", lens).refusal("Don't connect");
    let all = networks.join(", ");
    match networks {
        [] => {}
        [one] => draft = draft.slot(slot("networks", Tone::Plain, one.clone(), all)),
        more => draft = draft.slot(slot("networks", Tone::Plain, format!("{} networks", more.len()), all)),
    }
    if let Some(site) = site(lens) {
        draft = draft.fact("Site", site.exact.clone()).slot(site);
    }
    draft.slot(slot("accounts", Tone::Plain, text.clone(), text)).finish()
}

/// A site wants to use another network that the wallet has; `name` is the wallet's own name for it.
#[must_use]
pub fn switch_network(lens: &dyn Lens, name: &str, chain_id: ChainId) -> Meaning {
    let mut draft = Draft::new(Template::SwitchNetwork, Kind::SwitchNetwork, "Switch", lens)
        .slot(slot("network", Tone::Plain, name, format!("number {chain_id}")))
        .fact("Network number", chain_id.to_string());
    if let Some(site) = site(lens) {
        draft = draft.slot(site);
    }
    draft.finish()
}

/// A network is to be added. `known_name` is the wallet's own name for that number; without one it is only a number,
/// because anyone can call a network anything.
#[must_use]
pub fn add_network(lens: &dyn Lens, known_name: Option<&str>, chain_id: ChainId) -> Meaning {
    let exact = format!("number {chain_id}");
    let network = match known_name {
        Some(name) => slot("network", Tone::Plain, name, exact),
        None => slot("network", Tone::Care, format!("network number {}", U256::from(chain_id.get())), exact),
    };
    let unknown = known_name.is_none().then(|| {
        note(
            Tone::Care,
            "unknown-network",
            "We do not know this network.",
            "Its name and its coin are what the site says. Add it only if you trust who asks.",
        )
    });
    let (template, site) = match site(lens) {
        Some(site) => (Template::AddNetwork, Some(site)),
        None => (Template::AddOwnNetwork, None),
    };
    let refusal = if site.is_some() { "Don't add" } else { "Back" };
    let mut draft = Draft::new(template, Kind::AddNetwork, "Add", lens).refusal(refusal).slot(network);
    if let Some(site) = site {
        draft = draft.slot(site);
    }
    draft.notes(unknown).facts([fact("Network number", chain_id.to_string())]).finish()
}
