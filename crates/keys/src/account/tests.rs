use candor_vectors as vectors;
use coins_bip32::xkeys::XPub;

use super::*;
use crate::{Phrase, normal::tests::nfkd};

const ANVIL: &str = "test test test test test test test test test test test junk";

fn key(bytes: &str) -> Result<PrivateKey, KeyError> {
    PrivateKey::from_bytes(&hex::decode(bytes).unwrap().try_into().unwrap())
}

#[test]
fn the_development_phrase_gives_its_known_accounts() {
    let seed = Phrase::parse(&nfkd(ANVIL)).unwrap().seed(&nfkd(""));
    let check = |index, address: &str, private: &str| {
        let account = seed.account(&DerivationPath::ethereum(index)).unwrap();
        assert_eq!(account.address().to_string(), address);
        assert_eq!(hex::encode(account.expose()), private);
        assert_eq!(key(private).unwrap().address(), account.address());
    };
    check(
        0,
        "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
        "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
    );
    check(
        1,
        "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
        "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
    );
    check(
        2,
        "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
        "5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
    );
    check(
        9,
        "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720",
        "2a871d0798f97d79848a013d4936a73bf4cc922c825d33c1cf7073dff6d409c6",
    );
}

#[test]
fn a_key_is_a_number_below_the_order_of_the_curve() {
    let check = |bytes: &str, valid: bool| {
        assert_eq!(key(bytes).err(), (!valid).then_some(KeyError::OutOfRange), "{bytes}");
    };
    check("0000000000000000000000000000000000000000000000000000000000000000", false);
    check("0000000000000000000000000000000000000000000000000000000000000001", true);
    check("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140", true);
    check("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", false);
    check("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", false);
}

#[test]
fn a_key_is_not_printed() {
    let key = key("0000000000000000000000000000000000000000000000000000000000000001").unwrap();
    assert_eq!(
        format!("{key:?}"),
        "PrivateKey { bytes: Secret(…), address: 0x7e5f4552091a69125d5dfcb7b8c2659029395bdf }"
    );
}

#[test]
fn addresses_are_spelled_as_eip_55_asks() {
    let check = |address: &str| {
        let lower: Address = address.to_lowercase().parse().unwrap();
        assert_eq!(lower.to_string(), address);
    };
    check("0x52908400098527886E0F7030069857D2E4169EE7");
    check("0x8617E340B3D01FA5F11F306F4090FD50E238070D");
    check("0xde709f2102306220921060314715629080e2fb77");
    check("0x27b1fdb04752bbc536007a920d24acb045561c26");
    check("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    check("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359");
    check("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB");
    check("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb");
}

#[test]
fn ethereum_test_keys_have_their_addresses() {
    let Some(cases) = vectors::json("ethereum-tests/BasicTests/keyaddrtest.json") else { return };
    let cases = cases.as_array().unwrap();
    assert_eq!(cases.len(), 2);
    for case in cases {
        let address: Address = case["addr"].as_str().unwrap().parse().unwrap();
        assert_eq!(key(case["key"].as_str().unwrap()).unwrap().address(), address);
    }
}

#[test]
fn bip_32_chains_are_derived() {
    let Some(text) = vectors::text("bip32/bip-0032.mediawiki") else { return };
    let (valid, _) = text.split_once("===Test vector 5===").unwrap();
    let mut seed = Vec::new();
    let mut chain = String::new();
    let mut checked = 0;
    for line in valid.lines() {
        if let Some(hex_seed) = line.strip_prefix("Seed (hex): ") {
            seed = hex::decode(hex_seed).unwrap();
        } else if let Some(path) = line.strip_prefix("* Chain ") {
            chain = path.replace("<sub>H</sub>", "'");
        } else if let Some(expected) = line.strip_prefix("** ext prv: ") {
            let node = node(&seed, &chain.parse().unwrap()).unwrap();
            assert_eq!(node.to_base58().as_str(), expected, "{chain}");
            checked += 1;
        } else if let Some(expected) = line.strip_prefix("** ext pub: ") {
            let node = node(&seed, &chain.parse().unwrap()).unwrap();
            assert_eq!(node.verify_key().to_base58(), expected, "{chain}");
            checked += 1;
        }
    }
    assert_eq!(checked, 34);
}

/// Candor does not read extended keys yet. This shows what the library that it would read them with lets through: a
/// root key that claims to have a parent. Whoever adds such an import must refuse those.
#[test]
fn bip_32_invalid_keys_are_refused_but_for_roots_with_a_parent() {
    let Some(text) = vectors::text("bip32/bip-0032.mediawiki") else { return };
    let (_, invalid) = text.split_once("===Test vector 5===").unwrap();
    let keys: Vec<(&str, &str)> = invalid
        .lines()
        .take_while(|line| !line.starts_with("=="))
        .filter_map(|line| line.strip_prefix("* ")?.split_once(' '))
        .collect();
    assert_eq!(keys.len(), 16);
    for (key, reason) in keys {
        let accepted = XPriv::from_base58(key).is_ok() || XPub::from_base58(key).is_ok();
        assert_eq!(accepted, reason.starts_with("(zero depth"), "{key} {reason}");
    }
}

#[test]
fn bip_39_seeds_have_their_root_keys() {
    let Some(cases) = vectors::json("bip39/trezor-vectors.json") else { return };
    for case in cases["english"].as_array().unwrap() {
        let seed = Phrase::parse(&nfkd(case[1].as_str().unwrap())).unwrap().seed(&nfkd("TREZOR"));
        let root = node(seed.expose(), &"m".parse().unwrap()).unwrap();
        assert_eq!(root.to_base58().as_str(), case[3].as_str().unwrap());
    }
}
