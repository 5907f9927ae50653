use std::borrow::Cow;

use crate::LookAlike;

/// How much care something needs. Ordered: the highest of all parts is that of the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// Read this first.
    Care,
    /// This can cost you.
    Risk,
}

/// Everything that a person needs to know of a request before agreeing to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The request, complete and exact.
    pub sentence: Sentence,
    /// The highest tone of the sentence and the notes.
    pub tone: Tone,
    /// Label of the button that agrees.
    pub verb: &'static str,
    /// Label of the button that does not.
    pub refusal: &'static str,
    /// What sort of request it is.
    pub kind: Kind,
    /// Remarks, worst first.
    pub notes: Vec<Note>,
    /// Rows for “Details”.
    pub facts: Vec<Fact>,
    /// The words that get signed, to be shown in full (deceptive characters written out).
    pub words: Option<String>,
    /// Whom the receiver of a transfer is mistaken for.
    pub look_alike: Option<LookAlike>,
}

/// What sort of request it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Seeing accounts.
    Connect,
    /// Another network for a site.
    SwitchNetwork,
    /// A new network.
    AddNetwork,
    /// A token or collectible to be shown in the wallet.
    WatchAsset,
    /// Sign-In with Ethereum (ERC-4361).
    SignIn,
    /// Readable words (EIP-191).
    PlainText,
    /// Bytes that are not words.
    UnknownMessage,
    /// A structured message (EIP-712) of unknown shape.
    TypedData,
    /// The key with which others can write to an account.
    EncryptionKey,
    /// The text of an encrypted message.
    Decrypt,
    /// A signature that lets someone spend a token.
    Permit,
    /// The network's own coin moves.
    NativeTransfer,
    /// A token moves.
    TokenTransfer,
    /// Someone may spend a token, or no longer.
    Approval,
    /// Someone may move a whole collection, or no longer.
    CollectionApproval,
    /// A new contract.
    Deploy,
    /// A call that is not understood.
    UnknownCall,
    /// Several transactions at once.
    Calls,
}

impl Kind {
    /// A stable name in kebab-case.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::SwitchNetwork => "switch-network",
            Self::AddNetwork => "add-network",
            Self::WatchAsset => "watch-asset",
            Self::SignIn => "sign-in",
            Self::PlainText => "plain-text",
            Self::UnknownMessage => "unknown-message",
            Self::TypedData => "typed-data",
            Self::EncryptionKey => "encryption-key",
            Self::Decrypt => "decrypt",
            Self::Permit => "permit",
            Self::NativeTransfer => "native-transfer",
            Self::TokenTransfer => "token-transfer",
            Self::Approval => "approval",
            Self::CollectionApproval => "collection-approval",
            Self::Deploy => "deploy",
            Self::UnknownCall => "unknown-call",
            Self::Calls => "calls",
        }
    }
}

/// A remark beside the sentence: a fact, and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// How much care it needs.
    pub tone: Tone,
    /// The rule that found it, in kebab-case.
    pub rule: &'static str,
    /// The fact.
    pub what: String,
    /// Why it matters, and what to do.
    pub why: String,
}

/// One row of “Details”.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub label: Cow<'static, str>,
    /// Its exact value.
    pub value: String,
}

/// A sentence: a whole template and its slots, so that it can be translated as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The pattern.
    pub template: Template,
    /// The variable parts, in the order of the English pattern.
    pub slots: Vec<Slot>,
}

impl Sentence {
    /// The slot of that name.
    #[must_use]
    pub fn slot(&self, name: &str) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.name == name)
    }

    /// The English sentence.
    #[must_use]
    pub fn plain_text(&self) -> String {
        // The pattern is walked once, so braces inside a slot's text stay text.
        let mut parts = self.template.english().split('{');
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').unwrap_or((part, ""));
            text.push_str(self.slot(name).map_or("", |slot| slot.text.as_str()));
            text.push_str(rest);
        }
        text
    }
}

/// A variable part of a sentence, which can be pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its name in the pattern.
    pub name: &'static str,
    /// What is shown.
    pub text: String,
    /// How much care it needs.
    pub tone: Tone,
    /// What is shown when it is pressed: the full address, the exact integer, the whole text up to 4,096 characters
    /// (then `… (N bytes)`, of which the text or the instructions have N).
    pub exact: String,
}

macro_rules! templates {
    ($($(#[$doc:meta])* $name:ident, $key:literal, $english:literal;)*) => {
        /// The patterns of sentences.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Template {
            $($(#[$doc])* $name,)*
        }

        impl Template {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// A stable name in kebab-case, under which translations are found.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// The English pattern, slots in braces.
            #[must_use]
            pub const fn english(self) -> &'static str {
                match self { $(Self::$name => $english,)* }
            }
        }
    };
}

templates! {
    /// The network's coin moves.
    NativeTransfer, "native-transfer", "Send {amount} to {recipient} on {network}.";
    /// The network's coin goes back to its own account, as when a waiting transaction is cancelled.
    SelfTransfer, "self-transfer", "Send {amount} from {account} to itself on {network}.";
    /// A token moves.
    TokenTransfer, "token-transfer", "Send {amount} to {recipient} on {network}.";
    /// A token moves out of an account that allowed it.
    TokenTransferFrom, "token-transfer-from", "Send {amount} of {owner} to {recipient} on {network}.";
    /// Someone may spend a token, up to an amount.
    ApproveLimited, "approve-limited", "Let {spender} spend up to {amount} on {network}, {until}.";
    /// Someone may spend a token without limit.
    ApproveUnlimited, "approve-unlimited", "Let {spender} spend {amount} on {network}, {until}.";
    /// The limit rises.
    ApproveRaise, "approve-raise", "Let {spender} spend up to {amount} instead of {before} on {network}.";
    /// The limit falls.
    ApproveLower, "approve-lower", "Lower what {spender} may spend from {before} to {amount} on {network}.";
    /// The limit rises by an amount, whatever it is.
    ApproveMore, "approve-more", "Let {spender} spend {amount} more than today on {network}, {until}.";
    /// The limit falls by an amount, whatever it is.
    ApproveLess, "approve-less", "Lower what {spender} may spend by {amount} on {network}.";
    /// Someone may no longer spend a token.
    ApproveNone, "approve-none", "Remove the permission of {spender} to spend your {token} on {network}.";
    /// Someone may move a whole collection.
    CollectionAll, "collection-all", "Let {operator} move {items} on {network}, {until}.";
    /// Someone may no longer move a whole collection.
    CollectionNone, "collection-none", "Remove the permission of {operator} to move {items} on {network}.";
    /// A signature that lets someone spend up to an amount.
    PermitLimited, "permit-limited", "Let {spender} spend up to {amount} on {network}, {until}. No fee.";
    /// A signature that lets someone spend without limit.
    PermitUnlimited, "permit-unlimited", "Let {spender} spend {amount} on {network}, {until}, with one signature.";
    /// A signature that takes a permission back.
    PermitNone, "permit-none", "Remove the permission of {spender} to spend your {token} on {network}. No fee.";
    /// A new contract.
    Deploy, "deploy", "Publish {contract} on {network}.";
    /// A call that is not understood.
    UnknownCall, "unknown-call", "Run {function} of {contract} on {network}.";
    /// A call that is not understood, paid.
    UnknownCallPaid, "unknown-call-paid", "Pay {value} to run {function} of {contract} on {network}.";
    /// Several transactions at once.
    Calls, "calls", "Do {count} on {network}, one after the other.";
    /// Something that is understood, with a payment on top.
    PayAnd, "pay-and", "Pay {value} and {act}.";
    /// What waits, again for a higher fee.
    SpeedUp, "speed-up", "Pay more so that this happens sooner: {act}.";
    /// Nothing in the place of what waits.
    Cancel, "cancel", "Cancel this before it happens: {act}.";
    /// Sign-In with Ethereum.
    SignIn, "sign-in", "Sign in to {site} as {account}.";
    /// Words for a site.
    Text, "text", "Sign this note for {site}: “{note}”";
    /// Words of one's own.
    OwnText, "own-text", "Sign this note: “{note}”";
    /// A message that is not understood, for a site.
    Unexplained, "unexplained", "Sign a message we {problem} for {site}.";
    /// A message of one's own that is not understood.
    OwnUnexplained, "own-unexplained", "Sign a message we {problem}.";
    /// The key with which others can write to an account.
    EncryptionKey, "encryption-key", "Let {site} write messages that only {account} can read.";
    /// The text of an encrypted message.
    Decrypt, "decrypt", "Let {site} read a message that was encrypted for {account}.";
    /// Seeing accounts.
    Connect, "connect", "Let {site} see {accounts}.";
    /// Seeing accounts, and using networks.
    ConnectOn, "connect-on", "Let {site} see {accounts} and use {networks}.";
    /// Another network for a site.
    SwitchNetwork, "switch-network", "Use {network} on {site}.";
    /// A new network.
    AddNetwork, "add-network", "Add {network} to your networks and use it on {site}.";
    /// A new network of one's own.
    AddOwnNetwork, "add-own-network", "Add {network} to your networks.";
    /// A token or collectible to be shown in the wallet.
    WatchAsset, "watch-asset", "Show {asset} in your wallet on {network}.";
}
