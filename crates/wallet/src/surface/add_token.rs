//! Showing a token that the user has the address of. What it is, its contract says, as for one that a site wants shown.

use candor_meaning::known_token;
use candor_primitives::{ChainId, Millis};
use candor_protocol::ui::{PrepareAddToken, UiError};

use super::{accounts::own_address, error};
use crate::{
    Wallet,
    records::{Asker, AssetDraft, Body, Token, TokenKind},
};

impl Wallet {
    pub(super) fn prepare_add_token(&mut self, call: &PrepareAddToken) -> Result<u64, UiError> {
        let (account, address) = (own_address(&call.account)?, own_address(&call.token)?);
        self.accounts.get(account).ok_or_else(error::gone)?;
        let chain = ChainId::new(call.chain_id).map_err(|_| error::gone())?;
        if !self.has_network(chain) {
            return Err(error::gone());
        }
        if let Some(known) = known_token(chain, address) {
            let symbol = known.symbol;
            return Err(error::invalid(
                &format!("Candor knows {symbol} already."),
                "It is in the list as soon as you have some.",
            ));
        }
        let is_it =
            |token: &&Token| (token.chain, token.address, token.kind) == (chain, address, TokenKind::Erc20);
        if self.tokens.list.iter().any(|token| is_it(&token)) {
            return Err(error::invalid("This token is in your list already.", "Nothing was added."));
        }
        self.reject_own_drafts();
        let token = Token {
            chain,
            kind: TokenKind::Erc20,
            address,
            number: None,
            name: String::new(),
            decimals: 0,
            origin: None,
            since: Millis(0),
        };
        let draft = AssetDraft { token, said_symbol: None, said_decimals: None, held: None, problem: None };
        Ok(self.record(Asker::Own, chain, Some(account), Body::WatchAsset(Box::new(draft))))
    }
}
