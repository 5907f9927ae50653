//! A world for the wallet core to live in: the host of `background.js`, pages, surfaces and chains, all simulated.
//!
//! [`Host`] plays `background.js` by the rules of [`candor_protocol::host`], with a clock that only tests move. It can
//! lose the core between any two events and after any single effect, as browsers do, and everything around it reacts
//! as the real parts would: pages send again, surfaces say that they lost contact, storage stays as it was.

mod background;
pub mod backup;
pub mod chain;
pub mod host;
pub mod import;
mod log;
pub mod matrix;
mod multicall;
pub mod net;
pub mod page;
pub mod platform;
pub mod python;
pub mod storage;
pub mod surface;

pub use host::Host;
