//! Scanning a receiver: a QR code before the camera or in a picture. Only a full tab stays open while the browser asks for
//! the camera or lets a file be chosen; from elsewhere the way leads there.

use leptos::prelude::*;
#[cfg(feature = "pages")]
use {
    crate::{
        browser,
        components::{file_row::FileRow, note::Problem, sheet::Sheet},
        effect::redrawn,
        model::scanned,
        module_worker::ModuleWorker,
        picture::{self, Camera},
    },
    candor_protocol::scan::Picture,
    core::time::Duration,
    leptos::{ev::Event, html::Video, task::spawn_local},
};

use crate::{app, components::icon::Icon};

/// Between two looks of the camera.
#[cfg(feature = "pages")]
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// Opens the sheet of [`ScanSheet`], in a full tab if this is none.
#[component]
pub fn ScanButton(
    /// Whether the sheet is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let press = move |_| {
        if cfg!(feature = "pages") {
            open.set(true);
        } else {
            app::open_tab(&app::hash());
        }
    };
    view! {
        <button
            type="button"
            class="iconbtn"
            aria-label="Scan a code"
            title="Scan a code"
            data-testid="scan-open"
            on:click=press
        >
            <Icon name="scan" size=20/>
        </button>
    }
}

/// The camera's picture and a field for a picture; hands over what the first code that names a receiver holds.
#[cfg(feature = "pages")]
#[component]
pub fn ScanSheet(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Told the text.
    on_text: Callback<String>,
) -> impl IntoView {
    let found = Callback::new(move |text: String| {
        open.set(false);
        on_text.run(text);
    });
    view! {
        <Sheet open title="Scan a code">
            <Scan found/>
        </Sheet>
    }
}

#[cfg(feature = "pages")]
#[component]
fn Scan(found: Callback<String>) -> impl IntoView {
    let worker = ModuleWorker::new("scan");
    let problem = RwSignal::new(None::<(String, String)>);
    let name = RwSignal::new(None::<String>);
    let camera = StoredValue::new_local(None::<Camera>);
    let video = NodeRef::<Video>::new();
    // Nothing while the browser asks for the camera.
    let seeing = RwSignal::new(None::<bool>);
    let take = move |text: &str| match scanned::receiver(text) {
        Ok(text) => found.run(text),
        Err(wrong) => {
            problem.try_set(Some((wrong.title, wrong.text)));
        }
    };
    let read = move |picture: Picture| worker.call::<_, Option<String>>(&picture);
    spawn_local(async move {
        let opened = Camera::open().await;
        seeing.try_set(Some(opened.is_some()));
        if let (Some(opened), Some(video)) = (&opened, video.get_untracked()) {
            opened.show(&video);
        }
        // Nobody keeps it once the sheet is closed: then it is switched off here.
        if camera.try_update_value(move |camera| *camera = opened).is_none() {
            return;
        }
        while seeing.try_get_untracked().flatten() == Some(true) {
            if let Some(picture) =
                video.try_get_untracked().flatten().and_then(|video| picture::of_video(&video))
                && let Ok(Some(text)) = read(picture).await
                && seeing.try_get_untracked().is_some()
            {
                take(&text);
            }
            browser::pause(LOOK_EVERY).await;
        }
    });
    let choose = Callback::new(move |event: Event| {
        let Some(file) = browser::chosen_file(&event) else { return };
        name.set(Some(file.name()));
        problem.set(None);
        spawn_local(async move {
            let text = match picture::of_file(&file).await {
                Some(picture) => read(picture).await.ok().flatten(),
                None => None,
            };
            match text {
                Some(text) => take(&text),
                None => {
                    let why = "Take another one, straight from above, with all of the code in it.";
                    problem.try_set(Some((
                        "There is no readable code in this picture.".to_owned(),
                        why.to_owned(),
                    )));
                }
            }
        });
    });
    view! {
        <div class="sheet__text">
            <video
                class="scan"
                node_ref=video
                data-testid="scan-camera"
                data-seeing=move || seeing.get().unwrap_or_default().to_string()
                hidden=move || seeing.get() != Some(true)
                autoplay
                muted
                playsinline
                aria-label="What the camera sees"
            ></video>
            {redrawn(move || {
                let said = match seeing.get() {
                    None => "The browser asks whether Candor may use the camera.",
                    Some(true) => "Hold the code before the camera.",
                    Some(false) => "No camera can be used. A picture of the code does as well.",
                };
                view! { <p class="field__hint" role="status">{said}</p> }
            })}
            <FileRow testid="scan-picture" accept="image/*" name placeholder="A picture of the code" on_choose=choose/>
            <Problem problem/>
        </div>
    }
}
