//! Key files in words.

/// No file is read that is larger, in bytes.
pub const LARGEST: f64 = 1_048_576.0;

/// How long opening a file takes, as its maker chose.
#[must_use]
pub fn takes(about_ms: u32) -> String {
    match about_ms.div_ceil(1_000) {
        0..=2 => "Opening the file…".to_owned(),
        seconds @ 3..=90 => {
            format!("Opening the file. Its maker made that slow: about {seconds} seconds here.")
        }
        seconds => {
            format!(
                "Opening the file. Its maker made that slow: about {} minutes here.",
                seconds.div_ceil(60)
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slow_files_say_how_slow() {
        let check = |ms, end: &str| assert!(takes(ms).ends_with(end), "{ms}: {}", takes(ms));
        check(0, "file…");
        check(2_000, "file…");
        check(2_001, "about 3 seconds here.");
        check(90_000, "about 90 seconds here.");
        check(90_001, "about 2 minutes here.");
    }
}
