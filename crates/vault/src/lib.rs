//! The sealed envelope that keeps secrets at rest.
//!
//! A random *data key* seals one record per keyring (AES-256-GCM). Each *slot* wraps the data key for one way to open
//! the vault: a password, whose key the caller derives by Argon2id. `docs/vault-format.md` has the bytes.
//!
//! [`copies`] frames the vault's bytes for storage and picks the newest good one of several copies.

pub mod copies;
mod crypto;
mod kdf_params;
mod reader;
mod record;
mod slot;
mod vault;

pub use crypto::{DataKey, KeyEncryptionKey};
pub use kdf_params::{KdfParams, KdfParamsError};
pub use record::RecordId;
pub use slot::{PasskeySlot, PasswordSlot, Salt, Slot, SlotId, SlotKind};
pub use vault::{ChangeError, OpenError, UnsealError, Vault, VaultError};
