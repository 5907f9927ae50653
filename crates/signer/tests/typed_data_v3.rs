//! The third version of typed data: MetaMask's digests, and what it refuses beyond the fourth.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input fails")]

mod common;

use candor_primitives::keccak256;
use candor_signer::{TypedData, TypedDataError, sign_digest};
use common::mail;
use serde_json::{Value, json};

fn without(pointers: &[&str]) -> Value {
    let mut typed = mail();
    for pointer in pointers {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        typed.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(key).unwrap();
    }
    typed
}

fn with(pointer: &str, value: Value) -> Value {
    let mut typed = mail();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    typed.pointer_mut(parent).unwrap().as_object_mut().unwrap().insert(key.to_owned(), value);
    typed
}

/// Hashes by `@metamask/eth-sig-util` 8 (`V3`).
#[test]
fn digests_are_those_of_metamask() {
    let check = |typed: Value, digest: &str| {
        for input in [typed.clone(), Value::String(typed.to_string())] {
            let parsed = TypedData::parse_v3(&input).unwrap();
            assert_eq!(hex::encode(parsed.digest()), digest, "{typed}");
        }
    };
    check(mail(), "be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2");
    check(
        json!({"types":{"EIP712Domain":[{"name":"chainId","type":"uint256"},{"name":"name","type":"string"}],"All":[{"name":"a","type":"int8"},{"name":"b","type":"uint"},{"name":"c","type":"bytes3"},{"name":"d","type":"bytes"},{"name":"e","type":"bool"},{"name":"g","type":"int256"}]},"domain":{"name":"order","chainId":"0x1","version":"unsigned"},"primaryType":"All","message":{"a":-5,"b":"0xff","c":"0x010203","d":"0x","e":true,"g":"-57896044618658097711785492504343953926634992332820282019728792003956564819968"}}),
        "eb7f7edbf89547478a3d3907c458bf38580ad176f5af677deeaf33b641c433b1",
    );
    check(
        with("/primaryType", json!("EIP712Domain")),
        "aa83c70305ec6c131e7a88f258c40813447bec8b9bcef94e5479603d9959da07",
    );
    // A type with a list that nothing uses does no harm.
    check(
        with("/types/Group", json!([{"name": "members", "type": "Person[]"}])),
        "be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2",
    );
    // What is absent at the end of a struct is left out.
    check(
        without(&["/message/contents"]),
        "188ce1e8d83bc3de40cf023da028abba2959316bd9d345fe82f10db9a812386b",
    );
    check(
        without(&["/message/contents", "/message/to"]),
        "211a8cb075274f52eb707e47eae5593e1a7090e8bc427dd99cce4b52bab19326",
    );
    check(
        without(&["/message/to/wallet"]),
        "231ba3ff3b33265ef0f239b32a66b39c36bbd8d946218689da2bf7b87542c7a5",
    );
    check(
        without(&["/domain/verifyingContract"]),
        "67e034c27ffbf5cf8c58dc152fd5057c033b57d34f6a285d8f921b01141bd19b",
    );
    check(with("/message", json!({})), "30d9df9de7e17b0d0684d424e24e0203845b5dfb0703a0d0a970f9e2632ebe23");
    check(with("/domain", json!({})), "139c7d92a688617d8a0cb3059c44571ca440a2985ecf7ee4d6bca839bed91944");
}

#[test]
fn the_signature_is_that_of_metamask() {
    let digest = TypedData::parse_v3(&mail()).unwrap().digest();
    assert_eq!(
        hex::encode(sign_digest(&keccak256("cow").0, digest).unwrap()),
        "4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b915621c"
    );
}

#[test]
fn what_is_absent_is_not_kept() {
    let typed = TypedData::parse_v3(&without(&["/domain/verifyingContract", "/domain/chainId"])).unwrap();
    assert_eq!((typed.domain().chain_id, typed.domain().verifying_contract), (None, None));
    assert_eq!(typed.domain().name.as_deref(), Some("Ether Mail"));
    assert_eq!(TypedData::parse_v3(&mail()), TypedData::parse(&mail()));
}

#[test]
fn lists_gaps_and_made_up_domains_are_refused() {
    let check = |typed: Value, expected: TypedDataError| {
        assert_eq!(TypedData::parse_v3(&typed), Err(expected), "{typed}");
    };
    let missing = |path: &str| TypedDataError::Missing(path.to_owned());
    check(without(&["/message/from"]), missing("message.from"));
    check(without(&["/message/to"]), missing("message.to"));
    check(without(&["/message/to/name"]), missing("message.to.name"));
    check(without(&["/domain/name"]), missing("domain.name"));
    // Null is not absent.
    check(with("/message/contents", Value::Null), missing("message.contents"));
    check(with("/message/to", Value::Null), missing("message.to"));
    check(with("/domain/verifyingContract", Value::Null), missing("domain.verifyingContract"));
    check(without(&["/types/EIP712Domain"]), TypedDataError::DomainTypeMissing);
    let list = |path: &str| TypedDataError::ListInV3(path.to_owned());
    let people = json!([{"name": "to", "type": "Person[]"}]);
    check(with("/types/Mail", people.clone()), list("message.to"));
    let mut absent = with("/types/Mail", people);
    absent["message"] = json!({});
    check(absent, list("message.to"));
    check(with("/types/EIP712Domain", json!([{"name": "name", "type": "string[1]"}])), list("domain.name"));
    check(with("/types/Person", json!([{"name": "name", "type": "uint8[2][]"}])), list("message.from.name"));
    // What the fourth version refuses.
    check(with("/message/__proto__", json!({})), TypedDataError::ForbiddenKey("__proto__".to_owned()));
    check(
        with("/types/Person", json!([{"name": "mail", "type": "Mail"}])),
        TypedDataError::Circular("Mail".to_owned()),
    );
    check(with("/message/contents", json!("x".repeat(200 * 1024))), TypedDataError::TooLarge);
    check(json!("{"), TypedDataError::NotJson);
}
