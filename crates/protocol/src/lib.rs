//! Messages between pages, surfaces and the background: the only crate whose types cross a boundary as JSON.
//!
//! * [`ui`] — typed calls from the wallet's own pages to the background, and their replies.
//! * [`view`] — what those replies carry for a person to see.
//! * [`portfolio`] — what an account has over networks, and what that is worth.
//! * [`history`] — what came to an account and left it, as contracts say.
//! * [`notice`] — small hints from the background that something changed.
//! * [`fees`] — what a transaction costs, how long it takes, and what a person may choose of that.
//! * [`import`] — typed calls to the worker that reads phrases, shares and key files.
//! * [`egress`] — whom the wallet ever asked.
//! * [`servers`] — how the servers of networks are.
//! * [`contacts`] — the people that the user gave a name.
//! * [`names`] — names that stand for addresses.
//! * [`recipient`] — what is shown of the receiver of a transfer.
//! * [`page`] — requests of web pages, relayed by the content script.
//! * [`host`] — events and effects between the core and `background.js`.
//!
//! Every message travels as one JSON string, so that Chrome and Firefox agree on its encoding. Amounts are decimal
//! strings of exact integers or exact decimals, never floating-point numbers.

mod calls;
pub mod contacts;
pub mod egress;
pub mod fees;
pub mod history;
pub mod host;
pub mod import;
pub mod life;
pub mod names;
pub mod notice;
pub mod page;
pub mod portfolio;
pub mod recipient;
pub mod scan;
pub mod servers;
pub mod ui;
pub mod view;

/// Raised whenever the shape of a message changes; a surface of another version asks to be reloaded.
pub const VERSION: u32 = 1;
