use candor_primitives::Entropy;
use proptest::prelude::*;

use super::*;
use crate::{AddError, Group, IterationExponent, Plan, SplitOptions, split};

/// The same bytes in each run; the secrets are thrown away.
struct Fixed(u8);

impl Entropy for Fixed {
    fn fill(&mut self, buffer: &mut [u8]) {
        for byte in buffer {
            self.0 = self.0.wrapping_mul(5).wrapping_add(17);
            *byte = self.0;
        }
    }
}

/// The least work, so that tests are quick.
const QUICK: SplitOptions =
    SplitOptions { iteration_exponent: IterationExponent::new(0).unwrap(), extendable: true };

fn secret(bytes: &[u8]) -> MasterSecret {
    MasterSecret::new(Secret::new(bytes.to_vec())).unwrap()
}

/// The words of all shares of 16 bytes 0x42, by group.
fn texts(plan: &Plan, seed: u8) -> Vec<Vec<String>> {
    split(&secret(&[0x42; 16]), Passphrase::EMPTY, plan, QUICK, &mut Fixed(seed))
        .iter()
        .map(|group| group.iter().map(|share| share.text().expose().clone()).collect())
        .collect()
}

fn share(text: &str) -> Share {
    Share::parse(text).unwrap()
}

fn set_of(texts: &[&String]) -> ShareSet {
    let mut set = ShareSet::default();
    texts.iter().for_each(|text| drop(set.add(share(text)).unwrap()));
    set
}

fn plan(group_threshold: u8, groups: &[(u8, u8)]) -> Plan {
    let groups = groups.iter().map(|&(threshold, count)| Group { threshold, count }).collect();
    Plan::new(group_threshold, groups).unwrap()
}

/// Made by this crate and opened by Trezor's reference implementation (shamir-mnemonic 0.3.0): shares of the bytes 0
/// to 15 with the passphrase "correct horse", two of these three groups being needed.
const PINNED: [&[&str]; 3] = [
    &["guest premium acrobat leader daughter rival crystal grownup change emphasis mild crucial \
         burden mild buyer total database velvet ancient minister"],
    &[
        "guest premium beard leaf decent jump smug railroad spider salt permit axis \
         drift receiver bishop daughter increase brother taught kidney",
        "guest premium beard lily coal shelter payroll smell lunar lecture saver furl \
         fumes veteran finance bundle blind dough privacy edge",
    ],
    &[
        "guest premium ceramic leaf dream standard says problem smirk wolf install large \
         have prayer excuse mule pharmacy diet best satoshi",
        "guest premium ceramic lily diagnose secret march lobe branch science leader dryer \
         garden false quiet alpha spit focus muscle decision",
        "guest premium ceramic lungs costume volume floral frozen pancake meaning vegan escape \
         language election ranked agree alto firm keyboard fiscal",
    ],
];

#[test]
fn a_pinned_set_is_made_and_opened() {
    let bytes: Vec<u8> = (0..16).collect();
    let passphrase = Passphrase::new("correct horse").unwrap();
    let plan = plan(2, &[(1, 1), (2, 2), (2, 3)]);
    let made = split(&secret(&bytes), passphrase, &plan, SplitOptions::default(), &mut Fixed(7));
    let made: Vec<Vec<String>> =
        made.iter().map(|group| group.iter().map(|share| share.text().expose().clone()).collect()).collect();
    assert_eq!(made, PINNED);
    let set = set_of(&[&made[2][2], &made[0][0], &made[2][0]]);
    assert_eq!(set.combine(passphrase).unwrap().expose(), bytes);
    assert_ne!(set.combine(Passphrase::EMPTY).unwrap().expose(), bytes);
}

#[test]
fn shares_that_do_not_belong_are_refused() {
    let simple = Plan::simple(2, 3).unwrap();
    let (ours, theirs) = (texts(&simple, 1), texts(&simple, 2));
    let check = |text: &str, change: fn(&mut Share), expected: Option<AddError>| {
        let mut set = set_of(&[&ours[0][0]]);
        let mut share = share(text);
        change(&mut share);
        assert_eq!(set.add(share).err(), expected, "{text}");
        assert_eq!(set.shares.len(), if expected.is_none() { 2 } else { 1 });
    };
    check(&ours[0][1], |_| (), None);
    check(&ours[0][2], |_| (), None);
    check(&ours[0][0], |_| (), Some(AddError::AlreadyThere));
    check(&theirs[0][1], |_| (), Some(AddError::OtherSet));
    check(&ours[0][1], |share| share.header.extendable = false, Some(AddError::OtherSet));
    check(
        &ours[0][1],
        |share| share.header.iteration_exponent = IterationExponent::MAX,
        Some(AddError::OtherSet),
    );
    check(&ours[0][1], |share| share.header.group_count = 2, Some(AddError::OtherSet));
    check(&ours[0][1], |share| share.value.expose_mut().extend([0, 0]), Some(AddError::OtherSet));
    check(&ours[0][1], |share| share.member_threshold = 3, Some(AddError::Contradiction));
    check(&ours[0][1], |share| share.member_index = 0, Some(AddError::Contradiction));
}

#[test]
fn what_is_still_missing_is_told() {
    let texts = texts(&plan(2, &[(2, 3), (3, 5), (1, 1)]), 3);
    let check = |given: &[(usize, usize)], expected: &str| {
        let given: Vec<&String> = given.iter().map(|&(group, member)| &texts[group][member]).collect();
        let found = match set_of(&given).combine(Passphrase::EMPTY) {
            Ok(found) => format!("{:02x?}", found.expose().first()),
            Err(error) => error.to_string(),
        };
        assert_eq!(found, expected);
    };
    check(&[], "there are no shares");
    check(&[(2, 0)], "the shares of 1 other group are needed");
    check(&[(0, 1)], "1 more share of group 1 and the shares of 1 other group are needed");
    check(&[(0, 1), (1, 4)], "1 more share of group 1 and 2 more shares of group 2 are needed");
    check(&[(0, 1), (1, 4), (0, 0)], "2 more shares of group 2 are needed");
    check(&[(0, 1), (1, 4), (2, 0)], "1 more share of group 1 or 2 more shares of group 2 are needed");
    check(&[(0, 1), (2, 0), (0, 2)], "Some(42)");
    check(&[(1, 4), (0, 1), (1, 0), (2, 0), (1, 2)], "Some(42)");
    // More than enough.
    check(&[(1, 0), (1, 1), (1, 2), (1, 3), (1, 4), (0, 0), (0, 1), (0, 2), (2, 0)], "Some(42)");
}

#[test]
fn two_sets_of_a_secret_agree_on_every_passphrase_if_extendable() {
    let check = |extendable: bool, same: bool| {
        let found = [1, 2].map(|seed| {
            let options = SplitOptions { extendable, ..QUICK };
            let entropy = &mut Fixed(seed);
            let right = Passphrase::new("right").unwrap();
            let made = split(&secret(&[0x42; 16]), right, &Plan::simple(1, 1).unwrap(), options, entropy);
            let other = Passphrase::new("other").unwrap();
            set_of(&[made[0][0].text().expose()]).combine(other).unwrap().expose().to_vec()
        });
        assert_eq!(found[0] == found[1], same);
    };
    check(true, true);
    check(false, false);
}

#[test]
fn a_false_share_is_noticed() {
    let check = |plan: &Plan, given: &[(usize, usize)], group: Option<u8>| {
        let texts = texts(plan, 4);
        let mut set = ShareSet::default();
        for (index, &(group, member)) in given.iter().enumerate() {
            let mut share = share(&texts[group][member]);
            // The last one is false.
            if index + 1 == given.len() {
                share.value.expose_mut()[5] ^= 1;
            }
            set.add(share).unwrap();
        }
        assert_eq!(set.combine(Passphrase::EMPTY).err(), Some(CombineError::DoNotFit { group }));
    };
    check(&plan(1, &[(2, 3)]), &[(0, 0), (0, 1)], Some(1));
    check(&plan(1, &[(2, 3)]), &[(0, 0), (0, 1), (0, 2)], Some(1));
    check(&plan(2, &[(2, 3), (2, 3)]), &[(0, 0), (0, 1), (1, 1), (1, 2)], Some(2));
    check(&plan(2, &[(1, 1), (2, 3)]), &[(1, 0), (1, 1), (0, 0)], None);
    check(&plan(1, &[(1, 1), (1, 1)]), &[(0, 0), (1, 0)], None);
}

/// A plan of any kind.
fn any_plan() -> impl Strategy<Value = Plan> {
    let group = (1_u8..=16)
        .prop_flat_map(|count| (1..=count, Just(count)))
        .prop_map(|(threshold, count)| Group { threshold, count: if threshold == 1 { 1 } else { count } });
    prop::collection::vec(group, 1..=5)
        .prop_flat_map(|groups| (1..=u8::try_from(groups.len()).unwrap(), Just(groups)))
        .prop_map(|(threshold, groups)| Plan::new(threshold, groups).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_sufficient_shares_give_the_secret_and_fewer_none(
        bytes in (8_usize..=32).prop_flat_map(|half| prop::collection::vec(any::<u8>(), half * 2)),
        passphrase in "[ -~]{0,12}",
        extendable: bool,
        seed: u8,
        plan in any_plan(),
        order in prop::collection::vec(any::<u32>(), 80),
    ) {
        let passphrase = Passphrase::new(&passphrase).unwrap();
        let options = SplitOptions { extendable, ..QUICK };
        let shares = split(&secret(&bytes), passphrase, &plan, options, &mut Fixed(seed));
        prop_assert_eq!(shares.len(), plan.groups().len());
        let mut shuffled: Vec<(u32, &Share)> = order.into_iter().zip(shares.iter().flatten()).collect();
        shuffled.sort_by_key(|(key, _)| *key);
        let mut set = ShareSet::default();
        let mut complete = false;
        for (_, share) in shuffled {
            if !complete && set.header().is_some() {
                let missing = set.combine(passphrase).err();
                prop_assert_eq!(missing, set.progress().map(CombineError::NotEnough));
            }
            complete = set.add(Share::parse(share.text().expose()).unwrap()).unwrap().is_complete();
            let enough = |index: u8| {
                let have = set.of_group(index).count();
                have >= usize::from(plan.groups()[usize::from(index)].threshold)
            };
            let groups = (0_u8..).take(plan.groups().len()).filter(|index| enough(*index)).count();
            prop_assert_eq!(complete, groups >= usize::from(plan.group_threshold()));
            if complete {
                let found = set.combine(passphrase).unwrap();
                prop_assert!(found.expose() == bytes);
                break;
            }
        }
        prop_assert!(complete);
    }
}
