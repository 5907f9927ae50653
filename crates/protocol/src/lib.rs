//! Messages between pages, surfaces and the background: the only crate whose types cross a boundary as JSON.
//!
//! * [`ui`] — typed calls from the wallet's own pages to the background, and their replies.
//! * [`view`] — what those replies carry for a person to see.
//! * [`notice`] — small hints from the background that something changed.
//! * [`import`] — typed calls to the worker that reads phrases, shares and key files.
//! * [`page`] — requests of web pages, relayed by the content script.
//! * [`host`] — events and effects between the core and `background.js`.
//!
//! Every message travels as one JSON string, so that Chrome and Firefox agree on its encoding. Amounts are decimal
//! strings of exact integers or exact decimals, never floating-point numbers.

mod calls;
pub mod host;
pub mod import;
pub mod life;
pub mod notice;
pub mod page;
pub mod ui;
pub mod view;

/// Raised whenever the shape of a message changes; a surface of another version asks to be reloaded.
pub const VERSION: u32 = 1;
