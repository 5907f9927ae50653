use candor_protocol::import::KeyringKind;
use proptest::prelude::*;

use super::*;
use crate::testing::{ANVIL, ask, refusal, secret};

const KEY: &str = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const ADDRESS: &str = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

fn read(text: &str) -> ReadKey {
    ReadKey { text: secret(text) }
}

#[test]
fn keys_are_read_as_they_are_typed() {
    let check = |text: &str| {
        let keyring = ask(read(text)).unwrap();
        assert_eq!(keyring.kind, KeyringKind::Key);
        assert_eq!(keyring.first.address, ADDRESS, "{text}");
        assert_eq!((keyring.first.path.as_str(), keyring.first.index), ("m", 0));
    };
    check(KEY);
    check(&format!("0x{KEY}"));
    check(&format!(" 0X{}\r\n", KEY.to_uppercase()));
    check("ac0974be c39a17e3 6ba4a6b4 d238ff94\n4bacb478\tcbed5efc\u{a0}ae784d7b\u{3000}f4f2ff80");
}

#[test]
fn what_is_wrong_with_a_key_is_said_exactly() {
    let check = |text: &str, title: &str, advice: &str| {
        assert_eq!(refusal(read(text)), (title.to_owned(), advice.to_owned()), "{text}");
    };
    let typed = "Type or paste your private key.";
    check("", "There is no key yet.", typed);
    check(" \n\t", "There is no key yet.", typed);
    let characters = "A key has only the digits 0 to 9 and the letters a to f. Compare it with your copy.";
    check(&format!("{}g", KEY.split_at(63).0), "Character 64 cannot be part of a private key.", characters);
    check(
        &format!("0x ac{}", KEY.replacen('a', "o", 1)),
        "Character 5 cannot be part of a private key.",
        characters,
    );
    check("０x", "Character 1 cannot be part of a private key.", characters);
    check(ANVIL, "Character 1 cannot be part of a private key.", characters);
    check("xprv9s21ZrQH143K", "Character 1 cannot be part of a private key.", characters);
    let length = "A private key has 64. Compare it with your copy.";
    check("a", "There is 1 character.", length);
    check("0x", "There are 0 characters behind 0x.", length);
    check(KEY.split_at(63).0, "There are 63 characters.", length);
    check(&format!("{KEY}0"), "There are 65 characters.", length);
    check(&format!("0x{KEY}{KEY}"), "There are 128 characters behind 0x.", length);
    check(
        ADDRESS,
        "This is an address, not a private key.",
        "An address can be watched. To send from it, its key or its recovery phrase is needed.",
    );
    let range =
        "As a number it is zero or too large, so that a character must be wrong. Compare it with your copy.";
    check(&"0".repeat(64), "No account has this key.", range);
    check(
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
        "No account has this key.",
        range,
    );
    check(&"f".repeat(64), "No account has this key.", range);
}

#[test]
fn the_first_and_the_last_key_are_keys() {
    let check = |text: &str, address: &str| {
        assert_eq!(ask(read(text)).unwrap().first.address, address);
    };
    check(&format!("{:064x}", 1), "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf");
    check(
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140",
        "0x80C0dbf239224071c59dD8970ab9d542E3414aB2",
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn errors_repeat_nothing_of_a_key(digits in "[0-9a-f]{8,100}", wrong in prop::option::of("[g-z]")) {
        let typed = format!("{digits}{}", wrong.unwrap_or_default());
        if let Err(error) = ask(read(&typed)) {
            let said = format!("{} {}", error.title, error.text);
            let repeated = digits.as_bytes().windows(4).any(|part| said.as_bytes().windows(4).any(|said| said == part));
            prop_assert!(!repeated, "{}", said);
        }
    }
}
