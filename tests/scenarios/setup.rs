//! Creating and restoring a wallet.

use candor_protocol::{
    ui::{self, UiErrorCode},
    view::{Setup, Stage},
};
use candor_tests::{
    Host,
    surface::{ANVIL, ANVIL_ACCOUNTS, secret},
};

#[test]
fn a_new_wallet_from_its_words_to_the_last_page() {
    let check = |words: u8| {
        let mut host = Host::default();
        assert_eq!(host.stage(), Stage::Fresh);
        let password = host.new_password();
        host.must(ui::CreateWallet { password, words });
        let phrase: Vec<String> = host.must(ui::NewPhrase {}).iter().map(|word| word.0.clone()).collect();
        assert_eq!(phrase.len(), usize::from(words));
        let status = host.must(ui::Status {});
        assert_eq!((status.stage, status.setup, status.backed_up), (Stage::Unlocked, Setup::Phrase, false));
        host.must(ui::ConfirmBackup {});
        assert_eq!(host.must(ui::Status {}).setup, Setup::Networks);
        assert_eq!(host.net.asked, [], "nothing leaves the computer before servers are chosen");
        host.must(ui::ChooseServers { choice: ui::ServersChoice::Public });
        assert_eq!(host.must(ui::Status {}).setup, Setup::Done);
        host.must(ui::FinishSetup {});
        let status = host.must(ui::Status {});
        assert_eq!((status.setup, status.backed_up), (Setup::Finished, true));

        let restored = Host::restored(&phrase.join(" "), &[0]).addresses();
        assert_eq!(host.addresses(), restored, "the words bring the account back");
    };
    check(12);
    check(24);
}

#[test]
fn other_words_can_be_had_until_they_are_checked() {
    let mut host = Host::default();
    let password = host.new_password();
    host.must(ui::CreateWallet { password, words: 12 });
    let first = host.addresses();
    host.must(ui::RenewPhrase { words: 24 });
    let phrase: Vec<String> = host.must(ui::NewPhrase {}).iter().map(|word| word.0.clone()).collect();
    assert_eq!(phrase.len(), 24);
    let second = host.addresses();
    assert_eq!(second.len(), 1);
    assert_ne!(first, second);
    assert_eq!(second, Host::restored(&phrase.join(" "), &[0]).addresses());

    host.must(ui::ConfirmBackup {});
    assert_eq!(host.call(ui::RenewPhrase { words: 12 }).unwrap_err().code, UiErrorCode::WrongStage);
    assert_eq!(host.call(ui::NewPhrase {}).unwrap_err().code, UiErrorCode::WrongStage);
    assert_eq!(host.addresses(), second);
}

#[test]
fn the_known_phrase_gives_the_known_accounts() {
    let mut host = Host::default();
    let found = host.must(ui::PreviewAccounts { phrase: secret(ANVIL), passphrase: secret("") });
    assert_eq!(found.iter().map(|account| account.address.as_str()).collect::<Vec<_>>(), ANVIL_ACCOUNTS);

    let mut host = Host::anvil();
    assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..2]);
    assert_eq!(host.must(ui::AddAccount {}).address, ANVIL_ACCOUNTS[2]);
    host.must(ui::Lock {});
    assert_eq!(host.call(ui::AddAccount {}).unwrap_err().code, UiErrorCode::Locked);
    assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..3], "addresses are known while locked");
}

#[test]
fn a_phrase_that_is_wrong_is_explained() {
    let mut host = Host::default();
    let mut check = |phrase: &str, title: &str, text: &str| {
        let report = host.must(ui::InspectPhrase { text: secret(phrase) });
        let problem = report.problem.unwrap();
        assert_eq!((problem.title.as_str(), problem.text.as_str()), (title, text), "{phrase}");
        let password = host.new_password();
        let wrong = host
            .call(ui::RestoreWallet {
                password,
                phrase: secret(phrase),
                passphrase: secret(""),
                indices: vec![0],
            })
            .unwrap_err();
        assert_eq!((wrong.code, wrong.title.as_str()), (UiErrorCode::Invalid, title));
        assert_eq!(host.stage(), Stage::Fresh);
    };
    check(&ANVIL.replace("junk", "junkk"), "Word 12, “junkk”, is not in the list.", "Did you mean “junk”?");
    check(
        "test test",
        "There are 2 words.",
        "A recovery phrase has 12, 15, 18, 21 or 24. Compare with your paper.",
    );
    check(
        &ANVIL.replace("junk", "test"),
        "These words do not fit together.",
        "All are in the list, but one is wrong or two are swapped. Compare with your paper.",
    );
}

#[test]
fn where_there_is_a_wallet_no_other_is_made() {
    let mut host = Host::anvil();
    let before = host.storage.clone();
    let password = host.new_password();
    let restore = |password| ui::RestoreWallet {
        password,
        phrase: secret(ANVIL),
        passphrase: secret("other"),
        indices: vec![0],
    };
    assert_eq!(host.call(restore(password.clone())).unwrap_err().code, UiErrorCode::WrongStage);
    assert_eq!(
        host.call(ui::CreateWallet { password: password.clone(), words: 12 }).unwrap_err().code,
        UiErrorCode::WrongStage
    );
    host.must(ui::Lock {});
    assert_eq!(host.call(restore(password)).unwrap_err().code, UiErrorCode::WrongStage);
    assert_eq!(host.storage.vault_a, before.vault_a);
    assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..2]);
}
