//! Turning a password into a key, in a worker of its own that is thrown away with all the memory it used.

use core::cell::RefCell;
use std::rc::Rc;

use candor_protocol::ui::{DerivedKey, Kdf, SecretText, UiError, UiErrorCode};
use js_sys::{JsString, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// The memory that the worker takes ahead, in KiB: what most passwords are derived with. Another amount is taken in time.
const FLOOR_KIB: u32 = 65_536;

/// A worker that is ended with its owner.
struct Throwaway(Worker);

impl Throwaway {
    fn start() -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        Worker::new_with_options("/kdf-worker.js", &options).map(Self)
    }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        self.0.terminate();
    }
}

/// Derives keys, one worker for each. Its worker can be started early, while the password is still being typed.
#[derive(Clone, Default)]
pub struct Deriver(Rc<RefCell<Option<Throwaway>>>);

impl core::fmt::Debug for Deriver {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Deriver")
    }
}

impl Deriver {
    /// Starts the worker, so that it is loaded and has its memory by the time the password is complete.
    pub fn prepare(&self) {
        let mut worker = self.0.borrow_mut();
        if worker.is_none() {
            *worker = Throwaway::start().ok();
            if let Some(worker) = &*worker {
                let ahead = Object::new();
                // A plain object takes every property.
                drop(Reflect::set(&ahead, &"memoryKib".into(), &FLOOR_KIB.into()));
                // Without it the worker takes the memory when it needs it.
                drop(worker.0.post_message(&ahead));
            }
        }
    }

    /// The key of a password, which is first brought into NFKC so that every keyboard means the same.
    ///
    /// # Errors
    /// There was not enough memory, or the worker did not start.
    pub async fn derive(&self, password: &str, kdf: &Kdf) -> Result<DerivedKey, UiError> {
        self.timed(password, kdf).await.map(|(key, _)| key)
    }

    /// As [`Self::derive`], and how many milliseconds it took.
    ///
    /// # Errors
    /// As there.
    pub async fn timed(&self, password: &str, kdf: &Kdf) -> Result<(DerivedKey, u32), UiError> {
        self.prepare();
        let worker = self.0.borrow_mut().take().ok_or_else(failed)?;
        let reply = ask(&worker.0, &question(password, kdf)).await.map_err(|_| failed())?;
        let part = |name: &str| Reflect::get(&reply, &name.into()).ok();
        let key = part("key").and_then(|key| key.as_string()).ok_or_else(failed)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast of a float saturates"
        )]
        let took = part("ms").and_then(|ms| ms.as_f64()).unwrap_or(f64::MAX) as u32;
        Ok((DerivedKey { kdf: kdf.clone(), key: SecretText(key) }, took))
    }
}

fn failed() -> UiError {
    UiError {
        code: UiErrorCode::Internal,
        title: "This computer could not work out the key.".to_owned(),
        text: "It may be short of memory. Close some tabs and try again. Nothing changed.".to_owned(),
        retry_after_ms: 0,
    }
}

fn question(password: &str, kdf: &Kdf) -> Object {
    let question = Object::new();
    let password = JsString::from(password).normalize("NFKC");
    let entries: [(&str, JsValue); 5] = [
        ("password", password.into()),
        ("salt", kdf.salt.as_str().into()),
        ("memoryKib", kdf.memory_kib.into()),
        ("passes", kdf.passes.into()),
        ("lanes", kdf.lanes.into()),
    ];
    for (key, value) in entries {
        // A plain object takes every property.
        drop(Reflect::set(&question, &key.into(), &value));
    }
    question
}

/// Posts a question and waits for the first message or error that comes back.
async fn ask(worker: &Worker, question: &Object) -> Result<JsValue, JsValue> {
    let mut posted = Ok(());
    let answer = Promise::new(&mut |resolve, reject| {
        let heard = Closure::once_into_js(move |event: MessageEvent| {
            drop(resolve.call1(&JsValue::NULL, &event.data()))
        });
        let failed = Closure::once_into_js(move |error: JsValue| drop(reject.call1(&JsValue::NULL, &error)));
        worker.set_onmessage(Some(heard.unchecked_ref()));
        worker.set_onerror(Some(failed.unchecked_ref()));
        posted = worker.post_message(question);
    });
    posted?;
    JsFuture::from(answer).await
}
