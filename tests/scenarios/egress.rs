//! The ledger of what left the computer: complete, lasting, and empty where nothing may leave.

use candor_primitives::Millis;
use candor_protocol::{egress::EgressView, ui};
use candor_tests::{Host, net::Manner, surface::ANVIL_ACCOUNTS};
use serde_json::json;

fn ledger(host: &mut Host) -> EgressView {
    host.must(ui::EgressLog {})
}

#[test]
fn every_request_is_in_the_ledger_and_pages_are_told_apart() {
    let mut host = Host::anvil();
    assert_eq!(ledger(&mut host).rows, []);
    let page = host.connected("https://a.example");
    host.ask(page, "eth_blockNumber", json!([]));
    host.must(ui::Balance { address: ANVIL_ACCOUNTS[0].to_owned(), chain_id: 1, token: None });
    let payment = json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0x1" }]);
    host.ask(page, "eth_sendTransaction", payment);
    host.agree();
    let view = ledger(&mut host);
    assert_eq!(view.count, u64::try_from(host.net.asked.len()).unwrap(), "{view:#?}");
    assert_eq!(view.count, view.rows.iter().map(|row| row.count).sum::<u64>());
    assert!(view.sent > 0 && view.received > 0);
    let of_pages: u64 = view.rows.iter().filter(|row| row.page).map(|row| row.count).sum();
    assert_eq!(of_pages, 2, "the page's own read, and what had to be asked for it first");
    assert!(view.rows.iter().any(|row| row.what == "Passing on what you signed" && !row.page));
    assert!(view.rows.windows(2).all(|two| two[0].last_ms >= two[1].last_ms), "newest first");
}

#[test]
fn a_request_that_nobody_answers_is_one_too() {
    let mut host = Host::anvil();
    host.net.manners(1, "*", &Manner::Dead);
    let _ = host.call(ui::Balance { address: ANVIL_ACCOUNTS[0].to_owned(), chain_id: 1, token: None });
    let view = ledger(&mut host);
    assert!(view.count > 1 && view.received == 0, "{view:#?}");
}

#[test]
fn it_outlives_the_worker_and_the_browser() {
    let mut host = Host::anvil();
    let page = host.open_page("https://a.example");
    host.ask(page, "eth_blockNumber", json!([]));
    let before = ledger(&mut host);
    assert!(before.count > 0);
    host.kill();
    assert_eq!(ledger(&mut host), before);
    host.restart_browser();
    let after = ledger(&mut host);
    let hosts = |view: &EgressView| view.rows.iter().map(|row| row.host.clone()).collect::<Vec<_>>();
    assert!(hosts(&before).iter().all(|name| hosts(&after).contains(name)), "{after:#?}");

    // Numbers follow within ten minutes.
    let page = host.open_page("https://a.example");
    host.advance(Millis::from_secs(601));
    host.ask(page, "eth_blockNumber", json!([]));
    let before = ledger(&mut host);
    host.restart_browser();
    assert_eq!(ledger(&mut host), before);
    host.unlock();
    host.must(ui::ClearEgress {});
    assert_eq!(ledger(&mut host).rows, []);
    host.kill();
    assert_eq!(ledger(&mut host).rows, []);
}

#[test]
fn locking_writes_every_number_down() {
    let mut host = Host::anvil();
    let page = host.open_page("https://a.example");
    host.ask(page, "eth_blockNumber", json!([]));
    host.ask(page, "eth_blockNumber", json!([]));
    let before = ledger(&mut host);
    host.must(ui::Lock {});
    host.restart_browser();
    host.unlock();
    assert_eq!(ledger(&mut host), before);

    // Nothing new, nothing written.
    let start = host.log.len();
    host.must(ui::Lock {});
    assert_eq!(host.transcript(start).matches("store local/egress").count(), 0);
}

#[test]
fn nobody_is_asked_before_the_choice_nor_while_locked_and_idle() {
    let mut host = Host::default();
    let password = host.new_password();
    host.must(candor_tests::import::create(password, 12));
    host.must(ui::ConfirmBackup { keyring: None });
    host.advance(Millis::from_secs(3_600));
    assert_eq!(ledger(&mut host).rows, []);
    assert_eq!(host.net.asked, []);

    let mut host = Host::anvil();
    host.must(ui::Balance { address: ANVIL_ACCOUNTS[0].to_owned(), chain_id: 1, token: None });
    host.must(ui::Lock {});
    let before = host.net.asked.len();
    host.advance(Millis::from_secs(7 * 24 * 3_600));
    assert_eq!(host.net.asked.len(), before);
}

#[test]
fn reading_does_not_wear_the_disk() {
    let mut host = Host::anvil();
    let page = host.open_page("https://a.example");
    host.ask(page, "eth_blockNumber", json!([]));
    let start = host.log.len();
    for _ in 0..100 {
        host.advance(Millis::from_secs(4));
        host.ask(page, "eth_blockNumber", json!([]));
    }
    let writes = host.transcript(start).matches("store local/egress").count();
    assert!(writes <= 1, "{writes} writes in seven minutes");
}
