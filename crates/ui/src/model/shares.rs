//! Shares of a wallet's secret (SLIP-39): splitting a text into shares, and the words around them.

use candor_protocol::import::SharesReport;

/// The most shares of a set, as SLIP-39 has it.
pub const MOST: u8 = 16;

/// The shares of a text: one paragraph or line each. A share that is broken over lines is one paragraph, so where there
/// are empty lines, only those part shares.
#[must_use]
pub fn split(text: &str) -> Vec<String> {
    let text = text.replace('\r', "");
    let lines: Vec<&str> = text.trim().split('\n').map(str::trim).collect();
    if lines.iter().any(|line| line.is_empty()) {
        let paragraphs = lines.split(|line| line.is_empty());
        paragraphs.filter(|lines| !lines.is_empty()).map(|lines| lines.join(" ")).collect()
    } else {
        lines.into_iter().filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }
}

/// What is said of a set as typed so far: what is wrong, or what is missing.
#[must_use]
pub fn says(report: &SharesReport) -> Option<String> {
    report.shares.iter().any(|share| share.name.is_some()).then(|| {
        let names: Vec<&str> = report.shares.iter().filter_map(|share| share.name.as_deref()).collect();
        let missing = report.missing.clone().unwrap_or_else(|| "That is enough.".to_owned());
        format!("Read: {}. {missing}", names.join(", "))
    })
}

/// The first share with something wrong, from 1, with title and text.
#[must_use]
pub fn problem(report: &SharesReport) -> Option<(String, String)> {
    let several = report.shares.len() > 1;
    report.shares.iter().enumerate().find_map(|(index, share)| {
        let problem = share.problem.as_ref()?;
        let place = if several { format!("Share {}: ", index + 1) } else { String::new() };
        Some((format!("{place}{}", problem.title), problem.text.clone()))
    })
}

/// How a set of shares is explained: `Any 2 of 3 bring your accounts back. With fewer, nothing can be learned.`
#[must_use]
pub fn scheme(needed: u8, shares: u8) -> String {
    if needed == shares {
        format!("All {shares} are needed. If one is lost, the others bring nothing back.")
    } else {
        format!("Any {needed} of {shares} bring your accounts back. With fewer, nothing can be learned.")
    }
}

#[cfg(test)]
mod tests {
    use candor_protocol::{import::ShareReport, view::ProblemView};

    use super::*;

    #[test]
    fn shares_are_parted_by_lines_or_paragraphs() {
        let check = |text: &str, expected: &[&str]| assert_eq!(split(text), expected, "{text:?}");
        check("", &[]);
        check(" \n\n ", &[]);
        check("a b c", &["a b c"]);
        check("a b\nc d", &["a b", "c d"]);
        check("a b\r\nc d\r\n", &["a b", "c d"]);
        check("a\nb\n\nc\nd\n\n\ne", &["a b", "c d", "e"]);
    }

    fn share(name: Option<&str>, problem: Option<&str>) -> ShareReport {
        ShareReport {
            words: vec![],
            complete: true,
            problem: problem.map(|title| ProblemView { title: title.to_owned(), text: "why".to_owned() }),
            name: name.map(str::to_owned),
        }
    }

    #[test]
    fn what_is_there_and_what_is_missing() {
        let report = |shares: Vec<ShareReport>, missing: Option<&str>| SharesReport {
            shares,
            missing: missing.map(str::to_owned),
            complete: missing.is_none(),
            about_ms: 0,
        };
        assert_eq!(says(&report(vec![share(None, None)], None)), None);
        let one = report(vec![share(Some("share 2"), None)], Some("One more share is needed."));
        assert_eq!(says(&one).unwrap(), "Read: share 2. One more share is needed.");
        let two = report(vec![share(Some("share 2"), None), share(Some("share 3"), None)], None);
        assert_eq!(says(&two).unwrap(), "Read: share 2, share 3. That is enough.");
        assert_eq!(problem(&two), None);
        let bad = report(vec![share(Some("share 2"), None), share(None, Some("Too short."))], None);
        assert_eq!(problem(&bad).unwrap().0, "Share 2: Too short.");
    }

    #[test]
    fn a_scheme_says_what_losing_one_means() {
        assert!(scheme(2, 3).starts_with("Any 2 of 3"));
        assert!(scheme(3, 3).starts_with("All 3 are needed"));
    }
}
