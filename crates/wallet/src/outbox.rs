//! What a turn wants done, collected and then put in order.

use std::collections::BTreeSet;

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
    Session,
    Requests,
    Transactions,
    Clients,
    Window,
}

/// The effects of the turn so far.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    vault_write: Option<(VaultCopy, String)>,
    dirty: BTreeSet<Slice>,
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

    /// Writes the vault this turn. The last write counts.
    pub(crate) fn write_vault(&mut self, copy: VaultCopy, frame: String) {
        self.vault_write = Some((copy, frame));
    }

    /// Throws the instance away after the turn.
    pub(crate) fn replace(&mut self) {
        self.replace = true;
    }

    pub(crate) fn take_vault_write(&mut self) -> Option<Effect> {
        self.vault_write.take().map(|(copy, frame)| Effect::StoreVault { copy, frame })
    }

    pub(crate) fn take_dirty(&mut self) -> BTreeSet<Slice> {
        core::mem::take(&mut self.dirty)
    }

    pub(crate) fn take_effects(&mut self) -> Vec<Effect> {
        let mut effects = core::mem::take(&mut self.effects);
        for notice in self.notices.drain(..) {
            // A unit variant with a tag: serde_json cannot fail on it.
            let body = serde_json::to_string(&notice).unwrap_or_default();
            effects.push(Effect::Notice { body });
        }
        if core::mem::take(&mut self.replace) {
            effects.push(Effect::Replace);
        }
        effects
    }
}

fn write<R: Record>(record: &R) -> Effect {
    let copy = (R::AREA == Area::Local).then(|| records::copy_key(R::KEY));
    Effect::Store { area: R::AREA, key: R::KEY.to_owned(), value: Some(records::encode(record)), copy }
}

impl Wallet {
    /// The write of a record as it is now.
    pub(crate) fn stored(&self, slice: Slice) -> Effect {
        match slice {
            Slice::Accounts => write(&self.accounts),
            Slice::Networks => write(&self.networks),
            Slice::Sites => write(&self.sites),
            Slice::Settings => write(&self.settings),
            Slice::Setup => write(&self.setup),
            Slice::Guard => write(&self.guard),
            Slice::Transactions => write(&self.transactions),
            Slice::Session => self.session.as_ref().map_or_else(
                || Effect::Store {
                    area: Area::Session,
                    key: records::Session::KEY.to_owned(),
                    value: None,
                    copy: None,
                },
                write,
            ),
            Slice::Requests => write(&self.requests),
            Slice::Clients => write(&self.clients),
            Slice::Window => write(&self.window),
        }
    }
}
