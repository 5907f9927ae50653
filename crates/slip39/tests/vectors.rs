//! The published vectors of SLIP-39.
#![expect(clippy::unwrap_used, reason = "all of it is a test, its helpers too")]

use candor_slip39::{Passphrase, Share, ShareSet};
use coins_bip32::{primitives::Hint, xkeys::XPriv};

/// The secret that the shares give.
fn restore(shares: &[&str]) -> Result<Vec<u8>, String> {
    let mut set = ShareSet::default();
    for share in shares {
        let share = Share::parse(share).map_err(|error| error.to_string())?;
        set.add(share).map_err(|error| error.to_string())?;
    }
    let secret = set.combine(Passphrase::new("TREZOR").unwrap()).map_err(|error| error.to_string())?;
    Ok(secret.expose().to_vec())
}

/// Why each invalid vector is refused, by its number; those with 256 bits repeat those with 128.
fn reason(number: usize) -> &'static str {
    match number {
        2 | 21 => "most likely not the one that was written down",
        3 | 10 | 22 | 29 => "made by faulty software",
        5 | 24 => "1 more share is needed",
        6..=9 | 25..=28 => "belongs to another set",
        11 | 12 | 30 | 31 => "contradicts",
        13 | 32 => "do not fit together",
        14..=16 | 33..=35 => "needed",
        39 | 40 => "a share has 20 or 33 words",
        _ => "",
    }
}

#[test]
fn published_vectors_hold() {
    let Some(cases) = candor_vectors::json("slip39/vectors.json") else { return };
    let cases = cases.as_array().unwrap();
    assert_eq!(cases.len(), 45);
    for (number, case) in (1..).zip(cases) {
        let shares: Vec<&str> =
            case[1].as_array().unwrap().iter().map(|share| share.as_str().unwrap()).collect();
        let [name, secret, xprv] = [0, 2, 3].map(|index| case[index].as_str().unwrap());
        let found = restore(&shares);
        if secret.is_empty() {
            let error = found.unwrap_err();
            assert!(!reason(number).is_empty() && error.contains(reason(number)), "{name}: {error}");
        } else {
            let found = found.unwrap();
            assert_eq!(hex::encode(&found), secret, "{name}");
            let root = XPriv::root_from_seed(&found, Some(Hint::Legacy)).unwrap();
            assert_eq!(root.to_base58().as_str(), xprv, "{name}");
            let reversed: Vec<&str> = shares.iter().rev().copied().collect();
            assert_eq!(restore(&reversed), Ok(found), "{name}");
        }
    }
}
