//! The extension manifests: Chrome's is the source, Firefox's is Chrome's with a merge patch (RFC 7396).

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use crate::repo;

/// The source manifest.
pub(crate) fn chrome() -> Result<Value> {
    read("manifest.json")
}

/// The source manifest with Firefox's patch applied.
pub(crate) fn firefox() -> Result<Value> {
    let mut manifest = chrome()?;
    merge(&mut manifest, &read("extension/manifest.firefox.json")?);
    Ok(manifest)
}

fn read(file: &str) -> Result<Value> {
    let text =
        std::fs::read_to_string(repo::root().join(file)).with_context(|| format!("{file} cannot be read"))?;
    serde_json::from_str(&text).with_context(|| format!("{file} is not JSON"))
}

/// JSON Merge Patch, RFC 7396 section 2.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(target) = target else { return };
    for (key, value) in patch {
        if value.is_null() {
            target.remove(key);
        } else {
            merge(target.entry(key).or_insert(Value::Null), value);
        }
    }
}

/// The top-level keys in which two manifests differ, in order.
pub(crate) fn differing_keys(one: &Value, other: &Value) -> Vec<String> {
    let (Value::Object(one), Value::Object(other)) = (one, other) else { return Vec::new() };
    let mut keys: Vec<String> =
        one.keys().chain(other.keys()).filter(|key| one.get(*key) != other.get(*key)).cloned().collect();
    keys.sort();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{chrome, differing_keys, firefox, merge};

    /// The examples of RFC 7396, appendix A, that reach a branch of their own.
    #[test]
    fn merge_patch() {
        let check = |mut target: Value, patch: Value, expected: Value| {
            merge(&mut target, &patch);
            assert_eq!(target, expected);
        };
        check(json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"}));
        check(json!({"a": "b"}), json!({"b": "c"}), json!({"a": "b", "b": "c"}));
        check(json!({"a": "b", "b": "c"}), json!({"a": null}), json!({"b": "c"}));
        check(json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"}));
        check(json!({"a": {"b": "c"}}), json!({"a": {"b": "d", "c": null}}), json!({"a": {"b": "d"}}));
        check(json!({"a": [{"b": "c"}]}), json!({"a": [1]}), json!({"a": [1]}));
        check(json!({"a": "foo"}), json!("bar"), json!("bar"));
        check(json!([1, 2]), json!({"a": "b", "c": null}), json!({"a": "b"}));
        check(json!({}), json!({"a": {"bb": {"ccc": null}}}), json!({"a": {"bb": {}}}));
    }

    #[test]
    fn browsers_differ_only_where_they_must() {
        let (chrome, firefox) = (chrome().unwrap(), firefox().unwrap());
        assert_eq!(
            differing_keys(&chrome, &firefox),
            ["background", "browser_specific_settings", "minimum_chrome_version"]
        );
        assert_eq!(chrome["background"]["service_worker"], firefox["background"]["scripts"][0]);
        assert_eq!(chrome["background"]["type"], firefox["background"]["type"]);
    }
}
