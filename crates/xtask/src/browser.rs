//! Starts the scripts in `tests/browser`, which drive real browsers against local chains and dApps.

use std::process::Command;

use anyhow::Result;
use serde_json::json;

use crate::args::{Browser, Mode};
use crate::{dist, install, invariants, modules, package, repo, shell, wasm};

/// A script of `tests/browser`, ready to run: its tools and its browser are installed.
///
/// Where things are goes to the script in the environment variable `CANDOR_RUN`, a JSON object with `dist` (the
/// folder of the unpacked extensions), `browser`, `executable` and `out` (where it may write).
pub(crate) fn script(file: &str, browser: Browser, words: &[&str]) -> Result<Command> {
    install::npm_packages()?;
    let places = json!({
        "dist": repo::dist(),
        "browser": browser.name(),
        "executable": install::browser(browser)?,
        "out": repo::target(),
    });
    let mut node = shell::command("node");
    node.arg(repo::journeys().join(file)).args(words).env("CANDOR_RUN", places.to_string());
    Ok(node)
}

/// `cargo xtask run`: the main job on local chains with a real dApp.
pub(crate) fn tour(mode: Mode, browser: Browser, headless: bool) -> Result<bool> {
    let _built = dist::build(mode)?;
    let mut words = vec!["--browser", browser.name()];
    if headless || !has_display() {
        words.push("--headless");
    }
    shell::succeeds(&mut script("tour.mjs", browser, &words)?)
}

fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// `cargo xtask bench`: sizes, then times in Chromium, each printed and written to `target/bench`.
///
/// Beside the extension it measures `target/bench/wasm`, modules made for that, and the program
/// `target/release/examples/native`, what the computer can do without a browser.
pub(crate) fn bench() -> Result<bool> {
    let _built = dist::build(Mode::Release)?;
    let archive = package::extension("chrome")?;
    let mut sizes = invariants::sizes::measured()?;
    sizes.insert("package zip".to_owned(), std::fs::metadata(archive)?.len());
    for (file, bytes) in &sizes {
        println!("{bytes:>10} bytes  {file}");
    }
    let folder = repo::target().join("bench");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("sizes.json"), serde_json::to_string_pretty(&sizes)? + "\n")?;
    wasm::build(&modules::read()?.only_measured()?, Mode::Release, &folder.join("wasm"))?;
    let mut native = shell::cargo();
    shell::run(native.args(["build", "--release", "--package", "candor-kdf", "--example", "native"]))?;
    shell::succeeds(&mut script("bench.mjs", Browser::Chromium, &[])?)
}

/// `cargo xtask bench soak`: many busy pages for so many minutes in Chromium, then the same pages idle; printed and
/// written to `target/bench/soak.json`.
pub(crate) fn soak(minutes: u32) -> Result<bool> {
    let _built = dist::build(Mode::Release)?;
    shell::succeeds(&mut script("soak.mjs", Browser::Chromium, &["--minutes", &minutes.to_string()])?)
}
