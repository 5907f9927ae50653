//! Whatever comes, in whatever order.

use candor_primitives::Millis;
use candor_protocol::{
    host::{AlarmName, Event, HttpResult},
    ui,
};
use candor_tests::{
    Host,
    net::Manner,
    page::PageId,
    surface::{ANVIL_ACCOUNTS, KEY, secret},
};
use proptest::prelude::*;
use serde_json::{Value, json};

const METHODS: &[&str] = &[
    "eth_accounts",
    "eth_requestAccounts",
    "eth_coinbase",
    "eth_chainId",
    "personal_sign",
    "eth_signTypedData",
    "eth_signTypedData_v3",
    "eth_signTypedData_v4",
    "eth_getEncryptionPublicKey",
    "eth_decrypt",
    "eth_sendTransaction",
    "wallet_switchEthereumChain",
    "wallet_addEthereumChain",
    "wallet_getPermissions",
    "wallet_requestPermissions",
    "wallet_revokePermissions",
    "eth_call",
    "eth_getBalance",
    "eth_sendRawTransaction",
    "eth_sign",
];

/// JSON in which the names and values that mean something come up often.
fn any_json() -> impl Strategy<Value = Value> {
    let names = prop::sample::select(vec![
        "from",
        "to",
        "value",
        "data",
        "gas",
        "nonce",
        "chainId",
        "rpcUrls",
        "types",
        "domain",
        "message",
        "primaryType",
        "accessList",
        "eth_accounts",
        "nativeCurrency",
        "maxFeePerGas",
        "gasPrice",
    ]);
    let texts = prop::sample::select(vec![
        "",
        "0x",
        "0x0",
        "0x1",
        "0x2105",
        "0xffffffffffffffffffff",
        "EIP712Domain",
        "uint256",
        "hello",
        ANVIL_ACCOUNTS[0],
        ANVIL_ACCOUNTS[1],
        "https://x.example",
        "ünï©ødé\u{202e}",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        texts.prop_map(Value::from),
        "[ -~]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((names.clone(), inner), 0..5).prop_map(|members| Value::Object(
                members.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()
            )),
        ]
    })
}

/// Something that people, pages, browsers or servers do.
#[derive(Clone, Debug)]
enum Act {
    Ask(usize, usize),
    SendAgain(usize),
    Approve(usize),
    Reject(usize),
    Retry(usize),
    Lock,
    Unlock,
    CloseWindows,
    Leave(usize),
    CloseTab(usize),
    Kill,
    KillSoon(usize),
    Advance(u64),
    Manner(usize),
    Release,
    Mine,
    Switch(u64),
    Disconnect(usize),
    Strange(usize),
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (0..3_usize, 0..8_usize).prop_map(|(page, what)| Act::Ask(page, what)),
        1 => (0..3_usize).prop_map(Act::SendAgain),
        6 => (0..3_usize).prop_map(Act::Approve),
        1 => (0..3_usize).prop_map(Act::Reject),
        1 => (0..3_usize).prop_map(Act::Retry),
        1 => Just(Act::Lock),
        2 => Just(Act::Unlock),
        1 => Just(Act::CloseWindows),
        1 => (0..3_usize).prop_map(Act::Leave),
        1 => (0..3_usize).prop_map(Act::CloseTab),
        1 => Just(Act::Kill),
        3 => (1..30_usize).prop_map(Act::KillSoon),
        1 => (0..2_000_000_u64).prop_map(Act::Advance),
        2 => (0..6_usize).prop_map(Act::Manner),
        1 => Just(Act::Release),
        1 => Just(Act::Mine),
        1 => prop::sample::select(vec![1_u64, 10, 8453, 999]).prop_map(Act::Switch),
        1 => (0..3_usize).prop_map(Act::Disconnect),
        1 => (0..6_usize).prop_map(Act::Strange),
    ]
}

fn origin(site: usize) -> String {
    format!("https://site-{site}.example")
}

fn question(what: usize) -> (&'static str, Value) {
    let me = ANVIL_ACCOUNTS[0];
    match what {
        0 => ("eth_requestAccounts", json!([])),
        1 => ("personal_sign", json!(["hello", me])),
        2 => ("eth_signTypedData_v4", json!([me, crate::signing::mail(1)])),
        3 => ("wallet_switchEthereumChain", json!([{ "chainId": "0xa" }])),
        4 => ("wallet_revokePermissions", json!([{ "eth_accounts": {} }])),
        5 => ("eth_blockNumber", json!([])),
        _ => ("eth_sendTransaction", json!([{ "from": me, "to": ANVIL_ACCOUNTS[1], "value": "0x1" }])),
    }
}

fn act(host: &mut Host, pages: &mut [PageId; 3], act: &Act) {
    let nth = |host: &mut Host, n: usize| {
        let queue = host.call(ui::Queue {}).ok()?.requests;
        queue.get(n).map(|queued| queued.id)
    };
    match act {
        Act::Ask(page, what) => {
            if host.page(pages[*page]).gone {
                pages[*page] = host.open_page(&origin(*page));
            }
            let (method, params) = question(*what);
            host.ask(pages[*page], method, params);
        }
        Act::SendAgain(page) => {
            // Only what a page still waits for is sent again.
            let open: Vec<u64> = host
                .page(pages[*page])
                .promises
                .iter()
                .filter(|(_, promise)| promise.settled.is_empty())
                .map(|(n, _)| *n)
                .collect();
            if !host.page(pages[*page]).gone && !open.is_empty() {
                host.kill();
                host.run();
            }
        }
        Act::Approve(n) => {
            if let Some(id) = nth(host, *n)
                && let Ok(shown) = host.call(ui::Approval { id })
            {
                let fingerprint = shown.fingerprint.clone();
                let accounts = vec![ANVIL_ACCOUNTS[0].to_owned()];
                host.start_call(ui::Approve { id, fingerprint, accounts });
            }
        }
        Act::Reject(n) => {
            if let Some(id) = nth(host, *n) {
                let _ = host.call(ui::Reject { id });
            }
        }
        Act::Retry(n) => {
            if let Some(id) = nth(host, *n) {
                let _ = host.call(ui::Retry { id });
            }
        }
        Act::Lock => drop(host.call(ui::Lock {})),
        Act::Unlock => drop(host.call(ui::Unlock { key: secret(KEY) })),
        Act::CloseWindows => host.close_windows(),
        Act::Leave(page) => {
            if !host.page(pages[*page]).gone {
                host.leave(pages[*page]);
            }
        }
        Act::CloseTab(page) => {
            let tab = host.page(pages[*page]).tab;
            host.close_tab(tab);
        }
        Act::Kill => {
            host.kill();
            host.run();
        }
        Act::KillSoon(steps) => host.kill_at = Some(host.steps + steps),
        Act::Advance(ms) => host.advance(Millis(*ms)),
        Act::Manner(which) => {
            let manner = [Manner::Dead, Manner::Deaf, Manner::Slow, Manner::Garbage];
            match manner.get(*which) {
                Some(manner) => host.net.manners(1, "*", manner),
                None => host.net.revive(1),
            }
        }
        Act::Release => host.release(),
        Act::Mine => {
            let chain = host.net.chain(1);
            chain.mining = !chain.mining;
            chain.mine();
        }
        Act::Switch(chain_id) => drop(host.call(ui::SelectNetwork { chain_id: *chain_id })),
        Act::Disconnect(site) => drop(host.call(ui::DisconnectSite { origin: origin(*site) })),
        Act::Strange(which) => host.give(match which {
            0 => Event::WindowClosed { window: 77 },
            1 => Event::WindowOpened { window: None },
            2 => Event::TabClosed { tab: 77 },
            3 => Event::Alarm { name: AlarmName::Lock },
            4 => Event::Http { flight: 77, result: HttpResult::Failed },
            _ => Event::Alarm { name: AlarmName::Watch },
        }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_parameters_upset_it(questions in prop::collection::vec((prop::sample::select(METHODS), any_json()), 1..25)) {
        let mut host = Host::anvil();
        let page = host.connected("https://a.example");
        for (method, params) in questions {
            let promised = host.ask(page, method, params.clone());
            let _ = host.outcome(promised);
            let wrapped = host.ask(page, method, json!([params]));
            let _ = host.outcome(wrapped);
            let signed = host.ask(page, method, json!([ANVIL_ACCOUNTS[0], params]));
            let _ = host.outcome(signed);
            for shown in host.prompts() {
                host.must(ui::Reject { id: shown.id });
            }
        }
        host.must(ui::Status {});
    }

    #[test]
    fn no_order_of_events_upsets_it(acts in prop::collection::vec(any_act(), 1..60)) {
        let mut host = Host::anvil();
        host.logging = false;
        let mut pages = [0, 1, 2].map(|site| host.connected(&origin(site)));
        for one in &acts {
            act(&mut host, &mut pages, one);
        }
        // Then everything is well again, and every page that is still there hears of everything once.
        host.kill_at = None;
        host.net.revive(1);
        host.release();
        host.now = host.now.plus(Millis::from_secs(20 * 60));
        host.agree_to_all();
        host.advance(Millis::from_secs(2 * 3600));
        for page in host.pages.iter().filter(|page| !page.gone) {
            for (n, promise) in &page.promises {
                prop_assert_eq!(promise.settled.len(), 1, "{} #{} {}", page.origin, n, promise.method);
            }
        }
        // Each number is used once, and what a page was told is on the chain.
        let taken = host.net.chain(1).taken.clone();
        let mut numbers: Vec<u64> = taken.iter().map(|taken| taken.fields.nonce).collect();
        numbers.sort_unstable();
        prop_assert_eq!(&numbers, &(0..numbers.len() as u64).collect::<Vec<_>>());
        for page in &host.pages {
            for promise in page.promises.values().filter(|promise| promise.method == "eth_sendTransaction") {
                for outcome in &promise.settled {
                    if let candor_protocol::page::Outcome::Result(hash) = outcome {
                        let known = host.net.chains().flat_map(|chain| &chain.taken).any(|taken| json!(taken.hash) == *hash);
                        prop_assert!(known, "{hash} is nowhere");
                    }
                }
            }
        }
        host.unlock();
        prop_assert_eq!(host.addresses(), &ANVIL_ACCOUNTS[..2]);
    }
}
