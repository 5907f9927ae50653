//! What must stay true of the code and of the built files, each rule a function of its own.
//!
//! A rule returns its violations, one sentence each; an empty list means that it holds.

mod crates;
mod extension;
mod purity;
mod repository;
pub(crate) mod sizes;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::tally::Tally;

type Rule = fn() -> Result<Vec<String>>;

const RULES: [(&str, Rule); 15] = [
    ("the interface cannot reach keys", crates::interface_cannot_reach_keys),
    ("the workers that see what is typed know no vault", crates::workers_know_no_vault),
    ("only adapters know the browser", crates::only_adapters_know_the_browser),
    ("core types are not serializable", crates::core_types_are_not_serializable),
    ("wasm modules are nothing else", crates::modules_are_only_modules),
    ("every crate obeys the workspace's lints", crates::every_crate_obeys_the_lints),
    ("the core is pure", purity::the_core_is_pure),
    ("no unsafe code", purity::no_unsafe_code),
    ("the manifest asks for the least", extension::manifest_asks_for_the_least),
    ("browsers get the same extension", extension::browsers_get_the_same_extension),
    ("pages run no text as code", extension::pages_run_no_text_as_code),
    ("pages load nothing from elsewhere", extension::pages_load_nothing_from_elsewhere),
    ("built files keep their budgets", sizes::keep_their_budgets),
    ("built files name no folder of this machine", sizes::name_no_folder_of_this_machine),
    ("the repository's top level is as agreed", repository::top_level_is_as_agreed),
];

/// Checks every rule on the tree and on the last build, and prints each by name.
pub(crate) fn check() -> Result<Tally> {
    let mut tally = Tally::default();
    for (name, rule) in RULES {
        let violations = rule().with_context(|| format!("the rule “{name}” could not be checked"))?;
        println!("{name}: {}", if violations.is_empty() { "ok" } else { "FAILED" });
        for violation in &violations {
            println!("  {violation}");
        }
        tally += Tally::one(violations.is_empty());
    }
    Ok(tally)
}

/// Every file below `folder` with one of these extensions, in order.
fn files(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).with_context(|| format!("{} cannot be read", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| extensions.iter().any(|wanted| found == *wanted)) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// One sentence for each line of `text` that contains one of `forbidden`.
fn lines_with(file: &Path, text: &str, forbidden: &[&str]) -> Vec<String> {
    let name = file.strip_prefix(crate::repo::root()).unwrap_or(file).display();
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        for needle in forbidden.iter().filter(|needle| line.contains(**needle)) {
            found.push(format!("{name}:{} contains `{needle}`", at + 1));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Rule, crates, extension, purity, repository};

    /// The rules that need no build hold in the native tests too.
    #[test]
    fn rules_of_the_sources() {
        let check = |rule: Rule| assert_eq!(rule().unwrap(), Vec::<String>::new());
        check(crates::interface_cannot_reach_keys);
        check(crates::workers_know_no_vault);
        check(crates::only_adapters_know_the_browser);
        check(crates::core_types_are_not_serializable);
        check(crates::modules_are_only_modules);
        check(crates::every_crate_obeys_the_lints);
        check(purity::the_core_is_pure);
        check(purity::no_unsafe_code);
        check(extension::manifest_asks_for_the_least);
        check(extension::browsers_get_the_same_extension);
        check(extension::pages_run_no_text_as_code);
        check(extension::pages_load_nothing_from_elsewhere);
        check(repository::top_level_is_as_agreed);
    }
}
