//! Structured messages against the example of EIP-712, other wallets' hashes, and payloads that must not pass.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input fails")]

mod common;

use candor_primitives::{U256, address, keccak256};
use candor_signer::{TypedData, TypedDataError, sign_digest};
use common::{KEY, mail};
use serde_json::{Value, json};

/// EIP-712, “Test cases”: the key is the hash of `cow`.
#[test]
fn the_example_of_the_standard() {
    let typed = TypedData::parse(&mail()).unwrap();
    assert_eq!(
        hex::encode(typed.digest()),
        "be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2"
    );
    assert_eq!(
        hex::encode(typed.domain().separator),
        "f2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f"
    );
    assert_eq!(
        hex::encode(typed.type_hash()),
        "a0cedeb2dc280ba39b857546d74f5549c3a1d7bdc2dd96bf881f76108e23dac2"
    );
    let signature = sign_digest(&keccak256("cow").0, typed.digest()).unwrap();
    assert_eq!(
        hex::encode(signature),
        "4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b915621c"
    );
    assert_eq!(typed.primary_type(), "Mail");
    assert_eq!(typed.domain().name.as_deref(), Some("Ether Mail"));
    assert_eq!(typed.domain().chain_id, Some(U256::ONE));
    assert_eq!(
        typed.domain().verifying_contract,
        Some(address!("0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"))
    );
}

/// Hashes by `@metamask/eth-sig-util` 8 (`V4`), the last by ethers 6.
#[test]
fn digests_are_those_of_other_wallets() {
    let check = |typed: Value, digest: &str| {
        for input in [typed.clone(), Value::String(typed.to_string())] {
            let parsed = TypedData::parse(&input).unwrap();
            assert_eq!(hex::encode(parsed.digest()), digest, "{typed}");
        }
    };
    check(
        json!({"types":{"EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},{"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],"Person":[{"name":"name","type":"string"},{"name":"wallets","type":"address[]"}],"Mail":[{"name":"from","type":"Person"},{"name":"to","type":"Person[]"},{"name":"contents","type":"string"}],"Group":[{"name":"name","type":"string"},{"name":"members","type":"Person[]"}]},"domain":{"name":"Ether Mail","version":"1","chainId":1,"verifyingContract":"0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"},"primaryType":"Mail","message":{"from":{"name":"Cow","wallets":["0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826","0xDeaDbeefdEAdbeefdEadbEEFdeadbeEFdEaDbeeF"]},"to":[{"name":"Bob","wallets":["0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB","0xB0BdaBea57B0BDABeA57b0bdABEA57b0BDabEa57","0xB0B0b0b0b0b0B000000000000000000000000000"]}],"contents":"Hello, Bob!"}}),
        "a85c2e2b118698e88db68a8105b794a8cc7cec074e89ef991cb4f5f533819cc2",
    );
    // The declared order of the domain counts, and what is not declared does not.
    check(
        json!({"types":{"EIP712Domain":[{"name":"chainId","type":"uint256"},{"name":"name","type":"string"}],"All":[{"name":"a","type":"int8"},{"name":"b","type":"uint"},{"name":"c","type":"bytes3"},{"name":"d","type":"bytes"},{"name":"e","type":"bool"},{"name":"f","type":"uint8[2][]"},{"name":"g","type":"int256"},{"name":"h","type":"string[]"}]},"domain":{"name":"order","chainId":"0x1","version":"unsigned"},"primaryType":"All","message":{"a":-5,"b":"0xff","c":"0x010203","d":"0x","e":true,"f":[[1,2],[3,"4"]],"g":"-57896044618658097711785492504343953926634992332820282019728792003956564819968","h":[]}}),
        "32a75508f3ce2316a3df5d183722098a88c6f96dfc0d804396a05a89a332da13",
    );
    check(
        json!({"types":{"EIP712Domain":[{"name":"name","type":"string"}],"Hyper:Approve":[{"name":"n","type":"uint64"}]},"domain":{"name":"x"},"primaryType":"Hyper:Approve","message":{"n":7}}),
        "683fe57817362afe3f41ce9780b00f697fa5560ed439013b64f33b351fc5a761",
    );
    check(
        json!({"types":{"EIP712Domain":[{"name":"salt","type":"bytes32"}]},"domain":{"salt":"0x1111111111111111111111111111111111111111111111111111111111111111"},"primaryType":"EIP712Domain","message":{}}),
        "732f61f75a64732accfed3e0cde033e426f7a7733c9e24ff3d32b4dc843701a1",
    );
    check(
        json!({"types":{"EIP712Domain":[{"name":"name","type":"string"}],"Node":[{"name":"v","type":"uint256"},{"name":"kids","type":"Node[]"}]},"domain":{"name":"r"},"primaryType":"Node","message":{"v":1,"kids":[{"v":2,"kids":[]},{"v":3,"kids":[{"v":4,"kids":[]}]}]}}),
        "08f13cfb8dd436a8f4be98c03a97850715c2cc7483dee66fc14e5cb2c92490c4",
    );
    check(
        json!({"types":{"M":[{"name":"x","type":"uint256"}]},"domain":{"name":"d","chainId":5,"salt":"0x2222222222222222222222222222222222222222222222222222222222222222"},"primaryType":"M","message":{"x":1}}),
        "c7827c122994120bbc6368c7c67a56a6a2c45b220fd33f91662716fb16d2cdaf",
    );
}

#[test]
fn the_signature_is_that_of_ethers() {
    let mut typed = mail();
    typed["types"]["Person"][1] = json!({"name": "wallets", "type": "address[]"});
    typed["types"]["Mail"][1] = json!({"name": "to", "type": "Person[]"});
    typed["message"]["from"] = json!({"name":"Cow","wallets":["0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826","0xDeaDbeefdEAdbeefdEadbEEFdeadbeEFdEaDbeeF"]});
    typed["message"]["to"] = json!([{"name":"Bob","wallets":["0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB","0xB0BdaBea57B0BDABeA57b0bdABEA57b0BDabEa57","0xB0B0b0b0b0b0B000000000000000000000000000"]}]);
    let digest = TypedData::parse(&typed).unwrap().digest();
    assert_eq!(
        hex::encode(sign_digest(&KEY, digest).unwrap()),
        "7aff0e37900fc2eb5e78c56b07246a0904b3ba642cab17917d7524110b83fe04296790ff076a7dd31b2a11ded9fcbe3959fe872b7c18fa79f5146807855fcce41b"
    );
}

#[test]
fn what_is_not_signed_is_not_kept() {
    let plain = TypedData::parse(&mail()).unwrap();
    let mut more = mail();
    more["message"]["amount"] = json!("1000000");
    more["message"]["from"]["note"] = json!("nothing to see");
    more["domain"]["salt"] = json!("0x00");
    more["extra"] = json!(1);
    assert_eq!(TypedData::parse(&more).unwrap(), plain);
}

#[test]
fn payloads_that_could_mean_two_things_are_refused() {
    let check = |pointer: &str, value: Value, expected: &str| {
        let mut typed = mail();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = typed.pointer_mut(parent).unwrap();
        match (parent, key.parse::<usize>()) {
            (Value::Array(items), Ok(i)) => items[i] = value,
            (Value::Object(map), _) if value == "absent" => drop(map.remove(key)),
            (Value::Object(map), _) => drop(map.insert(key.to_owned(), value)),
            _ => panic!("{pointer}"),
        }
        assert_eq!(TypedData::parse(&typed).unwrap_err().to_string(), expected, "{pointer}");
    };
    check("/types", json!("absent"), "the typed data has no \"types\"");
    check("/domain", json!("absent"), "the typed data has no \"domain\"");
    check("/message", json!("absent"), "the typed data has no \"message\"");
    // A domain that names its network or contract in another way would name none to us.
    let chain_type = json!({"name": "chainId", "type": "int256"});
    check(
        "/types/EIP712Domain/2",
        chain_type,
        "the domain field \"chainId\" must have the type that EIP-712 gives it",
    );
    check("/primaryType", json!("absent"), "the typed data has no \"primaryType\"");
    check("/primaryType", json!(1), "\"primaryType\" must be text");
    check("/primaryType", json!("Letter"), "\"primaryType\" names \"Letter\", which is not among the types");
    check(
        "/primaryType",
        json!("uint256"),
        "\"primaryType\" names \"uint256\", which is not among the types",
    );
    check("/types", json!([]), "\"types\" must be an object");
    check("/message", json!("0x"), "\"message\" must be an object");
    check("/domain", Value::Null, "\"domain\" must be an object");
    check("/message/__proto__", json!({}), "the key \"__proto__\" is not allowed");
    check("/types/constructor", json!([]), "the key \"constructor\" is not allowed");
    check("/types/uint256", json!([]), "\"uint256\" cannot be the name of a type");
    check("/types/A b", json!([]), "\"A b\" cannot be the name of a type");
    check("/types/", json!([]), "\"\" cannot be the name of a type");
    check("/types/Mail", json!({}), "the type \"Mail\" must be a list of fields with a name and a type");
    check("/types/Mail/0", json!("x"), "the type \"Mail\" must be a list of fields with a name and a type");
    check(
        "/types/Mail/0",
        json!({"name": "from"}),
        "the type \"Mail\" must be a list of fields with a name and a type",
    );
    check(
        "/types/Mail/0",
        json!({"name": "from,Person to", "type": "Person"}),
        "\"from,Person to\" cannot be the name of a field of \"Mail\"",
    );
    check(
        "/types/Mail/0",
        json!({"name": "to", "type": "Person"}),
        "the type \"Mail\" has more than one field \"to\"",
    );
    for kind in [
        "People",
        "uint7",
        "function",
        "(uint256)",
        "uint8[",
        "uint8]",
        "uint8[-1]",
        "uint8[01]",
        "uint8[][][][][]",
        "Person.x",
        "",
        "[]",
        "string[]]",
    ] {
        check(
            "/types/Mail/0",
            json!({"name": "from", "type": kind}),
            &format!("the field \"from\" of \"Mail\" has the unknown type \"{kind}\""),
        );
    }
    check("/types/Person/0", json!({"name": "mail", "type": "Mail"}), "the type \"Mail\" contains itself");
    check("/domain/chainId", json!("absent"), "domain.chainId is missing");
    check("/message/to", json!("absent"), "message.to is missing");
    check("/message/to", Value::Null, "message.to is missing");
    check("/message/to", json!([]), "message.to must be an object");
    check("/message/contents", json!(5), "message.contents must be text");
    check(
        "/message/from/wallet",
        json!("0xCD2a"),
        "message.from.wallet must be an address (0x and 40 hexadecimal digits)",
    );
    check(
        "/message/from/wallet",
        json!("CD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"),
        "message.from.wallet must be an address (0x and 40 hexadecimal digits)",
    );
    check(
        "/domain/chainId",
        json!({}),
        "domain.chainId must be a whole number that fits uint256, as text if it is above 2^53 - 1",
    );
}

#[test]
fn a_domain_without_a_type_has_only_known_fields() {
    let mut typed = mail();
    typed["types"].as_object_mut().unwrap().remove("EIP712Domain");
    assert_eq!(TypedData::parse(&typed), TypedData::parse(&mail()));
    typed["domain"]["colour"] = json!("red");
    assert_eq!(TypedData::parse(&typed), Err(TypedDataError::DomainFieldUnknown("colour".to_owned())));
}

#[test]
fn basic_values_are_read_in_one_way_only() {
    let check = |kind: &str, value: Value, expected: Result<(), &str>| {
        let typed = json!({
            "types": {"M": [{"name": "x", "type": kind}]}, "primaryType": "M", "domain": {}, "message": {"x": value}
        });
        let result = TypedData::parse(&typed).map(|_| ()).map_err(|error| error.to_string());
        assert_eq!(result, expected.map_err(|e| format!("message.x{e}")), "{kind} {value}");
    };
    let whole =
        |kind: &str| format!(" must be a whole number that fits {kind}, as text if it is above 2^53 - 1");
    for good in [json!(0), json!("0"), json!("255"), json!("0xff"), json!("0x00ff"), json!("-0")] {
        check("uint8", good, Ok(()));
    }
    for bad in [
        json!(256),
        json!("256"),
        json!(-1),
        json!("-1"),
        json!(1.5),
        json!("1.5"),
        json!(""),
        json!("0x"),
        json!("1e3"),
        json!(" 1"),
        json!("+1"),
        json!(true),
        json!([]),
        json!("0x100"),
        json!("ff"),
    ] {
        check("uint8", bad, Err(&whole("uint8")));
    }
    for good in [json!(-128), json!("127"), json!("-128")] {
        check("int8", good, Ok(()));
    }
    for bad in [json!(128), json!(-129), json!("-0x1")] {
        check("int8", bad, Err(&whole("int8")));
    }
    check("uint256", json!(9_007_199_254_740_991_u64), Ok(()));
    check("uint256", json!(9_007_199_254_740_992_u64), Err(&whole("uint256")));
    check("uint256", json!(1e30), Err(&whole("uint256")));
    check("uint256", json!(U256::MAX.to_string()), Ok(()));
    check("uint256", json!(format!("{}0", U256::MAX)), Err(&whole("uint256")));
    check("bool", json!(true), Ok(()));
    check("bool", json!("false"), Err(" must be true or false"));
    check("bool", json!(1), Err(" must be true or false"));
    check("bytes", json!("0x"), Ok(()));
    check("bytes", json!("0xabc"), Err(" must be bytes (0x and hexadecimal digits in pairs)"));
    check("bytes", json!("hello"), Err(" must be bytes (0x and hexadecimal digits in pairs)"));
    check("bytes2", json!("0x0102"), Ok(()));
    check("bytes2", json!("0x01"), Err(" must be exactly 2 bytes (0x and 4 hexadecimal digits)"));
    check("uint8[2]", json!([1, 2]), Ok(()));
    check("uint8[2]", json!([1]), Err(" must be a list of exactly 2"));
    check("uint8[]", json!([1, 256]), Err(&format!("[1]{}", whole("uint8"))));
    check("uint8[][1]", json!([[1, 2, 3]]), Ok(()));
}

#[test]
fn size_and_depth_are_bounded() {
    let mut large = mail();
    large["message"]["contents"] = json!("x".repeat(200 * 1024));
    assert_eq!(TypedData::parse(&large), Err(TypedDataError::TooLarge));
    assert_eq!(TypedData::parse_text(&large.to_string()), Err(TypedDataError::TooLarge));
    assert_eq!(TypedData::parse(&json!("not json")), Err(TypedDataError::NotJson));
    assert_eq!(TypedData::parse(&json!("[".repeat(10_000))), Err(TypedDataError::NotJson));

    let mut deep = json!({"kids": []});
    for _ in 0..40 {
        deep = json!({ "kids": [deep] });
    }
    let node = json!({
        "types": {"Node": [{"name": "kids", "type": "Node[]"}]}, "primaryType": "Node", "domain": {}, "message": deep
    });
    assert!(matches!(TypedData::parse(&node), Err(TypedDataError::TooDeep(_))));

    let many: serde_json::Map<_, _> = (0..200).map(|i| (format!("T{i}"), json!([]))).collect();
    let many = json!({"types": many, "primaryType": "T0", "domain": {}, "message": {}});
    assert_eq!(TypedData::parse(&many), Err(TypedDataError::TooManyTypes { max: 128 }));
}

/// Two fields of each type that name the next one: resolving them naively takes 2^100 steps.
#[test]
fn type_trees_do_not_explode() {
    let mut types: serde_json::Map<_, _> = (0..100)
        .map(|i| {
            let next = format!("T{}[]", i + 1);
            (format!("T{i}"), json!([{"name": "a", "type": next}, {"name": "b", "type": next}]))
        })
        .collect();
    types.insert("T100".to_owned(), json!([]));
    let typed = json!({"types": types, "primaryType": "T0", "domain": {}, "message": {"a": [], "b": []}});
    assert!(TypedData::parse(&typed).is_ok());
}
