//! The core is lost at every step of what a person does in the wallet itself.

use candor_primitives::Millis;
use candor_protocol::{
    host::Event,
    ui::{self, UiErrorCode},
    view::{ReadyView, Stage, Theme},
};
use candor_tests::{
    Host,
    import::{create, drawn, restore, words_of},
    matrix::kill_everywhere,
    net::Manner,
    surface::{ANVIL, ANVIL_ACCOUNTS, KEY, secret},
};
use serde_json::json;

use crate::kills::{all_is_well, world};

#[test]
fn restoring_a_wallet() {
    kill_everywhere(
        &Host::default(),
        |host| {
            for _ in 0..4 {
                let Ok(status) = host.call(ui::Status {}) else { continue };
                if status.stage != Stage::Fresh {
                    return;
                }
                let Ok(kdf) = host.call(ui::NewKdf {}) else { continue };
                let password = ui::DerivedKey { kdf, key: secret(KEY) };
                let _ = host.call(restore(password, ANVIL, "", &[0, 1]));
            }
        },
        |host| {
            all_is_well(host);
            assert!(host.must(ui::Status {}).backed_up, "the words were typed in, so they are known");
        },
    );
}

#[test]
fn creating_a_wallet_and_changing_its_words() {
    kill_everywhere(
        &Host::default(),
        |host| {
            for _ in 0..4 {
                let Ok(status) = host.call(ui::Status {}) else { continue };
                if status.stage != Stage::Fresh {
                    break;
                }
                let Ok(kdf) = host.call(ui::NewKdf {}) else { continue };
                let password = ui::DerivedKey { kdf, key: secret(KEY) };
                let _ = host.call(create(password, 12));
            }
            if host.call(ui::Status {}).is_ok_and(|status| status.stage == Stage::Locked) {
                let _ = host.call(ui::Unlock { key: secret(KEY) });
            }
            let _ = host.call(ui::RenewKeyring { record: drawn(12, 2) });
        },
        |host| {
            if host.stage() == Stage::Locked {
                host.unlock();
            }
            let words = words_of(&host.must(ui::NewKeyring {}));
            let of_words = Host::restored(&words, &[0]).addresses();
            assert_eq!(host.addresses(), of_words, "the account shown is that of the words shown");
        },
    );
}

#[test]
fn unlocking_and_locking() {
    let mut world = Host::anvil();
    world.must(ui::Lock {});
    kill_everywhere(
        &world.fork(),
        |host| {
            for _ in 0..3 {
                if host.call(ui::Unlock { key: secret(KEY) }).is_ok() {
                    break;
                }
            }
            for _ in 0..3 {
                match host.call(ui::Lock {}) {
                    Ok(()) => break,
                    Err(wrong) => assert_eq!(wrong.code, UiErrorCode::Internal),
                }
            }
        },
        |host| {
            assert_eq!(host.stage(), Stage::Locked);
            assert_eq!(host.storage.session_text("session"), None);
            all_is_well(host);
        },
    );
}

#[test]
fn an_open_wallet_always_locks_by_itself() {
    let mut world = Host::anvil();
    world.must(ui::Lock {});
    kill_everywhere(
        &world.fork(),
        |host| {
            let _ = host.call(ui::Unlock { key: secret(KEY) });
            host.wake();
        },
        |host| {
            host.advance(Millis::from_secs(16 * 60));
            assert_eq!(host.storage.session_text("session"), None, "the key is gone without anyone looking");
        },
    );
}

#[test]
fn changing_settings() {
    let (world, _) = world();
    kill_everywhere(
        &world,
        |host| {
            for _ in 0..3 {
                if host.call(ui::SetAutoLock { minutes: 60 }).is_ok() {
                    break;
                }
            }
            for _ in 0..3 {
                if host.call(ui::SetTheme { theme: Theme::Dark }).is_ok() {
                    break;
                }
            }
        },
        |host| {
            let settings = host.must(ui::Settings {});
            assert_eq!((settings.auto_lock_minutes, settings.theme), (60, Theme::Dark));
            host.advance(Millis::from_secs(59 * 60));
            assert_eq!(host.stage(), Stage::Unlocked);
            host.advance(Millis::from_secs(2 * 60));
            assert_eq!(host.storage.session_text("session"), None);
        },
    );
}

/// The person's own payment survives, too: its request is shown again and is sent once.
#[test]
fn paying_from_the_wallet() {
    let (world, _) = world();
    kill_everywhere(
        &world,
        |host| {
            let mut request = None;
            for _ in 0..3 {
                let prepared = host.call(ui::PrepareSend {
                    from: ANVIL_ACCOUNTS[0].to_owned(),
                    chain_id: 1,
                    to: ANVIL_ACCOUNTS[1].to_owned(),
                    amount: "1.5".to_owned(),
                    max: false,
                });
                if let Ok(id) = prepared {
                    request = Some(id);
                    break;
                }
            }
            for _ in 0..5 {
                match host.call(ui::Approval { id: request.unwrap() }) {
                    Ok(shown) if shown.ready == ReadyView::Ready => {
                        let _ = host.approve(&shown);
                    }
                    Ok(_) => {}
                    Err(wrong) if wrong.code == UiErrorCode::Gone => break,
                    Err(_) => {}
                }
            }
        },
        |host| {
            host.advance(Millis::from_secs(10));
            let taken = &host.net.chain(1).taken;
            assert_eq!(taken.len(), 1);
            assert_eq!(taken[0].fields.value.to_string(), "1500000000000000000");
            let activity = host.must(ui::Activity { address: ANVIL_ACCOUNTS[0].to_owned() });
            assert_eq!(activity.len(), 1);
            all_is_well(host);
        },
    );
}

/// Locking while servers are asked, while the chain's number is asked before sending, and after it was sent.
#[test]
fn the_computer_locks_while_a_payment_is_on_its_way() {
    for method in ["eth_getTransactionCount", "eth_estimateGas", "eth_chainId", "eth_sendRawTransaction"] {
        let (mut host, page) = world();
        host.net.manners(1, method, &Manner::Slow);
        let payment =
            json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0xde0b6b3a7640000" }]);
        let promised = host.ask(page, "eth_sendTransaction", payment);
        if let [shown] = host.prompts().as_slice()
            && shown.ready == ReadyView::Ready
        {
            host.approve(shown).unwrap();
        }
        host.give(Event::SystemLocked {});
        assert_eq!(host.storage.session_text("session"), None, "{method}");
        host.net.revive(1);
        host.release();
        assert_eq!(host.stage(), Stage::Locked);
        assert_eq!(
            host.storage.session_text("session"),
            None,
            "{method}: an answer that came late opens nothing"
        );
        host.agree_to_all();
        host.advance(Millis::from_secs(120));
        assert!(host.result(promised).is_string(), "{method}");
        assert_eq!(host.net.chain(1).taken.len(), 1, "{method}: sent once");
    }
}
