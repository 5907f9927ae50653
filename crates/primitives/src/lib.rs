//! Newtypes and secrets that every other crate speaks in.
//!
//! Nothing here does IO, reads a clock or draws randomness: entropy and time are handed in by the caller.

mod chain_id;
mod entropy;
mod origin;
mod secret;
mod time;

pub use alloy_primitives::{Address, B256, Bytes, U256, address, keccak256};

pub use chain_id::{ChainId, ChainIdError};
pub use entropy::Entropy;
pub use origin::{Origin, OriginError};
pub use secret::Secret;
pub use time::Millis;
