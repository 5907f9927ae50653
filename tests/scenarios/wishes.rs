//! Whatever a site asks for: what is signed is what was shown, and what differs from its wishes was said.

use candor_primitives::U256;
use candor_protocol::{
    fees::{FeeWish, Speed},
    ui,
    view::{ApprovalView, ReadyView},
};
use candor_signer::transaction::{Fees, Fields};
use candor_tests::{Host, page::PageId, surface::ANVIL_ACCOUNTS};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::{Map, Value, json};

const CASES: u32 = 500;
const GWEI: u64 = 1_000_000_000;

fn quantity() -> impl Strategy<Value = u64> {
    prop_oneof![0_u64..5, 21_000_u64..400_000, GWEI..500 * GWEI]
}

/// A transaction as a site may ask for it, and what a person chooses of its fee.
fn wishes() -> impl Strategy<Value = (Map<String, Value>, Option<Speed>)> {
    let optional = || prop::option::of(quantity());
    let dynamic = (optional(), optional())
        .prop_map(|(most, tip)| [("maxFeePerGas", most.max(tip)), ("maxPriorityFeePerGas", tip)]);
    let legacy = quantity().prop_map(|price| [("gasPrice", Some(price)), ("", None)]);
    let fees = prop_oneof![Just([("", None), ("", None)]), dynamic, legacy];
    let speed = prop::option::of(prop::sample::select(Speed::ALL.to_vec()));
    let rest = (optional(), prop::option::of(0_u64..9), prop::option::of(21_000_u64..1_000_000));
    let data = prop::option::of(prop::collection::vec(any::<u8>(), 0..80));
    (fees, rest, data, speed).prop_map(|(fees, (value, nonce, gas), data, speed)| {
        let mut asked = Map::new();
        let numbers = [("value", value), ("nonce", nonce), ("gas", gas)];
        for (name, number) in fees.into_iter().chain(numbers) {
            if let Some(number) = number {
                asked.insert(name.to_owned(), json!(format!("0x{number:x}")));
            }
        }
        if let Some(data) = data {
            asked.insert("data".to_owned(), json!(format!("0x{}", hex::encode(data))));
        }
        asked.insert("from".to_owned(), json!(ANVIL_ACCOUNTS[0]));
        asked.insert("to".to_owned(), json!(ANVIL_ACCOUNTS[1]));
        (asked, speed)
    })
}

/// What the site asked for under a name.
fn wish(asked: &Map<String, Value>, name: &str) -> Option<u128> {
    let text = asked.get(name)?.as_str()?.strip_prefix("0x")?;
    u128::from_str_radix(text, 16).ok()
}

/// Asks, chooses, agrees; what was shown last and what the chain got. Nothing if it could not be agreed to.
fn live(
    host: &mut Host,
    page: PageId,
    asked: &Map<String, Value>,
    speed: Option<Speed>,
) -> Option<(ApprovalView, Fields)> {
    host.ask(page, "eth_sendTransaction", json!([asked]));
    let [first] = host.prompts().try_into().ok()?;
    let id = first.id;
    if let Some(speed) = speed.filter(|_| first.ready == ReadyView::Ready) {
        host.must(ui::SetFee { id, wish: FeeWish::Speed(speed) });
    }
    let shown = host.must(ui::Approval { id });
    if shown.ready != ReadyView::Ready {
        return None;
    }
    host.approve(&shown).unwrap();
    Some((shown, host.net.chain(1).taken.last().unwrap().fields.clone()))
}

#[test]
fn what_is_signed_is_what_was_shown_and_what_differs_was_said() {
    let mut world = Host::anvil();
    let page = world.connected("https://a.example");
    // Numbers below two were used, so that some wishes cannot be met.
    for _ in 0..2 {
        let mut used = Map::new();
        used.insert("from".to_owned(), json!(ANVIL_ACCOUNTS[0]));
        used.insert("to".to_owned(), json!(ANVIL_ACCOUNTS[1]));
        live(&mut world, page, &used, None).unwrap();
    }
    let world = world.fork();
    let signed_ones = std::cell::Cell::new(0_u32);
    let outcome = TestRunner::new(Config::with_cases(CASES)).run(&wishes(), |(asked, speed)| {
        let mut host = world.fork();
        host.logging = false;
        let Some((shown, signed)) = live(&mut host, page, &asked, speed) else { return Ok(()) };
        signed_ones.set(signed_ones.get() + 1);
        let fee = shown.fee.unwrap();
        let fields = fee.terms.fields.unwrap();
        let (most, tip) = match signed.fees {
            Fees::Legacy { gas_price } => (gas_price, None),
            Fees::Eip1559 { max_fee_per_gas, max_priority_fee_per_gas } => {
                (max_fee_per_gas, Some(max_priority_fee_per_gas))
            }
        };
        let in_wei = |gwei: &str| candor_chain::amount::parse(gwei, 9).unwrap();

        prop_assert_eq!(signed.value, U256::from(wish(&asked, "value").unwrap_or_default()));
        let data = asked.get("data").and_then(Value::as_str).unwrap_or("0x");
        prop_assert_eq!(format!("0x{}", hex::encode(&signed.input)), data);
        prop_assert_eq!(&fields.nonce, &signed.nonce.to_string());
        prop_assert_eq!(&fields.gas_limit, &signed.gas_limit.to_string());
        prop_assert_eq!(in_wei(&fields.max_fee), U256::from(most));
        prop_assert_eq!(fields.tip.as_deref().map(in_wei), tip.map(U256::from));
        prop_assert_eq!(fee.at_most_wei, (U256::from(most) * U256::from(signed.gas_limit)).to_string());

        let price = wish(&asked, "maxFeePerGas").or(wish(&asked, "gasPrice"));
        for (label, wished, used) in [
            ("Number in line", wish(&asked, "nonce"), Some(signed.nonce.into())),
            ("Work limit", wish(&asked, "gas"), Some(signed.gas_limit.into())),
            ("Price per unit", price, Some(most)),
            ("Tip per unit", wish(&asked, "maxPriorityFeePerGas"), tip),
        ] {
            let said = fee.terms.asked.iter().find(|said| said.label == label);
            if let Some(said) = said {
                prop_assert_eq!(said.taken, wished == used, "{}", label);
            } else if let Some(wished) = wished {
                // Not said: then it was met, or is what the wallet proposes anyway.
                let tip_of_one_price = label == "Tip per unit" && used.is_none();
                prop_assert!(tip_of_one_price || Some(wished) == used, "{}: {} {:?}", label, wished, used);
            }
        }
        Ok(())
    });
    outcome.unwrap();
    assert!(signed_ones.get() > CASES / 2, "most can be agreed to: {}", signed_ones.get());
}
