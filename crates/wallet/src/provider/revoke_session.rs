//! `wallet_revokeSession` (CAIP-285): everything at once.

use serde_json::Value;

use super::{Answer, Question};
use crate::Wallet;

impl Wallet {
    pub(super) fn wallet_revoke_session(&mut self, question: &Question<'_>) -> Answer {
        self.disconnect(&question.page.origin.clone());
        Answer::Now(Value::Bool(true))
    }
}
