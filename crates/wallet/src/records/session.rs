use core::fmt;

use candor_primitives::Millis;
use candor_protocol::host::Area;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use super::{Record, codec};

/// What "unlocked" means: the data key, in memory-only storage that only our own contexts can read.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Session {
    /// The vault's data key, hexadecimal.
    pub(crate) data_key: String,
    /// When a person last used the wallet.
    #[serde(with = "codec::millis")]
    pub(crate) last_used: Millis,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("last_used", &self.last_used).finish_non_exhaustive()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.data_key.zeroize();
    }
}

impl Record for Session {
    const KEY: &'static str = "session";
    const AREA: Area = Area::Session;
}
