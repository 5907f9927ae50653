//! Amounts as typed: exact integers of the smallest unit from end to end.
//!
//! 128 bits hold 3 × 10²⁰ of a coin with 18 decimals, which is beyond the supply of any native coin.

use super::Problem;

/// Why a text is not an amount that can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// Nothing was typed.
    Empty,
    /// Zero.
    Zero,
    /// A comma: whether it separates thousands or a fraction, nobody can tell.
    Comma,
    /// Something else than digits and one point.
    NotANumber,
    /// More decimals than the coin has.
    Decimals(u8),
    /// Beyond anything that exists.
    TooLarge,
    /// More than there is.
    Insufficient,
}

impl AmountError {
    /// In words; `have` is what the account holds, with unit, and `network` where.
    #[must_use]
    pub fn problem(&self, have: &str, network: &str) -> Problem {
        match self {
            Self::Empty => Problem::new("How much?", "Type an amount."),
            Self::Zero => Problem::new("How much?", "Type an amount above zero."),
            Self::Comma => Problem::new(
                "Use a point, not a comma.",
                "Write 0.25 for a quarter and 1000 for a thousand, so that the amount cannot be misread.",
            ),
            Self::NotANumber => Problem::new("This is not an amount.", "Use digits and at most one point."),
            Self::Decimals(count) => Problem::new(
                "This is more exact than the coin.",
                format!("At most {count} digits can follow the point."),
            ),
            Self::TooLarge | Self::Insufficient => {
                Problem::new("You do not have that much.", format!("You have {have} on {network}."))
            }
        }
    }
}

/// Reads a decimal amount into the smallest unit.
///
/// # Errors
/// Empty, zero, malformed, too exact or too large; never rounds.
pub fn parse(text: &str, decimals: u8) -> Result<u128, AmountError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AmountError::Empty);
    }
    if text.contains(',') {
        return Err(AmountError::Comma);
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return Err(AmountError::NotANumber);
    }
    let fraction = fraction.trim_end_matches('0');
    let missing = usize::from(decimals).checked_sub(fraction.len()).ok_or(AmountError::Decimals(decimals))?;
    let integer = format!("{whole}{fraction}{}", "0".repeat(missing));
    let integer = integer.trim_start_matches('0');
    if integer.is_empty() {
        return Err(AmountError::Zero);
    }
    integer.parse().map_err(|_| AmountError::TooLarge)
}

/// The same, and no more than a known balance in the smallest unit. An unknown balance limits nothing: the
/// background asks again before anything is signed.
///
/// # Errors
/// As [`parse`], or [`AmountError::Insufficient`].
pub fn within(text: &str, decimals: u8, balance: Option<&str>) -> Result<u128, AmountError> {
    let value = parse(text, decimals)?;
    match balance.and_then(|wei| wei.parse::<u128>().ok()) {
        Some(have) if value > have => Err(AmountError::Insufficient),
        _ => Ok(value),
    }
}

/// Whether a balance in the smallest unit is nothing at all.
#[must_use]
pub fn is_zero(wei: &str) -> bool {
    wei.bytes().all(|b| b == b'0')
}

/// The exact decimal of an amount in the smallest unit, without trailing zeros.
#[must_use]
pub fn exact(value: u128, decimals: u8) -> String {
    let digits = value.to_string();
    let scale = usize::from(decimals);
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, fraction) = padded.split_at(padded.len() - scale);
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

/// The exact decimal of a decimal integer of the smallest unit, as views carry it; empty if it is none.
#[must_use]
pub fn exact_text(wei: &str, decimals: u8) -> String {
    wei.parse().map_or_else(|_| String::new(), |value| exact(value, decimals))
}

/// Splits `2.418 ETH` into its figure, its fraction with the point, and its unit, so that a large figure can be
/// set with a small fraction.
#[must_use]
pub fn split(text: &str) -> (String, String, String) {
    let (figure, unit) = text.rsplit_once([' ', '\u{a0}']).unwrap_or((text, ""));
    let (whole, fraction) = match figure.split_once('.') {
        Some((whole, fraction)) => (whole.to_owned(), format!(".{fraction}")),
        None => (figure.to_owned(), String::new()),
    };
    (whole, fraction, unit.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_amounts_become_exact_integers() {
        let check = |text: &str, decimals: u8, expected: Result<&str, AmountError>| {
            assert_eq!(parse(text, decimals).map(|v| v.to_string()), expected.map(str::to_owned), "{text}");
        };
        check("1", 18, Ok("1000000000000000000"));
        check(" 0.25 ", 18, Ok("250000000000000000"));
        check(".5", 18, Ok("500000000000000000"));
        check("5.", 6, Ok("5000000"));
        check("0.000000000000000001", 18, Ok("1"));
        check("1.5000000000000000000000", 18, Ok("1500000000000000000"));
        check("007", 0, Ok("7"));
        check("0.0000000000000000001", 18, Err(AmountError::Decimals(18)));
        check("0.5", 0, Err(AmountError::Decimals(0)));
        check("0", 18, Err(AmountError::Zero));
        check("0.", 0, Err(AmountError::Zero));
        check("", 18, Err(AmountError::Empty));
        check(".", 18, Err(AmountError::NotANumber));
        check("1,000", 18, Err(AmountError::Comma));
        check("1.2.3", 18, Err(AmountError::NotANumber));
        check("-1", 18, Err(AmountError::NotANumber));
        check("+1", 18, Err(AmountError::NotANumber));
        check("1e3", 18, Err(AmountError::NotANumber));
        check("٣", 18, Err(AmountError::NotANumber));
        check(&"9".repeat(80), 18, Err(AmountError::TooLarge));
    }

    #[test]
    fn amounts_are_held_against_the_balance() {
        let check = |text: &str, balance: Option<&str>, expected: Result<&str, AmountError>| {
            assert_eq!(
                within(text, 2, balance).map(|v| v.to_string()),
                expected.map(str::to_owned),
                "{text}"
            );
        };
        check("4.18", Some("418"), Ok("418"));
        check("4.19", Some("418"), Err(AmountError::Insufficient));
        check("4.19", None, Ok("419"));
        assert!(is_zero("0"));
        assert!(!is_zero("10"));
    }

    #[test]
    fn amounts_are_written_exactly() {
        let check = |value: u128, decimals: u8, expected: &str| {
            assert_eq!(exact(value, decimals), expected);
        };
        check(250_000_000_000_000_000, 18, "0.25");
        check(1, 18, "0.000000000000000001");
        check(1_000_000, 6, "1");
        check(0, 18, "0");
        check(42, 0, "42");
        assert_eq!(exact_text("1500", 3), "1.5");
        assert_eq!(exact_text("x", 3), "");
    }

    #[test]
    fn large_figures_are_split_at_their_point() {
        let check = |text: &str, expected: (&str, &str, &str)| {
            let (whole, fraction, unit) = split(text);
            assert_eq!((whole.as_str(), fraction.as_str(), unit.as_str()), expected, "{text}");
        };
        check("2.418 ETH", ("2", ".418", "ETH"));
        check("10000\u{a0}ETH", ("10000", "", "ETH"));
        check("< 0.0001 ETH", ("< 0", ".0001", "ETH"));
    }
}
