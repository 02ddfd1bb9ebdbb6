//! Notes, checkpoints, proofs and policies: no panic, and one spelling of what is accepted.
#![no_main]

use ledger::checkpoint::Checkpoint;
use ledger::note::Note;
use ledger::policy::Policy;
use ledger::tlog_proof::TlogProof;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(note) = Note::parse(bytes) {
        assert_eq!(note.to_string().as_bytes(), bytes);
        if let Ok(checkpoint) = Checkpoint::parse(&note.text) {
            assert_eq!(checkpoint.to_string(), note.text);
        }
    }
    if let Ok(proof) = TlogProof::parse(bytes) {
        assert_eq!(proof.to_string().as_bytes(), bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Policy::parse(text);
    }
});
