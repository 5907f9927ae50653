//! Servers in every kind of trouble: the wallet stays usable, is right, and says what is wrong.

use candor_primitives::{Millis, U256};
use candor_protocol::{
    page::Outcome,
    servers::{NetworkServersView, ServerState},
    ui::{self, ServersChoice},
    view::ReadyView,
};
use candor_tests::{Host, chain::node_error, net::Manner, surface::ANVIL_ACCOUNTS};
use serde_json::{Value, json};

const FIRST: &str = "https://ethereum-rpc.publicnode.com";
const SECOND: &str = "https://eth.drpc.org";

fn asked_at(host: &Host, method: &str) -> Vec<String> {
    host.net.asked.iter().filter(|asked| asked.method == method).map(|asked| asked.url.clone()).collect()
}

fn payment() -> Value {
    json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0x1" }])
}

fn servers(host: &mut Host) -> NetworkServersView {
    host.must(ui::NetworkServers { chain_id: 1 })
}

fn state(host: &mut Host, name: &str) -> ServerState {
    let view = servers(host);
    view.servers.iter().find(|server| server.host == name).expect("a server").state
}

#[test]
fn a_second_server_is_asked_when_the_first_takes_long() {
    let check = |slow: &str| {
        let mut host = Host::anvil();
        let page = host.open_page("https://a.example");
        host.net.manner(FIRST, slow, Manner::Slow);
        let promised = host.ask(page, "eth_blockNumber", json!([]));
        assert_eq!(host.outcome(promised), None, "{slow}");
        host.advance(Millis(2_500));
        assert_eq!(host.result(promised), json!("0x10"), "{slow}");
        // The late answer changes nothing.
        host.release();
        assert_eq!(host.result(promised), json!("0x10"), "{slow}");
    };
    check("*");
    check("eth_chainId");
    check("eth_blockNumber");
}

#[test]
fn many_that_wait_for_the_same_slow_server_all_go_elsewhere() {
    let mut host = Host::anvil();
    let page = host.open_page("https://a.example");
    host.net.manner(FIRST, "*", Manner::Slow);
    let asked: Vec<_> = (0..20).map(|_| host.ask(page, "eth_blockNumber", json!([]))).collect();
    host.advance(Millis(2_500));
    assert!(asked.iter().all(|promised| host.result(*promised) == json!("0x10")));
    assert_eq!(asked_at(&host, "eth_chainId").len(), 2, "each server is asked for its network once");
}

#[test]
fn what_changes_something_is_never_asked_of_two_for_haste() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    host.ask(page, "eth_blockNumber", json!([]));
    host.ask(page, "eth_sendTransaction", payment());
    host.net.manner(FIRST, "eth_sendRawTransaction", Manner::Slow);
    host.agree();
    host.advance(Millis(11_000));
    let sent = asked_at(&host, "eth_sendRawTransaction");
    assert!(sent.len() == 1 || !sent.iter().any(|url| url == FIRST), "{sent:?}");
    host.ask(page, "eth_newFilter", json!([{}]));
    host.advance(Millis(11_000));
    assert!(asked_at(&host, "eth_newFilter").len() <= 1);
}

#[test]
fn the_prompt_is_there_while_all_servers_hang() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    host.close_windows();
    host.net.manners(1, "*", &Manner::Slow);
    let promised = host.ask(page, "eth_sendTransaction", payment());
    assert_eq!(host.windows.len(), 1);
    let shown = host.prompt();
    assert_eq!(shown.ready, ReadyView::Preparing);
    host.advance(Millis(5_000));
    assert_eq!(host.prompt().ready, ReadyView::Preparing);
    host.net.revive(1);
    host.release();
    host.agree();
    assert!(host.result(promised).is_string());
}

#[test]
fn an_overloaded_server_is_passed_over_and_a_revert_is_believed() {
    let check = |code: i64, message: &str, data: Option<Value>, passed_over: bool| {
        let mut host = Host::anvil();
        let page = host.open_page("https://a.example");
        let mut refusal = node_error(code, message);
        refusal.data = data;
        host.net.manner(FIRST, "eth_call", Manner::Refuses(refusal));
        let promised = host.ask(page, "eth_call", json!([{ "to": ANVIL_ACCOUNTS[1] }, "latest"]));
        let refused = matches!(host.outcome(promised), Some(Outcome::Error(error)) if error.code == code);
        assert_eq!(refused, !passed_over, "{message}");
        assert_eq!(asked_at(&host, "eth_call").len(), if passed_over { 2 } else { 1 }, "{message}");
    };
    check(-32603, "Internal error", None, true);
    check(-32005, "limit exceeded", None, true);
    check(-32000, "too many requests, try again later", None, true);
    check(-32000, "header not found", None, true);
    check(3, "execution reverted: too many requests", Some(json!("0x08c379a0")), false);
    check(-32603, "VM Exception while processing transaction: reverted", None, false);
}

#[test]
fn two_servers_are_heard_about_what_is_to_be_signed() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    host.net.manner(SECOND, "eth_getTransactionCount", Manner::Says(json!("0x7")));
    host.ask(page, "eth_sendTransaction", payment());
    let trouble = servers(&mut host).trouble.expect("it is said");
    assert_eq!(trouble.title, "Two servers of Ethereum do not agree.");
    assert!(trouble.text.contains("ethereum-rpc.publicnode.com and eth.drpc.org"), "{}", trouble.text);
    host.net.revive(1);
    host.agree();
    assert_eq!(host.net.chain(1).taken.last().unwrap().fields.nonce, 7, "the higher number");

    // Which of them is behind makes no difference.
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    host.net.manner(FIRST, "eth_getTransactionCount", Manner::Says(json!("0x7")));
    host.ask(page, "eth_sendTransaction", payment());
    host.net.revive(1);
    host.agree();
    assert_eq!(host.net.chain(1).taken.last().unwrap().fields.nonce, 7, "the higher number");
}

#[test]
fn what_one_server_makes_up_cannot_be_spent() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    host.net.chain(1).coins.insert(ANVIL_ACCOUNTS[0].parse().unwrap(), U256::ZERO);
    host.net.manner(FIRST, "eth_getBalance", Manner::Says(json!("0xffffffffffffffffff")));
    host.ask(page, "eth_sendTransaction", payment());
    assert!(matches!(host.prompt().ready, ReadyView::Failed { .. }));
    assert!(servers(&mut host).trouble.is_some());
    // They agree again: nothing is said any more.
    host.net.revive(1);
    let shown = host.prompt();
    host.must(ui::Retry { id: shown.id });
    assert_eq!(servers(&mut host).trouble, None);
}

#[test]
fn a_second_opinion_is_not_waited_for_without_end() {
    for silent in [FIRST, SECOND] {
        let mut host = Host::anvil();
        let page = host.connected("https://a.example");
        host.net.manner(silent, "*", Manner::Slow);
        let promised = host.ask(page, "eth_sendTransaction", payment());
        host.advance(Millis(5_000));
        assert_eq!(host.prompt().ready, ReadyView::Ready, "{silent}");
        host.net.revive(1);
        host.agree();
        host.release();
        assert!(host.result(promised).is_string());
    }
}

#[test]
fn a_server_is_asked_again_and_again_which_network_it_serves() {
    let mut host = Host::anvil();
    let page = host.open_page("https://a.example");
    host.ask(page, "eth_blockNumber", json!([]));
    host.net.manner(FIRST, "eth_chainId", Manner::Says(json!("0x2105")));
    host.ask(page, "eth_blockNumber", json!([]));
    assert_eq!(asked_at(&host, "eth_blockNumber"), [FIRST, FIRST], "for a while it is believed");
    host.advance(Millis::from_secs(601));
    host.ask(page, "eth_blockNumber", json!([]));
    assert_eq!(asked_at(&host, "eth_blockNumber").last().unwrap(), SECOND);
    assert_eq!(state(&mut host, "ethereum-rpc.publicnode.com"), ServerState::OtherNetwork);
    assert!(matches!(state(&mut host, "eth.drpc.org"), ServerState::Answers { .. }));
}

#[test]
fn when_nobody_answers_it_is_said_and_when_they_do_again_too() {
    let mut host = Host::anvil();
    assert_eq!(servers(&mut host).trouble, None, "nothing is known, so nothing is wrong");
    host.net.manners(1, "*", &Manner::Dead);
    host.must(ui::CheckServers { chain_id: 1 });
    let view = servers(&mut host);
    assert!(view.servers.iter().all(|server| server.state == ServerState::Silent));
    assert_eq!(view.trouble.unwrap().title, "We can't reach Ethereum right now.");
    host.net.revive(1);
    host.must(ui::CheckServers { chain_id: 1 });
    let view = servers(&mut host);
    assert!(view.servers.iter().all(|server| matches!(server.state, ServerState::Answers { .. })));
    assert_eq!(view.trouble, None);
    assert!(host.call(ui::CheckServers { chain_id: 987_654 }).is_err());
}

#[test]
fn ones_own_server_stays_the_only_one_whatever_it_does() {
    let own = "http://192.168.1.5:8545";
    for manner in [Manner::Dead, Manner::Slow, Manner::Garbage, Manner::Says(json!("0x2105"))] {
        let mut host = Host::default();
        let password = host.new_password();
        host.must(candor_tests::import::create(password, 12));
        host.must(ui::ConfirmBackup { keyring: None });
        host.net.add_server(own, 1);
        host.must(ui::ChooseServers { choice: ServersChoice::Own { url: own.to_owned() } });
        host.must(ui::FinishSetup {});
        let page = host.connected("https://a.example");
        host.net.manner(own, "*", manner.clone());
        host.ask(page, "eth_blockNumber", json!([]));
        let from = host.addresses().remove(0);
        host.ask(page, "eth_sendTransaction", json!([{ "from": from, "to": from, "value": "0x0" }]));
        host.must(ui::CheckServers { chain_id: 1 });
        host.advance(Millis::from_secs(30));
        host.release();
        assert!(host.net.asked.iter().all(|asked| asked.url == own), "{manner:?}");
        if !matches!(manner, Manner::Slow) {
            let trouble = servers(&mut host).trouble.expect("it is said");
            assert!(trouble.title.contains("Ethereum"), "{manner:?} {}", trouble.title);
        }
    }
}
