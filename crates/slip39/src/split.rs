use candor_primitives::{Entropy, Secret};

use crate::{Header, IterationExponent, MasterSecret, Passphrase, Plan, Share, cipher, plan::MOST, sharing};

/// The identifier of a set has so many bits.
const IDENTIFIER_MASK: u16 = (1 << 15) - 1;

/// How shares are made; the default is right for new ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SplitOptions {
    /// See [`Header::iteration_exponent`].
    pub iteration_exponent: IterationExponent,
    /// See [`Header::extendable`].
    pub extendable: bool,
}

impl Default for SplitOptions {
    fn default() -> Self {
        Self { iteration_exponent: IterationExponent::default(), extendable: true }
    }
}

/// Makes a new set of shares of a secret, encrypted by a passphrase: for each group of the plan its members' shares.
///
/// Each call makes another set: shares of two sets cannot be put together.
#[must_use]
pub fn split(
    secret: &MasterSecret,
    passphrase: Passphrase<'_>,
    plan: &Plan,
    options: SplitOptions,
    entropy: &mut dyn Entropy,
) -> Vec<Vec<Share>> {
    let mut identifier = [0; 2];
    entropy.fill(&mut identifier);
    let group_count = number(plan.groups().len());
    let header = Header {
        identifier: u16::from_be_bytes(identifier) & IDENTIFIER_MASK,
        extendable: options.extendable,
        iteration_exponent: options.iteration_exponent,
        group_threshold: plan.group_threshold(),
        group_count,
    };
    let mut encrypted = Secret::new(secret.expose().to_vec());
    cipher::encrypt(encrypted.expose_mut(), header, passphrase);
    let groups = sharing::split(plan.group_threshold(), group_count, encrypted.expose(), entropy);
    let members = plan.groups().iter().zip(groups);
    (0..)
        .zip(members)
        .map(|(group_index, (group, value))| {
            let values = sharing::split(group.threshold, group.count, value.expose(), entropy);
            (0..)
                .zip(values)
                .map(|(member_index, value)| Share {
                    header,
                    group_index,
                    member_index,
                    member_threshold: group.threshold,
                    value,
                })
                .collect()
        })
        .collect()
}

/// A plan's number of groups, which is at most 16.
fn number(count: usize) -> u8 {
    u8::try_from(count.min(MOST)).unwrap_or_default()
}
