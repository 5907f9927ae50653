//! Newtypes and secrets that every other crate speaks in.
//!
//! Nothing here does IO, reads a clock or draws randomness: entropy, time and Unicode tables are handed in by the
//! caller.

mod chain_id;
mod entropy;
mod origin;
mod platform;
mod secret;
mod time;
mod unicode;

pub use alloy_primitives::{Address, B256, Bytes, U256, U512, address, keccak256};

pub use chain_id::{ChainId, ChainIdError};
pub use entropy::Entropy;
pub use origin::{Origin, OriginError};
pub use platform::Platform;
pub use secret::Secret;
pub use time::Millis;
pub use unicode::Unicode;
