//! Speaking to a module that is loaded on demand, in a worker of its own. It belongs to the screen that started it and
//! ends with it, and with it goes all that was typed there.

use core::cell::{Cell, RefCell};
use std::{collections::BTreeMap, rc::Rc};

use candor_protocol::ui::{Reply, UiError, UiErrorCode};
use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};
use zeroize::Zeroizing;

/// Those who wait for an answer, by the number of their question.
type Waiting = Rc<RefCell<BTreeMap<u32, Function>>>;

/// A worker with what it was asked.
struct Open {
    worker: Worker,
    waiting: Waiting,
    asked: Cell<u32>,
    /// Kept as long as the worker may call it.
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.worker.terminate();
        for (_, settle) in self.waiting.take() {
            drop(settle.call0(&JsValue::NULL));
        }
    }
}

/// The worker of a screen. It starts with the first question.
#[derive(Clone, Copy, Debug)]
pub struct ModuleWorker {
    module: &'static str,
    open: StoredValue<Option<Rc<Open>>, LocalStorage>,
}

impl core::fmt::Debug for Open {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Open")
    }
}

impl ModuleWorker {
    /// For the component that calls this; the worker ends with it.
    #[must_use]
    pub fn new(module: &'static str) -> Self {
        let worker = Self { module, open: StoredValue::new_local(None) };
        on_cleanup(move || worker.cancel());
        worker
    }

    /// Ends the worker, whatever it is doing. Whoever waits hears [`UiErrorCode::Gone`]; the next question starts
    /// another.
    pub fn cancel(self) {
        self.open.try_update_value(Option::take);
    }

    /// Asks; a question is JSON, and so is the answer. It leaves before this returns.
    ///
    /// # Errors
    /// What the module answers; [`UiErrorCode::Internal`] if it did not start, [`UiErrorCode::Gone`] if it was ended.
    pub fn call<Q: Serialize, T: DeserializeOwned>(
        self,
        question: &Q,
    ) -> impl Future<Output = Result<T, UiError>> + use<Q, T> {
        let text = serde_json::to_string(question).map(Zeroizing::new);
        let answer = text.ok().and_then(|text| self.ask(&text));
        async move { understood(&heard(answer).await?) }
    }

    fn ask(self, call: &str) -> Option<Promise> {
        let open = self.open.try_update_value(|open| {
            if open.is_none() {
                *open = start(self.module).map(Rc::new);
            }
            open.clone()
        })??;
        let id = open.asked.get().wrapping_add(1);
        open.asked.set(id);
        let waiting = Rc::clone(&open.waiting);
        let answer = Promise::new(&mut |resolve, _| drop(waiting.borrow_mut().insert(id, resolve)));
        let question = Object::new();
        // A plain object takes every property.
        drop(Reflect::set(&question, &"id".into(), &id.into()));
        drop(Reflect::set(&question, &"call".into(), &call.into()));
        open.worker.post_message(&question).ok()?;
        Some(answer)
    }
}

fn start(module: &str) -> Option<Open> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&format!("/module-worker.js?module={module}"), &options).ok()?;
    let waiting = Waiting::default();
    let asked = Rc::clone(&waiting);
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let data = event.data();
        let of = |name: &str| Reflect::get(&data, &name.into()).ok();
        let id = of("id").and_then(|id| id.as_f64());
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is a number that was sent"
        )]
        let settle = id.and_then(|id| asked.borrow_mut().remove(&(id as u32)));
        if let (Some(settle), Some(reply)) = (settle, of("reply")) {
            drop(settle.call1(&JsValue::NULL, &reply));
        }
    });
    worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    let unheard = Rc::clone(&waiting);
    let failed = Closure::once_into_js(move || {
        for (_, settle) in unheard.take() {
            drop(settle.call1(&JsValue::NULL, &JsValue::FALSE));
        }
    });
    worker.set_onerror(Some(failed.unchecked_ref()));
    Some(Open { worker, waiting, asked: Cell::new(0), _heard: hear })
}

/// The text of an answer.
async fn heard(answer: Option<Promise>) -> Result<Zeroizing<String>, UiError> {
    let answer = JsFuture::from(answer.ok_or_else(failed)?).await.map_err(|_| failed())?;
    if answer.is_falsy() && !answer.is_undefined() {
        return Err(failed());
    }
    // Nothing comes from a worker that was ended.
    answer.as_string().map(Zeroizing::new).ok_or_else(|| UiError {
        code: UiErrorCode::Gone,
        title: String::new(),
        text: String::new(),
        retry_after_ms: 0,
    })
}

fn understood<T: DeserializeOwned>(answer: &str) -> Result<T, UiError> {
    match serde_json::from_str::<Reply<T>>(answer) {
        Ok(Reply::Ok(value)) => Ok(value),
        Ok(Reply::Err(error)) => Err(error),
        Err(_) => Err(failed()),
    }
}

fn failed() -> UiError {
    UiError {
        code: UiErrorCode::Internal,
        title: "A part of Candor did not start.".to_owned(),
        text: "Nothing was lost. Reload this page.".to_owned(),
        retry_after_ms: 0,
    }
}
