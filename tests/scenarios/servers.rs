//! Servers that are dead, busy, lying or rude.

use candor_primitives::Millis;
use candor_protocol::{
    page::Outcome,
    ui::{self, ServersChoice, UiErrorCode},
    view::{ReadyView, Setup},
};
use candor_tests::{Host, chain::node_error, net::Manner, surface::ANVIL_ACCOUNTS};
use serde_json::{Value, json};

const FIRST: &str = "https://ethereum-rpc.publicnode.com";
const SECOND: &str = "https://eth.drpc.org";

fn asked_at(host: &Host, method: &str) -> Vec<String> {
    host.net.asked.iter().filter(|asked| asked.method == method).map(|asked| asked.url.clone()).collect()
}

#[test]
fn after_one_that_does_not_answer_comes_the_next() {
    let check = |manner: Manner| {
        let mut host = Host::anvil();
        let page = host.open_page("https://a.example");
        host.net.manner(FIRST, "*", manner.clone());
        let promised = host.ask(page, "eth_blockNumber", json!([]));
        assert_eq!(host.result(promised), json!("0x10"), "{manner:?}");
        assert_eq!(asked_at(&host, "eth_blockNumber"), [SECOND], "{manner:?}");
        // For a while the bad one is asked last.
        let before = host.net.asked.len();
        host.ask(page, "eth_blockNumber", json!([]));
        assert!(host.net.asked[before..].iter().all(|asked| asked.url == SECOND), "{manner:?}");
        host.net.revive(1);
        host.advance(Millis::from_secs(10));
        host.ask(page, "eth_blockNumber", json!([]));
        assert_eq!(asked_at(&host, "eth_blockNumber").last().unwrap(), FIRST, "{manner:?}");
    };
    check(Manner::Dead);
    check(Manner::Garbage);
    // It serves another network.
    check(Manner::Says(json!("0x2105")));
    check(Manner::Says(Value::Null));
    check(Manner::Refuses(node_error(-32600, "go away")));
}

#[test]
fn one_that_changes_its_network_gets_no_transaction() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    host.ask(page, "eth_blockNumber", json!([]));
    let payment = json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0x1" }]);
    let promised = host.ask(page, "eth_sendTransaction", payment);
    host.net.manner(FIRST, "eth_chainId", Manner::Says(json!("0x539")));
    host.agree();
    assert!(host.result(promised).is_string());
    assert_eq!(asked_at(&host, "eth_sendRawTransaction"), [SECOND]);
}

#[test]
fn when_all_are_dead_it_is_said_and_can_be_tried_again() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    host.net.manners(1, "*", &Manner::Dead);
    let read = host.ask(page, "eth_blockNumber", json!([]));
    assert_eq!(host.error(read), (4900, "No server of this network can be reached.".to_owned()));
    let balance = ui::Balance { address: ANVIL_ACCOUNTS[0].to_owned(), chain_id: 1, token: None };
    assert_eq!(host.call(balance.clone()).unwrap_err().code, UiErrorCode::Unreachable);
    let payment = json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0x1" }]);
    let promised = host.ask(page, "eth_sendTransaction", payment);
    let shown = host.prompt();
    assert!(matches!(shown.ready, ReadyView::Failed { .. }));
    host.must(ui::Retry { id: shown.id });
    assert!(matches!(host.prompt().ready, ReadyView::Failed { .. }));
    // Signing needs no network.
    let signed = host.ask(page, "personal_sign", json!(["hello", ANVIL_ACCOUNTS[0]]));
    let message = host.prompts().remove(1);
    host.approve(&message).unwrap();
    assert!(host.result(signed).is_string());

    host.net.revive(1);
    host.must(ui::Retry { id: shown.id });
    let again = host.prompt();
    assert_eq!((&again.ready, again.sentence), (&ReadyView::Ready, shown.sentence));
    host.agree();
    assert!(host.result(promised).is_string());
    assert_eq!(host.must(balance).text, "10,000\u{a0}ETH");
}

#[test]
fn a_nodes_error_reaches_the_page_as_it_is() {
    let mut host = Host::anvil();
    let page = host.open_page("https://a.example");
    let mut refusal = node_error(3, "execution reverted: no");
    refusal.data = Some(json!("0x08c379a0"));
    host.net.manners(1, "eth_call", &Manner::Refuses(refusal));
    let promised = host.ask(page, "eth_call", json!([{ "to": ANVIL_ACCOUNTS[1] }, "latest"]));
    let Some(Outcome::Error(error)) = host.outcome(promised) else { panic!() };
    assert_eq!(
        (error.code, error.message.as_str(), &error.data),
        (3, "execution reverted: no", &Some(json!("0x08c379a0")))
    );
    assert_eq!(asked_at(&host, "eth_call"), [FIRST], "no other server is asked");
}

#[test]
fn nobody_is_asked_before_the_user_chose() {
    let mut host = Host::default();
    let password = host.new_password();
    host.must(candor_tests::import::create(password, 12));
    host.must(ui::ConfirmBackup { keyring: None });
    let page = host.open_page("https://a.example");
    let promised = host.ask(page, "eth_blockNumber", json!([]));
    assert_eq!(host.error(promised).0, 4900);
    let address = host.addresses().remove(0);
    assert!(host.call(ui::Balance { address, chain_id: 1, token: None }).is_err());
    assert_eq!(host.net.asked, []);
}

#[test]
fn a_server_of_ones_own_is_the_only_one() {
    let mut host = Host::default();
    let password = host.new_password();
    host.must(candor_tests::import::create(password, 12));
    host.must(ui::ConfirmBackup { keyring: None });
    host.net.add_server("http://192.168.1.5:8545", 1);
    let own = |url: &str| ui::ChooseServers { choice: ServersChoice::Own { url: url.to_owned() } };
    assert_eq!(host.call(own("ftp://x")).unwrap_err().code, UiErrorCode::Invalid);
    assert_eq!(host.call(own("https://dead.example")).unwrap_err().code, UiErrorCode::Unreachable);
    assert_eq!(host.must(ui::Status {}).setup, Setup::Networks);
    host.must(own("http://192.168.1.5:8545"));
    assert_eq!(host.must(ui::Status {}).setup, Setup::Done);
    let page = host.open_page("https://a.example");
    let promised = host.ask(page, "eth_blockNumber", json!([]));
    assert_eq!(host.result(promised), json!("0x10"));
    host.must(ui::SetSiteNetwork { origin: "https://a.example".to_owned(), chain_id: 10 });
    let promised = host.ask(page, "eth_blockNumber", json!([]));
    assert_eq!(host.error(promised).0, 4900, "networks without a server of one's own are not asked");
    assert!(host.net.asked.iter().all(|asked| asked.url == "http://192.168.1.5:8545"));
}

#[test]
fn many_reads_of_a_network_without_servers_end_behind_slow_ones() {
    let mut host = Host::default();
    let password = host.new_password();
    host.must(candor_tests::import::create(password, 12));
    host.must(ui::ConfirmBackup { keyring: None });
    host.net.add_server("http://192.168.1.5:8545", 1);
    host.must(ui::ChooseServers { choice: ServersChoice::Own { url: "http://192.168.1.5:8545".to_owned() } });
    let (busy, silent) = (host.open_page("https://a.example"), host.open_page("https://b.example"));
    host.must(ui::SetSiteNetwork { origin: "https://b.example".to_owned(), chain_id: 10 });
    host.logging = false;
    host.net.manners(1, "eth_blockNumber", &Manner::Slow);
    let slow: Vec<_> = (0..300).map(|_| host.ask(busy, "eth_blockNumber", json!([]))).collect();
    let ended: Vec<_> = (0..5_000).map(|_| host.ask(silent, "eth_blockNumber", json!([]))).collect();
    assert!(ended.iter().all(|promised| host.error(*promised).0 == 4900));
    host.net.revive(1);
    host.release();
    assert!(slow.iter().all(|promised| host.result(*promised) == json!("0x10")));
}

#[test]
fn late_answers_to_another_instance_are_ignored() {
    let mut host = Host::anvil();
    let page = host.open_page("https://a.example");
    host.net.manners(1, "eth_blockNumber", &Manner::Slow);
    let promised = host.ask(page, "eth_blockNumber", json!([]));
    host.must(ui::Lock {});
    assert_eq!(host.outcome(promised), None, "the page asked again and waits");
    host.release();
    assert_eq!(host.result(promised), json!("0x10"));
}
