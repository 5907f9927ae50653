//! The backup file: everything out, everything back, and nothing lost on the way.

use candor_keys::{DerivationPath, PrivateKey, keyring::Keyring};
use candor_protocol::{
    ui::{self, DerivedKey, UiErrorCode},
    view::{AccountKind, Setup, Stage, Theme},
};
use candor_tests::{
    Host,
    import::create,
    matrix::kill_everywhere,
    surface::{ANVIL_ACCOUNTS, KEY, WRONG_KEY, secret},
};
use serde_json::{Value, json};

const OTHER_KEY: &str = "7777777777777777777777777777777777777777777777777777777777777777";
const WATCHED: &str = "0x00000000219ab540356cBB839Cbe05303d7705Fa";
const SITE: &str = "https://a.example";
/// The first account of the other wallet.
const VICTIM: &str = "0xfc2077ca7f403cbeca41b1b0f62d91b5ea631b5e";

fn key_record() -> ui::SecretText {
    let keyring = Keyring::from_key(PrivateKey::from_bytes(&[0x11; 32]).unwrap());
    secret(&hex::encode(keyring.encode().expose()))
}

/// A wallet that someone has lived in.
fn lived_in() -> Host {
    lived_in_with(true)
}

/// The same, with or without a token and a contact, which the first files did not have.
fn lived_in_with(with_token: bool) -> Host {
    let mut host = Host::anvil();
    host.must(ui::AddKeyring { record: key_record(), paths: vec![DerivationPath::root().to_string()] });
    host.must(ui::WatchAccount { address: WATCHED.to_owned() });
    host.must(ui::RenameAccount { address: ANVIL_ACCOUNTS[1].to_owned(), name: "Savings".to_owned() });
    host.net.add_server("http://192.168.1.5:8545", 4_242);
    host.must(ui::AddNetwork {
        name: "Mine".to_owned(),
        url: "http://192.168.1.5:8545".to_owned(),
        symbol: "MINE".to_owned(),
    });
    host.must(ui::SetTheme { theme: Theme::Dark });
    host.must(ui::SetAutoLock { minutes: 5 });
    host.must(ui::SelectAccount { address: ANVIL_ACCOUNTS[0].to_owned() });
    let page = host.connected(SITE);
    if with_token {
        crate::watch_asset::watch(&mut host, page);
        let address = "0x1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d".to_owned();
        host.must(ui::SaveContact { address, name: "Maria".to_owned(), sure: false });
    }
    host
}

/// The file, under the wallet's own password or under another.
fn made(host: &mut Host, own: bool) -> String {
    let kdf = if own { host.must(ui::Status {}).kdf.unwrap() } else { host.must(ui::NewKdf {}) };
    let key = secret(if own { KEY } else { OTHER_KEY });
    host.must(ui::MakeBackup { key: secret(KEY), password: DerivedKey { kdf, key } }).0.clone()
}

/// Everything that a person would miss.
fn belongings(host: &mut Host) -> Vec<Value> {
    vec![
        json!(host.must(ui::Accounts {})),
        json!(host.must(ui::Networks {})),
        json!(host.must(ui::Sites {})),
        json!(host.must(ui::Settings {})),
        json!(host.must(ui::Keyrings {})),
        json!(host.must(ui::Tokens { chain_id: 4_242 })),
        json!(host.must(ui::Contacts {})),
    ]
}

fn restore(host: &mut Host, text: &str, key: &str) -> Result<candor_protocol::view::AddedView, ui::UiError> {
    host.call(ui::RestoreBackup { text: text.to_owned(), key: secret(key) })
}

#[test]
fn a_new_browser_becomes_the_old_wallet() {
    let check = |own: bool, key: &str, other: &str| {
        let mut old = lived_in();
        let text = made(&mut old, own);
        let mut new = Host::default();
        assert_eq!(restore(&mut new, &text, other).unwrap_err().code, UiErrorCode::WrongPassword);
        assert_eq!(new.stage(), Stage::Fresh);
        restore(&mut new, &text, key).unwrap();
        assert_eq!(new.must(ui::Status {}).setup, Setup::Done, "the servers are chosen already");
        new.must(ui::FinishSetup {});
        assert_eq!(belongings(&mut new), belongings(&mut old));
        assert!(new.net.asked.is_empty());

        new.restart_browser();
        assert_eq!(new.stage(), Stage::Locked);
        new.must(ui::Unlock { key: secret(key) });
        assert_eq!(belongings(&mut new), belongings(&mut old));

        let page = new.open_page(SITE);
        let promised = new.ask(page, "personal_sign", json!(["hello", ANVIL_ACCOUNTS[0]]));
        new.agree();
        assert!(new.result(promised).is_string());
        // The key that was added alone came along, too.
        let kinds: Vec<AccountKind> = new.must(ui::Accounts {}).iter().map(|account| account.kind).collect();
        assert_eq!(
            kinds,
            [AccountKind::Derived, AccountKind::Derived, AccountKind::Key, AccountKind::Watched]
        );
    };
    check(true, KEY, OTHER_KEY);
    check(false, OTHER_KEY, KEY);
}

#[test]
fn beside_what_is_there_nothing_is_taken_away() {
    let mut old = lived_in();
    let text = made(&mut old, false);
    let mut other =
        Host::restored(&["zoo"; 11].iter().chain(&["wrong"]).copied().collect::<Vec<_>>().join(" "), &[0]);
    let own = other.must(ui::Accounts {}).remove(0);
    let address = "0x9e41c07fd2b86a3518fe07d9c4a26b5301d7e899".to_owned();
    other.must(ui::SaveContact { address, name: "Maria".to_owned(), sure: false });
    let came = restore(&mut other, &text, OTHER_KEY).unwrap();
    assert_eq!((came.added.len(), came.known.len()), (4, 0));
    // One of the same name is there already: the file's can be told from it, and is shown with its address.
    assert!(came.contacts[0].starts_with("From the file: Maria (0x"), "{:?}", came.contacts);
    let names: Vec<String> = other.must(ui::Contacts {}).into_iter().map(|contact| contact.name).collect();
    assert_eq!(names, ["From the file: Maria", "Maria"]);
    let accounts = other.must(ui::Accounts {});
    assert_eq!(accounts.len(), 5);
    assert_eq!(accounts[0].address, own.address);
    assert_eq!(accounts[2].name, "Savings");
    assert_eq!(other.must(ui::Keyrings {}).len(), 3);
    assert_eq!(other.must(ui::Settings {}).auto_lock_minutes, 15, "preferences stay");
    assert!(other.must(ui::Networks {}).networks.iter().any(|network| network.name == "Mine"));
    assert_eq!(other.must(ui::Sites {}).len(), 1);
    assert_eq!(belongings(&mut old)[0].as_array().unwrap().len(), 4);

    // A second time changes nothing.
    let before = belongings(&mut other);
    let again = restore(&mut other, &text, OTHER_KEY).unwrap();
    assert_eq!(
        (again.added.len(), again.known.len()),
        (1, 3),
        "a watched address is known by its name alone"
    );
    assert_eq!(belongings(&mut other), before);

    // All accounts with a key sign, with the password of this wallet.
    other.restart_browser();
    other.unlock();
    for account in accounts.iter().filter(|account| account.kind != AccountKind::Watched) {
        let origin = format!("https://{}.example", account.address.to_lowercase());
        other.must(ui::SelectAccount { address: account.address.clone() });
        let page = other.connected(&origin);
        let promised = other.ask(page, "personal_sign", json!(["hello", account.address]));
        other.agree();
        assert!(other.result(promised).is_string());
    }
}

#[test]
fn a_round_trip_is_the_same_bytes_inside() {
    let mut old = lived_in();
    let text = made(&mut old, false);
    let mut new = Host::default();
    restore(&mut new, &text, OTHER_KEY).unwrap();
    new.must(ui::FinishSetup {});
    let kdf = new.must(ui::Status {}).kdf.unwrap();
    let password = DerivedKey { kdf, key: secret(OTHER_KEY) };
    let again = new.must(ui::MakeBackup { key: secret(OTHER_KEY), password }).0.clone();
    assert_ne!(text, again, "sealed anew");
    assert_eq!(
        candor_tests::backup::opened(&text, OTHER_KEY),
        candor_tests::backup::opened(&again, OTHER_KEY)
    );
}

#[test]
fn bad_files_and_moments_change_nothing() {
    let mut host = lived_in();
    let text = made(&mut host, true);
    let before = belongings(&mut host);
    let mut check = |text: &str, key: &str, title: &str| {
        let wrong = host.call(ui::RestoreBackup { text: text.to_owned(), key: secret(key) }).unwrap_err();
        assert_eq!(wrong.title, title, "{}", text.get(..60).unwrap_or(text));
        assert_eq!(belongings(&mut host), before);
    };
    let none = "This is not a backup file of Candor, or it is damaged.";
    check("", KEY, none);
    check("{}", KEY, none);
    check("[1]", KEY, none);
    check(&text.replace("backup", "recovery"), KEY, none);
    check(&text.replace("\"version\":1", "\"version\":2"), KEY, "A newer Candor made this file.");
    check(&text.replace("\"version\":1", "\"version\":\"1\""), KEY, none);
    check(text.get(..text.len() / 2).unwrap(), KEY, none);
    check(&text, WRONG_KEY, "That is not the password of this file.");
    check(&text, "xx", "The password could not be used.");
    let parsed: Value = serde_json::from_str(&text).unwrap();
    let vault = parsed["vault"].as_str().unwrap();
    // A flipped character anywhere: the base64, the slot, a record or the state; never half a restore.
    for at in (40..vault.len()).step_by(97) {
        let mut bytes = vault.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let flipped = text.replace(vault, std::str::from_utf8(&bytes).unwrap());
        let mut new = Host::default();
        assert!(restore(&mut new, &flipped, KEY).is_err(), "{at}");
        assert_eq!(new.stage(), Stage::Fresh);
        assert!(host.call(ui::RestoreBackup { text: flipped, key: secret(KEY) }).is_err(), "{at}");
        assert_eq!(belongings(&mut host), before);
    }

    // Without the wallet's own password there is no file, not even under another one.
    let kdf = host.must(ui::NewKdf {});
    let password = DerivedKey { kdf, key: secret(OTHER_KEY) };
    let mistyped = ui::MakeBackup { key: secret(WRONG_KEY), password };
    assert_eq!(host.call(mistyped).unwrap_err().code, UiErrorCode::WrongPassword);
    host.must(ui::Lock {});
    let kdf = host.must(ui::Status {}).kdf.unwrap();
    let locked = ui::MakeBackup { key: secret(KEY), password: DerivedKey { kdf, key: secret(KEY) } };
    assert_eq!(host.call(locked).unwrap_err().code, UiErrorCode::Locked);
    assert_eq!(restore(&mut host, &text, KEY).unwrap_err().code, UiErrorCode::Locked);
}

#[test]
fn python_opens_a_backup() {
    if !candor_tests::python::is_there() {
        println!("skipped, Python with argon2-cffi and cryptography not present");
        return;
    }
    let mut host = lived_in();
    let kdf = host.must(ui::NewKdf {});
    let mut salt = [0; 16];
    hex::decode_to_slice(&kdf.salt, &mut salt).unwrap();
    let params = argon2::Params::new(kdf.memory_kib, kdf.passes, kdf.lanes, Some(32)).unwrap();
    let mut key = [0; 32];
    argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params)
        .hash_password_into(b"correct horse battery staple", &salt, &mut key)
        .unwrap();
    let password = DerivedKey { kdf, key: secret(&hex::encode(key)) };
    let text = host.must(ui::MakeBackup { key: secret(KEY), password }).0.clone();

    let shown = candor_tests::python::open_vault(&text, "correct horse battery staple").unwrap();
    let lines: Vec<Vec<&str>> = shown.lines().take(2).map(|line| line.split(' ').collect()).collect();
    assert_eq!(lines[0][1], "plain");
    assert_eq!(lines[1][1..3], ["key", &"11".repeat(32)]);
    assert!(shown.contains("Savings") && shown.contains("https://a.example"), "{shown}");
    assert!(candor_tests::python::open_vault(&text, "wrong").is_err());
}

#[test]
fn the_parameters_are_told_before_the_password() {
    let mut host = lived_in();
    let text = made(&mut host, true);
    let kdf = host.must(ui::Status {}).kdf.unwrap();
    assert_eq!(Host::default().must(ui::InspectBackup { text }).kdf, kdf);
}

/// The first version of the file, as it was written when this was its only version.
#[test]
fn a_file_of_version_1_always_opens() {
    let text = include_str!("../vault/backup_v1.json");
    let mut new = Host::default();
    let came = restore(&mut new, text, OTHER_KEY).unwrap();
    new.must(ui::FinishSetup {});
    assert_eq!(came.networks, ["Mine (192.168.1.5:8545)"]);
    assert_eq!(came.sites, ["a.example"]);
    let names: Vec<String> = came.added.iter().map(|account| account.name.clone()).collect();
    assert_eq!(names, ["Account 1", "Savings", "Account 3", "Account 4"]);
    assert_eq!(belongings(&mut new), belongings(&mut lived_in_with(false)));
}

/// Another wallet of someone who already watches an account of the file.
fn other() -> Host {
    let mut host = Host::restored(&format!("{}wrong", "zoo ".repeat(11)), &[0]);
    host.must(ui::WatchAccount { address: ANVIL_ACCOUNTS[1].to_owned() });
    host.fork()
}

#[test]
fn a_restore_that_is_cut_short_loses_nothing_and_names_no_key_that_is_not_there() {
    let text = made(&mut lived_in(), false);
    let cut = |world: &Host, check: &dyn Fn(&mut Host)| {
        kill_everywhere(
            world,
            |host| drop(restore(host, &text, OTHER_KEY)),
            |host| {
                host.kill();
                check(host);
            },
        );
    };
    let nothing_lost = |host: &mut Host| {
        let accounts = host.must(ui::Accounts {});
        assert!(accounts.iter().all(|account| account.kind != AccountKind::Lost), "{accounts:#?}");
        for keyring in host.must(ui::Keyrings {}) {
            assert!(!keyring.accounts.is_empty(), "every key has an account");
        }
    };
    cut(&other(), &|host| {
        assert_eq!(host.stage(), Stage::Unlocked);
        nothing_lost(host);
        let watched = host.must(ui::Accounts {}).remove(1);
        assert_eq!(watched.address, ANVIL_ACCOUNTS[1]);
        restore(host, &text, OTHER_KEY).unwrap();
        nothing_lost(host);
        assert_eq!(host.addresses().len(), 5);
        host.restart_browser();
        host.unlock();
        nothing_lost(host);
    });
    cut(&Host::default(), &|host| {
        if host.stage() == Stage::Fresh {
            let password = host.new_password();
            host.must(create(password, 12));
            let status = host.must(ui::Status {});
            assert_eq!((status.backed_up, status.backup_at), (false, None), "this wallet has no backup");
            assert_eq!((status.setup, host.addresses().len()), (Setup::Phrase, 1));
        } else {
            if host.stage() == Stage::Locked {
                host.must(ui::Unlock { key: secret(OTHER_KEY) });
            }
            assert_eq!(host.addresses().len(), 4);
        }
        nothing_lost(host);
    });
}

/// A file with another state than any wallet would put into it.
fn forged(change: impl Fn(&mut Value)) -> String {
    let text = made(&mut lived_in(), false);
    candor_tests::backup::with_state(&text, OTHER_KEY, |state| {
        for key in ["accounts", "networks", "sites", "settings", "tokens"] {
            let (_, json) = state[key].as_str().unwrap().splitn(5, ':').fold(("", ""), |_, part| ("", part));
            let mut record: Value = serde_json::from_str(json).unwrap();
            let mut all = json!({ key: record });
            change(&mut all);
            record = all[key].take();
            state[key] = Value::String(candor_tests::storage::record(key, &record.to_string()));
        }
    })
}

const EVIL: &str = "https://evil.example";

#[test]
fn a_file_that_someone_else_made_redirects_nothing_and_grants_nothing_unsaid() {
    let text = forged(|state| match state.as_object().unwrap().keys().next().unwrap().as_str() {
        "networks" => {
            let server = |chain: u64, name: &str, url: &str| json!({ "chain": chain, "name": name, "symbol": "ETH", "endpoints": [url], "explorer": "javascript:alert(1)" });
            let mut clean = server(777, "Trap", "https://trap.example");
            clean["explorer"] = Value::Null;
            let mut evil = server(1, "Ethereum", EVIL);
            evil["explorer"] = Value::Null;
            state["networks"]["custom"] = json!([evil, clean, server(778, "Script", "https://s.example")]);
        }
        "sites" => {
            let site =
                |accounts: Value| json!({ "accounts": accounts, "chain": 1, "since": 0, "times_used": 9 });
            // The address of the victim, who keeps no secret of it; and one that the file has the key of.
            state["sites"]["by_origin"][EVIL] = site(json!([VICTIM, ANVIL_ACCOUNTS[0].to_lowercase()]));
            state["sites"]["by_origin"]["https://other.example"] = site(json!([VICTIM]));
            state["sites"]["by_origin"]["not an origin"] = site(json!([VICTIM]));
        }
        "accounts" => {
            let list = state["accounts"]["list"].as_array_mut().unwrap();
            // Said to be of a key that gives another address.
            list[1]["address"] = json!("0x000000000000000000000000000000000000dead");
            list[0]["name"] = json!("a\nb");
        }
        "tokens" => {
            let list = state["tokens"]["list"].as_array_mut().unwrap();
            list[0]["chain"] = json!(1);
            let good = list[0].clone();
            let mut changed = |name: &str, value: Value| {
                let mut token = good.clone();
                token[name] = value;
                list.push(token);
            };
            changed("name", json!("again"));
            changed("chain", json!(4_243));
            let other = |n: u8| json!(format!("0x{}", hex::encode([n; 20])));
            let mut forged = |n: u8, name: &str, value: Value| {
                let mut token = good.clone();
                (token["address"], token[name]) = (other(n), value);
                list.push(token);
            };
            forged(1, "name", json!("US\u{202e}DC"));
            forged(2, "decimals", json!(37));
            forged(3, "kind", json!("Erc721"));
            forged(4, "number", json!("0x1"));
            forged(5, "name", json!("USDC"));
        }
        "settings" => state["settings"]["auto_lock_minutes"] = json!(4_000_000_000_u32),
        _ => {}
    });
    let mut host = Host::restored(&format!("{}wrong", "zoo ".repeat(11)), &[0]);
    assert_eq!(host.addresses()[0].to_lowercase(), VICTIM);
    let servers = |host: &mut Host| host.must(ui::Networks {}).networks.remove(0).servers;
    let before = servers(&mut host);
    let came = restore(&mut host, &text, OTHER_KEY).unwrap();
    assert_eq!(servers(&mut host), before, "the servers that were chosen");
    assert_eq!(came.left_out, ["Ethereum (evil.example)"]);
    assert_eq!(came.networks, ["Trap (trap.example)"]);
    assert_eq!(came.sites, ["a.example", "evil.example"], "each one that sees accounts is said");
    assert_eq!(came.tokens, ["MOTH", "USDC (not the known USDC)"], "each once, and by what it is");
    assert_eq!(host.must(ui::Tokens { chain_id: 1 }).len(), 2);
    let seen: Vec<String> = host
        .must(ui::Sites {})
        .iter()
        .flat_map(|site| site.accounts.iter().map(|account| account.address.clone()))
        .collect();
    assert_eq!(seen, [ANVIL_ACCOUNTS[0], ANVIL_ACCOUNTS[0]], "only what the file has the key of");
    let accounts = host.must(ui::Accounts {});
    assert!(!accounts.iter().any(|account| account.address.to_lowercase().ends_with("dead")));
    assert_eq!(accounts[1].name, "ab");

    let mut new = Host::default();
    let came = restore(&mut new, &text, OTHER_KEY).unwrap();
    assert_eq!(came.networks, ["Ethereum (evil.example)", "Trap (trap.example)"], "all that came is said");
    assert_eq!(came.sites, ["a.example", "evil.example", "other.example"]);
    new.must(ui::FinishSetup {});
    assert!(new.must(ui::Settings {}).auto_lock_minutes <= 24 * 60);
}

#[test]
fn five_hundred_accounts_fit() {
    let mut host = Host::anvil();
    let keyring = host.must(ui::Keyrings {}).remove(0).id;
    for hundred in 0..5 {
        let paths = (0..100).map(|n| DerivationPath::ethereum(hundred * 100 + n).to_string()).collect();
        host.must(ui::AddAccounts { keyring: keyring.clone(), paths });
    }
    let text = made(&mut host, true);
    let mut new = Host::default();
    restore(&mut new, &text, KEY).unwrap();
    assert_eq!(new.addresses().len(), 500);
    assert_eq!(new.addresses(), host.addresses());
}

#[test]
fn whoever_made_the_file_has_no_way_into_the_wallet() {
    let mut old = lived_in();
    let text = made(&mut old, false);
    let mut new = Host::default();
    restore(&mut new, &text, OTHER_KEY).unwrap();
    let of_file = candor_tests::backup::vault_id(&text);
    let stored = candor_tests::backup::stored_id(&new.storage.vault_a);
    assert_ne!(of_file, stored, "the wallet has a vault and a data key of its own");
    assert_eq!(new.must(ui::Status {}).passkeys, []);
}

#[test]
fn names_that_could_be_taken_for_others_are_told_apart() {
    let mut old = lived_in();
    let text = made(&mut old, false);
    let text = candor_tests::backup::with_state(&text, OTHER_KEY, |state| {
        let accounts = state["accounts"].as_str().unwrap().replace("Savings", "Account 1\u{202e}");
        let (_, json) = accounts.split_once('{').unwrap();
        state["accounts"] = json!(candor_tests::storage::record("accounts", &format!("{{{json}")));
    });
    let mut new = Host::default();
    restore(&mut new, &text, OTHER_KEY).unwrap();
    let names: Vec<String> = new.must(ui::Accounts {}).into_iter().map(|account| account.name).collect();
    assert_eq!(names[..2], ["Account 1", "Account 1 2"]);
}
