//! What the wallet remembers of the receiver of a transfer, from its own records.

use candor_meaning::{Acquaintance, Memory, Relation, known_on_another, known_token};
use candor_primitives::{Address, ChainId};

use crate::{
    Wallet,
    records::{Fixed, Sent, TokenKind, TxState},
};

impl Wallet {
    /// Everything that the rules for receivers compare with. Nobody is asked.
    pub(super) fn remembered(&self, chain: ChainId, fixed: Option<&Fixed>, receiver: Address) -> Memory {
        let known = known_token(chain, receiver).map(|token| token.symbol);
        let kept = |chain: ChainId| {
            let tokens = self.tokens.list.iter();
            tokens.filter(move |token| token.address == receiver && token.chain == chain)
        };
        let shown = kept(chain).find(|token| token.kind == TokenKind::Erc20).map(|token| token.name.clone());
        let own = self.tokens.list.iter().find(|token| token.address == receiver && token.chain != chain);
        let elsewhere = match own {
            Some(_) if kept(chain).next().is_some() => None,
            Some(token) => Some(token.chain),
            None => known_on_another(chain, receiver),
        };
        Memory {
            people: self.people(),
            balance: fixed.and_then(|fixed| fixed.balance),
            token: known.or(shown),
            contract_on: elsewhere.map(|chain| self.network_name(chain)),
        }
    }

    /// Own accounts, contacts, and everyone to whom something was sent that was not refused.
    pub(crate) fn people(&self) -> Vec<Acquaintance> {
        let own = self.accounts.list.iter().map(|account| Acquaintance {
            address: account.address,
            name: Some(account.name.clone()),
            relation: Relation::Own,
        });
        let saved = self.contacts.list.iter().filter(|contact| self.accounts.get(contact.address).is_none());
        let saved = saved.map(|contact| Acquaintance {
            address: contact.address,
            name: Some(contact.name.clone()),
            relation: Relation::Saved(Vec::new()),
        });
        let mut people: Vec<Acquaintance> = own.chain(saved).collect();
        for sent in &self.transactions.list {
            let counts = sent.state.is_open() || matches!(sent.state, TxState::Worked { .. });
            let Some(address) = receiver_of(sent).filter(|_| counts) else { continue };
            match people.iter_mut().find(|known| known.address == address) {
                Some(Acquaintance { relation: Relation::Paid(chains) | Relation::Saved(chains), .. }) => {
                    if !chains.contains(&sent.chain) {
                        chains.push(sent.chain);
                    }
                }
                Some(_) => {}
                None => {
                    let relation = Relation::Paid(vec![sent.chain]);
                    people.push(Acquaintance { address, name: None, relation });
                }
            }
        }
        people
    }
}

/// Who received what was sent, if it was a transfer: the wallet's own sentence names them.
fn receiver_of(sent: &Sent) -> Option<Address> {
    let slot = sent.sentence.slots.iter().find(|slot| slot.name == "recipient")?;
    Address::parse_checksummed(&slot.exact, None).ok()
}
