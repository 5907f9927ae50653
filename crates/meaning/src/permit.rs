use alloy_dyn_abi::DynSolValue as Value;
use candor_primitives::{Address, U256, address, keccak256};
use candor_signer::TypedData;

use crate::{
    Kind, Lens, Meaning, Slot, Template, Tone,
    approval::{spender_notes, unlimited_note, until_used_up},
    date,
    parts::{Draft, is_here, network, network_note, note, party, slot},
    token::Token,
};

/// EIP-2612.
const PERMIT: &str = "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)";
/// Dai and the tokens that copied it: all or nothing.
const DAI_PERMIT: &str = "Permit(address holder,address spender,uint256 nonce,uint256 expiry,bool allowed)";
/// Uniswap's Permit2, for one token.
const PERMIT2_SINGLE: &str = "PermitSingle(PermitDetails details,address spender,uint256 sigDeadline)PermitDetails(address token,uint160 amount,uint48 expiration,uint48 nonce)";
/// Permit2 has the same address on nearly every network; the second is that of zkSync and its kin.
const PERMIT2: [Address; 2] = [
    address!("0x000000000022D473030F116dDEE9F6B43aC78BA3"),
    address!("0x0000000000225e31D15943971F47aD3022F714Fa"),
];

/// A signature that lets someone spend a token, whatever its dialect.
pub(crate) struct Permit {
    token: Address,
    /// Whose tokens; `None` where it is always the signer.
    pub(crate) owner: Option<Address>,
    spender: Address,
    amount: U256,
    /// Because of the contract's own rule; what is too large to be reached has no limit either.
    never_runs_down: bool,
    /// When the permission itself ends, where the contract enforces that.
    ends: Option<u64>,
    /// Until when it can be handed in.
    deadline: U256,
}

impl Permit {
    /// Recognises a permit by the hash of its full type and by its contract, never by a name.
    pub(crate) fn read(typed: &TypedData) -> Option<Self> {
        let contract = typed.domain().verifying_contract?;
        let Value::CustomStruct { tuple, .. } = typed.message() else { return None };
        let is = |kind: &str| typed.type_hash() == keccak256(kind);
        match tuple.as_slice() {
            [
                Value::Address(owner),
                Value::Address(spender),
                Value::Uint(value, _),
                Value::Uint(_, _),
                Value::Uint(deadline, _),
            ] if is(PERMIT) => Some(Self {
                token: contract,
                owner: Some(*owner),
                spender: *spender,
                amount: *value,
                never_runs_down: false,
                ends: None,
                deadline: *deadline,
            }),
            [
                Value::Address(holder),
                Value::Address(spender),
                Value::Uint(_, _),
                Value::Uint(expiry, _),
                Value::Bool(allowed),
            ] if is(DAI_PERMIT) => Some(Self {
                token: contract,
                owner: Some(*holder),
                spender: *spender,
                amount: if *allowed { U256::MAX } else { U256::ZERO },
                never_runs_down: *allowed,
                ends: None,
                // Zero means that it can be handed in at any time.
                deadline: if expiry.is_zero() { U256::MAX } else { *expiry },
            }),
            [
                Value::CustomStruct { tuple: details, .. },
                Value::Address(spender),
                Value::Uint(deadline, _),
            ] if is(PERMIT2_SINGLE) && PERMIT2.contains(&contract) => {
                let [
                    Value::Address(token),
                    Value::Uint(amount, _),
                    Value::Uint(expiration, _),
                    Value::Uint(_, _),
                ] = details.as_slice()
                else {
                    return None;
                };
                Some(Self {
                    token: *token,
                    owner: None,
                    spender: *spender,
                    amount: *amount,
                    // Full 160 bits never run down; half of that is never reached.
                    never_runs_down: amount.bit_len() == 160,
                    ends: Some(u64::try_from(*expiration).unwrap_or(u64::MAX)),
                    deadline: *deadline,
                })
            }
            _ => None,
        }
    }

    /// What it lets the spender do.
    pub(crate) fn meaning(&self, typed: &TypedData, lens: &dyn Lens) -> Meaning {
        let chain_id = typed.domain().chain_id;
        let here = chain_id.is_none_or(|id| is_here(lens, id));
        let token = if here { Token::new(lens, self.token) } else { Token::elsewhere(self.token) };
        let spender = party(lens, "spender", self.spender);
        let draft = |template, verb| Draft::new(template, Kind::Permit, verb, lens).slot(spender.clone());
        let unlimited = self.never_runs_down || token.is_unlimited(self.amount);
        let draft = if self.amount.is_zero() {
            draft(Template::PermitNone, "Remove").slot(token.slot("token"))
        } else if unlimited {
            draft(Template::PermitUnlimited, "Let it spend")
                .slot(token.any_amount("amount", self.amount))
                .slot(self.until(lens.now(), unlimited))
                .note(unlimited_note(&token.name()))
        } else {
            draft(Template::PermitLimited, "Let it spend")
                .slot(token.amount("amount", self.amount))
                .slot(self.until(lens.now(), unlimited))
                .notes(token.amount_note(self.amount))
        };
        let grants = !self.amount.is_zero();
        let everywhere = chain_id.is_none().then(|| {
            note(
                Tone::Risk,
                "every-network",
                "This does not name its network.",
                "It may count on every network where this token exists. Reject it unless you know why.",
            )
        });
        let late = (self.deadline < U256::from(lens.now())).then(|| {
            note(
                Tone::Care,
                "permit-late",
                "It is too late for this to work.",
                "The time to hand it in is over. Go back to the site and start again.",
            )
        });
        draft
            .slot(self.network(lens, chain_id))
            .notes(chain_id.and_then(|id| network_note(lens, id)))
            .notes(everywhere)
            .notes(late)
            .notes(grants.then(signature_note))
            .notes(token.notes())
            .notes(if grants { spender_notes(lens, self.spender) } else { vec![] })
            .fact("Who may spend", self.spender.to_checksum(None))
            .facts(token.facts())
            .facts(token.amount_facts(self.amount))
            .fact("Can be handed in until", self.deadline_text())
            .finish()
    }

    fn network(&self, lens: &dyn Lens, chain_id: Option<U256>) -> Slot {
        chain_id.map_or_else(
            || slot("network", Tone::Risk, "any network", "no number"),
            |chain_id| network(lens, chain_id),
        )
    }

    /// How long the permission lasts, not how long the signature can be handed in.
    fn until(&self, now: u64, unlimited: bool) -> Slot {
        if let Some(ends) = self.ends.filter(|ends| *ends < now.saturating_add(CENTURY)) {
            // Permit2 takes an end in the past as the end of the block that takes it in.
            let day = date::day(ends, now).filter(|_| ends > now);
            let text = day.map_or_else(|| "for a moment".to_owned(), |day| format!("until {day}"));
            return slot("until", Tone::Plain, text, date::minute(ends));
        }
        if unlimited {
            slot("until", Tone::Risk, "forever", "until you remove the permission")
        } else {
            until_used_up()
        }
    }

    fn deadline_text(&self) -> String {
        u64::try_from(self.deadline).map_or_else(|_| "any time".to_owned(), date::minute)
    }
}

/// An end that far away is none.
const CENTURY: u64 = 100 * 365 * 86_400;

fn signature_note() -> crate::Note {
    note(
        Tone::Care,
        "permission-by-signature",
        "This signature alone gives the permission.",
        "It costs no fee and does not show in your history until it is used. Sign only what you started yourself.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The constants in the contracts of USDC, Dai and Permit2.
    #[test]
    fn types_are_those_of_the_contracts() {
        let check = |kind: &str, hash: &str| assert_eq!(hex::encode(keccak256(kind)), hash, "{kind}");
        check(PERMIT, "6e71edae12b1b97f4d1f60370fef10105fa2faae0126114a169c64845d6126c9");
        check(DAI_PERMIT, "ea2aa0a1be11a07ed86d755c93467f4f82362b452371d1ba94d1715123511acb");
        check(PERMIT2_SINGLE, "f3841cd1ff0085026a6327b620b67997ce40f282c88a8e905a7a5626e310f3d0");
    }
}
