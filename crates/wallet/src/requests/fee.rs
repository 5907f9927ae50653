//! Prices per unit of work, and coins in words.

use candor_chain::{FeeRate, FeeSuggestion, amount, amount::Rounding};
use candor_primitives::U256;
use candor_protocol::fees::Speed;
use candor_signer::transaction::Fees;

use crate::records::{AskedFees, FeesChosen, Market, Price};

/// The hard space between a number and its unit.
const HARD_SPACE: char = '\u{a0}';

/// A price as it will be signed, and what it will probably come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rate {
    rate: FeeRate,
    base_fee: Option<u128>,
}

impl Rate {
    /// The person's choice wins over the site's own values, which win over the wallet's; what nobody set comes from
    /// the network. Nothing if the network did not say.
    pub(super) fn choose(
        chosen: Option<FeesChosen>,
        asked: AskedFees,
        market: Option<&Market>,
    ) -> Option<Self> {
        let base_fee = market.and_then(|market| market.base_fee);
        let usual = market.map(|market| rate(price_of(market, Speed::Normal)));
        let rate = match (chosen, asked, usual) {
            (Some(FeesChosen::Own(price)), ..) => rate(price),
            (Some(FeesChosen::Speed(speed)), ..) => rate(price_of(market?, speed)),
            (None, AskedFees::Open, usual) => usual?,
            (None, AskedFees::Legacy { gas_price }, _) => FeeRate::Legacy { gas_price },
            (None, AskedFees::Dynamic { max_fee: Some(max_fee), priority: Some(tip) }, _) => {
                FeeRate::Eip1559 { max_fee, tip }
            }
            (
                None,
                AskedFees::Dynamic { max_fee, priority },
                Some(FeeRate::Eip1559 { max_fee: suggested, tip: suggested_tip }),
            ) => {
                let tip = priority.unwrap_or(suggested_tip);
                let headroom = suggested.saturating_sub(suggested_tip).saturating_add(tip);
                let max_fee = max_fee.unwrap_or_else(|| suggested.max(headroom));
                FeeRate::Eip1559 { max_fee, tip: tip.min(max_fee) }
            }
            (None, AskedFees::Dynamic { .. }, usual) => usual?,
        };
        Some(Self { rate, base_fee })
    }

    /// The rate at which nodes take this in the place of another transaction with the same number.
    pub(super) fn outbidding(self, (price, tip): Price) -> Self {
        let waiting = match tip {
            None => FeeRate::Legacy { gas_price: price },
            Some(tip) => FeeRate::Eip1559 { max_fee: price, tip },
        };
        Self { rate: waiting.replacement(self.rate), ..self }
    }

    /// The hard cap per unit, in wei.
    pub(super) const fn ceiling(&self) -> u128 {
        self.rate.max_per_gas()
    }

    /// As stored: gas price, or ceiling and tip.
    pub(super) const fn fields(&self) -> Price {
        fields(self.rate)
    }

    /// What a unit will probably cost, in wei.
    pub(super) fn expected(&self) -> u128 {
        match self.base_fee {
            Some(base_fee) => self.rate.expected_per_gas(base_fee),
            None => self.ceiling(),
        }
    }
}

/// The price of a speed.
pub(super) const fn price_of(market: &Market, speed: Speed) -> Price {
    let [slow, normal, fast] = market.prices;
    match speed {
        Speed::Slow => slow,
        Speed::Normal => normal,
        Speed::Fast => fast,
    }
}

/// What is usual, as it is stored.
pub(super) fn market(suggestion: &FeeSuggestion) -> Market {
    let prices = [suggestion.slow, suggestion.normal, suggestion.fast].map(fields);
    Market { base_fee: suggestion.base_fee, prices }
}

const fn fields(rate: FeeRate) -> Price {
    match rate {
        FeeRate::Legacy { gas_price } => (gas_price, None),
        FeeRate::Eip1559 { max_fee, tip } => (max_fee, Some(tip)),
    }
}

pub(super) const fn rate((price, tip): Price) -> FeeRate {
    match tip {
        None => FeeRate::Legacy { gas_price: price },
        Some(tip) => FeeRate::Eip1559 { max_fee: price, tip },
    }
}

/// A price per unit of work, exact.
pub(crate) fn gwei(wei: u128) -> String {
    format!("{}{HARD_SPACE}gwei", amount::exact(U256::from(wei), 9))
}

/// Stored fees as they are signed.
pub(super) fn signed((price, tip): Price) -> Fees {
    match tip {
        None => Fees::Legacy { gas_price: price },
        Some(tip) => Fees::Eip1559 { max_fee_per_gas: price, max_priority_fee_per_gas: tip },
    }
}

/// An amount of the native coin that someone pays: rounded up.
pub(crate) fn coins_up(wei: U256, symbol: &str) -> String {
    format!("{}{HARD_SPACE}{symbol}", amount::sentence(wei, 18, Rounding::Cost))
}

/// An amount of the native coin that someone has: rounded down.
pub(crate) fn coins_down(wei: U256, symbol: &str) -> String {
    format!("{}{HARD_SPACE}{symbol}", amount::sentence(wei, 18, Rounding::Receipt))
}
