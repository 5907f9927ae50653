//! What can be done about a transaction that waits.

use serde::{Deserialize, Serialize};

/// One remedy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// The same again with the same number, for a higher fee.
    SpeedUp,
    /// Nothing, sent to oneself with the same number, for a higher fee.
    Cancel,
    /// Nothing, sent to oneself with the number that is missing before it.
    Mend,
    /// The same bytes once more.
    SendAgain,
}
