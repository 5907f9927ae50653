//! `docs/provider.md` says what the provider does.

use std::path::Path;

use candor_chain::methods::{MethodClass, classify};
use candor_tests::Host;
use serde_json::json;

/// The methods that a section of the page names.
fn methods(page: &str, section: &str) -> Vec<String> {
    let (_, rest) = page.split_once(&format!("## {section}\n")).expect("the section is there");
    let section = rest.split("\n## ").next().unwrap_or_default();
    let code = section.split('`').skip(1).step_by(2);
    let is_method = |word: &&str| {
        ["eth_", "net_", "web3_", "wallet_", "personal_"].iter().any(|start| word.starts_with(start))
            && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && !word.ends_with('_')
    };
    code.filter(is_method).map(str::to_owned).collect()
}

#[test]
fn every_method_is_where_the_page_has_it() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/provider.md");
    let page = std::fs::read_to_string(file).unwrap();
    let mut host = Host::anvil();
    let site = host.open_page("https://a.example");
    let answered = methods(&page, "Answered by the wallet");
    assert_eq!(answered.len(), 14, "{answered:?}");
    let shown = methods(&page, "Shown to a person");
    assert_eq!(shown.len(), 15, "{shown:?}");
    for method in answered.iter().chain(&shown).filter(|method| !method.ends_with("Accounts")) {
        let promised = host.ask(site, method, json!([]));
        let code = host.outcome(promised).map(|outcome| format!("{outcome:?}"));
        assert!(code.is_some_and(|code| !code.contains("4200")), "{method}");
        let class = classify(method);
        assert!(matches!(class, MethodClass::Unknown | MethodClass::Refused(_)), "{method} is not a node's");
    }
    let forwarded = methods(&page, "Forwarded to a node");
    assert_eq!(forwarded.len(), 44, "{forwarded:?}");
    for method in &forwarded {
        assert_eq!(classify(method), MethodClass::Forwarded, "{method}");
    }
    let watched = methods(&page, "Watched by the wallet");
    assert_eq!(watched.len(), 8, "{watched:?}");
    for method in &watched {
        assert_eq!(classify(method), MethodClass::Watched, "{method}");
    }
    for method in methods(&page, "Refused with the reason") {
        assert!(matches!(classify(&method), MethodClass::Refused(_)), "{method}");
        let promised = host.ask(site, &method, json!([]));
        assert_eq!(host.error(promised).0, 4200, "{method}");
    }
}
