//! Finding the accounts of a keyring: offline by a known address, and by what the chains say of one address at a time.

use candor_keys::Family;
use candor_protocol::ui::{self, UiErrorCode};
use candor_tests::{
    Host,
    import::{create, drawn, record_of},
    net::Manner,
    surface::{ANVIL, ANVIL_ACCOUNTS},
};
use serde_json::json;

#[test]
fn an_address_is_found_in_every_family_and_nobody_is_asked() {
    let mut host = Host::anvil();
    let keyring = host.must(ui::Keyrings {}).remove(0).id;
    let asked = host.net.asked.len();
    let check = |host: &mut Host, family: Family, index: u32| {
        let path = family.path(index).to_string();
        let derive = ui::DeriveAccounts { keyring: keyring.clone(), paths: vec![path.clone()] };
        let address = host.must(derive).remove(0).address;
        let from = index / 200 * 200;
        let find =
            |from| ui::FindAccount { keyring: keyring.clone(), address: address.clone(), from, count: 200 };
        let found = host.must(find(from)).unwrap();
        assert_eq!((&found.address, found.index), (&address, index));
        assert_eq!(host.must(find(from + 200)), None, "{path}");
        let added = host.must(ui::AddAccounts { keyring: keyring.clone(), paths: vec![found.path] });
        assert_eq!(added.added.len() + added.known.len(), 1);
    };
    check(&mut host, Family::Bip44, 0);
    check(&mut host, Family::Bip44, 7);
    check(&mut host, Family::LedgerLive, 3);
    check(&mut host, Family::Legacy, 777);
    assert_eq!(host.net.asked.len(), asked);
    assert_eq!(host.addresses().len(), 5);
}

#[test]
fn a_search_is_refused_where_it_makes_no_sense() {
    let mut host = Host::anvil();
    let keyring = host.must(ui::Keyrings {}).remove(0).id;
    let find = |keyring: &str, address: &str, from, count| ui::FindAccount {
        keyring: keyring.to_owned(),
        address: address.to_owned(),
        from,
        count,
    };
    let check = |host: &mut Host, call: ui::FindAccount, code| {
        assert_eq!(host.call(call.clone()).unwrap_err().code, code, "{call:?}");
    };
    let stranger = format!("0x{}", "00".repeat(20));
    assert_eq!(host.must(find(&keyring, &stranger, 9_900, 200)), None, "the end of the search");
    assert_eq!(host.must(find(&keyring, &stranger, u32::MAX, 200)), None);
    check(&mut host, find(&keyring, "0x12", 0, 10), UiErrorCode::Invalid);
    check(&mut host, find(&keyring, &stranger, 0, 201), UiErrorCode::Internal);
    check(&mut host, find("00", &stranger, 0, 10), UiErrorCode::Damaged);
    host.must(ui::Lock {});
    check(&mut host, find(&keyring, &stranger, 0, 10), UiErrorCode::Locked);
}

#[test]
fn one_question_names_one_account_and_says_whether_it_was_used() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let payment = json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0x1" }]);
    host.ask(page, "eth_sendTransaction", payment);
    host.agree();
    host.net.chain(1).mine();
    let count = |address: &str| ui::TransactionCount { address: address.to_owned(), chain_id: 1 };
    assert_eq!(host.must(count(ANVIL_ACCOUNTS[0])), 1);
    let start = host.net.asked.len();
    assert_eq!(host.must(count(ANVIL_ACCOUNTS[4])), 0, "it need not be an account of this wallet");
    let asked: Vec<_> = host.net.asked[start..].iter().map(|asked| asked.method.as_str()).collect();
    assert_eq!(asked, ["eth_getTransactionCount"]);
    host.net.manners(1, "*", &Manner::Dead);
    assert_eq!(host.call(count(ANVIL_ACCOUNTS[0])).unwrap_err().code, UiErrorCode::Unreachable);
}

#[test]
fn a_fresh_wallet_asks_nobody_about_accounts() {
    let mut host = Host::default();
    let password = host.new_password();
    host.must(create(password, 12));
    let count = ui::TransactionCount { address: ANVIL_ACCOUNTS[0].to_owned(), chain_id: 1 };
    assert!(host.call(count).is_err());
    assert_eq!(host.net.asked, []);
}

#[test]
fn a_second_wallet_comes_beside_the_first() {
    let mut host = Host::restored(ANVIL, &[0]);
    let add = |record: ui::SecretText, family: Family| ui::AddKeyring {
        record,
        paths: vec![family.path(0).to_string(), family.path(3).to_string()],
    };
    assert_eq!(host.must(add(drawn(24, 9), Family::Legacy)).added.len(), 2);
    assert_eq!(host.must(add(record_of(ANVIL, "other"), Family::Bip44)).added.len(), 2);
    let again = host.must(add(record_of(ANVIL, ""), Family::Bip44));
    assert_eq!((again.added.len(), again.known.len()), (1, 1), "what is there is named, not doubled");
    assert_eq!(host.must(ui::Keyrings {}).len(), 3);
    assert_eq!(host.addresses().len(), 6);
}
