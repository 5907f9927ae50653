//! What a transaction costs: what is said of it, what can be chosen, and what is signed then.

use candor_chain::op_stack::{self, OperatorFee};
use candor_primitives::{Millis, U256};
use candor_protocol::{
    fees::{FeeFieldsView, FeeWish, Speed},
    ui,
    view::{ApprovalView, ReadyView, Tone},
};
use candor_signer::transaction::{Fees, Fields};
use candor_tests::{Host, chain::node_error, net::Manner, surface::ANVIL_ACCOUNTS};
use serde_json::{Value, json};

const GWEI: u128 = 1_000_000_000;

/// The user's own payment on a network, or of everything; says its request.
fn prepare(host: &mut Host, chain_id: u64, amount: Option<&str>) -> u64 {
    host.must(ui::PrepareSend {
        from: ANVIL_ACCOUNTS[0].to_owned(),
        chain_id,
        to: ANVIL_ACCOUNTS[1].to_owned(),
        amount: amount.unwrap_or_default().to_owned(),
        max: amount.is_none(),
    })
}

fn shown(host: &mut Host, id: u64) -> ApprovalView {
    host.must(ui::Approval { id })
}

/// Agrees, and says what reached the chain.
fn agree(host: &mut Host, chain: u64, id: u64) -> Fields {
    let shown = shown(host, id);
    host.approve(&shown).unwrap();
    host.advance(Millis::from_secs(10));
    host.net.chain(chain).taken.last().unwrap().fields.clone()
}

fn dynamic(max_fee_per_gas: u128, max_priority_fee_per_gas: u128) -> Fees {
    Fees::Eip1559 { max_fee_per_gas, max_priority_fee_per_gas }
}

fn wish(speed: Speed) -> FeeWish {
    FeeWish::Speed(speed)
}

/// A site's payment of one coin; says its request.
fn ask(host: &mut Host, more: Value) -> u64 {
    let page = host.connected("https://a.example");
    let mut payment =
        json!({ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0xde0b6b3a7640000" });
    payment.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    host.ask(page, "eth_sendTransaction", json!([payment]));
    host.prompt().id
}

#[test]
fn three_speeds() {
    let check = |chosen: Option<Speed>, fees: Fees, wait: &str| {
        let mut host = Host::anvil();
        let id = prepare(&mut host, 1, Some("1"));
        if let Some(speed) = chosen {
            host.must(ui::SetFee { id, wish: wish(speed) });
        }
        let view = shown(&mut host, id);
        let terms = view.fee.unwrap().terms;
        assert_eq!(terms.chosen, Some(chosen.unwrap_or(Speed::Normal)));
        assert_eq!(terms.wait.unwrap().replace('\u{a0}', " "), format!("usually within {wait}"));
        let speeds: Vec<&str> = terms.speeds.iter().map(|speed| speed.about.as_str()).collect();
        assert_eq!(speeds, ["0.000231\u{a0}ETH", "0.000231\u{a0}ETH", "0.000252\u{a0}ETH"]);
        assert_eq!(agree(&mut host, 1, id).fees, fees);
    };
    check(None, dynamic(21 * GWEI, GWEI), "30 seconds");
    check(Some(Speed::Slow), dynamic(21 * GWEI, GWEI), "2 minutes");
    check(Some(Speed::Normal), dynamic(21 * GWEI, GWEI), "30 seconds");
    check(Some(Speed::Fast), dynamic(22 * GWEI, 2 * GWEI), "15 seconds");
}

#[test]
fn one_price_where_there_is_no_other() {
    let mut host = Host::anvil();
    host.net.chain(1).base_fee = None;
    let id = prepare(&mut host, 1, Some("1"));
    let fields = shown(&mut host, id).fee.unwrap().terms.fields.unwrap();
    assert_eq!((fields.max_fee.as_str(), fields.tip), ("5.5", None));
    host.must(ui::SetFee { id, wish: wish(Speed::Fast) });
    assert_eq!(agree(&mut host, 1, id).fees, Fees::Legacy { gas_price: 6 * GWEI + GWEI / 4 });
}

#[test]
fn what_the_site_wishes_is_beside_what_is_usual() {
    let site =
        json!({ "gas": "0x7530", "maxFeePerGas": "0x6fc23ac00", "maxPriorityFeePerGas": "0x77359400" });
    let check = |wish: Option<FeeWish>, taken: bool, fees: Fees, gas: u64| {
        let mut host = Host::anvil();
        let id = ask(&mut host, site.clone());
        if let Some(wish) = wish {
            host.must(ui::SetFee { id, wish: wish.clone() });
        }
        let terms = shown(&mut host, id).fee.unwrap().terms;
        let asked: Vec<_> = terms
            .asked
            .iter()
            .map(|asked| (asked.label.as_str(), asked.asked.as_str(), asked.usual.as_str(), asked.taken))
            .collect();
        let expected = [
            ("Price per unit", "30\u{a0}gwei", "21\u{a0}gwei", taken),
            ("Tip per unit", "2\u{a0}gwei", "1\u{a0}gwei", taken),
            ("Work limit", "30,000", "21,000", true),
        ];
        assert_eq!(asked, expected);
        assert_eq!(terms.can_reset, !taken);
        let signed = agree(&mut host, 1, id);
        assert_eq!((signed.fees, signed.gas_limit), (fees, gas));
    };
    check(None, true, dynamic(30 * GWEI, 2 * GWEI), 30_000);
    check(Some(wish(Speed::Normal)), false, dynamic(21 * GWEI, GWEI), 30_000);
    check(Some(FeeWish::AsAsked), true, dynamic(30 * GWEI, 2 * GWEI), 30_000);
}

fn fields(max_fee: &str, tip: &str, gas_limit: &str, nonce: &str) -> FeeWish {
    FeeWish::Own(FeeFieldsView {
        max_fee: max_fee.to_owned(),
        tip: Some(tip.to_owned()),
        gas_limit: gas_limit.to_owned(),
        nonce: nonce.to_owned(),
    })
}

#[test]
fn experts_set_every_value() {
    let mut host = Host::anvil();
    let id = prepare(&mut host, 1, Some("9999"));
    let mut wrong = |typed: FeeWish, title: &str| {
        let error = host.call(ui::SetFee { id, wish: typed.clone() }).unwrap_err();
        assert_eq!(error.title, title, "{typed:?}");
        assert!(!error.text.is_empty());
    };
    wrong(fields("x", "", "", ""), "The highest price is not clear.");
    wrong(fields("0", "", "", ""), "The highest price is nothing.");
    wrong(fields("-1", "", "", ""), "The highest price is not clear.");
    wrong(fields("1.0000000001", "", "", ""), "The highest price is not clear.");
    wrong(fields("99999999", "", "", ""), "The highest price is far too high.");
    wrong(fields("5", "6", "", ""), "The tip is higher than the highest price.");
    wrong(fields("", "", "20999", ""), "The work limit is too low.");
    wrong(fields("", "", "16777217", ""), "The work limit is too high.");
    wrong(fields("", "", "1e5", ""), "The work limit is not clear.");
    wrong(fields("", "", "", "-1"), "The number in line is not clear.");
    wrong(fields("40000", "", "16777216", ""), "Not enough ETH for the fee.");
    assert_eq!(shown(&mut host, id).ready, ReadyView::Ready, "what was refused changed nothing");

    let note = |host: &mut Host, typed: FeeWish| {
        host.must(ui::SetFee { id, wish: typed });
        shown(host, id).notes.into_iter().map(|note| note.rule).collect::<Vec<_>>()
    };
    assert!(note(&mut host, fields("9", "1", "21000", "0")).contains(&"fee-too-low".to_owned()));
    assert!(note(&mut host, fields("300", "1", "21000", "0")).contains(&"fee-too-high".to_owned()));
    assert!(note(&mut host, fields("20", "1", "30000", "3")).contains(&"waits-for-others".to_owned()));
    let signed = agree(&mut host, 1, id);
    assert_eq!((signed.fees, signed.gas_limit, signed.nonce), (dynamic(20 * GWEI, GWEI), 30_000, 3));
}

#[test]
fn what_fails_when_tried_is_explained_and_can_be_insisted_on() {
    let refuse = |host: &mut Host| {
        let revert = node_error(3, "execution reverted: paused");
        host.net.manners(1, "eth_estimateGas", &Manner::Refuses(revert));
    };
    let mut host = Host::anvil();
    refuse(&mut host);
    let id = ask(&mut host, json!({}));
    let ReadyView::Failed { problem, passable: true } = shown(&mut host, id).ready else { panic!() };
    assert_eq!(problem.text, "The contract says: “paused”. Sending it would only use up the fee.");
    host.must(ui::GoOnAnyway { id });
    let view = shown(&mut host, id);
    assert_eq!((view.ready, view.tone), (ReadyView::Ready, Tone::Risk));
    assert_eq!(view.notes[0].rule, "would-fail");
    assert_eq!(agree(&mut host, 1, id).gas_limit, 500_000);

    // A site that names a limit has not spared the person the reason.
    let mut host = Host::anvil();
    refuse(&mut host);
    let id = ask(&mut host, json!({ "gas": "0x7530" }));
    let view = shown(&mut host, id);
    assert_eq!(
        (view.ready, view.tone, view.notes[0].rule.as_str()),
        (ReadyView::Ready, Tone::Risk, "would-fail")
    );
}

#[test]
fn a_fee_out_of_proportion_is_said() {
    let check = |amount: &str, expected: Option<&str>| {
        let mut host = Host::anvil();
        let id = prepare(&mut host, 1, Some(amount));
        let notes = shown(&mut host, id).notes;
        let found = notes.iter().find(|note| note.rule == "fee-out-of-proportion");
        assert_eq!(found.map(|note| note.what.as_str()), expected, "{amount}");
    };
    check("0.0002", Some("The fee is more than what you send."));
    check("0.0009", Some("The fee is a large part of what you send."));
    check("0.001", None);
}

/// The fee for publishing is asked of the contract that knows it, of bytes as long as those that are signed, and left
/// over with a margin.
#[test]
fn everything_on_the_op_stack() {
    let mut host = Host::anvil();
    host.net.chain(8453).publishing_fee = Some(4_000);
    let id = prepare(&mut host, 8453, None);
    let view = shown(&mut host, id);
    assert!(view.fee.unwrap().terms.publishing.is_some());
    let signed = agree(&mut host, 8453, id);
    let balance = U256::from(10_000) * U256::from(GWEI * GWEI);
    let Fees::Eip1559 { max_fee_per_gas, .. } = signed.fees else { panic!() };
    let work = U256::from(signed.gas_limit) * U256::from(max_fee_per_gas);
    assert_eq!(balance - work - U256::from(5_000), signed.value);
    let signed_length = host.net.chain(8453).taken[0].raw.len() as u64;
    let asked = host.net.asked.iter().find(|asked| asked.params.to_string().contains("49948e0e")).unwrap();
    assert_eq!(asked.params[0]["to"], json!(op_stack::GAS_PRICE_ORACLE));
    let length =
        u64::from_str_radix(asked.params[0]["data"].as_str().unwrap().get(74..138).unwrap(), 16).unwrap();
    assert!(length + 68 >= signed_length, "{length} {signed_length}");
}

/// What the operator takes is in the fee that is shown, and left over as well.
#[test]
fn the_operators_fee_on_the_op_stack() {
    let mut host = Host::anvil();
    let chain = host.net.chain(8453);
    chain.publishing_fee = Some(0);
    for (gas, fee) in [(0, GWEI), (OperatorFee::MUCH, GWEI + 50 * u128::from(OperatorFee::MUCH))] {
        let data = OperatorFee::call(gas).to_string();
        chain.said.insert((op_stack::GAS_PRICE_ORACLE, data), format!("0x{fee:064x}"));
    }
    let id = prepare(&mut host, 8453, None);
    let signed = agree(&mut host, 8453, id);
    let balance = U256::from(10_000) * U256::from(GWEI * GWEI);
    let Fees::Eip1559 { max_fee_per_gas, .. } = signed.fees else { panic!() };
    let work = U256::from(signed.gas_limit) * U256::from(max_fee_per_gas);
    assert_eq!(balance - work - U256::from(GWEI + 50 * u128::from(signed.gas_limit)), signed.value);
}

#[test]
fn the_part_for_ethereum_on_arbitrum() {
    let mut host = Host::anvil();
    let words = [21_500_u64, 500, 1, 1].map(|word| format!("{word:064x}")).concat();
    host.net.manners(42_161, "eth_call", &Manner::Says(json!(format!("0x{words}"))));
    let id = prepare(&mut host, 42_161, None);
    let view = shown(&mut host, id);
    assert_eq!(view.fee.unwrap().terms.publishing.as_deref(), Some("< 0.0001\u{a0}ETH"));
    let signed = agree(&mut host, 42_161, id);
    let balance = U256::from(10_000) * U256::from(GWEI * GWEI);
    assert_eq!((signed.gas_limit, signed.value), (25_200, balance - U256::from(25_200 * 21 * GWEI)));
}
