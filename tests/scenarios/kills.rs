//! The core is lost at every step of every story: nothing is lost, nothing happens twice.

use candor_primitives::Millis;
use candor_protocol::{
    host::AlarmName,
    page::Outcome,
    ui,
    view::{Stage, TxStatus},
};
use candor_signer::{message::personal_digest, recover};
use candor_tests::{
    Host,
    chain::node_error,
    matrix::kill_everywhere,
    net::Manner,
    page::{PageId, Promised},
    surface::ANVIL_ACCOUNTS,
};
use serde_json::{Value, json};

const SITE: &str = "https://a.example";

/// A connected site of an unlocked wallet, with the core asleep.
pub(crate) fn world() -> (Host, PageId) {
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
pub(crate) fn all_is_well(host: &mut Host) {
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

#[test]
fn telling_the_other_pages_of_a_site() {
    let (mut world, first) = world();
    let second = world.open_page(SITE);
    world.ask(second, "eth_accounts", json!([]));
    world.run();
    kill_everywhere(
        &world.fork(),
        |host| {
            ask_and_agree(host, first, "wallet_switchEthereumChain", json!([{ "chainId": "0x2105" }]));
        },
        |host| {
            all_is_well(host);
            for page in &host.pages {
                assert_eq!(page.events, ["chainChanged 0x2105"], "once, on every page");
            }
        },
    );
}

#[test]
fn sending_several_calls() {
    let (world, page) = world();
    kill_everywhere(
        &world,
        |host| {
            let calls = json!([
                { "to": ANVIL_ACCOUNTS[1], "value": "0x1" },
                { "to": ANVIL_ACCOUNTS[2], "value": "0x2" },
                { "to": ANVIL_ACCOUNTS[3], "value": "0x3" },
            ]);
            let asked = json!([{
                "version": "2.0.0", "id": "mine", "chainId": "0x1", "atomicRequired": false, "calls": calls,
            }]);
            ask_and_agree(host, page, "wallet_sendCalls", asked);
            for _ in 0..3 {
                host.advance(Millis::from_secs(30));
            }
        },
        |host| {
            assert_eq!(host.result(Promised { page, n: 2 }), json!({ "id": "mine" }));
            for _ in 0..3 {
                host.advance(Millis::from_secs(30));
            }
            let values = host.net.chain(1).taken.iter().map(|taken| taken.fields.value.to_string());
            assert_eq!(values.collect::<Vec<_>>(), ["1", "2", "3"], "each once, in order");
            all_is_well(host);
        },
    );
}

#[test]
fn sending_calls_that_no_server_takes() {
    let (mut world, page) = world();
    let refusal = node_error(-32000, "insufficient funds for transfer");
    world.net.manners(1, "eth_sendRawTransaction", &Manner::Refuses(refusal));
    kill_everywhere(
        &world,
        |host| {
            let pay = |to: &str| json!({ "to": to, "value": "0x1" });
            let calls = [pay(ANVIL_ACCOUNTS[1]), pay(ANVIL_ACCOUNTS[2]), pay(ANVIL_ACCOUNTS[3])];
            let asked = json!([{
                "version": "2.0.0", "id": "mine", "chainId": "0x1", "atomicRequired": false, "calls": calls,
            }]);
            ask_and_agree(host, page, "wallet_sendCalls", asked);
            host.advance(Millis::from_secs(60));
        },
        |host| {
            assert_eq!(host.error(Promised { page, n: 2 }).0, -32000);
            let activity = host.must(ui::Activity { address: ANVIL_ACCOUNTS[0].to_owned() });
            assert!(activity.iter().all(|one| one.status == TxStatus::Refused), "{activity:#?}");
            let asked = host.ask(page, "wallet_getCallsStatus", json!(["mine"]));
            assert_eq!(host.error(asked).0, 5730, "nothing came of it, so it has no name");
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
            host.advance(Millis::from_secs(120));
            let activity = host.must(ui::Activity { address: ANVIL_ACCOUNTS[0].to_owned() });
            assert_eq!(activity[0].status, TxStatus::Worked);
            assert!(!host.alarms.contains_key(&AlarmName::Watch), "nothing to watch");
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
            host.advance(Millis::from_secs(60));
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
            host.advance(Millis::from_secs(120));
            let sent = host.net.chain(1).taken.len();
            match host.outcome(Promised { page, n: 2 }).unwrap() {
                Outcome::Result(_) => assert_eq!(sent, 1),
                Outcome::Error(error) => assert_eq!((error.code, sent), (4001, 0)),
            }
            all_is_well(host);
        },
    );
}

/// A node says no: the page hears the node's reason and nothing is kept.
#[test]
fn being_refused_by_the_network() {
    let (mut world, page) = world();
    let refusal = node_error(-32000, "insufficient funds for gas * price + value");
    world.net.manners(1, "eth_sendRawTransaction", &Manner::Refuses(refusal));
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
    world.net.add_server("https://rpc.elsewhere.example", 7_777_779);
    kill_everywhere(
        &world,
        |host| {
            ask_and_agree(host, page, "wallet_addEthereumChain", crate::signing::elsewhere());
        },
        |host| {
            assert_eq!(host.result(Promised { page, n: 2 }), Value::Null);
            assert_eq!(host.page(page).state.as_ref().unwrap().chain_id, "0x76adf3");
            assert_eq!(host.page(page).events, ["chainChanged 0x76adf3"]);
            let custom = host.must(ui::Networks {}).networks.iter().filter(|network| network.custom).count();
            assert_eq!(custom, 1);
            all_is_well(host);
        },
    );
}
