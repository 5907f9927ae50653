//! Too much, too large, and not who they say.

use candor_protocol::{
    host::{Effect, Sender},
    page::{FromPage, Outcome},
};
use candor_tests::{Host, host::Heard, storage::EXTENSION, surface::ANVIL_ACCOUNTS};
use serde_json::{Value, json};

/// What a page without a content script's manners sends.
fn request(client: &str, n: u64, method: &str, params: Value) -> String {
    serde_json::to_string(&FromPage::Request {
        client: client.to_owned(),
        n,
        method: method.to_owned(),
        params,
        hello: true,
    })
    .unwrap()
}

#[test]
fn ten_thousand_questions_of_one_page() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    host.logging = false;
    let promised: Vec<_> = (0..10_000)
        .map(|n| host.ask(page, "personal_sign", json!([format!("message {n}"), ANVIL_ACCOUNTS[0]])))
        .collect();
    let waiting = promised.iter().filter(|promised| host.outcome(**promised).is_none()).count();
    assert_eq!(waiting, 20);
    assert!(promised[20..].iter().all(|promised| host.error(*promised).0 == -32005));
    assert_eq!(host.prompts().len(), 20);

    let same: Vec<_> = (0..10_000).map(|_| host.ask(page, "eth_chainId", json!([]))).collect();
    assert!(same.iter().all(|promised| host.result(*promised) == json!("0x1")), "reads are never throttled");

    // Another site does not stand behind this one's flood.
    let other = host.open_page("https://b.example");
    let promised = host.ask(other, "eth_requestAccounts", json!([]));
    let shown = host.prompts().pop().unwrap();
    assert_eq!(shown.origin.as_deref(), Some("https://b.example"));
    host.approve(&shown).unwrap();
    assert!(host.result(promised).is_array());
}

#[test]
fn ten_thousand_times_the_same_question() {
    let mut host = Host::anvil();
    host.logging = false;
    let page = host.open_page("https://a.example");
    let promised: Vec<_> = (0..10_000).map(|_| host.ask(page, "eth_requestAccounts", json!([]))).collect();
    assert_eq!(host.prompts().len(), 1);
    host.agree();
    for promised in promised {
        match host.outcome(promised) {
            Some(Outcome::Result(_)) => {}
            Some(Outcome::Error(error)) => assert_eq!(error.code, -32005),
            None => panic!("unanswered"),
        }
    }
}

/// A process that was taken over can invent documents as it likes. What is remembered of them has an end.
#[test]
fn ten_thousand_invented_documents() {
    let mut host = Host::anvil();
    host.logging = false;
    let page = host.open_page("https://a.example");
    let sender = host.page(page).sender();
    for n in 0..10_000 {
        host.message_from(sender.clone(), &request(&format!("document-{n}"), 1, "eth_chainId", json!([])));
    }
    let stored = host.storage.session_text("clients").unwrap().len();
    assert!(stored < 100_000, "{stored} characters");
    // Documents that were there before still hear of changes.
    assert!(host.prompts().is_empty());
}

/// Beyond so many, documents are not told of changes; what they ask ends with them all the same.
#[test]
fn documents_that_are_not_remembered_leave_nothing_behind() {
    let check = |leave: fn(&mut Host, candor_tests::page::PageId)| {
        let mut host = Host::anvil();
        host.logging = false;
        for frame in 0..100 {
            let page = host.open_frame("https://a.example", 7, frame, "https://a.example/");
            host.ask(page, "eth_chainId", json!([]));
        }
        let last = host.open_frame("https://a.example", 7, 100, "https://a.example/");
        host.ask(last, "eth_requestAccounts", json!([]));
        assert_eq!(host.prompts().len(), 1);

        let attacker = host.open_page("https://evil.example");
        let gone = FromPage::Gone { client: host.page(last).client.clone() };
        let sender = host.page(attacker).sender();
        host.message_from(sender, &serde_json::to_string(&gone).unwrap());
        assert_eq!(host.prompts().len(), 1, "no other origin can say so");

        leave(&mut host, last);
        assert!(host.prompts().is_empty());
    };
    check(|host, last| host.leave(last));
    check(|host, _| host.close_tab(7));
}

#[test]
fn whose_document_it_is_says_the_browser() {
    let mut host = Host::anvil();
    let victim = host.connected("https://a.example");
    let waits = host.ask(victim, "personal_sign", json!(["hello", ANVIL_ACCOUNTS[0]]));
    let client = host.page(victim).client.clone();
    let attacker = host.open_page("https://evil.example");
    let sender = host.page(attacker).sender();

    let gone = serde_json::to_string(&FromPage::Gone { client: client.clone() }).unwrap();
    host.message_from(sender.clone(), &gone);
    assert_eq!(host.prompts().len(), 1, "the other's request still waits");

    // The victim's own message, word for word, from another origin.
    let text = host.page(victim).promises[&waits.n].text.clone();
    let reply = host.message_from(sender.clone(), &text);
    let Some(Heard::Body(body)) = host.heard(reply) else { panic!("an answer") };
    assert!(body.contains("4100"), "{body}");

    let reply = host.message_from(sender, &request(&client, 99, "eth_accounts", json!([])));
    let Some(Heard::Body(body)) = host.heard(reply) else { panic!("an answer") };
    assert!(!body.to_lowercase().contains(&ANVIL_ACCOUNTS[0].to_lowercase()), "{body}");

    // What the victim was told last is not touched: it still hears of its next change.
    host.must(candor_protocol::ui::DisconnectSite { origin: "https://a.example".to_owned() });
    assert_eq!(host.page(victim).events, ["accountsChanged "]);
    assert_eq!(host.error(waits).0, 4001);
}

#[test]
fn senders_without_a_web_address_get_nothing() {
    let good = Sender {
        id: Some(EXTENSION.to_owned()),
        url: Some("https://a.example/".to_owned()),
        origin: Some("https://a.example".to_owned()),
        tab: Some(1),
        frame: Some(0),
        tab_url: Some("https://a.example/".to_owned()),
    };
    let check = |sender: Sender| {
        let mut host = Host::anvil();
        for text in [
            request("x", 1, "eth_requestAccounts", json!([])),
            r#"{"Accounts":{}}"#.to_owned(),
            r#"{"Lock":{}}"#.to_owned(),
            "not JSON".to_owned(),
        ] {
            let reply = host.message_from(sender.clone(), &text);
            let Some(Heard::Body(body)) = host.heard(reply) else { panic!("an answer") };
            assert!(body.contains("4100"), "{sender:?}: {body}");
        }
        assert_eq!(host.stage(), candor_protocol::view::Stage::Unlocked);
        assert!(host.prompts().is_empty());
    };
    check(Sender::default());
    check(Sender { id: None, ..good.clone() });
    check(Sender { id: Some("another".to_owned()), ..good.clone() });
    check(Sender { origin: None, ..good.clone() });
    check(Sender { origin: Some("null".to_owned()), ..good.clone() });
    check(Sender { origin: Some("file://".to_owned()), ..good.clone() });
    check(Sender { origin: Some("chrome-extension://other".to_owned()), ..good.clone() });
    check(Sender { tab: None, ..good.clone() });
    check(Sender { frame: None, ..good.clone() });
    let own = "chrome-extension://candor/page.html".to_owned();
    check(Sender { url: Some(own), ..good });
}

#[test]
fn what_is_no_message_of_a_page_is_refused() {
    let mut host = Host::anvil();
    let page = host.open_page("https://a.example");
    let sender = host.page(page).sender();
    for text in [
        "",
        "null",
        "[]",
        "{}",
        r#"{"Lock":{}}"#,
        r#"{"request":{}}"#,
        r#"{"poll":{}}"#,
        r#"{"poll":{"watches":{}}}"#,
        &format!(r#"{{"poll":{{"watches":[{}null]}}}}"#, "null,".repeat(32)),
        r#"{"request":{"client":"","n":1,"method":"eth_chainId"}}"#,
        r#"{"request":{"client":"x","n":-1,"method":"eth_chainId"}}"#,
        r#"{"request":{"client":"x","n":1.5,"method":"eth_chainId"}}"#,
        &request(&"x".repeat(65), 1, "eth_chainId", json!([])),
        &request("x", u64::MAX, "eth_chainId", json!([])),
    ] {
        let reply = host.message_from(sender.clone(), text);
        let Some(Heard::Body(body)) = host.heard(reply) else { panic!("an answer") };
        assert!(body.contains("-32600"), "{text}: {body}");
    }
    assert!(host.log.iter().all(|logged| !matches!(logged.effect, Some(Effect::OpenApproval { .. }))));
}
