//! Events and effects as lines that people can read.

use candor_protocol::host::{AlarmName, Area, Effect, Event, HttpResult, VaultCopy};
use serde_json::Value;

/// The longest body that a line shows.
const SHOWN: usize = 200;

fn cut(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

fn alarm(name: AlarmName) -> &'static str {
    match name {
        AlarmName::Lock => "lock",
        AlarmName::Watch => "watch",
        AlarmName::Undo => "undo",
    }
}

/// `who` names the sender of a message.
pub(crate) fn event_line(event: &Event, who: &str) -> String {
    match event {
        Event::Message { text, .. } => {
            let message: Value = serde_json::from_str(text).unwrap_or_default();
            let asked = || message.pointer("/request/method").and_then(Value::as_str).map(ToOwned::to_owned);
            let call = || message.as_object().and_then(|call| call.keys().next()).cloned();
            let what = asked().or_else(call);
            format!("{who}: {}", what.unwrap_or_else(|| cut(text)))
        }
        Event::Http { result: HttpResult::Body { text, .. }, .. } => {
            let answer: Value = serde_json::from_str(text).unwrap_or_default();
            let said = answer.get("result").or_else(|| answer.get("error"));
            format!("answer {}", said.map_or_else(|| cut(text), |said| cut(&said.to_string())))
        }
        Event::Http { result: HttpResult::Failed, .. } => "no answer".to_owned(),
        Event::Slow { .. } => "no answer yet".to_owned(),
        Event::WindowOpened { window } => format!("window opened {window:?}"),
        Event::WindowClosed { window } => format!("window closed {window}"),
        Event::TabClosed { tab } => format!("tab closed {tab}"),
        Event::SystemLocked {} => "the computer was locked".to_owned(),
        Event::LockKeys {} => "the keys for locking were pressed".to_owned(),
        Event::Alarm { name } => format!("alarm {}", alarm(*name)),
    }
}

/// `who` names the receiver of a reply.
pub(crate) fn effect_line(effect: &Effect, who: &str) -> String {
    match effect {
        Effect::Store { area, key, value, .. } => {
            let area = match area {
                Area::Local => "local",
                Area::Session => "session",
            };
            format!("{} {area}/{key}", if value.is_some() { "store" } else { "remove" })
        }
        Effect::StoreVault { copy, .. } => {
            let copy = match copy {
                VaultCopy::A => "a",
                VaultCopy::B => "b",
            };
            format!("store vault {copy}")
        }
        Effect::Reply { body, .. } => format!("reply to {who}: {}", cut(body)),
        Effect::Http { url, body, .. } => {
            let body: Value = serde_json::from_str(body.as_deref().unwrap_or_default()).unwrap_or_default();
            format!("ask {url} {}", body.get("method").and_then(Value::as_str).unwrap_or_default())
        }
        Effect::Push { tab, body, .. } => format!("push to tab {tab}: {}", cut(body)),
        Effect::Follow { url, tab, .. } => format!("follow {url} for tab {tab}"),
        Effect::Notice { body } => format!("notice {body}"),
        Effect::OpenApproval { .. } => "open window".to_owned(),
        Effect::ShowTab { route } => format!("show tab {route}"),
        Effect::FocusWindow { window } => format!("focus window {window}"),
        Effect::CloseWindow { window } => format!("close window {window}"),
        Effect::SetAlarm { name, .. } => format!("set alarm {}", alarm(*name)),
        Effect::ClearAlarm { name } => format!("clear alarm {}", alarm(*name)),
        Effect::Badge { text } => format!("badge “{text}”"),
        Effect::Notify { title, text, .. } => format!("notify “{title}” “{text}”"),
        Effect::PageScripts { everywhere, except, as_metamask } => {
            format!("page scripts: everywhere {everywhere}, except {except:?}, as MetaMask {as_metamask:?}")
        }
        Effect::Replace => "replace".to_owned(),
    }
}
