//! The wallet's own pages: typed calls, and what a person does there.

use candor_protocol::{
    ui::{self, Call, DerivedKey, Kdf, Reply, SecretText, UiError, UiErrorCode},
    view::{ApprovalView, ReadyView, Stage},
};

use crate::{Host, host::Heard, import};

/// What the right password derives to; no key derivation runs here.
pub const KEY: &str = "5555555555555555555555555555555555555555555555555555555555555555";
/// What a wrong password derives to.
pub const WRONG_KEY: &str = "6666666666666666666666666666666666666666666666666666666666666666";
/// The phrase of development chains, known to everyone.
pub const ANVIL: &str = "test test test test test test test test test test test junk";
/// Its first accounts.
pub const ANVIL_ACCOUNTS: [&str; 5] = [
    "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
    "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
    "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
    "0x90F79bf6EB2c4f870365E785982E1f101E93b906",
    "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65",
];

/// A text that is a secret.
#[must_use]
pub fn secret(text: &str) -> SecretText {
    SecretText(text.to_owned())
}

impl Host {
    /// A call whose reply comes when a server answers; see [`Self::reply`].
    pub fn start_call<C: Call>(&mut self, call: C) -> u64 {
        self.message_from_surface(serde_json::to_string(&call.into_any()).expect("calls are JSON"))
    }

    /// The reply to a call, if it came.
    ///
    /// # Errors
    /// The wallet's own, or an internal one if the channel closed.
    pub fn reply<C: Call>(&mut self, reply: u64) -> Option<Result<C::Reply, UiError>> {
        Some(match self.heard(reply)? {
            Heard::Body(body) => match serde_json::from_str(&body).expect("replies have their type") {
                Reply::Ok(value) => Ok(value),
                Reply::Err(wrong) => Err(wrong),
            },
            Heard::Closed => Err(UiError {
                code: UiErrorCode::Internal,
                title: "The channel closed.".to_owned(),
                text: String::new(),
                retry_after_ms: 0,
            }),
        })
    }

    /// A call with its reply.
    ///
    /// # Errors
    /// The wallet's own, or an internal one if the channel closed.
    pub fn call<C: Call>(&mut self, call: C) -> Result<C::Reply, UiError> {
        let reply = self.start_call(call);
        self.reply::<C>(reply).expect("every call is answered")
    }

    /// A call that has to work.
    pub fn must<C: Call>(&mut self, call: C) -> C::Reply {
        self.call(call).unwrap_or_else(|wrong| panic!("{wrong:?}"))
    }

    /// A new password's key.
    pub fn new_password(&mut self) -> DerivedKey {
        let kdf: Kdf = self.must(ui::NewKdf {});
        DerivedKey { kdf, key: secret(KEY) }
    }

    /// A finished wallet of a phrase, unlocked, with public servers.
    pub fn restored(phrase: &str, indices: &[u32]) -> Self {
        let mut host = Self::default();
        let password = host.new_password();
        host.must(import::restore(password, phrase, "", indices));
        host.must(ui::ChooseServers { choice: ui::ServersChoice::Public });
        host.must(ui::FinishSetup {});
        host
    }

    /// The development wallet with two accounts.
    #[must_use]
    pub fn anvil() -> Self {
        Self::restored(ANVIL, &[0, 1])
    }

    /// Types the right password.
    pub fn unlock(&mut self) {
        self.must(ui::Unlock { key: secret(KEY) });
    }

    /// Where the wallet stands.
    pub fn stage(&mut self) -> Stage {
        self.must(ui::Status {}).stage
    }

    /// The addresses, in order.
    pub fn addresses(&mut self) -> Vec<String> {
        self.must(ui::Accounts {}).into_iter().map(|account| account.address).collect()
    }

    /// Everything that waits, as shown.
    pub fn prompts(&mut self) -> Vec<ApprovalView> {
        let queue = self.must(ui::Queue {});
        queue.requests.iter().map(|request| self.must(ui::Approval { id: request.id })).collect()
    }

    /// The only thing that waits, as shown.
    pub fn prompt(&mut self) -> ApprovalView {
        let mut prompts = self.prompts();
        assert_eq!(prompts.len(), 1, "one prompt: {prompts:#?}");
        prompts.remove(0)
    }

    /// Agrees to what was shown; for connecting, with the accounts that are ticked first.
    ///
    /// # Errors
    /// The wallet's own.
    pub fn approve(&mut self, shown: &ApprovalView) -> Result<(), UiError> {
        let ticked = shown.choices.iter().filter(|account| account.selected);
        self.call(ui::Approve {
            id: shown.id,
            fingerprint: shown.fingerprint.clone(),
            accounts: ticked.map(|account| account.address.clone()).collect(),
        })
    }

    /// Agrees to the only thing that waits, and says what it was.
    pub fn agree(&mut self) -> ApprovalView {
        let shown = self.prompt();
        self.approve(&shown).unwrap_or_else(|wrong| panic!("{wrong:?}: {shown:#?}"));
        shown
    }

    /// Says no to the only thing that waits.
    pub fn refuse(&mut self) {
        let shown = self.prompt();
        self.must(ui::Reject { id: shown.id });
    }

    /// A page that is connected, with the account in view.
    pub fn connected(&mut self, origin: &str) -> crate::page::PageId {
        let page = self.open_page(origin);
        let promised = self.ask(page, "eth_requestAccounts", serde_json::json!([]));
        self.agree();
        let _ = self.result(promised);
        page
    }

    /// A person who wants everything that waits: unlocks, tries again what failed, agrees, until nothing waits.
    /// Loses contact now and then, and starts over.
    pub fn agree_to_all(&mut self) {
        for _ in 0..20 {
            let Ok(status) = self.call(ui::Status {}) else { continue };
            if status.stage == Stage::Locked {
                let _ = self.call(ui::Unlock { key: secret(KEY) });
                continue;
            }
            let Ok(queue) = self.call(ui::Queue {}) else { continue };
            let Some(first) = queue.requests.first() else { return };
            let Ok(shown) = self.call(ui::Approval { id: first.id }) else { continue };
            match shown.ready {
                ReadyView::Ready => drop(self.approve(&shown)),
                ReadyView::Failed { .. } => drop(self.call(ui::Retry { id: first.id })),
                ReadyView::Preparing | ReadyView::Undoable { .. } | ReadyView::Sending => {}
            }
        }
        panic!("something waits forever");
    }
}
