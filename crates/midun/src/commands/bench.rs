//! `midun bench …`: measured beside a named peer or a limit of the machine, in one run.

mod blind;
mod deadlines;
mod matching;
mod station;
mod trace;

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use domain::command::{AddPartner, CreateNode, Disclose, Envelope, NewKey, Papers, RegisterSecret};
use domain::terms::{Class, Level, Relation, Role};
use domain::{Command, Number, Series};
use ledger::note::SigningKey;
use serde_json::json;
use store::bench::{Raw, commits};
use store::{Config, Journal, Wish};

use super::Desk;
use crate::args::Bench;
use crate::world::{now, random};

/// How often appends and raw inserts take turns.
const TURNS: u32 = 8;

pub fn run(desk: &Desk<'_>, args: Bench) -> anyhow::Result<()> {
    let seconds = match args {
        Bench::Ledger { seconds } => seconds,
        Bench::Deadlines => return deadlines::run(desk),
        Bench::Blind { things } => return blind::run(desk, things),
        Bench::Trace => return trace::run(desk),
        Bench::Match { megabytes, million_keys, seed } => {
            return matching::run(desk, megabytes.clamp(1, 4096), million_keys.clamp(1, 50), seed);
        }
        Bench::Station { companies, seconds } => return station::run(desk, companies, seconds),
    };
    let dir = std::env::temp_dir().join(format!("midun-bench-{}", std::process::id()));
    let result = ledger(desk, &dir, Duration::from_secs(seconds.max(1)));
    drop(std::fs::remove_dir_all(&dir));
    result
}

/// Durable appends with projection, tree and signed checkpoint at 1, 4 and 64 clients, each beside
/// raw inserts of the same rows in batches of the same size, and the disk's fdatasync.
fn ledger(desk: &Desk<'_>, dir: &Path, time: Duration) -> anyhow::Result<()> {
    std::fs::create_dir_all(dir)?;
    let sync = fdatasync(dir)?;
    let mut rows = Vec::new();
    let mut text = desk.say.tr("bench-sync", &[("micros", sync.as_micros().to_string())]);
    text.push('\n');
    for clients in [1, 4, 64] {
        let node = dir.join(format!("node-{clients}"));
        let Figures { rate, batch, raw } = beside(&node, clients, time)?;
        let ratio = rate / raw;
        rows.push(json!({
            "clients": clients, "events_per_second": rate.round(), "batch": batch,
            "raw_events_per_second": raw.round(), "ratio": ratio,
        }));
        let args = [
            ("clients", clients.to_string()),
            ("rate", format!("{rate:.0}")),
            ("batch", format!("{batch:.1}")),
            ("raw", format!("{raw:.0}")),
            ("ratio", format!("{ratio:.2}")),
        ];
        text += &desk.say.tr("bench-ledger-row", &args);
        text.push('\n');
    }
    let value = json!({ "fdatasync_micros": sync.as_micros() as u64, "ledger": rows });
    desk.say.result(&value, || text);
    Ok(())
}

/// The median time of an appended 4 KiB made durable.
fn fdatasync(dir: &Path) -> anyhow::Result<Duration> {
    let mut file = std::fs::File::create(dir.join("sync"))?;
    let mut times = Vec::new();
    for _ in 0..200 {
        let begun = Instant::now();
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    Ok(times[times.len() / 2])
}

fn wish(command: Command) -> Wish {
    let mut key = [0; 16];
    random(&mut key);
    Wish { key, by: "bench".into(), command }
}

struct Figures {
    /// Durable appends a second.
    rate: f64,
    /// Events a commit.
    batch: f64,
    /// The same rows inserted raw in batches of the same size, events a second.
    raw: f64,
}

/// Appends and raw inserts, by turns, `time` each: what else the machine does meets both alike.
fn beside(dir: &Path, clients: usize, time: Duration) -> anyhow::Result<Figures> {
    let journal = node(dir)?;
    let before = commits(dir)?;
    // The first turn gives the rows and the size of batches, and counts for nothing else.
    let events = appends(&journal, clients, time / TURNS);
    let size = (events as f64 / (commits(dir)? - before).max(1) as f64).round().max(1.0);
    let mut raw = Raw::new(dir)?;
    let (mut appended, mut inserted, mut batches) = (0, 0, 0);
    let (mut appending, mut inserting) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..TURNS {
        let (begun, before) = (Instant::now(), commits(dir)?);
        appended += appends(&journal, clients, time / TURNS);
        appending += begun.elapsed();
        batches += commits(dir)? - before;
        let begun = Instant::now();
        inserted += raw.run(size as usize, time / TURNS)?;
        inserting += begun.elapsed();
    }
    Ok(Figures {
        rate: appended as f64 / appending.as_secs_f64(),
        batch: appended as f64 / batches.max(1) as f64,
        raw: inserted as f64 / inserting.as_secs_f64(),
    })
}

/// A node with one partner and one secret point.
fn node(dir: &Path) -> anyhow::Result<Journal> {
    std::fs::create_dir_all(dir)?;
    let log_key = SigningKey::log("bench.example/log", &[3; 32])?;
    let config = Config {
        dir: dir.to_owned(),
        origin: "bench.example/log".into(),
        log_key: Arc::new(log_key),
        clock: Arc::new(now),
        entropy: random,
        zone_minutes: 480,
    };
    let journal = Journal::open(config, true)?;
    journal.submit(wish(Command::CreateNode(CreateNode {
        name: "bench".into(),
        role: Role::Enterprise,
        origin: "bench.example/log".into(),
        log_key: String::new(),
        vault_key: String::new(),
        shares: String::new(),
        program: String::new(),
    })))?;
    journal.submit(wish(Command::AddPartner(AddPartner {
        key: None,
        name: "bench".into(),
        relation: Relation::Supplier,
        code: None,
        contact: None,
    })))?;
    let envelope = Envelope { key_id: "k".into(), digest: [1; 32], sealed: vec![0; 300] };
    journal.submit(wish(Command::RegisterSecret(Box::new(RegisterSecret {
        key: NewKey { key_id: "k".into(), sort: "secret", wrapped: vec![0; 600] },
        title: "bench".into(),
        class: Class::Technical,
        form: None,
        level: Level::Core,
        owner: None,
        department: None,
        review: None,
        happened: None,
        remarks: Default::default(),
        statements: vec![envelope],
        carriers: Vec::new(),
    }))))?;
    Ok(journal)
}

/// Lets clients append for `time`; gives the number acknowledged.
fn appends(journal: &Journal, clients: usize, time: Duration) -> u64 {
    let stop = AtomicBool::new(false);
    let count = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..clients {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    if journal.submit(wish(disclosure())).is_ok() {
                        count.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
        std::thread::sleep(time);
        stop.store(true, Ordering::Relaxed);
    });
    count.into_inner()
}

fn disclosure() -> Command {
    let number = |series| Number { series, count: 1 };
    Command::Disclose(Disclose {
        secret: number(Series::Secret),
        statements: Some(vec![1]),
        carriers: Vec::new(),
        partner: number(Series::Partner),
        person: None,
        happened: None,
        purpose: "代工试制第一批样件，限本项目人员使用".into(),
        until: None,
        agreement: None,
        papers: Papers::default(),
    })
}
