//! Requests of web pages, relayed by the content script. Nothing in them says who asks: that comes from the browser.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// From the content script to the background (`runtime.sendMessage`, as a JSON string).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FromPage {
    /// A JSON-RPC request. The content script keeps the channel open until [`ToRequest`] comes, and sends the very
    /// same message again when the channel closes without it, which means that the worker died.
    #[serde(rename_all = "camelCase")]
    Request {
        /// Random id of the document, made by the content script.
        client: String,
        /// Counter within that document; together with `client` and the sender's origin it names the request.
        n: u64,
        /// As the page gave it.
        method: String,
        /// As the page gave it; absent means none.
        #[serde(default)]
        params: Value,
        /// Whether the page has not heard of its chain and accounts yet.
        #[serde(default)]
        hello: bool,
    },
    /// What is new of what this document watches (subscriptions and filters)? Asks the same as often as it is sent.
    /// Answered as a request is; the result has one member for each, in order: `{ watch, news, back?, more? }`, or
    /// `null` for one that is over, because the origin's network is another one by now.
    Poll {
        /// The document, if it wants to hear of new blocks as soon as a server tells of them ([`NewBlock`]).
        #[serde(default)]
        client: String,
        /// As the last answer about each had it. Nothing in them is secret or believed.
        watches: Vec<Value>,
    },
    /// The document goes away: its waiting requests are cancelled. Has no answer.
    Gone {
        /// The document.
        client: String,
    },
}

/// The background's answer to a [`FromPage::Request`] or [`FromPage::Poll`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ToRequest {
    /// How it ended. Absent only if the wallet was replaced meanwhile: send the request again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// The origin's state, if it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hello: Option<Hello>,
}

/// What an origin may know without asking anyone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Hello {
    /// The origin's chain, canonical hexadecimal.
    pub chain_id: String,
    /// The accounts it may see, lower-case hexadecimal, the one in use first.
    pub accounts: Vec<String>,
}

/// How a request ended: `{"result":…}` or `{"error":{…}}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// EIP-1193: the result itself.
    Result(Value),
    /// EIP-1193: an error with an integer code.
    Error(PageError),
}

/// An error as a page sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageError {
    /// EIP-1193, EIP-1474, EIP-5792 or the node's own code.
    pub code: i64,
    /// One plain sentence, or the node's own message.
    pub message: String,
    /// The node's own data, unchanged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
}

/// From the background to the content script of one document (`tabs.sendMessage`, as a JSON string): the origin's
/// state after a change. The page script turns differences into events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ToPage {
    /// The document; a content script of another one ignores the message.
    pub client: String,
    /// The state.
    pub hello: Hello,
}

/// From the background to the content script of one document, as [`ToPage`]: there may be something new to ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewBlock {
    /// The document.
    pub client: String,
    /// Always true: tells this message from others.
    pub new_block: bool,
}
