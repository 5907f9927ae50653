//! `wasm-pack.toml`: the table of WebAssembly modules.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow};
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
    /// Modules that never ship, by name.
    #[serde(rename = "bench", default)]
    measured: BTreeMap<String, Measured>,
}

/// A module that only `cargo xtask bench` builds, to measure what is in it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Measured {
    /// The cargo package with a `cdylib` target.
    #[serde(rename = "crate")]
    package: String,
    /// The name of the module that it is built exactly like.
    like: String,
}

/// One module.
#[derive(Clone, Debug, Deserialize)]
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
    /// Whether the package's default features are in it.
    #[serde(default = "yes")]
    pub(crate) default_features: bool,
    /// Whether only few pages ever load it, so that it is built, and counted, apart from the others.
    #[serde(default)]
    pub(crate) on_demand: bool,
}

const fn yes() -> bool {
    true
}

/// Reads the table.
pub(crate) fn read() -> Result<Table> {
    let text = std::fs::read_to_string(repo::root().join("wasm-pack.toml"))
        .context("wasm-pack.toml cannot be read")?;
    toml::from_str(&text).context("wasm-pack.toml is not as expected")
}

impl Table {
    /// The table of the modules that are only measured. They are built apart, so that nothing that ships gets their
    /// features.
    pub(crate) fn only_measured(&self) -> Result<Self> {
        let as_built = |(name, measured): (&String, &Measured)| {
            let like = self.modules.get(&measured.like);
            let like = like.ok_or_else(|| anyhow!("wasm-pack.toml has no module `{}`", measured.like))?;
            Ok((name.clone(), Module { package: measured.package.clone(), ..like.clone() }))
        };
        Ok(Self {
            budget: self.budget,
            wasm_opt_features: self.wasm_opt_features.clone(),
            modules: self.measured.iter().map(as_built).collect::<Result<_>>()?,
            measured: BTreeMap::new(),
        })
    }

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
    fn what_is_measured_is_built_like_what_ships() {
        let check = |like: &str, expected: Option<(&str, &str)>| {
            let text = format!(
                "budget = 1\nwasm-opt-features = []\n[module.m]\ncrate = 'c'\nprofile = 'p'\nwasm-opt = []\nbudget = 1\n\
                 [bench.b]\ncrate = 'd'\nlike = '{like}'\n"
            );
            let table: Table = toml::from_str(&text).unwrap();
            assert_eq!(table.modules.keys().collect::<Vec<_>>(), ["m"]);
            let measured = table.only_measured().ok();
            let built = measured.as_ref().and_then(|table| table.modules.get("b"));
            assert_eq!(built.map(|module| (&*module.package, &*module.profile)), expected);
        };
        check("m", Some(("d", "p")));
        check("n", None);
    }

    #[test]
    fn the_table_can_be_read() {
        let table = read().unwrap();
        assert!(table.modules.values().any(|module| !module.on_demand));
        assert!(table.only_measured().is_ok());
    }
}
