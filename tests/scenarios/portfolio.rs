//! What an account has over networks: how it is asked for, what is said of it, and what is not.

use std::collections::BTreeSet;

use candor_primitives::{Address, Millis, U256};
use candor_protocol::{portfolio::PortfolioView, ui, view::ApprovalView};
use candor_tests::{
    Host,
    chain::Token,
    net::{Asked, Manner},
    surface::ANVIL_ACCOUNTS,
};
use proptest::prelude::*;
use serde_json::json;

const ETHER_FEED: &str = "0x5f4eC3Df9cbd43714FE2740f5E3616155c5b8419";
const EURO_FEED: &str = "0xb49f677943BC038e9857d61E7d053CaA2C1734C1";
const USDC: &str = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48";
const USDC_ON_BASE: &str = "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913";

fn ether(count: u64) -> U256 {
    U256::from(count) * U256::from(1_000_000_000_000_000_000_u64)
}

fn portfolio(address: &str) -> ui::Portfolio {
    ui::Portfolio { address: address.to_owned(), most: 30 }
}

fn look(host: &mut Host) -> PortfolioView {
    host.must(portfolio(ANVIL_ACCOUNTS[0]));
    // Whatever was asked for has been answered by now.
    host.must(portfolio(ANVIL_ACCOUNTS[0]))
}

fn total(host: &mut Host) -> Option<String> {
    look(host).total.map(|total| total.replace('\u{a0}', " "))
}

/// A feed that says so many cents, with eight decimals, as it found them so many seconds ago.
fn quote(host: &mut Host, feed: &str, cents: u64, age: u64) {
    let updated = host.now.0 / 1000 - age;
    let words = [7, cents * 1_000_000, updated, updated, 7];
    let round: String = words.iter().map(|word| format!("{word:064x}")).collect();
    let said = &mut host.net.chain(1).said;
    let feed: Address = feed.parse().unwrap();
    said.insert((feed, "0xfeaf968c".to_owned()), format!("0x{round}"));
    said.insert((feed, "0x313ce567".to_owned()), format!("0x{:064x}", 8));
}

/// An account with three ether on Ethereum, one on Base, and nothing on any other network.
fn somebody() -> Host {
    let mut host = Host::anvil();
    host.must(ui::SetUndo { seconds: 0, sites: false });
    let account: Address = ANVIL_ACCOUNTS[0].parse().unwrap();
    let ids: Vec<u64> = host.net.chains().map(|chain| chain.id).collect();
    for id in ids {
        let chain = host.net.chain(id);
        chain.multicall = true;
        let coins = match id {
            1 => ether(3),
            8453 => ether(1),
            _ => U256::ZERO,
        };
        chain.coins.insert(account, coins);
    }
    host
}

fn token(symbol: &str, decimals: u8, balance: u64) -> Token {
    Token { symbol: symbol.to_owned(), decimals, allowance: 0, balance }
}

#[test]
fn an_asset_is_there_once_with_its_sum() {
    let mut host = somebody();
    quote(&mut host, ETHER_FEED, 250_000, 60);
    host.net.chain(1).tokens.insert(USDC.parse().unwrap(), token("SCAM", 18, 5_000_000));
    let shown = look(&mut host);
    let ether = &shown.assets[0];
    assert_eq!((ether.name.as_str(), ether.text.as_deref()), ("ETH", Some("4\u{a0}ETH")));
    assert_eq!(ether.worth.as_deref(), Some("10,000.00\u{a0}USD"));
    let parts: Vec<_> = ether.parts.iter().map(|part| (part.chain_id, part.text.as_deref())).collect();
    assert!(parts.contains(&(1, Some("3\u{a0}ETH"))) && parts.contains(&(8453, Some("1\u{a0}ETH"))));
    assert_eq!(ether.price.as_ref().unwrap().source, "Chainlink ETH/USD");
    // Known by its address: neither what its contract says of itself nor its number of decimals counts.
    let dollars = shown.assets.iter().find(|asset| asset.name == "USDC").unwrap();
    assert_eq!((dollars.text.as_deref(), &dollars.worth), (Some("5\u{a0}USDC"), &None));
    assert_eq!(shown.total.as_deref(), Some("10,000.00\u{a0}USD"));
    assert_eq!(shown.not_counted, ["USDC"]);
    assert!(!shown.asking && shown.troubles.is_empty());
}

#[test]
fn no_price_is_no_figure() {
    let check = |prepare: fn(&mut Host), expected: Option<&str>| {
        let mut host = somebody();
        prepare(&mut host);
        assert_eq!(total(&mut host).as_deref(), expected);
    };
    check(|_| {}, None);
    check(|host| quote(host, ETHER_FEED, 250_000, 60), Some("10,000.00 USD"));
    // Older than the feed promises to be.
    check(|host| quote(host, ETHER_FEED, 250_000, 5 * 3600), None);
    check(|host| quote(host, ETHER_FEED, 0, 60), None);
    check(
        |host| {
            quote(host, ETHER_FEED, 250_000, 60);
            host.net.manners(1, "*", &Manner::Dead);
        },
        None,
    );
    check(
        |host| {
            quote(host, ETHER_FEED, 250_000, 60);
            quote(host, EURO_FEED, 125, 60);
            host.must(ui::SetCurrency { code: "EUR".to_owned() });
        },
        Some("8,000.00 EUR"),
    );
    // The rate is unknown.
    check(
        |host| {
            quote(host, ETHER_FEED, 250_000, 60);
            host.must(ui::SetCurrency { code: "EUR".to_owned() });
        },
        None,
    );
    assert!(somebody().call(ui::SetCurrency { code: "XXX".to_owned() }).is_err());
    assert_eq!(somebody().must(ui::Currencies {}).len(), 20);
}

#[test]
fn nothing_is_said_to_be_zero_that_nobody_said() {
    let mut host = somebody();
    quote(&mut host, ETHER_FEED, 250_000, 60);
    host.net.manners(8453, "*", &Manner::Dead);
    let shown = look(&mut host);
    assert_eq!(shown.troubles, ["Base"]);
    assert_eq!(shown.not_counted, ["what is on Base"]);
    assert_eq!(shown.total.as_deref(), Some("7,500.00\u{a0}USD"));
    // What it said before stays when it is silent.
    host.net.revive(8453);
    host.advance(Millis::from_secs(90));
    quote(&mut host, ETHER_FEED, 250_000, 60);
    assert_eq!(total(&mut host).as_deref(), Some("10,000.00 USD"));
    host.net.manners(8453, "*", &Manner::Dead);
    host.advance(Millis::from_secs(90));
    let shown = look(&mut host);
    assert_eq!(shown.total.as_deref(), Some("10,000.00\u{a0}USD"));
    assert_eq!(shown.troubles, ["Base"]);
}

#[test]
fn what_is_known_is_shown_before_anyone_answers() {
    let mut host = somebody();
    quote(&mut host, ETHER_FEED, 250_000, 60);
    look(&mut host);
    host.restart_browser();
    host.unlock();
    for chain in [1, 8453] {
        host.net.manners(chain, "*", &Manner::Slow);
    }
    let shown = host.must(portfolio(ANVIL_ACCOUNTS[0]));
    assert_eq!(shown.total.as_deref(), Some("10,000.00\u{a0}USD"));
    assert!(shown.asking);
}

#[test]
fn three_hundred_tokens_take_three_requests() {
    let mut host = somebody();
    let page = host.connected("https://a.example");
    for n in 0..290_u64 {
        let address = Address::from_word(U256::from(0x1000 + n).into());
        host.net.chain(1).tokens.insert(address, token(&format!("T{n}"), 18, 0));
        let asked = json!({ "type": "ERC20", "options": { "address": address } });
        let promised = host.ask(page, "wallet_watchAsset", asked);
        host.agree();
        assert_eq!(host.result(promised), json!(true));
    }
    let before = host.net.asked.len();
    let shown = look(&mut host);
    let account = ANVIL_ACCOUNTS[0].trim_start_matches("0x").to_lowercase();
    let servers = ["https://ethereum-rpc.publicnode.com", "https://eth.drpc.org"];
    let of_account = |asked: &&Asked| {
        servers.contains(&asked.url.as_str()) && asked.params.to_string().to_lowercase().contains(&account)
    };
    assert!((1..=3).contains(&host.net.asked[before..].iter().filter(of_account).count()));
    assert_eq!(shown.assets.len(), 30);
    assert!(shown.more >= 260);
}

#[test]
fn no_request_has_two_accounts_in_it() {
    let mut host = somebody();
    let second = host.must(ui::AddAccount {}).address;
    for account in [ANVIL_ACCOUNTS[0], second.as_str()] {
        host.must(ui::SelectAccount { address: account.to_owned() });
        host.must(portfolio(account));
    }
    let accounts = [ANVIL_ACCOUNTS[0], second.as_str()].map(|a| a.trim_start_matches("0x").to_lowercase());
    let mut seen = BTreeSet::new();
    for asked in &host.net.asked {
        let text = asked.params.to_string().to_lowercase();
        let named: Vec<&String> = accounts.iter().filter(|account| text.contains(*account)).collect();
        assert!(named.len() <= 1, "{text}");
        seen.extend(named);
    }
    assert_eq!(seen.len(), 2);
    // Of an account that is not in view nothing is asked.
    assert!(host.call(portfolio(ANVIL_ACCOUNTS[0])).is_err());
    host.must(ui::Lock {});
    assert!(host.call(portfolio(&second)).is_err());
}

#[test]
fn without_multicall_one_thing_is_asked_after_the_other() {
    let mut host = somebody();
    quote(&mut host, ETHER_FEED, 250_000, 60);
    let base = host.net.chain(8453);
    base.tokens.insert(USDC_ON_BASE.parse().unwrap(), token("USDC", 6, 2_000_000));
    base.multicall = false;
    let shown = look(&mut host);
    assert_eq!(shown.total.as_deref(), Some("10,000.00\u{a0}USD"));
    assert!(shown.assets.iter().any(|asset| asset.text.as_deref() == Some("2\u{a0}USDC")));
    assert!(host.net.count("eth_getBalance") > 0);
}

#[test]
fn nothing_is_asked_before_servers_are_chosen() {
    let mut host = Host::default();
    assert!(host.call(portfolio(ANVIL_ACCOUNTS[0])).is_err());
    assert!(host.net.asked.is_empty());
}

#[test]
fn a_token_is_sent_by_its_contract() {
    let mut host = somebody();
    host.net.chain(1).tokens.insert(USDC.parse().unwrap(), token("SCAM", 18, 5_000_000));
    look(&mut host);
    let send = |token: &str, amount: &str, max: bool| ui::PrepareSendToken {
        from: ANVIL_ACCOUNTS[0].to_owned(),
        chain_id: 1,
        token: token.to_owned(),
        to: ANVIL_ACCOUNTS[1].to_owned(),
        amount: amount.to_owned(),
        max,
    };
    assert!(host.call(send(USDC_ON_BASE, "1", false)).is_err(), "neither known here nor listed");
    assert!(host.call(send(USDC, "0", false)).is_err());
    assert!(host.call(send(USDC, "0.0000001", false)).is_err());
    let check = |host: &mut Host, amount: &str, max: bool, units: u64| {
        let id = host.must(send(USDC, amount, max));
        let shown = host.must(ui::Approval { id });
        host.approve(&shown).unwrap();
        let taken = format!("{:?}", host.net.chain(1).taken.last().unwrap()).to_lowercase();
        let to = ANVIL_ACCOUNTS[1].trim_start_matches("0x").to_lowercase();
        let input = format!("a9059cbb{}{to}{units:064x}", "0".repeat(24));
        assert!(taken.contains(&input), "{taken}");
    };
    check(&mut host, "1.5", false, 1_500_000);
    check(&mut host, "", true, 5_000_000);
}

/// A payment to be agreed to, with prices as contracts say them.
fn priced(round: &str, slot: &str, max: bool) -> (Host, ApprovalView) {
    let mut host = somebody();
    let feed: Address = ETHER_FEED.parse().unwrap();
    let said = &mut host.net.chain(1).said;
    said.insert((feed, "0xfeaf968c".to_owned()), round.to_owned());
    said.insert((feed, "0x313ce567".to_owned()), slot.to_owned());
    look(&mut host);
    let id = host.must(ui::PrepareSend {
        from: ANVIL_ACCOUNTS[0].to_owned(),
        chain_id: 1,
        to: ANVIL_ACCOUNTS[1].to_owned(),
        amount: "1.5".to_owned(),
        max,
    });
    let shown = host.must(ui::Approval { id });
    (host, shown)
}

#[test]
fn a_fee_is_said_in_the_users_money_where_its_price_is_known() {
    let round: String = [7, 2_000 * 100_000_000, 1_700_000_000, 1_700_000_000, 7]
        .iter()
        .map(|word: &u64| format!("{word:064x}"))
        .collect();
    let eight = format!("0x{:064x}", 8);
    let worth = |(_, shown): (Host, ApprovalView)| shown.fee.unwrap().terms.worth;
    let said = worth(priced(&format!("0x{round}"), &eight, false)).unwrap();
    assert_eq!(said.at_most, "0.89\u{a0}USD", "21,000 units at 21 gwei, 2,000 dollars each ether");
    assert_eq!(worth(priced("0x", "0x", false)), None);
}

/// What gets signed for a payment, and by which fingerprint it was agreed to.
fn payment(round: &str, slot: &str, max: bool) -> (Vec<String>, String) {
    let (mut host, shown) = priced(round, slot, max);
    host.approve(&shown).unwrap();
    (host.net.chain(1).taken.iter().map(|taken| format!("{taken:?}")).collect(), shown.fingerprint)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_price_changes_what_is_signed(
        words in prop::collection::vec(any::<[u8; 32]>(), 0..6),
        price in 1_u64..u64::MAX / 1_000_000,
        decimals in any::<u8>(),
        max: bool,
    ) {
        let garbage = format!("0x{}", hex::encode(words.concat()));
        let now = 1_700_000_000_u64;
        let good: String = [7, price, now, now, 7].iter().map(|word| format!("{word:064x}")).collect();
        let decimals = format!("0x{decimals:064x}");
        let without = payment("0x", "0x", max);
        prop_assert_eq!(without.0.len(), 1);
        prop_assert_eq!(&payment(&garbage, &decimals, max), &without);
        prop_assert_eq!(&payment(&format!("0x{good}"), &decimals, max), &without);
    }
}
