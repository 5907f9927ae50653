//! A chain for development is started again under the same number: it costs the user nothing.

use candor_primitives::Millis;
use candor_protocol::{
    ui,
    view::{ActivityView, ReadyView, TxStatus},
};
use candor_tests::{Host, chain::Chain, surface::ANVIL_ACCOUNTS};

const LOCAL: u64 = 31337;

fn wallet() -> Host {
    let mut host = Host::anvil();
    host.must(ui::SetUndo { seconds: 0, sites: false });
    host
}

fn start_again(host: &mut Host, chain: u64) {
    *host.net.chain(chain) = Chain::new(chain);
}

fn pay(host: &mut Host, chain_id: u64, amount: &str) -> ActivityView {
    let id = host.must(ui::PrepareSend {
        from: ANVIL_ACCOUNTS[0].to_owned(),
        chain_id,
        to: ANVIL_ACCOUNTS[2].to_owned(),
        amount: amount.to_owned(),
        max: false,
    });
    let shown = host.must(ui::Approval { id });
    assert_eq!(shown.ready, ReadyView::Ready);
    host.approve(&shown).unwrap();
    activity(host).remove(0)
}

fn activity(host: &mut Host) -> Vec<ActivityView> {
    host.must(ui::Activity { address: ANVIL_ACCOUNTS[0].to_owned() })
}

#[test]
fn the_very_same_payment_is_made_again() {
    let mut host = wallet();
    let first = pay(&mut host, LOCAL, "1");
    assert_eq!((first.status, first.nonce), (TxStatus::Worked, 0));
    start_again(&mut host, LOCAL);
    let second = pay(&mut host, LOCAL, "1");
    assert_eq!(second.hash, first.hash, "the same bytes, as on every new anvil");
    assert_eq!(host.net.chain(LOCAL).taken.len(), 1, "and they were sent");
    assert_eq!((second.status, second.reason), (TxStatus::Worked, None));
}

#[test]
fn what_the_chain_forgot_says_so_and_holds_nothing_up() {
    let mut host = wallet();
    pay(&mut host, LOCAL, "1");
    host.net.chain(LOCAL).mining = false;
    let open = pay(&mut host, LOCAL, "2");
    assert_eq!((open.status, open.nonce), (TxStatus::Sent, 1));
    start_again(&mut host, LOCAL);
    for (nonce, amount) in [(0, "3"), (1, "4")] {
        let next = pay(&mut host, LOCAL, amount);
        assert_eq!((next.status, next.nonce, next.missing), (TxStatus::Worked, nonce, None));
    }
    let old = activity(&mut host).into_iter().find(|item| item.hash == open.hash).unwrap();
    assert_eq!(old.status, TxStatus::Refused);
    assert!(old.reason.unwrap().contains("started again"));
    // It is not sent to the new chain, however long the wallet runs or how often it wakes.
    let before = host.net.chain(LOCAL).deliveries;
    host.kill();
    host.advance(Millis::from_secs(3_600));
    assert_eq!(host.net.chain(LOCAL).deliveries, before);
}

#[test]
fn of_a_real_network_no_server_makes_anybody_believe_that() {
    let mut host = wallet();
    let first = pay(&mut host, 1, "1");
    host.net.chain(1).mining = false;
    let open = pay(&mut host, 1, "2");
    start_again(&mut host, 1);
    let _ = pay(&mut host, 1, "3");
    let of = |host: &mut Host, hash: &str| activity(host).into_iter().find(|item| item.hash == hash).unwrap();
    assert_eq!(of(&mut host, &first.hash).reason, None);
    assert_eq!(of(&mut host, &open.hash).status, TxStatus::Sent);
}
