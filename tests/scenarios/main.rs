//! The wallet core in its world: what people and pages do, what goes wrong around them, and what must never happen.
#![allow(clippy::unwrap_used, reason = "these are tests")]

mod backup;
mod broadcast;
mod calls;
mod chains;
mod connect;
mod cost;
mod discovery;
mod encryption;
mod keyrings;
mod kills;
mod kills_own;
mod limits;
mod lives;
mod lock;
mod malformed;
mod neighbour;
mod passkeys;
mod properties;
mod provider_docs;
mod records;
mod secrets;
mod servers;
mod sessions;
mod setup;
mod signing;
mod storage;
mod transactions;
mod vault_format;
mod watch;
mod watch_asset;
