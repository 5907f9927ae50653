//! What can be done about a transaction that waits: outbid it, cancel it, fill the gap before it, send it again.

use candor_chain::quantity;
use candor_primitives::{Address, B256, Bytes, ChainId, U256};
use candor_protocol::{
    life::Remedy,
    ui::UiError,
    view::{SentenceView, TxStatus},
};
use candor_signer::transaction::{Fees, Fields, decode_raw};

use crate::{
    Wallet,
    records::{Asked, AskedFees, Asker, Body, Price, Replaces, Sent, TransactionDraft, TxState},
    surface::error,
};

impl Wallet {
    /// Does something about a transaction that waits. Names the request to review, if something is to be signed.
    pub(crate) fn help(&mut self, hash: &str, remedy: Remedy) -> Result<Option<u64>, UiError> {
        let hash = quantity::b256(hash).map_err(|_| error::gone())?;
        let sent = self.sent(hash).ok_or_else(error::gone)?;
        if !self.remedies(sent).contains(&remedy) {
            return Err(error::gone());
        }
        if remedy == Remedy::SendAgain {
            self.broadcast(hash);
            return Ok(None);
        }
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        let fields = signed_fields(sent).ok_or_else(error::gone)?;
        let (from, chain) = (sent.from, sent.chain);
        let asked = match remedy {
            Remedy::SpeedUp => again(fields),
            Remedy::Cancel => nothing(from, Some(sent.nonce)),
            // The lowest number that is missing is what anything that is sent next gets.
            Remedy::Mend | Remedy::SendAgain => nothing(from, None),
        };
        let draft = Box::new(TransactionDraft { asked, fixed: None, problem: None });
        let body = match remedy {
            Remedy::Mend | Remedy::SendAgain => Body::Transaction(draft),
            Remedy::SpeedUp => Body::Replacement { of: Replaces { hash, cancels: false }, draft },
            Remedy::Cancel => Body::Replacement { of: Replaces { hash, cancels: true }, draft },
        };
        self.drop_own_drafts();
        Ok(Some(self.record(Asker::Own, chain, Some(from), body)))
    }

    /// Only the newest of one's own drafts counts; older ones were left without an answer.
    pub(crate) fn drop_own_drafts(&mut self) {
        let own = self.requests.list.iter().filter(|request| request.is_waiting());
        let stale: Vec<u64> =
            own.filter(|request| matches!(request.asker, Asker::Own)).map(|request| request.id).collect();
        for id in stale {
            self.reject(id);
        }
    }

    /// What can be done about it now.
    pub(crate) fn remedies(&self, sent: &Sent) -> Vec<Remedy> {
        let mut remedies = Vec::new();
        if !sent.state.is_open() || self.is_held(sent.hash) || self.is_outbid(sent.hash) {
            return remedies;
        }
        if sent.missing.is_some() {
            remedies.push(Remedy::Mend);
        }
        if sent.attempted.is_some() {
            // The steps after it wait for this very one.
            let followed = self.transactions.list.iter().any(|other| other.after == Some(sent.hash));
            if !followed {
                remedies.push(Remedy::SpeedUp);
            }
            if !sent.replaces.is_some_and(|replaces| replaces.cancels) {
                remedies.push(Remedy::Cancel);
            }
            remedies.push(Remedy::SendAgain);
        }
        remedies
    }

    /// Others of the wallet with the same number, of which only one can happen.
    pub(crate) fn siblings<'a>(&'a self, sent: &'a Sent) -> impl Iterator<Item = &'a Sent> + 'a {
        self.transactions.list.iter().filter(move |other| {
            other.hash != sent.hash
                && (other.from, other.chain, other.nonce) == (sent.from, sent.chain, sent.nonce)
        })
    }

    /// Whether another took its place in line, so that servers would not take it any more. Both are looked after, for
    /// the earlier one can be included all the same.
    pub(crate) fn is_outbid(&self, hash: B256) -> bool {
        self.transactions.list.iter().any(|other| {
            other.state.is_open() && other.replaces.is_some_and(|replaces| replaces.hash == hash)
        })
    }

    /// One was included: none of the others with its number can be.
    pub(crate) fn replace_siblings(&mut self, hash: B256) {
        let Some(sent) = self.sent(hash) else { return };
        let open = self.siblings(sent).filter(|other| other.state.is_open());
        for other in open.map(|other| other.hash).collect::<Vec<B256>>() {
            self.set_state(other, TxState::Replaced);
        }
    }

    /// How it was replaced.
    pub(crate) fn replaced_status(&self, sent: &Sent) -> TxStatus {
        match self.siblings(sent).find(|other| other.state.is_included()).map(|other| other.replaces) {
            Some(Some(Replaces { cancels: true, .. })) => TxStatus::Cancelled,
            Some(Some(Replaces { cancels: false, .. })) => TxStatus::SpedUp,
            Some(None) | None => TxStatus::Replaced,
        }
    }

    /// The numbers of an account that transactions of the wallet wait with.
    pub(crate) fn waiting_numbers(&self, from: Address, chain: ChainId) -> Vec<u64> {
        let waiting = |sent: &&Sent| sent.from == from && sent.chain == chain && sent.state.is_open();
        self.transactions.list.iter().filter(waiting).map(|sent| sent.nonce).collect()
    }

    /// Number and price of everything of an account that waits on a network.
    pub(crate) fn waiting_prices(&self, from: Address, chain: ChainId) -> Vec<(u64, Price)> {
        let list = self.transactions.list.iter();
        list.filter(|sent| (sent.from, sent.chain) == (from, chain) && sent.state.is_open())
            .filter_map(|sent| {
                let price = match signed_fields(sent)?.fees {
                    Fees::Legacy { gas_price } => (gas_price, None),
                    Fees::Eip1559 { max_fee_per_gas, max_priority_fee_per_gas } => {
                        (max_fee_per_gas, Some(max_priority_fee_per_gas))
                    }
                };
                Some((sent.nonce, price))
            })
            .collect()
    }

    /// The sentence of what is to be cancelled.
    pub(crate) fn waiting_sentence(&self, hash: B256) -> Option<String> {
        let sentence = &self.sent(hash)?.sentence;
        // Of one that was sped up already, what it is about.
        let act = sentence.slots.iter().find(|slot| sentence.key == "speed-up" && slot.name == "act");
        Some(act.map_or_else(|| plain_text(sentence), |act| act.text.clone()))
    }
}

fn signed_fields(sent: &Sent) -> Option<Fields> {
    Some(decode_raw(&sent.raw).ok()?.1.into_fields())
}

/// The same, with the same number, at a price to be found out.
fn again(fields: Fields) -> Asked {
    let access_list = fields
        .access_list
        .map(|list| list.0.into_iter().map(|item| (item.address, item.storage_keys)).collect());
    Asked {
        to: fields.to,
        value: Some(fields.value),
        input: fields.input,
        gas: Some(fields.gas_limit),
        nonce: Some(fields.nonce),
        fees: AskedFees::Open,
        access_list,
    }
}

/// Nothing, from an account to itself.
fn nothing(from: Address, nonce: Option<u64>) -> Asked {
    Asked {
        to: Some(from),
        value: Some(U256::ZERO),
        input: Bytes::new(),
        gas: None,
        nonce,
        fees: AskedFees::Open,
        access_list: None,
    }
}

/// A sentence with its slots filled in, in one pass, so that braces in a slot stay text.
fn plain_text(sentence: &SentenceView) -> String {
    let mut parts = sentence.pattern.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap_or((part, ""));
        text.push_str(sentence.slots.iter().find(|slot| slot.name == name).map_or("", |slot| &slot.text));
        text.push_str(rest);
    }
    text
}
