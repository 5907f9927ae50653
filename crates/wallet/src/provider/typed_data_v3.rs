//! `eth_signTypedData_v3`: `[account, typed data]`, as the fourth version, but without lists.

use super::{Answered, Question};
use crate::{Wallet, records::TypedDataVersion};

impl Wallet {
    pub(super) fn eth_sign_typed_data_v3(&mut self, question: Question<'_>) -> Answered {
        self.structured_data(question, TypedDataVersion::V3)
    }
}
