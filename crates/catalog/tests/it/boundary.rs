//! The boundary test on secret points that were labelled before its rules were written. Half of
//! them were never looked at meanwhile; the figures are of that half, beside a list of keywords.
//!
//! `cargo test -p catalog --test it boundary -- --nocapture` prints them.

use catalog::Catalog;
use catalog::boundary::Flaw;
use serde::Deserialize;

#[derive(Deserialize)]
struct Labels {
    point: Vec<Point>,
}

#[derive(Deserialize)]
struct Point {
    id: String,
    half: String,
    text: String,
    #[serde(default)]
    public: String,
    #[serde(default)]
    other: String,
    faults: Vec<String>,
}

impl Point {
    fn found(&self, catalog: &Catalog) -> Vec<&'static str> {
        let attacks = catalog.boundary().attack(&self.text, &self.public);
        let mut found: Vec<_> = attacks.iter().map(|attack| attack.flaw.word()).collect();
        if !self.other.is_empty() && catalog.boundary().is_same(&self.text, &self.other) {
            found.push(Flaw::Same.word());
        }
        found
    }
}

/// What somebody would search for who has no test: words that sound too wide or too vague.
const KEYWORDS: [&str; 16] = [
    "全部",
    "所有",
    "一切",
    "各种",
    "相关",
    "先进",
    "优化",
    "名单",
    "资料",
    "all ",
    "any ",
    "everything",
    "related",
    "unique",
    "innovative",
    "list",
];

/// Rightly found, wrongly found, missed.
#[derive(Default)]
struct Score([usize; 3]);

impl Score {
    fn note(&mut self, is: bool, said: bool) {
        let [right, wrong, missed] = &mut self.0;
        match (is, said) {
            (true, true) => *right += 1,
            (false, true) => *wrong += 1,
            (true, false) => *missed += 1,
            (false, false) => {}
        }
    }

    fn precision(&self) -> f64 {
        self.0[0] as f64 / (self.0[0] + self.0[1]).max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.0[0] as f64 / (self.0[0] + self.0[2]).max(1) as f64
    }
}

fn labels() -> Vec<Point> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/points/labels.toml");
    let text = std::fs::read_to_string(path).expect("the labels");
    toml::from_str::<Labels>(&text).expect("they are as they should be").point
}

#[test]
fn bad_points_are_found_and_good_ones_left_alone() {
    let catalog = Catalog::shipped().expect("the shipped data is checked");
    let points = labels();
    assert!(points.len() >= 60 && points.iter().filter(|one| one.half == "held").count() >= 30);
    for half in ["seen", "held"] {
        let (mut whole, mut keywords) = (Score::default(), Score::default());
        let mut each: Vec<Score> = Flaw::ALL.iter().map(|_| Score::default()).collect();
        for point in points.iter().filter(|one| one.half == half) {
            let found = point.found(&catalog);
            let is_bad = !point.faults.is_empty();
            whole.note(is_bad, !found.is_empty());
            let folded = point.text.to_lowercase();
            keywords.note(is_bad, KEYWORDS.iter().any(|word| folded.contains(word)));
            for (score, flaw) in each.iter_mut().zip(Flaw::ALL) {
                let is = point.faults.iter().any(|fault| fault == flaw.word());
                score.note(is, found.contains(&flaw.word()));
            }
            if half == "seen" && (found.is_empty() == is_bad) {
                println!("  {}: labelled {:?}, found {found:?}", point.id, point.faults);
            }
        }
        let say = |name: &str, score: &Score| {
            let (p, r) = (score.precision(), score.recall());
            println!("{half} {name:9} precision {p:.2} recall {r:.2} {:?}", score.0);
        };
        say("bad", &whole);
        say("keywords", &keywords);
        for (score, flaw) in each.iter().zip(Flaw::ALL) {
            say(flaw.word(), score);
        }
        assert!(whole.precision() >= 0.9 && whole.recall() >= 0.85, "{half}");
        assert!(whole.recall() > keywords.recall() && whole.precision() >= keywords.precision());
    }
}

#[test]
fn what_is_found_is_shown_with_its_words() {
    let catalog = Catalog::shipped().expect("the shipped data is checked");
    let attacks = catalog.boundary().attack("公司的全部技术资料", "");
    assert_eq!(attacks[0].flaw, Flaw::Wide);
    assert_eq!(attacks[0].words, ["全部"]);
    for text in ["", " ", "。", "\u{0}", "３７℃", "1", "第", "half"] {
        drop(catalog.boundary().attack(text, text));
    }
    // The same words with another value are another point.
    let boundary = catalog.boundary();
    assert!(
        !boundary
            .is_same("静置温度取 18 ℃，静置十二小时后注浆", "静置温度取 25 ℃，静置十二小时后注浆")
    );
    assert!(
        boundary
            .is_same("静置温度取 18 ℃，静置十二小时后注浆", "静置十二小时后注浆，静置温度取 18 ℃")
    );
}
