//! `wallet_invokeMethod` (CAIP-27): `{ scope, request: { method, params } }`.

use serde_json::{Value, json};

use super::{
    Answered, Question, create_session::chain_of_scope, error, error::invalid_params,
    get_session::is_of_session, params,
};
use crate::Wallet;

impl Wallet {
    /// Asks on another network than the origin's, which stays as it is.
    pub(super) fn wallet_invoke_method(&mut self, mut question: Question<'_>) -> Answered {
        let mut asked = question.params.take();
        let scope = params::named_or_at(&asked, "scope", 0).and_then(Value::as_str).unwrap_or_default();
        let chain = chain_of_scope(scope);
        let request = match &mut asked {
            Value::Array(list) => list.get_mut(1),
            asked => asked.get_mut("request"),
        };
        let Some(Value::Object(request)) = request else {
            return Err(invalid_params("“request” must be an object with a method."));
        };
        let params = request.remove("params").unwrap_or_else(|| json!([]));
        let Some(Value::String(method)) = request.remove("method") else {
            return Err(invalid_params("“request.method” must be text."));
        };
        let origin = &question.page.origin;
        let session =
            if self.visible_accounts(origin).is_empty() { Vec::new() } else { self.permitted_chains(origin) };
        let Some(chain) = chain.filter(|chain| session.contains(chain)) else {
            return Err(error::unauthorized("The session of this site does not have that scope."));
        };
        if !is_of_session(&method) {
            return Err(error::unsupported("This method cannot be called in a session."));
        }
        // Calls name their network themselves; it has to be that of the scope.
        let named = params.get(0).and_then(|first| first.get("chainId")).and_then(Value::as_str);
        if method == "wallet_sendCalls" && named != Some(chain.to_hex().as_str()) {
            return Err(invalid_params("“chainId” must be the network of the scope."));
        }
        self.answer_to(Question { chain, method: &method, params, ..question })
    }
}
