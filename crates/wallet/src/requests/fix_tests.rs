use candor_primitives::Bytes;
use candor_protocol::fees::Speed;
use proptest::prelude::*;

use super::*;
use crate::records::{AskedFees, FeesChosen, Market};

const GWEI: u128 = 1_000_000_000;

fn place(kind: ChainKind) -> Place {
    Place { network: "Net".to_owned(), symbol: "ETH".to_owned(), kind }
}

fn payment(value: Option<U256>) -> Asked {
    let (gas, nonce, access_list) = (None, None, None);
    Asked { to: None, value, input: Bytes::new(), gas, nonce, fees: AskedFees::Open, access_list }
}

fn market() -> Market {
    let prices = [(21 * GWEI, Some(GWEI)), (22 * GWEI, Some(2 * GWEI)), (23 * GWEI, Some(3 * GWEI))];
    Market { base_fee: Some(10 * GWEI), prices }
}

fn found(basis: Basis, publishing_fee: U256) -> Fixed {
    Fixed {
        nonce: 0,
        usual_nonce: 4,
        usual_price: Some(23 * GWEI),
        gas_limit: 0,
        gas_expected: 0,
        fees: (0, None),
        price_expected: 0,
        publishing_fee,
        value: U256::ZERO,
        receiver_is_contract: Some(false),
        token: None,
        allowance: None,
        balance: None,
        basis,
    }
}

fn basis() -> Basis {
    let market = Some(market());
    Basis { latest: 3, balance: U256::from(GWEI * GWEI), market, estimate: Some(21_000), ..Basis::default() }
}

/// What gets signed: number, limit, price, value.
fn signed_fields(fixed: &Fixed) -> (u64, u64, (u128, Option<u128>), U256) {
    (fixed.nonce, fixed.gas_limit, fixed.fees, fixed.value)
}

#[test]
fn who_wins() {
    let one = U256::from(1);
    let check = |asked: Asked, choice: FeeChoice, expected: (u64, u64, (u128, Option<u128>))| {
        let fixed =
            decide(&asked, &choice, found(basis(), U256::ZERO), U256::ZERO, &place(ChainKind::Layer1));
        let (nonce, gas_limit, fees, value) = signed_fields(&fixed.unwrap());
        assert_eq!(((nonce, gas_limit, fees), value), (expected, one), "{asked:?} {choice:?}");
    };
    let open = || payment(Some(one));
    let site = || Asked {
        gas: Some(40_000),
        nonce: Some(9),
        fees: AskedFees::Legacy { gas_price: 5 * GWEI },
        ..open()
    };
    let speed = |speed| FeeChoice { fees: Some(FeesChosen::Speed(speed)), ..FeeChoice::default() };
    let normal = (22 * GWEI, Some(2 * GWEI));
    check(open(), FeeChoice::default(), (4, 21_000, normal));
    check(open(), speed(Speed::Slow), (4, 21_000, (21 * GWEI, Some(GWEI))));
    check(open(), speed(Speed::Fast), (4, 21_000, (23 * GWEI, Some(3 * GWEI))));
    check(site(), FeeChoice::default(), (9, 40_000, (5 * GWEI, None)));
    check(site(), speed(Speed::Normal), (9, 40_000, normal));
    let own = FeeChoice {
        fees: Some(FeesChosen::Own((7, Some(6)))),
        gas_limit: Some(50_000),
        nonce: Some(5),
        anyway: false,
    };
    check(site(), own.clone(), (5, 50_000, (7, Some(6))));
    check(site(), FeeChoice { nonce: Some(2), ..own }, (4, 50_000, (7, Some(6))));
}

#[test]
fn what_failed_when_tried_is_only_done_when_a_person_insists() {
    let refusal = Some(super::super::problems::would_not_work(candor_chain::NodeError {
        code: 3,
        message: "execution reverted: paused".to_owned(),
        data: None,
    }));
    let failing = || Basis { estimate: None, refusal: refusal.clone(), ..basis() };
    let check = |gas: Option<u64>, anyway: bool, expected: Result<u64, &str>| {
        let asked = Asked { gas, ..payment(Some(U256::from(1))) };
        let choice = FeeChoice { anyway, ..FeeChoice::default() };
        let found = found(failing(), U256::ZERO);
        let fixed = decide(&asked, &choice, found, U256::ZERO, &place(ChainKind::Layer1));
        let limit = fixed.map(|fixed| fixed.gas_limit).map_err(|problem| problem.shown.text);
        assert_eq!(limit.as_ref().map_err(String::as_str), expected.as_ref().map_err(|text| *text));
    };
    let why = "The contract says: “paused”. Sending it would only use up the fee.";
    check(None, false, Err(why));
    check(None, true, Ok(BLIND_LIMIT));
    check(Some(30_000), false, Ok(30_000));
}

proptest! {
    /// Everything that can be sent is the balance less exactly the most that it can cost, on every kind of network, at
    /// every price; nothing is ever sent that could cost more than there is.
    #[test]
    fn everything_leaves_exactly_what_it_can_cost(
        balance in any::<u128>(),
        estimate in 21_000_u64..100_000_000,
        (most, tip) in (0_u128..50_000 * GWEI, proptest::option::of(0_u128..GWEI)),
        publishing in 0_u128..GWEI * GWEI,
        spent in 0_u128..GWEI * GWEI,
        kind in prop::sample::select(vec![
            ChainKind::Layer1, ChainKind::OpStack, ChainKind::Arbitrum, ChainKind::Other
        ]),
    ) {
        let publishing = if kind == ChainKind::OpStack { U256::from(publishing) } else { U256::ZERO };
        let market = Some(Market { base_fee: tip.map(|_| most / 2), prices: [(most, tip); 3] });
        let (balance, spent) = (U256::from(balance), U256::from(spent));
        let basis = Basis { balance, market, estimate: Some(estimate), ..basis() };
        let decided = |value| {
            decide(&payment(value), &FeeChoice::default(), found(basis.clone(), publishing), spent, &place(kind))
        };
        let left = balance.saturating_sub(spent);
        match decided(None) {
            Ok(fixed) => {
                prop_assert!(fixed.value > U256::ZERO);
                prop_assert_eq!(cost(&fixed), left);
                let work = U256::from(fixed.gas_limit) * U256::from(most);
                prop_assert_eq!(left - work - publishing, fixed.value);
                prop_assert!(fixed.gas_limit >= estimate);
                // One unit more is refused, the same amount is not.
                prop_assert!(decided(Some(fixed.value + U256::from(1))).is_err());
                prop_assert_eq!(signed_fields(&decided(Some(fixed.value)).unwrap()), signed_fields(&fixed));
            }
            Err(_) => {
                prop_assert!(decided(Some(U256::from(1))).is_err());
            }
        }
    }
}
