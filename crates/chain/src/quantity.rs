//! The two hexadecimal encodings of JSON-RPC, quantities and data (execution-apis, "Hex value encoding").
//!
//! Pages must use the one canonical spelling, because a value that two programs read differently is a way to
//! show one thing and sign another. Nodes are read tolerantly, because some pad, some answer in decimal, and
//! refusing them would help nobody.

use candor_primitives::{Address, B256, Bytes, U256};
use serde_json::Value;

/// Why a value is not what its field needs. Each sentence completes "`value` …".
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// Not text at all.
    #[error("must be a string")]
    NotText,
    /// No `0x`.
    #[error("must start with 0x")]
    Prefix,
    /// A character that is no hexadecimal digit.
    #[error("must be hexadecimal")]
    Digit,
    /// `0x`, which is no number.
    #[error("must have at least one digit, zero being 0x0")]
    Empty,
    /// `0x01`.
    #[error("must not have leading zeros")]
    LeadingZero,
    /// Above what the field can hold.
    #[error("is too large")]
    TooLarge,
    /// Half a byte.
    #[error("must have an even number of digits")]
    OddLength,
    /// Not 20 or 32 bytes where exactly that many are needed.
    #[error("has the wrong length")]
    Length,
    /// Upper and lower case do not match EIP-55.
    #[error("is mistyped: its upper and lower case letters do not fit together")]
    Checksum,
}

/// The canonical spelling of a number: lower case, no leading zeros, zero is `0x0`.
#[must_use]
pub fn encode(value: impl Into<U256>) -> String {
    format!("0x{:x}", value.into())
}

/// The canonical spelling of bytes.
#[must_use]
pub fn encode_data(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|b| [b >> 4, b & 15]).map(|n| char::from(DIGITS[usize::from(n)]));
    "0x".chars().chain(digits).collect()
}

/// Reads a canonical quantity from a page. Upper-case digits are tolerated, since widely used libraries have
/// produced them and they cannot be misread.
///
/// # Errors
/// Any other spelling.
pub fn strict(text: &str) -> Result<U256, QuantityError> {
    let digits = text.strip_prefix("0x").ok_or(QuantityError::Prefix)?;
    if digits.is_empty() {
        return Err(QuantityError::Empty);
    }
    if digits.len() > 1 && digits.starts_with('0') {
        return Err(QuantityError::LeadingZero);
    }
    from_digits(digits)
}

/// [`strict`] for fields that hold 64 bits (gas, nonce, block number).
///
/// # Errors
/// As [`strict`], or above 64 bits.
pub fn strict_u64(text: &str) -> Result<u64, QuantityError> {
    u64::try_from(strict(text)?).map_err(|_| QuantityError::TooLarge)
}

/// [`strict`] for fields that hold 128 bits (fees per gas, in wei).
///
/// # Errors
/// As [`strict`], or above 128 bits.
pub fn strict_u128(text: &str) -> Result<u128, QuantityError> {
    u128::try_from(strict(text)?).map_err(|_| QuantityError::TooLarge)
}

/// Reads a number from a node: padded or upper-case hexadecimal, `0x` for zero, decimal text, or a JSON number.
///
/// # Errors
/// Not a non-negative whole number of at most 256 bits.
pub fn tolerant(value: &Value) -> Result<U256, QuantityError> {
    match value {
        Value::Number(number) => number.as_u64().map(U256::from).ok_or(QuantityError::Digit),
        Value::String(text) => {
            let text = text.trim();
            match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
                Some("") => Ok(U256::ZERO),
                Some(digits) => from_digits(digits),
                None if text.is_empty() => Err(QuantityError::Empty),
                None if text.bytes().all(|b| b.is_ascii_digit()) => {
                    U256::from_str_radix(text, 10).map_err(|_| QuantityError::TooLarge)
                }
                None => Err(QuantityError::Prefix),
            }
        }
        _ => Err(QuantityError::NotText),
    }
}

/// [`tolerant`] for 64 bits.
///
/// # Errors
/// As [`tolerant`], or above 64 bits.
pub fn tolerant_u64(value: &Value) -> Result<u64, QuantityError> {
    u64::try_from(tolerant(value)?).map_err(|_| QuantityError::TooLarge)
}

/// [`tolerant`] for 128 bits.
///
/// # Errors
/// As [`tolerant`], or above 128 bits.
pub fn tolerant_u128(value: &Value) -> Result<u128, QuantityError> {
    u128::try_from(tolerant(value)?).map_err(|_| QuantityError::TooLarge)
}

/// Reads bytes: `0x` and an even number of digits.
///
/// # Errors
/// Any other spelling.
pub fn data(text: &str) -> Result<Bytes, QuantityError> {
    let digits = text.strip_prefix("0x").ok_or(QuantityError::Prefix)?;
    if !digits.len().is_multiple_of(2) {
        return Err(QuantityError::OddLength);
    }
    let nibble =
        |c: u8| char::from(c).to_digit(16).and_then(|n| u8::try_from(n).ok()).ok_or(QuantityError::Digit);
    let bytes = digits.as_bytes().chunks_exact(2).map(|pair| Ok(nibble(pair[0])? << 4 | nibble(pair[1])?));
    bytes.collect::<Result<Vec<u8>, _>>().map(Bytes::from)
}

/// Reads bytes from a node: as [`data`], and nothing at all (`null`, an empty string) counts as no bytes.
///
/// # Errors
/// Not hexadecimal data.
pub fn tolerant_data(value: &Value) -> Result<Bytes, QuantityError> {
    match value {
        Value::Null => Ok(Bytes::new()),
        Value::String(text) if text.is_empty() => Ok(Bytes::new()),
        Value::String(text) => data(text.trim()),
        _ => Err(QuantityError::NotText),
    }
}

/// Reads exactly 32 bytes, such as a transaction hash.
///
/// # Errors
/// Not `0x` and 64 hexadecimal digits.
pub fn b256(text: &str) -> Result<B256, QuantityError> {
    B256::try_from(data(text)?.as_ref()).map_err(|_| QuantityError::Length)
}

/// Reads exactly 20 bytes. Addresses in one case pass, those in mixed case must carry the checksum of EIP-55.
///
/// # Errors
/// Not an address, or a checksum that does not hold, which means a typing error.
pub fn address(text: &str) -> Result<Address, QuantityError> {
    let address = Address::try_from(data(text)?.as_ref()).map_err(|_| QuantityError::Length)?;
    let upper = text.bytes().skip(2).any(|b| b.is_ascii_uppercase());
    let lower = text.bytes().skip(2).any(|b| b.is_ascii_lowercase());
    if upper && lower && address.to_checksum(None) != text {
        return Err(QuantityError::Checksum);
    }
    Ok(address)
}

fn from_digits(digits: &str) -> Result<U256, QuantityError> {
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(QuantityError::Digit);
    }
    U256::from_str_radix(digits, 16).map_err(|_| QuantityError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use QuantityError as E;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn quantities_of_pages() {
        let check = |text: &str, expected: Result<u64, E>| {
            assert_eq!(strict_u64(text), expected, "{text}");
        };
        // The examples of the execution-apis and of the JSON-RPC page of ethereum.org.
        check("0x41", Ok(65));
        check("0x400", Ok(1024));
        check("0x0", Ok(0));
        check("0xABC", Ok(0xabc));
        check("0x", Err(E::Empty));
        check("0x0400", Err(E::LeadingZero));
        check("0x00", Err(E::LeadingZero));
        check("ff", Err(E::Prefix));
        check("", Err(E::Prefix));
        check("1024", Err(E::Prefix));
        check("0X1", Err(E::Prefix));
        check("0xg", Err(E::Digit));
        check("0x_1", Err(E::Digit));
        check("0x-1", Err(E::Digit));
        check("0x+1", Err(E::Digit));
        check(" 0x1", Err(E::Prefix));
        check("0x1 ", Err(E::Digit));
        check("0xffffffffffffffff", Ok(u64::MAX));
        check("0x10000000000000000", Err(E::TooLarge));
        check(&format!("0x1{}", "0".repeat(64)), Err(E::TooLarge));
        assert_eq!(strict_u128("0x10000000000000000"), Ok(1 << 64));
        assert_eq!(strict_u128(&format!("0x1{}", "0".repeat(32))), Err(E::TooLarge));
        assert_eq!(strict(&format!("0x{}", "f".repeat(64))), Ok(U256::MAX));
    }

    #[test]
    fn quantities_of_nodes() {
        let check = |value: Value, expected: Result<u64, E>| {
            assert_eq!(tolerant_u64(&value), expected, "{value}");
        };
        check(json!("0x1"), Ok(1));
        check(json!("0x0001"), Ok(1));
        check(json!("0X1F"), Ok(31));
        check(json!("0x"), Ok(0));
        check(json!("31"), Ok(31));
        check(json!(31), Ok(31));
        check(json!(""), Err(E::Empty));
        check(json!(-1), Err(E::Digit));
        check(json!(1.5), Err(E::Digit));
        check(json!("1e3"), Err(E::Prefix));
        check(json!("0xzz"), Err(E::Digit));
        check(json!(null), Err(E::NotText));
        check(json!(["0x1"]), Err(E::NotText));
        check(json!("9".repeat(99)), Err(E::TooLarge));
    }

    #[test]
    fn bytes_and_addresses() {
        let check = |text: &str, expected: Result<&[u8], E>| {
            assert_eq!(data(text), expected.map(Bytes::copy_from_slice), "{text}");
        };
        check("0x", Ok(&[]));
        check("0x004200", Ok(&[0, 0x42, 0]));
        check("0xAbCd", Ok(&[0xab, 0xcd]));
        check("0xf0f0f", Err(E::OddLength));
        check("004200", Err(E::Prefix));
        check("0xx1", Err(E::Digit));
        assert_eq!(tolerant_data(&json!(null)), Ok(Bytes::new()));
        assert_eq!(tolerant_data(&json!({})), Err(E::NotText));

        let check = |text: &str, expected: Result<(), E>| {
            assert_eq!(address(text).map(|_| ()), expected, "{text}");
        };
        check("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", Ok(()));
        check("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", Ok(()));
        check("0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED", Ok(()));
        check("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", Err(E::Checksum));
        check("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeA", Err(E::Length));
        check("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", Err(E::Prefix));
        assert_eq!(b256(&encode_data(&[7; 32])), Ok(B256::repeat_byte(7)));
        assert_eq!(b256(&encode_data(&[7; 31])), Err(E::Length));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(number: [u8; 32], bytes: Vec<u8>) {
            let number = U256::from_be_bytes(number);
            prop_assert_eq!(strict(&encode(number)), Ok(number));
            prop_assert_eq!(tolerant(&Value::String(encode(number))), Ok(number));
            prop_assert_eq!(data(&encode_data(&bytes)), Ok(Bytes::from(bytes)));
        }

        #[test]
        fn nothing_makes_it_panic(text: String) {
            let _ = (strict(&text), data(&text), address(&text), tolerant(&Value::String(text.clone())));
        }
    }
}
