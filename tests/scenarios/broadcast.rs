//! After the signature: what servers make of a transaction, and what is made of that.

use candor_primitives::Millis;
use candor_protocol::{
    host::AlarmName,
    ui,
    view::{ActivityView, TxStatus},
};
use candor_tests::{Host, chain::node_error, net::Manner, page::Promised, surface::ANVIL_ACCOUNTS};
use expect_test::expect;
use serde_json::json;

const WATCH: Millis = Millis::from_secs(30);

/// A wallet whose site waits for an answer to a payment.
fn asked() -> (Host, Promised) {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let payment = json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0x1" }]);
    let promised = host.ask(page, "eth_sendTransaction", payment);
    (host, promised)
}

fn activity(host: &mut Host) -> Vec<ActivityView> {
    host.must(ui::Activity { address: ANVIL_ACCOUNTS[0].to_owned() })
}

#[test]
fn nothing_is_kept_of_what_never_left() {
    let (mut host, promised) = asked();
    host.net.manners(1, "*", &Manner::Dead);
    host.agree();
    assert_eq!(
        host.error(promised),
        (4900, "No server of this network can be reached. Nothing was sent.".to_owned())
    );
    assert_eq!(activity(&mut host)[0].status, TxStatus::Refused);
    host.net.revive(1);
    host.advance(Millis::from_secs(120));
    assert!(host.net.chain(1).taken.is_empty(), "what the page was told stays true");
}

#[test]
fn a_lost_answer_is_no_failure() {
    let (mut host, promised) = asked();
    host.net.manners(1, "eth_sendRawTransaction", &Manner::Deaf);
    host.net.chain(1).mining = false;
    host.agree();
    let hash = host.result(promised);
    assert_eq!(activity(&mut host)[0].status, TxStatus::Signed);
    host.net.revive(1);
    let deliveries = host.net.chain(1).deliveries;
    host.advance(WATCH);
    assert!(host.net.chain(1).deliveries > deliveries, "it is sent again");
    assert_eq!(host.net.chain(1).taken.len(), 1, "and it is the same");
    assert_eq!(json!(host.net.chain(1).taken[0].hash), hash);
    assert_eq!(activity(&mut host)[0].status, TxStatus::Sent);
    host.net.chain(1).mine();
    host.advance(WATCH);
    assert_eq!(activity(&mut host)[0].status, TxStatus::Worked);
    host.advance(WATCH);
    assert!(!host.alarms.contains_key(&AlarmName::Watch));
}

#[test]
fn already_known_is_as_good_as_taken() {
    let (mut host, promised) = asked();
    host.net.manners(1, "eth_sendRawTransaction", &Manner::Refuses(node_error(-32000, "already known")));
    host.agree();
    assert!(host.result(promised).is_string());
    assert_eq!(activity(&mut host)[0].status, TxStatus::Sent);
}

#[test]
fn the_nodes_reason_reaches_the_page() {
    let (mut host, promised) = asked();
    let mut refusal = node_error(-32000, "insufficient funds for transfer");
    refusal.data = Some(json!({ "need": "more" }));
    host.net.manners(1, "eth_sendRawTransaction", &Manner::Refuses(refusal));
    host.agree();
    let Some(candor_protocol::page::Outcome::Error(error)) = host.outcome(promised) else { panic!() };
    assert_eq!((error.code, error.message.as_str()), (-32000, "insufficient funds for transfer"));
    assert_eq!(error.data, Some(json!({ "need": "more" })));
    let activity = activity(&mut host);
    assert_eq!(activity[0].status, TxStatus::Refused);
    assert_eq!(activity[0].reason.as_deref(), Some("insufficient funds for transfer"));
}

#[test]
fn a_busy_server_is_followed_by_the_next() {
    let (mut host, promised) = asked();
    let busy = node_error(-32005, "rate limit exceeded");
    host.net.manner("https://ethereum-rpc.publicnode.com", "eth_sendRawTransaction", Manner::Refuses(busy));
    host.agree();
    assert_eq!(host.result(promised), json!(host.net.chain(1).taken[0].hash));
}

/// One server is busy, the answers of the others are lost: they may have it, so nobody says that it failed.
#[test]
fn a_lost_answer_outweighs_a_refusal() {
    let (mut host, promised) = asked();
    host.net.manners(1, "eth_sendRawTransaction", &Manner::Deaf);
    let busy = node_error(-32005, "rate limit exceeded");
    host.net.manner("https://ethereum-rpc.publicnode.com", "eth_sendRawTransaction", Manner::Refuses(busy));
    host.net.chain(1).mining = false;
    host.agree();
    assert_eq!(host.result(promised), json!(host.net.chain(1).taken[0].hash));
}

/// The worker died after sending and before noting it; meanwhile it was included, and nodes say "nonce too low".
#[test]
fn included_while_the_core_was_lost() {
    let (mut host, promised) = asked();
    let shown = host.prompt();
    host.net.manners(1, "eth_sendRawTransaction", &Manner::Slow);
    host.start_call(ui::Approve { id: shown.id, fingerprint: shown.fingerprint, accounts: Vec::new() });
    assert_eq!(host.net.chain(1).taken.len(), 1);
    assert_eq!(host.outcome(promised), None);
    host.net.revive(1);
    host.kill();
    host.run();
    assert_eq!(host.result(promised), json!(host.net.chain(1).taken[0].hash));
    assert_eq!(host.net.chain(1).deliveries, 2);
    assert_eq!(host.net.chain(1).taken.len(), 1);
    assert_eq!(activity(&mut host)[0].status, TxStatus::Worked);
}

/// As above, but no server can be reached any more: nobody may say that nothing was sent.
#[test]
fn sent_then_lost_then_offline() {
    let (mut host, promised) = asked();
    let shown = host.prompt();
    host.net.manners(1, "eth_sendRawTransaction", &Manner::Slow);
    host.start_call(ui::Approve { id: shown.id, fingerprint: shown.fingerprint, accounts: Vec::new() });
    host.net.manners(1, "*", &Manner::Dead);
    host.kill();
    host.run();
    assert_eq!(host.result(promised), json!(host.net.chain(1).taken[0].hash));
    host.net.revive(1);
    host.advance(WATCH);
    assert_eq!(activity(&mut host)[0].status, TxStatus::Worked);
}

/// While the first sending still waits for an answer, the alarm does not start a second.
#[test]
fn one_sending_at_a_time() {
    let (mut host, promised) = asked();
    let shown = host.prompt();
    host.net.manners(1, "eth_sendRawTransaction", &Manner::Slow);
    host.start_call(ui::Approve { id: shown.id, fingerprint: shown.fingerprint, accounts: Vec::new() });
    host.advance(Millis::from_secs(90));
    assert_eq!(host.net.chain(1).deliveries, 1);
    host.release();
    assert!(host.result(promised).is_string());
}

/// The browser was closed in between: numbers of requests begin anew, and nobody else hears of the old ones.
#[test]
fn a_restarted_browser_sends_on() {
    let (mut host, promised) = asked();
    let shown = host.prompt();
    host.net.manners(1, "eth_sendRawTransaction", &Manner::Slow);
    host.net.chain(1).mining = false;
    host.start_call(ui::Approve { id: shown.id, fingerprint: shown.fingerprint, accounts: Vec::new() });
    host.net.manners(1, "eth_sendRawTransaction", &Manner::Dead);
    host.restart_browser();
    // Two requests of the new session, one of which has the number of the old one.
    let page = host.open_page("https://b.example");
    let other: Vec<_> = ["a", "b"]
        .iter()
        .map(|name| host.ask(page, "wallet_requestPermissions", json!([{ "eth_accounts": { "x": name } }])))
        .collect();
    let one_more = host.ask(page, "wallet_switchEthereumChain", json!([{ "chainId": "0xa" }]));
    host.net.revive(1);
    host.advance(WATCH);
    host.net.chain(1).mine();
    host.advance(WATCH);
    assert_eq!(activity(&mut host)[0].status, TxStatus::Worked);
    assert_eq!(host.outcome(promised), None);
    for waits in other.into_iter().chain([one_more]) {
        assert_eq!(host.outcome(waits), None, "nobody answered this");
    }
}

#[test]
fn a_revert_is_told_from_success() {
    let (mut host, promised) = asked();
    host.net.chain(1).reverting = true;
    host.agree();
    assert!(host.result(promised).is_string());
    let activity = activity(&mut host);
    assert_eq!(activity[0].status, TxStatus::Reverted);
    assert!(activity[0].fee_paid.is_some());
}

#[test]
fn replaced_by_another_with_its_number() {
    let (mut host, _) = asked();
    host.net.chain(1).mining = false;
    host.agree();
    assert_eq!(activity(&mut host)[0].status, TxStatus::Sent);
    host.net.chain(1).mine_another(ANVIL_ACCOUNTS[0].parse().unwrap(), 0);
    host.advance(WATCH);
    assert_ne!(activity(&mut host)[0].status, TxStatus::Worked);
    host.advance(WATCH);
    assert_eq!(activity(&mut host)[0].status, TxStatus::Replaced);
}

/// A server that lags behind does not know the receipt yet, while another counts the transaction already.
#[test]
fn one_look_is_not_enough_to_call_it_replaced() {
    let (mut host, _) = asked();
    host.net.chain(1).mining = false;
    host.agree();
    host.net.chain(1).mine();
    host.net.manners(1, "eth_getTransactionReceipt", &Manner::Says(serde_json::Value::Null));
    host.advance(WATCH);
    host.net.revive(1);
    host.advance(WATCH);
    assert_eq!(activity(&mut host)[0].status, TxStatus::Worked);
}

/// Told to the page, never taken, its number used elsewhere: it ends, too.
#[test]
fn what_can_never_be_included_is_not_sent_for_ever() {
    let (mut host, promised) = asked();
    host.net.manners(1, "eth_sendRawTransaction", &Manner::Garbage);
    host.agree();
    assert!(host.result(promised).is_string(), "a server may have taken it");
    host.net.revive(1);
    host.net.manners(1, "eth_sendRawTransaction", &Manner::Refuses(node_error(-32000, "nonce too low")));
    host.net.manners(1, "eth_getTransactionCount", &Manner::Says(json!("0x1")));
    host.advance(Millis::from_secs(120));
    let status = activity(&mut host)[0].status;
    assert!(matches!(status, TxStatus::Replaced | TxStatus::Refused), "{status:?}");
    host.advance(Millis::from_secs(2 * 3600));
    assert!(!host.alarms.contains_key(&AlarmName::Watch));
}

/// The very same transaction as one that was refused is not taken for it.
#[test]
fn after_a_refusal_the_same_again_is_sent() {
    let (mut host, promised) = asked();
    host.net.manners(1, "*", &Manner::Dead);
    host.agree();
    assert_eq!(host.error(promised).0, 4900);
    host.net.revive(1);
    let payment = json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0x1" }]);
    let again = host.ask(promised.page, "eth_sendTransaction", payment);
    host.agree();
    assert_eq!(host.result(again), json!(host.net.chain(1).taken[0].hash));
    let activity = activity(&mut host);
    assert_eq!((activity.len(), activity[0].status), (1, TxStatus::Worked));
}

#[test]
fn how_sending_goes_when_the_core_is_lost_between_writing_and_sending() {
    let (mut host, promised) = asked();
    let shown = host.prompt();
    let start = host.log.len();
    // The call itself, then the writes of sites, requests and transactions.
    host.kill_at = Some(host.steps + 4);
    host.start_call(ui::Approve { id: shown.id, fingerprint: shown.fingerprint, accounts: Vec::new() });
    assert!(host.result(promised).is_string());
    expect![[r#"
        surface: Approve
          store local/sites
          store session/requests
          store local/transactions
        ✂
          set alarm lock
          ask https://ethereum-rpc.publicnode.com eth_chainId
          set alarm watch
          set alarm watch
          badge “”
          page scripts: everywhere false, except [], as MetaMask []
          store session/egress-lately
          store vault b
        a.example #2: eth_sendTransaction
        answer "0x1"
          store local/transactions
          ask https://ethereum-rpc.publicnode.com eth_sendRawTransaction
          notice {"notice":"servers"}
        answer "0xf0f6fa9954c0df61b91c0134eafa624b6906a1090b02ad87bfb17947b6599af2"
          store session/requests
          store local/transactions
          store session/window
          badge “”
          close window 2
          reply to a.example #2: {"outcome":{"result":"0xf0f6fa9954c0df61b91c0134eafa624b6906a1090b02ad87bfb17947b6599af2"}}
          ask https://ethereum-rpc.publicnode.com eth_getTransactionReceipt
          notice {"notice":"activity"}
          notice {"notice":"requests"}
        window closed 2
          store session/window
        answer {"blockHash":"0x2222222222222222222222222222222222222222222222222222222222222222","blockNumber":"0x10","effectiveGasPrice":"0x2540be400","gasUsed":"0x5208","status":"0x1","transactionHash":"0xf0f6fa99…
          store local/transactions
          notice {"notice":"activity"}
          store session/egress-lately
    "#]].assert_eq(&host.transcript(start));
}
