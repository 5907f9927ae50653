//! The wallet core in its world: what people and pages do, what goes wrong around them, and what must never happen.
#![allow(clippy::unwrap_used, reason = "these are tests")]

mod connect;
mod kills;
mod lock;
mod setup;
mod signing;
