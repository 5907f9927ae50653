//! A row that lets a person choose a file.

use leptos::{ev::Event, prelude::*};

use super::icon::Icon;
use crate::effect::redrawn;

/// Choose the file; below it the name of the chosen one.
#[component]
pub fn FileRow(
    /// Names it for tests.
    testid: &'static str,
    /// Kinds of files, as the browser's chooser filters them.
    accept: &'static str,
    /// The chosen file's name.
    name: RwSignal<Option<String>>,
    /// What such a name looks like.
    placeholder: &'static str,
    /// A file was chosen.
    on_choose: Callback<Event>,
) -> impl IntoView {
    view! {
        <div class="ledger">
            <label class="row row--full row--tall">
                <input
                    class="vh"
                    type="file"
                    accept=accept
                    data-testid=testid
                    on:change=move |event| on_choose.run(event)
                />
                <span class="disc">
                    <Icon name="file"/>
                </span>
                <span class="row__main">
                    <span class="row__t">"Choose the file"</span>
                    <span class="row__s" role="status">
                        {redrawn(move || name.get().unwrap_or_else(|| placeholder.to_owned()))}
                    </span>
                </span>
            </label>
        </div>
    }
}
