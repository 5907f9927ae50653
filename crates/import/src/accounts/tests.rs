use core::slice;

use candor_protocol::{
    import::{ReadKey, ReadPhrase},
    ui::SecretText,
};

use super::*;
use crate::testing::{ANVIL, ask, refusal, secret};

/// Accounts of the phrase of development nodes, by a second implementation in Python.
const KNOWN: [(&str, Option<FamilyView>, u32, &str); 10] = [
    ("m/44'/60'/0'/0/0", Some(FamilyView::Standard), 0, "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"),
    ("m/44'/60'/0'/0/3", Some(FamilyView::Standard), 3, "0x90F79bf6EB2c4f870365E785982E1f101E93b906"),
    ("m/44'/60'/0'/0/7", Some(FamilyView::Standard), 7, "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955"),
    ("m/44'/60'/3'/0/0", Some(FamilyView::LedgerLive), 3, "0xCB9fA1eA9b8A3bf422a8639f23Df77ea66020eC2"),
    ("m/44'/60'/7'/0/0", Some(FamilyView::LedgerLive), 7, "0xAF4311d557fBC876059e39306ec1f3343753df29"),
    ("m/44'/60'/0'/0", Some(FamilyView::Legacy), 0, "0x1e59ce931B4CFea3fe4B875411e280e173cB7A9C"),
    ("m/44'/60'/0'/3", Some(FamilyView::Legacy), 3, "0x1e14cBD146c3a5496F588CF28Ee656c210057904"),
    ("m/44'/60'/0'/7", Some(FamilyView::Legacy), 7, "0x2192f6112a026bce4047CeD2A16553Fd31E798B6"),
    ("m/44'/60'/0'/0/1999", Some(FamilyView::Standard), 1999, "0x7265074cEA627BC9873d89575Bad3Bf937Ac700e"),
    ("m/0'/1/2", None, 0, "0xAf31317cEcc48C4167F52B655dF59FFb84a99952"),
];

fn anvil() -> SecretText {
    ask(ReadPhrase { text: secret(ANVIL), passphrase: secret(""), unchecked: false }).unwrap().record.clone()
}

fn single() -> SecretText {
    ask(ReadKey { text: secret(&"01".repeat(32)) }).unwrap().record.clone()
}

fn list(keyring: &SecretText, family: FamilyView, from: u32, count: u32) -> ListAccounts {
    ListAccounts { keyring: keyring.clone(), family, from, count }
}

fn at(keyring: &SecretText, path: &str) -> AccountAt {
    AccountAt { keyring: keyring.clone(), path: path.to_owned() }
}

fn find(keyring: &SecretText, address: &str, from: u32, count: u32) -> FindAddress {
    FindAddress { keyring: keyring.clone(), address: address.to_owned(), from, count }
}

fn refused<T>(answer: Result<T, UiError>) -> String {
    answer.map(|_| ()).unwrap_err().title
}

#[test]
fn known_accounts_are_listed_and_found() {
    let keyring = anvil();
    for (path, family, index, address) in KNOWN {
        let expected = FoundAccount { index, address: address.to_owned(), path: path.to_owned() };
        assert_eq!(ask(at(&keyring, path)).unwrap(), expected);
        if let Some(family) = family {
            assert_eq!(ask(list(&keyring, family, index, 1)).unwrap(), slice::from_ref(&expected));
            let near = index.saturating_sub(2);
            assert_eq!(ask(find(&keyring, address, near, 3)).unwrap(), Some(expected));
            assert_eq!(ask(find(&keyring, address, index + 1, 2)).unwrap(), None);
        }
    }
}

#[test]
fn lists_are_in_order_and_bounded() {
    let keyring = anvil();
    let listed = ask(list(&keyring, FamilyView::LedgerLive, 3, 5)).unwrap();
    assert_eq!(listed.iter().map(|account| account.index).collect::<Vec<_>>(), [3, 4, 5, 6, 7]);
    assert_eq!(listed[4].address, KNOWN[4].3);
    assert_eq!(ask(list(&keyring, FamilyView::Standard, 0, 100)).unwrap().len(), 100);
    assert_eq!(ask(list(&keyring, FamilyView::Standard, 5, 0)).unwrap(), []);
    assert_eq!(ask(list(&keyring, FamilyView::Standard, (1 << 31) - 1, 1)).unwrap().len(), 1);
    let check = |from, count| {
        let answer = ask(list(&keyring, FamilyView::Standard, from, count));
        assert_eq!(refused(answer), "Something went wrong inside Candor.");
    };
    check(0, 101);
    check(1 << 31, 1);
    check((1 << 31) - 1, 2);
    check(u32::MAX, u32::MAX);
}

#[test]
fn a_search_is_bounded() {
    let keyring = anvil();
    assert_eq!(ask(find(&keyring, KNOWN[0].3, 9_999, 1)).unwrap(), None);
    let check = |from, count| {
        let answer = ask(find(&keyring, KNOWN[0].3, from, count));
        assert_eq!(refused(answer), "Something went wrong inside Candor.");
    };
    check(0, 2_001);
    check(9_999, 2);
    check(10_000, 1);
    check(u32::MAX, u32::MAX);
}

#[test]
fn a_single_key_has_one_account() {
    let key = single();
    let only = FoundAccount {
        index: 0,
        address: "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1".to_owned(),
        path: "m".to_owned(),
    };
    for family in [FamilyView::Standard, FamilyView::LedgerLive, FamilyView::Legacy] {
        assert_eq!(ask(list(&key, family, 0, 5)).unwrap(), slice::from_ref(&only));
        assert_eq!(ask(list(&key, family, 1, 5)).unwrap(), []);
        assert_eq!(ask(list(&key, family, 0, 0)).unwrap(), []);
    }
    assert_eq!(ask(at(&key, " M ")).unwrap(), only);
    assert_eq!(ask(find(&key, &only.address, 0, 1)).unwrap(), Some(only.clone()));
    assert_eq!(ask(find(&key, &only.address, 1, 1)).unwrap(), None);
    assert_eq!(ask(find(&key, KNOWN[0].3, 0, 1)).unwrap(), None);
    let expected = ("A private key has only one account.".to_owned(), "It has no paths.".to_owned());
    assert_eq!(refusal(at(&key, "m/44'/60'/0'/0/0")), expected);
}

#[test]
fn paths_are_read_as_they_are_written_or_told_exactly() {
    let keyring = anvil();
    let same = |path: &str| {
        assert_eq!(ask(at(&keyring, path)).unwrap().path, "m/44'/60'/0'/0/7", "{path}");
    };
    same("m/44'/60'/0'/0/7");
    same("  M/44h/60H/0’/0/07\n");
    let check = |path: &str, title: &str, text: &str| {
        assert_eq!(refusal(at(&keyring, path)), (title.to_owned(), text.to_owned()), "{path}");
    };
    let like = "Write it like m/44'/60'/0'/0/0.";
    check("", "A path begins with “m/”.", like);
    check("m", "A path begins with “m/”.", like);
    check("44'/60'/0'/0/0", "A path begins with “m/”.", like);
    check("m/44'//0", "Part 2 of the path is empty.", like);
    check("m/", "Part 1 of the path is empty.", like);
    let digits = "Only an ' may be behind the digits, as in m/44'/60'/0'/0/0.";
    check("m/44'/x/0", "Part 2 of the path is not a number.", digits);
    check("m/44''", "Part 1 of the path is not a number.", digits);
    check(
        "m/44'/2147483648'",
        "The number in part 2 of the path is too large.",
        "The largest is 2147483647.",
    );
    check("m/0/0/0/0/0/0/0/0/0/0/0", "The path has 11 parts.", "10 are the most.");
}

#[test]
fn addresses_are_read_as_they_are_written_or_told_exactly() {
    let keyring = anvil();
    let is_first = |address: &str| {
        assert_eq!(
            ask(find(&keyring, address, 0, 1)).unwrap().map(|found| found.index),
            Some(0),
            "{address}"
        );
    };
    let first = KNOWN[0].3;
    is_first(first);
    is_first(&format!(" {first}\n"));
    is_first(&first.to_lowercase());
    is_first(first.split_at(2).1);
    is_first(&first.to_uppercase());
    let check = |address: &str, title: &str| {
        assert_eq!(refused(ask(find(&keyring, address, 0, 1))), title, "{address}");
    };
    let none = "This is not an address.";
    check("", none);
    check("0x", none);
    check("maria.eth", none);
    check(first.split_at(41).0, none);
    check(&format!("{first}0"), none);
    check(&first.replace('f', "g"), none);
    check(&first.replacen("39F", "39f", 1), "There is a typing error in this address.");
    check(&first.replacen('9', "8", 1), "There is a typing error in this address.");
}
