use candor_protocol::import::KeyringKind;
use proptest::prelude::*;

use super::*;
use crate::testing::{ANVIL, ask, refusal, secret};

fn read(text: &str, passphrase: &str, unchecked: bool) -> ReadPhrase {
    ReadPhrase { text: secret(text), passphrase: secret(passphrase), unchecked }
}

fn words(keyring: &KeyringView) -> String {
    let words = ask(Words { keyring: keyring.record.clone() }).unwrap();
    words.iter().map(|word| word.0.as_str()).collect::<Vec<_>>().join(" ")
}

/// The addresses are those of a second implementation, in Python.
#[test]
fn phrases_are_read_as_they_are_typed() {
    let check = |text: &str, passphrase: &str, address: &str| {
        let keyring = ask(read(text, passphrase, false)).unwrap();
        assert_eq!(keyring.kind, KeyringKind::Phrase);
        assert_eq!(keyring.first.address, address, "{text}");
        assert_eq!((keyring.first.path.as_str(), keyring.first.index), ("m/44'/60'/0'/0/0", 0));
    };
    check(ANVIL, "", "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
    check(
        "1. TEST 2. test\ttest test,test\ntest test test test test test - Junk",
        "",
        "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
    );
    // The passphrase counts in NFKD, however the keyboard composed it.
    check(ANVIL, "é", "0xB1f6732595f1CdF8Fb042c010FD2DFfc5F900F75");
    check(ANVIL, "e\u{301}", "0xB1f6732595f1CdF8Fb042c010FD2DFfc5F900F75");
    check(
        "そつう　れきだい　ほんやく　わかす　りくつ　ばいか　ろせん　やちん　そつう　れきだい　ほんやく　わかめ",
        "",
        "0x6771de4BFC9FfAC3018612ea8444c51351efd0f7",
    );
}

#[test]
fn a_new_phrase_can_be_had_in_every_list_and_length() {
    for language in Language::ALL {
        for count in [12, 15, 18, 21, 24] {
            let new = ask(NewPhrase { words: count, language: language.id() }).unwrap();
            let text = words(&new);
            assert_eq!(text.split(' ').count(), usize::from(count));
            assert!(text.split(' ').all(|word| language.has(word)), "{language:?}");
            let typed = ask(read(&text, "", false)).unwrap();
            assert_eq!(typed.record.0, new.record.0, "{language:?}");
            assert_eq!(typed.first, new.first);
            let report = ask(InspectPhrase { text: secret(&text) }).unwrap();
            assert_eq!((report.checksum, report.problem), (Some(true), None));
        }
    }
    let english = ask(NewPhrase { words: 12, language: 0 }).unwrap();
    assert_eq!(
        words(&english),
        "legal winner thank year wave sausage worth useful legal winner thank yellow"
    );
    assert_eq!(english.first.address, "0x58A57ed9d8d624cBD12e2C467D34787555bB1b25");
}

#[test]
fn other_new_phrases_are_refused() {
    let check = |words, language, title: &str, text: &str| {
        assert_eq!(refusal(NewPhrase { words, language }), (title.to_owned(), text.to_owned()));
    };
    for words in [0, 3, 11, 13, 27, 255] {
        check(words, 0, "A recovery phrase has 12, 15, 18, 21 or 24 words.", "Choose one of them.");
    }
    check(12, 10, "Candor does not have this word list.", "Choose another one.");
    check(12, 255, "Candor does not have this word list.", "Choose another one.");
}

#[test]
fn what_is_wrong_is_said_while_typing_and_when_reading() {
    let check = |text: &str, title: &str, advice: &str| {
        let report = ask(InspectPhrase { text: secret(text) }).unwrap();
        let problem = report.problem.map(|problem| (problem.title, problem.text));
        let expected = (title.to_owned(), advice.to_owned());
        let nothing_yet = report.words.is_empty();
        assert_eq!(problem, (!nothing_yet).then(|| expected.clone()), "{text}");
        assert_eq!(refusal(read(text, "", false)), expected, "{text}");
    };
    let paper = "Compare it with your paper.";
    let lengths = "A recovery phrase has 12, 15, 18, 21 or 24. Compare with your paper.";
    check("", "There are no words yet.", "Type or paste your recovery phrase.");
    check(" 1. \n", "There are no words yet.", "Type or paste your recovery phrase.");
    check("test lantern", "Word 2, “lantern”, is not in the list.", "Did you mean “later”?");
    check("test Qqqqqqqq", "Word 2, “qqqqqqqq”, is not in the list.", paper);
    check("a", "Word 1, “a”, is not in the list.", "Did you mean “abandon”?");
    check("test test", "There are 2 words.", lengths);
    check(&format!("{ANVIL} test"), "There are 13 words.", lengths);
    check(
        &"test ".repeat(12),
        "These words do not fit together.",
        "All are in the list, but one is wrong or two are swapped. Compare with your paper.",
    );
}

#[test]
fn each_word_is_judged() {
    let report = ask(InspectPhrase { text: secret("Test abadnon zoo") }).unwrap();
    let words: Vec<_> =
        report.words.iter().map(|word| (word.text.as_str(), word.known, word.nearest.clone())).collect();
    assert_eq!(
        words,
        [("test", true, vec![]), ("abadnon", false, vec!["abandon".to_owned()]), ("zoo", true, vec![])]
    );
    assert_eq!((report.complete, report.checksum), (false, None));
    let report = ask(InspectPhrase { text: secret(&"test ".repeat(12)) }).unwrap();
    assert_eq!((report.complete, report.checksum), (true, Some(false)));
}

#[test]
fn a_phrase_whose_words_do_not_fit_together_can_be_used_on_purpose() {
    let text = "test test test test test test test test test test test test";
    let keyring = ask(read(text, "", true)).unwrap();
    assert_eq!(keyring.first.address, "0x72e37d393c70823113a7176aC1F7C579d2C5623E");
    assert_eq!(words(&keyring), text);
    assert_eq!(refusal(read("test test", "", true)).0, "There are 2 words.");
    assert_eq!(refusal(read("test lantern", "", true)).0, "Word 2, “lantern”, is not in the list.");
    // One that fits is the same either way.
    let either = [true, false].map(|unchecked| ask(read(ANVIL, "", unchecked)).unwrap().record.0.clone());
    assert_eq!(either[0], either[1]);
}

#[test]
fn only_phrases_have_words() {
    let key = format!("434b4559000102000020{}", "01".repeat(32));
    let shares = format!("434b4559000103000010{}", "01".repeat(16));
    for record in [key, shares] {
        assert_eq!(
            refusal(Words { keyring: secret(&record) }),
            (
                "There is no recovery phrase for this account.".to_owned(),
                "It came in another way: as a private key, or from shares.".to_owned()
            )
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Of what was typed, an error repeats a word that is in no list at most: that one needs to be found on the paper.
    #[test]
    fn errors_repeat_no_word_of_a_phrase(
        places in prop::collection::vec(0..2048_usize, 1..=25),
        unknown in prop::option::of((0..25_usize, "[0-9]?qx[a-z]{3,9}x")),
        unchecked: bool,
    ) {
        let mut typed: Vec<&str> = places.iter().map(|place| Language::English.words()[*place]).collect();
        if let Some((place, word)) = &unknown {
            typed.insert((*place).min(typed.len()), word);
        }
        if let Err(error) = ask(read(&typed.join(" "), "correct horse", unchecked)) {
            let said = format!("{} {}", error.title, error.text);
            prop_assert!(!said.contains("correct") && !said.contains("horse"), "{}", said);
            // “Did you mean” names words of the list, whether or not they are among those typed.
            let said = said.split("Did you mean").next().unwrap_or_default();
            let quoted = said.split('“').nth(1).and_then(|rest| rest.split('”').next());
            prop_assert_eq!(quoted.is_some(), unknown.is_some());
            let quoted_is_known = quoted.is_some_and(|word| Language::English.has(word));
            prop_assert!(!quoted_is_known, "{}", said);
            let around = quoted.map_or(said.to_owned(), |word| said.replace(word, ""));
            let own = ["is", "in", "the", "list", "word", "there", "recovery", "phrase", "has", "or", "with", "your",
                "paper", "one", "two", "all", "but", "not", "together", "are", "wrong", "swapped", "compare", "fit"];
            for word in typed.iter().filter(|word| !own.contains(word)) {
                let repeated = around.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|said| said == *word);
                prop_assert!(!repeated, "{} in {}", word, said);
            }
        }
    }
}
