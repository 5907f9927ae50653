//! What is stored: the only serializable types of the core, one record per storage key.
//!
//! A record is text: `candor:<key>:<version>:<checksum>:<JSON>`. What is on disk is there twice, under `<key>` and
//! `<key>.copy`: either will do, and heals the other. A record that cannot be read is never treated as empty: before it
//! is written over, its remains go to `<key>.kept.<checksum>`. One that the browser failed to hand over, or that a newer
//! Candor wrote, is not written over at all: what changes goes to `<key>.meanwhile` until it can be read, and then joins
//! it as far as [`Record::absorb`] says.
//!
//! A changed shape is a new version: raise [`Record::VERSION`], move the old type with its serde attributes into a module
//! `<record>/v<n>.rs` that is never edited again, turn it into the new one in [`Record::of_version`], and leave its text
//! in `pinned.rs`, where it must open for ever.

mod accounts;
mod clients;
mod codec;
mod contacts;
mod egress;
mod fees;
mod history;
mod networks;
#[cfg(test)]
mod pinned;
mod portfolio;
mod requests;
mod session;
mod sites;
mod state;
mod tokens;
mod transactions;

pub(crate) use accounts::{Account, Accounts};
pub(crate) use clients::{Client, Clients};
pub(crate) use codec::{Record, RecordError, copy_key, decode, encode, kept_key, meanwhile_key};
pub(crate) use contacts::{Contact, Contacts};
pub(crate) use egress::{Egress, EgressLately, EgressRow, Topic};
pub(crate) use fees::{Basis, FeeChoice, FeesChosen, Market, Price};
pub(crate) use history::{History, HistoryOn, Moved, believable};
pub(crate) use networks::{CustomNetwork, Networks, Servers};
#[cfg(test)]
pub(crate) use portfolio::Had;
pub(crate) use portfolio::{FoundPrice, HadOn, Held, Portfolio};
pub(crate) use requests::{
    Asked, AskedAccessList, AskedFees, Asker, AssetDraft, Body, ConnectAnswer, Fixed, PageKey, Problem,
    Refusal, Request, Requests, State, TokenFacts, TransactionDraft, TypedDataVersion,
};
pub(crate) use session::Session;
pub(crate) use sites::{Site, Sites};
pub(crate) use state::{Guard, Settings, Setup, SetupStep, ThemeChoice, Window};
pub(crate) use tokens::{Token, TokenKind, Tokens};
pub(crate) use transactions::{Batch, Replaces, Sent, Transactions, TxState};
