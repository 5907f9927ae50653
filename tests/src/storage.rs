//! What the browser keeps, and how it can fail to.

use std::collections::{BTreeMap, BTreeSet};

use candor_primitives::keccak256;
use candor_protocol::host::{Area, Read, Stored, VaultCopy};

/// The extension's id in these tests.
pub const EXTENSION: &str = "candor";
/// The extension's own address in these tests.
pub const BASE_URL: &str = "chrome-extension://candor/";

/// A record as it is stored, in version 1.
#[must_use]
pub fn record(key: &str, json: &str) -> String {
    let sum = hex::encode(keccak256(json).get(..4).expect("32 bytes"));
    format!("candor:{key}:1:{sum}:{json}")
}

/// The browser did not store it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

/// `storage.local`, `storage.session` and the vault copies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Storage {
    /// `storage.local` without the vault copies.
    pub local: BTreeMap<String, Read>,
    /// `storage.session`.
    pub session: BTreeMap<String, Read>,
    /// `vault.a`.
    pub vault_a: Read,
    /// `vault.b`.
    pub vault_b: Read,
    /// The mirror in IndexedDB.
    pub vault_mirror: Read,
    /// Keys whose next writes fail.
    pub full: BTreeSet<String>,
}

impl Storage {
    /// What a wallet that wakes is given.
    #[must_use]
    pub fn stored(&self) -> Stored {
        Stored {
            extension_id: EXTENSION.to_owned(),
            base_url: BASE_URL.to_owned(),
            local: self.local.clone(),
            session: self.session.clone(),
            vault_a: self.vault_a.clone(),
            vault_b: self.vault_b.clone(),
            vault_mirror: self.vault_mirror.clone(),
        }
    }

    /// One of the two areas.
    pub const fn area(&mut self, area: Area) -> &mut BTreeMap<String, Read> {
        match area {
            Area::Local => &mut self.local,
            Area::Session => &mut self.session,
        }
    }

    /// Writes or removes keys, all or none.
    ///
    /// # Errors
    /// One of them is one of [`Self::full`].
    pub fn write(&mut self, area: Area, keys: [Option<&String>; 2], value: Option<&str>) -> Result<(), Full> {
        if keys.into_iter().flatten().any(|key| self.full.contains(key)) {
            return Err(Full);
        }
        for key in keys.into_iter().flatten() {
            match value {
                Some(text) => self.area(area).insert(key.clone(), Read::Text(text.to_owned())),
                None => self.area(area).remove(key),
            };
        }
        Ok(())
    }

    /// Writes one of the alternating copies; the mirror is the host's next step.
    ///
    /// # Errors
    /// The copy is one of [`Self::full`].
    pub fn write_vault(&mut self, copy: VaultCopy, frame: &str) -> Result<(), Full> {
        let (key, place) = match copy {
            VaultCopy::A => ("vault.a", &mut self.vault_a),
            VaultCopy::B => ("vault.b", &mut self.vault_b),
        };
        if self.full.contains(key) {
            return Err(Full);
        }
        *place = Read::Text(frame.to_owned());
        Ok(())
    }

    /// Writes the mirror, whose failure is none.
    pub fn write_mirror(&mut self, frame: &str) {
        if !self.full.contains("mirror") {
            self.vault_mirror = Read::Text(frame.to_owned());
        }
    }

    /// Changes the JSON of a record on disk, in both its places, checksum and all.
    pub fn tamper(&mut self, key: &str, change: impl Fn(&str) -> String) {
        let text = self.local_text(key).expect("the record").to_owned();
        let (head, json) = text.split_at(text.find('{').expect("JSON"));
        assert!(head.starts_with("candor:"), "a record");
        let text = Read::Text(record(key, &change(json)));
        self.local.insert(format!("{key}.copy"), text.clone());
        self.local.insert(key.to_owned(), text);
    }

    /// The text under a key of `storage.local`.
    #[must_use]
    pub fn local_text(&self, key: &str) -> Option<&str> {
        self.local.get(key).and_then(Read::text)
    }

    /// The text under a key of `storage.session`.
    #[must_use]
    pub fn session_text(&self, key: &str) -> Option<&str> {
        self.session.get(key).and_then(Read::text)
    }

    /// Whether the remains of a key with this text were kept aside.
    #[must_use]
    pub fn keeps(&self, key: &str, text: &str) -> bool {
        let kept = format!("{key}.kept.");
        self.local.iter().any(|(name, read)| name.starts_with(&kept) && read.text() == Some(text))
    }

    /// Every stored text, with its key.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let vault = [("vault.a", &self.vault_a), ("vault.b", &self.vault_b), ("mirror", &self.vault_mirror)];
        let areas = self.local.iter().chain(&self.session).map(|(key, read)| (key.as_str(), read));
        vault.into_iter().chain(areas).filter_map(|(key, read)| Some((key, read.text()?)))
    }
}
