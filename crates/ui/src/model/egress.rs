//! Whom the wallet talked to, in words.

/// A number of bytes as people read it: `0.9 kB`, `14 kB`, `2.3 MB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    let tenths = |unit: u64| bytes.saturating_mul(10).div_ceil(unit);
    match bytes {
        0..10_000 => format!("{}.{}\u{a0}kB", tenths(1_000) / 10, tenths(1_000) % 10),
        10_000..1_000_000 => format!("{}\u{a0}kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{}\u{a0}MB", tenths(1_000_000) / 10, tenths(1_000_000) % 10),
    }
}

/// How often.
#[must_use]
pub fn times(count: u64) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_counts_are_plain() {
        let check = |bytes: u64, expected: &str| assert_eq!(size(bytes), expected.replace(' ', "\u{a0}"));
        check(0, "0.0 kB");
        check(1, "0.1 kB");
        check(940, "1.0 kB");
        check(13_200, "14 kB");
        check(2_250_000, "2.3 MB");
        assert_eq!((times(1), times(2), times(30)), ("once".into(), "twice".into(), "30 times".into()));
    }
}
