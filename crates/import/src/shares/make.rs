//! Making shares of a keyring.

use candor_primitives::{Platform, Secret};
use candor_protocol::{
    import::{MakeShares, ShareGroup},
    ui::{SecretText, UiError},
};
use candor_slip39::{Group, MasterSecret, Passphrase, Plan, PlanError, Share, SplitOptions, split};

use super::unfit_passphrase;
use crate::{answer::Answer, error, record};

impl Answer for MakeShares {
    fn answer(self, platform: &mut dyn Platform) -> Result<Vec<Vec<SecretText>>, UiError> {
        let groups = self
            .groups
            .iter()
            .map(|ShareGroup { needed, shares }| Group { threshold: *needed, count: *shares });
        let plan = Plan::new(self.groups_needed, groups.collect()).map_err(unfit_plan)?;
        let passphrase = Passphrase::new(&self.passphrase.0).map_err(unfit_passphrase)?;
        let secret = record::read(&self.keyring)?.to_be_shared().ok_or_else(|| {
            error::invalid(
                "A single private key cannot be made into shares.",
                "Shares are for wallets that came from a recovery phrase or from shares.",
            )
        })?;
        let secret = MasterSecret::new(secret).map_err(|_| error::internal())?;
        let groups = split(&secret, passphrase, &plan, SplitOptions::default(), platform);
        Ok(groups.iter().map(|shares| shares.iter().map(text).collect()).collect())
    }
}

fn text(share: &Share) -> SecretText {
    SecretText(Secret::expose(&share.text()).clone())
}

fn unfit_plan(wrong: PlanError) -> UiError {
    let (title, text) = match wrong {
        PlanError::GroupCount { count } => {
            (format!("There cannot be {count} groups."), "1 to 16 are possible.")
        }
        PlanError::GroupThreshold { threshold, count } => (
            format!("{threshold} of {count} groups cannot be needed."),
            "At least 1 is needed, and at most as many as there are.",
        ),
        PlanError::MemberCount { group, count } => {
            (format!("Group {group} cannot have {count} shares."), "1 to 16 are possible.")
        }
        PlanError::MemberThreshold { group, threshold, count } => (
            format!("{threshold} of the {count} shares of group {group} cannot be needed."),
            "At least 1 is needed, and at most as many as there are.",
        ),
        PlanError::Copies { group } => (
            format!("One share of group {group} is enough, so that all would be the same."),
            "Make one share and copy it, or let two be needed.",
        ),
    };
    error::invalid(&title, text)
}
