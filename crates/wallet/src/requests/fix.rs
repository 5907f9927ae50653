//! From what was found out about a transaction, what was asked for and what the person chose, to what gets signed.

use candor_chain::{ChainKind, gas};
use candor_primitives::{ChainId, U256};
use candor_protocol::ui::UiError;

use super::{
    fee::{Rate, signed},
    prepare::kind_of,
    problems::{no_fee, not_that_much, unreachable},
};
use crate::{
    Wallet,
    outbox::Slice,
    records::{Asked, AskedFees, Basis, FeeChoice, FeesChosen, Fixed, Problem},
    surface::error,
};

/// The work to allow where trying it out failed and nobody named a limit: more than a swap through several pools
/// takes. Unused work is not paid for, and a failing call mostly ends early.
const BLIND_LIMIT: u64 = 500_000;

/// Where a transaction happens, as far as its fee depends on it or speaks of it.
pub(super) struct Place {
    pub(super) network: String,
    pub(super) symbol: String,
    pub(super) kind: ChainKind,
}

/// Decides price, work limit, number and value.
///
/// `fixed` holds what was found out; what it says of those four is replaced. `spent` is what earlier transactions of
/// the same request take. Price, limit and number chosen by the person win over those of the site, which win over the
/// wallet's.
pub(super) fn decide(
    asked: &Asked,
    choice: &FeeChoice,
    fixed: Fixed,
    spent: U256,
    place: &Place,
) -> Result<Fixed, Problem> {
    let Basis { latest, balance, market, estimate, refusal, waiting, .. } = &fixed.basis;
    let balance = balance.saturating_sub(spent);
    if asked.value.is_some_and(|value| value > balance) {
        return Err(not_that_much(balance, &place.symbol, &place.network));
    }
    let rate = Rate::choose(choice.fees, asked.fees, market.as_ref());
    let mut rate = rate.ok_or_else(|| unreachable(&place.network))?;
    let nonce = choice.nonce.or(asked.nonce).filter(|nonce| nonce >= latest).unwrap_or(fixed.usual_nonce);
    let open = asked.fees == AskedFees::Open && !matches!(choice.fees, Some(FeesChosen::Own(_)));
    for (_, price) in waiting.iter().filter(|(number, _)| open && *number == nonce) {
        rate = rate.outbidding(*price);
    }
    let named = choice.gas_limit.or(asked.gas);
    let gas_limit = match (named, estimate, refusal) {
        (Some(limit), ..) => limit,
        (None, Some(estimate), _) => usual_limit(asked, &fixed, *estimate, place.kind),
        (None, None, Some(_)) if choice.anyway => BLIND_LIMIT,
        (None, None, Some(refusal)) => return Err(refusal.clone()),
        (None, None, None) => return Err(unreachable(&place.network)),
    };
    let fee_cap = fee_cap(gas_limit, rate.ceiling(), &fixed);
    let left = balance.checked_sub(fee_cap);
    let value = match (asked.value, left) {
        (Some(value), Some(left)) if value <= left => value,
        (None, Some(left)) if left > U256::ZERO => left,
        _ => return Err(no_fee(fee_cap, &place.symbol, &place.network)),
    };
    Ok(Fixed {
        nonce,
        gas_limit,
        gas_expected: estimate.unwrap_or(gas_limit).min(gas_limit),
        fees: rate.fields(),
        price_expected: rate.expected(),
        value,
        ..fixed
    })
}

/// The limit that the wallet would set for this estimate.
pub(super) fn usual_limit(asked: &Asked, fixed: &Fixed, estimate: u64, kind: ChainKind) -> u64 {
    let plain =
        asked.input.is_empty() && asked.access_list.is_none() && fixed.receiver_is_contract == Some(false);
    gas::limit(estimate, plain, kind, None)
}

/// The most that a transaction costs beside its value, at these work and price.
pub(super) fn fee_cap(gas_limit: u64, price: u128, fixed: &Fixed) -> U256 {
    U256::from(gas_limit).saturating_mul(U256::from(price)).saturating_add(on_top(gas_limit, fixed))
}

/// What so much work costs beside its price.
pub(super) fn on_top(gas: u64, fixed: &Fixed) -> U256 {
    fixed.publishing_fee.saturating_add(fixed.basis.operator.of(gas))
}

/// The most that a transaction takes from its account.
pub(super) fn cost(fixed: &Fixed) -> U256 {
    let cap = fee_cap(fixed.gas_limit, signed(fixed.fees).ceiling(), fixed);
    cap.saturating_add(fixed.value)
}

impl Wallet {
    pub(super) fn place(&self, chain: ChainId) -> Place {
        Place { network: self.network_name(chain), symbol: self.symbol(chain), kind: kind_of(chain) }
    }

    /// Fixes the transactions of a request anew for another choice. Nothing changes if that cannot be paid.
    pub(crate) fn choose_fee(&mut self, id: u64, choice: FeeChoice) -> Result<(), UiError> {
        let request = self.waiting_request(id).ok_or_else(error::gone)?;
        let place = self.place(request.chain);
        let mut fixed: Vec<Fixed> = Vec::new();
        for draft in request.drafts() {
            let before = draft.fixed.clone().ok_or_else(error::changed)?;
            let spent = fixed.iter().map(cost).fold(U256::ZERO, U256::saturating_add);
            let next = decide(&draft.asked, &choice, before, spent, &place);
            fixed.push(next.map_err(|problem| error::invalid(&problem.shown.title, &problem.shown.text))?);
        }
        if fixed.is_empty() {
            return Err(error::gone());
        }
        let Some(request) = self.waiting_request_mut(id) else { return Err(error::gone()) };
        request.choice = choice;
        for (draft, fixed) in request.drafts_mut().iter_mut().zip(fixed) {
            draft.fixed = Some(fixed);
        }
        self.out.touch(Slice::Requests);
        self.out.notice(candor_protocol::notice::Notice::Requests);
        Ok(())
    }

    /// Prepares again, and goes on even if trying it out fails.
    pub(crate) fn go_on_anyway(&mut self, id: u64) {
        if let Some(request) = self.waiting_request_mut(id) {
            request.choice.anyway = true;
            self.prepare_again(id);
        }
    }
}

#[cfg(test)]
#[path = "fix_tests.rs"]
mod tests;
