//! From a call as JSON to its reply as JSON.

use std::io;

use candor_primitives::Platform;
use candor_protocol::{
    import::{AnyImport, ImportCall, ImportReply},
    ui::UiError,
};
use zeroize::Zeroizing;

use crate::error;

/// How a call is answered.
pub(crate) trait Answer: ImportCall {
    /// What the page gets, or why it gets nothing.
    fn answer(self, platform: &mut dyn Platform) -> Result<Self::Reply, UiError>;
}

/// Answers a call. A text that is none is a defect of ours; the parser's own words could repeat a secret.
pub(crate) fn to_json(call: &str, platform: &mut dyn Platform) -> Zeroizing<String> {
    match serde_json::from_str(call) {
        Ok(call) => to_any(call, platform),
        Err(_) => written(&ImportReply::<()>::Err(error::internal())),
    }
}

fn to_any(call: AnyImport, platform: &mut dyn Platform) -> Zeroizing<String> {
    match call {
        AnyImport::NewPhrase(call) => to(call, platform),
        AnyImport::InspectPhrase(call) => to(call, platform),
        AnyImport::ReadPhrase(call) => to(call, platform),
        AnyImport::ReadKey(call) => to(call, platform),
        AnyImport::InspectShares(call) => to(call, platform),
        AnyImport::ReadShares(call) => to(call, platform),
        AnyImport::InspectKeyFile(call) => to(call, platform),
        AnyImport::ReadKeyFile(call) => to(call, platform),
        AnyImport::ListAccounts(call) => to(call, platform),
        AnyImport::AccountAt(call) => to(call, platform),
        AnyImport::FindAddress(call) => to(call, platform),
        AnyImport::Words(call) => to(call, platform),
        AnyImport::MakeShares(call) => to(call, platform),
    }
}

fn to<C: Answer>(call: C, platform: &mut dyn Platform) -> Zeroizing<String> {
    written(&match call.answer(platform) {
        Ok(reply) => ImportReply::Ok(reply),
        Err(error) => ImportReply::Err(error),
    })
}

/// The reply as JSON. It is written twice, the first time only to count: a buffer that grows leaves unwiped copies of
/// secrets behind.
fn written<T: serde::Serialize>(reply: &ImportReply<T>) -> Zeroizing<String> {
    let mut length = Counter(0);
    // Replies hold strings and numbers only, and neither writer fails, so that serde_json cannot.
    drop(serde_json::to_writer(&mut length, reply));
    let mut json = Vec::with_capacity(length.0);
    drop(serde_json::to_writer(&mut json, reply));
    // What serde_json writes is UTF-8.
    Zeroizing::new(String::from_utf8(json).unwrap_or_default())
}

/// Counts bytes and keeps none.
struct Counter(usize);

impl io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::testing::Fixed;

    #[test]
    fn what_is_no_call_is_a_defect_that_repeats_nothing() {
        let check = |call: &str| {
            assert_eq!(
                to_json(call, &mut Fixed).as_str(),
                r#"{"err":{"code":"internal","title":"Something went wrong inside Candor.","text":"Nothing was changed. Reload this page.","retryAfterMs":0}}"#,
            );
        };
        check("");
        check("null");
        check(r#""abandon""#);
        check(r#"{"abandon":{}}"#);
        check(r#"{"ReadKey":{"text":["abandon"]}}"#);
        check(r#"{"ReadKey":{}}"#);
    }

    #[test]
    fn a_call_is_answered_under_its_name() {
        let check = |call: &str, expected: &str| {
            assert_eq!(to_json(call, &mut Fixed).as_str(), expected, "{call}");
        };
        check(
            r#"{"InspectPhrase":{"text":"zoo"}}"#,
            r#"{"ok":{"words":[{"text":"zoo","known":true,"nearest":[]}],"complete":false,"checksum":null,"problem":{"title":"There is 1 word.","text":"A recovery phrase has 12, 15, 18, 21 or 24. Compare with your paper."}}}"#,
        );
        check(
            r#"{"ReadKey":{"text":""}}"#,
            r#"{"err":{"code":"invalid","title":"There is no key yet.","text":"Type or paste your private key.","retryAfterMs":0}}"#,
        );
        check(
            r#"{"FindAddress":{"keyring":"434b45590001020000200101010101010101010101010101010101010101010101010101010101010101","address":"0x0000000000000000000000000000000000000000","from":0,"count":1}}"#,
            r#"{"ok":null}"#,
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        /// Whatever a field holds, there is an answer. Digits are part of no word, so that none has to repeat them.
        #[test]
        fn any_text_is_answered(text in "[0-9]{8}.*") {
            for call in [
                json!({ "InspectPhrase": { "text": text } }),
                json!({ "ReadPhrase": { "text": text, "passphrase": text, "unchecked": true } }),
                json!({ "ReadKey": { "text": text } }),
                json!({ "InspectShares": { "shares": [text, text] } }),
                json!({ "ReadShares": { "shares": [text], "passphrase": text } }),
                json!({ "InspectKeyFile": { "text": text } }),
                json!({ "ReadKeyFile": { "text": text, "password": text } }),
                json!({ "ListAccounts": { "keyring": text, "family": "standard", "from": 0, "count": 1 } }),
                json!({ "AccountAt": { "keyring": text, "path": text } }),
                json!({ "FindAddress": { "keyring": text, "address": text, "from": 0, "count": 1 } }),
                json!({ "Words": { "keyring": text } }),
                json!({ "MakeShares": {
                    "keyring": text, "passphrase": text,
                    "groupsNeeded": 1, "groups": [{ "needed": 2, "shares": 3 }],
                } }),
                json!({ "NewPhrase": { "words": text, "language": text } }),
                json!({ text.as_str(): text }),
                json!(text),
            ] {
                let reply = to_json(&call.to_string(), &mut Fixed);
                let reply: serde_json::Value = serde_json::from_str(&reply).unwrap();
                let only = reply.as_object().unwrap().keys().next().unwrap();
                let inspected = call.get("InspectPhrase").or_else(|| call.get("InspectShares")).is_some();
                prop_assert_eq!(only, if inspected { "ok" } else { "err" });
                let digits = text.get(..8).unwrap();
                prop_assert!(!reply.to_string().contains(digits), "{}", reply);
            }
        }
    }
}
