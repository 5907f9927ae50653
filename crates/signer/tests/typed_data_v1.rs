//! The first version of typed data against MetaMask's digests, and messages that must not pass.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input fails")]

use std::collections::BTreeMap;

use candor_primitives::keccak256;
use candor_signer::{LegacyTypedData, TypedDataError, sign_digest};
use serde_json::{Value, json};

fn one(kind: &str, value: &Value) -> Value {
    json!([{"type": kind, "name": "x", "value": value}])
}

/// The message of MetaMask's test dApp.
fn hello() -> Value {
    json!([
        {"type": "string", "name": "Message", "value": "Hi, Alice!"},
        {"type": "uint32", "name": "A number", "value": "1337"}
    ])
}

/// Hashes by `@metamask/eth-sig-util` 8 (`typedSignatureHash`).
#[test]
fn digests_are_those_of_metamask() {
    let check = |message: Value, digest: &str| {
        let read = LegacyTypedData::parse(&message).unwrap();
        assert_eq!(hex::encode(read.digest()), digest, "{message}");
        assert_eq!(LegacyTypedData::parse_text(&message.to_string()), Ok(read));
    };
    check(hello(), "7bcdd3ffeab400ef2294ebf69b2defd370bd29ac576c2569b7ea2c48f49ab1ae");
    check(
        json!([
            {"type": "uint8", "name": "a", "value": 255},
            {"type": "uint", "name": "b", "value": "0xff"},
            {"type": "int16", "name": "c", "value": -5},
            {"type": "int", "name": "d", "value": "-57896044618658097711785492504343953926634992332820282019728792003956564819968"},
            {"type": "bool", "name": "e", "value": true},
            {"type": "address", "name": "f", "value": "0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"},
            {"type": "bytes3", "name": "g", "value": "0x010203"},
            {"type": "bytes32", "name": "h", "value": "0x1111111111111111111111111111111111111111111111111111111111111111"},
            {"type": "bytes", "name": "i", "value": "0x0102"}
        ]),
        "2360730864bd017e58d915d6efdc75a964c65838665ae09388e34ed8ab99b4f8",
    );
    check(
        json!([
            {"type": "int8", "name": "x", "value": "-128"},
            {"type": "int8", "name": "y", "value": 127},
            {"type": "bool", "name": "z", "value": false}
        ]),
        "80ef5078b77f13a8a88fefd63918854fc237b84d2d77042428042cb51069f7bc",
    );
    // A text is never taken for the bytes that it could spell.
    check(
        one("string", &json!("0x1234")),
        "1bc7b805c1c259dccf2d88f11a7624aa55031ee3cefbc6b90f62f5b982e529b0",
    );
    check(one("string", &json!("")), "af1a7c9b09bc39f474122568043d511025d7bf97befdb127f17f41faffcc0d73");
    check(
        one("string", &json!("Grüße, 世界")),
        "e0f15470375e92be24c057176b874e828734fca745aba139afcf25d031e6005c",
    );
    check(one("bytes", &json!("0x")), "0fc8fe92fae17925adf080e40af7b710cfb51995f62805ece59f66c72499707a");
    // Two names of one type have two hashes.
    check(one("uint", &json!("5")), "768cc1ab49381093fa704e5ffd2b2e0c0f502946abdc3902822e52163f27d2c9");
    check(one("uint256", &json!("5")), "f2b6361f6c400f0d6661d9f01579d55e761112570e8236bc0c78f954f304c8c8");
}

#[test]
fn the_signature_is_that_of_metamask() {
    let digest = LegacyTypedData::parse(&hello()).unwrap().digest();
    assert_eq!(
        hex::encode(sign_digest(&keccak256("cow").0, digest).unwrap()),
        "2e259275fc7892c5e9df5a54098b316b31c619176e805eb31e955b7214c470af4112b4b6341f385c04193bd127921eb10a2b5f0bde83f325a53706948300f3f11c"
    );
}

#[test]
fn what_could_be_read_in_two_ways_is_refused() {
    let check = |message: Value, expected: TypedDataError| {
        assert_eq!(LegacyTypedData::parse(&message), Err(expected), "{message}");
    };
    let fields = || TypedDataError::NotLegacyFields;
    for message in [
        json!([]),
        json!({}),
        json!("[]"),
        Value::Null,
        json!(["x"]),
        json!([{"type": "bool", "name": "x"}]),
        json!([{"type": "bool", "value": true}]),
        json!([{"name": "x", "value": true}]),
        json!([{"type": "bool", "name": 1, "value": true}]),
        json!([{"type": "bool", "name": "x", "value": true, "note": "unsigned"}]),
        json!([{"type": "bool", "name": "x", "__proto__": {}}]),
    ] {
        check(message, fields());
    }
    for name in ["", "a,b", "a(b)", "naïve"] {
        check(
            json!([{"type": "bool", "name": name, "value": true}]),
            TypedDataError::LegacyFieldName(name.to_owned()),
        );
    }
    for kind in ["", "uint7", "bool[]", "address[2]", "function", "Mail", "tuple", "string ", "(bool)"] {
        check(
            one(kind, &json!(true)),
            TypedDataError::LegacyFieldType { name: "x".to_owned(), kind: kind.to_owned() },
        );
    }
    let pair = |first: (&str, &str, Value), second: (&str, &str, Value)| {
        json!([
            {"type": first.0, "name": first.1, "value": first.2},
            {"type": second.0, "name": second.1, "value": second.2}
        ])
    };
    check(
        pair(("bool", "x", json!(true)), ("bool", "x", json!(false))),
        TypedDataError::LegacyFieldTwice("x".to_owned()),
    );
    let names = || TypedDataError::AmbiguousNames;
    // One field that passes for two, and two that pass for two others.
    check(json!([{"type": "string", "name": "to uint8 amount", "value": "x"}]), names());
    check(json!([{"type": "string", "name": "touint8 amount", "value": "x"}]), names());
    check(pair(("string", "Messageu", json!("x")), ("int32", "A number", json!(1))), names());
    check(pair(("bool", "is", json!(true)), ("uint8", "paint colour", json!(1))), names());
    let values = || TypedDataError::AmbiguousValues;
    check(pair(("string", "x", json!("ab")), ("string", "y", json!("c"))), values());
    check(pair(("string", "x", json!("ab")), ("bytes", "y", json!("0x63"))), values());
}

/// All pairs of fields whose names and values were chosen to be mistaken for others.
#[test]
fn no_two_messages_have_the_same_digest() {
    let names = ["a", "au", "b", "auint8 b", "aint8 b", "a uint8 b", "int8 b", "string a"];
    let kinds =
        [("string", "\u{1}"), ("string", "\u{1}\u{1}"), ("uint8", "1"), ("int8", "1"), ("bytes1", "0x01")];
    let fields: Vec<Value> = kinds
        .iter()
        .flat_map(|(kind, value)| names.map(|name| json!({"type": kind, "name": name, "value": value})))
        .collect();
    let pairs = fields.iter().flat_map(|first| fields.iter().map(move |second| json!([first, second])));
    let mut seen = BTreeMap::new();
    for message in fields.iter().map(|field| json!([field])).chain(pairs) {
        if let Ok(read) = LegacyTypedData::parse(&message) {
            let before = seen.insert(read.digest(), message.clone());
            assert_eq!(before, None, "{message}");
        }
    }
    assert!(seen.len() > 100, "{}", seen.len());
}

#[test]
fn values_are_read_in_one_way_only() {
    let check = |kind: &str, value: Value, expected: &str| {
        let error = LegacyTypedData::parse(&one(kind, &value)).unwrap_err().to_string();
        assert_eq!(error, format!("\"x\" must be {expected}"), "{kind} {value}");
    };
    let whole = |kind: &str| format!("a whole number that fits {kind}, as text if it is above 2^53 - 1");
    for value in [json!(256), json!(-1), json!("-1"), json!("x"), json!(1.5), json!([]), Value::Null] {
        check("uint8", value, &whole("uint8"));
    }
    check("int8", json!(128), &whole("int8"));
    check("bool", json!("true"), "true or false");
    check("bool", json!(1), "true or false");
    check("string", json!(7), "text");
    check("string", json!({}), "text");
    check("address", json!("0x12"), "an address (0x and 40 hexadecimal digits)");
    check("address", json!(0), "an address (0x and 40 hexadecimal digits)");
    check("bytes", json!("hello"), "bytes (0x and hexadecimal digits in pairs)");
    check("bytes2", json!("0x01"), "exactly 2 bytes (0x and 4 hexadecimal digits)");
}

#[test]
fn size_is_bounded() {
    let check = |message: Value, expected: TypedDataError| {
        assert_eq!(LegacyTypedData::parse(&message), Err(expected.clone()));
        assert_eq!(LegacyTypedData::parse_text(&message.to_string()), Err(expected));
    };
    check(one("string", &json!("x".repeat(200 * 1024))), TypedDataError::TooLarge);
    let field = |i: usize| json!({"type": "bool", "name": format!("f{i}"), "value": true});
    check((0..129).map(field).collect(), TypedDataError::TooManyLegacyFields { max: 128 });
    assert!(LegacyTypedData::parse(&(0..128).map(field).collect()).is_ok());
    assert_eq!(LegacyTypedData::parse_text("[{"), Err(TypedDataError::NotJson));
}
