//! Typed data of any version: read once, so that what is shown and what is signed come from the same values.

use candor_meaning::{self as meaning, Lens, Meaning};
use candor_primitives::B256;
use candor_signer::typed_data::{Domain, LegacyTypedData, TypedData, TypedDataError};

use crate::records::TypedDataVersion;

/// Typed data that was read completely.
pub(crate) enum Typed {
    /// EIP-712, in its third or fourth version.
    Structured(Box<TypedData>),
    /// The first version.
    Legacy(LegacyTypedData),
}

impl Typed {
    /// Reads the JSON that a request holds.
    ///
    /// # Errors
    /// As the version's own reader.
    pub(crate) fn read(version: TypedDataVersion, json: &str) -> Result<Self, TypedDataError> {
        let structured = |typed| Self::Structured(Box::new(typed));
        match version {
            TypedDataVersion::V1 => LegacyTypedData::parse_text(json).map(Self::Legacy),
            TypedDataVersion::V3 => TypedData::parse_v3_text(json).map(structured),
            TypedDataVersion::V4 => TypedData::parse_text(json).map(structured),
        }
    }

    /// What gets signed.
    pub(super) const fn digest(&self) -> B256 {
        match self {
            Self::Structured(typed) => typed.digest(),
            Self::Legacy(typed) => typed.digest(),
        }
    }

    /// Where it counts; nothing for the first version, which does not say.
    pub(crate) const fn domain(&self) -> Option<&Domain> {
        match self {
            Self::Structured(typed) => Some(typed.domain()),
            Self::Legacy(_) => None,
        }
    }

    /// What it says.
    pub(super) fn meaning(&self, lens: &dyn Lens) -> Meaning {
        match self {
            Self::Structured(typed) => meaning::typed_data(typed, lens),
            Self::Legacy(typed) => meaning::legacy_typed_data(typed, lens),
        }
    }
}
