use candor_primitives::{Address, ChainId, U256};

use crate::{
    Fact, Kind, Lens, Meaning, Note, Slot, Template, TokenInfo, Tone,
    known::{imitated, is_also_called},
    parts::{Draft, fact, network, note, short_address, slot},
    text::Readable,
    token::Token,
};

/// What a site wants to see in the wallet's list (EIP-747).
#[derive(Clone, Copy, Debug)]
pub struct Asset<'a> {
    /// Its contract.
    pub contract: Address,
    /// Which of the contract's collectibles it is; nothing for a token of the ERC-20 kind, of which the [`Lens`] says
    /// what its contract says.
    pub collectible: Option<Collectible<'a>>,
    /// How much the account has of it, in smallest units; nothing as long as the network was not asked.
    pub held: Option<U256>,
    /// What the site calls it.
    pub said_symbol: Option<&'a str>,
    /// Into how many decimals it divides, as the site says.
    pub said_decimals: Option<u8>,
}

/// One collectible among those of its contract.
#[derive(Clone, Copy, Debug)]
pub struct Collectible<'a> {
    /// Its number.
    pub number: U256,
    /// What the contract calls itself; empty if it does not.
    pub collection: &'a str,
    /// The standard of the contract: `ERC-721` or `ERC-1155`.
    pub standard: &'static str,
}

/// A site wants to see a token or a collectible in the wallet's list. The name comes from its contract, never from the
/// site, and is not believed where it is that of a token that Candor knows.
#[must_use]
pub fn watch_asset(asset: &Asset<'_>, lens: &dyn Lens) -> Meaning {
    let network = network(lens, U256::from(lens.network().chain_id.get()));
    let draft = Draft::new(Template::WatchAsset, Kind::WatchAsset, "Add", lens);
    let draft = if lens.origin().is_some() { draft.refusal("Don't add") } else { draft }.slot(network);
    match &asset.collectible {
        Some(collectible) => draft
            .slot(of_collection(asset.contract, collectible))
            .notes(not_held(asset))
            .facts(collectible_facts(asset.contract, collectible)),
        None => {
            let token = Token::new(lens, asset.contract);
            let (shown, notes) = match asset.held {
                Some(_) => (token.slot("asset"), differences(asset, &token, lens.network().chain_id)),
                // Nothing is known yet, so there is nothing to take care of.
                None => (Slot { tone: Tone::Plain, ..token.slot("asset") }, Vec::new()),
            };
            draft.slot(shown).notes(notes).facts(token.facts())
        }
    }
    .finish()
}

/// How something in the wallet's list is called. `said` is what its contract said of itself; `collectible` is for one of
/// a contract's collectibles.
#[must_use]
pub fn asset_name(
    chain_id: ChainId,
    contract: Address,
    said: TokenInfo,
    collectible: Option<&Collectible<'_>>,
) -> String {
    match collectible {
        Some(collectible) => of_collection(contract, collectible).text,
        None => Token::on(chain_id, contract, Some(said)).name(),
    }
}

/// `No. 12 of “Lisbon Prints”`, or by the address where the collection has no name that can be read.
fn of_collection(contract: Address, collectible: &Collectible<'_>) -> Slot {
    let proper = |c: char| c.is_alphanumeric() || " .,:!?&+-_/()#'’".contains(c);
    let name = collectible.collection;
    let collection = if !name.is_empty() && name.chars().all(proper) {
        format!("“{name}”")
    } else {
        short_address(contract)
    };
    let digits = collectible.number.to_string();
    let number = match (digits.get(..6), digits.get(digits.len().saturating_sub(4)..)) {
        // Some numbers are hashes; all of it is under Details.
        (Some(head), Some(tail)) if digits.len() > 12 => format!("{head}…{tail}"),
        _ => digits,
    };
    slot("asset", Tone::Plain, format!("No.\u{a0}{number} of {collection}"), contract.to_checksum(None))
}

fn collectible_facts(contract: Address, collectible: &Collectible<'_>) -> Vec<Fact> {
    let name = (!collectible.collection.is_empty()).then(|| {
        fact("Collection name", format!("{}, its contract calls itself that", collectible.collection))
    });
    let rows = [
        fact("Collection", contract.to_checksum(None)),
        fact("Number", collectible.number.to_string()),
        fact("Standard", collectible.standard),
    ];
    rows.into_iter().chain(name).collect()
}

fn not_held(asset: &Asset<'_>) -> Option<Note> {
    (asset.held == Some(U256::ZERO)).then(|| {
        note(
            Tone::Care,
            "not-held",
            "This account does not have it.",
            "The list would say so. Don’t add it if the site told you that it is yours.",
        )
    })
}

/// Where the site and the contract say different things, and where either uses the name of a known token.
fn differences(asset: &Asset<'_>, token: &Token, chain_id: ChainId) -> Vec<Note> {
    let Some(info) = token.info() else { return token.notes() };
    let mut notes = Vec::new();
    let said = asset.said_symbol.filter(|said| !is_also_called(chain_id, asset.contract, &info.symbol, said));
    let claimed = said.and_then(|said| imitated(chain_id, asset.contract, said));
    if let Some(known) = token.imitates().or(claimed) {
        notes.push(note(
            Tone::Risk,
            "imitation-token",
            format!("This is not the known {known}."),
            "Only its name is the same, and anyone can give a token any name. Don’t add it unless someone you trust gave you its address.",
        ));
    }
    if let Some(said) = said {
        notes.push(note(
            Tone::Care,
            "other-name",
            format!("The site calls it “{}”, but it is {}.", Readable::new(said).quote(), token.name()),
            "The list has it under its own name. Don’t add it if you expected another token.",
        ));
    }
    if let Some(said) = asset.said_decimals.filter(|said| *said != info.decimals) {
        notes.push(note(
            Tone::Care,
            "other-decimals",
            "The site is wrong about this token.",
            format!(
                "It says that the token divides into {said} decimals, but it divides into {}. The list counts right. Do not trust amounts that the site shows.",
                info.decimals
            ),
        ));
    }
    notes
}
