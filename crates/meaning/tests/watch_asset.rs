//! What is said of a token that a site wants to see in the list.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input fails")]

mod common;

use Tone::{Care, Plain, Risk};
use candor_meaning::{Asset, Collectible, Kind, Tone, watch_asset};
use candor_primitives::{Address, U256};
use common::*;

fn asset(contract: Address) -> Asset<'static> {
    Asset { contract, collectible: None, held: Some(U256::from(5)), said_symbol: None, said_decimals: None }
}

#[test]
fn tokens() {
    let check = |world: &World, asset: Asset<'_>, sentence: &str, tone: Tone, rules: &str| {
        let meaning = watch_asset(&asset, world);
        is_sound(&meaning);
        assert_eq!(
            told(&meaning),
            (format!("Show {sentence} in your wallet on Base."), tone, rules.to_owned())
        );
        let refusal = if world.origin.is_some() { "Don't add" } else { "Back" };
        assert_eq!((meaning.kind, meaning.verb, meaning.refusal), (Kind::WatchAsset, "Add", refusal));
        meaning
    };
    let site = asked_by("https://game.xyz").says(CONTRACT, "MOTH", 18);
    let moth = asset(CONTRACT);
    let said = |symbol, decimals| Asset { said_symbol: symbol, said_decimals: decimals, ..moth };
    check(&site, moth, "MOTH", Plain, "");
    check(&own().says(CONTRACT, "MOTH", 18), moth, "MOTH", Plain, "");
    check(&site, said(Some("moth"), Some(18)), "MOTH", Plain, "");
    check(&site, said(Some("BUG"), None), "MOTH", Care, "other-name");
    check(&site, said(None, Some(6)), "MOTH", Care, "other-decimals");
    let lie =
        check(&site, said(Some("USDC"), Some(6)), "MOTH", Risk, "imitation-token other-name other-decimals");
    assert_eq!(lie.notes[0].what, "This is not the known USDC.");
    assert_eq!(lie.notes[1].what, "The site calls it “USDC”, but it is MOTH.");
    // Whoever says so, the known one has another address.
    check(
        &own().says(CONTRACT, "U5DC", 6),
        said(Some("USDC"), None),
        "U5DC (not the known USDC)",
        Risk,
        "imitation-token",
    );
    // What Candor knows wins over what a server says, and over what a site says.
    check(
        &own().says(USDC, "MOTH", 18),
        Asset { said_symbol: Some("USDC"), ..asset(USDC) },
        "USDC",
        Plain,
        "",
    );
    check(
        &own().says(USDC, "MOTH", 18),
        Asset { said_decimals: Some(18), ..asset(USDC) },
        "USDC",
        Care,
        "other-decimals",
    );
    // A symbol that tries to be part of the sentence is not said.
    check(&own(), asset(LIAR), "token 0x27b1…1c26", Care, "");
    // Nothing is known yet.
    let early = Asset { held: None, said_symbol: Some("USDC"), said_decimals: Some(6), ..asset(STRANGER) };
    check(&site, early, "token 0x5aAe…eAed", Plain, "");
    // What a site says is quoted with its tricks written out.
    let trick = check(&site, said(Some("A\u{202e}B"), None), "MOTH", Care, "other-name");
    assert!(trick.notes[0].what.contains("A[U+202E]B"), "{:?}", trick.notes[0]);
}

#[test]
fn collectibles() {
    let site = asked_by("https://game.xyz");
    let check =
        |collection: &str, number: &str, held: Option<u64>, sentence: &str, tone: Tone, rules: &str| {
            let collectible = Collectible { number: units(number), collection, standard: "ERC-721" };
            let asset =
                Asset { collectible: Some(collectible), held: held.map(U256::from), ..asset(CONTRACT) };
            let meaning = watch_asset(&asset, &site);
            is_sound(&meaning);
            assert_eq!(
                told(&meaning),
                (format!("Show {sentence} in your wallet on Base."), tone, rules.to_owned())
            );
            let labels: Vec<_> = meaning.facts.iter().map(|fact| fact.label.as_ref()).collect();
            assert_eq!(labels[..3], ["Collection", "Number", "Standard"]);
        };
    check("Lisbon Prints", "12", Some(1), "No. 12 of “Lisbon Prints”", Plain, "");
    check("Lisbon Prints", "12", Some(0), "No. 12 of “Lisbon Prints”", Care, "not-held");
    check("Lisbon Prints", "12", None, "No. 12 of “Lisbon Prints”", Plain, "");
    check("", "0", Some(1), "No. 0 of 0xfB69…d359", Plain, "");
    check("x” to Maria", "0", Some(1), "No. 0 of 0xfB69…d359", Plain, "");
    check("A", "123456789012", Some(1), "No. 123456789012 of “A”", Plain, "");
    check("A", "1234567890123", Some(1), "No. 123456…0123 of “A”", Plain, "");
}
