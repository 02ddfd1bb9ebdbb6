//! Routes open to a company after a suspected leak: who may take each, where, what it asks for, by
//! which clocks, under which law by the date of the act, and what to do about what is lacking.

use serde::Deserialize;

use crate::check::{is_both, twins};
use crate::day::Day;
use crate::read::{Catalog, Fault, Problem, Read};
use crate::text::{Cite, Ref, Text};

/// All routes, and the cures.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Routes {
    /// Its name, that of its file.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// What a reader should know.
    pub note: Text,
    /// The routes.
    pub route: Vec<Route>,
    /// What to do about each kind of item that is lacking.
    pub cure: Vec<Cure>,
}

/// A route.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Its name in the data.
    pub id: Ref,
    /// Whether it is one of the three doors; others stand on the options board.
    #[serde(default)]
    pub door: bool,
    /// Its name for people.
    pub title: Text,
    /// Who may take it.
    pub who: Text,
    /// Where to go.
    pub place: Text,
    /// What it can bring.
    pub brings: Text,
    /// How long it takes.
    pub takes: Text,
    /// What to beware of.
    pub risk: Text,
    /// What it costs.
    pub cost: Money,
    /// Its basis.
    pub cites: Cite,
    /// The procedure it runs on.
    pub procedure: Ref,
    /// Which standard of evidence each kind of act is held against; none where no elements are.
    #[serde(default)]
    pub standard: Vec<Held>,
    /// Time limits.
    #[serde(default)]
    pub clock: Vec<Limit>,
    /// What it asks for beside the elements.
    #[serde(default)]
    pub need: Vec<Need>,
    /// The law by the date of the act.
    #[serde(default)]
    pub law: Vec<Law>,
}

/// A kind of act, and what it is held against.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// The kind of act, by its word.
    pub conduct: String,
    /// The standard.
    pub standard: Ref,
}

/// A time limit: a clock of the route's procedure.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// The clock.
    pub deadline: Ref,
    /// The step that starts it.
    pub step: Ref,
    /// The day of that step.
    pub from: Since,
}

/// From which day of an incident a limit runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Since {
    /// When the company learnt of it.
    Noticed,
    /// The last day of the act.
    ActEnd,
}

/// Something a route asks for beside the elements.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// What.
    pub name: Text,
    /// Kinds of items any of which shows it; none where nobody but the holder can say.
    #[serde(default)]
    pub items: Vec<Ref>,
    /// Who must be suspected for it.
    pub suspect: Option<Suspect>,
    /// Its basis.
    pub cites: Cite,
}

/// Who is suspected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Suspect {
    /// A colleague, also a former one.
    Person,
    /// A partner.
    Partner,
}

/// What the law was when the act was done.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// From this day.
    pub from: Option<Day>,
    /// Until this day.
    pub until: Option<Day>,
    /// What it says.
    pub text: Text,
    /// Its basis.
    pub cites: Cite,
}

/// What to do about a kind of item that is lacking.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cure {
    /// The kind of item.
    pub item: Ref,
    /// How long it takes.
    pub work: Work,
    /// What it costs.
    pub money: Money,
    /// Whether only what was made before the act counts.
    #[serde(default)]
    pub before: bool,
    /// What to do.
    pub how: Text,
}

/// How long something takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Within an hour.
    Hour,
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month or more.
    Month,
}

/// What something costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Money {
    /// Nothing but time.
    None,
    /// Fees.
    Some,
    /// Fees of experts.
    Much,
    /// Of a route: low.
    Low,
    /// Of a route: middle.
    Middle,
    /// Of a route: high.
    High,
}

impl Work {
    /// Its name in data and translation files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }
}

impl Money {
    /// Its name in data and translation files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Some => "some",
            Self::Much => "much",
            Self::Low => "low",
            Self::Middle => "middle",
            Self::High => "high",
        }
    }
}

impl Law {
    /// Whether it was in force on any day of a period.
    pub fn touches(&self, from: Day, until: Day) -> bool {
        self.from.is_none_or(|first| first <= until) && self.until.is_none_or(|last| from <= last)
    }
}

impl Route {
    /// The standard that a kind of act is held against on this route.
    pub fn standard_of(&self, conduct: &str) -> Option<&str> {
        let held = self.standard.iter().find(|held| held.conduct == conduct)?;
        Some(&held.standard.id)
    }
}

impl Routes {
    /// A route by its name.
    pub fn route(&self, id: &str) -> Option<&Route> {
        self.route.iter().find(|route| route.id.id == id)
    }

    /// What to do about a kind of item.
    pub fn cure(&self, item: &str) -> Option<&Cure> {
        self.cure.iter().find(|cure| cure.item.id == item)
    }
}

/// Checks routes: names, both languages, bases, and that what they use exists.
pub(crate) fn check(read: &Read<'_, Routes>, catalog: &Catalog, faults: &mut Vec<Fault>) {
    let routes = &read.value;
    let mut problems: Vec<(usize, Problem)> = Vec::new();
    let mut unknown = |kind: &'static str, of: &Ref| {
        problems.push((of.at, Problem::Unknown { kind, id: of.id.clone() }));
    };
    for route in &routes.route {
        let versions = || catalog.procedures().iter().filter(|row| row.id == route.procedure.id);
        if versions().next().is_none() {
            unknown("procedure", &route.procedure);
        }
        for held in &route.standard {
            if catalog.standard(&held.standard.id).is_none() {
                unknown("evidence-standard", &held.standard);
            }
        }
        for limit in &route.clock {
            let mut deadlines = versions().filter_map(|row| row.deadline(&limit.deadline.id));
            match deadlines.next_back() {
                None => unknown("deadline", &limit.deadline),
                Some(row) if !row.parts().iter().any(|(_, step)| step.id == limit.step.id) => {
                    unknown("step", &limit.step);
                }
                Some(_) => {}
            }
        }
        for item in route.need.iter().flat_map(|need| &need.items) {
            if catalog.elements().item(&item.id).is_none() {
                unknown("item", item);
            }
        }
    }
    for cure in routes.cure.iter().filter(|cure| catalog.elements().item(&cure.item.id).is_none()) {
        unknown("item", &cure.item);
    }
    // Whatever can be lacking has a cure.
    for item in &catalog.elements().item {
        if routes.cure(&item.id.id).is_none() {
            problems.push((0, Problem::Unknown { kind: "cure", id: item.id.id.clone() }));
        }
    }
    let ids: Vec<&Ref> = routes.route.iter().map(|route| &route.id).collect();
    problems.extend(twins(&ids).map(|(at, id)| (at, Problem::Twice(id))));
    let cures: Vec<&Ref> = routes.cure.iter().map(|cure| &cure.item).collect();
    problems.extend(twins(&cures).map(|(at, id)| (at, Problem::Twice(id))));
    let cites = routes.route.iter().flat_map(|route| {
        let needs = route.need.iter().map(|need| &need.cites);
        let laws = route.law.iter().map(|law| &law.cites);
        std::iter::once(&route.cites).chain(needs).chain(laws)
    });
    for cite in cites.filter(|cite| catalog.norms().cited(cite).is_none()) {
        problems.push((cite.at, Problem::UnknownCite(cite.to_string())));
    }
    let texts = routes.route.iter().flat_map(|route| {
        let own =
            [&route.title, &route.who, &route.place, &route.brings, &route.takes, &route.risk];
        let needs = route.need.iter().map(|need| &need.name);
        let laws = route.law.iter().map(|law| &law.text);
        own.into_iter().chain(needs).chain(laws).map(|text| (route.id.at, text))
    });
    let cures = routes.cure.iter().map(|cure| (cure.item.at, &cure.how));
    for (at, text) in texts.chain(cures).filter(|(_, text)| !is_both(&text.zh, &text.en)) {
        problems.push((at, Problem::OneLanguage(format!("{} / {}", text.zh, text.en))));
    }
    faults.extend(problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}
