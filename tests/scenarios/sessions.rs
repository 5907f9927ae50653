//! Networks that a site may use, as EIP-2255 and CAIP-25 say it, and asking on one of them (CAIP-27).

use candor_protocol::ui;
use candor_tests::{Host, page::PageId, surface::ANVIL_ACCOUNTS};
use serde_json::{Value, json};

const SITE: &str = "https://a.example";

fn account() -> String {
    ANVIL_ACCOUNTS[0].to_lowercase()
}

/// What was shown, and what the page got for agreeing.
fn agreed(host: &mut Host, page: PageId, method: &str, params: Value) -> (String, Value) {
    let promised = host.ask(page, method, params);
    let shown = host.agree();
    let slots = shown.sentence.slots.iter().map(|slot| slot.text.as_str()).collect::<Vec<_>>().join(" | ");
    (slots, host.result(promised))
}

fn code(host: &mut Host, page: PageId, method: &str, params: Value) -> i64 {
    let promised = host.ask(page, method, params);
    host.error(promised).0
}

fn value(host: &mut Host, page: PageId, method: &str, params: Value) -> Value {
    let promised = host.ask(page, method, params);
    host.result(promised)
}

/// The networks of an EIP-2255 answer.
fn caveat(permissions: &Value) -> Value {
    let all = permissions.as_array().unwrap().iter();
    let mut chains = all.filter(|one| one["parentCapability"] == "endowment:permitted-chains");
    chains.next().unwrap()["caveats"][0]["value"].clone()
}

fn scopes(session: &Value) -> Vec<String> {
    session["sessionScopes"].as_object().unwrap().keys().cloned().collect()
}

#[test]
fn networks_are_granted_with_accounts() {
    let mut host = Host::anvil();
    let page = host.open_page(SITE);
    let ask = |chains: Value| {
        let caveats = json!([{ "type": "restrictNetworkSwitching", "value": chains }]);
        json!([{ "eth_accounts": {}, "endowment:permitted-chains": { "caveats": caveats } }])
    };
    assert_eq!(code(&mut host, page, "wallet_requestPermissions", ask(json!(["0x999999"]))), 4902);
    assert_eq!(code(&mut host, page, "wallet_requestPermissions", ask(json!([1]))), -32602);
    let many: Value = (1..=51).map(|number| json!(format!("0x{number:x}"))).collect();
    assert_eq!(code(&mut host, page, "wallet_requestPermissions", ask(many)), -32602);
    // Which network is missing is not said, or a site could ask for one after the other.
    let missing = |host: &mut Host, chains: Value| {
        let promised = host.ask(page, "wallet_requestPermissions", ask(chains));
        host.error(promised)
    };
    let one = missing(&mut host, json!(["0x1", "0x999999"]));
    assert_eq!(missing(&mut host, json!(["0x999998", "0x999999"])), one);
    let (shown, permissions) =
        agreed(&mut host, page, "wallet_requestPermissions", ask(json!(["0x1", "0x2105", "0x1"])));
    assert_eq!(shown, "a.example | 1 account | 2 networks");
    assert_eq!(caveat(&permissions), json!(["0x1", "0x2105"]));
    assert_eq!(host.must(ui::Site { origin: SITE.to_owned() }).networks, ["Ethereum", "Base"]);

    // What a person agrees to later joins them.
    agreed(&mut host, page, "wallet_switchEthereumChain", json!([{ "chainId": "0xa" }]));
    let permissions = value(&mut host, page, "wallet_getPermissions", json!([]));
    assert_eq!(caveat(&permissions), json!(["0xa", "0x1", "0x2105"]));
}

#[test]
fn a_site_that_only_switched_is_not_connected() {
    let mut host = Host::anvil();
    let page = host.open_page(SITE);
    agreed(&mut host, page, "wallet_switchEthereumChain", json!([{ "chainId": "0xa" }]));
    assert!(host.must(ui::Sites {}).is_empty());
    agreed(&mut host, page, "eth_requestAccounts", json!([]));
    assert_eq!(host.must(ui::Sites {})[0].networks, ["OP Mainnet"]);
}

#[test]
fn a_session_names_accounts_on_each_network() {
    let mut host = Host::anvil();
    let page = host.open_page(SITE);
    assert_eq!(value(&mut host, page, "wallet_getSession", json!([])), json!({ "sessionScopes": {} }));
    let asked = json!({
        "requiredScopes": { "eip155:1": { "methods": [], "notifications": [] } },
        "optionalScopes": {
            "eip155": { "references": ["8453", "999999"], "methods": [], "notifications": [] },
            "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp": { "methods": [] },
            "wallet:eip155": { "methods": [] },
        },
    });
    let (shown, session) = agreed(&mut host, page, "wallet_createSession", asked.clone());
    assert_eq!(shown, "a.example | 1 account | 2 networks");
    assert_eq!(scopes(&session), ["eip155:1", "eip155:8453"]);
    let base = &session["sessionScopes"]["eip155:8453"];
    assert_eq!(base["accounts"], json!([format!("eip155:8453:{}", account())]));
    assert!(base["methods"].as_array().unwrap().contains(&json!("personal_sign")));
    assert_eq!(value(&mut host, page, "wallet_getSession", json!([])), session);
    assert_eq!(value(&mut host, page, "wallet_createSession", asked), session, "granted already");
    assert_eq!(value(&mut host, page, "eth_accounts", json!([])), json!([account()]));
    assert_eq!(value(&mut host, page, "wallet_revokeSession", json!([])), json!(true));
    assert_eq!(value(&mut host, page, "eth_accounts", json!([])), json!([]));
    assert_eq!(
        code(&mut host, page, "wallet_invokeMethod", invoke("eip155:1", "eth_chainId", json!([]))),
        4100
    );
}

#[test]
fn what_cannot_be_granted() {
    let mut host = Host::anvil();
    let page = host.open_page(SITE);
    let mut check = |params: Value, expected: i64| {
        assert_eq!(code(&mut host, page, "wallet_createSession", params.clone()), expected, "{params}");
    };
    check(json!([]), 5100);
    check(json!({}), 5100);
    check(json!({ "requiredScopes": { "eip155:999999": {} } }), 5100);
    check(json!({ "requiredScopes": { "eip155:1": {}, "solana:x": {} } }), 5100);
    check(json!({ "optionalScopes": { "eip155:01": {} } }), 5100);
    check(json!({ "optionalScopes": { "eip155:0": {} } }), 5100);
    check(json!({ "optionalScopes": { "eip155:1": 5 } }), -32602);
    check(json!({ "optionalScopes": 5 }), -32602);
    assert!(host.windows.is_empty());
}

fn invoke(scope: &str, method: &str, params: Value) -> Value {
    json!({ "scope": scope, "request": { "method": method, "params": params } })
}

#[test]
fn a_method_is_called_on_the_network_of_its_scope() {
    let mut host = Host::anvil();
    let page = host.open_page(SITE);
    let asked = json!([{}, { "eip155:1": {}, "eip155:8453": {} }]);
    agreed(&mut host, page, "wallet_createSession", asked);
    let mut check = |scope: &str, method: &str, params: Value, expected: Result<Value, i64>| {
        let asked = invoke(scope, method, params);
        match expected {
            Ok(expected) => assert_eq!(value(&mut host, page, "wallet_invokeMethod", asked), expected),
            Err(expected) => {
                assert_eq!(code(&mut host, page, "wallet_invokeMethod", asked.clone()), expected, "{asked}");
            }
        }
    };
    check("eip155:8453", "eth_chainId", json!([]), Ok(json!("0x2105")));
    check("eip155:1", "eth_chainId", json!([]), Ok(json!("0x1")));
    check("eip155:8453", "eth_accounts", json!([]), Ok(json!([account()])));
    check("eip155:8453", "eth_blockNumber", json!([]), Ok(json!("0x10")));
    check("eip155:10", "eth_chainId", json!([]), Err(4100));
    check("wallet", "eth_chainId", json!([]), Err(4100));
    check("", "eth_chainId", json!([]), Err(4100));
    check("eip155:1", "wallet_switchEthereumChain", json!([{ "chainId": "0xa" }]), Err(4200));
    let elsewhere = json!([{ "version": "2.0.0", "chainId": "0x1", "atomicRequired": false, "calls": [{}] }]);
    check("eip155:8453", "wallet_sendCalls", elsewhere, Err(-32602));
    check("eip155:1", "wallet_invokeMethod", json!([]), Err(4200));
    check("eip155:1", "debug_traceTransaction", json!([]), Err(4200));
    assert_eq!(code(&mut host, page, "wallet_invokeMethod", json!({ "scope": "eip155:1" })), -32602);
    assert_eq!(code(&mut host, page, "wallet_invokeMethod", json!(["eip155:1", { "method": 5 }])), -32602);

    let payment = json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0x1" }]);
    let promised =
        host.ask(page, "wallet_invokeMethod", invoke("eip155:8453", "eth_sendTransaction", payment));
    assert_eq!(host.agree().network.chain_id, 8453);
    assert_eq!(host.result(promised), json!(host.net.chain(8453).taken[0].hash));
    assert!(host.net.chain(1).taken.is_empty());
    let typed = |chain| {
        invoke("eip155:8453", "eth_signTypedData_v4", json!([ANVIL_ACCOUNTS[0], crate::signing::mail(chain)]))
    };
    assert_eq!(code(&mut host, page, "wallet_invokeMethod", typed(1)), -32602, "it counts elsewhere");
    agreed(&mut host, page, "wallet_invokeMethod", typed(8453));
    assert_eq!(
        value(&mut host, page, "eth_chainId", json!([])),
        json!("0x1"),
        "the site's own network stays"
    );
}
