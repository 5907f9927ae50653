use candor_protocol::import::{KeyringKind, MakeShares, ReadKey, ReadPhrase, ShareGroup};

use super::*;
use crate::testing::{ANVIL, ask, refusal, secret};

/// “Valid mnemonic without sharing”, “Basic sharing 2-of-3” and “Threshold number of groups and members” (case 2) of the
/// standard's vectors, with the passphrase of them all.
const SINGLE: &str = "duckling enlarge academic academic agency result length solution fridge kidney coal piece deal \
                      husband erode duke ajar critical decision keyboard";
const PAIR: [&str; 2] = [
    "shadow pistol academic always adequate wildlife fancy gross oasis cylinder mustang wrist rescue view short owner \
     flip making coding armed",
    "shadow pistol academic acid actress prayer class unknown daughter sweater depict flip twice unkind craft early \
     superior advocate guest smoking",
];
const GROUPS: [&str; 3] = [
    "eraser senior decision smug corner ruin rescue cubic angel tackle skin skunk program roster trash rumor slush \
     angel flea amazing",
    "eraser senior beard romp adorn nuclear spill corner cradle style ancient family general leader ambition exchange \
     unusual garlic promise voice",
    "eraser senior decision scared cargo theory device idea deliver modify curly include pancake both news skin \
     realize vitamins away join",
];
const PASSPHRASE: &str = "TREZOR";

fn texts(shares: &[&str]) -> Vec<SecretText> {
    shares.iter().map(|share| secret(share)).collect()
}

fn inspected(shares: &[&str]) -> SharesReport {
    ask(InspectShares { shares: texts(shares) }).unwrap()
}

fn read(shares: &[&str], passphrase: &str) -> ReadShares {
    ReadShares { shares: texts(shares), passphrase: secret(passphrase) }
}

fn make(keyring: &SecretText, groups_needed: u8, groups: &[(u8, u8)]) -> MakeShares {
    let groups =
        groups.iter().map(|(needed, shares)| ShareGroup { needed: *needed, shares: *shares }).collect();
    MakeShares { keyring: keyring.clone(), passphrase: secret(""), groups_needed, groups }
}

fn anvil() -> SecretText {
    ask(ReadPhrase { text: secret(ANVIL), passphrase: secret(""), unchecked: false }).unwrap().record.clone()
}

fn problem_of(shares: &[&str], place: usize) -> Option<(String, String)> {
    inspected(shares).shares[place].problem.clone().map(|problem| (problem.title, problem.text))
}

#[test]
fn shares_bring_their_secret_back() {
    // The address was computed from the vector's secret by a second implementation, in Python.
    let keyring = ask(read(&[SINGLE], PASSPHRASE)).unwrap();
    assert_eq!(keyring.kind, KeyringKind::Shares);
    assert_eq!(keyring.record.0, "434b4559000103000010bb54aac4b89dc868ba37d9cc21b2cece");
    assert_eq!(keyring.first.address, "0x621b6bbB9f844F114F14369D1bB4ACc907b01cC3");
    assert_eq!(keyring.first.path, "m/44'/60'/0'/0/0");
    let check = |shares: &[&str], secret: &str| {
        let record = ask(read(shares, PASSPHRASE)).unwrap().record.0.clone();
        assert_eq!(record, format!("434b4559000103000010{secret}"));
    };
    let [one, other] = PAIR;
    check(&PAIR, "b43ceb7e57a0ea8766221624d01b0864");
    check(&["", other, one], "b43ceb7e57a0ea8766221624d01b0864");
    check(&GROUPS, "7c3397a292a5941682d7a4ae2d898d11");
    // Another passphrase gives another wallet.
    assert_ne!(ask(read(&PAIR, "")).unwrap().first, ask(read(&PAIR, PASSPHRASE)).unwrap().first);
}

#[test]
fn all_vectors_of_the_standard_hold() {
    let Some(vectors) = candor_vectors::json("slip39/vectors.json") else { return };
    let vectors: Vec<(String, Vec<String>, String, String)> = serde_json::from_value(vectors).unwrap();
    assert_eq!(vectors.len(), 45);
    for (name, shares, expected, _) in vectors {
        let shares: Vec<&str> = shares.iter().map(String::as_str).collect();
        let report = inspected(&shares);
        match ask(read(&shares, PASSPHRASE)) {
            Ok(keyring) => {
                assert!(keyring.record.0.ends_with(&expected) && !expected.is_empty(), "{name}");
                assert!(report.complete && report.missing.is_none(), "{name}");
            }
            Err(error) => {
                assert!(expected.is_empty(), "{name}");
                let said = format!("{} {}", error.title, error.text);
                let explained = !report.complete || error.title == "These shares do not fit together.";
                assert!(explained, "{name}: {said}");
            }
        }
    }
}

#[test]
fn progress_is_told() {
    let check = |shares: &[&str], missing: Option<&str>, complete, about_ms| {
        let report = inspected(shares);
        assert_eq!(report.missing.as_deref(), missing);
        assert_eq!(report.complete, complete);
        assert_eq!(report.about_ms, about_ms);
        assert_eq!(report.shares.len(), shares.len());
    };
    let [one, other] = PAIR;
    let [first, second, third] = GROUPS;
    check(&[], None, false, 0);
    check(&["", "shadow pistol"], None, false, 0);
    check(&[one], Some("1 more share is needed."), false, 40_000 / ITERATIONS_PER_MS);
    check(&[one, other], None, true, 40_000 / ITERATIONS_PER_MS);
    check(
        &[first],
        Some("1 more share of group 4 and the shares of 1 other group are needed."),
        false,
        10_000 / ITERATIONS_PER_MS,
    );
    check(&[first, third, second], None, true, 10_000 / ITERATIONS_PER_MS);
    let names: Vec<Option<String>> =
        inspected(&[one, "", first]).shares.into_iter().map(|share| share.name).collect();
    assert_eq!(names, [Some("share 3".to_owned()), None, Some("share 5 of group 4".to_owned())]);
}

#[test]
fn each_word_of_a_share_is_judged() {
    let report = inspected(&["duck 2. enl, academix"]);
    let words: Vec<(&str, bool, &[String])> = report.shares[0]
        .words
        .iter()
        .map(|word| (word.text.as_str(), word.known, word.nearest.as_slice()))
        .collect();
    assert_eq!(
        words,
        [
            ("duck", true, &[][..]),
            ("enl", false, &["enlarge".to_owned()][..]),
            ("academix", false, &["academic".to_owned()][..])
        ]
    );
}

#[test]
fn a_share_is_complete_when_it_has_as_many_words_as_the_others() {
    let words = |count: usize| "acid ".repeat(count);
    let check = |shares: &[&str], expected: bool| {
        assert_eq!(inspected(shares).shares.last().map(|share| share.complete), Some(expected), "{shares:?}");
    };
    for (count, expected) in [(0, false), (19, false), (20, true), (21, false), (33, true), (59, true)] {
        check(&[&words(count)], expected);
    }
    check(&[SINGLE], true);
    check(&[SINGLE, &words(20)], true);
    check(&[SINGLE, &words(33)], false);
}

#[test]
fn what_is_wrong_with_a_share_is_said_exactly() {
    let check = |shares: &[&str], title: &str, text: &str| {
        let place = shares.len() - 1;
        assert_eq!(problem_of(shares, place), Some((title.to_owned(), text.to_owned())), "{shares:?}");
    };
    let [one, other] = PAIR;
    assert_eq!(problem_of(&[""], 0), None);
    assert_eq!(problem_of(&[SINGLE], 0), None);
    check(&["duckling enlarge lantern"], "Word 3, “lantern”, is not in the list.", "Did you mean “laden”?");
    check(&["qqqqqqqq"], "Word 1, “qqqqqqqq”, is not in the list.", "Compare it with your paper.");
    check(&["duckling"], "There is 1 word.", "A share mostly has 20 or 33. Compare with your paper.");
    check(
        &[one, "shadow pistol"],
        "There are 2 words.",
        "The other shares have 20. Compare with your paper.",
    );
    check(
        &[&SINGLE.replace("kidney", "knit")],
        "Word 10 is probably another one.",
        "It is in the list, but does not fit the other words. Compare it with your paper.",
    );
    check(
        &[&SINGLE.replace("kidney coal piece deal", "deal piece coal kidney")],
        "These words do not fit together.",
        "All are in the list, but some are wrong or swapped. Compare with your paper.",
    );
    check(
        &[one, SINGLE],
        "This share belongs to other ones.",
        "It was made of another wallet or at another time than the first share here, and does not help with it.",
    );
    check(
        &[one, other, one],
        "This share is already here.",
        "A copy of a share does not help. Use another one.",
    );
}

/// Shares that only faulty software makes are in the standard's vectors.
#[test]
fn faulty_shares_are_called_so() {
    let check = |shares: &[&str], place: usize, title: &str| {
        assert_eq!(problem_of(shares, place).unwrap().0, title);
    };
    // “Mnemonics with greater group threshold than group counts”, “… duplicate member indices”.
    check(
        &[
            "music husband acrobat acid artist finance center either graduate swimming object bike medical clothes \
           station aspect spider maiden bulb welcome",
        ],
        0,
        "This share makes no sense.",
    );
    check(
        &[
            "device stay academic always dive coal antenna adult black exceed stadium herald advance soldier busy dryer \
             daughter evaluate minister laser",
            "device stay academic always dwarf afraid robin gravity crunch adjust soul branch walnut coastal dream costume \
             scholar mortgage mountain pumps",
        ],
        1,
        "This share contradicts the ones before.",
    );
}

#[test]
fn why_shares_give_no_wallet_is_said_exactly() {
    let check = |shares: &[&str], passphrase: &str, title: &str, text: &str| {
        assert_eq!(refusal(read(shares, passphrase)), (title.to_owned(), text.to_owned()), "{shares:?}");
    };
    let [one, _] = PAIR;
    check(&[], "", "There are no shares yet.", "Type or paste the words of the first one.");
    check(&["", ""], "", "There are no shares yet.", "Type or paste the words of the first one.");
    check(&[one], "", "Shares are still missing.", "1 more share is needed.");
    check(
        &[one, "", "shadow lantern"],
        "",
        "Share 3 cannot be used.",
        "Word 2, “lantern”, is not in the list. Did you mean “laden”?",
    );
    // Even where the others are enough.
    check(
        &[SINGLE, one],
        "",
        "Share 2 cannot be used.",
        "This share belongs to other ones. It was made of another wallet or at another time than the first share here, \
         and does not help with it.",
    );
    check(
        &[one, one],
        "",
        "Share 2 cannot be used.",
        "This share is already here. A copy of a share does not help. Use another one.",
    );
    // “Mnemonics giving an invalid digest” of the standard's vectors.
    let forged = [
        "guilt walnut academic acid deliver remove equip listen vampire tactics nylon rhythm \
         failure husband fatigue alive blind enemy teaspoon rebound",
        "guilt walnut academic agency brave hamster hobo declare herd taste alpha slim criminal \
         mild arcade formal romp branch pink ambition",
    ];
    assert!(inspected(&forged).complete);
    check(
        &forged,
        "",
        "These shares do not fit together.",
        "One of group 1 is wrong, although its words are right. Leave out those you do not trust.",
    );
    check(
        &[SINGLE],
        "pässword",
        "Character 2 of the passphrase cannot be used with shares.",
        "Letters without accents, digits, spaces and the usual signs can.",
    );
}

/// `SINGLE` with its exponent raised to 12 and to 13, and a new checksum.
#[test]
fn shares_that_take_minutes_are_refused() {
    let bearable = "duckling estimate academic academic agency result length solution fridge kidney coal piece deal \
                    husband erode duke ajar cards permit prospect";
    let report = inspected(&[bearable]);
    assert!(report.complete);
    assert_eq!(report.about_ms, 51_200);
    let endless =
        bearable.replace("estimate", "evaluate").replace("cards permit prospect", "gravity isolate papa");
    assert_eq!(problem_of(&[&endless], 0).unwrap().0, "These shares take too long to open.");
    let refused = refusal(read(&[&endless], ""));
    assert_eq!(refused.0, "Share 1 cannot be used.");
    assert!(
        refused.1.starts_with("These shares take too long to open. In a browser it would be many minutes.")
    );
}

#[test]
fn shares_of_a_wallet_give_its_accounts_back() {
    let check =
        |groups_needed, groups: &[(u8, u8)], words: usize, keyring: &SecretText, used: &[(usize, usize)]| {
            let made = ask(make(keyring, groups_needed, groups)).unwrap();
            let counts: Vec<usize> = made.iter().map(Vec::len).collect();
            assert_eq!(counts, groups.iter().map(|(_, shares)| usize::from(*shares)).collect::<Vec<_>>());
            assert!(made.iter().flatten().all(|share| share.0.split(' ').count() == words));
            let shares: Vec<&str> =
                used.iter().map(|(group, share)| made[*group][*share].0.as_str()).collect();
            ask(read(&shares, "")).unwrap()
        };
    let anvil = anvil();
    let restored = check(1, &[(2, 3)], 59, &anvil, &[(0, 2), (0, 0)]);
    assert_eq!(restored.first.address, "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
    assert_eq!(restored.kind, KeyringKind::Shares);
    let groups = [(1, 1), (2, 3), (3, 5)];
    let restored = check(2, &groups, 59, &anvil, &[(1, 0), (0, 0), (1, 2)]);
    assert_eq!(restored.first.address, "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
    // A wallet of shares gives shares of the same length again.
    let first = ask(read(&PAIR, PASSPHRASE)).unwrap();
    let again = check(1, &[(3, 5)], 20, &first.record, &[(0, 4), (0, 1), (0, 2)]);
    assert_eq!(again.record.0, first.record.0);
}

#[test]
fn shares_that_cannot_be_made_are_refused() {
    let anvil = anvil();
    let check = |groups_needed, groups: &[(u8, u8)], title: &str, text: &str| {
        assert_eq!(refusal(make(&anvil, groups_needed, groups)), (title.to_owned(), text.to_owned()));
    };
    let possible = "1 to 16 are possible.";
    let needed = "At least 1 is needed, and at most as many as there are.";
    check(1, &[], "There cannot be 0 groups.", possible);
    check(1, &[(1, 1); 17], "There cannot be 17 groups.", possible);
    check(0, &[(2, 3)], "0 of 1 groups cannot be needed.", needed);
    check(2, &[(2, 3)], "2 of 1 groups cannot be needed.", needed);
    check(1, &[(2, 17)], "Group 1 cannot have 17 shares.", possible);
    check(1, &[(1, 1), (0, 2)], "0 of the 2 shares of group 2 cannot be needed.", needed);
    check(1, &[(3, 2)], "3 of the 2 shares of group 1 cannot be needed.", needed);
    check(
        1,
        &[(1, 3)],
        "One share of group 1 is enough, so that all would be the same.",
        "Make one share and copy it, or let two be needed.",
    );
    let key = ask(ReadKey { text: secret(&"01".repeat(32)) }).unwrap();
    assert_eq!(
        refusal(make(&key.record, 1, &[(2, 3)])).0,
        "A single private key cannot be made into shares."
    );
    let accented = MakeShares { passphrase: secret("é"), ..make(&anvil, 1, &[(2, 3)]) };
    assert_eq!(refusal(accented).0, "Character 1 of the passphrase cannot be used with shares.");
}

/// The texts of errors repeat of a share only a word that is in no list.
#[test]
fn errors_repeat_no_word_of_a_share() {
    let words: Vec<&str> = SINGLE.split(' ').collect();
    for place in 0..words.len() {
        let mut typed = words.clone();
        typed[place] = "acne";
        let (title, text) = refusal(read(&[&typed.join(" ")], PASSPHRASE));
        let said = format!("{title} {text}").to_lowercase();
        let repeated =
            words.iter().find(|word| said.split(|c: char| !c.is_alphanumeric()).any(|said| said == **word));
        assert_eq!(repeated, None, "{said}");
    }
}
