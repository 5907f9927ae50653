use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// A day as people write it, `22 Dec`, with the year if it is not this one. In UTC.
pub(crate) fn day(seconds: u64, now: u64) -> Option<String> {
    let (then, now) = (moment(seconds)?, moment(now)?);
    let day = format!("{} {}", then.day(), month(then));
    Some(if then.year() == now.year() { day } else { format!("{day} {}", then.year()) })
}

/// A moment to the minute, `22 Dec 2026, 15:40 UTC`; the plain number if no calendar reaches that far.
pub(crate) fn minute(seconds: u64) -> String {
    moment(seconds).map_or_else(
        || format!("{seconds} seconds after 1970"),
        |then| {
            let (day, year) = (then.day(), then.year());
            format!("{day} {} {year}, {:02}:{:02} UTC", month(then), then.hour(), then.minute())
        },
    )
}

/// The first three letters of a month's English name.
fn month(then: OffsetDateTime) -> String {
    then.month().to_string().chars().take(3).collect()
}

/// Seconds since the Unix epoch of an RFC 3339 `date-time`; earlier moments count as zero.
pub(crate) fn rfc3339(text: &str) -> Option<u64> {
    // The parser takes more than RFC 3339, such as a blank for the `T`.
    let bytes = text.as_bytes();
    let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    let shaped = separators.iter().all(|(at, c)| bytes.get(*at).is_some_and(|b| b.eq_ignore_ascii_case(c)));
    let zoned =
        text.ends_with(['Z', 'z']) || bytes.iter().rev().nth(5).is_some_and(|b| matches!(b, b'+' | b'-'));
    if !shaped || !zoned {
        return None;
    }
    let moment = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    Some(u64::try_from(moment.unix_timestamp()).unwrap_or(0))
}

fn moment(seconds: u64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(i64::try_from(seconds).ok()?).ok()
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
