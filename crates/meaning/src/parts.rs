use std::borrow::Cow;

use candor_primitives::{Address, U256};

use crate::{
    Fact, Kind, Lens, LookAlike, Meaning, Note, Sentence, Slot, Template, Tone,
    amount::{HARD_SPACE, in_sentence},
    guard::Findings,
};

/// From here on a permission has no limit that anyone could reach: more smallest units than any token has, however
/// many decimals it is said to have.
pub(crate) const UNLIMITED: U256 = U256::from_limbs([0, 0, 1, 0]);

/// What a part shows when it is pressed has at most that many characters, because it gets stored.
const MAX_EXACT: usize = 4_096;

/// An address as people compare it at a glance: checksummed, the first six and the last four characters.
#[must_use]
pub fn short_address(address: Address) -> String {
    let full = address.to_checksum(None);
    let (head, tail) = (full.get(..6).unwrap_or_default(), full.get(38..).unwrap_or_default());
    format!("{head}…{tail}")
}

/// Notes by tone, the worst first, otherwise in the order given.
#[must_use]
pub fn worst_first(notes: Vec<Note>) -> Vec<Note> {
    let (mut sorted, rest): (Vec<_>, Vec<_>) = notes.into_iter().partition(|note| note.tone == Tone::Risk);
    let (care, plain): (Vec<_>, Vec<_>) = rest.into_iter().partition(|note| note.tone == Tone::Care);
    sorted.extend(care);
    sorted.extend(plain);
    sorted
}

/// A meaning while it is put together.
pub(crate) struct Draft {
    template: Template,
    kind: Kind,
    verb: &'static str,
    refusal: &'static str,
    slots: Vec<Slot>,
    notes: Vec<Note>,
    facts: Vec<Fact>,
    words: Option<String>,
    look_alike: Option<LookAlike>,
}

impl Draft {
    /// A request that a site makes, or the user: the way out is named after that.
    pub(crate) fn new(template: Template, kind: Kind, verb: &'static str, lens: &dyn Lens) -> Self {
        let refusal = if lens.origin().is_some() { "Reject" } else { "Back" };
        Self {
            template,
            kind,
            verb,
            refusal,
            slots: vec![],
            notes: vec![],
            facts: vec![],
            words: None,
            look_alike: None,
        }
    }

    pub(crate) const fn refusal(mut self, refusal: &'static str) -> Self {
        self.refusal = refusal;
        self
    }

    pub(crate) fn slot(mut self, slot: Slot) -> Self {
        self.slots.push(slot);
        self
    }

    pub(crate) fn note(mut self, note: Note) -> Self {
        self.notes.push(note);
        self
    }

    pub(crate) fn notes(mut self, notes: impl IntoIterator<Item = Note>) -> Self {
        self.notes.extend(notes);
        self
    }

    pub(crate) fn fact(mut self, label: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.facts.push(fact(label, value));
        self
    }

    pub(crate) fn facts(mut self, facts: impl IntoIterator<Item = Fact>) -> Self {
        self.facts.extend(facts);
        self
    }

    pub(crate) fn words(mut self, words: Option<String>) -> Self {
        self.words = words;
        self
    }

    /// What the guards found.
    pub(crate) fn guarded(mut self, findings: Findings) -> Self {
        self.notes.extend(findings.notes);
        self.look_alike(findings.look_alike)
    }

    pub(crate) fn look_alike(mut self, look_alike: Option<LookAlike>) -> Self {
        self.look_alike = look_alike;
        self
    }

    pub(crate) fn finish(self) -> Meaning {
        let Self { template, kind, verb, refusal, mut slots, notes, facts, words, look_alike } = self;
        // In the order of the pattern.
        let names = template.english().split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0));
        for (place, name) in names.enumerate() {
            if let Some(at) = slots.iter().skip(place).position(|slot| slot.name == name) {
                slots.swap(place, place + at);
            }
        }
        let notes = worst_first(notes);
        let tones = slots.iter().map(|slot| slot.tone).chain(notes.iter().map(|note| note.tone));
        let tone = tones.max().unwrap_or_default();
        let sentence = Sentence { template, slots };
        Meaning { sentence, tone, verb, refusal, kind, notes, facts, words, look_alike }
    }
}

pub(crate) fn fact(label: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Fact {
    Fact { label: label.into(), value: value.into() }
}

pub(crate) fn note(tone: Tone, rule: &'static str, what: impl Into<String>, why: impl Into<String>) -> Note {
    Note { tone, rule, what: what.into(), why: why.into() }
}

pub(crate) fn slot(
    name: &'static str,
    tone: Tone,
    text: impl Into<String>,
    exact: impl Into<String>,
) -> Slot {
    Slot { name, text: text.into(), tone, exact: exact.into() }
}

/// A text for [`Slot::exact`]. What is cut off is counted.
pub(crate) fn exact_text(text: &str) -> String {
    cut(text, text.len())
}

/// Bytes for [`Slot::exact`], hexadecimal. What is cut off is counted.
pub(crate) fn exact_bytes(bytes: &[u8]) -> String {
    cut(&format!("0x{}", hex::encode(bytes)), bytes.len())
}

fn cut(text: &str, bytes: usize) -> String {
    match text.char_indices().nth(MAX_EXACT) {
        Some((end, _)) => format!("{}… ({bytes} bytes)", text.split_at(end).0),
        None => text.to_owned(),
    }
}

/// Someone: the name the wallet has for the address, else the short address.
pub(crate) fn party(lens: &dyn Lens, name: &'static str, address: Address) -> Slot {
    slot(name, Tone::Plain, name_or_short(lens, address), address.to_checksum(None))
}

pub(crate) fn name_or_short(lens: &dyn Lens, address: Address) -> String {
    known_name(lens, address).unwrap_or_else(|| short_address(address))
}

/// The wallet's name for an address, the signing account included.
pub(crate) fn known_name(lens: &dyn Lens, address: Address) -> Option<String> {
    lens.name_of(address).or_else(|| {
        let account = lens.account();
        (account.address == address).then_some(account.name)
    })
}

/// The signing account.
pub(crate) fn account(lens: &dyn Lens) -> Slot {
    let account = lens.account();
    slot("account", Tone::Plain, account.name, account.address.to_checksum(None))
}

/// The site that asks; nothing if the user does.
pub(crate) fn site(lens: &dyn Lens) -> Option<Slot> {
    lens.origin().map(|origin| slot("site", Tone::Plain, origin.host(), origin.as_str()))
}

/// The network that the payload names, which is the lens's unless something is wrong.
pub(crate) fn network(lens: &dyn Lens, chain_id: U256) -> Slot {
    let network = lens.network();
    if is_here(lens, chain_id) {
        slot("network", Tone::Plain, network.name, format!("number {chain_id}"))
    } else {
        slot("network", Tone::Care, format!("network number {chain_id}"), format!("number {chain_id}"))
    }
}

/// Whether this is the number of the lens's network.
pub(crate) fn is_here(lens: &dyn Lens, chain_id: U256) -> bool {
    U256::from(lens.network().chain_id.get()) == chain_id
}

/// What to say if the payload names another network than the request.
pub(crate) fn network_note(lens: &dyn Lens, chain_id: U256) -> Option<Note> {
    (!is_here(lens, chain_id)).then(|| {
        let name = lens.network().name;
        note(
            Tone::Risk,
            "other-network",
            "This is for another network.",
            format!("The request is for {name}, but what gets signed counts on network number {chain_id}. That can be an error or a trick. Reject it unless you expected it."),
        )
    })
}

/// An amount of the network's coin.
pub(crate) fn coins(lens: &dyn Lens, name: &'static str, wei: U256) -> Slot {
    let network = lens.network();
    let text = format!("{}{HARD_SPACE}{}", in_sentence(wei, network.coin_decimals), network.coin_symbol);
    slot(name, Tone::Plain, text, wei.to_string())
}
