//! Recovery phrases: new ones, typed ones, and showing them.

use candor_keys::{Checksum, Language, Nfkd, Phrase, PhraseError, PhraseReport, inspect, keyring::Keyring};
use candor_primitives::{Platform, Secret};
use candor_protocol::{
    import::{InspectPhrase, Keyring as KeyringView, NewPhrase, ReadPhrase, Words},
    ui::{SecretText, UiError},
    view::{PhraseReportView, ProblemView},
};

use crate::{answer::Answer, error, record, word};

impl Answer for NewPhrase {
    fn answer(self, platform: &mut dyn Platform) -> Result<KeyringView, UiError> {
        let length = match self.words {
            12 | 15 | 18 | 21 | 24 => usize::from(self.words) / 3 * 4,
            _ => {
                return Err(error::invalid(
                    "A recovery phrase has 12, 15, 18, 21 or 24 words.",
                    "Choose one of them.",
                ));
            }
        };
        let language = Language::from_id(self.language)
            .ok_or_else(|| error::invalid("Candor does not have this word list.", "Choose another one."))?;
        let mut bytes = Secret::new([0_u8; 32]);
        let (entropy, _) = bytes.expose_mut().split_at_mut(length);
        platform.fill(entropy);
        let phrase = Phrase::from_entropy_in(language, entropy).map_err(|_| error::internal())?;
        record::write(&Keyring::new(&phrase, &Nfkd::empty()))
    }
}

impl Answer for InspectPhrase {
    fn answer(self, platform: &mut dyn Platform) -> Result<PhraseReportView, UiError> {
        let text = Nfkd::of(&self.text.0, platform);
        let problem = match Phrase::parse(&text) {
            Ok(_) | Err(PhraseError::Empty) => None,
            Err(wrong) => Some(problem(&wrong)),
        };
        Ok(report(&inspect(&text), problem))
    }
}

impl Answer for ReadPhrase {
    fn answer(self, platform: &mut dyn Platform) -> Result<KeyringView, UiError> {
        let text = Nfkd::of(&self.text.0, platform);
        let phrase = if self.unchecked { Phrase::parse_unchecked(&text) } else { Phrase::parse(&text) };
        let phrase = phrase.map_err(|wrong| error::of_problem(&problem(&wrong)))?;
        record::write(&Keyring::new(&phrase, &Nfkd::of(&self.passphrase.0, platform)))
    }
}

impl Answer for Words {
    fn answer(self, _: &mut dyn Platform) -> Result<Vec<SecretText>, UiError> {
        let phrase = record::read(&self.keyring)?.phrase().ok_or_else(|| {
            error::invalid(
                "There is no recovery phrase for this account.",
                "It came in another way: as a private key, or from shares.",
            )
        })?;
        Ok(phrase.words().map(|word| SecretText(word.to_owned())).collect())
    }
}

fn problem(wrong: &PhraseError) -> ProblemView {
    match wrong {
        PhraseError::UnknownWord { position, word, nearest } => error::problem(
            format!("Word {position}, “{}”, is not in the list.", word.expose()),
            match nearest.as_slice() {
                [] => "Compare it with your paper.".to_owned(),
                [best, ..] => format!("Did you mean “{best}”?"),
            },
        ),
        PhraseError::WrongLength { count } => error::problem(
            format!("{}.", error::there_are(*count, "word")),
            "A recovery phrase has 12, 15, 18, 21 or 24. Compare with your paper.",
        ),
        PhraseError::BadChecksum => error::problem(
            "These words do not fit together.",
            "All are in the list, but one is wrong or two are swapped. Compare with your paper.",
        ),
        PhraseError::Empty => {
            error::problem("There are no words yet.", "Type or paste your recovery phrase.")
        }
    }
}

fn report(report: &PhraseReport, problem: Option<ProblemView>) -> PhraseReportView {
    PhraseReportView {
        words: report.words.iter().map(word::view).collect(),
        complete: report.length_fits(),
        checksum: match report.checksum {
            Checksum::Good => Some(true),
            Checksum::Bad => Some(false),
            Checksum::NotYet => None,
        },
        problem,
    }
}

#[cfg(test)]
mod tests;
