//! The backup file: everything that makes the wallet what it is, sealed under a password (`docs/vault-format.md`).

use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine, engine::general_purpose::STANDARD};
use candor_chain::{EndpointUrl, NewNetwork, registry};
use candor_keys::{DerivationPath, keyring::Keyring};
use candor_primitives::{Address, ChainId, Origin, Platform};
use candor_protocol::{
    notice::Notice,
    ui::{MakeBackup, SecretText, UiError},
    view::{AddedView, BackupView},
};
use candor_vault::{DataKey, KeyEncryptionKey, OpenError, RecordId, Vault};
use serde_json::{Value, json};

use super::{
    accounts::clean_name,
    contacts, error,
    settings::{LONGEST_UNUSED, UNDO_SECONDS},
    setup::{kdf_view, read_password},
};
use crate::{
    Wallet,
    networks::ETHEREUM,
    outbox::Slice,
    records::{
        self, Accounts, Contacts, CustomNetwork, Networks, Record, Settings, SetupStep, Site, Sites, Tokens,
    },
    tokens::name_of,
    vault::VaultState,
};

/// The version of the file.
const VERSION: u64 = 1;
/// No file is longer: a full vault and its state have room in it many times over.
const LONGEST: usize = 64 << 20;
/// The state is cut into parts of so many bytes, because a record of a vault has an end.
const PART: usize = 60_000;
/// The records of the state are named by their number behind so many zeros; keyrings have random names.
const STATE_NAME: [u8; 14] = [0; 14];

/// More accounts or sites than these are not taken from a file: nobody has so many, and storage has an end.
const MOST_ACCOUNTS: usize = 2_000;
const MOST_SITES: usize = 2_000;

/// What a backup keeps beside the keyrings.
struct State {
    accounts: Accounts,
    networks: Networks,
    sites: Sites,
    settings: Settings,
    tokens: Tokens,
    contacts: Contacts,
}

impl Wallet {
    /// Everything under a password: the wallet's own, or another one. Whoever holds the file and its password has all
    /// secrets, so the wallet's own is asked for in any case.
    pub(super) fn make_backup(
        &mut self,
        call: &MakeBackup,
        platform: &mut dyn Platform,
    ) -> Result<String, UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        let key = self.try_password(&call.key.0)?;
        let (kek, params, salt) = read_password(&call.password)?;
        let vault = self.vault().ok_or_else(error::wrong_stage)?;
        let broken = |_| error::incomplete_backup();
        let (mut backup, backup_key) =
            Vault::create(&kek, params, salt, platform).map_err(|_| error::unusable_password())?;
        for id in vault.records() {
            let record = vault.unseal(&key, id).map_err(|_| error::incomplete_backup())?;
            backup.seal(&backup_key, id, record.expose(), platform).map_err(broken)?;
        }
        let state = serde_json::to_vec(&self.state()).map_err(|_| error::internal())?;
        for (number, part) in (0_u16..).zip(state.chunks(PART)) {
            backup.seal(&backup_key, state_name(number), part, platform).map_err(broken)?;
        }
        let text = json!({
            "candor": "backup",
            "version": VERSION,
            "vault": STANDARD.encode(backup.to_bytes()),
        })
        .to_string();
        Ok(text)
    }

    pub(super) fn backup_saved(&mut self) {
        self.setup.backup_at = Some(self.now);
        self.out.touch(Slice::Setup);
        self.out.notice(Notice::Status);
    }

    /// What a file says before its password is known: how its key is derived.
    pub(super) fn inspect_backup(text: &str) -> Result<BackupView, UiError> {
        let vault = read_file(text)?;
        let (_, slot) = vault.password_slot().ok_or_else(error::no_backup)?;
        Ok(BackupView { kdf: kdf_view(slot.params, slot.salt) })
    }

    /// Brings everything of a file back: as the whole wallet where there is none, beside what is there otherwise.
    pub(super) fn restore_backup(
        &mut self,
        text: &str,
        key: &SecretText,
        platform: &mut dyn Platform,
    ) -> Result<AddedView, UiError> {
        let mut vault = read_file(text)?;
        let data_key = open(&vault, key)?;
        let mut state = State::take(&mut vault, &data_key)?;
        // All or nothing: a file that is damaged somewhere brings back nothing rather than a part.
        let keyrings = vault.records().map(|id| unseal(&vault, &data_key, id)).collect::<Result<_, _>>()?;
        state.check(&keyrings);
        match self.vault {
            VaultState::Absent | VaultState::SetAside => {
                self.become_backup(&vault, &data_key, key, state, platform)
            }
            VaultState::Present { .. } => self.merge_backup(&keyrings, state, platform),
            VaultState::Damaged(_) | VaultState::Newer => Err(error::wrong_stage()),
        }
    }

    /// The state by storage keys, each record as it is stored.
    fn state(&self) -> BTreeMap<&'static str, String> {
        fn entry<R: Record>(record: &R) -> (&'static str, String) {
            (R::KEY, records::encode(record))
        }
        [
            entry(&self.accounts),
            entry(&self.networks),
            entry(&self.sites),
            entry(&self.settings),
            entry(&self.tokens),
            entry(&self.contacts),
        ]
        .into()
    }

    /// The keyrings are sealed anew, in a vault of its own: whoever knows the file's data key, or has another way into
    /// the file, has none into the wallet.
    fn become_backup(
        &mut self,
        file: &Vault,
        file_key: &DataKey,
        password: &SecretText,
        state: State,
        platform: &mut dyn Platform,
    ) -> Result<AddedView, UiError> {
        let (_, slot) = file.password_slot().ok_or_else(error::no_backup)?;
        let kek = read_key(password)?;
        let (mut vault, key) =
            Vault::create(&kek, slot.params, slot.salt, platform).map_err(|_| error::unusable_password())?;
        for id in file.records() {
            let record = file.unseal(file_key, id).map_err(|_| error::incomplete_backup())?;
            vault.seal(&key, id, record.expose(), platform).map_err(|_| error::incomplete_backup())?;
        }
        let mut came = AddedView::default();
        for network in &state.networks.custom {
            came.networks.push(with_hosts(network));
        }
        came.tokens.extend(state.tokens.list.iter().map(name_of));
        came.contacts.extend(state.contacts.list.iter().map(contacts::with_address));
        came.sites.extend(state.sites.by_origin.iter().filter_map(|(origin, site)| site_host(origin, site)));
        let before = core::mem::replace(&mut self.accounts, state.accounts);
        if matches!(self.vault, VaultState::SetAside) {
            // What the file does not have of the wallet that was here is shown without its key.
            self.accounts.absorb(before);
        }
        self.networks = state.networks;
        self.sites = state.sites;
        self.settings = state.settings;
        self.tokens = state.tokens;
        self.contacts = state.contacts;
        self.set_vault(vault);
        self.setup.set_aside = false;
        self.setup.backed_up = true;
        self.setup.made = None;
        self.setup.backup_at = Some(self.now);
        self.setup.checked_at = Some(self.now);
        self.setup.step = if self.networks.servers.is_some() { SetupStep::Done } else { SetupStep::Networks };
        for slice in [
            Slice::Accounts,
            Slice::Networks,
            Slice::Sites,
            Slice::Settings,
            Slice::Setup,
            Slice::Tokens,
            Slice::Contacts,
        ] {
            self.out.touch(slice);
        }
        self.set_page_scripts();
        self.open_session(&key);
        self.heal_accounts();
        came.added = self.account_views();
        Ok(came)
    }

    /// Adds what is new. A file may come from someone who means ill: the servers of networks that are known here stay
    /// those that were chosen, a site sees only accounts whose key was in the file, and all that came is said.
    fn merge_backup(
        &mut self,
        keyrings: &Keyrings,
        state: State,
        platform: &mut dyn Platform,
    ) -> Result<AddedView, UiError> {
        let own_key = self.data_key().ok_or_else(error::locked)?;
        let mut vault = self.vault().cloned().ok_or_else(error::wrong_stage)?;
        let mut names: BTreeMap<&str, String> = BTreeMap::new();
        for (id, keyring) in keyrings {
            let known = self.keyrings().find(|(_, there)| there.is_same_as(keyring)).map(|(name, _)| name);
            let name = match known {
                Some(name) => name,
                None => {
                    Self::seal_keyring(&mut vault, &own_key, keyring, platform).ok_or_else(error::full)?
                }
            };
            names.insert(id, name);
        }
        self.set_vault(vault);
        let mut came = AddedView::default();
        let mut opened: Vec<Address> = Vec::new();
        for mut account in state.accounts.list {
            let address = account.address;
            let keyring = names.get(account.keyring.as_str()).cloned().unwrap_or_default();
            if keyring.is_empty() && !account.is_watched() {
                // Its key was not in the file: then there is nothing to bring back.
                continue;
            }
            if !keyring.is_empty() {
                opened.push(address);
            }
            let known = self.accounts.get(address).map(|there| self.has_key(there));
            match known {
                None => {
                    account.keyring = keyring;
                    self.accounts.list.push(account);
                }
                Some(false) if !keyring.is_empty() => {
                    self.accounts.give_key(address, &keyring, &account.path);
                }
                Some(_) => {}
            }
            let view = self.account_view(address).ok_or_else(error::internal)?;
            if known == Some(true) { came.known.push(view) } else { came.added.push(view) }
        }
        for network in state.networks.custom {
            if registry::by_id(network.chain).is_some() {
                came.left_out.push(with_hosts(&network));
            } else if self.custom(network.chain).is_none() {
                came.networks.push(with_hosts(&network));
                self.networks.custom.push(network);
            }
        }
        for (origin, mut site) in state.sites.by_origin {
            site.accounts.retain(|address| opened.contains(address));
            if let Some(host) = site_host(&origin, &site)
                && !self.sites.by_origin.contains_key(&origin)
            {
                if !self.has_network(site.chain) {
                    site.chain = self.networks.current;
                }
                came.sites.push(host);
                self.sites.by_origin.insert(origin, site);
            }
        }
        for token in state.tokens.list {
            let known = self.tokens.list.iter().any(|known| known.is_same(&token));
            let name = name_of(&token);
            if !known && self.has_network(token.chain) && self.tokens.add(token) {
                came.tokens.push(name);
            }
        }
        came.contacts = self.merge_contacts(state.contacts);
        for slice in [Slice::Accounts, Slice::Networks, Slice::Sites] {
            self.out.touch(slice);
        }
        self.tokens_changed();
        for notice in [Notice::Accounts, Notice::Networks, Notice::Sites] {
            self.out.notice(notice);
        }
        self.tell_clients();
        Ok(came)
    }
}

/// A network as a person is told of it: `Mine (rpc.example)`.
fn with_hosts(network: &CustomNetwork) -> String {
    let urls = network.endpoints.iter().filter_map(|url| EndpointUrl::from_user(url).ok());
    let hosts: Vec<String> = urls.map(|url| url.host().to_owned()).collect();
    let name = registry::by_id(network.chain).map_or(&network.name, |listed| &listed.name);
    format!("{name} ({})", hosts.join(", "))
}

/// The host of a site that sees accounts.
fn site_host(origin: &str, site: &Site) -> Option<String> {
    let origin = Origin::from_stored(origin).ok().filter(|_| !site.accounts.is_empty())?;
    Some(origin.host().to_owned())
}

const fn state_name(number: u16) -> RecordId {
    let [high, low] = number.to_be_bytes();
    let mut id = [0; 16];
    id[14] = high;
    id[15] = low;
    RecordId(id)
}

fn read_file(text: &str) -> Result<Vault, UiError> {
    if text.len() > LONGEST {
        return Err(error::no_backup());
    }
    let file: Value =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|_| error::no_backup())?;
    let (Some("backup"), Some(version), Some(vault)) =
        (file["candor"].as_str(), file["version"].as_u64(), file["vault"].as_str())
    else {
        return Err(error::no_backup());
    };
    if version > VERSION {
        return Err(error::newer_backup());
    }
    let bytes = STANDARD.decode(vault).map_err(|_| error::no_backup())?;
    Vault::parse(&bytes).map_err(|_| error::no_backup())
}

fn read_key(key: &SecretText) -> Result<KeyEncryptionKey, UiError> {
    let mut bytes = zeroize::Zeroizing::new([0; 32]);
    hex::decode_to_slice(&key.0, bytes.as_mut_slice()).map_err(|_| error::unusable_password())?;
    Ok(KeyEncryptionKey::from_bytes(*bytes))
}

fn open(vault: &Vault, key: &SecretText) -> Result<DataKey, UiError> {
    let (slot, _) = vault.password_slot().ok_or_else(error::no_backup)?;
    vault.open(slot, &read_key(key)?).map_err(|wrong| match wrong {
        OpenError::WrongKey => error::wrong_backup_password(),
        OpenError::NoSuchSlot | OpenError::UnknownKind | OpenError::Damaged => error::no_backup(),
    })
}

/// The keyrings of a file by the names that they have there.
type Keyrings = BTreeMap<String, Keyring>;

fn unseal(backup: &Vault, key: &DataKey, id: RecordId) -> Result<(String, Keyring), UiError> {
    let record = backup.unseal(key, id).map_err(|_| error::incomplete_backup())?;
    let keyring = Keyring::decode(record.expose()).map_err(|_| error::incomplete_backup())?;
    Ok((hex::encode(id.0), keyring))
}

impl State {
    /// Takes the state out of a backup's vault, so that only keyrings are left.
    fn take(vault: &mut Vault, key: &DataKey) -> Result<Self, UiError> {
        let mut parts: Vec<RecordId> = vault.records().filter(|id| id.0.starts_with(&STATE_NAME)).collect();
        parts.sort_unstable_by_key(|id| id.0);
        let mut text = Vec::new();
        for id in parts {
            text.extend_from_slice(vault.unseal(key, id).map_err(|_| error::incomplete_backup())?.expose());
            vault.remove(id);
        }
        let texts: BTreeMap<String, String> =
            serde_json::from_slice(&text).map_err(|_| error::incomplete_backup())?;
        Ok(Self {
            accounts: read(&texts)?,
            networks: read(&texts)?,
            sites: read(&texts)?,
            settings: read(&texts)?,
            tokens: read(&texts)?,
            contacts: read(&texts)?,
        })
    }

    /// Takes out what this wallet would not have written itself: whoever made the file may not have been this program.
    fn check(&mut self, keyrings: &Keyrings) {
        let mut seen = BTreeSet::new();
        self.accounts.list.retain(|account| {
            let path = || account.path.parse::<DerivationPath>().ok();
            let fits = match keyrings.get(&account.keyring) {
                Some(keyring) => path()
                    .and_then(|path| keyring.account(&path).ok())
                    .is_some_and(|key| key.address() == account.address),
                None => account.is_watched() == account.path.is_empty(),
            };
            fits && seen.insert(account.address)
        });
        self.accounts.list.truncate(MOST_ACCOUNTS);
        let mut names = BTreeSet::new();
        for (index, account) in self.accounts.list.iter_mut().enumerate() {
            let name = clean_name(&account.name);
            // Two of the same name could be taken for each other.
            account.name = if name.is_empty() || names.contains(&name) {
                let start: String = name.chars().take(30).collect();
                format!("{} {}", start.trim(), index + 1).trim().to_owned()
            } else {
                name
            };
            names.insert(account.name.clone());
        }
        let mut chains = BTreeSet::new();
        let networks = core::mem::take(&mut self.networks.custom);
        let networks = networks.iter().filter_map(checked_network);
        self.networks.custom =
            networks.filter(|network| chains.insert(network.chain)).take(MOST_SITES).collect();
        let known = |chain: ChainId| registry::by_id(chain).is_some() || chains.contains(&chain);
        if !known(self.networks.current) {
            self.networks.current = ETHEREUM;
        }
        let is_origin = |text: &String| Origin::from_stored(text).is_ok_and(|read| read.as_str() == text);
        self.sites.by_origin.retain(|origin, _| is_origin(origin));
        while self.sites.by_origin.len() > MOST_SITES {
            self.sites.by_origin.pop_last();
        }
        let Sites { preferred_at, not_preferred_at, as_metamask_at, .. } = &mut self.sites;
        for origins in [preferred_at, not_preferred_at, as_metamask_at] {
            origins.retain(is_origin);
            origins.truncate(MOST_SITES);
        }
        for site in self.sites.by_origin.values_mut() {
            site.accounts.truncate(MOST_ACCOUNTS);
        }
        self.tokens.list.retain(|token| token.is_sound() && known(token.chain));
        // Each once, and no more than fit.
        let mut tokens = Tokens::default();
        tokens.absorb(core::mem::take(&mut self.tokens));
        self.tokens = tokens;
        contacts::check(&mut self.contacts);
        self.settings.auto_lock_minutes = self.settings.auto_lock_minutes.min(LONGEST_UNUSED);
        if !UNDO_SECONDS.contains(&self.settings.undo_seconds) {
            self.settings.undo_seconds = Settings::default().undo_seconds;
        }
    }
}

/// A network as it would be if it were added by hand; nothing if it could not be.
fn checked_network(network: &CustomNetwork) -> Option<CustomNetwork> {
    let endpoints = network.endpoints.iter().map(String::as_str);
    let endpoints = endpoints.filter(|url| EndpointUrl::from_user(url).is_ok());
    let checked = NewNetwork::from_user(
        &network.chain.to_string(),
        &network.name,
        &network.symbol,
        endpoints,
        network.explorer.as_deref().unwrap_or_default(),
    );
    Some(CustomNetwork::from(checked.ok()?))
}

/// One record of the state; its default if the file has none, which an older version may not have had.
fn read<R: Record + Default>(texts: &BTreeMap<String, String>) -> Result<R, UiError> {
    let Some(text) = texts.get(R::KEY) else { return Ok(R::default()) };
    records::decode(text).map_err(|_| error::newer_backup())
}
