//! The one thread that decides: it takes all requests that wait, decides them in one transaction,
//! and answers when that is on disk. So many logs share one sync of the disk.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use ledger::checkpoint::Checkpoint;
use ledger::cosignature::cosign;
use ledger::note::{Note, SigningKey};
use ledger::witness::{Authentic, Latest, Refusal};
use rusqlite::ErrorCode;
use tokio::sync::oneshot;

use super::Decision;
use super::state::{EvidenceKind, State};
use crate::Clock;

/// Requests decided together.
const BATCH_MAX: usize = 256;

/// A request that waits.
pub(super) struct Job {
    pub(super) authentic: Authentic,
    /// Text of the checkpoint.
    pub(super) text: String,
    /// The request as it came.
    pub(super) body: Vec<u8>,
    pub(super) reply: oneshot::Sender<Decision>,
}

/// Starts the thread. It ends when all senders are gone, or when the disk fails.
pub(super) fn start(
    state: State,
    key: SigningKey,
    clock: Clock,
    waiting_max: usize,
) -> std::io::Result<SyncSender<Job>> {
    let (sender, jobs) = sync_channel(waiting_max);
    let writer = Writer { state, key, clock };
    std::thread::Builder::new().name("witness".to_owned()).spawn(move || writer.run(&jobs))?;
    Ok(sender)
}

struct Writer {
    state: State,
    key: SigningKey,
    clock: Clock,
}

impl Writer {
    fn run(mut self, jobs: &Receiver<Job>) {
        while let Ok(first) = jobs.recv() {
            let mut batch = vec![first];
            batch.extend(jobs.try_iter().take(BATCH_MAX - 1));
            match self.decide_all(&batch) {
                Ok(answers) => {
                    for (job, answer) in batch.into_iter().zip(answers) {
                        let _ = job.reply.send(answer); // the asker may have gone
                    }
                }
                Err(why) => {
                    for job in batch {
                        let _ = job.reply.send(Decision::Unavailable);
                    }
                    if is_fatal(&why) {
                        return;
                    }
                }
            }
        }
    }

    fn decide_all(&mut self, batch: &[Job]) -> rusqlite::Result<Vec<Decision>> {
        let now_ms = (self.clock)();
        let key = &self.key;
        self.state
            .transaction(|state| batch.iter().map(|job| decide(state, key, now_ms, job)).collect())
    }
}

/// After a failed sync nobody knows what is on disk, and trying again proves nothing.
fn is_fatal(why: &rusqlite::Error) -> bool {
    !matches!(
        why.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::DiskFull)
    )
}

fn decide(state: &State, key: &SigningKey, now_ms: i64, job: &Job) -> rusqlite::Result<Decision> {
    let origin = job.authentic.origin();
    let latest = state.latest(origin)?;
    let accepted = match job.authentic.clone().decide(latest) {
        Ok(accepted) => accepted,
        Err(refusal) => {
            if refusal.worth_keeping() {
                let kind = evidence_kind(refusal, latest, &job.text);
                state.keep_evidence(origin, kind, now_ms, &job.text, &job.body)?;
            }
            return Ok(Decision::Refused(refusal));
        }
    };
    // Zero would mean "no time" (C2SP tlog-witness), so a clock before 1970 says its first second.
    let time = u64::try_from(now_ms / 1000).unwrap_or(0).max(1);
    let cosignature = cosign(key, &accepted.text, time);
    let mut note = Note { text: accepted.text, signatures: accepted.signatures };
    note.signatures.push(cosignature.clone());
    let latest = Latest { size: accepted.checkpoint.size, root: accepted.checkpoint.root };
    state.set_latest(origin, latest, &note.to_string())?;
    Ok(Decision::Cosigned(cosignature))
}

fn evidence_kind(refusal: Refusal, latest: Option<Latest>, text: &str) -> EvidenceKind {
    let checkpoint = Checkpoint::parse(text).ok();
    let two_roots = checkpoint.zip(latest).is_some_and(|(checkpoint, latest)| {
        latest.size == checkpoint.size && latest.root != checkpoint.root
    });
    if two_roots || refusal == Refusal::EmptyRoot {
        EvidenceKind::TwoRoots
    } else {
        EvidenceKind::NoGrowth
    }
}
