//! How long a fee usually makes one wait.

use crate::ChainKind;

/// Waits that are said, in seconds: others are rounded up to the next, so that nobody waits longer than was said
/// because of rounding.
const STEPS: [u64; 8] = [5, 10, 15, 30, 60, 120, 180, 300];

/// Seconds between two blocks: Ethereum's slots (consensus specification), the OP Stack's block time, Arbitrum's
/// blocks of a quarter of a second; where nobody told us, no network that people use is slower than this.
const fn block_seconds(kind: ChainKind) -> u64 {
    match kind {
        ChainKind::Layer1 => 12,
        ChainKind::OpStack => 2,
        ChainKind::Arbitrum => 1,
        ChainKind::Other => 15,
    }
}

/// The wait for so many blocks, as in `usually within 15 seconds`.
#[must_use]
pub fn usually_within(kind: ChainKind, blocks: u64) -> String {
    let seconds = block_seconds(kind).saturating_mul(blocks);
    let step = STEPS.into_iter().find(|step| *step >= seconds).unwrap_or(300);
    match step {
        60 => "usually within a minute".to_owned(),
        minutes if minutes > 60 => format!("usually within {}\u{a0}minutes", minutes / 60),
        seconds => format!("usually within {seconds}\u{a0}seconds"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits() {
        let check = |kind, blocks, expected: &str| {
            assert_eq!(
                usually_within(kind, blocks).replace('\u{a0}', " "),
                format!("usually within {expected}")
            );
        };
        check(ChainKind::Layer1, 1, "15 seconds");
        check(ChainKind::Layer1, 2, "30 seconds");
        check(ChainKind::Layer1, 5, "a minute");
        check(ChainKind::Layer1, 10, "2 minutes");
        check(ChainKind::OpStack, 2, "5 seconds");
        check(ChainKind::Arbitrum, 10, "10 seconds");
        check(ChainKind::Other, 10, "3 minutes");
        check(ChainKind::Other, u64::MAX, "5 minutes");
    }
}
