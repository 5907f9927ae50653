//! Key files. Nothing is derived: what is read is checked to ask for no more work than the bounds allow.
#![no_main]
#![allow(clippy::unwrap_used, reason = "what cannot be is what fuzzing looks for")]

use candor_keys::PrivateKey;
use candor_keystore::{DerivedKey, KdfFunction, Keystore, MAX_LENGTH, seal};
use candor_tests::platform::TestPlatform;
use libfuzzer_sys::fuzz_target;

const GIB: u128 = 1 << 30;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let Ok(file) = Keystore::parse(text) else { return };
    assert!(text.len() <= MAX_LENGTH);
    bearable(file.kdf().function());

    let derived = DerivedKey::from_bytes(&[5; 32]);
    if let Ok(key) = file.open(&derived) {
        assert!(file.address().is_none_or(|stated| stated == key.address()));
    }
    let key = PrivateKey::from_bytes(&[1; 32]).unwrap();
    let sealed = seal(&key, file.kdf(), &derived, &mut TestPlatform::default());
    let again = Keystore::parse(&sealed).unwrap();
    assert_eq!(again.kdf(), file.kdf());
    assert_eq!(again.open(&derived).unwrap().expose(), key.expose());
});

/// What a computer can do within minutes, computed in numbers that no product of these overflows.
fn bearable(function: KdfFunction) {
    match function {
        KdfFunction::Scrypt { n, r, p } => {
            let [n_wide, r_wide, p_wide] = [n, r, p].map(u128::from);
            assert!(n.is_power_of_two() && n >= 2 && r >= 1 && p >= 1);
            assert!(128 * r_wide * (n_wide + p_wide) <= 2 * GIB);
            assert!(128 * n_wide * r_wide * p_wide <= 16 * GIB);
        }
        KdfFunction::Pbkdf2 { rounds } => assert!((1..=1 << 26).contains(&rounds)),
    }
}
