use candor_primitives::{Address, U256};
use candor_signer::transaction::{Fields, Prepared};

use crate::{
    Fact, Kind, Lens, Meaning, Template, Tone,
    abi::Call,
    approval::{self, Permission},
    guard::{Findings, Transfer, guard},
    parts::{
        Draft, account, coins, exact_bytes, exact_text, fact, is_here, known_name, network, network_note,
        note, party, short_address, slot,
    },
    token::Token,
};

/// What a transaction does, from exactly the fields that get signed.
#[must_use]
pub fn transaction(prepared: &Prepared, lens: &dyn Lens) -> Meaning {
    let fields = prepared.fields();
    let reading = Reading { fields, lens };
    let draft = match fields.to {
        None => reading.deploy(),
        Some(to) if fields.input.is_empty() => reading.native_transfer(to),
        Some(to) => reading.call(to),
    };
    let meaning = draft.notes(network_note(lens, reading.chain_id())).facts(reading.facts()).finish();
    if reading.pays_on_top(meaning.kind) { reading.with_payment(meaning) } else { meaning }
}

struct Reading<'a> {
    fields: &'a Fields,
    lens: &'a dyn Lens,
}

impl Reading<'_> {
    fn chain_id(&self) -> U256 {
        U256::from(self.fields.chain_id.get())
    }

    fn network(&self) -> crate::Slot {
        network(self.lens, self.chain_id())
    }

    fn native_transfer(&self, to: Address) -> Draft {
        let amount = coins(self.lens, "amount", self.fields.value);
        if to == self.lens.account().address {
            return Draft::new(Template::SelfTransfer, Kind::NativeTransfer, "Send", self.lens)
                .slot(amount)
                .slot(account(self.lens))
                .slot(self.network())
                .guarded(self.guard(to, None));
        }
        Draft::new(Template::NativeTransfer, Kind::NativeTransfer, "Send", self.lens)
            .slot(amount)
            .slot(party(self.lens, "recipient", to))
            .slot(self.network())
            .guarded(self.guard(to, None))
            .fact("Receiver", to.to_checksum(None))
    }

    fn deploy(&self) -> Draft {
        Draft::new(Template::Deploy, Kind::Deploy, "Publish", self.lens)
            .slot(slot(
                "contract",
                Tone::Plain,
                "a new contract",
                format!("{} bytes", self.fields.input.len()),
            ))
            .slot(self.network())
    }

    fn call(&self, to: Address) -> Draft {
        // A server says so. If it lies, the call has its effect all the same, so the sentence tells it.
        let denied = (self.lens.is_contract(to) == Some(false)).then(|| {
            note(
                Tone::Care,
                "no-contract",
                format!("The server says there is no contract at this address, {}.", short_address(to)),
                "If that is true, the instructions that come along have no effect there. If it is not, they do what the sentence says. Reject it unless you expected that.",
            )
        });
        self.instructions(to).notes(denied)
    }

    fn instructions(&self, to: Address) -> Draft {
        let Some(call) = Call::decode(&self.fields.input) else { return self.unknown_call(to) };
        let understood = match call {
            Call::Transfer { recipient, amount } => Some(self.token_transfer(to, None, recipient, amount)),
            Call::TransferFrom { owner, recipient, amount } => {
                let owner = Some(owner).filter(|owner| *owner != self.lens.account().address);
                Some(self.token_transfer(to, owner, recipient, amount))
            }
            Call::Approve { spender, amount } => self.permission(to, spender).set(amount),
            Call::IncreaseAllowance { spender, added } => Some(self.permission(to, spender).add(added)),
            Call::DecreaseAllowance { spender, subtracted } => {
                Some(self.permission(to, spender).subtract(subtracted))
            }
            Call::SetApprovalForAll { operator, approved } => {
                Some(approval::collection(self.lens, to, operator, approved).slot(self.network()))
            }
        };
        match understood {
            Some(draft) => draft.fact("Function", call.signature()),
            None => self.unknown_call(to).notes(self.token(to).notes()).fact("Function", call.signature()),
        }
    }

    /// The lens sees only its own network; elsewhere the same address may be another token.
    fn token(&self, contract: Address) -> Token {
        if is_here(self.lens, self.chain_id()) {
            Token::new(self.lens, contract)
        } else {
            Token::elsewhere(contract)
        }
    }

    fn permission(&self, contract: Address, spender: Address) -> Permission<'_> {
        let here = is_here(self.lens, self.chain_id());
        Permission {
            lens: self.lens,
            token: self.token(contract),
            today: here.then(|| self.lens.allowance(contract, spender)).flatten(),
            spender,
            network: self.network(),
        }
    }

    fn token_transfer(&self, contract: Address, owner: Option<Address>, to: Address, amount: U256) -> Draft {
        let token = self.token(contract);
        let template = if owner.is_some() { Template::TokenTransferFrom } else { Template::TokenTransfer };
        let draft =
            Draft::new(template, Kind::TokenTransfer, "Send", self.lens).slot(token.amount("amount", amount));
        let draft = match owner {
            Some(owner) => {
                draft.slot(party(self.lens, "owner", owner)).fact("Owner", owner.to_checksum(None))
            }
            None => draft,
        };
        draft
            .slot(party(self.lens, "recipient", to))
            .slot(self.network())
            .guarded(self.guard(to, Some(contract)))
            .notes(token.notes())
            .notes(token.amount_note(amount))
            .fact("Receiver", to.to_checksum(None))
            .facts(token.facts())
            .facts(token.amount_facts(amount))
    }

    fn unknown_call(&self, to: Address) -> Draft {
        let exact = exact_bytes(&self.fields.input);
        let function = slot("function", Tone::Care, "a function we do not know", exact);
        let contract = party(self.lens, "contract", to);
        let draft =
            if self.fields.value.is_zero() {
                Draft::new(Template::UnknownCall, Kind::UnknownCall, "Run", self.lens)
            } else {
                Draft::new(Template::UnknownCallPaid, Kind::UnknownCall, "Pay and run", self.lens)
                    .slot(coins(self.lens, "value", self.fields.value))
            };
        let stranger = known_name(self.lens, to).is_none().then(|| {
            note(
                Tone::Care,
                "unknown-contract",
                format!("We do not know {}.", short_address(to)),
                "We cannot say what it will do. Agree only if you trust who asks.",
            )
        });
        draft
            .slot(function)
            .slot(contract)
            .slot(self.network())
            .notes(stranger)
            .fact("Contract", to.to_checksum(None))
    }

    fn guard(&self, to: Address, token: Option<Address>) -> Findings {
        let coins = self.fields.value;
        guard(&Transfer { lens: self.lens, to, token, coins })
    }

    /// Whether coins go along with something whose sentence does not say so.
    fn pays_on_top(&self, kind: Kind) -> bool {
        !self.fields.value.is_zero() && !matches!(kind, Kind::NativeTransfer | Kind::UnknownCall)
    }

    /// The same request, with its payment in the sentence.
    fn with_payment(&self, inner: Meaning) -> Meaning {
        let whole = inner.sentence.plain_text();
        let act = whole.trim_end_matches('.');
        let mut letters = act.chars();
        let act: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
        let value = coins(self.lens, "value", self.fields.value);
        let unusual = (inner.kind != Kind::Deploy).then(|| {
            note(
                Tone::Risk,
                "payment-on-top",
                format!("It also costs {}.", value.text),
                "Moving tokens or allowing someone to move them needs no payment. Reject it unless you know what it is for.",
            )
        });
        let tone = inner.tone;
        let draft = Draft::new(Template::PayAnd, inner.kind, inner.verb, self.lens)
            .slot(value)
            .slot(slot("act", tone, act, exact_text(&whole)))
            .notes(unusual)
            .notes(inner.notes)
            .facts(inner.facts)
            .look_alike(inner.look_alike);
        draft.finish()
    }

    fn facts(&self) -> Vec<Fact> {
        let Fields { value, input, .. } = self.fields;
        let value = (!value.is_zero()).then(|| fact("Value in smallest units", value.to_string()));
        let input = (!input.is_empty()).then(|| fact("Data", input.to_string()));
        value.into_iter().chain(input).collect()
    }
}
