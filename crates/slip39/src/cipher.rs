//! Encryption of the master secret by the passphrase: a Feistel network of four rounds (SLIP-39). It keeps the length,
//! and has no checksum, so that every passphrase gives a secret.

use pbkdf2::pbkdf2_hmac;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{Header, Passphrase};

const ROUNDS: [u8; 4] = [0, 1, 2, 3];

/// Encrypts a secret of even length in place.
pub(crate) fn encrypt(secret: &mut [u8], header: Header, passphrase: Passphrase<'_>) {
    run(secret, ROUNDS.iter(), header, passphrase);
}

/// Decrypts a secret of even length in place.
pub(crate) fn decrypt(secret: &mut [u8], header: Header, passphrase: Passphrase<'_>) {
    run(secret, ROUNDS.iter().rev(), header, passphrase);
}

fn run<'a>(
    secret: &mut [u8],
    rounds: impl Iterator<Item = &'a u8>,
    header: Header,
    passphrase: Passphrase<'_>,
) {
    let (left, right) = secret.split_at_mut(secret.len() / 2);
    let mut password = Zeroizing::new([&[0], passphrase.bytes()].concat());
    for round in rounds {
        if let Some(first) = password.first_mut() {
            *first = *round;
        }
        let mask = mask(&password, header, right);
        left.iter_mut().zip(mask.iter()).for_each(|(byte, mask)| *byte ^= mask);
        left.swap_with_slice(right);
    }
    left.swap_with_slice(right);
}

/// What one half is masked with, given the other.
fn mask(password: &[u8], header: Header, half: &[u8]) -> Zeroizing<Vec<u8>> {
    let identifier = header.identifier.to_be_bytes();
    let salt = Zeroizing::new(match header.extendable {
        true => half.to_vec(),
        false => [b"shamir", &identifier[..], half].concat(),
    });
    let mut mask = Zeroizing::new(vec![0; half.len()]);
    // SLIP-39 shares the iterations among the four rounds.
    let iterations = header.iteration_exponent.iterations() / 4;
    pbkdf2_hmac::<Sha256>(password, &salt, iterations, &mut mask);
    mask
}
