//! The core is lost at every step of every story: nothing is lost, nothing happens twice.

use candor_protocol::{
    ui::{self, UiErrorCode},
    view::{ReadyView, Stage, Theme, TxStatus},
};
use candor_signer::{message::personal_digest, recover};
use candor_tests::{
    Host,
    matrix::kill_everywhere,
    page::{PageId, Promised},
    surface::{ANVIL, ANVIL_ACCOUNTS, KEY, secret},
};
use serde_json::{Value, json};

const SITE: &str = "https://a.example";

/// A connected site of an unlocked wallet, with the core asleep.
fn world() -> (Host, PageId) {
    let mut host = Host::anvil();
    let page = host.connected(SITE);
    (host.fork(), page)
}

/// A person agrees to whatever waits. What waits for a person must be in a window when the page has done its part.
fn ask_and_agree(host: &mut Host, page: PageId, method: &str, params: Value) -> Promised {
    let promised = host.ask(page, method, params);
    if host.outcome(promised).is_none() {
        assert!(!host.windows.is_empty(), "what waits is shown");
    }
    host.agree_to_all();
    host.run();
    promised
}

/// What must hold at the end of each run.
fn all_is_well(host: &mut Host) {
    for page in &host.pages {
        for promise in page.promises.values() {
            assert_eq!(promise.settled.len(), 1, "{} settles once: {:?}", promise.method, promise.settled);
        }
    }
    assert!(host.windows.is_empty(), "no window is left behind");
    assert_eq!(host.badge, "", "nothing waits");
    host.kill();
    if host.stage() == Stage::Locked {
        host.unlock();
    }
    assert_eq!(host.stage(), Stage::Unlocked);
    assert_eq!(host.addresses(), ANVIL_ACCOUNTS[..2]);
}

#[test]
fn connecting() {
    let world = Host::anvil().fork();
    kill_everywhere(
        &world,
        |host| {
            let page = host.open_page(SITE);
            ask_and_agree(host, page, "eth_requestAccounts", json!([]));
        },
        |host| {
            let page = PageId(0);
            assert_eq!(host.result(Promised { page, n: 1 }), json!([ANVIL_ACCOUNTS[0].to_lowercase()]));
            all_is_well(host);
        },
    );
}

#[test]
fn signing_a_message() {
    let (world, page) = world();
    kill_everywhere(
        &world,
        |host| {
            ask_and_agree(host, page, "personal_sign", json!(["hello", ANVIL_ACCOUNTS[0]]));
        },
        |host| {
            let signature = host.result(Promised { page, n: 2 });
            let bytes = hex::decode(signature.as_str().unwrap().trim_start_matches("0x")).unwrap();
            let signer = recover(&bytes.try_into().unwrap(), personal_digest(b"hello")).unwrap();
            assert_eq!(signer.to_string(), ANVIL_ACCOUNTS[0]);
            all_is_well(host);
        },
    );
}

#[test]
fn signing_typed_data() {
    let (world, page) = world();
    let data = crate::signing::mail(1);
    kill_everywhere(
        &world,
        |host| {
            ask_and_agree(host, page, "eth_signTypedData_v4", json!([ANVIL_ACCOUNTS[0], data]));
        },
        |host| {
            assert_eq!(host.result(Promised { page, n: 2 }).as_str().unwrap().len(), 132);
            all_is_well(host);
        },
    );
}

fn payment() -> Value {
    json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0xde0b6b3a7640000" }])
}

/// What the site hears is what is on the chain, once.
fn one_transaction(host: &mut Host, promised: Promised) {
    let hash = host.result(promised);
    let taken = &host.net.chain(1).taken;
    assert_eq!(taken.len(), 1, "one transaction on the chain");
    assert_eq!(json!(taken[0].hash), hash);
    assert_eq!(taken[0].fields.nonce, 0);
    let activity = host.must(ui::Activity { address: ANVIL_ACCOUNTS[0].to_owned() });
    assert_eq!(activity.len(), 1, "one line of activity: {activity:#?}");
}

#[test]
fn sending_a_transaction() {
    let (world, page) = world();
    kill_everywhere(
        &world,
        |host| {
            let promised = host.ask(page, "eth_sendTransaction", payment());
            if host.outcome(promised).is_none() {
                assert!(!host.windows.is_empty(), "what waits is shown");
            }
            let shown = host.call(ui::Queue {}).ok().and_then(|queue| queue.requests.first().map(|r| r.id));
            let before = shown.and_then(|id| host.call(ui::Approval { id }).ok());
            host.agree_to_all();
            if let Some(before) = before {
                let activity = host.call(ui::Activity { address: ANVIL_ACCOUNTS[0].to_owned() });
                if let Some(sent) = activity.ok().and_then(|mut sent| sent.pop()) {
                    assert_eq!(sent.sentence, before.sentence, "the sentence stays the same");
                }
            }
        },
        |host| {
            one_transaction(host, Promised { page, n: 2 });
            host.advance(candor_primitives::Millis::from_secs(120));
            let activity = host.must(ui::Activity { address: ANVIL_ACCOUNTS[0].to_owned() });
            assert_eq!(activity[0].status, TxStatus::Worked);
            assert!(!host.alarms.contains_key(&candor_protocol::host::AlarmName::Watch), "nothing to watch");
            all_is_well(host);
        },
    );
}

#[test]
fn sending_while_inclusion_takes_its_time() {
    let (mut world, page) = world();
    world.net.chain(1).mining = false;
    kill_everywhere(
        &world,
        |host| {
            ask_and_agree(host, page, "eth_sendTransaction", payment());
        },
        |host| {
            one_transaction(host, Promised { page, n: 2 });
            host.net.chain(1).mine();
            host.advance(candor_primitives::Millis::from_secs(60));
            // Looked after without anyone asking for it.
            let stored = host.storage.local_text("transactions").unwrap().to_owned();
            assert!(stored.contains("Worked"), "{stored}");
            one_transaction(host, Promised { page, n: 2 });
            all_is_well(host);
        },
    );
}

/// Whatever the person does after the kill, no transaction is sent of which the page hears that it was rejected.
#[test]
fn saying_no_after_the_core_was_lost() {
    let (world, page) = world();
    kill_everywhere(
        &world,
        |host| {
            host.ask(page, "eth_sendTransaction", payment());
            for _ in 0..3 {
                let Ok(queue) = host.call(ui::Queue {}) else { continue };
                let Some(first) = queue.requests.first() else { break };
                let Ok(shown) = host.call(ui::Approval { id: first.id }) else { continue };
                if host.approve(&shown).is_err() {
                    let _ = host.call(ui::Reject { id: first.id });
                }
            }
            host.agree_to_all();
        },
        |host| {
            host.advance(candor_primitives::Millis::from_secs(120));
            let sent = host.net.chain(1).taken.len();
            match host.outcome(Promised { page, n: 2 }).unwrap() {
                candor_protocol::page::Outcome::Result(_) => assert_eq!(sent, 1),
                candor_protocol::page::Outcome::Error(error) => assert_eq!((error.code, sent), (4001, 0)),
            }
            all_is_well(host);
        },
    );
}

/// A node says no: the page hears the node's reason and nothing is kept.
#[test]
fn being_refused_by_the_network() {
    let (mut world, page) = world();
    let refusal = candor_tests::chain::node_error(-32000, "insufficient funds for gas * price + value");
    world.net.manners(1, "eth_sendRawTransaction", &candor_tests::net::Manner::Refuses(refusal));
    kill_everywhere(
        &world,
        |host| {
            ask_and_agree(host, page, "eth_sendTransaction", payment());
        },
        |host| {
            let (code, message) = host.error(Promised { page, n: 2 });
            assert_eq!((code, message.as_str()), (-32000, "insufficient funds for gas * price + value"));
            let activity = host.must(ui::Activity { address: ANVIL_ACCOUNTS[0].to_owned() });
            assert_eq!((activity.len(), activity[0].status), (1, TxStatus::Refused));
            all_is_well(host);
        },
    );
}

#[test]
fn switching_the_chain() {
    let (world, page) = world();
    kill_everywhere(
        &world,
        |host| {
            ask_and_agree(host, page, "wallet_switchEthereumChain", json!([{ "chainId": "0x2105" }]));
        },
        |host| {
            assert_eq!(host.result(Promised { page, n: 2 }), Value::Null);
            assert_eq!(host.page(page).state.as_ref().unwrap().chain_id, "0x2105");
            assert_eq!(host.page(page).events, ["chainChanged 0x2105"]);
            all_is_well(host);
        },
    );
}

#[test]
fn adding_a_chain() {
    let (mut world, page) = world();
    world.net.add_server("https://rpc.zora.example", 7_777_777);
    kill_everywhere(
        &world,
        |host| {
            ask_and_agree(host, page, "wallet_addEthereumChain", crate::signing::zora());
        },
        |host| {
            assert_eq!(host.result(Promised { page, n: 2 }), Value::Null);
            assert_eq!(host.page(page).state.as_ref().unwrap().chain_id, "0x76adf1");
            assert_eq!(host.page(page).events, ["chainChanged 0x76adf1"]);
            let custom = host.must(ui::Networks {}).networks.iter().filter(|network| network.custom).count();
            assert_eq!(custom, 1);
            all_is_well(host);
        },
    );
}

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
                let _ = host.call(ui::RestoreWallet {
                    password: ui::DerivedKey { kdf, key: secret(KEY) },
                    phrase: secret(ANVIL),
                    passphrase: secret(""),
                    indices: vec![0, 1],
                });
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
                let _ = host.call(ui::CreateWallet { password, words: 12 });
            }
            if host.call(ui::Status {}).is_ok_and(|status| status.stage == Stage::Locked) {
                let _ = host.call(ui::Unlock { key: secret(KEY) });
            }
            let _ = host.call(ui::RenewPhrase { words: 12 });
        },
        |host| {
            if host.stage() == Stage::Locked {
                host.unlock();
            }
            let words: Vec<String> =
                host.must(ui::NewPhrase {}).iter().map(|word| word.0.clone()).collect();
            let of_words = Host::restored(&words.join(" "), &[0]).addresses();
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
            host.advance(candor_primitives::Millis::from_secs(16 * 60));
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
            host.advance(candor_primitives::Millis::from_secs(59 * 60));
            assert_eq!(host.stage(), Stage::Unlocked);
            host.advance(candor_primitives::Millis::from_secs(2 * 60));
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
            let taken = &host.net.chain(1).taken;
            assert_eq!(taken.len(), 1);
            assert_eq!(taken[0].fields.value.to_string(), "1500000000000000000");
            let activity = host.must(ui::Activity { address: ANVIL_ACCOUNTS[0].to_owned() });
            assert_eq!(activity.len(), 1);
            all_is_well(host);
        },
    );
}
