//! Payload to digest to signature; and messages encrypted for an account.
//!
//! Everything here is a pure function of its arguments. Keys come in by reference, are used inside one call and
//! leave no copy behind; nonces of signatures are deterministic (RFC 6979), so no randomness is needed.

pub mod encryption;
pub mod message;
mod signature;
pub mod transaction;
pub mod typed_data;

pub use signature::{InvalidKey, PrivateKeyBytes, address_of, recover, sign_digest};
pub use typed_data::{LegacyTypedData, TypedData, TypedDataError};
