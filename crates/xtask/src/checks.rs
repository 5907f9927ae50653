//! `cargo xtask test` and its parts. Every check runs even when an earlier one failed.

use std::process::Command;

use anyhow::Result;

use crate::args::{Browser, Mode};
use crate::dist::Built;
use crate::fuzz::Effort;
use crate::shell::Stream;
use crate::tally::{self, Tally};
use crate::{browser as drive, dist, fuzz as fuzzing, install, invariants as rules, repo, shell};

/// Everything that CI checks.
pub(crate) fn all() -> Result<bool> {
    let mut tally = native()?;
    if let Some(_built) = built(&mut tally) {
        tally += rules::check()?;
        tally += journeys(None, None)?;
    }
    conclude(tally)
}

/// All that needs no browser and no build.
pub(crate) fn unit() -> Result<bool> {
    conclude(native()?)
}

/// The fuzz targets.
pub(crate) fn fuzz(effort: Effort, filter: Option<&str>) -> Result<bool> {
    conclude(fuzzing::run(effort, filter)?)
}

/// The browser journeys, on a fresh build.
pub(crate) fn browser(only: Option<Browser>, filter: Option<&str>) -> Result<bool> {
    let mut tally = Tally::default();
    if let Some(_built) = built(&mut tally) {
        tally += journeys(only, filter)?;
    }
    conclude(tally)
}

/// The invariants, on a fresh build.
pub(crate) fn invariants() -> Result<bool> {
    let mut tally = Tally::default();
    if let Some(_built) = built(&mut tally) {
        tally += rules::check()?;
    }
    conclude(tally)
}

/// Prints the line that scripts read.
fn conclude(tally: Tally) -> Result<bool> {
    println!("{tally}");
    Ok(tally.clean())
}

fn native() -> Result<Tally> {
    let mut tally = Tally::default();
    let cargo = |words: &str| {
        let mut cargo = shell::cargo();
        cargo.args(words.split(' '));
        cargo
    };
    tally += step("formatting", &mut cargo("fmt --all --check"))?;
    tally += step("lints", &mut cargo("clippy --workspace --all-targets -- -D warnings"))?;
    // Of the whole workspace, so that libraries keep their features and need not be compiled again.
    let popup = "clippy --workspace --no-default-features -- -D warnings";
    tally += step("lints of the popup's module", &mut cargo(popup))?;
    tally += tests(cargo)?;
    tally += fuzzing::run(Effort::Bounded, None)?;
    install::npm_packages()?;
    for folder in ["extension", "tests/browser"] {
        let mut types = shell::npm_tool("tsc");
        types.args(["--noEmit", "--project"]).arg(repo::root().join(folder).join("jsconfig.json"));
        tally += step(&format!("JavaScript types of {folder}"), &mut types)?;
    }
    tally += step("scripts of the extension", &mut script_tests()?)?;
    Ok(tally)
}

/// The tests of the extension's scripts, which need nothing but Node.
fn script_tests() -> Result<Command> {
    let mut node = shell::command("node");
    // What hangs is a failure with a name, rather than the end of the whole run.
    node.args(["--test", "--test-reporter=dot", "--test-timeout=60000"]);
    // Named one by one: Node 20 and 22 do not agree on what a folder means.
    for entry in std::fs::read_dir(repo::root().join("tests/page"))? {
        let file = entry?.path();
        if file.to_string_lossy().ends_with(".test.mjs") {
            node.arg(file);
        }
    }
    Ok(node)
}

/// One check that is one program, named before and after, since its own output may be long.
fn step(name: &str, command: &mut Command) -> Result<Tally> {
    println!("{name} …");
    let held = shell::succeeds(command)?;
    println!("{name}: {}", if held { "ok" } else { "FAILED" });
    Ok(Tally::one(held))
}

fn tests(cargo: impl Fn(&str) -> Command) -> Result<Tally> {
    if shell::find(&["cargo-nextest"]).is_some() {
        let mut nextest = cargo("nextest run --workspace --no-fail-fast --no-tests pass --status-level fail");
        let (succeeded, output) = shell::overhear(&mut nextest, Stream::Err)?;
        return Ok(Tally::of_run(succeeded, tally::read(&output, "Summary")));
    }
    println!("cargo-nextest is not installed: running the native tests with cargo test.");
    let mut test = cargo("test --workspace --no-fail-fast --quiet");
    let (succeeded, output) = shell::overhear(&mut test, Stream::Out)?;
    Ok(Tally::of_run(succeeded, tally::read(&output, "test result:")))
}

fn built(tally: &mut Tally) -> Option<Built> {
    let outcome = dist::build(Mode::Release);
    if let Err(error) = &outcome {
        eprintln!("build: FAILED: {error:#}");
    }
    *tally += Tally::one(outcome.is_ok());
    outcome.ok()
}

fn journeys(only: Option<Browser>, filter: Option<&str>) -> Result<Tally> {
    let mut tally = Tally::default();
    for browser in Browser::ALL.into_iter().filter(|browser| only.is_none_or(|only| only == *browser)) {
        let mut words = vec!["--only", browser.name()];
        if let Some(filter) = filter {
            words.extend(["--filter", filter]);
        }
        let mut node = drive::script("run.mjs", browser, &words)?;
        let (succeeded, output) = shell::overhear(&mut node, Stream::Out)?;
        let last = output.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
        tally += Tally::of_run(succeeded, tally::read(last, ""));
    }
    Ok(tally)
}
