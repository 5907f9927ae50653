//! Creating, restoring, unlocking and showing the phrase.

use std::collections::BTreeMap;

use candor_keys::{
    Checksum, DerivationPath, Nfkd, Phrase, PhraseError, Verdict, inspect as inspect_phrase, keyring::Keyring,
};
use candor_primitives::{Entropy, Platform, Secret};
use candor_protocol::{
    VERSION,
    host::{Area, Effect},
    notice::Notice,
    ui::{CreateWallet, DerivedKey, Kdf, RestoreWallet, SecretText, UiError},
    view::{
        FoundAccount, PhraseReportView, PhraseWordView, ProblemView, Setup as SetupView, Stage, StatusView,
    },
};
use candor_vault::{DataKey, KdfParams, KeyEncryptionKey, Vault};
use serde_json::json;

use super::error;
use crate::{
    Wallet,
    outbox::Slice,
    records::{self, Accounts, SetupStep},
    vault::VaultState,
};

/// How many accounts are offered when restoring.
const PREVIEWED: u32 = 5;
/// The highest account that can be asked for when restoring.
const HIGHEST_INDEX: u32 = 9_999;

impl Wallet {
    pub(super) fn status(&self) -> StatusView {
        let kdf = self.vault().and_then(Vault::password_slot).map(|(_, how)| kdf_view(how.params, how.salt));
        let mut waiting: Vec<String> = Vec::new();
        for request in self.requests.list.iter().filter(|request| request.is_waiting()) {
            if let Some(origin) = request.origin()
                && !waiting.iter().any(|host| host == origin.host())
            {
                waiting.push(origin.host().to_owned());
            }
        }
        StatusView {
            version: VERSION,
            stage: match (&self.vault, self.is_unlocked()) {
                (VaultState::Absent | VaultState::SetAside, _) => Stage::Fresh,
                (VaultState::Damaged(_) | VaultState::Newer, _) => Stage::Damaged,
                (VaultState::Present { .. }, true) => Stage::Unlocked,
                (VaultState::Present { .. }, false) => Stage::Locked,
            },
            setup: match self.setup.step {
                SetupStep::Phrase => SetupView::Phrase,
                SetupStep::Networks => SetupView::Networks,
                SetupStep::Done => SetupView::Done,
                SetupStep::Finished => SetupView::Finished,
            },
            backed_up: self.setup.backed_up,
            backup_at: self.setup.backup_at.map(|at| at.0),
            kdf,
            retry_after_ms: self.retry_after().0,
            waiting,
            theme: self.theme(),
        }
    }

    pub(super) fn new_kdf(entropy: &mut dyn Entropy) -> Kdf {
        let mut salt = [0; 16];
        entropy.fill(&mut salt);
        kdf_view(KdfParams::DEFAULT, salt)
    }

    pub(super) fn create_wallet(
        &mut self,
        call: &CreateWallet,
        entropy: &mut dyn Entropy,
    ) -> Result<(), UiError> {
        let phrase = random_phrase(call.words, entropy)?;
        self.begin(&call.password, &Keyring::new(&phrase, &Nfkd::empty()), &[0], entropy)?;
        self.setup.step = SetupStep::Phrase;
        self.setup.backed_up = false;
        Ok(())
    }

    pub(super) fn restore_wallet(
        &mut self,
        call: &RestoreWallet,
        platform: &mut dyn Platform,
    ) -> Result<(), UiError> {
        let phrase = Phrase::parse(&Nfkd::of(&call.phrase.0, platform))
            .map_err(|wrong| phrase_problem(&wrong).into_error())?;
        let mut indices = call.indices.clone();
        indices.sort_unstable();
        indices.dedup();
        if indices.is_empty() || indices.len() > 100 || indices.iter().any(|index| *index > HIGHEST_INDEX) {
            return Err(error::invalid("No account is ticked.", "Tick at least one account."));
        }
        let keyring = Keyring::new(&phrase, &Nfkd::of(&call.passphrase.0, platform));
        self.begin(&call.password, &keyring, &indices, platform)?;
        self.setup.step = SetupStep::Networks;
        self.setup.backed_up = true;
        Ok(())
    }

    /// Seals a first keyring under a new password. Never where there is a vault already, readable or not: a damaged
    /// one has to be set aside first.
    fn begin(
        &mut self,
        password: &DerivedKey,
        keyring: &Keyring,
        indices: &[u32],
        entropy: &mut dyn Entropy,
    ) -> Result<(), UiError> {
        if !matches!(self.vault, VaultState::Absent | VaultState::SetAside) {
            return Err(error::wrong_stage());
        }
        let (vault, key, name) = new_vault(password, keyring, entropy)?;
        self.set_vault(vault);
        self.setup.set_aside = false;
        self.accounts = Accounts::default();
        for index in indices {
            self.add_account(keyring, &name, &DerivationPath::ethereum(*index));
        }
        self.out.touch(Slice::Accounts);
        self.out.touch(Slice::Setup);
        self.open_session(&key);
        Ok(())
    }

    /// The only keyring of a wallet that is still being set up and whose copy was not checked.
    fn new_keyring(&self) -> Result<(String, Keyring), UiError> {
        if self.setup.step != SetupStep::Phrase || self.setup.backed_up {
            return Err(error::wrong_stage());
        }
        let name = self
            .accounts
            .list
            .first()
            .map(|account| account.keyring.clone())
            .ok_or_else(error::wrong_stage)?;
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        let keyring = self.keyring(&name).ok_or_else(error::no_key)?;
        Ok((name, keyring))
    }

    pub(super) fn new_phrase(&self) -> Result<Vec<SecretText>, UiError> {
        Ok(words(&self.new_keyring()?.1))
    }

    pub(super) fn renew_phrase(&mut self, count: u8, entropy: &mut dyn Entropy) -> Result<(), UiError> {
        let (old, _) = self.new_keyring()?;
        let key = self.data_key().ok_or_else(error::locked)?;
        let keyring = Keyring::new(&random_phrase(count, entropy)?, &Nfkd::empty());
        let mut vault = self.vault().cloned().ok_or_else(error::wrong_stage)?;
        let name = Self::seal_keyring(&mut vault, &key, &keyring, entropy).ok_or_else(error::internal)?;
        let mut id = [0; 16];
        if hex::decode_to_slice(&old, &mut id).is_ok() {
            vault.remove(candor_vault::RecordId(id));
        }
        self.set_vault(vault);
        self.accounts = Accounts::default();
        self.add_account(&keyring, &name, &DerivationPath::ethereum(0));
        Ok(())
    }

    pub(super) fn confirm_backup(&mut self) {
        if self.vault().is_some() {
            self.setup.backed_up = true;
            if self.setup.step == SetupStep::Phrase {
                self.setup.step = SetupStep::Networks;
            }
            self.out.touch(Slice::Setup);
            self.out.notice(Notice::Status);
        }
    }

    pub(super) fn finish_setup(&mut self) {
        if self.vault().is_some() {
            self.setup.step = SetupStep::Finished;
            self.out.touch(Slice::Setup);
            self.out.notice(Notice::Status);
        }
    }

    pub(super) fn unlock(&mut self, key: &SecretText) -> Result<(), UiError> {
        if matches!(self.vault, VaultState::Damaged(_) | VaultState::Newer) {
            return Err(error::damaged());
        }
        let key = self.try_password(&key.0)?;
        self.open_session(&key);
        self.heal_accounts();
        Ok(())
    }

    pub(super) fn reveal_phrase(&mut self, key: &SecretText) -> Result<Vec<SecretText>, UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        self.try_password(&key.0)?;
        let name =
            self.accounts.selected().map(|account| account.keyring.clone()).ok_or_else(error::wrong_stage)?;
        Ok(words(&self.keyring(&name).ok_or_else(error::no_key)?))
    }

    /// Everything that can still be read, encrypted as it is.
    pub(super) fn recovery_dump(&self) -> String {
        let copies = match &self.vault {
            VaultState::Damaged(texts) => texts.clone(),
            VaultState::Absent | VaultState::Newer | VaultState::SetAside | VaultState::Present { .. } => {
                BTreeMap::new()
            }
        };
        json!({
            "candor": "recovery",
            "copies": copies,
            "accounts": records::encode(&self.accounts),
            "networks": records::encode(&self.networks),
            "sites": records::encode(&self.sites),
            "transactions": records::encode(&self.transactions),
        })
        .to_string()
    }

    /// Makes room for a wallet restored from its phrase. The unreadable copies are kept under other names.
    pub(super) fn set_aside_damaged(&mut self) -> Result<(), UiError> {
        let VaultState::Damaged(texts) = &self.vault else { return Err(error::wrong_stage()) };
        for (name, text) in texts.clone() {
            let key = format!("vault.{name}.damaged");
            self.out.push(Effect::Store { area: Area::Local, key, value: Some(text), copy: None });
        }
        self.vault = VaultState::SetAside;
        self.setup.set_aside = true;
        self.out.touch(Slice::Setup);
        self.out.notice(Notice::Status);
        Ok(())
    }
}

fn new_vault(
    password: &DerivedKey,
    keyring: &Keyring,
    entropy: &mut dyn Entropy,
) -> Result<(Vault, DataKey, String), UiError> {
    let (kek, params, salt) = read_password(password)?;
    let (mut vault, data_key) =
        Vault::create(&kek, params, salt, entropy).map_err(|_| error::unusable_password())?;
    let name = Wallet::seal_keyring(&mut vault, &data_key, keyring, entropy).ok_or_else(error::internal)?;
    Ok((vault, data_key, name))
}

/// A password as its page derived it: the key of a slot, its cost and its salt.
pub(super) fn read_password(
    password: &DerivedKey,
) -> Result<(KeyEncryptionKey, KdfParams, [u8; 16]), UiError> {
    let bad = |_| error::unusable_password();
    let mut salt = [0; 16];
    hex::decode_to_slice(&password.kdf.salt, &mut salt).map_err(bad)?;
    let mut key = zeroize::Zeroizing::new([0; 32]);
    hex::decode_to_slice(&password.key.0, key.as_mut_slice()).map_err(bad)?;
    let params = KdfParams::new(password.kdf.memory_kib, password.kdf.passes, password.kdf.lanes)
        .map_err(|_| error::unusable_password())?;
    Ok((KeyEncryptionKey::from_bytes(*key), params, salt))
}

fn random_phrase(words: u8, entropy: &mut dyn Entropy) -> Result<Phrase, UiError> {
    let length = match words {
        12 => 16,
        24 => 32,
        _ => return Err(error::invalid("A new phrase has 12 or 24 words.", "Choose one of them.")),
    };
    let mut bytes = Secret::new([0_u8; 32]);
    let (used, _) = bytes.expose_mut().split_at_mut(length);
    entropy.fill(used);
    Phrase::from_entropy(used).map_err(|_| error::internal())
}

fn words(keyring: &Keyring) -> Vec<SecretText> {
    let phrase = keyring.phrase();
    phrase.iter().flat_map(|phrase| phrase.words()).map(|word| SecretText(word.to_owned())).collect()
}

pub(super) fn kdf_view(params: KdfParams, salt: [u8; 16]) -> Kdf {
    Kdf {
        salt: hex::encode(salt),
        memory_kib: params.memory_kib(),
        passes: params.passes(),
        lanes: params.lanes(),
    }
}

/// What is wrong with a phrase, in the design's words.
struct PhraseProblem {
    title: String,
    text: String,
}

impl PhraseProblem {
    fn into_error(self) -> UiError {
        error::invalid(&self.title, &self.text)
    }
}

fn phrase_problem(wrong: &PhraseError) -> PhraseProblem {
    let (title, text) = match wrong {
        PhraseError::UnknownWord { position, word, nearest } => (
            format!("Word {position}, “{}”, is not in the list.", word.expose()),
            match nearest.as_slice() {
                [] => "Compare it with your paper.".to_owned(),
                [best, ..] => format!("Did you mean “{best}”?"),
            },
        ),
        PhraseError::WrongLength { count } => (
            format!("There are {count} words."),
            "A recovery phrase has 12, 15, 18, 21 or 24. Compare with your paper.".to_owned(),
        ),
        PhraseError::BadChecksum => (
            "These words do not fit together.".to_owned(),
            "All are in the list, but one is wrong or two are swapped. Compare with your paper.".to_owned(),
        ),
        PhraseError::Empty => {
            ("There are no words yet.".to_owned(), "Type or paste your recovery phrase.".to_owned())
        }
    };
    PhraseProblem { title, text }
}

/// Looks at a phrase as typed so far.
pub(super) fn inspect(text: &SecretText, unicode: &dyn Platform) -> PhraseReportView {
    let text = Nfkd::of(&text.0, unicode);
    let report = inspect_phrase(&text);
    let problem = match Phrase::parse(&text) {
        Ok(_) | Err(PhraseError::Empty) => None,
        Err(wrong) => Some(phrase_problem(&wrong)),
    };
    PhraseReportView {
        complete: report.length_fits(),
        checksum: match report.checksum {
            Checksum::Good => Some(true),
            Checksum::Bad => Some(false),
            Checksum::NotYet => None,
        },
        problem: problem.map(|problem| ProblemView { title: problem.title, text: problem.text }),
        words: report
            .words
            .iter()
            .map(|word| PhraseWordView {
                text: word.typed.expose().clone(),
                known: word.verdict == Verdict::Known,
                nearest: match &word.verdict {
                    Verdict::Known => Vec::new(),
                    Verdict::Unknown { nearest } => {
                        nearest.as_slice().iter().map(ToString::to_string).collect()
                    }
                },
            })
            .collect(),
    }
}

/// The first accounts of a phrase, derived here, nobody asked.
pub(super) fn preview(
    phrase: &SecretText,
    passphrase: &SecretText,
    unicode: &dyn Platform,
) -> Result<Vec<FoundAccount>, UiError> {
    let phrase =
        Phrase::parse(&Nfkd::of(&phrase.0, unicode)).map_err(|wrong| phrase_problem(&wrong).into_error())?;
    let keyring = Keyring::new(&phrase, &Nfkd::of(&passphrase.0, unicode));
    let account = |index: u32| {
        let path = DerivationPath::ethereum(index);
        let key = keyring.account(&path).map_err(|_| error::internal())?;
        Ok(FoundAccount { index, address: key.address().to_string(), path: path.to_string() })
    };
    (0..PREVIEWED).map(account).collect()
}
