use proptest::prelude::*;

use super::*;
use crate::normal::tests::nfkd;

/// The record of `legal winner … yellow` with the passphrase `TREZOR`, as version 1 wrote it. It must open for ever.
const SAMPLE: &str = concat!(
    "434b45590001010001107f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f",
    "2e8905819b8723fe2c1d161860e5ee1830318dbf49a83bd451cfb8440c28bd6f",
    "a457fe1296106559a3c80937a1c1069be3a3a5bd381ee6260e8d9739fce1f607",
);

fn sample() -> Vec<u8> {
    hex::decode(SAMPLE).unwrap()
}

#[test]
fn the_sample_of_version_1_opens() {
    let keyring = Keyring::decode(&sample()).unwrap();
    assert_eq!(
        keyring.phrase().text().expose(),
        "legal winner thank year wave sausage worth useful legal winner thank yellow"
    );
    assert!(keyring.has_passphrase());
    assert_eq!(hex::encode(keyring.encode().expose()), SAMPLE);
    let made = Keyring::new(Phrase::from_entropy(&[0x7f; 16]).unwrap(), &nfkd("TREZOR"));
    assert_eq!(hex::encode(made.encode().expose()), SAMPLE);
}

#[test]
fn every_length_survives_with_and_without_a_passphrase() {
    let check = |length: u8, passphrase: &str| {
        let entropy: Vec<u8> = (0..length).collect();
        let made = Keyring::new(Phrase::from_entropy(&entropy).unwrap(), &nfkd(passphrase));
        let read = Keyring::decode(made.encode().expose()).unwrap();
        assert_eq!(read.phrase().entropy().expose(), &entropy);
        assert_eq!(read.has_passphrase(), !passphrase.is_empty());
        let path = DerivationPath::ethereum(3);
        assert_eq!(read.account(&path).unwrap().address(), made.account(&path).unwrap().address());
    };
    for length in [16, 20, 24, 28, 32] {
        check(length, "");
        check(length, "Straße");
    }
}

#[test]
fn what_is_wrong_is_told_exactly() {
    let check = |change: &dyn Fn(&mut Vec<u8>), expected: KeyringError| {
        let mut record = sample();
        change(&mut record);
        assert_eq!(Keyring::decode(&record).map(|_| ()), Err(expected));
    };
    check(&Vec::clear, KeyringError::NotAKeyring);
    check(&|r| r[0] = b'X', KeyringError::NotAKeyring);
    check(&|r| r.truncate(9), KeyringError::NotAKeyring);
    check(&|r| r[5] = 0, KeyringError::NotAKeyring);
    check(&|r| r[5] = 2, KeyringError::NewerVersion { version: 2 });
    check(&|r| r[4] = 1, KeyringError::NewerVersion { version: 257 });
    check(&|r| r[6] = 2, KeyringError::UnknownKind { kind: 2 });
    check(&|r| r[7] = 9, KeyringError::UnknownLanguage { language: 9 });
    check(&|r| r[8] = 3, KeyringError::UnknownFlags { flags: 3 });
    check(&|r| r[9] = 17, KeyringError::Length { expected: 91, found: 90 });
    check(
        &|r| {
            r[9] = 17;
            r.push(0);
        },
        KeyringError::EntropyLength { length: 17 },
    );
    check(&|r| r[9] = 255, KeyringError::Length { expected: 329, found: 90 });
    check(&|r| r.truncate(89), KeyringError::Length { expected: 90, found: 89 });
    check(&|r| r.push(0), KeyringError::Length { expected: 90, found: 91 });
}

#[test]
fn a_keyring_is_not_printed() {
    let printed = format!("{:?}", Keyring::decode(&sample()).unwrap());
    assert_eq!(printed, "Keyring { phrase: Phrase(…), seed: Seed(Secret(…)), has_passphrase: true }");
}

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..100), start in 0_usize..=90) {
        for record in [bytes.clone(), [&sample()[..start], &bytes].concat()] {
            if let Ok(keyring) = Keyring::decode(&record) {
                prop_assert!(keyring.encode().expose() == &record);
            }
        }
    }
}
