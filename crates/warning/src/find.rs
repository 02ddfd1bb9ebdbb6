//! What a rule finds on a day.

use std::collections::{BTreeMap, BTreeSet};

use catalog::Warning;
use catalog::warning::{By, Count, Names, Sort};

use crate::facts::{District, Fact, Place};

/// Of what there is an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A company, by its place.
    Company(u32),
    /// A park.
    Park(Place),
    /// A sub-district.
    Street(Place),
    /// A field.
    Field(Place),
    /// An organisation against which cases were opened, by its place.
    Respondent(u32),
    /// A case, by its count.
    Case(u32),
    /// An office.
    Unit(Place),
    /// An office, and what its packages came back for.
    Lack(Place, Place),
}

/// What a count came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// How many.
    pub n: u32,
    /// Of how many, where a share was asked for.
    pub of: Option<u32>,
    /// The mean of the spans before in tenths, where it was asked for.
    pub before: Option<u32>,
    /// What was counted: sorts and the counts of their numbers.
    pub facts: Vec<(Sort, u32)>,
}

/// What a rule finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Of what.
    pub key: Key,
    /// What each of the rule's counts came to.
    pub counted: Vec<Counted>,
    /// The companies it is about, by their places; those to be served first before others.
    pub companies: Vec<u32>,
}

/// Facts of a key on the way to a [`Counted`].
#[derive(Default)]
struct Tally<'d> {
    facts: Vec<&'d Fact>,
    of: u32,
    before: u32,
}

/// How many spans before the present one give the mean.
const SPANS: i32 = 4;

/// What a rule finds on a day, as far as was known by then.
pub fn find(rule: &Warning, district: &District, on: i32) -> Vec<Found> {
    let counts: Vec<BTreeMap<Key, Tally<'_>>> =
        rule.when.iter().map(|count| tally(rule, count, district, on)).collect();
    // What must be there at least once says where to look; else everything there is.
    let first = rule
        .when
        .iter()
        .position(|count| count.over.is_none() && count.least.is_some_and(|least| least > 0));
    let keys: Vec<Key> = match first {
        Some(at) => counts[at].keys().copied().collect(),
        None => listed(rule.by, district),
    };
    let members = members(rule, district);
    let none = Tally::default();
    let mut found = Vec::new();
    for key in keys {
        if rule.least > 0 && members.get(&key).map_or(0, Vec::len) < rule.least as usize {
            continue;
        }
        let tallies: Vec<&Tally<'_>> = rule
            .when
            .iter()
            .zip(&counts)
            .map(|(count, tallies)| {
                let key = count.over.map_or(Some(key), |over| wider(over, key, district));
                key.and_then(|key| tallies.get(&key)).unwrap_or(&none)
            })
            .collect();
        if !rule.when.iter().zip(&tallies).all(|(count, tally)| holds(count, tally)) {
            continue;
        }
        let companies = named(rule, key, &tallies, &members, district, on);
        if companies.is_empty() {
            continue;
        }
        let counted = rule.when.iter().zip(tallies).map(|(count, tally)| counted(count, tally));
        found.push(Found { key, counted: counted.collect(), companies });
    }
    found
}

/// The facts of one count, by what there is an alert of.
fn tally<'d>(
    rule: &Warning,
    count: &Count,
    district: &'d District,
    on: i32,
) -> BTreeMap<Key, Tally<'d>> {
    let by = count.over.unwrap_or(rule.by);
    let mut tallies: BTreeMap<Key, Tally<'d>> = BTreeMap::new();
    let words: Vec<Place> = count
        .word
        .iter()
        .filter_map(|word| district.words.iter().position(|known| known == word))
        .filter_map(|at| Place::try_from(at).ok())
        .collect();
    for sort in &count.of {
        for fact in district.known(*sort, on) {
            if !count.word.is_empty() && !words.contains(&fact.word) {
                continue;
            }
            let span = count.within.map(|within| within as i32);
            let age = on - fact.day;
            let now = span.is_none_or(|span| age < span);
            let earlier =
                count.times.is_some() && span.is_some_and(|span| age < span * (SPANS + 1));
            if !now && !earlier {
                continue;
            }
            let Some(key) = key_of(by, fact, district) else { continue };
            let tally = tallies.entry(key).or_default();
            if !now {
                tally.before += 1;
                continue;
            }
            tally.of += 1;
            if stands(count, fact, on) {
                tally.facts.push(fact);
            }
        }
    }
    if count.companies {
        for tally in tallies.values_mut() {
            let mut seen = BTreeSet::new();
            tally.facts.retain(|fact| fact.company.is_some_and(|company| seen.insert(company)));
        }
    }
    tallies
}

/// Whether a fact is open, overdue or coming, as asked.
fn stands(count: &Count, fact: &Fact, on: i32) -> bool {
    let asks_open = count.open || count.overdue.is_some() || count.coming.is_some();
    if asks_open && !fact.is_open(on) {
        return false;
    }
    let due = |holds: &dyn Fn(i32) -> bool| fact.due.is_some_and(holds);
    count.overdue.is_none_or(|days| due(&|due| due + (days as i32) < on))
        && count.coming.is_none_or(|days| due(&|due| due >= on && due <= on + days as i32))
}

fn holds(count: &Count, tally: &Tally<'_>) -> bool {
    let n = tally.facts.len() as u32;
    count.least.is_none_or(|least| n >= least)
        && count.most.is_none_or(|most| n <= most)
        && count.percent.is_none_or(|percent| n * 100 >= tally.of * percent)
        && count.times.is_none_or(|times| n * SPANS as u32 >= tally.before * times)
}

fn counted(count: &Count, tally: &Tally<'_>) -> Counted {
    Counted {
        n: tally.facts.len() as u32,
        of: count.percent.map(|_| tally.of),
        before: count.times.map(|_| tally.before * 10 / SPANS as u32),
        facts: tally.facts.iter().map(|fact| (fact.sort, fact.no)).collect(),
    }
}

fn key_of(by: By, fact: &Fact, district: &District) -> Option<Key> {
    let company = fact.company.and_then(|at| district.companies.get(at as usize));
    match by {
        By::Company => fact.company.map(Key::Company),
        By::Park => company?.park.map(Key::Park),
        By::Street => company?.street.map(Key::Street),
        By::Field => company?.field.map(Key::Field),
        By::Respondent => fact.other.map(Key::Respondent),
        By::Case => Some(Key::Case(fact.no)),
        By::Unit => fact.unit.map(Key::Unit),
        By::Lack => fact.unit.map(|unit| Key::Lack(unit, fact.word)),
    }
}

/// The wider set that a company belongs to.
fn wider(over: By, key: Key, district: &District) -> Option<Key> {
    let Key::Company(at) = key else { return None };
    let company = district.companies.get(at as usize)?;
    match over {
        By::Park => company.park.map(Key::Park),
        By::Street => company.street.map(Key::Street),
        By::Field => company.field.map(Key::Field),
        _ => Some(key),
    }
}

/// Everything of a sort that the directory has.
fn listed(by: By, district: &District) -> Vec<Key> {
    let places = |names: &[String]| 0..Place::try_from(names.len()).unwrap_or(Place::MAX);
    match by {
        By::Company => (0..district.companies.len() as u32).map(Key::Company).collect(),
        By::Park => places(&district.parks).map(Key::Park).collect(),
        By::Street => places(&district.streets).map(Key::Street).collect(),
        By::Field => places(&district.fields).map(Key::Field).collect(),
        By::Respondent | By::Case | By::Unit | By::Lack => Vec::new(),
    }
}

/// The companies of each set, where the rule asks for them.
fn members(rule: &Warning, district: &District) -> BTreeMap<Key, Vec<u32>> {
    let mut members: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
    if rule.by == By::Company || (rule.least == 0 && rule.names != Names::Key) {
        return members;
    }
    for at in 0..district.companies.len() as u32 {
        let fact = Fact::new(Sort::Visit, Some(at), 0);
        if let Some(key) = key_of(rule.by, &fact, district) {
            members.entry(key).or_default().push(at);
        }
    }
    members
}

/// The companies that an alert is about.
fn named(
    rule: &Warning,
    key: Key,
    tallies: &[&Tally<'_>],
    members: &BTreeMap<Key, Vec<u32>>,
    district: &District,
    on: i32,
) -> Vec<u32> {
    let company = |at: &u32| &district.companies[*at as usize];
    let mut companies: BTreeSet<u32> = match rule.names {
        // A company's own alert is about itself, also when what was counted lies around it.
        Names::Counted => match key {
            Key::Company(at) => BTreeSet::from([at]),
            _ => tallies.iter().flat_map(|tally| &tally.facts).filter_map(|f| f.company).collect(),
        },
        Names::Key => {
            let own = match key {
                Key::Company(at) => vec![at],
                _ => members.get(&key).cloned().unwrap_or_default(),
            };
            own.into_iter().filter(|at| company(at).weight > 0).collect()
        }
        Names::Open => {
            let unit = match key {
                Key::Unit(unit) | Key::Lack(unit, _) => Some(unit),
                _ => None,
            };
            let cases = district.known(Sort::Case, on).iter();
            cases
                .filter(|fact| fact.is_open(on) && fact.unit == unit)
                .filter_map(|fact| fact.company)
                .collect()
        }
    };
    companies.retain(|at| (*at as usize) < district.companies.len());
    let mut companies: Vec<u32> = companies.into_iter().collect();
    companies.sort_by_key(|at| (std::cmp::Reverse(company(at).weight), *at));
    if rule.most > 0 {
        companies.truncate(rule.most as usize);
    }
    companies
}
