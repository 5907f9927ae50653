//! `background.js`, simulated: events in, effects out.

use candor_primitives::Millis;
use candor_protocol::host::{Effect, Event, HttpResult};
use candor_wallet::Wallet;

use crate::{
    Host,
    host::{Heard, Logged, Peer},
    log::{effect_line, event_line},
    net::Posted,
};

/// Why a batch of effects ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Done,
    Killed,
    Full,
    Locked,
}

impl Host {
    /// Gives the core an event, and all that follows from it.
    pub fn give(&mut self, event: Event) {
        self.inbox.push_back(event);
        self.run();
    }

    /// Works until nothing is left to do at this moment.
    pub fn run(&mut self) {
        while let Some(event) = self.inbox.pop_front() {
            self.turn(event);
        }
    }

    fn turn(&mut self, event: Event) {
        if self.dies()
            && !matches!(event, Event::WindowClosed { .. } | Event::TabClosed { .. } | Event::Alarm { .. })
        {
            // A message's channel is closed by now, and a flight's answer has nowhere to go.
            return;
        }
        self.awake();
        let own = match &event {
            Event::Message { reply, .. } => Some(*reply),
            _ => None,
        };
        self.heard.extend(own);
        if self.logging {
            let who = own.map(|reply| self.name_of(reply)).unwrap_or_default();
            self.log.push(Logged { line: event_line(&event, &who), effect: None });
        }
        let Some(wallet) = &mut self.wallet else { return };
        let effects = wallet.handle(event, self.now, &mut self.platform);
        match self.perform(effects) {
            End::Done | End::Killed => {}
            End::Full => {
                own.into_iter().for_each(|reply| self.refuse_storage(reply));
                self.end();
                self.awake();
            }
            End::Locked => {
                self.end();
                self.awake();
            }
        }
    }

    pub(crate) fn awake(&mut self) {
        for left in (0..3).rev() {
            if self.wallet.is_some() {
                return;
            }
            let (wallet, effects) = Wallet::wake(&self.storage.stored(), self.now);
            self.wallet = Some(wallet);
            match self.perform(effects) {
                // A disk that takes nothing keeps nobody out.
                End::Full if left == 0 => {}
                End::Full | End::Locked => self.end(),
                End::Done | End::Killed => {}
            }
        }
    }

    /// The instance goes; messages that it was not given wait for the next one.
    fn end(&mut self) {
        self.wallet = None;
        self.slow.clear();
        self.patience.clear();
        self.inbox.retain(|event| !matches!(event, Event::Http { .. } | Event::Slow { .. }));
        let heard: Vec<u64> =
            self.channels.keys().copied().filter(|reply| self.heard.contains(reply)).collect();
        self.close(&heard);
    }

    pub(crate) fn close(&mut self, channels: &[u64]) {
        for reply in channels {
            match self.channels.remove(reply) {
                Some(Peer::Page(page, n)) => self.send_again(page, n),
                Some(Peer::Surface | Peer::Stranger) => {
                    self.answers.insert(*reply, Heard::Closed);
                }
                None => {}
            }
        }
    }

    fn refuse_storage(&mut self, reply: u64) {
        let body = match self.channels.get(&reply) {
            Some(Peer::Page(..)) => r#"{"outcome":{"error":{"code":-32603,"message":"storage"}}}"#,
            _ => r#"{"err":{"code":"storage","title":"storage","text":""}}"#,
        };
        self.answer(reply, body);
    }

    /// Counts a step, and kills if it is the one.
    fn dies(&mut self) -> bool {
        self.steps += 1;
        let now = self.kill_at == Some(self.steps);
        if now {
            self.kill_at = None;
            if self.logging {
                self.log.push(Logged { line: "✂".to_owned(), effect: None });
            }
            self.kill();
        }
        now
    }

    fn perform(&mut self, effects: Vec<Effect>) -> End {
        for index in 0..effects.len() {
            let Some(effect) = effects.get(index) else { break };
            if self.logging {
                let who = match effect {
                    Effect::Reply { to, .. } => self.name_of(*to),
                    _ => String::new(),
                };
                let line = format!("  {}", effect_line(effect, &who));
                self.log.push(Logged { line, effect: Some(effect.clone()) });
            }
            match effect {
                Effect::Replace => {
                    assert_eq!(index + 1, effects.len(), "Replace is always last");
                    return End::Locked;
                }
                Effect::Store { area, key, value, copy } => {
                    let keys = [Some(key), copy.as_ref()];
                    if self.storage.write(*area, keys, value.as_deref()).is_err() {
                        return self.drop_rest(&effects[index..]);
                    }
                }
                Effect::StoreVault { copy, frame } => {
                    if self.storage.write_vault(*copy, frame).is_err() {
                        return self.drop_rest(&effects[index..]);
                    }
                    if self.dies() {
                        return End::Killed;
                    }
                    self.storage.write_mirror(frame);
                }
                other => self.act(other),
            }
            if self.dies() {
                return End::Killed;
            }
        }
        End::Done
    }

    fn drop_rest(&mut self, effects: &[Effect]) -> End {
        for effect in effects {
            if let Effect::Reply { to, .. } = effect {
                self.refuse_storage(*to);
            }
        }
        End::Full
    }

    fn act(&mut self, effect: &Effect) {
        match effect {
            Effect::Reply { to, body } => self.answer(*to, body),
            Effect::Http { flight, url, body, patience_ms, .. } => {
                let arrived = |result: HttpResult| Event::Http { flight: *flight, result };
                match self.net.request(url, body.as_deref()) {
                    Posted::Now(result) => self.inbox.push_back(arrived(result)),
                    Posted::Later(result) => {
                        self.slow.push(arrived(result));
                        let until = patience_ms.map(|span| self.now.plus(Millis(span.into())));
                        self.patience.extend(until.map(|until| (*flight, until)));
                    }
                }
            }
            Effect::Push { tab, frame, body } => {
                for page in self.pages.iter_mut().filter(|page| page.tab == *tab && page.frame == *frame) {
                    page.pushed(body);
                }
            }
            Effect::OpenApproval { .. } => {
                let open = self.windows.first().copied().unwrap_or_else(|| {
                    self.last_window += 1;
                    self.last_window
                });
                self.windows.insert(open);
                self.inbox.push_back(Event::WindowOpened { window: Some(open) });
            }
            Effect::CloseWindow { window } => {
                if self.windows.remove(window) {
                    self.inbox.push_back(Event::WindowClosed { window: *window });
                }
            }
            Effect::SetAlarm { name, at_ms } => {
                self.alarms.insert(*name, *at_ms);
            }
            Effect::ClearAlarm { name } => {
                self.alarms.remove(name);
            }
            Effect::Badge { text } => text.clone_into(&mut self.badge),
            Effect::ShowTab { route } => self.tabs_shown.push(route.clone()),
            Effect::Notify { title, text, route, .. } => {
                self.told.push((title.clone(), text.clone(), route.clone()));
            }
            Effect::PageScripts { everywhere, except, as_metamask } => {
                self.page_scripts = (*everywhere, except.clone(), as_metamask.clone());
            }
            Effect::Notice { .. }
            | Effect::Follow { .. }
            | Effect::FocusWindow { .. }
            | Effect::Store { .. }
            | Effect::StoreVault { .. }
            | Effect::Replace => {}
        }
    }

    fn answer(&mut self, reply: u64, body: &str) {
        match self.channels.remove(&reply) {
            Some(Peer::Page(page, n)) => {
                let settled = self.page(page).answered(n, body);
                if !settled {
                    self.send_again(page, n);
                }
            }
            Some(Peer::Surface | Peer::Stranger) => {
                self.answers.insert(reply, Heard::Body(body.to_owned()));
            }
            None => {}
        }
    }

    fn name_of(&self, reply: u64) -> String {
        match self.channels.get(&reply) {
            Some(Peer::Page(page, n)) => {
                let origin = self.pages.get(page.0).map(|page| page.origin.as_str()).unwrap_or_default();
                format!("{} #{n}", origin.trim_start_matches("https://"))
            }
            Some(Peer::Surface) => "surface".to_owned(),
            Some(Peer::Stranger) => "stranger".to_owned(),
            None => "nobody".to_owned(),
        }
    }
}
