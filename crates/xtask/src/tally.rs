//! Counting what passed and what failed.

use std::fmt;
use std::ops::AddAssign;

/// How many checks held and how many did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    /// One check that held or did not.
    pub(crate) fn one(held: bool) -> Self {
        Self { passed: held.into(), failed: (!held).into() }
    }

    /// A count read from a program's output; a program that failed has at least one failure.
    pub(crate) fn of_run(succeeded: bool, counted: Option<Self>) -> Self {
        let mut tally = counted.unwrap_or(if succeeded { Self::default() } else { Self::one(false) });
        if !succeeded && tally.failed == 0 {
            tally.failed = 1;
        }
        tally
    }

    /// Whether everything held.
    pub(crate) fn clean(self) -> bool {
        self.failed == 0
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Adds up every line of `output` that `starts` recognises, reading the numbers before "passed" and "failed".
///
/// Understands nextest's summary, the result lines of `cargo test`, and the last line of the journeys.
pub(crate) fn read(output: &str, starts: &str) -> Option<Tally> {
    let mut total = None;
    for line in output.lines().filter(|line| line.trim_start().starts_with(starts)) {
        let words: Vec<&str> = line.split([' ', ',', ';']).filter(|word| !word.is_empty()).collect();
        let before = |name: &str| {
            words.windows(2).find(|pair| pair[1] == name).and_then(|pair| pair[0].parse::<u64>().ok())
        };
        if let Some(passed) = before("passed") {
            let total = total.get_or_insert_with(Tally::default);
            *total += Tally { passed, failed: before("failed").unwrap_or(0) };
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::{Tally, read};

    #[test]
    fn summaries() {
        let check = |output: &str, starts: &str, expected: Option<(u64, u64)>| {
            let expected = expected.map(|(passed, failed)| Tally { passed, failed });
            assert_eq!(read(output, starts), expected, "{output}");
        };
        check("     Summary [   0.01s] 5 tests run: 5 passed, 0 skipped", "Summary", Some((5, 0)));
        check("     Summary [   0.01s] 5 tests run: 4 passed, 1 failed, 0 skipped", "Summary", Some((4, 1)));
        check(
            "test result: ok. 3 passed; 0 failed; 0 ignored\ntest result: FAILED. 1 passed; 2 failed; 0 ignored",
            "test result:",
            Some((4, 2)),
        );
        check("connect … ok\n7 passed, 1 failed\n", "", Some((7, 1)));
        check("error: could not compile", "Summary", None);
    }

    #[test]
    fn a_failed_run_never_counts_as_clean() {
        let check = |succeeded, counted: Option<(u64, u64)>, expected: (u64, u64)| {
            let counted = counted.map(|(passed, failed)| Tally { passed, failed });
            let tally = Tally::of_run(succeeded, counted);
            assert_eq!((tally.passed, tally.failed), expected);
        };
        check(true, Some((3, 0)), (3, 0));
        check(true, None, (0, 0));
        check(false, None, (0, 1));
        check(false, Some((3, 0)), (3, 1));
        check(false, Some((3, 2)), (3, 2));
    }
}
