//! Whatever comes from outside is read without panic, and what is read has one form: writing it
//! gives the same bytes.

use ledger::checkpoint::Checkpoint;
use ledger::cosignature::cosign;
use ledger::note::{Note, SigningKey, VerifierKey};
use ledger::policy::Policy;
use ledger::proof::{consistency_proof, inclusion_proof};
use ledger::tlog_proof::TlogProof;
use ledger::witness::{AddCheckpoint, Answer};
use proptest::prelude::*;

use crate::fixture::{Levels, checkpoint, log_key, witness_key};

/// Everything this crate reads from strangers, read from the same bytes.
fn read_all(bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(note) = Note::parse(bytes) {
        prop_assert_eq!(note.to_string().into_bytes(), bytes);
        let _ = note.verify(&[log_key().verifier(), witness_key().verifier()]);
    }
    if let Ok(request) = AddCheckpoint::parse(bytes) {
        prop_assert_eq!(request.to_string().into_bytes(), bytes);
    }
    if let Ok(proof) = TlogProof::parse(bytes) {
        prop_assert_eq!(proof.to_string().into_bytes(), bytes);
        let _ = proof.verify(b"entry", &log_key().verifier());
    }
    for status in [200, 409, 500] {
        if let Answer::Conflict(size) = Answer::parse(status, "text/x.tlog.size", bytes) {
            prop_assert_eq!(format!("{size}\n").into_bytes(), bytes);
        }
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(()) };
    if let Ok(checkpoint) = Checkpoint::parse(text) {
        prop_assert_eq!(checkpoint.text(), text);
    }
    if let Ok(key) = VerifierKey::parse(text) {
        prop_assert_eq!(key.to_string(), text);
    }
    if let Ok(key) = SigningKey::parse(text) {
        prop_assert_eq!(key.to_text(), text);
    }
    if let Ok(policy) = Policy::parse(text) {
        let _ = policy.judge(bytes);
    }
    Ok(())
}

/// One sound text of each kind.
fn samples() -> Vec<Vec<u8>> {
    let mut log = Levels::of(9);
    let mut note = checkpoint(&log, 9).sign(&log_key());
    let cosignature = cosign(&witness_key(), &note.text, 1_764_000_000);
    note.signatures.push(cosignature);
    let proof = TlogProof {
        extra: Some(b"more".to_vec()),
        index: 3,
        path: inclusion_proof(&mut log, 3, 9).unwrap(),
        checkpoint: note.to_string(),
    };
    let proof_from_4 = consistency_proof(&mut log, 4, 9).unwrap();
    let request = AddCheckpoint { old: 4, proof: proof_from_4, note: note.clone() };
    let (log, witness) = (log_key(), witness_key());
    let policy = format!(
        "log {}\nwitness w {}\ngroup g any w\nquorum g\n",
        log.verifier(),
        witness.verifier()
    );
    let texts = [
        note.to_string(),
        note.text,
        proof.to_string(),
        request.to_string(),
        log.verifier().to_string(),
        log.to_text(),
        policy,
        "9\n".to_owned(),
    ];
    texts.map(String::into_bytes).to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        read_all(&bytes)?;
    }

    #[test]
    fn any_text_of_the_formats_letters_is_read(text in "[a—+= \n0-9A-Z#\t\r.]{0,200}") {
        read_all(text.as_bytes())?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_changed_text_is_read_as_it_stands_or_not_at_all(
        cuts: [prop::sample::Index; 3], byte: u8, what in 0usize..5,
    ) {
        for sample in samples() {
            let [a, b, c] = cuts.map(|cut| cut.index(sample.len()));
            let mut other = sample.clone();
            match what {
                0 => other[a] = byte,
                1 => other.insert(a, byte),
                2 => drop(other.remove(a)),
                3 => drop(other.drain(a.min(b)..a.max(b))),
                _ => {
                    let piece = sample[a.min(b)..a.max(b)].to_vec();
                    other.splice(c..c, piece);
                }
            }
            read_all(&other)?;
        }
    }
}

#[test]
fn the_samples_are_sound() {
    let samples = samples();
    assert!(Note::parse(&samples[0]).is_ok());
    assert!(TlogProof::parse(&samples[2]).is_ok());
    assert!(AddCheckpoint::parse(&samples[3]).is_ok());
    assert!(Policy::parse(std::str::from_utf8(&samples[6]).unwrap()).is_ok());
    for sample in samples {
        read_all(&sample).unwrap();
    }
}
