//! Messages and typed data: what is signed is what was shown.

use candor_protocol::{
    ui::{self, UiErrorCode},
    view::{RequestKind, Tone},
};
use candor_signer::{LegacyTypedData, TypedData, message::personal_digest, recover};
use candor_tests::{Host, page::Promised, surface::ANVIL_ACCOUNTS};
use serde_json::{Value, json};

/// The example of EIP-712.
pub(crate) fn mail(chain: u64) -> Value {
    json!({
        "types": {
            "EIP712Domain": [
                { "name": "name", "type": "string" }, { "name": "version", "type": "string" },
                { "name": "chainId", "type": "uint256" }, { "name": "verifyingContract", "type": "address" },
            ],
            "Person": [{ "name": "name", "type": "string" }, { "name": "wallet", "type": "address" }],
            "Mail": [
                { "name": "from", "type": "Person" }, { "name": "to", "type": "Person" },
                { "name": "contents", "type": "string" },
            ],
        },
        "primaryType": "Mail",
        "domain": {
            "name": "Ether Mail", "version": "1", "chainId": chain,
            "verifyingContract": "0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC",
        },
        "message": {
            "from": { "name": "Cow", "wallet": "0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826" },
            "to": { "name": "Bob", "wallet": "0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB" },
            "contents": "Hello, Bob!",
        },
    })
}

/// A network that is not built in.
pub(crate) fn elsewhere() -> Value {
    json!([{
        "chainId": "0x76adf3", "chainName": "Elsewhere", "rpcUrls": ["https://rpc.elsewhere.example"],
        "nativeCurrency": { "name": "Ether", "symbol": "ETH", "decimals": 18 },
    }])
}

fn signer(host: &Host, promised: Promised, digest: candor_primitives::B256) -> String {
    let signature = host.result(promised);
    let bytes = hex::decode(signature.as_str().unwrap().strip_prefix("0x").unwrap()).unwrap();
    recover(&bytes.try_into().unwrap(), digest).unwrap().to_string()
}

#[test]
fn text_and_bytes() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let mut check = |params: Value, signed: &[u8], words: Option<&str>| {
        let promised = host.ask(page, "personal_sign", params.clone());
        let shown = host.agree();
        assert_eq!(shown.kind, RequestKind::Message);
        if let Some(words) = words {
            let slots = shown.sentence.slots.iter().map(|slot| slot.exact.as_str());
            assert!(slots.chain(shown.words.as_deref()).any(|text| text == words), "{params}: {shown:#?}");
        }
        assert_eq!(signer(&host, promised, personal_digest(signed)), ANVIL_ACCOUNTS[0], "{params}");
    };
    let account = ANVIL_ACCOUNTS[0];
    check(json!(["hello", account]), b"hello", Some("hello"));
    check(json!(["0x68656c6c6f", account]), b"hello", Some("hello"));
    check(json!([account, "hello"]), b"hello", Some("hello"));
    check(json!([account.to_lowercase(), "0x68656c6c6f"]), b"hello", None);
    check(json!(["0xdeadbeef", account]), &[0xde, 0xad, 0xbe, 0xef], None);
    check(json!(["0x", account]), b"", None);
    check(json!(["0xabc", account]), b"0xabc", Some("0xabc"));
    check(json!([account, account]), &hex::decode(account.trim_start_matches("0x")).unwrap(), None);
    check(json!(["grüße", account, "a password"]), "grüße".as_bytes(), Some("grüße"));
}

#[test]
fn who_signed_a_message() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let promised = host.ask(page, "personal_sign", json!(["hello", ANVIL_ACCOUNTS[0]]));
    host.agree();
    let signature = host.result(promised).clone();
    let stranger = host.open_page("https://b.example");
    let recovered = host.ask(stranger, "personal_ecRecover", json!(["hello", &signature]));
    assert_eq!(host.result(recovered), ANVIL_ACCOUNTS[0].to_lowercase());
    let refused = host.ask(stranger, "personal_ecRecover", json!(["hello", "0x12"]));
    assert!(host.error(refused).1.contains("signature"));
}

#[test]
fn typed_data_as_object_or_text() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let digest = TypedData::parse(&mail(1)).unwrap().digest();
    for data in [mail(1), json!(mail(1).to_string())] {
        let promised = host.ask(page, "eth_signTypedData_v4", json!([ANVIL_ACCOUNTS[0], data]));
        assert_eq!(host.agree().kind, RequestKind::TypedData);
        assert_eq!(signer(&host, promised, digest), ANVIL_ACCOUNTS[0]);
    }
}

#[test]
fn the_third_version_is_shown_and_signed_like_the_fourth() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let digest = TypedData::parse(&mail(1)).unwrap().digest();
    let mut fourth = None;
    for method in ["eth_signTypedData_v4", "eth_signTypedData_v3"] {
        for data in [mail(1), json!(mail(1).to_string())] {
            let promised = host.ask(page, method, json!([ANVIL_ACCOUNTS[0], data]));
            let shown = host.agree();
            let told = (shown.kind, shown.sentence, shown.notes, shown.facts, shown.verb);
            assert_eq!(*fourth.get_or_insert_with(|| told.clone()), told, "{method}");
            assert_eq!(signer(&host, promised, digest), ANVIL_ACCOUNTS[0], "{method}");
        }
    }
    // Where the two differ, each signs its own: a field at the end that is absent.
    let mut short = mail(1);
    short["message"].as_object_mut().unwrap().remove("contents");
    let promised = host.ask(page, "eth_signTypedData_v3", json!([ANVIL_ACCOUNTS[0], short]));
    assert!(host.agree().facts.iter().all(|fact| fact.label != "contents"));
    let digest = TypedData::parse_v3(&short).unwrap().digest();
    assert_eq!(signer(&host, promised, digest), ANVIL_ACCOUNTS[0]);
}

/// The message of MetaMask's test dApp.
fn legacy() -> Value {
    json!([
        { "type": "string", "name": "Message", "value": "Hi, Alice!" },
        { "type": "uint32", "name": "A number", "value": "1337" },
    ])
}

#[test]
fn the_first_version_is_signed_with_a_warning() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let digest = LegacyTypedData::parse(&legacy()).unwrap().digest();
    for method in ["eth_signTypedData", "eth_signTypedData_v1"] {
        for params in [json!([legacy(), ANVIL_ACCOUNTS[0]]), json!([ANVIL_ACCOUNTS[0], legacy()])] {
            let promised = host.ask(page, method, params);
            let shown = host.agree();
            assert_eq!((shown.kind, shown.tone), (RequestKind::TypedData, Tone::Risk));
            let rules: Vec<_> = shown.notes.iter().map(|note| (note.rule.as_str(), note.tone)).collect();
            assert_eq!(rules, [("old-typed-data", Tone::Risk)]);
            for row in [("string Message", "Hi, Alice!"), ("uint32 A number", "1337")] {
                let mut facts = shown.facts.iter().map(|fact| (fact.label.as_str(), fact.value.as_str()));
                assert!(facts.any(|fact| fact == row), "{row:?}: {:#?}", shown.facts);
            }
            assert_eq!(signer(&host, promised, digest), ANVIL_ACCOUNTS[0], "{method}");
        }
    }
}

/// An account that a site sees is refused as the contract of typed data; for one that it does not see a refusal would
/// tell it that the account is here.
#[test]
fn an_own_account_is_no_contract() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    for method in ["eth_signTypedData_v3", "eth_signTypedData_v4"] {
        let mut check = |contract: &str, warned: Option<bool>| {
            let mut typed = mail(1);
            typed["domain"]["verifyingContract"] = json!(contract);
            let promised = host.ask(page, method, json!([ANVIL_ACCOUNTS[0], typed]));
            let Some(warned) = warned else {
                assert!(host.error(promised).1.contains("verifyingContract"), "{contract}");
                return;
            };
            let shown = host.agree();
            let rules: Vec<_> = shown.notes.iter().map(|note| note.rule.as_str()).collect();
            assert_eq!(rules.contains(&"own-contract"), warned, "{contract}: {rules:?}");
            assert_eq!(shown.tone, Tone::Risk);
        };
        check(ANVIL_ACCOUNTS[0], None);
        check(&ANVIL_ACCOUNTS[0].to_lowercase(), None);
        check(ANVIL_ACCOUNTS[1], Some(true));
        check(ANVIL_ACCOUNTS[4], Some(false));
    }
}

#[test]
fn a_sign_in_is_told_apart() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let text = format!(
        "a.example wants you to sign in with your Ethereum account:\n{}\n\nWelcome\n\nURI: https://a.example/login\n\
         Version: 1\nChain ID: 1\nNonce: 32891756\nIssued At: 2023-11-14T22:13:20Z",
        ANVIL_ACCOUNTS[0]
    );
    host.ask(page, "personal_sign", json!([text, ANVIL_ACCOUNTS[0]]));
    let shown = host.prompt();
    assert_eq!((shown.kind, shown.words.as_deref()), (RequestKind::SignIn, Some(text.as_str())));
}

#[test]
fn nothing_is_signed_that_was_not_shown() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let promised = host.ask(page, "personal_sign", json!(["hello", ANVIL_ACCOUNTS[0]]));
    let shown = host.prompt();
    let mut other = shown.clone();
    for fingerprint in ["", "0x", &format!("0x{}", "00".repeat(32))] {
        fingerprint.clone_into(&mut other.fingerprint);
        assert_eq!(host.approve(&other).unwrap_err().code, UiErrorCode::Changed);
    }
    host.must(ui::Lock {});
    assert_eq!(host.approve(&shown).unwrap_err().code, UiErrorCode::Locked);
    assert_eq!(host.outcome(promised), None, "it still waits");
    host.unlock();
    host.approve(&shown).unwrap();
    assert_eq!(host.approve(&shown).unwrap_err().code, UiErrorCode::Gone);
    assert_eq!(signer(&host, promised, personal_digest(b"hello")), ANVIL_ACCOUNTS[0]);
}

#[test]
fn only_accounts_that_the_site_was_granted() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let stranger = host.open_page("https://b.example");
    let mut check = |page, account: &str| {
        for (method, params) in [
            ("personal_sign", json!(["hello", account])),
            ("eth_signTypedData", json!([legacy(), account])),
            ("eth_signTypedData_v3", json!([account, mail(1)])),
            ("eth_signTypedData_v4", json!([account, mail(1)])),
            ("eth_sendTransaction", json!([{ "from": account, "to": account }])),
        ] {
            let promised = host.ask(page, method, params);
            assert_eq!(host.error(promised).0, 4100, "{method}");
        }
        assert!(host.prompts().is_empty());
    };
    check(page, ANVIL_ACCOUNTS[1]);
    check(page, ANVIL_ACCOUNTS[4]);
    check(stranger, ANVIL_ACCOUNTS[0]);
}

/// The key of an account that is not in the vault does not sign, whatever the list of accounts says.
#[test]
fn a_list_of_accounts_that_was_tampered_with_signs_nothing() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    host.kill();
    host.storage.tamper("accounts", |json| json.replace("m/44'/60'/0'/0/0", "m/44'/60'/0'/0/4"));
    let promised = host.ask(page, "personal_sign", json!(["hello", ANVIL_ACCOUNTS[0]]));
    let shown = host.prompt();
    assert_eq!(host.approve(&shown).unwrap_err().code, UiErrorCode::Damaged);
    assert_eq!(host.outcome(promised), None);
}
