/// No more groups, and no more members of a group: their numbers have four bits.
pub(crate) const MOST: usize = 16;

/// One group of shares: any `threshold` of its `count` members complete it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// How many shares complete the group.
    pub threshold: u8,
    /// How many shares it has.
    pub count: u8,
}

/// Who can bring the secret back: so many complete groups. Always one that can be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    group_threshold: u8,
    groups: Vec<Group>,
}

/// Why shares cannot be made that way. Groups are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// No group, or more than 16.
    #[error("there can be 1 to 16 groups, not {count}")]
    GroupCount {
        /// How many there are.
        count: usize,
    },
    /// No group is needed, or more than there are.
    #[error("{threshold} groups cannot be asked for where there are {count}")]
    GroupThreshold {
        /// How many groups should be needed.
        threshold: u8,
        /// How many there are.
        count: usize,
    },
    /// A group without shares, or with more than 16.
    #[error("group {group} can have 1 to 16 shares, not {count}")]
    MemberCount {
        /// Which group.
        group: usize,
        /// How many shares it should have.
        count: u8,
    },
    /// No share is needed, or more than the group has.
    #[error("{threshold} shares cannot be asked for where group {group} has {count}")]
    MemberThreshold {
        /// Which group.
        group: usize,
        /// How many shares should be needed.
        threshold: u8,
        /// How many it has.
        count: u8,
    },
    /// One share is enough, but there are several: they would be copies of each other under different words. SLIP-39
    /// wants one share instead, of which several people may have a copy.
    #[error("where one share of group {group} is enough, make one share and copy it")]
    Copies {
        /// Which group.
        group: usize,
    },
}

impl Plan {
    /// Any `threshold` of `count` shares, without groups.
    ///
    /// # Errors
    /// [`PlanError`]
    pub fn simple(threshold: u8, count: u8) -> Result<Self, PlanError> {
        Self::new(1, vec![Group { threshold, count }])
    }

    /// Any `group_threshold` of these groups.
    ///
    /// # Errors
    /// [`PlanError`], the first that applies.
    pub fn new(group_threshold: u8, groups: Vec<Group>) -> Result<Self, PlanError> {
        let count = groups.len();
        if !(1..=MOST).contains(&count) {
            return Err(PlanError::GroupCount { count });
        }
        if !(1..=count).contains(&usize::from(group_threshold)) {
            return Err(PlanError::GroupThreshold { threshold: group_threshold, count });
        }
        for (group, Group { threshold, count }) in (1..).zip(groups.iter().copied()) {
            if !(1..=MOST).contains(&usize::from(count)) {
                return Err(PlanError::MemberCount { group, count });
            }
            if !(1..=count).contains(&threshold) {
                return Err(PlanError::MemberThreshold { group, threshold, count });
            }
            if threshold == 1 && count > 1 {
                return Err(PlanError::Copies { group });
            }
        }
        Ok(Self { group_threshold, groups })
    }

    /// How many groups are needed.
    #[must_use]
    pub const fn group_threshold(&self) -> u8 {
        self.group_threshold
    }

    /// The groups.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plans_that_work_are_made() {
        let check = |group_threshold: u8, groups: &[(u8, u8)], expected: Option<PlanError>| {
            let made: Vec<Group> =
                groups.iter().map(|&(threshold, count)| Group { threshold, count }).collect();
            assert_eq!(Plan::new(group_threshold, made).err(), expected, "{group_threshold} of {groups:?}");
        };
        check(1, &[(1, 1)], None);
        check(1, &[(2, 3)], None);
        check(1, &[(16, 16)], None);
        check(2, &[(1, 1), (1, 1), (3, 5), (2, 6)], None);
        check(16, &[(1, 1); 16], None);
        check(1, &[], Some(PlanError::GroupCount { count: 0 }));
        check(1, &[(1, 1); 17], Some(PlanError::GroupCount { count: 17 }));
        check(0, &[(1, 1)], Some(PlanError::GroupThreshold { threshold: 0, count: 1 }));
        check(2, &[(1, 1)], Some(PlanError::GroupThreshold { threshold: 2, count: 1 }));
        check(1, &[(1, 1), (0, 0)], Some(PlanError::MemberCount { group: 2, count: 0 }));
        check(1, &[(2, 17)], Some(PlanError::MemberCount { group: 1, count: 17 }));
        check(1, &[(0, 3)], Some(PlanError::MemberThreshold { group: 1, threshold: 0, count: 3 }));
        check(1, &[(4, 3)], Some(PlanError::MemberThreshold { group: 1, threshold: 4, count: 3 }));
        check(1, &[(1, 1), (1, 2)], Some(PlanError::Copies { group: 2 }));
    }
}
