//! JSON-RPC 2.0 as nodes really speak it: strict in what is sent, tolerant in what is understood.

use serde_json::{Map, Value, json};

/// The most an answer may weigh unless a caller says otherwise: 8 MiB, enough for the logs and blocks that pages
/// ask for, too little to exhaust the memory of a background worker.
pub const ANSWER_LIMIT: usize = 8 << 20;

/// Code for node errors that came without one: the server error of JSON-RPC 2.0 that nodes use for everything.
pub const SERVER_ERROR: i64 = -32000;

/// An error that a node answered with, exactly as it said it, so that pages can react to it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct NodeError {
    /// JSON-RPC error code; `3` is a revert with data (geth).
    pub code: i64,
    /// The node's own words.
    pub message: String,
    /// Whatever the node attached, commonly the revert data.
    pub data: Option<Value>,
}

/// An answer that says nothing: try another endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Above the caller's limit.
    #[error("the answer is too large")]
    TooLarge,
    /// A web page, half an answer, nothing.
    #[error("the answer is not JSON")]
    NotJson,
    /// JSON without result or error.
    #[error("the answer is not a JSON-RPC answer")]
    NotAnAnswer,
    /// It answers another question, as a confused cache would.
    #[error("the answer belongs to another question")]
    WrongId,
}

/// Why there is no result.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RpcError {
    /// The node understood and said no.
    #[error(transparent)]
    Node(#[from] NodeError),
    /// The endpoint answered something else.
    #[error(transparent)]
    Malformed(#[from] Malformed),
}

/// The body of a request.
#[must_use]
pub fn request(id: u64, method: &str, params: &Value) -> String {
    json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string()
}

/// Reads the answer to the request `id`, refusing bodies above `limit` bytes.
///
/// A missing `jsonrpc`, unknown members, an id spelled as text, a missing or `null` id, a batch of one, an
/// `error: null` beside a result and errors that are mere text are all understood, for each is in use somewhere.
///
/// # Errors
/// The node's own error, or an answer that is none.
pub fn response(id: u64, body: &[u8], limit: usize) -> Result<Value, RpcError> {
    if body.len() > limit {
        return Err(Malformed::TooLarge.into());
    }
    let mut answer = match serde_json::from_slice(body).map_err(|_| Malformed::NotJson)? {
        Value::Object(answer) => answer,
        Value::Array(mut batch) if batch.len() == 1 => match batch.pop() {
            Some(Value::Object(answer)) => answer,
            _ => return Err(Malformed::NotAnAnswer.into()),
        },
        _ => return Err(Malformed::NotAnAnswer.into()),
    };
    if !is_answer_to(id, answer.get("id")) {
        return Err(Malformed::WrongId.into());
    }
    match answer.remove("error") {
        None | Some(Value::Null) => answer.remove("result").ok_or_else(|| Malformed::NotAnAnswer.into()),
        Some(Value::Object(error)) => Err(node_error(error).into()),
        Some(Value::String(message)) => Err(NodeError { code: SERVER_ERROR, message, data: None }.into()),
        Some(_) => Err(Malformed::NotAnAnswer.into()),
    }
}

fn is_answer_to(id: u64, found: Option<&Value>) -> bool {
    match found {
        None | Some(Value::Null) => true,
        Some(Value::Number(number)) => {
            number.as_u64() == Some(id) || number.as_f64().is_some_and(|n| n.to_string() == id.to_string())
        }
        Some(Value::String(text)) => *text == id.to_string(),
        Some(_) => false,
    }
}

fn node_error(mut error: Map<String, Value>) -> NodeError {
    let code = match error.get("code") {
        Some(Value::String(text)) => text.parse().ok(),
        Some(code) => code.as_i64(),
        None => None,
    };
    let message = match error.remove("message") {
        Some(Value::String(message)) => message,
        _ => String::from("the node gave no reason"),
    };
    let data = error.remove("data").filter(|data| !data.is_null());
    NodeError { code: code.unwrap_or(SERVER_ERROR), message, data }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn node(code: i64, message: &str, data: Option<Value>) -> Result<Value, RpcError> {
        Err(NodeError { code, message: message.to_owned(), data }.into())
    }

    #[test]
    fn requests_are_plain() {
        let body = request(7, "eth_chainId", &json!([]));
        let expected = json!({ "id": 7, "jsonrpc": "2.0", "method": "eth_chainId", "params": [] });
        assert_eq!(serde_json::from_str::<Value>(&body).unwrap(), expected);
    }

    #[test]
    fn answers_and_their_quirks() {
        let check = |body: &str, expected: Result<Value, RpcError>| {
            assert_eq!(response(7, body.as_bytes(), 1000), expected, "{body}");
        };
        let bad = |why: Malformed| Err(RpcError::Malformed(why));
        check(r#"{"jsonrpc":"2.0","id":7,"result":"0x1"}"#, Ok(json!("0x1")));
        check(r#"{"jsonrpc":"2.0","id":"7","result":"0x1"}"#, Ok(json!("0x1")));
        check(r#"{"jsonrpc":"2.0","id":7.0,"result":"0x1"}"#, Ok(json!("0x1")));
        check(r#"{"result":"0x1"}"#, Ok(json!("0x1")));
        check(r#"{"id":null,"result":null}"#, Ok(json!(null)));
        check(r#"{"id":7,"result":null,"error":null,"took":3}"#, Ok(json!(null)));
        check(r#"[{"id":7,"result":[1]}]"#, Ok(json!([1])));
        check(
            r#"{"jsonrpc":"2.0","id":7,"error":{"code":3,"message":"execution reverted: no","data":"0x08c379a0"}}"#,
            node(3, "execution reverted: no", Some(json!("0x08c379a0"))),
        );
        check(
            r#"{"id":7,"result":"0x","error":{"code":-32015,"message":"VM execution error.","data":"Reverted 0x"}}"#,
            node(-32015, "VM execution error.", Some(json!("Reverted 0x"))),
        );
        check(
            r#"{"id":null,"error":{"code":"-32005","message":"limit exceeded"}}"#,
            node(-32005, "limit exceeded", None),
        );
        check(r#"{"error":"Too many requests"}"#, node(SERVER_ERROR, "Too many requests", None));
        check(r#"{"id":7,"error":{}}"#, node(SERVER_ERROR, "the node gave no reason", None));
        check(r#"{"id":7,"error":{"code":-1,"message":"x","data":null}}"#, node(-1, "x", None));
        check("", bad(Malformed::NotJson));
        check("<html>502 Bad Gateway</html>", bad(Malformed::NotJson));
        check(r#"{"id":7,"result":"#, bad(Malformed::NotJson));
        check("null", bad(Malformed::NotAnAnswer));
        check("[]", bad(Malformed::NotAnAnswer));
        check(r#"{"id":7}"#, bad(Malformed::NotAnAnswer));
        check(r#"{"id":7,"error":false}"#, bad(Malformed::NotAnAnswer));
        check(r#"{"id":8,"result":"0x1"}"#, bad(Malformed::WrongId));
        check(r#"{"id":"a","result":"0x1"}"#, bad(Malformed::WrongId));
        check(r#"{"id":{},"result":"0x1"}"#, bad(Malformed::WrongId));
        check(&format!(r#"{{"id":7,"result":"{}"}}"#, "x".repeat(1000)), bad(Malformed::TooLarge));
        check(&format!(r#"{{"result":{}1{}}}"#, "[".repeat(300), "]".repeat(300)), bad(Malformed::NotJson));
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(body: Vec<u8>, text in r#"[\[\]{}":,a-z0-9]{0,60}"#) {
            let _ = (response(1, &body, 1 << 20), response(1, text.as_bytes(), 1 << 20));
        }
    }
}
