//! Everything a wallet must know about a network without talking to it: the registry of networks, JSON-RPC
//! messages, fees, nonces, receipts and the few token calls it makes itself.
//!
//! Nothing here does IO. Questions are encoded to text, answers are decoded from text; who carries them, when,
//! and to which endpoint is decided elsewhere.

pub mod add_network;
pub mod amount;
pub mod arbitrum;
pub mod assets;
pub mod broadcast;
pub mod coin_price;
mod endpoint;
pub mod ens;
pub mod erc20;
pub mod fees;
pub mod gas;
pub mod methods;
pub mod multicall;
pub mod nft;
pub mod nonce;
pub mod op_stack;
pub mod pool;
pub mod price;
pub mod quantity;
pub mod receipt;
pub mod registry;
pub mod revert;
pub mod rpc;
mod text;
pub mod transfers;
pub mod wait;
pub mod watch;

pub use add_network::{AddNetworkError, NewNetwork};
pub use coin_price::CoinPrice;
pub use endpoint::{EndpointError, EndpointUrl, Reach};
pub use fees::{FeeRate, FeeSuggestion};
pub use methods::MethodClass;
pub use receipt::{Receipt, TxOutcome};
pub use registry::{ChainKind, Coin, Network};
pub use revert::RevertReason;
pub use rpc::{NodeError, RpcError};
