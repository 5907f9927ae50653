//! Where things are in the repository.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The repository's root. Cargo says at run time where it found us, which is right even when several clones share
/// one target folder.
pub(crate) fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let found = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let here = found.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        here.ancestors().nth(2).map_or_else(|| here.clone(), Path::to_path_buf)
    });
    &ROOT
}

/// Cargo's target folder, wherever the person put it.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The npm project that holds every development tool and the browser journeys.
pub(crate) fn journeys() -> PathBuf {
    root().join("tests/browser")
}

/// The unpacked extensions: `chrome` and `firefox` are in it.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}
