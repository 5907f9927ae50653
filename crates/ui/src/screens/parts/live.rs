//! Slices of the wallet’s state that keep themselves up to date.

use core::time::Duration;
use std::rc::Rc;

use candor_protocol::{
    notice::Notice,
    ui::{AnyCall, Call, UiError},
};
use leptos::{prelude::*, task::spawn_local};
use serde::de::DeserializeOwned;

use crate::{client, effect::effect};

/// What a call last answered: nothing before the first answer.
pub type Answer<T> = Option<Result<T, UiError>>;

/// A slice of the wallet's state that is asked for at once, and again whenever a notice says that it changed.
#[derive(Debug)]
pub struct Live<T: Send + Sync + 'static> {
    answer: RwSignal<Answer<T>>,
    again: Trigger,
}

impl<T: Send + Sync + 'static> Clone for Live<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Live<T> {}

impl<T: Clone + Send + Sync + 'static> Live<T> {
    /// The last answer. It stays while the next one is on its way, so that nothing flickers.
    pub fn answer(self) -> Answer<T> {
        self.answer.get()
    }

    /// The last answer, if it was a good one.
    pub fn value(self) -> Option<T> {
        self.answer.with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().ok().cloned()))
    }

    /// Looks at the last answer, if it was a good one.
    pub fn with<U>(self, look: impl FnOnce(&T) -> U) -> Option<U> {
        self.answer.with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().ok()).map(look))
    }

    /// The same, without being told of changes.
    pub fn with_untracked<U>(self, look: impl FnOnce(&T) -> U) -> Option<U> {
        self.answer.with_untracked(|answer| answer.as_ref().and_then(|answer| answer.as_ref().ok()).map(look))
    }

    /// Why there is no good answer, if the last one was not.
    pub fn error(self) -> Option<UiError> {
        self.answer.with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().err().cloned()))
    }

    /// Asks again.
    pub fn reload(self) {
        self.again.notify();
    }
}

/// How often something that waits for the network is looked at again while it is on the screen.
const LOOK_AGAIN: Duration = Duration::from_secs(4);

/// Asks again every few seconds as long as `wanted` says so, and only while the calling component lives.
pub fn look_again_while<T: Clone + Send + Sync + 'static>(
    slice: Live<T>,
    wanted: impl Fn() -> bool + 'static,
) {
    let look = move || {
        if untrack(&wanted) {
            slice.reload();
        }
    };
    if let Ok(interval) = set_interval_with_handle(look, LOOK_AGAIN) {
        on_cleanup(move || interval.clear());
    }
}

/// Asks for a slice as long as `make` gives a call; what `make` reads is asked for again when it changes.
pub fn live<C>(notices: &'static [Notice], make: impl Fn() -> Option<C> + 'static) -> Live<C::Reply>
where
    C: Call,
    C::Reply: Clone + PartialEq + Send + Sync + 'static,
{
    let slice = Live { answer: RwSignal::new(None), again: Trigger::new() };
    let question = move || make().map(Call::into_any);
    keep_asking(notices, slice.again, Box::new(question), slice.learner());
    slice
}

/// A question to ask now, if there is one.
type Question = Box<dyn Fn() -> Option<AnyCall>>;

/// What to do with an answer.
type Learn = Rc<dyn Fn(Result<&str, UiError>)>;

impl<T: DeserializeOwned + PartialEq + Send + Sync + 'static> Live<T> {
    fn learner(self) -> Learn {
        Rc::new(move |answer| {
            let reply = Some(answer.and_then(client::understood));
            if self.answer.try_with_untracked(|before| *before != reply) == Some(true) {
                self.answer.set(reply);
            }
        })
    }
}

/// Asks at once and at every reason to ask again. Apart from [`live`], so that it is compiled once for all slices.
fn keep_asking(notices: &'static [Notice], again: Trigger, question: Question, learn: Learn) {
    // Answers may overtake each other; only the one to the latest question counts.
    let latest = StoredValue::new(0_u32);
    effect(move || {
        again.track();
        for notice in notices {
            client::track(*notice);
        }
        let Some(call) = question() else { return };
        let mine = latest.get_value().wrapping_add(1);
        latest.set_value(mine);
        let (asked, learn) = (client::ask(&call), Rc::clone(&learn));
        spawn_local(async move {
            let answer = asked.await;
            if latest.try_get_value() == Some(mine) {
                learn(answer.as_ref().map(|text| text.as_str()).map_err(Clone::clone));
            }
        });
    });
}
