//! Speaking to the background: typed calls, and notices of what changed.

use std::sync::LazyLock;

use candor_protocol::{
    notice::Notice,
    ui::{AnyCall, Call, Reply, UiError, UiErrorCode},
};
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use crate::browser;

/// Asks the background; the question leaves before this returns. One that changes nothing is asked once more if the
/// background died over it.
///
/// # Errors
/// What the background answers, or [`UiErrorCode::Internal`] if it does not.
pub fn call<C: Call>(call: C) -> impl Future<Output = Result<C::Reply, UiError>> + use<C> {
    let call = call.into_any();
    let repeatable = only_reads(&call);
    // It may hold a key; it is wiped when answered.
    let text = serde_json::to_string(&call).map(Zeroizing::new);
    let first = text.as_ref().ok().map(|text| browser::send_message(text));
    async move {
        let (Ok(text), Some(first)) = (text, first) else { return Err(no_answer()) };
        let mut answer = first.await;
        if answer.is_none() && repeatable {
            answer = browser::send_message(&text).await;
        }
        let answer = Zeroizing::new(answer.ok_or_else(no_answer)?);
        understood(&answer)
    }
}

fn understood<T: DeserializeOwned>(answer: &str) -> Result<T, UiError> {
    match serde_json::from_str(answer) {
        Ok(Reply::Ok(value)) => Ok(value),
        Ok(Reply::Err(error)) => {
            if matches!(error.code, UiErrorCode::Locked | UiErrorCode::WrongStage | UiErrorCode::Damaged) {
                RECHECK.notify();
            }
            Err(error)
        }
        Err(_) => Err(no_answer()),
    }
}

fn no_answer() -> UiError {
    UiError {
        code: UiErrorCode::Internal,
        title: "Candor did not answer.".to_owned(),
        text: "Nothing was lost. Close this and open it again.".to_owned(),
        retry_after_ms: 0,
    }
}

/// Whether asking twice is the same as asking once.
const fn only_reads(call: &AnyCall) -> bool {
    matches!(
        call,
        AnyCall::Status(_)
            | AnyCall::NewKdf(_)
            | AnyCall::NewPhrase(_)
            | AnyCall::InspectPhrase(_)
            | AnyCall::PreviewAccounts(_)
            | AnyCall::Accounts(_)
            | AnyCall::Networks(_)
            | AnyCall::Balance(_)
            | AnyCall::Site(_)
            | AnyCall::Sites(_)
            | AnyCall::Queue(_)
            | AnyCall::Approval(_)
            | AnyCall::Activity(_)
            | AnyCall::Settings(_)
            | AnyCall::RecoveryDump(_)
    )
}

/// One trigger for each notice, in the order of [`index`].
static NOTICES: LazyLock<[ArcTrigger; 7]> = LazyLock::new(|| core::array::from_fn(|_| ArcTrigger::new()));
static RECHECK: LazyLock<ArcTrigger> = LazyLock::new(ArcTrigger::new);

const fn index(notice: Notice) -> usize {
    match notice {
        Notice::Status => 0,
        Notice::Accounts => 1,
        Notice::Networks => 2,
        Notice::Sites => 3,
        Notice::Requests => 4,
        Notice::Activity => 5,
        Notice::Settings => 6,
    }
}

fn trigger(notice: Notice) -> Option<&'static ArcTrigger> {
    NOTICES.get(index(notice))
}

/// Inside an effect or memo: run it again at this notice.
pub fn track(notice: Notice) {
    if let Some(trigger) = trigger(notice) {
        trigger.track();
    }
}

/// Inside an effect or memo: run it again when an answer showed that the wallet's stage is not what was thought.
pub fn track_recheck() {
    RECHECK.track();
}

/// Behaves as if this notice had come.
pub fn notify(notice: Notice) {
    if let Some(trigger) = trigger(notice) {
        trigger.notify();
    }
}

/// Starts hearing the background's notices; once per page.
pub fn listen() {
    browser::on_message(|text| {
        if let Ok(notice) = serde_json::from_str::<Notice>(&text) {
            notify(notice);
        }
    });
}
