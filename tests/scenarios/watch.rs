//! Subscriptions and filters: what is new, once each, whatever ends in between.

use candor_primitives::Millis;
use candor_protocol::{
    host::Effect,
    ui::{self, ServersChoice},
};
use candor_tests::{
    Host,
    chain::{EMITTER, node_error},
    host::{Heard, Logged},
    net::Manner,
    page::PageId,
    surface::ANVIL_ACCOUNTS,
};
use serde_json::{Value, json};

const SITE: &str = "https://a.example";
const FIRST: &str = "https://ethereum-rpc.publicnode.com";
const SECOND: &str = "https://eth.drpc.org";

/// What a document's content script holds of one subscription or filter.
fn watch(host: &mut Host, page: PageId, method: &str, params: Value) -> Value {
    let promised = host.ask(page, method, params);
    let result = host.result(promised);
    assert_eq!(result[0]["news"], json!([]), "{method}");
    result[0]["watch"].clone()
}

/// One poll, sent again as often as its channel closes. Says what came as `outcome`.
fn outcome(host: &mut Host, page: PageId, watches: &[Value]) -> Value {
    let sender = host.page(page).sender();
    let text = json!({ "poll": { "watches": watches } }).to_string();
    loop {
        let reply = host.message_from(sender.clone(), &text);
        if let Some(Heard::Body(body)) = host.heard(reply)
            && let Some(outcome) = serde_json::from_str::<Value>(&body).unwrap().get("outcome")
        {
            return outcome.clone();
        }
    }
}

/// One poll about one of them: what is new, and the watch moved on.
fn poll(host: &mut Host, page: PageId, watch: &mut Value) -> Vec<Value> {
    let outcome = outcome(host, page, core::slice::from_ref(watch));
    let told = outcome["result"][0].clone();
    assert!(told.is_object(), "{outcome}");
    *watch = told["watch"].clone();
    told["news"].as_array().unwrap().clone()
}

fn numbers(news: &[Value]) -> Vec<u64> {
    let number = |one: &Value| {
        let found = one.get("number").or_else(|| one.get("blockNumber")).cloned();
        candor_chain::quantity::tolerant_u64(&found.unwrap()).unwrap()
    };
    news.iter().map(number).collect()
}

/// A page at block 16 of the main network.
fn open() -> (Host, PageId) {
    let mut host = Host::anvil();
    let page = host.open_page(SITE);
    (host, page)
}

#[test]
fn new_heads_and_events_come_once() {
    let (mut host, page) = open();
    host.net.chain(1).events = vec![10, 17, 19];
    let mut heads = watch(&mut host, page, "eth_subscribe", json!(["newHeads"]));
    let mut events = watch(&mut host, page, "eth_subscribe", json!(["logs", { "address": EMITTER }]));
    let mut others = watch(&mut host, page, "eth_newFilter", json!([{ "address": ANVIL_ACCOUNTS[0] }]));
    let mut blocks = watch(&mut host, page, "eth_newBlockFilter", json!([]));
    let mut syncing = watch(&mut host, page, "eth_subscribe", json!(["syncing"]));
    assert!(poll(&mut host, page, &mut heads).is_empty());
    host.net.chain(1).height = 19;
    let told = poll(&mut host, page, &mut heads);
    assert_eq!(numbers(&told), [17, 18, 19]);
    assert!(told[0].get("transactions").is_none(), "a header");
    assert_eq!(numbers(&poll(&mut host, page, &mut events)), [17, 19]);
    assert!(poll(&mut host, page, &mut others).is_empty());
    let hashes: Vec<Value> = (17..=19).map(|number| json!(host.net.chain(1).block_hash(number))).collect();
    assert_eq!(poll(&mut host, page, &mut blocks), hashes);
    assert!(poll(&mut host, page, &mut syncing).is_empty());
    host.net.manners(1, "eth_syncing", &Manner::Says(json!({ "currentBlock": "0x1" })));
    let status = json!({ "syncing": true, "status": { "currentBlock": "0x1" } });
    assert_eq!(poll(&mut host, page, &mut syncing), [status]);
    for watch in [&mut heads, &mut events, &mut others, &mut blocks, &mut syncing] {
        assert!(poll(&mut host, page, watch).is_empty(), "nothing twice: {watch}");
    }
}

#[test]
fn a_server_cannot_fill_the_memory_of_the_wallet() {
    let (mut host, page) = open();
    let topic = |number: usize| json!(["logs", { "topics": [format!("0x{number:064x}")] }]);
    let watches: Vec<Value> = (0..8).map(|n| watch(&mut host, page, "eth_subscribe", topic(n))).collect();
    host.net.chain(1).height = 17;
    // Six million bytes in memory.
    host.net.manners(1, "eth_getLogs", &Manner::Says(Value::Array(vec![Value::Null; 200_000])));
    let before = host.net.count("eth_getLogs");
    outcome(&mut host, page, &watches);
    let asked = host.net.count("eth_getLogs") - before;
    assert!((1..=5).contains(&asked), "{asked}");
    host.net.revive(1);
    let told = outcome(&mut host, page, &watches);
    assert_eq!(told["result"].as_array().unwrap().len(), 8, "it goes on where it was");
}

#[test]
fn one_poll_tells_of_all_and_asks_for_each_block_once() {
    let (mut host, page) = open();
    let one = watch(&mut host, page, "eth_subscribe", json!(["newHeads"]));
    let two = watch(&mut host, page, "eth_newBlockFilter", json!([]));
    host.net.chain(1).height = 17;
    let before = (host.net.count("eth_blockNumber"), host.net.count("eth_getBlockByNumber"));
    let told = outcome(&mut host, page, &[one.clone(), json!("what?"), two, one]);
    let told = told["result"].as_array().unwrap().clone();
    assert_eq!(told.len(), 4);
    assert!(told[1].is_null());
    assert_eq!((told[0]["news"].clone(), &told[3]), (told[3]["news"].clone(), &told[0]));
    let after = (host.net.count("eth_blockNumber"), host.net.count("eth_getBlockByNumber"));
    assert_eq!((after.0 - before.0, after.1 - before.1), (1, 1));
}

#[test]
fn replaced_blocks_are_told_with_what_took_their_place() {
    let (mut host, page) = open();
    let heads = watch(&mut host, page, "eth_subscribe", json!(["newHeads"]));
    host.net.chain(1).height = 18;
    let mut heads = outcome(&mut host, page, &[heads])["result"][0]["watch"].clone();
    host.net.chain(1).forks.push(18);
    host.net.chain(1).height = 19;
    let told = outcome(&mut host, page, core::slice::from_ref(&heads))["result"][0].clone();
    assert_eq!((numbers(told["news"].as_array().unwrap()), &told["back"]), (vec![18, 19], &json!(17)));
    heads = told["watch"].clone();
    assert!(poll(&mut host, page, &mut heads).is_empty());
}

/// The worker is lost after every single step of a poll: the same poll brings the same news, and nothing is stored.
#[test]
fn a_worker_that_ends_at_any_moment_loses_nothing_and_tells_nothing_twice() {
    let (mut host, page) = open();
    host.net.chain(1).events = vec![17, 18];
    let heads = watch(&mut host, page, "eth_subscribe", json!(["newHeads"]));
    let events = watch(&mut host, page, "eth_subscribe", json!(["logs", {}]));
    host.net.chain(1).height = 18;
    let stored = host.storage.clone();
    let calm = outcome(&mut host, page, &[heads.clone(), events.clone()]);
    assert_eq!(numbers(calm["result"][1]["news"].as_array().unwrap()), [17, 18]);
    let steps = {
        let before = host.steps;
        outcome(&mut host, page, &[heads.clone(), events.clone()]);
        host.steps - before
    };
    assert!(steps > 10, "{steps}");
    for step in 1..=steps {
        host.kill_at = Some(host.steps + step);
        assert_eq!(outcome(&mut host, page, &[heads.clone(), events.clone()]), calm, "killed at step {step}");
        host.kill_at = None;
    }
    assert_eq!(host.storage.session_text("clients"), stored.session_text("clients"));
    assert_eq!(host.storage.session_text("requests"), stored.session_text("requests"));
}

#[test]
fn a_poll_is_no_use_of_the_wallet() {
    let (mut host, page) = open();
    let mut heads = watch(&mut host, page, "eth_subscribe", json!(["newHeads"]));
    let lock_at = host.alarms.clone();
    host.advance(Millis::from_secs(60));
    let mark = host.log.len();
    poll(&mut host, page, &mut heads);
    assert_eq!(host.alarms, lock_at);
    assert!(host.windows.is_empty() && host.badge.is_empty());
    let seen = host.transcript(mark);
    // Only the ledger of requests, which is of no use to the page.
    let stores = |line: &str| line.contains("store") && !line.contains("egress");
    assert!(!seen.lines().any(stores), "{seen}");
    // Nor does it need an open one.
    host.must(ui::Lock {});
    host.net.chain(1).height = 17;
    assert_eq!(numbers(&poll(&mut host, page, &mut heads)), [17]);
}

#[test]
fn before_servers_were_chosen_nobody_is_asked() {
    let mut host = Host::default();
    let password = host.new_password();
    host.must(candor_tests::import::create(password, 12));
    host.must(ui::ConfirmBackup { keyring: None });
    let page = host.open_page(SITE);
    for method in ["eth_subscribe", "eth_newBlockFilter"] {
        let promised = host.ask(page, method, json!(["newHeads"]));
        assert_eq!(host.error(promised).0, 4900, "{method}");
    }
    assert_eq!(outcome(&mut host, page, &[])["error"]["code"], json!(4900));
    assert_eq!(host.net.asked, []);
}

#[test]
fn another_network_ends_them() {
    let (mut host, page) = open();
    let heads = watch(&mut host, page, "eth_subscribe", json!(["newHeads"]));
    host.must(ui::SetSiteNetwork { origin: SITE.to_owned(), chain_id: 10 });
    let asked = host.net.asked.len();
    assert_eq!(outcome(&mut host, page, &[heads]), json!({ "result": [null] }));
    assert_eq!(host.net.asked.len(), asked, "neither network is asked");
}

/// A watch is what one wants to know of a public chain: in the hands of another origin it says nothing of the first.
#[test]
fn another_origin_learns_nothing_of_it() {
    let (mut host, page) = open();
    let mut heads = watch(&mut host, page, "eth_subscribe", json!(["newHeads"]));
    let text = heads.to_string();
    assert!(!text.contains("a.example") && !text.contains("http"), "{text}");
    let other = host.open_page("https://b.example");
    for method in ["eth_getFilterChanges", "eth_getFilterLogs"] {
        let promised = host.ask(other, method, json!(["0x1"]));
        assert_eq!(host.error(promised), (-32000, "filter not found".to_owned()), "{method}");
    }
    for method in ["eth_unsubscribe", "eth_uninstallFilter"] {
        let promised = host.ask(other, method, json!(["0x1"]));
        assert_eq!(host.result(promised), json!(false), "{method}");
    }
    host.net.chain(1).height = 17;
    assert_eq!(numbers(&poll(&mut host, page, &mut heads)), [17]);
}

#[test]
fn one_that_a_node_refuses_holds_up_no_other() {
    let (mut host, page) = open();
    host.net.chain(1).events = vec![17];
    let heads = watch(&mut host, page, "eth_subscribe", json!(["newHeads"]));
    let mut events = watch(&mut host, page, "eth_subscribe", json!(["logs", {}]));
    host.net.chain(1).height = 17;
    host.net.manners(1, "eth_getLogs", &Manner::Refuses(node_error(-32000, "not today")));
    let told = outcome(&mut host, page, &[events.clone(), heads]);
    assert_eq!(told["result"][0], json!({ "watch": events, "news": [] }));
    assert_eq!(numbers(told["result"][1]["news"].as_array().unwrap()), [17]);
    // Alone, it says why.
    let alone = outcome(&mut host, page, core::slice::from_ref(&events));
    assert_eq!(alone["error"]["message"], json!("not today"));
    host.net.revive(1);
    assert_eq!(numbers(&poll(&mut host, page, &mut events)), [17]);
}

#[test]
fn servers_that_fall_silent_lie_or_lag() {
    let check = |what: &str, trouble: &dyn Fn(&mut Host)| {
        let (mut host, page) = open();
        host.net.chain(1).events = vec![17];
        let mut heads = watch(&mut host, page, "eth_subscribe", json!(["newHeads"]));
        let mut events = watch(&mut host, page, "eth_subscribe", json!(["logs", {}]));
        host.net.chain(1).height = 17;
        trouble(&mut host);
        for watch in [&mut heads, &mut events] {
            let told = outcome(&mut host, page, core::slice::from_ref(watch));
            let mut seen = told["result"][0]["news"].as_array().cloned().unwrap_or_default();
            if told["result"].is_array() {
                *watch = told["result"][0]["watch"].clone();
            } else {
                assert_eq!(
                    told["error"]["code"],
                    json!(if what == "busy" { -32005 } else { 4900 }),
                    "{what}"
                );
            }
            let before = host.net.clone();
            host.net.revive(1);
            seen.extend(poll(&mut host, page, watch));
            assert_eq!(numbers(&seen), [17], "{what}");
            host.net = before;
        }
    };
    check("one is dead", &|host| host.net.manner(FIRST, "*", Manner::Dead));
    check("one dies half way", &|host| host.net.manner(FIRST, "eth_getBlockByNumber", Manner::Dead));
    check("all die half way", &|host| host.net.manners(1, "eth_getBlockByNumber", &Manner::Dead));
    check("all are dead", &|host| host.net.manners(1, "*", &Manner::Dead));
    check("no number", &|host| host.net.manners(1, "eth_blockNumber", &Manner::Says(json!("many"))));
    check("no block yet", &|host| host.net.manners(1, "eth_getBlockByNumber", &Manner::Says(Value::Null)));
    check("garbage", &|host| host.net.manners(1, "eth_getBlockByNumber", &Manner::Garbage));
    check("late", &|host| host.net.manners(1, "eth_blockNumber", &Manner::Says(json!("0xf"))));
    let busy = Manner::Refuses(node_error(-32005, "too many requests"));
    check("busy", &|host| host.net.manners(1, "eth_blockNumber", &busy));
}

/// Waiting transactions are known to one node only. A filter that was made at the second server, because the first had
/// failed, stays there.
#[test]
fn a_filter_of_a_node_is_asked_for_at_that_node() {
    let (mut host, page) = open();
    host.net.manner(FIRST, "*", Manner::Dead);
    let mut pending = watch(&mut host, page, "eth_newPendingTransactionFilter", json!([]));
    host.net.revive(1);
    host.advance(Millis::from_secs(60));
    host.ask(page, "eth_blockNumber", json!([]));
    assert_eq!(host.net.asked.last().unwrap().url, FIRST, "the first is asked first again");
    // The first has a filter of the same name.
    let elsewhere = watch(&mut host, page, "eth_subscribe", json!(["newPendingTransactions"]));
    assert_ne!(pending, elsewhere);
    let site = host.connected("https://pays.example");
    let payment = json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0x1" }]);
    let hash = host.ask(site, "eth_sendTransaction", payment);
    host.agree();
    host.kill();
    let asked = host.net.asked.len();
    assert_eq!(poll(&mut host, page, &mut pending), [host.result(hash)]);
    let asked: Vec<_> =
        host.net.asked[asked..].iter().filter(|a| a.method == "eth_getFilterChanges").collect();
    assert_eq!(asked.iter().map(|asked| asked.url.as_str()).collect::<Vec<_>>(), [SECOND]);
    assert!(poll(&mut host, page, &mut pending).is_empty());

    // A node that forgot it gets a new one, and what comes after that is told.
    host.net.forget_filters(SECOND);
    assert!(poll(&mut host, page, &mut pending).is_empty());
    let payment = json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0x2" }]);
    let hash = host.ask(site, "eth_sendTransaction", payment);
    host.agree();
    assert_eq!(poll(&mut host, page, &mut pending), [host.result(hash)]);

    // So does another one, when that server is no longer the user's.
    host.net.add_server("http://192.168.1.5:8545", 1);
    let own = ServersChoice::Own { url: "http://192.168.1.5:8545".to_owned() };
    host.must(ui::ChooseServers { choice: own });
    let asked = host.net.asked.len();
    assert!(poll(&mut host, page, &mut pending).is_empty());
    assert!(host.net.asked[asked..].iter().all(|asked| asked.url == "http://192.168.1.5:8545"));
}

/// What is sent to whom when a server says that there is a new block.
fn followed(host: &mut Host, page: PageId, client: &str, watches: &[Value]) -> Vec<(String, i64, String)> {
    let mark = host.log.len();
    let sender = host.page(page).sender();
    host.message_from(sender, &json!({ "poll": { "client": client, "watches": watches } }).to_string());
    let follow = |logged: &Logged| match &logged.effect {
        Some(Effect::Follow { url, tab, body, .. }) => Some((url.clone(), *tab, body.clone())),
        _ => None,
    };
    host.log[mark..].iter().filter_map(follow).collect()
}

#[test]
fn a_server_that_tells_of_blocks_is_followed_for_those_who_wait_for_them() {
    let (mut host, page) = open();
    let heads = watch(&mut host, page, "eth_subscribe", json!(["newHeads"]));
    let logs = watch(&mut host, page, "eth_subscribe", json!(["logs", {}]));
    let pending = watch(&mut host, page, "eth_subscribe", json!(["newPendingTransactions"]));
    assert_eq!(followed(&mut host, page, "c", core::slice::from_ref(&heads)), [], "none can tell");
    host.net.add_server("wss://mine.example/ws", 1);
    let own = ServersChoice::Own { url: "wss://mine.example/ws".to_owned() };
    host.must(ui::ChooseServers { choice: own });
    let told = ("wss://mine.example/ws".to_owned(), 1, r#"{"client":"c","newBlock":true}"#.to_owned());
    let mut check = |client: &str, watches: &[&Value], expected: &[_]| {
        let watches: Vec<Value> = watches.iter().map(|watch| (*watch).clone()).collect();
        assert_eq!(followed(&mut host, page, client, &watches), expected, "{client} {watches:?}");
    };
    check("c", &[&heads, &logs], core::slice::from_ref(&told));
    check("", &[&heads], &[]);
    check(&"c".repeat(65), &[&heads], &[]);
    check("c", &[&pending], &[]);
    check("c", &[&heads, &pending], &[]);
    check("c", &[&heads, &Value::Null], &[]);
    // It answers everything else, too.
    host.net.chain(1).height = 17;
    let mut heads = heads;
    assert_eq!(numbers(&poll(&mut host, page, &mut heads)), [17]);
    assert_eq!(host.net.asked.last().unwrap().url, "wss://mine.example/ws");
}
