use candor_chain::op_stack::OperatorFee;
use candor_primitives::U256;
use candor_protocol::fees::Speed;
use serde::{Deserialize, Serialize};

use super::Problem;

/// A price per unit of work in wei, as it is signed: gas price, or ceiling and tip.
pub(crate) type Price = (u128, Option<u128>);

/// What a person chose for the transactions of a request. Nothing chosen: what the site asked for, and for the rest
/// what is normal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FeeChoice {
    pub(crate) fees: Option<FeesChosen>,
    pub(crate) gas_limit: Option<u64>,
    pub(crate) nonce: Option<u64>,
    /// Go on although trying it out failed.
    pub(crate) anyway: bool,
}

/// A price that was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum FeesChosen {
    /// That of a speed.
    Speed(Speed),
    /// One's own.
    Own(Price),
}

/// What a fee is decided from, kept so that another choice takes no further question.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Basis {
    /// The first number that is not used yet.
    pub(crate) latest: u64,
    /// What the account has, in wei, before any transaction of the request.
    pub(crate) balance: U256,
    /// What is usual, if the network said so.
    pub(crate) market: Option<Market>,
    /// The work that it takes, if trying it out worked.
    pub(crate) estimate: Option<u64>,
    /// Why trying it out failed.
    pub(crate) refusal: Option<Problem>,
    /// Number and price of what already waits: whatever has the same number has to offer more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) waiting: Vec<(u64, Price)>,
    /// The part of the work that stands for publishing on Ethereum, where it is a part of the work.
    pub(crate) publishing_work: Option<u64>,
    /// What the network's operator takes on top.
    #[serde(default)]
    pub(crate) operator: OperatorFee,
}

/// What a unit of work costs at the moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Market {
    /// The next block's base fee in wei, where the network has one.
    pub(crate) base_fee: Option<u128>,
    /// For each of [`Speed::ALL`].
    pub(crate) prices: [Price; 3],
}
