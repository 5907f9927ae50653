//! A network that is not in the registry: proposed by a page (EIP-3085) or typed by a person.
//!
//! What comes out is well-formed, not true: before it is kept, each endpoint must confirm its number with
//! `eth_chainId`.

use candor_primitives::{ChainId, ChainIdError};
use serde_json::{Map, Value};

use crate::registry::{ChainKind, Coin, Network};
use crate::text::is_deceptive;
use crate::{EndpointError, EndpointUrl, Reach};

/// The longest name, in characters.
pub const NAME_LIMIT: usize = 100;

/// The longest coin symbol that a page may give, in characters.
pub const SYMBOL_LIMIT: usize = 6;

/// The longest coin symbol that a person may type, in characters.
pub const OWN_SYMBOL_LIMIT: usize = 11;

/// How many endpoints of one network are kept.
pub const ENDPOINT_LIMIT: usize = 10;

/// A network that may be added once its endpoints confirm it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNetwork {
    /// Its number.
    pub chain_id: ChainId,
    /// What it shall be called.
    pub name: String,
    /// The coin that pays fees.
    pub coin: Coin,
    /// At least one, without repetition, at most [`ENDPOINT_LIMIT`].
    pub endpoints: Vec<EndpointUrl>,
    /// Where to look things up, without a final slash.
    pub explorer: Option<String>,
}

/// What is wrong with the proposal; the sentence names the field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddNetworkError {
    /// Not an array of one object.
    #[error("Expected a single object that describes the network.")]
    Shape,
    /// A field that EIP-3085 does not have.
    #[error(
        "Unexpected field “{0}”. Allowed are chainId, chainName, nativeCurrency, rpcUrls, blockExplorerUrls and iconUrls."
    )]
    UnknownField(String),
    /// A field that is missing or of the wrong type.
    #[error("Expected {field} to be {expected}.")]
    Type {
        /// Its path.
        field: &'static str,
        /// What it should be.
        expected: &'static str,
    },
    /// The number of the network.
    #[error("Invalid chainId: {0}.")]
    ChainId(#[from] ChainIdError),
    /// A name or symbol that is empty, too long or deceptive.
    #[error("Invalid {field}: it must have 1 to {limit} visible characters.")]
    Text {
        /// Its path.
        field: &'static str,
        /// The longest that is allowed, in characters.
        limit: usize,
    },
    /// A coin that is not counted in units of 10⁻¹⁸.
    #[error("Invalid nativeCurrency.decimals: it must be 18.")]
    Decimals,
    /// No usable endpoint; the reason is that of the first.
    #[error("Invalid rpcUrls: {0}.")]
    Endpoint(EndpointError),
    /// Explorers were given, but none usable.
    #[error("Invalid blockExplorerUrls: {0}.")]
    Explorer(EndpointError),
}

impl NewNetwork {
    /// Reads the parameters of `wallet_addEthereumChain`.
    ///
    /// Of the addresses, usable ones are kept and others dropped, since pages commonly list templates with a key
    /// missing too; without a usable one the request is refused. Icons are never loaded, so they are not looked at.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn from_page(params: &Value) -> Result<Self, AddNetworkError> {
        let fields = match params.as_array().map(Vec::as_slice) {
            Some([Value::Object(fields)]) => fields,
            _ => return Err(AddNetworkError::Shape),
        };
        if let Some(unknown) = fields.keys().find(|key| !ALLOWED.contains(&key.as_str())) {
            return Err(AddNetworkError::UnknownField(crate::text::clean(unknown, 40)));
        }
        let currency = match fields.get("nativeCurrency") {
            Some(Value::Object(currency)) => currency,
            _ => return Err(AddNetworkError::Type { field: "nativeCurrency", expected: "an object" }),
        };
        let chain_id = ChainId::from_hex(text(fields, "chainId", "chainId")?)?;
        let name = visible(text(fields, "chainName", "chainName")?, "chainName", NAME_LIMIT)?;
        let symbol = coin_symbol(
            text(currency, "symbol", "nativeCurrency.symbol")?,
            "nativeCurrency.symbol",
            SYMBOL_LIMIT,
        )?;
        if currency.get("decimals").and_then(Value::as_f64) != Some(18.0) {
            return Err(AddNetworkError::Decimals);
        }
        let coin_name = match currency.get("name") {
            None | Some(Value::Null) => symbol.clone(),
            Some(_) => {
                visible(text(currency, "name", "nativeCurrency.name")?, "nativeCurrency.name", NAME_LIMIT)?
            }
        };
        let endpoints = usable(addresses(fields, "rpcUrls")?, EndpointUrl::from_page)
            .map_err(AddNetworkError::Endpoint)?;
        let explorer = match fields.get("blockExplorerUrls") {
            None | Some(Value::Null) => None,
            Some(Value::Array(list)) if list.is_empty() => None,
            Some(_) => usable(addresses(fields, "blockExplorerUrls")?, website)
                .map_err(AddNetworkError::Explorer)?
                .first()
                .map(explorer_text),
        };
        Ok(Self { chain_id, name, coin: Coin { name: coin_name, symbol, decimals: 18 }, endpoints, explorer })
    }

    /// Checks what a person typed. The number may be decimal or `0x` hexadecimal in any spelling, endpoints may be
    /// in the local network, an empty explorer is none, and every endpoint must be usable, so that no typing
    /// error goes unnoticed.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn from_user<'a>(
        chain_id: &str,
        name: &str,
        symbol: &str,
        endpoints: impl IntoIterator<Item = &'a str>,
        explorer: &str,
    ) -> Result<Self, AddNetworkError> {
        let chain_id = chain_id.trim();
        let number = match chain_id.strip_prefix("0x").or_else(|| chain_id.strip_prefix("0X")) {
            Some(digits) => u64::from_str_radix(digits, 16),
            None => chain_id.parse(),
        };
        let not_a_number = AddNetworkError::Type { field: "chainId", expected: "a number" };
        let signed = chain_id.contains(['+', '-']);
        let chain_id = ChainId::new(number.ok().filter(|_| !signed).ok_or(not_a_number)?)?;
        let name = visible(name, "chainName", NAME_LIMIT)?;
        let symbol = coin_symbol(symbol.trim(), "nativeCurrency.symbol", OWN_SYMBOL_LIMIT)?;
        let mut kept = Vec::new();
        for endpoint in endpoints {
            let endpoint = EndpointUrl::from_user(endpoint).map_err(AddNetworkError::Endpoint)?;
            if !kept.contains(&endpoint) && kept.len() < ENDPOINT_LIMIT {
                kept.push(endpoint);
            }
        }
        if kept.is_empty() {
            return Err(AddNetworkError::Endpoint(EndpointError::Empty));
        }
        let explorer = match explorer.trim() {
            "" => None,
            text => Some(
                EndpointUrl::from_user(text)
                    .and_then(EndpointUrl::of_website)
                    .map_err(AddNetworkError::Explorer)?,
            ),
        };
        Ok(Self {
            chain_id,
            name,
            coin: Coin { name: symbol.clone(), symbol, decimals: 18 },
            endpoints: kept,
            explorer: explorer.as_ref().map(explorer_text),
        })
    }

    /// As a network to use. Nobody told us how its gas works, so nothing is assumed of it; one that lives on this
    /// computer only is for development.
    #[must_use]
    pub fn into_network(self) -> Network {
        let Self { chain_id, name, coin, endpoints, explorer } = self;
        let kind = ChainKind::Other;
        let development = endpoints.iter().all(|endpoint| endpoint.reach() == Reach::Loopback);
        Network { chain_id, name, coin, endpoints, explorer, kind, testnet: false, development }
    }
}

const ALLOWED: [&str; 6] =
    ["chainId", "chainName", "nativeCurrency", "rpcUrls", "blockExplorerUrls", "iconUrls"];

fn text<'a>(
    fields: &'a Map<String, Value>,
    key: &str,
    field: &'static str,
) -> Result<&'a str, AddNetworkError> {
    fields.get(key).and_then(Value::as_str).ok_or(AddNetworkError::Type { field, expected: "a string" })
}

fn visible(text: &str, field: &'static str, limit: usize) -> Result<String, AddNetworkError> {
    let text = text.trim();
    let fits = (1..=limit).contains(&text.chars().count()) && !text.chars().any(is_deceptive);
    fits.then(|| text.to_owned()).ok_or(AddNetworkError::Text { field, limit })
}

/// Symbols are ASCII only, so that no Cyrillic Е passes for the E of ETH.
fn coin_symbol(text: &str, field: &'static str, limit: usize) -> Result<String, AddNetworkError> {
    let fits = (1..=limit).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
    fits.then(|| text.to_owned()).ok_or(AddNetworkError::Text { field, limit })
}

fn addresses<'a>(
    fields: &'a Map<String, Value>,
    field: &'static str,
) -> Result<impl Iterator<Item = &'a str>, AddNetworkError> {
    let wrong = AddNetworkError::Type { field, expected: "an array of strings" };
    let list = fields.get(field).and_then(Value::as_array).ok_or(wrong.clone())?;
    if !list.iter().all(Value::is_string) {
        return Err(wrong);
    }
    Ok(list.iter().filter_map(Value::as_str))
}

fn website(text: &str) -> Result<EndpointUrl, EndpointError> {
    EndpointUrl::from_page(text).and_then(EndpointUrl::of_website)
}

/// The usable addresses, each once; if there is none, what is wrong with the first.
fn usable<'a>(
    list: impl Iterator<Item = &'a str>,
    check: fn(&str) -> Result<EndpointUrl, EndpointError>,
) -> Result<Vec<EndpointUrl>, EndpointError> {
    let mut kept: Vec<EndpointUrl> = Vec::new();
    let mut wrong = EndpointError::Empty;
    for (index, address) in list.enumerate() {
        match check(address) {
            Ok(url) if kept.len() < ENDPOINT_LIMIT && !kept.contains(&url) => kept.push(url),
            Err(error) if index == 0 => wrong = error,
            _ => {}
        }
    }
    if kept.is_empty() { Err(wrong) } else { Ok(kept) }
}

fn explorer_text(url: &EndpointUrl) -> String {
    url.as_str().trim_end_matches('/').to_owned()
}

#[cfg(test)]
#[path = "add_network_tests.rs"]
mod tests;
