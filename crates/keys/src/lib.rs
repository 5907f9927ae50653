//! Recovery phrases, derivation paths and account keys.
//!
//! A recovery phrase (BIP-39) gives a seed, a seed and a path (BIP-32, BIP-44) give an account's private key, and
//! that gives its address. Everything is a pure function; randomness for a new phrase comes in as its entropy.

mod account;
mod custom;
mod family;
pub mod keyring;
mod language;
mod nearest;
mod normal;
mod path;
mod phrase;
mod report;
mod search;
mod typed;
mod walk;
mod word;

pub use account::{KeyError, PrivateKey};
pub use custom::CustomPathError;
pub use family::Family;
pub use language::Language;
pub use nearest::NearWords;
pub use normal::Nfkd;
pub use path::{DerivationPath, PathError};
pub use phrase::{EntropyLengthError, Phrase, PhraseError, Seed};
pub use report::{Checksum, PhraseReport, inspect};
pub use search::{Progress, Search};
pub use walk::Walk;
pub use word::{Verdict, WordReport};
