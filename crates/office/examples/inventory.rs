//! How good and how fast an inventory is, on a made-up share whose labels were fixed before any rule
//! (`tests/tree/`), beside searching for keywords and beside plain reading.
//!
//! `cargo run --release -p office --example inventory -- [SEED] [FILES]` measures quality;
//! `… -- speed FOLDER` measures speed on sources of your own.

// A measuring program may read clocks and files, and says what goes wrong by ending.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used)]

#[path = "../tests/tree/mod.rs"]
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::Path;
use std::time::Instant;

use extract::{Fault, Limits, Piece, Sink, View, extract_bytes};
use office::matching::Control;
use office::matching::inventory::{InventoryForm, proposals_of};
use sha2::{Digest as _, Sha256};

/// What a person types into a search box; each counts once a file.
const KEYWORDS: &[&str] = &[
    "商业秘密",
    "保密",
    "机密",
    "秘密",
    "内部",
    "配方",
    "工艺",
    "参数",
    "客户",
    "价格",
    "报价",
    "成本",
    "图纸",
    "投标",
    "confidential",
    "secret",
    "proprietary",
    "formula",
    "process",
    "customer",
    "price",
    "cost",
    "drawing",
];
/// Proposals that somebody looks at.
const LOOKED_AT: usize = 200;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.first().is_some_and(|arg| arg == "speed") {
        return speed(Path::new(args.get(1).expect("a folder")));
    }
    let number = |at: usize| args.get(at).and_then(|arg| arg.parse().ok());
    let (seed, files) = (number(0).unwrap_or(1), number(1).unwrap_or(2400));
    quality(seed, files as usize);
}

fn quality(seed: u64, files: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let made = tree::tree(seed, files);
    tree::write(folder.path(), &made);
    let carriers: BTreeSet<&str> =
        made.iter().filter(|file| file.carrier).map(|file| &*file.path).collect();
    let form = InventoryForm::new(folder.path().to_owned());
    let (scan, proposals) = proposals_of(&form, &Control::default()).expect("gone through");
    println!(
        "seed {seed}: {} files, {} carriers, {} proposals, {} faults",
        scan.seen.len(),
        carriers.len(),
        proposals.len(),
        scan.faults.len()
    );
    let mut shown = 0;
    let mut found = BTreeSet::new();
    for (at, proposal) in proposals.iter().enumerate() {
        let files: Vec<&str> = proposal.files.iter().map(|file| &*file.path).collect();
        shown += files.len();
        found.extend(files.iter().copied().filter(|path| carriers.contains(path)));
        if [25, 50, 100, LOOKED_AT, proposals.len()].contains(&(at + 1)) {
            println!(
                "  first {:4} proposals: {:5} files, carriers {}/{}",
                at + 1,
                shown,
                found.len(),
                carriers.len()
            );
        }
        if at + 1 == LOOKED_AT.min(proposals.len()) {
            let missed: Vec<_> = carriers.difference(&found).collect();
            println!("  missed: {missed:?}");
        }
    }
    let of_first: usize = proposals.iter().take(LOOKED_AT).map(|one| one.files.len()).sum();
    keyword_search(&made, of_first);
    if std::env::args().any(|arg| arg == "--list") {
        for proposal in proposals.iter().take(LOOKED_AT) {
            let first = &proposal.files[0];
            let mark = if carriers.contains(&*first.path) { '*' } else { ' ' };
            let why: Vec<&str> = proposal.reasons.iter().map(|why| &*why.rule).collect();
            println!(
                "{mark} {:4} {} ({}) {}",
                proposal.rank,
                first.path,
                proposal.files.len(),
                why.join(" ")
            );
        }
    }
}

/// Files by how many different keywords stand in their name or text; the same text as ours.
fn keyword_search(made: &[tree::Made], as_many: usize) {
    let mut ranked: Vec<(usize, &tree::Made)> = made
        .iter()
        .map(|file| {
            let text = format!("{}\n{}", file.path, text_of(file)).to_lowercase();
            (KEYWORDS.iter().filter(|word| text.contains(*word)).count(), file)
        })
        .collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.path.cmp(&b.1.path)));
    for most in [LOOKED_AT, as_many] {
        let found = ranked.iter().take(most).filter(|(n, file)| *n > 0 && file.carrier).count();
        println!("  keyword search, first {most:5} files: carriers {found}/{}", tree::CARRIERS);
    }
}

fn text_of(file: &tree::Made) -> String {
    struct All(Vec<u8>, bool);
    impl Sink for All {
        fn begin(&mut self, piece: Piece<'_>) {
            self.1 = piece.view != View::Raw || piece.format == extract::Format::Text;
        }
        fn feed(&mut self, bytes: &[u8]) {
            if self.1 {
                self.0.extend_from_slice(bytes);
            }
        }
        fn end(&mut self) {}
        fn fault(&mut self, _: Fault) {}
    }
    let mut all = All(Vec::new(), false);
    extract_bytes(&file.path, &file.bytes, Limits::default(), &mut all);
    String::from_utf8_lossy(&matcher::encoding::to_utf8(&all.0)).into_owned()
}

/// MB a second of an inventory, beside reading and hashing the same files with as many hands.
fn speed(folder: &Path) {
    let mut form = InventoryForm::new(folder.to_owned());
    let mut rates: BTreeMap<&str, f64> = BTreeMap::new();
    let mut bytes = 0;
    for hands in [1, form.hands] {
        form.hands = hands;
        // Once to warm the cache of the disk, once to measure.
        for _ in 0..2 {
            let begun = Instant::now();
            let (scan, found) = proposals_of(&form, &Control::default()).expect("gone through");
            bytes = scan.seen.iter().map(|seen| seen.size).sum::<u64>();
            let rate = bytes as f64 / 1e6 / begun.elapsed().as_secs_f64();
            rates.insert(
                if hands == 1 { "inventory, 1 hand" } else { "inventory, all hands" },
                rate,
            );
            let _ = found;
        }
    }
    let begun = Instant::now();
    let mut waiting = vec![folder.to_owned()];
    while let Some(at) = waiting.pop() {
        for entry in std::fs::read_dir(at).expect("a folder").flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => waiting.push(entry.path()),
                Ok(kind) if kind.is_file() => {
                    let mut file = std::fs::File::open(entry.path()).expect("opened");
                    let mut hasher = Sha256::new();
                    let mut block = vec![0; 1 << 18];
                    while let Ok(n @ 1..) = file.read(&mut block) {
                        hasher.update(&block[..n]);
                    }
                    let _ = hasher.finalize();
                }
                _ => {}
            }
        }
    }
    rates.insert("read and SHA-256, 1 hand", bytes as f64 / 1e6 / begun.elapsed().as_secs_f64());
    println!("{:.1} MB", bytes as f64 / 1e6);
    let base = rates["read and SHA-256, 1 hand"];
    for (name, rate) in rates {
        println!("{name:26} {rate:8.1} MB/s  {:.2}", rate / base);
    }
}
