//! Amounts between people and the chain: a typed decimal number to the smallest unit, and back to text.
//!
//! Everything is done on decimal digits, so no size and no number of decimals (a token may claim 255) can
//! overflow or round by accident.

use candor_primitives::U256;

/// The most decimals that are shown.
pub const SHOWN_DECIMALS: usize = 6;

/// Amounts below this many decimals (0.0001) are shown as "less than".
const TINY_DECIMALS: usize = 4;

/// Longer input is not an amount: 2²⁵⁶ has 78 digits.
const INPUT_LIMIT: usize = 120;

/// Why a typed amount was not taken. Each is a sentence for the person who typed it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Nothing but blanks.
    #[error("Enter an amount.")]
    Empty,
    /// Letters, signs, exponents, foreign digits.
    #[error("Use digits and one decimal point only.")]
    NotANumber,
    /// Below zero.
    #[error("The amount cannot be negative.")]
    Negative,
    /// Several separators, or one that can be read in two ways.
    #[error(
        "This can be read in two ways. Write one thousand as 1000, without separators, and one and a half as 1.5."
    )]
    Ambiguous,
    /// More decimals than the smallest unit has.
    #[error("This coin has only {0} decimals.")]
    TooPrecise(u8),
    /// More than fits in 256 bits.
    #[error("This is more than can exist.")]
    TooLarge,
}

/// Reads a typed amount of something with that many decimals, in its smallest unit.
///
/// A point or a comma is the decimal separator, never a thousands separator: input in which it could be one is
/// refused rather than guessed. That is more than one separator of any kind, and a comma before exactly three
/// digits (`1,500` is fifteen hundred to some, one and a half to others; `0,500` can only be a half). A single point
/// is always decimal, as amounts are shown that way everywhere in the wallet.
///
/// # Errors
/// What is wrong, as a sentence.
pub fn parse(text: &str, decimals: u8) -> Result<U256, AmountError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AmountError::Empty);
    }
    if text.starts_with(['-', '−']) {
        return Err(AmountError::Negative);
    }
    let known = |c: char| c.is_ascii_digit() || is_separator(c);
    if text.len() > INPUT_LIMIT || !text.chars().all(known) || !text.contains(|c: char| c.is_ascii_digit()) {
        return Err(AmountError::NotANumber);
    }
    if text.matches(is_separator).count() > 1 || text.contains(is_grouping) {
        return Err(AmountError::Ambiguous);
    }
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let could_be_thousands = (1..=3).contains(&whole.len()) && !whole.starts_with('0') && fraction.len() == 3;
    if text.contains(',') && could_be_thousands {
        return Err(AmountError::Ambiguous);
    }
    let fraction = fraction.trim_end_matches('0');
    let missing =
        usize::from(decimals).checked_sub(fraction.len()).ok_or(AmountError::TooPrecise(decimals))?;
    let digits = format!("{whole}{fraction}{}", "0".repeat(missing));
    match digits.trim_start_matches('0') {
        "" => Ok(U256::ZERO),
        digits => U256::from_str_radix(digits, 10).map_err(|_| AmountError::TooLarge),
    }
}

/// Separators of decimals or thousands in some country.
fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',') || is_grouping(c)
}

/// Separators that only ever group thousands.
fn is_grouping(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{2009}' | '\u{202F}' | '\'' | '’' | '_')
}

/// Which way to round what does not fit: always against the person, so that nothing turns out worse than shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Down: what one has or receives.
    Receipt,
    /// Up: what one spends, pays or allows.
    Cost,
}

/// Every digit, grouped, without trailing zeros: `1,234.5`. For the full value on press, and for input fields see
/// [`plain`].
#[must_use]
pub fn exact(value: U256, decimals: u8) -> String {
    let (whole, fraction) = split(value, decimals);
    join(&grouped(&whole), fraction.trim_end_matches('0'))
}

/// Every digit, not grouped: what [`parse`] reads back to the same value.
#[must_use]
pub fn plain(value: U256, decimals: u8) -> String {
    let (whole, fraction) = split(value, decimals);
    join(&whole, fraction.trim_end_matches('0'))
}

/// For sentences: at most six decimals, no trailing zeros, `< 0.0001` for what is less but not zero.
#[must_use]
pub fn sentence(value: U256, decimals: u8, rounding: Rounding) -> String {
    if let Some(tiny) = tiny(value, decimals) {
        return tiny;
    }
    let (whole, fraction) = rounded(value, decimals, SHOWN_DECIMALS, rounding);
    join(&grouped(&whole), fraction.trim_end_matches('0'))
}

/// For columns: always `places` decimals, so that points stand below each other; `< 0.0001` for what is less but
/// not zero.
#[must_use]
pub fn column(value: U256, decimals: u8, places: usize, rounding: Rounding) -> String {
    if let Some(tiny) = tiny(value, decimals) {
        return tiny;
    }
    let (whole, fraction) = rounded(value, decimals, places, rounding);
    join(&grouped(&whole), &fraction)
}

/// How many decimals a column needs for its amounts to have at least four significant figures each, from two (the
/// look of money) to six.
#[must_use]
pub fn column_places(values: impl IntoIterator<Item = (U256, u8)>) -> usize {
    let needed = values.into_iter().filter(|(value, _)| !value.is_zero()).map(|(value, decimals)| {
        let (whole, fraction) = split(value, decimals);
        if whole != "0" {
            return 4usize.saturating_sub(whole.len());
        }
        fraction.bytes().take_while(|digit| *digit == b'0').count() + 4
    });
    needed.max().unwrap_or(0).clamp(2, SHOWN_DECIMALS)
}

/// `< 0.0001`, if the value is less than that and not zero.
fn tiny(value: U256, decimals: u8) -> Option<String> {
    let (whole, fraction) = split(value, decimals);
    let is_tiny =
        !value.is_zero() && whole == "0" && fraction.bytes().take(TINY_DECIMALS).all(|digit| digit == b'0');
    is_tiny.then(|| format!("< 0.{}1", "0".repeat(TINY_DECIMALS - 1)))
}

/// Digits before and after the point; the part after it has exactly `decimals` digits.
fn split(value: U256, decimals: u8) -> (String, String) {
    let decimals = usize::from(decimals);
    let mut whole = format!("{:0>width$}", value.to_string(), width = decimals + 1);
    let fraction = whole.split_off(whole.len() - decimals);
    (whole, fraction)
}

/// As [`split`], with exactly `places` digits after the point.
fn rounded(value: U256, decimals: u8, places: usize, rounding: Rounding) -> (String, String) {
    let (whole, mut fraction) = split(value, decimals);
    let cut = if fraction.len() > places { fraction.split_off(places) } else { String::new() };
    fraction.extend(core::iter::repeat_n('0', places - fraction.len()));
    if rounding == Rounding::Receipt || cut.bytes().all(|digit| digit == b'0') {
        return (whole, fraction);
    }
    let mut digits = incremented(&(whole + &fraction));
    let fraction = digits.split_off(digits.len() - places);
    (digits, fraction)
}

/// The next decimal number.
fn incremented(digits: &str) -> String {
    let kept = digits.trim_end_matches('9');
    let nines = digits.len() - kept.len();
    let mut out = kept.to_owned();
    let last = out.pop().and_then(|c| c.to_digit(10)).unwrap_or(0);
    out.extend(char::from_digit(last + 1, 10));
    out.extend(core::iter::repeat_n('0', nines));
    out
}

fn grouped(whole: &str) -> String {
    let mut out = String::with_capacity(whole.len() + whole.len() / 3);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn join(whole: &str, fraction: &str) -> String {
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

#[cfg(test)]
#[path = "amount_tests.rs"]
mod tests;
