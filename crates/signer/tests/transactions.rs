//! Transactions against the examples of the EIPs, other wallets' output and the tests of Ethereum itself.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input fails")]

mod common;

use candor_primitives::{Address, B256, Bytes, ChainId, U256, address};
use candor_signer::{
    address_of,
    transaction::{
        AccessList, AccessListItem, DecodeError, Fees, Fields, FingerprintMismatch, PrepareError, Prepared,
        decode_raw,
    },
};
use common::{KEY, bytes};
use proptest::prelude::*;

const TO: Address = address!("0x3535353535353535353535353535353535353535");

fn fields(fees: Fees) -> Fields {
    Fields {
        chain_id: ChainId::new(1).unwrap(),
        nonce: 9,
        fees,
        gas_limit: 60_000,
        to: Some(TO),
        value: U256::from(10).pow(U256::from(18)),
        input: bytes("deadbeef").into(),
        access_list: None,
    }
}

const LEGACY: Fees = Fees::Legacy { gas_price: 20_000_000_000 };
const MODERN: Fees =
    Fees::Eip1559 { max_fee_per_gas: 30_000_000_000, max_priority_fee_per_gas: 1_500_000_000 };

fn list(keys: Vec<B256>) -> Option<AccessList> {
    Some(AccessList(vec![AccessListItem { address: TO, storage_keys: keys }]))
}

/// The first case is the example of EIP-155, the others were signed by ethers 6 with its key.
#[test]
fn known_transactions_are_signed_byte_by_byte() {
    let check = |fields: Fields, digest: &str, raw: &str| {
        let prepared = Prepared::new(fields).unwrap();
        assert_eq!(hex::encode(prepared.digest()), digest);
        let fingerprint = prepared.fingerprint();
        let signed = prepared.clone().reviewed(fingerprint).unwrap().sign(&KEY).unwrap();
        assert_eq!(hex::encode(&signed.raw), raw);
        assert_eq!(signed.hash, candor_primitives::keccak256(&signed.raw));
        assert_eq!(decode_raw(&signed.raw), Ok((address_of(&KEY).unwrap(), prepared)));
    };
    check(
        Fields { gas_limit: 21_000, input: Bytes::new(), ..fields(LEGACY) },
        "daf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53",
        "f86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83",
    );
    check(
        Fields { access_list: list(vec![B256::with_last_byte(1)]), ..fields(LEGACY) },
        "72965ebec526ea727d1fc7c2c5b4ce47dee8365a04e602ead141942db7d4e1aa",
        "01f8ab01098504a817c80082ea60943535353535353535353535353535353535353535880de0b6b3a764000084deadbeeff838f7943535353535353535353535353535353535353535e1a0000000000000000000000000000000000000000000000000000000000000000101a08d858e648d91b57fd6047a6cab9c1735c6ea5ecabec87c0d336fc215c83ea953a03d9773c67ed262a674c18225182c523242b3ce9190d9de225dcc4aec8c14cd65",
    );
    check(
        Fields { access_list: Some(AccessList::default()), ..fields(LEGACY) },
        "c321cf5beaa92c303a4e98450720b6ed4f4537dd3004c0ea2e2a3188d1391175",
        "01f87201098504a817c80082ea60943535353535353535353535353535353535353535880de0b6b3a764000084deadbeefc001a07cfe6a9396266c80f0ad0ee372851323356f9373dd551701b9529422965e3368a0100ed5bfe70b5b34230e9b7a3f5fadc3b832c0d398f7c95b73b6d288299cd185",
    );
    check(
        fields(MODERN),
        "7f9a9ee517594193995bb0b460915b33f5fe23817e4e01e9af7846c07a2b9d41",
        "02f87701098459682f008506fc23ac0082ea60943535353535353535353535353535353535353535880de0b6b3a764000084deadbeefc001a09a3b62f9b574b6742499a61a58ac6a6baa9b1ad8bf14c6c7b863ca329bd8c6f2a007525f92a3819d9a22a4f5abee0e49fb82c29a6d2b9f947eb8282f113d03f3a4",
    );
    check(
        Fields { to: None, access_list: list(vec![]), ..fields(MODERN) },
        "9c96435cbc8d8ec3c912942ec915b44c94da8293bcb677b9c1e6c18aad0bd7f4",
        "02f87a01098459682f008506fc23ac0082ea6080880de0b6b3a764000084deadbeefd7d6943535353535353535353535353535353535353535c001a08f97c22112ea4cbf971170480f867725f39e42e9ccb93953544d1490593a4909a034f1f7f0a5e1a1957ef83cfe1043994bfa5c2ef45b809570b91bdab869322933",
    );
}

/// The first case is the signing data of the example of EIP-155.
#[test]
fn what_is_hashed_is_the_transaction_without_its_signature() {
    let check = |fields: Fields, expected: &str| {
        let prepared = Prepared::new(fields).unwrap();
        let unsigned = prepared.unsigned();
        assert_eq!(hex::encode(&unsigned), expected);
        assert_eq!(candor_primitives::keccak256(&unsigned), prepared.digest());
    };
    check(
        Fields { gas_limit: 21_000, input: Bytes::new(), ..fields(LEGACY) },
        "ec098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a764000080018080",
    );
    check(
        Fields { access_list: Some(AccessList::default()), ..fields(LEGACY) },
        "01ef01098504a817c80082ea60943535353535353535353535353535353535353535880de0b6b3a764000084deadbeefc0",
    );
    check(
        fields(MODERN),
        "02f401098459682f008506fc23ac0082ea60943535353535353535353535353535353535353535880de0b6b3a764000084deadbeefc0",
    );
}

#[test]
fn what_was_shown_is_what_is_signed() {
    let shown = Prepared::new(fields(MODERN)).unwrap();
    let check = |change: fn(&mut Fields)| {
        let mut changed = fields(MODERN);
        change(&mut changed);
        let changed = Prepared::new(changed).unwrap();
        assert_eq!(changed.reviewed(shown.fingerprint()), Err(FingerprintMismatch));
    };
    check(|f| f.chain_id = ChainId::new(10).unwrap());
    check(|f| f.nonce += 1);
    check(|f| f.gas_limit += 1);
    check(|f| f.fees = LEGACY);
    check(|f| f.to = None);
    check(|f| f.value = U256::ZERO);
    check(|f| f.input = Bytes::from_static(&[1]));
    check(|f| f.access_list = list(vec![]));
    assert!(shown.clone().reviewed(shown.fingerprint()).is_ok());
}

#[test]
fn impossible_fields_are_refused() {
    let check = |change: fn(&mut Fields), expected: PrepareError| {
        let mut changed = fields(MODERN);
        change(&mut changed);
        assert_eq!(Prepared::new(changed), Err(expected));
    };
    check(
        |f| f.fees = Fees::Eip1559 { max_fee_per_gas: 1, max_priority_fee_per_gas: 2 },
        PrepareError::TipAboveCeiling,
    );
    check(|f| f.nonce = u64::MAX, PrepareError::NonceTooLarge);
    check(|f| f.value = U256::MAX, PrepareError::CostTooLarge);
    check(|f| (f.to, f.input) = (None, Bytes::new()), PrepareError::NoReceiverNoCode);
}

#[test]
fn foreign_bytes_are_refused() {
    let legacy = Prepared::new(fields(LEGACY)).unwrap();
    let fingerprint = legacy.fingerprint();
    let raw = legacy.reviewed(fingerprint).unwrap().sign(&KEY).unwrap().raw;
    let check = |raw: &[u8], expected: DecodeError| {
        assert_eq!(decode_raw(raw), Err(expected), "{}", hex::encode(raw));
    };
    check(&[], DecodeError::Malformed);
    check(&raw[..raw.len() - 1], DecodeError::Malformed);
    check(&[&raw[..], &[0]].concat(), DecodeError::Malformed);
    // `s` above the order of the group.
    check(&[&raw[..raw.len() - 32], &[0xff; 32]].concat(), DecodeError::InvalidSignature);
    // ethereum/tests, `TransactionWithHighValue`: from before EIP-155.
    check(
        &bytes(
            "f87f800182520894095e7baea6a6c7c4c2dfeb977efac326af552d87a0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff801ba048b55bfa915ac795c431978d8a6a992b628d557da5ff759b307d495a36649353a01fffd310ac743f371de3b9f7f9cb56c0b28ad43601b4ab949f53faa07bd2c804",
        ),
        DecodeError::NoNetwork,
    );
}

/// The verdict of the newest fork decides: what it accepts must be read, with its sender; what it refuses must be
/// refused, except where only execution would tell.
#[test]
fn ethereum_itself_agrees() {
    let Some(folder) = candor_vectors::path("ethereum-tests/TransactionTests") else { return };
    // A node refuses these by its own limits, or because it serves network 1; the bytes themselves are a transaction.
    let only_at_execution = ["INTRINSIC_GAS_TOO_LOW", "INITCODE_SIZE_EXCEEDED", "INVALID_CHAINID"];
    // Prices above 2^128 wei, which neither this wallet nor any network can pay.
    let above_128_bits =
        ["V_equals38", "GasLimitPriceProductOverflowtMinusOne", "TransactionWithHighGasPrice"];
    let (mut counted, mut wrong) = (0, Vec::new());
    let mut files = Vec::new();
    for group in std::fs::read_dir(folder).unwrap() {
        files.extend(std::fs::read_dir(group.unwrap().path()).unwrap().map(|file| file.unwrap().path()));
    }
    for file in files {
        let all: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        for (name, case) in all.as_object().unwrap() {
            let results = case["result"].as_object().unwrap();
            let newest = ["Prague", "Cancun", "Shanghai", "Paris", "London"];
            let Some(verdict) = newest.iter().find_map(|fork| results.get(*fork)) else { continue };
            let raw = bytes(case["txbytes"].as_str().unwrap());
            let decoded = decode_raw(&raw);
            counted += 1;
            match (verdict["exception"].as_str(), &decoded) {
                (None, Ok((from, _))) => {
                    assert_eq!(
                        format!("{from:?}").to_lowercase(),
                        verdict["sender"].as_str().unwrap(),
                        "{name}"
                    );
                }
                (None, Err(DecodeError::NoNetwork)) | (Some(_), Err(_)) => {}
                (None, Err(DecodeError::Malformed)) if above_128_bits.contains(&name.as_str()) => {}
                (Some(why), Ok(_)) if only_at_execution.iter().any(|known| why.ends_with(known)) => {}
                (verdict, decoded) => wrong.push(format!("{name}: {verdict:?}, {decoded:?}")),
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert!(counted > 150, "{counted}");
}

fn any_fees() -> impl Strategy<Value = Fees> {
    prop_oneof![
        any::<u128>().prop_map(|gas_price| Fees::Legacy { gas_price }),
        any::<(u128, u128)>().prop_map(|(a, b)| Fees::Eip1559 {
            max_fee_per_gas: a.max(b),
            max_priority_fee_per_gas: a.min(b)
        }),
    ]
}

fn any_list() -> impl Strategy<Value = Option<AccessList>> {
    let item =
        (any::<[u8; 20]>(), prop::collection::vec(any::<[u8; 32]>(), 0..3)).prop_map(|(address, keys)| {
            AccessListItem {
                address: address.into(),
                storage_keys: keys.into_iter().map(B256::from).collect(),
            }
        });
    prop::option::of(prop::collection::vec(item, 0..3).prop_map(AccessList))
}

proptest! {
    #[test]
    fn signing_and_reading_back_changes_nothing(
        chain_id in 1..=ChainId::MAX,
        nonce in 0..u64::MAX,
        fees in any_fees(),
        gas_limit: u64,
        to in prop::option::of(any::<[u8; 20]>()),
        value in any::<[u8; 30]>(),
        input in prop::collection::vec(any::<u8>(), 1..100),
        access_list in any_list(),
        key in any::<[u8; 32]>().prop_filter("a key", |key| address_of(key).is_ok()),
    ) {
        let prepared = Prepared::new(Fields {
            chain_id: ChainId::new(chain_id).unwrap(),
            nonce,
            fees,
            gas_limit,
            to: to.map(Address::from),
            value: U256::from_be_slice(&value),
            input: input.into(),
            access_list,
        }).unwrap();
        let fingerprint = prepared.fingerprint();
        let signed = prepared.clone().reviewed(fingerprint).unwrap().sign(&key).unwrap();
        prop_assert_eq!(decode_raw(&signed.raw), Ok((address_of(&key).unwrap(), prepared)));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(raw in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode_raw(&raw);
    }
}
