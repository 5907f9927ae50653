use candor_primitives::Address;
use candor_protocol::host::Area;
use serde::{Deserialize, Serialize};

use super::Record;

/// The people that the user gave a name, in the order of saving; each address once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Contacts {
    pub(crate) list: Vec<Contact>,
}

/// An address with a name that only the user sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Contact {
    pub(crate) address: Address,
    pub(crate) name: String,
}

impl Contacts {
    /// The most that are kept.
    pub(crate) const MOST: usize = 1_000;

    /// The one with this address.
    pub(crate) fn get(&self, address: Address) -> Option<&Contact> {
        self.list.iter().find(|contact| contact.address == address)
    }

    /// Takes one in, or gives the one that is there another name. Says whether there was room.
    pub(crate) fn save(&mut self, contact: Contact) -> bool {
        if let Some(known) = self.list.iter_mut().find(|known| known.address == contact.address) {
            known.name = contact.name;
            return true;
        }
        let room = self.list.len() < Self::MOST;
        if room {
            self.list.push(contact);
        }
        room
    }
}

impl Record for Contacts {
    const KEY: &'static str = "contacts";
    const AREA: Area = Area::Local;

    fn absorb(&mut self, meanwhile: Self) {
        for contact in meanwhile.list {
            if self.get(contact.address).is_none() {
                self.save(contact);
            }
        }
    }
}
