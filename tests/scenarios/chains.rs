//! Each site has its own chain.

use candor_protocol::{
    ui::{self, UiErrorCode},
    view::RequestKind,
};
use candor_tests::{Host, net::Manner, page::PageId, surface::ANVIL_ACCOUNTS};
use serde_json::{Value, json};

fn switch(host: &mut Host, page: PageId, chain: &str) {
    let promised = host.ask(page, "wallet_switchEthereumChain", json!([{ "chainId": chain }]));
    host.agree();
    assert_eq!(host.result(promised), Value::Null);
}

fn chain_id(host: &mut Host, page: PageId) -> Value {
    let promised = host.ask(page, "eth_chainId", json!([]));
    host.result(promised)
}

#[test]
fn three_sites_on_three_chains() {
    let mut host = Host::anvil();
    let sites = ["https://a.example", "https://b.example", "https://c.example"];
    let pages = sites.map(|site| host.connected(site));
    let chains = [("0x1", 1), ("0x2105", 8453), ("0xa4b1", 42_161)];
    switch(&mut host, pages[1], chains[1].0);
    switch(&mut host, pages[2], chains[2].0);
    for (page, (hex, number)) in pages.into_iter().zip(chains) {
        assert_eq!(chain_id(&mut host, page), json!(hex));
        let promised = host.ask(page, "net_version", json!([]));
        assert_eq!(host.result(promised), json!(number.to_string()));
        assert_eq!(host.page(page).state.as_ref().unwrap().chain_id, hex);
    }
    let payment = json!([{ "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0x1" }]);
    let promised = pages.map(|page| host.ask(page, "eth_sendTransaction", payment.clone()));
    // While the prompts are open, everything is switched: to the next site's chain, and the wallet's own as well.
    for (site, (_, number)) in sites.iter().zip([chains[1], chains[2], chains[0]]) {
        host.must(ui::SetSiteNetwork { origin: (*site).to_owned(), chain_id: number });
    }
    host.must(ui::SelectNetwork { chain_id: 137 });
    for shown in host.prompts().into_iter().rev() {
        host.approve(&shown).unwrap();
    }
    for (promised, (_, number)) in promised.into_iter().zip(chains) {
        let taken = host.net.chain(number).taken.clone();
        assert_eq!(taken.len(), 1);
        assert_eq!((taken[0].fields.chain_id.get(), host.result(promised)), (number, json!(taken[0].hash)));
    }
    let all: usize = host.net.chains().map(|chain| chain.taken.len()).sum();
    assert_eq!(all, 3);
}

#[test]
fn switching_is_asked_and_only_told_when_agreed() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let ask = |host: &mut Host, chain: &str| {
        host.ask(page, "wallet_switchEthereumChain", json!([{ "chainId": chain }]))
    };
    let same = ask(&mut host, "0x1");
    assert_eq!(host.result(same), Value::Null, "there already");
    let no = ask(&mut host, "0xa");
    let shown = host.prompt();
    assert_eq!((shown.kind, shown.network.chain_id), (RequestKind::SwitchNetwork, 10));
    host.refuse();
    assert_eq!(host.error(no).0, 4001);
    assert_eq!(host.page(page).events, [""; 0]);
    let unknown = ask(&mut host, "0x123456");
    assert_eq!(host.error(unknown).0, 4902);
    switch(&mut host, page, "0xa");
    assert_eq!(host.page(page).events, ["chainChanged 0xa"]);
}

#[test]
fn a_site_that_is_not_connected_follows_the_wallet() {
    let mut host = Host::anvil();
    let page = host.open_page("https://a.example");
    host.must(ui::SelectNetwork { chain_id: 10 });
    assert_eq!(chain_id(&mut host, page), json!("0xa"));
    let promised = host.ask(page, "eth_requestAccounts", json!([]));
    host.must(ui::SelectNetwork { chain_id: 137 });
    host.agree();
    assert!(host.result(promised).is_array());
    assert_eq!(chain_id(&mut host, page), json!("0xa"), "it gets the network that it had when it asked");
}

#[test]
fn adding_a_network_that_is_known_asks_to_use_it() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let base = |url: &str| {
        json!([{ "chainId": "0x2105", "chainName": "Ba5e", "rpcUrls": [url],
            "nativeCurrency": { "name": "Ether", "symbol": "ETH", "decimals": 18 } }])
    };
    let promised = host.ask(page, "wallet_addEthereumChain", base("https://evil.example"));
    let shown = host.prompt();
    assert_eq!((shown.kind, shown.network.name.as_str()), (RequestKind::SwitchNetwork, "Base"));
    host.refuse();
    assert_eq!(host.result(promised), Value::Null, "the network is there, whether it is used or not");
    let promised = host.ask(page, "wallet_addEthereumChain", base("https://evil.example"));
    host.agree();
    assert_eq!(host.result(promised), Value::Null);
    assert_eq!(chain_id(&mut host, page), json!("0x2105"));
    let networks = host.must(ui::Networks {}).networks;
    let servers = &networks.iter().find(|network| network.chain_id == 8453).unwrap().servers;
    assert!(!servers.contains(&"evil.example".to_owned()), "its servers stay the user's");
}

#[test]
fn adding_a_network_that_is_new() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let promised = host.ask(page, "wallet_addEthereumChain", crate::signing::elsewhere());
    let shown = host.prompt();
    assert_eq!(
        (shown.kind, shown.network.servers.as_slice()),
        (RequestKind::AddNetwork, ["https://rpc.elsewhere.example".to_owned()].as_slice())
    );
    assert_eq!(host.approve(&shown).unwrap_err().code, UiErrorCode::Unreachable, "it is dead");
    host.net.add_server("https://rpc.elsewhere.example", 7_777_779);
    host.net.manner("https://rpc.elsewhere.example", "eth_chainId", Manner::Says(json!("0x1")));
    assert_eq!(host.approve(&shown).unwrap_err().code, UiErrorCode::Refused, "it lies");
    assert_eq!(host.outcome(promised), None);
    // What stood in the way is more use to the site than that nobody went on.
    host.refuse();
    assert_eq!(host.error(promised).0, -32602);
    let promised = host.ask(page, "wallet_addEthereumChain", crate::signing::elsewhere());
    let shown = host.prompt();
    host.net.revive(7_777_779);
    host.approve(&shown).unwrap();
    assert_eq!(host.result(promised), Value::Null);
    assert_eq!(chain_id(&mut host, page), json!("0x76adf3"));
    let promised = host.ask(page, "eth_blockNumber", json!([]));
    assert_eq!(host.result(promised), json!("0x10"));

    host.must(ui::RemoveNetwork { chain_id: 7_777_779 });
    assert_eq!(chain_id(&mut host, page), json!("0x1"));
    assert_eq!(host.call(ui::RemoveNetwork { chain_id: 1 }).unwrap_err().code, UiErrorCode::Gone);
}

#[test]
fn a_network_of_ones_own() {
    let mut host = Host::anvil();
    let add =
        |url: &str| ui::AddNetwork { name: "Mine".to_owned(), url: url.to_owned(), symbol: "ME".to_owned() };
    assert_eq!(host.call(add("http://public.example")).unwrap_err().code, UiErrorCode::Invalid);
    assert_eq!(host.call(add("https://mine.example")).unwrap_err().code, UiErrorCode::Unreachable);
    host.net.add_server("https://mine.example", 4242);
    assert_eq!(host.must(add("https://mine.example")), 4242);
    let networks = host.must(ui::Networks {});
    assert_eq!(networks.current, 4242);
    let mine = networks.networks.iter().find(|network| network.chain_id == 4242).unwrap();
    assert_eq!((mine.name.as_str(), mine.symbol.as_str(), mine.custom), ("Mine", "ME", true));
}

#[test]
fn no_network_borrows_the_name_of_a_known_one_unsaid() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    host.net.add_server("https://mine.example", 4242);
    for name in ["Ethereum", "ethereum  Main-net", "Base Mainnet"] {
        let url = "https://mine.example".to_owned();
        let add = ui::AddNetwork { name: name.to_owned(), url, symbol: "ETH".to_owned() };
        assert_eq!(host.call(add).unwrap_err().code, UiErrorCode::Invalid, "{name}");
    }
    let called = |host: &mut Host| {
        let networks = host.must(ui::Networks {}).networks;
        networks.into_iter().find(|network| network.chain_id == 4242).map(|network| network.name)
    };
    assert_eq!(called(&mut host), None);
    let proposal = json!([{
        "chainId": "0x1092", "chainName": "Ethereum Mainnet", "rpcUrls": ["https://mine.example"],
        "nativeCurrency": { "name": "Ether", "symbol": "ETH", "decimals": 18 },
    }]);
    host.ask(page, "wallet_addEthereumChain", proposal);
    let shown = host.prompt();
    assert!(shown.notes.iter().any(|note| note.rule == "borrowed-name"));
    assert_eq!(shown.network.name, "Ethereum Mainnet (4242)");
    host.approve(&shown).unwrap();
    assert_eq!(called(&mut host).as_deref(), Some("Ethereum Mainnet (4242)"));
}

/// A network that was taken away while a prompt for it was open cannot be switched to.
#[test]
fn a_network_that_is_gone_is_not_used() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    host.net.add_server("https://mine.example", 4242);
    host.must(ui::AddNetwork {
        name: "Mine".to_owned(),
        url: "https://mine.example".to_owned(),
        symbol: "ME".to_owned(),
    });
    host.ask(page, "wallet_switchEthereumChain", json!([{ "chainId": "0x1092" }]));
    let shown = host.prompt();
    host.must(ui::RemoveNetwork { chain_id: 4242 });
    assert_eq!(host.approve(&shown).unwrap_err().code, UiErrorCode::Gone);
    assert_eq!(chain_id(&mut host, page), json!("0x1"));
}
