use candor_primitives::{Address, U256};

use crate::{
    Kind, Lens, Note, Slot, Template, Tone,
    amount::HARD_SPACE,
    parts::{Draft, fact, known_name, name_or_short, note, party, short_address, slot},
    token::Token,
};

/// The sides of a permission to spend a token.
pub(crate) struct Permission<'a> {
    pub(crate) lens: &'a dyn Lens,
    pub(crate) token: Token,
    /// What may be spent today, if it could be read.
    pub(crate) today: Option<U256>,
    pub(crate) spender: Address,
    pub(crate) network: Slot,
}

impl Permission<'_> {
    /// `approve`: the amount replaces the one of today. `None` if it cannot be told what the number means.
    pub(crate) fn set(self, amount: U256) -> Option<Draft> {
        if amount.is_zero() && !self.token.is_known() {
            // Zero takes a permission away, but gives one away if it is the number of a collectible.
            return None;
        }
        let spender = party(self.lens, "spender", self.spender);
        let draft = match self.today {
            _ if amount.is_zero() => {
                self.draft(Template::ApproveNone, "Remove").slot(spender).slot(self.token.slot("token"))
            }
            _ if self.token.is_unlimited(amount) => self.unlimited(spender, amount),
            Some(today) if today < amount && !today.is_zero() => self
                .limited(Template::ApproveRaise, "Let it spend", amount)
                .slot(spender)
                .slot(self.before(today)),
            Some(today) if today > amount => self
                .limited(Template::ApproveLower, "Let it spend", amount)
                .slot(spender)
                .slot(self.before(today)),
            _ => self
                .limited(Template::ApproveLimited, "Let it spend", amount)
                .slot(spender)
                .slot(until_used_up()),
        };
        // Whatever a server says of today, it may take the amount from now on.
        let grants = !amount.is_zero();
        let unread = grants && !self.token.is_unlimited(amount) && self.today.is_none();
        Some(self.complete(draft, amount, grants).notes(unread.then(unread_note)))
    }

    /// `increaseAllowance`: the amount is added to the one of today.
    pub(crate) fn add(self, added: U256) -> Draft {
        let spender = party(self.lens, "spender", self.spender);
        let total = self.today.unwrap_or_default().saturating_add(added);
        let unlimited = self.token.is_unlimited(total);
        let draft = if unlimited {
            self.unlimited(spender, added)
        } else {
            self.limited(Template::ApproveMore, "Let it spend", added).slot(spender).slot(until_used_up())
        };
        let unread = self.today.is_none() && !unlimited;
        self.complete(draft, added, true).notes(unread.then(unread_note))
    }

    /// `decreaseAllowance`: the amount is taken from the one of today.
    pub(crate) fn subtract(self, subtracted: U256) -> Draft {
        let spender = party(self.lens, "spender", self.spender);
        let draft = self.limited(Template::ApproveLess, "Lower", subtracted).slot(spender);
        self.complete(draft, subtracted, false)
    }

    fn draft(&self, template: Template, verb: &'static str) -> Draft {
        Draft::new(template, Kind::Approval, verb, self.lens)
    }

    fn limited(&self, template: Template, verb: &'static str, amount: U256) -> Draft {
        self.draft(template, verb)
            .slot(self.token.amount("amount", amount))
            .notes(self.token.amount_note(amount))
    }

    fn unlimited(&self, spender: Slot, amount: U256) -> Draft {
        self.draft(Template::ApproveUnlimited, "Let it spend")
            .slot(spender)
            .slot(self.token.any_amount("amount", amount))
            .slot(slot("until", Tone::Risk, "forever", "until you remove the permission"))
            .note(unlimited_note(&self.token.name()))
    }

    fn before(&self, today: U256) -> Slot {
        if self.token.is_unlimited(today) {
            slot("before", Tone::Plain, "any amount", today.to_string())
        } else {
            self.token.number("before", today)
        }
    }

    fn complete(&self, draft: Draft, amount: U256, grants: bool) -> Draft {
        let today = self.today.map_or_else(|| "could not be read".to_owned(), |today| today.to_string());
        draft
            .slot(self.network.clone())
            .notes(self.token.notes())
            .notes(if grants { spender_notes(self.lens, self.spender) } else { vec![] })
            .fact("Who may spend", self.spender.to_checksum(None))
            .facts(self.token.facts())
            .facts(self.token.amount_facts(amount))
            .facts([fact("May spend today, in smallest units", today)])
    }
}

/// How long a limit lasts that is not renewed.
pub(crate) fn until_used_up() -> Slot {
    slot("until", Tone::Plain, "until used up", "until used up or removed")
}

/// `setApprovalForAll`.
pub(crate) fn collection(lens: &dyn Lens, contract: Address, operator: Address, approved: bool) -> Draft {
    let items = match lens.name_of(contract) {
        Some(name) => format!("all your {name} NFTs"),
        None => format!("all your NFTs of{HARD_SPACE}{}", short_address(contract)),
    };
    let party = party(lens, "operator", operator);
    let exact = contract.to_checksum(None);
    let draft = if approved {
        Draft::new(Template::CollectionAll, Kind::CollectionApproval, "Let it move all", lens)
            .slot(party)
            .slot(slot("items", Tone::Risk, items, exact.clone()))
            .slot(slot("until", Tone::Risk, "now and later", "until you remove the permission"))
            .note(note(
                Tone::Risk,
                "whole-collection",
                format!("{} could take every one of them.", name_or_short(lens, operator)),
                "Also those that you get later, at any time, without asking again. Agree only if you know and need it.",
            ))
            .notes(spender_notes(lens, operator))
    } else {
        Draft::new(Template::CollectionNone, Kind::CollectionApproval, "Remove", lens).slot(party).slot(slot(
            "items",
            Tone::Plain,
            items,
            exact.clone(),
        ))
    };
    draft.fact("Who may move them", operator.to_checksum(None)).fact("Collection", exact)
}

/// What to say of someone who is let near a token.
pub(crate) fn spender_notes(lens: &dyn Lens, spender: Address) -> Vec<Note> {
    let short = short_address(spender);
    if lens.is_contract(spender) == Some(false) {
        return vec![note(
            Tone::Risk,
            "spender-not-contract",
            format!("{short} is not a contract."),
            "Sites let contracts spend tokens. Someone who may spend them without one can simply take them. Reject it.",
        )];
    }
    if known_name(lens, spender).is_some() {
        return vec![];
    }
    vec![note(
        Tone::Care,
        "unknown-spender",
        format!("We do not know {short}."),
        "It can take what you allow at any time. Allow only what you need now.",
    )]
}

pub(crate) fn unlimited_note(token: &str) -> Note {
    note(
        Tone::Risk,
        "unlimited",
        format!("It could take all your {token}, at any time."),
        "Also what you get later, without asking again. Set a limit, or reject.",
    )
}

fn unread_note() -> Note {
    note(
        Tone::Care,
        "allowance-unread",
        "We could not read what it may spend today.",
        "The sentence is exact. We only cannot say whether that is more or less than before.",
    )
}
