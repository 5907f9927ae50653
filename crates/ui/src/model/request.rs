//! Requests: what their screen shows and when they can be agreed to.

use candor_protocol::fees::{AskedView, Speed};
use candor_protocol::view::{
    ApprovalView, FeeView, NoteView, QueueView, ReadyView, RequestKind, SlotView, Tone,
};

use super::address;

/// How long the agreeing button stays inert after its content changed, in milliseconds, so that a click meant for
/// what was there before does not agree to what came.
pub const ARM_AFTER_MS: u64 = 600;

/// The name of a kind, as in the contract of test ids.
#[must_use]
pub const fn slug(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Connect => "connect",
        RequestKind::AddNetwork => "add-network",
        RequestKind::SwitchNetwork => "switch-network",
        RequestKind::WatchAsset => "watch-asset",
        RequestKind::Message => "message",
        RequestKind::SignIn => "sign-in",
        RequestKind::TypedData => "typed-data",
        RequestKind::EncryptionKey => "encryption-key",
        RequestKind::Decrypt => "decrypt",
        RequestKind::Transaction => "transaction",
        RequestKind::Calls => "calls",
    }
}

/// Whether agreeing takes a tick and a hold instead of a press.
#[must_use]
pub fn is_high_risk(view: &ApprovalView) -> bool {
    view.tone == Tone::Risk
}

/// What the person did so far on the screen of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// The accounts ticked, for connecting.
    pub accounts: Vec<String>,
    /// The tick at high risk.
    pub understood: bool,
    /// What was typed where a word is asked for.
    pub typed: String,
    /// The content has been stable for [`ARM_AFTER_MS`].
    pub armed: bool,
    /// The answer is on its way; a second one is not possible.
    pub answered: bool,
    /// Counts how often the content changed, so that a timer of earlier content arms nothing.
    pub round: u32,
}

impl Answers {
    /// Takes back tick and arming because the content changed, or because an answer did not go through. The accounts
    /// stay as they were chosen. Gives the round to arm.
    pub fn disarm(&mut self) -> u32 {
        self.round = self.round.wrapping_add(1);
        (self.understood, self.armed, self.answered) = (false, false, false);
        self.typed.clear();
        self.round
    }

    /// Arms the button, if nothing changed since this round began.
    pub const fn arm(&mut self, round: u32) {
        if self.round == round {
            self.armed = true;
        }
    }
}

/// Whether only the time since the last change keeps the agreeing button from working.
#[must_use]
pub fn is_arming(view: &ApprovalView, answers: &Answers) -> bool {
    !answers.armed && can_approve(view, &Answers { armed: true, ..answers.clone() })
}

/// Whether the agreeing button works.
#[must_use]
pub fn can_approve(view: &ApprovalView, answers: &Answers) -> bool {
    view.ready == ReadyView::Ready
        && answers.armed
        && !answers.answered
        && (view.kind != RequestKind::Connect || !answers.accounts.is_empty())
        && is_acknowledged(view, answers)
}

/// Whether the person said that the warning was read: by the word that is asked for, else by the tick.
fn is_acknowledged(view: &ApprovalView, answers: &Answers) -> bool {
    match &view.word {
        Some(word) => answers.typed.trim().eq_ignore_ascii_case(word),
        None => !is_high_risk(view) || answers.understood,
    }
}

/// The accounts that are ticked when a site asks to connect: those the background proposes, never all by default.
#[must_use]
pub fn proposed(view: &ApprovalView) -> Vec<String> {
    view.choices.iter().filter(|account| account.selected).map(|account| account.address.clone()).collect()
}

/// What makes a request another one for the person: a change of it disarms the button and clears the tick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    id: u64,
    fingerprint: String,
    ready: bool,
}

/// The content of a request as it stands.
#[must_use]
pub fn content(view: &ApprovalView) -> Content {
    Content { id: view.id, fingerprint: view.fingerprint.clone(), ready: view.ready == ReadyView::Ready }
}

/// A line under the sentence that says what agreeing does not do.
#[must_use]
pub const fn lead(kind: RequestKind) -> Option<&'static str> {
    match kind {
        RequestKind::SignIn => {
            Some("Free. Nothing moves and nothing is allowed. It only proves that this account is yours.")
        }
        RequestKind::AddNetwork | RequestKind::SwitchNetwork => {
            Some("Other sites keep the network they have.")
        }
        RequestKind::WatchAsset => Some("Nothing moves and nothing is allowed. It is only shown."),
        RequestKind::Connect
        | RequestKind::Message
        | RequestKind::TypedData
        | RequestKind::EncryptionKey
        | RequestKind::Decrypt
        | RequestKind::Transaction
        | RequestKind::Calls => None,
    }
}

/// The heading over a message's own text.
#[must_use]
pub const fn words_heading(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::SignIn | RequestKind::Message => "The site’s own words, in full",
        RequestKind::TypedData => "Everything that gets signed",
        RequestKind::Decrypt => "What the message says",
        RequestKind::Connect
        | RequestKind::AddNetwork
        | RequestKind::SwitchNetwork
        | RequestKind::WatchAsset
        | RequestKind::EncryptionKey
        | RequestKind::Transaction
        | RequestKind::Calls => "In full",
    }
}

/// Whether a message's text is shown only when it is asked for: others may be looking.
#[must_use]
pub const fn words_hidden(kind: RequestKind) -> bool {
    matches!(kind, RequestKind::Decrypt)
}

/// Whether the rows of a request are what the person decides by, and so are shown without opening Details.
#[must_use]
pub const fn facts_first(kind: RequestKind) -> bool {
    matches!(kind, RequestKind::AddNetwork)
}

/// `Request 1 of 2 from this site`, when more than one waits.
#[must_use]
pub fn queue_line(view: &ApprovalView) -> Option<String> {
    (view.count > 1).then(|| format!("Request {} of {} from this site", view.position, view.count))
}

/// The request to show next: more of the same site first, since requests of different sites never share a screen.
#[must_use]
pub fn next(queue: &QueueView, last_origin: Option<&str>) -> Option<u64> {
    let from_site = || queue.requests.iter().filter(|request| request.origin.is_some());
    from_site()
        .find(|request| last_origin.is_some() && request.origin.as_deref() == last_origin)
        .or_else(|| from_site().next())
        .map(|request| request.id)
}

/// Every remark that warns, and of the others, which come after them, as many as make three.
#[must_use]
pub fn shown_notes(notes: &[NoteView]) -> &[NoteView] {
    let warnings = notes.iter().filter(|note| matches!(note.tone, Tone::Care | Tone::Risk)).count();
    notes.get(..warnings.max(3)).unwrap_or(notes)
}

/// The fee in one line, as in “about 0.0001 ETH, at most 0.0002 ETH” or “less than 0.0001 ETH”.
#[must_use]
pub fn fee_line(fee: &FeeView) -> String {
    // A hard space before the unit, so that a narrow window breaks the line at the comma.
    match &fee.terms.worth {
        Some(worth) => fee_words(&worth.about, &worth.at_most),
        None => fee_words(&fee.about, &fee.at_most),
    }
}

/// The fee in the network's coin, where [`fee_line`] says it in money.
#[must_use]
pub fn fee_in_coin(fee: &FeeView) -> Option<String> {
    fee.terms.worth.as_ref().map(|_| fee_words(&fee.about, &fee.at_most))
}

fn fee_words(about: &str, at_most: &str) -> String {
    let [about, at_most] = [about, at_most].map(|amount| amount.replace(' ', "\u{a0}"));
    if let Some(bound) = about.strip_prefix("less\u{a0}than\u{a0}") {
        return format!("less than {bound}, at most {at_most}");
    }
    match (about.strip_prefix('<'), at_most.strip_prefix('<')) {
        (_, Some(bound)) => format!("less than {}", bound.trim_start()),
        (Some(bound), None) => format!("less than {}, at most {at_most}", bound.trim_start()),
        (None, None) => format!("about {about}, at most {at_most}"),
    }
}

/// How much of the fee is for publishing, in a line below it.
#[must_use]
pub fn publishing_line(part: &str) -> String {
    match part.strip_prefix('<') {
        Some(bound) => format!("less than {} of it to publish it on Ethereum", bound.trim_start()),
        None => format!("about {part} of it to publish it on Ethereum"),
    }
}

/// A speed's label, and its name in tests.
#[must_use]
pub const fn speed_words(speed: Speed) -> (&'static str, &'static str) {
    match speed {
        Speed::Slow => ("Slow", "slow"),
        Speed::Normal => ("Normal", "normal"),
        Speed::Fast => ("Fast", "fast"),
    }
}

/// What the site asked for beside what is usual, and which of the two is used.
#[must_use]
pub fn asked_line(asked: &AskedView) -> String {
    let AskedView { asked, usual, taken, .. } = asked;
    if *taken {
        format!("{asked}, as the site asks; usual is {usual}")
    } else {
        format!("the site asks for {asked}, but this uses another; usual is {usual}")
    }
}

/// Whom a payment of one's own goes to: as the sentence says it, and the address that it stands for.
#[must_use]
pub fn own_receiver(view: &ApprovalView) -> Option<(String, String)> {
    if view.origin.is_some() {
        return None;
    }
    let of_slot = |slot: &SlotView| Some((slot.text.clone(), address::recipient(&slot.exact).ok()?));
    view.sentence.slots.iter().find_map(of_slot)
}

/// The label of a button that has to be held: the act after “Hold to”.
#[must_use]
pub fn hold_label(verb: &str) -> String {
    let mut letters = verb.chars();
    match letters.next() {
        Some(first) => format!("Hold to {}{}", first.to_lowercase(), letters.as_str()),
        None => "Hold".to_owned(),
    }
}

/// The label of the double-ruled line.
#[must_use]
pub fn total_label(view: &ApprovalView) -> &'static str {
    if view.changes.iter().any(|change| change.out) { "This costs you at most" } else { "The fee is at most" }
}

/// The title of an own request's window, and of the tab of a site's.
#[must_use]
pub const fn title(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Connect => "Connect",
        RequestKind::AddNetwork => "Add a network",
        RequestKind::SwitchNetwork => "Switch network",
        RequestKind::WatchAsset => "Show a token",
        RequestKind::Message | RequestKind::TypedData => "Sign",
        RequestKind::SignIn => "Sign in",
        RequestKind::EncryptionKey => "Write to you",
        RequestKind::Decrypt => "Read a message",
        RequestKind::Transaction | RequestKind::Calls => "Check and send",
    }
}

/// Data as long as this is a block of its own under Details instead of a row.
#[must_use]
pub fn is_long(value: &str) -> bool {
    value.chars().count() > 48
}

#[cfg(test)]
mod tests {
    use candor_protocol::view::{AccountKind, AccountView, NetworkView, QueuedView, SentenceView};

    use super::*;

    fn view(kind: RequestKind, tone: Tone, ready: ReadyView) -> ApprovalView {
        ApprovalView {
            id: 1,
            kind,
            origin: Some("https://app.example".to_owned()),
            top_origin: None,
            site: None,
            network: NetworkView {
                chain_id: 1,
                name: "Ethereum".to_owned(),
                symbol: "ETH".to_owned(),
                decimals: 18,
                explorer: None,
                testnet: false,
                development: false,
                custom: false,
                servers: Vec::new(),
            },
            account: None,
            sentence: SentenceView { key: String::new(), pattern: String::new(), slots: Vec::new() },
            steps: Vec::new(),
            tone,
            verb: "Send".to_owned(),
            refusal: "Reject".to_owned(),
            notes: Vec::new(),
            word: None,
            look_alike: None,
            facts: Vec::new(),
            words: None,
            fee: None,
            changes: Vec::new(),
            choices: Vec::new(),
            ready,
            fingerprint: "f".to_owned(),
            position: 1,
            count: 1,
        }
    }

    #[test]
    fn a_fee_is_one_line() {
        let check = |about: &str, at_most: &str, expected: &str| {
            let fee = FeeView { about: about.to_owned(), at_most: at_most.to_owned(), ..FeeView::default() };
            assert_eq!(fee_line(&fee), expected);
        };
        check("0.0001 ETH", "0.0002 ETH", "about 0.0001\u{a0}ETH, at most 0.0002\u{a0}ETH");
        check("< 0.0001 ETH", "0.0002 ETH", "less than 0.0001\u{a0}ETH, at most 0.0002\u{a0}ETH");
        check("< 0.0001 ETH", "< 0.0001 ETH", "less than 0.0001\u{a0}ETH");
    }

    #[test]
    fn agreeing_takes_everything_the_request_asks_for() {
        let all =
            Answers { accounts: vec!["0xa".into()], understood: true, armed: true, ..Answers::default() };
        let check = |kind, tone, ready, answers: Answers, expected: bool| {
            let request = view(kind, tone, ready);
            assert_eq!(can_approve(&request, &answers), expected, "{answers:?}");
            let unarmed = Answers { armed: false, ..answers.clone() };
            assert_eq!(is_arming(&request, &unarmed), expected || !answers.armed, "{answers:?}");
        };
        use ReadyView::{Preparing, Ready, Sending};
        use RequestKind::{Connect, Transaction};
        check(Transaction, Tone::Plain, Ready, all.clone(), true);
        check(Transaction, Tone::Plain, Ready, Answers { understood: false, ..all.clone() }, true);
        check(Transaction, Tone::Risk, Ready, Answers { understood: false, ..all.clone() }, false);
        check(Transaction, Tone::Risk, Ready, all.clone(), true);
        check(Transaction, Tone::Plain, Preparing, all.clone(), false);
        check(Transaction, Tone::Plain, Sending, all.clone(), false);
        check(Transaction, Tone::Plain, Ready, Answers { armed: false, ..all.clone() }, false);
        check(Transaction, Tone::Plain, Ready, Answers { answered: true, ..all.clone() }, false);
        check(Transaction, Tone::Plain, Ready, Answers { accounts: vec![], ..all.clone() }, true);
        check(Connect, Tone::Plain, Ready, Answers { accounts: vec![], ..all }, false);
    }

    #[test]
    fn only_the_latest_round_is_armed() {
        let mut answers = Answers { accounts: vec!["0xa".into()], understood: true, ..Answers::default() };
        let first = answers.disarm();
        let second = answers.disarm();
        answers.arm(first);
        assert!(!answers.armed);
        answers.arm(second);
        assert!(answers.armed && !answers.understood);
        assert_eq!(answers.accounts, ["0xa"]);
    }

    #[test]
    fn the_next_request_is_of_the_same_site_if_there_is_one() {
        let queued = |id, origin: Option<&str>| QueuedView {
            id,
            kind: RequestKind::Message,
            origin: origin.map(str::to_owned),
        };
        let check = |requests: Vec<QueuedView>, last: Option<&str>, expected: Option<u64>| {
            assert_eq!(next(&QueueView { requests }, last), expected);
        };
        check(vec![], None, None);
        check(vec![queued(1, None)], None, None);
        check(vec![queued(1, None), queued(2, Some("a"))], None, Some(2));
        check(vec![queued(1, Some("a")), queued(2, Some("b"))], Some("b"), Some(2));
        check(vec![queued(1, Some("a")), queued(2, Some("b"))], Some("c"), Some(1));
    }

    #[test]
    fn only_the_proposed_accounts_are_ticked() {
        let account = |address: &str, selected| AccountView {
            address: address.to_owned(),
            name: String::new(),
            path: String::new(),
            kind: AccountKind::Derived,
            keyring: String::new(),
            selected,
        };
        let mut request = view(RequestKind::Connect, Tone::Plain, ReadyView::Ready);
        request.choices = vec![account("0xa", false), account("0xb", true)];
        assert_eq!(proposed(&request), ["0xb"]);
    }

    #[test]
    fn only_ones_own_payment_names_its_receiver_again() {
        let address = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
        let slot = |name: &str, exact: &str| SlotView {
            name: name.to_owned(),
            text: name.to_owned(),
            tone: Tone::Plain,
            exact: exact.to_owned(),
        };
        let mut request = view(RequestKind::Transaction, Tone::Plain, ReadyView::Ready);
        request.sentence.slots = vec![slot("amount", "250000000000000000"), slot("recipient", address)];
        assert_eq!(own_receiver(&request), None);
        request.origin = None;
        assert_eq!(own_receiver(&request), Some(("recipient".to_owned(), address.to_owned())));
    }

    #[test]
    fn a_word_that_is_asked_for_has_to_be_typed() {
        let mut request = view(RequestKind::Transaction, Tone::Risk, ReadyView::Ready);
        request.word = Some("different".to_owned());
        let check = |typed: &str, expected: bool| {
            let typed = typed.to_owned();
            let answers = Answers { understood: true, armed: true, typed, ..Answers::default() };
            assert_eq!(can_approve(&request, &answers), expected, "{:?}", answers.typed);
        };
        check("", false);
        check("differ", false);
        check("different", true);
        check(" Different ", true);
        let mut answers = Answers { typed: "different".to_owned(), armed: true, ..Answers::default() };
        let round = answers.disarm();
        answers.arm(round);
        assert!(!can_approve(&request, &answers));
    }

    #[test]
    fn lines_are_said_only_when_there_is_something_to_say() {
        let mut request = view(RequestKind::Transaction, Tone::Plain, ReadyView::Ready);
        assert_eq!(queue_line(&request), None);
        request.count = 2;
        assert_eq!(queue_line(&request).as_deref(), Some("Request 1 of 2 from this site"));
        assert_eq!(total_label(&request), "The fee is at most");
        assert_eq!(hold_label("Let it spend"), "Hold to let it spend");
    }

    #[test]
    fn every_warning_is_shown() {
        use Tone::{Care, Good, Plain, Risk};
        let check = |tones: &[Tone], expected: usize| {
            let note = |tone: &Tone| NoteView {
                rule: String::new(),
                tone: *tone,
                what: String::new(),
                why: String::new(),
            };
            let notes: Vec<NoteView> = tones.iter().map(note).collect();
            assert_eq!(shown_notes(&notes).len(), expected, "{tones:?}");
        };
        check(&[], 0);
        check(&[Good, Plain], 2);
        check(&[Care, Good, Plain, Plain], 3);
        check(&[Risk, Risk, Care, Care, Care, Good], 5);
        check(&[Care, Care, Care, Care], 4);
    }
}
