//! One stored text of every record and version, which must open for ever and is what is written today.

use candor_primitives::{Address, ChainId, Millis, Origin};
use candor_protocol::view::SentenceView;

use super::*;

/// `text` is without its checksum, which another test pins.
fn check<R: Record + PartialEq + core::fmt::Debug>(record: &R, text: &str) {
    let text = with_checksum(text);
    assert_eq!(encode(record), text);
    assert_eq!(decode::<R>(&text).as_ref(), Ok(record));
}

fn with_checksum(text: &str) -> String {
    let (head, json) = text.split_at(text.find('{').unwrap_or(text.len()));
    format!("{head}{}:{json}", codec::checksum(json))
}

fn account() -> Address {
    "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266".parse().unwrap()
}

fn base() -> ChainId {
    ChainId::new(8453).unwrap()
}

#[test]
fn accounts_version_1() {
    let list = vec![Account {
        address: account(),
        name: "Everyday".into(),
        keyring: "00112233445566778899aabbccddeeff".into(),
        path: "m/44'/60'/0'/0/0".into(),
    }];
    check(
        &Accounts { list, selected: Some(account()) },
        r#"candor:accounts:1:{"list":[{"address":"0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266","name":"Everyday","keyring":"00112233445566778899aabbccddeeff","path":"m/44'/60'/0'/0/0"}],"selected":"0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"}"#,
    );
}

#[test]
fn networks_version_1() {
    let custom = vec![CustomNetwork {
        chain: base(),
        name: "Mine".into(),
        symbol: "ETH".into(),
        endpoints: vec!["http://127.0.0.1:8545".into()],
        explorer: None,
    }];
    check(
        &Networks { servers: Some(Servers::Public), custom, current: base() },
        r#"candor:networks:1:{"servers":"public","custom":[{"chain":8453,"name":"Mine","symbol":"ETH","endpoints":["http://127.0.0.1:8545"],"explorer":null}],"current":8453}"#,
    );
}

#[test]
fn sites_version_1() {
    let site =
        Site { accounts: vec![account()], chain: base(), since: Millis(1_700_000_000_000), times_used: 3 };
    check(
        &Sites { by_origin: [("https://app.example".to_owned(), site)].into() },
        r#"candor:sites:1:{"by_origin":{"https://app.example":{"accounts":["0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"],"chain":8453,"since":1700000000000,"times_used":3}}}"#,
    );
}

#[test]
fn small_records_version_1() {
    check(
        &Setup { step: SetupStep::Finished, backed_up: true, set_aside: false, backup_at: Some(Millis(5)) },
        r#"candor:setup:1:{"step":"finished","backed_up":true,"set_aside":false,"backup_at":5}"#,
    );
    check(
        &Settings { auto_lock_minutes: 15, lock_with_system: true, theme: ThemeChoice::Dark },
        r#"candor:settings:1:{"auto_lock_minutes":15,"lock_with_system":true,"theme":"dark"}"#,
    );
    check(
        &Guard { failures: 6, not_before: Millis(1_700_000_000_000) },
        r#"candor:guard:1:{"failures":6,"not_before":1700000000000}"#,
    );
}

#[test]
fn transactions_version_1() {
    let sent = Sent {
        hash: candor_primitives::B256::repeat_byte(0x11),
        raw: vec![2, 0xc0].into(),
        from: account(),
        chain: base(),
        nonce: 7,
        origin: Origin::new("https://app.example").ok(),
        sentence: SentenceView { key: "deploy".into(), pattern: "Publish.".into(), slots: Vec::new() },
        at: Millis(1_700_000_000_000),
        state: TxState::Worked { fee: Some(21) },
        attempted: Some(Millis(1_700_000_000_001)),
        overtaken: None,
        refusal: None,
        request: None,
    };
    check(
        &Transactions { list: vec![sent] },
        r#"candor:transactions:1:{"list":[{"hash":"0x1111111111111111111111111111111111111111111111111111111111111111","raw":"0x02c0","from":"0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266","chain":8453,"nonce":7,"origin":"https://app.example","sentence":{"key":"deploy","pattern":"Publish.","slots":[]},"at":1700000000000,"state":{"Worked":{"fee":21}},"attempted":1700000000001,"overtaken":null,"refusal":null,"request":null}]}"#,
    );
}

#[test]
fn the_checksum_is_the_same_for_ever() {
    let text =
        r#"candor:settings:1:2aeff63b:{"auto_lock_minutes":15,"lock_with_system":true,"theme":"dark"}"#;
    assert_eq!(
        encode(&Settings { auto_lock_minutes: 15, lock_with_system: true, theme: ThemeChoice::Dark }),
        text
    );
}

#[test]
fn what_is_not_the_record_is_refused() {
    let check = |text: &str, expected: codec::RecordError| {
        assert_eq!(decode::<Settings>(text), Err(expected), "{text}");
    };
    let good = r#"{"auto_lock_minutes":15,"lock_with_system":true,"theme":"dark"}"#;
    check("", codec::RecordError::Damaged);
    check(&with_checksum("candor:settings:1:{"), codec::RecordError::Damaged);
    check(&with_checksum("candor:sites:1:{}"), codec::RecordError::Damaged);
    check(&with_checksum(&format!("candor:settings:0:{good}")), codec::RecordError::Damaged);
    check(&format!("candor:settings:1:{good}"), codec::RecordError::Damaged);
    check(&format!("candor:settings:1:00000000:{good}"), codec::RecordError::Damaged);
    check(&with_checksum("candor:settings:2:{}"), codec::RecordError::Newer);
    // Every single letter counts.
    let text = with_checksum(&format!("candor:settings:1:{good}"));
    for at in 0..text.len() {
        let mut changed = text.clone().into_bytes();
        changed[at] ^= 1;
        assert!(decode::<Settings>(core::str::from_utf8(&changed).unwrap()).is_err(), "{at}");
    }
}
