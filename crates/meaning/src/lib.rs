//! From the bytes to be signed to one plain sentence.
//!
//! The facts in a sentence come from the very bytes that get signed and from what the wallet knows by itself (the
//! [`Lens`]); names that a payload gives to itself are never repeated. What cannot be read exactly is called unknown:
//! a guess would be a lie.

mod abi;
mod amount;
mod approval;
mod asset;
mod calls;
mod date;
mod encryption;
mod guard;
mod known;
mod legacy_typed_data;
mod lens;
mod message;
mod parts;
mod permit;
mod replacement;
mod sentence;
mod sign_in;
mod site;
mod text;
mod token;
mod transaction;
mod typed_data;

pub use amount::{exact_decimal, in_sentence};
pub use asset::{Asset, Collectible, asset_name, watch_asset};
pub use calls::calls;
pub use encryption::{Opened, decrypt, encryption_key};
pub use guard::{Acquaintance, LookAlike, Memory, Relation, acknowledgement, differing, look_alike};
pub use known::{is_imitation, known_on_another, known_token, known_tokens};
pub use legacy_typed_data::legacy_typed_data;
pub use lens::{Account, Lens, Network, TokenInfo, TokenSource};
pub use message::message;
pub use parts::{short_address, worst_first};
pub use replacement::{Replacement, replacement};
pub use sentence::{Fact, Kind, Meaning, Note, Sentence, Slot, Template, Tone};
pub use sign_in::{SignIn, SignInError};
pub use site::{add_network, connect, switch_network};
pub use transaction::transaction;
pub use typed_data::typed_data;
