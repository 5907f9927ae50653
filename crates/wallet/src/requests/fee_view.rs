//! The fee of a request in people's terms.

use candor_chain::{ChainKind, CoinPrice, FeeRate, amount, wait};
use candor_primitives::U256;
use candor_protocol::{
    fees::{AskedView, FeeFieldsView, FeeTermsView, Speed, SpeedView, WorthView},
    view::FeeView,
};

use super::{
    fee::{coins_up, gwei, price_of, rate, signed},
    fix::{Place, cost, fee_cap, on_top, usual_limit},
};
use crate::records::{AskedFees, FeeChoice, FeesChosen, Fixed, Request, TransactionDraft};

/// Who sets no price has the wallet's.
const DEFAULT: Speed = Speed::Normal;

/// How many blocks a speed usually takes: the fees of the last blocks say what was enough for the next one, and one
/// that most others outbid falls behind for some.
const fn blocks(speed: Speed) -> u64 {
    match speed {
        Speed::Slow => 10,
        Speed::Normal => 2,
        Speed::Fast => 1,
    }
}

/// What all transactions of a request cost together; nothing while that is not fixed, or if there is none. A price of
/// the coin only ever adds words.
pub(super) fn fee_view(request: &Request, place: &Place, price: Option<&CoinPrice>) -> Option<FeeView> {
    let drafts = request.drafts();
    let fixed: Vec<&Fixed> = drafts.iter().map(|draft| draft.fixed.as_ref()).collect::<Option<_>>()?;
    if fixed.is_empty() {
        return None;
    }
    let sum = |each: fn(&Fixed) -> U256| {
        fixed.iter().map(|fixed| each(fixed)).fold(U256::ZERO, U256::saturating_add)
    };
    let expected = sum(|fixed| expected(fixed, fixed.price_expected, signed(fixed.fees).ceiling()));
    let cap = sum(|fixed| cost(fixed).saturating_sub(fixed.value));
    let worth =
        price.and_then(|price| Some(WorthView { about: price.cost(expected)?, at_most: price.cost(cap)? }));
    let speed = speed_in_use(request);
    let can_reset = request.choice != FeeChoice { anyway: request.choice.anyway, ..FeeChoice::default() };
    Some(FeeView {
        about: coins_up(expected, &place.symbol),
        at_most: coins_up(cap, &place.symbol),
        at_most_wei: cap.to_string(),
        total: coins_up(sum(cost), &place.symbol),
        terms: FeeTermsView {
            chosen: speed,
            wait: wait_in_use(&fixed, speed, place.kind),
            speeds: Speed::ALL
                .into_iter()
                .filter_map(|speed| speed_view(speed, &fixed, place, price))
                .collect(),
            asked: drafts.iter().flat_map(|draft| differences(draft, place.kind)).collect(),
            can_reset,
            fields: match fixed.as_slice() {
                [only] => Some(fields(only)),
                _ => None,
            },
            publishing: publishing(&fixed, &place.symbol),
            worth,
        },
    })
}

/// What a transaction will probably cost at a price per unit of which it takes `ceiling` at most.
fn expected(fixed: &Fixed, price: u128, ceiling: u128) -> U256 {
    let about = U256::from(fixed.gas_expected).saturating_mul(U256::from(price));
    let cap = fee_cap(fixed.gas_limit, ceiling, fixed);
    about.saturating_add(on_top(fixed.gas_expected, fixed)).min(cap)
}

/// The speed whose price is in use; nothing where somebody set another price.
fn speed_in_use(request: &Request) -> Option<Speed> {
    let open = || request.drafts().iter().all(|draft| draft.asked.fees == AskedFees::Open);
    match request.choice.fees {
        Some(FeesChosen::Speed(speed)) => Some(speed),
        Some(FeesChosen::Own(_)) => None,
        None => open().then_some(DEFAULT),
    }
}

/// How long the price in use makes one wait: that of a speed its own; another one that of the fastest speed whose tip
/// it has, as long as it pays the base fee.
fn wait_in_use(fixed: &[&Fixed], speed: Option<Speed>, kind: ChainKind) -> Option<String> {
    let first = fixed.first()?;
    let market = first.basis.market.as_ref()?;
    let speed = speed.or_else(|| {
        let base_fee = market.base_fee.unwrap_or_default();
        let paid = |price| rate(price).expected_per_gas(base_fee);
        let (ceiling, _) = first.fees;
        let enough =
            |speed: &Speed| ceiling >= base_fee && paid(first.fees) >= paid(price_of(market, *speed));
        Speed::ALL.into_iter().rev().find(enough)
    })?;
    Some(wait::usually_within(kind, blocks(speed)))
}

fn speed_view(speed: Speed, fixed: &[&Fixed], place: &Place, price: Option<&CoinPrice>) -> Option<SpeedView> {
    let mut about = U256::ZERO;
    for fixed in fixed {
        let market = fixed.basis.market.as_ref()?;
        let rate = rate(price_of(market, speed));
        let per_unit = rate.expected_per_gas(market.base_fee.unwrap_or_default());
        about = about.saturating_add(expected(fixed, per_unit, rate.max_per_gas()));
    }
    Some(SpeedView {
        speed,
        about: price.and_then(|price| price.cost(about)).unwrap_or_else(|| coins_up(about, &place.symbol)),
        wait: wait::usually_within(place.kind, blocks(speed)),
    })
}

/// Where what the site asked for differs from what the wallet would choose, or from what is used.
fn differences(draft: &TransactionDraft, kind: ChainKind) -> Vec<AskedView> {
    let mut all = Vec::new();
    let Some(fixed) = &draft.fixed else { return all };
    let mut add = |label: &str, asked: Option<String>, usual: Option<String>, taken: bool| {
        if let (Some(asked), Some(usual)) = (asked, usual)
            && asked != usual
        {
            all.push(AskedView { label: label.to_owned(), asked, usual, taken });
        }
    };
    let usual = fixed.basis.market.as_ref().map(|market| rate(price_of(market, DEFAULT)));
    let (usual_most, usual_tip) = match usual {
        Some(FeeRate::Eip1559 { max_fee, tip }) => (Some(max_fee), Some(tip)),
        Some(FeeRate::Legacy { gas_price }) => (Some(gas_price), None),
        None => (None, None),
    };
    let (used_most, used_tip) = fixed.fees;
    let (most, tip) = match draft.asked.fees {
        AskedFees::Open => (None, None),
        AskedFees::Legacy { gas_price } => (Some(gas_price), None),
        AskedFees::Dynamic { max_fee, priority } => (max_fee, priority),
    };
    add("Price per unit", most.map(gwei), usual_most.map(gwei), most == Some(used_most));
    add("Tip per unit", tip.map(gwei), usual_tip.map(gwei), tip == used_tip);
    let limit = fixed.basis.estimate.map(|estimate| usual_limit(&draft.asked, fixed, estimate, kind));
    let count = |number: u64| amount::exact(U256::from(number), 0);
    let gas = draft.asked.gas;
    add("Work limit", gas.map(count), limit.map(count), gas == Some(fixed.gas_limit));
    let nonce = draft.asked.nonce;
    let usual = Some(fixed.usual_nonce.to_string());
    add("Number in line", nonce.map(|nonce| nonce.to_string()), usual, nonce == Some(fixed.nonce));
    all
}

fn fields(fixed: &Fixed) -> FeeFieldsView {
    let (most, tip) = fixed.fees;
    let plain = |wei: u128| amount::plain(U256::from(wei), 9);
    FeeFieldsView {
        max_fee: plain(most),
        tip: tip.map(plain),
        gas_limit: fixed.gas_limit.to_string(),
        nonce: fixed.nonce.to_string(),
    }
}

/// What of the fee is for publishing on Ethereum.
fn publishing(fixed: &[&Fixed], symbol: &str) -> Option<String> {
    let of = |fixed: &&Fixed| {
        let work = fixed.basis.publishing_work.unwrap_or_default();
        let inside = U256::from(work).saturating_mul(U256::from(fixed.price_expected));
        fixed.publishing_fee.saturating_add(inside)
    };
    let all = fixed.iter().map(of).fold(U256::ZERO, U256::saturating_add);
    (all > U256::ZERO).then(|| coins_up(all, symbol))
}
