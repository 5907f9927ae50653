use candor_primitives::{Address, Secret};
use coins_bip32::{
    primitives::{Hint, XKeyInfo},
    xkeys::{Parent, XPriv},
};
use k256::ecdsa::SigningKey;
use zeroize::Zeroize;

use crate::{DerivationPath, Seed};

/// The private key of an account: a number from 1 to n − 1 of the curve secp256k1. Wiped when dropped, never printed.
#[derive(Debug)]
pub struct PrivateKey {
    bytes: Secret<[u8; 32]>,
    address: Address,
}

/// Why there is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Zero, or not below the order of the curve.
    #[error("this is not a private key of the curve secp256k1")]
    OutOfRange,
    /// The path has no key in this seed. The chance is less than one in 2^127 (BIP-32).
    #[error("there is no key at this path")]
    NoSuchKey,
}

impl PrivateKey {
    /// Checks the bytes of a key, big-endian; the caller wipes its own copy.
    ///
    /// # Errors
    /// [`KeyError::OutOfRange`]
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        let key = SigningKey::from_slice(bytes).map_err(|_| KeyError::OutOfRange)?;
        Ok(Self::from_signing_key(&key))
    }

    fn from_signing_key(key: &SigningKey) -> Self {
        let mut bytes = key.to_bytes();
        let secret = Secret::new(bytes.into());
        bytes.zeroize();
        Self { bytes: secret, address: address_of(key) }
    }

    /// The account's address: the last 20 bytes of the Keccak-256 of its public key.
    #[must_use]
    pub const fn address(&self) -> Address {
        self.address
    }

    /// The 32 bytes, big-endian, for signing and for showing to the owner.
    #[must_use]
    pub const fn expose(&self) -> &[u8; 32] {
        self.bytes.expose()
    }
}

/// The last 20 bytes of the Keccak-256 of the public key.
pub(crate) fn address_of(key: &SigningKey) -> Address {
    // The first byte names the encoding (0x04, uncompressed), the other 64 are the point.
    let point = key.verifying_key().to_sec1_point(false);
    Address::from_raw_public_key(point.as_bytes().get(1..).unwrap_or_default())
}

impl Seed {
    /// The account at a path (BIP-32).
    ///
    /// # Errors
    /// [`KeyError::NoSuchKey`]
    pub fn account(&self, path: &DerivationPath) -> Result<PrivateKey, KeyError> {
        at(self.expose(), path)
    }
}

/// The account at a path of a BIP-32 seed of any length.
pub(crate) fn at(seed: &[u8], path: &DerivationPath) -> Result<PrivateKey, KeyError> {
    Ok(private_key(&node(seed, path)?))
}

/// The account of an extended key.
pub(crate) fn private_key(node: &XPriv) -> PrivateKey {
    let key: &SigningKey = node.as_ref();
    PrivateKey::from_signing_key(key)
}

/// The extended key at a path.
pub(crate) fn node(seed: &[u8], path: &DerivationPath) -> Result<XPriv, KeyError> {
    // The hint only chooses the letters that an extended key would be written with; `xprv` is BIP-32's own.
    let root = XPriv::root_from_seed(seed, Some(Hint::Legacy)).map_err(|_| KeyError::NoSuchKey)?;
    descend(root, path.steps())
}

/// The extended key so many steps below another.
pub(crate) fn descend(node: XPriv, steps: &[u32]) -> Result<XPriv, KeyError> {
    steps.iter().try_fold(node, |node, step| child(&node, *step))
}

/// The extended key one step below another. The library goes on to the next index where BIP-32 finds no key; that would
/// be the key of another path, so the index that it reports is compared.
pub(crate) fn child(node: &XPriv, step: u32) -> Result<XPriv, KeyError> {
    let child = node.derive_child(step).map_err(|_| KeyError::NoSuchKey)?;
    let info: &XKeyInfo = child.as_ref();
    if info.index == step { Ok(child) } else { Err(KeyError::NoSuchKey) }
}

#[cfg(test)]
mod tests;
