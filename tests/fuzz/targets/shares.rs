//! SLIP-39 shares: as typed, one a line, and as another program would write them.
#![no_main]
#![allow(clippy::unwrap_used, reason = "what cannot be is what fuzzing looks for")]

use std::sync::LazyLock;

use candor_slip39::{IterationExponent, Passphrase, Share, ShareSet};
use libfuzzer_sys::fuzz_target;

/// The words in order.
static WORDS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../../../crates/slip39/wordlist/english.txt").lines().collect());
/// Each line that is no share is compared with the whole list.
const MOST_LINES: usize = 4;
/// More are never needed.
const MOST_SHARES: usize = 16;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    set(text.lines().take(MOST_LINES).filter_map(|line| Share::parse(line).ok()));
    set(made(bytes));
});

/// Shares that fit together say how far they are, and give a secret or none.
fn set(shares: impl IntoIterator<Item = Share>) {
    let mut set = ShareSet::default();
    for share in shares {
        let read = Share::parse(share.text().expose()).unwrap();
        assert!(read.words().eq(share.words()));
        let header = share.header();
        assert_eq!(read.header(), header);
        assert!((1..=header.group_count).contains(&header.group_threshold) && header.group_count <= 16);
        if let Ok(progress) = set.add(share) {
            assert_eq!(set.progress(), Some(progress.clone()));
            assert_eq!(progress.is_complete(), progress.groups_missing() == 0);
            assert!(progress.groups.iter().all(|group| group.have <= 16 && group.need <= 16));
        }
    }
    let Some((progress, header)) = set.progress().zip(set.header()) else { return };
    let passphrase = Passphrase::new("").unwrap();
    if !progress.is_complete() {
        assert!(set.combine(passphrase).is_err());
    } else if header.iteration_exponent == IterationExponent::new(0).unwrap() && progress.groups_needed > 1 {
        // Several groups have a digest, by which nearly all are refused before the slow part.
        drop(set.combine(passphrase));
    }
}

/// Shares of one set as a program writes them that knows the standard and nothing of ours: two bytes of identifier,
/// one of flag and exponent, one of groups, then each share with a byte of place, one of threshold and 16 of value.
fn made(bytes: &[u8]) -> Vec<Share> {
    let Some(([high, low, kind, groups], rest)) = bytes.split_first_chunk::<4>() else { return Vec::new() };
    let identifier = u16::from_be_bytes([*high, *low]) >> 1;
    let extendable = kind & 16 != 0;
    let (threshold, count) = (u16::from(groups >> 4), u16::from(groups & 15));
    let mut shares = Vec::new();
    for share in rest.chunks_exact(18).take(MOST_SHARES) {
        let ([place, needed], value) = share.split_first_chunk::<2>().unwrap();
        let mut words = vec![
            identifier >> 5,
            (identifier & 31) << 5 | u16::from(*kind & 31),
            u16::from(place >> 4) << 6 | threshold << 2 | count >> 2,
            (count & 3) << 8 | u16::from(place & 15) << 4 | u16::from(needed & 15),
        ];
        words.extend(value_words(value));
        words.extend(checksum(extendable, &words));
        let text: Vec<&str> = words.iter().map(|word| WORDS[usize::from(*word)]).collect();
        let read = Share::parse(&text.join(" "));
        assert_eq!(read.is_ok(), threshold <= count);
        let Ok(read) = read else { continue };
        assert!(read.words().eq(text));
        let header = read.header();
        assert_eq!((header.identifier, header.extendable), (identifier, extendable));
        assert_eq!(u16::from(header.group_threshold), threshold + 1);
        assert_eq!(u16::from(header.group_count), count + 1);
        shares.push(read);
    }
    shares
}

/// The bytes as numbers of ten bits, zeros before the first.
fn value_words(value: &[u8]) -> Vec<u16> {
    let count = (value.len() * 8).div_ceil(10);
    let padding = count * 10 - value.len() * 8;
    let bit =
        |at: usize| at.checked_sub(padding).map_or(0, |at| u16::from(value[at / 8] >> (7 - at % 8) & 1));
    (0..count).map(|word| (0..10).fold(0, |number, at| number << 1 | bit(word * 10 + at))).collect()
}

/// RS1024 as the standard's reference prints it.
fn checksum(extendable: bool, words: &[u16]) -> [u16; 3] {
    const GENERATOR: [u32; 10] = [
        0x00E0_E040,
        0x01C1_C080,
        0x0383_8100,
        0x0707_0200,
        0x0E0E_0009,
        0x1C0C_2412,
        0x3808_6C24,
        0x3090_FC48,
        0x21B1_F890,
        0x03F3_F120,
    ];
    let customization: &[u8] = if extendable { b"shamir_extendable" } else { b"shamir" };
    let values = customization.iter().copied().map(u32::from).chain(words.iter().copied().map(u32::from));
    let mut state = 1_u32;
    for value in values.chain([0; 3]) {
        let top = state >> 20;
        state = (state & 0xF_FFFF) << 10 ^ value;
        for (bit, part) in GENERATOR.iter().enumerate() {
            if top >> bit & 1 == 1 {
                state ^= part;
            }
        }
    }
    state ^= 1;
    [20, 10, 0].map(|shift| u16::try_from(state >> shift & 1023).unwrap())
}
