//! What must stay inside stays inside.

use candor_primitives::keccak256;
use candor_protocol::{
    host::Effect,
    ui::{self, ServersChoice},
};
use candor_tests::{
    Host,
    import::restore,
    surface::{ANVIL, ANVIL_ACCOUNTS, KEY, WRONG_KEY, secret},
};
use serde_json::json;

/// Everything secret of the development wallet that a text could hold.
fn needles(data_key: &str) -> Vec<(&'static str, String)> {
    let entropy = "df9bf37e6fcdf9bf37e6fcdf9bf37e3c";
    let seed = "9dfc3c64c2f8bede1533b6a79f8570e5943e0b8fd1cf77107adf7b72cb42185d";
    let private_key = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    vec![
        ("words", ANVIL.to_owned()),
        ("half of the words", "test test test test test junk".to_owned()),
        ("words in a list", r#""test","junk""#.to_owned()),
        ("entropy", entropy.to_owned()),
        ("seed", seed.to_owned()),
        ("private key", private_key.to_owned()),
        ("password key", KEY.to_owned()),
        ("data key", data_key.to_owned()),
    ]
}

fn data_key(host: &Host) -> String {
    let record = host.storage.session_text("session").unwrap();
    let json: serde_json::Value = serde_json::from_str(record.splitn(5, ':').last().unwrap()).unwrap();
    json["data_key"].as_str().unwrap().to_owned()
}

/// Everything a wallet can do, in one go.
fn a_busy_day(host: &mut Host) {
    host.net.add_server("https://rpc.elsewhere.example", 7_777_779);
    let page = host.connected("https://a.example");
    for (method, params) in [
        ("personal_sign", json!(["hello", ANVIL_ACCOUNTS[0]])),
        ("eth_signTypedData_v4", json!([ANVIL_ACCOUNTS[0], crate::signing::mail(1)])),
        (
            "eth_sendTransaction",
            json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0x1" }]),
        ),
        ("wallet_switchEthereumChain", json!([{ "chainId": "0xa" }])),
        ("wallet_addEthereumChain", crate::signing::elsewhere()),
    ] {
        host.ask(page, method, params);
        host.agree_to_all();
    }
    host.ask(page, "eth_call", json!([{}, "latest"]));
    host.must(ui::AddAccount {});
    let keyring = host.must(ui::Keyrings {}).remove(0).id;
    host.must(ui::RevealKeyring { keyring: keyring.clone(), key: secret(KEY) });
    let _ = host.call(ui::RevealKeyring { keyring, key: secret(WRONG_KEY) });
    let _ = host.call(ui::Unlock { key: secret(WRONG_KEY) });
    host.kill();
    host.wake();
}

#[test]
fn no_secret_leaves() {
    let mut host = Host::default();
    let password = host.new_password();
    host.must(restore(password, ANVIL, "", &[0]));
    host.must(ui::ChooseServers { choice: ServersChoice::Public });
    let needles = needles(&data_key(&host));
    a_busy_day(&mut host);
    host.must(ui::Lock {});

    for (key, text) in host.storage.texts() {
        for (name, needle) in &needles {
            assert!(!text.contains(needle), "{name} is stored under {key}");
        }
    }
    for logged in &host.log {
        let (place, text) = match &logged.effect {
            // While the wallet is open, the session record and nothing else has the data key.
            Some(Effect::Store { key, value: Some(text), .. }) => (key.as_str(), text),
            Some(Effect::StoreVault { frame, .. }) => ("vault", frame),
            Some(Effect::Http { body: Some(body), .. }) => ("http", body),
            Some(Effect::Push { body, .. }) => ("push", body),
            Some(Effect::Notice { body }) => ("notice", body),
            // Surfaces may be shown the words; the log line names who a reply is for.
            Some(Effect::Reply { body, .. }) if !logged.line.contains("to surface") => {
                ("reply to a page", body)
            }
            _ => continue,
        };
        for (name, needle) in &needles {
            if (place, *name) != ("session", "data key") {
                assert!(!text.contains(needle), "{name} in {place}");
            }
        }
    }
}

/// The needles are the right ones: a scan for wrong ones would find nothing, either.
#[test]
fn the_needles_are_sharp() {
    let key: [u8; 32] = hex::decode(&needles("")[5].1).unwrap().try_into().unwrap();
    let digest = keccak256("x");
    let signature = candor_signer::sign_digest(&key, digest).unwrap();
    assert_eq!(candor_signer::recover(&signature, digest).unwrap().to_string(), ANVIL_ACCOUNTS[0]);
}

#[test]
fn what_the_core_prints_for_developers_has_no_secret() {
    let mut host = Host::anvil();
    let needles = needles(&data_key(&host));
    a_busy_day(&mut host);
    let printed = format!("{:?}", host.wallet_for_developers());
    for (name, needle) in needles {
        assert!(!printed.contains(&needle), "{name} is printed");
    }
}
