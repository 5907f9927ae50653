//! What is said of the receiver of a transfer, from the wallet's own records.

use candor_protocol::{
    ui,
    view::{ApprovalView, Tone},
};
use candor_tests::{Host, surface::ANVIL_ACCOUNTS};
use serde_json::json;

/// Begins and ends like the stranger.
const POISON: &str = "0x1a2bffc2d3e4f50617283940a1b2c3d4e5f63c4d";
const STRANGER: &str = "0x1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";

fn review(host: &mut Host, to: &str, amount: &str) -> ApprovalView {
    let id = host.must(ui::PrepareSend {
        from: ANVIL_ACCOUNTS[0].to_owned(),
        chain_id: 1,
        to: to.to_owned(),
        amount: amount.to_owned(),
        max: false,
    });
    host.must(ui::Approval { id })
}

fn rules(shown: &ApprovalView) -> Vec<&str> {
    shown.notes.iter().map(|note| note.rule.as_str()).collect()
}

#[test]
fn who_was_paid_is_known_and_who_looks_like_them_is_told() {
    let mut host = Host::anvil();
    let first = review(&mut host, STRANGER, "1");
    assert_eq!((rules(&first), first.tone, &first.word), (vec!["first-time"], Tone::Plain, &None));
    // Nobody is known yet, so nobody can be imitated.
    assert_eq!(rules(&review(&mut host, POISON, "1")), ["first-time"]);
    let first = review(&mut host, STRANGER, "1");
    host.approve(&first).unwrap();
    assert_eq!(rules(&review(&mut host, STRANGER, "1")), Vec::<&str>::new());

    let shown = review(&mut host, POISON, "1");
    assert_eq!(
        (rules(&shown), shown.tone, shown.word.as_deref()),
        (vec!["look-alike"], Tone::Risk, Some("different"))
    );
    let found = shown.look_alike.clone().unwrap();
    assert_eq!((found.known.to_lowercase().as_str(), found.name), (STRANGER, None));
    assert!(found.receiver.eq_ignore_ascii_case(POISON));
    // Nothing is forbidden.
    host.approve(&shown).unwrap();
    // Once paid, the two are told apart no more: neither is more known than the other.
    assert_eq!(rules(&review(&mut host, POISON, "1")), Vec::<&str>::new());
    assert_eq!(rules(&review(&mut host, STRANGER, "1")), Vec::<&str>::new());
}

#[test]
fn a_site_that_pays_a_look_alike_of_an_own_account_is_told_and_one_that_calls_it_is_not() {
    let own = ANVIL_ACCOUNTS[0].to_ascii_lowercase();
    let twin = format!("{}{}{}", own.get(..8).unwrap(), "0".repeat(28), own.get(36..).unwrap());
    let check = |transaction: serde_json::Value, expected: bool| {
        let mut host = Host::anvil();
        let page = host.connected("https://a.example");
        let promised = host.ask(page, "eth_sendTransaction", json!([transaction]));
        let shown = host.prompt();
        assert_eq!(rules(&shown).contains(&"look-alike"), expected, "{transaction}");
        assert_eq!(shown.look_alike.is_some(), expected);
        host.refuse();
        assert_eq!(host.error(promised).0, 4001);
    };
    let from = ANVIL_ACCOUNTS[0];
    let word = |address: &str| format!("{:0>64}", address.trim_start_matches("0x"));
    let amount = format!("{:064x}", 5);
    check(json!({ "from": from, "to": twin, "value": "0x1" }), true);
    check(
        json!({ "from": from, "to": STRANGER, "data": format!("0xa9059cbb{}{amount}", word(&twin)) }),
        true,
    );
    // A permission for it, and a call of it: chosen addresses of contracts resemble each other.
    check(
        json!({ "from": from, "to": STRANGER, "data": format!("0x095ea7b3{}{amount}", word(&twin)) }),
        false,
    );
    check(json!({ "from": from, "to": twin, "data": "0x12345678" }), false);
}

#[test]
fn what_leaves_hardly_anything_and_what_comes_back_is_said() {
    let mut host = Host::anvil();
    let check = |host: &mut Host, to: &str, amount: &str, expected: &[&str], word: Option<&str>| {
        let shown = review(host, to, amount);
        assert_eq!((rules(&shown), shown.word.as_deref()), (expected.to_vec(), word), "{to} {amount}");
    };
    check(&mut host, STRANGER, "9999", &["near-everything", "first-time"], None);
    check(&mut host, ANVIL_ACCOUNTS[0], "1", &["own-address"], None);
    check(&mut host, "0x000000000000000000000000000000000000dEaD", "1", &["burn"], Some("destroy"));
    // USDC on Ethereum, and USDC of Base.
    check(&mut host, "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "1", &["token-contract"], Some("lost"));
    let base = "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913";
    check(&mut host, base, "1", &["no-code-here", "first-time"], Some("lost"));
}
