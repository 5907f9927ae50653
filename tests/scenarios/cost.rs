//! What a password costs follows the machine.

use base64::{Engine, engine::general_purpose::STANDARD};
use candor_protocol::{
    host::Read,
    ui::{self, DerivedKey, UiErrorCode},
};
use candor_tests::{
    Host,
    matrix::kill_everywhere,
    surface::{ANVIL_ACCOUNTS, KEY, WRONG_KEY, secret},
};
use candor_vault::Vault;

/// What the same password derives to at a higher cost; no key derivation runs here.
const RAISED_KEY: &str = "8888888888888888888888888888888888888888888888888888888888888888";

/// Has the cost raised as a page does after unlocking.
fn raise(host: &mut Host, took_ms: u32) -> Result<(), ui::UiError> {
    match host.call(ui::RaisedKdf { took_ms })? {
        Some(kdf) => {
            let password = DerivedKey { kdf, key: secret(RAISED_KEY) };
            host.call(ui::RaiseCost { key: secret(KEY), password })
        }
        None => Ok(()),
    }
}

#[test]
fn a_fast_machine_raises_it_and_the_same_password_opens() {
    let mut host = Host::anvil();
    let before = host.must(ui::Status {}).kdf.unwrap();
    assert_eq!(host.must(ui::RaisedKdf { took_ms: 300 }), None, "a slow one leaves it");
    raise(&mut host, 150).unwrap();
    let after = host.must(ui::Status {}).kdf.unwrap();
    assert_eq!((after.memory_kib, after.passes), (2 * before.memory_kib, before.passes));
    assert_ne!(after.salt, before.salt);
    host.must(ui::Lock {});
    assert_eq!(host.call(ui::Unlock { key: secret(KEY) }).unwrap_err().code, UiErrorCode::WrongPassword);
    host.must(ui::Unlock { key: secret(RAISED_KEY) });
    assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..2]);
}

#[test]
fn it_never_falls_and_nothing_is_counted_that_nobody_typed() {
    let mut host = Host::anvil();
    let floor = host.new_password();
    raise(&mut host, 150).unwrap();
    let password = DerivedKey { key: secret(RAISED_KEY), ..floor };
    let fall = ui::RaiseCost { key: secret(RAISED_KEY), password };
    assert_eq!(host.call(fall).unwrap_err().code, UiErrorCode::Invalid);
    for _ in 0..8 {
        let kdf = host.must(ui::RaisedKdf { took_ms: 50 }).unwrap();
        let password = DerivedKey { kdf, key: secret(RAISED_KEY) };
        let wrong = ui::RaiseCost { key: secret(WRONG_KEY), password };
        assert_eq!(host.call(wrong).unwrap_err().code, UiErrorCode::Gone);
    }
    assert_eq!(host.must(ui::Status {}).retry_after_ms, 0);
    let kdf = host.must(ui::RaisedKdf { took_ms: 50 }).unwrap();
    host.must(ui::Lock {});
    assert_eq!(host.must(ui::RaisedKdf { took_ms: 50 }), None, "not while locked");
    let password = DerivedKey { kdf, key: secret(RAISED_KEY) };
    let locked = ui::RaiseCost { key: secret(RAISED_KEY), password };
    assert_eq!(host.call(locked).unwrap_err().code, UiErrorCode::Locked);
}

#[test]
fn whatever_dies_the_password_opens_at_one_cost_or_the_other() {
    kill_everywhere(
        &Host::anvil(),
        |host| drop(raise(host, 150)),
        |host| {
            let _ = host.call(ui::Lock {});
            let raised = host.must(ui::Status {}).kdf.unwrap().memory_kib > 65_536;
            host.must(ui::Unlock { key: secret(if raised { RAISED_KEY } else { KEY }) });
            assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..2]);
            host.kill();
            host.must(ui::Status {});
            let salts = salts(host);
            assert!(salts.iter().all(|salt| *salt == salts[0]), "no copy opens by what is past: {salts:?}");
        },
    );
}

/// The salt of the password slot in each copy of the vault that is stored.
fn salts(host: &Host) -> Vec<[u8; 16]> {
    let storage = &host.storage;
    let copies = [&storage.vault_a, &storage.vault_b, &storage.vault_mirror];
    let salt = |read: &Read| {
        let framed = STANDARD.decode(read.text()?).ok()?;
        let vault = Vault::parse(framed.get(26..framed.len() - 32)?).ok()?;
        vault.password_slot().map(|(_, slot)| slot.salt)
    };
    copies.into_iter().filter_map(salt).collect()
}

#[test]
fn what_opened_the_vault_before_opens_no_copy_of_it() {
    let check = |change: fn(&mut Host)| {
        let mut host = Host::anvil();
        // Both local copies hold the vault from here on.
        host.must(ui::AddPasskey {
            key: secret(KEY),
            credential: "aa".to_owned(),
            salt: "08".repeat(32),
            secret: secret(WRONG_KEY),
        });
        let before = salts(&host);
        assert_eq!(before.len(), 3);
        change(&mut host);
        let after = salts(&host);
        assert_eq!(after.len(), 3);
        assert!(after.iter().all(|salt| *salt == after[0] && !before.contains(salt)), "{before:?} {after:?}");
    };
    check(|host| {
        let password = DerivedKey { key: secret(RAISED_KEY), ..host.new_password() };
        host.must(ui::ChangePassword { key: secret(KEY), password });
    });
    check(|host| raise(host, 150).unwrap());
}
