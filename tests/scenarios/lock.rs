//! Locked and unlocked, and wrong passwords.

use candor_primitives::Millis;
use candor_protocol::{
    host::{AlarmName, Effect, Event},
    ui::{self, UiErrorCode},
    view::Stage,
};
use candor_tests::{
    Host,
    import::words_of,
    surface::{ANVIL_ACCOUNTS, KEY, WRONG_KEY, secret},
};

#[test]
fn wrong_passwords_cost_more_and_more_time() {
    let mut host = Host::anvil();
    host.must(ui::Lock {});
    let attempt = |host: &mut Host| {
        let wrong = host.call(ui::Unlock { key: secret(WRONG_KEY) }).unwrap_err();
        host.kill();
        (wrong.code, wrong.retry_after_ms)
    };
    for _ in 0..4 {
        assert_eq!(attempt(&mut host), (UiErrorCode::WrongPassword, 0));
    }
    assert_eq!(attempt(&mut host), (UiErrorCode::WrongPassword, 5_000));
    assert_eq!(attempt(&mut host), (UiErrorCode::TooSoon, 5_000));
    host.advance(Millis(4_000));
    assert_eq!(host.must(ui::Status {}).retry_after_ms, 1_000);
    let right = host.call(ui::Unlock { key: secret(KEY) }).unwrap_err();
    assert_eq!(right.code, UiErrorCode::TooSoon, "not even the right one");
    host.restart_browser();
    host.advance(Millis(1_000));
    assert_eq!(attempt(&mut host), (UiErrorCode::WrongPassword, 10_000));
    host.advance(Millis(10_000));
    host.unlock();
    host.must(ui::Lock {});
    assert_eq!(attempt(&mut host), (UiErrorCode::WrongPassword, 0), "the right one starts anew");
}

#[test]
fn a_clock_set_back_does_not_lock_anyone_out() {
    let mut host = Host::anvil();
    host.must(ui::Lock {});
    for _ in 0..5 {
        host.call(ui::Unlock { key: secret(WRONG_KEY) }).unwrap_err();
    }
    host.now = Millis(host.now.0 - 365 * 86_400_000);
    assert!(host.must(ui::Status {}).retry_after_ms <= 900_000);
    host.advance(Millis(900_000));
    host.unlock();
}

#[test]
fn what_is_not_a_key_is_not_a_wrong_password() {
    let mut host = Host::anvil();
    host.must(ui::Lock {});
    for key in ["", "password", "55", &"zz".repeat(32)] {
        assert_eq!(host.call(ui::Unlock { key: secret(key) }).unwrap_err().code, UiErrorCode::Invalid);
    }
}

#[test]
fn unlocking_makes_the_list_of_accounts_again() {
    let check = |damage: fn(&mut Host)| {
        let mut host = Host::anvil();
        host.must(ui::Lock {});
        host.kill();
        damage(&mut host);
        host.unlock();
        assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..1]);
        assert_eq!(host.must(ui::AddAccount {}).address, ANVIL_ACCOUNTS[1]);
    };
    check(|host| host.storage.local.retain(|key, _| !key.starts_with("accounts")));
    check(|host| {
        for key in ["accounts", "accounts.copy"] {
            let garbage = candor_protocol::host::Read::Text("garbage".to_owned());
            host.storage.local.insert(key.to_owned(), garbage);
        }
    });
}

#[test]
fn the_wallet_locks_when_nobody_uses_it() {
    let mut host = Host::anvil();
    host.advance(Millis::from_secs(14 * 60));
    host.must(ui::Used {});
    host.advance(Millis::from_secs(14 * 60));
    assert_eq!(host.stage(), Stage::Unlocked, "use starts the time again");
    host.advance(Millis::from_secs(60));
    assert_eq!(host.storage.session_text("session"), None);
    assert_eq!(host.stage(), Stage::Locked);
    assert!(!host.alarms.contains_key(&AlarmName::Lock));

    host.unlock();
    host.must(ui::SetAutoLock { minutes: 1 });
    host.advance(Millis::from_secs(61));
    assert_eq!(host.stage(), Stage::Locked);
}

#[test]
fn it_can_wait_for_the_browser_to_close() {
    let mut host = Host::anvil();
    assert_eq!(host.call(ui::SetAutoLock { minutes: 1441 }).unwrap_err().code, UiErrorCode::Invalid);
    host.must(ui::SetAutoLock { minutes: 0 });
    assert!(!host.alarms.contains_key(&AlarmName::Lock));
    host.advance(Millis::from_secs(30 * 24 * 3600));
    assert_eq!(host.stage(), Stage::Unlocked);
    host.restart_browser();
    assert_eq!(host.stage(), Stage::Locked);
}

#[test]
fn it_locks_with_the_computer_unless_told_not_to() {
    let mut host = Host::anvil();
    host.must(ui::SetLockWithSystem { on: false });
    host.give(Event::SystemLocked {});
    assert_eq!(host.stage(), Stage::Unlocked);
    host.must(ui::SetLockWithSystem { on: true });
    host.give(Event::SystemLocked {});
    assert_eq!(host.storage.session_text("session"), None);
    assert_eq!(host.stage(), Stage::Locked);
    assert_eq!(host.call(ui::SetLockWithSystem { on: false }).unwrap_err().code, UiErrorCode::Locked);
}

#[test]
fn it_locks_at_the_press_of_keys_whatever_the_choice() {
    let mut host = Host::anvil();
    host.must(ui::SetLockWithSystem { on: false });
    host.give(Event::LockKeys {});
    assert_eq!(host.storage.session_text("session"), None);
    assert_eq!(host.stage(), Stage::Locked);
    host.give(Event::LockKeys {});
    assert_eq!(host.stage(), Stage::Locked);
}

#[test]
fn pages_and_status_are_no_use() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    for _ in 0..15 {
        host.advance(Millis::from_secs(60));
        host.ask(page, "eth_accounts", serde_json::json!([]));
        let _ = host.stage();
    }
    assert_eq!(host.stage(), Stage::Locked);
}

#[test]
fn an_alarm_that_comes_too_soon_or_never_changes_nothing() {
    let mut host = Host::anvil();
    host.alarms.remove(&AlarmName::Lock);
    host.give(Event::Alarm { name: AlarmName::Lock });
    assert_eq!(host.stage(), Stage::Unlocked);
    assert!(host.alarms.contains_key(&AlarmName::Lock), "it is set again");
    host.alarms.clear();
    host.advance(Millis::from_secs(15 * 60));
    assert_eq!(host.stage(), Stage::Locked, "the deadline counts, not the alarm");
}

#[test]
fn a_clock_that_goes_back_locks() {
    let mut host = Host::anvil();
    host.now = Millis(host.now.0 - 3_600_000);
    assert_eq!(host.stage(), Stage::Locked);
}

#[test]
fn locking_ends_with_a_new_instance() {
    let mut host = Host::anvil();
    let start = host.log.len();
    host.must(ui::Lock {});
    let effects: Vec<&Effect> =
        host.log[start..].iter().filter_map(|logged| logged.effect.as_ref()).collect();
    assert!(matches!(effects[0], Effect::Store { key, value: None, .. } if key == "session"), "{effects:?}");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Replace)));
    assert_eq!(host.storage.session_text("session"), None);
}

#[test]
fn the_phrase_is_shown_for_the_password_only() {
    let mut host = Host::anvil();
    let keyring = host.must(ui::Keyrings {}).remove(0).id;
    let reveal = |key: &str| ui::RevealKeyring { keyring: keyring.clone(), key: secret(key) };
    assert_eq!(host.call(reveal(WRONG_KEY)).unwrap_err().code, UiErrorCode::WrongPassword);
    assert_eq!(words_of(&host.must(reveal(KEY))), candor_tests::surface::ANVIL);
    host.must(ui::Lock {});
    assert_eq!(host.call(reveal(KEY)).unwrap_err().code, UiErrorCode::Locked);
}
