//! Calls that a press makes and whose answer shows by what changes.

use candor_protocol::ui::Call;
use leptos::task::spawn_local;

use crate::{
    client::{self, Asked},
    components::toast,
};

/// Makes a call; a failure is said in a toast.
pub fn attempt<C: Call>(call: C) {
    let answer = client::ask(&call.into_any());
    spawn_local(say_failure(answer));
}

async fn say_failure(answer: Asked) {
    if let Err(error) = answer.await {
        toast::show(format!("{} {}", error.title, error.text));
    }
}
