//! A platform that is the same in every run.

use candor_primitives::{Entropy, Unicode, keccak256};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Randomness by hashing a counter, and the Unicode tables of a crate.
#[derive(Clone, Debug, Default)]
pub struct TestPlatform(u64);

impl Entropy for TestPlatform {
    fn fill(&mut self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(32) {
            self.0 += 1;
            let block = keccak256(self.0.to_be_bytes());
            for (target, byte) in chunk.iter_mut().zip(block) {
                *target = byte;
            }
        }
    }
}

impl Unicode for TestPlatform {
    fn nfkd(&self, text: &str) -> Zeroizing<String> {
        Zeroizing::new(text.nfkd().collect())
    }
}
