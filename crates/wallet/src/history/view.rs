//! What is shown of an account's history.

use candor_chain::amount::{self, Rounding};
use candor_meaning::known_token;
use candor_primitives::{Address, ChainId};
use candor_protocol::{
    history::{HiddenMoveView, HistoryView, LookedView, MoveView},
    ui::UiError,
};

use super::judge::Judged;
use crate::{
    Wallet,
    records::{HistoryOn, Moved, Token, TokenKind},
    surface::error,
    tokens,
};

impl Wallet {
    /// What is known of the account in view; asks for what is no longer fresh, and for what is older if told to.
    pub(crate) fn history_view(
        &mut self,
        address: &str,
        most: u32,
        further: bool,
    ) -> Result<HistoryView, UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        let account = self.accounts.selected().map(|account| account.address).ok_or_else(error::gone)?;
        if address.parse() != Ok(account) {
            return Err(error::gone());
        }
        self.look_for_moves(account, further);
        let (mut moves, mut hidden) = (Vec::new(), Vec::new());
        for (on, moved, judged) in self.judged(account) {
            match judged {
                Judged::Listed { own } => moves.push(self.move_view(on.chain, moved, own)),
                Judged::Hidden(why) => hidden.push(HiddenMoveView {
                    why,
                    incoming: moved.incoming,
                    network: self.network_name(on.chain),
                    at_ms: moved.at.map(|at| at.0),
                }),
                Judged::Said => {}
            }
        }
        moves.reverse();
        hidden.reverse();
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let more = moves.len().saturating_sub(most);
        moves.truncate(most);
        let homes = self.homes(account);
        let failed = homes.iter().filter(|chain| self.searching.failed.contains(&(account, **chain)));
        let known = self.history.of(account).iter().filter(|on| homes.contains(&on.chain));
        Ok(HistoryView {
            moves,
            more: u32::try_from(more).unwrap_or(u32::MAX),
            hidden,
            looked: known.filter_map(|on| self.looked_view(on)).collect(),
            troubles: failed.map(|chain| self.network_name(*chain)).collect(),
            asking: self.searching.times > 0
                || self.searching.searches.keys().any(|(asked, _)| *asked == account),
        })
    }

    fn looked_view(&self, on: &HistoryOn) -> Option<LookedView> {
        let (first, _) = on.looked.first()?;
        Some(LookedView {
            network: self.network_name(on.chain),
            since_ms: on.since.map(|since| since.0),
            whole: *first == 0,
        })
    }

    fn move_view(&self, chain: ChainId, moved: &Moved, own: bool) -> MoveView {
        MoveView {
            incoming: moved.incoming,
            text: self.what_moved(chain, moved),
            units: moved.units.to_string(),
            other: moved.other.to_checksum(None),
            name: self.called(moved.other),
            own,
            network: self.network_view(chain),
            at_ms: moved.at.map(|at| at.0),
            hash: moved.transaction.to_string(),
        }
    }

    fn called(&self, address: Address) -> Option<String> {
        let account = self.accounts.get(address).map(|account| account.name.clone());
        account.or_else(|| self.contacts.get(address).map(|contact| contact.name.clone()))
    }

    fn what_moved(&self, chain: ChainId, moved: &Moved) -> String {
        let listed =
            self.tokens.list.iter().find(|token| token.chain == chain && token.address == moved.token);
        match moved.number {
            None => {
                let known =
                    known_token(chain, moved.token).or_else(|| listed.map(tokens::info)).map(|info| {
                        let name = listed.map_or_else(|| info.symbol.clone(), tokens::name_of);
                        (info.decimals, name)
                    });
                let (decimals, name) = known.unwrap_or_default();
                format!("{}\u{a0}{name}", amount::sentence(moved.units, decimals, Rounding::Receipt))
            }
            Some(number) => {
                // What is listed of a collection may be another one of it.
                let one =
                    listed.map(|token| tokens::name_of(&Token { number: Some(number), ..token.clone() }));
                let one = one.unwrap_or_default();
                match listed.map(|token| token.kind) {
                    Some(TokenKind::Erc1155) => format!("{}\u{a0}× {one}", moved.units),
                    _ => one,
                }
            }
        }
    }
}
