//! What agreeing does. The fingerprint that was shown must be that of what is signed now.

use candor_chain::EndpointUrl;
use candor_primitives::{Address, B256, ChainId, keccak256};
use candor_protocol::{page::Outcome, ui::UiError};
use candor_signer::{encryption::encryption_public_key, message::personal_digest, sign_digest};
use serde_json::{Value, json};

use super::{
    Typed,
    meaning::{prepared, sentence_view},
};
use crate::{
    Wallet,
    gateway::Probe,
    provider::{self, accounts_value},
    records::{Batch, Body, ConnectAnswer, Request, Sent, State, TransactionDraft, TxState},
    surface::error,
};

/// What agreeing comes to.
pub(crate) enum Agreed {
    /// Done, or being sent.
    Done,
    /// A server is asked first; the surface is answered then.
    Later,
}

/// Identifies what a person was shown: the digest that gets signed, or a hash of what gets granted. Nothing while
/// that is not fixed yet.
pub(super) fn fingerprint(request: &Request) -> Option<B256> {
    let digest = match &request.body {
        body if body.is_unprepared() => return None,
        Body::Transaction(_) | Body::Replacement { .. } | Body::Calls { .. } => {
            let each = request.drafts().iter().map(|draft| Some(prepared(request, draft)?.fingerprint()));
            keccak256(each.collect::<Option<Vec<B256>>>()?.concat())
        }
        Body::Message { bytes } => personal_digest(bytes),
        Body::TypedData { version, json } => Typed::read(*version, json).ok()?.digest(),
        Body::Ended => return None,
        Body::WatchAsset(_)
        | Body::Connect { .. }
        | Body::AddNetwork { .. }
        | Body::SwitchNetwork { .. }
        | Body::EncryptionKey
        | Body::Decrypt { .. } => keccak256(serde_json::to_vec(&request.body).unwrap_or_default()),
    };
    let account = request.account.unwrap_or_default();
    let mut all = digest.to_vec();
    all.extend_from_slice(account.as_slice());
    all.extend_from_slice(&request.chain.get().to_be_bytes());
    all.extend_from_slice(&request.id.to_be_bytes());
    Some(keccak256(all))
}

impl Wallet {
    /// A person agreed to what has this fingerprint.
    pub(crate) fn approve(
        &mut self,
        id: u64,
        shown: &str,
        accounts: &[Address],
        reply: u64,
    ) -> Result<Agreed, UiError> {
        let request = self.waiting_request(id).ok_or_else(error::gone)?.clone();
        let now = fingerprint(&request).ok_or_else(error::changed)?;
        if shown != now.to_string() {
            return Err(error::changed());
        }
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        // Taken back since it was asked for.
        if let (Some(origin), Some(account)) = (request.origin(), request.account)
            && !self.visible_accounts(origin).contains(&account)
        {
            self.settle(
                id,
                Outcome::Error(provider::error::unauthorized("The site may no longer use this account.")),
            );
            return Err(error::gone());
        }
        let outcome = match &request.body {
            Body::Ended => return Err(error::gone()),
            Body::Connect { answer, chains } => self.approve_connect(&request, *answer, chains, accounts)?,
            Body::SwitchNetwork { to, .. } if !self.has_network(*to) => return Err(error::gone()),
            Body::SwitchNetwork { to, .. } => {
                if let Some(origin) = request.origin() {
                    self.set_site_chain(&origin.clone(), *to);
                }
                Value::Null
            }
            Body::AddNetwork { network } => {
                let first = network.endpoints.first().and_then(|url| EndpointUrl::from_page(url).ok());
                let url = first.ok_or_else(error::gone)?;
                self.probe(url, Probe::AddForSite { reply, request: id });
                return Ok(Agreed::Later);
            }
            Body::Message { bytes } => self.signature(&request, personal_digest(bytes))?,
            Body::TypedData { version, json } => {
                let typed = Typed::read(*version, json).map_err(|_| error::gone())?;
                self.signature(&request, typed.digest())?
            }
            Body::EncryptionKey => {
                let account = request.account.ok_or_else(error::gone)?;
                let key = self.private_key(account).ok_or_else(error::no_key)?;
                json!(encryption_public_key(key.expose()))
            }
            Body::Decrypt { json } => {
                if self.private_key(request.account.ok_or_else(error::gone)?).is_none() {
                    return Err(error::no_key());
                }
                match self.decrypted(&request, json) {
                    Some(text) => json!(text.as_str()),
                    None => {
                        let told = "The message was encrypted for another account, or is damaged.";
                        self.settle(id, Outcome::Error(provider::error::invalid_params(told)));
                        return Ok(Agreed::Done);
                    }
                }
            }
            Body::WatchAsset(draft) => {
                self.watch_token(draft.token.clone())?;
                Value::Bool(true)
            }
            Body::Replacement { of, .. } if !self.sent(of.hash).is_some_and(|sent| sent.state.is_open()) => {
                return Err(error::gone());
            }
            Body::Transaction(_) | Body::Replacement { .. } | Body::Calls { .. } => {
                self.sign_transactions(&request)?;
                return Ok(Agreed::Done);
            }
        };
        if let Some(origin) = request.origin() {
            self.count_use(&origin.clone());
        }
        self.settle(id, Outcome::Result(outcome));
        Ok(Agreed::Done)
    }

    fn approve_connect(
        &mut self,
        request: &Request,
        answer: ConnectAnswer,
        chains: &[ChainId],
        accounts: &[Address],
    ) -> Result<Value, UiError> {
        let Some(origin) = request.origin().cloned() else { return Err(error::gone()) };
        let mut chosen: Vec<Address> = Vec::new();
        for address in accounts {
            if self.accounts.get(*address).ok_or_else(error::changed)?.is_watched() {
                return Err(error::watched());
            }
            if !chosen.contains(address) {
                chosen.push(*address);
            }
        }
        if chosen.is_empty() {
            return Err(error::invalid(
                "No account is ticked.",
                "Tick at least one account, or don’t connect.",
            ));
        }
        if chains.iter().any(|chain| !self.has_network(*chain)) {
            return Err(error::changed());
        }
        // A site that only ever asked for other networks than the wallet's starts on the first of those.
        let first = chains.first().filter(|_| !chains.contains(&request.chain)).unwrap_or(&request.chain);
        self.connect(&origin, chosen, *first);
        self.permit_chains(&origin, chains);
        // Other pages of the site that wait for the same have their answer too.
        let alike: Vec<u64> = self
            .requests
            .list
            .iter()
            .filter(|other| other.id != request.id && other.is_waiting() && other.origin() == Some(&origin))
            .filter(|other| matches!(&other.body, Body::Connect { answer: ConnectAnswer::Accounts, .. }))
            .map(|other| other.id)
            .collect();
        for id in alike {
            let accounts = accounts_value(&self.visible_accounts(&origin));
            self.settle(id, Outcome::Result(accounts));
        }
        Ok(match answer {
            ConnectAnswer::Accounts => accounts_value(&self.visible_accounts(&origin)),
            ConnectAnswer::Permissions => self.permissions(&origin),
            ConnectAnswer::Session => self.session(&origin),
        })
    }

    fn signature(&self, request: &Request, digest: B256) -> Result<Value, UiError> {
        let account = request.account.ok_or_else(error::gone)?;
        let key = self.private_key(account).ok_or_else(error::no_key)?;
        let signature = sign_digest(key.expose(), digest).map_err(|_| error::no_key())?;
        Ok(json!(format!("0x{}", hex::encode(signature))))
    }

    /// Signs everything that the request comes to, and records the signed bytes before any can leave.
    fn sign_transactions(&mut self, request: &Request) -> Result<(), UiError> {
        let from = request.account.ok_or_else(error::gone)?;
        let meanings = self.steps(request).ok_or_else(error::changed)?;
        let key = self.private_key(from).ok_or_else(error::no_key)?;
        let replaces = match &request.body {
            Body::Replacement { of, .. } => Some(*of),
            _ => None,
        };
        // What is to take the place of another has no time to lose.
        let undo = if replaces.is_none() { self.undo_until(request.origin()) } else { None };
        let mut all: Vec<Sent> = Vec::new();
        for (draft, meaning) in request.drafts().iter().zip(&meanings) {
            let (Some(prepared), Some(fixed)) = (prepared(request, draft), &draft.fixed) else {
                return Err(error::changed());
            };
            let shown = prepared.fingerprint();
            let reviewed = prepared.reviewed(shown).map_err(|_| error::changed())?;
            let signed = reviewed.sign(key.expose()).map_err(|_| error::no_key())?;
            all.push(Sent {
                hash: signed.hash,
                raw: signed.raw,
                from,
                chain: request.chain,
                nonce: fixed.nonce,
                origin: request.origin().cloned(),
                sentence: sentence_view(&meaning.sentence),
                at: self.now,
                state: TxState::Signed,
                attempted: None,
                overtaken: None,
                refusal: None,
                request: all.is_empty().then_some(request.id),
                after: all.last().map(|before| before.hash),
                undo: undo.filter(|_| all.is_empty()),
                replaces,
                missing: None,
                forgotten: false,
            });
        }
        drop(key);
        self.send_those_before(from, request.chain);
        let (hashes, nonces): (Vec<B256>, Vec<u64>) = all.iter().map(|sent| (sent.hash, sent.nonce)).unzip();
        let first = hashes.first().copied().ok_or_else(error::gone)?;
        if let Some(request) = self.requests.list.iter_mut().find(|other| other.id == request.id) {
            request.state = State::Sending { hash: first };
        }
        if let Some(origin) = request.origin() {
            self.count_use(&origin.clone());
        }
        self.requests_changed();
        match (&request.body, request.origin()) {
            (Body::Calls { id, .. }, Some(origin)) => {
                // A name that the site did not choose: nobody can guess signatures.
                let id = if id.is_empty() { keccak256(hashes.concat()).to_string() } else { id.clone() };
                self.remember_batch(Batch { id, origin: origin.clone(), hashes }, all);
            }
            _ => all.into_iter().for_each(|sent| self.remember_and_send(sent)),
        }
        for nonce in nonces {
            self.renumber(from, request.chain, nonce);
        }
        Ok(())
    }

    /// Everything of an account that waits is numbered again, because a number became free.
    pub(crate) fn number_anew(&mut self, from: Address, chain: ChainId) {
        let waiting = self.requests.list.iter().filter(|request| {
            request.is_waiting() && request.account == Some(from) && request.chain == chain
        });
        let ids: Vec<u64> =
            waiting.filter(|request| !request.drafts().is_empty()).map(|request| request.id).collect();
        for id in ids {
            self.prepare_again(id);
        }
    }

    /// Others that wait with the same number in line get another, and are shown again.
    fn renumber(&mut self, from: Address, chain: ChainId, taken: u64) {
        let same: Vec<u64> = self
            .requests
            .list
            .iter()
            .filter(|request| request.is_waiting() && request.account == Some(from) && request.chain == chain)
            .filter(|request| {
                let number = |draft: &TransactionDraft| draft.fixed.as_ref().map(|fixed| fixed.nonce);
                request.drafts().iter().any(|draft| number(draft) == Some(taken))
            })
            .map(|request| request.id)
            .collect();
        for id in same {
            self.prepare_again(id);
        }
    }
}
