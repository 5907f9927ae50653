//! Letters that stand for networks, coins and sites.

use leptos::prelude::*;

use crate::{
    components::icon::Icon,
    model::{connection, networks},
};

/// A network's tile: its letter on one of eight inks. Pictures are never fetched.
#[component]
pub fn NetworkTile(
    /// Its name.
    name: String,
    /// Its number, which picks the ink.
    chain_id: u64,
    /// Width and height in pixels.
    #[prop(default = 20)]
    size: u16,
) -> impl IntoView {
    view! {
        <svg
            class="net tile"
            data-ink=networks::ink(chain_id).to_string()
            width=size
            height=size
            viewBox="0 0 16 16"
            aria-hidden="true"
        >
            <rect width="16" height="16" rx="4.5"></rect>
            <text x="8" y="11.6" text-anchor="middle">{networks::letter(&name).to_string()}</text>
        </svg>
    }
}

/// A network's native coin: its letter on a disc in the network's ink.
#[component]
pub fn CoinDisc(
    /// Its symbol.
    symbol: String,
    /// The network it lives on.
    chain_id: u64,
    /// Width and height in pixels.
    #[prop(default = 32)]
    size: u16,
) -> impl IntoView {
    view! {
        <svg
            class="net tile"
            data-ink=networks::ink(chain_id).to_string()
            width=size
            height=size
            viewBox="0 0 16 16"
            aria-hidden="true"
        >
            <circle cx="8" cy="8" r="8"></circle>
            <text x="8" y="11.2" text-anchor="middle">{networks::letter(&symbol).to_string()}</text>
        </svg>
    }
}

/// A site's tile: its letter, or a globe. Its own picture is never fetched, since anyone can copy one.
#[component]
pub fn SiteTile(
    /// Its origin.
    origin: String,
    /// Width and height in pixels.
    #[prop(default = 32)]
    size: u16,
) -> impl IntoView {
    match connection::letter(&origin) {
        Some(letter) => view! {
            <svg class="fav site-tile" width=size height=size viewBox="0 0 24 24" aria-hidden="true">
                <rect width="24" height="24" rx="5"></rect>
                <text x="12" y="17" text-anchor="middle">{letter.to_string()}</text>
            </svg>
        }
        .into_any(),
        None => view! { <span class="disc"><Icon name="globe" size=20/></span> }.into_any(),
    }
}
