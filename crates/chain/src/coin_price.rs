//! What a coin is worth in the money of a country. Only ever for words: nothing that is signed depends on it.

use candor_primitives::U256;

use crate::{
    amount::{self, Rounding},
    price::{DECIMALS, Price},
};

/// The price of one whole coin in a currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoinPrice {
    /// What the coin is worth.
    pub coin: Price,
    /// What one unit of the currency is worth.
    pub currency: Price,
    /// Digits of the currency after the point.
    pub digits: u8,
    /// What the currency is called after an amount, such as `USD`.
    pub code: &'static str,
}

impl CoinPrice {
    /// What an amount of the coin is worth, rounded up to the currency's digits, as in `0.04 USD`; `less than 0.01 USD`
    /// for what is less than that. Nothing if it is too large to be true.
    #[must_use]
    pub fn cost(&self, wei: U256) -> Option<String> {
        let worth = self.coin.worth(wei, 18, self.currency)?;
        let unit = U256::from(10).checked_pow(U256::from(DECIMALS.checked_sub(self.digits)?))?;
        let (smallest, less) = if worth < unit { (unit, "less than ") } else { (worth, "") };
        let text = amount::column(smallest, DECIMALS, usize::from(self.digits), Rounding::Cost);
        Some(format!("{less}{text}\u{a0}{}", self.code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs() {
        let dollars = |amount: u64| Price::new(U256::from(amount) * Price::dollar().value()).unwrap();
        let check = |coin: u64, wei: u128, digits: u8, expected: Option<&str>| {
            let price = CoinPrice { coin: dollars(coin), currency: Price::dollar(), digits, code: "USD" };
            assert_eq!(
                price.cost(U256::from(wei)).map(|text| text.replace('\u{a0}', " ")).as_deref(),
                expected
            );
        };
        let ether = 1_000_000_000_000_000_000;
        check(2_000, ether, 2, Some("2,000.00 USD"));
        check(2_000, 21_000 * 1_000_000_000, 2, Some("0.05 USD"));
        check(2_000, 5_000_000_000_000, 2, Some("0.01 USD"));
        check(2_000, 4_999_999_999_999, 2, Some("less than 0.01 USD"));
        check(2_000, 0, 2, Some("less than 0.01 USD"));
        check(2_000, ether / 2_000 * 3 / 2, 0, Some("2 USD"));
        check(2_000, 1, 0, Some("less than 1 USD"));
        let huge = CoinPrice {
            coin: Price::new(U256::MAX).unwrap(),
            currency: Price::dollar(),
            digits: 2,
            code: "USD",
        };
        assert_eq!(huge.cost(U256::from(2)), None);
    }
}
