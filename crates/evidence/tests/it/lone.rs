//! A proof that stands alone: what it says by itself, and against the verifier's own keys.

use evidence::verify::{Options, Outcome, State, Verdict, Verifier};
use ledger::checkpoint::Checkpoint;
use ledger::cosignature::cosign;
use ledger::hash::leaf_hash;
use ledger::note::SigningKey;
use ledger::tlog_proof::TlogProof;

const TIME: u64 = 1_795_478_400;

fn log() -> SigningKey {
    SigningKey::log("midun.log/alone", &[7; 32]).unwrap()
}

fn witness() -> SigningKey {
    SigningKey::cosigner("witness.example.org.cn", &[8; 32]).unwrap()
}

fn proof(extra: bool) -> String {
    let entry = [5; 32];
    let mut note = Checkpoint::new("midun.log/alone".into(), 1, leaf_hash(&entry)).sign(&log());
    let line = cosign(&witness(), &note.text, TIME);
    note.signatures.push(line);
    let extra = extra.then(|| entry.to_vec());
    TlogProof { extra, index: 0, path: vec![], checkpoint: note.to_string() }.to_string()
}

fn policy() -> String {
    let (log, witness) = (log().verifier(), witness().verifier());
    format!("log {log}\nwitness w {witness}\nquorum w\n")
}

fn verify(bytes: &[u8], keys: &str, piece: usize) -> Verdict {
    let mut verifier = Verifier::new(Options::from_text(keys, None).unwrap());
    bytes.chunks(piece).for_each(|piece| verifier.feed(piece));
    verifier.finish()
}

fn state(verdict: &Verdict, id: &str) -> Option<State> {
    verdict.claims.iter().find(|claim| claim.id == id).map(|claim| claim.state)
}

#[test]
fn with_the_verifiers_keys_it_is_valid() {
    for piece in [1, 7, 10_000] {
        let verdict = verify(proof(true).as_bytes(), &policy(), piece);
        assert_eq!(verdict.outcome, Outcome::Valid, "{verdict:?}");
        let fact = verdict.proof.as_ref().unwrap();
        assert_eq!((fact.index, fact.size, &*fact.log), (0, 1, "midun.log/alone"));
        assert_eq!(fact.seen, [("w".to_owned(), 1000 * TIME as i64)]);
        assert_eq!(state(&verdict, "claim-policy"), Some(State::Holds));
        assert_eq!(state(&verdict, "claim-proof-meaning"), Some(State::Open));
    }
}

#[test]
fn without_keys_or_entry_it_stays_open_and_says_so() {
    let verdict = verify(proof(true).as_bytes(), "", 100);
    assert_eq!(verdict.outcome, Outcome::Unreadable);
    assert_eq!(verdict.proof.as_ref().unwrap().cosigners, ["witness.example.org.cn"]);
    assert_eq!(state(&verdict, "claim-proof"), Some(State::Holds));
    assert_eq!(state(&verdict, "claim-checkpoint"), Some(State::Open));
    let verdict = verify(proof(false).as_bytes(), &policy(), 100);
    assert_eq!(verdict.outcome, Outcome::Unreadable);
    assert_eq!(state(&verdict, "claim-proof-inclusion"), Some(State::Open));
}

#[test]
fn every_changed_byte_is_noticed() {
    let whole = proof(true).into_bytes();
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        assert_ne!(verify(&changed, &policy(), 64).outcome, Outcome::Valid, "byte {at}");
    }
    for end in 0..whole.len() {
        assert_ne!(verify(&whole[..end], &policy(), 64).outcome, Outcome::Valid, "cut at {end}");
    }
    let long = [whole, vec![b'x'; 3 << 20]].concat();
    assert_ne!(verify(&long, &policy(), 1 << 20).outcome, Outcome::Valid);
}
