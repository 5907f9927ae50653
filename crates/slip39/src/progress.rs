use core::fmt;

/// How far a set of shares is. Groups are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many groups must be complete.
    pub groups_needed: u8,
    /// How many groups there are.
    pub groups_total: u8,
    /// The groups of which there is a share, in order. Nothing is known of the others.
    pub groups: Vec<GroupProgress>,
}

/// How far one group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupProgress {
    /// Which group, counted from 1.
    pub group: u8,
    /// How many different shares of it there are.
    pub have: u8,
    /// How many complete it.
    pub need: u8,
}

impl GroupProgress {
    /// How many more shares complete the group.
    #[must_use]
    pub const fn missing(self) -> u8 {
        self.need.saturating_sub(self.have)
    }

    /// Whether the group has enough shares.
    #[must_use]
    pub const fn is_complete(self) -> bool {
        self.missing() == 0
    }
}

impl Progress {
    /// How many more groups must become complete, be they begun or not.
    #[must_use]
    pub fn groups_missing(&self) -> usize {
        let complete = self.groups.iter().filter(|group| group.is_complete()).count();
        usize::from(self.groups_needed).saturating_sub(complete)
    }

    /// Whether the secret can be brought back.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.groups_missing() == 0
    }

    /// The groups that are begun but not complete, in order.
    pub fn begun(&self) -> impl Iterator<Item = GroupProgress> + '_ {
        self.groups.iter().copied().filter(|group| !group.is_complete())
    }

    /// How many groups are needed of which there is no share yet, if all that are begun get complete.
    #[must_use]
    pub fn groups_unseen(&self) -> usize {
        self.groups_missing().saturating_sub(self.begun().count())
    }
}

/// What is still needed, as a sentence without its full stop.
impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let missing = self.groups_missing();
        if missing == 0 {
            return f.write_str("the shares are complete");
        }
        // With more groups begun than needed, the reader may choose.
        let word = if self.begun().count() > missing { "or" } else { "and" };
        let mut parts: Vec<String> = self.begun().map(|group| self.of_group(group)).collect();
        match self.groups_unseen() {
            0 => {}
            1 => parts.push("the shares of 1 other group".to_owned()),
            more => parts.push(format!("the shares of {more} other groups")),
        }
        let single = self.groups_unseen() == 0 && self.begun().map(|group| group.missing()).eq([1]);
        let verb = if single { "is" } else { "are" };
        write!(f, "{} {verb} needed", parts.join(&format!(" {word} ")))
    }
}

impl Progress {
    fn of_group(&self, group: GroupProgress) -> String {
        let shares = if group.missing() == 1 { "share" } else { "shares" };
        let of_group =
            if self.groups_total == 1 { String::new() } else { format!(" of group {}", group.group) };
        format!("{} more {shares}{of_group}", group.missing())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_is_said() {
        let check = |needed: u8, total: u8, groups: &[(u8, u8, u8)], expected: &str| {
            let groups =
                groups.iter().map(|&(group, have, need)| GroupProgress { group, have, need }).collect();
            let progress = Progress { groups_needed: needed, groups_total: total, groups };
            assert_eq!(progress.to_string(), expected);
            assert_eq!(progress.is_complete(), expected == "the shares are complete");
        };
        check(1, 1, &[(1, 2, 2)], "the shares are complete");
        check(1, 1, &[(1, 3, 2)], "the shares are complete");
        check(1, 1, &[(1, 1, 2)], "1 more share is needed");
        check(1, 1, &[(1, 1, 3)], "2 more shares are needed");
        check(2, 4, &[(1, 1, 3), (4, 2, 2)], "2 more shares of group 1 are needed");
        check(2, 4, &[(2, 1, 2), (4, 2, 2)], "1 more share of group 2 is needed");
        check(2, 4, &[(4, 2, 2)], "the shares of 1 other group are needed");
        check(3, 4, &[(4, 1, 2)], "1 more share of group 4 and the shares of 2 other groups are needed");
        check(
            2,
            4,
            &[(1, 1, 2), (2, 1, 3)],
            "1 more share of group 1 and 2 more shares of group 2 are needed",
        );
        check(
            1,
            4,
            &[(1, 1, 2), (2, 1, 3)],
            "1 more share of group 1 or 2 more shares of group 2 are needed",
        );
        check(2, 4, &[(1, 1, 2), (2, 1, 3), (3, 1, 1), (4, 1, 1)], "the shares are complete");
    }
}
