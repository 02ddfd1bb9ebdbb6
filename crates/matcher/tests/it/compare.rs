//! Comparison: every common run is found, by its definition, from either side; and what is known,
//! licensed or generated does not count.

use matcher::compare::{Figures, Filter, Findings, Passage, Why, compare};
use matcher::index::Kind;
use matcher::text::fold_text;
use matcher::units::{Document, Layer};
use proptest::prelude::*;

const ONE: &str = "浆料固含量控制在百分之四十八点五，黏度以旋转黏度计在二十五摄氏度下测量。";
const TWO: &str = "球磨三十六小时后静置脱泡，再按第二曲线升温烧结并保温四十分钟，随炉冷却。";
const KNOWN: &str = "本公司严格遵守国家法律法规和行业标准，建立健全质量管理体系。";

fn text(name: &str, content: &str) -> Document {
    Document::new(name, Kind::Text, content.as_bytes())
}

fn sides(left: &str, right: &str, filters: &[Filter]) -> Findings {
    compare(&[text("left.txt", left)], &[text("right.txt", right)], filters)
}

fn figures(findings: &Findings, layer: Layer) -> (Figures, Figures) {
    let row = findings.layers.iter().find(|row| row.layer == layer).unwrap();
    (row.left, row.right)
}

fn shown<'t>(text: &'t str, range: &std::ops::Range<u32>) -> &'t str {
    &text[range.start as usize..range.end as usize]
}

/// The definition: a unit is found when it lies in a common run of 24.
fn by_definition(left: &str, right: &str) -> u64 {
    let (left, right) = (fold_text(left.as_bytes()).bytes, fold_text(right.as_bytes()).bytes);
    let is = |at: usize| right.windows(24).any(|window| left[at..at + 24] == *window);
    let mut found = vec![false; left.len()];
    for at in 0..(left.len() + 1).saturating_sub(24) {
        if is(at) {
            found[at..at + 24].fill(true);
        }
    }
    found.iter().filter(|found| **found).count() as u64
}

proptest! {
    #[test]
    fn shares_are_those_of_the_definition_and_the_same_from_either_side(
        left in prop::collection::vec(prop_oneof!["[a-c ]{0,9}", Just(ONE.to_owned()), Just(TWO.chars().take(15).collect())], 0..8),
        right in prop::collection::vec(prop_oneof!["[a-c ]{0,9}", Just(ONE.to_owned()), Just(TWO.to_owned())], 0..8),
    ) {
        let (left, right) = (left.concat(), right.concat());
        let findings = sides(&left, &right, &[]);
        let turned = sides(&right, &left, &[]);
        for row in &findings.layers {
            let other = turned.layers.iter().find(|other| other.layer == row.layer).unwrap();
            prop_assert_eq!((row.left, row.right), (other.right, other.left));
            if row.layer == Layer::Text {
                prop_assert_eq!(row.left.found, by_definition(&left, &right));
                prop_assert_eq!(row.right.found, by_definition(&right, &left));
            }
        }
    }

    #[test]
    fn each_passage_says_the_same_on_both_sides_and_none_overlap(
        left in prop::collection::vec(prop_oneof!["[a-c,]{0,40}", Just(ONE.to_owned()), Just(TWO.to_owned())], 0..8),
        right in prop::collection::vec(prop_oneof!["[a-c。]{0,40}", Just(ONE.to_owned()), Just(TWO.to_owned())], 0..8),
    ) {
        let (left, right) = (left.concat(), right.concat());
        let findings = sides(&left, &right, &[]);
        let mut seen = vec![false; left.len()];
        for passage in findings.passages.iter().filter(|passage| passage.layer == Layer::Text) {
            let mut same = 0;
            for (ours, theirs) in &passage.runs {
                let (ours_text, theirs_text) = (shown(&left, ours), shown(&right, theirs));
                let folded = fold_text(ours_text.as_bytes()).bytes;
                prop_assert_eq!(&folded, &fold_text(theirs_text.as_bytes()).bytes);
                same += folded.len() as u32;
                for at in ours.clone() {
                    prop_assert!(!std::mem::replace(&mut seen[at as usize], true));
                }
            }
            prop_assert_eq!(same, passage.same);
        }
    }
}

#[test]
fn moved_and_edited_passages_are_told() {
    let edited = ONE.replace("旋转", "转子式");
    let findings = sides(&format!("{ONE}{TWO}"), &format!("{TWO}甲乙丙丁。{edited}"), &[]);
    let passages: Vec<&Passage> = findings.passages.iter().collect();
    assert_eq!(passages.len(), 2, "{passages:#?}");
    assert_eq!(passages.iter().map(|passage| passage.moved).filter(|moved| *moved).count(), 1);
    let edits: Vec<usize> = passages.iter().map(|passage| passage.runs.len()).collect();
    assert!(edits.contains(&1) && edits.contains(&2), "{edits:?}");
}

#[test]
fn what_is_known_is_set_aside_with_its_reason() {
    let (left, right) = (format!("{ONE}{KNOWN}"), format!("{KNOWN}前言。{ONE}"));
    let (raw, _) = figures(&sides(&left, &right, &[]), Layer::Text);
    assert_eq!(raw.share(), Some(1.0));
    let filter =
        |why| Filter { name: "手册".into(), why, documents: vec![text("手册.txt", KNOWN)] };
    let findings = sides(&left, &right, &[filter(Why::Public)]);
    let (ours, theirs) = figures(&findings, Layer::Text);
    let known = fold_text(KNOWN.as_bytes()).bytes.len() as u64;
    assert_eq!((ours.filtered, theirs.filtered), (known, known));
    assert_eq!(ours.found, ours.units - known);
    assert_eq!(theirs.share().map(|share| share > 0.9), Some(true));
    assert_eq!(findings.passages.len(), 1);
    let (range, filter_place) = &findings.left[0].filtered[0];
    assert_eq!((shown(&left, range), *filter_place), (KNOWN.trim_end_matches('。'), Some(0)));
    let all = sides(KNOWN, KNOWN, &[filter(Why::Licensed)]);
    assert_eq!(figures(&all, Layer::Text).0.share(), None);
    let tool = format!("// Code generated by x. DO NOT EDIT.\n{ONE}");
    let findings = sides(&tool, &tool, &[]);
    assert_eq!(figures(&findings, Layer::Text).0.share(), None);
    assert_eq!(findings.left[0].filtered[0].1, None);
}

#[test]
fn renamed_code_is_found_by_its_tokens_and_the_names_are_listed() {
    let ours = "int blend(int ratio, int speed) { int total = ratio * 3; while (speed > total) { \
                speed -= ratio; total = total + 7; } return total; }";
    let theirs = ours.replace("ratio", "p").replace("speed", "q").replace("total", "sum");
    let one = |name: &str, text: &str| vec![Document::new(name, Kind::Text, text.as_bytes())];
    let findings = compare(&one("a.c", ours), &one("b.cs", &theirs), &[]);
    assert_eq!(figures(&findings, Layer::Tokens).0.share(), Some(1.0));
    assert!(figures(&findings, Layer::Text).0.share() < Some(0.5));
    let names: Vec<(&str, &str, u32)> =
        findings.names.iter().map(|n| (&*n.left, &*n.right, n.times)).collect();
    assert_eq!(names, [("total", "sum", 5), ("ratio", "p", 3), ("speed", "q", 3)]);
    assert_eq!(findings.passages.len(), 1);
}

#[test]
fn rows_are_found_in_any_order_and_unit_and_bytes_as_they_are() {
    let table = |text: &str| vec![Document::new("t.csv", Kind::Table, text.as_bytes())];
    let findings = compare(
        &table("1,185.25,36.5\n2,190.75,41.5\n3,201.35,12.25\n"),
        &table("12250,201350\n36500,185250\n55500,111111\n"),
        &[],
    );
    let (ours, theirs) = figures(&findings, Layer::Rows);
    assert_eq!((ours.found, ours.units, theirs.found, theirs.units), (2, 3, 2, 3));
    let raw = |bytes: &[u8]| vec![Document::new("x.bin", Kind::Bytes, bytes)];
    let run: Vec<u8> = (0..100_u8).map(|n| n.wrapping_mul(37)).collect();
    let findings = compare(&raw(&[&[9; 5][..], &run].concat()), &raw(&run), &[]);
    assert_eq!(figures(&findings, Layer::Bytes).0.found, 100);
}

#[test]
fn nothing_in_common_is_no_passage() {
    let findings = sides(ONE, KNOWN, &[]);
    assert_eq!((findings.passages.len(), figures(&findings, Layer::Text).0.found), (0, 0));
    assert_eq!(compare(&[], &[], &[]).layers, []);
    assert_eq!(sides("", "…", &[]).layers, []);
    let same = "ab".repeat(40_000);
    assert_eq!(figures(&sides(&same, &same, &[]), Layer::Text).0.share(), Some(1.0));
}
