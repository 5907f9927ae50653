//! Bytes in numbers of ten bits, zero bits before the first byte filling up the first number.

use candor_primitives::Secret;

/// Bits of a word's number.
const WORD_BITS: usize = 10;
/// A secret is a whole number of two bytes.
const UNIT_BITS: usize = 16;
/// No more bits fill up a value, else one word less would do.
const MOST_PADDING: usize = 8;

/// How many zero bits begin a value of so many words; `None` if no value has so many.
fn padding(words: usize) -> Option<usize> {
    let padding = (words * WORD_BITS) % UNIT_BITS;
    (padding <= MOST_PADDING).then_some(padding)
}

/// How many bytes so many words hold; `None` if no value has so many words.
pub(crate) fn byte_length(words: usize) -> Option<usize> {
    padding(words).map(|padding| (words * WORD_BITS - padding) / 8)
}

/// The bytes as numbers below 1024, added at the end.
pub(crate) fn encode(bytes: &[u8], words: &mut Vec<u16>) {
    let (mut held, mut bits) = (0_u32, (WORD_BITS - bytes.len() * 8 % WORD_BITS) % WORD_BITS);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        if bits >= WORD_BITS {
            bits -= WORD_BITS;
            words.push(((held >> bits) & 0x3ff) as u16);
        }
    }
}

/// The bytes that these numbers hold; `None` if their count or the bits before the first byte are wrong.
pub(crate) fn decode(words: &[u16]) -> Option<Secret<Vec<u8>>> {
    let padding = padding(words.len())?;
    let length = byte_length(words.len())?;
    let first = words.first()?;
    if first >> (WORD_BITS - padding) != 0 {
        return None;
    }
    // Reserved in full: growing would leave an unwiped copy behind.
    let mut bytes = Secret::new(Vec::with_capacity(length));
    let (mut held, mut bits) = (u32::from(*first), WORD_BITS - padding);
    let mut rest = words.iter().skip(1);
    loop {
        while bits >= 8 {
            bits -= 8;
            bytes.expose_mut().push(((held >> bits) & 0xff) as u8);
        }
        let Some(word) = rest.next() else { return Some(bytes) };
        held = (held << WORD_BITS) | u32::from(*word);
        bits += WORD_BITS;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_every_even_length_come_back() {
        for length in (2..=64_u8).step_by(2) {
            let bytes: Vec<u8> = (0..length).map(|index| index.wrapping_mul(0x4d) ^ 0xff).collect();
            let mut words = Vec::new();
            encode(&bytes, &mut words);
            assert!(words.iter().all(|word| *word < 1024));
            assert_eq!(byte_length(words.len()), Some(bytes.len()));
            assert_eq!(decode(&words).unwrap().expose(), &bytes);
        }
    }

    #[test]
    fn other_lengths_and_filling_bits_are_refused() {
        let possible: Vec<usize> = (13..=28).filter(|words| byte_length(*words).is_some()).collect();
        assert_eq!(possible, [13, 15, 16, 18, 20, 21, 23, 24, 26, 28]);
        assert!(decode(&[]).is_none());
        assert!(decode(&[0; 14]).is_none());
        // 13 words have two bits more than 16 bytes.
        let check = |first: u16, read: bool| {
            let words: Vec<u16> = core::iter::once(first).chain([0; 12]).collect();
            assert_eq!(decode(&words).is_some(), read, "{first}");
        };
        check(0x0ff, true);
        check(0x100, false);
        check(0x200, false);
    }
}
