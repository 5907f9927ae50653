//! From what is stored to a running wallet.
//!
//! In two stages. The first is the vault, the accounts and what guards them; the second is everything else. Whatever
//! becomes of a record, the wallet starts: one that is gone or garbled is taken for new, its remains kept aside before
//! they are written over; one that the browser did not hand over, or that a newer Candor wrote, stays untouched, and
//! what changes is written beside it until it can be read again.

use std::collections::{BTreeMap, BTreeSet};

use candor_primitives::Millis;
use candor_protocol::host::{Area, Effect, Read, Stored};

use crate::{
    Wallet,
    egress::Ledger,
    gateway::Gateway,
    outbox::{Outbox, Slice},
    records::{self, Networks, Record, RecordError, Setup, SetupStep},
    sender::Identity,
    vault::VaultState,
};

/// Reads records, and learns what has to be written differently from then on.
struct Reader<'a> {
    stored: &'a Stored,
    out: Outbox,
    meanwhile: BTreeSet<Slice>,
}

impl Reader<'_> {
    fn local<R: Record>(&mut self, slice: Slice) -> Option<R> {
        let places = [R::KEY.to_owned(), records::copy_key(R::KEY)];
        let stored = self.stored;
        let reads = places.each_ref().map(|key| read(stored, key));
        let decoded = reads.map(|read| read.text().map(records::decode::<R>));
        let newer = decoded.iter().any(|read| matches!(read, Some(Err(RecordError::Newer))));
        let failed = reads.contains(&&Read::Failed);
        let good = decoded.into_iter().flatten().find_map(Result::ok);
        match good {
            _ if newer => {
                self.meanwhile.insert(slice);
                self.written_meanwhile().or(good)
            }
            Some(mut good) => {
                if reads[0] != reads[1] {
                    self.out.heal(slice);
                }
                self.absorb(slice, &mut good);
                Some(good)
            }
            None if failed => {
                self.meanwhile.insert(slice);
                self.written_meanwhile()
            }
            None => {
                for (key, read) in places.iter().zip(reads) {
                    if let Some(text) = read.text() {
                        self.out.keep_aside(slice, key, text);
                    }
                }
                self.written_meanwhile()
            }
        }
    }

    /// What was written beside a record while it could not be read joins it, as far as that can be done.
    fn absorb<R: Record>(&mut self, slice: Slice, record: &mut R) {
        let key = records::meanwhile_key(R::KEY);
        if *read(self.stored, &key) == Read::Absent {
            return;
        }
        // What cannot be read of it now may be read another time.
        let Some(meanwhile) = self.written_meanwhile() else { return };
        record.absorb(meanwhile);
        self.out.touch(slice);
        self.out.push(Effect::Store { area: Area::Local, key, value: None, copy: None });
    }

    fn written_meanwhile<R: Record>(&self) -> Option<R> {
        records::decode(read(self.stored, &records::meanwhile_key(R::KEY)).text()?).ok()
    }

    /// What is in memory only. Whatever cannot be read of it is worth nothing, and is written over.
    fn session<R: Record>(&mut self, slice: Slice) -> Option<R> {
        let read = self.stored.session.get(R::KEY).unwrap_or(&Read::Absent);
        let record = read.text().and_then(|text| records::decode(text).ok());
        if record.is_none() && slice == Slice::Session && *read != Read::Absent {
            // Half a data key is of no use to anyone who should have it.
            self.out.touch(slice);
        }
        record
    }
}

fn read<'a>(stored: &'a Stored, key: &str) -> &'a Read {
    stored.local.get(key).unwrap_or(&Read::Absent)
}

impl Wallet {
    /// Starts from what is stored, at a moment; also says what was left to do when the last instance ended.
    #[must_use]
    pub fn wake(stored: &Stored, now: Millis) -> (Self, Vec<Effect>) {
        let mut reader = Reader { stored, out: Outbox::default(), meanwhile: BTreeSet::new() };
        let mut wallet = Self {
            identity: Identity {
                extension_id: stored.extension_id.clone(),
                base_url: stored.base_url.clone(),
            },
            now,
            vault: VaultState::read(stored, &mut reader.out),
            accounts: reader.local(Slice::Accounts).unwrap_or_default(),
            networks: Networks::default(),
            sites: reader.local(Slice::Sites).unwrap_or_default(),
            settings: reader.local(Slice::Settings).unwrap_or_default(),
            setup: Setup::default(),
            guard: reader.local(Slice::Guard).unwrap_or_default(),
            tokens: reader.local(Slice::Tokens).unwrap_or_default(),
            contacts: reader.local(Slice::Contacts).unwrap_or_default(),
            remembered: reader.local(Slice::Portfolio).unwrap_or_default(),
            portfolio: crate::portfolio::Looking::default(),
            history: reader.local(Slice::History).unwrap_or_default(),
            searching: crate::history::Searching::default(),
            names: crate::names::Names::default(),
            transactions: reader.local(Slice::Transactions).unwrap_or_default(),
            session: reader.session(Slice::Session),
            requests: reader.session(Slice::Requests).unwrap_or_default(),
            clients: reader.session(Slice::Clients).unwrap_or_default(),
            window: reader.session(Slice::Window).unwrap_or_default(),
            meanwhile: BTreeSet::new(),
            window_opening: false,
            waiting: BTreeMap::new(),
            preparing: BTreeMap::new(),
            last_round: 0,
            status_asks: BTreeMap::new(),
            status_shown: None,
            gateway: Gateway::new(now),
            ledger: Ledger::new(
                reader.local(Slice::Egress).unwrap_or_default(),
                reader.session(Slice::EgressLately).unwrap_or_default(),
            ),
            out: Outbox::default(),
        };
        let (setup, networks) = (reader.local(Slice::Setup), reader.local(Slice::Networks));
        wallet.meanwhile = reader.meanwhile;
        wallet.out = reader.out;
        wallet.find_stage(setup, networks);
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
        wallet.resume_telling();
        wallet.show_badge();
        wallet.resume_page_scripts();
        wallet.keep_ledger();
        let effects = wallet.end_turn();
        (wallet, effects)
    }

    /// How far setting up got. Where there is a vault, a lost record of that must not lead back to its first step,
    /// which replaces words that nobody has seen; a lost choice of servers has to be made again.
    fn find_stage(&mut self, setup: Option<Setup>, networks: Option<Networks>) {
        let there = matches!(self.vault, VaultState::Present { .. });
        let lost = || Setup { step: SetupStep::Finished, ..Setup::default() };
        self.setup = setup.unwrap_or_else(|| if there { lost() } else { Setup::default() });
        if there && networks.is_none() && self.setup.step > SetupStep::Networks {
            self.setup.step = SetupStep::Networks;
        }
        self.networks = networks.unwrap_or_default();
        if !self.setup.set_aside {
            return;
        }
        match &self.vault {
            // The vault can be read after all: from now on it is the wallet again.
            VaultState::Present { .. } => {
                self.setup.set_aside = false;
                self.out.heal(Slice::Setup);
            }
            // What was not handed over may be whole: it is asked for again before anything takes its place.
            VaultState::Damaged(damage) if !damage.unread => self.vault = VaultState::SetAside,
            _ => {}
        }
    }
}
