//! Requests that a person answers: each a durable record from its arrival until its page has heard the outcome.

mod approve;
pub(crate) mod asset;
mod fee;
mod fee_notes;
mod fee_view;
mod fix;
mod meaning;
mod pause;
mod prepare;
mod problems;
mod questions;
mod remembered;
mod typed_data;
mod view;

use candor_primitives::{Address, Origin};
use candor_protocol::{host::Effect, notice::Notice, page::Outcome};

pub(crate) use approve::Agreed;
pub(crate) use fee::{coins_down, coins_up, gwei};
pub(crate) use prepare::{Part, Preparation, kind_of};
pub(crate) use typed_data::Typed;

use crate::{
    Wallet,
    outbox::Slice,
    provider::{self, Answer, Question},
    records::{Asker, Body, FeeChoice, Request, State},
};

/// The most requests of one origin that wait at the same time.
const MOST_OF_ONE_ORIGIN: usize = 20;
/// The most that wait altogether.
const MOST: usize = 100;
/// The most ended ones that are kept for the pages of one origin.
const MOST_SETTLED_OF_ONE_ORIGIN: usize = 40;
/// The most bytes of JSON that all records together may hold; `storage.session` has 10 MiB.
const MOST_BYTES: usize = 4 << 20;
/// The most that those of one origin may hold.
const MOST_BYTES_OF_ONE_ORIGIN: usize = 1 << 20;

impl Wallet {
    /// Records a page's request, stamped with the network and account of now, or joins the same one that waits.
    pub(crate) fn request_from_page(
        &mut self,
        question: Question<'_>,
        account: Option<Address>,
        body: Body,
    ) -> Result<Answer, candor_protocol::page::PageError> {
        let Question { page, key, chain, method, .. } = question;
        let asked = fingerprint_of_question(method, &body);
        let repeat = self.requests.list.iter_mut().find_map(|request| {
            let stamped_alike = request.chain == chain && request.account == account;
            match (&request.state, &mut request.asker) {
                (State::Waiting, Asker::Page { origin, top, tab, keys, asked: before })
                    if stamped_alike
                        && *origin == page.origin
                        && *top == page.top
                        && *tab == page.tab
                        && *before == asked =>
                {
                    Some((request.id, keys))
                }
                _ => None,
            }
        });
        if let Some((id, keys)) = repeat {
            if keys.len() >= MOST {
                return Err(provider::error::too_many());
            }
            keys.push(key);
            self.out.touch(Slice::Requests);
            self.show_window(Some(page.tab));
            return Ok(Answer::Wait(id));
        }
        if self.paused_for(&page.origin).is_some() {
            return Err(provider::error::paused());
        }
        let (mut waiting, mut waiting_here, mut bytes, mut bytes_here) = (0, 0, 0, 0);
        for request in &self.requests.list {
            let here = request.origin() == Some(&page.origin);
            let size = size_of(&request.body);
            waiting += usize::from(request.is_waiting());
            waiting_here += usize::from(request.is_waiting() && here);
            bytes += size;
            bytes_here += if here { size } else { 0 };
        }
        let size = size_of(&body);
        if waiting_here >= MOST_OF_ONE_ORIGIN
            || waiting >= MOST
            || bytes + size > MOST_BYTES
            || bytes_here + size > MOST_BYTES_OF_ONE_ORIGIN
        {
            return Err(provider::error::too_many());
        }
        let asker = Asker::Page {
            origin: page.origin.clone(),
            top: page.top.clone(),
            tab: page.tab,
            keys: vec![key],
            asked,
        };
        let id = self.record(asker, chain, account, body);
        self.show_window(Some(page.tab));
        Ok(Answer::Wait(id))
    }

    /// Forgets the oldest ended requests of an origin beyond those that its pages could still ask for.
    pub(crate) fn forget_settled(&mut self, origin: &Origin) {
        let ended = |request: &Request| {
            matches!(request.state, State::Settled(_)) && request.origin() == Some(origin)
        };
        let count = self.requests.list.iter().filter(|request| ended(request)).count();
        let mut excess = count.saturating_sub(MOST_SETTLED_OF_ONE_ORIGIN);
        self.requests.list.retain(|request| {
            let forgotten = excess > 0 && ended(request);
            excess -= usize::from(forgotten);
            !forgotten
        });
    }

    /// Records a request and starts what it needs.
    pub(crate) fn record(
        &mut self,
        asker: Asker,
        chain: candor_primitives::ChainId,
        account: Option<Address>,
        body: Body,
    ) -> u64 {
        self.requests.last_id += 1;
        let id = self.requests.last_id;
        let arrived = self.now;
        let (state, serves_other, choice) = (State::Waiting, false, FeeChoice::default());
        self.requests.list.push(Request {
            id,
            asker,
            chain,
            account,
            arrived,
            body,
            state,
            serves_other,
            choice,
        });
        self.requests_changed();
        self.start_preparation(id);
        id
    }

    /// Writes, tells the surfaces, and opens or closes what depends on whether something waits.
    pub(crate) fn requests_changed(&mut self) {
        self.out.touch(Slice::Requests);
        self.out.notice(Notice::Requests);
        self.show_badge();
        self.close_idle_window();
    }

    fn close_idle_window(&mut self) {
        let page_waits = self.requests.list.iter().any(|request| {
            matches!(request.asker, Asker::Page { .. }) && !matches!(request.state, State::Settled(_))
        });
        if !page_waits && let Some(window) = self.window.id.take() {
            self.window.leaving = Some(window);
            self.out.touch(Slice::Window);
            self.out.push(Effect::CloseWindow { window });
        }
    }

    /// The number of waiting requests on the toolbar button.
    pub(crate) fn show_badge(&mut self) {
        let waiting = self
            .requests
            .list
            .iter()
            .filter(|request| request.is_waiting() && request.origin().is_some())
            .count();
        let text = if waiting == 0 { String::new() } else { waiting.to_string() };
        self.out.push(Effect::Badge { text });
    }

    /// Brings the approval window to the front, opening it if there is none.
    fn show_window(&mut self, tab: Option<i64>) {
        match self.window.id {
            Some(window) => self.out.push(Effect::FocusWindow { window }),
            None if self.window_opening => {}
            None => {
                self.window_opening = true;
                self.out.push(Effect::OpenApproval { tab });
            }
        }
    }

    pub(crate) fn window_opened(&mut self, window: Option<i64>) {
        self.window_opening = false;
        self.window.id = window;
        self.out.touch(Slice::Window);
        let nothing_waits = !self
            .requests
            .list
            .iter()
            .any(|request| request.origin().is_some() && !matches!(request.state, State::Settled(_)));
        if nothing_waits {
            // Answered or cancelled while the window was opening.
            self.requests_changed();
        }
    }

    /// Closing the window is a no to everything of pages that waits in it.
    pub(crate) fn window_closed(&mut self, window: i64) {
        if self.window.leaving == Some(window) {
            self.window.leaving = None;
            self.out.touch(Slice::Window);
        }
        if self.window.id != Some(window) {
            return;
        }
        self.window.id = None;
        self.out.touch(Slice::Window);
        let waiting: Vec<u64> = self
            .requests
            .list
            .iter()
            .filter(|request| request.is_waiting() && request.origin().is_some())
            .map(|request| request.id)
            .collect();
        for id in waiting {
            self.reject(id);
        }
    }

    /// A person said no.
    pub(crate) fn reject(&mut self, id: u64) {
        let Some(request) = self.waiting_request(id) else { return };
        let outcome = match &request.body {
            Body::AddNetwork { .. } if request.serves_other => {
                let told = "The server in “rpcUrls” serves another network than “chainId” names.";
                Outcome::Error(provider::error::invalid_params(told))
            }
            Body::SwitchNetwork { declined_is_null: true, .. } => Outcome::Result(serde_json::Value::Null),
            // What stood in the way is more use to the site than that nobody went on.
            body => Outcome::Error(body.problem().map_or_else(provider::error::rejected, |p| p.told.clone())),
        };
        if let Some(origin) = request.origin().cloned() {
            self.note_refusal(origin);
        }
        self.settle(id, outcome);
    }

    /// A request that a person still has to answer.
    pub(crate) fn waiting_request(&self, id: u64) -> Option<&Request> {
        self.requests.list.iter().find(|request| request.id == id && request.is_waiting())
    }

    pub(crate) fn waiting_request_mut(&mut self, id: u64) -> Option<&mut Request> {
        self.requests.list.iter_mut().find(|request| request.id == id && request.is_waiting())
    }

    /// After a wake: the window that should be open is opened, the one that should be closed is closed.
    pub(crate) fn resume_window(&mut self) {
        if let Some(window) = self.window.leaving {
            self.out.push(Effect::CloseWindow { window });
        }
        let asking = self.requests.list.iter().find_map(|request| match &request.asker {
            Asker::Page { tab, .. } if request.is_waiting() => Some(*tab),
            Asker::Page { .. } | Asker::Own => None,
        });
        if asking.is_some() && self.window.id.is_none() {
            self.show_window(asking);
        }
        self.close_idle_window();
    }

    /// After a wake: what was being prepared is prepared again.
    pub(crate) fn resume_requests(&mut self) {
        let unfinished: Vec<u64> = self
            .requests
            .list
            .iter()
            .filter(|request| request.is_waiting())
            .map(|request| request.id)
            .collect();
        for id in unfinished {
            self.start_preparation(id);
        }
    }
}

/// What makes a question the same as another: for connecting without more the method alone, otherwise everything asked.
fn fingerprint_of_question(method: &str, body: &Body) -> String {
    match body {
        Body::Connect { chains, .. } if chains.is_empty() => method.to_owned(),
        body => {
            let json = serde_json::to_string(body).unwrap_or_default();
            format!("{method} {}", candor_primitives::keccak256(json.as_bytes()))
        }
    }
}

/// What a request adds to its record, in bytes.
fn size_of(body: &Body) -> usize {
    serde_json::to_string(body).map_or(usize::MAX >> 8, |json| json.len())
}
