use alloy_primitives::Signature;
use candor_primitives::{Address, B256};
use ecdsa::hazmat::sign_prehashed_rfc6979;
use k256::{
    NonZeroScalar, Secp256k1,
    ecdsa::{RecoveryId, SigningKey, VerifyingKey},
    sha2::Sha256,
};
use zeroize::Zeroizing;

/// The 32 bytes of a secp256k1 private key. Always borrowed from a wiped container of the caller.
pub type PrivateKeyBytes = [u8; 32];

/// The bytes are not a secp256k1 private key: zero, or not below the order of the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a usable private key")]
pub struct InvalidKey;

/// Signs a 32-byte digest with ECDSA over secp256k1 (RFC 6979 nonce, low `s` as in EIP-2).
///
/// Returns `r ‖ s ‖ v` with `v` 27 or 28, the form that `personal_sign` and `eth_signTypedData_v4` return.
///
/// # Errors
/// The key is not a private key.
pub fn sign_digest(key: &PrivateKeyBytes, digest: B256) -> Result<[u8; 65], InvalidKey> {
    Ok(signature(key, digest)?.as_bytes())
}

/// The address that belongs to a private key.
///
/// # Errors
/// The key is not a private key.
pub fn address_of(key: &PrivateKeyBytes) -> Result<Address, InvalidKey> {
    let point = signing_key(key)?.verifying_key().to_sec1_point(false);
    Ok(Address::from_raw_public_key(point.as_bytes().get(1..).ok_or(InvalidKey)?))
}

/// The address whose key made this `r ‖ s ‖ v` over this digest; `None` if no key did.
#[must_use]
pub fn recover(signature: &[u8; 65], digest: B256) -> Option<Address> {
    let (rs, v) = signature.split_first_chunk::<64>()?;
    // EIP-191 signatures end in 27 or 28; some wallets write 0 or 1.
    let odd = match v {
        [0 | 27] => false,
        [1 | 28] => true,
        _ => return None,
    };
    let signature = k256::ecdsa::Signature::from_slice(rs).ok()?;
    // EIP-2: the other half of the same signature is not another one.
    if signature.normalize_s() != signature {
        return None;
    }
    let recovery = RecoveryId::new(odd, false);
    let key = VerifyingKey::recover_from_prehash(digest.as_slice(), &signature, recovery).ok()?;
    let point = key.to_sec1_point(false);
    Some(Address::from_raw_public_key(point.as_bytes().get(1..)?))
}

pub(crate) fn signature(key: &PrivateKeyBytes, digest: B256) -> Result<Signature, InvalidKey> {
    // A `SigningKey` would work out the public key first, which takes as long as the signature and is not needed for it.
    let scalar = Zeroizing::new(NonZeroScalar::try_from(key.as_slice()).map_err(|_| InvalidKey)?);
    let (signature, recovery) = sign_prehashed_rfc6979::<Secp256k1, Sha256>(&scalar, digest.as_slice(), &[]);
    let (r, s) = signature.split_bytes();
    Ok(Signature::from_scalars_and_parity(
        B256::from_slice(r.as_slice()),
        B256::from_slice(s.as_slice()),
        recovery.is_y_odd(),
    ))
}

/// Wiped when dropped.
fn signing_key(key: &PrivateKeyBytes) -> Result<SigningKey, InvalidKey> {
    SigningKey::from_slice(key).map_err(|_| InvalidKey)
}
