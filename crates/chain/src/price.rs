//! Prices as contracts say them, and what an amount is worth by them. They are for showing: nothing that is signed
//! takes one, and none of these types can become an amount to be sent.
//!
//! Every figure is a count of 10⁻¹⁸ dollars. Nothing is rounded up, and what does not fit is no figure.

use candor_primitives::{Bytes, U256};

use crate::erc20::{call, decode_decimals, decode_uint};

/// How much later than its heartbeat a feed may answer, in seconds: blocks are late, and so are clocks.
const GRACE: u64 = 15 * 60;
/// How far in the future an answer may be, in seconds, for clocks that are behind.
const AHEAD: u64 = 60 * 60;
/// No feed has more decimals.
const MOST_DECIMALS: u8 = 36;
/// Decimals of a price.
pub const DECIMALS: u8 = 18;

/// What one of something is worth, in 10⁻¹⁸ dollars; never zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price(U256);

/// What a feed said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedAnswer {
    /// The price.
    pub price: Price,
    /// When it was found, in seconds since the epoch.
    pub updated: u64,
}

/// Why a feed's answer is no price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    /// It cannot be read, or is not above zero.
    #[error("this is not a price")]
    Unreadable,
    /// Older than its heartbeat allows, or from the future.
    #[error("the price is out of date")]
    Stale,
}

impl Price {
    /// From a count of 10⁻¹⁸ dollars.
    #[must_use]
    pub fn new(value: U256) -> Option<Self> {
        (!value.is_zero()).then_some(Self(value))
    }

    /// One dollar.
    #[must_use]
    pub fn dollar() -> Self {
        Self(U256::from(10).pow(U256::from(DECIMALS)))
    }

    /// The count of 10⁻¹⁸ dollars.
    #[must_use]
    pub const fn value(self) -> U256 {
        self.0
    }

    /// What `units` of something with so many decimals are worth in a currency whose unit is worth `currency`: a count
    /// of its 10⁻¹⁸, rounded down.
    #[must_use]
    pub fn worth(self, units: U256, decimals: u8, currency: Self) -> Option<U256> {
        let dollars = units.checked_mul(self.0)?.checked_div(power(decimals)?)?;
        dollars.checked_mul(power(DECIMALS)?)?.checked_div(currency.0)
    }
}

fn power(decimals: u8) -> Option<U256> {
    U256::from(10).checked_pow(U256::from(decimals))
}

/// How long after it was found a feed's answer is a price, in seconds.
#[must_use]
pub const fn lasts(heartbeat: u64) -> u64 {
    heartbeat.saturating_add(GRACE)
}

/// Call data of a feed's `latestRoundData()`; its `decimals()` is that of [`crate::erc20`].
#[must_use]
pub fn latest_round_data() -> Bytes {
    call([0xfe, 0xaf, 0x96, 0x8c], &[])
}

/// Reads a feed's answers to `latestRoundData` and `decimals` at a moment, in seconds since the epoch.
///
/// # Errors
/// Not a price, or one that is out of date.
pub fn feed_answer(
    round: &[u8],
    decimals: &[u8],
    heartbeat: u64,
    now: u64,
) -> Result<FeedAnswer, PriceError> {
    let word = |n: usize| round.get(n * 32..).and_then(decode_uint).ok_or(PriceError::Unreadable);
    let decimals = decode_decimals(decimals).filter(|decimals| *decimals <= MOST_DECIMALS);
    let decimals = decimals.ok_or(PriceError::Unreadable)?;
    let answer = word(1)?;
    // A signed number: the upper half is below zero.
    if answer.bit(255) {
        return Err(PriceError::Unreadable);
    }
    let updated = u64::try_from(word(3)?).map_err(|_| PriceError::Stale)?;
    let oldest = now.saturating_sub(lasts(heartbeat));
    if updated < oldest || updated > now.saturating_add(AHEAD) {
        return Err(PriceError::Stale);
    }
    let scaled = match DECIMALS.checked_sub(decimals) {
        Some(missing) => power(missing).and_then(|scale| answer.checked_mul(scale)),
        None => power(decimals - DECIMALS).and_then(|scale| answer.checked_div(scale)),
    };
    let price = scaled.and_then(Price::new).ok_or(PriceError::Unreadable)?;
    Ok(FeedAnswer { price, updated })
}

#[cfg(test)]
mod tests {
    use candor_primitives::keccak256;
    use proptest::prelude::*;

    use super::*;

    const NOW: u64 = 1_800_000_000;
    const HOUR: u64 = 3600;

    fn word(number: u64) -> [u8; 32] {
        U256::from(number).to_be_bytes()
    }

    fn round(answer: U256, updated: u64) -> Vec<u8> {
        [word(7), answer.to_be_bytes(), word(updated), word(updated), word(7)].concat()
    }

    #[test]
    fn the_call_matches_its_signature() {
        assert_eq!(latest_round_data()[..], keccak256("latestRoundData()")[..4]);
    }

    #[test]
    fn feeds() {
        let check = |answer: U256, updated: u64, decimals: u64, expected: Result<u128, PriceError>| {
            let found = feed_answer(&round(answer, updated), &word(decimals), HOUR, NOW);
            let expected = expected.map(|price| (U256::from(price), updated));
            assert_eq!(found.map(|found| (found.price.value(), found.updated)), expected);
        };
        let dollars = U256::from(250_012_345_678_u64);
        check(dollars, NOW, 8, Ok(2_500_123_456_780_000_000_000));
        check(dollars, NOW - HOUR - GRACE, 8, Ok(2_500_123_456_780_000_000_000));
        check(dollars, NOW - HOUR - GRACE - 1, 8, Err(PriceError::Stale));
        check(dollars, NOW + AHEAD + 1, 8, Err(PriceError::Stale));
        check(dollars, 0, 8, Err(PriceError::Stale));
        check(U256::from(5), NOW, 18, Ok(5));
        check(U256::from(500), NOW, 20, Ok(5));
        check(U256::from(5), NOW, 20, Err(PriceError::Unreadable));
        check(U256::ZERO, NOW, 8, Err(PriceError::Unreadable));
        check(U256::MAX, NOW, 8, Err(PriceError::Unreadable));
        check(U256::MAX >> 1, NOW, 0, Err(PriceError::Unreadable));
        check(dollars, NOW, 37, Err(PriceError::Unreadable));
        assert_eq!(feed_answer(&[], &word(8), HOUR, NOW), Err(PriceError::Unreadable));
        assert_eq!(feed_answer(&round(dollars, NOW), &[], HOUR, NOW), Err(PriceError::Unreadable));
    }

    #[test]
    fn amounts_are_worth_what_the_price_says() {
        let dollars = |amount: u64| Price::new(U256::from(amount) * Price::dollar().value()).unwrap();
        let check = |units: U256, decimals: u8, price: Price, currency: Price, expected: Option<u128>| {
            assert_eq!(price.worth(units, decimals, currency), expected.map(U256::from));
        };
        let ether = Price::dollar().value();
        check(ether, 18, dollars(2500), Price::dollar(), Some(2500 * 10_u128.pow(18)));
        check(U256::from(1_500_000), 6, dollars(1), Price::dollar(), Some(15 * 10_u128.pow(17)));
        check(ether, 18, dollars(2500), dollars(2), Some(1250 * 10_u128.pow(18)));
        check(U256::ZERO, 18, dollars(2500), Price::dollar(), Some(0));
        check(U256::MAX, 18, dollars(2500), Price::dollar(), None);
        check(ether, 255, dollars(2500), Price::dollar(), None);
        assert_eq!(Price::new(U256::ZERO), None);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(round: Vec<u8>, decimals: Vec<u8>, heartbeat: u64, now: u64) {
            let _ = feed_answer(&round, &decimals, heartbeat, now);
        }
    }
}
