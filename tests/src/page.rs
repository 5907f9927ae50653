//! Web pages with their content script: they send, send again when the channel closes, and count what they hear.

use std::collections::BTreeMap;

use candor_protocol::{
    host::Sender,
    page::{FromPage, Hello, Outcome, ToPage, ToRequest},
};
use serde_json::Value;

use crate::storage::EXTENSION;

/// Names a page of a [`crate::Host`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageId(pub usize);

/// Names a promise that a page holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Promised {
    /// Whose.
    pub page: PageId,
    /// Its number within the document.
    pub n: u64,
}

/// A request of a page and what it heard.
#[derive(Clone, Debug)]
pub struct Promise {
    /// The message, the same each time it is sent.
    pub text: String,
    /// The method, for transcripts.
    pub method: String,
    /// Every outcome that arrived: never more than one.
    pub settled: Vec<Outcome>,
}

/// A document.
#[derive(Clone, Debug)]
pub struct Page {
    /// As the browser says.
    pub origin: String,
    /// As the browser says.
    pub tab: i64,
    /// As the browser says.
    pub frame: i64,
    /// The address of the tab.
    pub tab_url: String,
    /// The document's random id.
    pub client: String,
    /// By number.
    pub promises: BTreeMap<u64, Promise>,
    /// What the document knows of its chain and accounts.
    pub state: Option<Hello>,
    /// The events that its page script fired: differences only.
    pub events: Vec<String>,
    /// How many pushes it got.
    pub pushes: usize,
    /// It was left.
    pub gone: bool,
}

impl Page {
    pub(crate) fn new(origin: &str, tab: i64, frame: i64, tab_url: &str, client: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            tab,
            frame,
            tab_url: tab_url.to_owned(),
            client: client.to_owned(),
            promises: BTreeMap::new(),
            state: None,
            events: Vec::new(),
            pushes: 0,
            gone: false,
        }
    }

    /// What the browser says of messages from it.
    #[must_use]
    pub fn sender(&self) -> Sender {
        Sender {
            id: Some(EXTENSION.to_owned()),
            url: Some(format!("{}/index.html", self.origin)),
            origin: Some(self.origin.clone()),
            tab: Some(self.tab),
            frame: Some(self.frame),
            tab_url: Some(self.tab_url.clone()),
        }
    }

    /// Makes the message of a new request.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> u64 {
        let n = self.promises.len() as u64 + 1;
        let changes_state = method == "eth_requestAccounts" || method.starts_with("wallet_");
        let message = FromPage::Request {
            client: self.client.clone(),
            n,
            method: method.to_owned(),
            params,
            hello: self.state.is_none() || changes_state,
        };
        let text = serde_json::to_string(&message).expect("requests are JSON");
        self.promises.insert(n, Promise { text, method: method.to_owned(), settled: Vec::new() });
        n
    }

    /// An answer arrived; says whether it was one, or a plea to send the request again.
    pub(crate) fn answered(&mut self, n: u64, body: &str) -> bool {
        let answer: ToRequest = serde_json::from_str(body).expect("answers are ToRequest");
        if let Some(hello) = answer.hello {
            self.learns(hello);
        }
        let Some(outcome) = answer.outcome else { return false };
        if let Some(promise) = self.promises.get_mut(&n) {
            promise.settled.push(outcome);
        }
        true
    }

    /// A push arrived; another document's is ignored.
    pub(crate) fn pushed(&mut self, body: &str) {
        let push: ToPage = serde_json::from_str(body).expect("pushes are ToPage");
        if push.client == self.client && !self.gone {
            self.pushes += 1;
            self.learns(push.hello);
        }
    }

    fn learns(&mut self, hello: Hello) {
        if let Some(before) = &self.state {
            if before.chain_id != hello.chain_id {
                self.events.push(format!("chainChanged {}", hello.chain_id));
            }
            if before.accounts != hello.accounts {
                self.events.push(format!("accountsChanged {}", hello.accounts.join(" ")));
            }
        }
        self.state = Some(hello);
    }
}
