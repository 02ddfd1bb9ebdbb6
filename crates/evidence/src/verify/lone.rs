//! A proof that stands alone (C2SP tlog-proof): one entry, its path, and a cosigned checkpoint.
//!
//! As `extra` it may bring the entry itself, the 32 bytes that a leaf is the hash of; then it shows
//! by itself that the entry is in the log. What the entry says only a dossier shows.

use ledger::checkpoint::{Checkpoint, CheckpointError};
use ledger::hash::leaf_hash;
use ledger::note::{Note, NoteError};
use ledger::proof::verify_inclusion;
use ledger::tlog_proof::TlogProof;

use super::Options;
use super::collect::Collector;
use super::findings::{Finding, Findings};
use super::judge::empty;
use super::verdict::{Outcome, ProofFact, State, Verdict};

/// The first line.
const HEAD: &[u8] = b"c2sp.org/tlog-proof@v1\n";

/// Whether bytes that start so may become a proof.
pub fn may_be(start: &[u8]) -> bool {
    let length = start.len().min(HEAD.len());
    start[..length] == HEAD[..length]
}

/// Whether these are the bytes of a proof, be it well formed or not.
pub fn is(bytes: &[u8]) -> bool {
    bytes.starts_with(HEAD)
}

/// Judges a proof. Without a policy that names the log nothing vouches for it, and it stays open.
pub fn judge(bytes: &[u8], options: &Options) -> Verdict {
    let mut findings = Findings::default();
    let proof = TlogProof::parse(bytes).ok();
    let read = proof.as_ref().and_then(|proof| {
        let note = Note::parse(proof.checkpoint.as_bytes()).ok()?;
        Some((proof, Checkpoint::parse(&note.text).ok()?, note))
    });
    let fact = match &read {
        None => {
            findings.claim("claim-proof", "", Finding::fails("why-proof-form"));
            None
        }
        Some((proof, checkpoint, note)) => {
            findings.claim("claim-proof", "", Finding::holds());
            findings.claim("claim-checkpoint", &checkpoint.origin, signed(proof, options));
            let args =
                |finding: Finding| finding.with("index", proof.index).with("size", checkpoint.size);
            let subject = proof.index.to_string();
            findings.claim("claim-proof-inclusion", subject, args(included(proof, checkpoint)));
            let seen = cosigned(proof, options, &mut findings);
            findings.claim("claim-proof-meaning", "", Finding::open("why-proof-meaning"));
            let others = note.signatures.iter().filter(|line| line.name != checkpoint.origin);
            Some(ProofFact {
                log: checkpoint.origin.clone(),
                index: proof.index,
                size: checkpoint.size,
                cosigners: others.map(|line| line.name.clone()).collect(),
                seen,
            })
        }
    };
    let collected = Collector::default().finish();
    let mut verdict = Verdict { proof: fact, ..empty(&collected, options, findings) };
    verdict.counts.bytes = bytes.len() as u64;
    let holds = |id: &str| verdict.claims.iter().any(|c| c.id == id && c.state == State::Holds);
    let outcome = if verdict.failures().next().is_some() {
        Outcome::NotValid
    } else if holds("claim-checkpoint") && holds("claim-proof-inclusion") {
        Outcome::Valid
    } else {
        Outcome::Unreadable
    };
    Verdict { outcome, ..verdict }
}

/// Whether the log that the policy names has signed the checkpoint.
fn signed(proof: &TlogProof, options: &Options) -> Finding {
    let Some(policy) = options.policy.as_ref().filter(|policy| !policy.logs.is_empty()) else {
        return Finding::open("why-proof-no-keys");
    };
    match policy.judge(proof.checkpoint.as_bytes()) {
        Ok(_) => Finding::holds(),
        Err(CheckpointError::OtherOrigin(origin)) => {
            Finding::fails("why-other-log").with("found", origin)
        }
        Err(CheckpointError::Note(NoteError::NoKnownKey)) => {
            Finding::fails("why-not-signed-by-log")
        }
        Err(CheckpointError::Note(NoteError::WrongSignature(_))) => Finding::fails("why-signature"),
        Err(_) => Finding::fails("why-checkpoint-form"),
    }
}

/// Whether the entry that the proof brings along is in the checkpoint's tree.
fn included(proof: &TlogProof, checkpoint: &Checkpoint) -> Finding {
    let Some(entry) = &proof.extra else { return Finding::open("why-proof-no-entry") };
    let leaf = leaf_hash(entry);
    match verify_inclusion(&leaf, proof.index, checkpoint.size, &proof.path, &checkpoint.root) {
        Ok(()) => Finding::holds(),
        Err(_) => Finding::fails("why-proof"),
    }
}

/// Which of the policy's witnesses have cosigned, and when; and whether they are enough.
fn cosigned(proof: &TlogProof, options: &Options, findings: &mut Findings) -> Vec<(String, i64)> {
    let Some(policy) = &options.policy else { return Vec::new() };
    let Ok(judgement) = policy.judge(proof.checkpoint.as_bytes()) else { return Vec::new() };
    for witness in &judgement.cosigned {
        findings.claim("claim-cosignature", &witness.name, Finding::holds());
    }
    let enough = match (&policy.quorum, judgement.quorum) {
        (None, _) => Finding::open("why-no-quorum"),
        (Some(_), true) => Finding::holds(),
        (Some(_), false) => Finding::fails("why-quorum").with("count", 0).with("total", 1),
    };
    findings.claim("claim-policy", "", enough);
    let ms = |seconds| i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1000);
    judgement.cosigned.into_iter().map(|one| (one.name, ms(one.time))).collect()
}
