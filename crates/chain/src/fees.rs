//! What to offer per unit of gas.
//!
//! The base fee is set by the protocol and can rise by an eighth per block (EIP-1559), so twice the next one covers
//! at least five full blocks; only what is due is ever paid. The tip is what others recently paid: the median, over
//! the last blocks, of a low, a middle and a high percentile. One odd block, or an endpoint that answers
//! nonsense for some, does not move a median.

use serde_json::{Value, json};

use crate::quantity::tolerant_u128;

/// How many recent blocks to look at.
pub const HISTORY_BLOCKS: u64 = 10;

/// The percentiles of tips to ask for, for the slow, normal and fast speeds.
pub const HISTORY_PERCENTILES: [u8; 3] = [10, 50, 90];

/// The least tip ever suggested, in wei per gas (0.001 gwei): what OP Stack nodes ask for at least, and nothing
/// worth mentioning elsewhere.
pub const MIN_TIP: u128 = 1_000_000;

/// The most ever suggested, in wei per gas (50,000 gwei). No network here has come near it; an endpoint that says
/// so is broken or lying, and a person would pay for it.
pub const MAX_PER_GAS: u128 = 50_000_000_000_000;

/// A price per unit of gas, in wei, as it is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeeRate {
    /// EIP-1559 (transaction types 2 and 4).
    Eip1559 {
        /// `maxFeePerGas`.
        max_fee: u128,
        /// `maxPriorityFeePerGas`, never above `max_fee`.
        tip: u128,
    },
    /// One price (transaction types 0 and 1), on networks without a base fee.
    Legacy {
        /// `gasPrice`.
        gas_price: u128,
    },
}

impl FeeRate {
    /// The hard upper bound of what a unit of gas can cost.
    #[must_use]
    pub const fn max_per_gas(self) -> u128 {
        match self {
            Self::Eip1559 { max_fee, .. } => max_fee,
            Self::Legacy { gas_price } => gas_price,
        }
    }

    /// What a unit of gas will cost if the base fee is this.
    #[must_use]
    pub fn expected_per_gas(self, base_fee: u128) -> u128 {
        match self {
            Self::Eip1559 { max_fee, tip } => base_fee.saturating_add(tip).min(max_fee),
            Self::Legacy { gas_price } => gas_price,
        }
    }

    /// The least that nodes accept to replace a transaction at this rate with another of the same nonce: an eighth
    /// more in every part, rounded up (geth asks for a tenth, others for an eighth), or `fresh` where that is more.
    #[must_use]
    pub fn replacement(self, fresh: Self) -> Self {
        let raised = |fee: u128| fee.saturating_add(fee.div_ceil(8).max(1));
        match self {
            Self::Eip1559 { max_fee, tip } => {
                let (fresh_max, fresh_tip) = match fresh {
                    Self::Eip1559 { max_fee, tip } => (max_fee, tip),
                    Self::Legacy { gas_price } => (gas_price, 0),
                };
                let tip = raised(tip).max(fresh_tip);
                Self::Eip1559 { max_fee: raised(max_fee).max(fresh_max).max(tip), tip }
            }
            Self::Legacy { gas_price } => {
                Self::Legacy { gas_price: raised(gas_price).max(fresh.max_per_gas()) }
            }
        }
    }
}

/// Rates for three speeds; each is at least the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeeSuggestion {
    /// The base fee of the next block in wei per gas, `None` where the network has none.
    pub base_fee: Option<u128>,
    /// Cheap, may wait some minutes.
    pub slow: FeeRate,
    /// The default.
    pub normal: FeeRate,
    /// Outbids most.
    pub fast: FeeRate,
}

/// Why no rate can be suggested. Ask another endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeeError {
    /// Neither fee history nor gas price is usable.
    #[error("the network did not say what a transaction costs")]
    Unknown,
    /// Above [`MAX_PER_GAS`].
    #[error("the network asks for an absurd fee")]
    Absurd,
}

/// The parameters for `eth_feeHistory` that [`suggest`] understands.
#[must_use]
pub fn history_params() -> Value {
    json!([format!("0x{HISTORY_BLOCKS:x}"), "latest", HISTORY_PERCENTILES])
}

/// Suggests rates from the result of `eth_feeHistory` (with [`history_params`]) and that of `eth_gasPrice`.
///
/// Either may be missing (`Null`) or malformed. A history without a base fee, or with base fees of zero only, means
/// that the network prices gas the old way. Where nobody tipped lately (quiet and local networks), the tip is what
/// the node's own gas price has above the base fee.
///
/// # Errors
/// Nothing usable in either, or a price that no one should pay.
pub fn suggest(history: &Value, gas_price: &Value) -> Result<FeeSuggestion, FeeError> {
    let gas_price = tolerant_u128(gas_price).ok();
    let base_fee = next_base_fee(history);
    let rates = match (base_fee, gas_price) {
        (Some(base_fee), _) => {
            let own_tip = gas_price.unwrap_or_default().saturating_sub(base_fee);
            tips(history, own_tip)
                .map(|tip| FeeRate::Eip1559 { max_fee: base_fee.saturating_mul(2).saturating_add(tip), tip })
        }
        (None, Some(price)) if price > 0 => legacy_prices(price),
        _ => return Err(FeeError::Unknown),
    };
    if rates.iter().any(|rate| rate.max_per_gas() > MAX_PER_GAS) {
        return Err(FeeError::Absurd);
    }
    let [slow, normal, fast] = rates;
    Ok(FeeSuggestion { base_fee, slow, normal, fast })
}

/// The node's price, a tenth more and a quarter more.
fn legacy_prices(price: u128) -> [FeeRate; 3] {
    [(0, 1), (1, 10), (1, 4)].map(|(part, of): (u128, u128)| {
        let extra = price.div_ceil(of).saturating_mul(part);
        FeeRate::Legacy { gas_price: price.saturating_add(extra) }
    })
}

/// The last entry is the base fee of the block after the newest one. Zero throughout is how networks without
/// EIP-1559 answer.
fn next_base_fee(history: &Value) -> Option<u128> {
    let fees = history.get("baseFeePerGas")?.as_array()?;
    let fees: Vec<u128> = fees.iter().filter_map(|fee| tolerant_u128(fee).ok()).collect();
    fees.last().copied().filter(|_| fees.iter().any(|fee| *fee > 0))
}

/// One tip per percentile, in rising order.
fn tips(history: &Value, fallback: u128) -> [u128; 3] {
    let blocks = history.get("reward").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut least = MIN_TIP;
    core::array::from_fn(|percentile| {
        // An empty block reports zeros, which says nothing about what inclusion costs.
        let mut seen: Vec<u128> = blocks
            .iter()
            .filter_map(|block| tolerant_u128(block.get(percentile)?).ok())
            .filter(|tip| *tip > 0)
            .collect();
        seen.sort_unstable();
        let tip = seen.get(seen.len() / 2).copied().unwrap_or(fallback);
        least = least.max(tip);
        least
    })
}

#[cfg(test)]
#[path = "fees_tests.rs"]
mod tests;
