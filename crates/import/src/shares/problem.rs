//! What is wrong with shares, in words.

use candor_protocol::{ui::UiError, view::ProblemView};
use candor_slip39::{AddError, CombineError, Share, ShareError};

use crate::error::{invalid, problem, there_are};

/// What a share is called.
pub(super) fn name(share: &Share) -> String {
    let place = share.member_index() + 1;
    if share.header().group_count == 1 {
        format!("share {place}")
    } else {
        format!("share {place} of group {}", share.group_index() + 1)
    }
}

/// What is wrong with a typed share; nothing before the first word. `length` is how many words the others have.
pub(super) fn of_share(wrong: &ShareError, length: Option<usize>) -> Option<ProblemView> {
    Some(match wrong {
        ShareError::Empty => return None,
        ShareError::UnknownWord { position, word, nearest } => problem(
            format!("Word {position}, “{}”, is not in the list.", word.expose()),
            match nearest.as_slice() {
                [] => "Compare it with your paper.".to_owned(),
                [best, ..] => format!("Did you mean “{best}”?"),
            },
        ),
        ShareError::WrongLength { count } => problem(
            format!("{}.", there_are(*count, "word")),
            match length {
                Some(length) => format!("The other shares have {length}. Compare with your paper."),
                None => "A share mostly has 20 or 33. Compare with your paper.".to_owned(),
            },
        ),
        // The standard asks for telling only where the mistake may be: a corrected word could be another wrong one.
        ShareError::WrongWord { position, .. } => problem(
            format!("Word {position} is probably another one."),
            "It is in the list, but does not fit the other words. Compare it with your paper.",
        ),
        ShareError::BadChecksum => problem(
            "These words do not fit together.",
            "All are in the list, but some are wrong or swapped. Compare with your paper.",
        ),
        ShareError::Impossible => problem(
            "This share makes no sense.",
            "Its words are right, so that a faulty device or program made it. Use another share.",
        ),
    })
}

/// What is wrong with a share beside the ones before it.
pub(super) fn of_adding(wrong: AddError) -> ProblemView {
    match wrong {
        AddError::OtherSet => problem(
            "This share belongs to other ones.",
            "It was made of another wallet or at another time than the first share here, and does not help with it.",
        ),
        AddError::AlreadyThere => {
            problem("This share is already here.", "A copy of a share does not help. Use another one.")
        }
        AddError::Contradiction => problem(
            "This share contradicts the ones before.",
            "One of them was made by a faulty device or program, or to deceive. Leave out those you do not trust.",
        ),
    }
}

/// Why shares give no secret.
pub(super) fn of_combining(wrong: &CombineError) -> UiError {
    match wrong {
        CombineError::NoShares => {
            invalid("There are no shares yet.", "Type or paste the words of the first one.")
        }
        CombineError::NotEnough(progress) => {
            invalid("Shares are still missing.", &sentence(&progress.to_string()))
        }
        CombineError::DoNotFit { group } => {
            let among = group.map_or_else(String::new, |group| format!(" of group {group}"));
            invalid(
                "These shares do not fit together.",
                &format!(
                    "One{among} is wrong, although its words are right. Leave out those you do not trust."
                ),
            )
        }
    }
}

/// With a capital letter and a full stop.
pub(super) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}
