//! Rules about which crate may depend on which.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::Result;
use serde::Deserialize;

use crate::{repo, shell};

/// The layer that holds keys or decides about them. The background may have all of it; beside it only
/// those of [`WORKERS`] have some.
pub(super) const CORE: [&str; 8] = [
    "candor-chain",
    "candor-keys",
    "candor-keystore",
    "candor-meaning",
    "candor-signer",
    "candor-slip39",
    "candor-vault",
    "candor-wallet",
];

/// The modules that are loaded on demand and see what is typed, each with all that it has of the core: they can neither
/// open the vault nor sign.
const WORKERS: [(&str, &[&str]); 3] = [
    ("candor-import", &["candor-keys", "candor-keystore", "candor-slip39"]),
    ("candor-strength", &[]),
    ("candor-scan", &[]),
];

/// What every crate may build on.
pub(super) const BASE: &str = "candor-primitives";

/// Crates that give access to a browser, a network, randomness or a runtime.
const OUTSIDE_WORLD: [&str; 12] = [
    "getrandom",
    "gloo",
    "js-sys",
    "leptos",
    "rand",
    "reqwest",
    "serde-wasm-bindgen",
    "tokio",
    "wasm-bindgen",
    "wasm-bindgen-futures",
    "web-sys",
    "web-time",
];

/// Crates of the core that may derive serde traits: `chain` for the JSON-RPC answers that it parses, `wallet` for
/// the records that it persists by schemas of its own. Messages live in `protocol`.
const MAY_SERIALIZE: [&str; 2] = ["candor-chain", "candor-wallet"];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    crate_types: Vec<String>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
}

fn metadata() -> Result<Metadata> {
    let mut cargo = shell::cargo();
    cargo.args(["metadata", "--format-version", "1", "--no-deps", "--offline"]);
    Ok(serde_json::from_str(&shell::output(&mut cargo)?)?)
}

/// Every crate of the workspace with what it depends on directly, development and build scripts aside.
fn direct() -> Result<BTreeMap<String, BTreeSet<String>>> {
    Ok(metadata()?
        .packages
        .into_iter()
        .map(|package| {
            let normal = package.dependencies.into_iter().filter(|dependency| dependency.kind.is_none());
            (package.name, normal.map(|dependency| dependency.name).collect())
        })
        .collect())
}

/// `start` and every crate of the workspace below it. Crates from elsewhere never depend on ours.
fn reachable<'a>(graph: &'a BTreeMap<String, BTreeSet<String>>, start: &'a str) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::from([start]);
    let mut next = vec![start];
    while let Some(name) = next.pop() {
        for below in graph.get(name).into_iter().flatten().filter(|below| graph.contains_key(*below)) {
            if seen.insert(below) {
                next.push(below);
            }
        }
    }
    seen
}

/// No path of dependencies leads from the interface to a crate of the core.
pub(super) fn interface_cannot_reach_keys() -> Result<Vec<String>> {
    let graph = direct()?;
    let reached = reachable(&graph, "candor-ui");
    Ok(CORE
        .iter()
        .filter(|name| reached.contains(*name))
        .map(|name| format!("candor-ui depends on {name}"))
        .collect())
}

/// The workers that see phrases, key files and new passwords have of the core only what reads them.
pub(super) fn workers_know_no_vault() -> Result<Vec<String>> {
    let graph = direct()?;
    let mut found = Vec::new();
    for (worker, may_reach) in WORKERS {
        let reached = reachable(&graph, worker);
        let beyond = CORE.iter().filter(|name| reached.contains(**name) && !may_reach.contains(name));
        found.extend(beyond.map(|name| format!("{worker} depends on {name}")));
    }
    Ok(found)
}

/// No crate of the core names a crate of the outside world. What others' crates bring along is not ours to call.
pub(super) fn only_adapters_know_the_browser() -> Result<Vec<String>> {
    let graph = direct()?;
    let mut found = Vec::new();
    for start in CORE.iter().chain([&BASE]) {
        for name in reachable(&graph, start) {
            let below = graph.get(name).into_iter().flatten();
            for outside in below.filter(|below| OUTSIDE_WORLD.contains(&below.as_str())) {
                found.push(format!("{name} depends on {outside}"));
            }
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// Only the boundary knows a wire format.
pub(super) fn core_types_are_not_serializable() -> Result<Vec<String>> {
    let graph = direct()?;
    Ok(CORE
        .iter()
        .chain([&BASE])
        .filter(|name| !MAY_SERIALIZE.contains(name))
        .filter(|name| graph.get(**name).is_some_and(|below| below.contains("serde")))
        .map(|name| format!("{name} depends on serde"))
        .collect())
}

/// A crate that is a module and also a library loses link-time optimisation, without a word from cargo.
pub(super) fn modules_are_only_modules() -> Result<Vec<String>> {
    let mut found = Vec::new();
    for package in metadata()?.packages {
        for kinds in package.targets.into_iter().map(|target| target.crate_types) {
            if kinds.len() > 1 && kinds.iter().any(|kind| kind == "cdylib") {
                found.push(format!("{} has the crate types {}", package.name, kinds.join(" and ")));
            }
        }
    }
    Ok(found)
}

/// Each crate takes the workspace's lints, which forbid unsafe code and unwrapping.
pub(super) fn every_crate_obeys_the_lints() -> Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(repo::root().join("crates"))? {
        let file = entry?.path().join("Cargo.toml");
        if !fs::read_to_string(&file)?.contains("[lints]\nworkspace = true") {
            found.push(format!("{} does not take the workspace's lints", file.display()));
        }
    }
    Ok(found)
}
