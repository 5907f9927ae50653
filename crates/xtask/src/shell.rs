//! Running other programs.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::repo;

/// A command that runs in the repository's root.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(repo::root());
    command
}

/// The cargo that started us, with no flags inherited from the environment that would change what is built.
pub(crate) fn cargo() -> Command {
    let mut command = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    command
}

/// Runs to the end with the terminal shared, and fails unless the program succeeds.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    if succeeds(command)? { Ok(()) } else { bail!("`{}` failed", spelled(command)) }
}

/// Runs to the end with the terminal shared, and says whether the program succeeded.
pub(crate) fn succeeds(command: &mut Command) -> Result<bool> {
    let status = command.status().with_context(|| format!("`{}` could not be started", spelled(command)))?;
    Ok(status.success())
}

/// Runs silently and returns what the program wrote to its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("`{}` could not be started", spelled(command)))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!("`{}` failed: {}", spelled(command), complaint.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Which of a program's two streams to read along.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// Runs to the end, shows everything as it comes, and also returns one of the streams.
pub(crate) fn overhear(command: &mut Command, stream: Stream) -> Result<(bool, String)> {
    match stream {
        Stream::Out => command.stdout(Stdio::piped()),
        Stream::Err => command.stderr(Stdio::piped()),
    };
    let mut child =
        command.spawn().with_context(|| format!("`{}` could not be started", spelled(command)))?;
    let heard = match stream {
        Stream::Out => child.stdout.take().map(|pipe| pass_on(pipe, std::io::stdout())),
        Stream::Err => child.stderr.take().map(|pipe| pass_on(pipe, std::io::stderr())),
    };
    let status = child.wait()?;
    Ok((status.success(), heard.transpose()?.unwrap_or_default()))
}

fn pass_on(pipe: impl Read, mut terminal: impl Write) -> Result<String> {
    let mut reader = BufReader::new(pipe);
    let mut heard = String::new();
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        terminal.write_all(&line)?;
        heard.push_str(&String::from_utf8_lossy(&line));
        line.clear();
    }
    Ok(heard)
}

/// The first of `names` that is on the search path.
pub(crate) fn find(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    names.iter().find_map(|name| {
        std::env::split_paths(&path).map(|dir| dir.join(name)).find(|candidate| candidate.is_file())
    })
}

/// A program that an npm package brought.
pub(crate) fn npm_tool(name: &str) -> Command {
    command(repo::journeys().join("node_modules/.bin").join(name))
}

/// The command as a person would have typed it, shortened to its first words.
fn spelled(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    std::iter::once(program)
        .chain(command.get_args().take(4))
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}
