use std::collections::BTreeMap;

use candor_primitives::Secret;

use crate::{
    GroupProgress, Header, MasterSecret, Passphrase, Progress, Share, cipher, gf256::Point, sharing,
};

/// Shares that belong together, in any order, on the way to their secret.
#[derive(Debug, Default)]
pub struct ShareSet {
    /// By group and member.
    shares: BTreeMap<(u8, u8), Share>,
}

/// Why a share was not added; the set is as it was before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddError {
    /// It is of another set than those added before: of another secret, or of the same but made at another time.
    #[error("this share belongs to another set than the ones before")]
    OtherSet,
    /// It was added before.
    #[error("this share is already there")]
    AlreadyThere,
    /// It says that it is of this set, yet it cannot be together with those added before: it has the place of one and
    /// other words, or asks for another number of shares. One of them was made by faulty software, or to deceive.
    #[error("this share contradicts the ones before")]
    Contradiction,
}

/// Why the secret did not come back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CombineError {
    /// There is no share.
    #[error("there are no shares")]
    NoShares,
    /// There are too few.
    #[error("{0}")]
    NotEnough(Progress),
    /// There are enough, but they do not give a secret with the right digest: one is not of this set, though it says
    /// so.
    #[error("these shares do not fit together, one of them is wrong")]
    DoNotFit {
        /// In which group, counted from 1; `None` if each fits in its group, but the groups do not fit together.
        group: Option<u8>,
    },
}

impl ShareSet {
    /// Adds a share and tells how far the set is. More shares than needed are welcome.
    ///
    /// # Errors
    /// [`AddError`]
    pub fn add(&mut self, share: Share) -> Result<Progress, AddError> {
        let header = self.check(&share)?;
        self.shares.insert((share.group_index, share.member_index), share);
        Ok(self.progress_of(header))
    }

    /// The share's header, if the share belongs to the set.
    fn check(&self, share: &Share) -> Result<Header, AddError> {
        let Some(first) = self.first() else { return Ok(share.header) };
        if first.header != share.header || first.value.expose().len() != share.value.expose().len() {
            return Err(AddError::OtherSet);
        }
        if self.of_group(share.group_index).any(|other| other.member_threshold != share.member_threshold) {
            return Err(AddError::Contradiction);
        }
        match self.shares.get(&(share.group_index, share.member_index)) {
            Some(other) if other.value.expose() == share.value.expose() => Err(AddError::AlreadyThere),
            Some(_) => Err(AddError::Contradiction),
            None => Ok(share.header),
        }
    }

    /// What all shares of the set have in common; `None` if there is no share yet.
    #[must_use]
    pub fn header(&self) -> Option<Header> {
        self.first().map(|share| share.header)
    }

    /// How far the set is; `None` if there is no share yet.
    #[must_use]
    pub fn progress(&self) -> Option<Progress> {
        self.header().map(|header| self.progress_of(header))
    }

    fn progress_of(&self, header: Header) -> Progress {
        let mut groups: Vec<GroupProgress> = Vec::new();
        for share in self.shares.values() {
            let group = share.group_index + 1;
            match groups.last_mut() {
                Some(last) if last.group == group => last.have += 1,
                _ => groups.push(GroupProgress { group, have: 1, need: share.member_threshold }),
            }
        }
        Progress { groups_needed: header.group_threshold, groups_total: header.group_count, groups }
    }

    /// The secret. Nothing tells whether the passphrase is the one that it was shared with: another one gives another
    /// secret. Takes the time of [`IterationExponent::iterations`](crate::IterationExponent::iterations).
    ///
    /// # Errors
    /// [`CombineError`]
    pub fn combine(&self, passphrase: Passphrase<'_>) -> Result<MasterSecret, CombineError> {
        let header = self.header().ok_or(CombineError::NoShares)?;
        let progress = self.progress_of(header);
        if !progress.is_complete() {
            return Err(CombineError::NotEnough(progress));
        }
        let groups = progress
            .groups
            .iter()
            .filter(|group| group.is_complete())
            .map(|group| self.group_secret(*group).map(|secret| (group.group - 1, secret)))
            .collect::<Result<Vec<(u8, Secret<Vec<u8>>)>, CombineError>>()?;
        let points: Vec<Point<'_>> =
            groups.iter().map(|(x, secret)| Point { x: *x, y: secret.expose() }).collect();
        let across_groups = CombineError::DoNotFit { group: None };
        let mut secret =
            sharing::recover(header.group_threshold, &points).ok_or_else(|| across_groups.clone())?;
        cipher::decrypt(secret.expose_mut(), header, passphrase);
        MasterSecret::new(secret).map_err(|_| across_groups)
    }

    /// What the shares of a complete group give.
    fn group_secret(&self, group: GroupProgress) -> Result<Secret<Vec<u8>>, CombineError> {
        let shares: Vec<Point<'_>> = self
            .of_group(group.group - 1)
            .map(|share| Point { x: share.member_index, y: share.value.expose() })
            .collect();
        sharing::recover(group.need, &shares).ok_or(CombineError::DoNotFit { group: Some(group.group) })
    }

    fn first(&self) -> Option<&Share> {
        self.shares.values().next()
    }

    fn of_group(&self, group_index: u8) -> impl Iterator<Item = &Share> {
        self.shares.range((group_index, 0)..=(group_index, u8::MAX)).map(|(_, share)| share)
    }
}

#[cfg(test)]
mod tests;
