//! `wallet_sendCalls` (EIP-5792, version 2.0.0): `[{ version, id, from, chainId, atomicRequired, calls, capabilities }]`.
//!
//! The accounts are plain ones: each call is a transaction of its own, sent once the one before it worked.

use serde_json::{Map, Value};

use super::{
    Answered, Question, error,
    error::{CallsError, invalid_params},
    params,
    send_transaction::{asked_call, present, text},
    switch_chain::{chain_id, short},
};
use crate::{
    Wallet,
    records::{Body, TransactionDraft},
};
use candor_protocol::page::PageError;

const VERSION: &str = "2.0.0";
const ALLOWED: [&str; 7] = ["atomicRequired", "calls", "capabilities", "chainId", "from", "id", "version"];
const ALLOWED_IN_CALL: [&str; 4] = ["capabilities", "data", "to", "value"];
/// As many as a person can read at once.
const MOST_CALLS: usize = 10;
/// The longest name of a site's own, in bytes (EIP-5792).
const LONGEST_ID: usize = 4096;

impl Wallet {
    pub(super) fn wallet_send_calls(&mut self, mut question: Question<'_>) -> Answered {
        let fields = params::single_object(question.params.take())?;
        only(&fields, &ALLOWED)?;
        if text(&fields, "version")? != Some(VERSION) {
            return Err(invalid_params("“version” must be 2.0.0."));
        }
        let origin = &question.page.origin;
        let visible = self.visible_accounts(origin);
        let from = match text(&fields, "from")? {
            Some(from) => self.permitted(origin, params::address(from, "from")?)?,
            None => self.permitted(origin, visible.first().copied().unwrap_or_default())?,
        };
        let chain = chain_id(&fields)?;
        match fields.get("atomicRequired") {
            Some(Value::Bool(false)) => {}
            Some(Value::Bool(true)) => return Err(error::calls(CallsError::Atomicity)),
            _ => return Err(invalid_params("“atomicRequired” must be true or false.")),
        }
        no_capability_needed(&fields)?;
        let Some(Value::Array(calls)) = fields.get("calls") else {
            return Err(invalid_params("“calls” must be a list."));
        };
        if calls.is_empty() {
            return Err(invalid_params("“calls” is empty."));
        }
        if calls.len() > MOST_CALLS {
            return Err(error::calls(CallsError::TooLarge));
        }
        let drafts = calls.iter().map(draft).collect::<Result<Vec<_>, _>>()?;
        let id = text(&fields, "id")?.unwrap_or_default();
        if id.len() > LONGEST_ID || (id.is_empty() && present(&fields, "id").is_some()) {
            return Err(invalid_params("“id” must have 1 to 4096 bytes."));
        }
        let waits = |request: &crate::records::Request| {
            request.is_waiting()
                && request.origin() == Some(origin)
                && matches!(&request.body, Body::Calls { id: other, .. } if other == id)
        };
        if !id.is_empty() && (self.batch(origin, id).is_some() || self.requests.list.iter().any(waits)) {
            return Err(error::calls(CallsError::Duplicate));
        }
        // Last, because what a site is told here says which networks the user has.
        if !self.has_network(chain) {
            return Err(error::calls(CallsError::Chain));
        }
        let body = Body::Calls { id: id.to_owned(), drafts };
        self.request_from_page(Question { chain, ..question }, Some(from), body)
    }
}

/// Unknown members are refused: the site may rely on what they say.
fn only(fields: &Map<String, Value>, allowed: &[&str]) -> Result<(), PageError> {
    match fields.keys().find(|key| !allowed.contains(&key.as_str())) {
        Some(unknown) => {
            Err(invalid_params(&format!("“{}” is not a member of this request.", short(unknown))))
        }
        None => Ok(()),
    }
}

/// None is offered, so each has to say that it is optional.
fn no_capability_needed(fields: &Map<String, Value>) -> Result<(), PageError> {
    let Some(capabilities) = present(fields, "capabilities") else { return Ok(()) };
    let Value::Object(capabilities) = capabilities else {
        return Err(invalid_params("“capabilities” must be an object."));
    };
    if capabilities.values().all(|one| one.get("optional") == Some(&Value::Bool(true))) {
        Ok(())
    } else {
        Err(error::calls(CallsError::Capability))
    }
}

fn draft(call: &Value) -> Result<TransactionDraft, PageError> {
    let Value::Object(call) = call else {
        return Err(invalid_params("Each of “calls” must be an object."));
    };
    only(call, &ALLOWED_IN_CALL)?;
    no_capability_needed(call)?;
    Ok(TransactionDraft { asked: asked_call(call)?, fixed: None, problem: None })
}
