//! Every surface a person sees: one Leptos application, shown as popup, approval window or full tab.
//!
//! * [`app`] — from the address and the wallet's state to the screen.
//! * [`screens`] — one file per screen.
//! * [`components`] — what screens are built of.
//! * [`model`] — what screens show, as plain functions that are tested without a browser.
//! * [`early`] — what was typed before the application was there.
//! * [`effect`] — effects.
//! * [`client`], [`browser`], [`kdf`], [`module_worker`], [`passkey`] — the only ways out: background, browser, and two kinds of workers.

pub mod app;
pub mod browser;
pub mod client;
pub mod components;
pub mod early;
pub mod effect;
pub mod gate;
pub mod importer;
pub mod kdf;
pub mod model;
pub mod module_worker;
pub mod notifications;
pub mod passkey;
#[cfg(feature = "pages")]
pub mod picture;
pub mod presence;
pub mod restoring;
pub mod route;
pub mod screens;

pub use app::start;
