//! One typed word, of a phrase or a share.

use candor_keys::{Verdict, WordReport};
use candor_protocol::view::PhraseWordView;

/// The word as a page shows it.
pub(crate) fn view(report: &WordReport) -> PhraseWordView {
    let nearest = match &report.verdict {
        Verdict::Known => &[],
        Verdict::Unknown { nearest } => nearest.as_slice(),
    };
    PhraseWordView {
        text: report.typed.expose().clone(),
        known: report.verdict == Verdict::Known,
        nearest: nearest.iter().map(ToString::to_string).collect(),
    }
}
