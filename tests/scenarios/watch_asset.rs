//! `wallet_watchAsset`: what a site wants to see in the list, held against what the chain says of it.

use candor_primitives::Address;
use candor_protocol::{
    ui::{self, UiErrorCode},
    view::{ApprovalView, ReadyView, RequestKind, Tone},
};
use candor_tests::{
    Host,
    chain::{Collection, Token, node_error},
    matrix::kill_everywhere,
    net::Manner,
    page::{PageId, Promised},
    surface::ANVIL_ACCOUNTS,
};
use serde_json::{Value, json};

use crate::kills::{all_is_well, world};

const METHOD: &str = "wallet_watchAsset";
const MOTH: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const USDC: &str = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48";
const PRINTS: &str = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359";
const THINGS: &str = "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB";
const NOTHING: &str = "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb";

/// Tokens and collections of a network.
fn contracts(host: &mut Host, chain: u64) {
    let token = |symbol: &str, decimals| Token {
        symbol: symbol.to_owned(),
        decimals,
        allowance: 0,
        balance: 1_500_000,
    };
    let me: Address = ANVIL_ACCOUNTS[0].parse().unwrap();
    let you: Address = ANVIL_ACCOUNTS[1].parse().unwrap();
    let collection = |name: &str, interface| Collection {
        name: name.to_owned(),
        interface,
        owners: [(12, me), (13, you)].into(),
    };
    let chain = host.net.chain(chain);
    chain.tokens.insert(MOTH.parse().unwrap(), token("MOTH", 6));
    // A lying server: the token that everybody knows, with other decimals.
    chain.tokens.insert(USDC.parse().unwrap(), token("USDX", 18));
    chain.collections.insert(PRINTS.parse().unwrap(), collection("Lisbon Prints", [0x80, 0xac, 0x58, 0xcd]));
    chain.collections.insert(THINGS.parse().unwrap(), collection("", [0xd9, 0xb6, 0x7a, 0x26]));
}

/// A site has a token of its network shown.
pub(crate) fn watch(host: &mut Host, page: PageId) {
    let chain = host.ask(page, "net_version", json!([]));
    let chain = host.result(chain).as_str().and_then(|number| number.parse().ok()).unwrap();
    contracts(host, chain);
    let promised = host.ask(page, METHOD, erc20(MOTH, "MOTH", json!(6)));
    host.agree();
    assert_eq!(host.result(promised), json!(true));
}

fn erc20(address: &str, symbol: &str, decimals: Value) -> Value {
    json!({ "type": "ERC20", "options": { "address": address, "symbol": symbol, "decimals": decimals } })
}

fn collectible(kind: &str, address: &str, number: &str) -> Value {
    json!({ "type": kind, "options": { "address": address, "tokenId": number } })
}

fn plain(shown: &ApprovalView) -> String {
    let mut text = shown.sentence.pattern.clone();
    for slot in &shown.sentence.slots {
        text = text.replace(&format!("{{{}}}", slot.name), &slot.text);
    }
    text.replace('\u{a0}', " ")
}

fn rules(shown: &ApprovalView) -> String {
    shown.notes.iter().map(|note| note.rule.as_str()).collect::<Vec<_>>().join(" ")
}

fn names(host: &mut Host) -> Vec<String> {
    host.must(ui::Tokens { chain_id: 1 }).into_iter().map(|token| token.name.replace('\u{a0}', " ")).collect()
}

fn connected() -> (Host, PageId) {
    let mut host = Host::anvil();
    contracts(&mut host, 1);
    let page = host.connected("https://a.example");
    (host, page)
}

#[test]
fn what_the_chain_says_is_shown_and_kept() {
    let (mut host, page) = connected();
    let mut check = |params: Value, sentence: &str, tone: Tone, rule: &str, has: &str| {
        let promised = host.ask(page, METHOD, params.clone());
        let shown = host.agree();
        assert_eq!((shown.kind, shown.ready.clone()), (RequestKind::WatchAsset, ReadyView::Ready));
        assert_eq!((plain(&shown), shown.tone, rules(&shown)), (sentence.to_owned(), tone, rule.to_owned()));
        assert_eq!((shown.verb.as_str(), shown.refusal.as_str()), ("Add", "Don't add"));
        assert_eq!(host.result(promised), json!(true), "{params}");
        let token = host.must(ui::Tokens { chain_id: 1 }).pop().unwrap();
        let address = ANVIL_ACCOUNTS[0].to_owned();
        let balance = host.must(ui::Balance { address, chain_id: 1, token: Some(token.id) });
        assert_eq!(balance.text.replace('\u{a0}', " "), has, "{params}");
        host.must(ui::ForgetToken { chain_id: 1, token: host_token(&params) });
        assert_eq!(names(&mut host), Vec::<String>::new());
    };
    let moth = "Show MOTH in your wallet on Ethereum.";
    check(erc20(MOTH, "MOTH", json!(6)), moth, Tone::Plain, "", "1.5");
    check(json!([erc20(MOTH, "moth", json!("6"))]), moth, Tone::Plain, "", "1.5");
    check(
        json!({ "type": "ERC20", "options": { "address": MOTH, "image": "javascript:1", "chainId": 1, "x": 1 } }),
        moth,
        Tone::Plain,
        "",
        "1.5",
    );
    check(
        erc20(&MOTH.to_lowercase(), "BUG", json!(18)),
        moth,
        Tone::Care,
        "other-name other-decimals",
        "1.5",
    );
    check(erc20(MOTH, "USDC", json!(6)), moth, Tone::Risk, "imitation-token other-name", "1.5");
    // What Candor knows by itself is not the server's to change.
    check(erc20(USDC, "USDC", json!(6)), "Show USDC in your wallet on Ethereum.", Tone::Plain, "", "1.5");
    check(
        erc20(USDC, "USDC", json!(18)),
        "Show USDC in your wallet on Ethereum.",
        Tone::Care,
        "other-decimals",
        "1.5",
    );
    check(
        collectible("ERC721", PRINTS, "12"),
        "Show No. 12 of “Lisbon Prints” in your wallet on Ethereum.",
        Tone::Plain,
        "",
        "yours",
    );
    check(
        collectible("ERC721", PRINTS, "0xd"),
        "Show No. 13 of “Lisbon Prints” in your wallet on Ethereum.",
        Tone::Care,
        "not-held",
        "not yours",
    );
    check(
        collectible("ERC1155", THINGS, "12"),
        "Show No. 12 of 0xdbF0…C6FB in your wallet on Ethereum.",
        Tone::Plain,
        "",
        "3 yours",
    );
    check(
        collectible("ERC1155", THINGS, "14"),
        "Show No. 14 of 0xdbF0…C6FB in your wallet on Ethereum.",
        Tone::Care,
        "not-held",
        "not yours",
    );
    let seen: Vec<&str> = host.net.asked.iter().map(|asked| asked.method.as_str()).collect();
    assert!(
        seen.iter().all(|method| ["eth_chainId", "eth_call"].contains(method)),
        "nothing else is asked: {seen:?}"
    );
}

/// The id of what these parameters ask for.
fn host_token(params: &Value) -> String {
    let asked = params.get(0).unwrap_or(params);
    let address: Address = asked["options"]["address"].as_str().unwrap().parse().unwrap();
    let number = asked["options"]["tokenId"].as_str().map(|id| if id == "0xd" { "13" } else { id });
    number.map_or_else(|| address.to_string(), |number| format!("{address}/{number}"))
}

#[test]
fn what_imitates_is_said_to() {
    let (mut host, page) = connected();
    host.net.chain(1).tokens.get_mut(&MOTH.parse::<Address>().unwrap()).unwrap().symbol = "U5DC".to_owned();
    let promised = host.ask(page, METHOD, erc20(MOTH, "USDC", json!(6)));
    let shown = host.agree();
    assert_eq!(plain(&shown), "Show U5DC (not the known USDC) in your wallet on Ethereum.");
    assert_eq!((shown.tone, rules(&shown)), (Tone::Risk, "imitation-token".to_owned()));
    assert_eq!(host.result(promised), json!(true));
    assert_eq!(names(&mut host), ["U5DC (not the known USDC)"]);
}

#[test]
fn twice_is_once_and_no_is_no() {
    let (mut host, page) = connected();
    for _ in 0..2 {
        let promised = host.ask(page, METHOD, erc20(MOTH, "MOTH", json!(6)));
        host.agree();
        assert_eq!(host.result(promised), json!(true));
    }
    assert_eq!(names(&mut host), ["MOTH"]);
    let promised = host.ask(page, METHOD, collectible("ERC721", PRINTS, "12"));
    let again = host.ask(page, METHOD, collectible("ERC721", PRINTS, "12"));
    host.refuse();
    assert_eq!((host.error(promised).0, host.error(again).0), (4001, 4001), "a repeat joins");
    host.restart_browser();
    host.unlock();
    assert_eq!(names(&mut host), ["MOTH"]);
    assert!(host.must(ui::Tokens { chain_id: 10 }).is_empty(), "a token is of one network");
}

#[test]
fn what_is_no_token_cannot_be_agreed_to() {
    let (mut host, page) = connected();
    host.net.chain(1).tokens.insert(
        NOTHING.parse().unwrap(),
        Token { symbol: "BIG".into(), decimals: 77, allowance: 0, balance: 0 },
    );
    let mut check = |params: Value, word: &str| {
        let promised = host.ask(page, METHOD, params.clone());
        let shown = host.prompt();
        let ReadyView::Failed { problem, .. } = &shown.ready else { panic!("{params}: {:?}", shown.ready) };
        assert!(problem.text.ends_with("Nothing was added."), "{problem:?}");
        assert_eq!(host.approve(&shown).unwrap_err().code, UiErrorCode::Changed, "{params}");
        host.must(ui::Reject { id: shown.id });
        let (code, message) = host.error(promised);
        assert_eq!((code, message.contains(word)), (-32602, true), "{params}: {message}");
        host.advance(candor_primitives::Millis::from_secs(120));
    };
    check(erc20(ANVIL_ACCOUNTS[3], "ETH", json!(18)), "decimals");
    check(erc20(NOTHING, "BIG", json!(18)), "decimals");
    check(erc20(PRINTS, "LIS", json!(0)), "decimals");
    check(collectible("ERC721", MOTH, "1"), "supportsInterface");
    check(collectible("ERC721", THINGS, "12"), "supportsInterface");
    check(collectible("ERC1155", PRINTS, "12"), "supportsInterface");
    check(collectible("ERC721", PRINTS, "14"), "ownerOf");
    assert_eq!(names(&mut host), Vec::<String>::new());
}

#[test]
fn a_server_that_is_down_says_nothing_of_the_token() {
    let (mut host, page) = connected();
    host.net.manners(1, "*", &Manner::Dead);
    let promised = host.ask(page, METHOD, erc20(MOTH, "MOTH", json!(6)));
    let shown = host.prompt();
    assert!(matches!(shown.ready, ReadyView::Failed { .. }), "{:?}", shown.ready);
    host.net.revive(1);
    host.must(ui::Retry { id: shown.id });
    host.agree();
    assert_eq!(host.result(promised), json!(true));

    // A collectible that is gone is nobody's.
    let promised = host.ask(page, METHOD, collectible("ERC721", PRINTS, "12"));
    host.agree();
    assert_eq!(host.result(promised), json!(true));
    host.net.chain(1).collections.get_mut(&PRINTS.parse::<Address>().unwrap()).unwrap().owners.clear();
    let print = host.must(ui::Tokens { chain_id: 1 }).remove(1).id;
    let address = ANVIL_ACCOUNTS[0].to_owned();
    assert_eq!(host.must(ui::Balance { address, chain_id: 1, token: Some(print) }).text, "not yours");

    // Nor does one that refuses for a reason of its own.
    host.net.manners(1, "eth_call", &Manner::Refuses(node_error(-32000, "header not found")));
    let promised = host.ask(page, METHOD, collectible("ERC721", PRINTS, "12"));
    let shown = host.prompt();
    assert!(matches!(shown.ready, ReadyView::Failed { .. }));
    host.must(ui::Reject { id: shown.id });
    assert_eq!(host.error(promised).0, -32000);
    let id = host.must(ui::Tokens { chain_id: 1 }).remove(0).id;
    let ask =
        |account: &str| ui::Balance { address: account.to_owned(), chain_id: 1, token: Some(id.clone()) };
    assert_eq!(host.call(ask(ANVIL_ACCOUNTS[0])).unwrap_err().code, UiErrorCode::Refused);
    host.net.manners(1, "eth_call", &Manner::Dead);
    assert_eq!(host.call(ask(ANVIL_ACCOUNTS[0])).unwrap_err().code, UiErrorCode::Unreachable);
    let unknown =
        ui::Balance { address: ANVIL_ACCOUNTS[0].to_owned(), chain_id: 1, token: Some("x".to_owned()) };
    assert_eq!(host.call(unknown).unwrap_err().code, UiErrorCode::Gone);
}

#[test]
fn until_the_chain_has_answered_nothing_can_be_agreed_to() {
    let (mut host, page) = connected();
    host.net.manners(1, "eth_call", &Manner::Slow);
    let promised = host.ask(page, METHOD, erc20(MOTH, "MOTH", json!(6)));
    let shown = host.prompt();
    assert_eq!(
        (shown.ready.clone(), shown.tone, rules(&shown)),
        (ReadyView::Preparing, Tone::Plain, String::new())
    );
    assert_eq!(plain(&shown), "Show token 0x5aAe…eAed in your wallet on Ethereum.");
    assert_eq!(host.approve(&shown).unwrap_err().code, UiErrorCode::Changed);
    host.release();
    assert_eq!(plain(&host.agree()), "Show MOTH in your wallet on Ethereum.");
    assert_eq!(host.result(promised), json!(true));
}

#[test]
fn the_core_is_lost_at_every_step() {
    let (mut world, page) = world();
    contracts(&mut world, 1);
    let story = |host: &mut Host| {
        let promised: Promised = host.ask(page, METHOD, erc20(MOTH, "MOTH", json!(6)));
        host.agree_to_all();
        host.run();
        let _ = promised;
    };
    kill_everywhere(&world, story, |host| {
        all_is_well(host);
        assert_eq!(names(host), ["MOTH"]);
    });
}

#[test]
fn the_list_has_an_end() {
    let (mut host, page) = connected();
    let me: Address = ANVIL_ACCOUNTS[0].parse().unwrap();
    let owners =
        &mut host.net.chain(1).collections.get_mut(&PRINTS.parse::<Address>().unwrap()).unwrap().owners;
    owners.extend((1..=501).map(|number| (number, me)));
    for number in 1..=500 {
        host.ask(page, METHOD, collectible("ERC721", PRINTS, &number.to_string()));
        host.agree();
    }
    let promised = host.ask(page, METHOD, collectible("ERC721", PRINTS, "501"));
    let shown = host.prompt();
    assert_eq!(host.approve(&shown).unwrap_err().title, "Your list is full.");
    let first = host.must(ui::Tokens { chain_id: 1 }).remove(0).id;
    host.must(ui::ForgetToken { chain_id: 1, token: first });
    host.agree();
    assert_eq!(host.result(promised), json!(true));
    assert_eq!(names(&mut host).len(), 500);
}

#[test]
fn a_network_that_is_taken_away_takes_its_tokens_along() {
    let (mut host, page) = connected();
    let url = "http://192.168.1.5:8545".to_owned();
    host.net.add_server(&url, 4_242);
    host.must(ui::AddNetwork { name: "Mine".to_owned(), url, symbol: "ETH".to_owned() });
    watch(&mut host, page);
    host.must(ui::SetSiteNetwork { origin: "https://a.example".to_owned(), chain_id: 4_242 });
    watch(&mut host, page);
    assert_eq!(host.must(ui::Tokens { chain_id: 4_242 }).len(), 1);
    host.must(ui::RemoveNetwork { chain_id: 4_242 });
    assert!(host.must(ui::Tokens { chain_id: 4_242 }).is_empty());
    assert_eq!(names(&mut host), ["MOTH"]);
}

#[test]
fn complaints_name_the_field() {
    let (mut host, page) = connected();
    let stranger = host.open_page("https://b.example");
    let mut check = |page, params: Value, code: i64, word: &str| {
        let promised = host.ask(page, METHOD, params.clone());
        let (got, message) = host.error(promised);
        assert_eq!((got, message.contains(word)), (code, true), "{params}: {message}");
        assert!(host.prompts().is_empty());
    };
    let with = |name: &str, value: Value| {
        let mut params = collectible("ERC721", PRINTS, "12");
        params["options"][name] = value;
        params
    };
    check(stranger, erc20(MOTH, "MOTH", json!(6)), 4100, "not connected");
    check(page, json!([]), -32602, "object");
    check(page, json!("ERC20"), -32602, "list");
    check(page, json!({}), -32602, "type");
    check(page, json!({ "type": "ERC20" }), -32602, "options");
    check(page, json!({ "type": "ERC20", "options": [] }), -32602, "options");
    check(page, json!({ "type": "erc20", "options": {} }), -32602, "type");
    check(page, json!({ "type": "ERC777", "options": { "address": MOTH } }), -32602, "type");
    check(page, json!({ "type": "ERC20", "options": {} }), -32602, "address");
    check(page, with("address", json!(7)), -32602, "address");
    check(page, with("address", json!("0x12")), -32602, "address");
    check(page, with("address", json!(PRINTS.replace('D', "d").replace("0xfB", "0xFB"))), -32602, "address");
    check(page, with("symbol", json!("TWELVE CHARS")), -32602, "symbol");
    check(page, with("symbol", json!("A\u{202e}B")), -32602, "symbol");
    check(page, with("decimals", json!(37)), -32602, "decimals");
    check(page, with("tokenId", json!(12)), -32602, "tokenId");
    check(page, with("tokenId", json!(null)), -32602, "tokenId");
    check(page, with("chainId", json!("0x2105")), -32602, "chainId");
    check(page, with("chainId", json!(10)), -32602, "chainId");
}

#[test]
fn a_token_is_added_by_its_address() {
    let (mut host, _) = connected();
    let fake: Address = NOTHING.parse().unwrap();
    let token = Token { symbol: "USDC".to_owned(), decimals: 6, allowance: 0, balance: 7_000_000 };
    host.net.chain(1).tokens.insert(fake, token);
    let account = ANVIL_ACCOUNTS[0].to_owned();
    let add = |token: &str, chain_id| ui::PrepareAddToken {
        account: account.clone(),
        chain_id,
        token: token.into(),
    };

    let mut check = |address: &str, sentence: &str, rule: &str| {
        let id = host.must(add(address, 1));
        let shown = host.agree();
        assert_eq!((shown.id, shown.origin.as_deref(), shown.kind), (id, None, RequestKind::WatchAsset));
        assert_eq!((plain(&shown).as_str(), rules(&shown).as_str()), (sentence, rule));
    };
    check(&MOTH.to_lowercase(), "Show MOTH in your wallet on Ethereum.", "");
    check(NOTHING, "Show USDC (not the known USDC) in your wallet on Ethereum.", "imitation-token");
    assert_eq!(names(&mut host), ["MOTH", "USDC (not the known USDC)"]);

    // What is no token, or none of this network, is said and cannot be agreed to; the next one takes its place.
    host.must(add(THINGS, 1));
    let shown = host.prompt();
    let ReadyView::Failed { problem, passable: false } = &shown.ready else { panic!("{shown:?}") };
    assert!(problem.text.contains("on another network"), "{problem:?}");
    assert_eq!(host.approve(&shown).unwrap_err().code, UiErrorCode::Changed);
    host.must(add(PRINTS, 1));
    assert_ne!(host.prompt().id, shown.id);

    let mut refused = |token: &str, chain_id, title: &str| {
        let said = host.call(add(token, chain_id)).unwrap_err();
        assert_eq!(said.title, title, "{token}");
    };
    refused(MOTH, 1, "This token is in your list already.");
    refused(USDC, 1, "Candor knows USDC already.");
    refused(MOTH, 77_777, "This request is gone.");
    refused("0x123", 1, "This is not an address.");
}
