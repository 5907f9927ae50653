//! Key files: a private key under a password, as other wallets and nodes write it (Web3 Secret Storage Definition,
//! version 3, also called keystore V3).
//!
//! Opening takes two steps, because the first takes seconds and hundreds of MiB and so belongs to a worker:
//!
//! 1. [`Keystore::parse`] reads the file, [`Keystore::kdf`] says how to turn the password into 32 bytes, and
//!    [`derive`] or the worker does that;
//! 2. [`Keystore::open`] takes these 32 bytes and gives the private key.
//!
//! Writing goes the other way: [`KdfParams::standard`], then [`derive`], then [`seal`].

mod fields;
mod kdf;
mod keystore;

pub use fields::ParseError;
pub use kdf::{DerivedKey, KdfError, KdfFunction, KdfParams, NotEnoughMemory, derive};
pub use keystore::{Keystore, MAX_LENGTH, OpenError, seal};
