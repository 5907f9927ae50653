//! Messages encrypted for an account: what `eth_getEncryptionPublicKey` and `eth_decrypt` are about.
//!
//! NaCl's `crypto_box` (X25519, XSalsa20, Poly1305) with the account's private key as the secret of X25519. Source:
//! `@metamask/eth-sig-util` 8, `encryption.ts`; the sender's key is made for one message and travels with it, so a
//! message says nothing about who wrote it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use crypto_box::{PublicKey, SalsaBox, SecretKey, aead::Aead};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::PrivateKeyBytes;

/// The only kind of encryption there is.
const VERSION: &str = "x25519-xsalsa20-poly1305";
/// The longest message that is read, in bytes of JSON.
const MAX_SIZE: usize = 200 * 1024;
/// The authentication tag before the text.
const TAG: usize = 16;

/// A message as it came: nobody has read it yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncryptedMessage {
    nonce: [u8; 24],
    sender: [u8; 32],
    sealed: Vec<u8>,
}

/// Why something is not an encrypted message. The sentences are for the makers of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncryptedMessageError {
    /// More than 200 KiB.
    #[error("it is larger than 200 KiB")]
    TooLarge,
    /// Not an object with these members and no other.
    #[error("it must be JSON with version, nonce, ephemPublicKey and ciphertext, all text, and nothing else")]
    Shape,
    /// Another kind of encryption.
    #[error("\"version\" must be x25519-xsalsa20-poly1305")]
    Version,
    /// Not base64, or not of the right length.
    #[error("\"{0}\" must be base64 of the right length")]
    Member(&'static str),
}

/// The message was made for another key or changed on its way, or is not a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the message cannot be decrypted with this key")]
pub struct CannotDecrypt;

impl EncryptedMessage {
    /// Reads the JSON of a message.
    ///
    /// # Errors
    /// Anything that is missing, malformed, unknown or too large.
    pub fn parse(json: &[u8]) -> Result<Self, EncryptedMessageError> {
        use EncryptedMessageError::{Member, Shape, TooLarge, Version};
        if json.len() > MAX_SIZE {
            return Err(TooLarge);
        }
        let value: Value = serde_json::from_slice(json).map_err(|_| Shape)?;
        let members = value.as_object().filter(|members| members.len() == 4).ok_or(Shape)?;
        let text = |name: &str| members.get(name).and_then(Value::as_str).ok_or(Shape);
        let bytes = |name: &'static str| STANDARD.decode(text(name)?).map_err(|_| Member(name));
        if text("version")? != VERSION {
            return Err(Version);
        }
        let sealed = bytes("ciphertext")?;
        if sealed.len() < TAG {
            return Err(Member("ciphertext"));
        }
        Ok(Self {
            nonce: bytes("nonce")?.try_into().map_err(|_| Member("nonce"))?,
            sender: bytes("ephemPublicKey")?.try_into().map_err(|_| Member("ephemPublicKey"))?,
            sealed,
        })
    }

    /// The text, if it was written for this key.
    ///
    /// # Errors
    /// It was not, or is not UTF-8; which of the two nobody is told.
    pub fn decrypt(&self, key: &PrivateKeyBytes) -> Result<Zeroizing<String>, CannotDecrypt> {
        let opened = SalsaBox::new(&PublicKey::from(self.sender), &SecretKey::from(*key));
        let text = opened.decrypt(&self.nonce.into(), self.sealed.as_slice()).map_err(|_| CannotDecrypt)?;
        String::from_utf8(text).map(Zeroizing::new).map_err(|_| CannotDecrypt)
    }
}

/// The public key with which anyone can write to an account, in base64. It lets nobody sign, and does not show which
/// account it belongs to.
#[must_use]
pub fn encryption_public_key(key: &PrivateKeyBytes) -> String {
    STANDARD.encode(SecretKey::from(*key).public_key().as_bytes())
}
