use matcher::index::{Index, IndexBuilder, Kind, Part, Window};
use matcher::key::{MatchKey, Nonce};
use matcher::sweep::{Findings, Reading, Sweep, sweep, sweep_reader};
use matcher::text::fold_text;
use proptest::prelude::*;

use crate::planted::{DISGUISES, Dice, Disguise, disguise, prose};

pub const KEY: MatchKey = MatchKey::new([7; 32]);

pub fn index_of(window: Window, parts: &[(&str, Kind, &[u8])]) -> Vec<u8> {
    let mut builder = IndexBuilder::new(&KEY, Nonce([1; 16]), window);
    for (document, kind, bytes) in parts {
        builder.add(Part { document, part: "", kind: *kind, bytes }).unwrap();
    }
    builder.finish()
}

fn found(findings: &Findings, document: &str) -> bool {
    findings.hits.iter().any(|hit| hit.part.document == document)
}

/// Plants fragments of each length and disguise in ordinary text, and counts those found.
fn planted(
    seed: u64,
    window: Window,
    folded_len: usize,
    how: Disguise,
    rounds: usize,
) -> (usize, usize) {
    let mut dice = Dice(seed);
    let (mut planted, mut hits) = (0, 0);
    for round in 0..rounds {
        let secret = prose(&mut dice, 20_000);
        let file = index_of(window, &[("secret", Kind::Text, secret.as_bytes())]);
        let index = Index::open(&file, &KEY).unwrap();
        let chars: Vec<(usize, char)> = secret.char_indices().collect();
        let start = dice.below(chars.len() / 2);
        let mut fragment = String::new();
        // A fragment is measured as it is folded where it is planted: after a line break.
        for (_, c) in &chars[start..] {
            fragment.push(*c);
            if fold_text(fragment.as_bytes()).bytes.len() >= folded_len {
                break;
            }
        }
        let (before, after) = (dice.below(90_000), dice.below(3_000));
        let shown = disguise(&mut dice, &fragment, how);
        let (before, after) = (prose(&mut dice, before), prose(&mut dice, after));
        let separate = |text: &str| format!("{text}\n").into_bytes();
        let host = match how {
            Disguise::Gb18030 | Disguise::Utf16Le | Disguise::Utf16Be => {
                let other = |text: &str| disguise(&mut Dice(0), text, how);
                [other(&before), other("\n"), shown.clone(), other("\n"), other(&after)].concat()
            }
            _ => [separate(&before), shown.clone(), b"\n".to_vec(), separate(&after)].concat(),
        };
        let findings = sweep(&index, &host);
        planted += 1;
        // The words are few, so a passage must be the planted one.
        let place = host.windows(shown.len()).position(|w| w == shown).unwrap() as u64;
        let end = place + shown.len() as u64;
        let hit = findings
            .hits
            .iter()
            .flat_map(|hit| &hit.passages)
            .any(|p| p.sure && p.found.start < end && p.found.end > place);
        hits += usize::from(hit);
        assert!(
            hit || folded_len < window.guaranteed(),
            "seed {seed}, round {round}, {how:?}: {fragment}"
        );
    }
    (planted, hits)
}

#[test]
fn every_planted_fragment_of_the_guaranteed_length_is_found_in_each_disguise() {
    for how in DISGUISES {
        for window in [Window::Fine, Window::Wide] {
            for len in [window.guaranteed(), 128, 512] {
                let (planted, hits) = planted(11, window, len, how, 4);
                assert_eq!(planted, hits, "{how:?} {window:?} {len}");
            }
        }
    }
}

#[test]
fn short_secrets_are_found_in_each_encoding() {
    let secret = "第三步:升温至185.5℃,保温42分钟,搅拌转速1240转每分,加入催化剂B-17共3.62千克,缓慢降温至60℃后出料,总收率不低于91.4%";
    assert!((60..75).contains(&secret.chars().count()));
    for window in [Window::Fine, Window::Wide] {
        let file = index_of(window, &[("配方", Kind::Text, secret.as_bytes())]);
        let index = Index::open(&file, &KEY).unwrap();
        for how in DISGUISES {
            let mut dice = Dice(5);
            let shown = disguise(&mut dice, secret, how);
            let host =
                [disguise(&mut dice, &"其他内容没有秘密。\n".repeat(9_000), how), shown].concat();
            let findings = sweep(&index, &host);
            assert!(found(&findings, "配方"), "{window:?} {how:?}");
            assert!(findings.hits[0].share > 0.7, "{how:?} {}", findings.hits[0].share);
        }
        assert!(!found(&sweep(&index, "第三步:出料后清洗反应釜,记录温度".as_bytes()), "配方"));
    }
}

fn table(rows: usize) -> Vec<[f64; 4]> {
    let mut dice = Dice(3);
    let mut row = |n: usize| {
        let mut cell = |scale: f64| (dice.below(90_000) + 10_000) as f64 / scale;
        [(n + 1) as f64, cell(1_000.0), cell(100.0), cell(10.0)]
    };
    (0..rows).map(&mut row).collect()
}

fn csv(rows: &[[f64; 4]], columns: &[usize], scale: f64, separator: &str) -> String {
    let cell =
        |row: &[f64; 4], n: &usize| format!("{}", row[*n] * if *n == 0 { 1.0 } else { scale });
    let line =
        |row: &[f64; 4]| columns.iter().map(|n| cell(row, n)).collect::<Vec<_>>().join(separator);
    rows.iter().map(|row| line(row) + "\r\n").collect()
}

#[test]
fn a_table_of_twelve_rows_is_found_in_other_order_units_and_form() {
    let rows = table(12);
    let secret = csv(&rows, &[0, 1, 2, 3], 1.0, ",");
    let file = index_of(Window::Fine, &[("table", Kind::Table, secret.as_bytes())]);
    let index = Index::open(&file, &KEY).unwrap();
    assert_eq!(index.parts()[0].rows, 12);
    assert!((33..=36).contains(&index.parts()[0].cells));
    let mut dice = Dice(9);
    let noise = csv(&table(3000).split_off(1000), &[1, 2, 3], 1.0, " ");
    let mut shuffled = rows.clone();
    (0..12).for_each(|n| shuffled.swap(n, dice.below(12)));
    for (shown, reading) in [
        (csv(&shuffled, &[3, 1, 2], 1.0, "\t"), Reading::Rows),
        (csv(&shuffled, &[2, 3, 1, 0], 0.001, " | "), Reading::Rows),
        (csv(&shuffled, &[1, 3], 10.0, ";"), Reading::Cells),
    ] {
        let host = format!("{noise}其他\n{shown}\n{noise}");
        let findings = sweep(&index, host.as_bytes());
        let hit = findings.hits.first().unwrap_or_else(|| panic!("not found: {shown}"));
        assert!(
            hit.passages.iter().any(|passage| passage.reading == reading),
            "{reading:?} {hit:?}"
        );
        assert!(hit.share > 0.5, "{reading:?} {}", hit.share);
        let wide: Vec<u8> = host.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(found(&sweep(&index, &wide), "table"));
    }
    assert_eq!(sweep(&index, noise.as_bytes()).hits, []);
}

#[test]
fn numbers_of_a_large_file_do_not_make_a_small_table_by_chance() {
    let secret = csv(&table(12), &[1, 2, 3], 1.0, ",");
    let file = index_of(Window::Fine, &[("table", Kind::Table, secret.as_bytes())]);
    let index = Index::open(&file, &KEY).unwrap();
    let mut dice = Dice(77);
    let mut line =
        || format!("{},{},{}\n", dice.below(100_000), dice.below(10_000), dice.below(100_000));
    let numbers: String = (0..100_000).map(|_| line()).collect();
    assert_eq!(sweep(&index, numbers.as_bytes()).hits, []);
}

#[test]
fn a_passage_names_its_bytes_in_any_encoding() {
    let secret = prose(&mut Dice(21), 30_000);
    let file = index_of(Window::Fine, &[("s", Kind::Text, secret.as_bytes())]);
    let index = Index::open(&file, &KEY).unwrap();
    for how in [Disguise::None, Disguise::Gb18030, Disguise::Utf16Le, Disguise::Utf16Be] {
        let before = disguise(&mut Dice(0), &"无关的一行。\n".repeat(20_000), how);
        let shown = disguise(&mut Dice(0), &secret, how);
        let findings = sweep(&index, &[&before[..], &shown, &before].concat());
        let hit = &findings.hits[0];
        assert!(hit.share > 0.97, "{how:?} {}", hit.share);
        let (start, end) = (before.len() as u64, (before.len() + shown.len()) as u64);
        let first = hit.passages.iter().map(|p| p.found.start).min().unwrap();
        let last = hit.passages.iter().map(|p| p.found.end).max().unwrap();
        assert!(first >= start && first < start + 400, "{how:?} {first} {start}");
        assert!(last <= end && last + 400 > end, "{how:?} {last} {end}");
    }
}

#[test]
fn bytes_that_are_no_text_are_found_in_a_disk_image() {
    let mut dice = Dice(4);
    let secret: Vec<u8> = (0..50_000).map(|_| dice.next() as u8).collect();
    let file = index_of(Window::Wide, &[("firmware", Kind::Bytes, &secret)]);
    let index = Index::open(&file, &KEY).unwrap();
    let mut image: Vec<u8> = (0..400_000).map(|_| dice.next() as u8).collect();
    assert_eq!(sweep(&index, &image).hits, []);
    image[200_001..200_096].copy_from_slice(&secret[777..872]);
    let findings = sweep(&index, &image);
    let passage = &findings.hits[0].passages[0];
    assert!(passage.found.start >= 200_001 && passage.found.end <= 200_096);
    assert_eq!(passage.found.start - 200_001, u64::from(passage.secret.start) - 777);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn how_bytes_arrive_does_not_change_what_is_found(seed: u64, cuts in prop::collection::vec(1..70_000usize, 1..20)) {
        let mut dice = Dice(seed);
        let secret = prose(&mut dice, 3_000);
        let file = index_of(Window::Fine, &[("s", Kind::Text, secret.as_bytes())]);
        let index = Index::open(&file, &KEY).unwrap();
        let (before, after) = (dice.below(100_000), dice.below(100_000));
        let host = [prose(&mut dice, before), secret, prose(&mut dice, after)].concat().into_bytes();
        let whole = sweep(&index, &host);
        prop_assert!(found(&whole, "s"));
        let mut fed = Sweep::new(&index);
        let (mut at, mut cuts) = (0, cuts.iter().cycle());
        while at < host.len() {
            let end = (at + cuts.next().unwrap()).min(host.len());
            fed.feed(&host[at..end]);
            prop_assert_eq!(fed.bytes(), end as u64);
            at = end;
        }
        prop_assert_eq!(&fed.finish(), &whole);
        prop_assert_eq!(&sweep_reader(&index, &host[..]).unwrap(), &whole);
    }

    #[test]
    fn every_shared_run_of_bytes_is_found(
        seed: u64, at in 0..30_000usize, place in 0..200_000usize, wide: bool,
    ) {
        let mut dice = Dice(seed);
        let window = if wide { Window::Wide } else { Window::Fine };
        let secret: Vec<u8> = (0..40_000).map(|_| dice.next() as u8).collect();
        let file = index_of(window, &[("s", Kind::Bytes, &secret)]);
        let index = Index::open(&file, &KEY).unwrap();
        let mut host: Vec<u8> = (0..200_200).map(|_| dice.next() as u8).collect();
        let len = window.guaranteed();
        host[place..place + len].copy_from_slice(&secret[at..at + len]);
        let findings = sweep(&index, &host);
        prop_assert!(findings.hits.iter().flat_map(|hit| &hit.passages).any(|p| p.sure));
    }

    #[test]
    fn what_is_not_sure_is_shorter_than_guaranteed(
        seed: u64, at in 200..30_000usize, place in 0..200_000usize, wide: bool, len in 32..63usize,
    ) {
        let mut dice = Dice(seed);
        let window = if wide { Window::Wide } else { Window::Fine };
        let secret: Vec<u8> = (0..40_000).map(|_| dice.next() as u8).collect();
        let file = index_of(window, &[("s", Kind::Bytes, &secret)]);
        let index = Index::open(&file, &KEY).unwrap();
        let mut host: Vec<u8> = (0..200_200).map(|_| dice.next() as u8).collect();
        let len = len.min(window.sure() - 1);
        host[place..place + len].copy_from_slice(&secret[at..at + len]);
        // One byte more on either side would make the run longer by chance.
        if let Some(before) = place.checked_sub(1) {
            host[before] = !secret[at - 1];
        }
        host[place + len] = !secret[at + len];
        let findings = sweep(&index, &host);
        prop_assert!(findings.hits.iter().flat_map(|hit| &hit.passages).all(|p| !p.sure));
    }
}
