//! Turns wasm-bindgen's glue into a module that can be instantiated more than once.
//!
//! Locking throws a WebAssembly instance away so that its memory goes too, and a panic replaces it. The glue that
//! wasm-bindgen writes for the web keeps one instance per JavaScript module; its experimental reset function
//! makes closures and promises of the old instance throw. What it writes for plain scripts is already one
//! function that closes over everything, so we rename that function and export it.

use anyhow::{Result, anyhow, bail};

const HEAD: &str = "let wasm_bindgen = (function(exports) {";
const TAIL: &str = "return Object.assign(__wbg_init, { initSync }, exports);\n})({ __proto__: null });";

const NEW_HEAD: &str = "\
/**
 * Makes one independent instance: its exports, `init({ module_or_path })` and `initSync({ module })`.
 * Nothing else refers to it, so dropping the returned object frees its memory.
 */
export function createInstance() {
const exports = { __proto__: null };";
const NEW_TAIL: &str = "return Object.assign(exports, { init: __wbg_init, initSync });\n}";

/// Rewrites glue of wasm-bindgen's `no-modules` target into an ES module that exports `createInstance`.
///
/// Fails when the glue does not look as expected, which a new wasm-bindgen could cause.
pub(crate) fn reinstantiable(glue: &str) -> Result<String> {
    for name in ["init", "initSync"] {
        if glue.contains(&format!("exports.{name} = ")) {
            bail!("an exported Rust function is called `{name}`, which the loader needs for itself");
        }
    }
    let unlike = || anyhow!("the glue is not what this wasm-bindgen wrote before: crates/xtask/src/glue.rs");
    let trimmed = trim_lines(glue);
    let (before, rest) = trimmed.split_once(HEAD).ok_or_else(unlike)?;
    let (body, after) = rest.split_once(TAIL).ok_or_else(unlike)?;
    if !before.trim().is_empty() || !after.trim().is_empty() || body.contains(HEAD) {
        return Err(unlike());
    }
    Ok(format!("{NEW_HEAD}{body}{NEW_TAIL}\n"))
}

/// Drops the indentation of the lines that hold the markers, which is all that varies in them.
fn trim_lines(glue: &str) -> String {
    let markers = || HEAD.lines().chain(TAIL.lines());
    glue.lines()
        .map(|line| if markers().any(|marker| marker == line.trim()) { line.trim() } else { line })
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::reinstantiable;

    #[test]
    fn wraps_only_what_it_knows() {
        let check = |glue: &str, expected: Option<&str>| {
            let made = reinstantiable(glue).ok();
            assert_eq!(made.is_some(), expected.is_some(), "{glue}");
            for (made, expected) in made.iter().zip(expected) {
                assert!(made.ends_with(expected), "{made}");
            }
        };
        let tail = "    return Object.assign(__wbg_init, { initSync }, exports);\n})({ __proto__: null });\n";
        check(
            &format!("let wasm_bindgen = (function(exports) {{\n    let wasm;\n{tail}"),
            Some("    let wasm;\nreturn Object.assign(exports, { init: __wbg_init, initSync });\n}\n"),
        );
        check(&format!("let wasm_bindgen = (function(exports) {{\n    exports.init = init;\n{tail}"), None);
        check("let wasm;\nexport { initSync, __wbg_init as default };\n", None);
        check(&format!("let wasm_bindgen = (function(exports) {{\n{tail}\nmore();\n"), None);
    }
}
