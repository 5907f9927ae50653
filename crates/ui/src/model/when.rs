//! Moments in words. The moment, the present and the offset of the local clock are handed in.

/// Milliseconds in a minute.
const MINUTE: i64 = 60_000;
/// Minutes in a day.
const DAY: i64 = 24 * 60;

/// A moment on the wall clock of the person who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Local {
    /// Days since 1 January 1970, local.
    day: i64,
    /// Minutes since local midnight.
    minute: i64,
}

impl Local {
    /// A moment in milliseconds since the epoch, as seen where clocks are `offset` minutes ahead of UTC.
    #[must_use]
    pub fn new(at_ms: u64, offset: i32) -> Self {
        let minutes = i64::try_from(at_ms).unwrap_or(i64::MAX) / MINUTE + i64::from(offset);
        Self { day: minutes.div_euclid(DAY), minute: minutes.rem_euclid(DAY) }
    }

    /// `14:32`.
    #[must_use]
    pub fn clock(self) -> String {
        format!("{:02}:{:02}", self.minute / 60, self.minute % 60)
    }

    /// `Today`, `Yesterday`, `22 Nov`, or with the year if it is another one.
    #[must_use]
    pub fn day(self, now: Self) -> String {
        let (year, month, day) = self.date();
        match now.day - self.day {
            0 => "Today".to_owned(),
            1 => "Yesterday".to_owned(),
            _ if now.date().0 == year => format!("{day} {}", short_month(month)),
            _ => format!("{day} {} {year}", short_month(month)),
        }
    }

    /// `2025-11-22`: ISO 8601, for names of files.
    #[must_use]
    pub fn iso_day(self) -> String {
        let (year, month, day) = self.date();
        format!("{year:04}-{:02}-{day:02}", month + 1)
    }

    /// To follow “since”: `today`, `yesterday`, `22 Nov` within a month, `March`, or `March 2024`.
    #[must_use]
    pub fn since(self, now: Self) -> String {
        let (year, month, day) = self.date();
        match now.day - self.day {
            ..=0 => "today".to_owned(),
            1 => "yesterday".to_owned(),
            2..=31 => format!("{day} {}", short_month(month)),
            _ if now.date().0 == year => MONTHS[month].to_owned(),
            _ => format!("{} {year}", MONTHS[month]),
        }
    }

    /// Year, month from 0, day from 1, in the proleptic Gregorian calendar.
    ///
    /// Howard Hinnant, “chrono-Compatible Low-Level Date Algorithms”, `civil_from_days`.
    fn date(self) -> (i64, usize, i64) {
        let shifted = self.day + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = (month_from_march + 2).rem_euclid(12);
        let year = year_of_era + era * 400 + i64::from(month < 2);
        (year, usize::try_from(month).unwrap_or_default(), day)
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn short_month(month: usize) -> String {
    MONTHS[month].chars().take(3).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 22 November 2025, 14:32 UTC.
    const NOW: u64 = 1_763_821_920_000;
    const HOUR: u64 = 3_600_000;

    #[test]
    fn moments_are_put_in_words() {
        let check = |at: u64, offset: i32, day: &str, clock: &str, since: &str| {
            let (at, now) = (Local::new(at, offset), Local::new(NOW, offset));
            assert_eq!((at.day(now), at.clock(), at.since(now)), (day.into(), clock.into(), since.into()));
        };
        check(NOW, 0, "Today", "14:32", "today");
        check(NOW, 60, "Today", "15:32", "today");
        check(NOW - 15 * HOUR, 0, "Yesterday", "23:32", "yesterday");
        check(NOW - 15 * HOUR, 120, "Today", "01:32", "today");
        check(NOW - 48 * HOUR, 0, "20 Nov", "14:32", "20 Nov");
        check(NOW - 240 * 24 * HOUR, 0, "27 Mar", "14:32", "March");
        check(1_709_164_800_000, 0, "29 Feb 2024", "00:00", "February 2024");
        check(1_704_067_200_000, -60, "31 Dec 2023", "23:00", "December 2023");
        check(0, 0, "1 Jan 1970", "00:00", "January 1970");
    }
}
