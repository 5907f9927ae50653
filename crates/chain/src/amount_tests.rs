use AmountError as E;
use proptest::prelude::*;

use super::*;

fn wei(text: &str) -> U256 {
    U256::from_str_radix(text, 10).unwrap()
}

#[test]
fn typed_amounts() {
    let check = |text: &str, decimals: u8, expected: Result<&str, E>| {
        assert_eq!(parse(text, decimals), expected.map(wei), "{text:?}");
    };
    check("1", 18, Ok("1000000000000000000"));
    check("0", 18, Ok("0"));
    check("0.25", 18, Ok("250000000000000000"));
    check("0,25", 18, Ok("250000000000000000"));
    check("1,5", 18, Ok("1500000000000000000"));
    check("1.5", 6, Ok("1500000"));
    check(" 1.5\n", 6, Ok("1500000"));
    check(".5", 6, Ok("500000"));
    check("5.", 6, Ok("5000000"));
    check("007", 0, Ok("7"));
    check("1.500", 6, Ok("1500000"));
    check("0,500", 6, Ok("500000"));
    check("1500,125", 6, Ok("1500125000"));
    check("1,5000", 6, Ok("1500000"));
    check("1.000000000", 6, Ok("1000000"));
    check("0.000000000000000001", 18, Ok("1"));

    // The inputs of user pain P48: never one thousand for one, or the other way round.
    check("1,304.53", 18, Err(E::Ambiguous));
    check("1.304,53", 18, Err(E::Ambiguous));
    check("1,500", 18, Err(E::Ambiguous));
    check("12,500", 18, Err(E::Ambiguous));
    check("1,000,000", 18, Err(E::Ambiguous));
    check("1.000.000", 18, Err(E::Ambiguous));
    check("1 000", 18, Err(E::Ambiguous));
    check("1\u{202F}000,5", 18, Err(E::Ambiguous));
    check("1'000", 18, Err(E::Ambiguous));
    check("1_000", 18, Err(E::Ambiguous));

    check("", 18, Err(E::Empty));
    check("   ", 18, Err(E::Empty));
    check(".", 18, Err(E::NotANumber));
    check(",", 18, Err(E::NotANumber));
    check("1e18", 18, Err(E::NotANumber));
    check("0x10", 18, Err(E::NotANumber));
    check("+1", 18, Err(E::NotANumber));
    check("1 ETH", 18, Err(E::NotANumber));
    check("١٢", 18, Err(E::NotANumber));
    check("１", 18, Err(E::NotANumber));
    check("∞", 18, Err(E::NotANumber));
    check("NaN", 18, Err(E::NotANumber));
    check("1\u{202E}2", 18, Err(E::NotANumber));
    check(&"1".repeat(121), 18, Err(E::NotANumber));
    check("-1", 18, Err(E::Negative));
    check("−0.5", 18, Err(E::Negative));
    check("1.0000001", 6, Err(E::TooPrecise(6)));
    check("1.5", 0, Err(E::TooPrecise(0)));
    check(&"9".repeat(79), 0, Err(E::TooLarge));
    check("1", 78, Err(E::TooLarge));
    check("1", 255, Err(E::TooLarge));
    check("0", 255, Ok("0"));
    assert_eq!(parse(&U256::MAX.to_string(), 0), Ok(U256::MAX));
}

#[test]
fn shown_amounts() {
    use Rounding::{Cost, Receipt};
    let check = |value: &str, decimals: u8, exactly: &str, receipt: &str, cost: &str| {
        let value = wei(value);
        let found =
            (exact(value, decimals), sentence(value, decimals, Receipt), sentence(value, decimals, Cost));
        assert_eq!(found, (exactly.to_owned(), receipt.to_owned(), cost.to_owned()));
    };
    check("0", 18, "0", "0", "0");
    check("0", 0, "0", "0", "0");
    check("250000000000000000", 18, "0.25", "0.25", "0.25");
    check("50000000", 6, "50", "50", "50");
    check("1000000000", 6, "1,000", "1,000", "1,000");
    check("1234567891234567891", 12, "1,234,567.891234567891", "1,234,567.891234", "1,234,567.891235");
    check("418123456789000000", 18, "0.418123456789", "0.418123", "0.418124");
    check("999999999999999999", 18, "0.999999999999999999", "0.999999", "1");
    check("999999999999", 9, "999.999999999", "999.999999", "1,000");
    check("100000000000000", 18, "0.0001", "0.0001", "0.0001");
    check("99999999999999", 18, "0.000099999999999999", "< 0.0001", "< 0.0001");
    check("1", 18, "0.000000000000000001", "< 0.0001", "< 0.0001");
    check("1", 3, "0.001", "0.001", "0.001");
    check("7", 0, "7", "7", "7");
    check("1234", 0, "1,234", "1,234", "1,234");
    let all = U256::MAX.to_string();
    assert_eq!(exact(wei(&all), 77), format!("1.{}", &all.chars().skip(1).collect::<String>()));
    assert_eq!(sentence(U256::MAX, 255, Cost), "< 0.0001");
}

#[test]
fn columns() {
    let check = |value: &str, places: usize, receipt: &str, cost: &str| {
        let shown = |rounding| column(wei(value), 18, places, rounding);
        assert_eq!((shown(Rounding::Receipt), shown(Rounding::Cost)), (receipt.to_owned(), cost.to_owned()));
    };
    check("418000000000000000", 4, "0.4180", "0.4180");
    check("418260000000000000", 4, "0.4182", "0.4183");
    check("1204500000000000000000", 2, "1,204.50", "1,204.50");
    check("999995000000000000", 4, "0.9999", "1.0000");
    check("1999999999999999999", 0, "1", "2");
    check("0", 2, "0.00", "0.00");
    check("5", 4, "< 0.0001", "< 0.0001");

    let check = |values: &[(&str, u8)], expected: usize| {
        assert_eq!(column_places(values.iter().map(|(value, decimals)| (wei(value), *decimals))), expected);
    };
    check(&[], 2);
    check(&[("0", 18)], 2);
    check(&[("1204500000", 6)], 2);
    check(&[("1204500000", 6), ("418000000000000000", 18)], 4);
    check(&[("41800000000000000", 18)], 5);
    check(&[("1", 18)], 6);
}

proptest! {
    #[test]
    fn what_is_shown_plainly_reads_back(bytes: [u8; 32], decimals: u8) {
        let value = U256::from_be_bytes(bytes);
        let text = plain(value, decimals);
        if text.len() <= 120 {
            prop_assert_eq!(parse(&text, decimals), Ok(value), "{}", text);
        }
    }

    #[test]
    fn rounding_is_against_the_person(value: u128, decimals in 0u8..40, places in 0usize..8) {
        let value = U256::from(value);
        let back = |rounding| {
            let text = column(value, decimals, places, rounding).replace(',', "");
            // Shown decimals beyond those of the coin are zeros, which `parse` accepts.
            parse(&text, decimals)
        };
        if tiny(value, decimals).is_none() {
            prop_assert!(back(Rounding::Receipt)? <= value);
            prop_assert!(back(Rounding::Cost)? >= value);
        }
    }

    #[test]
    fn nothing_makes_it_panic(text: String, numbers in "[0-9., ']{0,40}", decimals: u8, places in 0usize..300) {
        let _ = (parse(&text, decimals), parse(&numbers, decimals));
        for rounding in [Rounding::Receipt, Rounding::Cost] {
            let _ = (column(U256::MAX, decimals, places, rounding), sentence(U256::from(places), decimals, rounding));
        }
    }
}
