//! `background.js`, simulated: events in, effects out, and an end at any moment.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use candor_primitives::Millis;
use candor_protocol::{
    host::{AlarmName, Effect, Event, HttpResult, Sender},
    page::{FromPage, Outcome},
};
use candor_wallet::Wallet;
use serde_json::Value;

use crate::{
    entropy::Counter,
    log::{effect_line, event_line},
    net::{Net, Posted},
    page::{Page, PageId, Promised},
    storage::Storage,
};

/// Who waits at the other end of a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Peer {
    Page(PageId, u64),
    Surface,
    Stranger,
}

/// Why a batch of effects ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Done,
    Killed,
    Full,
    Locked,
}

/// What a surface or a stranger heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// This.
    Body(String),
    /// The channel closed.
    Closed,
}

/// A line of the log, with the effect if it is one.
#[derive(Clone, Debug)]
pub struct Logged {
    /// To read.
    pub line: String,
    /// To search.
    pub effect: Option<Effect>,
}

/// The browser around one wallet.
#[derive(Debug)]
pub struct Host {
    wallet: Option<Wallet>,
    /// What lasts.
    pub storage: Storage,
    /// Servers.
    pub net: Net,
    /// Documents.
    pub pages: Vec<Page>,
    /// The clock.
    pub now: Millis,
    /// Open windows of the wallet.
    pub windows: BTreeSet<i64>,
    /// Alarms that are set.
    pub alarms: BTreeMap<AlarmName, u64>,
    /// On the toolbar button.
    pub badge: String,
    /// How many single steps were taken: events begun and effects done.
    pub steps: usize,
    /// The step after which the core is lost, once.
    pub kill_at: Option<usize>,
    /// Everything that happened, unless it is switched off.
    pub log: Vec<Logged>,
    /// Whether to keep a log.
    pub logging: bool,
    entropy: Counter,
    channels: BTreeMap<u64, Peer>,
    heard: BTreeSet<u64>,
    last_channel: u64,
    last_window: i64,
    inbox: VecDeque<Event>,
    slow: Vec<Event>,
    pub(crate) answers: BTreeMap<u64, Heard>,
}

impl Default for Host {
    fn default() -> Self {
        Self {
            wallet: None,
            storage: Storage::default(),
            net: Net::default(),
            pages: Vec::new(),
            now: Millis(1_700_000_000_000),
            windows: BTreeSet::new(),
            alarms: BTreeMap::new(),
            badge: String::new(),
            steps: 0,
            kill_at: None,
            log: Vec::new(),
            logging: true,
            entropy: Counter::default(),
            channels: BTreeMap::new(),
            heard: BTreeSet::new(),
            last_channel: 0,
            last_window: 0,
            inbox: VecDeque::new(),
            slow: Vec::new(),
            answers: BTreeMap::new(),
        }
    }
}

impl Host {
    /// The same world with the core asleep, to go another way from here.
    #[must_use]
    pub fn fork(&self) -> Self {
        assert!(self.channels.is_empty() && self.inbox.is_empty(), "only a world at rest can be copied");
        Self {
            wallet: None,
            storage: self.storage.clone(),
            net: self.net.clone(),
            pages: self.pages.clone(),
            windows: self.windows.clone(),
            alarms: self.alarms.clone(),
            badge: self.badge.clone(),
            entropy: self.entropy.clone(),
            channels: BTreeMap::new(),
            heard: BTreeSet::new(),
            inbox: VecDeque::new(),
            slow: Vec::new(),
            answers: BTreeMap::new(),
            log: Vec::new(),
            ..*self
        }
    }

    // ——— what the browser does ———

    /// A new document in a new tab.
    pub fn open_page(&mut self, origin: &str) -> PageId {
        let tab = self.pages.len() as i64 + 1;
        self.open_frame(origin, tab, 0, &format!("{origin}/"))
    }

    /// A new document in a frame of a tab.
    pub fn open_frame(&mut self, origin: &str, tab: i64, frame: i64, tab_url: &str) -> PageId {
        let client = format!("client-{}", self.pages.len() + 1);
        self.pages.push(Page::new(origin, tab, frame, tab_url, &client));
        PageId(self.pages.len() - 1)
    }

    /// A document.
    pub fn page(&mut self, id: PageId) -> &mut Page {
        self.pages.get_mut(id.0).expect("pages are never removed")
    }

    /// A page asks; everything that can happen at once happens.
    pub fn ask(&mut self, page: PageId, method: &str, params: Value) -> Promised {
        let n = self.page(page).request(method, params);
        self.send_again(page, n);
        self.run();
        Promised { page, n }
    }

    /// A page sends the message of a request, for the first time or again.
    pub fn send_again(&mut self, page: PageId, n: u64) {
        let sender = self.page(page).sender();
        let text = self.page(page).promises.get(&n).map(|promise| promise.text.clone()).expect("a request");
        self.post(Peer::Page(page, n), sender, text);
    }

    /// Someone sends a message; says the name of the channel.
    pub fn message_from(&mut self, sender: Sender, text: &str) -> u64 {
        let reply = self.post(Peer::Stranger, sender, text.to_owned());
        self.run();
        reply
    }

    pub(crate) fn message_from_surface(&mut self, text: String) -> u64 {
        let sender = Sender {
            id: Some(crate::storage::EXTENSION.to_owned()),
            url: Some(format!("{}page.html", crate::storage::BASE_URL)),
            ..Sender::default()
        };
        let reply = self.post(Peer::Surface, sender, text);
        self.run();
        reply
    }

    /// What came through a channel of a stranger or a surface.
    pub fn heard(&mut self, reply: u64) -> Option<Heard> {
        self.answers.remove(&reply)
    }

    fn post(&mut self, peer: Peer, sender: Sender, text: String) -> u64 {
        self.last_channel += 1;
        let reply = self.last_channel;
        self.channels.insert(reply, peer);
        self.inbox.push_back(Event::Message { sender, text, reply });
        reply
    }

    /// A document goes away.
    pub fn leave(&mut self, page: PageId) {
        self.forget_channels_of(page);
        let (sender, client) = (self.page(page).sender(), self.page(page).client.clone());
        let text = serde_json::to_string(&FromPage::Gone { client }).expect("messages are JSON");
        self.message_from(sender, &text);
    }

    /// A tab is closed without a word of its documents.
    pub fn close_tab(&mut self, tab: i64) {
        let closed: Vec<PageId> =
            (0..self.pages.len()).map(PageId).filter(|page| self.pages[page.0].tab == tab).collect();
        for page in closed {
            self.forget_channels_of(page);
        }
        self.give(Event::TabClosed { tab });
    }

    fn forget_channels_of(&mut self, page: PageId) {
        self.page(page).gone = true;
        self.channels.retain(|_, peer| !matches!(peer, Peer::Page(of, _) if *of == page));
    }

    /// A person closes the wallet's windows.
    pub fn close_windows(&mut self) {
        for window in std::mem::take(&mut self.windows) {
            self.give(Event::WindowClosed { window });
        }
    }

    /// Time passes; alarms go off when they are due.
    pub fn advance(&mut self, span: Millis) {
        let end = self.now.plus(span);
        while let Some((name, at)) =
            self.alarms.iter().min_by_key(|(_, at)| **at).map(|(name, at)| (*name, *at)).filter(|(_, at)| *at <= end.0)
        {
            self.alarms.remove(&name);
            self.now = self.now.max(Millis(at));
            self.give(Event::Alarm { name });
        }
        self.now = end;
    }

    /// The answers that slow servers held back arrive.
    pub fn release(&mut self) {
        self.inbox.extend(std::mem::take(&mut self.slow));
        self.run();
    }

    /// The worker is stopped. Storage and windows stay, everything in memory goes, and what waited for it notices.
    pub fn kill(&mut self) {
        self.wallet = None;
        self.slow.clear();
        self.inbox.retain(|event| {
            matches!(event, Event::WindowClosed { .. } | Event::TabClosed { .. } | Event::Alarm { .. })
        });
        let open: Vec<u64> = self.channels.keys().copied().collect();
        self.close(&open);
    }

    /// The browser is closed and started: only what is on disk is left.
    pub fn restart_browser(&mut self) {
        self.wallet = None;
        self.storage.session.clear();
        self.windows.clear();
        self.inbox.clear();
        self.slow.clear();
        self.channels.clear();
        self.pages.iter_mut().for_each(|page| page.gone = true);
        self.wake();
    }

    /// The core is made ready without an event.
    pub fn wake(&mut self) {
        self.awake();
        self.run();
    }

    /// Whether the core is running.
    #[must_use]
    pub const fn is_awake(&self) -> bool {
        self.wallet.is_some()
    }

    /// What the core would print.
    #[must_use]
    pub const fn wallet_for_developers(&self) -> Option<&Wallet> {
        self.wallet.as_ref()
    }

    // ——— what background.js does ———

    /// Gives the core an event, and all that follows from it.
    pub fn give(&mut self, event: Event) {
        self.inbox.push_back(event);
        self.run();
    }

    /// Works until nothing is left to do at this moment.
    pub fn run(&mut self) {
        while let Some(event) = self.inbox.pop_front() {
            self.turn(event);
        }
    }

    fn turn(&mut self, event: Event) {
        if self.dies() && !matches!(event, Event::WindowClosed { .. } | Event::TabClosed { .. } | Event::Alarm { .. })
        {
            // A message's channel is closed by now, and a flight's answer has nowhere to go.
            return;
        }
        self.awake();
        let own = match &event {
            Event::Message { reply, .. } => Some(*reply),
            _ => None,
        };
        self.heard.extend(own);
        if self.logging {
            let who = own.map(|reply| self.name_of(reply)).unwrap_or_default();
            self.log.push(Logged { line: event_line(&event, &who), effect: None });
        }
        let Some(wallet) = &mut self.wallet else { return };
        let effects = wallet.handle(event, self.now, &mut self.entropy);
        match self.perform(effects) {
            End::Done | End::Killed => {}
            End::Full => {
                own.into_iter().for_each(|reply| self.refuse_storage(reply));
                self.end();
                self.awake();
            }
            End::Locked => {
                self.end();
                self.awake();
            }
        }
    }

    fn awake(&mut self) {
        for _ in 0..3 {
            if self.wallet.is_some() {
                return;
            }
            let (wallet, effects) = Wallet::wake(&self.storage.stored(), self.now);
            self.wallet = Some(wallet);
            if matches!(self.perform(effects), End::Full | End::Locked) {
                self.end();
            }
        }
    }

    /// The instance goes; messages that it was not given wait for the next one.
    fn end(&mut self) {
        self.wallet = None;
        self.slow.clear();
        self.inbox.retain(|event| !matches!(event, Event::Http { .. }));
        let heard: Vec<u64> =
            self.channels.keys().copied().filter(|reply| self.heard.contains(reply)).collect();
        self.close(&heard);
    }

    fn close(&mut self, channels: &[u64]) {
        for reply in channels {
            match self.channels.remove(reply) {
                Some(Peer::Page(page, n)) => self.send_again(page, n),
                Some(Peer::Surface | Peer::Stranger) => {
                    self.answers.insert(*reply, Heard::Closed);
                }
                None => {}
            }
        }
    }

    fn refuse_storage(&mut self, reply: u64) {
        let body = match self.channels.get(&reply) {
            Some(Peer::Page(..)) => r#"{"outcome":{"error":{"code":-32603,"message":"storage"}}}"#,
            _ => r#"{"err":{"code":"storage","title":"storage","text":""}}"#,
        };
        self.answer(reply, body);
    }

    /// Counts a step, and kills if it is the one.
    fn dies(&mut self) -> bool {
        self.steps += 1;
        let now = self.kill_at == Some(self.steps);
        if now {
            self.kill_at = None;
            if self.logging {
                self.log.push(Logged { line: "✂".to_owned(), effect: None });
            }
            self.kill();
        }
        now
    }

    fn perform(&mut self, effects: Vec<Effect>) -> End {
        for index in 0..effects.len() {
            let Some(effect) = effects.get(index) else { break };
            if self.logging {
                let who = match effect {
                    Effect::Reply { to, .. } => self.name_of(*to),
                    _ => String::new(),
                };
                let line = format!("  {}", effect_line(effect, &who));
                self.log.push(Logged { line, effect: Some(effect.clone()) });
            }
            match effect {
                Effect::Replace => {
                    assert_eq!(index + 1, effects.len(), "Replace is always last");
                    return End::Locked;
                }
                Effect::Store { area, key, value } => {
                    if self.storage.write(*area, key, value.as_deref()).is_err() {
                        return self.drop_rest(&effects[index..]);
                    }
                }
                Effect::StoreVault { copy, frame } => {
                    if self.storage.write_vault(*copy, frame).is_err() {
                        return self.drop_rest(&effects[index..]);
                    }
                    if self.dies() {
                        return End::Killed;
                    }
                    self.storage.write_mirror(frame);
                }
                other => self.act(other),
            }
            if self.dies() {
                return End::Killed;
            }
        }
        End::Done
    }

    fn drop_rest(&mut self, effects: &[Effect]) -> End {
        for effect in effects {
            if let Effect::Reply { to, .. } = effect {
                self.refuse_storage(*to);
            }
        }
        End::Full
    }

    fn act(&mut self, effect: &Effect) {
        match effect {
            Effect::Reply { to, body } => self.answer(*to, body),
            Effect::Http { flight, url, body, .. } => {
                let arrived = |result: HttpResult| Event::Http { flight: *flight, result };
                match self.net.post(url, body) {
                    Posted::Now(result) => self.inbox.push_back(arrived(result)),
                    Posted::Later(result) => self.slow.push(arrived(result)),
                }
            }
            Effect::Push { tab, frame, body } => {
                for page in self.pages.iter_mut().filter(|page| page.tab == *tab && page.frame == *frame) {
                    page.pushed(body);
                }
            }
            Effect::OpenApproval { .. } => {
                let open = self.windows.first().copied().unwrap_or_else(|| {
                    self.last_window += 1;
                    self.last_window
                });
                self.windows.insert(open);
                self.inbox.push_back(Event::WindowOpened { window: Some(open) });
            }
            Effect::CloseWindow { window } => {
                if self.windows.remove(window) {
                    self.inbox.push_back(Event::WindowClosed { window: *window });
                }
            }
            Effect::SetAlarm { name, at_ms } => {
                self.alarms.insert(*name, *at_ms);
            }
            Effect::ClearAlarm { name } => {
                self.alarms.remove(name);
            }
            Effect::Badge { text } => text.clone_into(&mut self.badge),
            Effect::Notice { .. }
            | Effect::FocusWindow { .. }
            | Effect::Store { .. }
            | Effect::StoreVault { .. }
            | Effect::Replace => {}
        }
    }

    fn answer(&mut self, reply: u64, body: &str) {
        match self.channels.remove(&reply) {
            Some(Peer::Page(page, n)) => {
                if !self.page(page).answered(n, body) {
                    self.send_again(page, n);
                }
            }
            Some(Peer::Surface | Peer::Stranger) => {
                self.answers.insert(reply, Heard::Body(body.to_owned()));
            }
            None => {}
        }
    }

    fn name_of(&self, reply: u64) -> String {
        match self.channels.get(&reply) {
            Some(Peer::Page(page, n)) => {
                let origin = self.pages.get(page.0).map(|page| page.origin.as_str()).unwrap_or_default();
                format!("{} #{n}", origin.trim_start_matches("https://"))
            }
            Some(Peer::Surface) => "surface".to_owned(),
            Some(Peer::Stranger) => "stranger".to_owned(),
            None => "nobody".to_owned(),
        }
    }

    // ——— what tests look at ———

    /// How a promise settled, if it has: at most once.
    #[must_use]
    pub fn outcome(&self, promised: Promised) -> Option<&Outcome> {
        let promise = self.pages.get(promised.page.0)?.promises.get(&promised.n)?;
        assert!(promise.settled.len() <= 1, "{} settled more than once: {:?}", promise.method, promise.settled);
        promise.settled.first()
    }

    /// The result of a promise.
    #[must_use]
    pub fn result(&self, promised: Promised) -> Value {
        match self.outcome(promised) {
            Some(Outcome::Result(value)) => value.clone(),
            other => panic!("expected a result, got {other:?}"),
        }
    }

    /// Code and message of the error of a promise.
    #[must_use]
    pub fn error(&self, promised: Promised) -> (i64, String) {
        match self.outcome(promised) {
            Some(Outcome::Error(error)) => (error.code, error.message.clone()),
            other => panic!("expected an error, got {other:?}"),
        }
    }

    /// The lines of the log since it had this length.
    #[must_use]
    pub fn transcript(&self, since: usize) -> String {
        self.log.iter().skip(since).map(|logged| format!("{}\n", logged.line)).collect()
    }
}
