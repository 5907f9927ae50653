//! Prices per unit of work, and coins in words.

use candor_chain::{FeeRate, FeeSuggestion, amount, amount::Rounding};
use candor_primitives::U256;
use candor_signer::transaction::Fees;

use crate::records::AskedFees;

/// The hard space between a number and its unit.
const HARD_SPACE: char = '\u{a0}';

/// A price as it will be signed, and what it will probably come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rate {
    rate: FeeRate,
    base_fee: Option<u128>,
}

impl Rate {
    /// A site's own values win over the wallet's; what it left open comes from the network. Nothing if the network
    /// did not say.
    pub(super) fn choose(asked: AskedFees, suggestion: Option<&FeeSuggestion>) -> Option<Self> {
        let base_fee = suggestion.and_then(|s| s.base_fee);
        let rate = match (asked, suggestion.map(|s| s.normal)) {
            (AskedFees::Open, suggested) => suggested?,
            (AskedFees::Legacy { gas_price }, _) => FeeRate::Legacy { gas_price },
            (AskedFees::Dynamic { max_fee: Some(max_fee), priority: Some(tip) }, _) => {
                FeeRate::Eip1559 { max_fee, tip }
            }
            (
                AskedFees::Dynamic { max_fee, priority },
                Some(FeeRate::Eip1559 { max_fee: suggested, tip: suggested_tip }),
            ) => {
                let tip = priority.unwrap_or(suggested_tip);
                let headroom = suggested.saturating_sub(suggested_tip).saturating_add(tip);
                let max_fee = max_fee.unwrap_or_else(|| suggested.max(headroom));
                FeeRate::Eip1559 { max_fee, tip: tip.min(max_fee) }
            }
            (AskedFees::Dynamic { .. }, suggested) => suggested?,
        };
        Some(Self { rate, base_fee })
    }

    /// The rate at which nodes take this in the place of another transaction with the same number.
    pub(super) fn outbidding(self, waiting: Fees) -> Self {
        let waiting = match waiting {
            Fees::Legacy { gas_price } => FeeRate::Legacy { gas_price },
            Fees::Eip1559 { max_fee_per_gas: max_fee, max_priority_fee_per_gas: tip } => {
                FeeRate::Eip1559 { max_fee, tip }
            }
        };
        Self { rate: waiting.replacement(self.rate), ..self }
    }

    /// The hard cap per unit, in wei.
    pub(super) const fn ceiling(&self) -> u128 {
        self.rate.max_per_gas()
    }

    /// As stored: gas price, or ceiling and tip.
    pub(super) const fn fields(&self) -> (u128, Option<u128>) {
        match self.rate {
            FeeRate::Legacy { gas_price } => (gas_price, None),
            FeeRate::Eip1559 { max_fee, tip } => (max_fee, Some(tip)),
        }
    }

    /// What a unit will probably cost, in wei.
    pub(super) fn expected(&self) -> u128 {
        match self.base_fee {
            Some(base_fee) => self.rate.expected_per_gas(base_fee),
            None => self.ceiling(),
        }
    }
}

/// Stored fees as they are signed.
pub(super) fn signed((price, tip): (u128, Option<u128>)) -> Fees {
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
