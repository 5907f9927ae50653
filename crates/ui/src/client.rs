//! Speaking to the background: typed calls, and notices of what changed.

use core::{pin::Pin, time::Duration};
use std::sync::LazyLock;

use candor_protocol::{
    notice::Notice,
    ui::{AnyCall, Call, Reply, UiError, UiErrorCode},
};
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use crate::browser;

/// How often a question that changes nothing is asked again when the background died over it: at once, for it is
/// stopped as a matter of course, and then after pauses that double, for a browser may need a moment to start it anew.
const REPEATS: u32 = 7;
/// The first of those pauses; all together take three seconds.
const PAUSE: Duration = Duration::from_millis(50);

/// Asks the background; the question leaves before this returns. One that changes nothing is asked again if the
/// background died over it.
///
/// # Errors
/// What the background answers, or [`UiErrorCode::Internal`] if it does not.
pub fn call<C: Call>(call: C) -> impl Future<Output = Result<C::Reply, UiError>> + use<C> {
    let answer = ask(&call.into_any());
    async move { understood(&answer.await?) }
}

/// The value of a good answer as text, on its way.
pub type Asked = Pin<Box<dyn Future<Output = Result<Zeroizing<String>, UiError>>>>;

/// Asks like [`call`], and leaves the value to be [`understood`]: all that does not depend on its type, and so need not
/// be compiled for each.
pub fn ask(call: &AnyCall) -> Asked {
    let repeatable = only_reads(call);
    // It may hold a key; it is wiped when answered.
    let text = serde_json::to_string(call).map(Zeroizing::new);
    let first = text.as_ref().ok().map(|text| browser::send_message(text));
    Box::pin(async move {
        let (Ok(text), Some(first)) = (text, first) else { return Err(no_answer()) };
        let mut answer = first.await;
        for before in 0..REPEATS {
            if answer.is_some() || !repeatable {
                break;
            }
            if let Some(doubled) = before.checked_sub(1) {
                browser::pause(PAUSE.saturating_mul(1 << doubled)).await;
            }
            answer = browser::send_message(&text).await;
        }
        let answer = Zeroizing::new(answer.ok_or_else(no_answer)?);
        match good(&answer) {
            Some(value) => Ok(Zeroizing::new(value.to_owned())),
            None => Err(refused(&answer)),
        }
    })
}

/// The value of an answer to [`ask`].
///
/// # Errors
/// It is not what the call promises, which only a background of another version would send.
pub fn understood<T: DeserializeOwned>(value: &str) -> Result<T, UiError> {
    serde_json::from_str(value).map_err(|_| no_answer())
}

/// The value inside `{"ok":…}`, which is how [`Reply`] is written.
fn good(answer: &str) -> Option<&str> {
    answer.strip_prefix(r#"{"ok":"#)?.strip_suffix('}')
}

fn refused(answer: &str) -> UiError {
    let Ok(Reply::<()>::Err(error)) = serde_json::from_str(answer) else { return no_answer() };
    if matches!(error.code, UiErrorCode::Locked | UiErrorCode::WrongStage | UiErrorCode::Damaged) {
        RECHECK.notify();
    }
    error
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
            | AnyCall::RaisedKdf(_)
            | AnyCall::NewKeyring(_)
            | AnyCall::DeriveAccounts(_)
            | AnyCall::FindAccount(_)
            | AnyCall::TransactionCount(_)
            | AnyCall::Keyrings(_)
            | AnyCall::Accounts(_)
            | AnyCall::Networks(_)
            | AnyCall::EgressLog(_)
            | AnyCall::NetworkServers(_)
            | AnyCall::Balance(_)
            | AnyCall::Tokens(_)
            | AnyCall::Portfolio(_)
            | AnyCall::Currencies(_)
            | AnyCall::Site(_)
            | AnyCall::Sites(_)
            | AnyCall::Queue(_)
            | AnyCall::Approval(_)
            | AnyCall::Activity(_)
            | AnyCall::Settings(_)
            | AnyCall::InspectBackup(_)
    )
}

/// One trigger for each notice, in the order of [`index`].
static NOTICES: LazyLock<[ArcTrigger; 12]> = LazyLock::new(|| core::array::from_fn(|_| ArcTrigger::new()));
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
        Notice::Tokens => 7,
        Notice::Portfolio => 8,
        Notice::Servers => 9,
        Notice::Contacts => 10,
        Notice::History => 11,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_answer_is_told_from_a_refusal() {
        let check = |reply: Reply<Vec<u32>>, expected: Option<&str>| {
            assert_eq!(good(&serde_json::to_string(&reply).expect("it is plain data")), expected);
        };
        check(Reply::Ok(vec![1, 2]), Some("[1,2]"));
        check(Reply::Err(no_answer()), None);
    }
}
