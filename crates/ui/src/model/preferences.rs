//! Preferences in words.

/// Times to lock that are offered, in minutes; 0 = only when the browser closes.
const LOCK_MINUTES: [u32; 7] = [1, 5, 15, 30, 60, 240, 0];

/// For how many seconds payments can be taken back, as offered; 0 = they are sent at once.
pub const UNDO_SECONDS: [u32; 4] = [0, 5, 10, 30];

/// `for 10 seconds`.
#[must_use]
pub fn undo(seconds: u32) -> String {
    if seconds == 0 { "never".to_owned() } else { format!("for {seconds} seconds") }
}

/// The times to choose from, with the one in use even if it is none of ours.
#[must_use]
pub fn lock_choices(current: u32) -> Vec<u32> {
    let mut choices = LOCK_MINUTES.to_vec();
    if !choices.contains(&current) {
        let place = choices.iter().position(|minutes| *minutes == 0 || *minutes > current);
        choices.insert(place.unwrap_or(choices.len()), current);
    }
    choices
}

/// `after 15 minutes`, `after 1 hour`.
#[must_use]
pub fn after(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, 0) => "only with the browser".to_owned(),
        (0, 1) => "after 1 minute".to_owned(),
        (1, 0) => "after 1 hour".to_owned(),
        (hours, 0) => format!("after {hours} hours"),
        _ => format!("after {minutes} minutes"),
    }
}

/// `1 site`, `5 sites`; the word must take an s.
#[must_use]
pub fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_offered_in_order_and_said_plainly() {
        assert_eq!(lock_choices(15), LOCK_MINUTES);
        assert_eq!(lock_choices(20), [1, 5, 15, 20, 30, 60, 240, 0]);
        assert_eq!(lock_choices(500), [1, 5, 15, 30, 60, 240, 500, 0]);
        let check = |minutes, expected: &str| assert_eq!(after(minutes), expected);
        check(0, "only with the browser");
        check(1, "after 1 minute");
        check(15, "after 15 minutes");
        check(60, "after 1 hour");
        check(90, "after 90 minutes");
        check(240, "after 4 hours");
        assert_eq!((counted(1, "site"), counted(0, "site")), ("1 site".into(), "0 sites".into()));
    }
}
