use super::*;
use AddNetworkError as E;
use proptest::prelude::*;
use serde_json::json;

fn zora() -> Value {
    json!({
        "chainId": "0x76adf1",
        "chainName": " Zora ",
        "nativeCurrency": { "name": "Ether", "symbol": "ETH", "decimals": 18 },
        "rpcUrls": ["https://rpc.zora.energy/"],
        "blockExplorerUrls": ["https://explorer.zora.energy/"],
        "iconUrls": ["https://zora.co/icon.png"]
    })
}

#[test]
fn a_whole_proposal() {
    let network = NewNetwork::from_page(&json!([zora()])).unwrap();
    assert_eq!(network.chain_id.get(), 7_777_777);
    assert_eq!(network.name, "Zora");
    assert_eq!(network.coin, Coin { name: "Ether".into(), symbol: "ETH".into(), decimals: 18 });
    assert_eq!(network.endpoints[0].as_str(), "https://rpc.zora.energy");
    assert_eq!(network.explorer.as_deref(), Some("https://explorer.zora.energy"));
    let network = network.into_network();
    assert_eq!((network.kind, network.development), (ChainKind::Other, false));
}

#[test]
fn a_network_on_this_computer_is_for_development() {
    let check = |endpoints: &[&str], expected: bool| {
        let network = NewNetwork::from_user("31338", "Mine", "ETH", endpoints.iter().copied(), "").unwrap();
        assert_eq!(network.into_network().development, expected);
    };
    check(&["http://127.0.0.1:8546"], true);
    check(&["http://127.0.0.1:8546", "https://a.b"], false);
    check(&["http://192.168.0.2:8546"], false);
}

#[test]
fn every_field_is_checked() {
    let check = |path: &[&str], value: Option<Value>, expected: Result<(), &str>| {
        let mut proposal = zora();
        let (last, parents) = path.split_last().unwrap();
        let object =
            parents.iter().fold(&mut proposal, |value, key| &mut value[*key]).as_object_mut().unwrap();
        match value.clone() {
            Some(value) => object.insert((*last).to_owned(), value),
            None => object.remove(*last),
        };
        let found = NewNetwork::from_page(&json!([proposal])).map(|_| ()).map_err(|error| error.to_string());
        assert_eq!(found, expected.map_err(str::to_owned), "{path:?} {value:?}");
    };
    let canonical = "Invalid chainId: a chain id must be a lower-case 0x-prefixed hexadecimal string without leading zeros, such as 0x1.";
    check(&["chainId"], Some(json!("0x1")), Ok(()));
    check(&["chainId"], Some(json!("1")), Err(canonical));
    check(&["chainId"], Some(json!("0x076adf1")), Err(canonical));
    check(&["chainId"], Some(json!("0x76ADF1")), Err(canonical));
    check(&["chainId"], Some(json!(7777777)), Err("Expected chainId to be a string."));
    check(&["chainId"], Some(json!("0x0")), Err("Invalid chainId: a chain id cannot be zero."));
    check(&["chainId"], Some(json!("0x20000000000000")), Err("Invalid chainId: the chain id is too large."));
    check(&["chainId"], None, Err("Expected chainId to be a string."));

    let name = "Invalid chainName: it must have 1 to 100 visible characters.";
    check(&["chainName"], Some(json!("Zürich Chain ⚡")), Ok(()));
    check(&["chainName"], Some(json!("x".repeat(100))), Ok(()));
    check(&["chainName"], Some(json!("x".repeat(101))), Err(name));
    check(&["chainName"], Some(json!("   ")), Err(name));
    check(&["chainName"], Some(json!("Base\u{202E}")), Err(name));
    check(&["chainName"], Some(json!("Ba\u{200B}se")), Err(name));
    check(&["chainName"], Some(json!("Ba\nse")), Err(name));
    check(&["chainName"], None, Err("Expected chainName to be a string."));

    let symbol = "Invalid nativeCurrency.symbol: it must have 1 to 6 visible characters.";
    check(&["nativeCurrency", "symbol"], Some(json!("S")), Ok(()));
    check(&["nativeCurrency", "symbol"], Some(json!("USDC.e")), Ok(()));
    check(&["nativeCurrency", "symbol"], Some(json!("TOOLONG")), Err(symbol));
    check(&["nativeCurrency", "symbol"], Some(json!("")), Err(symbol));
    check(&["nativeCurrency", "symbol"], Some(json!("E H")), Err(symbol));
    check(&["nativeCurrency", "symbol"], Some(json!("ЕTH")), Err(symbol));
    check(&["nativeCurrency", "symbol"], None, Err("Expected nativeCurrency.symbol to be a string."));
    check(&["nativeCurrency", "name"], None, Ok(()));
    check(&["nativeCurrency", "name"], Some(json!(7)), Err("Expected nativeCurrency.name to be a string."));
    let decimals = "Invalid nativeCurrency.decimals: it must be 18.";
    check(&["nativeCurrency", "decimals"], Some(json!(18.0)), Ok(()));
    check(&["nativeCurrency", "decimals"], Some(json!(6)), Err(decimals));
    check(&["nativeCurrency", "decimals"], Some(json!("18")), Err(decimals));
    check(&["nativeCurrency", "decimals"], None, Err(decimals));
    check(&["nativeCurrency"], None, Err("Expected nativeCurrency to be an object."));
    check(&["nativeCurrency"], Some(json!([])), Err("Expected nativeCurrency to be an object."));

    check(&["rpcUrls"], Some(json!(["wss://a.b", "https://a.b"])), Ok(()));
    check(&["rpcUrls"], Some(json!(["wss://a.b"])), Ok(()));
    check(&["rpcUrls"], Some(json!(["http://localhost:8545"])), Ok(()));
    check(&["blockExplorerUrls"], Some(json!(["wss://a.b", "https://a.b"])), Ok(()));
    check(&["rpcUrls"], Some(json!([])), Err("Invalid rpcUrls: the address is empty."));
    check(
        &["rpcUrls"],
        Some(json!(["http://a.b"])),
        Err(
            "Invalid rpcUrls: the address must start with https://, because its host is not on this computer.",
        ),
    );
    check(
        &["rpcUrls"],
        Some(json!(["http://192.168.0.1"])),
        Err("Invalid rpcUrls: a site may not point the wallet into the local network."),
    );
    check(
        &["rpcUrls"],
        Some(json!(["https://user:pw@a.b"])),
        Err("Invalid rpcUrls: the address must not contain a user name or password."),
    );
    check(&["rpcUrls"], Some(json!("https://a.b")), Err("Expected rpcUrls to be an array of strings."));
    check(&["rpcUrls"], Some(json!(["https://a.b", 7])), Err("Expected rpcUrls to be an array of strings."));
    check(&["rpcUrls"], None, Err("Expected rpcUrls to be an array of strings."));

    check(&["blockExplorerUrls"], None, Ok(()));
    check(&["blockExplorerUrls"], Some(json!(null)), Ok(()));
    check(&["blockExplorerUrls"], Some(json!([])), Ok(()));
    check(
        &["blockExplorerUrls"],
        Some(json!(["javascript:alert(1)"])),
        Err(
            "Invalid blockExplorerUrls: the address must start with https://, or with http:// if its host is on this computer.",
        ),
    );
    check(
        &["blockExplorerUrls"],
        Some(json!("https://a.b")),
        Err("Expected blockExplorerUrls to be an array of strings."),
    );
    check(&["iconUrls"], Some(json!(7)), Ok(()));
    check(
        &["nonce"],
        Some(json!(1)),
        Err(
            "Unexpected field “nonce”. Allowed are chainId, chainName, nativeCurrency, rpcUrls, blockExplorerUrls and iconUrls.",
        ),
    );
}

#[test]
fn only_one_object_is_taken() {
    let check = |params: Value| assert_eq!(NewNetwork::from_page(&params), Err(E::Shape));
    check(json!([]));
    check(json!([zora(), zora()]));
    check(json!(zora()));
    check(json!([null]));
    check(json!(null));
}

#[test]
fn endpoints_are_kept_once_and_not_without_end() {
    let check = |urls: Vec<String>, kept: usize| {
        let mut proposal = zora();
        proposal["rpcUrls"] = json!(urls);
        assert_eq!(NewNetwork::from_page(&json!([proposal])).unwrap().endpoints.len(), kept);
    };
    check(vec!["https://a.b".into(), "https://A.b/".into(), "https://a.b:443".into()], 1);
    check((0..50).map(|n| format!("https://n{n}.b")).collect(), ENDPOINT_LIMIT);
}

#[test]
fn what_a_person_types() {
    let check = |id: &str, symbol: &str, endpoint: &str, explorer: &str, expected: Result<u64, E>| {
        let found = NewNetwork::from_user(id, "My chain", symbol, [endpoint], explorer);
        assert_eq!(
            found.map(|network| network.chain_id.get()),
            expected,
            "{id} {symbol} {endpoint} {explorer}"
        );
    };
    let node = "http://192.168.1.7:8545";
    check(" 31338 ", "ETH", node, "", Ok(31338));
    check("0x7A6A", "ETH", node, " ", Ok(31338));
    check("31338", "LONGSYMBOL1", "http://localhost:8545", "https://a.b", Ok(31338));
    check("31338", "LONGSYMBOL12", node, "", Err(E::Text { field: "nativeCurrency.symbol", limit: 11 }));
    check("+1", "ETH", node, "", Err(E::Type { field: "chainId", expected: "a number" }));
    check("0x+1", "ETH", node, "", Err(E::Type { field: "chainId", expected: "a number" }));
    check("one", "ETH", node, "", Err(E::Type { field: "chainId", expected: "a number" }));
    check("0", "ETH", node, "", Err(E::ChainId(ChainIdError::Zero)));
    check("1", "ETH", "http://a.b", "", Err(E::Endpoint(EndpointError::Unencrypted)));
    check("1", "ETH", "", "", Err(E::Endpoint(EndpointError::Empty)));
    check("1", "ETH", node, "explorer", Err(E::Explorer(EndpointError::Scheme)));
    let none = NewNetwork::from_user("1", "My chain", "ETH", [], "");
    assert_eq!(none, Err(E::Endpoint(EndpointError::Empty)));
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(id: String, name: String, url: String) {
        let mut proposal = zora();
        proposal["chainId"] = json!(id);
        proposal["chainName"] = json!(name);
        proposal["rpcUrls"] = json!([url]);
        let _ = NewNetwork::from_page(&json!([proposal]));
        let _ = NewNetwork::from_user(&id, &name, &name, [url.as_str()], &url);
    }
}
