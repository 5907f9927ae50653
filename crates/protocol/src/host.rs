//! What passes between the wallet core and `background.js`, its host: events in, effects out, as JSON.
//!
//! The host holds no policy. It turns browser events into [`Event`]s, runs [`Effect`]s in order, and waits for each
//! `Store` and `StoreVault` before it goes on, so that nothing is visible outside before it is in storage. If such a
//! write fails, it drops the rest of that batch, answers the batch's replies with a storage error and replaces the
//! instance, whose successor starts from what is stored.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Everything that is stored, read one key at a time, each with its own failure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stored {
    /// `runtime.id`.
    pub extension_id: String,
    /// `runtime.getURL("")`.
    pub base_url: String,
    /// `storage.local`, all but the vault copies.
    pub local: BTreeMap<String, Read>,
    /// `storage.session`. Empty on a cold start.
    pub session: BTreeMap<String, Read>,
    /// `storage.local["vault.a"]`, base64.
    pub vault_a: Read,
    /// `storage.local["vault.b"]`, base64.
    pub vault_b: Read,
    /// IndexedDB `candor` / `vault` / `mirror`, base64.
    pub vault_mirror: Read,
}

/// One read of one key. "Cannot read" is never "empty".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Read {
    /// There is nothing.
    #[default]
    Absent,
    /// Reading failed, took too long, or gave something that is not text.
    Failed,
    /// The stored text.
    Text(String),
}

impl Read {
    /// The text, if there is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Absent | Self::Failed => None,
        }
    }
}

/// Who sent a message, as the browser says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sender {
    /// `sender.id`.
    #[serde(default)]
    pub id: Option<String>,
    /// `sender.url`.
    #[serde(default)]
    pub url: Option<String>,
    /// `sender.origin`.
    #[serde(default)]
    pub origin: Option<String>,
    /// `sender.tab.id`.
    #[serde(default)]
    pub tab: Option<i64>,
    /// `sender.frameId`.
    #[serde(default)]
    pub frame: Option<i64>,
    /// `sender.tab.url`.
    #[serde(default)]
    pub tab_url: Option<String>,
}

/// Something happened. Tagged from outside, as in `{"tabClosed":{"tab":8}}`: the decoder for a tag inside is three
/// times as large.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Event {
    /// `runtime.onMessage`: a [`crate::page::FromPage`] of a content script, or a [`crate::ui::AnyCall`] of our page.
    Message {
        /// As the browser says.
        sender: Sender,
        /// The JSON string.
        text: String,
        /// Names the open channel for [`Effect::Reply`].
        reply: u64,
    },
    /// An [`Effect::Http`] ended.
    Http {
        /// Its name.
        flight: u64,
        /// The body of a 2xx or JSON answer, or why there is none.
        result: HttpResult,
    },
    /// An [`Effect::Http`] goes on for longer than the core wanted to wait for it alone.
    Slow {
        /// Its name.
        flight: u64,
    },
    /// The approval window opened, or could not be opened.
    WindowOpened {
        /// Its id.
        window: Option<i64>,
    },
    /// A window closed.
    WindowClosed {
        /// Its id.
        window: i64,
    },
    /// A tab closed.
    TabClosed {
        /// Its id.
        tab: i64,
    },
    /// The computer was locked, where the browser says so.
    SystemLocked {},
    /// A person pressed the keys for locking, anywhere in the browser.
    LockKeys {},
    /// An alarm went off.
    Alarm {
        /// Its name.
        name: AlarmName,
    },
}

/// How a call to a server ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum HttpResult {
    /// The body, whatever the status: nodes send JSON-RPC errors with 4xx too.
    Body {
        /// HTTP status; 200 for what came over a WebSocket.
        status: u16,
        /// Text, at most 16 MiB.
        text: String,
    },
    /// No answer: refused, timed out, too large, not text.
    Failed,
}

/// Alarms that the core sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlarmName {
    /// The time to lock.
    Lock,
    /// The time to look after what was sent.
    Watch,
    /// The time until which something signed can be taken back.
    Undo,
}

/// Which storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// `storage.local`: on disk.
    Local,
    /// `storage.session`: in memory, trusted contexts only.
    Session,
}

/// Which of the two alternating copies to write; the mirror is always written after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VaultCopy {
    /// `vault.a`.
    A,
    /// `vault.b`.
    B,
}

/// Something to do, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "do")]
pub enum Effect {
    /// Writes or removes one key, and waits for it.
    Store {
        /// Where.
        area: Area,
        /// Key.
        key: String,
        /// Text, or nothing to remove it.
        value: Option<String>,
        /// A second key for the same text, in the same write.
        copy: Option<String>,
    },
    /// Writes one vault copy, then the mirror, and waits for both. Only the copy's failure is a failure.
    StoreVault {
        /// Which copy.
        copy: VaultCopy,
        /// The self-checking frame, base64.
        frame: String,
    },
    /// Answers an open channel.
    Reply {
        /// Its name.
        to: u64,
        /// JSON.
        body: String,
    },
    /// Sends a JSON-RPC call to a server and reports as [`Event::Http`]: by POST, or GET where there is no body, without
    /// cookies, referrer, or redirects to elsewhere; or, to a `ws` or `wss` address, over a WebSocket that calls share and that is closed when it was
    /// idle for a while.
    #[serde(rename_all = "camelCase")]
    Http {
        /// Its name.
        flight: u64,
        /// Where.
        url: String,
        /// JSON; a WebSocket always has some.
        body: Option<String>,
        /// When to give up.
        timeout_ms: u32,
        /// When to say [`Event::Slow`] if there is no answer by then, and still wait on.
        patience_ms: Option<u32>,
    },
    /// Sends to one frame of a tab; nobody listening is no failure.
    Push {
        /// Tab.
        tab: i64,
        /// Frame.
        frame: i64,
        /// JSON.
        body: String,
    },
    /// Sends to one frame of a tab whenever a server says over its WebSocket that there is a new block. Ends when it was
    /// not asked for again in a while, with the connection, or with the instance, without a word.
    Follow {
        /// The server's `ws` or `wss` address.
        url: String,
        /// Tab.
        tab: i64,
        /// Frame.
        frame: i64,
        /// JSON.
        body: String,
    },
    /// Sends to every open surface; nobody listening is no failure.
    Notice {
        /// JSON.
        body: String,
    },
    /// Opens the approval window, centred on the asking window, or finds the one that is open already, and reports
    /// as [`Event::WindowOpened`].
    OpenApproval {
        /// The tab that asked.
        tab: Option<i64>,
    },
    /// Opens our page in a tab, or brings the tab that shows it to the front.
    ShowTab {
        /// The part of its address after the file's name, with `#`.
        route: String,
    },
    /// Brings a window to the front.
    FocusWindow {
        /// Its id.
        window: i64,
    },
    /// Closes a window.
    CloseWindow {
        /// Its id.
        window: i64,
    },
    /// Sets an alarm. One that is due sooner than browsers wake anyone for is also kept by a timer, for as long as the
    /// worker lives; it may go off twice.
    #[serde(rename_all = "camelCase")]
    SetAlarm {
        /// Its name.
        name: AlarmName,
        /// When, milliseconds since the epoch.
        at_ms: u64,
    },
    /// Clears an alarm.
    ClearAlarm {
        /// Its name.
        name: AlarmName,
    },
    /// Shows a few characters on the toolbar button; empty means none.
    Badge {
        /// The characters.
        text: String,
    },
    /// Tells the person outside of the wallet's pages, where the browser was allowed to. A later one of the same tag
    /// takes the place of the earlier; pressed, it leads to our page, as in [`Effect::ShowTab`].
    Notify {
        /// What it is about, as nobody sees it.
        tag: String,
        /// The first line.
        title: String,
        /// What follows.
        text: String,
        /// The part of the page's address after the file's name, with `#`.
        route: String,
    },
    /// Makes these and no other scripts run in pages from their next load on, besides those of the manifest: `claim.js`
    /// where Candor is `window.ethereum`, `as-metamask.js` where it passes for MetaMask.
    #[serde(rename_all = "camelCase")]
    PageScripts {
        /// Whether `claim.js` runs everywhere.
        everywhere: bool,
        /// The origins where that is the other way round.
        except: Vec<String>,
        /// The origins with `as-metamask.js`.
        as_metamask: Vec<String>,
    },
    /// Throws the wasm instance away with its memory and starts a new one from storage. Always last. Channels still
    /// open are answered with `{}` (pages: send it again) or a `locked` error (surfaces); HTTP is aborted.
    Replace,
}
