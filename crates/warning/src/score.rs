//! How good a rule is, tried on a made-up district: precision, recall, days of lead and load, beside
//! picking companies without any rule at the same load.

use std::collections::{BTreeMap, BTreeSet};

use catalog::Warning;
use catalog::twin::Twin as Plan;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::chance::Chance;
use crate::facts::District;
use crate::find::{Key, find};
use crate::twin::{self, Twin};

/// Counted up when the way of finding or scoring changes what comes out.
const ENGINE: u32 = 1;
/// How often companies are picked at random, for a mean.
const DRAWS: u32 = 20;
/// Days of a week.
const WEEK: u32 = 7;

/// The score of a rule. Shares are of 1,000.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// The rule.
    pub rule: String,
    /// What was scored: see [`version`].
    pub version: String,
    /// SHA-256 of the district's parameters, in hex.
    pub twin: String,
    /// The seed.
    pub seed: u32,
    /// Companies of the district.
    pub companies: u32,
    /// Alerts raised.
    pub alerts: u32,
    /// Companies named by them, each as often as it was.
    pub named: u32,
    /// Of those, to how many the harm came within the rule's horizon.
    pub hits: u32,
    /// Harms in the time looked at.
    pub harms: u32,
    /// Of those, how many were foreseen.
    pub foreseen: u32,
    /// `hits` of `named`.
    pub precision: u32,
    /// `foreseen` of `harms`.
    pub recall: u32,
    /// The median of the days from an alert to the harm it foresaw; 0 when there was none.
    pub lead: u32,
    /// Companies named per officer and week, in hundredths.
    pub load: u32,
    /// The precision of as many picks at random.
    pub random: u32,
    /// The precision of as many picks of those of which something was heard last.
    pub recent: u32,
}

impl Score {
    /// SHA-256 of all of it, in hex: what a switch refers to.
    pub fn digest(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        hex::encode(Sha256::digest(text))
    }
}

/// What a score belongs to: the rule's text, the way of scoring and the district's parameters, as
/// SHA-256 in hex. A score of another version says nothing of this one.
pub fn version(rule: &Warning) -> String {
    let path = format!("warnings/{}.toml", rule.id);
    let text = catalog::SHIPPED.iter().find(|(of, _)| *of == path).map_or("", |(_, text)| *text);
    let whole = format!("{ENGINE}\n{}\n{text}", twin::digest());
    hex::encode(Sha256::digest(whole))
}

/// The interval in which a share lies with 95 %, of 1,000 (Wilson 1927). The whole for no trial.
pub fn interval(hits: u32, of: u32) -> (u32, u32) {
    if of == 0 {
        return (0, 1_000);
    }
    const Z: f64 = 1.96;
    let (n, p) = (f64::from(of), f64::from(hits) / f64::from(of));
    let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let of_1000 = |share: f64| (share.clamp(0.0, 1.0) * 1_000.0).round() as u32;
    (of_1000(middle - half), of_1000(middle + half))
}

/// Tries a rule on a district, as if it had been switched on after the warm-up.
pub fn score(rule: &Warning, plan: &Plan, twin: &Twin) -> Score {
    let (from, until) = (plan.warm_up as i32, plan.days as i32);
    let horizon = rule.horizon as i32;
    // Harms beyond the days told are not known: the last alerts lie a horizon before.
    let last = until - horizon;
    let harms = Harms::of(rule, twin);
    let mut quiet: BTreeMap<Key, i32> = BTreeMap::new();
    let mut alerts: Vec<(i32, Vec<u32>)> = Vec::new();
    for day in (from..=last).step_by(plan.step.max(1) as usize) {
        for found in find(rule, &twin.district, day) {
            if quiet.get(&found.key).is_none_or(|until| *until < day) {
                quiet.insert(found.key, day + (plan.open + rule.rest) as i32);
                alerts.push((day, found.companies));
            }
        }
    }
    let named: u32 = alerts.iter().map(|(_, companies)| companies.len() as u32).sum();
    let hits = count(&alerts, |day, company| harms.any(company, day, horizon));
    let (foreseen, of, lead) = harms.foreseen(&alerts, (from, last + horizon), horizon);
    let days = (last - from).max(1) as u32;
    let companies = twin.district.companies.len() as u32;
    // A smaller district has fewer officers.
    let weeks = u64::from(days) * u64::from(plan.officers) * u64::from(companies);
    let load = u64::from(named) * 100 * u64::from(WEEK) * u64::from(plan.companies);
    Score {
        rule: rule.id.clone(),
        version: version(rule),
        twin: twin::digest(),
        seed: twin.seed,
        companies,
        alerts: alerts.len() as u32,
        named,
        hits,
        harms: of,
        foreseen,
        precision: share(hits, named),
        recall: share(foreseen, of),
        lead,
        load: (load / weeks.max(1)) as u32,
        random: at_random(rule, twin, &alerts, &harms),
        recent: by_recency(rule, twin, &alerts, &harms),
    }
}

fn share(part: u32, of: u32) -> u32 {
    if of == 0 { 0 } else { (u64::from(part) * 1_000 / u64::from(of)) as u32 }
}

fn count(alerts: &[(i32, Vec<u32>)], hit: impl Fn(i32, u32) -> bool) -> u32 {
    let of = |(day, companies): &(i32, Vec<u32>)| {
        companies.iter().filter(|company| hit(*day, **company)).count() as u32
    };
    alerts.iter().map(of).sum()
}

/// The days of the harms that a rule is to foresee, by company.
struct Harms(BTreeMap<u32, Vec<i32>>);

impl Harms {
    fn of(rule: &Warning, twin: &Twin) -> Self {
        let mut harms: BTreeMap<u32, Vec<i32>> = BTreeMap::new();
        for harm in twin.harms.iter().filter(|harm| harm.harm == rule.foresees) {
            harms.entry(harm.company).or_default().push(harm.day);
        }
        Self(harms)
    }

    /// Whether one came to a company within so many days after a day.
    fn any(&self, company: u32, day: i32, horizon: i32) -> bool {
        let days = self.0.get(&company).map_or(&[][..], Vec::as_slice);
        days.iter().any(|harm| *harm > day && *harm <= day + horizon)
    }

    /// How many of the harms within some days were foreseen, how many there were, and the median of
    /// the days between.
    fn foreseen(
        &self,
        alerts: &[(i32, Vec<u32>)],
        (from, until): (i32, i32),
        horizon: i32,
    ) -> (u32, u32, u32) {
        let mut warned: BTreeMap<u32, Vec<i32>> = BTreeMap::new();
        for (day, companies) in alerts {
            for company in companies {
                warned.entry(*company).or_default().push(*day);
            }
        }
        let (mut of, mut leads) = (0, Vec::new());
        for (company, days) in &self.0 {
            for harm in days.iter().filter(|day| **day > from && **day <= until) {
                of += 1;
                let days = warned.get(company).into_iter().flatten();
                let first = days.filter(|day| **day < *harm && **day + horizon >= *harm).min();
                leads.extend(first.map(|day| (harm - day) as u32));
            }
        }
        leads.sort_unstable();
        let median = leads.get(leads.len() / 2).copied().unwrap_or(0);
        (leads.len() as u32, of, median)
    }
}

/// Whom one would pick from without the rule: everybody, or those with an open case where the harm is
/// one of cases.
fn field_of(rule: &Warning, district: &District, day: i32) -> Vec<u32> {
    use catalog::warning::{Harm, Sort};
    match rule.foresees {
        Harm::Leak => (0..district.companies.len() as u32).collect(),
        Harm::Delay => {
            let open = district.known(Sort::Case, day).iter().filter(|fact| fact.is_open(day));
            open.filter_map(|fact| fact.company).collect::<BTreeSet<_>>().into_iter().collect()
        }
    }
}

/// How many companies were named on each day.
fn loads(alerts: &[(i32, Vec<u32>)]) -> BTreeMap<i32, u32> {
    let mut loads = BTreeMap::new();
    for (day, companies) in alerts {
        *loads.entry(*day).or_default() += companies.len() as u32;
    }
    loads
}

fn at_random(rule: &Warning, twin: &Twin, alerts: &[(i32, Vec<u32>)], harms: &Harms) -> u32 {
    let chance = &mut Chance::new(u64::from(twin.seed) ^ 0x524e_4440);
    let (mut hits, mut picks) = (0, 0);
    for (day, load) in loads(alerts) {
        let all = field_of(rule, &twin.district, day);
        for _ in 0..load * DRAWS {
            if let Some(company) = all.get(chance.below(all.len() as u32) as usize) {
                picks += 1;
                hits += u32::from(harms.any(*company, day, rule.horizon as i32));
            }
        }
    }
    share(hits, picks)
}

fn by_recency(rule: &Warning, twin: &Twin, alerts: &[(i32, Vec<u32>)], harms: &Harms) -> u32 {
    let mut facts: Vec<_> =
        twin.district.facts().filter_map(|fact| Some((fact.day, fact.company?))).collect();
    facts.sort_unstable();
    let (mut hits, mut picks) = (0, 0);
    for (day, load) in loads(alerts) {
        let all: BTreeSet<u32> = field_of(rule, &twin.district, day).into_iter().collect();
        let known = &facts[..facts.partition_point(|fact| fact.0 <= day)];
        let mut seen = BTreeSet::new();
        for (_, company) in known.iter().rev() {
            if seen.len() >= (load as usize).min(all.len()) {
                break;
            }
            if all.contains(company) && seen.insert(*company) {
                picks += 1;
                hits += u32::from(harms.any(*company, day, rule.horizon as i32));
            }
        }
    }
    share(hits, picks)
}
