use jiff::{Timestamp, fmt::temporal::DateTimeParser};

/// A day as people write it, `22 Dec`, with the year if it is not this one. In UTC.
pub(crate) fn day(seconds: u64, now: u64) -> Option<String> {
    let (then, now) = (timestamp(seconds)?, timestamp(now)?);
    let this_year = then.strftime("%Y").to_string() == now.strftime("%Y").to_string();
    Some(then.strftime(if this_year { "%-d %b" } else { "%-d %b %Y" }).to_string())
}

/// A moment to the minute, `22 Dec 2026, 15:40 UTC`; the plain number if no calendar reaches that far.
pub(crate) fn minute(seconds: u64) -> String {
    timestamp(seconds).map_or_else(
        || format!("{seconds} seconds after 1970"),
        |then| then.strftime("%-d %b %Y, %H:%M UTC").to_string(),
    )
}

/// Seconds since the Unix epoch of an RFC 3339 `date-time`; earlier moments count as zero.
pub(crate) fn rfc3339(text: &str) -> Option<u64> {
    // The parser takes more than RFC 3339, such as a blank for the `T` or a bracketed time zone.
    let bytes = text.as_bytes();
    let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    let shaped = separators.iter().all(|(at, c)| bytes.get(*at).is_some_and(|b| b.eq_ignore_ascii_case(c)));
    let zoned =
        text.ends_with(['Z', 'z']) || bytes.iter().rev().nth(5).is_some_and(|b| matches!(b, b'+' | b'-'));
    if !shaped || !zoned {
        return None;
    }
    let moment = DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(u64::try_from(moment.as_second()).unwrap_or(0))
}

fn timestamp(seconds: u64) -> Option<Timestamp> {
    Timestamp::from_second(i64::try_from(seconds).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_795_323_600; // 22 Nov 2026, 05:00 UTC

    #[test]
    fn moments_read_as_people_write_them() {
        assert_eq!(minute(NOW), "22 Nov 2026, 05:00 UTC");
        assert_eq!(day(NOW + 30 * 86_400, NOW).as_deref(), Some("22 Dec"));
        assert_eq!(day(NOW + 60 * 86_400, NOW).as_deref(), Some("21 Jan 2027"));
        assert_eq!(day(u64::MAX, NOW), None);
        assert_eq!(minute(u64::MAX), "18446744073709551615 seconds after 1970");
    }

    #[test]
    fn only_rfc_3339_is_a_moment() {
        let check = |text: &str, expected: Option<u64>| assert_eq!(rfc3339(text), expected, "{text}");
        check("2026-11-22T05:00:00Z", Some(NOW));
        check("2026-11-22T05:00:00.123Z", Some(NOW));
        check("2026-11-22T06:00:00+01:00", Some(NOW));
        check("1960-01-01T00:00:00Z", Some(0));
        check("2026-11-22 05:00:00Z", None);
        check("2026-11-22T05:00:00", None);
        check("2026-11-22T05:00:00Z[UTC]", None);
        check("2026-13-22T05:00:00Z", None);
        check("", None);
        check("soon", None);
    }
}
