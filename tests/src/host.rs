//! The browser around one wallet: pages, windows, alarms, the clock, and the end of the worker at any moment.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use candor_primitives::Millis;
use candor_protocol::{
    host::{AlarmName, Effect, Event, Sender},
    page::{FromPage, Outcome},
};
use candor_wallet::Wallet;
use serde_json::Value;

use crate::{
    net::Net,
    page::{Page, PageId, Promised},
    platform::TestPlatform,
    storage::Storage,
};

/// Who waits at the other end of a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Peer {
    Page(PageId, u64),
    Surface,
    Stranger,
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
    pub(crate) wallet: Option<Wallet>,
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
    /// Our own pages that were opened in tabs.
    pub tabs_shown: Vec<String>,
    /// On the toolbar button.
    pub badge: String,
    /// What the system told the person: title, text, and where it leads.
    pub told: Vec<(String, String, String)>,
    /// Which scripts pages get: whether Candor claims `window.ethereum` everywhere, where it is the other way round, and
    /// where it passes for MetaMask.
    pub page_scripts: (bool, Vec<String>, Vec<String>),
    /// How many single steps were taken: events begun and effects done.
    pub steps: usize,
    /// The step after which the core is lost, once.
    pub kill_at: Option<usize>,
    /// Everything that happened, unless it is switched off.
    pub log: Vec<Logged>,
    /// Whether to keep a log.
    pub logging: bool,
    pub(crate) platform: TestPlatform,
    pub(crate) channels: BTreeMap<u64, Peer>,
    pub(crate) heard: BTreeSet<u64>,
    last_channel: u64,
    pub(crate) last_window: i64,
    pub(crate) inbox: VecDeque<Event>,
    pub(crate) slow: Vec<Event>,
    /// When the core wants to hear that a request is still under way.
    pub(crate) patience: BTreeMap<u64, Millis>,
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
            tabs_shown: Vec::new(),
            badge: String::new(),
            told: Vec::new(),
            page_scripts: Default::default(),
            steps: 0,
            kill_at: None,
            log: Vec::new(),
            logging: true,
            platform: TestPlatform::default(),
            channels: BTreeMap::new(),
            heard: BTreeSet::new(),
            last_channel: 0,
            last_window: 0,
            inbox: VecDeque::new(),
            slow: Vec::new(),
            patience: BTreeMap::new(),
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
            tabs_shown: self.tabs_shown.clone(),
            net: self.net.clone(),
            pages: self.pages.clone(),
            windows: self.windows.clone(),
            alarms: self.alarms.clone(),
            badge: self.badge.clone(),
            told: self.told.clone(),
            page_scripts: self.page_scripts.clone(),
            platform: self.platform.clone(),
            channels: BTreeMap::new(),
            heard: BTreeSet::new(),
            inbox: VecDeque::new(),
            slow: Vec::new(),
            patience: BTreeMap::new(),
            answers: BTreeMap::new(),
            log: Vec::new(),
            ..*self
        }
    }

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

    /// Time passes; alarms go off when they are due, and requests that take long are noticed.
    pub fn advance(&mut self, span: Millis) {
        let end = self.now.plus(span);
        while let Some((flight, at)) = self
            .patience
            .iter()
            .min_by_key(|(_, at)| **at)
            .map(|(flight, at)| (*flight, *at))
            .filter(|(_, at)| *at <= end && self.alarms.values().all(|alarm| *alarm > at.0))
        {
            self.patience.remove(&flight);
            self.now = self.now.max(at);
            self.give(Event::Slow { flight });
        }
        while let Some((name, at)) = self
            .alarms
            .iter()
            .min_by_key(|(_, at)| **at)
            .map(|(name, at)| (*name, *at))
            .filter(|(_, at)| *at <= end.0)
        {
            self.alarms.remove(&name);
            self.now = self.now.max(Millis(at));
            self.give(Event::Alarm { name });
        }
        self.now = end;
    }

    /// The answers that slow servers held back arrive.
    pub fn release(&mut self) {
        self.patience.clear();
        self.inbox.extend(std::mem::take(&mut self.slow));
        self.run();
    }

    /// The worker is stopped. Storage and windows stay, everything in memory goes, and what waited for it notices.
    pub fn kill(&mut self) {
        self.wallet = None;
        self.slow.clear();
        self.patience.clear();
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
        self.patience.clear();
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

    /// How a promise settled, if it has: at most once.
    #[must_use]
    pub fn outcome(&self, promised: Promised) -> Option<&Outcome> {
        let promise = self.pages.get(promised.page.0)?.promises.get(&promised.n)?;
        assert!(
            promise.settled.len() <= 1,
            "{} settled more than once: {:?}",
            promise.method,
            promise.settled
        );
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
