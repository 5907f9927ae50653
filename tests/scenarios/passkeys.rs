//! Passkeys open the wallet beside the password.

use candor_protocol::{
    ui::{self, UiErrorCode},
    view::Stage,
};
use candor_tests::{
    Host,
    matrix::kill_everywhere,
    surface::{ANVIL_ACCOUNTS, KEY, WRONG_KEY, secret},
};

const GIVEN: &str = "7777777777777777777777777777777777777777777777777777777777777777";

fn add(key: &str, credential: &str) -> ui::AddPasskey {
    ui::AddPasskey {
        key: secret(key),
        credential: credential.to_owned(),
        salt: "08".repeat(32),
        secret: secret(GIVEN),
    }
}

fn open(slot: u32, given: &str) -> ui::UnlockWithPasskey {
    ui::UnlockWithPasskey { slot, secret: secret(given) }
}

#[test]
fn it_opens_until_it_is_taken_off_and_the_password_always_does() {
    let mut host = Host::anvil();
    assert_eq!(host.call(add(WRONG_KEY, "aa")).unwrap_err().code, UiErrorCode::WrongPassword);
    assert_eq!(host.must(ui::Status {}).passkeys, []);
    host.must(add(KEY, "aa"));
    host.must(ui::Lock {});
    let known = host.must(ui::Status {}).passkeys;
    let [passkey] = known.as_slice() else { panic!("{known:?}") };
    assert_eq!((passkey.credential.as_str(), passkey.salt.as_str()), ("aa", "08".repeat(32).as_str()));
    let slot = passkey.slot;

    assert_eq!(host.call(open(slot, WRONG_KEY)).unwrap_err().code, UiErrorCode::Invalid);
    assert_eq!(host.call(open(slot + 1, GIVEN)).unwrap_err().code, UiErrorCode::Gone);
    assert_eq!(host.call(open(1, KEY)).unwrap_err().code, UiErrorCode::Gone, "the password slot is none");
    assert_eq!(host.call(add(KEY, "bb")).unwrap_err().code, UiErrorCode::Locked);
    assert_eq!(host.call(ui::RemovePasskey { slot }).unwrap_err().code, UiErrorCode::Locked);
    assert_eq!(host.stage(), Stage::Locked);
    host.must(open(slot, GIVEN));
    assert_eq!(host.stage(), Stage::Unlocked);
    assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..2]);

    let keyring = host.must(ui::Keyrings {}).remove(0).id;
    let reveal = ui::RevealKeyring { keyring, key: secret(GIVEN) };
    assert_eq!(host.call(reveal).unwrap_err().code, UiErrorCode::WrongPassword, "it shows no secrets");

    let new = host.new_password();
    let new = ui::DerivedKey { key: secret(&"44".repeat(32)), ..new };
    host.must(ui::ChangePassword { key: secret(KEY), password: new });
    host.must(ui::Lock {});
    host.must(open(slot, GIVEN));
    host.must(ui::RemovePasskey { slot });
    assert_eq!(host.call(ui::RemovePasskey { slot: 1 }).unwrap_err().code, UiErrorCode::Gone);
    host.must(ui::Lock {});
    assert_eq!(host.call(open(slot, GIVEN)).unwrap_err().code, UiErrorCode::Gone);
    host.must(ui::Unlock { key: secret(&"44".repeat(32)) });
}

#[test]
fn the_same_credential_takes_its_own_place_and_nonsense_none() {
    let mut host = Host::anvil();
    host.must(add(KEY, "aa"));
    host.must(add(KEY, "aa"));
    host.must(add(KEY, "bb"));
    assert_eq!(host.must(ui::Status {}).passkeys.len(), 2);
    let check = |host: &mut Host, call: ui::AddPasskey| {
        assert_eq!(host.call(call).unwrap_err().code, UiErrorCode::Internal);
    };
    check(&mut host, add(KEY, ""));
    check(&mut host, add(KEY, "xx"));
    check(&mut host, add(KEY, &"aa".repeat(1024)));
    check(&mut host, ui::AddPasskey { salt: "08".to_owned(), ..add(KEY, "cc") });
    check(&mut host, ui::AddPasskey { secret: secret("77"), ..add(KEY, "cc") });
    assert_eq!(host.must(ui::Status {}).passkeys.len(), 2);
}

#[test]
fn whatever_dies_the_password_opens() {
    kill_everywhere(
        &Host::anvil(),
        |host| {
            let _ = host.call(add(KEY, "aa"));
            if let Ok(status) = host.call(ui::Status {})
                && let Some(passkey) = status.passkeys.first()
            {
                let _ = host.call(ui::RemovePasskey { slot: passkey.slot });
            }
        },
        |host| {
            if host.stage() == Stage::Unlocked {
                host.must(ui::Lock {});
            }
            host.unlock();
            assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..2]);
        },
    );
}
