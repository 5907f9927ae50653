use argon2::{AssociatedData, ParamsBuilder};

use super::*;

/// Those of the reference implementation for Argon2id of version 1.3 with 32 bytes (`src/test.c` of
/// phc-winner-argon2).
#[test]
fn reference_vectors_hold() {
    let check = |passes, memory_kib, lanes, password: &str, salt: &str, expected: &str| {
        let key = argon2id(password.as_bytes(), salt.as_bytes(), memory_kib, passes, lanes).unwrap();
        assert_eq!(hex::encode(*key), expected);
    };
    check(
        2,
        65_536,
        1,
        "password",
        "somesalt",
        "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7",
    );
    check(
        2,
        256,
        1,
        "password",
        "somesalt",
        "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
    );
    check(
        2,
        256,
        2,
        "password",
        "somesalt",
        "6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037",
    );
    check(
        1,
        65_536,
        1,
        "password",
        "somesalt",
        "f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98",
    );
    check(
        2,
        65_536,
        1,
        "differentpassword",
        "somesalt",
        "0b84d652cf6b0c4beaef0dfe278ba6a80df6696281d7e0d2891b817d8c458fde",
    );
    check(
        2,
        65_536,
        1,
        "password",
        "diffsalt",
        "bdf32b05ccc42eb15d58fd19b1f856b113da1e9a5874fdcc544308565aa8141c",
    );
}

#[test]
fn parameters_out_of_bounds_are_refused() {
    let check = |memory_kib, passes, lanes, salt: &[u8], expected| {
        let refused = argon2id(b"password", salt, memory_kib, passes, lanes).err();
        assert_eq!(refused, Some(expected));
    };
    let salt = &[0; 16];
    check(0, 3, 1, salt, Error::MemoryTooLittle);
    check(15, 3, 2, salt, Error::MemoryTooLittle);
    check(65_536, 0, 1, salt, Error::TimeTooSmall);
    check(65_536, 3, 0, salt, Error::ThreadsTooFew);
    check(65_536, 3, u32::MAX, salt, Error::ThreadsTooMany);
    check(65_536, 3, 1, &[0; 7], Error::SaltTooShort);
}

/// The library against RFC 9106, section 5.3, whose vector has a secret and associated data that Candor never uses.
#[test]
fn the_library_agrees_with_rfc_9106() {
    let params = ParamsBuilder::new()
        .m_cost(32)
        .t_cost(3)
        .p_cost(4)
        .data(AssociatedData::new(&[4; 12]).unwrap())
        .build()
        .unwrap();
    let argon2 = Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params).unwrap();
    let mut tag = [0; 32];
    argon2.hash_password_into(&[1; 32], &[2; 16], &mut tag).unwrap();
    assert_eq!(hex::encode(tag), "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
}

/// The official log of the reference implementation ends with the tag of the same input.
#[test]
fn the_official_log_has_the_same_tag() {
    let Some(log) = candor_vectors::text("argon2/argon2id.kat") else { return };
    let tag = log.lines().find_map(|line| line.strip_prefix("Tag: ")).unwrap().replace(' ', "");
    assert_eq!(tag, "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
}

#[test]
fn memory_taken_ahead_changes_nothing() {
    let check = |ahead| {
        prepare(ahead).unwrap();
        let key = argon2id(b"password", &[3; 16], 2_048, 2, 1).unwrap();
        let mut expected = [0; KEY_LENGTH];
        let library = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            Params::new(2_048, 2, 1, Some(KEY_LENGTH)).unwrap(),
        );
        library.hash_password_into(b"password", &[3; 16], &mut expected).unwrap();
        assert_eq!(hex::encode(*key), hex::encode(expected), "{ahead} KiB ahead");
    };
    check(2_048);
    check(8);
    check(4_096);
}
