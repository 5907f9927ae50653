//! Lives of transactions: what a person sees of each, what can be done about it, and that one action is enough.

use candor_primitives::{Millis, U256};
use candor_protocol::{
    life::Remedy,
    ui::{self, UiErrorCode},
    view::{ActivityView, ReadyView, TxStatus},
};
use candor_signer::transaction::{Fees, Fields};
use candor_tests::{Host, chain::node_error, net::Manner, surface::ANVIL_ACCOUNTS};

const WATCH: Millis = Millis::from_secs(30);

/// A wallet on a chain that includes nothing until it is told to.
fn waiting() -> Host {
    let mut host = Host::anvil();
    host.must(ui::SetUndo { seconds: 0, sites: false });
    host.net.chain(1).mining = false;
    host
}

/// Sends one coin; gives its hash.
fn pay(host: &mut Host) -> String {
    let id = host.must(ui::PrepareSend {
        from: ANVIL_ACCOUNTS[0].to_owned(),
        chain_id: 1,
        to: ANVIL_ACCOUNTS[2].to_owned(),
        amount: "1".to_owned(),
        max: false,
    });
    agree_to(host, id);
    activity(host)[0].hash.clone()
}

fn agree_to(host: &mut Host, id: u64) {
    let shown = host.must(ui::Approval { id });
    assert_eq!(shown.ready, ReadyView::Ready);
    host.approve(&shown).unwrap();
}

/// Takes a remedy and agrees to it; gives what it says and the hash of what it comes to.
fn take(host: &mut Host, hash: &str, remedy: Remedy) -> (String, String) {
    let id = host.must(ui::Help { hash: hash.to_owned(), remedy }).unwrap();
    let shown = host.must(ui::Approval { id });
    assert_eq!(shown.ready, ReadyView::Ready);
    host.approve(&shown).unwrap();
    (shown.sentence.key, activity(host)[0].hash.clone())
}

fn activity(host: &mut Host) -> Vec<ActivityView> {
    host.must(ui::Activity { address: ANVIL_ACCOUNTS[0].to_owned() })
}

fn item(host: &mut Host, hash: &str) -> ActivityView {
    activity(host).into_iter().find(|item| item.hash == hash).unwrap()
}

fn status(host: &mut Host, hash: &str) -> TxStatus {
    item(host, hash).status
}

/// What waits at the node.
fn at_the_node(host: &mut Host) -> Vec<(String, Fields)> {
    let taken = host.net.chain(1).taken.iter();
    taken.map(|taken| (taken.hash.to_string(), taken.fields.clone())).collect()
}

/// Includes what waits and looks.
fn mine(host: &mut Host) {
    host.net.chain(1).mine();
    host.advance(WATCH);
}

/// Whatever happened before, something new goes through at once.
fn the_next_works(host: &mut Host) {
    let next = pay(host);
    mine(host);
    assert_eq!(status(host, &next), TxStatus::Worked);
}

const fn parts(fees: Fees) -> (u128, u128) {
    match fees {
        Fees::Legacy { gas_price } => (gas_price, gas_price),
        Fees::Eip1559 { max_fee_per_gas, max_priority_fee_per_gas } => {
            (max_fee_per_gas, max_priority_fee_per_gas)
        }
    }
}

#[test]
fn sped_up() {
    let mut host = waiting();
    host.must(ui::SetTells { on: true });
    let first = pay(&mut host);
    let before = at_the_node(&mut host).remove(0).1;
    let (sentence, second) = take(&mut host, &first, Remedy::SpeedUp);
    assert_eq!(sentence, "speed-up");
    let (hash, after) = at_the_node(&mut host).remove(0);
    assert_eq!(hash, second, "the node took it");
    assert_eq!((after.to, after.value, &after.input), (before.to, before.value, &before.input));
    assert_eq!((after.nonce, after.gas_limit), (before.nonce, before.gas_limit));
    let ((old_max, old_tip), (max, tip)) = (parts(before.fees), parts(after.fees));
    assert!(max * 10 >= old_max * 11 && tip * 10 >= old_tip * 11, "{old_max} {old_tip} {max} {tip}");
    host.advance(WATCH);
    assert_eq!((status(&mut host, &first), status(&mut host, &second)), (TxStatus::Sent, TxStatus::Sent));
    mine(&mut host);
    assert_eq!((status(&mut host, &first), status(&mut host, &second)), (TxStatus::SpedUp, TxStatus::Worked));
    assert_eq!(host.told.len(), 1, "it happened once: {:?}", host.told);
    the_next_works(&mut host);
}

#[test]
fn sped_up_while_fees_rose() {
    let mut host = waiting();
    let first = pay(&mut host);
    host.net.chain(1).base_fee = Some(100_000_000_000);
    take(&mut host, &first, Remedy::SpeedUp);
    let (max, _) = parts(at_the_node(&mut host).remove(0).1.fees);
    assert!(max >= 200_000_000_000, "it is enough for today: {max}");
}

#[test]
fn sped_up_twice_then_cancelled() {
    let mut host = waiting();
    let first = pay(&mut host);
    let (_, second) = take(&mut host, &first, Remedy::SpeedUp);
    assert!(item(&mut host, &first).remedies.is_empty(), "only the newest can be helped");
    let (_, third) = take(&mut host, &second, Remedy::SpeedUp);
    let id = host.must(ui::Help { hash: third.clone(), remedy: Remedy::Cancel }).unwrap();
    let shown = host.must(ui::Approval { id });
    let act = &shown.sentence.slots[0].text;
    assert!(act.starts_with("Send 1\u{a0}ETH to"), "what is cancelled, not how it was sent: {act}");
    host.approve(&shown).unwrap();
    mine(&mut host);
    for hash in [&first, &second, &third] {
        assert_eq!(status(&mut host, hash), TxStatus::Cancelled);
    }
    the_next_works(&mut host);
}

#[test]
fn cancelled() {
    let mut host = waiting();
    let first = pay(&mut host);
    let (sentence, second) = take(&mut host, &first, Remedy::Cancel);
    assert_eq!(sentence, "cancel");
    let (hash, fields) = at_the_node(&mut host).remove(0);
    assert_eq!((hash, fields.value, fields.input.is_empty()), (second.clone(), U256::ZERO, true));
    assert_eq!(fields.to.unwrap().to_string(), ANVIL_ACCOUNTS[0]);
    mine(&mut host);
    assert_eq!(
        (status(&mut host, &first), status(&mut host, &second)),
        (TxStatus::Cancelled, TxStatus::Worked)
    );
    the_next_works(&mut host);
}

/// The network took the first one just before.
#[test]
fn cancelled_too_late() {
    let mut host = waiting();
    let first = pay(&mut host);
    let id = host.must(ui::Help { hash: first.clone(), remedy: Remedy::Cancel }).unwrap();
    host.net.chain(1).mine();
    agree_to(&mut host, id);
    host.advance(WATCH);
    assert_eq!(status(&mut host, &first), TxStatus::Worked);
    assert_eq!(host.net.chain(1).taken.len(), 1);
    the_next_works(&mut host);
}

/// As above, but it is known before anything is signed: never is the next number used for it.
#[test]
fn sped_up_after_it_happened() {
    let mut host = waiting();
    let first = pay(&mut host);
    host.net.chain(1).mine();
    let asked = host.call(ui::Help { hash: first.clone(), remedy: Remedy::SpeedUp }).unwrap().unwrap();
    let shown = host.must(ui::Approval { id: asked });
    assert!(matches!(shown.ready, ReadyView::Failed { .. }), "{:?}", shown.ready);
    host.advance(WATCH);
    let gone = host.call(ui::Help { hash: first, remedy: Remedy::SpeedUp }).unwrap_err();
    assert_eq!(gone.code, UiErrorCode::Gone);
}

#[test]
fn two_wait_and_the_first_is_cancelled() {
    let mut host = waiting();
    let first = pay(&mut host);
    let second = pay(&mut host);
    take(&mut host, &first, Remedy::Cancel);
    mine(&mut host);
    assert_eq!(
        (status(&mut host, &first), status(&mut host, &second)),
        (TxStatus::Cancelled, TxStatus::Worked)
    );
    the_next_works(&mut host);
}

/// A replacement that servers refuse leaves the first one as it was, and its number is not used for anything else.
#[test]
fn a_replacement_is_refused() {
    let mut host = waiting();
    let first = pay(&mut host);
    let low = node_error(-32000, "replacement transaction underpriced");
    host.net.manners(1, "eth_sendRawTransaction", &Manner::Refuses(low));
    let (_, second) = take(&mut host, &first, Remedy::SpeedUp);
    assert_eq!((status(&mut host, &first), status(&mut host, &second)), (TxStatus::Sent, TxStatus::Refused));
    host.net.revive(1);
    let next = pay(&mut host);
    assert_eq!((item(&mut host, &first).nonce, item(&mut host, &next).nonce), (0, 1));
    mine(&mut host);
    assert_eq!((status(&mut host, &first), status(&mut host, &next)), (TxStatus::Worked, TxStatus::Worked));
}

#[test]
fn replaced_elsewhere() {
    let mut host = waiting();
    let first = pay(&mut host);
    host.net.chain(1).mine_another(ANVIL_ACCOUNTS[0].parse().unwrap(), 0);
    host.advance(Millis::from_secs(90));
    assert_eq!(status(&mut host, &first), TxStatus::Replaced);
    the_next_works(&mut host);
}

/// The node was started anew and has forgotten everything that waited.
#[test]
fn forgotten_by_the_node_and_sent_again_by_hand() {
    let mut host = waiting();
    let first = pay(&mut host);
    host.net.chain(1).taken.clear();
    host.advance(WATCH);
    assert_eq!(host.must(ui::Help { hash: first.clone(), remedy: Remedy::SendAgain }), None);
    assert_eq!(at_the_node(&mut host).len(), 1);
    mine(&mut host);
    assert_eq!(status(&mut host, &first), TxStatus::Worked);
    the_next_works(&mut host);
}

/// The second went out and the first was refused: one empty payment to oneself mends it.
#[test]
fn a_gap_is_seen_and_mended() {
    let mut host = waiting();
    let page = host.connected("https://a.example");
    let ahead = serde_json::json!([{
        "from": ANVIL_ACCOUNTS[0], "to": ANVIL_ACCOUNTS[1], "value": "0x1", "nonce": "0x1",
    }]);
    let promised = host.ask(page, "eth_sendTransaction", ahead);
    host.agree();
    let second = host.result(promised).as_str().unwrap().to_owned();
    host.advance(WATCH);
    let shown = item(&mut host, &second);
    assert_eq!(shown.missing, Some(0));
    assert!(shown.remedies.contains(&Remedy::Mend));
    take(&mut host, &second, Remedy::Mend);
    assert_eq!(at_the_node(&mut host)[1].1.nonce, 0);
    host.advance(WATCH);
    assert_eq!(item(&mut host, &second).missing, None);
    mine(&mut host);
    assert_eq!(status(&mut host, &second), TxStatus::Worked);
    the_next_works(&mut host);
}

/// The core is lost after every step of speeding up or cancelling; what a person sees in the end is what happened.
#[test]
fn the_core_is_lost_anywhere() {
    for remedy in [Remedy::SpeedUp, Remedy::Cancel] {
        let mut world = waiting();
        let first = pay(&mut world);
        world.advance(WATCH);
        let steps = {
            let mut host = world.fork();
            host.wake();
            let before = host.steps;
            take(&mut host, &first, remedy);
            host.steps - before
        };
        for cut in 1..=steps {
            let mut host = world.fork();
            host.wake();
            host.kill_at = Some(host.steps + cut);
            if let Ok(Some(id)) = host.call(ui::Help { hash: first.clone(), remedy })
                && let Ok(shown) = host.call(ui::Approval { id })
            {
                let _ = host.approve(&shown);
            }
            host.agree_to_all();
            mine(&mut host);
            // The alarm may have been lost with the core: looking asks the chain, and the screen follows.
            let _ = activity(&mut host);
            let items = activity(&mut host);
            let worked: Vec<&str> = items
                .iter()
                .filter(|item| item.status == TxStatus::Worked)
                .map(|item| item.hash.as_str())
                .collect();
            let truth: Vec<String> = at_the_node(&mut host).into_iter().map(|(hash, _)| hash).collect();
            assert_eq!(worked, truth, "{remedy:?} cut at {cut}: {items:#?}");
            the_next_works(&mut host);
        }
    }
}
