//! The wallet's state machine: events in, effects out.
//!
//! [`Wallet::wake`] makes the state from what is stored, [`Wallet::handle`] takes one [`Event`] and returns the
//! [`Effect`]s to run in order. Nothing here does IO, reads a clock, draws randomness or waits: time and entropy are
//! arguments, everything else is an effect whose result comes back as a later event.
//!
//! Each turn ends with its writes first: whatever must outlive the event is in storage before any of its other
//! effects can be seen outside. State is either stored (a record of `records`) or volatile (channels and HTTP in
//! flight), and losing the volatile part at any moment loses nothing: pages send their request again, preparations
//! start again, signed transactions are sent again with the same bytes.

mod accounts;
mod egress;
mod gateway;
mod history;
mod lock;
mod names;
mod networks;
mod outbox;
mod portfolio;
mod preferred;
mod provider;
mod records;
mod remedies;
mod requests;
mod sender;
mod sites;
mod started_again;
mod surface;
mod tell;
mod tokens;
mod transactions;
mod undo;
mod vault;
mod wake;

use std::collections::{BTreeMap, BTreeSet};

use candor_primitives::{Millis, Platform};
use candor_protocol::host::{AlarmName, Effect, Event, Sender};
use candor_protocol::page::FromPage;

use crate::{
    outbox::{Outbox, Slice},
    provider::Channel,
    records::{
        Accounts, Clients, Guard, Networks, Requests, Session, Settings, Setup, Sites, Tokens, Transactions,
        Window,
    },
    sender::{Caller, Identity},
    vault::VaultState,
};

/// The whole wallet.
#[derive(Debug)]
pub struct Wallet {
    identity: Identity,
    /// The moment of the event being handled.
    now: Millis,
    vault: VaultState,
    accounts: Accounts,
    networks: Networks,
    sites: Sites,
    settings: Settings,
    setup: Setup,
    guard: Guard,
    tokens: Tokens,
    contacts: records::Contacts,
    /// What accounts had when it was last asked for.
    remembered: records::Portfolio,
    portfolio: portfolio::Looking,
    /// What came to accounts and left them, as contracts say.
    history: records::History,
    searching: history::Searching,
    names: names::Names,
    transactions: Transactions,
    session: Option<Session>,
    requests: Requests,
    clients: Clients,
    window: Window,
    /// Records that could not be read but may be one day: they are not written over but beside.
    meanwhile: BTreeSet<Slice>,
    /// The approval window was asked for and has not been reported yet.
    window_opening: bool,
    /// Open channels of pages that wait for a request to settle.
    waiting: BTreeMap<u64, Vec<Channel>>,
    preparing: BTreeMap<u64, requests::Preparation>,
    /// Numbers the rounds of preparing, and questions that take several answers.
    last_round: u64,
    /// Questions of pages for the state of calls.
    status_asks: BTreeMap<u64, provider::StatusAsk>,
    /// When a page last had the wallet show what was sent.
    status_shown: Option<Millis>,
    gateway: gateway::Gateway,
    ledger: egress::Ledger,
    out: Outbox,
}

impl Wallet {
    /// Handles one event at a moment, and says what to do.
    pub fn handle(&mut self, event: Event, now: Millis, platform: &mut dyn Platform) -> Vec<Effect> {
        self.now = now;
        self.lock_if_due();
        match event {
            Event::Message { sender, text, reply } => self.message(&sender, &text, reply, platform),
            Event::Http { flight, result } => self.http_ended(flight, &result),
            Event::Slow { flight } => self.http_lags(flight),
            Event::WindowOpened { window } => self.window_opened(window),
            Event::WindowClosed { window } => self.window_closed(window),
            Event::TabClosed { tab } => self.tab_closed(tab),
            Event::SystemLocked {} if self.settings.lock_with_system => self.lock(),
            Event::SystemLocked {} => {}
            Event::LockKeys {} => self.lock(),
            // Too early, by a clock that was moved or an alarm that was: it is needed again.
            Event::Alarm { name: AlarmName::Lock } => self.set_lock_alarm(),
            Event::Alarm { name: AlarmName::Watch } => {
                self.undo_ended();
                self.watch_transactions();
            }
            Event::Alarm { name: AlarmName::Undo } => self.undo_ended(),
        }
        self.keep_ledger();
        self.end_turn()
    }

    fn message(&mut self, sender: &Sender, text: &str, reply: u64, platform: &mut dyn Platform) {
        match self.identity.classify(sender) {
            Caller::Surface => self.surface_call(text, reply, platform),
            Caller::Page(page) => match serde_json::from_str::<FromPage>(text) {
                Ok(FromPage::Request { client, n, method, params, hello }) => {
                    self.page_request(page, records::PageKey { client, n }, &method, params, hello, reply);
                }
                Ok(FromPage::Poll { client, watches }) => self.page_poll(page, &client, &watches, reply),
                Ok(FromPage::Gone { client }) => self.farewell(&client, sender, reply),
                Err(_) => provider::refuse(
                    &mut self.out,
                    reply,
                    provider::error::invalid_request("The message is not a request."),
                ),
            },
            Caller::Denied if self.identity.is_ours(sender) => match serde_json::from_str::<FromPage>(text) {
                Ok(FromPage::Gone { client }) => self.farewell(&client, sender, reply),
                _ => self.deny(reply),
            },
            Caller::Denied => self.deny(reply),
        }
    }

    /// A document was left. The tab may show another page by now, so only its own origin counts, and the name that
    /// nobody else knows.
    fn farewell(&mut self, client: &str, sender: &Sender, reply: u64) {
        if let Some(origin) = sender::own_origin_of(sender) {
            self.client_gone(client, &origin);
        }
        self.out.push(Effect::Reply { to: reply, body: "{}".to_owned() });
    }

    fn deny(&mut self, reply: u64) {
        let why = "This page has no web address of its own, so it cannot be given access to a wallet.";
        provider::refuse(&mut self.out, reply, provider::error::unauthorized(why));
    }
}
