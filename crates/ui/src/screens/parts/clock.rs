//! The local clock, for putting moments into words.

use crate::model::when::Local;

/// A moment on the local wall clock.
pub fn local(at_ms: u64) -> Local {
    // Exact: a moment in milliseconds stays below 2^53 for 285,000 years.
    #[expect(clippy::cast_precision_loss, reason = "see above")]
    let date = js_sys::Date::new(&(at_ms as f64).into());
    // JavaScript counts minutes behind UTC; offsets are whole numbers within a day.
    #[expect(clippy::cast_possible_truncation, reason = "see above")]
    let offset = -(date.get_timezone_offset() as i32);
    Local::new(at_ms, offset)
}

/// The present on the local wall clock.
pub fn now() -> Local {
    local(now_ms())
}

/// The present, in milliseconds since the epoch.
pub fn now_ms() -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the clock is past 1970")]
    let now = js_sys::Date::now() as u64;
    now
}
