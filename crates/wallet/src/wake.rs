//! From what is stored to a running wallet.

use std::collections::{BTreeMap, BTreeSet};

use candor_primitives::Millis;
use candor_protocol::host::{Area, Effect, Read, Stored};

use crate::{
    Wallet,
    gateway::Gateway,
    outbox::{Outbox, Slice},
    records::{self, Record},
    sender::Identity,
    vault::VaultState,
};

/// Reads records, remembering what could not be read.
struct Reader<'a> {
    stored: &'a Stored,
    out: Outbox,
    unwritable: BTreeSet<Slice>,
}

impl Reader<'_> {
    fn optional<R: Record>(&mut self, slice: Slice) -> Option<R> {
        let area = match R::AREA {
            Area::Local => &self.stored.local,
            Area::Session => &self.stored.session,
        };
        let read = |key: &str| area.get(key).unwrap_or(&Read::Absent);
        let reads = match R::AREA {
            Area::Local => vec![read(R::KEY), read(&records::copy_key(R::KEY))],
            Area::Session => vec![read(R::KEY)],
        };
        if let Some(record) = reads.iter().find_map(|read| records::decode(read.text()?).ok()) {
            if reads.iter().any(|read| *read != reads[0]) {
                self.out.touch(slice);
            }
            return Some(record);
        }
        if reads.contains(&&Read::Failed) {
            self.unwritable.insert(slice);
        } else if slice == Slice::Session && reads[0].text().is_some() {
            // Half a data key is of no use to anyone who should have it.
            self.out.touch(slice);
        } else if let Some(text) = reads.iter().find_map(|read| read.text()) {
            // Kept aside, so that what is written next does not erase it.
            let key = format!("{}.damaged", R::KEY);
            let value = Some(text.to_owned());
            self.out.push(Effect::Store { area: R::AREA, key, value, copy: None });
        }
        None
    }

    fn read<R: Record + Default>(&mut self, slice: Slice) -> R {
        self.optional(slice).unwrap_or_default()
    }
}

impl Wallet {
    /// Starts from what is stored, at a moment; also says what was left to do when the last instance ended.
    #[must_use]
    pub fn wake(stored: &Stored, now: Millis) -> (Self, Vec<Effect>) {
        let mut reader = Reader { stored, out: Outbox::default(), unwritable: BTreeSet::new() };
        let (vault, heal) = VaultState::read(stored);
        let mut wallet = Self {
            identity: Identity {
                extension_id: stored.extension_id.clone(),
                base_url: stored.base_url.clone(),
            },
            now,
            vault,
            accounts: reader.read(Slice::Accounts),
            networks: reader.read(Slice::Networks),
            sites: reader.read(Slice::Sites),
            settings: reader.read(Slice::Settings),
            setup: reader.read(Slice::Setup),
            guard: reader.read(Slice::Guard),
            transactions: reader.read(Slice::Transactions),
            session: reader.optional(Slice::Session),
            requests: reader.read(Slice::Requests),
            clients: reader.read(Slice::Clients),
            window: reader.read(Slice::Window),
            unwritable: BTreeSet::new(),
            window_opening: false,
            waiting: BTreeMap::new(),
            preparing: BTreeMap::new(),
            last_round: 0,
            gateway: Gateway::new(now),
            out: Outbox::default(),
        };
        wallet.unwritable = reader.unwritable;
        // Nothing in it is worth keeping, and locking must be able to remove it.
        wallet.unwritable.remove(&Slice::Session);
        wallet.out = reader.out;
        if wallet.setup.set_aside && matches!(wallet.vault, VaultState::Damaged(_)) {
            wallet.vault = VaultState::SetAside;
        }
        if let Some((copy, frame)) = heal {
            wallet.out.write_vault(copy, frame);
        }
        if wallet.requests.last_id == 0 {
            // Ids go on from the clock, so that none of an earlier browser session comes again.
            wallet.requests.last_id = now.0;
        }
        wallet.lock_if_due();
        // Some browsers forget alarms.
        wallet.set_lock_alarm();
        if wallet.is_unlocked() {
            wallet.heal_accounts();
        }
        wallet.match_requests_with_transactions();
        wallet.resume_requests();
        wallet.resume_transactions();
        wallet.resume_window();
        wallet.show_badge();
        let effects = wallet.end_turn();
        (wallet, effects)
    }
}
