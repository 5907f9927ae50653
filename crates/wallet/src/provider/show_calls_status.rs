//! `wallet_showCallsStatus` (EIP-5792): `[id]`.

use candor_primitives::Millis;
use candor_protocol::host::Effect;
use serde_json::Value;

use super::{Answer, Answered, Question};
use crate::Wallet;

/// Where a person sees what was sent.
const ACTIVITY: &str = "#/activity";
/// For so long no page can bring it to the front again: a page must not keep a person from their other tabs.
const PAUSE: Millis = Millis::from_secs(10);

impl Wallet {
    pub(super) fn wallet_show_calls_status(&mut self, mut question: Question<'_>) -> Answered {
        self.named_batch(&mut question)?;
        if self.status_shown.is_none_or(|at| self.now.since(at) >= PAUSE) {
            self.status_shown = Some(self.now);
            self.out.push(Effect::ShowTab { route: ACTIVITY.to_owned() });
        }
        Ok(Answer::Now(Value::Null))
    }
}
