//! Recovery shares.

use proptest::prelude::*;
use vault::{KeyError, SHARES_MAX, Share, ShareError, combine};

use crate::{Room, chance, cheap};

const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn share_error<T: std::fmt::Debug>(result: Result<T, KeyError>) -> ShareError {
    match result {
        Err(KeyError::Share(error)) => error,
        other => panic!("expected a share error, got {other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Any k of n open the vault in any order; k - 1 don't.
    #[test]
    fn any_k_of_n(
        (k, n, order) in (2..=SHARES_MAX)
            .prop_flat_map(|n| (2..=n, Just(n)))
            .prop_flat_map(|(k, n)| {
                (Just(k), Just(n), Just((0..usize::from(n)).collect::<Vec<_>>()).prop_shuffle())
            }),
        seed: u64,
    ) {
        let room = Room::new_cached();
        let all = room.unlocked.split(k, n, &mut chance(seed)).unwrap();
        prop_assert_eq!(all.iter().map(Share::x).collect::<Vec<_>>(), (1..=n).collect::<Vec<_>>());
        let printed: Vec<Share> =
            order.iter().map(|&at| all[at].line().parse().unwrap()).collect();
        for some in [&printed[..k.into()], &printed[..]] {
            let opened = combine(some, &room.unlocked.recipient()).unwrap();
            prop_assert_eq!(opened.recipient(), room.unlocked.recipient());
            prop_assert_eq!(&*textbook(&printed[..k.into()]), &*textbook(some));
        }
        let few = combine(&printed[..usize::from(k) - 1], &room.unlocked.recipient());
        prop_assert_eq!(share_error(few), ShareError::TooFew { have: k - 1, need: k });
    }

    /// One wrong character anywhere, or two neighbours swapped: never taken for a share.
    #[test]
    fn typing_errors_are_caught(at in 0usize..74, other in 0usize..32, seed: u64) {
        let room = Room::new_cached();
        let share = &room.unlocked.split(3, 5, &mut chance(seed)).unwrap()[1];
        let line = share.line().to_string();
        let mut places = line.char_indices().skip("midun-share-1 3-of-5 2 ".len());
        let places: Vec<usize> =
            places.by_ref().filter(|(_, c)| *c != ' ').map(|(place, _)| place).collect();
        prop_assert_eq!(places.len(), 72);
        let place = places[at % 72];

        let mut wrong = line.clone();
        wrong.replace_range(place..=place, &ALPHABET[other..=other]);
        let read = wrong.parse::<Share>();
        match wrong == line {
            true => prop_assert!(read.is_ok()),
            false => prop_assert_eq!(read.unwrap_err(), ShareError::Damaged { x: 2 }),
        }

        let mut swapped = line.clone().into_bytes();
        let next = places[(at % 72 + 1) % 72];
        swapped.swap(place, next);
        let swapped = String::from_utf8(swapped).unwrap();
        prop_assert_eq!(swapped.parse::<Share>().is_ok(), swapped == line);

        let mut short = line.clone();
        short.remove(place);
        prop_assert_eq!(short.parse::<Share>().unwrap_err(), ShareError::Damaged { x: 2 });
    }

    /// Whatever is typed, reading it ends in a share or a refusal.
    #[test]
    fn reading_never_panics(text in "\\PC*", tail in "[0-9A-Za-z -]*") {
        let _ = text.parse::<Share>();
        let _ = format!("midun-share-1 {tail}").parse::<Share>();
        let _ = format!("midun-share-1 3-of-5 2 {tail}").parse::<Share>();
    }
}

/// The 32 bytes by the formula in the textbook: Lagrange at 0 over GF(2^8) mod x^8+x^4+x^3+x+1.
fn textbook(shares: &[Share]) -> Vec<u8> {
    let mut sums = vec![0; 32];
    for share in shares {
        let others = shares.iter().map(Share::x).filter(|&other| other != share.x());
        let weight = others.fold(1, |weight, other| {
            let inverse = (1..=255).find(|&i| times(other ^ share.x(), i) == 1).unwrap();
            times(weight, times(other, inverse))
        });
        let values = value(share);
        sums.iter_mut().zip(values).for_each(|(sum, value)| *sum ^= times(weight, value));
    }
    sums
}

fn times(mut a: u8, mut b: u8) -> u8 {
    let mut product = 0;
    while b > 0 {
        product ^= a * (b & 1);
        a = (a << 1) ^ (0x1b * (a >> 7));
        b >>= 1;
    }
    product
}

/// The 32 bytes on the line, by another way than the library's.
fn value(share: &Share) -> Vec<u8> {
    let line = share.line();
    let text: String = line.split(' ').skip(3).take(16).collect();
    let bits: Vec<u8> = text
        .chars()
        .flat_map(|c| (0..5).rev().map(move |bit| (ALPHABET.find(c).unwrap() >> bit & 1) as u8))
        .collect();
    bits.chunks(8).map(|byte| byte.iter().fold(0, |n, bit| n << 1 | bit)).skip(8).collect()
}

#[test]
fn the_textbook_finds_the_identity() {
    let room = Room::new();
    let shares = room.unlocked.split(3, 5, &mut chance(7)).unwrap();
    let secret = textbook(&shares[2..]);
    // The identity is the first thing a new vault draws: see `Room::new`.
    assert_eq!(secret, crate::bytes(1, 32));
    assert_ne!(textbook(&shares[3..]), secret, "two of three tell something else");
}

#[test]
fn people_type_shares_in_their_own_way() {
    let room = Room::new();
    let share = &room.unlocked.split(2, 3, &mut chance(7)).unwrap()[0];
    let line = share.line();
    let wide: String = line
        .chars()
        .map(|c| match c {
            ' ' => '\u{3000}',
            '!'..='~' => char::from_u32(c as u32 + 0xfee0).unwrap(),
            other => other,
        })
        .collect();
    let (head, rest) = line.split_at("midun-share-1 2-of-3 1 ".len());
    let confused = format!("{head}{}", rest.replace('0', "o").replace('1', "l"));
    let spaced = format!("{head} {}", rest.replace(' ', "").replace('1', "I"));
    for typed in [line.to_lowercase(), format!("  {}\n", *line), wide, confused, spaced] {
        let read: Share = typed.parse().unwrap_or_else(|error| panic!("{typed}: {error}"));
        assert_eq!(*read.line(), *line);
    }
}

#[test]
fn what_is_not_a_share_is_said() {
    let room = Room::new();
    let line = room.unlocked.split(2, 3, &mut chance(7)).unwrap()[0].line().to_string();
    let read = |text: &str| text.parse::<Share>().unwrap_err();
    assert_eq!(read(""), ShareError::NotAShare);
    assert_eq!(read("hello"), ShareError::NotAShare);
    assert_eq!(read("midun-share-1"), ShareError::NotAShare);
    assert_eq!(read(&line.replace("share-1", "share-2")), ShareError::UnknownVersion);
    assert_eq!(read(&line.replace("2-of-3", "3-of-3")), ShareError::Damaged { x: 1 });
    assert_eq!(read(&line.replace("2-of-3", "2/3")), ShareError::Damaged { x: 1 });
    assert_eq!(read(&line.replace("-3 1 ", "-3 2 ")), ShareError::Damaged { x: 2 });
    assert_eq!(read(&line.replace("-3 1 ", "-3 x ")), ShareError::Damaged { x: 0 });
}

#[test]
fn numbers_must_make_sense() {
    let room = Room::new();
    for (k, n) in [(0, 0), (0, 3), (1, 1), (1, 3), (4, 3), (2, SHARES_MAX + 1), (255, 255)] {
        let refusal = room.unlocked.split(k, n, &mut chance(1)).unwrap_err();
        assert_eq!(refusal, ShareError::Numbers { k, n });
    }
}

#[test]
fn wrong_sets_are_told_apart() {
    let (room, other) = (Room::new(), Room::new_with(2));
    let vault = room.unlocked.recipient();
    let ours = room.unlocked.split(2, 3, &mut chance(7)).unwrap();
    let later = room.unlocked.split(2, 3, &mut chance(8)).unwrap();
    let theirs = other.unlocked.split(2, 3, &mut chance(7)).unwrap();

    let none = combine(&[], &vault);
    assert_eq!(share_error(none), ShareError::TooFew { have: 0, need: 2 });
    let twice = combine(&[ours[1].clone(), ours[1].clone()], &vault);
    assert_eq!(share_error(twice), ShareError::TooFew { have: 1, need: 2 });
    let mixed = combine(&[ours[0].clone(), later[2].clone()], &vault);
    assert_eq!(share_error(mixed), ShareError::OtherSet { x: 3 });
    // The same chance gave both vaults the same set number: two shares "1" then differ.
    let conflict = combine(&[ours[0].clone(), theirs[0].clone()], &vault);
    assert_eq!(share_error(conflict), ShareError::Conflict { x: 1 });
    assert!(matches!(combine(&theirs, &vault), Err(KeyError::NotThisVault)));
    // One forged among enough good ones: the polynomial no longer fits.
    let forged = [ours[0].clone(), ours[1].clone(), theirs[2].clone()];
    assert!(matches!(combine(&forged, &vault), Err(KeyError::NotThisVault)));
}

#[test]
fn shares_open_the_vault_and_give_a_new_passphrase() {
    let room = Room::new();
    let shares = room.unlocked.split(2, 3, &mut chance(7)).unwrap();
    std::fs::remove_file(room.dir.path().join("keys/vault.age")).unwrap();
    let unlocked = room.keys.unlock_with_shares(&shares[1..]).unwrap();
    room.keys.set_passphrase(&unlocked, "remembered now", cheap()).unwrap();
    assert!(room.keys.unlock("remembered now").is_ok());
}

/// The format is on people's paper: this line must be read for ever.
#[test]
fn format_1_stays() {
    let room = Room::new();
    let shares = room.unlocked.split(2, 3, &mut chance(7)).unwrap();
    assert_eq!(*shares[0].line(), FORMAT_1);
    let kept: Share = FORMAT_1.parse().unwrap();
    assert!(combine(&[kept, shares[2].clone()], &room.unlocked.recipient()).is_ok());
}

const FORMAT_1: &str = "midun-share-1 2-of-3 1 6XMP SSZN EWMZ 2DQZ AZM1 7P4D GZJE 5RE3 \
                        9AYP 1DEM CZD5 KKH5 7B1N GA3Q WF3X YSW5 FDPHE66S";
