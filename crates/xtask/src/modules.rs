//! `wasm-pack.toml`: the table of WebAssembly modules.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::repo;

/// Every module that ships, and what holds for all of them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Table {
    /// Bytes that all optimised modules together may have, those on demand aside.
    pub(crate) budget: u64,
    /// WebAssembly features that the optimiser may use, by their wasm-opt names.
    pub(crate) wasm_opt_features: Vec<String>,
    /// The modules by name; `dist/*/wasm/<name>.js` and `<name>_bg.wasm` are made from each.
    #[serde(rename = "module")]
    pub(crate) modules: BTreeMap<String, Module>,
}

/// One module.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Module {
    /// The cargo package with a `cdylib` target.
    #[serde(rename = "crate")]
    pub(crate) package: String,
    /// The cargo profile of what ships.
    pub(crate) profile: String,
    /// The optimiser's flags.
    pub(crate) wasm_opt: Vec<String>,
    /// Bytes that the optimised module may have.
    pub(crate) budget: u64,
    /// What the processor must be able to do beyond WebAssembly's first version, by rustc's names; wasm-opt has to be
    /// told, too.
    #[serde(default)]
    pub(crate) target_features: Vec<String>,
    /// Whether only few pages ever load it, so that it is built, and counted, apart from the others.
    #[serde(default)]
    pub(crate) on_demand: bool,
}

/// Reads the table.
pub(crate) fn read() -> Result<Table> {
    let text = std::fs::read_to_string(repo::root().join("wasm-pack.toml"))
        .context("wasm-pack.toml cannot be read")?;
    toml::from_str(&text).context("wasm-pack.toml is not as expected")
}

impl Table {
    /// Bytes of the built modules, given by name, that the wallet always loads.
    pub(crate) fn always_loaded(&self, bytes: impl Fn(&str) -> Option<u64>) -> u64 {
        let modules = self.modules.iter().filter(|(_, module)| !module.on_demand);
        modules.filter_map(|(name, _)| bytes(name)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{Table, read};

    #[test]
    fn what_is_loaded_on_demand_does_not_count() {
        let module = |name: &str, rest: &str| {
            format!("[module.{name}]\ncrate = 'c'\nprofile = 'p'\nwasm-opt = []\nbudget = 1\n{rest}\n")
        };
        let check = |modules: &[String], expected: u64| {
            let text = format!("budget = 1\nwasm-opt-features = []\n{}", modules.concat());
            let table: Table = toml::from_str(&text).unwrap();
            assert_eq!(table.always_loaded(|name| name.parse().ok()), expected);
        };
        check(&[module("3", ""), module("4", "on-demand = false")], 7);
        check(&[module("3", ""), module("4", "on-demand = true"), module("unbuilt", "")], 3);
    }

    #[test]
    fn the_table_can_be_read() {
        assert!(read().unwrap().modules.values().any(|module| !module.on_demand));
    }
}
