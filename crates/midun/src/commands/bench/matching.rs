//! `midun bench match`: how fast a sweep is beside a textbook winnow, SHA-256 and `rg -F`, and what
//! it finds of planted fragments and of nothing.

use std::collections::{HashSet, VecDeque};
use std::hash::{BuildHasherDefault, Hasher};
use std::hint::black_box;
use std::io::{Cursor, Write as _};
use std::process::Command;
use std::time::Instant;

use matcher::index::{Index, IndexBuilder, Kind, Part, Window};
use matcher::key::{MatchKey, Nonce};
use matcher::sweep::sweep;
use office::matching::found_in;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::Desk;

const KEY: [u8; 32] = [7; 32];
/// Each figure is the best of so many.
const RUNS: usize = 3;
/// Patterns that `rg` looks for at once.
const PATTERNS: usize = 50_000;
/// Planted fragments of each sort.
const FRAGMENTS: usize = 300;

pub fn run(desk: &Desk<'_>, megabytes: usize, millions: usize, seed: u64) -> anyhow::Result<()> {
    let mut chance = Chance(seed | 1);
    let input = ordinary(&mut chance, megabytes << 20);
    let mut rows = Vec::new();
    let textbook = textbook_index(millions);
    let slow = rate(&input, || textbook_winnow(&input, &textbook));
    drop(textbook);
    let mut ratio = |what: &str, rate: f64| rows.push((what.to_owned(), rate, rate / slow));
    ratio("textbook", slow);
    for (name, window) in [("sweep-fine", Window::Fine), ("sweep-wide", Window::Wide)] {
        let file = random_index(window, millions, &mut chance)?;
        let index = Index::open(&file, &MatchKey::new(KEY))?;
        let one = rate(&input, || sweep(&index, &input).hits.len());
        ratio(name, one);
        ratio(&format!("{name}-2"), two(&index, &input));
    }
    ratio("sha256", rate(&input, || usize::from(Sha256::digest(&input)[0])));
    if let Some(rg) = ripgrep(&input, &mut chance)? {
        ratio("rg", rg);
    }
    let planted = planted(&mut chance)?;
    let value = json!({
        "megabytes": megabytes, "keys": millions * 1_000_000, "seed": seed,
        "rates": rows.iter().map(|(what, rate, ratio)| json!({
            "what": what, "megabytes_per_cpu_second": rate.round(), "times_textbook": ratio,
        })).collect::<Vec<_>>(),
        "planted": planted,
    });
    desk.say.result(&value, || {
        let mut text = String::new();
        for (what, rate, ratio) in &rows {
            let args = [
                ("what", desk.say.t(&format!("bench-match-{what}"))),
                ("rate", format!("{rate:.0}")),
                ("ratio", format!("{ratio:.1}")),
            ];
            text += &format!("{}\n", desk.say.tr("bench-match-row", &args));
        }
        for one in planted.as_array().into_iter().flatten() {
            let field = |name: &str| match &one[name] {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let args = ["what", "found", "planted"].map(|name| (name, field(name)));
            text += &format!("{}\n", desk.say.tr("bench-match-planted", &args));
        }
        text
    });
    Ok(())
}

/// Reproducible chance (xorshift).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() >> 33) as usize % most.max(1)
    }

    /// A sentence of made-up words, or of common ideographs.
    fn sentence(&mut self, out: &mut String) {
        if self.below(2) == 0 {
            for _ in 0..8 + self.below(12) {
                let letters = 2 + self.below(8);
                for n in 0..letters {
                    let vowels = b"aeiou";
                    let others = b"bcdfghklmnprstvw";
                    let letter = match n % 2 {
                        0 => others[self.below(others.len())],
                        _ => vowels[self.below(vowels.len())],
                    };
                    out.push(letter.into());
                }
                out.push(' ');
            }
            out.push_str(".\n");
        } else {
            for _ in 0..12 + self.below(24) {
                let code = 0x4E00 + self.below(3000) as u32;
                out.push(char::from_u32(code).unwrap_or('一'));
            }
            out.push_str("。\n");
        }
    }
}

/// Text in both languages.
fn ordinary(chance: &mut Chance, len: usize) -> Vec<u8> {
    // A few mebibytes over and over: what is in it does not matter, and making it takes time.
    let mut some = String::new();
    while some.len() < len.min(8 << 20) {
        chance.sentence(&mut some);
    }
    let mut all = Vec::with_capacity(len + some.len());
    while all.len() < len {
        all.extend_from_slice(some.as_bytes());
    }
    all.truncate(len);
    all
}

/// CPU seconds of this thread; the clock's where the system does not tell.
fn seconds(begun: Instant) -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let told = stat.and_then(|stat| stat.split(' ').next()?.parse::<f64>().ok());
    told.map_or_else(|| begun.elapsed().as_secs_f64(), |nanos| nanos / 1e9)
}

/// Megabytes for each second of CPU time.
fn rate(input: &[u8], mut run: impl FnMut() -> usize) -> f64 {
    let begun = Instant::now();
    let best = (0..RUNS).map(|_| {
        let start = seconds(begun);
        black_box(run());
        seconds(begun) - start
    });
    input.len() as f64 / 1e6 / best.fold(f64::MAX, f64::min).max(1e-6)
}

/// Megabytes for each second of the clock, by two threads.
fn two(index: &Index<'_>, input: &[u8]) -> f64 {
    let (one, other) = input.split_at(input.len() / 2);
    let best = (0..RUNS).map(|_| {
        let begun = Instant::now();
        std::thread::scope(|scope| {
            scope.spawn(|| black_box(sweep(index, one).hits.len()));
            scope.spawn(|| black_box(sweep(index, other).hits.len()));
        });
        begun.elapsed().as_secs_f64()
    });
    input.len() as f64 / 1e6 / best.fold(f64::MAX, f64::min).max(1e-6)
}

/// An index of about so many million fingerprints, of which none is in anything.
fn random_index(window: Window, millions: usize, chance: &mut Chance) -> anyhow::Result<Vec<u8>> {
    let mut builder = IndexBuilder::new(&MatchKey::new(KEY), Nonce([1; 16]), window);
    let letters = b"abcdefghijklmnopqrstuvwxyz012345";
    let len = millions * 500_000 * (window.positions() + 1);
    let bytes: Vec<u8> = (0..len).map(|_| letters[chance.below(32)]).collect();
    builder.add(Part { document: "random", part: "", kind: Kind::Text, bytes: &bytes })?;
    Ok(builder.finish())
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

type Keys = HashSet<u64, BuildHasherDefault<Plain>>;

const K: usize = 32;
const W: usize = 16;
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

fn mix(h: u64) -> u64 {
    let x = u128::from(h) * 0xa076_1d64_78bd_642f;
    x as u64 ^ (x >> 64) as u64
}

fn textbook_index(millions: usize) -> Keys {
    (0..millions as u64 * 1_000_000).map(|n| mix(n.wrapping_mul(BASE) + 1)).collect()
}

/// Winnowing as it is written in books: filter, Rabin-Karp, monotone deque, hash set.
fn textbook_winnow(input: &[u8], index: &Keys) -> usize {
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

/// `rg -F` with many patterns over the same bytes, by the clock and on one core; `None` when it is
/// not installed.
fn ripgrep(input: &[u8], chance: &mut Chance) -> anyhow::Result<Option<f64>> {
    if Command::new("rg").arg("--version").output().is_err() {
        return Ok(None);
    }
    let dir = std::env::temp_dir().join(format!("midun-bench-{}", std::process::id()));
    std::fs::create_dir_all(&dir)?;
    let (text, patterns) = (dir.join("text"), dir.join("patterns"));
    std::fs::write(&text, input)?;
    let mut lines = String::new();
    let letters = b"abcdefghijklmnopqrstuvwxyz012345";
    for _ in 0..PATTERNS {
        lines.extend((0..32).map(|_| char::from(letters[chance.below(32)])));
        lines.push('\n');
    }
    std::fs::write(&patterns, lines)?;
    let begun = Instant::now();
    let mut rg = Command::new("rg");
    let done = rg.args(["-F", "-c", "-j", "1", "-f"]).arg(&patterns).arg(&text).output();
    let time = begun.elapsed().as_secs_f64();
    drop(std::fs::remove_dir_all(&dir));
    done?;
    Ok(Some(input.len() as f64 / 1e6 / time))
}

/// Fragments of protected documents, put into other files and made hard to see.
fn planted(chance: &mut Chance) -> anyhow::Result<Value> {
    const DOCUMENTS: usize = 200;
    let mut builder = IndexBuilder::new(&MatchKey::new(KEY), Nonce([2; 16]), Window::Fine);
    let mut documents = Vec::new();
    for n in 0..DOCUMENTS {
        let mut text = String::new();
        // Small ones have a fingerprint at every position, large ones do not.
        let len = if n % 2 == 0 { 4 << 10 } else { 40 << 10 };
        while text.len() < len {
            chance.sentence(&mut text);
        }
        let name = n.to_string();
        let bytes = text.as_bytes();
        builder.add(Part { document: &name, part: "", kind: Kind::Text, bytes })?;
        documents.push(text);
    }
    let file = builder.finish();
    let index = Index::open(&file, &MatchKey::new(KEY))?;
    let mut results = Vec::new();
    for (what, least, most) in [
        ("short", 32, 94),
        ("plain", 95, 512),
        ("noise", 95, 512),
        ("gb18030", 95, 512),
        ("utf16", 95, 512),
        ("zip", 95, 512),
        ("docx", 95, 512),
        ("xlsx", 95, 512),
        ("pdf", 95, 512),
    ] {
        let mut found = 0;
        for _ in 0..FRAGMENTS {
            let of = chance.below(DOCUMENTS);
            let units = least + chance.below(most - least + 1);
            let fragment = fragment(&documents[of], units, chance);
            let (name, bytes) = dressed(what, &fragment, chance)?;
            found += usize::from(found_in(&index, name, &bytes).contains(&of.to_string()));
        }
        results.push(json!({ "what": what, "found": found, "planted": FRAGMENTS }));
    }
    let mut false_files = 0;
    for _ in 0..FRAGMENTS {
        let mut text = String::new();
        while text.len() < 100 << 10 {
            chance.sentence(&mut text);
        }
        false_files += usize::from(!found_in(&index, "x.txt", text.as_bytes()).is_empty());
    }
    results.push(json!({ "what": "false-files", "found": false_files, "planted": FRAGMENTS }));
    Ok(Value::Array(results))
}

/// A stretch of a text with this many bytes that count: neither blanks nor punctuation.
fn fragment(text: &str, units: usize, chance: &mut Chance) -> String {
    let counts = |c: &char| c.is_alphanumeric();
    let all: Vec<char> = text.chars().collect();
    let whole: usize = all.iter().filter(|c| counts(c)).map(|c| c.len_utf8()).sum();
    let mut skip = chance.below(whole.saturating_sub(units + 4));
    let mut out = String::new();
    let mut have = 0;
    for c in all {
        let len = if counts(&c) { c.len_utf8() } else { 0 };
        if skip > 0 {
            skip = skip.saturating_sub(len);
            continue;
        }
        out.push(c);
        have += len;
        if have >= units {
            break;
        }
    }
    out
}

/// A file that holds a fragment, and its name.
fn dressed(
    what: &str,
    fragment: &str,
    chance: &mut Chance,
) -> anyhow::Result<(&'static str, Vec<u8>)> {
    let (mut before, mut after) = (String::new(), String::new());
    for _ in 0..1 + chance.below(40) {
        chance.sentence(&mut before);
        chance.sentence(&mut after);
    }
    let whole = |fragment: &str| format!("{before}{fragment}\n{after}");
    Ok(match what {
        "noise" => {
            let mut noisy = String::new();
            for (n, c) in fragment.chars().enumerate() {
                match chance.below(9) {
                    0 => noisy.push_str("  "),
                    1 if c.is_whitespace() => noisy.push_str(&format!("\n{n}: ")),
                    _ => {}
                }
                if chance.below(3) == 0 { noisy.extend(c.to_uppercase()) } else { noisy.push(c) }
            }
            ("x.txt", whole(&noisy).into_bytes())
        }
        "gb18030" => ("x.txt", encoding_rs::GB18030.encode(&whole(fragment)).0.into_owned()),
        "utf16" => {
            let units = whole(fragment).encode_utf16().flat_map(u16::to_le_bytes).collect();
            ("x.txt", units)
        }
        "zip" => {
            let inner = zip(&[("b/c.txt", whole(fragment).as_bytes())])?;
            ("x.zip", zip(&[("inner.zip", &inner), ("other.txt", b"nothing")])?)
        }
        "docx" => {
            let runs: String = whole(fragment)
                .lines()
                .map(|line| {
                    let half = line.char_indices().nth(line.chars().count() / 2);
                    let (one, two) = line.split_at(half.map_or(0, |(at, _)| at));
                    format!("<w:p><w:r><w:t>{one}</w:t></w:r><w:r><w:t>{two}</w:t></w:r></w:p>")
                })
                .collect();
            let xml = format!("<w:document xmlns:w=\"w\"><w:body>{runs}</w:body></w:document>");
            ("x.docx", zip(&[("word/document.xml", xml.as_bytes())])?)
        }
        "xlsx" => {
            let cells: String = whole(fragment)
                .lines()
                .map(|line| format!("<row><c t=\"inlineStr\"><is><t>{line}</t></is></c></row>"))
                .collect();
            let xml = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
            ("x.xlsx", zip(&[("xl/worksheets/sheet1.xml", xml.as_bytes())])?)
        }
        "pdf" => {
            let data = json!({ "lines": whole(fragment).lines().collect::<Vec<_>>() });
            ("x.pdf", pdf::render(PAGES, &data.to_string(), (2026, 1, 1), &[])?)
        }
        _ => ("x.txt", whole(fragment).into_bytes()),
    })
}

/// Pages with a foot of their own, so that a fragment may run over a page's end.
const PAGES: &str = r#"
#set page(paper: "a5", footer: [- #context counter(page).display() -])
#set par(justify: true)
#for line in json("data.json").lines [#par(line)]
"#;

fn zip(members: &[(&str, &[u8])]) -> anyhow::Result<Vec<u8>> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default())?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}
