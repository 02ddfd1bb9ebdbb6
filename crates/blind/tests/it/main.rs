//! Two parties that do what they must, and some that do not.

use std::collections::BTreeSet;

use blind::{Answer, Bad, Key, Offer, Reply, Thing, answer, finish, offer, settle};
use proptest::prelude::*;

const MOST: u64 = 100_000;

fn things(of: &[u32]) -> Vec<Thing> {
    of.iter().map(|n| Thing::new("number", &n.to_le_bytes())).collect()
}

fn key(seed: u8) -> Key {
    let mut random = [seed; 64];
    random[0] = 1;
    Key::new(&random)
}

/// Goes through all of it as files: what each side learns to be shared.
fn compare(left: &[u32], right: &[u32]) -> (BTreeSet<u32>, BTreeSet<u32>) {
    let (a, b) = (key(1), key(2));
    let (sent, places) = offer(&a, [7; 32], &things(left));
    let sent = Offer::read(&sent.to_bytes(), MOST).expect("can be read");
    let (answered, others) = answer(&b, &sent, &things(right), &[3; 64]);
    let answered = Answer::read(&answered.to_bytes(), MOST).expect("can be read");
    let kept = Key::from_bytes(a.to_bytes()).expect("is kept");
    let (replied, mine) = settle(&kept, &sent, &answered, &[4; 64]).expect("is good");
    let replied = Reply::read(&replied.to_bytes(), MOST).expect("can be read");
    let theirs = finish(&sent, &answered, &replied).expect("is good");
    (
        mine.iter().map(|at| left[places[*at as usize] as usize]).collect(),
        theirs.iter().map(|at| right[others[*at as usize] as usize]).collect(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn each_side_learns_what_both_have(
        left in prop::collection::btree_set(0u32..60, 0..40),
        right in prop::collection::btree_set(0u32..60, 0..40),
    ) {
        let both: BTreeSet<u32> = left.intersection(&right).copied().collect();
        let lists = [left, right].map(|set| set.into_iter().collect::<Vec<_>>());
        prop_assert_eq!(compare(&lists[0], &lists[1]), (both.clone(), both));
    }

    #[test]
    fn a_changed_byte_is_noticed(at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let (a, b) = (key(1), key(2));
        let (sent, _) = offer(&a, [7; 32], &things(&[1, 2, 3, 4, 5]));
        let (answered, _) = answer(&b, &sent, &things(&[4, 5, 6]), &[3; 64]);
        let mut bytes = answered.to_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let read = Answer::read(&bytes, MOST).and_then(|a2| settle(&a, &sent, &a2, &[4; 64]));
        // A blinded thing of the answerer's own is whatever it wants, as long as it is a point.
        let own = bytes.len() - answered.proofs.len() - 8 * 32..;
        let own = own.start..own.start + 3 * 32;
        prop_assert!(read.is_err() || own.contains(&at), "byte {at} of {}", bytes.len());
    }

    #[test]
    fn no_bytes_make_a_reader_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..300), step in 0..3usize) {
        let heads = ["offer 2\n", "answer 1 2\n", "reply 3\n"];
        let mut message = format!("midun blind comparison 1\n{}", heads[step]).into_bytes();
        message.append(&mut bytes);
        prop_assert!(Offer::read(&message, 3).is_err() || step == 0);
        prop_assert!(Answer::read(&message, 3).is_err() || step == 1);
        prop_assert!(Reply::read(&message, 3).is_err() || step == 2);
    }
}

/// What the answerer could try, and what the offerer says to it.
#[test]
fn a_cheater_is_noticed() {
    let (a, b, other) = (key(1), key(2), key(3));
    let (sent, _) = offer(&a, [7; 32], &things(&[1, 2, 3, 4, 5]));
    let (honest, _) = answer(&b, &sent, &things(&[4, 5, 6]), &[3; 64]);
    let tried = |change: &dyn Fn(&mut Answer)| {
        let mut answered = honest.clone();
        change(&mut answered);
        settle(&a, &sent, &answered, &[4; 64]).map(|(_, shared)| shared.len())
    };
    assert_eq!(tried(&|_| {}), Ok(2));
    assert_eq!(tried(&|answer| answer.doubled.swap(0, 1)), Err(Bad::Proof));
    assert_eq!(tried(&|answer| answer.doubled[0] = answer.points[0]), Err(Bad::Proof));
    assert_eq!(tried(&|answer| answer.doubled.truncate(4)), Err(Bad::Count));
    assert_eq!(tried(&|answer| answer.proofs.clear()), Err(Bad::Proof));
    assert_eq!(tried(&|answer| answer.public = other.public()), Err(Bad::Proof));
    let (wrong, _) = answer(&other, &sent, &[], &[3; 64]);
    assert_eq!(tried(&|answer| answer.doubled = wrong.doubled.clone()), Err(Bad::Proof));
    assert_eq!(tried(&|answer| answer.offer = [0; 32]), Err(Bad::OtherOffer));

    let (replied, _) = settle(&a, &sent, &honest, &[4; 64]).expect("is good");
    let replied_with = |change: &dyn Fn(&mut Reply)| {
        let mut reply = replied.clone();
        change(&mut reply);
        finish(&sent, &honest, &reply).map(|shared| shared.len())
    };
    assert_eq!(replied_with(&|_| {}), Ok(2));
    assert_eq!(replied_with(&|reply| reply.doubled.reverse()), Err(Bad::Proof));
    assert_eq!(replied_with(&|reply| reply.answer = [0; 32]), Err(Bad::OtherAnswer));
}

#[test]
fn what_is_no_message_is_refused_with_the_reason() {
    let (sent, _) = offer(&key(1), [7; 32], &things(&[1, 2, 3]));
    let bytes = sent.to_bytes();
    let read = |bytes: &[u8]| Offer::read(bytes, MOST).map(drop);
    assert_eq!(read(&bytes), Ok(()));
    assert_eq!(read(b""), Err(Bad::Form));
    assert_eq!(read(&bytes[..bytes.len() - 1]), Err(Bad::Form));
    assert_eq!(read(&[&bytes[..], b"x"].concat()), Err(Bad::Form));
    let named = |from: &str, to: &str| {
        let head = format!("midun blind comparison 1\n{from}");
        let changed = format!("midun blind comparison {to}");
        [changed.as_bytes(), &bytes[head.len()..]].concat()
    };
    assert_eq!(read(&named("offer 3", "1\nreply 3")), Err(Bad::Step));
    assert_eq!(read(&named("offer 3", "2\noffer 3")), Err(Bad::Newer));
    assert_eq!(read(&named("offer 3", "1\noffer 100001")), Err(Bad::TooMany(100_001)));
    assert_eq!(read(&named("offer 3", "1\noffer -1")), Err(Bad::Form));
    let mut twice = sent.clone();
    twice.points[1] = twice.points[0];
    assert_eq!(read(&twice.to_bytes()), Err(Bad::Point));
    let mut nothing = sent.clone();
    nothing.points[0] = [0; 32];
    assert_eq!(read(&nothing.to_bytes()), Err(Bad::Point), "any key leaves it as it is");
    let mut none = sent;
    none.points[0] = [0xFF; 32];
    assert_eq!(read(&none.to_bytes()), Err(Bad::Point));
}

#[test]
fn equal_things_count_once_and_sorts_do_not_meet() {
    assert_eq!(compare(&[1, 1, 2], &[1]).0.len(), 1);
    assert_ne!(Thing::new("gram", b"1"), Thing::new("row", b"1"));
}
