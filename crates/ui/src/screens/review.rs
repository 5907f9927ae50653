//! The last look at a payment of one's own: the same as a site's request, in the window where it was begun.

use leptos::prelude::*;

use super::approval::RequestView;
use crate::app;

/// Shows the request that the route names; afterwards its progress.
#[component]
pub fn ReviewScreen(
    /// The request.
    id: u64,
) -> impl IntoView {
    let on_end = Callback::new(|_| app::go("#/activity"));
    view! { <RequestView id screen="review" on_end/> }
}
