//! The text around each record, and serde for the types of `primitives`.

use core::cmp::Ordering;

use candor_primitives::keccak256;
use candor_protocol::host::Area;
use serde::{Serialize, de::DeserializeOwned};

/// A type that is stored under a key of its own.
pub(crate) trait Record: Serialize + DeserializeOwned {
    /// Storage key.
    const KEY: &'static str;
    /// Version of the shape that is written.
    const VERSION: u32 = 1;
    /// Where it is stored.
    const AREA: Area;

    /// Reads the JSON of an earlier version, if it is one that this record ever had.
    fn of_version(version: u32, json: &str) -> Option<Self> {
        let _ = (version, json);
        None
    }

    /// Takes in what was written beside this record while it could not be read. By default nothing: what was decided
    /// before holds.
    fn absorb(&mut self, meanwhile: Self) {
        drop(meanwhile);
    }
}

/// Why a stored text is not the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RecordError {
    /// Something else, or damaged.
    #[error("the record cannot be read")]
    Damaged,
    /// Written by a later Candor.
    #[error("the record was written by a newer version")]
    Newer,
}

/// The text to store.
pub(crate) fn encode<R: Record>(record: &R) -> String {
    // Records hold strings, numbers and maps with string keys only, which serde_json cannot fail on.
    let json = serde_json::to_string(record).unwrap_or_default();
    format!("candor:{}:{}:{}:{json}", R::KEY, R::VERSION, checksum(&json))
}

/// The second key of a record on disk.
pub(crate) fn copy_key(key: &str) -> String {
    format!("{key}.copy")
}

/// The key for what changes while a record on disk cannot be read.
pub(crate) fn meanwhile_key(key: &str) -> String {
    format!("{key}.meanwhile")
}

/// The key under which the remains of a key are kept: another one for every text.
pub(crate) fn kept_key(key: &str, text: &str) -> String {
    format!("{key}.kept.{}", checksum(text))
}

/// The first four bytes of the Keccak-256 of the JSON, hexadecimal: against decay, not against people.
pub(crate) fn checksum(json: &str) -> String {
    let digest = keccak256(json);
    hex::encode(digest.first_chunk::<4>().unwrap_or(&[0; 4]))
}

/// Reads a stored text.
pub(crate) fn decode<R: Record>(text: &str) -> Result<R, RecordError> {
    let mut parts = text.splitn(5, ':');
    let (Some("candor"), Some(key), Some(version), Some(sum), Some(json)) =
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(RecordError::Damaged);
    };
    let version: u32 = version.parse().map_err(|_| RecordError::Damaged)?;
    if key != R::KEY || version == 0 {
        return Err(RecordError::Damaged);
    }
    if sum != checksum(json) {
        return Err(RecordError::Damaged);
    }
    match version.cmp(&R::VERSION) {
        Ordering::Greater => Err(RecordError::Newer),
        Ordering::Equal => serde_json::from_str(json).map_err(|_| RecordError::Damaged),
        Ordering::Less => R::of_version(version, json).ok_or(RecordError::Damaged),
    }
}

/// A [`candor_primitives::ChainId`] as its number.
pub(crate) mod chain_id {
    use candor_primitives::ChainId;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(id: &ChainId, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(id.get())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ChainId, D::Error> {
        ChainId::new(u64::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// Several [`candor_primitives::ChainId`]s as their numbers.
pub(crate) mod chain_ids {
    use candor_primitives::ChainId;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(ids: &[ChainId], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(ids.iter().map(|id| id.get()))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<ChainId>, D::Error> {
        let ids = Vec::<u64>::deserialize(deserializer)?.into_iter();
        ids.map(|id| ChainId::new(id).map_err(D::Error::custom)).collect()
    }
}

/// A [`candor_primitives::Millis`] as its number.
pub(crate) mod millis {
    use candor_primitives::Millis;
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
    pub(crate) fn serialize<S: Serializer>(moment: &Millis, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(moment.0)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Millis, D::Error> {
        u64::deserialize(deserializer).map(Millis)
    }
}

/// An optional [`candor_primitives::Millis`] as its number.
pub(crate) mod optional_millis {
    use candor_primitives::Millis;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(
        moment: &Option<Millis>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        moment.map(|moment| moment.0).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Millis>, D::Error> {
        Ok(Option::<u64>::deserialize(deserializer)?.map(Millis))
    }
}

/// A [`candor_primitives::Origin`] as its text.
pub(crate) mod origin {
    use candor_primitives::Origin;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(origin: &Origin, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(origin.as_str())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Origin, D::Error> {
        Origin::from_stored(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// An optional [`candor_primitives::Origin`] as its text.
pub(crate) mod optional_origin {
    use candor_primitives::Origin;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(
        origin: &Option<Origin>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        origin.as_ref().map(Origin::as_str).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Origin>, D::Error> {
        Option::<String>::deserialize(deserializer)?
            .map(|text| Origin::from_stored(&text).map_err(D::Error::custom))
            .transpose()
    }
}
