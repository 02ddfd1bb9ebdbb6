//! How fast a dossier is verified, beside `sha256sum` over the same bytes in the same run.
//!
//! `cargo run --release -p evidence --example throughput [folder]` writes a dossier of 1,003 events
//! and 1,000 files of 1 MiB (fictional content) into the folder, reads it both ways three times and
//! prints the best of each in processor time, then removes it. Needs Linux (`/proc`).
#![allow(clippy::unwrap_used)]

#[path = "../tests/it/sample.rs"]
#[allow(dead_code)]
mod sample;

use std::fs::File;
use std::io::{BufWriter, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use evidence::dossier::{self, AnchorParts, Content, Events, Manifest, Package, hex};
use evidence::verify::{Options, Outcome, Verifier};
use ledger::tlog_proof::TlogProof;
use serde_json::json;
use sha2::{Digest as _, Sha256};

const FILES: u64 = 1000;
const FILE_BYTES: usize = 1 << 20;

fn main() {
    let folder = std::env::args().nth(1).map_or_else(std::env::temp_dir, PathBuf::from);
    let path = folder.join(format!("midun-throughput-{}.zip", std::process::id()));
    write(&path);
    let bytes = std::fs::metadata(&path).unwrap().len();
    println!("dossier: {bytes} bytes, load {}", read_text("/proc/loadavg").trim());
    let memory_before = peak_kib();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 1..=3 {
        let ((our_cpu, our_wall), (their_cpu, their_wall)) =
            (timed(Cpu::Own, || verify(&path)), timed(Cpu::Children, || sha256sum(&path)));
        println!(
            "round {round}: verify {our_cpu:.2} s ({our_wall:.2} s by the clock), \
             sha256sum {their_cpu:.2} s ({their_wall:.2} s)"
        );
        ours.push(our_cpu);
        theirs.push(their_cpu);
    }
    std::fs::remove_file(&path).unwrap();
    let best = |times: Vec<f64>| times.into_iter().fold(f64::INFINITY, f64::min);
    let (ours, theirs) = (best(ours), best(theirs));
    let rate = |seconds: f64| bytes as f64 / 1e6 / seconds;
    println!("verify    {ours:.2} s of one core, {:.0} MB/s", rate(ours));
    println!("sha256sum {theirs:.2} s of one core, {:.0} MB/s", rate(theirs));
    println!("ratio     {:.2} (above 1: verifying is faster)", theirs / ours);
    println!("memory    {} KiB at most while verifying", peak_kib().max(memory_before));
}

fn verify(path: &Path) {
    let mut verifier = Verifier::new(Options::default());
    let mut file = File::open(path).unwrap();
    let mut buffer = vec![0; 256 << 10];
    loop {
        match file.read(&mut buffer).unwrap() {
            0 => break,
            read => verifier.feed(&buffer[..read]),
        }
    }
    let verdict = verifier.finish();
    assert_eq!(verdict.outcome, Outcome::Valid, "{:?}", verdict.failures().next());
    assert_eq!((verdict.counts.files, verdict.counts.events), (FILES, FILES + 3));
}

fn sha256sum(path: &Path) {
    let status = Command::new("sha256sum").arg(path).stdout(Stdio::null()).status().unwrap();
    assert!(status.success());
}

/// Content that no two files share, the same in each run.
fn content(number: u64) -> Vec<u8> {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut bytes = Vec::with_capacity(FILE_BYTES);
    while bytes.len() < FILE_BYTES {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        bytes.extend(state.to_le_bytes());
    }
    bytes
}

fn write(path: &Path) {
    let mut node = sample::Node::new();
    sample::push_start(&mut node);
    let log = node.key.verifier().to_string();
    let policy = sample::policy(&log);
    let witness = sample::witness();
    let anchor = node.note(3, &[(&witness, sample::START + 60)]);
    let mut files = Vec::new();
    for number in 1..=FILES {
        let bytes = content(number);
        let sha256: [u8; 32] = Sha256::digest(&bytes).into();
        let fields = json!({"secret": "MD-0001", "no": number, "size": bytes.len(),
            "digest": {"sha256": hex(&sha256)}});
        let event = node.push("carrier.added", sample::START + 100, Some(&anchor), fields);
        let path = dossier::carrier_path("MD-0001", number, "bin");
        files.push(dossier::File { path, size: FILE_BYTES as u64, sha256, event: Some(event) });
    }
    let events = Events::new((0..node.len()).map(|index| node.shown(index, &[])).collect());
    let own = |path: &str, bytes: &[u8]| dossier::File {
        path: path.to_owned(),
        size: bytes.len() as u64,
        sha256: Sha256::digest(bytes).into(),
        event: None,
    };
    let mut all = vec![own(dossier::EVENTS, &events.to_bytes())];
    all.push(own(dossier::POLICY, policy.as_bytes()));
    all.append(&mut files);
    let manifest = Manifest { files: all, log, ..sample::small_recipe().manifest() };
    let fields = json!({"no": manifest.no, "purpose": manifest.purpose,
        "secrets": manifest.secrets, "withheld": manifest.withheld,
        "manifest": hex(&Sha256::digest(manifest.to_bytes()))});
    let built = node.push("dossier.built", sample::START + 300, None, fields);
    let checkpoint = node.note(node.len(), &[(&witness, sample::START + 360)]);
    let note = String::from_utf8(checkpoint.clone()).unwrap();
    let proofs: Vec<_> = (0..node.len())
        .map(|index| {
            let path = node.inclusion(index, node.len());
            let proof = TlogProof { extra: None, index, path, checkpoint: note.clone() };
            (index, proof.to_string().into_bytes())
        })
        .collect();
    let consistency = node.consistency(3, node.len());
    let anchors = [AnchorParts { checkpoint: anchor, consistency, stamps: Vec::new() }];
    let package = Package {
        manifest: &manifest,
        built: &node.shown(built, &[]),
        events: &events,
        checkpoint: &checkpoint,
        proofs: &proofs,
        anchors: &anchors,
        policy: &policy,
    };
    let mut number = 0;
    let mut give = |_: &dossier::File| {
        number += 1;
        let bytes = content(number);
        let crc32 = crc32fast::hash(&bytes);
        Ok(Content { crc32, reader: Box::new(std::io::Cursor::new(bytes)) })
    };
    package.write(BufWriter::new(File::create(path).unwrap()), &mut give, &mut |_| None).unwrap();
}

/// Whose processor time.
#[derive(Clone, Copy)]
enum Cpu {
    Own,
    Children,
}

/// Seconds of processor time, and by the clock.
fn timed(whose: Cpu, what: impl FnOnce()) -> (f64, f64) {
    let (cpu, wall) = (cpu_seconds(whose), Instant::now());
    what();
    (cpu_seconds(whose) - cpu, wall.elapsed().as_secs_f64())
}

/// Fields 14 to 17 of `/proc/self/stat`, in ticks of 10 ms: user and system, own and children's.
fn cpu_seconds(whose: Cpu) -> f64 {
    let stat = read_text("/proc/self/stat");
    let after_name = stat.rsplit_once(')').unwrap().1;
    let field = |number: usize| -> f64 {
        after_name.split_whitespace().nth(number - 3).unwrap().parse().unwrap()
    };
    let first = match whose {
        Cpu::Own => 14,
        Cpu::Children => 16,
    };
    (field(first) + field(first + 1)) / 100.0
}

fn peak_kib() -> u64 {
    let status = read_text("/proc/self/status");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn read_text(path: &str) -> String {
    std::fs::read_to_string(path).unwrap()
}
