//! A payment in a token: the transaction that moves it, which then goes the way of every other.

use candor_chain::{amount, erc20};
use candor_primitives::{ChainId, U256};
use candor_protocol::ui::{PrepareSendToken, UiError};

use super::{accounts::own_address, error};
use crate::{
    Wallet,
    records::{Asked, AskedFees, Asker, Body, TokenKind, TransactionDraft},
};

impl Wallet {
    pub(super) fn prepare_send_token(&mut self, call: &PrepareSendToken) -> Result<u64, UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        let (from, to) = (own_address(&call.from)?, own_address(&call.to)?);
        if self.accounts.get(from).ok_or_else(error::gone)?.is_watched() {
            return Err(error::watched());
        }
        let chain = ChainId::new(call.chain_id).map_err(|_| error::gone())?;
        let token = own_address(&call.token)?;
        let decimals = candor_meaning::known_token(chain, token).map(|known| known.decimals).or_else(|| {
            let listed = self.tokens.list.iter().find(|listed| {
                (listed.chain, listed.address, listed.kind) == (chain, token, TokenKind::Erc20)
            });
            listed.map(|listed| listed.decimals)
        });
        let decimals = decimals.filter(|_| self.has_network(chain)).ok_or_else(error::gone)?;
        let units = if call.max {
            // Everything that the network said there is; it refuses more, and takes less for what it is.
            let on = self.remembered.of(from).iter().find(|on| on.chain == chain);
            on.and_then(|on| on.held.iter().find(|held| held.token == Some(token))).map(|held| held.units)
        } else {
            let typed = amount::parse(&call.amount, decimals);
            Some(typed.map_err(|wrong| error::invalid("This amount is not clear.", &wrong.to_string()))?)
        };
        let units = units.filter(|units| !units.is_zero());
        let units =
            units.ok_or_else(|| error::invalid("The amount is nothing.", "Type how much to send."))?;
        self.reject_own_drafts();
        let asked = Asked {
            to: Some(token),
            value: Some(U256::ZERO),
            input: erc20::transfer(to, units),
            gas: None,
            nonce: None,
            fees: AskedFees::Open,
            access_list: None,
        };
        let draft = TransactionDraft { asked, fixed: None, problem: None };
        Ok(self.record(Asker::Own, chain, Some(from), Body::Transaction(Box::new(draft))))
    }

    /// Only the newest of one's own drafts counts; older ones were left without an answer.
    pub(super) fn reject_own_drafts(&mut self) {
        let own = self.requests.list.iter();
        let own = own.filter(|request| request.is_waiting() && matches!(request.asker, Asker::Own));
        for id in own.map(|request| request.id).collect::<Vec<u64>>() {
            self.reject(id);
        }
    }
}
