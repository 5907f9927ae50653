//! Several transactions at once (EIP-5792): what is shown, what is sent when, and what its page hears.

use candor_primitives::{Address, Millis};
use candor_protocol::{
    ui,
    view::{ReadyView, RequestKind, TxStatus},
};
use candor_tests::{
    Host,
    chain::{Token, node_error},
    net::Manner,
    page::{PageId, Promised},
    surface::ANVIL_ACCOUNTS,
};
use serde_json::{Value, json};

const TOKEN: Address = Address::repeat_byte(0x70);
const WATCH: Millis = Millis::from_secs(30);

fn calls(more: Value) -> Value {
    let mut asked = json!({
        "version": "2.0.0", "chainId": "0x1", "from": ANVIL_ACCOUNTS[0], "atomicRequired": false,
        "calls": [
            { "to": ANVIL_ACCOUNTS[1], "value": "0xde0b6b3a7640000" },
            { "to": ANVIL_ACCOUNTS[2], "value": "0x1bc16d674ec80000" },
        ],
    });
    asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!([asked])
}

/// A wallet whose chain includes only when it is told to.
fn slow() -> (Host, PageId) {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    host.net.chain(1).mining = false;
    (host, page)
}

/// Agrees to two payments, and gives their name.
fn agreed(host: &mut Host, page: PageId) -> Value {
    let promised = host.ask(page, "wallet_sendCalls", calls(json!({})));
    host.agree();
    host.result(promised)["id"].clone()
}

/// Agrees to two payments that no server takes.
fn refused(host: &mut Host, page: PageId) {
    let refusal = node_error(-32000, "insufficient funds for transfer");
    host.net.manners(1, "eth_sendRawTransaction", &Manner::Refuses(refusal));
    let promised = host.ask(page, "wallet_sendCalls", calls(json!({})));
    host.agree();
    assert_eq!(host.error(promised).0, -32000);
}

fn status(host: &mut Host, page: PageId, id: &Value) -> Value {
    let promised = host.ask(page, "wallet_getCallsStatus", json!([id]));
    host.result(promised)
}

fn states(host: &mut Host) -> Vec<TxStatus> {
    let activity = host.must(ui::Activity { address: ANVIL_ACCOUNTS[0].to_owned() });
    activity.iter().rev().map(|one| one.status).collect()
}

#[test]
fn one_sentence_with_its_steps_then_one_after_the_other() {
    let (mut host, page) = slow();
    let promised = host.ask(page, "wallet_sendCalls", calls(json!({})));
    let shown = host.agree();
    assert_eq!(shown.kind, RequestKind::Calls);
    assert_eq!(shown.sentence.slots[0].text, "2 things");
    let steps: Vec<&str> = shown.steps.iter().map(|step| step.slots[0].text.as_str()).collect();
    assert_eq!(steps, ["1\u{a0}ETH", "2\u{a0}ETH"]);
    assert_eq!(shown.changes[0].amount, "3", "what leaves altogether");
    let gas = 75_000 + 75_000 / 5;
    assert_eq!(shown.fee.unwrap().at_most_wei, (2_u128 * gas * 21_000_000_000).to_string());

    let id = host.result(promised)["id"].clone();
    assert_eq!(host.net.chain(1).taken.len(), 1, "the second waits for the first");
    assert_eq!(states(&mut host), [TxStatus::Sent, TxStatus::Held]);
    assert_eq!(status(&mut host, page, &id)["status"], 100);

    host.net.chain(1).mine();
    let told = status(&mut host, page, &id);
    assert_eq!((told["status"].clone(), told["receipts"].as_array().unwrap().len()), (json!(100), 1));
    assert_eq!(host.net.chain(1).taken.len(), 2, "and is sent as soon as the wallet knows");
    host.net.chain(1).mine();
    let told = status(&mut host, page, &id);
    assert_eq!((told["status"].clone(), told["atomic"].clone()), (json!(200), json!(false)));
    assert_eq!((told["version"].clone(), told["chainId"].clone()), (json!("2.0.0"), json!("0x1")));
    let hashes: Vec<Value> = host.net.chain(1).taken.iter().map(|taken| json!(taken.hash)).collect();
    let receipts = told["receipts"].as_array().unwrap();
    assert_eq!(receipts.iter().map(|one| one["transactionHash"].clone()).collect::<Vec<_>>(), hashes);
    assert!(receipts.iter().all(|one| one["logs"] == json!([]) && one["status"] == "0x1"));
    let nonces: Vec<u64> = host.net.chain(1).taken.iter().map(|taken| taken.fields.nonce).collect();
    assert_eq!(nonces, [0, 1]);
}

#[test]
fn what_follows_a_failure_is_never_sent() {
    let (mut host, page) = slow();
    let id = agreed(&mut host, page);
    host.net.chain(1).reverting = true;
    host.net.chain(1).mine();
    host.advance(WATCH);
    assert_eq!(states(&mut host), [TxStatus::Reverted, TxStatus::Refused]);
    assert_eq!(status(&mut host, page, &id)["status"], 500);
    host.advance(WATCH);
    assert_eq!(host.net.chain(1).deliveries, 1);

    // Its number is the next to be used.
    host.net.chain(1).reverting = false;
    host.net.chain(1).mining = true;
    let id = agreed(&mut host, page);
    host.advance(WATCH);
    assert_eq!(status(&mut host, page, &id)["status"], 200);
    let nonces: Vec<u64> = host.net.chain(1).taken.iter().map(|taken| taken.fields.nonce).collect();
    assert_eq!(nonces, [0, 1, 2]);
}

#[test]
fn a_second_that_fails_is_a_partial_failure() {
    let (mut host, page) = slow();
    let id = agreed(&mut host, page);
    host.net.chain(1).mine();
    host.advance(WATCH);
    host.net.chain(1).reverting = true;
    host.net.chain(1).mine();
    host.advance(WATCH);
    assert_eq!(states(&mut host), [TxStatus::Worked, TxStatus::Reverted]);
    assert_eq!(status(&mut host, page, &id)["status"], 600);
}

#[test]
fn a_first_that_no_server_takes_leaves_nothing() {
    let (mut host, page) = slow();
    let refusal = node_error(-32000, "insufficient funds for transfer");
    host.net.manners(1, "eth_sendRawTransaction", &Manner::Refuses(refusal));
    let promised = host.ask(page, "wallet_sendCalls", calls(json!({ "id": "mine" })));
    host.agree();
    assert_eq!(host.error(promised).0, -32000);
    assert_eq!(states(&mut host), [TxStatus::Refused, TxStatus::Refused]);
    let promised = host.ask(page, "wallet_getCallsStatus", json!(["mine"]));
    assert_eq!(host.error(promised).0, 5730);
    // The name is free again.
    host.net.revive(1);
    let promised = host.ask(page, "wallet_sendCalls", calls(json!({ "id": "mine" })));
    host.agree();
    assert_eq!(host.result(promised), json!({ "id": "mine" }));
}

/// A server said no and handed it on all the same: what was given up for that stays given up.
#[test]
fn a_first_that_happens_late_brings_nothing_after_it() {
    let (mut host, page) = slow();
    refused(&mut host, page);
    let sent = host.net.asked.iter().find(|asked| asked.method == "eth_sendRawTransaction").unwrap();
    let bytes = sent.params.clone();
    host.net.chain(1).answer("eth_sendRawTransaction", &bytes).unwrap();
    host.net.revive(1);
    host.net.chain(1).mine();
    let deliveries = host.net.chain(1).deliveries;
    host.advance(WATCH);
    assert_eq!(states(&mut host), [TxStatus::Worked, TxStatus::Refused]);
    host.advance(WATCH);
    assert_eq!(host.net.chain(1).deliveries, deliveries, "nothing is left to be sent");
}

#[test]
fn no_step_takes_the_number_of_what_waits_beside_it() {
    let (mut host, page) = slow();
    refused(&mut host, page);
    host.net.revive(1);
    let payment =
        json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0x1", "nonce": "0x1" }]);
    host.ask(page, "eth_sendTransaction", payment);
    host.agree();
    agreed(&mut host, page);
    host.net.chain(1).mine();
    host.advance(WATCH);
    let nonces: Vec<u64> = host.net.chain(1).taken.iter().map(|taken| taken.fields.nonce).collect();
    assert_eq!(nonces, [1, 0, 2]);
}

#[test]
fn what_waits_for_a_step_ends_with_the_site_and_with_time() {
    let check = |happens: fn(&mut Host)| {
        let (mut host, page) = slow();
        agreed(&mut host, page);
        happens(&mut host);
        host.net.chain(1).mine();
        host.advance(WATCH);
        assert_eq!(states(&mut host), [TxStatus::Worked, TxStatus::Refused]);
        host.advance(WATCH);
        assert_eq!(host.net.chain(1).taken.len(), 1);
    };
    check(|host| host.must(ui::DisconnectSite { origin: "https://a.example".to_owned() }));
    check(|host| host.advance(Millis::from_secs(60 * 60 + 1)));
}

#[test]
fn a_site_that_is_not_connected_learns_and_shows_nothing_of_its_calls() {
    let (mut host, page) = slow();
    let id = agreed(&mut host, page);
    host.must(ui::DisconnectSite { origin: "https://a.example".to_owned() });
    for method in ["wallet_getCallsStatus", "wallet_showCallsStatus"] {
        let promised = host.ask(page, method, json!([id]));
        assert_eq!(host.error(promised).0, 4100, "{method}");
    }
    assert!(host.tabs_shown.is_empty());
}

#[test]
fn what_may_be_spent_is_unread_after_a_step_that_may_change_it() {
    let (mut host, page) = slow();
    host.net
        .chain(1)
        .tokens
        .insert(TOKEN, Token { symbol: "MOTH".to_owned(), decimals: 6, allowance: 5, balance: 9 });
    let more = format!("0x39509351{:0>64}{:0>64}", "b0b", "64");
    let steps = json!([{ "to": TOKEN, "data": more.clone() }, { "to": TOKEN, "data": more }]);
    host.ask(page, "wallet_sendCalls", calls(json!({ "calls": steps })));
    let notes = host.agree().notes;
    let unread: Vec<&str> =
        notes.iter().filter(|note| note.rule == "allowance-unread").map(|note| note.what.as_str()).collect();
    assert!(matches!(unread[..], [one] if one.starts_with("Step 2:")), "{notes:?}");
}

#[test]
fn a_worker_that_ends_in_between_sends_the_rest_once() {
    let (mut host, page) = slow();
    let id = agreed(&mut host, page);
    host.kill();
    assert_eq!(host.net.chain(1).taken.len(), 1);
    host.net.chain(1).mine();
    host.advance(WATCH);
    host.kill();
    host.net.chain(1).mine();
    host.advance(WATCH);
    assert_eq!(states(&mut host), [TxStatus::Worked, TxStatus::Worked]);
    assert_eq!(status(&mut host, page, &id)["status"], 200);
    assert_eq!(host.net.chain(1).taken.len(), 2);
}

#[test]
fn what_waited_for_too_long_is_not_sent_unasked() {
    let (mut host, page) = slow();
    let id = agreed(&mut host, page);
    host.restart_browser();
    host.advance(Millis::from_secs(2 * 60 * 60));
    host.kill();
    assert_eq!(states(&mut host)[1], TxStatus::Refused);
    host.net.chain(1).mine();
    host.advance(WATCH);
    assert_eq!(host.net.chain(1).taken.len(), 1);
    let _ = id;
}

#[test]
fn a_call_that_would_fail_is_said_before() {
    let (mut host, page) = slow();
    host.net.chain(1).fails_in_rehearsal = Some(1);
    let promised = host.ask(page, "wallet_sendCalls", calls(json!({})));
    let shown = host.prompt();
    let ReadyView::Failed { problem, .. } = &shown.ready else { panic!("{shown:#?}") };
    assert_eq!(problem.title, "This would not work.");
    host.must(ui::Reject { id: shown.id });
    assert_eq!(host.error(promised).0, 3);
}

#[test]
fn together_they_may_not_cost_more_than_there_is() {
    let (mut host, page) = slow();
    let two_and_a_half = candor_primitives::U256::from(2_500_000_000_000_000_000_u64);
    host.net.chain(1).coins.insert(ANVIL_ACCOUNTS[0].parse().unwrap(), two_and_a_half);
    host.ask(page, "wallet_sendCalls", calls(json!({})));
    let shown = host.prompt();
    let ReadyView::Failed { problem, .. } = &shown.ready else { panic!("{shown:#?}") };
    assert_eq!(problem.title, "You do not have that much.");
}

#[test]
fn without_a_rehearsal_each_is_estimated_alone() {
    let (mut host, page) = slow();
    host.net.manners(1, "eth_simulateV1", &Manner::Refuses(node_error(-32601, "no such method")));
    host.ask(page, "wallet_sendCalls", calls(json!({})));
    let shown = host.agree();
    assert_eq!(shown.fee.unwrap().at_most_wei, (2_u128 * 21_000 * 21_000_000_000).to_string());
}

#[test]
fn one_call_is_shown_as_what_it_is() {
    let (mut host, page) = slow();
    let one = json!({ "calls": [{ "to": ANVIL_ACCOUNTS[1], "value": "0x1" }] });
    host.ask(page, "wallet_sendCalls", calls(one));
    let shown = host.agree();
    assert_eq!((shown.kind, shown.sentence.key.as_str()), (RequestKind::Calls, "native-transfer"));
    assert!(shown.steps.is_empty());
}

#[test]
fn what_is_refused() {
    let (mut host, page) = slow();
    let mut check = |more: Value, code: i64, words: &str| {
        let promised = host.ask(page, "wallet_sendCalls", calls(more.clone()));
        let (given, message) = host.error(promised);
        assert!(given == code && message.contains(words), "{more}: {given} {message}");
    };
    let call = json!({ "to": ANVIL_ACCOUNTS[1] });
    check(json!({ "version": "1.0" }), -32602, "version");
    check(json!({ "version": null }), -32602, "version");
    check(json!({ "more": 1 }), -32602, "more");
    check(json!({ "chainId": "0x01" }), -32602, "chainId");
    check(json!({ "chainId": "0x999999" }), 5710, "network");
    check(json!({ "from": ANVIL_ACCOUNTS[4] }), 4100, "account");
    check(json!({ "atomicRequired": true }), 5760, "all or nothing");
    check(json!({ "atomicRequired": null }), -32602, "atomicRequired");
    check(json!({ "capabilities": { "paymasterService": {} } }), 5700, "capability");
    check(json!({ "capabilities": [] }), -32602, "capabilities");
    check(json!({ "calls": [{ "to": ANVIL_ACCOUNTS[1], "capabilities": { "x": {} } }] }), 5700, "capability");
    check(json!({ "calls": [] }), -32602, "calls");
    check(json!({ "calls": {} }), -32602, "calls");
    check(json!({ "calls": [1] }), -32602, "calls");
    check(json!({ "calls": vec![call.clone(); 11] }), 5740, "more calls");
    check(json!({ "calls": [{ "to": ANVIL_ACCOUNTS[1], "gas": "0x5208" }] }), -32602, "gas");
    check(json!({ "calls": [{ "value": "0x1" }] }), -32602, "to");
    check(json!({ "id": "" }), -32602, "id");
    check(json!({ "id": "x".repeat(4097) }), -32602, "id");
    check(json!({ "id": 5 }), -32602, "id");
    assert!(host.windows.is_empty());

    // A capability that may be left out, and another network than the site's.
    let optional = json!({ "id": "a", "chainId": "0x2105", "capabilities": { "x": { "optional": true } } });
    host.net.chain(8453).mining = false;
    let promised = host.ask(page, "wallet_sendCalls", calls(optional.clone()));
    let again = host.ask(page, "wallet_sendCalls", calls(optional.clone()));
    assert_eq!(host.error(again).0, 5720, "while it waits");
    let shown = host.agree();
    assert_eq!(shown.network.chain_id, 8453);
    assert_eq!(host.result(promised), json!({ "id": "a" }));
    let again = host.ask(page, "wallet_sendCalls", calls(optional));
    assert_eq!(host.error(again).0, 5720, "and ever after");
}

#[test]
fn names_belong_to_their_site() {
    let (mut host, page) = slow();
    let id = agreed(&mut host, page);
    let other = host.connected("https://b.example");
    let mut check = |page: PageId, method: &str, params: Value, code: Option<i64>| {
        let promised = host.ask(page, method, params);
        match code {
            Some(code) => assert_eq!(host.error(promised).0, code, "{method}"),
            None => assert_eq!(host.result(promised), Value::Null, "{method}"),
        }
    };
    check(other, "wallet_getCallsStatus", json!([id]), Some(5730));
    check(other, "wallet_showCallsStatus", json!([id]), Some(5730));
    check(page, "wallet_getCallsStatus", json!([]), Some(-32602));
    check(page, "wallet_getCallsStatus", json!(["0x1234"]), Some(5730));
    check(page, "wallet_showCallsStatus", json!([id]), None);
    assert_eq!(host.tabs_shown, ["#/activity"]);
}

#[test]
fn no_page_keeps_bringing_the_wallet_to_the_front() {
    let (mut host, page) = slow();
    let id = agreed(&mut host, page);
    let mut check = |pause: Millis, shown: usize| {
        host.advance(pause);
        let promised = host.ask(page, "wallet_showCallsStatus", json!([id]));
        assert_eq!(host.result(promised), Value::Null);
        assert_eq!(host.tabs_shown.len(), shown, "after {pause:?}");
    };
    check(Millis(0), 1);
    check(Millis(9_000), 1);
    check(Millis(1_000), 2);
}

#[test]
fn no_site_uses_up_the_questions_of_another() {
    let (mut host, page) = slow();
    let id = agreed(&mut host, page);
    let other = host.connected("https://b.example");
    let other_id = agreed(&mut host, other);
    host.net.manners(1, "eth_getTransactionReceipt", &Manner::Slow);
    let mut ask = |page: PageId, id: &Value| host.ask(page, "wallet_getCallsStatus", json!([id]));
    let asked: Vec<Promised> = (0..17).map(|_| ask(page, &id)).collect();
    let others = ask(other, &other_id);
    assert_eq!(host.error(asked[16]).0, -32005);
    host.release();
    for promised in asked[..16].iter().chain([&others]) {
        assert_eq!(host.result(*promised)["status"], json!(100));
    }
}

#[test]
fn capabilities_are_told_as_they_are() {
    let (mut host, page) = slow();
    let unsupported = json!({ "atomic": { "status": "unsupported" } });
    let all = host.ask(page, "wallet_getCapabilities", json!([ANVIL_ACCOUNTS[0]]));
    let all = host.result(all);
    assert_eq!((all["0x1"].clone(), all["0x2105"].clone()), (unsupported.clone(), unsupported.clone()));
    let some = host.ask(page, "wallet_getCapabilities", json!([ANVIL_ACCOUNTS[0], ["0x1", "0x999999"]]));
    assert_eq!(host.result(some), json!({ "0x1": unsupported }));
    let mut check = |params: Value, code: i64| {
        let promised = host.ask(page, "wallet_getCapabilities", params);
        assert_eq!(host.error(promised).0, code);
    };
    check(json!([]), -32602);
    check(json!([ANVIL_ACCOUNTS[0], ["1"]]), -32602);
    check(json!([ANVIL_ACCOUNTS[4]]), 4100);
}
