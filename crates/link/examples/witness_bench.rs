//! How many durable cosignatures a second a witness gives, beside what the disk alone can do:
//! `cargo run --release -p link --example witness_bench -- [SECONDS] [CLIENTS]`
//!
//! Each client is a log of its own that grows by one entry per request over HTTP on this machine,
//! and asks again as soon as it has its answer. The disk's own figure is `fdatasync` after each
//! append of 512 bytes, by one thread: what a witness without group commit could reach at best.
#![allow(clippy::unwrap_used)]

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use ledger::checkpoint::Checkpoint;
use ledger::hash::{Hash, leaf_hash};
use ledger::note::SigningKey;
use ledger::tree::RightEdge;
use link::{Client, Submitted, Witness, witness_router};

const WAIT: Duration = Duration::from_secs(10);

fn main() {
    let mut args = std::env::args().skip(1);
    let seconds: u64 = args.next().map_or(5, |text| text.parse().unwrap());
    let clients: usize = args.next().map_or(64, |text| text.parse().unwrap());
    let folder = tempfile::TempDir::new_in(".").unwrap();
    let length = Duration::from_secs(seconds);

    println!("load average      {}", std::fs::read_to_string("/proc/loadavg").unwrap().trim());
    let disk = disk_alone(folder.path(), length.min(Duration::from_secs(3)));
    println!("fdatasync alone   {}", disk.show());
    let witness = witness_under_load(folder.path(), clients, length);
    println!("{clients:>4} clients      {}", witness.show());
    println!("ratio             {:.2}", witness.per_second() / disk.per_second());
    let size = std::fs::metadata(folder.path().join("witness.sqlite")).unwrap().len();
    println!("state             {} bytes a log", size / clients as u64);
}

struct Figures {
    length: Duration,
    waits: Vec<Duration>,
}

impl Figures {
    fn per_second(&self) -> f64 {
        self.waits.len() as f64 / self.length.as_secs_f64()
    }

    fn show(&self) -> String {
        let mut waits = self.waits.clone();
        waits.sort_unstable();
        let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize];
        let (rate, p50, p99) = (self.per_second(), at(0.5), at(0.99));
        format!("{rate:>8.0}/s  p50 {p50:>8.2?}  p99 {p99:>8.2?}  ({} in all)", waits.len())
    }
}

fn disk_alone(folder: &Path, length: Duration) -> Figures {
    let mut file = File::create(folder.join("raw")).unwrap();
    let started = Instant::now();
    let mut waits = Vec::new();
    while started.elapsed() < length {
        let one = Instant::now();
        file.write_all(&[7; 512]).unwrap();
        file.sync_data().unwrap();
        waits.push(one.elapsed());
    }
    Figures { length: started.elapsed(), waits }
}

fn witness_under_load(folder: &Path, clients: usize, length: Duration) -> Figures {
    let clock: link::Clock = Arc::new(|| {
        let since = std::time::UNIX_EPOCH.elapsed().unwrap();
        i64::try_from(since.as_millis()).unwrap()
    });
    let witness = Witness::create(folder, "witness.example/bench", &[1; 32], clock).unwrap();
    let keys: Vec<SigningKey> = (0..clients)
        .map(|at| SigningKey::log(&format!("log.example/{at}"), &[2; 32]).unwrap())
        .collect();
    for key in &keys {
        witness.add_log(key.name(), &key.verifier()).unwrap();
    }
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, witness_router(witness)).await.unwrap();
        });
    });
    let said = AtomicU64::new(0);
    let started = Instant::now();
    let waits = std::thread::scope(|scope| {
        let running: Vec<_> = keys
            .iter()
            .map(|key| scope.spawn(|| grow(key, &url, started + length, &said)))
            .collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(waits.len() as u64, said.load(Ordering::Relaxed));
    Figures { length: started.elapsed(), waits }
}

/// Grows a log by one entry per request until `end`; how long each answer took.
fn grow(key: &SigningKey, url: &str, end: Instant, said: &AtomicU64) -> Vec<Duration> {
    let client = Client::new(&[]);
    let mut tree = RightEdge::default();
    let mut waits = Vec::new();
    while Instant::now() < end {
        let old = tree.size();
        let leaf = leaf_hash(&old.to_be_bytes());
        let proof = proof_of_one_more(&tree, leaf);
        tree.push(leaf);
        let checkpoint = Checkpoint::new(key.name().to_owned(), tree.size(), tree.root());
        let note = checkpoint.sign(key);
        let one = Instant::now();
        match client.submit_checkpoint(url, old, &proof, &note, WAIT) {
            Ok(Submitted::Cosigned(_)) => {
                waits.push(one.elapsed());
                said.fetch_add(1, Ordering::Relaxed);
            }
            other => panic!("{other:?}"),
        }
    }
    waits
}

/// The consistency proof when one leaf is added: unless the old tree is one complete subtree, its
/// smallest one heads the proof; then comes the new leaf; the larger ones stand to the left.
fn proof_of_one_more(tree: &RightEdge, leaf: Hash) -> Vec<Hash> {
    match tree.subtrees().split_last() {
        None => Vec::new(),
        Some((_, [])) => vec![leaf],
        Some((last, larger)) => [*last, leaf].iter().chain(larger.iter().rev()).copied().collect(),
    }
}
