//! Finding out what a token or collectible is before it can be shown: its contract and the chain say so, not the site.

use candor_chain::{NodeError, RevertReason, amount, amount::Rounding, erc20, nft, quantity};
use candor_meaning::{TokenInfo, TokenSource, known_token};
use candor_primitives::{Address, Bytes, U256};
use serde_json::{Value, json};

use super::{
    prepare::{Answers, Part},
    problems::{problem, refused, unreachable},
};
use crate::{
    gateway::Failure,
    provider::error,
    records::{Problem, Token, TokenKind},
};

/// How much of it the account has: call data for its contract.
pub(crate) fn held_call(token: &Token, owner: Address) -> Bytes {
    match (token.kind, token.number.unwrap_or_default()) {
        (TokenKind::Erc20, _) => erc20::balance_of(owner),
        (TokenKind::Erc721, number) => nft::owner_of(number),
        (TokenKind::Erc1155, number) => nft::balance_of(owner, number),
    }
}

/// The answer to [`held_call`], in smallest units; nothing if it cannot be understood.
pub(crate) fn held(token: &Token, owner: Address, answer: &Value) -> Option<U256> {
    let result = quantity::tolerant_data(answer).ok()?;
    match token.kind {
        TokenKind::Erc721 => nft::decode_owner(&result).map(|holder| U256::from(holder == owner)),
        TokenKind::Erc20 | TokenKind::Erc1155 => erc20::decode_uint(&result),
    }
}

/// Whether it is the contract that refuses, not the server.
pub(crate) fn is_refusal(error: &NodeError) -> bool {
    RevertReason::from_error(error).is_some()
}

/// An amount of it in words, rounded down, and exact.
pub(crate) fn amounts(token: &Token, units: U256) -> (String, String) {
    let exact = amount::exact(units, token.decimals);
    let text = match token.kind {
        TokenKind::Erc20 => amount::sentence(units, token.decimals, Rounding::Receipt),
        TokenKind::Erc721 | TokenKind::Erc1155 if units.is_zero() => "not yours".to_owned(),
        TokenKind::Erc721 => "yours".to_owned(),
        TokenKind::Erc1155 => format!("{exact} yours"),
    };
    (text, exact)
}

/// The parameters of a call to a token.
pub(crate) fn call(token: &Token, data: Bytes) -> Value {
    json!([{ "to": token.address, "data": data }, "latest"])
}

/// What has to be asked of the token's contract.
pub(super) fn questions(token: &Token, owner: Address) -> Vec<(Part, &'static str, Value)> {
    let (called, divided) = match token.kind {
        TokenKind::Erc20 => (erc20::symbol(), erc20::decimals()),
        TokenKind::Erc721 => (erc20::name(), nft::supports(nft::ERC721)),
        TokenKind::Erc1155 => (erc20::name(), nft::supports(nft::ERC1155)),
    };
    [(Part::Called, called), (Part::Shape, divided), (Part::Held, held_call(token, owner))]
        .map(|(part, data)| (part, "eth_call", call(token, data)))
        .into()
}

/// Fills in what the contract says. Gives how much the account has.
pub(super) fn learn(
    token: &mut Token,
    owner: Address,
    answers: &Answers,
    network: &str,
) -> Result<U256, Problem> {
    let by_site = token.origin.is_some();
    let not_one = |title: &str, functions: &str| not_one(by_site, title, functions);
    let none = Value::Null;
    // A contract that refuses says that it does not have the function; whatever else went wrong says nothing of it.
    let said = |part: Part| match answers.get(&(0, part)) {
        Some(Ok(value)) => Ok(value),
        Some(Err(Failure::Node(node))) if is_refusal(node) => Ok(&none),
        Some(Err(Failure::Node(node))) => Err(refused(node.clone())),
        Some(Err(Failure::Unreachable { .. })) | None => Err(unreachable(network)),
    };
    let bytes = |part: Part| said(part).map(|value| quantity::tolerant_data(value).unwrap_or_default());
    let called = erc20::decode_text(&bytes(Part::Called)?);
    let shape = bytes(Part::Shape)?;
    let held = held(token, owner, said(Part::Held)?);
    if token.kind == TokenKind::Erc20 {
        let decimals = erc20::decode_decimals(&shape).filter(|decimals| *decimals <= Token::MOST_DECIMALS);
        let of_contract = called.zip(decimals).map(|(symbol, decimals)| TokenInfo {
            symbol,
            decimals,
            source: TokenSource::Contract,
        });
        // Nobody's server changes what Candor knows by itself.
        let info = known_token(token.chain, token.address).or(of_contract);
        let (info, held) = info
            .zip(held)
            .ok_or_else(|| not_one("There is no token at this address", "symbol, decimals and balanceOf"))?;
        (token.name, token.decimals) = (info.symbol, info.decimals);
        return Ok(held);
    }
    if !nft::decode_yes(&shape) {
        return Err(not_one("There is no collection at this address", "supportsInterface"));
    }
    token.name = called.unwrap_or_default();
    held.ok_or_else(|| not_one("The collection has nothing with this number", "ownerOf or balanceOf"))
}

/// The contract is not what it is said to be: it does not answer these functions as it should.
fn not_one(by_site: bool, title: &str, functions: &str) -> Problem {
    let why = if by_site {
        "The site is wrong, or means another network. Nothing was added."
    } else {
        "It may be on another network, or this is somebody’s account. Nothing was added."
    };
    problem(
        &format!("{title}."),
        why.to_owned(),
        error::invalid_params(&format!("{title}: {functions} do not answer as the standard says.")),
    )
}
