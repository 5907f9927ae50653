//! Effects and what is drawn by them, in as little code as they need.

use leptos::prelude::*;

/// Runs something soon, and again whenever a signal that it read changes, as long as the calling component lives.
///
/// Boxed, because Leptos compiles all that is behind an effect anew for every type of closure.
pub fn effect(run: impl FnMut() + 'static) {
    fn of_box(mut run: Box<dyn FnMut()>) {
        Effect::new(move |_: Option<()>| run());
    }
    of_box(Box::new(run));
}

/// What `draw` draws, and anew whenever a signal that it read changes. It is boxed for the same reason.
pub fn redrawn<V: IntoAny>(mut draw: impl FnMut() -> V + Send + 'static) -> AnyView {
    fn of_box(mut draw: Box<dyn FnMut() -> AnyView + Send>) -> AnyView {
        view! { {move || draw()} }.into_any()
    }
    of_box(Box::new(move || draw().into_any()))
}
