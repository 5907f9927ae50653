//! What pages may ask: one method per file, a closed table, and answers that settle once.

mod accounts;
mod add_chain;
mod chain;
mod create_session;
mod decrypt;
pub(crate) mod error;
mod forward;
mod get_calls_status;
mod get_capabilities;
mod get_encryption_public_key;
mod get_session;
mod invoke_method;
mod params;
mod permissions;
mod personal_ec_recover;
mod personal_sign;
mod revoke_session;
mod send_calls;
mod send_transaction;
mod show_calls_status;
mod switch_chain;
mod typed_data;
mod typed_data_v1;
mod typed_data_v3;
mod watch;
mod watch_asset;

pub(crate) use accounts::accounts_value;
pub(crate) use get_calls_status::StatusAsk;
pub(crate) use params::{AddressFault, typed_address};
pub(crate) use watch::Poll;

use std::collections::BTreeMap;

use candor_chain::methods::{self, MethodClass};
use candor_primitives::{ChainId, Origin};
use candor_protocol::{
    host::Effect,
    page::{Outcome, PageError, ToRequest},
};
use serde_json::Value;

use crate::{
    Wallet,
    outbox::{Outbox, Slice},
    records::{Asker, Body, Client, PageKey, Request, State},
    sender::Page,
};

/// The most documents of one tab that are told of changes.
const MOST_CLIENTS_OF_ONE_TAB: usize = 100;
/// The most documents altogether.
const MOST_CLIENTS: usize = 2000;

/// An open channel to a page.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    reply: u64,
    client: String,
    origin: Origin,
    /// Whether the page has yet to hear its chain and accounts.
    hello: bool,
}

/// What a method comes to.
pub(crate) enum Answer {
    /// At once.
    Now(Value),
    /// After a server answered; the channel went with the question.
    Forwarded,
    /// After a person answered, or when this request settles in another way.
    Wait(u64),
}

/// A page's question, with everything that decides about it.
pub(crate) struct Question<'a> {
    pub(crate) page: &'a Page,
    pub(crate) key: PageKey,
    /// The network that it is about: the origin's, unless it names another by itself.
    pub(crate) chain: ChainId,
    pub(crate) method: &'a str,
    pub(crate) params: Value,
    channel: Channel,
}

type Answered = Result<Answer, PageError>;

/// Answers a channel that has no origin.
pub(crate) fn refuse(out: &mut Outbox, reply: u64, error: PageError) {
    answer(out, reply, ToRequest { outcome: Some(Outcome::Error(error)), hello: None });
}

fn answer(out: &mut Outbox, to: u64, message: ToRequest) {
    // Outcomes hold JSON values with string keys only, which serde_json cannot fail on.
    let body = serde_json::to_string(&message).unwrap_or_else(|_| "{}".to_owned());
    out.push(Effect::Reply { to, body });
}

impl Wallet {
    /// A request of a page.
    pub(crate) fn page_request(
        &mut self,
        page: Page,
        key: PageKey,
        method: &str,
        params: Value,
        hello: bool,
        reply: u64,
    ) {
        if key.client.is_empty() || key.client.len() > 64 || key.n > (1 << 53) {
            refuse(&mut self.out, reply, error::invalid_request("The message is not a request."));
            return;
        }
        let channel = Channel { reply, client: key.client.clone(), origin: page.origin.clone(), hello };
        if let Some(known) = self.known_request(&page.origin, &key) {
            self.wait_for(known, channel);
            return;
        }
        self.remember_client(&page, &key.client);
        let chain = self.chain_of(&page.origin);
        let answered =
            self.answer_to(Question { page: &page, key, chain, method, params, channel: channel.clone() });
        match answered {
            Ok(Answer::Now(value)) => self.settle_channel(channel, Outcome::Result(value)),
            Ok(Answer::Forwarded) => {}
            Ok(Answer::Wait(request)) => self.wait_for(request, channel),
            Err(error) => self.settle_channel(channel, Outcome::Error(error)),
        }
    }

    fn answer_to(&mut self, question: Question<'_>) -> Answered {
        match question.method {
            "eth_accounts" => Ok(self.eth_accounts(&question)),
            "eth_coinbase" => Ok(self.eth_coinbase(&question)),
            "eth_requestAccounts" => self.eth_request_accounts(question),
            "eth_chainId" => Ok(Self::eth_chain_id(&question)),
            "net_version" => Ok(Self::net_version(&question)),
            "web3_clientVersion" => Ok(Answer::Now(format!("Candor/{}", env!("CARGO_PKG_VERSION")).into())),
            "personal_sign" => self.personal_sign(question),
            "personal_ecRecover" => personal_ec_recover::answer(question),
            "eth_signTypedData" | "eth_signTypedData_v1" => self.eth_sign_typed_data_v1(question),
            "eth_signTypedData_v3" => self.eth_sign_typed_data_v3(question),
            "eth_signTypedData_v4" => self.eth_sign_typed_data_v4(question),
            "eth_getEncryptionPublicKey" => self.eth_get_encryption_public_key(question),
            "eth_decrypt" => self.eth_decrypt(question),
            "eth_sendTransaction" => self.eth_send_transaction(question),
            "wallet_sendCalls" => self.wallet_send_calls(question),
            "wallet_getCallsStatus" => self.wallet_get_calls_status(question),
            "wallet_showCallsStatus" => self.wallet_show_calls_status(question),
            "wallet_getCapabilities" => self.wallet_get_capabilities(&question),
            "wallet_switchEthereumChain" => self.wallet_switch_ethereum_chain(question),
            "wallet_addEthereumChain" => self.wallet_add_ethereum_chain(question),
            "wallet_watchAsset" => self.wallet_watch_asset(question),
            "wallet_getPermissions" => Ok(self.wallet_get_permissions(&question)),
            "wallet_requestPermissions" => self.wallet_request_permissions(question),
            "wallet_revokePermissions" => self.wallet_revoke_permissions(&question),
            "wallet_createSession" => self.wallet_create_session(question),
            "wallet_getSession" => Ok(self.wallet_get_session(&question)),
            "wallet_invokeMethod" => self.wallet_invoke_method(question),
            "wallet_revokeSession" => Ok(self.wallet_revoke_session(&question)),
            method => match methods::classify(method) {
                MethodClass::Forwarded => self.forward(question),
                MethodClass::Watched => self.watch(question),
                MethodClass::Refused(reason) => Err(error::unsupported(reason)),
                MethodClass::Unknown => Err(error::unsupported(&format!(
                    "Candor does not know the method “{}”.",
                    method.chars().take(60).collect::<String>()
                ))),
            },
        }
    }

    /// A request that this very message asked for before: the worker died, or the page is impatient.
    fn known_request(&self, origin: &Origin, key: &PageKey) -> Option<u64> {
        self.requests
            .list
            .iter()
            .find(|request| match &request.asker {
                Asker::Page { origin: asker, keys, .. } => asker == origin && keys.contains(key),
                Asker::Own => false,
            })
            .map(|request| request.id)
    }

    /// Answers the channel when the request settles, or now if it has.
    fn wait_for(&mut self, id: u64, channel: Channel) {
        let state = self.requests.list.iter().find(|request| request.id == id).map(|request| &request.state);
        match state {
            Some(State::Settled(outcome)) => {
                let outcome = outcome.clone();
                self.settle_channel(channel, outcome);
            }
            Some(State::Waiting | State::Sending { .. }) => self.waiting.entry(id).or_default().push(channel),
            None => self.settle_channel(channel, Outcome::Error(error::internal())),
        }
    }

    /// Answers one channel.
    pub(crate) fn settle_channel(&mut self, channel: Channel, outcome: Outcome) {
        let hello = channel.hello.then(|| self.hello(&channel.origin));
        if let Some(hello) = &hello
            && let Some(client) = self.clients.by_id.get_mut(&channel.client)
            && client.origin == channel.origin
        {
            let told = serde_json::to_string(hello).ok();
            if client.told != told {
                client.told = told;
                self.out.touch(Slice::Clients);
            }
        }
        answer(&mut self.out, channel.reply, ToRequest { outcome: Some(outcome), hello });
    }

    /// Ends a request, once, and answers everyone who waits for it.
    pub(crate) fn settle(&mut self, id: u64, outcome: Outcome) {
        let Some(request) = self.requests.list.iter_mut().find(|request| request.id == id) else { return };
        if matches!(request.state, State::Settled(_)) {
            return;
        }
        match &request.asker {
            Asker::Own => self.requests.list.retain(|request| request.id != id),
            Asker::Page { origin, .. } => {
                let origin = origin.clone();
                // What was encrypted is not kept in the clear: it goes to who waits for it, and to nobody later.
                let kept = if matches!(request.body, Body::Decrypt { .. }) {
                    Outcome::Error(error::disconnected("The text was not kept. Ask again."))
                } else {
                    outcome.clone()
                };
                request.state = State::Settled(kept);
                request.body = Body::Ended;
                self.forget_settled(&origin);
            }
        }
        self.preparing.remove(&id);
        self.requests_changed();
        for channel in self.waiting.remove(&id).unwrap_or_default() {
            self.settle_channel(channel, outcome.clone());
        }
    }

    fn remember_client(&mut self, page: &Page, id: &str) {
        let of_tab = self.clients.by_id.values().filter(|client| client.tab == page.tab).count();
        // Beyond these, documents are not told of changes; they are served all the same.
        let room = of_tab < MOST_CLIENTS_OF_ONE_TAB && self.clients.by_id.len() < MOST_CLIENTS;
        if room && !self.clients.by_id.contains_key(id) {
            let client = Client { origin: page.origin.clone(), tab: page.tab, frame: page.frame, told: None };
            self.clients.by_id.insert(id.to_owned(), client);
            self.out.touch(Slice::Clients);
        }
    }

    /// The document is gone: nothing of it waits any longer.
    pub(crate) fn client_gone(&mut self, id: &str, origin: &Origin) {
        self.forget(&|of, _, client| client == id && of.own() == origin.own());
    }

    /// Everything of a closed tab is gone.
    pub(crate) fn tab_closed(&mut self, tab: i64) {
        self.forget(&|_, of, _| of == tab);
    }

    /// Forgets documents by their origin, tab and name, and what they asked, whether or not they were remembered.
    fn forget(&mut self, gone: &dyn Fn(&Origin, i64, &str) -> bool) {
        let before = self.clients.by_id.len();
        self.clients.by_id.retain(|id, client| !gone(&client.origin, client.tab, id));
        if self.clients.by_id.len() != before {
            self.out.touch(Slice::Clients);
        }
        let mut changed = false;
        self.requests.list.retain_mut(|request| {
            let Asker::Page { origin, tab, keys, .. } = &mut request.asker else { return true };
            let before = keys.len();
            keys.retain(|key| !gone(origin, *tab, &key.client));
            changed |= keys.len() != before;
            // What is being sent goes on without its page.
            !keys.is_empty() || matches!(request.state, State::Sending { .. })
        });
        if changed {
            let left: Vec<u64> = self.requests.list.iter().map(|request: &Request| request.id).collect();
            self.preparing.retain(|id, _| left.contains(id));
            let (stay, gone) =
                core::mem::take(&mut self.waiting).into_iter().partition(|(id, _)| left.contains(id));
            self.waiting = stay;
            let gone: BTreeMap<u64, Vec<Channel>> = gone;
            for channel in gone.into_values().flatten() {
                self.out.push(Effect::Reply { to: channel.reply, body: "{}".to_owned() });
            }
            self.requests_changed();
        }
    }
}
