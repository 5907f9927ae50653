//! Everything that the screen of a request shows.

use candor_chain::amount;
use candor_meaning::{Kind, Meaning};
use candor_primitives::{Address, U256};
use candor_protocol::recipient::LookAlikeView;
use candor_protocol::view::{
    AccountView, ApprovalView, ChangeView, FactView, NoteView, QueueView, QueuedView, ReadyView, RequestKind,
};

use super::{
    approve::fingerprint,
    fee_view::fee_view,
    meaning::{sentence_view, tone},
};
use crate::{
    Wallet,
    records::{Asker, Body, Request, State, TransactionDraft},
};

impl Wallet {
    /// What waits: oldest first, but everything of one site before the next.
    pub(crate) fn queue(&self) -> QueueView {
        let waiting: Vec<&Request> =
            self.requests.list.iter().filter(|request| self.is_shown(request)).collect();
        let mut sorted: Vec<&Request> = Vec::new();
        for request in &waiting {
            if !sorted.iter().any(|other| other.id == request.id) {
                sorted.extend(waiting.iter().filter(|other| other.origin() == request.origin()));
            }
        }
        QueueView {
            requests: sorted
                .into_iter()
                .map(|request| QueuedView {
                    id: request.id,
                    kind: kind(request, None),
                    origin: request.origin().map(|origin| origin.own().to_owned()),
                })
                .collect(),
        }
    }

    /// Whether it waits for a person, or is a site's that can be taken back in the window where it was agreed to.
    fn is_shown(&self, request: &Request) -> bool {
        let undoable = || matches!(self.ready(request), ReadyView::Undoable { .. });
        request.is_waiting() || (request.origin().is_some() && undoable())
    }

    /// One request that waits or is being sent.
    pub(crate) fn approval(&self, id: u64) -> Option<ApprovalView> {
        let request = self
            .requests
            .list
            .iter()
            .find(|request| request.id == id && !matches!(request.state, State::Settled(_)))?;
        let meaning = self.meaning(request)?;
        let origin = request.origin();
        let of_site: Vec<u64> = self
            .requests
            .list
            .iter()
            .filter(|other| other.is_waiting() && other.origin() == origin)
            .map(|other| other.id)
            .collect();
        let position = of_site.iter().position(|other| *other == id).map_or(1, |index| index + 1);
        let drafts = request.drafts();
        let steps = if drafts.len() > 1 { self.steps(request)? } else { Vec::new() };
        let chain = match &request.body {
            Body::SwitchNetwork { to, .. } => *to,
            Body::AddNetwork { network } => network.chain,
            _ => request.chain,
        };
        let mut network = self.network_view(chain);
        if let Body::AddNetwork { network: new } = &request.body {
            network.name = crate::networks::told_apart(&new.name, new.chain);
            network.symbol = new.symbol.clone();
            network.servers = new.endpoints.clone();
        }
        let facts: Vec<FactView> = meaning
            .facts
            .iter()
            .map(|fact| FactView {
                label: fact.label.to_string(),
                value: fact.value.clone(),
                mono: fact.value.starts_with("0x"),
            })
            .collect();
        Some(ApprovalView {
            id,
            kind: kind(request, Some(&meaning)),
            origin: origin.map(|origin| origin.own().to_owned()),
            top_origin: match &request.asker {
                Asker::Page { top, .. } => top.as_ref().map(ToString::to_string),
                Asker::Own => None,
            },
            site: origin.map(|origin| self.site_view(origin)),
            network,
            account: request.account.and_then(|account| self.account_view(account)),
            sentence: sentence_view(&meaning.sentence),
            steps: steps.iter().map(|step| sentence_view(&step.sentence)).collect(),
            tone: tone(meaning.tone),
            verb: meaning.verb.to_owned(),
            refusal: meaning.refusal.to_owned(),
            notes: meaning
                .notes
                .iter()
                .map(|note| NoteView {
                    rule: note.rule.to_owned(),
                    tone: tone(note.tone),
                    what: note.what.clone(),
                    why: note.why.clone(),
                })
                .collect(),
            word: meaning
                .notes
                .iter()
                .find_map(|note| candor_meaning::acknowledgement(note.rule))
                .map(str::to_owned),
            look_alike: meaning.look_alike.as_ref().map(|found| LookAlikeView {
                receiver: found.receiver.to_checksum(None),
                known: found.known.address.to_checksum(None),
                name: found.known.name.clone(),
                differing: u32::try_from(found.differing).unwrap_or(u32::MAX),
            }),
            facts,
            words: meaning.words.clone(),
            fee: fee_view(request, &self.place(request.chain), self.coin_price(request.chain).as_ref()),
            changes: self
                .changes(request, if steps.is_empty() { core::slice::from_ref(&meaning) } else { &steps }),
            choices: self.choices(request),
            ready: self.ready(request),
            fingerprint: fingerprint(request).map(|hash| hash.to_string()).unwrap_or_default(),
            position: u32::try_from(position).unwrap_or(u32::MAX),
            count: u32::try_from(of_site.len().max(1)).unwrap_or(u32::MAX),
        })
    }

    /// What the bytes themselves state to leave the account: exact, not simulated.
    fn changes(&self, request: &Request, meanings: &[Meaning]) -> Vec<ChangeView> {
        let mut changes = Vec::new();
        let value = |draft: &TransactionDraft| {
            draft.fixed.as_ref().map(|fixed| fixed.value).or(draft.asked.value).unwrap_or_default()
        };
        let coins = request.drafts().iter().map(value).fold(U256::ZERO, U256::saturating_add);
        if coins > U256::ZERO {
            let amount = amount::plain(coins, 18);
            changes.push(ChangeView { out: true, symbol: self.symbol(request.chain), amount });
        }
        for (draft, meaning) in request.drafts().iter().zip(meanings) {
            let token = draft.fixed.as_ref().and_then(|fixed| fixed.token.as_ref());
            if let (Kind::TokenTransfer, Some(token), Some(units)) = (meaning.kind, token, transferred(draft))
            {
                let amount = amount::plain(units, token.decimals);
                changes.push(ChangeView { out: true, symbol: token.symbol.clone(), amount });
            }
        }
        changes
    }

    /// The accounts to choose from while connecting: ticked first is what the site sees already, else the account
    /// in view; never all.
    fn choices(&self, request: &Request) -> Vec<AccountView> {
        let (Body::Connect { .. }, Some(origin)) = (&request.body, request.origin()) else {
            return Vec::new();
        };
        let seen = self.visible_accounts(origin);
        let ticked = |address: Address| {
            if seen.is_empty() {
                self.accounts.selected_to_use().is_some_and(|account| account.address == address)
            } else {
                seen.contains(&address)
            }
        };
        self.accounts
            .list
            .iter()
            .filter(|account| !account.is_watched())
            .filter_map(|account| {
                let view = self.account_view(account.address)?;
                Some(AccountView { selected: ticked(account.address), ..view })
            })
            .collect()
    }
}

/// The units of a token that `transfer` moves out of the account.
fn transferred(draft: &TransactionDraft) -> Option<U256> {
    let (selector, arguments) = draft.asked.input.split_first_chunk::<4>()?;
    (*selector == [0xa9, 0x05, 0x9c, 0xbb] && arguments.len() == 64)
        .then(|| arguments.get(32..64).map(U256::from_be_slice))?
}

fn kind(request: &Request, meaning: Option<&Meaning>) -> RequestKind {
    match &request.body {
        Body::Connect { .. } | Body::Ended => RequestKind::Connect,
        Body::AddNetwork { .. } => RequestKind::AddNetwork,
        Body::SwitchNetwork { .. } => RequestKind::SwitchNetwork,
        Body::WatchAsset(_) => RequestKind::WatchAsset,
        Body::Message { .. } => match meaning.map(|meaning| meaning.kind) {
            Some(Kind::SignIn) => RequestKind::SignIn,
            _ => RequestKind::Message,
        },
        Body::TypedData { .. } => RequestKind::TypedData,
        Body::EncryptionKey => RequestKind::EncryptionKey,
        Body::Decrypt { .. } => RequestKind::Decrypt,
        Body::Transaction(_) | Body::Replacement { .. } => RequestKind::Transaction,
        Body::Calls { .. } => RequestKind::Calls,
    }
}

impl Wallet {
    fn ready(&self, request: &Request) -> ReadyView {
        if let State::Sending { hash } = request.state {
            let undo = self.sent(hash).and_then(|sent| sent.undo);
            return undo.map_or(ReadyView::Sending, |until| ReadyView::Undoable {
                hash: hash.to_string(),
                until_ms: until.0,
            });
        }
        ready(request)
    }
}

fn ready(request: &Request) -> ReadyView {
    match request.body.problem() {
        Some(problem) => ReadyView::Failed { problem: problem.shown.clone(), passable: problem.passable },
        None if request.body.is_unprepared() => ReadyView::Preparing,
        None => ReadyView::Ready,
    }
}
