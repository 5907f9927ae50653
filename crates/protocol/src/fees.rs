//! What a transaction costs, how long it takes, and what a person may choose of that.

use serde::{Deserialize, Serialize};

/// How soon something should happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Speed {
    /// Cheap, may wait some minutes.
    Slow,
    /// As most pay.
    Normal,
    /// Before most others.
    Fast,
}

impl Speed {
    /// All of them, each at least as dear as the one before.
    pub const ALL: [Self; 3] = [Self::Slow, Self::Normal, Self::Fast];
}

/// What a person wants a transaction to cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeeWish {
    /// What this speed costs.
    Speed(Speed),
    /// What the site asked for, or the normal speed where it asked for nothing; also the number and work limit.
    AsAsked,
    /// These values. Those left empty are the wallet's to choose.
    Own(FeeFieldsView),
}

/// The exact values of a fee, to be read and typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FeeFieldsView {
    /// The most per unit of work, in gwei, decimal.
    pub max_fee: String,
    /// The tip per unit of work, in gwei, decimal; absent where the network has one price only.
    pub tip: Option<String>,
    /// The most units of work.
    pub gas_limit: String,
    /// The number in line.
    pub nonce: String,
}

/// What one speed costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SpeedView {
    /// Which.
    pub speed: Speed,
    /// Expected, rounded up, with unit; in money where a price is known.
    pub about: String,
    /// As in `usually within 15 seconds`.
    pub wait: String,
}

/// Something that the site asked for and that the wallet would choose differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AskedView {
    /// What it is.
    pub label: String,
    /// The site's value, with unit.
    pub asked: String,
    /// The wallet's value, with unit.
    pub usual: String,
    /// Whether the site's is used.
    pub taken: bool,
}

/// How a fee comes about, and what can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FeeTermsView {
    /// The speed in use; absent where the site or the person set the price.
    pub chosen: Option<Speed>,
    /// How long it usually takes; absent where that is not known.
    pub wait: Option<String>,
    /// What can be chosen; empty where the network did not say what is usual.
    pub speeds: Vec<SpeedView>,
    /// Where the site's wishes and the wallet's proposal differ.
    pub asked: Vec<AskedView>,
    /// Whether what the site asked for can be chosen again.
    pub can_reset: bool,
    /// The exact values; absent for several transactions at once.
    pub fields: Option<FeeFieldsView>,
    /// How much of it is for publishing on Ethereum, rounded up, with unit; absent where that is not a part of its own.
    pub publishing: Option<String>,
    /// The expected fee and its cap in money; absent while no price is known.
    pub worth: Option<WorthView>,
}

/// A fee in the money of a country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorthView {
    /// Expected, rounded up, with sign.
    pub about: String,
    /// The cap, rounded up, with sign.
    pub at_most: String,
}
