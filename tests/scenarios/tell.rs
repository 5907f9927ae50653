//! The system tells of a transaction that was decided: when it was asked to, once, and nothing to those who look on.

use candor_primitives::Millis;
use candor_protocol::ui::{self, UiErrorCode};
use candor_tests::{Host, surface::ANVIL_ACCOUNTS};
use serde_json::json;

const WATCH: Millis = Millis::from_secs(30);

/// A wallet that sent a payment for a site; nothing was decided yet.
fn sent(tells: bool) -> (Host, String) {
    let mut host = Host::anvil();
    host.must(ui::SetTells { on: tells });
    let page = host.connected("https://a.example");
    host.net.chain(1).mining = false;
    let payment =
        json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0xde0b6b3a7640000" }]);
    let promised = host.ask(page, "eth_sendTransaction", payment);
    host.agree();
    let hash = host.result(promised).as_str().unwrap().to_owned();
    assert!(host.told.is_empty(), "nothing was decided");
    (host, hash)
}

#[test]
fn what_was_decided_is_told_once() {
    let (mut host, hash) = sent(true);
    host.net.chain(1).mine();
    host.advance(WATCH);
    let route = format!("#/transaction/{hash}");
    let [(title, text, to)] = host.told.as_slice() else { panic!("told {:?}", host.told) };
    assert_eq!((title.as_str(), to), ("It is done.", &route));
    assert!(text.starts_with("Send 1\u{a0}ETH to"), "{text}");
    host.kill();
    host.advance(WATCH);
    host.advance(WATCH);
    assert_eq!(host.told.len(), 1);
}

#[test]
fn what_failed_or_was_overtaken_is_told_as_that() {
    let (mut host, _) = sent(true);
    host.net.chain(1).reverting = true;
    host.net.chain(1).mine();
    host.advance(WATCH);
    assert_eq!(host.told[0].0, "It did not work.");

    let (mut host, _) = sent(true);
    host.net.chain(1).mine_another(ANVIL_ACCOUNTS[0].parse().unwrap(), 0);
    host.advance(WATCH);
    host.advance(WATCH);
    host.advance(WATCH);
    assert_eq!(host.told[0].0, "Another transaction took its place.");
}

#[test]
fn nobody_is_told_who_did_not_ask() {
    let (mut host, _) = sent(false);
    host.net.chain(1).mine();
    host.advance(WATCH);
    assert!(host.told.is_empty());
}

#[test]
fn a_locked_wallet_tells_nothing_of_what_it_was() {
    let (mut host, _) = sent(true);
    host.must(ui::Lock {});
    assert_eq!(host.call(ui::SetTells { on: false }).unwrap_err().code, UiErrorCode::Locked);
    host.net.chain(1).mine();
    host.advance(WATCH);
    let [(title, text, _)] = host.told.as_slice() else { panic!("told {:?}", host.told) };
    assert_eq!(title, "It is done.");
    assert_eq!(text, "Open Candor to see which transaction it was.");
}
