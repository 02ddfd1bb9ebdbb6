//! A made-up district (数字孪生): companies, staff that moves, suppliers, secrets that leak on known
//! days, and what a station would see of it.
//!
//! What goes on inside companies is drawn first. A station never sees it: its facts are drawn from it
//! with gaps and delays, among requests and cases that have nothing to do with any leak.

mod cases;
mod inside;
mod station;

use catalog::twin::Twin as Plan;
use catalog::warning::Harm;
use sha2::{Digest, Sha256};

use crate::chance::Chance;
use crate::facts::{Company, District, Fact, Place};

/// Days of a year.
const YEAR: u32 = 365;
/// The whole of care, and of other shares of companies.
const FULL: u32 = 1_000;
/// Companies of a whole district: counts of a district are for so many.
const WHOLE: u32 = 20_000;

/// SHA-256 of the frozen parameters, `catalog/twin/district.toml`, in hex. They were written before
/// any rule was scored; a change is a new edition, and scores of the old one no longer count.
pub const FROZEN: &str = "1b5a1fb4f1fc3042c287ce833c3b13dde7ebb13fca786a394fbc8d62c7fbb990";

/// A made-up district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twin {
    /// What a station would hold.
    pub district: District,
    /// What happened, by days; a station never sees this.
    pub harms: Vec<Happened>,
    /// The seed it was drawn with.
    pub seed: u32,
}

/// A harm that came to pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Happened {
    /// When.
    pub day: i32,
    /// To which company, by its place.
    pub company: u32,
    /// What.
    pub harm: Harm,
}

/// The district on its way.
struct Making<'p> {
    plan: &'p Plan,
    district: District,
    harms: Vec<Happened>,
    /// How well each company protects itself, of [`FULL`], on the first day.
    care: Vec<u32>,
    /// Changes of that: company, day, by how much.
    turns: Vec<(u32, i32, i32)>,
    facts: Vec<Fact>,
    held: u32,
}

/// The text of the shipped parameters.
fn shipped() -> &'static str {
    let file = catalog::SHIPPED.iter().find(|(path, _)| *path == "twin/district.toml");
    file.map_or("", |(_, text)| *text)
}

/// SHA-256 of the parameters that this program has, in hex.
pub fn digest() -> String {
    hex::encode(Sha256::digest(shipped()))
}

/// Makes a district of so many companies. The same plan, number and seed make the same district.
pub fn make(plan: &Plan, companies: u32, seed: u32) -> Twin {
    let chance = &mut Chance::new(u64::from(seed));
    let mut making = Making {
        plan,
        district: map(plan, companies, chance),
        harms: Vec::new(),
        care: Vec::new(),
        turns: Vec::new(),
        facts: Vec::new(),
        held: 1,
    };
    making.care = (0..companies as usize)
        .map(|at| {
            let of = |chance: &mut Chance| chance.below(FULL + 1);
            let mean = (of(chance) + of(chance)) / 2;
            let more = if making.district.companies[at].weight > 0 { 150 } else { 0 };
            (mean + more).min(FULL)
        })
        .collect();
    // Each part draws from a chance of its own, so that a change in one leaves the others.
    making.station(&mut Chance::new(u64::from(seed) ^ 0x5747_4154));
    making.turns.sort_unstable();
    let leaks = making.inside(&mut Chance::new(u64::from(seed) ^ 0x494e_5349));
    making.cases(&leaks, &mut Chance::new(u64::from(seed) ^ 0x4341_5345));
    making.harms.sort_unstable();
    Twin { district: making.district, harms: making.harms, seed }
}

fn map(plan: &Plan, companies: u32, chance: &mut Chance) -> District {
    let map = &plan.map;
    // Some parks are ten times as large as others.
    let parks: Vec<u32> = (0..map.parks).map(|at| 1 + 40 / (at + 4)).collect();
    let some = |of: u32, name: &str| (1..=of).map(|at| format!("{name}{at}")).collect::<Vec<_>>();
    let entries = (0..companies).map(|at| Company {
        no: at + 1,
        park: chance.happens(map.in_park).then(|| chance.weighed(&parks) as Place),
        street: Some(chance.below(map.streets) as Place),
        field: Some(chance.weighed(&map.fields) as Place),
        weight: if chance.happens(map.key) { 1 << chance.below(4) } else { 0 },
    });
    let mut district = District::new(entries.collect());
    district.parks = some(map.parks, "P");
    district.streets = some(map.streets, "S");
    district.fields = some(map.fields.len() as u32, "F");
    district.units = some(plan.cases.units, "U");
    district
}

impl Making<'_> {
    fn companies(&self) -> u32 {
        self.district.companies.len() as u32
    }

    /// How many of something there are in a district of this size.
    fn part(&self, of_whole: u32) -> u32 {
        (of_whole * self.companies()).div_ceil(WHOLE)
    }

    /// How well a company protects itself on a day. The turns must be in order.
    fn care(&self, company: u32, on: i32) -> u32 {
        let from = self.turns.partition_point(|turn| turn.0 < company);
        let turns = self.turns[from..].iter().take_while(|turn| turn.0 == company && turn.1 <= on);
        let care = self.care[company as usize] as i32 + turns.map(|turn| turn.2).sum::<i32>();
        care.clamp(0, FULL as i32) as u32
    }

    /// Whether something happens that does so `of` times of 10,000 where nothing is protected.
    fn befalls(&self, company: u32, on: i32, of: u32, chance: &mut Chance) -> bool {
        let care = self.care(company, on);
        chance.happens(of * (FULL - care) / FULL)
    }
}
