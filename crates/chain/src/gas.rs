//! How much gas to allow, and what it costs in the end.

use candor_primitives::U256;

use crate::{ChainKind, FeeRate};

/// What a transfer to an account without code uses, exactly, where Ethereum's rules hold (yellow paper, G_transaction).
pub const PLAIN_TRANSFER: u64 = 21_000;

/// The most gas one transaction may have (EIP-7825, in force on Ethereum since the Fusaka upgrade).
pub const TRANSACTION_CEILING: u64 = 1 << 24;

/// The gas limit for a transaction whose estimate (`eth_estimateGas`) is known.
///
/// State may change between estimate and execution, so a fifth is added; unused gas is not paid for. A plain
/// transfer (no data, no access list, receiver without code) costs the same always, and keeping it exact is what
/// lets a person send everything they have, except where the publishing fee is part of the gas. The margin never
/// goes above `block_limit` or, on Ethereum's rules, [`TRANSACTION_CEILING`]: nodes refuse that outright. The
/// estimate itself is never cut.
#[must_use]
pub fn limit(estimate: u64, plain_transfer: bool, kind: ChainKind, block_limit: Option<u64>) -> u64 {
    let ethereum_rules = matches!(kind, ChainKind::Layer1 | ChainKind::OpStack);
    if plain_transfer && ethereum_rules && estimate == PLAIN_TRANSFER {
        return estimate;
    }
    let with_margin = estimate.saturating_add(estimate.div_ceil(5));
    let ceiling = if kind == ChainKind::Layer1 { TRANSACTION_CEILING } else { u64::MAX };
    with_margin.min(ceiling).min(block_limit.unwrap_or(u64::MAX)).max(estimate)
}

/// The most that a transaction can cost beside its value: gas times the highest price, and on an OP Stack network
/// the publishing fee (zero elsewhere).
#[must_use]
pub fn max_cost(gas_limit: u64, rate: FeeRate, publishing_fee: U256) -> U256 {
    (U256::from(gas_limit) * U256::from(rate.max_per_gas())).saturating_add(publishing_fee)
}

/// The largest value that can be sent with this balance, or `None` if not even the fee can be paid.
#[must_use]
pub fn max_sendable(balance: U256, gas_limit: u64, rate: FeeRate, publishing_fee: U256) -> Option<U256> {
    balance.checked_sub(max_cost(gas_limit, rate, publishing_fee))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits() {
        use ChainKind::{Arbitrum, Layer1, OpStack, Other};
        let check = |estimate: u64, plain: bool, kind: ChainKind, block: Option<u64>, expected: u64| {
            assert_eq!(
                limit(estimate, plain, kind, block),
                expected,
                "{estimate} {plain} {kind:?} {block:?}"
            );
        };
        check(21_000, true, Layer1, None, 21_000);
        check(21_000, true, OpStack, Some(60_000_000), 21_000);
        check(21_000, true, Arbitrum, None, 25_200);
        check(21_000, true, Other, None, 25_200);
        check(21_000, false, Layer1, None, 25_200);
        check(22_000, true, Layer1, None, 26_400);
        check(50_001, false, Layer1, None, 60_002);
        check(29_000_000, false, OpStack, Some(30_000_000), 30_000_000);
        check(31_000_000, false, OpStack, Some(30_000_000), 31_000_000);
        check(15_000_000, false, Layer1, Some(60_000_000), TRANSACTION_CEILING);
        check(15_000_000, false, Arbitrum, Some(u64::MAX), 18_000_000);
        check(u64::MAX, false, Arbitrum, None, u64::MAX);
        check(0, false, Layer1, None, 0);
    }

    #[test]
    fn sending_everything() {
        let check = |balance: u64, gas: u64, price: u128, publishing: u64, expected: Option<u64>| {
            let rate = FeeRate::Legacy { gas_price: price };
            let found = max_sendable(U256::from(balance), gas, rate, U256::from(publishing));
            assert_eq!(found, expected.map(U256::from));
        };
        check(1_000_000, 21_000, 10, 0, Some(790_000));
        check(1_000_000, 21_000, 10, 90_000, Some(700_000));
        check(210_000, 21_000, 10, 0, Some(0));
        check(209_999, 21_000, 10, 0, None);
        check(0, 21_000, 10, 0, None);
        check(u64::MAX, u64::MAX, u128::MAX, u64::MAX, None);
    }
}
