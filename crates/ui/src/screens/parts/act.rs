//! Calls that a press makes and whose answer shows by what changes.

use candor_protocol::ui::Call;
use leptos::task::spawn_local;

use crate::{client, components::toast};

/// Makes a call; a failure is said in a toast.
pub fn attempt<C: Call + 'static>(call: C) {
    spawn_local(async move {
        if let Err(error) = client::call(call).await {
            toast::show(format!("{} {}", error.title, error.text));
        }
    });
}
