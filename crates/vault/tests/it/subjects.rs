//! Keys of secrets and of persons, and the small texts sealed under them.

use proptest::prelude::*;
use vault::{PersonKeys, Recipient, SUBJECT_BYTES_MAX, SealError, SecretKeys, TEXT_BYTES_MAX};

use crate::{Room, SUBJECT, bytes, chance};

#[test]
fn a_secret_seals_locked_and_opens_unlocked() {
    let room = Room::new();
    let sealer = room.sealer();
    for len in [0, 1, 300, 65_535, 65_536, 65_537] {
        let text = bytes(4, len);
        let sealed = sealer.seal(&text).unwrap();
        assert_eq!(*room.opener().open(&sealed).unwrap(), text);
        let by_name: Recipient = room.secret.recipient.parse().unwrap();
        assert_eq!(*room.opener().open(&by_name.seal(&text).unwrap()).unwrap(), text);
        assert_eq!(sealer.recipient(), &by_name);
    }
}

#[test]
fn every_damage_is_noticed() {
    let room = Room::new();
    let sealed = room.sealer().seal("配方:温度 240 ℃".as_bytes()).unwrap();
    let opener = room.opener();
    for at in 0..sealed.len() {
        let mut damaged = sealed.clone();
        damaged[at] ^= 1;
        assert!(opener.open(&damaged).is_err(), "byte {at}");
        assert!(matches!(opener.open(&sealed[..at]), Err(SealError::Damaged)), "cut at {at}");
    }
    let longer = [&sealed[..], b"x"].concat();
    assert!(matches!(opener.open(&longer), Err(SealError::Damaged)));
}

#[test]
fn wrapped_keys_notice_damage_and_strangers() {
    let (room, other) = (Room::new(), Room::new_with(2));
    let is = |error: SealError, expected: &str| assert!(format!("{error:?}").contains(expected));
    is(room.secret.open(SUBJECT, &other.unlocked).unwrap_err(), "WrongKey");
    is(room.secret.sealer(SUBJECT, &other.service).unwrap_err(), "WrongKey");
    is(room.secret.open("another", &room.unlocked).unwrap_err(), "NotThisSubject");
    is(room.secret.sealer("another", &room.service).unwrap_err(), "WrongKey");
    is(room.opener().open(&other.sealer().seal(b"x").unwrap()).unwrap_err(), "WrongKey");

    // Columns of two rows exchanged: each way of mixing is refused.
    let mixed = SecretKeys { recipient: other.secret.recipient.clone(), ..room.secret.clone() };
    is(mixed.open(SUBJECT, &room.unlocked).unwrap_err(), "NotThisSubject");
    is(mixed.sealer(SUBJECT, &room.service).unwrap_err(), "WrongKey");
    let nonsense = SecretKeys { recipient: "age1".into(), ..room.secret.clone() };
    is(nonsense.sealer(SUBJECT, &room.service).unwrap_err(), "BadRecipient");

    for at in (0..room.secret.identity.len()).step_by(3) {
        let mut damaged = room.secret.clone();
        damaged.identity[at] ^= 1;
        assert!(damaged.open(SUBJECT, &room.unlocked).is_err(), "byte {at}");
    }
    for at in 0..room.secret.mac_key.len() {
        let mut damaged = room.secret.clone();
        damaged.mac_key[at] ^= 1;
        assert!(damaged.sealer(SUBJECT, &room.service).is_err(), "byte {at}");
    }
}

#[test]
fn subjects_are_one_plain_line() {
    let room = Room::new();
    let vault = room.keys.recipient().unwrap();
    let long = "x".repeat(SUBJECT_BYTES_MAX + 1);
    for bad in ["", " a", "a ", "a\nb", "a\u{0}", "a\u{85}b", &long] {
        let secret = SecretKeys::new(bad, &vault, &room.service, &mut chance(1));
        assert!(matches!(secret, Err(SealError::BadSubject)), "{bad:?}");
        let person = PersonKeys::new(bad, &vault, &room.service, &mut chance(1));
        assert!(matches!(person, Err(SealError::BadSubject)), "{bad:?}");
    }
    for good in ["1", "张 三", "# subject: x", &long[1..]] {
        let secret = SecretKeys::new(good, &vault, &room.service, &mut chance(1)).unwrap();
        assert!(secret.open(good, &room.unlocked).is_ok(), "{good:?}");
    }
}

#[test]
fn a_person_is_read_locked_and_recovered_unlocked() {
    let room = Room::new();
    let vault = room.keys.recipient().unwrap();
    let person = PersonKeys::new("p-1", &vault, &room.service, &mut chance(5)).unwrap();
    let sealed = {
        let key = person.key("p-1", &room.service).unwrap();
        key.seal("李四(虚构)".as_bytes(), b"item/7/2", &mut chance(6)).unwrap()
    };
    let by_service = person.key("p-1", &room.service).unwrap();
    let by_vault = person.recover("p-1", &room.unlocked).unwrap();
    for key in [&by_service, &by_vault] {
        assert_eq!(*key.open(&sealed, b"item/7/2").unwrap(), "李四(虚构)".as_bytes());
        assert!(matches!(key.open(&sealed, b"item/7/3"), Err(SealError::WrongKey)));
    }
    assert_eq!(sealed.len(), "李四(虚构)".len() + 41);
    assert!(matches!(person.key("p-2", &room.service), Err(SealError::WrongKey)));
    assert!(matches!(person.recover("p-2", &room.unlocked), Err(SealError::NotThisSubject)));

    let service = Room::new_with(2).service;
    let again = person.rewrap("p-1", &room.unlocked, &vault, &service, &mut chance(8)).unwrap();
    assert!(again.key("p-1", &room.service).is_err());
    let key = again.key("p-1", &service).unwrap();
    assert_eq!(*key.open(&sealed, b"item/7/2").unwrap(), "李四(虚构)".as_bytes());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A person's texts come back, and only unaltered and in their place.
    #[test]
    fn person_texts(text: Vec<u8>, place: Vec<u8>, other: Vec<u8>, at: usize, bit in 0..8u8) {
        let room = Room::new_cached();
        let vault = room.unlocked.recipient();
        let keys = PersonKeys::new("p", &vault, &room.service, &mut chance(5)).unwrap();
        let key = keys.key("p", &room.service).unwrap();
        let sealed = key.seal(&text, &place, &mut chance(6)).unwrap();
        prop_assert_eq!(&*key.open(&sealed, &place).unwrap(), &text);
        prop_assert_eq!(key.open(&sealed, &other).is_ok(), place == other);
        let mut damaged = sealed.clone();
        damaged[at % sealed.len()] ^= 1u8 << bit;
        prop_assert!(key.open(&damaged, &place).is_err());
        prop_assert!(key.open(&sealed[..at % sealed.len()], &place).is_err());
    }

    /// Opening arbitrary bytes ends in a refusal.
    #[test]
    fn opening_noise(noise: Vec<u8>) {
        let room = Room::new_cached();
        let headed = [b"age-encryption.org/v1\n-> X25519 ", &noise[..]].concat();
        for bytes in [&noise, &headed] {
            prop_assert!(room.opener().open(bytes).is_err());
            prop_assert!(room.unlocked.open(bytes).is_err());
            prop_assert!(room.service.open("x", bytes).is_err());
        }
    }
}

#[test]
fn texts_have_a_limit() {
    let room = Room::new();
    let long = vec![0; TEXT_BYTES_MAX + 1];
    assert!(matches!(room.sealer().seal(&long), Err(SealError::TooLong)));
    let key = PersonKeys::new("p", &room.unlocked.recipient(), &room.service, &mut chance(5));
    let key = key.unwrap().key("p", &room.service).unwrap();
    assert!(matches!(key.seal(&long, b"", &mut chance(1)), Err(SealError::TooLong)));
    assert!(matches!(room.opener().open(&[0; TEXT_BYTES_MAX * 2]), Err(SealError::TooLong)));
}

/// The same chance gives the same bytes: what is in databases must be opened for ever.
#[test]
fn format_1_stays() {
    let room = Room::new();
    let vault = room.unlocked.recipient();
    let made = PersonKeys::new("p-1", &vault, &room.service, &mut chance(5)).unwrap();
    assert_eq!(hex::encode(&made.service), PERSON_1);
    let key = PersonKeys { service: hex::decode(PERSON_1).unwrap(), recovery: Vec::new() };
    let key = key.key("p-1", &room.service).unwrap();
    let sealed = key.seal(b"kept", b"place", &mut chance(6)).unwrap();
    assert_eq!(hex::encode(sealed), TEXT_1);
    assert_eq!(*key.open(&hex::decode(TEXT_1).unwrap(), b"place").unwrap(), b"kept");
}

const PERSON_1: &str = "01483ac8512ffd2b8127be70089d5b734ffd8ee11070effeb34071e2c8ee1c1913\
                        e9f3b74e1ed0147a56fa272fc053f5a2f879a60e01d1c028e552c71d7e73db7429\
                        8fc5460f5fa220";
const TEXT_1: &str = "0157656e382ee4bd7a7910929ad9840e3ca41a9dadbdbb0d7d1ffd1a6d88c0e8d8760\
                      57d8d0286c509d6c1feb6";
