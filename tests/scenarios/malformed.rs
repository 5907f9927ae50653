//! What is not a proper question gets a proper answer.

use candor_tests::{Host, surface::ANVIL_ACCOUNTS};
use serde_json::{Value, json};

#[test]
fn complaints_name_the_field() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let me = ANVIL_ACCOUNTS[0];
    let mut check = |method: &str, params: Value, field: &str| {
        let promised = host.ask(page, method, params.clone());
        let (code, message) = host.error(promised);
        assert_eq!(code, -32602, "{method} {params}: {message}");
        assert!(message.contains(field), "{method} {params}: {message}");
        assert!(message.ends_with('.') && !message.contains(".."), "a sentence: {message}");
    };
    let transaction = |member: &str, value: Value| {
        let mut transaction = json!({ "from": me, "to": me });
        transaction[member] = value;
        json!([transaction])
    };
    let send = "eth_sendTransaction";
    check(send, json!([]), "parameter");
    check(send, json!({}), "list");
    check(send, json!("x"), "list");
    check(send, json!([7]), "object");
    check(send, json!([{ "to": me }]), "from");
    check(send, json!([{ "from": me }]), "to");
    check(send, transaction("from", json!(7)), "from");
    check(send, transaction("from", json!("0x1")), "from");
    check(send, transaction("to", json!("vitalik.eth")), "to");
    check(send, transaction("to", json!(ANVIL_ACCOUNTS[1].replace('C', "c"))), "to");
    check(send, transaction("value", json!(1)), "value");
    check(send, transaction("value", json!("1")), "value");
    check(send, transaction("value", json!("0x01")), "value");
    check(send, transaction("value", json!(format!("0x1{}", "0".repeat(64)))), "value");
    check(send, transaction("gas", json!("0x1")), "gas");
    check(send, transaction("gas", json!("0x10000000000000000")), "gas");
    check(send, transaction("nonce", json!("later")), "nonce");
    check(send, transaction("data", json!("0x123")), "data");
    check(send, transaction("input", json!("hello")), "input");
    check(send, transaction("type", json!("0x4")), "type");
    check(send, transaction("chainId", json!("0x2105")), "chainId");
    check(send, transaction("chainId", json!(1)), "chainId");
    check(send, transaction("accessList", json!("all")), "accessList");
    check(send, transaction("accessList", json!([{ "address": me }])), "accessList");
    check(send, transaction("authorizationList", json!([])), "7702");
    check(send, transaction("blobs", json!([])), "blobs");
    check(send, transaction("gasPrice", json!("0x")), "gasPrice");
    check(send, json!([{ "from": me, "to": me, "gasPrice": "0x1", "maxFeePerGas": "0x1" }]), "gasPrice");
    check(
        send,
        json!([{ "from": me, "to": me, "maxPriorityFeePerGas": "0x2", "maxFeePerGas": "0x1" }]),
        "maxFeePerGas",
    );
    check(send, json!([{ "from": me, "to": me, "data": "0x01", "input": "0x02" }]), "input");
    check("personal_sign", json!([]), "message");
    check("personal_sign", json!(["hello"]), "address");
    check("personal_sign", json!(["hello", "you"]), "account");
    check("personal_sign", json!([7, me]), "text");
    check("eth_signTypedData_v4", json!([me]), "typed data");
    check("eth_signTypedData_v4", json!([me, 7]), "typed data");
    check("eth_signTypedData_v4", json!([me, "{"]), "");
    check("eth_signTypedData_v4", json!([me, { "types": {} }]), "");
    check("eth_signTypedData_v4", json!(["you", {}]), "account");
    check("wallet_switchEthereumChain", json!([]), "object");
    check("wallet_switchEthereumChain", json!([{}]), "chainId");
    check("wallet_switchEthereumChain", json!([{ "chainId": 1 }]), "chainId");
    check("wallet_switchEthereumChain", json!([{ "chainId": "1" }]), "chainId");
    check("wallet_switchEthereumChain", json!([{ "chainId": "0x0" }]), "chainId");
    check("wallet_switchEthereumChain", json!([{ "chainId": "0x1", "rpcUrl": "x" }]), "rpcUrl");
    check("wallet_addEthereumChain", json!([]), "network");
    check("wallet_addEthereumChain", json!([{ "chainId": "0x76adf1" }]), "nativeCurrency");
    check("wallet_requestPermissions", json!([]), "object");
    check("wallet_requestPermissions", json!([{}]), "permission");
    check("wallet_revokePermissions", json!([]), "object");
    check("eth_getBalance", json!({ "address": me }), "list");
    assert!(host.prompts().is_empty());
    assert!(host.windows.is_empty());
}

#[test]
fn methods_that_are_not_offered() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    for method in [
        "eth_sign",
        "eth_signTransaction",
        "eth_subscribe",
        "anvil_mine",
        "debug_traceCall",
        "",
        "🦊",
        "ETH_ACCOUNTS",
    ] {
        let promised = host.ask(page, method, json!([]));
        assert_eq!(host.error(promised).0, 4200, "{method}");
    }
    assert_eq!(host.net.asked, []);
}

#[test]
fn too_long_is_refused() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let me = ANVIL_ACCOUNTS[0];
    let long = "x".repeat(200 * 1024 + 1);
    let data = format!("0x{}", "00".repeat(128 * 1024 + 1));
    for (method, params) in [
        ("personal_sign", json!([long, me])),
        ("eth_sendTransaction", json!([{ "from": me, "to": me, "data": data }])),
    ] {
        let promised = host.ask(page, method, params);
        let (code, message) = host.error(promised);
        assert_eq!((code, message.contains("too long")), (-32602, true), "{message}");
    }
    assert!(host.prompts().is_empty());
}
