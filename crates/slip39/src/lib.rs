//! A wallet's secret in shares of words, some of which bring it back (SLIP-39).
//!
//! [`split()`] makes shares of a [`MasterSecret`] after a [`Plan`]: any two of three, or so many groups of so many
//! members. Each [`Share`] is written down as 20 or 33 words. A [`ShareSet`] takes shares in any order, says which are
//! still missing, and gives the secret back. Everything is a pure function; randomness comes in as an argument.
//!
//! The standard, in its revision with the extendable backup flag:
//! <https://github.com/satoshilabs/slips/blob/master/slip-0039.md>. No crate that is kept up implements it with that
//! flag, so this one does.
//!
//! Nothing indexes a table by a secret value except the list of words. Secrets are wiped when dropped.

mod bits;
mod cipher;
mod gf256;
mod header;
mod inspect;
mod master;
mod plan;
mod progress;
mod rs1024;
mod set;
mod share;
mod sharing;
mod split;
mod typed;
mod words;

pub use header::{Header, IterationExponent};
pub use inspect::inspect;
pub use master::{MasterSecret, MasterSecretLengthError, Passphrase, PassphraseError};
pub use plan::{Group, Plan, PlanError};
pub use progress::{GroupProgress, Progress};
pub use set::{AddError, CombineError, ShareSet};
pub use share::{Share, ShareError};
pub use split::{SplitOptions, split};
