use proptest::prelude::*;

use super::*;

const GWEI: u128 = 1_000_000_000;

fn eip1559(max_fee: u128, tip: u128) -> FeeRate {
    FeeRate::Eip1559 { max_fee, tip }
}

fn rates(history: &Value, gas_price: &Value) -> Result<(Option<u128>, [FeeRate; 3]), FeeError> {
    suggest(history, gas_price).map(|s| (s.base_fee, [s.slow, s.normal, s.fast]))
}

#[test]
fn suggestions() {
    let check = |what: &str,
                 history: Value,
                 gas_price: Value,
                 expected: Result<(Option<u128>, [FeeRate; 3]), FeeError>| {
        assert_eq!(rates(&history, &gas_price), expected, "{what}");
    };
    let three = |f: fn(u128) -> FeeRate, fees: [u128; 3]| fees.map(f);
    let legacy = |fees| three(|gas_price| FeeRate::Legacy { gas_price }, fees);

    // 0x3b9aca00 is 1 gwei, 0x77359400 is 2, 0xb2d05e00 is 3.
    check(
        "medians over blocks",
        json!({ "oldestBlock": "0x10", "baseFeePerGas": ["0x1", "0x1", "0x1", "0x77359400"], "gasUsedRatio": [0.5, 0.9, 0.1],
            "reward": [["0x5f5e100", "0x3b9aca00", "0x77359400"], ["0x5f5e100", "0x3b9aca00", "0x77359400"], ["0xb2d05e00", "0xb2d05e00", "0xb2d05e00"]] }),
        json!("0x77359400"),
        Ok((
            Some(2 * GWEI),
            [eip1559(4 * GWEI + GWEI / 10, GWEI / 10), eip1559(5 * GWEI, GWEI), eip1559(6 * GWEI, 2 * GWEI)],
        )),
    );
    check(
        "empty blocks say nothing, the node's own tip does",
        json!({ "baseFeePerGas": ["0x3b9aca00", "0x3b9aca00"], "reward": [["0x0", "0x0", "0x0"]] }),
        json!("0x77359400"),
        Ok((Some(GWEI), [eip1559(3 * GWEI, GWEI); 3])),
    );
    check(
        "no rewards, gas price below base fee",
        json!({ "baseFeePerGas": ["0x3b9aca00"], "reward": null }),
        json!("0x1"),
        Ok((Some(GWEI), [eip1559(2 * GWEI + MIN_TIP, MIN_TIP); 3])),
    );
    check(
        "percentiles in the wrong order still rise",
        json!({ "baseFeePerGas": ["0x3b9aca00"], "reward": [["0xb2d05e00", "0x77359400", "0x3b9aca00"]] }),
        json!(null),
        Ok((Some(GWEI), [eip1559(5 * GWEI, 3 * GWEI); 3])),
    );
    check(
        "short and broken reward rows",
        json!({ "baseFeePerGas": ["0x3b9aca00"], "reward": [[], ["0x77359400"], "x", ["zz", {}, null]] }),
        json!(null),
        Ok((Some(GWEI), [eip1559(4 * GWEI, 2 * GWEI); 3])),
    );
    check(
        "a base fee that falls to zero is still one",
        json!({ "baseFeePerGas": ["0x7", "0x0"] }),
        json!(null),
        Ok((Some(0), [eip1559(MIN_TIP, MIN_TIP); 3])),
    );
    check(
        "zero history means legacy (BNB Smart Chain answers so)",
        json!({ "oldestBlock": "0x10", "baseFeePerGas": ["0x0", "0x0", "0x0"], "gasUsedRatio": [0.2, 0.2], "reward": [["0x3b9aca00"], ["0x3b9aca00"]] }),
        json!("0x3b9aca00"),
        Ok((None, legacy([GWEI, GWEI + GWEI / 10, GWEI + GWEI / 4]))),
    );
    // anvil 1.7.1, before and after its first transaction.
    check(
        "a new local chain",
        json!({ "baseFeePerGas": ["0x3b9aca00", "0x3b9aca00"], "gasUsedRatio": [0.0], "oldestBlock": "0x0",
            "baseFeePerBlobGas": ["0x1", "0x1"], "blobGasUsedRatio": [0.0], "reward": [["0x0", "0x0", "0x0"]] }),
        json!("0x77359400"),
        Ok((Some(GWEI), [eip1559(3 * GWEI, GWEI); 3])),
    );
    check(
        "a local chain in use",
        json!({ "baseFeePerGas": ["0x3b9aca00", "0x3b9aca00", "0x342a1c58"], "gasUsedRatio": [0.0, 0.0007], "oldestBlock": "0x0",
            "reward": [["0x0", "0x0", "0x0"], ["0x3b9aca00", "0x3b9aca00", "0x3b9aca00"]] }),
        json!("0x6fc4e658"),
        Ok((Some(875_175_000), [eip1559(2_750_350_000, GWEI); 3])),
    );
    check("no history", json!(null), json!("0x8"), Ok((None, legacy([8, 9, 10]))));
    check(
        "history without base fees",
        json!({ "oldestBlock": "0x1", "reward": [] }),
        json!(8),
        Ok((None, legacy([8, 9, 10]))),
    );
    check(
        "decimal text",
        json!({ "baseFeePerGas": ["2000000000"] }),
        json!(null),
        Ok((Some(2 * GWEI), [eip1559(4 * GWEI + MIN_TIP, MIN_TIP); 3])),
    );
    check("nothing", json!(null), json!(null), Err(FeeError::Unknown));
    check("zero price", json!({}), json!("0x0"), Err(FeeError::Unknown));
    check("text", json!("no"), json!("no"), Err(FeeError::Unknown));
    check(
        "absurd tip",
        json!({ "baseFeePerGas": ["0x1"], "reward": [["0x0", "0x0", "0x2d79883d2001"]] }),
        json!(null),
        Err(FeeError::Absurd),
    );
    check("absurd price", json!(null), json!("0x2d79883d2001"), Err(FeeError::Absurd));
    check(
        "absurd base fee",
        json!({ "baseFeePerGas": [format!("0x{}", "f".repeat(32))] }),
        json!(null),
        Err(FeeError::Absurd),
    );
}

#[test]
fn parameters() {
    assert_eq!(history_params(), json!(["0xa", "latest", [10, 50, 90]]));
}

#[test]
fn replacements() {
    let check =
        |old: FeeRate, fresh: FeeRate, expected: FeeRate| assert_eq!(old.replacement(fresh), expected);
    let legacy = |gas_price| FeeRate::Legacy { gas_price };
    check(eip1559(800, 80), eip1559(1, 1), eip1559(900, 90));
    check(eip1559(801, 81), eip1559(1, 1), eip1559(902, 92));
    check(eip1559(800, 80), eip1559(2000, 100), eip1559(2000, 100));
    check(eip1559(10, 10), eip1559(5, 100), eip1559(100, 100));
    check(eip1559(800, 0), legacy(5), eip1559(900, 1));
    check(legacy(8), legacy(3), legacy(9));
    check(legacy(8), eip1559(20, 1), legacy(20));
    check(legacy(u128::MAX), legacy(0), legacy(u128::MAX));
}

#[test]
fn expected_price() {
    let check = |rate: FeeRate, base: u128, expected: u128| assert_eq!(rate.expected_per_gas(base), expected);
    check(eip1559(100, 10), 50, 60);
    check(eip1559(100, 10), 95, 100);
    check(FeeRate::Legacy { gas_price: 7 }, 95, 7);
}

/// Any JSON, with the names and shapes that the reader looks for made likely.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "0x[0-9a-f]{0,70}".prop_map(Value::from),
        "\\PC{0,9}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let key =
            prop_oneof![Just("baseFeePerGas"), Just("reward"), Just("oldestBlock")].prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_answer_gives_sane_rates_or_an_error(history in anything(), gas_price in anything()) {
        if let Ok(FeeSuggestion { slow, normal, fast, .. }) = suggest(&history, &gas_price) {
            prop_assert!(slow.max_per_gas() <= normal.max_per_gas() && normal.max_per_gas() <= fast.max_per_gas());
            prop_assert!(fast.max_per_gas() <= MAX_PER_GAS && slow.max_per_gas() > 0);
            for rate in [slow, normal, fast] {
                if let FeeRate::Eip1559 { max_fee, tip } = rate {
                    prop_assert!(MIN_TIP <= tip && tip <= max_fee);
                }
            }
        }
    }
}
