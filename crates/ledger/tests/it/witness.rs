//! What a witness answers, in the order of the checks in tlog-witness; and what the log reads.

use ledger::checkpoint::Checkpoint;
use ledger::cosignature::cosign;
use ledger::hash::{Hash, empty_root, leaf_hash};
use ledger::note::{Note, SigningKey, VerifierKey};
use ledger::proof::{NotProved, consistency_proof};
use ledger::tree::root_of;
use ledger::witness::{
    AddCheckpoint, Answer, Latest, PROOF_LINES_MAX, Refusal, authenticate, check, checkpoint_path,
};
use proptest::prelude::*;

use crate::fixture::{Levels, ORIGIN, checkpoint, log_key, witness_key};

fn known(origin: &str) -> Option<VerifierKey> {
    (origin == ORIGIN).then(|| log_key().verifier())
}

/// What the witness would hold after the log's first `size` entries.
fn latest(log: &Levels, size: u64) -> Option<Latest> {
    Some(Latest { size, root: root_of(&log.leaves()[..size as usize]) })
}

/// The request of a log that behaves.
fn request(log: &mut Levels, old: u64, new: u64) -> AddCheckpoint {
    let proof = consistency_proof(log, old, new).unwrap();
    AddCheckpoint { old, proof, note: checkpoint(log, new).sign(&log_key()) }
}

/// What can be wrong with a request, in the order in which a witness looks.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    Origin,
    Signature,
    Size,
    Latest,
    Proof,
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_log_that_grows_is_cosigned_again_and_again(steps in prop::collection::vec(0u64..40, 1..5)) {
        let mut log = Levels::default();
        let mut state = None;
        for step in steps {
            let old = log.edge.size();
            (0..step).for_each(|i| log.push(leaf_hash(&i.to_be_bytes())));
            let new = log.edge.size();
            let accepted = check(&request(&mut log, old, new), known, |_| state).unwrap();
            prop_assert_eq!((accepted.checkpoint.size, accepted.checkpoint.root), (new, log.edge.root()));
            let line = cosign(&witness_key(), &accepted.text, 1_764_000_000);
            let note = Note { text: accepted.text, signatures: vec![line] };
            prop_assert!(note.verify(&[witness_key().verifier()]).is_ok());
            state = Some(Latest { size: new, root: log.edge.root() });
        }
    }

    /// Whatever else is wrong, the answer is that to the first fault in the specification's order.
    #[test]
    fn the_first_fault_decides(faults in prop::sample::subsequence(
        vec![Fault::Origin, Fault::Signature, Fault::Size, Fault::Latest, Fault::Proof], 1..=5,
    )) {
        let mut log = Levels::of(9);
        let has = |fault| faults.contains(&fault);
        let mut request = request(&mut log, 5, 9);
        let origin = if has(Fault::Origin) { "unknown.example" } else { ORIGIN };
        let mut checkpoint = checkpoint(&log, 9);
        checkpoint.origin = origin.to_owned();
        request.note = checkpoint.sign(&log_key());
        if has(Fault::Signature) {
            request.note.signatures[0].bytes[7] ^= 1;
        }
        if has(Fault::Size) {
            request.old = 10;
        }
        if has(Fault::Proof) {
            request.proof[0].0[0] ^= 1;
        }
        // An old size beyond the checkpoint's is also not the latest; else that of the request is.
        let state = if has(Fault::Latest) { latest(&log, 7) } else { latest(&log, 5) };
        let expected = match faults[0] {
            Fault::Origin => 404,
            Fault::Signature => 403,
            Fault::Size => 400,
            Fault::Latest => 409,
            Fault::Proof => 422,
        };
        prop_assert_eq!(check(&request, known, |_| state).unwrap_err().status(), expected);
    }

    #[test]
    fn requests_round_trip(old in 0u64..20, more in 0u64..20) {
        let mut log = Levels::of(old + more);
        let request = request(&mut log, old, old + more);
        prop_assert_eq!(AddCheckpoint::parse(request.to_string().as_bytes()), Ok(request));
    }
}

#[test]
fn each_refusal_has_its_status() {
    let mut log = Levels::of(9);
    let good = request(&mut log, 5, 9);
    let with = |change: fn(&mut AddCheckpoint)| {
        let mut request = good.clone();
        change(&mut request);
        request
    };
    let signed = |size, root| Checkpoint::new(ORIGIN.into(), size, root).sign(&log_key());
    let five = latest(&log, 5);
    let nine = latest(&log, 9);
    let first = |note| AddCheckpoint { old: 0, proof: vec![], note };
    let other = leaf_hash(b"other");
    let takes = |takes, got| Refusal::Inconsistent(NotProved::Length { takes, got });
    for (request, state, refusal) in [
        (with(|r| r.old = 10), five, Refusal::OldTooLarge),
        (good.clone(), None, Refusal::Conflict(0)),
        (good.clone(), nine, Refusal::Conflict(9)),
        (with(|r| r.old = 0), five, Refusal::Conflict(5)),
        (first(signed(0, other)), None, Refusal::EmptyRoot),
        (with(|r| r.old = 0), None, takes(0, good.proof.len())),
        (with(|r| r.proof.clear()), five, takes(5, 0)),
        (with(|r| r.proof.push(Hash([0; 32]))), five, takes(5, 6)),
        (with(|r| r.proof.swap(0, 1)), five, Refusal::Inconsistent(NotProved::OldRoot)),
        (
            AddCheckpoint { old: 9, proof: vec![], note: signed(9, other) },
            nine,
            Refusal::Inconsistent(NotProved::Root),
        ),
        (
            AddCheckpoint { old: 9, proof: vec![other], note: signed(9, nine.unwrap().root) },
            nine,
            takes(0, 1),
        ),
        (
            AddCheckpoint { note: signed(9, other), ..good.clone() },
            five,
            Refusal::Inconsistent(NotProved::Root),
        ),
        (AddCheckpoint { note: signed(4, other), ..good.clone() }, five, Refusal::OldTooLarge),
    ] {
        assert_eq!(check(&request, known, |_| state).unwrap_err(), refusal);
    }
    assert_eq!(good.proof.len(), 5);
    assert!(check(&good, known, |_| five).is_ok());
    // Any size from nothing, none included, and the same size again.
    assert!(check(&first(signed(0, empty_root())), known, |_| None).is_ok());
    assert!(check(&first(signed(9, other)), known, |_| None).is_ok());
    let same = AddCheckpoint { old: 9, proof: vec![], note: good.note.clone() };
    assert!(check(&same, known, |_| nine).is_ok());
    let kept: Vec<bool> = [
        Refusal::Malformed,
        Refusal::UnknownOrigin,
        Refusal::BadSignature,
        Refusal::OldTooLarge,
        Refusal::Conflict(1),
        Refusal::EmptyRoot,
        Refusal::Inconsistent(NotProved::Root),
    ]
    .map(Refusal::worth_keeping)
    .to_vec();
    assert_eq!(kept, [false, false, false, false, false, true, true]);
    let conflict = Refusal::Conflict(20_852_163);
    assert_eq!(conflict.body(), ("text/x.tlog.size", "20852163\n".to_owned()));
}

#[test]
fn signatures_are_those_of_the_origins_keys() {
    let mut log = Levels::of(3);
    let good = request(&mut log, 0, 3);
    let other = SigningKey::log(ORIGIN, &[1; 32]).unwrap();
    let status = |request: &AddCheckpoint, keys: Vec<VerifierKey>| {
        check(request, |_| keys, |_| None).map_or_else(Refusal::status, |_| 200)
    };
    let key = log_key().verifier();
    assert_eq!(status(&good, vec![]), 404);
    assert_eq!(status(&good, vec![other.verifier()]), 403);
    assert_eq!(status(&good, vec![other.verifier(), key.clone()]), 200);
    assert_eq!(status(&good, vec![witness_key().verifier()]), 403);
    // Lines by strangers are ignored, and not handed on.
    let mut request = good.clone();
    request.note.signatures.insert(0, other.sign(&request.note.text));
    request.note.signatures.push(cosign(&witness_key(), &request.note.text, 7));
    let accepted = check(&request, |_| vec![key.clone()], |_| None).unwrap();
    assert_eq!(accepted.signatures, good.note.signatures);
    assert_eq!(accepted.text, good.note.text);
    // A second line by the same key that is wrong.
    let mut request = good.clone();
    request.note.signatures.push(log_key().sign("else\n"));
    assert_eq!(status(&request, vec![key]), 403);
}

#[test]
fn the_two_halves_are_the_whole() {
    let mut log = Levels::of(9);
    let authentic = authenticate(&request(&mut log, 5, 9), known).unwrap();
    assert_eq!(authentic.origin(), ORIGIN);
    assert_eq!(authentic.clone().decide(latest(&log, 6)), Err(Refusal::Conflict(6)));
    let whole = check(&request(&mut log, 5, 9), known, |_| latest(&log, 5));
    assert_eq!(authentic.decide(latest(&log, 5)), whole);
    assert!(whole.is_ok());
}

#[test]
fn bodies_that_are_no_requests() {
    let mut log = Levels::of(9);
    let good = request(&mut log, 5, 9).to_string();
    let line = format!("{}\n", empty_root());
    let lines = |count: usize| good.replacen("\n\n", &format!("\n{}\n", line.repeat(count)), 1);
    let had = 5;
    assert!(AddCheckpoint::parse(lines(PROOF_LINES_MAX - had).as_bytes()).is_ok());
    for wrong in [
        String::new(),
        "hello".into(),
        "old 5\n\n".into(),
        lines(PROOF_LINES_MAX - had + 1),
        good.replace("old 5", "old 05"),
        good.replace("old 5", "old +5"),
        good.replace("old 5", "old -5"),
        good.replace("old 5", "old  5"),
        good.replace("old 5", "Old 5"),
        good.replace("old 5", "old 5 "),
        good.replace("old 5", "old"),
        good.replace("old 5", "old 9223372036854775808"),
        good.replace("old 5", "old 18446744073709551616"),
        good.replacen("\n\n", "\n", 1),
        good.replacen("=\n", "\n", 1),
        good.replacen("=\n", "=\r\n", 1),
        good.trim_end().to_owned(),
        good.replace('—', "-"),
        format!("\n{good}"),
    ] {
        assert_eq!(AddCheckpoint::parse(wrong.as_bytes()), Err(Refusal::Malformed), "{wrong}");
    }
    // A note, but no checkpoint.
    let note = Note { text: "text\n".into(), signatures: vec![log_key().sign("text\n")] };
    let request = AddCheckpoint { old: 0, proof: vec![], note };
    assert_eq!(check(&request, known, |_| None), Err(Refusal::Malformed));
}

#[test]
fn a_log_reads_the_answers() {
    let line = cosign(&witness_key(), "text\n", 7);
    let lines = format!("{line}{line}");
    let answer = Answer::parse(200, "text/plain", lines.as_bytes());
    assert_eq!(answer, Answer::Cosigned(vec![line.clone(), line]));
    let size = "text/x.tlog.size";
    assert_eq!(Answer::parse(409, size, b"17\n"), Answer::Conflict(17));
    for (status, content_type, body) in [
        (200, "text/plain", &b""[..]),
        (200, "text/plain", b"\xff\n"),
        (200, "text/plain", b"cosigned\n"),
        (409, "text/plain", b"17\n"),
        (409, size, b"17"),
        (409, size, b"017\n"),
        (409, size, b"9223372036854775808\n"),
        (409, size, b"17\n\n"),
        (422, size, b"17\n"),
        (404, "text/plain", b""),
    ] {
        assert_eq!(Answer::parse(status, content_type, body), Answer::Refused(status));
    }
}

#[test]
fn the_latest_checkpoint_is_served_under_the_origins_hash() {
    // SHA-256 of "abc": the first example of FIPS 180-4.
    let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(checkpoint_path("abc"), format!("{hash}/checkpoint"));
}
