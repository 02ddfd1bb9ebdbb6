//! Average precision on sets of labelled pairs: `quality SET…`, each a folder with `flat/` and
//! `pairs.tsv` (first, second, 1 or 0, which attack).

use std::collections::BTreeMap;
use std::path::Path;

use matcher::cluster::{Pair, Prints, pairs};
use matcher::index::Kind;

type Labelled = (f32, bool);

/// Area under precision and recall: the mean precision at each positive.
fn average_precision(scored: &mut [Labelled]) -> f64 {
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut seen, mut right, mut sum) = (0.0, 0.0, 0.0);
    for tied in scored.chunk_by(|a, b| a.0 == b.0) {
        let positive = tied.iter().filter(|(_, label)| *label).count() as f64;
        seen += tied.len() as f64;
        right += positive;
        sum += positive * right / seen;
    }
    sum / right.max(1.0)
}

fn f1(scored: &[Labelled], threshold: f32) -> f64 {
    let count = |score: bool, label: bool| {
        scored.iter().filter(|one| (one.0 >= threshold) == score && one.1 == label).count() as f64
    };
    2.0 * count(true, true) / (2.0 * count(true, true) + count(true, false) + count(false, true))
}

fn main() {
    for set in std::env::args().skip(1) {
        report(Path::new(&set));
    }
}

fn report(set: &Path) {
    let mut names = BTreeMap::new();
    let mut prints = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(set.join("flat"))
        .expect("flat/")
        .map(|e| e.expect("entry").path())
        .collect();
    files.sort();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem).to_owned();
        names.insert(stem, prints.len() as u32);
        prints.push(Prints::new(&name, Kind::Text, &std::fs::read(&file).expect("readable")));
    }
    let found: BTreeMap<(u32, u32), Pair> =
        pairs(&prints, 0.0).into_iter().map(|pair| ((pair.left, pair.right), pair)).collect();
    let views: [(&str, fn(&Pair) -> f32); 4] = [
        ("score", |pair| pair.score),
        ("text", |pair| pair.layers[0].most()),
        ("tokens", |pair| pair.layers[1].most()),
        ("rows", |pair| pair.layers[2].most()),
    ];
    let table = std::fs::read_to_string(set.join("pairs.tsv")).expect("pairs.tsv");
    println!("{}: {} files", set.display(), prints.len());
    for (name, view) in views {
        let mut all = Vec::new();
        let mut attacks: BTreeMap<&str, Vec<Labelled>> = BTreeMap::new();
        let mut negatives = Vec::new();
        for line in table.lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            let (Some(a), Some(b)) = (names.get(columns[0]), names.get(columns[1])) else {
                panic!("{line}: no such file");
            };
            let score = found.get(&(*a.min(b), *a.max(b))).map_or(0.0, view);
            let label = columns[2] == "1";
            all.push((score, label));
            if label {
                attacks.entry(columns[3]).or_default().push((score, label));
            } else {
                negatives.push((score, label));
            }
        }
        let best = all.iter().map(|one| (f1(&all, one.0), one.0));
        let best = best.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default();
        print!(
            "  {name:7} AP {:.3}  F1 {:.3} at {:.3} ",
            average_precision(&mut all),
            best.0,
            best.1
        );
        for t in [0.08, 0.1, 0.12, 0.15, 0.18] {
            print!(" {:.3}@{t}", f1(&all, t));
        }
        if attacks.len() < 8 && attacks.len() > 1 {
            for (attack, mut scored) in attacks {
                scored.extend(&negatives);
                print!("  {attack} {:.3}", average_precision(&mut scored));
            }
        }
        println!();
    }
}
