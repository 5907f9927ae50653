//! Who is `window.ethereum`: the choice for all pages and for one site, and what becomes of it.

use candor_protocol::ui;
use candor_tests::{
    Host,
    backup::with_state,
    matrix::kill_everywhere,
    surface::{KEY, secret},
};
use serde_json::{Value, json};

const ONE: &str = "https://one.example";
const TWO: &str = "http://localhost:3000";

fn all(host: &mut Host, on: bool) {
    host.must(ui::SetPreferred { on });
}

fn at(host: &mut Host, origin: &str, preferred: Option<bool>, as_metamask: bool) {
    host.must(ui::SetSitePreferred { origin: origin.to_owned(), preferred, as_metamask });
}

fn scripts(everywhere: bool, except: &[&str], as_metamask: &[&str]) -> (bool, Vec<String>, Vec<String>) {
    let owned = |list: &[&str]| list.iter().map(|&origin| origin.to_owned()).collect();
    (everywhere, owned(except), owned(as_metamask))
}

#[test]
fn what_is_chosen_is_what_pages_get() {
    let check = |choose: fn(&mut Host), expected: (bool, Vec<String>, Vec<String>)| {
        let mut host = Host::anvil();
        assert_eq!(
            host.page_scripts,
            scripts(false, &[], &[]),
            "nothing is taken from another wallet unasked"
        );
        choose(&mut host);
        assert_eq!(host.page_scripts, expected);
        // A browser forgets them when the extension is updated: the wallet says them again when it wakes.
        host.page_scripts = scripts(true, &["https://stale.example"], &[]);
        host.kill();
        host.wake();
        assert_eq!(host.page_scripts, expected);
    };
    check(|_| {}, scripts(false, &[], &[]));
    check(|host| all(host, true), scripts(true, &[], &[]));
    check(|host| at(host, ONE, Some(true), false), scripts(false, &[ONE], &[]));
    check(|host| at(host, ONE, Some(false), true), scripts(false, &[], &[ONE]));
    check(
        |host| {
            at(host, ONE, Some(true), false);
            at(host, TWO, Some(false), true);
            all(host, true);
        },
        scripts(true, &[TWO], &[TWO]),
    );
    check(
        |host| {
            at(host, ONE, Some(true), true);
            at(host, ONE, None, false);
        },
        scripts(false, &[], &[]),
    );
}

#[test]
fn the_choice_outlives_the_connection_and_needs_none() {
    let mut host = Host::anvil();
    at(&mut host, TWO, Some(true), true);
    let view = host.must(ui::Site { origin: TWO.to_owned() });
    assert_eq!((view.connected, view.preferred, view.as_metamask), (false, Some(true), true));
    assert!(host.must(ui::Sites {}).is_empty(), "a choice is no connection");
    host.connected(ONE);
    at(&mut host, ONE, Some(false), false);
    host.must(ui::DisconnectSite { origin: ONE.to_owned() });
    host.restart_browser();
    let view = host.must(ui::Site { origin: ONE.to_owned() });
    assert_eq!((view.connected, view.preferred, view.as_metamask), (false, Some(false), false));
    assert!(!host.must(ui::Settings {}).preferred);
}

#[test]
fn only_sites_can_be_chosen() {
    for origin in ["null", "file://", "https://*", "*://*/*", "chrome-extension://a", ""] {
        let mut host = Host::anvil();
        let call =
            ui::SetSitePreferred { origin: origin.to_owned(), preferred: Some(true), as_metamask: true };
        assert!(host.call(call).is_err(), "{origin}");
        assert_eq!(host.page_scripts, scripts(false, &[], &[]));
    }
}

#[test]
fn a_choice_is_made_whole_or_not_at_all() {
    let mut world = Host::anvil();
    at(&mut world, ONE, Some(true), false);
    world.kill();
    let kills = kill_everywhere(
        &world,
        |host| {
            host.start_call(ui::SetPreferred { on: true });
            host.run();
        },
        |host| {
            let on = host.must(ui::Settings {}).preferred;
            assert_eq!(host.page_scripts, scripts(on, if on { &[] } else { &[ONE] }, &[]));
        },
    );
    assert!(kills > 3, "{kills}");
}

#[test]
fn a_choice_that_cannot_be_read_leaves_pages_as_they_are() {
    let mut host = Host::anvil();
    all(&mut host, true);
    host.kill();
    let newer = |text: &str| text.replace("candor:sites:1:", "candor:sites:2:");
    host.storage.tamper("sites", newer);
    host.storage.tamper("sites.copy", newer);
    host.wake();
    assert_eq!(host.page_scripts, scripts(true, &[], &[]));
}

#[test]
fn a_backup_brings_choices_back_but_only_of_sites() {
    let mut host = Host::anvil();
    all(&mut host, true);
    at(&mut host, ONE, Some(false), true);
    let password = host.new_password();
    let made = host.must(ui::MakeBackup { key: secret(KEY), password });
    let text = with_state(&made.0, KEY, |state: &mut Value| {
        let json = state["sites"].as_str().and_then(|text| text.splitn(5, ':').nth(4)).unwrap_or_default();
        let mut sites: Value = serde_json::from_str(json).unwrap();
        sites["as_metamask_at"].as_array_mut().unwrap().push(json!("*://*/*"));
        state["sites"] = json!(candor_tests::storage::record("sites", &sites.to_string()));
    });
    let mut other = Host::default();
    other.wake();
    other.must(ui::RestoreBackup { text, key: secret(KEY) });
    assert_eq!(other.page_scripts, scripts(true, &[ONE], &[ONE]));
}
