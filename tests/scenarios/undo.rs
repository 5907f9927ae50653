//! What was agreed to can be taken back for some seconds, and is then sent once.

use candor_primitives::Millis;
use candor_protocol::{
    host::{AlarmName, Effect},
    ui::{self, UiErrorCode},
    view::{ActivityView, ReadyView, TxStatus},
};
use candor_tests::{Host, matrix::kill_everywhere, surface::ANVIL_ACCOUNTS};
use serde_json::json;

use crate::kills::{all_is_well, world};

const COUNTDOWN: Millis = Millis::from_secs(10);

fn prepare(host: &mut Host, amount: &str) -> Result<u64, ui::UiError> {
    host.call(ui::PrepareSend {
        from: ANVIL_ACCOUNTS[0].to_owned(),
        chain_id: 1,
        to: ANVIL_ACCOUNTS[1].to_owned(),
        amount: amount.to_owned(),
        max: false,
    })
}

/// Pays, and says the request and the hash of what can be taken back.
fn pay(host: &mut Host, amount: &str) -> (u64, String) {
    let id = prepare(host, amount).unwrap();
    let shown = host.must(ui::Approval { id });
    host.approve(&shown).unwrap();
    let ReadyView::Undoable { hash, until_ms } = host.must(ui::Approval { id }).ready else { panic!() };
    assert_eq!(until_ms, host.now.plus(COUNTDOWN).0);
    (id, hash)
}

fn activity(host: &mut Host) -> Vec<ActivityView> {
    host.must(ui::Activity { address: ANVIL_ACCOUNTS[0].to_owned() })
}

fn nonces(host: &mut Host) -> Vec<u64> {
    host.net.chain(1).taken.iter().map(|taken| taken.fields.nonce).collect()
}

#[test]
fn it_leaves_when_the_time_is_over_and_not_before() {
    let mut host = Host::anvil();
    let (_, hash) = pay(&mut host, "1");
    assert_eq!(activity(&mut host)[0].status, TxStatus::Undoable);
    host.advance(Millis::from_secs(9));
    assert!(nonces(&mut host).is_empty());
    assert_eq!(host.net.count("eth_sendRawTransaction"), 0);
    host.advance(Millis::from_secs(1));
    assert_eq!(nonces(&mut host), [0]);
    assert_eq!(host.net.chain(1).taken[0].hash.to_string(), hash);
    let wrong = host.call(ui::TakeBack { hash }).unwrap_err();
    assert_eq!(wrong.code, UiErrorCode::Gone, "too late is said");
    host.advance(Millis::from_secs(60));
    assert_eq!(host.net.chain(1).deliveries, 1);
}

#[test]
fn what_was_taken_back_never_leaves_and_its_number_is_free() {
    let mut host = Host::anvil();
    let (id, hash) = pay(&mut host, "1");
    // Another one that waits was numbered after it.
    let next = prepare(&mut host, "2").unwrap();
    host.must(ui::TakeBack { hash: hash.clone() });
    assert_eq!(host.call(ui::Approval { id }).unwrap_err().code, UiErrorCode::Gone);
    assert_eq!(host.call(ui::TakeBack { hash }).unwrap_err().code, UiErrorCode::Gone);
    host.advance(Millis::from_secs(120));
    assert!(nonces(&mut host).is_empty() && activity(&mut host).is_empty());
    let shown = host.must(ui::Approval { id: next });
    host.approve(&shown).unwrap();
    host.advance(COUNTDOWN);
    assert_eq!(nonces(&mut host), [0]);
}

#[test]
fn it_can_be_sent_at_once() {
    let mut host = Host::anvil();
    let (_, hash) = pay(&mut host, "1");
    host.must(ui::SendNow { hash: hash.clone() });
    assert_eq!(nonces(&mut host), [0]);
    assert_eq!(host.call(ui::SendNow { hash }).unwrap_err().code, UiErrorCode::Gone);
}

#[test]
fn the_next_one_sends_the_one_before() {
    let mut host = Host::anvil();
    pay(&mut host, "1");
    let page = host.connected("https://a.example");
    let payment = json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0x1" }]);
    let promised = host.ask(page, "eth_sendTransaction", payment);
    assert!(nonces(&mut host).is_empty());
    host.agree();
    assert_eq!(nonces(&mut host), [0, 1]);
    assert!(host.result(promised).is_string(), "what a site asks for is sent at once");
}

#[test]
fn how_long_is_a_matter_of_choice() {
    let mut host = Host::anvil();
    assert_eq!(host.call(ui::SetUndo { seconds: 7, sites: false }).unwrap_err().code, UiErrorCode::Invalid);
    host.must(ui::SetUndo { seconds: 0, sites: true });
    let id = prepare(&mut host, "1").unwrap();
    let shown = host.must(ui::Approval { id });
    host.approve(&shown).unwrap();
    assert_eq!(nonces(&mut host), [0]);

    host.must(ui::SetUndo { seconds: 5, sites: true });
    let page = host.connected("https://a.example");
    let payment = json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0x1" }]);
    let kept = host.ask(page, "eth_sendTransaction", payment.clone());
    host.agree();
    assert_eq!(host.outcome(kept), None);
    let ReadyView::Undoable { hash, .. } = host.prompt().ready else { panic!("its window stays") };
    host.must(ui::TakeBack { hash });
    assert_eq!(host.error(kept).0, 4001, "its site hears that it was refused");
    let sent = host.ask(page, "eth_sendTransaction", payment);
    host.agree();
    host.advance(Millis::from_secs(5));
    assert!(host.result(sent).is_string());
    assert_eq!(nonces(&mut host), [0, 1]);
}

#[test]
fn who_wakes_up_late_sends_nothing_silently() {
    let check = |asleep: u64, restarted: bool, sent: bool| {
        let mut host = Host::anvil();
        pay(&mut host, "1");
        host.kill();
        host.alarms.clear();
        host.now = host.now.plus(Millis::from_secs(asleep));
        if restarted {
            host.restart_browser();
        }
        host.wake();
        if host.stage() == candor_protocol::view::Stage::Locked {
            host.unlock();
        }
        assert_eq!(nonces(&mut host).len(), usize::from(sent), "{asleep}");
        let status = activity(&mut host)[0].status;
        assert_eq!(status, if sent { TxStatus::Worked } else { TxStatus::Refused });
        if !sent {
            let (_, hash) = pay(&mut host, "1");
            host.must(ui::SendNow { hash });
            assert_eq!(nonces(&mut host), [0], "its number is used again");
        }
    };
    for restarted in [false, true] {
        check(10, restarted, true);
        check(70, restarted, true);
        check(71, restarted, false);
        check(24 * 60 * 60, restarted, false);
    }
}

/// Whatever ends the worker: nothing leaves before the time, and it leaves once.
#[test]
fn sending_after_the_countdown() {
    let (world, _) = world();
    kill_everywhere(
        &world,
        |host| {
            let id = (0..3).find_map(|_| prepare(host, "1.5").ok()).unwrap();
            for _ in 0..4 {
                match host.call(ui::Approval { id }) {
                    Ok(shown) if shown.ready == ReadyView::Ready => drop(host.approve(&shown)),
                    _ => {}
                }
            }
            assert_eq!(host.net.count("eth_sendRawTransaction"), 0);
            host.advance(COUNTDOWN);
            host.advance(COUNTDOWN);
        },
        |host| {
            host.wake();
            assert_eq!(nonces(host), [0]);
            assert_eq!(activity(host).len(), 1);
            all_is_well(host);
        },
    );
}

/// Whatever ends the worker: what was taken back is gone, or shown again to be agreed to; nothing leaves.
#[test]
fn taking_back() {
    let (mut world, _) = world();
    let (id, hash) = pay(&mut world, "1.5");
    let world = world.fork();
    kill_everywhere(
        &world,
        |host| {
            for _ in 0..3 {
                match host.call(ui::TakeBack { hash: hash.clone() }) {
                    Ok(()) => break,
                    Err(wrong) if wrong.code == UiErrorCode::Gone => break,
                    Err(_) => {}
                }
            }
            host.advance(Millis::from_secs(120));
        },
        |host| {
            assert_eq!(host.net.count("eth_sendRawTransaction"), 0);
            assert!(activity(host).is_empty());
            if host.call(ui::Approval { id }).is_ok() {
                host.must(ui::Reject { id });
            }
            all_is_well(host);
        },
    );
}

/// The write that lets it go comes before the bytes leave, and the alarm is set with the write that keeps it.
#[test]
fn the_bytes_are_kept_first() {
    let mut host = Host::anvil();
    pay(&mut host, "1");
    assert_eq!(host.alarms.get(&AlarmName::Undo), Some(&host.now.plus(COUNTDOWN).0));
    let before = host.log.len();
    host.advance(COUNTDOWN);
    let effects: Vec<&Effect> =
        host.log[before..].iter().filter_map(|logged| logged.effect.as_ref()).collect();
    let stored = effects.iter().position(|effect| {
        matches!(effect, Effect::Store { key, value: Some(text), .. }
            if key == "transactions" && !text.contains("\"undo\""))
    });
    let sent = effects.iter().position(
        |effect| matches!(effect, Effect::Http { body: Some(body), .. } if body.contains("sendRawTransaction")),
    );
    assert!(stored.unwrap() < sent.unwrap());
}
