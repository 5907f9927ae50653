//! Shamir's secret sharing with a digest, the functions SplitSecret and RecoverSecret of SLIP-39.

use candor_primitives::{Entropy, Secret};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::gf256::{Point, interpolate};

/// Where the polynomial has the secret itself.
const SECRET_PLACE: u8 = 255;
/// Where it has the digest by which a recovered secret is known to be right.
const DIGEST_PLACE: u8 = 254;
/// Length of the digest, in bytes; random bytes fill up its place and are its key.
const DIGEST_LENGTH: usize = 4;

/// The shares of a secret for members 0 to `count` − 1, any `threshold` of which bring it back.
pub(crate) fn split(
    threshold: u8,
    count: u8,
    secret: &[u8],
    entropy: &mut dyn Entropy,
) -> Vec<Secret<Vec<u8>>> {
    if threshold <= 1 {
        return (0..count).map(|_| Secret::new(secret.to_vec())).collect();
    }
    let mut shares: Vec<Secret<Vec<u8>>> = (2..threshold)
        .map(|_| {
            let mut share = Secret::new(vec![0; secret.len()]);
            entropy.fill(share.expose_mut());
            share
        })
        .collect();
    let digest = make_digest(secret, entropy);
    let given: Vec<Secret<Vec<u8>>> = {
        let points: Vec<Point<'_>> = (0..)
            .zip(&shares)
            .map(|(x, share)| Point { x, y: share.expose() })
            .chain([Point { x: DIGEST_PLACE, y: digest.expose() }, Point { x: SECRET_PLACE, y: secret }])
            .collect();
        (threshold - 2..count).map(|x| interpolate(&points, x)).collect()
    };
    shares.extend(given);
    shares
}

/// The secret that these shares, at least `threshold`, are of; `None` if they do not belong together. More than needed
/// must fit too.
pub(crate) fn recover(threshold: u8, shares: &[Point<'_>]) -> Option<Secret<Vec<u8>>> {
    let (needed, others) = shares.split_at_checked(usize::from(threshold))?;
    if others.iter().any(|other| interpolate(needed, other.x).expose() != other.y) {
        return None;
    }
    if threshold <= 1 {
        return needed.first().map(|share| Secret::new(share.y.to_vec()));
    }
    let secret = interpolate(needed, SECRET_PLACE);
    let digest = interpolate(needed, DIGEST_PLACE);
    let (digest, key) = digest.expose().split_at_checked(DIGEST_LENGTH)?;
    mac(key, secret.expose())?.verify_truncated_left(digest).is_ok().then_some(secret)
}

/// The secret's digest, and behind it the random key it was made with.
fn make_digest(secret: &[u8], entropy: &mut dyn Entropy) -> Secret<Vec<u8>> {
    let mut place = Secret::new(vec![0; secret.len()]);
    if let Some((digest, key)) = place.expose_mut().split_at_mut_checked(DIGEST_LENGTH) {
        entropy.fill(key);
        if let Some(mac) = mac(key, secret) {
            digest.iter_mut().zip(mac.finalize().into_bytes()).for_each(|(to, from)| *to = from);
        }
    }
    place
}

/// HMAC-SHA256, which takes a key of any length.
fn mac(key: &[u8], message: &[u8]) -> Option<Hmac<Sha256>> {
    Hmac::<Sha256>::new_from_slice(key).ok().map(|mac| mac.chain_update(message))
}
