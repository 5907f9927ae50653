//! Connecting, and what sites hear afterwards.

use candor_primitives::Millis;
use candor_protocol::{ui, view::RequestKind};
use candor_tests::{Host, surface::ANVIL_ACCOUNTS};
use expect_test::expect;
use serde_json::{Value, json};

fn first() -> Value {
    json!([ANVIL_ACCOUNTS[0].to_lowercase()])
}

#[test]
fn five_questions_make_one_prompt() {
    let mut host = Host::anvil();
    let page = host.open_page("https://a.example");
    let promised: Vec<_> = (0..5).map(|_| host.ask(page, "eth_requestAccounts", json!([]))).collect();
    assert_eq!(host.windows.len(), 1);
    assert_eq!(host.badge, "1");
    let shown = host.agree();
    assert_eq!((shown.kind, shown.origin.as_deref()), (RequestKind::Connect, Some("https://a.example")));
    for promised in promised {
        assert_eq!(host.result(promised), first());
    }
    assert!(host.windows.is_empty());
    assert_eq!(host.badge, "");
    let other_tab = host.open_page("https://a.example");
    let sixth = host.ask(other_tab, "eth_requestAccounts", json!([]));
    assert_eq!(host.result(sixth), first(), "the site is connected, whatever the tab");
}

#[test]
fn how_connecting_goes() {
    let mut host = Host::anvil();
    let page = host.open_page("https://a.example");
    host.kill();
    host.wake();
    let start = host.log.len();
    host.ask(page, "eth_requestAccounts", json!([]));
    host.agree();
    expect![[r#"
        a.example #1: eth_requestAccounts
          store session/requests
          store session/clients
          badge “1”
          open window
          notice {"notice":"requests"}
        window opened Some(1)
          store session/window
        surface: Queue
          reply to surface: {"ok":{"requests":[{"id":1700000000001,"kind":"connect","origin":"https://a.example"}]}}
        surface: Approval
          reply to surface: {"ok":{"id":1700000000001,"kind":"connect","origin":"https://a.example","topOrigin":null,"site":{"origin":"https://a.example","host":"a.example","connected":false,"accounts":[],"chainId":1,"sinceMs":n…
        surface: Approve
          store local/sites
          store session/requests
          store session/clients
          store session/window
          badge “”
          close window 1
          reply to a.example #1: {"outcome":{"result":["0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"]},"hello":{"chainId":"0x1","accounts":["0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"]}}
          reply to surface: {"ok":null}
          notice {"notice":"sites"}
          notice {"notice":"requests"}
        window closed 1
          store session/window
    "#]].assert_eq(&host.transcript(start));
}

#[test]
fn all_ways_to_say_no() {
    let check = |say_no: fn(&mut Host)| {
        let mut host = Host::anvil();
        let page = host.open_page("https://a.example");
        let promised = host.ask(page, "eth_requestAccounts", json!([]));
        say_no(&mut host);
        assert_eq!(host.error(promised), (4001, "The user rejected the request.".to_owned()));
        assert!(host.windows.is_empty());
        assert!(host.prompts().is_empty());
        // The next question makes a new prompt.
        let again = host.ask(page, "eth_requestAccounts", json!([]));
        assert_eq!(host.windows.len(), 1);
        host.agree();
        assert_eq!(host.result(again), first());
    };
    check(Host::refuse);
    check(Host::close_windows);
    check(|host| {
        let id = host.prompts()[0].id;
        host.must(ui::RejectAll { id });
    });
    check(|host| host.must(ui::DisconnectSite { origin: "https://a.example".to_owned() }));
}

#[test]
fn what_nobody_waits_for_any_more_is_not_asked() {
    let check = |go: fn(&mut Host, candor_tests::page::PageId)| {
        let mut host = Host::anvil();
        let page = host.open_page("https://a.example");
        let stays = host.open_page("https://b.example");
        host.ask(page, "eth_requestAccounts", json!([]));
        let waits = host.ask(stays, "eth_requestAccounts", json!([]));
        go(&mut host, page);
        let shown = host.prompt();
        assert_eq!(shown.origin.as_deref(), Some("https://b.example"));
        assert_eq!(host.badge, "1");
        assert_eq!(host.outcome(waits), None);
        host.leave(stays);
        assert!(host.prompts().is_empty());
        assert!(host.windows.is_empty());
    };
    check(|host, page| host.leave(page));
    check(|host, page| {
        let tab = host.page(page).tab;
        host.close_tab(tab);
    });
}

#[test]
fn a_connected_site_sees_its_accounts_whether_locked_or_not_and_hears_nothing_of_it() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let ask = |host: &mut Host| {
        let promised = host.ask(page, "eth_accounts", json!([]));
        assert_eq!(host.result(promised), first());
        let promised = host.ask(page, "eth_requestAccounts", json!([]));
        assert_eq!(host.result(promised), first());
        let promised = host.ask(page, "eth_coinbase", json!([]));
        assert_eq!(host.result(promised), first()[0]);
    };
    let pushes = host.page(page).pushes;
    ask(&mut host);
    host.must(ui::Lock {});
    ask(&mut host);
    host.kill();
    ask(&mut host);
    host.unlock();
    ask(&mut host);
    host.must(ui::SelectNetwork { chain_id: 10 });
    host.must(ui::SelectAccount { address: ANVIL_ACCOUNTS[1].to_owned() });
    host.must(ui::AddAccount {});
    ask(&mut host);
    assert_eq!(host.page(page).pushes, pushes, "nothing changed for this site");
}

#[test]
fn only_real_changes_are_told_and_only_to_who_asked_before() {
    let mut host = Host::anvil();
    let connected = host.connected("https://a.example");
    let same_site = host.open_page("https://a.example");
    host.ask(same_site, "eth_chainId", json!([]));
    let stranger = host.open_page("https://b.example");
    host.ask(stranger, "eth_chainId", json!([]));
    let silent = host.open_page("https://c.example");
    let events = |host: &mut Host| {
        [connected, same_site, stranger, silent].map(|page| std::mem::take(&mut host.page(page).events))
    };
    let nothing = || -> [Vec<String>; 4] { Default::default() };
    assert_eq!(events(&mut host), nothing());

    let site = || "https://a.example".to_owned();
    host.must(ui::SetSiteNetwork { origin: site(), chain_id: 10 });
    let chain = || vec!["chainChanged 0xa".to_owned()];
    assert_eq!(events(&mut host), [chain(), chain(), vec![], vec![]]);
    host.must(ui::SetSiteNetwork { origin: site(), chain_id: 10 });
    assert_eq!(events(&mut host), nothing());

    host.must(ui::SelectNetwork { chain_id: 8453 });
    assert_eq!(events(&mut host), [vec![], vec![], vec!["chainChanged 0x2105".to_owned()], vec![]]);

    let both = [1, 0].map(|index| ANVIL_ACCOUNTS[index].to_owned()).to_vec();
    let told = format!("accountsChanged {}", both.join(" ").to_lowercase());
    host.must(ui::SetSiteAccounts { origin: site(), accounts: both });
    assert_eq!(events(&mut host), [vec![told.clone()], vec![told], vec![], vec![]]);

    host.must(ui::DisconnectSite { origin: site() });
    let gone = || vec!["chainChanged 0x2105".to_owned(), "accountsChanged ".to_owned()];
    assert_eq!(events(&mut host), [gone(), gone(), vec![], vec![]]);
    let promised = host.ask(connected, "eth_accounts", json!([]));
    assert_eq!(host.result(promised), json!([]));

    host.advance(Millis::from_secs(3600));
    host.kill();
    host.wake();
    assert_eq!(events(&mut host), nothing());
}

#[test]
fn permissions_are_objects_of_eip_2255() {
    let mut host = Host::anvil();
    let page = host.open_page("https://a.example");
    let promised = host.ask(page, "wallet_getPermissions", json!([]));
    assert_eq!(host.result(promised), json!([]));
    let promised = host.ask(page, "wallet_requestPermissions", json!([{ "eth_accounts": {} }]));
    host.agree();
    let granted = host.result(promised);
    assert_eq!(granted[0]["parentCapability"], "eth_accounts");
    assert_eq!(granted[0]["caveats"][0]["value"], first());
    let promised = host.ask(page, "wallet_getPermissions", json!([]));
    assert_eq!(host.result(promised), granted);
    let promised = host.ask(page, "wallet_revokePermissions", json!([{ "eth_accounts": {} }]));
    assert_eq!(host.result(promised), Value::Null);
    let promised = host.ask(page, "wallet_getPermissions", json!([]));
    assert_eq!(host.result(promised), json!([]));
    let promised = host.ask(page, "wallet_requestPermissions", json!([{ "camera": {} }]));
    assert_eq!(host.error(promised), (-32602, "There is no permission “camera”.".to_owned()));
}

#[test]
fn the_page_around_a_frame_is_named() {
    let mut host = Host::anvil();
    let frame = host.open_frame("https://frame.example", 7, 3, "https://top.example/page");
    host.ask(frame, "eth_requestAccounts", json!([]));
    let shown = host.prompt();
    assert_eq!(shown.origin.as_deref(), Some("https://frame.example"));
    assert_eq!(shown.top_origin.as_deref(), Some("https://top.example"));
}

#[test]
fn a_document_says_good_bye_when_its_tab_shows_another_page_already() {
    let mut host = Host::anvil();
    let mut check = |frame: i64, tab_url: &str| {
        let page = host.open_page("https://a.example");
        host.ask(page, "eth_requestAccounts", json!([]));
        assert_eq!(host.prompts().len(), 1);
        (host.pages[page.0].frame, host.pages[page.0].tab_url) = (frame, tab_url.to_owned());
        host.leave(page);
        assert!(host.prompts().is_empty() && host.windows.is_empty(), "{frame} {tab_url}");
    };
    check(0, "https://b.example/");
    check(7, "https://b.example/");
    check(7, "about:blank");
    check(-1, "");

    let frame = host.open_frame("https://frame.example", 9, 3, "https://top.example/page");
    host.ask(frame, "eth_requestAccounts", json!([]));
    host.pages[frame.0].tab_url = "https://b.example/".to_owned();
    host.leave(frame);
    assert!(host.prompts().is_empty());
}

#[test]
fn a_frame_has_only_what_it_was_granted_there() {
    let mut host = Host::anvil();
    let sees = |host: &mut Host, page| {
        let promised = host.ask(page, "eth_accounts", json!([]));
        host.result(promised).as_array().unwrap().len()
    };
    let site = host.connected("https://frame.example");
    let page = host.connected("https://top.example");
    let frame = host.open_frame("https://frame.example", 7, 3, "https://top.example/page");
    let elsewhere = host.open_frame("https://frame.example", 8, 3, "https://other.example/page");
    assert_eq!([site, page, frame, elsewhere].map(|one| sees(&mut host, one)), [1, 1, 0, 0]);
    host.ask(frame, "eth_requestAccounts", json!([]));
    host.agree();
    assert_eq!([frame, elsewhere].map(|one| sees(&mut host, one)), [1, 0]);
    let sites = host.must(ui::Sites {});
    let names: Vec<&str> = sites.iter().map(|site| site.origin.as_str()).collect();
    let both = "https://frame.example in https://top.example";
    assert_eq!(names, ["https://frame.example", both, "https://top.example"]);

    host.must(ui::DisconnectSite { origin: "https://frame.example".to_owned() });
    assert_eq!([site, frame].map(|one| sees(&mut host, one)), [0, 1]);
    host.must(ui::DisconnectSite { origin: both.to_owned() });
    assert_eq!([site, frame].map(|one| sees(&mut host, one)), [0, 0]);
}

#[test]
fn a_site_that_hears_no_three_times_has_to_wait() {
    let mut host = Host::anvil();
    let page = host.connected("https://a.example");
    let other = host.connected("https://b.example");
    let ask = |host: &mut Host, page| host.ask(page, "personal_sign", json!(["hello", ANVIL_ACCOUNTS[0]]));
    let refuse = |host: &mut Host| {
        let promised = ask(host, page);
        host.refuse();
        assert_eq!(host.error(promised).0, 4001);
    };
    let site = |host: &mut Host| host.must(ui::Site { origin: "https://a.example".to_owned() }).paused_ms;

    // Three noes within a longer time are no nagging.
    for _ in 0..4 {
        refuse(&mut host);
        host.advance(Millis::from_secs(16));
    }
    refuse(&mut host);
    assert_eq!(site(&mut host), 0);
    refuse(&mut host);
    let promised = ask(&mut host, page);
    assert_eq!(host.error(promised).0, 4100);
    assert_eq!(site(&mut host), 60_000);
    assert!(host.prompts().is_empty());
    // Reads and other sites are not touched by it.
    let read = host.ask(page, "eth_accounts", json!([]));
    assert!(host.result(read).is_array());
    let promised = ask(&mut host, other);
    host.agree();
    assert!(host.result(promised).is_string());
    // Losing the worker is no way round it, and it ends.
    host.kill();
    let promised = ask(&mut host, page);
    assert_eq!(host.error(promised).0, 4100);
    host.advance(Millis::from_secs(60));
    let promised = ask(&mut host, page);
    host.agree();
    assert!(host.result(promised).is_string());
}
