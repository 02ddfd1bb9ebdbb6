//! Makes logs for other implementations to check, checks what they made, and answers as a witness:
//! the Rust half of `interop/run.sh`. For tests only; its keys are public.
//!
//! ```text
//! interop write FOLDER SIZE...     one log for each size, in FOLDER/SIZE
//! interop read FOLDER SIZE...      checks FOLDER/SIZE/go, made by interop/go
//! interop witness STATE VKEY...    answers the add-checkpoint body on standard input; STATE is `-`
//!                                  or `size:root`, each VKEY a key of the log that it names
//! ```
// Not the room itself: this one reads and writes files.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use ledger::checkpoint::Checkpoint;
use ledger::cosignature::cosign;
use ledger::hash::{Hash, leaf_hash};
use ledger::note::{Note, SigningKey, VerifierKey};
use ledger::proof::{consistency_proof, inclusion_proof, root_at, verify_consistency};
use ledger::tile::{TILE_WIDTH, Tile, TileLevel, TileReader, bundle, hashes, tiles_for};
use ledger::tlog_proof::TlogProof;
use ledger::tree::RightEdge;
use ledger::witness::{AddCheckpoint, Latest, Refusal, check};

const ORIGIN: &str = "log.example/interop";
/// 2025-11-24 16:00 UTC.
const TIME: u64 = 1_764_000_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["write", folder, sizes @ ..] => {
            sizes
                .iter()
                .for_each(|size| write(&Path::new(folder).join(size), size.parse().unwrap()));
        }
        ["read", folder, sizes @ ..] => {
            sizes
                .iter()
                .for_each(|size| read(&Path::new(folder).join(size), size.parse().unwrap()));
        }
        ["witness", state, keys @ ..] => witness(state, keys),
        _ => panic!("interop write|read FOLDER SIZE..., or interop witness STATE VKEY..."),
    }
}

fn log_key() -> SigningKey {
    SigningKey::log(ORIGIN, &[1; 32]).unwrap()
}

fn witness_key() -> SigningKey {
    SigningKey::cosigner("witness.example/interop", &[2; 32]).unwrap()
}

fn entry(index: u64) -> Vec<u8> {
    // Of many lengths, none included.
    format!("entry {index}").into_bytes().repeat((index % 4) as usize)
}

fn put(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Some of the numbers below `end`: the first and last, and those around powers of two.
fn sample(end: u64) -> BTreeSet<u64> {
    let near = (0..64).map(|bit| 1 << bit).chain([end, end / 2, end / 3, end / 7 * 5]);
    let near = near.flat_map(|n: u64| [n.saturating_sub(2), n.saturating_sub(1), n, n + 1]);
    near.filter(|&n| n < end).collect()
}

/// Writes a log that grew in two steps: tiles, checkpoint, proofs, and notes that are wrong.
fn write(folder: &Path, size: u64) {
    let mut edge = RightEdge::default();
    let mut levels: Vec<Vec<Hash>> = vec![Vec::new(); 8];
    let mut grow = |old: u64, new: u64| {
        for index in old..new {
            edge.push_with(leaf_hash(&entry(index)), |done| {
                levels[usize::from(done.level)].push(done.hash);
            });
        }
        for tile in tiles_for(old, new) {
            let (start, end) =
                (tile.index * TILE_WIDTH, tile.index * TILE_WIDTH + u64::from(tile.width));
            let bytes = match tile.level {
                TileLevel::Hashes(level) => {
                    hashes(&levels[usize::from(level)][start as usize..end as usize])
                }
                TileLevel::Entries => {
                    let entries: Vec<Vec<u8>> = (start..end).map(entry).collect();
                    bundle(entries.iter().map(Vec::as_slice)).unwrap()
                }
            };
            put(&folder.join(tile.path()), bytes);
        }
    };
    grow(0, size / 3);
    grow(size / 3, size);
    let root = edge.root();

    // From here on the log is read back from its tiles.
    let mut reader = TileReader::new(size, |tile: Tile| fs::read(folder.join(tile.path())));
    assert_eq!(root_at(&mut reader, size).unwrap(), root);
    let mut note = Checkpoint::new(ORIGIN.to_owned(), size, root).sign(&log_key());
    note.signatures.push(cosign(&witness_key(), &note.text, TIME));
    put(&folder.join("checkpoint"), note.to_string());
    put(&folder.join("log.skey"), log_key().to_text());
    put(&folder.join("log.vkey"), log_key().verifier().to_string());
    put(&folder.join("witness.skey"), witness_key().to_text());
    put(&folder.join("witness.vkey"), witness_key().verifier().to_string());
    for index in sample(size) {
        let path = inclusion_proof(&mut reader, index, size).unwrap();
        let proof = TlogProof { extra: None, index, path, checkpoint: note.to_string() };
        put(&folder.join(format!("proofs/{index}.tlog-proof")), proof.to_string());
    }
    for old in sample(size + 1).into_iter().filter(|&old| old > 0) {
        let mut lines = format!("{}\n", root_at(&mut reader, old).unwrap());
        for hash in consistency_proof(&mut reader, old, size).unwrap() {
            writeln!(lines, "{hash}").unwrap();
        }
        put(&folder.join(format!("consistency/{old}")), lines);
    }
    write_wrong(&folder.join("wrong"), &note);
}

/// Notes that nobody who knows both keys may accept.
fn write_wrong(folder: &Path, note: &Note) {
    let change = |name: &str, change: &dyn Fn(&mut Note)| {
        let mut note = note.clone();
        change(&mut note);
        put(&folder.join(name), note.to_string());
    };
    change("other-size", &|note| note.text = note.text.replacen('\n', "\n1", 1));
    change("other-origin", &|note| note.text = note.text.replace(ORIGIN, "log.example/other"));
    change("extension-added", &|note| note.text.push_str("more\n"));
    change("log-signature-changed", &|note| note.signatures[0].bytes[9] ^= 1);
    change("cosignature-changed", &|note| note.signatures[1].bytes[70] ^= 1);
    change("time-changed", &|note| note.signatures[1].bytes[7] ^= 1);
    change("cosignature-of-other-text", &|note| {
        note.signatures[1] = cosign(&witness_key(), "log.example/other\n0\n", TIME);
    });
    change("signatures-swapped", &|note| {
        let (first, second) = note.signatures.split_at_mut(1);
        std::mem::swap(&mut first[0].bytes, &mut second[0].bytes);
    });
    change("unknown-keys-only", &|note| {
        let stranger = SigningKey::log(ORIGIN, &[3; 32]).unwrap();
        note.signatures = vec![stranger.sign(&note.text)];
    });
}

/// Checks what Go made of the log in `folder`: a note by our key, proofs, and notes that are wrong.
fn read(folder: &Path, size: u64) {
    let (log, witness) = (log_key().verifier(), witness_key().verifier());
    let bytes = fs::read(folder.join("go/checkpoint")).unwrap();
    let (checkpoint, note) = Checkpoint::open(&bytes, &log).unwrap();
    let verified = note.verify(&[log.clone(), witness.clone()]).unwrap();
    assert_eq!(verified.len(), 2, "Go's log signature and cosignature both verify");
    assert_eq!(verified.iter().find_map(|one| one.time), Some(TIME + 1));
    let ours = fs::read(folder.join("checkpoint")).unwrap();
    let (ours, _) = Checkpoint::open(&ours, &log).unwrap();
    assert_eq!((checkpoint.size, checkpoint.root), (size, ours.root));
    for entry in fs::read_dir(folder.join("wrong")).unwrap() {
        let path = entry.unwrap().path();
        let note = Note::parse(&fs::read(&path).unwrap()).unwrap();
        assert!(note.verify(&[log.clone(), witness.clone()]).is_err(), "{}", path.display());
    }
    let mut count = 0;
    for index in sample(size) {
        let bytes = fs::read(folder.join(format!("go/proofs/{index}.tlog-proof"))).unwrap();
        let proof = TlogProof::parse(&bytes).unwrap();
        assert_eq!(proof.verify(&entry(index), &log).unwrap(), checkpoint);
        assert!(proof.verify(&entry(index + 1), &log).is_err());
        count += 1;
    }
    for old in sample(size + 1).into_iter().filter(|&old| old > 0) {
        let text = fs::read_to_string(folder.join(format!("go/consistency/{old}"))).unwrap();
        let lines: Vec<Hash> = text.lines().map(|line| line.parse().unwrap()).collect();
        let (old_root, proof) = lines.split_first().unwrap();
        verify_consistency(old, old_root, size, &checkpoint.root, proof).unwrap();
        count += 1;
    }
    println!("size {size}: {count} proofs and a cosigned checkpoint by Go verify here");
}

/// Answers an add-checkpoint request: status, content type and body, each on its line.
fn witness(state: &str, keys: &[&str]) {
    let keys: Vec<VerifierKey> = keys.iter().map(|key| key.parse().unwrap()).collect();
    let latest = state
        .split_once(':')
        .map(|(size, root)| Latest { size: size.parse().unwrap(), root: root.parse().unwrap() });
    let mut body = Vec::new();
    std::io::stdin().read_to_end(&mut body).unwrap();
    let of_origin = |origin: &str| -> Vec<VerifierKey> {
        keys.iter().filter(|key| key.name() == origin).cloned().collect()
    };
    let answer = AddCheckpoint::parse(&body)
        .and_then(|request| check(&request, of_origin, |_| latest))
        .map(|accepted| cosign(&witness_key(), &accepted.text, TIME).to_string());
    let (status, (content_type, body)) = match answer {
        Ok(line) => (200, ("text/plain; charset=utf-8", line)),
        Err(refusal) => (Refusal::status(refusal), refusal.body()),
    };
    print!("{status}\n{content_type}\n{body}");
}
