//! Storage that fails, forgets and garbles.

use candor_protocol::{
    host::Read,
    page::Outcome,
    ui::{self, UiErrorCode},
    view::{Stage, Theme},
};
use candor_tests::{
    Host,
    storage::Storage,
    surface::{ANVIL, ANVIL_ACCOUNTS, secret},
};
use serde_json::json;

/// A finished wallet, asleep.
fn wallet() -> Host {
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
        let create = ui::CreateWallet { password, words: 12 };
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
    let restore = |password| ui::RestoreWallet {
        password,
        phrase: secret(ANVIL),
        passphrase: secret(""),
        indices: vec![0, 1],
    };
    assert_eq!(
        host.call(ui::CreateWallet { password: password.clone(), words: 12 }).unwrap_err().code,
        UiErrorCode::WrongStage
    );
    assert_eq!(host.call(restore(password.clone())).unwrap_err().code, UiErrorCode::WrongStage);
    assert_eq!(host.call(ui::Unlock { key: secret("55") }).unwrap_err().code, UiErrorCode::Damaged);
    assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..2], "addresses are still shown");
    let dump = host.must(ui::RecoveryDump {});
    for text in ["garbled-a", "garbled-b", "garbled-m", &ANVIL_ACCOUNTS[0].to_lowercase()] {
        assert!(dump.contains(text), "{text}: {dump}");
    }
    assert_eq!(host.storage, before);

    host.must(ui::SetAsideDamaged {});
    host.kill();
    assert_eq!(host.stage(), Stage::Fresh);
    host.must(restore(password));
    assert_eq!(host.stage(), Stage::Unlocked);
    assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..2]);
    for (copy, text) in [("a", "garbled-a"), ("b", "garbled-b"), ("mirror", "garbled-m")] {
        assert_eq!(host.storage.local_text(&format!("vault.{copy}.damaged")), Some(text));
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
fn a_record_that_is_no_record_is_kept_aside() {
    for key in ["accounts", "networks", "sites", "settings", "setup", "guard", "transactions"] {
        for text in [
            "",
            "garbage",
            "candor:other:1:6e9dbd4e:{}",
            &format!("candor:{key}:1:518674ab:[]"),
            &format!("candor:{key}:9:b48d38f9:{{}}"),
        ] {
            let mut host = wallet();
            host.storage.local.insert(key.to_owned(), Read::Text(text.to_owned()));
            host.storage.local.insert(format!("{key}.copy"), Read::Text(text.to_owned()));
            assert_eq!(host.stage(), Stage::Unlocked, "{key}");
            assert_eq!(host.storage.local_text(&format!("{key}.damaged")), Some(text), "{key}");
            assert_eq!(host.addresses()[0], ANVIL_ACCOUNTS[0], "{key}");
        }
    }
}

#[test]
fn a_record_that_cannot_be_read_just_now_is_not_overwritten() {
    let mut host = wallet();
    let failing = ["accounts", "networks", "sites", "settings", "setup", "guard", "transactions"];
    let before: Vec<Read> =
        failing.iter().map(|key| host.storage.local.get(*key).cloned().unwrap_or_default()).collect();
    for key in failing {
        host.storage.local.insert(key.to_owned(), Read::Failed);
        host.storage.local.insert(format!("{key}.copy"), Read::Failed);
    }
    host.must(ui::Lock {});
    host.unlock();
    host.must(ui::SetTheme { theme: Theme::Dark });
    host.must(ui::SelectNetwork { chain_id: 10 });
    let page = host.open_page("https://b.example");
    host.ask(page, "eth_requestAccounts", json!([]));
    let shown = host.prompt();
    assert_eq!(host.approve(&shown).unwrap_err().code, UiErrorCode::Storage, "nothing is granted unwritten");
    for key in failing {
        assert_eq!(host.storage.local[key], Read::Failed, "{key} was written");
    }
    for (key, read) in failing.iter().zip(before) {
        host.storage.local.insert((*key).to_owned(), read.clone());
        host.storage.local.insert(format!("{key}.copy"), read);
    }
    host.kill();
    assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..2]);
    assert_eq!(host.must(ui::Settings {}).theme, Theme::System);
}

#[test]
fn a_session_that_cannot_be_read_still_locks() {
    for read in [Read::Failed, Read::Text("garbage".to_owned()), Read::Text("candor:session:2:{}".to_owned())]
    {
        let mut host = wallet();
        host.storage.session.insert("session".to_owned(), read);
        assert_eq!(host.stage(), Stage::Locked);
        assert_eq!(host.storage.session_text("session.damaged"), None);
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
