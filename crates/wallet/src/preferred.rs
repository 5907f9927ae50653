//! Where Candor is the wallet of pages that do not let one choose.

use candor_primitives::Origin;
use candor_protocol::{host::Effect, notice::Notice};

use crate::{Wallet, outbox::Slice};

impl Wallet {
    pub(crate) fn set_preferred(&mut self, on: bool) {
        self.sites.preferred = on;
        self.out.notice(Notice::Settings);
        self.preferred_changed();
    }

    pub(crate) fn set_site_preferred(&mut self, origin: &Origin, preferred: Option<bool>, as_metamask: bool) {
        put(&mut self.sites.preferred_at, origin, preferred == Some(true));
        put(&mut self.sites.not_preferred_at, origin, preferred == Some(false));
        put(&mut self.sites.as_metamask_at, origin, as_metamask);
        self.preferred_changed();
    }

    fn preferred_changed(&mut self) {
        self.out.touch(Slice::Sites);
        self.out.notice(Notice::Sites);
        self.set_page_scripts();
    }

    /// Says anew which scripts pages get: browsers forget them when the extension is updated.
    pub(crate) fn set_page_scripts(&mut self) {
        let sites = &self.sites;
        let except = if sites.preferred { &sites.not_preferred_at } else { &sites.preferred_at };
        self.out.push(Effect::PageScripts {
            everywhere: sites.preferred,
            except: except.clone(),
            as_metamask: sites.as_metamask_at.clone(),
        });
    }

    /// The same when waking, unless the choice could not be read: then what the browser has is right.
    pub(crate) fn resume_page_scripts(&mut self) {
        if !self.meanwhile.contains(&Slice::Sites) {
            self.set_page_scripts();
        }
    }
}

/// Makes a list name an origin, or not.
fn put(list: &mut Vec<String>, origin: &Origin, named: bool) {
    list.retain(|known| known != origin.as_str());
    if named {
        list.push(origin.as_str().to_owned());
    }
}
