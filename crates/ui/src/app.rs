//! The shell: theme, address, the wallet's stage, and the one screen that follows from them.

use candor_protocol::{
    VERSION,
    notice::Notice,
    ui::{Status, UiError},
    view::{Setup, Stage, StatusView, Theme},
};
use leptos::{ev, mount::mount_to_body, prelude::*, task::spawn_local};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{
    browser, client,
    components::toast::ToastHost,
    early::Early,
    effect::{effect, redrawn},
    gate::{Shown, shown},
    presence,
    restoring::Restoring,
    route::{Route, Surface},
    screens,
};

/// Under these names a surface leaves the next one what it saw.
const STAGE_HINT: &str = "stage";
const THEME_HINT: &str = "theme";

/// Starts the application in this page.
#[wasm_bindgen]
pub fn start() {
    // It leaves before anything is drawn: the answer is what most screens wait for.
    let first = client::call(Status {});
    let early = Early::take();
    client::listen();
    presence::watch();
    mark("data-surface", Some(Surface::parse(&hash()).name()));
    mark("data-theme", browser::hint(THEME_HINT).as_deref().filter(|theme| !theme.is_empty()));
    mount_to_body(move || {
        let shell = Shell::new();
        shell.ask(first);
        view! { <App shell early/> }
    });
}

/// What the wallet was last heard to be.
#[derive(Clone, Copy, Debug)]
struct Shell {
    status: RwSignal<Option<StatusView>>,
    trouble: RwSignal<Option<UiError>>,
    /// Answers may overtake each other; only the one to the latest question counts.
    latest: StoredValue<u32>,
}

impl Shell {
    fn new() -> Self {
        Self { status: RwSignal::new(None), trouble: RwSignal::new(None), latest: StoredValue::new(0) }
    }

    fn ask(self, question: impl Future<Output = Result<StatusView, UiError>> + 'static) {
        let mine = self.latest.get_value().wrapping_add(1);
        self.latest.set_value(mine);
        spawn_local(async move {
            let answer = question.await;
            if self.latest.try_get_value() == Some(mine) {
                self.learn(answer);
            }
        });
    }

    fn learn(self, answer: Result<StatusView, UiError>) {
        match answer {
            Ok(status) => {
                let theme = match status.theme {
                    Theme::System => None,
                    Theme::Light => Some("light"),
                    Theme::Dark => Some("dark"),
                };
                mark("data-theme", theme);
                browser::set_hint(THEME_HINT, theme.unwrap_or_default());
                let stage = match (status.stage, status.setup) {
                    (Stage::Locked, _) => "locked",
                    (Stage::Unlocked, Setup::Finished) => "open",
                    _ => "",
                };
                browser::set_hint(STAGE_HINT, stage);
                self.trouble.set(None);
                if self.status.with_untracked(|before| before.as_ref() != Some(&status)) {
                    self.status.set(Some(status));
                }
            }
            Err(error) => self.trouble.set(Some(error)),
        }
    }
}

/// The last known state of the wallet; nothing until the background answered for the first time.
#[must_use]
pub fn status() -> Signal<Option<StatusView>> {
    expect_context::<Shell>().status.into()
}

/// In which of the browser's places this page is shown.
#[must_use]
pub fn surface() -> Surface {
    // Kept in the document, so that it can be asked for anywhere and the style sheet sees the same.
    let root = document().document_element();
    match root.and_then(|root| root.get_attribute("data-surface")).as_deref() {
        Some("window") => Surface::Window,
        Some("tab") => Surface::Tab,
        _ => Surface::Popup,
    }
}

/// Asks for the wallet's state anew.
pub fn refresh() {
    client::notify(Notice::Status);
}

/// Goes to another screen of this surface.
pub fn go(hash: &str) {
    // Setting a hash cannot fail for a page that is shown.
    drop(window().location().set_hash(hash));
}

/// Goes to another screen in a full tab, and closes the popup that it was opened from.
pub fn open_tab(hash: &str) {
    if surface() == Surface::Tab {
        return go(hash);
    }
    browser::open_own(hash);
    browser::close();
}

/// Ends a surface that has nothing left to show: windows close, tabs go home.
pub fn leave() {
    if surface() == Surface::Tab {
        go("#/home");
    } else {
        browser::close();
    }
}

/// Where this page is, as the part of its address that the application reads.
#[must_use]
pub fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// Sets or removes an attribute of the document's root, by which the style sheet knows surface and theme.
fn mark(name: &str, value: Option<&str>) {
    if let Some(root) = document().document_element() {
        // Both names are valid, which is all that could go wrong.
        drop(match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        });
    }
}

#[component]
fn App(shell: Shell, early: Option<Early>) -> impl IntoView {
    provide_context(shell);
    provide_context(Restoring::default());
    let surface = surface();

    let route = RwSignal::new(Route::parse(&hash()));
    let listener = window_event_listener(ev::hashchange, move |_| route.set(Route::parse(&hash())));
    on_cleanup(move || listener.remove());

    let mut first = true;
    effect(move || {
        client::track(Notice::Status);
        client::track(Notice::Settings);
        client::track(Notice::Requests);
        client::track_recheck();
        if !first {
            shell.ask(client::call(Status {}));
        }
        first = false;
    });

    // A hint lets the unlock screen appear at once; everything else waits for the truth.
    let hinted = early.is_some() || browser::hint(STAGE_HINT).as_deref() == Some("locked");
    provide_context(StoredValue::new_local(early));
    let stage =
        Memo::new(move |_| match shell.status.with(|status| status.as_ref().map(|s| (s.stage, s.setup))) {
            None if hinted => Some((Stage::Locked, Setup::Finished)),
            known => known,
        });
    let screen = Memo::new(move |_| {
        let (stage, setup) = stage.get()?;
        Some(shown(route.get(), surface, stage, setup))
    });
    let outdated = Memo::new(move |_| {
        shell.status.with(|status| status.as_ref().is_some_and(|status| status.version != VERSION))
    });
    let steps = Restoring::here();
    effect(move || {
        // What was given on the way in does not outlive the lock.
        if stage.get().is_some_and(|(stage, _)| stage == Stage::Locked) {
            steps.clear();
        }
    });
    effect(move || {
        screen.track();
        request_animation_frame(browser::focus_heading);
    });

    view! {
        {redrawn(move || {
            if outdated.get() {
                return view! { <screens::trouble::UpdatedScreen/> }.into_any();
            }
            match screen.get() {
                Some(Shown::Screen(route)) => screens::view_of(route),
                Some(Shown::Unlock) => view! { <screens::unlock::UnlockScreen/> }.into_any(),
                Some(Shown::ContinueInTab { begun }) => {
                    view! { <screens::continue_in_tab::ContinueScreen begun/> }.into_any()
                }
                None => {
                    view! {
                        {redrawn(move || {
                            shell.trouble.get().map(|error| view! { <screens::trouble::TroubleScreen error/> }.into_any())
                        })}
                    }
                        .into_any()
                }
            }
        })}
        <screens::parts::copy_address::CopiedHost/>
        <ToastHost/>
    }
}
