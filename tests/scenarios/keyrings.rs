//! More phrases, keys and watched addresses beside what is there, and another password.

use candor_keys::{DerivationPath, Family, Nfkd, Phrase, PrivateKey, keyring::Keyring};
use candor_protocol::{
    import::KeyringKind,
    ui::{self, UiErrorCode},
    view::{AccountKind, Stage},
};
use candor_tests::{
    Host,
    matrix::kill_everywhere,
    surface::{ANVIL_ACCOUNTS, KEY, WRONG_KEY, secret},
};
use serde_json::{Value, json};

const OTHER_KEY: &str = "7777777777777777777777777777777777777777777777777777777777777777";
const WATCHED: &str = "0x00000000219ab540356cBB839Cbe05303d7705Fa";

/// As the import worker hands it over.
fn record(keyring: &Keyring) -> ui::SecretText {
    secret(&hex::encode(keyring.encode().expose()))
}

fn second_phrase() -> Keyring {
    Keyring::new(&Phrase::from_entropy(&[7; 16]).unwrap(), &Nfkd::empty())
}

fn single_key(byte: u8) -> Keyring {
    Keyring::from_key(PrivateKey::from_bytes(&[byte; 32]).unwrap())
}

fn add(host: &mut Host, keyring: &Keyring, paths: &[DerivationPath]) -> candor_protocol::view::AddedView {
    let paths = paths.iter().map(ToString::to_string).collect();
    host.must(ui::AddKeyring { record: record(keyring), paths })
}

/// Every account that has a key signs, and the signature is its own.
fn all_sign(host: &mut Host) {
    for account in host.must(ui::Accounts {}) {
        if account.kind == AccountKind::Watched {
            continue;
        }
        let origin = format!("https://{}.example", account.address.to_lowercase());
        host.must(ui::SelectAccount { address: account.address.clone() });
        host.must(ui::DisconnectSite { origin: origin.clone() });
        let page = host.connected(&origin);
        let promised = host.ask(page, "personal_sign", json!(["hello", account.address]));
        host.agree();
        let signature = host.result(promised);
        let recovered = host.ask(page, "personal_ecRecover", json!(["hello", signature]));
        assert_eq!(host.result(recovered), Value::String(account.address.to_lowercase()));
    }
}

#[test]
fn everything_side_by_side() {
    let mut host = Host::anvil();
    let families: Vec<DerivationPath> =
        Family::ALL.iter().flat_map(|family| [0, 3, 7].map(|index| family.path(index))).collect();
    let added = add(&mut host, &second_phrase(), &families);
    // The first of Ledger Live is the first of the standard family.
    assert_eq!((added.added.len(), added.known.len()), (8, 0));
    let key = add(&mut host, &single_key(0x11), &[DerivationPath::root()]);
    assert_eq!(key.added[0].kind, AccountKind::Key);
    let watched = host.must(ui::WatchAccount { address: WATCHED.to_owned() });
    assert_eq!((watched.kind, watched.name.as_str()), (AccountKind::Watched, "Account 12"));
    assert_eq!(host.addresses().len(), 12);
    all_sign(&mut host);

    let kinds: Vec<(KeyringKind, usize)> =
        host.must(ui::Keyrings {}).iter().map(|keyring| (keyring.kind, keyring.accounts.len())).collect();
    assert_eq!(kinds, [(KeyringKind::Phrase, 2), (KeyringKind::Phrase, 8), (KeyringKind::Key, 1)]);

    // Nothing of it depends on this instance, or on this start of the browser.
    host.restart_browser();
    host.unlock();
    assert_eq!(host.addresses().len(), 12);
    all_sign(&mut host);
}

#[test]
fn what_is_there_already_is_named() {
    let mut host = Host::anvil();
    let first = DerivationPath::ethereum(0);
    let anvil = Keyring::new(
        &Phrase::parse(&Nfkd::of(
            candor_tests::surface::ANVIL,
            &candor_tests::platform::TestPlatform::default(),
        ))
        .unwrap(),
        &Nfkd::empty(),
    );
    let again = add(&mut host, &anvil, &[first.clone(), DerivationPath::ethereum(4)]);
    assert_eq!(again.known[0].name, "Account 1");
    assert_eq!(again.added[0].address, ANVIL_ACCOUNTS[4]);
    assert_eq!(host.must(ui::Keyrings {}).len(), 1, "the phrase is there once");

    // The key of an account that a phrase gives is no second account.
    let key = Keyring::from_key(anvil.account(&first).unwrap());
    let again = add(&mut host, &key, &[DerivationPath::root()]);
    assert_eq!((again.known[0].name.as_str(), again.added.len()), ("Account 1", 0));
    assert_eq!(host.must(ui::Keyrings {}).len(), 1);

    let wrong = host.call(ui::WatchAccount { address: ANVIL_ACCOUNTS[0].to_owned() }).unwrap_err();
    assert_eq!(wrong.text, "It is “Account 1”. Nothing was changed.");
}

#[test]
fn a_watched_address_is_only_looked_at_until_its_key_comes() {
    let mut host = Host::anvil();
    let address = single_key(0x11).account(&DerivationPath::root()).unwrap().address().to_string();
    host.must(ui::WatchAccount { address: address.clone() });
    host.must(ui::SelectAccount { address: address.clone() });
    let to = ANVIL_ACCOUNTS[1].to_owned();
    let send = ui::PrepareSend { from: address.clone(), chain_id: 1, to, amount: "1".into(), max: false };
    assert_eq!(host.call(send).unwrap_err().title, "This account can only be watched.");

    let page = host.open_page("https://a.example");
    let promised = host.ask(page, "eth_requestAccounts", json!([]));
    let shown = host.prompt();
    assert!(shown.choices.iter().all(|choice| choice.address != address));
    let forced =
        ui::Approve { id: shown.id, fingerprint: shown.fingerprint.clone(), accounts: vec![address.clone()] };
    assert_eq!(host.call(forced).unwrap_err().title, "This account can only be watched.");
    host.approve(&shown).unwrap();
    assert_eq!(host.result(promised), json!([ANVIL_ACCOUNTS[0].to_lowercase()]));
    let origin = "https://a.example".to_owned();
    assert!(host.call(ui::SetSiteAccounts { origin, accounts: vec![address.clone()] }).is_err());

    // The next account is one of a phrase.
    let next = host.must(ui::AddAccount {});
    assert_eq!(next.address, ANVIL_ACCOUNTS[2]);

    assert_eq!(
        host.call(ui::ForgetWatched { address: to_owned(ANVIL_ACCOUNTS[0]) }).unwrap_err().code,
        UiErrorCode::WrongStage
    );
    let added = add(&mut host, &single_key(0x11), &[DerivationPath::root()]);
    assert_eq!(added.added[0].kind, AccountKind::Key);
    assert_eq!(host.addresses().iter().filter(|there| **there == address).count(), 1);
    all_sign(&mut host);

    host.must(ui::WatchAccount { address: WATCHED.to_owned() });
    host.must(ui::ForgetWatched { address: WATCHED.to_owned() });
    assert!(!host.addresses().contains(&WATCHED.to_owned()));
}

fn to_owned(text: &str) -> String {
    text.to_owned()
}

#[test]
fn another_password_opens_the_same_accounts() {
    let mut host = Host::anvil();
    add(&mut host, &second_phrase(), &[DerivationPath::ethereum(0)]);
    let before = host.addresses();
    let kdf = host.must(ui::NewKdf {});
    let password = ui::DerivedKey { kdf, key: secret(OTHER_KEY) };
    let change = |key: &str| ui::ChangePassword { key: secret(key), password: password.clone() };
    assert_eq!(host.call(change(WRONG_KEY)).unwrap_err().code, UiErrorCode::WrongPassword);
    host.must(change(KEY));
    host.must(ui::Lock {});
    assert_eq!(host.call(ui::Unlock { key: secret(KEY) }).unwrap_err().code, UiErrorCode::WrongPassword);
    host.must(ui::Unlock { key: secret(OTHER_KEY) });
    assert_eq!(host.addresses(), before);
    all_sign(&mut host);
    assert_eq!(host.call(change(KEY)).unwrap_err().code, UiErrorCode::WrongPassword);
    host.must(ui::Lock {});
    assert_eq!(host.call(change(OTHER_KEY)).unwrap_err().code, UiErrorCode::Locked);
}

#[test]
fn revealing_takes_the_password() {
    let mut host = Host::anvil();
    add(&mut host, &single_key(0x11), &[DerivationPath::root()]);
    let id = host.must(ui::Keyrings {})[1].id.clone();
    let reveal = |key: &str| ui::RevealKeyring { keyring: id.clone(), key: secret(key) };
    assert_eq!(host.call(reveal(WRONG_KEY)).unwrap_err().code, UiErrorCode::WrongPassword);
    assert_eq!(host.must(reveal(KEY)).0, record(&single_key(0x11)).0);
    host.must(ui::Lock {});
    assert_eq!(host.call(reveal(KEY)).unwrap_err().code, UiErrorCode::Locked);
}

#[test]
fn the_key_of_one_account_takes_the_password_too_and_is_that_account_s_alone() {
    let mut host = Host::anvil();
    add(&mut host, &single_key(0x11), &[DerivationPath::root()]);
    let all = host.must(ui::Accounts {});
    let reveal = |address: &str, key: &str| ui::RevealKey { address: address.to_owned(), key: secret(key) };
    let first = all.iter().find(|account| account.path == "m/44'/60'/0'/0/0").unwrap().address.clone();
    let single = all.iter().find(|account| account.path == "m").unwrap().address.clone();
    assert_eq!(host.call(reveal(&first, WRONG_KEY)).unwrap_err().code, UiErrorCode::WrongPassword);
    let key = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    assert_eq!(host.must(reveal(&first, KEY)).0, key);
    assert_eq!(host.must(reveal(&single, KEY)).0, format!("0x{}", "11".repeat(32)));
    let watched = host.must(ui::WatchAccount { address: format!("0x{}", "42".repeat(20)) }).address;
    for (address, code) in [
        (watched.as_str(), UiErrorCode::Invalid),
        ("0x4343434343434343434343434343434343434343", UiErrorCode::Gone),
        ("nobody", UiErrorCode::Invalid),
    ] {
        assert_eq!(host.call(reveal(address, KEY)).unwrap_err().code, code, "{address}");
    }
    host.must(ui::Lock {});
    assert_eq!(host.call(reveal(&first, KEY)).unwrap_err().code, UiErrorCode::Locked);
}

#[test]
fn nonsense_adds_nothing() {
    let mut host = Host::anvil();
    let before = host.must(ui::Accounts {});
    let good = record(&second_phrase()).0.clone();
    let mut check = |record: &str, paths: &[&str]| {
        let paths = paths.iter().map(ToString::to_string).collect();
        assert!(
            host.call(ui::AddKeyring { record: secret(record), paths }).is_err(),
            "{record} {paths:?}",
            paths = ""
        );
        assert_eq!(host.must(ui::Accounts {}), before);
        assert_eq!(host.must(ui::Keyrings {}).len(), 1);
    };
    check("", &["m/44'/60'/0'/0/0"]);
    check("zz", &["m/44'/60'/0'/0/0"]);
    check(good.trim_start_matches("43"), &["m/44'/60'/0'/0/0"]);
    check(&format!("{good}00"), &["m/44'/60'/0'/0/0"]);
    check(&good, &[]);
    check(&good, &["m/44'/60'/0'/0/0"; 101]);
    check(&good, &["m/44'/60'/0'/0/x"]);
    check(&good, &["44'/60'/0'/0/0"]);
}

#[test]
fn adding_and_changing_the_password_while_the_core_is_lost() {
    kill_everywhere(
        &Host::anvil(),
        |host| {
            for _ in 0..4 {
                let paths = vec![DerivationPath::root().to_string()];
                if host.call(ui::AddKeyring { record: record(&single_key(0x11)), paths }).is_ok() {
                    break;
                }
                for key in [KEY, OTHER_KEY] {
                    let _ = host.call(ui::Unlock { key: secret(key) });
                }
            }
            let Ok(kdf) = host.call(ui::NewKdf {}) else { return };
            let password = ui::DerivedKey { kdf, key: secret(OTHER_KEY) };
            let _ = host.call(ui::ChangePassword { key: secret(KEY), password });
        },
        |host| {
            host.restart_browser();
            assert_eq!(host.stage(), Stage::Locked);
            let opened =
                [KEY, OTHER_KEY].iter().filter(|key| host.call(ui::Unlock { key: secret(key) }).is_ok());
            assert_eq!(opened.count(), 1, "exactly one password opens it");
            let addresses = host.addresses();
            assert_eq!(
                addresses[..2],
                ANVIL_ACCOUNTS[..2].iter().map(ToString::to_string).collect::<Vec<_>>()
            );
            // Whatever was cut, adding it again makes it whole.
            add(host, &single_key(0x11), &[DerivationPath::root()]);
            assert_eq!(host.addresses().len(), 3);
            assert_eq!(host.must(ui::Keyrings {}).len(), 2);
            assert!(host.must(ui::Accounts {}).iter().all(|account| account.kind != AccountKind::Lost));
        },
    );
}

#[test]
fn a_phrase_whose_first_key_is_there_already_is_kept_all_the_same() {
    let phrase = second_phrase();
    let first = DerivationPath::ethereum(0);
    let key = Keyring::from_key(phrase.account(&first).unwrap());
    let paths = [first, DerivationPath::ethereum(1)];
    let mut host = Host::anvil();
    add(&mut host, &key, &[DerivationPath::root()]);
    let added = add(&mut host, &phrase, &paths);
    assert_eq!((added.added.len(), added.known.len()), (1, 1));
    assert_eq!(host.must(ui::Keyrings {}).len(), 3);
    all_sign(&mut host);

    let mut host = Host::anvil();
    add(&mut host, &phrase, &paths);
    let added = add(&mut host, &key, &[DerivationPath::root()]);
    assert_eq!((added.added.len(), added.known.len()), (0, 1));
    assert_eq!(host.must(ui::Keyrings {}).len(), 2, "a key that a phrase gives is not kept twice");
    all_sign(&mut host);
}
