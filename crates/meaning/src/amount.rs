use candor_primitives::U256;

/// More digits than this are not read but skipped over, so they are replaced by a bound.
const MAX_WHOLE_DIGITS: usize = 18;
/// What a sentence shows behind the point.
const MAX_DECIMALS: usize = 6;

/// Between a number and its unit, which must not part at the end of a line (U+00A0).
pub(crate) const HARD_SPACE: char = '\u{a0}';

/// An amount of smallest units as an exact decimal number, without trailing zeros: `1500000` at 6 decimals is `1.5`.
#[must_use]
pub fn exact_decimal(units: U256, decimals: u8) -> String {
    let (whole, fraction) = split(units, decimals);
    if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") }
}

/// An amount for a sentence: grouped by thousands, at most 6 decimals, rounded up because it is a cost.
///
/// What is too small or too large to be read becomes a bound (`less than 0.000001`, `more than …`).
#[must_use]
pub fn in_sentence(units: U256, decimals: u8) -> String {
    let (whole, fraction) = split(units, decimals);
    if whole.len() > MAX_WHOLE_DIGITS {
        return format!("more than {}", grouped(&format!("1{}", "0".repeat(MAX_WHOLE_DIGITS))));
    }
    let shown: String = fraction.chars().take(MAX_DECIMALS).collect();
    if shown.len() == fraction.len() {
        let whole = grouped(&whole);
        return if shown.is_empty() { whole } else { format!("{whole}.{shown}") };
    }
    if is_tiny(&whole, &fraction) {
        return "less than 0.000001".to_owned();
    }
    // At most 18 + 6 digits, so this neither fails nor overflows.
    let rounded = format!("{whole}{shown}").parse::<u128>().unwrap_or_default() + 1;
    let (whole, fraction) = split(U256::from(rounded), 6);
    let whole = grouped(&whole);
    if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") }
}

/// Whether a number has more digits than anyone can read, so that as a limit it is none.
pub(crate) fn is_vast(units: U256, decimals: u8) -> bool {
    split(units, decimals).0.len() > MAX_WHOLE_DIGITS
}

/// Whether a sentence would only say that it is less than it can show. Nothing at all is not that.
pub(crate) fn is_below_sight(units: U256, decimals: u8) -> bool {
    let (whole, fraction) = split(units, decimals);
    is_tiny(&whole, &fraction)
}

fn is_tiny(whole: &str, fraction: &str) -> bool {
    whole == "0"
        && fraction.len() > MAX_DECIMALS
        && fraction.bytes().take(MAX_DECIMALS).all(|digit| digit == b'0')
}

/// The digits before the point (at least one) and those behind it (no trailing zeros).
fn split(units: U256, decimals: u8) -> (String, String) {
    let decimals = usize::from(decimals);
    let digits = format!("{:0>width$}", units.to_string(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    (whole.to_owned(), fraction.trim_end_matches('0').to_owned())
}

fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_well_and_never_understate() {
        let check = |units: &str, decimals: u8, exact: &str, sentence: &str| {
            let units = U256::from_str_radix(units, 10).unwrap();
            assert_eq!(exact_decimal(units, decimals), exact, "{units} at {decimals}");
            assert_eq!(in_sentence(units, decimals), sentence, "{units} at {decimals}");
        };
        check("0", 18, "0", "0");
        check("0", 0, "0", "0");
        check("7", 0, "7", "7");
        check("1000000", 0, "1000000", "1,000,000");
        check("250000000000000000", 18, "0.25", "0.25");
        check("1000000000000000000", 18, "1", "1");
        check("1000000", 6, "1", "1");
        check("500500000", 6, "500.5", "500.5");
        check("1234567890000", 6, "1234567.89", "1,234,567.89");
        check("1", 6, "0.000001", "0.000001");
        check("1", 18, "0.000000000000000001", "less than 0.000001");
        check("999999999999", 18, "0.000000999999999999", "less than 0.000001");
        check("1000000000001", 18, "0.000001000000000001", "0.000002");
        check("123456700000000000", 18, "0.1234567", "0.123457");
        check("999999999999999999", 18, "0.999999999999999999", "1");
        check("1999999999999999999", 18, "1.999999999999999999", "2");
        check("999999999999999999999", 18, "999.999999999999999999", "1,000");
        check("999999999999999999", 0, "999999999999999999", "999,999,999,999,999,999");
        check("1000000000000000000", 0, "1000000000000000000", "more than 1,000,000,000,000,000,000");
        let largest = U256::MAX.to_string();
        check(&largest, 0, &largest, "more than 1,000,000,000,000,000,000");
        check(&largest, 255, &format!("0.{}{largest}", "0".repeat(255 - 78)), "less than 0.000001");
    }
}
