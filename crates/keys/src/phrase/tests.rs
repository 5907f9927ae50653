use candor_vectors as vectors;
use proptest::prelude::*;

use super::*;
use crate::{Checksum, Verdict, inspect, normal::tests::nfkd};

const GOOD: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

/// What went wrong, in a form that can be compared: the error keeps the typed word to itself.
fn problem(text: &str) -> Option<String> {
    Phrase::parse(&nfkd(text)).err().map(|error| match error {
        PhraseError::UnknownWord { position, word, nearest } => {
            format!("{position} {} {:?}", word.expose(), nearest.as_slice())
        }
        other => other.to_string(),
    })
}

fn check_vector(language: Language, entropy: &str, words: &str, passphrase: &str, seed: &str) {
    let entropy = hex::decode(entropy).unwrap();
    let words = nfkd(words);
    let made = Phrase::from_entropy_in(language, &entropy).unwrap();
    assert_eq!(made.text().expose(), words.text());
    let read = Phrase::parse(&words).unwrap();
    assert_eq!(read.entropy().expose(), &entropy);
    // A phrase can be in both Chinese lists, each word at the same place in either.
    let again = Phrase::from_entropy_in(read.language(), &entropy).unwrap();
    assert_eq!(again.text().expose(), words.text());
    assert_eq!(hex::encode(read.seed(&nfkd(passphrase)).expose()), seed);
}

#[test]
fn the_first_bip_39_vector_holds_everywhere() {
    check_vector(
        Language::English,
        "00000000000000000000000000000000",
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
        "TREZOR",
        "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e53495531f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04",
    );
}

/// The lists of BIP-39 in its order, as Trezor names them; its set has two more, which are not part of the standard.
const TREZOR_NAMES: [&str; 10] = [
    "english",
    "japanese",
    "korean",
    "spanish",
    "chinese_simplified",
    "chinese_traditional",
    "french",
    "italian",
    "czech",
    "portuguese",
];

#[test]
fn trezor_vectors_hold_in_every_language() {
    let Some(all) = vectors::json("bip39/trezor-vectors.json") else { return };
    for (language, name) in Language::ALL.iter().zip(TREZOR_NAMES) {
        let cases = all[name].as_array().unwrap();
        assert_eq!(cases.len(), 24, "{name}");
        for case in cases {
            let text = |index: usize| case[index].as_str().unwrap();
            check_vector(*language, text(0), text(1), "TREZOR", text(2));
        }
    }
}

#[cfg(feature = "languages")]
#[test]
fn japanese_vectors_of_bip32jp_hold() {
    let Some(cases) = vectors::json("bip39/test_JP_BIP39.json") else { return };
    let cases = cases.as_array().unwrap();
    assert_eq!(cases.len(), 24);
    for case in cases {
        let text = |name: &str| case[name].as_str().unwrap();
        let (entropy, mnemonic) = (text("entropy"), text("mnemonic"));
        check_vector(Language::Japanese, entropy, mnemonic, text("passphrase"), text("seed"));
    }
}

#[cfg(feature = "languages")]
#[test]
fn every_list_is_recognised_by_its_words() {
    use unicode_normalization::UnicodeNormalization;
    assert_eq!(Language::ALL.len(), 10);
    for (id, language) in Language::ALL.iter().enumerate() {
        assert_eq!(Language::from_id(language.id()), Some(*language));
        assert_eq!(usize::from(language.id()), id);
        assert!(language.words().iter().all(|word| word.nfkd().eq(word.chars())), "the list is in NFKD");
        for byte in 0..=255_u8 {
            let made = Phrase::from_entropy_in(*language, &[byte.wrapping_mul(37); 32]).unwrap();
            let read = Phrase::parse(&nfkd(&made.text().expose().nfc().collect::<String>())).unwrap();
            assert_eq!(read.text().expose(), made.text().expose());
            assert_eq!(read.entropy().expose(), made.entropy().expose());
        }
    }
    let chinese = Phrase::from_entropy_in(Language::SimplifiedChinese, &[5; 16]).unwrap();
    let unspaced = chinese.text().expose().replace(' ', "");
    assert_eq!(Phrase::parse(&nfkd(&unspaced)).unwrap().entropy().expose(), &[5; 16]);
}

#[test]
fn english_vectors_of_bip32jp_hold() {
    let Some(cases) = vectors::json("bip39/test_EN_BIP39.json") else { return };
    let cases = cases.as_array().unwrap();
    assert_eq!(cases.len(), 24);
    for case in cases {
        let text = |name: &str| case[name].as_str().unwrap();
        let (entropy, mnemonic) = (text("entropy"), text("mnemonic"));
        check_vector(Language::English, entropy, mnemonic, text("passphrase"), text("seed"));
    }
}

#[test]
fn a_passphrase_counts_in_nfkd() {
    let phrase = Phrase::parse(&nfkd(GOOD)).unwrap();
    let check = |one: &str, other: &str, same: bool| {
        assert_eq!(
            phrase.seed(&nfkd(one)).expose() == phrase.seed(&nfkd(other)).expose(),
            same,
            "{one} {other}"
        );
    };
    check("é", "e\u{301}", true);
    check("㍍ガバヴァぱばぐゞちぢ十人十色", "メートルガバヴァぱばぐゞちぢ十人十色", true);
    check("a", "A", false);
    check("a", "a ", false);
    check("", " ", false);
}

#[test]
fn entropy_of_other_lengths_has_no_phrase() {
    for length in 0..=64 {
        let made = Phrase::from_entropy(&vec![7; length]);
        let expected = if [16, 20, 24, 28, 32].contains(&length) { Ok(length / 4 * 3) } else { Err(length) };
        assert_eq!(made.map(|phrase| phrase.words().count()).map_err(|error| error.length), expected);
    }
}

#[test]
fn what_is_wrong_is_told_exactly() {
    let check = |text: &str, expected: Option<&str>| assert_eq!(problem(text).as_deref(), expected, "{text}");
    let count = |count| format!("a recovery phrase has 12, 15, 18, 21 or 24 words, this one has {count}");
    check(GOOD, None);
    check("", Some("there are no words"));
    check(" 1. 2. 3. ", Some("there are no words"));
    check(&GOOD.replace("wave", "wawe"), Some(r#"5 wawe ["wage", "wave", "wait"]"#));
    check("Legal WINER", Some(r#"2 winer ["wine", "winner", "winter"]"#));
    check("legal winner", Some(&count(2)));
    check(&format!("{GOOD} legal"), Some(&count(13)));
    check(&format!("{GOOD} {GOOD} {GOOD}"), Some(&count(36)));
    let bad = "the words do not fit together: one is wrong, or their order is";
    check(&GOOD.replace("yellow", "zoo"), Some(bad));
    check("winner legal thank year wave sausage worth useful legal winner thank yellow", Some(bad));
}

#[test]
fn nothing_of_a_phrase_is_printed() {
    let error = Phrase::parse(&nfkd(&GOOD.replace("wave", "wawe"))).err().unwrap();
    assert_eq!(error.to_string(), "word 5 is not in the word list");
    assert_eq!(
        format!("{error:?}"),
        "UnknownWord { position: 5, word: Secret(…), nearest: NearWords(3 words) }"
    );
    let phrase = Phrase::parse(&nfkd(GOOD)).unwrap();
    assert_eq!(format!("{phrase:?} {:?}", phrase.seed(&Nfkd::empty())), "Phrase(…) Seed(Secret(…))");
    let printed = format!("{:?}", inspect(&nfkd("legal wawe")));
    assert!(!printed.contains("legal") && !printed.contains("wa"), "{printed}");
}

#[test]
fn a_phrase_is_followed_while_it_is_typed() {
    let check = |text: &str, known: &[bool], fits: bool, checksum: Checksum| {
        let report = inspect(&nfkd(text));
        let verdicts: Vec<bool> = report.words.iter().map(|word| word.verdict == Verdict::Known).collect();
        assert_eq!((&verdicts[..], report.length_fits(), report.checksum), (known, fits, checksum), "{text}");
        assert_eq!(report.count(), known.len());
    };
    check("", &[], false, Checksum::NotYet);
    check("1. Legal 2. wi", &[true, false], false, Checksum::NotYet);
    check("legal winner", &[true; 2], false, Checksum::NotYet);
    check(GOOD, &[true; 12], true, Checksum::Good);
    check(&GOOD.replace("yellow", "zoo"), &[true; 12], true, Checksum::Bad);
    check(&format!("{GOOD} "), &[true; 12], true, Checksum::Good);
    check(&format!("{GOOD} legal"), &[true; 13], false, Checksum::NotYet);
    let unknown_last: Vec<bool> = (0..12).map(|index| index != 11).collect();
    check(&GOOD.replace("yellow", "yello"), &unknown_last, true, Checksum::NotYet);
    let report = inspect(&nfkd("LEGAL, winer"));
    assert_eq!(report.words[1].typed.expose(), "winer");
    let Verdict::Unknown { nearest } = &report.words[1].verdict else { panic!("a known word") };
    assert_eq!(nearest.as_slice(), ["wine", "winner", "winter"]);
}

#[test]
fn a_pasted_book_is_answered_at_once() {
    let report = inspect(&nfkd(&"lorem ipsum dolor 1234 ".repeat(20_000)));
    assert_eq!((report.count(), report.checksum), (60_000, Checksum::NotYet));
    assert!(inspect(&nfkd(&"x".repeat(1 << 20))).words.len() == 1);
}

/// Entropy of a valid length.
fn entropy() -> impl Strategy<Value = Vec<u8>> {
    prop::sample::select(vec![16_usize, 20, 24, 28, 32])
        .prop_flat_map(|length| prop::collection::vec(any::<u8>(), length))
}

/// What people and programs put around one word, given its number.
fn dressed(style: u8, number: usize, word: &str) -> String {
    let (first, rest) = word.split_at(1);
    let capital = first.to_uppercase() + rest;
    match style % 10 {
        0 => format!("{word} "),
        1 => format!("{number}. {word}\n"),
        2 => format!("{number}) {capital}\r\n"),
        3 => format!("{number}{word}\t"),
        4 => format!("{}, ", word.to_uppercase()),
        5 => format!("\u{200b}{word}\u{a0}"),
        6 => format!("\"{word}\",\n"),
        7 => format!("#{number}: {word};"),
        8 => {
            let wide = word.bytes().map(|b| char::from_u32(u32::from(b) - 0x20 + 0xff00).unwrap());
            format!("{}\u{3000}", wide.collect::<String>())
        }
        _ => format!("• {word} — "),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_back(entropy in entropy()) {
        let phrase = Phrase::from_entropy(&entropy).unwrap();
        let read = Phrase::parse(&nfkd(phrase.text().expose())).unwrap();
        prop_assert!(read.entropy().expose() == &entropy);
        prop_assert_eq!(inspect(&nfkd(phrase.text().expose())).checksum, Checksum::Good);
    }

    #[test]
    fn typing_does_not_matter(entropy in entropy(), styles in prop::collection::vec(any::<u8>(), 24)) {
        let phrase = Phrase::from_entropy(&entropy).unwrap();
        let typed: String = phrase
            .words()
            .zip(&styles)
            .enumerate()
            .map(|(index, (word, style))| dressed(*style, index + 1, word))
            .collect();
        let read = Phrase::parse(&nfkd(&typed));
        prop_assert!(read.is_ok_and(|read| read.entropy().expose() == &entropy), "{typed}");
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        let report = inspect(&nfkd(&text));
        prop_assert_eq!(report.checksum == Checksum::Good, Phrase::parse(&nfkd(&text)).is_ok());
    }
}
