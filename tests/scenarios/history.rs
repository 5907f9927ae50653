//! What came to an account and left it, as contracts say: what is listed of that, what is not, and who is asked.

use candor_primitives::{Address, B256, Bytes, Millis, U256, keccak256};
use candor_protocol::{
    history::{HiddenWhy, HistoryView},
    ui::{self, UiErrorCode},
};
use candor_tests::{
    Host,
    chain::{Log, Token, node_error},
    net::Manner,
    surface::ANVIL_ACCOUNTS,
};
use serde_json::{Value, json};

const USDC: &str = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48";
const DAI: &str = "0x6B175474E89094C44Da98b954EedeAC495271d0F";
const SCAM: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const SHOP: &str = "0x1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
const EXCHANGE: &str = "0x7c3e5a0b9d41f28c6e17b3a4d05f92c86b1e91ab";
const HEIGHT: u64 = 1_000_000;

fn address(text: &str) -> Address {
    text.to_lowercase().parse().unwrap()
}

/// An address with the same six characters at both ends.
fn like(known: &str, n: u8) -> Address {
    let mut bytes = address(known).into_array();
    bytes[10] = bytes[10].wrapping_add(n);
    bytes[11] ^= 0x5a;
    bytes.into()
}

fn transfer(block: u64, token: &str, from: Address, to: Address, units: u64) -> Log {
    Log {
        block,
        address: address(token),
        topics: vec![keccak256("Transfer(address,address,uint256)"), from.into_word(), to.into_word()],
        data: U256::from(units).to_be_bytes::<32>().into(),
        transaction: keccak256(format!("{block} {token} {from} {to} {units}")),
    }
}

fn me() -> Address {
    address(ANVIL_ACCOUNTS[0])
}

fn somebody() -> Host {
    let mut host = Host::anvil();
    host.must(ui::SetUndo { seconds: 0, sites: false });
    host.net.chain(1).height = HEIGHT;
    host
}

fn ask() -> ui::History {
    ui::History { address: ANVIL_ACCOUNTS[0].to_owned(), most: 100, further: false }
}

/// What is known once everything that was asked for has been answered.
fn look(host: &mut Host) -> HistoryView {
    host.must(ask());
    host.must(ask())
}

fn later(host: &mut Host) -> HistoryView {
    host.advance(Millis::from_secs(60));
    look(host)
}

fn lines(view: &HistoryView) -> Vec<String> {
    let line = |one: &candor_protocol::history::MoveView| {
        let (verb, side) = if one.incoming { ("+", "from") } else { ("-", "to") };
        let other = one.name.clone().unwrap_or_else(|| one.other.to_lowercase());
        format!("{verb}{} {side} {other}", one.text.replace('\u{a0}', " "))
    };
    view.moves.iter().map(line).collect()
}

#[test]
fn what_came_and_left_is_listed_with_its_time() {
    let mut host = somebody();
    let maria = SHOP.to_owned();
    host.must(ui::SaveContact { address: maria, name: "Maria".to_owned(), sure: true });
    host.net.chain(1).logs = vec![
        transfer(HEIGHT - 9_000, USDC, address(EXCHANGE), me(), 12_500_000),
        transfer(HEIGHT - 400, USDC, address(SHOP), me(), 250_000),
        transfer(HEIGHT - 5, DAI, me(), address(EXCHANGE), 2_000_000_000_000_000_000),
    ];
    let view = look(&mut host);
    let expected = [
        format!("-2 DAI to {EXCHANGE}"),
        "+0.25 USDC from Maria".to_owned(),
        format!("+12.5 USDC from {EXCHANGE}"),
    ];
    assert_eq!(lines(&view), expected);
    let times: Vec<_> = view.moves.iter().map(|one| one.at_ms).collect();
    let at = |blocks: u64| Some((HEIGHT - blocks) * 1000);
    assert_eq!(times, [at(5), at(400), at(9_000)], "blocks are a second apart");
    assert!(view.hidden.is_empty() && view.troubles.is_empty() && !view.asking);
    let looked = view.looked.iter().find(|looked| looked.network == "Ethereum").unwrap();
    assert!(looked.since_ms.is_some() && !looked.whole);

    // It is there at once when the browser was closed, and nobody is asked while the wallet is locked.
    host.restart_browser();
    let before = host.net.asked.len();
    assert_eq!(host.call(ask()).unwrap_err().code, UiErrorCode::Locked);
    assert_eq!(host.net.asked.len(), before);
    host.unlock();
    host.net.manners(1, "*", &Manner::Slow);
    assert_eq!(lines(&host.must(ask())), expected);
    let stranger = ui::History { address: ANVIL_ACCOUNTS[4].to_owned(), most: 9, further: false };
    assert_eq!(host.call(stranger).unwrap_err().code, UiErrorCode::Gone);
}

#[test]
fn what_was_sent_from_here_is_not_listed_twice() {
    let mut host = somebody();
    host.net.chain(1).tokens.insert(
        address(USDC),
        Token { symbol: "USDC".into(), decimals: 6, allowance: 0, balance: 9_000_000 },
    );
    let page = host.connected("https://a.example");
    let word = |address: Address| hex::encode(address.into_word());
    let data = format!("0xa9059cbb{}{:064x}", word(address(EXCHANGE)), 5);
    let promised = host.ask(
        page,
        "eth_sendTransaction",
        json!([{ "from": ANVIL_ACCOUNTS[0], "to": USDC, "data": data }]),
    );
    host.agree();
    let hash: B256 = host.result(promised).as_str().unwrap().parse().unwrap();
    let out = Log { transaction: hash, ..transfer(HEIGHT - 5, USDC, me(), address(EXCHANGE), 5) };
    // What the same transaction brought is not said anywhere else.
    let back = Log { transaction: hash, ..transfer(HEIGHT - 5, DAI, address(SHOP), me(), 7) };
    host.net.chain(1).logs = vec![out, back];
    let view = look(&mut host);
    assert_eq!(lines(&view).len(), 1, "{view:?}");
    assert!(view.moves[0].incoming && view.moves[0].own);
}

#[test]
fn poisoned_histories() {
    let unknown = HiddenWhy::UnknownToken {};
    let nothing = HiddenWhy::Nothing {};
    let like_nobody = HiddenWhy::LookAlike { of: None };
    let like_maria = HiddenWhy::LookAlike { of: Some("Maria".to_owned()) };
    let check = |logs: Vec<Log>, listed: usize, hidden: &[&HiddenWhy], poison: &[Address]| {
        let mut host = somebody();
        host.must(ui::SaveContact { address: SHOP.to_owned(), name: "Maria".to_owned(), sure: true });
        host.net.chain(1).logs = logs;
        let view = look(&mut host);
        let why: Vec<_> = view.hidden.iter().map(|one| &one.why).collect();
        assert_eq!((view.moves.len(), why), (listed, hidden.to_vec()));
        let text = serde_json::to_string(&view).unwrap().to_lowercase();
        for address in poison {
            assert!(!text.contains(&hex::encode(address)), "{address}: nothing to copy it from");
        }
    };
    let paid = || transfer(HEIGHT - 900, USDC, me(), address(EXCHANGE), 5_000_000);
    let got = || transfer(HEIGHT - 900, USDC, address(EXCHANGE), me(), 5_000_000);
    let poison = like(EXCHANGE, 1);
    // Nothing moves, in either direction, as the token lets anyone say.
    check(vec![paid(), transfer(HEIGHT - 800, USDC, me(), poison, 0)], 1, &[&nothing], &[poison]);
    check(vec![got(), transfer(HEIGHT - 800, USDC, poison, me(), 0)], 1, &[&nothing], &[poison]);
    // A token of the sender's own says that the account paid.
    check(
        vec![paid(), transfer(HEIGHT - 800, SCAM, me(), poison, 5_000_000)],
        1,
        &[&unknown],
        &[poison, address(SCAM)],
    );
    // Real dust, from whoever looks like one that was paid, even if the dust is there first.
    check(vec![paid(), transfer(HEIGHT - 800, USDC, poison, me(), 1)], 1, &[&like_nobody], &[poison]);
    check(vec![transfer(HEIGHT - 950, USDC, poison, me(), 1), paid()], 1, &[&like_nobody], &[poison]);
    // Of two that only sent something, who came later imitates who came first.
    check(vec![got(), transfer(HEIGHT - 800, USDC, poison, me(), 1)], 1, &[&like_nobody], &[poison]);
    // Contacts and own accounts are imitated as well.
    let poison = like(SHOP, 1);
    check(vec![transfer(HEIGHT - 800, USDC, poison, me(), 1)], 0, &[&like_maria], &[poison]);
    let poison = like(ANVIL_ACCOUNTS[0], 1);
    let own = HiddenWhy::LookAlike { of: Some("Account 1".to_owned()) };
    check(vec![transfer(HEIGHT - 800, USDC, poison, me(), 1)], 0, &[&own], &[poison]);
    // Strangers that resemble nobody are listed.
    check(vec![got(), transfer(HEIGHT - 800, USDC, address(SCAM), me(), 1)], 2, &[], &[]);
    // Many at once.
    let many: Vec<Address> = (0..50).map(|n| like(EXCHANGE, n)).collect();
    let mut logs = vec![paid()];
    logs.extend(many.iter().map(|poison| transfer(HEIGHT - 700, USDC, *poison, me(), 1)));
    check(logs, 1, &[&like_nobody; 50], &many);
}

#[test]
fn a_flood_displaces_nothing() {
    let mut host = somebody();
    let mut logs = vec![transfer(HEIGHT - 4_000, USDC, address(EXCHANGE), me(), 7_000_000)];
    logs.extend((0..3_000).map(|n| transfer(HEIGHT - 3_000 + n / 2, SCAM, address(SHOP), me(), n + 1)));
    host.net.chain(1).logs = logs;
    let view = look(&mut host);
    assert_eq!(lines(&view), [format!("+7 USDC from {EXCHANGE}")]);
    assert!((1..=60).contains(&view.hidden.len()), "{}", view.hidden.len());
    let stored = host.storage.local_text("history").unwrap().len();
    assert!(stored < 60_000, "{stored}");
}

#[test]
fn servers_that_give_little_at_once_are_asked_for_less() {
    let check = |limits: (u64, usize), older: u64| {
        let mut host = somebody();
        let chain = host.net.chain(1);
        chain.log_limits = limits;
        chain.logs = vec![
            transfer(HEIGHT - older, USDC, address(EXCHANGE), me(), 1),
            transfer(HEIGHT - 1, USDC, address(EXCHANGE), me(), 2),
        ];
        assert_eq!(look(&mut host).moves.len(), 2, "{limits:?}");
    };
    check((u64::MAX, usize::MAX), 100_000);
    check((10_000, usize::MAX), 15_000);
    check((2_000, usize::MAX), 3_000);
    check((500, usize::MAX), 700);
    check((100, usize::MAX), 60);
    check((u64::MAX, 1), 2_000);
}

#[test]
fn only_what_is_new_is_asked_for_again() {
    let mut host = somebody();
    host.net.chain(1).logs = vec![transfer(HEIGHT - 9_000, USDC, address(EXCHANGE), me(), 1)];
    look(&mut host);
    let blocks = |host: &Host, from: usize| -> Vec<(u64, u64)> {
        let number = |value: &Value| {
            u64::from_str_radix(value.as_str().unwrap().trim_start_matches("0x"), 16).unwrap()
        };
        let asked = host.net.asked.get(from..).unwrap_or_default().iter();
        let asked = asked.filter(|asked| asked.method == "eth_getLogs");
        asked
            .map(|asked| (number(&asked.params[0]["fromBlock"]), number(&asked.params[0]["toBlock"])))
            .collect()
    };
    let before = host.net.asked.len();
    // Fresh is fresh.
    look(&mut host);
    assert_eq!(blocks(&host, before), []);
    host.net.chain(1).height = HEIGHT + 5;
    host.net.chain(1).logs.push(transfer(HEIGHT + 2, USDC, address(EXCHANGE), me(), 2));
    assert_eq!(later(&mut host).moves.len(), 2);
    assert_eq!(blocks(&host, before), [(HEIGHT - 127, HEIGHT + 5); 3]);
    // Another block took its place.
    host.net.chain(1).logs.pop();
    assert_eq!(later(&mut host).moves.len(), 1);
    // After a long absence, what was missed is made up for.
    host.net.chain(1).height = HEIGHT + 700_000;
    host.net.chain(1).logs.push(transfer(HEIGHT + 10, USDC, address(EXCHANGE), me(), 3));
    for _ in 0..4 {
        later(&mut host);
    }
    assert_eq!(later(&mut host).moves.len(), 2);
    // Older blocks, when somebody wants to see them.
    host.net.chain(1).logs.push(transfer(HEIGHT - 400_000, USDC, address(EXCHANGE), me(), 4));
    assert_eq!(later(&mut host).moves.len(), 2);
    for _ in 0..3 {
        host.must(ui::History { further: true, ..ask() });
    }
    assert_eq!(look(&mut host).moves.len(), 3);
}

#[test]
fn answers_that_cannot_be_are_no_history() {
    let honest = |block: u64| {
        json!({
            "address": USDC.to_lowercase(), "data": format!("0x{:064x}", 5), "removed": false,
            "topics": [
                keccak256("Transfer(address,address,uint256)"), address(EXCHANGE).into_word(), me().into_word(),
            ],
            "blockNumber": format!("0x{block:x}"), "logIndex": "0x1", "transactionHash": B256::repeat_byte(3),
        })
    };
    let with = |name: &str, value: Value| {
        let mut log = honest(HEIGHT - 3);
        log[name] = value;
        json!([log])
    };
    let check = |says: Value, listed: usize| {
        let mut host = somebody();
        host.net.manners(1, "eth_getLogs", &Manner::Says(says.clone()));
        assert_eq!(look(&mut host).moves.len(), listed, "{:.200}", says.to_string());
        assert_eq!(host.stage(), candor_protocol::view::Stage::Unlocked);
    };
    check(json!([honest(HEIGHT - 3)]), 1);
    check(json!([honest(HEIGHT - 3), honest(HEIGHT - 3)]), 1);
    check(json!([honest(HEIGHT + 3)]), 0);
    check(json!(["log", 7, null, [], {}]), 0);
    check(json!("log"), 0);
    check(Value::Null, 0);
    check(with("removed", json!(true)), 0);
    check(with("blockNumber", json!(format!("0x{}", "f".repeat(16)))), 0);
    check(with("data", json!(format!("0x{}", "00".repeat(100_000)))), 0);
    check(with("address", json!("0x0")), 0);
    let topic = keccak256("Transfer(address,address,uint256)");
    check(with("topics", json!([topic, address(EXCHANGE).into_word(), address(SHOP).into_word()])), 0);
    check(json!(vec![honest(HEIGHT - 3); 12_000]), 1);
    // Times that cannot be.
    let mut host = somebody();
    host.net.manners(1, "eth_getLogs", &Manner::Says(json!([honest(HEIGHT - 3)])));
    let never = json!({ "number": "0x1", "timestamp": format!("0x{:x}", u64::MAX) });
    host.net.manners(1, "eth_getBlockByNumber", &Manner::Says(never));
    let view = look(&mut host);
    assert_eq!((view.moves.len(), view.moves[0].at_ms), (1, None));
}

#[test]
fn a_server_that_is_high_up_in_the_clouds_hides_nothing() {
    let mut host = somebody();
    host.net.chain(1).logs = vec![transfer(HEIGHT - 50, USDC, address(EXCHANGE), me(), 1)];
    host.net.manners(1, "eth_blockNumber", &Manner::Says(json!(format!("0x{:x}", u64::MAX))));
    assert_eq!(look(&mut host).moves.len(), 0);
    host.net.revive(1);
    assert_eq!(later(&mut host).moves.len(), 1);
}

#[test]
fn a_network_that_is_silent_is_named_and_what_it_said_stays() {
    let mut host = somebody();
    host.net.chain(1).logs = vec![transfer(HEIGHT - 50, USDC, address(EXCHANGE), me(), 1)];
    look(&mut host);
    for bad in [Manner::Dead, Manner::Garbage, Manner::Refuses(node_error(-32601, "no such method"))] {
        host.net.manners(1, "*", &bad);
        let view = later(&mut host);
        assert_eq!((view.moves.len(), view.troubles.as_slice()), (1, &["Ethereum".to_owned()][..]));
        host.net.revive(1);
        host.advance(Millis::from_secs(60));
        assert!(later(&mut host).troubles.is_empty());
    }
}

#[test]
fn only_networks_of_the_account_hear_of_it_and_no_request_names_two() {
    let mut host = somebody();
    let second = host.must(ui::AddAccount {}).address;
    look(&mut host);
    host.must(ui::SelectAccount { address: second.clone() });
    host.must(ui::History { address: second.clone(), most: 9, further: false });
    let accounts = [ANVIL_ACCOUNTS[0], second.as_str()].map(|a| a.trim_start_matches("0x").to_lowercase());
    let asked: Vec<_> = host.net.asked.iter().filter(|asked| asked.method == "eth_getLogs").collect();
    assert!(!asked.is_empty());
    for asked in &asked {
        let text = asked.params.to_string().to_lowercase();
        assert_eq!(accounts.iter().filter(|account| text.contains(account.as_str())).count(), 1, "{text}");
    }
    let mut hosts: Vec<&str> = asked.iter().map(|asked| asked.url.as_str()).collect();
    hosts.sort_unstable();
    hosts.dedup();
    let ethereum = candor_chain::registry::by_id(candor_primitives::ChainId::new(1).unwrap()).unwrap();
    assert!(hosts.iter().all(|host| ethereum.endpoints.iter().any(|url| url.as_str() == *host)), "{hosts:?}");
}

#[test]
fn a_collectible_that_is_listed_is_named() {
    let mut host = somebody();
    let page = host.connected("https://a.example");
    let prints = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359";
    host.net.chain(1).collections.insert(
        address(prints),
        candor_tests::chain::Collection {
            name: "Lisbon Prints".to_owned(),
            interface: [0x80, 0xac, 0x58, 0xcd],
            owners: [(12, me())].into(),
        },
    );
    let came = |number: u64| {
        let mut log = transfer(HEIGHT - 50 + number, prints, address(EXCHANGE), me(), 0);
        log.topics.push(U256::from(number).into());
        Log { data: Bytes::new(), ..log }
    };
    host.net.chain(1).logs = vec![came(12), came(13)];
    let view = look(&mut host);
    assert_eq!((view.moves.len(), view.hidden.len()), (0, 2));
    let asked = json!({ "type": "ERC721", "options": { "address": prints, "tokenId": "12" } });
    let promised = host.ask(page, "wallet_watchAsset", asked);
    host.agree();
    assert_eq!(host.result(promised), json!(true));
    let lines = lines(&look(&mut host));
    assert_eq!(lines, [13, 12].map(|n| format!("+No. {n} of “Lisbon Prints” from {EXCHANGE}")));
}
