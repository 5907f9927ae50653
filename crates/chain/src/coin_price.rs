//! What a coin is worth in the money of a country. Only ever for words: nothing that is signed depends on it.

use candor_primitives::U256;

/// The decimals of [`CoinPrice::per_coin`], as of most price feeds on chains.
pub const PRICE_DECIMALS: u8 = 8;

/// The price of one whole coin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoinPrice {
    /// In units of 10⁻⁸ of the currency; never zero.
    pub per_coin: U256,
    /// The sign or code that is put before an amount, such as `$`.
    pub sign: String,
}

impl CoinPrice {
    /// What an amount of the coin is worth, rounded up to hundredths, as in `$0.04`; `less than $0.01` for what is
    /// less than that. Nothing if it is too large to be true.
    #[must_use]
    pub fn cost(&self, wei: U256) -> Option<String> {
        let scale = U256::from(10).pow(U256::from(18 + PRICE_DECIMALS - 2));
        let worth = wei.checked_mul(self.per_coin)?;
        let cents = worth.div_ceil(scale);
        if worth < scale {
            return Some(format!("less than {}0.01", self.sign));
        }
        let (whole, rest) = cents.div_rem(U256::from(100));
        Some(format!("{}{whole}.{rest:02}", self.sign))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs() {
        let check = |per_coin: u128, wei: u128, expected: Option<&str>| {
            let price = CoinPrice { per_coin: U256::from(per_coin), sign: "$".to_owned() };
            assert_eq!(price.cost(U256::from(wei)).as_deref(), expected);
        };
        let (dollars, ether) = (100_000_000, 1_000_000_000_000_000_000);
        check(2_000 * dollars, ether, Some("$2000.00"));
        check(2_000 * dollars, 21_000 * 1_000_000_000, Some("$0.05"));
        check(2_000 * dollars, 5_000_000_000_000, Some("$0.01"));
        check(2_000 * dollars, 4_999_999_999_999, Some("less than $0.01"));
        check(2_000 * dollars, 1, Some("less than $0.01"));
        check(2_000 * dollars, 0, Some("less than $0.01"));
        let huge = CoinPrice { per_coin: U256::MAX, sign: "$".to_owned() };
        assert_eq!(huge.cost(U256::from(2)), None);
    }
}
