//! What a surface needs of the browser beyond the document: messages, tabs, clipboard, drafts, files.

use js_sys::{Array, Function, JsString, Object, Promise, Reflect};
use leptos::prelude::{document, set_timeout, window};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AddEventListenerOptions, Blob, BlobPropertyBag, Event, File, HtmlAnchorElement, HtmlElement,
    HtmlInputElement, InputEvent, Url,
};

/// Notices of the background are shorter than this, in UTF-16 units.
const LONGEST_NOTICE: u32 = 64;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = sendMessage, catch)]
    fn runtime_send_message(message: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getURL, catch)]
    fn runtime_get_url(path: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime", "onMessage"], js_name = addListener, catch)]
    fn runtime_on_message(listener: &Function) -> Result<(), JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = create, catch)]
    fn tabs_create(properties: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = query, catch)]
    fn tabs_query(properties: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = contains, catch)]
    fn permissions_contains(wanted: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = request, catch)]
    fn permissions_request(wanted: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = get, catch)]
    fn session_get(key: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = set, catch)]
    fn session_set(items: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = remove, catch)]
    fn session_remove(key: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_name = saveWhatIsLeft, catch)]
    fn leftovers_save() -> Result<Promise, JsValue>;
}

/// A plain object.
pub fn object(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (key, value) in entries {
        // A plain object takes every property.
        drop(Reflect::set(&object, &JsValue::from_str(key), value));
    }
    object
}

async fn settled(promise: Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(promise.ok()?).await.ok()
}

/// Lets some time pass.
pub async fn pause(time: core::time::Duration) {
    let over = Promise::new(&mut |resolve, _| set_timeout(move || drop(resolve.call0(&JsValue::NULL)), time));
    settled(Ok(over)).await;
}

/// Lets a promise run; what becomes of it changes nothing here.
fn forget(promise: Result<Promise, JsValue>) {
    spawn_local(async move {
        settled(promise).await;
    });
}

/// What a promise comes to, if that is text.
pub async fn answer_of(promise: Result<Promise, JsValue>) -> Option<String> {
    settled(promise).await?.as_string()
}

/// Sends the background a message, at once; nothing comes back if nobody answered with text.
pub fn send_message(text: &str) -> impl Future<Output = Option<String>> + use<> {
    answer_of(runtime_send_message(text))
}

/// Hears the messages that the background sends to all surfaces, for the life of the page.
pub fn on_message(hear: impl Fn(String) + 'static) {
    let listener = Closure::<dyn Fn(JsValue)>::new(move |message: JsValue| {
        // The calls of other pages are heard here too. They may hold keys, and are not copied; notices are short.
        let short = message.dyn_ref::<JsString>().is_some_and(|text| text.length() < LONGEST_NOTICE);
        if let Some(text) = message.as_string().filter(|_| short) {
            hear(text);
        }
    });
    drop(runtime_on_message(listener.as_ref().unchecked_ref()));
    listener.forget();
}

/// Opens one of the wallet's own pages in a tab.
pub fn open_own(hash: &str) {
    if let Ok(url) = runtime_get_url(&format!("page.html{hash}")) {
        forget(tabs_create(&object(&[("url", url.into())])));
    }
}

/// Opens a web page in a tab; anything but `https:` and `http:` is ignored.
pub fn open_web(url: &str) {
    if url.starts_with("https://") || url.starts_with("http://") {
        forget(tabs_create(&object(&[("url", url.into())])));
    }
}

/// Origin of the page in the active tab, if it is a web page.
pub async fn active_origin() -> Option<String> {
    let query = object(&[("active", true.into()), ("currentWindow", true.into())]);
    let tabs: Array = settled(tabs_query(&query)).await?.dyn_into().ok()?;
    let url = Reflect::get(&tabs.get(0), &"url".into()).ok()?.as_string()?;
    let origin = Url::new(&url).ok()?.origin();
    (origin.starts_with("https://") || origin.starts_with("http://")).then_some(origin)
}

/// All web pages, as the manifest names them.
fn all_sites() -> Object {
    object(&[("origins", Array::of2(&"http://*/*".into(), &"https://*/*".into()).into())])
}

/// Whether the browser lets the extension be on web pages: Firefox leaves that to the person, Chromium lets it be taken
/// back. A browser that does not say lets it.
pub async fn is_on_sites() -> bool {
    settled(permissions_contains(&all_sites())).await.is_none_or(|answer| answer.as_bool() != Some(false))
}

/// Has the browser ask the person whether the extension may be on web pages, and whether it may be now. Possible only
/// while the person presses something.
pub fn ask_for_sites() -> impl Future<Output = bool> + use<> {
    let answer = permissions_request(&all_sites());
    async move {
        settled(answer).await;
        is_on_sites().await
    }
}

/// Puts text on the clipboard. Possible only while the person presses something.
pub fn copy(text: &str) {
    forget(Ok(window().navigator().clipboard().write_text(text)));
}

/// What is on the clipboard, where the browser hands it over without the person being asked to let it.
///
/// Chromium has a permission for that, which a person may have given. Firefox has none: for seconds after a press it hands
/// over what the same extension put there, and for anything else shows a button “Paste” first, which says enough.
pub async fn clipboard() -> Option<String> {
    let navigator = window().navigator();
    let named = object(&[("name", "clipboard-read".into())]);
    let allowed = settled(navigator.permissions().and_then(|all| all.query(&named))).await;
    let state = allowed.and_then(|status| Reflect::get(&status, &"state".into()).ok()?.as_string());
    if state.is_some_and(|state| state != "granted") {
        return None;
    }
    answer_of(Ok(navigator.clipboard().read_text())).await
}

/// A text in one normal form, in which the same words typed on different keyboards are the same.
#[must_use]
pub fn nfkd(text: &str) -> String {
    JsString::from(text).normalize("NFKD").into()
}

/// Puts a secret on the clipboard, and empties that after a minute: at once, or when this page has the focus again,
/// for without it browsers do not let a page write.
pub fn copy_for_a_minute(secret: &str) {
    copy(secret);
    set_timeout(empty_clipboard, core::time::Duration::from_secs(60));
}

fn empty_clipboard() {
    let emptied = window().navigator().clipboard().write_text("");
    spawn_local(async move {
        if settled(Ok(emptied)).await.is_some() {
            return;
        }
        // Some browsers want the page to have the focus, others a press in it.
        let again = Closure::once_into_js(empty_clipboard);
        let once = AddEventListenerOptions::new();
        once.set_once(true);
        let event = if document().has_focus().unwrap_or_default() { "pointerdown" } else { "focus" };
        let target = window();
        drop(target.add_event_listener_with_callback_and_add_event_listener_options(
            event,
            again.unchecked_ref(),
            &once,
        ));
    });
}

/// What was typed into a form before its popup closed. Kept in memory only, until the browser closes.
pub async fn draft(name: &str) -> Option<String> {
    let found = settled(session_get(name)).await?;
    Reflect::get(&found, &name.into()).ok()?.as_string()
}

/// Keeps what was typed into a form. Never for secrets.
pub fn keep_draft(name: &str, text: &str) {
    forget(session_set(&object(&[(name, text.into())])));
}

/// Forgets what was typed into a form.
pub fn drop_draft(name: &str) {
    forget(session_remove(name));
}

/// Offers all that is stored as a file, as far as the browser hands it over; nothing if that did not work.
pub async fn save_what_is_left() -> Option<()> {
    settled(leftovers_save()).await.map(drop)
}

/// Offers a text of this media type as a file.
pub fn save_file(name: &str, kind: &str, text: &str) -> Option<()> {
    let properties = BlobPropertyBag::new();
    properties.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &properties).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The click has handed the blob to the download by the time the next task runs.
    set_timeout(move || drop(Url::revoke_object_url(&url)), core::time::Duration::from_secs(60));
    Some(())
}

/// Whether a field's new text came at once, from the clipboard or dragged here, rather than typed.
#[must_use]
pub fn is_pasted(event: &Event) -> bool {
    event
        .dyn_ref::<InputEvent>()
        .is_some_and(|input| ["insertFromPaste", "insertFromDrop"].contains(&input.input_type().as_str()))
}

/// The file that was chosen in a field for files. The field is emptied, so that the same file can be chosen again.
#[must_use]
pub fn chosen_file(event: &Event) -> Option<File> {
    let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = field.files()?.get(0)?;
    field.set_value("");
    Some(file)
}

/// The text of a file of at most so many bytes.
pub async fn text_of(file: File, largest: f64) -> Option<String> {
    if file.size() > largest {
        return None;
    }
    settled(Ok(file.text())).await?.as_string()
}

/// Closes this window, where the browser lets a page close it.
pub fn close() {
    drop(window().close());
}

/// The page's clock in milliseconds. It only ever goes forward.
#[must_use]
pub fn now() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// Whether the person asked for less movement.
#[must_use]
pub fn prefers_reduced_motion() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// Whether a modal sheet lies over the screen.
#[must_use]
pub fn sheet_is_open() -> bool {
    document().query_selector("dialog[open]").ok().flatten().is_some()
}

/// Sets a custom property of an element through the object model; the page's policy forbids style attributes.
pub fn set_property(element: &HtmlElement, name: &str, value: &str) {
    drop(element.style().set_property(name, value));
}

/// Moves the focus to the heading of the screen that just appeared, unless the screen has put it somewhere itself.
/// Never to a button: an Enter that was meant for the screen before must not press anything.
pub fn focus_heading() {
    let document = document();
    let at_rest =
        document.active_element().is_none_or(|element| element.tag_name().eq_ignore_ascii_case("body"));
    let heading = document.query_selector("[data-testid=screen] h1").ok().flatten();
    if let Some(heading) =
        heading.filter(|_| at_rest).and_then(|heading| heading.dyn_into::<HtmlElement>().ok())
    {
        heading.set_tab_index(-1);
        drop(heading.focus());
    }
}

/// Moves the focus to the first element that a selector finds.
pub fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        drop(element.focus());
    }
}

/// What the last surface saw, so that the next can paint before it hears from the background. Not a secret, and never
/// trusted: the background's answer replaces it.
#[must_use]
pub fn hint(name: &str) -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(name).ok().flatten()
}

/// Leaves a hint for the next surface.
pub fn set_hint(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        drop(storage.set_item(name, value));
    }
}
