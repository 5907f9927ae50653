//! What a person wants a transaction to cost.

use candor_chain::{ChainKind, amount, fees::MAX_PER_GAS, gas};
use candor_protocol::{
    fees::{FeeFieldsView, FeeWish},
    ui::UiError,
};

use super::error;
use crate::{
    Wallet,
    records::{FeeChoice, FeesChosen, Fixed},
    requests::{gwei, kind_of},
};

/// More work than any network takes in one transaction.
const MOST_WORK: u64 = 1 << 40;

impl Wallet {
    pub(super) fn set_fee(&mut self, id: u64, wish: &FeeWish) -> Result<(), UiError> {
        let request = self.waiting_request(id).ok_or_else(error::gone)?;
        let before = request.choice.clone();
        let choice = match wish {
            FeeWish::Speed(speed) => FeeChoice { fees: Some(FeesChosen::Speed(*speed)), ..before },
            FeeWish::AsAsked => FeeChoice { anyway: before.anyway, ..FeeChoice::default() },
            FeeWish::Own(fields) => {
                let [draft] = request.drafts() else { return Err(error::changed()) };
                let fixed = draft.fixed.as_ref().ok_or_else(error::changed)?;
                read(fields, fixed, kind_of(request.chain), before)?
            }
        };
        self.choose_fee(id, choice)
    }
}

/// What was typed, or the sentence that says what is wrong with it. What was left as it stood was not chosen.
fn read(
    fields: &FeeFieldsView,
    fixed: &Fixed,
    kind: ChainKind,
    before: FeeChoice,
) -> Result<FeeChoice, UiError> {
    let (used, used_tip) = fixed.fees;
    let most = match price(&fields.max_fee, "highest price")? {
        Some(0) => {
            return Err(error::invalid("The highest price is nothing.", "Nobody carries it out for free."));
        }
        most => most,
    };
    let tip = match &fields.tip {
        Some(tip) if used_tip.is_some() => price(tip, "tip")?,
        _ => None,
    };
    let fees = match (most, tip, used_tip) {
        (None, None, _) => None,
        (most, _, None) => Some((most.unwrap_or(used), None)),
        (most, tip, Some(used_tip)) => {
            let most = most.unwrap_or(used);
            let tip = tip.unwrap_or_else(|| used_tip.min(most));
            if tip > most {
                let why = format!("The tip is part of it: {} is more than {}.", gwei(tip), gwei(most));
                return Err(error::invalid("The tip is higher than the highest price.", &why));
            }
            Some((most, Some(tip)))
        }
    };
    let ceiling = if kind == ChainKind::Layer1 { gas::TRANSACTION_CEILING } else { MOST_WORK };
    let gas_limit = match whole(&fields.gas_limit, "work limit")? {
        Some(limit) if limit < gas::PLAIN_TRANSFER => {
            let why = format!("Even the simplest payment takes {}.", gas::PLAIN_TRANSFER);
            return Err(error::invalid("The work limit is too low.", &why));
        }
        Some(limit) if limit > ceiling => {
            let why = format!("No transaction here may take more than {ceiling}.");
            return Err(error::invalid("The work limit is too high.", &why));
        }
        limit => limit,
    };
    let nonce = match whole(&fields.nonce, "number in line")? {
        Some(nonce) if nonce < fixed.basis.latest => {
            let why = format!("The first that is free is {}.", fixed.basis.latest);
            return Err(error::invalid("This number in line was used already.", &why));
        }
        nonce => nonce,
    };
    let new =
        |typed: Option<u64>, used: u64, before: Option<u64>| if typed == Some(used) { before } else { typed };
    Ok(FeeChoice {
        fees: if fees == Some(fixed.fees) { before.fees } else { fees.map(FeesChosen::Own) },
        gas_limit: new(gas_limit, fixed.gas_limit, before.gas_limit),
        nonce: new(nonce, fixed.nonce, before.nonce),
        anyway: before.anyway,
    })
}

/// A price per unit of work in wei, typed in gwei.
fn price(text: &str, what: &str) -> Result<Option<u128>, UiError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let unclear = |why: &str| error::invalid(&format!("The {what} is not clear."), why);
    let wei = amount::parse(text, 9).map_err(|wrong| unclear(&wrong.to_string()))?;
    match u128::try_from(wei) {
        Ok(wei) if wei <= MAX_PER_GAS => Ok(Some(wei)),
        _ => {
            let why = format!("No network has ever asked for more than {}.", gwei(MAX_PER_GAS));
            Err(error::invalid(&format!("The {what} is far too high."), &why))
        }
    }
}

fn whole(text: &str, what: &str) -> Result<Option<u64>, UiError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| digits);
    let unclear = || error::invalid(&format!("The {what} is not clear."), "Use digits only.");
    number.map(Some).ok_or_else(unclear)
}
