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
        keyring.phrase().unwrap().text().expose(),
        "legal winner thank year wave sausage worth useful legal winner thank yellow"
    );
    assert!(keyring.has_passphrase());
    assert_eq!(hex::encode(keyring.encode().expose()), SAMPLE);
    let made = Keyring::new(&Phrase::from_entropy(&[0x7f; 16]).unwrap(), &nfkd("TREZOR"));
    assert_eq!(hex::encode(made.encode().expose()), SAMPLE);
}

#[test]
fn every_length_survives_with_and_without_a_passphrase() {
    let check = |length: u8, passphrase: &str| {
        let entropy: Vec<u8> = (0..length).collect();
        let made = Keyring::new(&Phrase::from_entropy(&entropy).unwrap(), &nfkd(passphrase));
        let read = Keyring::decode(made.encode().expose()).unwrap();
        assert_eq!(read.phrase().unwrap().entropy().expose(), &entropy);
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
    check(&|r| r[6] = 4, KeyringError::UnknownKind { kind: 4 });
    check(&|r| r[8] = 4, KeyringError::UnknownFlags { flags: 4 });
    check(&|r| r[6] = 2, KeyringError::UnknownFlags { flags: 1 });
    check(&|r| r[8] = 3, KeyringError::SecretLength { length: 16 });
    check(&|r| r[9] = 17, KeyringError::Length { expected: 91, found: 90 });
    check(
        &|r| {
            r[9] = 17;
            r.push(0);
        },
        KeyringError::SecretLength { length: 17 },
    );
    check(&|r| r[9] = 255, KeyringError::Length { expected: 329, found: 90 });
    check(&|r| r.truncate(89), KeyringError::Length { expected: 90, found: 89 });
    check(&|r| r.push(0), KeyringError::Length { expected: 90, found: 91 });
}

#[test]
fn what_has_no_words_has_no_word_list() {
    let check = |record: &str, expected: Result<(), KeyringError>| {
        assert_eq!(Keyring::decode(&hex::decode(record).unwrap()).map(|_| ()), expected, "{record}");
    };
    let [key, shares] = ["11".repeat(32), "07".repeat(16)];
    check(&format!("434b4559000102000020{key}"), Ok(()));
    check(&format!("434b4559000103000010{shares}"), Ok(()));
    check(&format!("434b4559000102010020{key}"), Err(KeyringError::WordListWithoutWords { language: 1 }));
    check(&format!("434b4559000103200010{shares}"), Err(KeyringError::WordListWithoutWords { language: 32 }));
}

#[test]
fn a_keyring_is_not_printed() {
    let printed = format!("{:?}", Keyring::decode(&sample()).unwrap());
    assert_eq!(
        printed,
        "Keyring(Phrase { words: PackedPhrase { language: 0, bits: Secret(…), checked: true }, seed: Seed(Secret(…)), has_passphrase: true })"
    );
}

#[test]
fn a_single_key_is_an_account_at_the_root() {
    let key = PrivateKey::from_bytes(&[0x11; 32]).unwrap();
    let address = key.address();
    let keyring = Keyring::from_key(key);
    let record = keyring.encode();
    assert_eq!(hex::encode(record.expose()), format!("434b4559000102000020{}", "11".repeat(32)));
    let read = Keyring::decode(record.expose()).unwrap();
    assert_eq!((read.kind(), read.has_passphrase()), (Kind::Key, false));
    assert!(read.phrase().is_none() && read.to_be_shared().is_none());
    assert_eq!(read.account(&"m".parse().unwrap()).unwrap().address(), address);
    assert_eq!(read.account(&DerivationPath::ethereum(0)).err(), Some(KeyError::NoSuchKey));
    let with = |byte: u8| [&record.expose()[..10], &[byte; 32]].concat();
    assert_eq!(Keyring::decode(&with(0)).err(), Some(KeyringError::NotAPrivateKey));
    assert_eq!(Keyring::decode(&with(0xff)).err(), Some(KeyringError::NotAPrivateKey));
}

#[test]
fn a_shared_secret_is_a_seed_of_bip_32() {
    let check = |length: usize, fits: bool| {
        assert_eq!(Keyring::from_shared_secret(Secret::new(vec![7; length])).is_ok(), fits, "{length}");
    };
    (0..80).for_each(|length| check(length, (16..=64).contains(&length) && length % 2 == 0));
    let phrase = Keyring::decode(&sample()).unwrap();
    let shared = Keyring::from_shared_secret(phrase.to_be_shared().unwrap()).unwrap();
    let read = Keyring::decode(shared.encode().expose()).unwrap();
    assert_eq!(read.kind(), Kind::Shares);
    assert!(read.is_same_as(&phrase) && phrase.is_same_as(&shared));
    assert_eq!(read.to_be_shared().unwrap().expose(), shared.to_be_shared().unwrap().expose());
    let path = DerivationPath::ethereum(5);
    assert_eq!(read.account(&path).unwrap().address(), phrase.account(&path).unwrap().address());
}

#[test]
fn a_phrase_without_a_fitting_checksum_survives() {
    let check = |text: &str, length: usize| {
        let phrase = Phrase::parse_unchecked(&nfkd(text)).unwrap();
        assert!(!phrase.checksum_fits());
        let made = Keyring::new(&phrase, &Nfkd::empty());
        assert_eq!(made.encode().expose().len(), 10 + length + 1 + 64);
        let read = Keyring::decode(made.encode().expose()).unwrap();
        assert_eq!(read.phrase().unwrap().text().expose(), text);
        assert!(read.is_same_as(&made));
    };
    check("zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo", 16);
    check("legal winner thank year wave sausage worth useful legal winner thank zoo", 16);
    check(&["zoo"; 15].join(" "), 20);
    check(&["zoo"; 18].join(" "), 24);
    check(&["zoo"; 21].join(" "), 28);
    check(&["abandon"; 24].join(" "), 32);
}

#[test]
fn another_list_than_this_build_has_still_gives_accounts() {
    let mut record = sample();
    record[7] = 200;
    let keyring = Keyring::decode(&record).unwrap();
    assert!(keyring.phrase().is_none());
    assert!(keyring.is_same_as(&Keyring::decode(&sample()).unwrap()));
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
