//! SLIP-39 shares: typed ones, and making new ones.

mod make;
mod problem;

use candor_keys::keyring::Keyring;
use candor_primitives::{Platform, Secret};
use candor_protocol::{
    import::{InspectShares, Keyring as KeyringView, ReadShares, ShareReport, SharesReport},
    ui::{SecretText, UiError},
    view::ProblemView,
};
use candor_slip39::{IterationExponent, Passphrase, PassphraseError, Share, ShareSet, inspect};

use crate::{answer::Answer, error, record, word};

/// The numbers of words that shares usually have: of secrets of 16, 32 and 64 bytes.
const LENGTHS: [usize; 3] = [20, 33, 59];
/// The highest exponent that is opened: about a minute in a browser. Programs choose 0 to 2.
const HIGHEST_EXPONENT: u8 = 12;
/// Iterations that this module does in a millisecond on a computer of today.
const ITERATIONS_PER_MS: u32 = 800;

impl Answer for InspectShares {
    fn answer(self, _: &mut dyn Platform) -> Result<SharesReport, UiError> {
        let typed = Typed::read(&self.shares);
        let progress = typed.set.progress();
        Ok(SharesReport {
            missing: progress
                .as_ref()
                .filter(|progress| !progress.is_complete())
                .map(|progress| problem::sentence(&progress.to_string())),
            complete: typed.first_problem().is_none()
                && progress.is_some_and(|progress| progress.is_complete()),
            about_ms: typed
                .set
                .header()
                .map_or(0, |header| header.iteration_exponent.iterations() / ITERATIONS_PER_MS),
            shares: typed.reports,
        })
    }
}

impl Answer for ReadShares {
    fn answer(self, _: &mut dyn Platform) -> Result<KeyringView, UiError> {
        let passphrase = Passphrase::new(&self.passphrase.0).map_err(unfit_passphrase)?;
        let typed = Typed::read(&self.shares);
        // Even with enough others: a share that contradicts them may be the true one.
        if let Some(problem) = typed.first_problem() {
            return Err(problem);
        }
        let secret = typed.set.combine(passphrase).map_err(|wrong| problem::of_combining(&wrong))?;
        let keyring = Keyring::from_shared_secret(Secret::new(secret.expose().to_vec()));
        record::write(&keyring.map_err(|_| error::internal())?)
    }
}

/// Shares as typed so far.
struct Typed {
    /// Those that belong together with the first one that could be read.
    set: ShareSet,
    reports: Vec<ShareReport>,
}

impl Typed {
    fn read(texts: &[SecretText]) -> Self {
        let mut set = ShareSet::default();
        // All shares of a set have as many words.
        let mut length = None;
        let mut reports: Vec<ShareReport> = Vec::with_capacity(texts.len());
        for text in texts {
            let words = inspect(&text.0);
            let (name, problem) = match Share::parse(&text.0) {
                Ok(share) => {
                    let name = problem::name(&share);
                    let added = add(&mut set, share);
                    if added.is_none() {
                        length = Some(words.len());
                    }
                    (Some(name), added)
                }
                Err(wrong) => (None, problem::of_share(&wrong, length)),
            };
            let complete = length.map_or(LENGTHS.contains(&words.len()), |length| words.len() == length);
            reports.push(ShareReport {
                words: words.iter().map(word::view).collect(),
                complete,
                problem,
                name,
            });
        }
        Self { set, reports }
    }

    /// The first share that cannot be used, and why.
    fn first_problem(&self) -> Option<UiError> {
        let problems = self.reports.iter().zip(1..);
        problems.filter_map(|(report, place)| Some((report.problem.as_ref()?, place))).map(of_place).next()
    }
}

fn of_place((problem, place): (&ProblemView, i32)) -> UiError {
    error::invalid(&format!("Share {place} cannot be used."), &format!("{} {}", problem.title, problem.text))
}

/// Adds a share to its set, or says why not.
fn add(set: &mut ShareSet, share: Share) -> Option<ProblemView> {
    if IterationExponent::new(HIGHEST_EXPONENT) < Some(share.header().iteration_exponent) {
        return Some(error::problem(
            "These shares take too long to open.",
            "In a browser it would be many minutes. The device or program that made them can open them.",
        ));
    }
    set.add(share).err().map(problem::of_adding)
}

fn unfit_passphrase(wrong: PassphraseError) -> UiError {
    error::invalid(
        &format!("Character {} of the passphrase cannot be used with shares.", wrong.position),
        "Letters without accents, digits, spaces and the usual signs can.",
    )
}

#[cfg(test)]
mod tests;
