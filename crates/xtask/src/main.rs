//! Build, run, test, measure and package Candor: `cargo xtask help` lists the commands.
//!
//! Each command installs what it lacks, says so in one line, and fails with one sentence and a remedy when it
//! cannot. The promises that others rely on are in `docs/contributing.md`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool talks on its terminal")]

mod args;
mod browser;
mod checks;
mod dist;
mod fuzz;
mod glue;
mod install;
mod invariants;
mod manifest;
mod modules;
mod package;
mod refresh;
mod repo;
mod shell;
mod tally;
mod wasm;

use std::process::ExitCode;

use anyhow::Result;
use args::{Command, Part};

fn main() -> ExitCode {
    if let Some(compiled) = fuzz::as_compiler() {
        return compiled;
    }
    match args::parse(std::env::args().skip(1)).and_then(run) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs one command and says whether everything that it checked held.
fn run(command: Command) -> Result<bool> {
    match command {
        Command::Help => {
            print!("{}", args::HELP);
            Ok(true)
        }
        Command::Build { mode } => dist::build(mode).map(|_| true),
        Command::Run { mode, browser, headless } => browser::tour(mode, browser, headless),
        Command::Test(Part::All) => checks::all(),
        Command::Test(Part::Unit) => checks::unit(),
        Command::Test(Part::Fuzz { effort, filter }) => checks::fuzz(effort, filter.as_deref()),
        Command::Test(Part::Browser { only, filter }) => checks::browser(only, filter.as_deref()),
        Command::Test(Part::Invariants) => checks::invariants(),
        Command::Bench => browser::bench(),
        Command::Soak { minutes } => browser::soak(minutes),
        Command::RefreshNetworks => refresh::networks().map(|()| true),
        Command::Package => package::package().map(|()| true),
    }
}
