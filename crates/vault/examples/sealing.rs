//! How fast content goes in and comes out, beside the plain `age` tool in the same run.
//!
//! ```text
//! cargo run --release -p vault --example sealing [MiB, default 1024] [folder, default .]
//! ```
//!
//! Writes about three times the size into a new folder there and removes it at the end. Each way
//! runs three times in turn with the others; the fastest run counts, since noise only slows down.
#![allow(clippy::unwrap_used)]

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use vault::{BlobStore, KeyDir, SecretKeys, WorkFactor, os_entropy};

const RUNS: usize = 3;

fn main() {
    let mut args = std::env::args().skip(1);
    let mib: u64 = args.next().map_or(1024, |text| text.parse().unwrap());
    let root = args.next().unwrap_or_else(|| ".".into());
    let root = Path::new(&root).join(format!("throughput-{}", std::process::id()));
    fs::create_dir(&root).unwrap();
    let plain = root.join("plain");
    fill(&plain, mib);

    let keys = KeyDir::at(root.join("keys"));
    let unlocked = keys.set_up("throughput", WorkFactor::new(10).unwrap(), &mut os_entropy);
    let unlocked = unlocked.unwrap();
    let service = keys.service().unwrap();
    let secret = SecretKeys::new("1", &unlocked.recipient(), &service, &mut os_entropy).unwrap();
    let sealer = secret.sealer("1", &service).unwrap();
    let opener = secret.open("1", &unlocked).unwrap();
    let identity = root.join("identity");
    fs::write(&identity, &*unlocked.open(&secret.identity).unwrap()).unwrap();
    let store = BlobStore::open(root.join("vault")).unwrap();
    let by_age = root.join("by-age");

    let mut best = [(f64::MAX, f64::MAX); 5];
    for _ in 0..RUNS {
        let start = Clock::start();
        age(&["-r", &secret.recipient, "-o"], &by_age, &plain);
        keep(&mut best[0], start);
        File::open(&by_age).unwrap().sync_all().unwrap();
        keep(&mut best[1], start);

        let start = Clock::start();
        let stored = store.put(&mut File::open(&plain).unwrap(), &sealer).unwrap();
        keep(&mut best[2], start);
        assert_eq!(stored.plain_len, mib << 20);

        let start = Clock::start();
        age(&["-d", "-i", identity.to_str().unwrap(), "-o"], Path::new("/dev/null"), &by_age);
        keep(&mut best[3], start);

        let start = Clock::start();
        let mut reader = store.get(&stored.id, &opener).unwrap();
        assert_eq!(io::copy(&mut reader, &mut io::sink()).unwrap(), mib << 20);
        keep(&mut best[4], start);

        store.remove(&stored.id).unwrap();
    }
    let names = ["age -r", "age -r, then fsync", "vault put (durable)", "age -d", "vault get"];
    println!("{mib} MiB, best of {RUNS}; load {}", first_line("/proc/loadavg"));
    for (name, seconds) in names.iter().zip(best) {
        let (seconds, cpu) = seconds;
        let rate = mib as f64 / seconds;
        println!("{name:20} {seconds:6.2} s {rate:7.0} MiB/s {cpu:6.2} s of processors");
    }
    let ratio = |ours: usize, theirs: usize| best[theirs].0 / best[ours].0;
    println!("put / age -r with fsync: {:.2}", ratio(2, 1));
    println!("put / age -r:            {:.2}", ratio(2, 0));
    println!("get / age -d:            {:.2}", ratio(4, 3));
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(peak) = status.lines().find(|line| line.starts_with("VmHWM")) {
        println!("peak memory of this process: {peak}");
    }
    fs::remove_dir_all(&root).unwrap();
}

/// Time by the wall and by the processors; the latter tells more on a busy machine.
#[derive(Clone, Copy)]
struct Clock(Instant, f64);

impl Clock {
    fn start() -> Self {
        Clock(Instant::now(), processors())
    }
}

fn keep(best: &mut (f64, f64), start: Clock) {
    best.0 = best.0.min(start.0.elapsed().as_secs_f64());
    best.1 = best.1.min(processors() - start.1);
}

/// Processor time of this process and its finished children, in seconds (Linux, 100 ticks).
fn processors() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(4).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn age(options: &[&str], out: &Path, input: &Path) {
    let status = Command::new("age").args(options).arg(out).arg(input).status();
    assert!(status.expect("the age tool is installed").success());
}

/// Bytes that don't repeat, from a small generator (xorshift64), so that no layer can compress.
fn fill(path: &Path, mib: u64) {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path).unwrap());
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..mib << 17 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        out.write_all(&state.to_le_bytes()).unwrap();
    }
    out.into_inner().unwrap().sync_all().unwrap();
}

fn first_line(path: &str) -> String {
    let mut text = String::new();
    let _ = File::open(path).and_then(|mut file| file.read_to_string(&mut text));
    text.trim().to_owned()
}
