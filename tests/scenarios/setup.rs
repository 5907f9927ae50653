//! Creating and restoring a wallet.

use candor_keys::DerivationPath;
use candor_primitives::Millis;
use candor_protocol::{
    ui::{self, UiErrorCode},
    view::{Setup, Stage},
};
use candor_tests::{
    Host,
    import::{create, drawn, record_of, restore, words_of},
    surface::{ANVIL, ANVIL_ACCOUNTS, secret},
};

#[test]
fn a_new_wallet_from_its_words_to_the_last_page() {
    let check = |words: u8| {
        let mut host = Host::default();
        assert_eq!(host.stage(), Stage::Fresh);
        let password = host.new_password();
        host.must(create(password, words));
        let phrase = words_of(&host.must(ui::NewKeyring {}));
        assert_eq!(phrase.split(' ').count(), usize::from(words));
        let status = host.must(ui::Status {});
        assert_eq!((status.stage, status.setup, status.backed_up), (Stage::Unlocked, Setup::Phrase, false));
        host.must(ui::ConfirmBackup { keyring: None });
        assert_eq!(host.must(ui::Status {}).setup, Setup::Networks);
        assert_eq!(host.net.asked, [], "nothing leaves the computer before servers are chosen");
        host.must(ui::ChooseServers { choice: ui::ServersChoice::Public });
        assert_eq!(host.must(ui::Status {}).setup, Setup::Done);
        host.must(ui::FinishSetup {});
        let status = host.must(ui::Status {});
        assert_eq!((status.setup, status.backed_up), (Setup::Finished, true));

        let restored = Host::restored(&phrase, &[0]).addresses();
        assert_eq!(host.addresses(), restored, "the words bring the account back");
    };
    check(12);
    check(24);
}

#[test]
fn other_words_can_be_had_until_they_are_checked() {
    let mut host = Host::default();
    let password = host.new_password();
    host.must(create(password, 12));
    let first = host.addresses();
    host.must(ui::RenewKeyring { record: drawn(24, 2) });
    let phrase = words_of(&host.must(ui::NewKeyring {}));
    assert_eq!(phrase.split(' ').count(), 24);
    let second = host.addresses();
    assert_eq!(second.len(), 1);
    assert_ne!(first, second);
    assert_eq!(second, Host::restored(&phrase, &[0]).addresses());

    host.must(ui::ConfirmBackup { keyring: None });
    let renew = ui::RenewKeyring { record: drawn(12, 3) };
    assert_eq!(host.call(renew).unwrap_err().code, UiErrorCode::WrongStage);
    assert_eq!(host.call(ui::NewKeyring {}).unwrap_err().code, UiErrorCode::WrongStage);
    assert_eq!(host.addresses(), second);
}

#[test]
fn the_known_phrase_gives_the_known_accounts() {
    let mut host = Host::anvil();
    assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..2]);
    assert_eq!(host.must(ui::AddAccount {}).address, ANVIL_ACCOUNTS[2]);
    host.must(ui::Lock {});
    assert_eq!(host.call(ui::AddAccount {}).unwrap_err().code, UiErrorCode::Locked);
    assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..3], "addresses are known while locked");
}

#[test]
fn what_is_no_keyring_makes_no_wallet() {
    let mut host = Host::default();
    let mut check = |record: &str, paths: &[&str], code| {
        let password = host.new_password();
        let paths = paths.iter().map(ToString::to_string).collect();
        let wrong = host.call(ui::RestoreWallet { password, record: secret(record), paths }).unwrap_err();
        assert_eq!(wrong.code, code, "{record} {wrong:?}");
        assert_eq!(host.stage(), Stage::Fresh);
        assert_eq!(host.storage.vault_a, Host::default().storage.vault_a);
    };
    let good = record_of(ANVIL, "").0.clone();
    let key = format!("434b4559000102000020{}", "01".repeat(32));
    let root = DerivationPath::ethereum(0).to_string();
    check("", &[&root], UiErrorCode::Internal);
    check(good.trim_start_matches("43"), &[&root], UiErrorCode::Internal);
    check(&good, &[], UiErrorCode::Invalid);
    check(&good, &["somewhere"], UiErrorCode::Invalid);
    check(&key, &[&root], UiErrorCode::Damaged);
    let password = host.new_password();
    let of_key = ui::CreateWallet { password, record: secret(&key) };
    assert_eq!(host.call(of_key).unwrap_err().code, UiErrorCode::Internal, "a new wallet has words");
}

#[test]
fn where_there_is_a_wallet_no_other_is_made() {
    let mut host = Host::anvil();
    let before = host.storage.clone();
    let password = host.new_password();
    let restore = |password| restore(password, ANVIL, "other", &[0]);
    assert_eq!(host.call(restore(password.clone())).unwrap_err().code, UiErrorCode::WrongStage);
    assert_eq!(host.call(create(password.clone(), 12)).unwrap_err().code, UiErrorCode::WrongStage);
    host.must(ui::Lock {});
    assert_eq!(host.call(restore(password)).unwrap_err().code, UiErrorCode::WrongStage);
    assert_eq!(host.storage.vault_a, before.vault_a);
    assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..2]);
}

/// A wallet whose words nobody has on paper must go on saying so.
#[test]
fn checking_another_phrase_is_no_backup_of_the_one_that_was_made_here() {
    let mut host = Host::default();
    let password = host.new_password();
    host.must(create(password, 12));
    host.must(ui::ChooseServers { choice: ui::ServersChoice::Public });
    host.must(ui::FinishSetup {});
    let made = host.must(ui::Keyrings {}).remove(0);
    assert!(made.unchecked);
    let record = record_of(ANVIL, "");
    host.must(ui::AddKeyring { record, paths: vec!["m/44'/60'/0'/0/0".to_owned()] });
    let other = host.must(ui::Keyrings {}).into_iter().find(|keyring| keyring.id != made.id).unwrap();
    assert!(!other.unchecked);
    host.must(ui::ConfirmBackup { keyring: Some(other.id) });
    assert!(!host.must(ui::Status {}).backed_up);
    host.kill();
    host.wake();
    host.unlock();
    assert!(!host.must(ui::Status {}).backed_up);
    host.must(ui::ConfirmBackup { keyring: Some(made.id) });
    assert!(host.must(ui::Status {}).backed_up);
    assert!(host.must(ui::Keyrings {}).iter().all(|keyring| !keyring.unchecked));
}

/// Whichever phrase was made here: where that is lost, the paper of any of them is believed, or nobody could ever end
/// the warning.
#[test]
fn a_lost_record_of_setting_up_does_not_keep_the_warning_for_ever() {
    let mut host = Host::default();
    let password = host.new_password();
    host.must(create(password, 12));
    host.must(ui::ChooseServers { choice: ui::ServersChoice::Public });
    host.must(ui::FinishSetup {});
    host.storage.local.remove("setup");
    host.storage.local.remove("setup.copy");
    host.kill();
    host.wake();
    host.unlock();
    assert!(!host.must(ui::Status {}).backed_up);
    let keyring = host.must(ui::Keyrings {}).remove(0);
    assert!(keyring.unchecked);
    host.must(ui::ConfirmBackup { keyring: Some(keyring.id) });
    assert!(host.must(ui::Status {}).backed_up);
}

#[test]
fn once_a_year_the_phrase_is_asked_for() {
    let year = Millis::from_secs(365 * 24 * 3600);
    let mut host = Host::anvil();
    assert!(!host.must(ui::Status {}).check_due);
    host.advance(year);
    assert!(!host.must(ui::Status {}).check_due, "nobody is asked while the wallet is locked");
    host.unlock();
    assert!(host.must(ui::Status {}).check_due);
    host.must(ui::PutOffCheck {});
    assert!(!host.must(ui::Status {}).check_due);
    host.advance(year);
    host.unlock();
    assert!(host.must(ui::Status {}).check_due);
    host.must(ui::ConfirmBackup { keyring: None });
    assert!(!host.must(ui::Status {}).check_due);
}
