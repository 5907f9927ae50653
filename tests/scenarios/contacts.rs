//! The people that the user gave a name.

use candor_protocol::{
    ui::{self, UiErrorCode},
    view::ApprovalView,
};
use candor_tests::{Host, surface::ANVIL_ACCOUNTS};
use serde_json::json;

const MARIA: &str = "0x1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
/// Begins and ends like Maria's.
const POISON: &str = "0x1a2bffc2d3e4f50617283940a1b2c3d4e5f63c4d";
const STRANGER: &str = "0x9e41c07fd2b86a3518fe07d9c4a26b5301d7e899";

fn save(address: &str, name: &str, sure: bool) -> ui::SaveContact {
    ui::SaveContact { address: address.to_owned(), name: name.to_owned(), sure }
}

fn names(host: &mut Host) -> Vec<String> {
    host.must(ui::Contacts {}).into_iter().map(|contact| contact.name).collect()
}

fn review(host: &mut Host, to: &str, chain_id: u64) -> ApprovalView {
    let id = host.must(ui::PrepareSend {
        from: ANVIL_ACCOUNTS[0].to_owned(),
        chain_id,
        to: to.to_owned(),
        amount: "1".to_owned(),
        max: false,
    });
    host.must(ui::Approval { id })
}

/// The ids of what is said of a payment, and whom the receiver is taken for.
fn said(host: &mut Host, to: &str) -> (Vec<String>, Option<String>) {
    let shown = review(host, to, 1);
    let rules = shown.notes.iter().map(|note| note.rule.clone()).collect();
    (rules, shown.look_alike.and_then(|found| found.name))
}

#[test]
fn contacts_are_saved_renamed_and_removed_and_outlive_the_worker() {
    let mut host = Host::anvil();
    assert_eq!(host.must(save(MARIA, "  Ma\u{202e}ria\n ", false)), None);
    assert_eq!(host.must(save(STRANGER, "anna", false)), None);
    host.kill();
    host.wake();
    assert_eq!(names(&mut host), ["anna", "Maria"]);
    assert_eq!(host.must(save(MARIA, "Maria L.", false)), None);
    assert_eq!(names(&mut host), ["anna", "Maria L."]);
    host.must(ui::ForgetContact { address: STRANGER.to_owned() });
    assert_eq!(names(&mut host), ["Maria L."]);
    assert_eq!(host.must(save(MARIA, &"x".repeat(500), false)), None);
    assert_eq!(names(&mut host), ["x".repeat(40)]);
}

#[test]
fn what_could_be_taken_for_somebody_else_is_said_first() {
    let mut host = Host::anvil();
    host.must(save(MARIA, "Maria", false));
    for (address, name) in [(STRANGER, "MARIA"), (POISON, "Shop")] {
        assert!(host.must(save(address, name, false)).is_some(), "{name}");
        assert_eq!(names(&mut host), ["Maria"], "{name}: nothing was saved");
    }
    assert_eq!(host.must(save(POISON, "Shop", true)), None, "nothing is forbidden");
    for (address, name) in [("0x12", "Short"), (MARIA, " \u{200b} "), (ANVIL_ACCOUNTS[0], "Me")] {
        let error = host.call(save(address, name, true)).unwrap_err();
        assert_eq!(error.code, UiErrorCode::Invalid, "{name}");
    }
}

#[test]
fn a_contact_is_no_stranger_and_who_looks_like_it_is_told_by_name() {
    let mut host = Host::anvil();
    assert_eq!(said(&mut host, MARIA), (vec!["first-time".to_owned()], None));
    host.must(save(MARIA, "Maria", false));
    assert_eq!(said(&mut host, MARIA), (vec![], None));
    assert_eq!(said(&mut host, POISON), (vec!["look-alike".to_owned()], Some("Maria".to_owned())));
}

#[test]
fn saving_who_was_paid_does_not_hide_that_it_was_on_another_network() {
    let mut host = Host::anvil();
    let rules = |host: &mut Host, chain: u64| -> Vec<String> {
        review(host, MARIA, chain).notes.into_iter().map(|note| note.rule).collect()
    };
    let paid = review(&mut host, MARIA, 1);
    host.approve(&paid).unwrap();
    assert_eq!(rules(&mut host, 8453), ["wrong-network"]);
    host.must(save(MARIA, "Maria", false));
    assert_eq!(rules(&mut host, 8453), ["wrong-network"]);
    assert_eq!(rules(&mut host, 1), Vec::<String>::new());
    // Whoever was never paid is at home everywhere.
    host.must(save(STRANGER, "Anna", false));
    let shown = review(&mut host, STRANGER, 8453);
    assert!(shown.notes.is_empty(), "{:?}", shown.notes);
}

#[test]
fn whom_a_request_pays_or_allows_is_called_as_the_user_does_with_the_address_beside_it() {
    let mut host = Host::anvil();
    host.must(save(MARIA, "Maria", false));
    let own = review(&mut host, MARIA, 1);
    let slot = own.sentence.slots.iter().find(|slot| slot.name == "recipient").unwrap();
    assert_eq!((slot.text.as_str(), slot.exact.to_lowercase().as_str()), ("Maria (0x1a2B…3C4d)", MARIA));
    host.approve(&own).unwrap();

    let page = host.connected("https://shop.example");
    let word = |address: &str| format!("{:0>64}", address.trim_start_matches("0x"));
    let check = |host: &mut Host, transaction: serde_json::Value, slot: &str, expected: &str| {
        let promised = host.ask(page, "eth_sendTransaction", json!([transaction]));
        let shown = host.prompt();
        let found = shown
            .sentence
            .slots
            .iter()
            .find(|found| found.name == slot)
            .map(|found| found.text.to_lowercase());
        assert_eq!(found.as_deref(), Some(expected), "{transaction}");
        host.refuse();
        assert_eq!(host.error(promised).0, 4001);
    };
    let from = ANVIL_ACCOUNTS[0];
    check(
        &mut host,
        json!({ "from": from, "to": MARIA, "value": "0x1" }),
        "recipient",
        "maria (0x1a2b…3c4d)",
    );
    let data = format!("0xa9059cbb{}{:064x}", word(MARIA), 5);
    check(
        &mut host,
        json!({ "from": from, "to": STRANGER, "data": data }),
        "recipient",
        "maria (0x1a2b…3c4d)",
    );
    // Another address of that look stays what it is.
    check(&mut host, json!({ "from": from, "to": POISON, "value": "0x1" }), "recipient", "0x1a2b…3c4d");
}

#[test]
fn nobody_changes_contacts_while_locked() {
    let mut host = Host::anvil();
    host.must(save(MARIA, "Maria", false));
    host.must(ui::Lock {});
    let error = host.call(save(STRANGER, "Anna", true)).unwrap_err();
    assert_eq!(error.code, UiErrorCode::Locked);
    let error = host.call(ui::ForgetContact { address: MARIA.to_owned() }).unwrap_err();
    assert_eq!(error.code, UiErrorCode::Locked);
    host.unlock();
    assert_eq!(names(&mut host), ["Maria"]);
}
