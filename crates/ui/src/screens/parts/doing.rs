//! What a press begins and what takes a while.

use core::pin::Pin;

use candor_protocol::{
    ui::{UiError, UiErrorCode},
    view::Tone,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use crate::{
    app, browser,
    components::{
        leaf::Leaf,
        note::{Note, Problem},
    },
    effect::redrawn,
};

/// Whether it runs, and why it did not work the last time.
#[derive(Clone, Copy, Debug)]
pub struct Doing {
    busy: RwSignal<bool>,
    failure: RwSignal<Option<UiError>>,
}

/// All that such a press does.
type Task = Pin<Box<dyn Future<Output = Result<(), UiError>>>>;

impl Doing {
    /// Nothing begun yet.
    #[must_use]
    pub fn new() -> Self {
        Self { busy: RwSignal::new(false), failure: RwSignal::new(None) }
    }

    /// Does it, unless it runs already.
    pub fn begin(self, task: impl Future<Output = Result<(), UiError>> + 'static) {
        self.run(Box::pin(task));
    }

    /// Boxed, so that it is compiled once for all tasks.
    fn run(self, task: Task) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let done = task.await;
            self.busy.try_set(false);
            // What the person stopped is no failure.
            self.failure.try_set(
                done.err().filter(|error| error.code != UiErrorCode::Gone || !error.title.is_empty()),
            );
        });
    }

    /// Whether it runs.
    #[must_use]
    pub fn is_busy(self) -> bool {
        self.busy.get()
    }

    /// Forgets why it did not work.
    #[must_use]
    pub fn forgive(self) -> Callback<()> {
        Callback::new(move |()| self.failure.set(None))
    }

    /// That the password was not the right one, to be said below its field.
    #[must_use]
    pub fn wrong_password(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.failure
                .get()
                .filter(is_about_password)
                .map(|error| format!("{} {}", error.title, error.text))
        })
    }

    /// Everything else that went wrong.
    #[must_use]
    pub fn trouble(self) -> Signal<Option<(String, String)>> {
        Signal::derive(move || {
            self.failure
                .get()
                .filter(|error| !is_about_password(error))
                .map(|error| (error.title, error.text))
        })
    }
}

impl Default for Doing {
    fn default() -> Self {
        Self::new()
    }
}

const fn is_about_password(error: &UiError) -> bool {
    matches!(error.code, UiErrorCode::WrongPassword | UiErrorCode::TooSoon)
}

/// Why something does not go on, where the background was not asked.
#[must_use]
pub fn told(code: UiErrorCode, title: &str, text: &str) -> UiError {
    UiError { code, title: title.to_owned(), text: text.to_owned(), retry_after_ms: 0 }
}

/// A heading, fields, what went wrong, the button that begins, and the way back.
#[component]
pub fn Form(
    /// What the form does.
    doing: Doing,
    /// The heading, and the line below it.
    head: (&'static str, &'static str),
    /// The verb.
    label: &'static str,
    /// Names the button for tests.
    testid: &'static str,
    /// Where the way back leads.
    back: &'static str,
    /// The button was pressed.
    on_submit: Callback<()>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let busy = doing.busy;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        on_submit.run(());
    };
    view! {
        <h1>{head.0}</h1>
        <p class="lede">{head.1}</p>
        <form class="leaf__form" on:submit=submit novalidate>
            {children()}
            <Problem problem=doing.trouble()/>
            <div class="leaf__acts">
                <button
                    type="submit"
                    class="btn btn--primary btn--lg"
                    data-testid=testid
                    aria-busy=move || busy.get().to_string()
                >
                    {label}
                    {redrawn(move || busy.get().then_some("…"))}
                </button>
                <button
                    type="button"
                    class="btn btn--quiet btn--lg"
                    data-testid="back"
                    on:click=move |_| app::go(back)
                >
                    "Back"
                </button>
                {redrawn(move || busy.get().then(|| view! { <span class="vh" data-testid="busy">"One moment"</span> }.into_any()))}
            </div>
        </form>
    }
}

/// What a form came to: the fact is told apart, because it may only be known then.
#[derive(Clone, Copy, Debug)]
pub struct End {
    /// What is so now.
    pub heading: &'static str,
    /// Names the rest for tests.
    pub testid: &'static str,
    /// What to know of it.
    pub why: &'static str,
    /// Where the way on leads.
    pub to: &'static str,
}

/// A full page with a form, until it came to something. Then the heading takes the focus, and the rest is read out.
#[component]
pub fn FormLeaf(
    /// `data-screen`.
    screen: &'static str,
    /// Notes in the margin.
    notes: &'static [(&'static str, &'static str)],
    /// The fact, once there is one.
    said: RwSignal<Option<String>>,
    /// The rest.
    end: End,
    /// The form.
    children: ChildrenFn,
) -> impl IntoView {
    let End { heading, testid, why, to } = end;
    view! {
        <Leaf screen notes>
            {redrawn(move || match said.get() {
                None => children(),
                Some(what) => {
                    request_animation_frame(browser::focus_heading);
                    view! {
                        <h1>{heading}</h1>
                        <div class="leaf__form" role="status" data-testid=testid>
                            <Note tone=Tone::Good what why/>
                        </div>
                        <div class="leaf__acts">
                            <button
                                class="btn btn--primary btn--lg"
                                data-testid="continue"
                                on:click=move |_| app::go(to)
                            >
                                "Continue"
                            </button>
                        </div>
                    }
                        .into_any()
                }
            })}
        </Leaf>
    }
}
