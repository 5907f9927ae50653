//! A record beside the vault that is gone, garbled, newer, unreadable or cannot be written stands in nobody's way.

use candor_protocol::{
    host::Read,
    ui::{self, UiErrorCode},
    view::{Setup, Stage, Theme},
};
use candor_tests::{
    Host,
    surface::{ANVIL_ACCOUNTS, KEY, WRONG_KEY, secret},
};
use serde_json::json;

use crate::storage::wallet;

/// What is on disk beside the vault.
const RECORDS: [&str; 12] = [
    "accounts",
    "networks",
    "sites",
    "settings",
    "setup",
    "guard",
    "transactions",
    "tokens",
    "contacts",
    "portfolio",
    "history",
    "egress",
];
const SITE: &str = "https://later.example";

/// A day in which every record changes.
fn live(host: &mut Host) {
    if host.stage() == Stage::Unlocked {
        host.must(ui::Lock {});
    }
    host.call(ui::Unlock { key: secret(WRONG_KEY) }).unwrap_err();
    host.unlock();
    assert_eq!(host.addresses()[0], ANVIL_ACCOUNTS[0]);
    let status = host.must(ui::Status {});
    assert_ne!(status.setup, Setup::Phrase, "no way back to words that can be replaced");
    let keyring = host.must(ui::Keyrings {}).remove(0).id;
    host.must(ui::RevealKeyring { keyring, key: secret(KEY) });
    if status.setup == Setup::Networks {
        host.must(ui::ChooseServers { choice: ui::ServersChoice::Public });
        host.must(ui::FinishSetup {});
    }
    host.must(ui::SetTheme { theme: Theme::Dark });
    host.must(ui::ClearEgress {});
    host.must(ui::SelectNetwork { chain_id: 10 });
    host.must(ui::RenameAccount { address: ANVIL_ACCOUNTS[0].to_owned(), name: "Everyday".to_owned() });
    host.must(ui::ConfirmBackup { keyring: None });
    let maria = "0x1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d".to_owned();
    host.must(ui::SaveContact { address: maria, name: "Maria".to_owned(), sure: true });
    host.must(ui::Portfolio { address: ANVIL_ACCOUNTS[0].to_owned(), most: 30 });
    host.must(ui::History { address: ANVIL_ACCOUNTS[0].to_owned(), most: 30, further: false });
    host.must(ui::DisconnectSite { origin: SITE.to_owned() });
    let page = host.connected(SITE);
    let promised = host.ask(page, "personal_sign", json!(["hello", ANVIL_ACCOUNTS[0]]));
    host.agree();
    assert!(host.result(promised).is_string());
    crate::watch_asset::watch(host, page);
    let payment = json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0x1" }]);
    let promised = host.ask(page, "eth_sendTransaction", payment);
    host.agree();
    assert!(host.result(promised).is_string());
}

/// What is left of a day that someone has lived: theme, accounts, sites, transactions.
fn lived(host: &mut Host) -> (Theme, usize, usize, usize) {
    let sites = host.must(ui::Sites {}).iter().filter(|site| site.connected).count();
    let activity = host.must(ui::Activity { address: ANVIL_ACCOUNTS[0].to_owned() }).len();
    (host.must(ui::Settings {}).theme, host.addresses().len(), sites, activity)
}

fn set(host: &mut Host, key: &str, main: &Read, copy: &Read) {
    host.storage.local.insert(key.to_owned(), main.clone());
    host.storage.local.insert(format!("{key}.copy"), copy.clone());
}

#[test]
fn the_wallet_says_when_something_stored_cannot_be_read() {
    for key in RECORDS {
        let mut host = wallet();
        assert!(!host.must(ui::Status {}).unread, "{key}");
        let good = host.storage.local.get(key).cloned().unwrap_or(Read::Absent);
        set(&mut host, key, &Read::Failed, &Read::Failed);
        host.kill();
        host.wake();
        assert!(host.must(ui::Status {}).unread, "{key}");
        set(&mut host, key, &good, &good);
        host.kill();
        host.wake();
        assert!(!host.must(ui::Status {}).unread, "{key}: it can be read again");
    }
}

#[test]
fn a_record_that_is_no_record_is_kept_aside_and_stops_nothing() {
    for key in RECORDS {
        let mut host = wallet();
        for (n, text) in ["", "garbage", "candor:other:1:6e9dbd4e:{}", "later"].into_iter().enumerate() {
            let (main, copy) = (format!("{text}{n}"), format!("{text}{n}, copied"));
            set(&mut host, key, &Read::Text(main.clone()), &Read::Text(copy.clone()));
            host.kill();
            host.wake();
            let there = host.storage.local_text(key) == Some(main.as_str());
            assert!(there || host.storage.keeps(key, &main), "{key}: starting erases nothing");
            live(&mut host);
            assert!(host.storage.keeps(key, &main), "{key} {main}");
            assert!(host.storage.keeps(&format!("{key}.copy"), &copy), "{key} {copy}");
        }
        for n in 0..4 {
            let kept = host
                .storage
                .local
                .values()
                .filter_map(Read::text)
                .filter(|text| text.contains(&format!("{n}, copied")));
            assert_eq!(kept.count(), 1, "{key}: a later damage does not erase what was kept of an earlier");
        }
    }
}

#[test]
fn a_record_that_cannot_be_read_just_now_is_not_overwritten_and_stops_nothing() {
    let newer = |key: &str| {
        let sum = hex::encode(&candor_primitives::keccak256("{}")[..4]);
        Read::Text(format!("candor:{key}:9:{sum}:{{}}"))
    };
    let check = |keys: &[&str], bad: &dyn Fn(&str) -> Read| {
        let mut host = wallet();
        let before = host.storage.local.clone();
        for key in keys {
            set(&mut host, key, &bad(key), &bad(key));
        }
        host.restart_browser();
        live(&mut host);
        let during = lived(&mut host);
        assert_eq!((during.0, during.2, during.3), (Theme::Dark, 1, 1), "{keys:?}");
        host.restart_browser();
        host.unlock();
        assert_eq!(lived(&mut host), during, "{keys:?}: what was written beside is found again");
        for key in keys {
            assert_eq!(host.storage.local[*key], bad(key), "{key} was written");
            assert_eq!(host.storage.local[&format!("{key}.copy")], bad(key), "{key} was written");
            let read = |key: &str| before.get(key).cloned().unwrap_or_default();
            set(&mut host, key, &read(key), &read(&format!("{key}.copy")));
        }
        host.restart_browser();
        host.unlock();
        host.kill();
        let (theme, accounts, sites, activity) = lived(&mut host);
        // Where there was no record before, what was written beside it is the record.
        let has = |key: &str| !keys.contains(&key) || !before.contains_key(key);
        assert_eq!((theme == Theme::Dark, accounts), (has("settings"), 2), "{keys:?}");
        assert_eq!(
            (sites, activity),
            (usize::from(has("sites")), 1),
            "{keys:?}: a payment is never forgotten"
        );
        let left: Vec<&String> = host.storage.local.keys().filter(|key| key.ends_with("meanwhile")).collect();
        assert!(left.iter().all(|key| !before.contains_key(key.trim_end_matches(".meanwhile"))), "{left:?}");
    };
    for key in RECORDS {
        check(&[key], &|_| Read::Failed);
        check(&[key], &newer);
    }
    check(&RECORDS, &|_| Read::Failed);
    check(&RECORDS, &newer);
}

#[test]
fn what_is_in_memory_only_and_cannot_be_read_stops_nothing() {
    for key in ["requests", "clients", "window"] {
        for read in [Read::Failed, Read::Text("garbage".to_owned())] {
            let mut host = wallet();
            host.storage.session.insert(key.to_owned(), read.clone());
            live(&mut host);
        }
    }
}

#[test]
fn a_full_disk_keeps_nobody_out() {
    let mut host = wallet();
    host.must(ui::Lock {});
    // Something to heal in every record and in the vault, and nothing can be written.
    for key in RECORDS {
        host.storage.local.remove(&format!("{key}.copy"));
        host.storage.full.extend([key.to_owned(), format!("{key}.copy")]);
    }
    host.storage.local.insert("accounts".to_owned(), Read::Text("garbage".to_owned()));
    host.storage.vault_b = Read::Absent;
    host.storage.full.extend(["vault.a".to_owned(), "vault.b".to_owned(), "mirror".to_owned()]);
    host.restart_browser();
    assert_eq!(host.stage(), Stage::Locked);
    host.unlock();
    assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..1]);
    let keyring = host.must(ui::Keyrings {}).remove(0).id;
    host.must(ui::RevealKeyring { keyring, key: secret(KEY) });
    host.storage.full.clear();
    host.kill();
    host.wake();
    assert_eq!(host.stage(), Stage::Unlocked);
    assert!(host.storage.keeps("accounts", "garbage"));
    assert!(host.storage.vault_b.text().is_some(), "healed at last");
}

#[test]
fn a_wrong_password_before_the_disk_was_full_does_not_turn_the_right_one_away() {
    let mut host = wallet();
    host.must(ui::Lock {});
    host.call(ui::Unlock { key: secret(WRONG_KEY) }).unwrap_err();
    host.storage.full.insert("guard".to_owned());
    assert_eq!(host.call(ui::Unlock { key: secret(WRONG_KEY) }).unwrap_err().code, UiErrorCode::Storage);
    host.unlock();
    assert_eq!(host.stage(), Stage::Unlocked);
}
