//! `wasm-pack.toml`: the table of WebAssembly modules.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::repo;

/// Every module that ships, and what holds for all of them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Table {
    /// Bytes that all optimised modules together may have.
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
}

/// Reads the table.
pub(crate) fn read() -> Result<Table> {
    let text = std::fs::read_to_string(repo::root().join("wasm-pack.toml"))
        .context("wasm-pack.toml cannot be read")?;
    toml::from_str(&text).context("wasm-pack.toml is not as expected")
}
