//! Data in the repository that is made from the packages of others.

use anyhow::{Context, Result};

use crate::{install, repo, shell};

/// Writes the built-in networks anew and prints what changed; `crates/chain/data/README.md` says from what.
pub(crate) fn networks() -> Result<()> {
    install::npm_packages()?;
    shell::run(shell::command("node").arg(repo::root().join("crates/chain/data/refresh.mjs")))
        .context("the networks could not be refreshed; check the connection to the npm registry")
}
