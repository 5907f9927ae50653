//! Rules about what the Rust sources may say.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::crates::{BASE, CORE};
use super::{files, lines_with};
use crate::repo;

/// Ways to do IO, read a clock, wait, or depend on the order of a hash table.
const IMPURE: [&str; 10] = [
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant::now",
    "async fn",
    ".await",
    "HashMap",
];

/// What `unsafe` may introduce.
const UNSAFE_FORMS: [&str; 5] = ["{", "extern", "fn", "impl", "trait"];

/// Time and entropy are arguments of the core, and everything else is an effect that it returns.
pub(super) fn the_core_is_pure() -> Result<Vec<String>> {
    let folders = CORE
        .iter()
        .chain([&BASE])
        .map(|package| repo::root().join("crates").join(package.trim_start_matches("candor-")).join("src"));
    shipped_code_with(folders, &IMPURE)
}

/// The compiler forbids it as well; this also sees what the compiler is told to overlook.
pub(super) fn no_unsafe_code() -> Result<Vec<String>> {
    let forms = UNSAFE_FORMS.map(|form| ["unsafe", form].join(" "));
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
    shipped_code_with([repo::root().join("crates")], &forms)
}

/// Where the Rust files of `folders` contain one of `forbidden`, comments and tests aside.
pub(super) fn shipped_code_with(
    folders: impl IntoIterator<Item = PathBuf>,
    forbidden: &[&str],
) -> Result<Vec<String>> {
    let mut shipped = Vec::new();
    let mut tests = BTreeSet::new();
    for folder in folders {
        for file in files(&folder, &["rs"])? {
            let code = ShippedCode::of(&fs::read_to_string(&file)?);
            let named_so =
                file.file_stem().is_some_and(|stem| stem == "lib" || stem == "main" || stem == "mod");
            let below = if named_so { file.with_file_name("") } else { file.with_extension("") };
            tests.extend(code.test_modules.iter().map(|name| below.join(name)));
            shipped.push((file, code.text));
        }
    }
    let is_test = |file: &Path| file.ancestors().any(|part| tests.contains(&part.with_extension("")));
    Ok(shipped
        .iter()
        .filter(|(file, _)| !is_test(file))
        .flat_map(|(file, text)| lines_with(file, text, forbidden))
        .collect())
}

/// A file's code without its comments and its tests, line numbers kept.
struct ShippedCode {
    text: String,
    /// Names of the modules that are compiled for tests alone.
    test_modules: Vec<String>,
}

impl ShippedCode {
    fn of(source: &str) -> Self {
        let mut text = String::new();
        let mut test_modules = Vec::new();
        let mut lines = source.lines().map(str::trim);
        while let Some(line) = lines.next() {
            if line == "#[cfg(test)]" {
                // A declaration ends on its line; a module with a body is the last thing in our files.
                let Some(declared) = lines.next().and_then(|next| next.strip_suffix(';')) else { break };
                test_modules.extend(declared.rsplit(' ').next().map(str::to_owned));
                text.push('\n');
            } else if !line.starts_with("//") {
                text.push_str(line);
            }
            text.push('\n');
        }
        Self { text, test_modules }
    }
}

#[cfg(test)]
mod tests {
    use super::ShippedCode;

    #[test]
    fn comments_and_tests_do_not_ship() {
        let check = |source: &str, text: &str, test_modules: &[&str]| {
            let code = ShippedCode::of(source);
            assert_eq!(code.text, text);
            assert_eq!(code.test_modules, test_modules);
        };
        check("// std::fs\nfn f() {}", "\nfn f() {}\n", &[]);
        check("#[cfg(test)]\nmod vectors;\nfn f() {}", "\n\nfn f() {}\n", &["vectors"]);
        check("fn f() {}\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}", "fn f() {}\n", &[]);
    }
}
