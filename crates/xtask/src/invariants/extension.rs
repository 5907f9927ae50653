//! Rules about the manifests, the pages and the hand-written JavaScript.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use serde_json::{Value, json};

use super::purity::shipped_code_with;
use super::{files, lines_with};
use crate::{manifest, repo};

/// Ways to turn a string into code or markup.
const TEXT_AS_CODE: [&str; 9] = [
    "eval(",
    "new Function",
    "innerHTML",
    "inner_html",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "setHTMLUnsafe",
    "javascript:",
];

/// Top-level keys in which the Firefox manifest may differ.
const MAY_DIFFER: [&str; 3] = ["background", "browser_specific_settings", "minimum_chrome_version"];

/// Keys that would let pages or other extensions in.
const DOORS: [&str; 5] = [
    "externally_connectable",
    "optional_host_permissions",
    "optional_permissions",
    "sandbox",
    "web_accessible_resources",
];

/// Only the agreed permissions, the strict content policy, and no door for others.
pub(super) fn manifest_asks_for_the_least() -> Result<Vec<String>> {
    let manifest = manifest::firefox()?;
    let everywhere = json!(["http://*/*", "https://*/*"]);
    let mut found = Vec::new();
    let mut expect = |what: &str, actual: &Value, expected: &Value| {
        if actual != expected {
            found.push(format!("{what} is {actual}, agreed is {expected}"));
        }
    };
    expect("permissions", &manifest["permissions"], &json!(["alarms", "idle", "scripting", "storage"]));
    let keys = manifest["commands"].as_object().map(|commands| commands.keys().cloned().collect::<Vec<_>>());
    expect("commands", &json!(keys), &json!(["_execute_action", "lock"]));
    expect("host_permissions", &manifest["host_permissions"], &everywhere);
    expect("version", &manifest["version"], &json!(env!("CARGO_PKG_VERSION")));
    for script in manifest["content_scripts"].as_array().into_iter().flatten() {
        expect("matches of a content script", &script["matches"], &everywhere);
    }
    let policy = manifest["content_security_policy"]["extension_pages"].as_str().unwrap_or_default();
    let directives: BTreeSet<&str> = policy.split("; ").collect();
    for directive in [
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ] {
        expect(directive, &json!(directives.contains(directive)), &json!(true));
    }
    for door in DOORS {
        expect(door, &manifest[door], &Value::Null);
    }
    Ok(found)
}

/// The two manifests differ only where the browsers do.
pub(super) fn browsers_get_the_same_extension() -> Result<Vec<String>> {
    let differing = manifest::differing_keys(&manifest::chrome()?, &manifest::firefox()?);
    Ok(differing
        .into_iter()
        .filter(|key| !MAY_DIFFER.contains(&key.as_str()))
        .map(|key| format!("the manifests differ in {key}"))
        .collect())
}

/// No string becomes code or markup, and no page has code or style inside its markup.
pub(super) fn pages_run_no_text_as_code() -> Result<Vec<String>> {
    let mut found = shipped_code_with([repo::root().join("crates/ui/src")], &TEXT_AS_CODE)?;
    for file in sources()? {
        found.extend(lines_with(&file, &fs::read_to_string(&file)?, &TEXT_AS_CODE));
    }
    for file in files(&repo::root().join("www"), &["html"])? {
        let text = fs::read_to_string(&file)?;
        found.extend(lines_with(&file, &text, &["<style", " style=", " onclick=", " onload=", " onerror="]));
        let inline = text.match_indices("<script").filter(|(at, _)| {
            let tag = text.get(*at..).and_then(|rest| rest.split('>').next()).unwrap_or_default();
            !tag.contains(" src=")
        });
        found.extend(inline.map(|_| format!("{} has an inline script", file.display())));
    }
    Ok(found)
}

/// Pages and scripts name no address on the network; networks come from the registry in the core.
pub(super) fn pages_load_nothing_from_elsewhere() -> Result<Vec<String>> {
    let mut found = Vec::new();
    for file in sources()? {
        let text = fs::read_to_string(&file)?;
        // Names of XML namespaces look like addresses but are never fetched; comments may cite a specification.
        let code: Vec<String> = text
            .lines()
            .map(|line| {
                let comment =
                    ["//", "*", "/*", "<!--"].iter().any(|mark| line.trim_start().starts_with(mark));
                if comment { String::new() } else { line.replace("http://www.w3.org/", "") }
            })
            .collect();
        found.extend(lines_with(&file, &code.join("\n"), &["http://", "https://", "ws://", "wss://"]));
    }
    Ok(found)
}

fn sources() -> Result<Vec<PathBuf>> {
    let mut found = files(&repo::root().join("extension"), &["js"])?;
    found.extend(files(&repo::root().join("www"), &["html", "css", "js", "svg"])?);
    Ok(found)
}
