use candor_primitives::address;
use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::{KdfError, derive};

/// Counts up, so that a test can be repeated.
struct Counter(u8);

impl Entropy for Counter {
    fn fill(&mut self, buffer: &mut [u8]) {
        for byte in buffer {
            *byte = self.0;
            self.0 = self.0.wrapping_add(1);
        }
    }
}

fn key(byte: u8) -> PrivateKey {
    PrivateKey::from_bytes(&[byte; 32]).unwrap()
}

/// Cheap, so that many files can be made.
fn cheap() -> KdfParams {
    KdfParams::new(KdfFunction::Scrypt { n: 2, r: 8, p: 1 }, vec![9; 32]).unwrap()
}

fn sealed(key: &PrivateKey, password: &str) -> String {
    let derived = derive(&cheap(), password.as_bytes()).unwrap();
    seal(key, &cheap(), &derived, &mut Counter(0))
}

fn open(text: &str, password: &str) -> Result<PrivateKey, OpenError> {
    let keystore = Keystore::parse(text).unwrap();
    keystore.open(&derive(keystore.kdf(), password.as_bytes()).unwrap())
}

/// What is in the two test vectors of the Web3 Secret Storage Definition: derived key, file.
const DEFINITION: [(&str, &str); 2] = [
    (
        "f06d69cdc7da0faffb1008270bca38f5e31891a3a773950e6d0fea48a7188551",
        r#"{"crypto": {
            "cipher": "aes-128-ctr",
            "cipherparams": {"iv": "6087dab2f9fdbbfaddc31a909735c1e6"},
            "ciphertext": "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
            "kdf": "pbkdf2",
            "kdfparams": {
                "c": 262144, "dklen": 32, "prf": "hmac-sha256",
                "salt": "ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"
            },
            "mac": "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"
        }, "id": "3198bc9c-6672-5ab3-d995-4942343ae5b6", "version": 3}"#,
    ),
    (
        "fac192ceb5fd772906bea3e118a69e8bbb5cc24229e20d8766fd298291bba6bd",
        r#"{"crypto": {
            "cipher": "aes-128-ctr",
            "cipherparams": {"iv": "83dbcc02d8ccb40e466191a123791e0e"},
            "ciphertext": "d172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c",
            "kdf": "scrypt",
            "kdfparams": {
                "dklen": 32, "n": 262144, "r": 1, "p": 8,
                "salt": "ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19"
            },
            "mac": "2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097"
        }, "id": "3198bc9c-6672-5ab3-d995-4942343ae5b6", "version": 3}"#,
    ),
];

#[test]
fn the_vectors_of_the_definition_open() {
    for (derived, text) in DEFINITION {
        let keystore = Keystore::parse(text).unwrap();
        let key = derive(keystore.kdf(), b"testpassword").unwrap();
        assert_eq!(hex::encode([*key.cipher_key(), *key.mac_key()].as_flattened()), derived);
        let opened = keystore.open(&key).unwrap();
        assert_eq!(
            hex::encode(opened.expose()),
            "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d"
        );
        assert_eq!(opened.address(), address!("008aeeda4d805471df9b2a5b0f38a0c3bcba786b"));
        assert_eq!(keystore.address(), None);
    }
}

#[test]
fn the_official_vectors_open() {
    let Some(cases) = candor_vectors::json("ethereum-tests/KeyStoreTests/basic_tests.json") else { return };
    let cases = cases.as_object().unwrap();
    assert_eq!(cases.len(), 5);
    for (name, case) in cases {
        let opened = open(&case["json"].to_string(), case["password"].as_str().unwrap()).unwrap();
        assert_eq!(hex::encode(opened.expose()), case["priv"].as_str().unwrap(), "{name}");
    }
}

#[test]
fn keys_that_lost_their_first_zeros_open() {
    let check = |length: usize| {
        let derived = DerivedKey::from_bytes(&[5; 32]);
        let keystore = Keystore {
            address: None,
            kdf: cheap(),
            iv: [1; 16],
            ciphertext: {
                let mut bytes = vec![0x81; length];
                apply_cipher(&derived, &[1; 16], &mut bytes);
                bytes
            },
            mac: [0; 32],
        };
        let keystore = Keystore { mac: mac(&derived, &keystore.ciphertext).0, ..keystore };
        let expected = [vec![0; 32 - length], vec![0x81; length]].concat();
        assert_eq!(keystore.open(&derived).unwrap().expose()[..], expected);
    };
    check(32);
    check(31);
    check(30);
    check(1);
}

#[test]
fn what_is_sealed_has_the_form_that_geth_writes() {
    assert_eq!(
        sealed(&key(1), "password"),
        concat!(
            r#"{"address":"1a642f0e3c3af545e7acbd38b07251b3990914f1","crypto":{"cipher":"aes-128-ctr","#,
            r#""cipherparams":{"iv":"000102030405060708090a0b0c0d0e0f"},"#,
            r#""ciphertext":"34832aef31f71ad0ef0848ccd18599586d1e18dc65885f95bb7f3f8ceeae9c18","#,
            r#""kdf":"scrypt","kdfparams":{"dklen":32,"n":2,"p":1,"r":8,"#,
            r#""salt":"0909090909090909090909090909090909090909090909090909090909090909"},"#,
            r#""mac":"5b4de5caa6f74584d7f588f77d0628ec33893ac5f20939ac28e9d40759a7bfdd"},"#,
            r#""id":"10111213-1415-4617-9819-1a1b1c1d1e1f","version":3}"#,
        )
    );
}

#[test]
fn the_standard_cost_is_that_of_geth() {
    let standard = KdfParams::standard([7; 32]);
    assert_eq!(KdfParams::new(standard.function(), vec![7; 32]), Ok(standard.clone()));
    assert_eq!(standard.function().memory(), 256 << 20);
    assert_eq!(standard.function().work(), 2 << 20);
}

#[test]
fn what_does_not_open_tells_why() {
    let check = |text: &str, password: &str, expected: OpenError| {
        assert_eq!(open(text, password).map(|_| ()), Err(expected));
    };
    let file = sealed(&key(1), "password");
    check(&file, "passwore", OpenError::WrongPassword);
    check(&file, "", OpenError::WrongPassword);
    check(&file, "password ", OpenError::WrongPassword);
    let (own, other) = (hex::encode(key(1).address()), hex::encode(key(2).address()));
    let mismatch = OpenError::OtherAddress { stated: key(2).address(), found: key(1).address() };
    check(&file.replace(&own, &other), "password", mismatch);
    // The order of the curve itself.
    let order = hex::decode("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141").unwrap();
    let derived = DerivedKey::from_bytes(&[5; 32]);
    let out_of_range = |mut bytes: Vec<u8>| {
        apply_cipher(&derived, &[1; 16], &mut bytes);
        let mac = mac(&derived, &bytes).0;
        let keystore = Keystore { address: None, kdf: cheap(), iv: [1; 16], ciphertext: bytes, mac };
        assert_eq!(keystore.open(&derived).err(), Some(OpenError::NotAKey(KeyError::OutOfRange)));
    };
    out_of_range(order);
    out_of_range(vec![0; 32]);
    out_of_range(vec![0xff; 32]);
}

/// A key file with one change: `Some` sets the field at this path to JSON text, `None` takes it away.
fn changed(path: &str, value: Option<&str>) -> String {
    let mut file: Value = serde_json::from_str(&sealed(&key(1), "password")).unwrap();
    let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
    let parent =
        parent.split('.').filter(|part| !part.is_empty()).fold(&mut file, |value, part| &mut value[part]);
    let fields = parent.as_object_mut().unwrap();
    match value {
        Some(value) => drop(fields.insert(name.to_owned(), serde_json::from_str(value).unwrap())),
        None => drop(fields.remove(name)),
    }
    file.to_string()
}

#[test]
fn what_is_wrong_is_told_exactly() {
    let check = |path: &str, value: Option<&str>, expected: Result<(), ParseError>| {
        let result = Keystore::parse(&changed(path, value)).map(|_| ());
        assert_eq!(result, expected, "{path} {value:?}");
    };
    let missing = |field| Err(ParseError::Missing { field });
    let malformed = |field| Err(ParseError::Malformed { field });
    let unsupported = |field| Err(ParseError::Unsupported { field });
    let twice = |field| Err(ParseError::Twice { field });

    check("version", None, missing("version"));
    check("version", Some("null"), missing("version"));
    check("version", Some("1"), Err(ParseError::Version { version: 1 }));
    check("version", Some("4"), Err(ParseError::Version { version: 4 }));
    check("version", Some("\"3\""), malformed("version"));
    check("version", Some("-3"), malformed("version"));
    check("version", Some("3.5"), malformed("version"));
    check("VERSION", Some("3"), twice("version"));

    check("address", None, Ok(()));
    check("address", Some("null"), Ok(()));
    check("address", Some("\"\""), Ok(()));
    check("address", Some("\"0x1A642F0E3C3AF545E7ACBD38B07251B3990914F1\""), Ok(()));
    check("address", Some("\"0x1a\""), malformed("address"));
    check("address", Some("7"), malformed("address"));
    check("Address", Some("\"\""), twice("address"));
    check("id", None, Ok(()));
    check("id", Some("[{}]"), Ok(()));
    check("x-ethers", Some(r#"{"client": "ethers.js"}"#), Ok(()));

    check("crypto", None, missing("crypto"));
    check("crypto", Some("[]"), malformed("crypto"));
    check("Crypto", Some("{}"), twice("crypto"));
    check("crypto.cipher", None, missing("crypto.cipher"));
    check("crypto.cipher", Some("\"aes-128-cbc\""), unsupported("crypto.cipher"));
    check("crypto.cipher", Some("1"), malformed("crypto.cipher"));
    check("crypto.cipherparams", Some("\"iv\""), malformed("crypto.cipherparams"));
    check("crypto.cipherparams.iv", None, missing("crypto.cipherparams.iv"));
    check("crypto.cipherparams.iv", Some("\"00\""), malformed("crypto.cipherparams.iv"));
    check("crypto.cipherparams.iv", Some("\"0x000102030405060708090A0b0c0d0e0f\""), Ok(()));
    check(
        "crypto.cipherparams.iv",
        Some("\"000102030405060708090a0b0c0d0e0g\""),
        malformed("crypto.cipherparams.iv"),
    );
    check("crypto.ciphertext", None, missing("crypto.ciphertext"));
    check("crypto.ciphertext", Some("\"\""), malformed("crypto.ciphertext"));
    check("crypto.ciphertext", Some("\"0\""), malformed("crypto.ciphertext"));
    check("crypto.ciphertext", Some(&format!("\"{}\"", "00".repeat(33))), malformed("crypto.ciphertext"));
    check("crypto.mac", None, missing("crypto.mac"));
    check("crypto.mac", Some(&format!("\"{}\"", "00".repeat(31))), malformed("crypto.mac"));
    check("crypto.mac", Some(&format!("\"{}é\"", "00".repeat(31))), malformed("crypto.mac"));

    check("crypto.kdf", None, missing("crypto.kdf"));
    check("crypto.kdf", Some("\"argon2id\""), unsupported("crypto.kdf"));
    check("crypto.kdf", Some("\"pbkdf2\""), missing("crypto.kdfparams.prf"));
    check("crypto.kdfparams", None, missing("crypto.kdfparams"));
    check("crypto.kdfparams.n", None, missing("crypto.kdfparams.n"));
    check("crypto.kdfparams.n", Some("-2"), malformed("crypto.kdfparams.n"));
    check("crypto.kdfparams.n", Some("2.0"), malformed("crypto.kdfparams.n"));
    check("crypto.kdfparams.n", Some("4294967296"), malformed("crypto.kdfparams.n"));
    check("crypto.kdfparams.n", Some("1e300"), malformed("crypto.kdfparams.n"));
    check("crypto.kdfparams.n", Some("3"), Err(KdfError::NotAPowerOfTwo { n: 3 }.into()));
    check("crypto.kdfparams.n", Some("2097152"), Err(KdfError::Memory { bytes: 1 << 31 }.into()));
    check("crypto.kdfparams.r", None, missing("crypto.kdfparams.r"));
    check("crypto.kdfparams.r", Some("0"), Err(KdfError::Zero.into()));
    check("crypto.kdfparams.p", None, missing("crypto.kdfparams.p"));
    check("crypto.kdfparams.p", Some("\"1\""), malformed("crypto.kdfparams.p"));
    check("crypto.kdfparams.dklen", None, missing("crypto.kdfparams.dklen"));
    check("crypto.kdfparams.dklen", Some("31"), malformed("crypto.kdfparams.dklen"));
    check("crypto.kdfparams.dklen", Some("64"), Ok(()));
    check("crypto.kdfparams.salt", None, missing("crypto.kdfparams.salt"));
    check("crypto.kdfparams.salt", Some("\"salt\""), malformed("crypto.kdfparams.salt"));

    let pbkdf2 = |prf: &str, c: u64| {
        let params = format!(r#"{{"prf":"{prf}","c":{c},"dklen":32,"salt":"00"}}"#);
        let text = changed("crypto.kdfparams", Some(&params)).replace("\"scrypt\"", "\"pbkdf2\"");
        Keystore::parse(&text).map(|keystore| keystore.kdf().function())
    };
    assert_eq!(pbkdf2("hmac-sha256", 10_240), Ok(KdfFunction::Pbkdf2 { rounds: 10_240 }));
    assert_eq!(pbkdf2("hmac-sha512", 1), Err(ParseError::Unsupported { field: "crypto.kdfparams.prf" }));
    assert_eq!(pbkdf2("hmac-sha256", 0), Err(KdfError::Zero.into()));
    assert_eq!(pbkdf2("hmac-sha256", 100_000_000), Err(KdfError::Rounds { rounds: 100_000_000 }.into()));
    assert_eq!(pbkdf2("hmac-sha256", 1 << 32), Err(ParseError::Malformed { field: "crypto.kdfparams.c" }));
}

#[test]
fn what_is_no_key_file_is_told_apart() {
    let check = |text: &str, expected: ParseError| {
        assert_eq!(Keystore::parse(text), Err(expected));
    };
    check("", ParseError::NotAnObject);
    check("[]", ParseError::NotAnObject);
    check("3", ParseError::NotAnObject);
    check(&"[".repeat(MAX_LENGTH), ParseError::NotAnObject);
    check(&"{\"a\":".repeat(10_000), ParseError::NotAnObject);
    check("{", ParseError::NotAnObject);
    check("{}", ParseError::Missing { field: "version" });
    check("{\"version\":3}", ParseError::Missing { field: "crypto" });
    check(&" ".repeat(MAX_LENGTH + 1), ParseError::TooLong { bytes: MAX_LENGTH + 1 });
}

#[test]
fn the_form_does_not_matter() {
    let file = sealed(&key(1), "password");
    let check = |text: String| {
        assert_eq!(open(&text, "password").unwrap().expose(), key(1).expose());
    };
    check(format!("\u{feff}{file}\r\n"));
    check(file.replace("\"crypto\"", "\"Crypto\""));
    check(file.to_uppercase().replace("SCRYPT", "scrypt").replace("AES-128-CTR", "aes-128-ctr"));
    check(file.replace("\":\"", "\":\"0x").replace("0xscrypt", "scrypt").replace("0xaes", "aes"));
}

#[test]
fn secrets_are_not_printed() {
    assert_eq!(format!("{:?}", DerivedKey::from_bytes(&[5; 32])), "DerivedKey(Secret(…))");
}

proptest! {
    #[test]
    fn what_is_sealed_opens(bytes in any::<[u8; 32]>(), password in ".*", rounds in 1_u32..5, salt in any::<[u8; 32]>()) {
        let Ok(key) = PrivateKey::from_bytes(&bytes) else { return Ok(()) };
        for function in [KdfFunction::Pbkdf2 { rounds }, cheap().function()] {
            let kdf = KdfParams::new(function, salt.to_vec()).unwrap();
            let derived = derive(&kdf, password.as_bytes()).unwrap();
            let keystore = Keystore::parse(&seal(&key, &kdf, &derived, &mut Counter(3))).unwrap();
            prop_assert_eq!(keystore.address(), Some(key.address()));
            prop_assert_eq!(keystore.kdf(), &kdf);
            let opened = keystore.open(&derived).unwrap();
            prop_assert_eq!(opened.expose(), &bytes);
        }
    }

    #[test]
    fn any_text_is_answered(text in ".*", cut in 0_usize..500, end in ".{0,20}") {
        drop(Keystore::parse(&text));
        let file = sealed(&key(1), "password");
        drop(Keystore::parse(&format!("{}{end}", file.get(..cut).unwrap_or(&file))));
    }

    /// Any part of a file may have been replaced: it is refused, or it opens with an answer.
    #[test]
    fn any_change_is_answered(at in 0_usize..500, byte in 32_u8..127) {
        let mut file = sealed(&key(1), "password").into_bytes();
        let at = at % file.len();
        file[at] = byte;
        let Ok(keystore) = Keystore::parse(std::str::from_utf8(&file).unwrap()) else { return Ok(()) };
        if keystore.kdf().function().work() < 1 << 12 {
            let derived = derive(keystore.kdf(), b"password").unwrap();
            drop(keystore.open(&derived));
        }
    }
}
