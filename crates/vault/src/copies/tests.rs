use super::*;

fn good(generation: u64) -> CopyRead {
    CopyRead::Bytes(frame(generation, format!("vault {generation}").as_bytes()))
}

fn garbled(generation: u64) -> CopyRead {
    let mut bytes = frame(generation, b"vault");
    bytes[20] ^= 1;
    CopyRead::Bytes(bytes)
}

fn newer() -> CopyRead {
    let mut body = MAGIC.to_vec();
    body.extend_from_slice(&[0, 2, 9, 9, 9]);
    let checksum = Sha256::digest(&body);
    CopyRead::Bytes([&body[..], &checksum].concat())
}

/// The generation found, the copies to heal, the next write.
type Expected<'a> = (u64, &'a [CopyId], (u64, CopyId));

fn choose_three(reads: [CopyRead; 3]) -> Choice {
    let [a, b, mirror] = reads;
    // The order in which copies are read does not matter.
    let forwards = [(CopyId::A, a), (CopyId::B, b), (CopyId::Mirror, mirror)];
    let mut backwards = forwards.clone();
    backwards.reverse();
    let choice = choose(&forwards);
    assert_eq!(choice, choose(&backwards));
    choice
}

#[test]
fn the_newest_good_copy_is_found_and_others_are_healed() {
    use CopyId::{A, B, Mirror};
    use CopyRead::{Absent, Failed};
    let check = |reads: [CopyRead; 3], expected: Expected<'_>| {
        let told = format!("{reads:?}");
        let Choice::Found(found) = choose_three(reads) else { panic!("nothing found in {told}") };
        assert_eq!(found.vault, format!("vault {}", found.generation).into_bytes());
        let next = (found.next.generation, found.next.target);
        assert_eq!((found.generation, &found.heal[..], next), expected, "{told}");
    };
    // As it should be: the older local copy is left alone.
    check([good(7), good(6), good(7)], (7, &[], (8, B)));
    check([good(6), good(7), good(7)], (7, &[], (8, A)));
    // After the first write, before and after the mirror.
    check([good(1), Absent, Absent], (1, &[B, Mirror], (2, B)));
    check([good(1), Absent, good(1)], (1, &[B], (2, B)));
    // The worker died between the local write and the mirror.
    check([good(6), good(7), good(6)], (7, &[Mirror], (8, A)));
    // It died in the middle of a local write.
    check([good(7), garbled(8), good(7)], (7, &[B], (8, B)));
    check([garbled(8), good(7), good(7)], (7, &[A], (8, A)));
    // Only the mirror is left, or it is ahead.
    check([Absent, Absent, good(7)], (7, &[A, B], (8, B)));
    check([garbled(6), garbled(7), good(7)], (7, &[A, B], (8, B)));
    check([good(5), good(6), good(7)], (7, &[A], (8, B)));
    check([good(6), good(5), good(7)], (7, &[B], (8, A)));
    check([good(6), garbled(7), good(7)], (7, &[B], (8, A)));
    // The newest good local copy is never the target, and what failed is healed by nothing but the next change. What
    // failed may hold one generation more, so the next one goes past it.
    check([good(7), Failed, good(7)], (7, &[], (9, B)));
    check([good(7), Failed, Absent], (7, &[Mirror], (9, B)));
    check([good(7), Failed, Failed], (7, &[], (9, B)));
    check([Failed, good(7), good(7)], (7, &[], (9, A)));
    check([Failed, good(7), Failed], (7, &[], (9, A)));
    check([Failed, good(6), good(7)], (7, &[B], (9, A)));
    check([good(6), Failed, good(7)], (7, &[A], (9, B)));
    check([Failed, Absent, good(7)], (7, &[B], (9, A)));
    check([Failed, Failed, good(7)], (7, &[], (9, B)));
    check([good(u64::MAX), Failed, Absent], (u64::MAX, &[Mirror], (u64::MAX, B)));
    // A mirror that failed follows the others.
    check([good(7), good(6), Failed], (7, &[], (8, B)));
    check([good(7), good(6), garbled(7)], (7, &[Mirror], (8, B)));
    // Healed copies hold the same generation.
    check([good(7), good(7), good(7)], (7, &[], (8, B)));
}

#[test]
fn nothing_and_unreadable_are_told_apart() {
    use CopyRead::{Absent, Failed};
    let check = |reads, expected| assert_eq!(choose_three(reads), expected);
    check([Absent, Absent, Absent], Choice::Nothing);
    check([Absent, Absent, Failed], Choice::Unreadable);
    check([Failed, Absent, Absent], Choice::Unreadable);
    check([Absent, garbled(1), Absent], Choice::Unreadable);
    check([CopyRead::Bytes(Vec::new()), Absent, Absent], Choice::Unreadable);
    check([garbled(3), garbled(2), garbled(3)], Choice::Unreadable);
    check([good(3), newer(), good(3)], Choice::Newer { version: 2 });
    // A copy that was not even asked for may hold a vault.
    assert_eq!(choose(&[]), Choice::Unreadable);
    assert_eq!(choose(&[(CopyId::A, Absent), (CopyId::B, Absent)]), Choice::Unreadable);
}

#[test]
fn a_mirror_of_the_same_generation_with_another_vault_is_healed() {
    let other = CopyRead::Bytes(frame(7, b"another"));
    let Choice::Found(found) = choose_three([good(7), good(6), other]) else { panic!("nothing found") };
    assert_eq!((found.vault, found.heal), (b"vault 7".to_vec(), vec![CopyId::Mirror]));
}

#[test]
fn writes_take_turns() {
    let check = |plan: WritePlan, generation, target| {
        assert_eq!(plan, WritePlan { generation, target });
        plan.then()
    };
    let second = check(WritePlan::FIRST, 1, CopyId::A);
    let third = check(second, 2, CopyId::B);
    check(third, 3, CopyId::A);
}

/// However a write is cut short, the vault from before it or after it is found.
#[test]
fn a_write_that_is_cut_short_loses_nothing() {
    let mut reads = [CopyRead::Absent, CopyRead::Absent, CopyRead::Absent];
    let mut plan = WritePlan::FIRST;
    for _ in 0..5 {
        let CopyRead::Bytes(framed) = good(plan.generation) else { unreachable!() };
        let target = if plan.target == CopyId::A { 0 } else { 1 };
        for length in 0..framed.len() {
            let mut torn = reads.clone();
            torn[target] = CopyRead::Bytes(framed[..length].to_vec());
            let choice = choose_three(torn);
            let Choice::Found(found) = choice else {
                assert_eq!((choice, plan), (Choice::Unreadable, WritePlan::FIRST));
                continue;
            };
            assert_eq!(found.generation, plan.generation - 1);
        }
        reads[target] = good(plan.generation);
        reads[2] = good(plan.generation);
        plan = plan.then();
        let Choice::Found(found) = choose_three(reads.clone()) else { panic!("nothing found") };
        assert_eq!(found.next, plan);
    }
}

/// A copy that could not be read turns out to be readable again, after a write that it may or may not have taken.
#[test]
fn a_change_survives_the_return_of_a_copy_that_failed() {
    let check = |returned: CopyRead, taken: bool| {
        let Choice::Found(found) = choose_three([CopyRead::Failed, good(7), good(7)]) else {
            panic!("nothing found")
        };
        assert_eq!(found.next.target, CopyId::A);
        let changed = CopyRead::Bytes(frame(found.next.generation, b"changed"));
        let a = if taken { changed.clone() } else { returned };
        let Choice::Found(found) = choose_three([a, good(7), changed]) else { panic!("nothing found") };
        assert_eq!(found.vault, b"changed");
    };
    for returned in [good(6), good(7), good(8), garbled(8), CopyRead::Failed] {
        check(returned.clone(), true);
        check(returned, false);
    }
}

#[test]
fn a_changed_frame_is_never_taken_for_good() {
    let framed = frame(7, b"the vault's bytes");
    let read = |bytes: &[u8]| choose(&[(CopyId::A, CopyRead::Bytes(bytes.to_vec()))]);
    assert!(matches!(read(&framed), Choice::Found(found) if found.vault == b"the vault's bytes"));
    for index in 0..framed.len() {
        for bit in 0..8 {
            let mut flipped = framed.clone();
            flipped[index] ^= 1 << bit;
            assert_eq!(read(&flipped), Choice::Unreadable, "byte {index}, bit {bit}");
        }
        assert_eq!(read(&framed[..index]), Choice::Unreadable);
        assert_eq!(read(&framed[index + 1..]), Choice::Unreadable);
    }
    assert_eq!(read(&[&framed[..], b"x"].concat()), Choice::Unreadable);
}

#[test]
fn the_sample_of_version_1_opens() {
    let sample = concat!(
        "43414e444f5243500001000000000000000700000000000000057661756c74",
        "ee95e4e891b539cc7b329a2930cf206188a2ccc8fd529a79a42e05bc84e85770",
    );
    assert_eq!(hex::encode(frame(7, b"vault")), sample);
}
