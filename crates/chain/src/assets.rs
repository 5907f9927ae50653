//! What prices are read from: the feeds of assets and of currencies that the wallet knows from the start.

use std::sync::LazyLock;

use candor_primitives::{Address, ChainId};
use serde::{Deserialize, Deserializer, de::Error};

const FILE: &str = include_str!("../data/assets.json");

/// A Chainlink feed whose answers are dollars.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Feed {
    /// As Chainlink calls it, such as `ETH/USD`.
    pub pair: String,
    /// The network it is read on.
    #[serde(deserialize_with = "chain")]
    pub chain_id: ChainId,
    /// Its contract.
    pub feed: Address,
    /// Seconds after which it answers anew at the latest.
    pub heartbeat: u64,
}

/// Something that has a price.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PricedAsset {
    /// Its symbol.
    pub symbol: String,
    /// Where its price is.
    #[serde(flatten)]
    pub feed: Feed,
}

/// Something that sums are shown in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Currency {
    /// ISO 4217, or the symbol of a coin.
    pub code: String,
    /// In words.
    pub name: String,
    /// Digits after the point.
    pub digits: u8,
    /// What one is worth; nothing for the dollar.
    #[serde(flatten)]
    pub feed: Option<Feed>,
}

#[derive(Default, Deserialize)]
struct File {
    version: u32,
    assets: Vec<PricedAsset>,
    currencies: Vec<Currency>,
}

fn chain<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ChainId, D::Error> {
    ChainId::new(u64::deserialize(deserializer)?).map_err(D::Error::custom)
}

fn parse(text: &str) -> Option<File> {
    serde_json::from_str(text).ok().filter(|file: &File| file.version == 1)
}

fn file() -> &'static File {
    // Checked by this module's tests; should it still not parse, a wallet without prices is better than none.
    static DATA: LazyLock<File> = LazyLock::new(|| parse(FILE).unwrap_or_default());
    &DATA
}

/// Everything that has a feed of its own.
#[must_use]
pub fn priced() -> &'static [PricedAsset] {
    &file().assets
}

/// All currencies, in the order in which they are offered; the dollar first.
#[must_use]
pub fn currencies() -> &'static [Currency] {
    &file().currencies
}

/// The currency of this code.
#[must_use]
pub fn currency(code: &str) -> Option<&'static Currency> {
    currencies().iter().find(|currency| currency.code == code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_file_is_whole_and_sound() {
        let file = parse(FILE).expect("assets.json does not parse");
        let codes: BTreeSet<&str> = file.currencies.iter().map(|currency| currency.code.as_str()).collect();
        assert_eq!((codes.len(), file.currencies.len()), (20, 20));
        assert_eq!(file.currencies[0].code, "USD");
        for currency in &file.currencies {
            assert_eq!(currency.feed.is_none(), currency.code == "USD", "{}", currency.code);
            assert!(currency.digits <= 8 && !currency.name.is_empty(), "{}", currency.code);
        }
        let symbols: BTreeSet<&str> = file.assets.iter().map(|asset| asset.symbol.as_str()).collect();
        assert_eq!(symbols.len(), file.assets.len());
        let feeds = file.assets.iter().map(|asset| &asset.feed);
        for feed in feeds.chain(file.currencies.iter().filter_map(|currency| currency.feed.as_ref())) {
            assert!(
                crate::registry::by_id(feed.chain_id).is_some_and(|network| !network.testnet),
                "{feed:?}"
            );
            assert!((60..=86_400).contains(&feed.heartbeat), "{feed:?}");
            assert!(feed.pair.ends_with("/USD"), "{feed:?}");
        }
    }

    #[test]
    fn another_version_is_refused() {
        assert!(parse(r#"{"version":2,"assets":[],"currencies":[]}"#).is_none());
        assert!(currency("EUR").is_some());
        assert!(currency("XXX").is_none());
    }
}
