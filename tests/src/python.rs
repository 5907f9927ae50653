//! `tests/vault/open_vault.py`, the reader that knows nothing but `docs/vault-format.md`.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

/// Files made so far: tests of one process may run at the same time.
static FILES: AtomicU32 = AtomicU32::new(0);

/// Whether this computer has what the script needs.
#[must_use]
pub fn is_there() -> bool {
    let check = Command::new("python3").args(["-c", "import argon2.low_level, cryptography"]).output();
    check.is_ok_and(|output| output.status.success())
}

/// What the script prints for a file with these contents; its error if it fails.
///
/// # Errors
/// What the script wrote to its standard error.
pub fn open_vault(contents: impl AsRef<[u8]>, password: &str) -> Result<String, String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("vault/open_vault.py");
    let number = FILES.fetch_add(1, Ordering::Relaxed);
    let file: PathBuf = std::env::temp_dir().join(format!("candor-{}-{number}.vault", std::process::id()));
    std::fs::write(&file, contents).expect("a file");
    let mut python = Command::new("python3")
        .arg(script)
        .arg(&file)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python");
    // Taken, so that it is closed and the script sees the end of its input.
    writeln!(python.stdin.take().expect("its input"), "{password}").expect("it reads");
    let output = python.wait_with_output().expect("it ends");
    std::fs::remove_file(&file).expect("the file");
    if output.status.success() {
        Ok(String::from_utf8(output.stdout).expect("text"))
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}
