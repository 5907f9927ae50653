//! The few read-only token calls that a wallet makes itself (ERC-20), and decoding of whatever comes back.
//!
//! Tokens are contracts of strangers: some answer with 32 fixed bytes instead of text, some with nothing, some
//! with a revert. A result that cannot be read is `None`, never zero.

use candor_primitives::{Address, B256, Bytes, U256};

use crate::text::clean;

/// The longest name or symbol that is kept, in characters.
pub const TEXT_LIMIT: usize = 40;

/// Call data of `balanceOf(owner)`.
#[must_use]
pub fn balance_of(owner: Address) -> Bytes {
    call([0x70, 0xa0, 0x82, 0x31], &[owner.into_word()])
}

/// Call data of `allowance(owner, spender)`.
#[must_use]
pub fn allowance(owner: Address, spender: Address) -> Bytes {
    call([0xdd, 0x62, 0xed, 0x3e], &[owner.into_word(), spender.into_word()])
}

/// Call data of `transfer(to, units)`.
#[must_use]
pub fn transfer(to: Address, units: U256) -> Bytes {
    call([0xa9, 0x05, 0x9c, 0xbb], &[to.into_word(), units.into()])
}

/// Call data of `symbol()`.
#[must_use]
pub fn symbol() -> Bytes {
    call([0x95, 0xd8, 0x9b, 0x41], &[])
}

/// Call data of `name()`.
#[must_use]
pub fn name() -> Bytes {
    call([0x06, 0xfd, 0xde, 0x03], &[])
}

/// Call data of `decimals()`.
#[must_use]
pub fn decimals() -> Bytes {
    call([0x31, 0x3c, 0xe5, 0x67], &[])
}

/// Call data of a function whose arguments are one word each.
pub(crate) fn call(selector: [u8; 4], arguments: &[B256]) -> Bytes {
    [&selector, arguments.concat().as_slice()].concat().into()
}

/// The first word of a result as a number.
#[must_use]
pub fn decode_uint(result: &[u8]) -> Option<U256> {
    result.first_chunk::<32>().map(|word| U256::from_be_bytes(*word))
}

/// The result of `decimals()`; a number above 255 is none.
#[must_use]
pub fn decode_decimals(result: &[u8]) -> Option<u8> {
    decode_uint(result)?.try_into().ok()
}

/// The result of `name()` or `symbol()`: text, or 32 bytes padded with zeros as early tokens answer. Characters
/// that could deceive are removed; what is left may still imitate another token.
#[must_use]
pub fn decode_text(result: &[u8]) -> Option<String> {
    let text = decode_string(result).or_else(|| {
        let word = result.first_chunk::<32>().filter(|_| result.len() == 32)?;
        let length = word.iter().position(|b| *b == 0).unwrap_or(32);
        core::str::from_utf8(word.get(..length)?).ok().map(str::to_owned)
    })?;
    Some(clean_name(&text)).filter(|text| !text.is_empty())
}

/// A name or symbol without characters that could deceive, and no longer than [`TEXT_LIMIT`]. It may be empty.
#[must_use]
pub fn clean_name(text: &str) -> String {
    clean(text, TEXT_LIMIT)
}

/// One ABI-encoded dynamic string; bytes that are not UTF-8 are replaced.
pub(crate) fn decode_string(result: &[u8]) -> Option<String> {
    let offset = usize::try_from(decode_uint(result)?).ok()?;
    let tail = result.get(offset..)?;
    let length = usize::try_from(decode_uint(tail)?).ok()?;
    let bytes = tail.get(32..)?.get(..length)?;
    Some(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::{data, encode_data};
    use candor_primitives::keccak256;
    use proptest::prelude::*;

    #[test]
    fn calls_match_their_signatures() {
        let (a, b) = (Address::repeat_byte(0xaa), Address::repeat_byte(0xbb));
        let check = |call: Bytes, signature: &str, arguments: &str| {
            let selector = encode_data(&keccak256(signature)[..4]);
            assert_eq!(encode_data(&call), format!("{selector}{arguments}"), "{signature}");
        };
        let word = |byte: &str| format!("{}{}", "0".repeat(24), byte.repeat(20));
        check(balance_of(a), "balanceOf(address)", &word("aa"));
        check(allowance(a, b), "allowance(address,address)", &(word("aa") + &word("bb")));
        check(
            transfer(a, U256::from(12)),
            "transfer(address,uint256)",
            &(word("aa") + &format!("{:064x}", 12)),
        );
        check(symbol(), "symbol()", "");
        check(name(), "name()", "");
        check(decimals(), "decimals()", "");
    }

    #[test]
    fn texts() {
        let check = |hex: &str, expected: Option<&str>| {
            let result = data(&format!("0x{hex}")).unwrap();
            assert_eq!(decode_text(&result).as_deref(), expected, "{hex}");
        };
        let word = |n: u32| format!("{n:064x}");
        let right = |text: &str| format!("{text:0<64}");
        // USDC, as the contract answers
        check(&(word(0x20) + &word(4) + &right("55534443")), Some("USDC"));
        // MKR, 32 fixed bytes
        check(&right("4d4b52"), Some("MKR"));
        // without padding, as some contracts answer
        check(&(word(0x20) + &word(4) + "55534443"), Some("USDC"));
        check(&(word(0x20) + &word(0)), None);
        check("", None);
        check(&word(0), None);
        check(&word(0x20), None);
        check(&(word(0x20) + &word(99) + &right("55")), None);
        check(&(word(0xffff_ffff) + &word(4) + &right("55534443")), None);
        check(&("f".repeat(64) + &word(4)), None);
        check("55534443", None);
        // hidden characters: U+202E and a line break
        check(&(word(0x20) + &word(6) + &right("e280ae550a53")), Some("U S"));
        // bytes that are not UTF-8
        check(&(word(0x20) + &word(2) + &right("55ff")), Some("U\u{FFFD}"));
        check(&"ff".repeat(32), None);
    }

    #[test]
    fn numbers() {
        let check = |bytes: &[u8], number: Option<u64>, decimals: Option<u8>| {
            assert_eq!((decode_uint(bytes), decode_decimals(bytes)), (number.map(U256::from), decimals));
        };
        check(&U256::from(18).to_be_bytes::<32>(), Some(18), Some(18));
        check(&U256::from(256).to_be_bytes::<32>(), Some(256), None);
        check(&[U256::from(6).to_be_bytes::<32>(), [0; 32]].concat(), Some(6), Some(6));
        check(&[], None, None);
        check(&[0; 31], None, None);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(result: Vec<u8>) {
            let _ = (decode_text(&result), decode_decimals(&result));
        }
    }
}
