//! Transactions: what is shown, what is honoured, and what is signed.

use candor_primitives::{Millis, U256};
use candor_protocol::{
    fees::AskedView,
    ui::{self, UiErrorCode},
    view::{ApprovalView, ReadyView, RequestKind, TxStatus},
};
use candor_signer::transaction::{Fees, Fields};
use candor_tests::{
    Host,
    chain::{Token, node_error},
    net::Manner,
    page::PageId,
    surface::ANVIL_ACCOUNTS,
};
use serde_json::{Value, json};

const GWEI: u128 = 1_000_000_000;

/// Sends what a site asks for, and says what was shown and what arrived at chain 1.
fn send(host: &mut Host, page: PageId, transaction: Value) -> (ApprovalView, Fields) {
    let promised = host.ask(page, "eth_sendTransaction", json!([transaction]));
    let shown = host.agree();
    let taken = host.net.chain(1).taken.last().unwrap().clone();
    assert_eq!(host.result(promised), json!(taken.hash));
    assert_eq!(taken.from.to_string(), ANVIL_ACCOUNTS[0]);
    (shown, taken.fields)
}

fn payment() -> Value {
    json!({ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0xde0b6b3a7640000" })
}

fn with(mut transaction: Value, more: Value) -> Value {
    let members = more.as_object().unwrap().clone();
    transaction.as_object_mut().unwrap().extend(members);
    transaction
}

#[test]
fn a_payment() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let (shown, signed) = send(&mut host, page, payment());
    assert_eq!(shown.kind, RequestKind::Transaction);
    assert_eq!(shown.changes.len(), 1);
    assert_eq!((shown.changes[0].amount.as_str(), shown.changes[0].symbol.as_str()), ("1", "ETH"));
    assert_eq!(shown.fee.unwrap().at_most_wei, (21_000 * 21 * GWEI).to_string());
    assert_eq!(signed.to.unwrap().to_string(), ANVIL_ACCOUNTS[1]);
    assert_eq!(
        (signed.nonce, signed.gas_limit, signed.value.to_string()),
        (0, 21_000, "1000000000000000000".into())
    );
    let fees = Fees::Eip1559 { max_fee_per_gas: 21 * GWEI, max_priority_fee_per_gas: GWEI };
    assert_eq!(signed.fees, fees);

    let activity = host.must(ui::Activity { address: ANVIL_ACCOUNTS[0].to_owned() });
    assert_eq!(activity[0].status, TxStatus::Worked);
    assert_eq!(activity[0].sentence, shown.sentence);
    assert_eq!(activity[0].fee_paid.as_deref(), Some("0.00021\u{a0}ETH"));
    assert_eq!(activity[0].origin.as_deref(), Some("https://a.example"));
    assert_eq!(host.must(ui::Site { origin: "https://a.example".to_owned() }).times_used, 2);
}

#[test]
fn what_the_site_fixed_stays_fixed() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let mut nonce = 0;
    let mut check = |more: Value, fees: Fees, gas: u64| {
        let (_, signed) = send(&mut host, page, with(payment(), more.clone()));
        assert_eq!((signed.fees, signed.gas_limit, signed.nonce), (fees, gas, nonce), "{more}");
        nonce += 1;
    };
    let dynamic = |max_fee_per_gas, max_priority_fee_per_gas| Fees::Eip1559 {
        max_fee_per_gas,
        max_priority_fee_per_gas,
    };
    check(json!({ "gas": "0x7530" }), dynamic(21 * GWEI, GWEI), 30_000);
    check(json!({ "gasLimit": "0x7530" }), dynamic(21 * GWEI, GWEI), 30_000);
    check(json!({ "gasPrice": "0x12a05f200" }), Fees::Legacy { gas_price: 5 * GWEI }, 21_000);
    check(
        json!({ "maxFeePerGas": "0x6fc23ac00", "maxPriorityFeePerGas": "0x77359400" }),
        dynamic(30 * GWEI, 2 * GWEI),
        21_000,
    );
    check(json!({ "maxFeePerGas": "0x6fc23ac00" }), dynamic(30 * GWEI, GWEI), 21_000);
    check(json!({ "maxPriorityFeePerGas": "0x77359400" }), dynamic(22 * GWEI, 2 * GWEI), 21_000);
    check(json!({ "nonce": "0x6" }), dynamic(21 * GWEI, GWEI), 21_000);
    check(json!({ "type": "0x2", "chainId": "0x1", "accessList": null }), dynamic(21 * GWEI, GWEI), 21_000);
}

#[test]
fn a_number_that_was_used_is_replaced_and_said() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    send(&mut host, page, payment());
    let (shown, signed) = send(&mut host, page, with(payment(), json!({ "nonce": "0x0" })));
    assert_eq!(signed.nonce, 1);
    let [asked] = shown.fee.unwrap().terms.asked.try_into().unwrap();
    let AskedView { label, asked, usual, taken } = asked;
    assert_eq!((label.as_str(), asked.as_str(), usual.as_str(), taken), ("Number in line", "0", "1", false));
}

#[test]
fn the_old_pricing_where_there_is_no_other() {
    let mut host = Host::anvil();
    host.net.chain(1).base_fee = None;
    let page = host.connected("https://a.example");
    let (_, signed) = send(&mut host, page, payment());
    assert!(matches!(signed.fees, Fees::Legacy { .. }), "{:?}", signed.fees);
}

#[test]
fn of_two_that_wait_the_second_gets_another_number() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let first = host.ask(page, "eth_sendTransaction", json!([payment()]));
    let second = host.ask(page, "eth_sendTransaction", json!([with(payment(), json!({ "value": "0x1" }))]));
    let shown = host.prompts();
    assert_eq!(shown.iter().map(|shown| (shown.position, shown.count)).collect::<Vec<_>>(), [(1, 2), (2, 2)]);
    host.approve(&shown[0]).unwrap();
    // What was shown is not what would be signed now.
    assert_eq!(host.approve(&shown[1]).unwrap_err().code, UiErrorCode::Changed);
    let again = host.agree();
    assert_eq!(again.sentence, shown[1].sentence);
    let taken = host.net.chain(1).taken.clone();
    assert_eq!(taken.iter().map(|taken| taken.fields.nonce).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(host.result(first), json!(taken[0].hash));
    assert_eq!(host.result(second), json!(taken[1].hash));
}

#[test]
fn one_that_was_included_meanwhile_has_its_number_used() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let first = host.ask(page, "eth_sendTransaction", json!([payment()]));
    let shown = host.prompt();
    // The chain says how many there were before the first one, and the rest of what the second needs after it.
    host.net.manners(1, "eth_estimateGas", &Manner::Slow);
    let second = host.ask(page, "eth_sendTransaction", json!([with(payment(), json!({ "value": "0x1" }))]));
    host.approve(&shown).unwrap();
    host.net.revive(1);
    host.release();
    host.agree();
    let taken = host.net.chain(1).taken.clone();
    assert_eq!(taken.iter().map(|taken| taken.fields.nonce).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(host.result(first), json!(taken[0].hash));
    assert_eq!(host.result(second), json!(taken[1].hash));
}

#[test]
fn tokens_say_what_they_are_called() {
    let mut host = Host::anvil();
    let token = "0x6B175474E89094C44Da98b954EedeAC495271d0F";
    let dai = Token { symbol: "DAI".to_owned(), decimals: 18, allowance: 5, balance: 0 };
    host.net.chain(1).tokens.insert(token.parse().unwrap(), dai);
    let page = host.connected("https://a.example");
    let data =
        format!("0xa9059cbb{:0>64}{:064x}", ANVIL_ACCOUNTS[1].trim_start_matches("0x"), 25 * GWEI * GWEI);
    let transaction = json!({ "from": ANVIL_ACCOUNTS[0], "to": token, "data": data });
    let (shown, signed) = send(&mut host, page, transaction);
    assert_eq!(shown.changes.len(), 1, "{shown:#?}");
    assert_eq!((shown.changes[0].amount.as_str(), shown.changes[0].symbol.as_str()), ("25", "DAI"));
    assert_eq!((signed.gas_limit, signed.value), (72_000, U256::ZERO));
}

fn has_only(host: &mut Host, wei: u128) {
    host.net.chain(1).coins.insert(ANVIL_ACCOUNTS[0].parse().unwrap(), U256::from(wei));
}

#[test]
fn what_cannot_be_paid_or_would_fail_is_said_before() {
    let check = |prepare: fn(&mut Host), title: &str, code: i64| {
        let mut host = Host::anvil();
        let page = host.connected("https://a.example");
        prepare(&mut host);
        let promised = host.ask(page, "eth_sendTransaction", json!([payment()]));
        let shown = host.prompt();
        let ReadyView::Failed { problem, .. } = &shown.ready else { panic!("{shown:#?}") };
        assert_eq!(problem.title, title);
        assert_eq!(shown.fingerprint, "", "there is nothing to sign");
        assert_eq!(host.approve(&shown).unwrap_err().code, UiErrorCode::Changed);
        host.must(ui::Reject { id: shown.id });
        assert_eq!(host.error(promised).0, code, "the page hears what stood in the way");
        assert!(host.net.chain(1).taken.is_empty());
    };
    check(|host| has_only(host, 5), "You do not have that much.", -32000);
    check(|host| has_only(host, GWEI * GWEI), "Not enough ETH for the fee.", -32000);
    check(
        |host| {
            let revert = node_error(3, "execution reverted: paused");
            host.net.manners(1, "eth_estimateGas", &Manner::Refuses(revert));
        },
        "This would not work.",
        3,
    );
    check(|host| host.net.manners(1, "*", &Manner::Dead), "We cannot reach Ethereum right now.", 4900);
}

#[test]
fn everything_that_the_fee_leaves() {
    let mut host = Host::anvil();
    let id = host.must(ui::PrepareSend {
        from: ANVIL_ACCOUNTS[0].to_owned(),
        chain_id: 1,
        to: ANVIL_ACCOUNTS[1].to_owned(),
        amount: String::new(),
        max: true,
    });
    let shown = host.must(ui::Approval { id });
    assert_eq!((shown.origin.as_deref(), &shown.ready), (None, &ReadyView::Ready));
    host.approve(&shown).unwrap();
    host.advance(Millis::from_secs(10));
    let signed = &host.net.chain(1).taken[0].fields;
    let all = U256::from(10_000) * U256::from(GWEI * GWEI);
    assert_eq!(signed.value, all - U256::from(21_000 * 21 * GWEI));
    assert!(host.windows.is_empty(), "one's own payment needs no window");
}

#[test]
fn a_payment_typed_wrong_is_explained() {
    let mut host = Host::anvil();
    let mut check = |to: &str, amount: &str, title: &str| {
        let call = ui::PrepareSend {
            from: ANVIL_ACCOUNTS[0].to_owned(),
            chain_id: 1,
            to: to.to_owned(),
            amount: amount.to_owned(),
            max: false,
        };
        assert_eq!(host.call(call).unwrap_err().title, title, "{to} {amount}");
    };
    check("0x123", "1", "This is not an address.");
    check(&ANVIL_ACCOUNTS[1].replace('C', "c"), "1", "There is a typing error in this address.");
    check(ANVIL_ACCOUNTS[1], "one", "This amount is not clear.");
    check(ANVIL_ACCOUNTS[1], "", "This amount is not clear.");
    check(ANVIL_ACCOUNTS[1], "-1", "This amount is not clear.");
    check(ANVIL_ACCOUNTS[1], "1.0000000000000000001", "This amount is not clear.");
    check(ANVIL_ACCOUNTS[1], "0", "The amount is nothing.");
}

#[test]
fn the_address_of_a_contract_that_is_made() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let (_, signed) = send(&mut host, page, json!({ "from": ANVIL_ACCOUNTS[0], "data": "0x6001600055" }));
    assert_eq!((signed.to, signed.input.len()), (None, 5));
}
