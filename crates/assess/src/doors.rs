//! One record, three doors (一案三路): what each route asks for, what of it the record shows by which
//! entries, and the cheapest cure for the rest.

use catalog::procedure::{Form, Item};
use catalog::route::{Cure, Money, Need, Route, Suspect, Work};
use catalog::standard::{Cover, Element, Exhibit, Fact, Figures, Reached, Standard};
use catalog::{Catalog, Cite};
use domain::Number;

use crate::incident::{Drawn, Incident, Scene};
use crate::state::{State, Vouch};

/// A route held against an incident's record.
#[derive(Clone, Debug)]
pub struct Door<'c> {
    /// The route.
    pub route: &'c Route,
    /// The standard of evidence; none where no elements are asked for.
    pub standard: Option<&'c Standard>,
    /// Each element.
    pub elements: Vec<ElementLine<'c>>,
    /// What else it asks for.
    pub needs: Vec<NeedLine<'c>>,
    /// Whether a threshold is reached.
    pub threshold: Reached,
}

/// An element of a route.
#[derive(Clone, Debug)]
pub struct ElementLine<'c> {
    /// The element.
    pub element: &'c Element,
    /// How far it is covered.
    pub cover: Cover,
    /// Each fact.
    pub facts: Vec<FactLine<'c>>,
}

/// A fact of an element.
#[derive(Clone, Debug)]
pub struct FactLine<'c> {
    /// The fact.
    pub fact: &'c Fact,
    /// How far it is covered.
    pub cover: Cover,
    /// What shows it.
    pub shown: Vec<Drawn>,
    /// What would show it and is from after the act, where only what was before counts.
    pub late: Vec<Drawn>,
    /// What to do, the cheapest first; empty when it is covered.
    pub mends: Vec<Mend<'c>>,
    /// Whether only what was made before the act would do: it can't be made good now
    /// (法释〔2020〕7号 art. 5).
    pub only_before: bool,
}

/// Something to do about a fact.
#[derive(Clone, Copy, Debug)]
pub struct Mend<'c> {
    /// What would show it.
    pub item: &'c Item,
    /// How to come by it.
    pub cure: &'c Cure,
    /// The form that what is there lacks; `None` when there is nothing yet.
    pub lacks: Option<Form>,
}

/// Something else a route asks for.
#[derive(Clone, Debug)]
pub struct NeedLine<'c> {
    /// What.
    pub need: &'c Need,
    /// Whether the record shows it; `None` where only the holder can say.
    pub shown: Option<bool>,
    /// What shows it.
    pub by: Vec<Drawn>,
}

/// What the sheet comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// 可以提交: everything that can be looked up here is covered.
    Go,
    /// 先补再交.
    Mend,
    /// 现在不宜提交: something can't be made good, or is too late.
    NoGo,
    /// 由权利人确认: nothing that can be looked up here is lacking, the rest only the holder can say.
    Ask,
}

impl Call {
    /// Its name in the translation files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Go => "go",
            Self::Mend => "mend",
            Self::NoGo => "no-go",
            Self::Ask => "ask",
        }
    }
}

impl Mend<'_> {
    /// What it takes, for ordering: money, then time. Completing a form is the work of an hour.
    pub fn effort(&self) -> (Money, Work) {
        match self.lacks {
            Some(_) => (Money::None, Work::Hour),
            None => (self.cure.money, self.cure.work),
        }
    }
}

impl<'c> Door<'c> {
    /// The facts that are not covered, in the order of what they cost to mend; those that can't be
    /// mended last. Of an element for which one fact is enough, the cheapest.
    pub fn gaps(&self) -> Vec<(&'c Element, &FactLine<'c>)> {
        let rank = |line: &FactLine<'c>| {
            let least = line.mends.first().map(|mend| mend.effort());
            (line.only_before, least.is_none(), least)
        };
        let mut gaps = Vec::new();
        for line in self.elements.iter().filter(|line| line.cover != Cover::Covered) {
            let mut open: Vec<_> =
                line.facts.iter().filter(|fact| fact.cover != Cover::Covered).collect();
            open.sort_by_key(|fact| rank(fact));
            if line.element.any {
                open.truncate(1);
            }
            gaps.extend(open.into_iter().map(|fact| (line.element, fact)));
        }
        gaps.sort_by_key(|(_, fact)| rank(fact));
        gaps
    }

    /// What the sheet comes to; `expired` says that a time limit is over.
    pub fn call(&self, expired: bool) -> Call {
        let gaps = self.gaps();
        let lost = gaps.iter().any(|(_, fact)| fact.only_before && fact.cover == Cover::Missing);
        let needs = self.needs.iter().any(|need| need.shown == Some(false));
        // Where no elements are asked for, what only the holder can say is all there is.
        let open = self.standard.is_none() && self.needs.iter().any(|need| need.shown.is_none());
        match self.threshold {
            _ if expired || lost => Call::NoGo,
            Reached::NotMet => Call::NoGo,
            Reached::Met | Reached::NotNeeded if gaps.is_empty() && !needs => match open {
                true => Call::Ask,
                false => Call::Go,
            },
            _ => Call::Mend,
        }
    }

    /// How many elements are covered, and how many there are.
    pub fn covered(&self) -> (usize, usize) {
        let good = self.elements.iter().filter(|line| line.cover == Cover::Covered).count();
        (good, self.elements.len())
    }

    /// The bases of the laws that are shown, for tests.
    pub fn cites(&self) -> impl Iterator<Item = &'c Cite> {
        self.route.law.iter().map(|law| &law.cites)
    }
}

/// What bears on an incident, preserved there or shown by the register; `None` without the incident.
pub fn drawn(state: &State, vouched: &[Vouch], no: Number) -> Option<Vec<Drawn>> {
    let incident = state.incident(no)?;
    Some(Scene { state, vouched, incident }.drawn())
}

/// Holds a route against what bears on an incident.
pub fn door<'c>(
    catalog: &'c Catalog,
    route: &'c Route,
    incident: &Incident,
    drawn: &[Drawn],
    figures: Figures,
) -> Door<'c> {
    let standard = route.standard_of(incident.conduct.word());
    let standard = standard.and_then(|id| catalog.standard(id));
    let cure = |item: &str| catalog.routes().and_then(|routes| routes.cure(item));
    let is_late = |one: &Drawn| {
        let before = cure(&one.item).is_some_and(|cure| cure.before);
        before && !incident.is_before(one.day)
    };
    let (late, file): (Vec<&Drawn>, Vec<&Drawn>) = drawn.iter().partition(|one| is_late(one));
    let exhibits = file.iter().map(|one| Exhibit {
        item: one.item.clone(),
        bears: one.bears.clone(),
        name: String::new(),
    });
    let exhibits: Vec<Exhibit> = exhibits.collect();
    let report = standard.and_then(|one| catalog.report(&one.id, &exhibits, figures));
    let threshold = report.as_ref().map_or(Reached::NotNeeded, |report| report.threshold);
    let of = |fact: &Fact, of: &[&Drawn]| -> Vec<Drawn> {
        let all = fact.strong.iter().chain(&fact.weak);
        let is = |one: &&&Drawn| all.clone().any(|item| item.id == one.item);
        of.iter().filter(is).map(|one| (*one).clone()).collect()
    };
    let lines = report.into_iter().flat_map(|report| report.elements).map(|line| {
        let facts = line.facts.into_iter().map(|fact| {
            let faults = fact.faults.iter().filter_map(|(item, form)| {
                let cure = cure(&item.id.id)?;
                Some(Mend { item, cure, lacks: Some(*form) })
            });
            let faults: Vec<Mend<'c>> = faults.collect();
            let has_fault = |item: &Item| faults.iter().any(|mend| mend.item.id.id == item.id.id);
            let fresh = fact
                .fill
                .iter()
                .filter(|item| !has_fault(item))
                .filter_map(|item| Some(Mend { item, cure: cure(&item.id.id)?, lacks: None }));
            let fresh: Vec<Mend<'c>> = fresh.collect();
            let covered = fact.cover == Cover::Covered;
            let only_before = !covered
                && faults.is_empty()
                && !fresh.is_empty()
                && fresh.iter().all(|mend| mend.cure.before);
            let mut mends = if covered { Vec::new() } else { faults };
            if !covered {
                mends.extend(fresh);
            }
            mends.sort_by_key(|mend| (mend.cure.before && mend.lacks.is_none(), mend.effort()));
            FactLine {
                fact: fact.fact,
                cover: fact.cover,
                shown: of(fact.fact, &file),
                late: of(fact.fact, &late),
                mends,
                only_before,
            }
        });
        ElementLine { element: line.element, cover: line.cover, facts: facts.collect() }
    });
    let elements = lines.collect();
    let needs = route.need.iter().map(|need| {
        let by = file.iter().filter(|one| need.items.iter().any(|item| item.id == one.item));
        let by: Vec<Drawn> = by.map(|one| (*one).clone()).collect();
        let good = |one: &Drawn| one.is_good(catalog);
        let shown = match (need.suspect, need.items.is_empty()) {
            (Some(Suspect::Person), _) => Some(!incident.persons.is_empty()),
            (Some(Suspect::Partner), _) => Some(!incident.partners.is_empty()),
            (None, true) => None,
            (None, false) => Some(by.iter().any(good)),
        };
        NeedLine { need, shown, by }
    });
    let needs = needs.collect();
    Door { route, standard, elements, needs, threshold }
}
