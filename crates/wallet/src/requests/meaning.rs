//! A request's sentence: the wallet's own knowledge handed to `candor_meaning`, its answer handed to the surfaces.

use candor_meaning::{
    self as meaning, Account, Asset, Lens, Meaning, Memory, Network, Opened, TokenInfo, TokenSource, Tone,
};
use candor_primitives::{Address, Bytes, Origin, U256};
use candor_protocol::view::{self, SentenceView, SlotView};
use candor_signer::{
    encryption::EncryptedMessage,
    transaction::{AccessList, AccessListItem, Fees, Fields, Prepared},
};
use zeroize::Zeroizing;

use super::{Typed, fee, fee_notes};
use crate::{
    Wallet,
    networks::{borrowed_name, told_apart},
    records::{Body, Fixed, Request, TransactionDraft},
    tokens::{collectible, info},
};

/// What the wallet knows while it reads one request.
struct Knowledge<'a> {
    wallet: &'a Wallet,
    request: &'a Request,
    /// The transaction that is read, if it is one.
    draft: Option<&'a TransactionDraft>,
}

impl Lens for Knowledge<'_> {
    fn network(&self) -> Network {
        let chain_id = self.request.chain;
        Network {
            chain_id,
            name: self.wallet.network_name(chain_id),
            coin_symbol: self.wallet.symbol(chain_id),
            coin_decimals: 18,
        }
    }

    fn account(&self) -> Account {
        let address = self.request.account.unwrap_or_default();
        let name = self.wallet.accounts.get(address).map(|account| account.name.clone()).unwrap_or_default();
        Account { address, name }
    }

    fn origin(&self) -> Option<&Origin> {
        self.request.origin()
    }

    fn now(&self) -> u64 {
        self.wallet.now.0 / 1000
    }

    fn name_of(&self, address: Address) -> Option<String> {
        let own = self.wallet.accounts.get(address).map(|account| account.name.clone());
        // Contacts may have come from a file of somebody else: the address stays in sight.
        own.or_else(|| {
            let contact = self.wallet.contacts.get(address)?;
            Some(format!("{} ({})", contact.name, meaning::short_address(address)))
        })
    }

    fn token(&self, contract: Address) -> Option<TokenInfo> {
        if let Body::WatchAsset(draft) = &self.request.body {
            draft.held?;
            return (draft.token.address == contract).then(|| info(&draft.token));
        }
        let draft = self.draft?;
        let facts = draft.fixed.as_ref()?.token.as_ref()?;
        (draft.asked.to == Some(contract)).then(|| TokenInfo {
            symbol: facts.symbol.clone(),
            decimals: facts.decimals,
            source: TokenSource::Contract,
        })
    }

    fn allowance(&self, token: Address, spender: Address) -> Option<U256> {
        let draft = self.draft?;
        let asked_for = token_call(&draft.asked.input).flatten();
        if draft.asked.to == Some(token) && asked_for == Some(spender) {
            draft.fixed.as_ref()?.allowance
        } else {
            None
        }
    }

    fn is_contract(&self, address: Address) -> Option<bool> {
        let draft = self.draft?;
        if draft.asked.to == Some(address) { draft.fixed.as_ref()?.receiver_is_contract } else { None }
    }

    fn remembered(&self, receiver: Address) -> Option<Memory> {
        let fixed = self.draft?.fixed.as_ref();
        Some(self.wallet.remembered(self.request.chain, fixed, receiver))
    }
}

/// Whether call data looks like one of a token's functions, and if it names a spender, which. This only decides
/// what is asked of the network; what the call means is decided by exact decoding elsewhere.
pub(super) fn token_call(input: &Bytes) -> Option<Option<Address>> {
    let (selector, arguments) = input.split_first_chunk::<4>()?;
    let first_address = || arguments.get(12..32).map(Address::from_slice);
    match *selector {
        // transfer, transferFrom
        [0xa9, 0x05, 0x9c, 0xbb] | [0x23, 0xb8, 0x72, 0xdd] => Some(None),
        // approve, increaseAllowance, decreaseAllowance
        [0x09, 0x5e, 0xa7, 0xb3] | [0x39, 0x50, 0x93, 0x51] | [0xa4, 0x57, 0xc2, 0xd7] => {
            Some(first_address())
        }
        _ => None,
    }
}

/// The draft with every field fixed; while some are not known yet, with zeros in their place, which no sentence
/// depends on and nothing can be signed with.
pub(super) fn prepared(request: &Request, draft: &TransactionDraft) -> Option<Prepared> {
    let asked = &draft.asked;
    let access_list = asked.access_list.as_ref().map(|list| {
        let items = list
            .iter()
            .map(|(address, keys)| AccessListItem { address: *address, storage_keys: keys.clone() });
        AccessList(items.collect())
    });
    let (nonce, gas_limit, fees, value) = match &draft.fixed {
        Some(fixed) => (fixed.nonce, fixed.gas_limit, fee::signed(fixed.fees), fixed.value),
        None => (0, 0, Fees::Legacy { gas_price: 0 }, asked.value.unwrap_or_default()),
    };
    Prepared::new(Fields {
        chain_id: request.chain,
        nonce,
        fees,
        gas_limit,
        to: asked.to,
        value,
        input: asked.input.clone(),
        access_list,
    })
    .ok()
}

impl Wallet {
    /// What is remarkable about its fee and number.
    fn add_warnings(
        &self,
        meaning: &mut Meaning,
        request: &Request,
        draft: &TransactionDraft,
        fixed: &Fixed,
    ) {
        let replaces = self.transactions.list.iter().any(|sent| {
            Some(sent.from) == request.account
                && sent.chain == request.chain
                && sent.nonce == fixed.nonce
                && sent.state.is_open()
        });
        let notes = fee_notes::notes(request, draft, fixed, replaces, &self.symbol(request.chain));
        let worst = notes.iter().map(|note| note.tone).max().unwrap_or(Tone::Plain);
        meaning.tone = meaning.tone.max(worst);
        meaning.notes.extend(notes);
        meaning.notes = meaning::worst_first(core::mem::take(&mut meaning.notes));
    }

    /// Typed data for an account of the wallet that its site does not see; for one that it sees it was refused.
    fn warn_of_own_contract(&self, meaning: &mut Meaning, typed: &Typed) {
        let contract = typed.domain().and_then(|domain| domain.verifying_contract);
        if contract
            .and_then(|contract| self.accounts.get(contract))
            .is_some_and(|account| !account.is_watched())
        {
            meaning.tone = Tone::Risk;
            meaning.notes.push(meaning::Note {
                tone: Tone::Risk,
                rule: "own-contract",
                what: "The contract that it names is your own account.".to_owned(),
                why: "No site has a reason to tell your account what to do. Reject it.".to_owned(),
            });
            meaning.notes = meaning::worst_first(core::mem::take(&mut meaning.notes));
        }
    }

    /// The text of an encrypted message, if the wallet is open and it was written for the request's account.
    pub(super) fn decrypted(&self, request: &Request, json: &[u8]) -> Option<Zeroizing<String>> {
        let key = self.private_key(request.account?)?;
        EncryptedMessage::parse(json).ok()?.decrypt(key.expose()).ok()
    }

    /// What a request means.
    pub(super) fn meaning(&self, request: &Request) -> Option<Meaning> {
        let lens = Knowledge { wallet: self, request, draft: None };
        match &request.body {
            Body::Connect { chains, .. } => {
                let names: Vec<String> = chains.iter().map(|chain| self.network_name(*chain)).collect();
                Some(meaning::connect(&lens, 1, &names))
            }
            Body::SwitchNetwork { to, .. } => {
                Some(meaning::switch_network(&lens, &self.network_name(*to), *to))
            }
            Body::AddNetwork { network } => {
                let name = told_apart(&network.name, network.chain);
                let mut meaning = meaning::add_network(&lens, Some(&name), network.chain);
                meaning.notes.extend(borrowed_name(&network.name, network.chain).map(|known| meaning::Note {
                    tone: Tone::Risk,
                    rule: "borrowed-name",
                    what: format!("This is not {}.", known.name),
                    why: format!(
                        "{} is network number {}; this one only uses its name. Coins there are not the coins that you know.",
                        known.name, known.chain_id,
                    ),
                }));
                meaning.facts.extend(
                    network
                        .endpoints
                        .iter()
                        .map(|endpoint| meaning::Fact { label: "Server".into(), value: endpoint.clone() }),
                );
                Some(meaning)
            }
            Body::Message { bytes } => Some(meaning::message(bytes, &lens)),
            Body::TypedData { version, json } => {
                let typed = Typed::read(*version, json).ok()?;
                let mut meaning = typed.meaning(&lens);
                self.warn_of_own_contract(&mut meaning, &typed);
                Some(meaning)
            }
            Body::EncryptionKey => Some(meaning::encryption_key(&lens)),
            Body::Decrypt { json } => {
                let text = self.decrypted(request, json);
                let opened = match &text {
                    Some(text) => Opened::Text(text),
                    None if self.is_unlocked() => Opened::Failed,
                    None => Opened::NotYet,
                };
                Some(meaning::decrypt(opened, &lens))
            }
            Body::WatchAsset(draft) => Some(meaning::watch_asset(
                &Asset {
                    contract: draft.token.address,
                    collectible: collectible(&draft.token),
                    held: draft.held,
                    said_symbol: draft.said_symbol.as_deref(),
                    said_decimals: draft.said_decimals,
                },
                &lens,
            )),
            Body::Transaction(draft) => self.meaning_of_draft(request, draft),
            Body::Replacement { .. } => self.steps(request)?.pop(),
            Body::Calls { .. } => {
                let mut steps = self.steps(request)?;
                if steps.len() == 1 { steps.pop() } else { Some(meaning::calls(&steps, &lens)) }
            }
            Body::Ended => None,
        }
    }

    /// What each transaction of a request means, in order.
    pub(super) fn steps(&self, request: &Request) -> Option<Vec<Meaning>> {
        request.drafts().iter().map(|draft| self.meaning_of_draft(request, draft)).collect()
    }

    fn meaning_of_draft(&self, request: &Request, draft: &TransactionDraft) -> Option<Meaning> {
        let lens = Knowledge { wallet: self, request, draft: Some(draft) };
        let mut meaning = meaning::transaction(&prepared(request, draft)?, &lens);
        if let Body::Replacement { of, .. } = &request.body {
            let waiting = if of.cancels { self.waiting_sentence(of.hash) } else { None };
            let of = waiting.as_deref().map_or(meaning::Replacement::SpeedUp, meaning::Replacement::Cancel);
            meaning = meaning::replacement(of, meaning, &lens);
        }
        if let Some(fixed) = &draft.fixed {
            self.add_warnings(&mut meaning, request, draft, fixed);
        }
        Some(meaning)
    }
}

/// A tone for the surfaces.
pub(super) const fn tone(tone: Tone) -> view::Tone {
    match tone {
        Tone::Plain => view::Tone::Plain,
        Tone::Care => view::Tone::Care,
        Tone::Risk => view::Tone::Risk,
    }
}

/// A sentence for the surfaces.
pub(super) fn sentence_view(sentence: &meaning::Sentence) -> SentenceView {
    SentenceView {
        key: sentence.template.key().to_owned(),
        pattern: sentence.template.english().to_owned(),
        slots: sentence
            .slots
            .iter()
            .map(|slot| SlotView {
                name: slot.name.to_owned(),
                text: slot.text.clone(),
                tone: tone(slot.tone),
                exact: slot.exact.clone(),
            })
            .collect(),
    }
}
