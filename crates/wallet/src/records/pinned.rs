//! One stored text of every record and version, which must open for ever and is what is written today.

use candor_primitives::{Address, Bytes, ChainId, Millis, Origin, U256};
use candor_protocol::{page::Outcome, view::SentenceView};
use serde_json::Value;

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

fn site() -> Origin {
    Origin::new("https://app.example").unwrap()
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
    let site = Site {
        accounts: vec![account()],
        chain: base(),
        chains: vec![base()],
        since: Millis(1_700_000_000_000),
        times_used: 3,
        last_used: Some(Millis(1_700_000_000_001)),
    };
    check(
        &Sites { by_origin: [("https://app.example".to_owned(), site)].into(), ..Sites::default() },
        r#"candor:sites:1:{"by_origin":{"https://app.example":{"accounts":["0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"],"chain":8453,"chains":[8453],"since":1700000000000,"times_used":3,"last_used":1700000000001}}}"#,
    );
    check(
        &Sites {
            preferred: true,
            preferred_at: vec!["https://yes.example".into()],
            not_preferred_at: vec!["https://no.example".into()],
            as_metamask_at: vec!["https://old.example".into()],
            ..Sites::default()
        },
        r#"candor:sites:1:{"by_origin":{},"preferred":true,"preferred_at":["https://yes.example"],"not_preferred_at":["https://no.example"],"as_metamask_at":["https://old.example"]}"#,
    );
}

#[test]
fn small_records_version_1() {
    check(
        &Setup {
            step: SetupStep::Finished,
            backed_up: true,
            made: Some("0a".to_owned()),
            set_aside: false,
            backup_at: Some(Millis(5)),
            checked_at: Some(Millis(6)),
        },
        r#"candor:setup:1:{"step":"finished","backed_up":true,"made":"0a","set_aside":false,"backup_at":5,"checked_at":6}"#,
    );
    check(
        &Settings { theme: ThemeChoice::Dark, ..Settings::default() },
        r#"candor:settings:1:{"auto_lock_minutes":15,"lock_with_system":true,"theme":"dark"}"#,
    );
    check(
        &Settings { tells: true, undo_seconds: 0, undo_for_sites: true, ..Settings::default() },
        r#"candor:settings:1:{"auto_lock_minutes":15,"lock_with_system":true,"theme":"system","tells":true,"undo_seconds":0,"undo_for_sites":true}"#,
    );
    check(
        &Settings { currency: Some("EUR".to_owned()), ..Settings::default() },
        r#"candor:settings:1:{"auto_lock_minutes":15,"lock_with_system":true,"theme":"system","currency":"EUR"}"#,
    );
    check(
        &Guard { failures: 6, not_before: Millis(1_700_000_000_000) },
        r#"candor:guard:1:{"failures":6,"not_before":1700000000000}"#,
    );
}

#[test]
fn portfolio_version_1() {
    let (account, chain) = (Address::repeat_byte(1), ChainId::new(8453).unwrap());
    let held = vec![Held { token: Some(Address::repeat_byte(2)), units: U256::from(12) }];
    let on = HadOn { chain, at: Millis(5), held, unread: vec![None] };
    let price = FoundPrice {
        what: "ETH/USD".to_owned(),
        value: U256::from(7),
        of_pool: false,
        at: Millis(3),
        until: Millis(9),
    };
    check(
        &Portfolio { accounts: vec![Had { account, chains: vec![on] }], prices: vec![price] },
        r#"candor:portfolio:1:{"accounts":[{"account":"0x0101010101010101010101010101010101010101","chains":[{"chain":8453,"at":5,"held":[{"token":"0x0202020202020202020202020202020202020202","units":"0xc"}],"unread":[null]}]}],"prices":[{"what":"ETH/USD","value":"0x7","of_pool":false,"at":3,"until":9}]}"#,
    );
}

#[test]
fn contacts_version_1() {
    let record = Contacts { list: vec![Contact { address: account(), name: "Maria".to_owned() }] };
    check(
        &record,
        r#"candor:contacts:1:{"list":[{"address":"0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266","name":"Maria"}]}"#,
    );
}

#[test]
fn tokens_version_1() {
    let token = |kind, number: Option<u64>, name: &str, decimals, origin| Token {
        chain: base(),
        kind,
        address: account(),
        number: number.map(U256::from),
        name: name.to_owned(),
        decimals,
        origin,
        since: Millis(1_700_000_000_000),
    };
    let list = vec![
        token(TokenKind::Erc20, None, "USDC", 6, Some(site())),
        token(TokenKind::Erc721, Some(12), "Lisbon Prints", 0, None),
        token(TokenKind::Erc1155, Some(13), "", 0, None),
    ];
    check(
        &Tokens { list },
        r#"candor:tokens:1:{"list":[{"chain":8453,"kind":"Erc20","address":"0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266","number":null,"name":"USDC","decimals":6,"origin":"https://app.example","since":1700000000000},{"chain":8453,"kind":"Erc721","address":"0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266","number":"0xc","name":"Lisbon Prints","decimals":0,"origin":null,"since":1700000000000},{"chain":8453,"kind":"Erc1155","address":"0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266","number":"0xd","name":"","decimals":0,"origin":null,"since":1700000000000}]}"#,
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
        after: None,
        undo: None,
        replaces: None,
        missing: None,
        forgotten: false,
    };
    check(
        &Transactions { list: vec![sent], batches: Vec::new() },
        r#"candor:transactions:1:{"list":[{"hash":"0x1111111111111111111111111111111111111111111111111111111111111111","raw":"0x02c0","from":"0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266","chain":8453,"nonce":7,"origin":"https://app.example","sentence":{"key":"deploy","pattern":"Publish.","slots":[]},"at":1700000000000,"state":{"Worked":{"fee":21}},"attempted":1700000000001,"overtaken":null,"refusal":null,"request":null}]}"#,
    );
}

/// These are in memory only, and gone with the browser; but another version may be started on them.
#[test]
fn what_is_in_memory_version_1() {
    let session = Session { data_key: "00".repeat(32), last_used: Millis(7) };
    let text =
        with_checksum(&format!(r#"candor:session:1:{{"data_key":"{}","last_used":7}}"#, "00".repeat(32)));
    assert_eq!(encode(&session), text);
    assert_eq!(decode::<Session>(&text).map(|session| session.last_used), Ok(Millis(7)));
    let client = Client { origin: site(), tab: 1, frame: 0, told: None };
    check(
        &Clients { by_id: [("c1".to_owned(), client)].into() },
        r#"candor:clients:1:{"by_id":{"c1":{"origin":"https://app.example","tab":1,"frame":0,"told":null}}}"#,
    );
    check(&Window { id: Some(3), leaving: None }, r#"candor:window:1:{"id":3,"leaving":null}"#);
}

#[test]
fn requests_version_1() {
    let page = Asker::Page {
        origin: site(),
        top: None,
        tab: 1,
        keys: vec![PageKey { client: "c1".into(), n: 4 }],
        asked: "m".into(),
    };
    let request = |asker: Asker, body: Body, state: State| Request {
        id: 9,
        asker,
        chain: base(),
        account: Some(account()),
        arrived: Millis(5),
        body,
        state,
        serves_other: false,
        choice: FeeChoice::default(),
    };
    let list = |request: Request| Requests {
        list: vec![request],
        last_id: 9,
        refusals: vec![Refusal { origin: site(), at: Millis(6) }],
    };
    let around = |asker: &str, body: &str, state: &str| {
        format!(
            r#"candor:requests:1:{{"list":[{{"id":9,"asker":{asker},"chain":8453,"account":"0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266","arrived":5,"body":{body},"state":{state}}}],"last_id":9,"refusals":[{{"origin":"https://app.example","at":6}}]}}"#
        )
    };
    let by_page = r#"{"Page":{"origin":"https://app.example","top":null,"tab":1,"keys":[{"client":"c1","n":4}],"asked":"m"}}"#;
    check(
        &list(request(page.clone(), Body::Message { bytes: vec![0x68].into() }, State::Waiting)),
        &around(by_page, r#"{"Message":{"bytes":"0x68"}}"#, r#""Waiting""#),
    );
    check(
        &list(request(
            page,
            Body::Connect { answer: ConnectAnswer::Permissions, chains: vec![base()] },
            State::Settled(Outcome::Result(Value::Null)),
        )),
        &around(
            by_page,
            r#"{"Connect":{"answer":"Permissions","chains":[8453]}}"#,
            r#"{"Settled":{"result":null}}"#,
        ),
    );
    let asked = Asked {
        to: Some(account()),
        value: Some(U256::from(1)),
        input: Bytes::new(),
        gas: None,
        nonce: None,
        fees: AskedFees::Open,
        access_list: None,
    };
    let fixed = Fixed {
        nonce: 1,
        usual_nonce: 1,
        usual_price: Some(2),
        gas_limit: 21_000,
        gas_expected: 21_000,
        fees: (3, Some(1)),
        price_expected: 2,
        publishing_fee: U256::ZERO,
        value: U256::from(1),
        receiver_is_contract: Some(false),
        token: Some(TokenFacts { symbol: "T".into(), decimals: 6 }),
        allowance: None,
        basis: Basis::default(),
        balance: None,
    };
    let draft = TransactionDraft { asked, fixed: Some(fixed), problem: None };
    let hash = candor_primitives::B256::repeat_byte(0x11);
    check(
        &list(request(Asker::Own, Body::Transaction(Box::new(draft)), State::Sending { hash })),
        &around(
            r#""Own""#,
            r#"{"Transaction":{"asked":{"to":"0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266","value":"0x1","input":"0x","gas":null,"nonce":null,"fees":"Open","access_list":null},"fixed":{"nonce":1,"usual_nonce":1,"usual_price":2,"gas_limit":21000,"gas_expected":21000,"fees":[3,1],"price_expected":2,"publishing_fee":"0x0","value":"0x1","receiver_is_contract":false,"token":{"symbol":"T","decimals":6},"allowance":null},"problem":null}}"#,
            r#"{"Sending":{"hash":"0x1111111111111111111111111111111111111111111111111111111111111111"}}"#,
        ),
    );
}

/// A record of a second version, to show how one is added.
#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Sizes {
    width: u32,
    height: u32,
}

impl Record for Sizes {
    const KEY: &'static str = "sizes";
    const VERSION: u32 = 2;
    const AREA: candor_protocol::host::Area = candor_protocol::host::Area::Local;

    fn of_version(version: u32, json: &str) -> Option<Self> {
        #[derive(serde::Deserialize)]
        struct First {
            side: u32,
        }
        let First { side } = (version == 1).then(|| serde_json::from_str(json).ok())??;
        Some(Self { width: side, height: side })
    }
}

#[test]
fn an_earlier_version_is_turned_into_the_present_one() {
    check(&Sizes { width: 3, height: 4 }, r#"candor:sizes:2:{"width":3,"height":4}"#);
    let check = |text: &str, expected: Result<Sizes, RecordError>| {
        assert_eq!(decode::<Sizes>(&with_checksum(text)), expected, "{text}");
    };
    check(r#"candor:sizes:1:{"side":5}"#, Ok(Sizes { width: 5, height: 5 }));
    check(r#"candor:sizes:1:{"width":3,"height":4}"#, Err(RecordError::Damaged));
    check(r#"candor:sizes:3:{"width":3,"height":4}"#, Err(RecordError::Newer));
    // A record that never had another version.
    assert_eq!(Settings::of_version(0, "{}"), None);
}

#[test]
fn the_checksum_is_the_same_for_ever() {
    let text =
        r#"candor:settings:1:2aeff63b:{"auto_lock_minutes":15,"lock_with_system":true,"theme":"dark"}"#;
    assert_eq!(encode(&Settings { theme: ThemeChoice::Dark, ..Settings::default() }), text);
}

#[test]
fn what_is_not_the_record_is_refused() {
    let check = |text: &str, expected: RecordError| {
        assert_eq!(decode::<Settings>(text), Err(expected), "{text}");
    };
    let good = r#"{"auto_lock_minutes":15,"lock_with_system":true,"theme":"dark","tells":true}"#;
    check("", RecordError::Damaged);
    check(&with_checksum("candor:settings:1:{"), RecordError::Damaged);
    check(&with_checksum("candor:sites:1:{}"), RecordError::Damaged);
    check(&with_checksum(&format!("candor:settings:0:{good}")), RecordError::Damaged);
    check(&format!("candor:settings:1:{good}"), RecordError::Damaged);
    check(&format!("candor:settings:1:00000000:{good}"), RecordError::Damaged);
    check(&with_checksum("candor:settings:2:{}"), RecordError::Newer);
    // Every single letter counts.
    let text = with_checksum(&format!("candor:settings:1:{good}"));
    for at in 0..text.len() {
        let mut changed = text.clone().into_bytes();
        changed[at] ^= 1;
        assert!(decode::<Settings>(core::str::from_utf8(&changed).unwrap()).is_err(), "{at}");
    }
}
