use proptest::prelude::*;

use super::*;

const CONTRACT: Address = address!("0x00000000000000000000000000000000000000c1");

fn name(text: &str) -> Name {
    Name::read(text).unwrap()
}

fn wants(sender: Address, urls: &[&str]) -> NodeError {
    let lookup = OffchainLookup {
        sender,
        urls: urls.iter().map(|&url| url.to_owned()).collect(),
        callData: Bytes::from_static(&[0xab, 0xcd]),
        callbackFunction: [1, 2, 3, 4].into(),
        extraData: Bytes::from_static(&[9]),
    };
    let data = Some(json!(Bytes::from(lookup.abi_encode())));
    NodeError { code: 3, message: "execution reverted".to_owned(), data }
}

#[test]
fn hashes_are_those_of_ensip_1() {
    let check = |name: &Name, node: &str| assert_eq!(name.node().to_string(), node, "{name}");
    check(&name("foo.eth"), "0xde9b09fd7c5f901e23a3f19fecc54828e9c848539801e86591bd9801b019f84f");
    let eth = name("foo.eth").above().unwrap();
    check(&eth, "0x93cdeb708b7545dc668eb9280176169d1c33cfd8ed6f04690a0bcc88a93fc4ae");
    assert_eq!(eth.above(), None);
}

#[test]
fn only_names_that_read_alike_everywhere_are_read() {
    let check = |text: &str, expected: Option<&str>| {
        assert_eq!(Name::read(text).map(|name| name.to_string()).as_deref(), expected, "{text}");
    };
    check(" Maria.ETH ", Some("maria.eth"));
    check("pay.maria-2.base.eth", Some("pay.maria-2.base.eth"));
    check("_pay.maria.eth", Some("_pay.maria.eth"));
    let long = "a".repeat(63);
    check(&format!("{long}.eth"), Some(&format!("{long}.eth")));
    check(&format!("{long}a.eth"), None);
    check(&format!("{long}.{long}.{long}.{long}"), None);
    for wrong in [
        "",
        "eth",
        ".eth",
        "maria.",
        "maria..eth",
        "ma ria.eth",
        "ma_ria.eth",
        "xn--e1awd7f.eth",
        "мария.eth",
        "mаria.eth",
        "maria\u{200d}.eth",
        "0x12.34.$",
        "a.b.c.d.e.f.g.h.eth",
    ] {
        check(wrong, None);
    }
}

#[test]
fn questions_match_their_signatures() {
    let check =
        |data: &Bytes, signature: &str| assert_eq!(data[..4], keccak256(signature)[..4], "{signature}");
    let maria = name("maria.eth");
    check(&resolver(&maria), "resolver(bytes32)");
    check(&is_extended(), "supportsInterface(bytes4)");
    check(&question(&maria, Asked::Address, false), "addr(bytes32)");
    check(&question(&maria, Asked::Name, false), "name(bytes32)");
    let wrapped = question(&maria, Asked::Address, true);
    check(&wrapped, "resolve(bytes,bytes)");
    assert_eq!(EXTENDED, keccak256("resolve(bytes,bytes)")[..4]);
    let call = resolveCall::abi_decode(&wrapped).unwrap();
    assert_eq!(call.name, Bytes::from_static(b"\x05maria\x03eth\0"));
    assert_eq!(call.data, question(&maria, Asked::Address, false));
}

#[test]
fn answers_are_read() {
    let word = CONTRACT.into_word();
    assert_eq!(decode_address(word.as_slice(), false), Some(CONTRACT));
    let wrapped = Bytes::copy_from_slice(word.as_slice()).abi_encode();
    assert_eq!(decode_address(&wrapped, true), Some(CONTRACT));
    for nothing in [&[][..], &[0; 32], &[0xff; 32], &[1; 31]] {
        assert_eq!(decode_address(nothing, false), None, "{nothing:?}");
        assert_eq!(decode_address(nothing, true), None, "{nothing:?}");
    }
    assert_eq!(decode_name(&"Maria.eth".to_owned().abi_encode(), false), Some(name("maria.eth")));
    assert_eq!(Name::of(CONTRACT).to_string(), "00000000000000000000000000000000000000c1.addr.reverse");
}

#[test]
fn a_contract_that_asks_elsewhere() {
    let check = |urls: &[&str], expected: &[(&str, bool)]| {
        let fetches = Elsewhere::read(&wants(CONTRACT, urls), CONTRACT).unwrap().fetches();
        let found: Vec<_> = fetches.iter().map(|(url, body)| (url.as_str(), body.is_some())).collect();
        assert_eq!(found, expected, "{urls:?}");
    };
    check(
        &["https://a.example/{sender}/{data}.json"],
        &[("https://a.example/0x00000000000000000000000000000000000000c1/0xabcd.json", false)],
    );
    check(&["https://a.example/ask"], &[("https://a.example/ask", true)]);
    for wrong in
        ["http://a.example/{data}", "https://localhost/{data}", "wss://a.example", "data:,{data}", ""]
    {
        check(&[wrong, "https://b.example"], &[("https://b.example", true)]);
    }
    check(&["https://10.0.0.1/{data}", "https://maria@a.example"], &[]);
    check(&["https://a.example"; 9], &[("https://a.example", true); 4]);

    assert_eq!(Elsewhere::read(&wants(Address::ZERO, &["https://a.example"]), CONTRACT), None, "of another");
    let other = NodeError { code: 3, message: String::new(), data: Some(json!("0x08c379a0")) };
    assert_eq!(Elsewhere::read(&other, CONTRACT), None);
}

#[test]
fn what_a_server_said_goes_to_the_contract() {
    let elsewhere = Elsewhere::read(&wants(CONTRACT, &["https://a.example"]), CONTRACT).unwrap();
    let call = elsewhere.answer(r#"{"data":"0x1234","more":1}"#).unwrap();
    assert_eq!(call[..4], [1, 2, 3, 4]);
    let (data, extra) = <(Bytes, Bytes)>::abi_decode_params(&call[4..]).unwrap();
    assert_eq!((data, extra), (Bytes::from_static(&[0x12, 0x34]), Bytes::from_static(&[9])));
    let long = format!(r#"{{"data":"0x{}"}}"#, "00".repeat(LONGEST_ANSWER));
    for wrong in ["", "{}", r#"{"data":12}"#, r#"{"data":"0x1"}"#, r#"{"data":"hello"}"#, &long] {
        assert_eq!(elsewhere.answer(wrong), None);
    }
}

proptest! {
    #[test]
    fn whatever_comes_back_is_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for extended in [false, true] {
            let _ = (decode_address(&bytes, extended), decode_name(&bytes, extended));
        }
        let _ = (decode_resolver(&bytes), decode_is_extended(&bytes));
        let error = NodeError { code: 3, message: String::new(), data: Some(json!(Bytes::from(bytes))) };
        prop_assert_eq!(Elsewhere::read(&error, CONTRACT), None);
    }
}
