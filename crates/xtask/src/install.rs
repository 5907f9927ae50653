//! Installs what a command lacks, saying so in one line.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::args::Browser;
use crate::{repo, shell};

const WASM_TARGET: &str = "wasm32-unknown-unknown";
const OLDEST_NODE: u32 = 20;

/// Rust's standard library for WebAssembly.
pub(crate) fn wasm_target() -> Result<()> {
    let sysroot = shell::output(shell::command("rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET).exists() {
        return Ok(());
    }
    println!("Installing the Rust target {WASM_TARGET} with rustup.");
    shell::run(shell::command("rustup").args(["target", "add", WASM_TARGET]))
        .with_context(|| format!("the Rust target {WASM_TARGET} is missing; install it and try again"))
}

/// The npm packages of `tests/browser`, exactly as locked.
pub(crate) fn npm_packages() -> Result<()> {
    node()?;
    let folder = repo::journeys();
    let wanted = fs::read(folder.join("package-lock.json")).context("tests/browser/package-lock.json")?;
    // npm's own record inside node_modules is not the lock file, so we leave a copy of what was installed.
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("Installing the npm packages of tests/browser.");
    shell::run(shell::command("npm").args(["ci", "--loglevel=error"]).current_dir(&folder))
        .context("the npm packages could not be installed; check the connection to the npm registry")?;
    Ok(fs::write(installed, wanted)?)
}

fn node() -> Result<()> {
    let remedy = format!("Node.js {OLDEST_NODE} or newer is needed; install it with its npm and try again");
    let version = shell::output(shell::command("node").arg("--version")).with_context(|| remedy.clone())?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        Some(_) | None => bail!("{remedy} (this is {})", version.trim()),
    }
}

/// A browser that journeys can drive; returns its executable.
pub(crate) fn browser(browser: Browser) -> Result<PathBuf> {
    let (names, package): (&[&str], _) = match browser {
        Browser::Chromium => (&["chromium", "chromium-browser"], "chromium"),
        Browser::Firefox => (&["firefox-esr", "firefox"], "firefox-esr"),
    };
    if let Some(found) = shell::find(names) {
        return Ok(found);
    }
    let remedy = || format!("{} is missing; install it (Debian: apt-get install {package})", browser.name());
    let Some(apt) = shell::find(&["apt-get"]) else { bail!(remedy()) };
    let root = shell::output(shell::command("id").arg("-u"))?.trim() == "0";
    let apt_get = |words: &[&str]| {
        let mut command = if root { shell::command(&apt) } else { shell::command("sudo") };
        if !root {
            command.args(["-n", "DEBIAN_FRONTEND=noninteractive"]).arg(&apt);
        }
        shell::run(command.env("DEBIAN_FRONTEND", "noninteractive").args(words)).with_context(remedy)
    };
    println!("Installing {package} with apt-get.");
    apt_get(&["update", "-q"])?;
    apt_get(&["install", "-q", "-y", "--no-install-recommends", package])?;
    shell::find(names).with_context(remedy)
}
