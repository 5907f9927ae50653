//! `wallet_getSession` (CAIP-25).

use candor_chain::methods;
use candor_primitives::Origin;
use serde_json::{Map, Value, json};

use super::{Answer, Question};
use crate::Wallet;

/// What the wallet answers itself for any network that a session has.
const OWN: [&str; 15] = [
    "eth_accounts",
    "eth_chainId",
    "eth_decrypt",
    "eth_getEncryptionPublicKey",
    "eth_sendTransaction",
    "eth_signTypedData",
    "eth_signTypedData_v1",
    "eth_signTypedData_v3",
    "eth_signTypedData_v4",
    "net_version",
    "personal_ecRecover",
    "personal_sign",
    "wallet_getCapabilities",
    "wallet_sendCalls",
    "web3_clientVersion",
];

/// Whether `wallet_invokeMethod` may call it.
pub(super) fn is_of_session(method: &str) -> bool {
    OWN.contains(&method) || methods::is_forwarded(method)
}

impl Wallet {
    pub(super) fn wallet_get_session(&self, question: &Question<'_>) -> Answer {
        Answer::Now(self.session(&question.page.origin))
    }

    /// What an origin was granted, as CAIP-25 says it.
    pub(crate) fn session(&self, origin: &Origin) -> Value {
        let accounts = self.visible_accounts(origin);
        let methods: Vec<&str> = OWN.iter().copied().chain(methods::forwarded()).collect();
        let chains = if accounts.is_empty() { Vec::new() } else { self.permitted_chains(origin) };
        let scope = |chain: candor_primitives::ChainId| {
            let name = format!("eip155:{chain}");
            let accounts: Value = accounts.iter().map(|account| format!("{name}:{account:#x}")).collect();
            (name, json!({ "accounts": accounts, "methods": methods, "notifications": [] }))
        };
        json!({ "sessionScopes": chains.into_iter().map(scope).collect::<Map<_, _>>() })
    }
}
