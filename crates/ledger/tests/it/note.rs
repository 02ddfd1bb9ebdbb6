//! Notes, checkpoints, cosignatures, proofs, policies: vectors and round trips.

use ledger::checkpoint::Checkpoint;
use ledger::cosignature::cosign;
use ledger::hash::leaf_hash;
use ledger::note::{KeyKind, Note, NoteError, SigningKey, VerifierKey};
use ledger::policy::Policy;
use ledger::proof::NotProved;
use ledger::tlog_proof::TlogProof;
use ledger::witness::{AddCheckpoint, Latest, Refusal, check};
use proptest::prelude::*;

#[test]
fn the_example_of_the_specification_verifies() {
    let key: VerifierKey =
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k".parse().unwrap();
    let note = "This is an example message.\n\n— example.com/foo \
        Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    let parsed = Note::parse(note.as_bytes()).unwrap();
    assert_eq!(parsed.to_string(), note);
    assert!(parsed.verify(std::slice::from_ref(&key)).is_ok());
    let other = note.replace("example message", "Example message");
    let error = Note::parse(other.as_bytes()).unwrap().verify(&[key]);
    assert_eq!(error, Err(NoteError::WrongSignature("example.com/foo".into())));
}

fn log() -> SigningKey {
    SigningKey::log("log.example/1", &[7; 32]).unwrap()
}

fn witness() -> SigningKey {
    SigningKey::cosigner("witness.example/w", &[9; 32]).unwrap()
}

#[test]
fn keys_round_trip_and_mistyped_ones_are_refused() {
    for key in [log(), witness()] {
        let text = key.verifier().to_string();
        assert_eq!(text.parse::<VerifierKey>().unwrap(), key.verifier());
        let again = SigningKey::parse(&key.to_text()).unwrap();
        assert_eq!(again.verifier(), key.verifier());
        assert!(text.replacen("example", "exemple", 1).parse::<VerifierKey>().is_err());
    }
    // The neutral point: a key of small order.
    let mut weak = [0; 32];
    weak[0] = 1;
    assert!(VerifierKey::new("log.example", KeyKind::Log, &weak).is_err());
}

#[test]
fn a_cosigned_checkpoint_is_judged_by_a_policy() {
    let checkpoint = Checkpoint::new("log.example/1".into(), 1, leaf_hash(b"entry"));
    let mut note = checkpoint.sign(&log());
    let policy = |quorum: &str| {
        let text = format!(
            "# mine\nlog {}\nwitness w {} https://w.example\nwitness v {}\ngroup both all w v\n\
             quorum {quorum}\n",
            log().verifier(),
            witness().verifier(),
            SigningKey::cosigner("v.example", &[8; 32]).unwrap().verifier(),
        );
        Policy::parse(&text).unwrap()
    };
    let judged = policy("none").judge(note.to_string().as_bytes()).unwrap();
    assert!(judged.quorum && judged.cosigned.is_empty());
    assert!(!policy("w").judge(note.to_string().as_bytes()).unwrap().quorum);

    note.signatures.push(cosign(&witness(), &note.text, 1_764_000_000));
    let judged = policy("w").judge(note.to_string().as_bytes()).unwrap();
    assert!(judged.quorum);
    assert_eq!(judged.cosigned[0].time, 1_764_000_000);
    assert!(!policy("both").judge(note.to_string().as_bytes()).unwrap().quorum);

    let last = note.signatures.last_mut().unwrap();
    last.bytes[3] ^= 1;
    assert!(policy("none").judge(note.to_string().as_bytes()).is_err());
    for wrong in ["", "quorum x", "log x\nquorum none", "quorum none\nquorum none"] {
        assert!(Policy::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_proof_stands_alone() {
    let checkpoint = Checkpoint::new("log.example/1".into(), 1, leaf_hash(b"entry"));
    let proof = TlogProof {
        extra: Some(b"more".to_vec()),
        index: 0,
        path: vec![],
        checkpoint: checkpoint.sign(&log()).to_string(),
    };
    let again = TlogProof::parse(proof.to_string().as_bytes()).unwrap();
    assert_eq!(again, proof);
    assert!(again.verify(b"entry", &log().verifier()).is_ok());
    assert!(again.verify(b"other", &log().verifier()).is_err());
}

#[test]
fn a_witness_answers_in_the_order_of_the_specification() {
    let root = leaf_hash(b"entry");
    let first = Checkpoint::new("log.example/1".into(), 1, root).sign(&log());
    let ask = |old| AddCheckpoint { old, proof: vec![], note: first.clone() };
    let known = |_: &str| Some(log().verifier());
    let cosigned = Latest { size: 1, root };
    assert!(check(&ask(0), known, |_| None).is_ok());
    assert!(check(&ask(1), known, |_| Some(cosigned)).is_ok());
    let statuses = [
        (check(&ask(0), |_| None, |_| None), Refusal::UnknownOrigin),
        (check(&ask(0), |_| Some(witness().verifier()), |_| None), Refusal::BadSignature),
        (check(&ask(2), known, |_| None), Refusal::OldTooLarge),
        (check(&ask(0), known, |_| Some(cosigned)), Refusal::Conflict(1)),
        (
            check(&ask(1), known, |_| Some(Latest { size: 1, root: leaf_hash(b"x") })),
            Refusal::Inconsistent(NotProved::Root),
        ),
    ];
    for (answer, refusal) in statuses {
        assert_eq!(answer.unwrap_err(), refusal);
    }
    let again = AddCheckpoint::parse(ask(0).to_string().as_bytes()).unwrap();
    assert_eq!(again, ask(0));
    for body in ["", "old 09\n\nx", "old -1\n\nx", "old 1"] {
        assert_eq!(AddCheckpoint::parse(body.as_bytes()), Err(Refusal::Malformed));
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Note::parse(&bytes);
        let _ = AddCheckpoint::parse(&bytes);
        let _ = TlogProof::parse(&bytes);
        let text = String::from_utf8_lossy(&bytes);
        let _ = (Policy::parse(&text), text.parse::<VerifierKey>(), Checkpoint::parse(&text));
    }
}
