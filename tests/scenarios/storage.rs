//! Storage that fails, forgets and garbles.

use base64::{Engine, engine::general_purpose::STANDARD};
use candor_protocol::{
    host::Read,
    page::Outcome,
    ui::{self, UiErrorCode},
    view::{Stage, Theme},
};
use candor_tests::{
    Host,
    import::{create, restore},
    storage::Storage,
    surface::{ANVIL, ANVIL_ACCOUNTS, KEY, secret},
};
use serde_json::json;
use sha2::{Digest, Sha256};

/// A finished wallet, asleep.
pub(crate) fn wallet() -> Host {
    let mut host = Host::anvil();
    // The second copy is written on the first wake.
    host.kill();
    host.wake();
    host.fork()
}

#[test]
fn a_write_that_fails_changes_nothing_that_anyone_sees() {
    let mut host = Host::anvil();
    host.storage.full.insert("settings".to_owned());
    let wrong = host.call(ui::SetTheme { theme: Theme::Dark }).unwrap_err();
    assert_eq!(wrong.code, UiErrorCode::Storage);
    assert_eq!(host.must(ui::Settings {}).theme, Theme::System);
    host.storage.full.clear();
    host.must(ui::SetTheme { theme: Theme::Dark });
    assert_eq!(host.must(ui::Settings {}).theme, Theme::Dark);
}

#[test]
fn a_request_that_cannot_be_stored_is_refused() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    host.storage.full.insert("requests".to_owned());
    let promised = host.ask(page, "personal_sign", json!(["hello", ANVIL_ACCOUNTS[0]]));
    assert_eq!(host.error(promised).0, -32603);
    host.storage.full.clear();
    assert!(host.prompts().is_empty());
    let promised = host.ask(page, "personal_sign", json!(["hello", ANVIL_ACCOUNTS[0]]));
    host.agree();
    assert!(host.result(promised).is_string());
}

#[test]
fn what_cannot_be_recorded_is_not_sent() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let payment = json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0x1" }]);
    let promised = host.ask(page, "eth_sendTransaction", payment);
    host.storage.full.insert("transactions".to_owned());
    let shown = host.prompt();
    assert_eq!(host.approve(&shown).unwrap_err().code, UiErrorCode::Storage);
    assert_eq!(host.net.count("eth_sendRawTransaction"), 0);
    assert_eq!(host.outcome(promised), None);
    host.storage.full.clear();
    assert_eq!(host.agree().sentence, shown.sentence);
    assert!(host.result(promised).is_string());
    assert_eq!(host.net.chain(1).taken.len(), 1);
}

#[test]
fn a_wallet_that_cannot_be_stored_is_not_made() {
    for key in ["vault.a", "accounts", "setup", "session"] {
        let mut host = Host::default();
        host.storage.full.insert(key.to_owned());
        let password = host.new_password();
        let create = create(password, 12);
        assert_eq!(host.call(create.clone()).unwrap_err().code, UiErrorCode::Storage, "{key}");
        host.storage.full.clear();
        if host.stage() == Stage::Fresh {
            host.must(create);
        } else {
            host.unlock();
        }
        assert_eq!(host.stage(), Stage::Unlocked, "{key}");
        assert_eq!(host.addresses().len(), 1, "{key}");
    }
}

#[test]
fn any_copy_of_the_vault_will_do() {
    let check = |damage: fn(&mut Storage)| {
        let mut host = wallet();
        host.storage.session.clear();
        damage(&mut host.storage);
        assert_eq!(host.stage(), Stage::Locked);
        host.unlock();
        assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..2]);
        let page = host.connected("https://a.example");
        let promised = host.ask(page, "personal_sign", json!(["hello", ANVIL_ACCOUNTS[0]]));
        host.agree();
        assert!(host.result(promised).is_string());
        // After some wakes every copy that can be written is good again.
        for _ in 0..3 {
            host.kill();
            host.wake();
        }
        assert_eq!(host.storage.vault_a, host.storage.vault_b);
        assert_eq!(host.storage.vault_a, host.storage.vault_mirror);
    };
    check(|_| {});
    check(|storage| storage.vault_a = Read::Absent);
    check(|storage| storage.vault_b = Read::Absent);
    check(|storage| storage.vault_mirror = Read::Absent);
    check(|storage| storage.vault_a = Read::Text("QUJD".to_owned()));
    check(|storage| storage.vault_b = Read::Text("QUJD".to_owned()));
    check(|storage| storage.vault_mirror = Read::Text("QUJD".to_owned()));
    check(|storage| storage.vault_a = Read::Text("not base64!".to_owned()));
    check(|storage| {
        storage.vault_a = Read::Absent;
        storage.vault_b = Read::Text("QUJD".to_owned());
    });
    check(|storage| {
        storage.vault_b = Read::Absent;
        storage.vault_mirror = Read::Text(String::new());
    });
    check(|storage| {
        storage.vault_a = Read::Text("QUJD".to_owned());
        storage.vault_mirror = Read::Absent;
    });
}

#[test]
fn a_copy_that_cannot_be_read_just_now_is_left_alone() {
    let check = |fail: fn(&mut Storage) -> &mut Read| {
        let mut host = wallet();
        let before = core::mem::replace(fail(&mut host.storage), Read::Failed);
        host.wake();
        assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..2]);
        assert_eq!(host.stage(), Stage::Unlocked);
        assert_eq!(*fail(&mut host.storage), Read::Failed, "nothing was written there");
        *fail(&mut host.storage) = before;
        host.kill();
        assert_eq!(host.stage(), Stage::Unlocked);
    };
    check(|storage| &mut storage.vault_a);
    check(|storage| &mut storage.vault_b);
}

#[test]
fn when_no_copy_can_be_read_nothing_is_erased() {
    let mut host = wallet();
    host.storage.session.clear();
    host.storage.vault_a = Read::Text("garbled-a".to_owned());
    host.storage.vault_b = Read::Text("garbled-b".to_owned());
    host.storage.vault_mirror = Read::Text("garbled-m".to_owned());
    let before = host.storage.clone();
    assert_eq!(host.stage(), Stage::Damaged);
    let password = host.new_password();
    let restore = |password| restore(password, ANVIL, "", &[0, 1]);
    assert_eq!(host.call(create(password.clone(), 12)).unwrap_err().code, UiErrorCode::WrongStage);
    assert_eq!(host.call(restore(password.clone())).unwrap_err().code, UiErrorCode::WrongStage);
    assert_eq!(host.call(ui::Unlock { key: secret("55") }).unwrap_err().code, UiErrorCode::Damaged);
    assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..2], "addresses are still shown");
    assert_eq!(host.storage, before);

    host.must(ui::SetAsideDamaged {});
    host.kill();
    assert_eq!(host.stage(), Stage::Fresh);
    host.must(restore(password));
    assert_eq!(host.stage(), Stage::Unlocked);
    assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..2]);
    for (copy, text) in [("a", "garbled-a"), ("b", "garbled-b"), ("mirror", "garbled-m")] {
        assert!(host.storage.keeps(&format!("vault.{copy}"), text), "{copy}");
    }
    host.kill();
    host.wake();
    assert_eq!(host.stage(), Stage::Unlocked);
}

#[test]
fn a_wallet_that_cannot_be_read_at_all_is_not_taken_for_none() {
    let mut host = wallet();
    host.storage.vault_a = Read::Failed;
    host.storage.vault_b = Read::Failed;
    host.storage.vault_mirror = Read::Failed;
    assert_eq!(host.stage(), Stage::Damaged);
}

#[test]
fn either_copy_of_a_record_will_do_and_heals_the_other() {
    let mut made = Host::anvil();
    made.must(ui::SetTheme { theme: Theme::Dark });
    made.must(ui::SelectNetwork { chain_id: 10 });
    made.must(ui::RenameAccount { address: ANVIL_ACCOUNTS[1].to_owned(), name: "Savings".to_owned() });
    made.connected("https://a.example");
    made.kill();
    made.wake();
    let healthy = made.storage.local.clone();
    let belongings = |host: &mut Host| {
        let accounts = host.must(ui::Accounts {});
        (accounts, host.must(ui::Networks {}), host.must(ui::Sites {}), host.must(ui::Settings {}))
    };
    let expected = belongings(&mut made);
    for key in ["accounts", "networks", "sites", "settings", "setup"] {
        for place in [key.to_owned(), format!("{key}.copy")] {
            let text = healthy[&place].text().unwrap();
            let middle = text.len() / 2;
            let flipped = text.char_indices().map(|(at, c)| if at == middle { '~' } else { c }).collect();
            let damages = [
                Read::Absent,
                Read::Failed,
                Read::Text(String::new()),
                Read::Text(text.get(..middle).unwrap().to_owned()),
                Read::Text(flipped),
            ];
            for damage in damages {
                let mut host = made.fork();
                host.storage.local.insert(place.clone(), damage.clone());
                host.kill();
                host.wake();
                assert_eq!(belongings(&mut host), expected, "{place} {damage:?}");
                assert_eq!(host.storage.local, healthy, "{place} {damage:?} is healed");
            }
        }
    }
}

#[test]
fn a_browser_that_was_slow_to_hand_over_the_vault_is_asked_again() {
    let mut host = wallet();
    host.storage.session.clear();
    let before = host.storage.clone();
    for copy in [&mut host.storage.vault_a, &mut host.storage.vault_b, &mut host.storage.vault_mirror] {
        *copy = Read::Failed;
    }
    assert_eq!(host.stage(), Stage::Damaged);
    host.storage = before;
    host.must(ui::Status {});
    assert_eq!(host.stage(), Stage::Locked);
    host.unlock();
}

/// The slow disk's copies come back after their owner had restored from the phrase without them.
#[test]
fn another_vault_that_turns_up_again_is_kept() {
    let mut host = wallet();
    host.storage.session.clear();
    let before = host.storage.clone();
    for copy in [&mut host.storage.vault_a, &mut host.storage.vault_b, &mut host.storage.vault_mirror] {
        *copy = Read::Failed;
    }
    assert_eq!(host.stage(), Stage::Damaged);
    host.must(ui::SetAsideDamaged {});
    let password = host.new_password();
    host.must(restore(password, ANVIL, "", &[0]));
    host.must(ui::ChooseServers { choice: ui::ServersChoice::Public });
    host.must(ui::FinishSetup {});
    assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..2], "names and addresses of before are still there");
    host.storage.vault_b = before.vault_b.clone();
    host.storage.vault_mirror = before.vault_mirror.clone();
    host.kill();
    host.wake();
    for _ in 0..3 {
        host.must(ui::Status {});
        let password = host.new_password();
        host.must(ui::ChangePassword { key: secret(KEY), password });
    }
    assert!(host.storage.keeps("vault.b", before.vault_b.text().unwrap()));
    assert!(host.storage.keeps("vault.mirror", before.vault_mirror.text().unwrap()));
}

#[test]
fn what_a_newer_version_wrote_is_left_alone() {
    let mut host = wallet();
    host.storage.session.clear();
    let text = host.storage.vault_a.text().unwrap().to_owned();
    let frame = STANDARD.decode(text).unwrap();
    // The version of the frame, then that of the vault inside.
    for at in [9, 26 + 9] {
        let mut newer = frame.clone();
        newer[at] = 2;
        let body = newer.len() - 32;
        let sum = Sha256::digest(&newer[..body]);
        newer[body..].copy_from_slice(&sum);
        let newer = Read::Text(STANDARD.encode(newer));
        host.storage.vault_a = newer.clone();
        host.storage.vault_b = newer.clone();
        host.storage.vault_mirror = newer;
        let before = host.storage.clone();
        host.kill();
        assert_eq!(host.stage(), Stage::Newer);
        assert_eq!(host.call(ui::SetAsideDamaged {}).unwrap_err().code, UiErrorCode::WrongStage);
        assert_eq!(host.call(ui::Unlock { key: secret(KEY) }).unwrap_err().code, UiErrorCode::Damaged);
        let password = host.new_password();
        assert_eq!(host.call(restore(password, ANVIL, "", &[0])).unwrap_err().code, UiErrorCode::WrongStage);
        assert_eq!(host.storage, before);
    }
}

#[test]
fn a_session_that_cannot_be_read_still_locks() {
    for read in [Read::Failed, Read::Text("garbage".to_owned()), Read::Text("candor:session:2:{}".to_owned())]
    {
        let mut host = wallet();
        host.storage.session.insert("session".to_owned(), read);
        assert_eq!(host.stage(), Stage::Locked);
        host.unlock();
        host.kill();
        assert_eq!(host.stage(), Stage::Unlocked);
        host.must(ui::Lock {});
        assert_eq!(host.storage.session_text("session"), None);
        assert_eq!(host.stage(), Stage::Locked);
    }
}

/// Whatever is in `storage.session` is only in memory: without it pages ask anew.
#[test]
fn requests_that_were_garbled_are_asked_anew() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let promised = host.ask(page, "personal_sign", json!(["hello", ANVIL_ACCOUNTS[0]]));
    host.storage.session.insert("requests".to_owned(), Read::Text("garbage".to_owned()));
    host.kill();
    host.run();
    host.agree();
    assert!(matches!(host.outcome(promised), Some(Outcome::Result(_))));
}

/// Setting aside was begun because of a slow disk and given up; a later slow start is not a fresh wallet.
#[test]
fn a_wallet_that_came_back_is_not_set_aside_for_good() {
    let slow = |host: &mut Host| {
        for copy in [&mut host.storage.vault_a, &mut host.storage.vault_b, &mut host.storage.vault_mirror] {
            *copy = Read::Failed;
        }
    };
    let mut host = wallet();
    host.storage.session.clear();
    let before = host.storage.clone();
    slow(&mut host);
    assert_eq!(host.stage(), Stage::Damaged);
    host.must(ui::SetAsideDamaged {});
    assert_eq!(host.stage(), Stage::Fresh);
    host.kill();
    assert_eq!(
        host.stage(),
        Stage::Damaged,
        "the disk is asked again before anything takes the wallet's place"
    );
    let setup = host.storage.local.clone();
    host.storage = Storage { local: setup, ..before };
    host.kill();
    assert_eq!(host.stage(), Stage::Locked);
    host.unlock();
    assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..2]);
    slow(&mut host);
    host.storage.session.clear();
    host.kill();
    assert_eq!(host.stage(), Stage::Damaged);
}
