//! Rules of early warning (预警): what to count in a station's facts, over which set of companies,
//! within which days, and from how many on somebody should look.
//!
//! A rule counts facts about companies and matters. It has no way to count natural persons: no fact
//! it can ask for names one.

use serde::Deserialize;

use crate::read::{Catalog, Fault, Problem, Read, stem};
use crate::text::{Cite, Text};

/// A rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Warning {
    /// Its name, that of its file.
    pub id: String,
    /// Counted up when what it counts changes.
    pub edition: u32,
    /// Its title.
    pub title: Text,
    /// What it looks for.
    pub seeks: Text,
    /// Why somebody should look.
    pub why: Text,
    /// On what the reason rests, when it is no article.
    pub source: Text,
    /// The article it rests on, where there is one.
    pub cites: Option<Cite>,
    /// What the station is advised to do.
    pub action: Text,
    /// What companies are told; none are told anything where it is absent. It names no other company.
    pub letter: Option<Text>,
    /// Who handles it.
    pub handler: Text,
    /// What it foresees.
    pub foresees: Harm,
    /// Within how many days.
    pub horizon: u32,
    /// One alert for each of these.
    pub by: By,
    /// Sets of fewer companies are left out.
    #[serde(default)]
    pub least: u32,
    /// Which companies an alert is about.
    pub names: Names,
    /// The most companies an alert names, those to be served first before others; 0 for all.
    #[serde(default)]
    pub most: u32,
    /// In how many days somebody should have looked.
    pub days: u32,
    /// For how many days after an alert was closed the same matter is not raised again.
    pub rest: u32,
    /// What must hold, all of it.
    pub when: Vec<Count>,
}

/// What a rule foresees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Harm {
    /// A secret leaks from a company.
    Leak,
    /// A company's case misses a statutory limit, or comes back.
    Delay,
}

/// Of what there is one alert each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// A company.
    Company,
    /// 园区.
    Park,
    /// 街道.
    Street,
    /// 行业领域.
    Field,
    /// An organisation of the directory against which cases were opened.
    Respondent,
    /// A case.
    Case,
    /// An office in charge of cases.
    Unit,
    /// What packages of an office came back for.
    Lack,
}

/// Which companies an alert is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Names {
    /// Those of the facts that were counted.
    Counted,
    /// Those of the set that carry a tag of public policy.
    Key,
    /// Those with an open case of the same office.
    Open,
}

/// A count that must be reached, or not be exceeded.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// Which facts.
    pub of: Vec<Sort>,
    /// Only with one of these words: a theme, a service, a procedure.
    #[serde(default)]
    pub word: Vec<String>,
    /// Over another set than the rule's: that to which the company belongs.
    pub over: Option<By>,
    /// Only those that began within so many days.
    pub within: Option<u32>,
    /// Only those that are open and were due so many days ago or more.
    pub overdue: Option<u32>,
    /// Only those that are open and fall due within so many days.
    pub coming: Option<u32>,
    /// Only those that are open.
    #[serde(default)]
    pub open: bool,
    /// Companies are counted, not facts.
    #[serde(default)]
    pub companies: bool,
    /// At least so many.
    pub least: Option<u32>,
    /// At most so many.
    pub most: Option<u32>,
    /// At least so many of a hundred of all such facts, whether open, due or not.
    pub percent: Option<u32>,
    /// At least so many times the mean of the four spans before.
    pub times: Option<u32>,
}

/// A sort of fact that a station holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// A case was opened; its word is the procedure.
    Case,
    /// A package came back; its word is the procedure and the step.
    Return,
    /// A clock agreed among agencies, faster than the statutory one.
    Agreed,
    /// A statutory clock.
    Statute,
    /// A company asked something; its word is the theme.
    Request,
    /// The same, where it is about an incident.
    Incident,
    /// A company reported an incident by letter.
    Report,
    /// A visit was made.
    Visit,
    /// Something was prescribed; its word is the theme.
    Prescription,
    /// The same, where it is grave.
    Grave,
    /// A look found that what was prescribed is not done; its word is the theme.
    Setback,
    /// A service was given; its word is the service.
    Service,
    /// A recognition that is to be checked on a day; its word is the scheme.
    Check,
    /// A recognition that ends on a day; its word is the scheme.
    Expiry,
    /// A company was invited to an activity that was held, and nobody came.
    Absence,
}

impl Sort {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Case,
        Self::Return,
        Self::Agreed,
        Self::Statute,
        Self::Request,
        Self::Incident,
        Self::Report,
        Self::Visit,
        Self::Prescription,
        Self::Grave,
        Self::Setback,
        Self::Service,
        Self::Check,
        Self::Expiry,
        Self::Absence,
    ];

    /// Its name in data and translation files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Return => "return",
            Self::Agreed => "agreed",
            Self::Statute => "statute",
            Self::Request => "request",
            Self::Incident => "incident",
            Self::Report => "report",
            Self::Visit => "visit",
            Self::Prescription => "prescription",
            Self::Grave => "grave",
            Self::Setback => "setback",
            Self::Service => "service",
            Self::Check => "check",
            Self::Expiry => "expiry",
            Self::Absence => "absence",
        }
    }
}

impl Harm {
    /// Its name in data and translation files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Leak => "leak",
            Self::Delay => "delay",
        }
    }
}

impl By {
    /// Its name in data and translation files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Park => "park",
            Self::Street => "street",
            Self::Field => "field",
            Self::Respondent => "respondent",
            Self::Case => "case",
            Self::Unit => "unit",
            Self::Lack => "lack",
        }
    }
}

/// Whether a set that nothing was counted in can be found: those of the directory, not those that
/// only facts name.
fn is_listed(by: By) -> bool {
    matches!(by, By::Company | By::Park | By::Street | By::Field)
}

/// One rule: its name, both languages, its basis, and counts that can be made.
pub(crate) fn check(read: &Read<'_, Warning>, catalog: &Catalog, faults: &mut Vec<Fault>) {
    let rule = &read.value;
    let mut problems = Vec::new();
    if stem(read.file.path) != rule.id {
        problems.push((0, Problem::Misnamed(rule.id.clone())));
    }
    let texts = [&rule.title, &rule.seeks, &rule.why, &rule.source, &rule.action, &rule.handler];
    for text in texts.into_iter().chain(&rule.letter) {
        if text.zh.trim().is_empty() || text.en.trim().is_empty() {
            problems.push((0, Problem::OneLanguage(format!("{} / {}", text.zh, text.en))));
        }
    }
    if let Some(cite) = &rule.cites
        && catalog.norms().cited(cite).is_none()
    {
        problems.push((cite.at, Problem::UnknownCite(cite.to_string())));
    }
    let asks = |count: &Count| count.least.is_some() || count.most.is_some();
    let counts_up = |count: &Count| count.least.is_some_and(|least| least > 0);
    let shaped = |count: &Count| {
        let spans = count.times.is_none() || count.within.is_some();
        let over = count.over.is_none_or(|over| is_listed(over) && rule.by == By::Company);
        !count.of.is_empty() && asks(count) && spans && over
    };
    // Facts name the respondents, cases and offices: without one there is nothing to look at.
    let first = rule.when.iter().any(|count| counts_up(count) && count.over.is_none());
    if !rule.when.iter().all(shaped) || !(first || is_listed(rule.by)) || rule.when.is_empty() {
        problems.push((0, Problem::Rule(rule.id.clone())));
    }
    faults.extend(problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}
