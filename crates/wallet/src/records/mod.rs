//! What is stored: the only serializable types of the core, one record per storage key.
//!
//! A record is text: `candor:<key>:<version>:<checksum>:<JSON>`. What is on disk is there twice, under `<key>` and
//! `<key>.copy`: either will do, and heals the other. A record that cannot be read is never treated as empty: it is kept
//! aside under `<key>.damaged`, and one that the browser failed to hand over is not written until it could be read. Once a release exists, a changed shape gets a new version and the old one stays readable in a frozen module.

mod accounts;
mod clients;
mod codec;
mod networks;
#[cfg(test)]
mod pinned;
mod requests;
mod session;
mod sites;
mod state;
mod transactions;

pub(crate) use accounts::{Account, Accounts};
pub(crate) use clients::{Client, Clients};
pub(crate) use codec::{Record, copy_key, decode, encode};
pub(crate) use networks::{CustomNetwork, Networks, Servers};
pub(crate) use requests::{
    Asked, AskedAccessList, AskedFees, Asker, Body, Fixed, PageKey, Problem, Refusal, Request, Requests,
    State, TokenFacts, TransactionDraft,
};
pub(crate) use session::Session;
pub(crate) use sites::{Site, Sites};
pub(crate) use state::{Guard, Settings, Setup, SetupStep, ThemeChoice, Window};
pub(crate) use transactions::{Sent, Transactions, TxState};
