//! Fuzzing with what stable Rust has: the targets of `tests/fuzz`, built with coverage by the flags that `cargo fuzz`
//! gives a nightly compiler.
//!
//! Only our own crates count their coverage: xtask puts itself before the compiler (`RUSTC_WORKSPACE_WRAPPER`), and
//! crates from elsewhere stay as the native tests have built them.

use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::{env, fs};

use anyhow::{Context, Result, bail};

use crate::tally::Tally;
use crate::{repo, shell};

/// Each target with so many runs that it takes a second or two, and the longest input worth trying.
const TARGETS: [(&str, u32, u32); 8] = [
    ("vault", 60_000, 2048),
    ("backup", 500, 8192),
    ("state", 150, 4096),
    ("keyring", 100_000, 256),
    ("keystore", 40_000, 2048),
    ("phrase", 300, 512),
    ("path", 200_000, 128),
    ("shares", 300, 1024),
];

/// Set where cargo is to start us as the compiler.
const AS_COMPILER: &str = "CANDOR_COUNT_COVERAGE";

/// What makes the compiler count which edges were taken and show what was compared.
const COVERAGE: [&str; 6] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// How long to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// A fixed number of inputs, the same in every run.
    Bounded,
    /// So many minutes for each target, going on from what earlier runs found.
    Minutes(u32),
}

/// If cargo started us as the compiler: compiles with coverage. The first argument is the compiler itself.
///
/// Build scripts are programs of their own, without the fuzzer that counts for the targets.
pub(crate) fn as_compiler() -> Option<ExitCode> {
    env::var_os(AS_COMPILER)?;
    let mut words = env::args_os().skip(1);
    let mut compiler = Command::new(words.next()?);
    let words: Vec<_> = words.collect();
    let builds_a_script = words.iter().any(|word| word == "build_script_build");
    compiler.args(words);
    if !builds_a_script {
        compiler.args(COVERAGE);
    }
    let compiled = compiler.status();
    Some(if compiled.is_ok_and(|status| status.success()) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Builds the targets and runs each whose name contains `filter`; one check each.
pub(crate) fn run(effort: Effort, filter: Option<&str>) -> Result<Tally> {
    println!("fuzzing …");
    let chosen =
        || TARGETS.into_iter().filter(|(name, ..)| filter.is_none_or(|filter| name.contains(filter)));
    if chosen().next().is_none() {
        bail!("no fuzz target has this name; they are in tests/fuzz/targets");
    }
    build(chosen().map(|(name, ..)| name))?;
    let mut tally = Tally::default();
    for (name, runs, longest) in chosen() {
        let mut target = command(name, longest, effort)?;
        let held = match effort {
            Effort::Bounded => quietly(target.arg(format!("-runs={runs}")).arg("-seed=1"))?,
            Effort::Minutes(minutes) => {
                shell::succeeds(target.arg(format!("-max_total_time={}", u64::from(minutes) * 60)))?
            }
        };
        println!("fuzzing {name}: {}", if held { "ok" } else { "FAILED" });
        tally += Tally::one(held);
    }
    Ok(tally)
}

/// All of the workspace is named, so that crates from elsewhere have the features that the native tests gave them.
fn build(names: impl Iterator<Item = &'static str>) -> Result<()> {
    if shell::find(&["c++", "g++", "clang++"]).is_none() && env::var_os("CXX").is_none() {
        bail!("fuzzing needs a C++ compiler; install one (Debian: apt-get install g++) and try again");
    }
    let mut cargo = shell::cargo();
    cargo.args(["build", "--quiet", "--workspace"]);
    cargo.env("RUSTC_WORKSPACE_WRAPPER", env::current_exe()?).env(AS_COMPILER, "1");
    for name in names {
        cargo.args(["--bin", name]);
    }
    shell::run(&mut cargo)
}

/// A target on its seeds. What it finds besides goes below Cargo's target folder.
fn command(name: &str, longest: u32, effort: Effort) -> Result<Command> {
    let found = work_folder(name);
    if effort == Effort::Bounded && found.exists() {
        fs::remove_dir_all(&found).with_context(|| format!("{} cannot be emptied", found.display()))?;
    }
    fs::create_dir_all(&found)?;
    let seeds = repo::root().join("tests/fuzz/corpus").join(name);
    let mut target = shell::command(repo::target().join("debug").join(name));
    target.arg(&found).arg(seeds);
    target.arg("-rss_limit_mb=2048").arg(format!("-max_len={longest}"));
    // An input that fails is kept beside the folder, and libFuzzer says where.
    target.arg(format!("-artifact_prefix={}-", found.display()));
    Ok(target)
}

/// Whether a target held; what it printed is of use only if it did not.
fn quietly(target: &mut Command) -> Result<bool> {
    let output = target.output().context("a fuzz target could not be started")?;
    if !output.status.success() {
        eprintln!("{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(output.status.success())
}

fn work_folder(name: &str) -> PathBuf {
    repo::target().join("fuzz").join(name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::ffi::OsString;
    use std::path::Path;

    use super::TARGETS;
    use crate::repo;

    fn names(folder: &Path) -> BTreeSet<OsString> {
        let entries = std::fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().path().file_stem().unwrap().to_owned()).collect()
    }

    #[test]
    fn every_target_is_run_and_has_seeds() {
        let folder = repo::root().join("tests/fuzz");
        let run: BTreeSet<OsString> = TARGETS.iter().map(|(name, ..)| OsString::from(name)).collect();
        assert_eq!(names(&folder.join("targets")), run);
        assert_eq!(names(&folder.join("corpus")), run);
    }
}
