//! The one door through which events enter.
//!
//! One writer thread gathers what is waiting and commits it together. A wish is acknowledged when
//! its events, the tree and the projections are durable; its inclusion can be proved from that
//! moment. Several processes may append to one database: each batch locks the head row first.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread::JoinHandle;

use domain::facts::Facts;
use domain::{Command, Decision, Moment, Number, Refusal};
use ledger::checkpoint::Checkpoint;
use ledger::hash::leaf_hash;
use ledger::note::SigningKey;
use ledger::tree::RightEdge;
use rusqlite::config::DbConfig;
use rusqlite::hooks::Wal;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::record::{Record, encode};
use crate::tree::{push, right_edge};
use crate::{StoreError, apply, facts, open};

/// The most wishes committed together.
const BATCH_MAX: usize = 512;
/// The write-ahead log is emptied when it has so many pages of 4 KiB.
const CHECKPOINT_PAGES: i32 = 1000;

/// What a journal needs: only the program itself owns a clock and a generator.
#[derive(Clone)]
pub struct Config {
    /// The data directory.
    pub dir: PathBuf,
    /// The log's name.
    pub origin: String,
    /// The log's key.
    pub log_key: Arc<SigningKey>,
    /// The clock.
    pub clock: Arc<dyn Fn() -> Moment + Send + Sync>,
    /// Fills a buffer with random bytes.
    pub entropy: fn(&mut [u8]),
    /// The company's time zone: minutes east of Greenwich.
    pub zone_minutes: i16,
}

/// A wish for the journal.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Names this wish: when it is sent again, the first receipt comes back.
    pub key: [u8; 16],
    /// Who wishes it.
    pub by: String,
    /// What is wished.
    pub command: Command,
}

/// The acknowledgement of a wish: its events are durable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The place of its first event.
    pub first: u64,
    /// The number of its events.
    pub events: u64,
    /// The number of what was made.
    pub number: Option<Number>,
    /// The signed checkpoint that includes them.
    pub checkpoint: String,
    /// The size of that checkpoint.
    pub size: u64,
    /// Whether the wish had been carried out before.
    pub repeated: bool,
}

/// Why a wish was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The rules say no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store can't.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(StoreError::sort(error))
    }
}

struct Job {
    wish: Wish,
    reply: SyncSender<Result<Receipt, Failure>>,
}

/// The one door through which events enter.
///
/// Cheap to share between threads by reference. Dropping it finishes what is waiting.
pub struct Journal {
    jobs: Option<SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Journal {
    /// Opens the journal of a data directory; makes it when `create`.
    ///
    /// # Errors
    /// [`StoreError::NoNode`], [`StoreError::Newer`], or the database's own.
    pub fn open(config: Config, create: bool) -> Result<Self, StoreError> {
        let db = open::writer(&config.dir, create)?;
        Self::start(db, config)
    }

    /// As [`Journal::open`], but a power cut loses what was acknowledged. No setting leads here:
    /// it is how the tests of power cuts show that they would see a loss.
    #[doc(hidden)]
    pub fn open_careless(config: Config, create: bool) -> Result<Self, StoreError> {
        let db = open::writer(&config.dir, create)?;
        db.execute_batch("PRAGMA synchronous = NORMAL")?;
        Self::start(db, config)
    }

    fn start(mut db: Connection, config: Config) -> Result<Self, StoreError> {
        let size = head_size(&db)?;
        let edge = right_edge(&db, size)?;
        let (jobs, waiting) = mpsc::sync_channel(4 * BATCH_MAX);
        let wal_pages = Arc::new(AtomicI32::new(0));
        let seen = wal_pages.clone();
        db.wal_hook(Some(move |_: &mut Wal, pages| {
            seen.store(pages, Ordering::Relaxed);
            Ok(())
        }))?;
        let mut writer = Writer { db, edge, config, wal_pages };
        let thread = std::thread::Builder::new()
            .name("journal".into())
            .spawn(move || writer.run(&waiting))
            .map_err(|_| StoreError::Stopped)?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Carries out a wish and waits until it is durable.
    ///
    /// # Errors
    /// [`Failure::Refused`] when the rules say no; [`Failure::Store`] when it can't be written.
    /// Nothing was written then; only after a failure of the disk itself nobody knows before the
    /// journal is opened anew.
    pub fn submit(&self, wish: Wish) -> Result<Receipt, Failure> {
        let (reply, answer) = mpsc::sync_channel(1);
        self.jobs
            .as_ref()
            .and_then(|jobs| jobs.send(Job { wish, reply }).ok())
            .ok_or(StoreError::Stopped)?;
        answer.recv().map_err(|_| StoreError::Stopped)?
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            // The writer reports its own failures to those who wait.
            drop(thread.join());
        }
    }
}

struct Writer {
    db: Connection,
    edge: RightEdge,
    config: Config,
    /// Pages in the write-ahead log after the last commit.
    wal_pages: Arc<AtomicI32>,
}

/// The disk failed to read, write or sync.
struct DiskFailed;

/// What one wish led to, before the checkpoint is known.
struct Done {
    first: u64,
    events: u64,
    number: Option<Number>,
    repeated: bool,
}

impl Writer {
    fn run(&mut self, waiting: &Receiver<Job>) {
        while let Ok(first) = waiting.recv() {
            let mut jobs = vec![first];
            while jobs.len() < BATCH_MAX {
                match waiting.try_recv() {
                    Ok(job) => jobs.push(job),
                    Err(_) => break,
                }
            }
            let failed = self.serve(jobs).and_then(|()| self.checkpoint());
            if failed.is_err() {
                // A failed sync leaves unknown what is on the disk, and the system calls the next
                // one a success: never try again, not even when the database is closed.
                let no_sync = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
                drop(self.db.set_db_config(no_sync, true));
                return;
            }
        }
    }

    /// Carries out wishes and answers each.
    ///
    /// # Errors
    /// When the disk failed; all are answered then, too, or see that nobody will.
    fn serve(&mut self, jobs: Vec<Job>) -> Result<(), DiskFailed> {
        let wishes: Vec<&Wish> = jobs.iter().map(|job| &job.wish).collect();
        match self.commit(&wishes) {
            Ok(answers) => answer(jobs, answers),
            // One wish may have spoilt the batch: each gets its own transaction.
            Err(error) if jobs.len() > 1 && !error.is_disk_failure() => {
                for job in jobs {
                    self.serve(vec![job])?;
                }
            }
            Err(error) => {
                let failed = error.is_disk_failure();
                answer(jobs, vec![Err(error.into())]);
                return if failed { Err(DiskFailed) } else { Ok(()) };
            }
        }
        Ok(())
    }

    /// Moves what is durable in the write-ahead log to its place, now and then.
    ///
    /// SQLite would do so by itself, but make clients wait for it, and pass over a failed sync.
    fn checkpoint(&mut self) -> Result<(), DiskFailed> {
        if self.wal_pages.load(Ordering::Relaxed) < CHECKPOINT_PAGES {
            return Ok(());
        }
        // A reader may hold it up, or a full disk: then it is tried again after the next batch.
        let moved = self.db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        match moved.map_err(StoreError::sort) {
            Err(error) if error.is_disk_failure() => Err(DiskFailed),
            _ => Ok(()),
        }
    }

    /// Carries out wishes in one transaction. Refused ones leave no trace.
    fn commit(&mut self, wishes: &[&Wish]) -> Result<Vec<Result<Receipt, Failure>>, StoreError> {
        let before = self.edge.clone();
        match self.try_commit(wishes) {
            Ok(answers) => Ok(answers),
            Err(error) => {
                self.edge = before;
                Err(error)
            }
        }
    }

    fn try_commit(
        &mut self,
        wishes: &[&Wish],
    ) -> Result<Vec<Result<Receipt, Failure>>, StoreError> {
        let Self { db, edge, config, .. } = self;
        let tx = db
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(StoreError::sort)?;
        let size = head_size(&tx)?;
        if size != edge.size() {
            // Another process has appended.
            *edge = right_edge(&tx, size)?;
        }
        let last = tx
            .prepare_cached("SELECT at FROM event WHERE idx = $1")?
            .query_row([size as i64 - 1], |row| row.get(0).map(Moment))
            .optional()?;
        let after = newest_anchor(&tx)?;
        let now = (config.clock)();
        let (after, random) = (after.as_deref(), Random::new(config.entropy));
        let mut batch = Batch { db: &tx, edge, config, now, last, after, random, wrote: false };
        let mut done = Vec::with_capacity(wishes.len());
        for wish in wishes {
            done.push(match batch.carry_out(wish) {
                Err(Failure::Store(error)) => return Err(error),
                other => other,
            });
        }
        let wrote = batch.wrote;
        let (size, root) = (edge.size(), edge.root());
        if wrote {
            tx.prepare_cached(
                "INSERT INTO head (one, size, root) VALUES (1, $1, $2)
                 ON CONFLICT (one) DO UPDATE SET size = excluded.size, root = excluded.root",
            )?
            .execute(params![size as i64, root.0])?;
            tx.prepare_cached("INSERT INTO root (size, hash) VALUES ($1, $2)")?
                .execute(params![size as i64, root.0])?;
        }
        tx.commit().map_err(StoreError::sort)?;
        // The root is durable now, so it may be signed: signing again gives the same bytes.
        let checkpoint = Checkpoint::new(config.origin.clone(), size, root);
        let checkpoint = checkpoint.sign(&config.log_key).to_string();
        let receipt = |done: Done| Receipt {
            first: done.first,
            events: done.events,
            number: done.number,
            checkpoint: checkpoint.clone(),
            size,
            repeated: done.repeated,
        };
        Ok(done.into_iter().map(|one| one.map(receipt)).collect())
    }
}

/// Answers jobs in their order. Jobs without an answer see that the journal has stopped.
fn answer(jobs: Vec<Job>, answers: Vec<Result<Receipt, Failure>>) {
    for (job, answer) in jobs.into_iter().zip(answers) {
        // Whoever no longer waits finds the receipt by sending the wish again.
        drop(job.reply.send(answer));
    }
}

struct Batch<'a> {
    db: &'a Connection,
    edge: &'a mut RightEdge,
    config: &'a Config,
    now: Moment,
    last: Option<Moment>,
    after: Option<&'a str>,
    random: Random,
    wrote: bool,
}

/// Random bytes, drawn in larger pieces than they are used: each draw is a system call, and an
/// event needs some twenty salts.
struct Random {
    entropy: fn(&mut [u8]),
    drawn: [u8; 1024],
    used: usize,
}

impl Random {
    fn new(entropy: fn(&mut [u8])) -> Self {
        Self { entropy, drawn: [0; 1024], used: 1024 }
    }

    fn sixteen(&mut self) -> [u8; 16] {
        if self.used == self.drawn.len() {
            (self.entropy)(&mut self.drawn);
            self.used = 0;
        }
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&self.drawn[self.used..self.used + 16]);
        self.used += 16;
        bytes
    }
}

impl Batch<'_> {
    fn carry_out(&mut self, wish: &Wish) -> Result<Done, Failure> {
        if let Some(done) = earlier(self.db, &wish.key)? {
            return Ok(done);
        }
        let today = self.now.day_at(self.config.zone_minutes);
        let mut facts = Facts::at(self.now, today, self.last);
        facts::look_up(self.db, &wish.command.needs(), &mut facts)?;
        let decision = domain::decide(&facts, &wish.by, wish.command.clone())?;
        Ok(self.write(wish, decision)?)
    }

    fn write(&mut self, wish: &Wish, decision: Decision) -> Result<Done, StoreError> {
        let first = self.edge.size();
        let events = decision.drafts.len() as u64;
        for (subject, key) in decision.keys {
            self.db
                .prepare_cached(
                    "INSERT INTO subject_key (key_id, subject, sort, wrapped)
                     VALUES ($1, $2, $3, $4)",
                )?
                .execute(params![key.key_id, subject.to_string(), key.sort, key.wrapped])?;
        }
        // A clock that lags a little must not make entries look out of order.
        let set_back = matches!(wish.command, Command::SetClockBack { .. });
        let received = match self.last {
            Some(last) if !set_back => self.now.max(last),
            _ => self.now,
        };
        for draft in decision.drafts {
            let idx = self.edge.size();
            let id = hex::encode(self.random.sixteen());
            let sealed: Vec<_> = draft.envelopes.iter().map(|(name, _)| *name).collect();
            let event = draft.event.clone();
            let encoded = encode(draft, &id, received, self.after, || self.random.sixteen());
            let leaf = leaf_hash(&encoded.leaf_entry);
            self.db
                .prepare_cached(
                    "INSERT INTO event (idx, kind, at, leaf, digests, plain)
                     VALUES ($1, $2, $3, $4, $5, $6)",
                )?
                .execute(params![
                    idx as i64,
                    event.tag(),
                    received.0,
                    leaf.0,
                    encoded.digests,
                    encoded.plain
                ])?;
            for (slot, envelope) in encoded.envelopes {
                self.db
                    .prepare_cached(
                        "INSERT INTO envelope (idx, slot, key_id, sealed)
                         VALUES ($1, $2, $3, $4)",
                    )?
                    .execute(params![idx as i64, slot as i64, envelope.key_id, envelope.sealed])?;
            }
            let after = self.after.map(str::to_owned);
            apply::apply(self.db, &Record { idx, id, received, after, event, sealed })?;
            push(self.db, self.edge, leaf)?;
        }
        self.db
            .prepare_cached(
                "INSERT INTO command (key, first, events, number) VALUES ($1, $2, $3, $4)",
            )?
            .execute(params![
                wish.key,
                first as i64,
                events as i64,
                decision.number.map(|no| no.to_string())
            ])?;
        self.last = Some(received);
        self.wrote = true;
        Ok(Done { first, events, number: decision.number, repeated: false })
    }
}

fn earlier(db: &Connection, key: &[u8; 16]) -> Result<Option<Done>, StoreError> {
    let found = db
        .prepare_cached("SELECT first, events, number FROM command WHERE key = $1")?
        .query_row([key], |row| {
            let number: Option<String> = row.get(2)?;
            Ok(Done {
                first: row.get::<_, i64>(0)? as u64,
                events: row.get::<_, i64>(1)? as u64,
                number: number.and_then(|no| Number::parse(&no).ok()),
                repeated: true,
            })
        })
        .optional()?;
    Ok(found)
}

fn newest_anchor(db: &Connection) -> Result<Option<String>, StoreError> {
    let found = db
        .prepare_cached("SELECT hash FROM anchor ORDER BY id DESC LIMIT 1")?
        .query_row([], |row| row.get::<_, Vec<u8>>(0))
        .optional()?;
    Ok(found.map(hex::encode))
}

pub(crate) fn head_size(db: &Connection) -> Result<u64, StoreError> {
    let size = db
        .prepare_cached("SELECT size FROM head WHERE one = 1")?
        .query_row([], |row| row.get::<_, i64>(0))
        .optional()?;
    Ok(size.unwrap_or(0) as u64)
}
