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
    for version in ["eth_signTypedData_v3", "eth_signTypedData_v4"] {
        let mut check_typed = |pointer: &str, value: Value, field: &str| {
            let mut typed = crate::signing::mail(1);
            *typed.pointer_mut(pointer).unwrap() = value;
            check(version, json!([me, typed]), field);
        };
        check_typed("/domain/chainId", json!(8453), "domain.chainId");
        check_typed("/domain/chainId", json!("0x0"), "domain.chainId");
        check_typed("/domain/verifyingContract", json!(me), "domain.verifyingContract");
        check_typed("/message", json!({ "__proto__": {} }), "__proto__");
        check_typed("/message/from", json!({ "wallet": me }), "message.from.name");
        check_typed("/primaryType", json!("Letter"), "primaryType");
    }
    let v3 = "eth_signTypedData_v3";
    let mut group = crate::signing::mail(1);
    group["types"]["Mail"] = json!([{ "name": "to", "type": "Person[]" }]);
    check(v3, json!([me, group]), "message.to is a list");
    check(v3, json!([me]), "typed data");
    check(v3, json!([me, []]), "object");
    check(v3, json!([{}, me]), "address");
    for v1 in ["eth_signTypedData", "eth_signTypedData_v1"] {
        let field = |kind: &str, value: Value| json!([[{ "type": kind, "name": "x", "value": value }], me]);
        check(v1, json!([]), "address");
        check(v1, json!([me]), "list of fields");
        check(v1, json!([me, crate::signing::mail(1)]), "list of fields");
        check(v1, json!([[], me]), "list of fields");
        check(v1, json!([[{ "type": "bool", "name": "x" }], me]), "value");
        check(v1, json!([[{ "type": "bool", "name": "x", "value": true, "y": 1 }], me]), "nothing else");
        check(v1, json!([[{ "type": "bool", "name": "x", "value": true }], "you"]), "account");
        check(v1, field("uint8", json!(256)), "x");
        check(v1, field("uint8[]", json!([1])), "uint8[]");
        check(v1, field("string", json!({ "__proto__": {} })), "text");
    }
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
    check("eth_subscribe", json!([]), "newHeads");
    check("eth_subscribe", json!(["logs", { "address": "you" }]), "address");
    check("eth_subscribe", json!({}), "list");
    check("eth_newFilter", json!([]), "object");
    check("eth_newFilter", json!([{ "topics": 1 }]), "topics");
    for about_one in ["eth_unsubscribe", "eth_getFilterChanges", "eth_getFilterLogs", "eth_uninstallFilter"] {
        check(about_one, json!([]), "id");
        check(about_one, json!([7]), "id");
    }
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
        "eth_signTypedData_v2",
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
        ("eth_signTypedData_v3", json!([me, long])),
        ("eth_signTypedData_v4", json!([me, long])),
        ("eth_signTypedData", json!([[{ "type": "string", "name": "x", "value": long }], me])),
        ("personal_sign", json!([long, me])),
        ("eth_sendTransaction", json!([{ "from": me, "to": me, "data": data }])),
    ] {
        let promised = host.ask(page, method, params);
        let (code, message) = host.error(promised);
        let told = message.contains("too long") || message.contains("larger than 200 KiB");
        assert_eq!((code, told), (-32602, true), "{message}");
    }
    assert!(host.prompts().is_empty());
}
