//! RS1024, the checksum of SLIP-39: a Reed-Solomon code over GF(1024) whose three words catch any three wrong ones.

/// How many words the checksum has.
pub(crate) const CHECKSUM_WORDS: usize = 3;
/// Bits of a word's number.
const WORD_BITS: u32 = 10;
const WORD_MASK: u32 = (1 << WORD_BITS) - 1;
/// Bits of the state but those that the next step carries over: two of its three words.
const KEPT_BITS: u32 = 20;
const KEPT_MASK: u32 = (1 << KEPT_BITS) - 1;
/// What each bit that is carried over adds.
const GENERATOR: [u32; 10] = [
    0x00e0_e040,
    0x01c1_c080,
    0x0383_8100,
    0x0707_0200,
    0x0e0e_0009,
    0x1c0c_2412,
    0x3808_6c24,
    0x3090_fc48,
    0x21b1_f890,
    0x03f3_f120,
];

/// What the words are preceded by, so that one kind of share is not taken for the other.
const fn customization(extendable: bool) -> &'static [u8] {
    if extendable { b"shamir_extendable" } else { b"shamir" }
}

/// What the bits carried over add, without a branch on them.
fn carry(carried: u32) -> u32 {
    GENERATOR
        .iter()
        .zip(0..)
        .fold(0, |sum, (part, bit)| sum ^ (part & 0_u32.wrapping_sub((carried >> bit) & 1)))
}

fn step(state: u32, word: u32) -> u32 {
    ((state & KEPT_MASK) << WORD_BITS) ^ word ^ carry(state >> KEPT_BITS)
}

/// The state before a step with word 0, the step being a permutation.
fn step_back(state: u32) -> u32 {
    let carried =
        (0..=WORD_MASK).find(|carried| (carry(*carried) ^ state) & WORD_MASK == 0).unwrap_or_default();
    (carried << KEPT_BITS) | ((state ^ carry(carried)) >> WORD_BITS)
}

fn state_after(extendable: bool, words: impl Iterator<Item = u16>) -> u32 {
    let start = customization(extendable).iter().copied().map(u32::from).fold(1, step);
    words.map(u32::from).fold(start, step)
}

/// The three words to put behind these.
pub(crate) fn checksum(extendable: bool, words: &[u16]) -> [u16; CHECKSUM_WORDS] {
    let state = state_after(extendable, words.iter().copied().chain([0; CHECKSUM_WORDS])) ^ 1;
    [20, 10, 0].map(|shift| ((state >> shift) & WORD_MASK) as u16)
}

/// Whether the words, the last three being the checksum, are as they were written.
pub(crate) fn is_right(extendable: bool, words: &[u16]) -> bool {
    state_after(extendable, words.iter().copied()) == 1
}

/// If exactly one word is wrong: its place, counted from 0, and the right one. Never an answer for two wrong words,
/// and for more only by a chance of less than one in ten thousand.
pub(crate) fn one_wrong(extendable: bool, words: &[u16]) -> Option<(usize, u16)> {
    // A state is the sum of what each word adds, so what is left over is what the difference at one place adds,
    // carried through the steps after it. Taken back to that place, only the difference itself is there.
    let mut left_over = state_after(extendable, words.iter().copied()) ^ 1;
    for (place, word) in words.iter().enumerate().rev() {
        if left_over <= WORD_MASK {
            return Some((place, word ^ (left_over & WORD_MASK) as u16));
        }
        left_over = step_back(left_over);
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::Index};

    use super::*;

    fn with_checksum(extendable: bool, mut words: Vec<u16>) -> Vec<u16> {
        let checksum = checksum(extendable, &words);
        words.extend(checksum);
        words
    }

    proptest! {
        #[test]
        fn up_to_three_wrong_words_are_caught(
            words in prop::collection::vec(0_u16..1024, 17..=56),
            extendable: bool,
            slips in prop::collection::vec((any::<Index>(), 1_u16..1024), 1..=3),
        ) {
            let right = with_checksum(extendable, words);
            prop_assert!(is_right(extendable, &right));
            prop_assert!(!is_right(!extendable, &right));
            let mut wrong = right.clone();
            for (place, difference) in slips {
                let place = place.index(wrong.len());
                wrong[place] = right[place] ^ difference;
            }
            prop_assert!(!is_right(extendable, &wrong));
            let differ: Vec<usize> = (0..right.len()).filter(|place| right[*place] != wrong[*place]).collect();
            match differ[..] {
                [place] => prop_assert_eq!(one_wrong(extendable, &wrong), Some((place, right[place]))),
                [_, _] => prop_assert_eq!(one_wrong(extendable, &wrong), None),
                _ => {}
            }
        }

        #[test]
        fn a_step_is_taken_back(state in 0_u32..1 << 30) {
            prop_assert_eq!(step_back(step(state, 0)), state);
        }
    }
}
