//! `wallet_watchAsset` (EIP-747): `{ type, options: { address, symbol, decimals, image, tokenId, chainId } }`, as the
//! parameters themselves, as the standard and MetaMask have it, or as the only one in a list.
//!
//! What the site says of a token is held against what its contract says, and never shown in its place. `image` is
//! neither looked at nor loaded. Members that are not named here are ignored, for the standard leaves them open.

use candor_chain::erc20;
use candor_primitives::{Millis, U256};
use candor_protocol::page::PageError;
use serde_json::{Map, Value};

use super::{
    Answered, Question,
    accounts::not_connected,
    error::invalid_params,
    params::{address, single_object},
};
use crate::{
    Wallet,
    records::{AssetDraft, Body, Token, TokenKind},
};

/// The longest symbol that EIP-747 has.
const LONGEST_SYMBOL: usize = 11;

impl Wallet {
    pub(super) fn wallet_watch_asset(&mut self, mut question: Question<'_>) -> Answered {
        let asked = match question.params.take() {
            Value::Object(asked) => asked,
            list => single_object(list)?,
        };
        let kind = match member(&asked, "type").and_then(Value::as_str) {
            Some("ERC20") => TokenKind::Erc20,
            Some("ERC721") => TokenKind::Erc721,
            Some("ERC1155") => TokenKind::Erc1155,
            _ => return Err(invalid_params("“type” must be ERC20, ERC721 or ERC1155.")),
        };
        let options = member(&asked, "options").and_then(Value::as_object);
        let options = options.ok_or_else(|| invalid_params("“options” must be an object."))?;
        let chain = self.chain_of(&question.page.origin);
        if let Some(named) = member(options, "chainId")
            && integer(named) != Some(U256::from(chain.get()))
        {
            return Err(invalid_params("“chainId” is not the network that this site uses now."));
        }
        let contract = member(options, "address").and_then(Value::as_str);
        let contract = contract.ok_or_else(|| invalid_params("“address” is missing or is not text."))?;
        let number = match kind {
            TokenKind::Erc20 => None,
            TokenKind::Erc721 | TokenKind::Erc1155 => Some(token_id(options)?),
        };
        let token = Token {
            chain,
            kind,
            address: address(contract, "address")?,
            number,
            name: String::new(),
            decimals: 0,
            origin: Some(question.page.origin.clone()),
            since: Millis(0),
        };
        let (said_symbol, said_decimals) = (symbol(options)?, decimals(options)?);
        let account = self.visible_accounts(&question.page.origin).first().copied();
        let account = account.ok_or_else(not_connected)?;
        let draft = AssetDraft { token, said_symbol, said_decimals, held: None, problem: None };
        self.request_from_page(question, Some(account), Body::WatchAsset(Box::new(draft)))
    }
}

/// A member that is there and not null.
fn member<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    object.get(name).filter(|value| !value.is_null())
}

/// A number, or one written as text: decimal, or hexadecimal behind `0x`.
fn integer(value: &Value) -> Option<U256> {
    let Value::String(text) = value else { return value.as_u64().map(U256::from) };
    let (digits, radix) = text.strip_prefix("0x").map_or((text.as_str(), 10), |digits| (digits, 16));
    let proper = !digits.is_empty() && digits.bytes().all(|digit| char::from(digit).is_digit(radix));
    proper.then(|| U256::from_str_radix(digits, radix.into()).ok())?
}

/// As text only: most of these numbers are beyond what a page can write as a number without loss.
fn token_id(options: &Map<String, Value>) -> Result<U256, PageError> {
    let text = member(options, "tokenId").filter(|id| id.is_string());
    text.and_then(integer)
        .ok_or_else(|| invalid_params("“tokenId” must be a number written as text, decimal or hexadecimal."))
}

fn symbol(options: &Map<String, Value>) -> Result<Option<String>, PageError> {
    let Some(symbol) = member(options, "symbol") else { return Ok(None) };
    // Characters that hide or reorder others do not survive cleaning.
    let proper = |text: &&str| {
        (1..=LONGEST_SYMBOL).contains(&text.chars().count()) && erc20::clean_name(text) == **text
    };
    match symbol.as_str().filter(proper) {
        Some(symbol) => Ok(Some(symbol.to_owned())),
        None => Err(invalid_params("“symbol” must be 1 to 11 visible characters.")),
    }
}

fn decimals(options: &Map<String, Value>) -> Result<Option<u8>, PageError> {
    let Some(decimals) = member(options, "decimals") else { return Ok(None) };
    integer(decimals)
        .and_then(|decimals| u8::try_from(decimals).ok())
        .filter(|decimals| *decimals <= Token::MOST_DECIMALS)
        .map(Some)
        .ok_or_else(|| invalid_params("“decimals” must be a whole number from 0 to 36."))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers() {
        let check = |value: Value, expected: Option<u64>| {
            assert_eq!(integer(&value), expected.map(U256::from), "{value}");
        };
        check(json!(18), Some(18));
        check(json!("18"), Some(18));
        check(json!("007"), Some(7));
        check(json!("0x12"), Some(18));
        check(json!("0X12"), None);
        check(json!("0x"), None);
        check(json!(""), None);
        check(json!(" 1"), None);
        check(json!("+1"), None);
        check(json!("1_0"), None);
        check(json!("1e3"), None);
        check(json!("12ab"), None);
        check(json!(-1), None);
        check(json!(1.5), None);
        check(json!(true), None);
        check(json!([1]), None);
        assert_eq!(integer(&json!(U256::MAX.to_string())), Some(U256::MAX));
        assert_eq!(integer(&json!(format!("{}0", U256::MAX))), None);
        assert_eq!(integer(&json!(format!("0x{}", "f".repeat(65)))), None);
    }

    #[test]
    fn members() {
        let options =
            |name: &str, value: &Value| json!({ name: value }).as_object().cloned().unwrap_or_default();
        let check = |value: Value, symbol_ok: bool, decimals_ok: bool, id_ok: bool| {
            let found = (
                symbol(&options("symbol", &value)).is_ok(),
                decimals(&options("decimals", &value)).is_ok(),
                token_id(&options("tokenId", &value)).is_ok(),
            );
            assert_eq!(found, (symbol_ok, decimals_ok, id_ok), "{value}");
        };
        check(json!(null), true, true, false);
        check(json!("USDC"), true, false, false);
        check(json!("ELEVEN CHAR"), true, false, false);
        check(json!("TWELVE CHARS"), false, false, false);
        check(json!("₮"), true, false, false);
        check(json!(""), false, false, false);
        check(json!(" A"), false, false, false);
        check(json!("A\u{202E}B"), false, false, false);
        check(json!("A\u{200B}"), false, false, false);
        check(json!("A\nB"), false, false, false);
        check(json!(6), false, true, false);
        check(json!("36"), true, true, true);
        check(json!("37"), true, false, true);
        check(json!(37), false, false, false);
        check(json!(256), false, false, false);
        check(json!(-1), false, false, false);
        check(json!(1.5), false, false, false);
        check(json!("0x0c"), true, true, true);
        check(json!({}), false, false, false);
        check(json!(true), false, false, false);
    }
}
