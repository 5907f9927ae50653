//! Recovery phrases as people type them, in all ten lists.
#![no_main]
#![allow(clippy::unwrap_used, reason = "what cannot be is what fuzzing looks for")]

use candor_keys::{Checksum, Nfkd, Phrase, PhraseError, inspect};
use candor_tests::platform::TestPlatform;
use libfuzzer_sys::fuzz_target;

/// Each unknown word is compared with a whole list, so that a long text of them takes too long to be fuzzed.
const SHORT: usize = 64;

fuzz_target!(|bytes: &[u8]| {
    let text = Nfkd::of(&String::from_utf8_lossy(bytes), &TestPlatform::default());
    let read = Phrase::parse_unchecked(&text);
    if bytes.len() <= SHORT || !matches!(read, Err(PhraseError::UnknownWord { .. })) {
        let report = inspect(&text);
        assert_eq!(report.checksum == Checksum::Good, Phrase::parse(&text).is_ok());
        assert_eq!(report.checksum == Checksum::NotYet, read.is_err());
        assert!(read.is_err() || report.length_fits());
    }
    if let Ok(phrase) = read {
        same(&phrase);
    }
});

/// The phrase is made of words of its list, and its text and its entropy give it again.
fn same(phrase: &Phrase) {
    assert!(phrase.words().all(|word| phrase.language().has(word)));
    assert!([12, 15, 18, 21, 24].contains(&phrase.words().count()));
    let text = phrase.text();
    let again = Phrase::parse_unchecked(&Nfkd::of(text.expose(), &TestPlatform::default())).unwrap();
    assert!(again.words().eq(phrase.words()));
    assert_eq!(again.language(), phrase.language());
    assert_eq!(again.checksum_fits(), phrase.checksum_fits());
    if phrase.checksum_fits() {
        let made = Phrase::from_entropy_in(phrase.language(), phrase.entropy().expose()).unwrap();
        assert_eq!(made.text().expose(), text.expose());
    }
}
