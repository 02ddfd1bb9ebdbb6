//! How fast one core sweeps: the whole pipeline beside a textbook winnow, in one run.
//!
//! `cargo run --release -p matcher --example sweeping -- FILE... [--keys MILLIONS] [--keep FOLDER]`
//! Reads the files into memory (up to 320 MB), makes an index of random keys, and prints CPU time.
//! `--keep` leaves the indexes in a folder and takes them from there the next time, without the
//! textbook: for looking where the sweep's own time goes.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::collections::{HashSet, VecDeque};
use std::hash::{BuildHasherDefault, Hasher};
use std::hint::black_box;

use matcher::index::{Index, IndexBuilder, Kind, Part, Window};
use matcher::key::{MatchKey, Nonce};
use matcher::lanes::Lanes;
use matcher::sweep::{Sweep, sweep};

const INPUT_MAX: usize = 320 << 20;
const RUNS: usize = 5;

fn main() {
    let (mut millions, mut keep) = (10, None);
    let mut input = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--keys" => millions = arguments.next().unwrap().parse().unwrap(),
            "--keep" => keep = arguments.next(),
            file => input.extend(std::fs::read(file).unwrap()),
        }
    }
    input.truncate(INPUT_MAX);
    println!("input {} bytes, index of {millions} M keys", input.len());
    let slow = keep.is_none().then(|| {
        let textbook = textbook_index(millions);
        measure("textbook winnow k=32 w=16, scalar, deque, hash set", &input, || {
            textbook_winnow(&input, &textbook)
        })
    });
    for window in [Window::Wide, Window::Fine] {
        let file = kept(keep.as_deref(), window, millions);
        let index = Index::open(&file, &MatchKey::new([7; 32])).unwrap();
        println!(
            "{window:?}: {} fingerprints, {} B file, {} B resident",
            index.fingerprints(),
            file.len(),
            index.resident_bytes()
        );
        for lanes in Lanes::all() {
            let what = format!("sweep {window:?}, t = {}, {}", window.guaranteed(), lanes.name());
            let fast = measure(&what, &input, || {
                let mut sweep = Sweep::new(&index).on(lanes);
                sweep.feed(&input);
                sweep.finish().hits.len()
            });
            if let Some(slow) = slow {
                println!("  {:.1} times the textbook", fast / slow);
            }
        }
        let (one, two) = input.split_at(input.len() / 2);
        let start = std::time::Instant::now();
        std::thread::scope(|scope| {
            scope.spawn(|| black_box(sweep(&index, one).hits.len()));
            scope.spawn(|| black_box(sweep(&index, two).hits.len()));
        });
        println!(
            "  two threads: {:.0} MB/s by the wall clock",
            input.len() as f64 / 1e6 / start.elapsed().as_secs_f64()
        );
    }
}

/// CPU seconds of this thread.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    stat.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}

fn measure(what: &str, input: &[u8], mut run: impl FnMut() -> usize) -> f64 {
    let mut best = f64::MAX;
    let mut result = 0;
    for _ in 0..RUNS {
        let start = cpu();
        result = black_box(run());
        best = best.min(cpu() - start);
    }
    let rate = input.len() as f64 / 1e6 / best;
    println!("{what:52} {rate:7.0} MB/s of CPU time ({result} found)");
    rate
}

fn noise(len: usize) -> Vec<u8> {
    let mut x = 88_172_645_463_325_252u64;
    let mut next = || {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        b"abcdefghijklmnopqrstuvwxyz012345"[(x >> 40) as usize & 31]
    };
    (0..len).map(|_| next()).collect()
}

/// The index that lies in `folder`, or a new one, which is left there.
fn kept(folder: Option<&str>, window: Window, millions: usize) -> Vec<u8> {
    let Some(folder) = folder else { return random_index(window, millions) };
    let file = std::path::Path::new(folder).join(format!("{window:?}-{millions}.index"));
    std::fs::read(&file).unwrap_or_else(|_| {
        let index = random_index(window, millions);
        std::fs::write(&file, &index).unwrap();
        index
    })
}

fn random_index(window: Window, millions: usize) -> Vec<u8> {
    let mut builder = IndexBuilder::new(&MatchKey::new([7; 32]), Nonce([1; 16]), window);
    let bytes = noise(millions * 500_000 * (window.positions() + 1));
    builder.add(Part { document: "random", part: "", kind: Kind::Text, bytes: &bytes }).unwrap();
    builder.finish()
}

/// The textbook's keys are hashes already.
#[derive(Default)]
struct Plain(u64);

impl Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

const K: usize = 32;
const W: usize = 16;
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

fn mix(h: u64) -> u64 {
    let x = u128::from(h) * 0xa076_1d64_78bd_642f;
    x as u64 ^ (x >> 64) as u64
}

fn textbook_index(millions: usize) -> HashSet<u64, BuildHasherDefault<Plain>> {
    (0..millions as u64 * 1_000_000).map(|n| mix(n.wrapping_mul(BASE) + 1)).collect()
}

/// Winnowing as it is written in books: table, Rabin-Karp, monotone deque, hash set.
fn textbook_winnow(input: &[u8], index: &HashSet<u64, BuildHasherDefault<Plain>>) -> usize {
    let folded: Vec<u8> = input.iter().filter(|b| **b > b' ').map(u8::to_ascii_lowercase).collect();
    let drop = (0..K).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let mut deque: VecDeque<(u64, usize)> = VecDeque::with_capacity(W + 1);
    let (mut hash, mut last, mut found) = (0u64, usize::MAX, 0);
    for (at, byte) in folded.iter().enumerate() {
        hash = hash.wrapping_mul(BASE).wrapping_add(u64::from(*byte) + 1);
        if at >= K {
            hash = hash.wrapping_sub(drop.wrapping_mul(u64::from(folded[at - K]) + 1));
        }
        if at + 1 < K {
            continue;
        }
        let (rank, at) = (mix(hash), at + 1 - K);
        while deque.back().is_some_and(|(last, _)| *last >= rank) {
            deque.pop_back();
        }
        deque.push_back((rank, at));
        if deque.front().is_some_and(|(_, first)| first + W <= at) {
            deque.pop_front();
        }
        if let Some((rank, chosen)) =
            deque.front().filter(|(_, chosen)| at + 1 >= W && *chosen != last)
        {
            last = *chosen;
            found += usize::from(index.contains(rank));
        }
    }
    found
}
