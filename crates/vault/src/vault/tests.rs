use proptest::prelude::*;

use super::*;

/// Counts up: every draw is different and every run is the same.
struct Counting(u8);

impl Entropy for Counting {
    fn fill(&mut self, buffer: &mut [u8]) {
        for byte in buffer {
            *byte = self.0;
            self.0 = self.0.wrapping_add(1);
        }
    }
}

const SALT: Salt = [0x55; 16];
const ONE: RecordId = RecordId([1; 16]);
const TWO: RecordId = RecordId([2; 16]);

/// Where the parts of these vaults begin: the only slot, the number of records, the first record.
const SLOT: usize = HEADER_LENGTH + 12 + TAG_LENGTH + 1;
const RECORD_COUNT: usize = SLOT + 1 + 4 + 2 + 88;
const RECORD: usize = RECORD_COUNT + 2;

fn kek(byte: u8) -> KeyEncryptionKey {
    KeyEncryptionKey::from_bytes([byte; 32])
}

/// A vault with two records, by a stream of entropy that starts at a byte.
fn sample_vault(start: u8) -> (Vault, DataKey) {
    let entropy = &mut Counting(start);
    let (mut vault, key) = Vault::create(&kek(0xaa), KdfParams::DEFAULT, SALT, entropy).unwrap();
    vault.seal(&key, ONE, b"first keyring", entropy).unwrap();
    vault.seal(&key, TWO, b"second", entropy).unwrap();
    (vault, key)
}

fn plain(vault: &Vault, key: &DataKey, id: RecordId) -> Result<Vec<u8>, UnsealError> {
    vault.unseal(key, id).map(|secret| secret.expose().clone())
}

#[test]
fn what_is_sealed_opens_again() {
    let (vault, key) = sample_vault(0);
    let read = Vault::parse(&vault.to_bytes()).unwrap();
    assert_eq!(read, vault);
    let (slot, how) = read.password_slot().unwrap();
    assert_eq!((slot, how), (SlotId(1), PasswordSlot { params: KdfParams::DEFAULT, salt: SALT }));
    let opened = read.open(slot, &kek(0xaa)).unwrap();
    assert_eq!(opened.expose(), key.expose());
    assert_eq!(read.records().collect::<Vec<_>>(), [ONE, TWO]);
    assert_eq!(plain(&read, &opened, ONE).unwrap(), b"first keyring");
    assert_eq!(plain(&read, &opened, TWO).unwrap(), b"second");
}

#[test]
fn wrong_keys_are_told() {
    let (mut vault, key) = sample_vault(0);
    let other = DataKey::from_bytes([9; 32]);
    let before = vault.clone();
    assert_eq!(vault.open(SlotId(1), &kek(0xab)).err(), Some(OpenError::WrongKey));
    assert_eq!(vault.open(SlotId(2), &kek(0xaa)).err(), Some(OpenError::NoSuchSlot));
    assert_eq!(plain(&vault, &other, ONE), Err(UnsealError::WrongKey));
    assert_eq!(plain(&vault, &key, RecordId([3; 16])), Err(UnsealError::NoSuchRecord));
    let entropy = &mut Counting(7);
    assert_eq!(vault.seal(&other, ONE, b"lost for ever", entropy), Err(ChangeError::WrongKey));
    let replaced = vault.replace_password_slot(&other, &kek(1), KdfParams::DEFAULT, SALT, entropy);
    assert_eq!(replaced, Err(ChangeError::WrongKey));
    assert_eq!(vault, before);
}

#[test]
fn records_are_replaced_and_removed() {
    let (mut vault, key) = sample_vault(0);
    let entropy = &mut Counting(77);
    let old = vault.to_bytes();
    vault.seal(&key, ONE, b"changed", entropy).unwrap();
    assert_eq!(plain(&vault, &key, ONE).unwrap(), b"changed");
    assert_eq!(vault.records().collect::<Vec<_>>(), [ONE, TWO]);
    assert_ne!(vault.to_bytes(), old);
    assert!(vault.remove(ONE));
    assert!(!vault.remove(ONE));
    assert_eq!(plain(&vault, &key, ONE), Err(UnsealError::NoSuchRecord));
    assert_eq!(plain(&Vault::parse(&vault.to_bytes()).unwrap(), &key, TWO).unwrap(), b"second");
}

#[test]
fn a_changed_password_opens_and_the_old_one_does_not() {
    let (mut vault, key) = sample_vault(0);
    let stronger = KdfParams::new(128 * 1024, 4, 1).unwrap();
    let entropy = &mut Counting(99);
    let records: Vec<Record> = vault.records.clone();
    let slot = vault.replace_password_slot(&key, &kek(0xbb), stronger, [6; 16], entropy).unwrap();
    let read = Vault::parse(&vault.to_bytes()).unwrap();
    assert_eq!(read.password_slot(), Some((slot, PasswordSlot { params: stronger, salt: [6; 16] })));
    assert_eq!(read.slots().len(), 1);
    assert_eq!(read.open(slot, &kek(0xaa)).err(), Some(OpenError::WrongKey));
    assert_eq!(read.open(slot, &kek(0xbb)).unwrap().expose(), key.expose());
    assert_eq!(read.records, records);
}

#[test]
fn weak_protection_is_read_but_never_made() {
    let weak = KdfParams::new(8192, 1, 1).unwrap();
    let entropy = &mut Counting(0);
    let made = Vault::create(&kek(1), weak, SALT, entropy).map(|_| ());
    assert_eq!(made, Err(ChangeError::WeakKdf));
    let (mut vault, key) = sample_vault(0);
    let replaced = vault.replace_password_slot(&key, &kek(1), weak, SALT, entropy);
    assert_eq!(replaced, Err(ChangeError::WeakKdf));
    // As an old vault would have it.
    let how = PasswordSlot { params: weak, salt: SALT };
    vault.slots = vec![Slot::wrap(&vault.header, SlotId(4), How::Password(how), &kek(1), &key, entropy)];
    let read = Vault::parse(&vault.to_bytes()).unwrap();
    assert_eq!(read.open(SlotId(4), &kek(1)).unwrap().expose(), key.expose());
}

#[test]
fn limits_are_kept() {
    let (mut vault, key) = sample_vault(0);
    let entropy = &mut Counting(0);
    let longest = vec![1; LONGEST_PLAINTEXT];
    vault.seal(&key, ONE, &longest, entropy).unwrap();
    assert_eq!(plain(&Vault::parse(&vault.to_bytes()).unwrap(), &key, ONE).unwrap(), longest);
    let too_long = vec![1; LONGEST_PLAINTEXT + 1];
    assert_eq!(vault.seal(&key, ONE, &too_long, entropy), Err(ChangeError::TooLong));
    let name = |number: usize| RecordId((number as u128).to_be_bytes());
    for number in 0..MOST_RECORDS - 2 {
        vault.seal(&key, name(number), b"", entropy).unwrap();
    }
    assert_eq!(vault.seal(&key, name(5000), b"", entropy), Err(ChangeError::Full));
    vault.seal(&key, name(0), b"replaced", entropy).unwrap();
    let read = Vault::parse(&vault.to_bytes()).unwrap();
    assert_eq!(plain(&read, &key, name(0)).unwrap(), b"replaced");
    assert_eq!(plain(&read, &key, name(1)).unwrap(), b"");
}

/// Opens whatever can be opened of some bytes. Nothing may panic, and no plaintext may be another than was sealed.
fn assert_harmless(bytes: &[u8], what: &str) {
    let Ok(vault) = Vault::parse(bytes) else { return };
    for slot in vault.slots() {
        let Ok(key) = vault.open(slot.id(), &kek(0xaa)) else { continue };
        for id in vault.records() {
            if let Ok(found) = plain(&vault, &key, id) {
                let sealed: &[u8] = if id == ONE { b"first keyring" } else { b"second" };
                assert_eq!(found, sealed, "{what}");
            }
        }
    }
    // The data key itself may still be in memory.
    let (_, key) = sample_vault(0);
    for id in vault.records() {
        if let Ok(found) = plain(&vault, &key, id) {
            let sealed: &[u8] = if id == ONE { b"first keyring" } else { b"second" };
            assert_eq!(found, sealed, "{what}");
        }
    }
}

#[test]
fn every_flipped_bit_is_detected() {
    let (vault, key) = sample_vault(0);
    let bytes = vault.to_bytes();
    let everything_opens = |bytes: &[u8]| {
        let Ok(vault) = Vault::parse(bytes) else { return false };
        let opened = vault.open(SlotId(1), &kek(0xaa));
        opened.is_ok_and(|key| [ONE, TWO].iter().all(|id| vault.unseal(&key, *id).is_ok()))
    };
    assert!(everything_opens(&bytes));
    for index in 0..bytes.len() {
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[index] ^= 1 << bit;
            let what = format!("byte {index}, bit {bit}");
            assert!(!everything_opens(&flipped), "{what}");
            assert_harmless(&flipped, &what);
        }
    }
    drop(key);
}

#[test]
fn a_cut_or_lengthened_vault_is_refused() {
    let bytes = sample_vault(0).0.to_bytes();
    for length in 0..bytes.len() {
        let expected = if length < 8 { VaultError::NotAVault } else { VaultError::Truncated };
        assert_eq!(Vault::parse(&bytes[..length]), Err(expected), "{length}");
    }
    assert_eq!(Vault::parse(&[&bytes[..], &[0]].concat()), Err(VaultError::TrailingBytes));
}

#[test]
fn what_is_wrong_is_told_exactly() {
    let bytes = sample_vault(0).0.to_bytes();
    let check = |change: &[(usize, u8)], expected: VaultError| {
        let mut changed = bytes.clone();
        change.iter().for_each(|(index, byte)| changed[*index] = *byte);
        assert_eq!(Vault::parse(&changed), Err(expected), "{change:?}");
    };
    check(&[(0, b'X')], VaultError::NotAVault);
    check(&[(9, 0)], VaultError::NotAVault);
    check(&[(9, 2)], VaultError::NewerVersion { version: 2 });
    check(&[(SLOT + 6, 5)], VaultError::SlotLength { length: 5 });
    check(&[(SLOT + 7, 255)], KdfParamsError::Memory { memory_kib: 0xff01_0000 }.into());
    check(&[(SLOT + 11, 255)], KdfParamsError::Passes { passes: 0xff00_0003 }.into());
    check(&[(SLOT + 18, 0)], KdfParamsError::Lanes { lanes: 0 }.into());
    check(&[(RECORD_COUNT, 255)], VaultError::TooManyRecords);
    check(&[(RECORD + 28, 255)], VaultError::RecordLength { length: 0xff00_001d });
    check(&[(RECORD + 31, 15)], VaultError::RecordLength { length: 15 });
    let second = RECORD + 16 + 12 + 4 + 13 + TAG_LENGTH;
    let same_name: Vec<(usize, u8)> = (second..second + 16).map(|index| (index, 1)).collect();
    check(&same_name, VaultError::Duplicate);
}

#[test]
fn parts_of_another_vault_do_not_fit() {
    let (ours, our_key) = sample_vault(0);
    // The same password, salt and names, other randomness.
    let (theirs, their_key) = sample_vault(100);
    assert_ne!(our_key.expose(), their_key.expose());

    let mut swapped = ours.clone();
    swapped.slots = theirs.slots.clone();
    assert_eq!(swapped.open(SlotId(1), &kek(0xaa)).err(), Some(OpenError::WrongKey));

    let mut swapped = ours.clone();
    swapped.records = theirs.records.clone();
    assert_eq!(plain(&swapped, &our_key, ONE), Err(UnsealError::Damaged));

    let mut swapped = ours.clone();
    swapped.check = theirs.check.clone();
    assert_eq!(swapped.open(SlotId(1), &kek(0xaa)).err(), Some(OpenError::Damaged));

    // Even under the same data key, a record belongs to its vault and to its name.
    let mut moved = ours.clone();
    moved.records = vec![Record::seal(&theirs.header, &our_key, ONE, b"moved", &mut Counting(5))];
    assert_eq!(plain(&moved, &our_key, ONE), Err(UnsealError::Damaged));
    let mut renamed = ours.clone();
    renamed.records[0].id = TWO;
    renamed.records[1].id = ONE;
    assert_eq!(plain(&renamed, &our_key, ONE), Err(UnsealError::Damaged));
    assert_eq!(plain(&renamed, &our_key, TWO), Err(UnsealError::Damaged));
}

#[test]
fn slots_of_a_newer_version_are_kept_byte_for_byte() {
    let (mut vault, key) = sample_vault(0);
    let bytes = vault.to_bytes();
    let passkey = [&[9, 0, 0, 0, 1, 0, 5][..], b"later"].concat();
    let with_passkey = |before: &[u8], after: &[u8]| {
        let (slots, records) = (&bytes[SLOT..RECORD_COUNT], &bytes[RECORD_COUNT..]);
        [&bytes[..SLOT - 1], &[2], before, slots, after, records].concat()
    };
    // Its number is taken by the password slot.
    assert_eq!(Vault::parse(&with_passkey(&passkey, &[])), Err(VaultError::Duplicate));
    let passkey = [&[9, 0, 0, 0, 2, 0, 5][..], b"later"].concat();
    for stored in [with_passkey(&passkey, &[]), with_passkey(&[], &passkey)] {
        let mut read = Vault::parse(&stored).unwrap();
        assert_eq!(read.to_bytes(), stored);
        assert_eq!(read.slots().len(), 2);
        assert!(read.slots().iter().any(|slot| slot.kind() == SlotKind::Unknown(9)));
        assert_eq!(read.open(SlotId(2), &kek(0xaa)).err(), Some(OpenError::UnknownKind));
        assert_eq!(read.open(SlotId(1), &kek(0xaa)).unwrap().expose(), key.expose());
        read.replace_password_slot(&key, &kek(3), KdfParams::DEFAULT, SALT, &mut Counting(3)).unwrap();
        let kept = read.to_bytes();
        assert!(kept.windows(passkey.len()).any(|window| window == passkey));
    }
    // Where only such a slot is left, a password slot gets a number of its own.
    vault.slots =
        vec![Slot::read(&mut Reader::new(&[&[9, 0, 0, 0, 1, 0, 5][..], b"later"].concat())).unwrap()];
    let added = vault.replace_password_slot(&key, &kek(3), KdfParams::DEFAULT, SALT, &mut Counting(3));
    assert_eq!(added, Ok(SlotId(2)));
    assert_eq!(vault.slots().len(), 2);
}

#[test]
fn keys_are_not_printed() {
    assert_eq!(
        format!("{:?} {:?}", kek(1), DataKey::from_bytes([1; 32])),
        "KeyEncryptionKey(Secret(…)) DataKey(Secret(…))"
    );
}

/// A vault as version 1 wrote it. It must open for ever.
#[test]
fn the_sample_of_version_1_opens() {
    let sample = hex::decode(include_str!("sample_v1.hex").trim()).unwrap();
    let vault = Vault::parse(&sample).unwrap();
    assert_eq!(vault.to_bytes(), sample);
    let (slot, how) = vault.password_slot().unwrap();
    assert_eq!(how, PasswordSlot { params: KdfParams::DEFAULT, salt: SALT });
    let key = vault.open(slot, &kek(0xaa)).unwrap();
    assert_eq!(plain(&vault, &key, ONE).unwrap(), b"first keyring");
    assert_eq!(plain(&vault, &key, TWO).unwrap(), b"second");
    // The same entropy gives the same bytes: nothing else is random.
    assert_eq!(sample_vault(0).0.to_bytes(), sample);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn records_round_trip(
        records in prop::collection::btree_map(any::<[u8; 16]>(), prop::collection::vec(any::<u8>(), 0..300), 0..8),
        start in any::<u8>(),
    ) {
        let entropy = &mut Counting(start);
        let (mut vault, key) = Vault::create(&kek(0xaa), KdfParams::DEFAULT, SALT, entropy).unwrap();
        for (id, text) in &records {
            vault.seal(&key, RecordId(*id), text, entropy).unwrap();
        }
        let read = Vault::parse(&vault.to_bytes()).unwrap();
        let key = read.open(SlotId(1), &kek(0xaa)).unwrap();
        prop_assert_eq!(read.records().count(), records.len());
        for (id, text) in &records {
            prop_assert_eq!(&plain(&read, &key, RecordId(*id)).unwrap(), text);
        }
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        assert_harmless(&bytes, "noise");
        let start = sample_vault(0).0.to_bytes();
        assert_harmless(&[&start[..bytes.len().min(start.len())], &bytes].concat(), "noise after a good start");
    }

    #[test]
    fn several_changes_at_once_are_harmless(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = sample_vault(0).0.to_bytes();
        for (index, byte) in &changes {
            let index = index.index(bytes.len());
            bytes[index] = *byte;
        }
        assert_harmless(&bytes, "changed");
    }
}

fn passkey(id: usize) -> PasskeySlot {
    PasskeySlot::new([7; 32], vec![9; id]).unwrap()
}

#[test]
fn a_passkey_opens_beside_the_password_and_is_taken_out_again() {
    let (mut vault, key) = sample_vault(0);
    let before = vault.clone();
    let entropy = &mut Counting(50);
    let other = DataKey::from_bytes([9; 32]);
    assert_eq!(vault.add_passkey_slot(&other, &kek(0xcc), passkey(16), entropy), Err(ChangeError::WrongKey));
    assert_eq!(vault, before);
    let slot = vault.add_passkey_slot(&key, &kek(0xcc), passkey(16), entropy).unwrap();
    let mut read = Vault::parse(&vault.to_bytes()).unwrap();
    assert_eq!(read, vault);
    assert_eq!(read.passkey_slots().collect::<Vec<_>>(), [(slot, passkey(16))]);
    assert_eq!(read.password_slot(), before.password_slot(), "the password remains");
    assert_eq!(read.open(slot, &kek(0xcc)).unwrap().expose(), key.expose());
    assert_eq!(read.open(slot, &kek(0xaa)).err(), Some(OpenError::WrongKey));
    assert_eq!(read.open(SlotId(1), &kek(0xcc)).err(), Some(OpenError::WrongKey));

    read.replace_password_slot(&key, &kek(0xbb), KdfParams::DEFAULT, SALT, entropy).unwrap();
    assert_eq!(
        read.open(slot, &kek(0xcc)).unwrap().expose(),
        key.expose(),
        "it outlives a change of password"
    );
    assert!(!read.remove_passkey_slot(SlotId(1)), "the password cannot be taken out");
    assert!(read.remove_passkey_slot(slot));
    assert!(!read.remove_passkey_slot(slot));
    assert_eq!(read.slots().len(), 1);
}

#[test]
fn no_byte_of_a_passkey_slot_can_be_changed_unnoticed() {
    let (mut vault, key) = sample_vault(0);
    let slot = vault.add_passkey_slot(&key, &kek(0xcc), passkey(3), &mut Counting(50)).unwrap();
    let bytes = vault.to_bytes();
    let start = bytes.windows(3).position(|window| window == [9; 3]).unwrap() - 41;
    for at in start..start + 7 + 32 + 2 + 3 + 12 + 48 {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        let opened = Vault::parse(&altered).ok().and_then(|vault| vault.open(slot, &kek(0xcc)).ok());
        assert!(opened.is_none(), "byte {at}");
    }
}

#[test]
fn credential_ids_have_bounds() {
    let check = |length: usize, fits: bool| {
        assert_eq!(PasskeySlot::new([7; 32], vec![9; length]).is_some(), fits, "{length}");
    };
    check(0, false);
    check(1, true);
    check(1023, true);
    check(1024, false);
    check(70_000, false);
    let (mut vault, key) = sample_vault(0);
    vault.add_passkey_slot(&key, &kek(0xcc), passkey(1023), &mut Counting(50)).unwrap();
    assert_eq!(Vault::parse(&vault.to_bytes()).unwrap(), vault);
}
