use candor_keys::NearWords;
use candor_primitives::Secret;
use zeroize::Zeroizing;

use crate::{
    Header, IterationExponent, MasterSecret, bits,
    rs1024::{self, CHECKSUM_WORDS},
    typed::typed_words,
    words,
};

/// No word of the list is longer, in bytes.
const LONGEST_WORD: usize = 8;
/// Two words of the set and two of the share's place in it come before the value.
const PREFIX_WORDS: usize = 4;
/// The place of the second word.
const SECOND_WORD: usize = 1;
/// Bits of a word's number.
const WORD_MASK: u16 = (1 << 10) - 1;
/// The bit of the second word that says whether a share is extendable.
const EXTENDABLE_BIT: u16 = 1 << 4;

/// One share of a set: its words and checksum are right. Wiped when dropped, its value is never printed.
#[derive(Debug)]
pub struct Share {
    pub(crate) header: Header,
    pub(crate) group_index: u8,
    pub(crate) member_index: u8,
    pub(crate) member_threshold: u8,
    pub(crate) value: Secret<Vec<u8>>,
}

/// Why a text is not a share. The typed word is kept apart, so that neither `Debug` nor `Display` prints it.
#[derive(Debug, thiserror::Error)]
pub enum ShareError {
    /// There is no word in the text.
    #[error("there are no words")]
    Empty,
    /// A word is not in the list; the first such word is told.
    #[error("word {position} is not in the word list of shares")]
    UnknownWord {
        /// Which word it is, counted from 1.
        position: usize,
        /// The word as read, in lower case.
        word: Secret<String>,
        /// What may have been meant.
        nearest: NearWords,
    },
    /// All words are known, but a share never has so many.
    #[error("a share has 20 or 33 words, rarely another number up to 59, this one has {count}")]
    WrongLength {
        /// How many words there are.
        count: usize,
    },
    /// All words are known, but one is another than was written down. It is only likely: many wrong words can look
    /// like one.
    #[error("word {position} is in the list, but is most likely not the one that was written down")]
    WrongWord {
        /// Which word it is, counted from 1.
        position: usize,
        /// The word that fits there.
        nearest: NearWords,
    },
    /// All words are known, but together they are not a share: several are wrong, or their order is.
    #[error("the words do not fit together: some are wrong or missing, or their order is wrong")]
    BadChecksum,
    /// The words fit together, but they say what no share says: more groups are needed than there are, or bits that
    /// must be zero are not. Faulty software made it.
    #[error(
        "the words fit together, but what they say makes no sense: the share was made by faulty software"
    )]
    Impossible,
}

impl Share {
    /// Reads a share as people type it: any white space and line breaks, upper case, numbering, commas, invisible
    /// characters, words cut off after four letters.
    ///
    /// # Errors
    /// What is wrong, in this order: no words, the first unknown word, the number of words, the checksum, the content.
    pub fn parse(text: &str) -> Result<Self, ShareError> {
        let typed = typed_words(text);
        if typed.is_empty() {
            return Err(ShareError::Empty);
        }
        // Reserved in full: growing would leave an unwiped copy behind.
        let mut indices = Zeroizing::new(Vec::with_capacity(typed.len()));
        for (word, position) in typed.iter().zip(1..) {
            let index = words::find(word).ok_or_else(|| ShareError::UnknownWord {
                position,
                word: Secret::new(word.to_string()),
                nearest: NearWords::among(words::all(), word),
            })?;
            indices.push(index);
        }
        Self::from_indices(&indices)
    }

    fn from_indices(indices: &[u16]) -> Result<Self, ShareError> {
        let count = indices.len();
        let value_words = count.saturating_sub(PREFIX_WORDS + CHECKSUM_WORDS);
        let ([first, second, third, fourth, rest @ ..], Some(length)) =
            (indices, bits::byte_length(value_words))
        else {
            return Err(ShareError::WrongLength { count });
        };
        if !MasterSecret::fits(length) {
            return Err(ShareError::WrongLength { count });
        }
        if !rs1024::is_right(is_extendable(*second), indices) {
            return Err(wrong_words(indices));
        }
        let header = Header {
            identifier: (first << 5) | (second >> 5),
            extendable: is_extendable(*second),
            iteration_exponent: IterationExponent::from_low_bits(*second),
            group_threshold: nibble(third >> 2) + 1,
            group_count: nibble((third << 2) | (fourth >> 8)) + 1,
        };
        if header.group_threshold > header.group_count {
            return Err(ShareError::Impossible);
        }
        Ok(Self {
            header,
            group_index: nibble(third >> 6),
            member_index: nibble(fourth >> 4),
            member_threshold: nibble(*fourth) + 1,
            value: rest.get(..value_words).and_then(bits::decode).ok_or(ShareError::Impossible)?,
        })
    }

    /// What the share has in common with the others of its set.
    #[must_use]
    pub const fn header(&self) -> Header {
        self.header
    }

    /// Which group it is of, counted from 0.
    #[must_use]
    pub const fn group_index(&self) -> u8 {
        self.group_index
    }

    /// Which share of its group it is, counted from 0.
    #[must_use]
    pub const fn member_index(&self) -> u8 {
        self.member_index
    }

    /// How many shares complete its group, 1 to 16.
    #[must_use]
    pub const fn member_threshold(&self) -> u8 {
        self.member_threshold
    }

    /// The words in order, to be written down.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        let indices = self.indices();
        (0..indices.len()).filter_map(move |place| indices.get(place).map(|index| words::word(*index)))
    }

    /// The words in order, one space between them.
    #[must_use]
    pub fn text(&self) -> Secret<String> {
        // Reserved in full: growing would leave an unwiped copy behind.
        let mut text = Secret::new(String::with_capacity(self.indices().len() * (LONGEST_WORD + 1)));
        for (place, word) in self.words().enumerate() {
            text.expose_mut().push_str(if place == 0 { "" } else { " " });
            text.expose_mut().push_str(word);
        }
        text
    }

    fn indices(&self) -> Zeroizing<Vec<u16>> {
        let Header { identifier, extendable, iteration_exponent, group_threshold, group_count } = self.header;
        // Two bytes of value never need more than two words.
        let mut indices = Vec::with_capacity(PREFIX_WORDS + self.value.expose().len() + CHECKSUM_WORDS);
        let extendable_bit = if extendable { EXTENDABLE_BIT } else { 0 };
        let (group_threshold, group_count) = (one_less(group_threshold), one_less(group_count));
        indices.extend([
            identifier >> 5,
            ((identifier << 5) & WORD_MASK) | extendable_bit | u16::from(iteration_exponent.get()),
            (u16::from(self.group_index) << 6) | (group_threshold << 2) | (group_count >> 2),
            ((group_count << 8) & WORD_MASK)
                | (u16::from(self.member_index) << 4)
                | one_less(self.member_threshold),
        ]);
        bits::encode(self.value.expose(), &mut indices);
        indices.extend(rs1024::checksum(extendable, &indices));
        Zeroizing::new(indices)
    }
}

const fn is_extendable(second_word: u16) -> bool {
    second_word & EXTENDABLE_BIT != 0
}

/// The lowest four bits.
const fn nibble(bits: u16) -> u8 {
    (bits & 0xf) as u8
}

/// Counts from 1 to 16 are written as 0 to 15.
fn one_less(count: u8) -> u16 {
    u16::from(count.saturating_sub(1))
}

/// Which word is wrong, if it is one. Its second word says with which of two beginnings a share is checked, and may
/// itself be the wrong one: so both are tried.
fn wrong_words(indices: &[u16]) -> ShareError {
    let found = [false, true].into_iter().find_map(|extendable| {
        let (place, index) = rs1024::one_wrong(extendable, indices)?;
        let second = if place == SECOND_WORD { index } else { *indices.get(SECOND_WORD)? };
        (is_extendable(second) == extendable).then_some((place, index))
    });
    match found {
        Some((place, index)) => {
            ShareError::WrongWord { position: place + 1, nearest: NearWords::only(words::word(index)) }
        }
        None => ShareError::BadChecksum,
    }
}

#[cfg(test)]
mod tests;
