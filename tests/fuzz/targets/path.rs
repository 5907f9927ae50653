//! Derivation paths, as people type them and as they are stored.
#![no_main]
#![allow(clippy::unwrap_used, reason = "what cannot be is what fuzzing looks for")]

use candor_keys::DerivationPath;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Ok(typed) = DerivationPath::from_typed(text) {
        assert!((1..=10).contains(&typed.steps().len()));
        assert_eq!(typed.to_string().parse(), Ok(typed.clone()));
        assert_eq!(DerivationPath::from_typed(&typed.to_string()), Ok(typed));
    }
    if let Ok(stored) = text.parse::<DerivationPath>() {
        assert_eq!(stored.to_string(), text, "there is one spelling");
        if (1..=10).contains(&stored.steps().len()) {
            assert_eq!(DerivationPath::from_typed(text), Ok(stored));
        }
    }
});
