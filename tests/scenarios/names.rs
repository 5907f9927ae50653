//! Names that stand for addresses (ENS), looked up on the chain and where contracts send us.

use candor_chain::{
    ens::{self, Asked, Name},
    registry::registry,
};
use candor_primitives::{Address, Bytes};
use candor_protocol::{
    names::{FoundName, NameView},
    ui::{self, UiErrorCode},
};
use candor_tests::{Host, net::Manner};
use serde_json::json;

const MARIA: &str = "0x1a2B3c4d5E6f708192a3B4c5D6E7F8091A2b3C4d";
const CONTRACT: &str = "0x00000000000000000000000000000000000000c1";
const HOST: &str = "names.example";

fn name(text: &str) -> Name {
    Name::read(text).expect("a name")
}

fn word(address: &str) -> String {
    format!("0x{:0>64}", address.trim_start_matches("0x").to_lowercase())
}

/// As a contract returns bytes.
fn bytes(data: &str) -> String {
    let data = data.trim_start_matches("0x");
    let padded = data.len().next_multiple_of(64);
    format!("0x{:064x}{:064x}{data:0<padded$}", 32, data.len() / 2)
}

/// From now on a contract says this to a call.
fn says(host: &mut Host, contract: Address, call: &Bytes, said: String) {
    host.net.chain(1).said.insert((contract, call.to_string()), said);
}

/// The registry names a contract for a name.
fn speaks(host: &mut Host, name: &Name) -> Address {
    let contract = CONTRACT.parse().expect("an address");
    says(host, ens::REGISTRY, &ens::resolver(name), word(CONTRACT));
    contract
}

fn stands_for(host: &mut Host, text: &str, address: &str) {
    let contract = speaks(host, &name(text));
    says(host, contract, &ens::question(&name(text), Asked::Address, false), word(address));
}

/// Lets a contract answer for all names below `maria.eth` by a server.
fn kept_elsewhere(host: &mut Host, template: &str) -> Address {
    let contract = speaks(host, &name("maria.eth"));
    says(host, contract, &ens::is_extended(), format!("0x{:064x}", 1));
    // OffchainLookup(contract, [template], 0xabcd, 0x01020304, 0x09)
    let text: String = template.bytes().map(|byte| format!("{byte:02x}")).collect();
    let padded = text.len().next_multiple_of(64);
    let at = |offset: usize| format!("{offset:064x}");
    let list = [at(1), at(32), at(template.len()), format!("{text:0<padded$}")].concat();
    let data = 160 + list.len() / 2;
    let revert = [
        "0x556f1830".to_owned(),
        word(CONTRACT).trim_start_matches("0x").to_owned(),
        at(160),
        at(data),
        format!("{:0<64}", "01020304"),
        at(data + 64),
        list,
        at(2),
        format!("{:0<64}", "abcd"),
        at(1),
        format!("{:0<64}", "09"),
    ];
    host.net.chain(1).reverts.insert((contract, "0x9061b923".to_owned()), revert.concat());
    contract
}

fn look_up(host: &mut Host, text: &str, agreed: Option<&str>) -> Result<NameView, ui::UiError> {
    host.call(ui::LookUpName { name: text.to_owned(), host: agreed.map(str::to_owned) })
}

fn found(text: &str, address: &str, confirmed: bool, mutual: bool) -> NameView {
    let (name, address) = (text.to_owned(), address.to_owned());
    NameView::Found(FoundName { name, address, confirmed, mutual })
}

fn title(answer: Result<NameView, ui::UiError>) -> String {
    let error = answer.expect_err("no address");
    assert_eq!(error.code, UiErrorCode::Invalid);
    error.title
}

#[test]
fn a_name_is_looked_up_with_two_servers_and_back() {
    let mut host = Host::anvil();
    stands_for(&mut host, "maria.eth", MARIA);
    assert_eq!(look_up(&mut host, " Maria.eth", None), Ok(found("maria.eth", MARIA, true, false)));

    let back = Name::of(MARIA.parse().expect("an address"));
    let contract = speaks(&mut host, &back);
    let text: String = "maria.eth".bytes().map(|byte| format!("{byte:02x}")).collect();
    says(&mut host, contract, &ens::question(&back, Asked::Name, false), bytes(&text));
    assert_eq!(look_up(&mut host, "maria.eth", None), Ok(found("maria.eth", MARIA, true, true)));
}

#[test]
fn what_stands_for_nothing_is_said() {
    let mut host = Host::anvil();
    assert_eq!(title(look_up(&mut host, "nobody.eth", None)), "nobody.eth stands for no address.");
    stands_for(&mut host, "empty.eth", "0x0");
    assert_eq!(title(look_up(&mut host, "empty.eth", None)), "empty.eth stands for no address.");
    // A contract of a name above that answers only for its own.
    speaks(&mut host, &name("maria.eth"));
    assert_eq!(title(look_up(&mut host, "a.maria.eth", None)), "a.maria.eth stands for no address.");
    let asked = host.net.asked.len();
    for text in ["maria", "мария.eth", "ma ria.eth", "xn--e1awd7f.eth"] {
        assert_eq!(title(look_up(&mut host, text, None)), "This name cannot be read.", "{text}");
    }
    assert_eq!(host.net.asked.len(), asked, "nobody was asked");
}

#[test]
fn servers_that_differ_are_not_believed() {
    let mut host = Host::anvil();
    stands_for(&mut host, "maria.eth", MARIA);
    let ethereum = registry().iter().find(|network| network.chain_id.get() == 1).expect("Ethereum");
    let url = &ethereum.endpoints[1];
    for (manner, expected) in [
        (Manner::Says(json!(word("0xee"))), "Your servers say different addresses for maria.eth."),
        (Manner::Says(json!("0x")), "Your servers say different addresses for maria.eth."),
    ] {
        host.net.revive(1);
        host.net.manner(url.as_str(), "eth_call", manner);
        assert_eq!(title(look_up(&mut host, "maria.eth", None)), expected);
    }
    host.net.revive(1);
    host.net.manners(1, "eth_call", &Manner::Dead);
    assert_eq!(title(look_up(&mut host, "maria.eth", None)), "We cannot look up maria.eth right now.");
}

#[test]
fn a_names_own_server_is_asked_only_when_agreed_to() {
    let mut host = Host::anvil();
    let contract = kept_elsewhere(&mut host, "https://names.example/{sender}/{data}");
    let url = format!("https://{HOST}/{CONTRACT}/0xabcd");
    host.net.name_servers.insert(url.clone(), (200, r#"{"data":"0x1234"}"#.to_owned()));
    host.net.chain(1).said.insert((contract, "0x01020304".to_owned()), bytes(&word(MARIA)));

    let ask = NameView::Ask { name: "a.maria.eth".to_owned(), host: HOST.to_owned() };
    for agreed in [None, Some("other.example")] {
        assert_eq!(look_up(&mut host, "a.maria.eth", agreed), Ok(ask.clone()), "{agreed:?}");
        assert_eq!(host.net.count("GET"), 0, "{agreed:?}");
    }
    assert_eq!(look_up(&mut host, "a.maria.eth", Some(HOST)), Ok(found("a.maria.eth", MARIA, true, false)));
    assert_eq!(host.net.count("GET"), 2, "both ways");
    let ledger = host.must(ui::EgressLog {});
    assert!(format!("{ledger:?}").contains(HOST), "it is in the ledger");

    for broken in [(404, String::new()), (200, "{}".to_owned())] {
        host.net.name_servers.insert(url.clone(), broken);
        let title = title(look_up(&mut host, "a.maria.eth", Some(HOST)));
        assert_eq!(title, "We cannot look up a.maria.eth right now.");
    }
}

#[test]
fn a_contract_cannot_send_us_in_circles_or_into_the_local_network() {
    let mut host = Host::anvil();
    let contract = kept_elsewhere(&mut host, "https://names.example/{sender}/{data}");
    let url = format!("https://{HOST}/{CONTRACT}/0xabcd");
    host.net.name_servers.insert(url, (200, r#"{"data":"0x1234"}"#.to_owned()));
    let chain = host.net.chain(1);
    let again = chain.reverts[&(contract, "0x9061b923".to_owned())].clone();
    chain.reverts.insert((contract, "0x01020304".to_owned()), again);
    assert_eq!(title(look_up(&mut host, "maria.eth", Some(HOST))), "maria.eth stands for no address.");
    assert_eq!(host.net.count("GET"), 8, "four times on each way");

    for template in ["https://localhost/{data}", "http://names.example/{data}", "https://192.168.1.1/{data}"]
    {
        kept_elsewhere(&mut host, template);
        assert_eq!(title(look_up(&mut host, "maria.eth", Some(HOST))), "maria.eth stands for no address.");
    }
}

#[test]
fn nothing_is_looked_up_while_locked() {
    let mut host = Host::anvil();
    host.must(ui::Lock {});
    assert_eq!(look_up(&mut host, "maria.eth", None).map_err(|error| error.code), Err(UiErrorCode::Locked));
}
