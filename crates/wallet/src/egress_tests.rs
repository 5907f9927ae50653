use super::*;

fn day(number: u64) -> Millis {
    Millis(number * 24 * 60 * 60 * 1000)
}

#[test]
fn requests_are_added_up_by_host_topic_day_and_cause() {
    let mut ledger = Ledger::default();
    ledger.left("a.example", Topic::Account, false, day(1), 100);
    ledger.came_back("a.example", Topic::Account, false, day(1).plus(Millis(5)), 40);
    ledger.left("a.example", Topic::Account, false, day(1).plus(Millis(9)), 10);
    ledger.left("a.example", Topic::Account, true, day(1), 1);
    ledger.left("a.example", Topic::Account, false, day(2), 1);
    let all = ledger.all();
    let rows: Vec<_> =
        all.rows().iter().map(|row| (row.page, row.day, row.count, row.sent, row.received)).collect();
    assert_eq!(rows, [(false, 1, 2, 110, 40), (true, 1, 1, 1, 0), (false, 2, 1, 1, 0)]);
}

#[test]
fn nothing_is_counted_twice_or_lost_between_memory_and_disk() {
    let mut ledger = Ledger::default();
    ledger.left("a.example", Topic::Account, false, day(1), 1);
    ledger.record = ledger.all();
    assert_eq!(ledger.all(), ledger.record, "what is on the disk is not added again");
    // The worker ends here: what is in memory is still the part that the disk has.
    let mut woken = Ledger::new(ledger.record.clone(), ledger.lately.clone());
    woken.left("a.example", Topic::Account, false, day(1), 1);
    assert_eq!(woken.all().rows().first().map(|row| row.count), Some(2));
    // The disk did not take it: what is in memory is the only one.
    let woken = Ledger::new(Egress::default(), ledger.lately);
    assert_eq!(woken.all().rows().first().map(|row| row.count), Some(1));
}

#[test]
fn old_days_are_joined_so_that_the_sums_stay() {
    let mut record = Egress::default();
    let asked =
        |host: &str, day_number: u64| EgressRow::of_request(host, Topic::Fees, false, day(day_number), 3);
    for number in 0..1_000 {
        record.add(&asked("a.example", number));
    }
    assert_eq!(record.rows().len(), Egress::MOST);
    assert_eq!(record.rows().iter().map(|row| row.count).sum::<u64>(), 1_000);
    assert_eq!(record.rows().first().map(|row| row.first), Some(day(0)), "since when is known for ever");
    // More hosts than there is room for: the oldest go, and nothing grows.
    for number in 0..1_000 {
        record.add(&asked(&format!("{number}.example"), 1_000));
    }
    assert_eq!(record.rows().len(), Egress::MOST);
}
