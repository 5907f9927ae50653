use proptest::{prelude::*, sample::Index};

use super::*;

/// The first vector of the standard.
const GOOD: &str = "duckling enlarge academic academic agency result length solution fridge kidney coal piece deal \
                    husband erode duke ajar critical decision keyboard";

/// What went wrong, in a form that can be compared: the error keeps the typed word to itself.
fn problem(text: &str) -> Option<String> {
    Share::parse(text).err().map(|error| match error {
        ShareError::UnknownWord { position, word, nearest } => {
            format!("{position} {} {:?}", word.expose(), nearest.as_slice())
        }
        ShareError::WrongWord { position, nearest } => format!("{position} rather {:?}", nearest.as_slice()),
        other => other.to_string(),
    })
}

#[test]
fn a_share_says_where_it_belongs() {
    let share = Share::parse(GOOD).unwrap();
    let header = Header {
        identifier: 7945,
        extendable: false,
        iteration_exponent: IterationExponent::new(0).unwrap(),
        group_threshold: 1,
        group_count: 1,
    };
    assert_eq!(share.header(), header);
    assert_eq!((share.group_index(), share.member_index(), share.member_threshold()), (0, 0, 1));
    assert_eq!(share.text().expose(), GOOD);
    // The eleventh share of the ninth of 14 groups, to fill every field.
    let share = Share {
        header: Header {
            identifier: 0x5a5a,
            extendable: true,
            iteration_exponent: IterationExponent::MAX,
            group_threshold: 6,
            group_count: 14,
        },
        group_index: 8,
        member_index: 10,
        member_threshold: 12,
        value: Secret::new((0..32).collect()),
    };
    let read = Share::parse(share.text().expose()).unwrap();
    assert_eq!(read.header(), share.header());
    assert_eq!((read.group_index(), read.member_index(), read.member_threshold()), (8, 10, 12));
    assert_eq!(read.value.expose(), share.value.expose());
}

#[test]
fn what_is_wrong_is_told_exactly() {
    let check = |text: &str, expected: Option<&str>| assert_eq!(problem(text).as_deref(), expected, "{text}");
    let count =
        |count| format!("a share has 20 or 33 words, rarely another number up to 59, this one has {count}");
    let bad = "the words do not fit together: some are wrong or missing, or their order is wrong";
    check(GOOD, None);
    check("", Some("there are no words"));
    check(" 1. 2. 3. ", Some("there are no words"));
    check(&GOOD.replace("fridge", "frigde"), Some(r#"9 frigde ["fridge"]"#));
    check("Duckling enlarg ABANDON", Some(r#"3 abandon ["canyon", "random"]"#));
    check("duckling enlarge", Some(&count(2)));
    check(&format!("{GOOD} duke"), Some(&count(21)));
    check(&format!("{GOOD} {GOOD} {GOOD}"), Some(&count(60)));
    check(&GOOD.replace("fridge", "friar"), Some(r#"9 rather ["fridge"]"#));
    check(&GOOD.replace("keyboard", "kidney"), Some(r#"20 rather ["keyboard"]"#));
    // The second word decides how the checksum begins; here the wrong one says so wrongly.
    check(&GOOD.replace("enlarge", "enjoy"), Some(r#"2 rather ["enlarge"]"#));
    check(&GOOD.replace("duckling enlarge", "enlarge duckling"), Some(bad));
    check(&GOOD.replace("fridge kidney", "kidney fridge"), Some(bad));
    check(&format!("{GOOD} duke duke"), Some(bad));
}

#[test]
fn a_share_that_makes_no_sense_is_refused() {
    let mut share = Share::parse(GOOD).unwrap();
    share.header.group_threshold = 2;
    assert!(matches!(Share::parse(share.text().expose()), Err(ShareError::Impossible)));
}

#[test]
fn nothing_of_a_share_is_printed() {
    let error = Share::parse(&GOOD.replace("fridge", "frigde")).err().unwrap();
    assert_eq!(error.to_string(), "word 9 is not in the word list of shares");
    assert_eq!(
        format!("{error:?}"),
        "UnknownWord { position: 9, word: Secret(…), nearest: NearWords(1 words) }"
    );
    let printed = format!("{:?}", Share::parse(GOOD).unwrap());
    assert!(printed.ends_with("value: Secret(…) }"), "{printed}");
}

#[test]
fn a_pasted_book_is_answered_at_once() {
    assert!(Share::parse(&"academic acid ".repeat(30_000)).is_err());
    assert!(Share::parse(&"x".repeat(1 << 20)).is_err());
}

/// A share with any content that makes sense.
fn share() -> impl Strategy<Value = Share> {
    let value = (8_usize..=32).prop_flat_map(|half| prop::collection::vec(any::<u8>(), half * 2));
    let numbers = prop::array::uniform4(0_u8..16);
    let groups = (1_u8..=16).prop_flat_map(|count| (1..=count, Just(count)));
    (0_u16..1 << 15, any::<bool>(), numbers, groups, value).prop_map(
        |(identifier, extendable, [exponent, group_index, member_index, threshold], groups, value)| Share {
            header: Header {
                identifier,
                extendable,
                iteration_exponent: IterationExponent::new(exponent).unwrap(),
                group_threshold: groups.0,
                group_count: groups.1,
            },
            group_index,
            member_index,
            member_threshold: threshold + 1,
            value: Secret::new(value),
        },
    )
}

/// What people and programs put around one word, given its number.
fn dressed(style: u8, number: usize, word: &str) -> String {
    let (first, rest) = word.split_at(1);
    let capital = first.to_uppercase() + rest;
    match style % 9 {
        0 => format!("{word} "),
        1 => format!("{number}. {word}\n"),
        2 => format!("{number}) {capital}\r\n"),
        3 => format!("{number}{word}\t"),
        4 => format!("{}, ", word.to_uppercase()),
        5 => format!("\u{200b}{word}\u{a0}"),
        6 => format!("\"{word}\",\n"),
        7 => format!("{} ", word.split_at(4).0),
        _ => format!("• {word} — "),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_back(share in share(), styles in prop::collection::vec(any::<u8>(), 59)) {
        let typed: String = share
            .words()
            .zip(&styles)
            .enumerate()
            .map(|(index, (word, style))| dressed(*style, index + 1, word))
            .collect();
        for text in [share.text().expose(), &typed] {
            let read = Share::parse(text).unwrap();
            prop_assert!(read.words().eq(share.words()));
            prop_assert_eq!(read.header(), share.header());
            prop_assert!(read.value.expose() == share.value.expose());
        }
    }

    #[test]
    fn a_wrong_word_is_found(share in share(), place: Index, difference in 1_u16..1024) {
        let right = share.indices();
        let mut wrong = right.clone();
        let place = place.index(wrong.len());
        wrong[place] ^= difference;
        let Err(ShareError::WrongWord { position, nearest }) = Share::from_indices(&wrong) else {
            panic!("not taken for one wrong word")
        };
        prop_assert_eq!((position, nearest.as_slice()), (place + 1, &[words::word(right[place])][..]));
    }

    #[test]
    fn up_to_three_wrong_words_are_refused(
        share in share(),
        slips in prop::collection::vec((any::<Index>(), 1_u16..1024), 1..=3),
    ) {
        let right = share.indices();
        let mut wrong = right.clone();
        for (place, difference) in slips {
            let place = place.index(wrong.len());
            wrong[place] = right[place] ^ difference;
        }
        prop_assert!(Share::from_indices(&wrong).is_err());
    }

    #[test]
    fn any_text_is_answered(text in any::<String>(), numbers in prop::collection::vec(0_u16..1024, 0..70)) {
        prop_assert!(Share::parse(&text).is_err());
        prop_assert!(Share::from_indices(&numbers).is_err());
    }
}
