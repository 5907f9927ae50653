//! The tokens and collectibles that the user wants to see. Showing one moves nothing, and hiding it takes nothing away.

use candor_meaning::{Collectible, TokenInfo, TokenSource, asset_name};
use candor_primitives::{Address, ChainId, U256};
use candor_protocol::{
    notice::Notice,
    ui::UiError,
    view::{BalanceView, TokenView},
};
use serde_json::Value;

use crate::{
    Wallet,
    gateway::{Failure, Purpose},
    outbox::Slice,
    records::{Token, TokenKind},
    requests::asset,
    surface::error,
};

/// What its contract said of it.
pub(crate) fn info(token: &Token) -> TokenInfo {
    TokenInfo { symbol: token.name.clone(), decimals: token.decimals, source: TokenSource::Contract }
}

/// How a token or collectible is called.
pub(crate) fn name_of(token: &Token) -> String {
    asset_name(token.chain, token.address, info(token), collectible(token).as_ref())
}

/// The collectible that it is, if it is one.
pub(crate) fn collectible(token: &Token) -> Option<Collectible<'_>> {
    let standard = match token.kind {
        TokenKind::Erc20 => return None,
        TokenKind::Erc721 => "ERC-721",
        TokenKind::Erc1155 => "ERC-1155",
    };
    Some(Collectible { number: token.number?, collection: &token.name, standard })
}

impl Wallet {
    /// Shows it from now on.
    pub(crate) fn watch_token(&mut self, token: Token) -> Result<(), UiError> {
        if !self.tokens.add(Token { since: self.now, ..token }) {
            return Err(error::full_list());
        }
        self.tokens_changed();
        Ok(())
    }

    pub(crate) fn tokens_changed(&mut self) {
        self.out.touch(Slice::Tokens);
        self.out.notice(Notice::Tokens);
    }

    pub(crate) fn forget_token(&mut self, chain: u64, id: &str) {
        self.tokens.list.retain(|token| token.chain.get() != chain || token.id() != id);
        self.tokens_changed();
    }

    pub(crate) fn token_views(&self, chain: u64) -> Vec<TokenView> {
        let here = self.tokens.list.iter().filter(|token| token.chain.get() == chain);
        here.map(|token| TokenView {
            id: token.id(),
            address: token.address.to_checksum(None),
            name: name_of(token),
        })
        .collect()
    }

    /// Asks how much an account has of a token.
    pub(crate) fn ask_held(
        &mut self,
        owner: Address,
        chain: ChainId,
        id: &str,
        reply: u64,
    ) -> Result<(), UiError> {
        let token = self.tokens.list.iter().find(|token| token.chain == chain && token.id() == id);
        let token = Box::new(token.ok_or_else(error::gone)?.clone());
        let params = asset::call(&token, asset::held_call(&token, owner));
        self.ask(chain, "eth_call", params, Purpose::Held { reply, owner, token });
        Ok(())
    }

    pub(crate) fn held_arrived(
        &mut self,
        reply: u64,
        owner: Address,
        token: &Token,
        answer: Result<Value, Failure>,
    ) {
        let units = match &answer {
            Ok(value) => asset::held(token, owner, value),
            // A collectible that is no more is nobody's.
            Err(Failure::Node(node)) if token.number.is_some() && asset::is_refusal(node) => Some(U256::ZERO),
            Err(_) => None,
        };
        let Some(units) = units else { return self.no_answer(reply, token.chain, answer) };
        let (text, exact) = asset::amounts(token, units);
        self.reply_later(reply, BalanceView { wei: units.to_string(), text, exact, symbol: name_of(token) });
    }
}
