//! What is remarkable about a fee, a work limit or a number in line.

use candor_meaning::{Note, Tone};
use candor_primitives::U256;
use candor_protocol::fees::Speed;

use super::{
    fee::{coins_up, gwei, price_of, signed},
    fix::on_top,
};
use crate::records::{Body, FeesChosen, Fixed, Market, Request, TransactionDraft};

/// A price so many times the usual one is a mistake or a theft.
const DEAR: u128 = 10;

/// A fee of more than this part of a payment is out of proportion.
const PROPORTION: u64 = 4;

/// Everything there is to say, in no order.
pub(super) fn notes(
    request: &Request,
    draft: &TransactionDraft,
    fixed: &Fixed,
    replaces: bool,
    symbol: &str,
) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut warn = |tone: Tone, rule: &'static str, what: &str, why: String| {
        notes.push(Note { tone, rule, what: what.to_owned(), why });
    };
    let own = matches!(request.choice.fees, Some(FeesChosen::Own(_)));
    let who = if own { "You" } else { "The site" };
    let ceiling = signed(fixed.fees).ceiling();
    if fixed.usual_price.is_some_and(|usual| ceiling / DEAR > usual) {
        let unsure = if own { "Lower it if unsure." } else { "Reject if unsure." };
        let why = format!("{who} set it to more than ten times what is usual. {unsure}");
        warn(Tone::Risk, "fee-too-high", "The fee is far too high.", why);
    }
    let least = fixed.basis.market.as_ref().map(least);
    if let Some(least) = least.filter(|least| ceiling < *least) {
        let why = format!(
            "{who} offered at most {} for a unit of work, and the network asks for {}. It waits until that falls, and so \
             does everything after it.",
            gwei(ceiling),
            gwei(least)
        );
        warn(Tone::Care, "fee-too-low", "The fee is too low at the moment.", why);
    }
    if let Some(refusal) = &fixed.basis.refusal {
        let what = "It would not work as things are.";
        warn(Tone::Risk, "would-fail", what, refusal.shown.text.clone());
    } else if fixed.basis.estimate.is_some_and(|estimate| fixed.gas_limit < estimate) {
        let who = if request.choice.gas_limit.is_some() { "You" } else { "The site" };
        let why =
            format!("{who} set a lower work limit than it takes. The fee would be used up all the same.");
        warn(Tone::Risk, "limit-too-low", "It would run out before it is finished.", why);
    }
    if let Some((what, why)) = out_of_proportion(draft, fixed, symbol) {
        warn(Tone::Care, "fee-out-of-proportion", what, why);
    }
    let by = match request.choice.nonce {
        Some(_) => "You",
        None => "The site",
    };
    if matches!(request.body, Body::Replacement { .. }) {
        // The sentence says it.
    } else if replaces {
        let why =
            format!("{by} gave it the number of something that still waits. Only one of them will happen.");
        let what = "It takes the place of a payment that is still waiting.";
        warn(Tone::Risk, "replaces-waiting", what, why);
    } else if fixed.nonce > fixed.usual_nonce {
        let why = format!("{by} gave it a number that is not due yet. It can happen at any later time.");
        warn(Tone::Care, "waits-for-others", "It would not happen now.", why);
    }
    notes
}

/// Below this nothing is carried out at the moment: the base fee; where there is none, half of what the slow speed pays.
const fn least(market: &Market) -> u128 {
    match market.base_fee {
        Some(base_fee) => base_fee,
        None => price_of(market, Speed::Slow).0 / 2,
    }
}

/// Of a plain payment: the fee that is expected, beside what is paid.
fn out_of_proportion(
    draft: &TransactionDraft,
    fixed: &Fixed,
    symbol: &str,
) -> Option<(&'static str, String)> {
    if !draft.asked.input.is_empty() || fixed.value.is_zero() {
        return None;
    }
    let work = U256::from(fixed.gas_expected).saturating_mul(U256::from(fixed.price_expected));
    let fee = work.saturating_add(on_top(fixed.gas_expected, fixed));
    let (fee_text, value_text) = (coins_up(fee, symbol), coins_up(fixed.value, symbol));
    if fee >= fixed.value {
        let why = format!("You would pay about {fee_text} to send {value_text}.");
        Some(("The fee is more than what you send.", why))
    } else if fee.saturating_mul(U256::from(PROPORTION)) > fixed.value {
        let why =
            format!("You would pay about {fee_text} to send {value_text}. A slower speed may cost less.");
        Some(("The fee is a large part of what you send.", why))
    } else {
        None
    }
}
