//! The people that the user gave a name.

use std::collections::BTreeSet;

use candor_meaning::look_alike;
use candor_primitives::Address;
use candor_protocol::{contacts::ContactView, notice::Notice, ui::UiError};

use super::{
    accounts::{clean_name, own_address},
    error,
};
use crate::{
    Wallet,
    outbox::Slice,
    records::{Contact, Contacts},
};

impl Wallet {
    pub(super) fn contact_views(&self) -> Vec<ContactView> {
        let mut views: Vec<ContactView> = self.contacts.list.iter().map(view).collect();
        views.sort_by_cached_key(|view| view.name.to_lowercase());
        views
    }

    /// Saves a contact, or renames it. Unless the user is `sure`, one that could be taken for somebody else is not
    /// saved; the answer says why.
    pub(super) fn save_contact(
        &mut self,
        address: &str,
        name: &str,
        sure: bool,
    ) -> Result<Option<String>, UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        let address = own_address(address)?;
        let name = clean_name(name);
        if name.is_empty() {
            return Err(error::invalid("A contact needs a name.", "Type how you call them."));
        }
        if let Some(own) = self.accounts.get(address) {
            return Err(error::known_account(&own.name));
        }
        if !sure && let Some(doubt) = self.mistakable(address, &name) {
            return Ok(Some(doubt));
        }
        if !self.contacts.save(Contact { address, name }) {
            return Err(error::invalid(
                "Your contacts are full.",
                "There is room for a thousand. Remove one first.",
            ));
        }
        self.contacts_changed();
        Ok(None)
    }

    pub(super) fn forget_contact(&mut self, address: &str) -> Result<(), UiError> {
        if !self.is_unlocked() {
            return Err(error::locked());
        }
        let address = own_address(address)?;
        self.contacts.list.retain(|contact| contact.address != address);
        self.contacts_changed();
        Ok(())
    }

    /// Takes in those of a backup file that are not known here, and names them.
    pub(super) fn merge_contacts(&mut self, contacts: Contacts) -> Vec<String> {
        let mut came = Vec::new();
        for mut contact in contacts.list {
            if self.contacts.get(contact.address).is_some() || self.accounts.get(contact.address).is_some() {
                continue;
            }
            if self.is_called(&contact.name, contact.address) {
                // A file may come from someone who means ill, and two of one name could be taken for each other.
                contact.name = clean_name(&format!("From the file: {}", contact.name));
            }
            let said = with_address(&contact);
            if self.contacts.save(contact) {
                came.push(said);
            }
        }
        self.contacts_changed();
        came
    }

    fn contacts_changed(&mut self) {
        self.out.touch(Slice::Contacts);
        self.out.notice(Notice::Contacts);
    }

    /// Why a contact could be taken for somebody else.
    fn mistakable(&self, address: Address, name: &str) -> Option<String> {
        if self.is_called(name, address) {
            return Some(format!("You already have a “{name}”. You could not tell the two apart by name."));
        }
        if self.contacts.get(address).is_some() {
            return None;
        }
        let found = look_alike(address, &self.people())?;
        let whom = found.known.name.map_or_else(
            || format!("{}, which you paid before", found.known.address.to_checksum(None)),
            |name| format!("the address of “{name}”"),
        );
        Some(format!(
            "This address looks like {whom}, but {} of 40 characters differ. Such addresses are made to be copied by mistake.",
            found.differing
        ))
    }

    /// Whether somebody else has that name.
    fn is_called(&self, name: &str, address: Address) -> bool {
        let same = |other: &str| other.to_lowercase() == name.to_lowercase();
        self.contacts.list.iter().any(|known| known.address != address && same(&known.name))
            || self.accounts.list.iter().any(|known| same(&known.name))
    }
}

/// Takes out of a backup file what this wallet would not have saved itself.
pub(super) fn check(contacts: &mut Contacts) {
    let mut seen = BTreeSet::new();
    contacts.list.retain_mut(|contact| {
        contact.name = clean_name(&contact.name);
        !contact.name.is_empty() && seen.insert(contact.address)
    });
    contacts.list.truncate(Contacts::MOST);
}

/// A contact as a person is told of it when it came out of a file: the name alone could be anyone's.
pub(super) fn with_address(contact: &Contact) -> String {
    format!("{} ({})", contact.name, contact.address.to_checksum(None))
}

fn view(contact: &Contact) -> ContactView {
    ContactView { address: contact.address.to_checksum(None), name: contact.name.clone() }
}
