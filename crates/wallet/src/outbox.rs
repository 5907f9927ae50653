//! What a turn wants done, collected and then put in order.

use std::collections::{BTreeMap, BTreeSet};

use candor_protocol::{
    host::{Area, Effect, VaultCopy},
    notice::Notice,
};

use crate::{
    Wallet,
    records::{self, Record},
};

/// A stored record, in the order of writing. The worker may end between two writes: a request is written before its
/// transaction, so that nothing signed is without a request that is marked as being sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slice {
    Accounts,
    Networks,
    Sites,
    Settings,
    Setup,
    Guard,
    Tokens,
    Contacts,
    Portfolio,
    History,
    Session,
    Requests,
    Transactions,
    Clients,
    Window,
    EgressLately,
    Egress,
}

/// When a vault is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// A first vault: after its accounts, so that it is never there without them.
    AfterRecords,
    /// A vault that follows another: before the accounts that name its keyrings, so that none names one that is not
    /// there. A keyring without accounts gets its first when the wallet is opened.
    BeforeRecords,
}

/// The effects of the turn so far.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    vault_write: Option<(VaultCopy, String, Turn)>,
    vault_heal: Option<(VaultCopy, String)>,
    vault_again: Option<(VaultCopy, String)>,
    dirty: BTreeSet<Slice>,
    heals: BTreeSet<Slice>,
    /// Records of what was told outside.
    told: BTreeSet<Slice>,
    /// Texts that the next write of a record, or of the vault, must not erase, under the keys where they are kept.
    aside: BTreeMap<Option<Slice>, Vec<(String, String)>>,
    effects: Vec<Effect>,
    notices: Vec<Notice>,
    replace: bool,
}

impl Outbox {
    /// Something to do after all writes.
    pub(crate) fn push(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// The record changed: write it at the end of the turn.
    pub(crate) fn touch(&mut self, slice: Slice) {
        self.dirty.insert(slice);
    }

    /// Tells every surface, once a turn.
    pub(crate) fn notice(&mut self, notice: Notice) {
        if !self.notices.contains(&notice) {
            self.notices.push(notice);
        }
    }

    /// Writes the record once everything else is done. Nothing depends on it: a disk that takes nothing more keeps
    /// nobody out for it.
    pub(crate) fn heal(&mut self, slice: Slice) {
        self.heals.insert(slice);
    }

    /// The record says what was told outside in this turn: it is written after that, so that what was not told for the
    /// end of the worker is told when it wakes. Better twice than never.
    pub(crate) fn touch_told(&mut self, slice: Slice) {
        self.told.insert(slice);
    }

    /// Whether the record changed in this turn.
    pub(crate) fn is_touched(&self, slice: Slice) -> bool {
        self.dirty.contains(&slice)
    }

    /// Of a record that was only made good: as [`Self::heal`].
    pub(crate) fn only_heal(&mut self, slice: Slice) {
        if self.dirty.remove(&slice) {
            self.heal(slice);
        }
    }

    /// Before the record is written next, its remains are kept. The key has the checksum of the text in it, so that
    /// nothing that was kept before is erased.
    pub(crate) fn keep_aside(&mut self, slice: Slice, key: &str, text: &str) {
        self.aside.entry(Some(slice)).or_default().push((records::kept_key(key, text), text.to_owned()));
    }

    /// As [`Self::keep_aside`], of a copy of the vault.
    pub(crate) fn keep_vault_aside(&mut self, key: &str, text: &str) {
        self.aside.entry(None).or_default().push((records::kept_key(key, text), text.to_owned()));
    }

    /// Writes the vault this turn. The last write counts.
    pub(crate) fn write_vault(&mut self, copy: VaultCopy, frame: String, turn: Turn) {
        self.vault_write = Some((copy, frame, turn));
    }

    /// Writes the vault over its other copy too, once everything else is done.
    pub(crate) fn write_vault_again(&mut self, copy: VaultCopy, frame: String) {
        self.vault_again = Some((copy, frame));
    }

    /// Writes the vault over a copy of it that is damaged, missing or stale, once everything else is done.
    pub(crate) fn heal_vault(&mut self, copy: VaultCopy, frame: String) {
        self.vault_heal = Some((copy, frame));
    }

    /// Throws the instance away after the turn.
    pub(crate) fn replace(&mut self) {
        self.replace = true;
    }

    fn take_aside(&mut self, of: Option<Slice>) -> impl Iterator<Item = Effect> + use<> {
        let kept = self.aside.remove(&of).unwrap_or_default();
        kept.into_iter().map(|(key, text)| Effect::Store {
            area: Area::Local,
            key,
            value: Some(text),
            copy: None,
        })
    }

    fn take_effects(&mut self) -> Vec<Effect> {
        let mut effects = core::mem::take(&mut self.effects);
        for notice in self.notices.drain(..) {
            // A unit variant with a tag: serde_json cannot fail on it.
            let body = serde_json::to_string(&notice).unwrap_or_default();
            effects.push(Effect::Notice { body });
        }
        effects
    }
}

impl Wallet {
    /// The turn's effects, in order: what must outlive it first, then all that can be seen outside, then what was only
    /// made good again.
    pub(crate) fn end_turn(&mut self) -> Vec<Effect> {
        let told = core::mem::take(&mut self.out.told);
        let dirty: BTreeSet<Slice> =
            core::mem::take(&mut self.out.dirty).difference(&told).copied().collect();
        let heals: Vec<Slice> = core::mem::take(&mut self.out.heals).difference(&dirty).copied().collect();
        let (before, after): (Vec<Slice>, Vec<Slice>) =
            dirty.into_iter().partition(|slice| *slice < Slice::Session);
        let mut effects = Vec::new();
        let write = self.out.vault_write.take();
        let first = matches!(write, Some((.., Turn::BeforeRecords)));
        let mut write: Vec<Effect> = match write {
            Some((copy, frame, _)) => {
                self.out.vault_heal = None;
                self.out.take_aside(None).chain([Effect::StoreVault { copy, frame }]).collect()
            }
            None => Vec::new(),
        };
        if first {
            effects.append(&mut write);
        }
        effects.extend(self.writes(&before));
        effects.append(&mut write);
        effects.extend(self.writes(&after));
        effects.extend(self.out.take_effects());
        effects.extend(self.writes(&told.into_iter().collect::<Vec<_>>()));
        effects.extend(self.writes(&heals));
        if let Some((copy, frame)) = self.out.vault_heal.take() {
            effects.extend(self.out.take_aside(None));
            effects.push(Effect::StoreVault { copy, frame });
        }
        if let Some((copy, frame)) = self.out.vault_again.take() {
            effects.push(Effect::StoreVault { copy, frame });
        }
        if core::mem::take(&mut self.out.replace) {
            effects.push(Effect::Replace);
        }
        effects
    }

    fn writes(&mut self, slices: &[Slice]) -> Vec<Effect> {
        let mut effects = Vec::new();
        for slice in slices {
            effects.extend(self.out.take_aside(Some(*slice)));
            effects.push(self.stored(*slice));
        }
        effects
    }

    /// The write of a record as it is now.
    fn stored(&self, slice: Slice) -> Effect {
        let beside = self.meanwhile.contains(&slice);
        match slice {
            Slice::Accounts => write(&self.accounts, beside),
            Slice::Networks => write(&self.networks, beside),
            Slice::Sites => write(&self.sites, beside),
            Slice::Settings => write(&self.settings, beside),
            Slice::Setup => write(&self.setup, beside),
            Slice::Guard => write(&self.guard, beside),
            Slice::Tokens => write(&self.tokens, beside),
            Slice::Contacts => write(&self.contacts, beside),
            Slice::Portfolio => write(&self.remembered, beside),
            Slice::History => write(&self.history, beside),
            Slice::Transactions => write(&self.transactions, beside),
            Slice::Session => self.session.as_ref().map_or_else(
                || Effect::Store {
                    area: Area::Session,
                    key: records::Session::KEY.to_owned(),
                    value: None,
                    copy: None,
                },
                |session| write(session, beside),
            ),
            Slice::Requests => write(&self.requests, beside),
            Slice::Clients => write(&self.clients, beside),
            Slice::Window => write(&self.window, beside),
            Slice::EgressLately => write(&self.ledger.lately, beside),
            Slice::Egress => write(&self.ledger.record, beside),
        }
    }
}

/// The write of a record to its two places, or `beside` them where one of them may hold what must not be lost.
fn write<R: Record>(record: &R, beside: bool) -> Effect {
    let (key, copy) = match R::AREA {
        Area::Local if beside => (records::meanwhile_key(R::KEY), None),
        Area::Local => (R::KEY.to_owned(), Some(records::copy_key(R::KEY))),
        Area::Session => (R::KEY.to_owned(), None),
    };
    Effect::Store { area: R::AREA, key, value: Some(records::encode(record)), copy }
}
