//! Where listed accounts come from: a keyring that was just read, known to the import worker only, or one that is in
//! the wallet.

use candor_protocol::{
    import::{AccountAt, Family, FindAddress, Keyring, ListAccounts},
    ui::{AddAccounts, DeriveAccounts, FindAccount, UiError, UiErrorCode},
    view::{AddedView, FoundAccount},
};

use crate::{
    client, importer::Importer, model::discovery, restoring::Restoring, screens::parts::doing::told,
};

/// How many accounts of each family one question compares. The page shows how far it is in between.
pub const COMPARED: u32 = 200;

/// A keyring.
#[derive(Clone, Debug)]
pub enum Source {
    /// It was just read.
    Read {
        /// The keyring.
        keyring: Keyring,
        /// The worker that read it.
        importer: Importer,
        /// Where it is kept meanwhile.
        steps: Restoring,
        /// Whether it becomes the wallet.
        fresh: bool,
    },
    /// It is in the wallet, by this id.
    Kept(String),
}

impl Source {
    /// Accounts of a family.
    ///
    /// # Errors
    /// What worker or wallet answer.
    pub async fn list(&self, family: Family, from: u32, count: u32) -> Result<Vec<FoundAccount>, UiError> {
        match self {
            Self::Read { keyring, importer, .. } => {
                importer.call(ListAccounts { keyring: keyring.record.clone(), family, from, count }).await
            }
            Self::Kept(keyring) => {
                let paths = (from..from + count).map(|index| discovery::path(family, index)).collect();
                client::call(DeriveAccounts { keyring: keyring.clone(), paths }).await
            }
        }
    }

    /// The account at a path as a person writes it.
    ///
    /// # Errors
    /// What worker or wallet answer.
    pub async fn at(&self, path: String) -> Result<FoundAccount, UiError> {
        match self {
            Self::Read { keyring, importer, .. } => {
                importer.call(AccountAt { keyring: keyring.record.clone(), path }).await
            }
            Self::Kept(keyring) => {
                let call = DeriveAccounts { keyring: keyring.clone(), paths: vec![path.trim().to_owned()] };
                let mut found = client::call(call).await?;
                found
                    .pop()
                    .ok_or_else(|| told(UiErrorCode::Internal, "There is no account at this path.", ""))
            }
        }
    }

    /// The account with an address, among [`COMPARED`] accounts of each family from an index.
    ///
    /// # Errors
    /// What worker or wallet answer.
    pub async fn find(&self, address: String, from: u32) -> Result<Option<FoundAccount>, UiError> {
        match self {
            Self::Read { keyring, importer, .. } => {
                let keyring = keyring.record.clone();
                importer.call(FindAddress { keyring, address, from, count: COMPARED }).await
            }
            Self::Kept(keyring) => {
                let keyring = keyring.clone();
                client::call(FindAccount { keyring, address, from, count: COMPARED }).await
            }
        }
    }

    /// Takes accounts into the wallet, or makes it of them; then nothing is said of what came.
    ///
    /// # Errors
    /// What worker or wallet answer.
    pub async fn add(&self, paths: Vec<String>) -> Result<Option<AddedView>, UiError> {
        let forgotten = || told(UiErrorCode::Gone, "What you typed is gone.", "Go back and begin again.");
        match self {
            Self::Kept(keyring) => {
                client::call(AddAccounts { keyring: keyring.clone(), paths }).await.map(Some)
            }
            Self::Read { steps, fresh: true, .. } => {
                client::call(steps.restore_call(paths).ok_or_else(forgotten)?).await?;
                steps.finish();
                Ok(None)
            }
            Self::Read { steps, .. } => {
                client::call(steps.add_call(paths).ok_or_else(forgotten)?).await.map(Some)
            }
        }
    }
}
