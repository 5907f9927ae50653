//! Turns `data/networks.json` into a Rust table, so that nothing is parsed when a wallet wakes.

use std::{env, error::Error, fmt::Write, fs, path::Path};

use serde::Deserialize;

const DATA: &str = "data/networks.json";

/// Layout of the data file, version 2; `data/README.md` says what the fields mean.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    source: Vec<String>,
    licence: String,
    networks: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Entry {
    chain_id: u64,
    name: String,
    coin: Coin,
    endpoints: Vec<String>,
    explorer: Option<String>,
    layer2: String,
    #[serde(default)]
    testnet: bool,
    #[serde(default)]
    development: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Coin {
    name: String,
    symbol: String,
    decimals: u8,
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={DATA}");
    let File { version, source, licence, networks } = serde_json::from_str(&fs::read_to_string(DATA)?)?;
    if version != 2 || source.is_empty() || licence.is_empty() {
        return Err("networks.json is of another version, or does not say where it comes from".into());
    }
    let mut table = String::from("static LISTED: &[Listed] = &[\n");
    for Entry { chain_id, name, coin, endpoints, explorer, layer2, testnet, development } in networks {
        if coin.decimals != 18 {
            return Err(format!("the coin of {name} is not counted in units of 10⁻¹⁸").into());
        }
        let (coin, symbol) = (coin.name, coin.symbol);
        let kind = match layer2.as_str() {
            "none" => "Layer1",
            "op-stack" => "OpStack",
            "arbitrum" => "Arbitrum",
            "zk" | "other" => "Other",
            _ => return Err(format!("{name} is of an unknown kind, {layer2}").into()),
        };
        writeln!(
            table,
            "Listed {{ chain_id: {chain_id}, name: {name:?}, coin: {coin:?}, symbol: {symbol:?}, \
             endpoints: &{endpoints:?}, explorer: {explorer:?}, kind: ChainKind::{kind}, \
             testnet: {testnet}, development: {development} }},"
        )?;
    }
    table.push_str("];\n");
    Ok(fs::write(Path::new(&env::var("OUT_DIR")?).join("networks.rs"), table)?)
}
