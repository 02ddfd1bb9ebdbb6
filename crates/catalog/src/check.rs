//! The static checker: what no procedure, act, year or standard may get wrong.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Year;
use crate::checklist::Checklist;
use crate::control::Controls;
use crate::norm::Norm;
use crate::procedure::{Deadline, Kind, More, Procedure, Step, names};
use crate::read::{Catalog, Fault, Problem, Read, stem};
use crate::recognition::{POINTS, Scheme};
use crate::standard::{Elements, Standard};
use crate::text::{Cite, Length, Ref, Text};

/// Acts: dates in order, both languages, versions that don't overlap.
pub(crate) fn norms(all: &[Read<'_, Norm>], faults: &mut Vec<Fault>) {
    for read in all {
        let norm = &read.value;
        let mut found = Vec::new();
        if let Some(until) = norm.until.filter(|until| *until < norm.from) {
            found.push(Problem::Backward(norm.from, until));
        }
        let twin = |other: &&Read<'_, Norm>| {
            other.value.cite == norm.cite
                && other.stem() != read.stem()
                && other.value.in_force(norm.from)
        };
        if all.iter().any(|other| twin(&other)) {
            found.push(Problem::Overlap(norm.from));
        }
        let articles = norm.articles.values().map(|article| (&article.zh, &article.en));
        for (zh, en) in articles.chain([(&norm.name.zh, &norm.name.en)]) {
            if !is_both(zh, en) {
                found.push(Problem::OneLanguage(format!("{zh} / {en}")));
            }
        }
        faults.extend(found.into_iter().map(|problem| read.file.fault(0, problem)));
    }
}

/// Years: days inside the year and in order, make-up days on weekends.
pub(crate) fn years(all: &[Read<'_, Year>], faults: &mut Vec<Fault>) {
    for read in all {
        let year = &read.value;
        let mut found = Vec::new();
        for off in &year.off {
            if off.from > off.to || off.from.year() != year.year || off.to.year() != year.year {
                found.push(Problem::Backward(off.from, off.to));
            }
        }
        for day in &year.work {
            if day.weekday() < 5 || day.year() != year.year {
                found.push(Problem::Unknown {
                    kind: "weekend-day-of-this-year",
                    id: day.to_string(),
                });
            }
        }
        if stem(read.file.path) != format!("{}-{}", year.region, year.year) {
            found.push(Problem::Misnamed(format!("{}-{}", year.region, year.year)));
        }
        faults.extend(found.into_iter().map(|problem| read.file.fault(0, problem)));
    }
}

/// Versions of one procedure don't overlap.
pub(crate) fn versions(all: &[Read<'_, Procedure>], faults: &mut Vec<Fault>) {
    for read in all {
        let twin = |other: &&Read<'_, Procedure>| {
            other.value.id == read.value.id
                && other.value.version != read.value.version
                && other.value.in_force(read.value.from)
        };
        let same = |other: &&Read<'_, Procedure>| {
            other.value.id == read.value.id
                && other.value.version == read.value.version
                && other.file.path != read.file.path
        };
        if all.iter().any(|other| twin(&other) || same(&other)) {
            faults.push(read.file.fault(0, Problem::Overlap(read.value.from)));
        }
    }
}

/// One procedure: names, roles, ways, ends, bases, clocks.
pub(crate) fn procedure(read: &Read<'_, Procedure>, catalog: &Catalog, faults: &mut Vec<Fault>) {
    let mut found = Found { procedure: &read.value, catalog, problems: Vec::new() };
    found.own_name(stem(read.file.path));
    found.twins();
    found.words();
    found.states_and_tracks();
    read.value.step.iter().for_each(|step| found.step(step));
    found.rules();
    read.value.deadline.iter().for_each(|deadline| found.deadline(deadline));
    found.unused();
    found.ways();
    faults.extend(found.problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}

struct Found<'p> {
    procedure: &'p Procedure,
    catalog: &'p Catalog,
    problems: Vec<(usize, Problem)>,
}

impl Found<'_> {
    fn add(&mut self, at: usize, problem: Problem) {
        self.problems.push((at, problem));
    }

    fn own_name(&mut self, stem: &str) {
        let (id, version) = (&self.procedure.id, self.procedure.version);
        if stem != id && stem != format!("{id}-{version}") {
            self.add(0, Problem::Misnamed(id.clone()));
        }
        if self.catalog.calendar(&self.procedure.calendar).is_none() {
            let id = self.procedure.calendar.clone();
            self.add(0, Problem::Unknown { kind: "calendar", id });
        }
    }

    fn twins(&mut self) {
        let p = self.procedure;
        let lists: [Vec<&Ref>; 7] = [
            p.role.iter().map(|row| &row.id).collect(),
            p.item.iter().map(|row| &row.id).collect(),
            p.track.iter().map(|row| &row.id).collect(),
            p.state.iter().map(|row| &row.id).collect(),
            p.step.iter().map(|row| &row.id).collect(),
            p.rule.iter().map(|row| &row.id).collect(),
            p.deadline.iter().map(|row| &row.id).collect(),
        ];
        for list in lists {
            for (at, id) in twins(&list) {
                self.add(at, Problem::Twice(id));
            }
        }
    }

    fn words(&mut self) {
        let p = self.procedure;
        let mut texts: Vec<(usize, &Text)> = vec![(0, &p.title)];
        texts.extend(p.role.iter().map(|row| (row.id.at, &row.name)));
        texts.extend(p.item.iter().map(|row| (row.id.at, &row.name)));
        texts.extend(p.track.iter().map(|row| (row.id.at, &row.name)));
        texts.extend(p.state.iter().map(|row| (row.id.at, &row.name)));
        texts.extend(p.step.iter().map(|row| (row.id.at, &row.name)));
        texts.extend(p.rule.iter().map(|row| (row.id.at, &row.name)));
        texts.extend(p.deadline.iter().map(|row| (row.id.at, &row.name)));
        texts.extend(p.deadline.iter().filter_map(|row| Some((row.id.at, row.note.as_ref()?))));
        for (at, text) in texts {
            if !is_both(&text.zh, &text.en) {
                self.add(at, Problem::OneLanguage(format!("{} / {}", text.zh, text.en)));
            }
        }
    }

    fn states_and_tracks(&mut self) {
        let p = self.procedure;
        for track in &p.track {
            match p.track_of(&track.start.id) {
                Some(of) if of == track.id.id => {}
                _ => self.unknown(&track.start, "state-of-this-track"),
            }
        }
        for state in &p.state {
            if let Some(track) = &state.track
                && !p.track.iter().any(|row| row.id.id == track.id)
            {
                self.unknown(track, "track");
            }
        }
        if !p.state.iter().any(|state| state.end && p.track_of(&state.id.id) == Some(p.main())) {
            self.add(0, Problem::Endless);
        }
    }

    fn step(&mut self, step: &Step) {
        let p = self.procedure;
        self.refs(&step.by, "role", |id| p.role(id).is_some());
        self.refs(&step.from, "state", |id| p.state(id).is_some());
        self.refs(&step.to, "state", |id| p.state(id).is_some());
        self.refs(&step.issues, "item", |id| p.item(id).is_some());
        self.refs(&step.after, "step", |id| p.step(id).is_some());
        for any in &step.needs {
            for id in any.ids.iter().filter(|id| p.item(id).is_none()) {
                self.add(any.at, Problem::Unknown { kind: "item", id: id.clone() });
            }
        }
        let own: BTreeSet<_> =
            step.from.iter().chain(&step.to).filter_map(|state| p.track_of(&state.id)).collect();
        if own.len() > 1 || step.from.is_empty() || step.by.is_empty() {
            self.add(step.id.at, Problem::MixedTracks(step.id.id.clone()));
        }
        for any in &step.during {
            for id in any.ids.iter().filter(|id| p.state(id).is_none()) {
                self.add(any.at, Problem::Unknown { kind: "state", id: id.clone() });
            }
            let of: BTreeSet<_> = any.ids.iter().filter_map(|id| p.track_of(id)).collect();
            if of.len() > 1 || of.iter().any(|track| own.contains(track)) {
                self.add(any.at, Problem::MixedTracks(any.to_string()));
            }
        }
        self.cite(&step.cites, false);
    }

    fn rules(&mut self) {
        let p = self.procedure;
        for rule in &p.rule {
            self.refs(&rule.steps, "step", |id| p.step(id).is_some());
            self.refs([&rule.role], "role", |id| p.role(id).is_some());
            self.refs(&rule.unless, "item", |id| p.item(id).is_some());
            if let Some(until) = rule.until.filter(|until| *until < rule.from) {
                self.add(rule.id.at, Problem::Backward(rule.from, until));
            }
            self.cite(&rule.cites, false);
        }
    }

    fn deadline(&mut self, row: &Deadline) {
        let p = self.procedure;
        self.refs([&row.who], "role", |id| p.role(id).is_some());
        let mut steps: Vec<&Ref> = Vec::new();
        for list in [&row.from, &row.before, &row.stop, &row.void, &row.already, &row.blocks] {
            steps.extend(list);
        }
        for arm in &row.arm {
            steps.extend(arm.from.iter().chain(&arm.restart));
            self.cite(&arm.cites, row.beside.is_some());
        }
        for pause in &row.pause {
            steps.extend([&pause.from, &pause.to].into_iter().chain(&pause.or));
            self.cite(&pause.cites, false);
        }
        for extend in &row.extend {
            steps.push(&extend.step);
            self.cite(&extend.cites, false);
        }
        self.refs(steps, "step", |id| p.step(id).is_some());
        self.cite(&row.cites, row.beside.is_some());
        self.shape(row);
        self.roll_over(row);
        self.units(row);
        self.beside(row);
    }

    /// Exactly one of the three shapes.
    fn shape(&mut self, row: &Deadline) {
        let (within, from) = (row.within.is_some(), !row.from.is_empty());
        let (before, arms) = (!row.before.is_empty(), !row.arm.is_empty());
        let shapes = [
            within && from && !before && !arms,
            within && before && !from && !arms,
            arms && row.take.is_some() && !within && !from && !before,
        ];
        let arms_whole = row.arm.iter().all(|arm| !arm.from.is_empty());
        let arms_bare = arms && !(row.pause.is_empty() && row.extend.is_empty());
        if shapes.iter().filter(|shape| **shape).count() != 1 || !arms_whole || arms_bare {
            self.add(row.id.at, Problem::ClockShape);
        }
        let extended = row.extend.iter().filter(|extend| extend.by == More::Decided);
        let named = row.before.iter().chain(extended.map(|extend| &extend.step));
        let unplanned: Vec<_> = named
            .filter(|step| self.procedure.step(&step.id).is_some_and(|step| !step.planned))
            .map(|step| (step.at, step.id.clone()))
            .collect();
        for (at, id) in unplanned {
            self.add(at, Problem::NotPlanned(id));
        }
    }

    fn roll_over(&mut self, row: &Deadline) {
        let Some(cites) = &row.rollover else {
            return;
        };
        self.cite(cites, false);
        let lengths: Vec<_> = lengths(row).collect();
        let wrong = if row.kind == Kind::MaxDuration {
            Some("maximum-durations")
        } else if !row.before.is_empty() {
            Some("backward-counts")
        } else if lengths.iter().any(|length| matches!(length, Length::Hours(_))) {
            Some("hours")
        } else if lengths.iter().all(|length| matches!(length, Length::WorkingDays(_))) {
            Some("working-days")
        } else {
            None
        };
        if let Some(wrong) = wrong {
            self.add(cites.at, Problem::NoRollOver(wrong));
        }
    }

    fn units(&mut self, row: &Deadline) {
        let hours = lengths(row).any(|length| matches!(length, Length::Hours(_)));
        if hours && !(row.pause.is_empty() && row.arm.is_empty()) {
            self.add(row.id.at, Problem::ClockUnits("hours-never-pause"));
        }
        let days = |length| matches!(length, Length::Days(_) | Length::WorkingDays(_));
        if !row.before.is_empty() && !row.within.is_some_and(days) {
            self.add(row.id.at, Problem::ClockUnits("only-days-back"));
        }
        for extend in &row.extend {
            if let (More::Length(more), Some(within)) = (extend.by, row.within)
                && within.plus(more).is_none()
            {
                let problem = Problem::ClockUnits("one-unit");
                self.add(extend.step.at, problem);
            }
        }
    }

    /// An agreed limit stands beside a statutory one and is no slower.
    fn beside(&mut self, row: &Deadline) {
        let Some(beside) = &row.beside else {
            return;
        };
        let Some(law) = self.procedure.deadline(&beside.id) else {
            return self.unknown(beside, "deadline");
        };
        let list = |refs: &[Ref]| refs.iter().map(|row| row.id.clone()).collect::<BTreeSet<_>>();
        let same = list(&row.from) == list(&law.from) && list(&row.stop) == list(&law.stop);
        let faster = match (row.within, law.within) {
            (Some(Length::Hours(a)), Some(Length::Hours(b))) => a <= b,
            (Some(Length::Days(a)), Some(Length::Days(b))) => a <= b,
            (Some(Length::Months(a)), Some(Length::Months(b))) => a <= b,
            (Some(Length::WorkingDays(a)), Some(Length::WorkingDays(b))) => a <= b,
            (Some(Length::Hours(a)), Some(Length::Days(b))) => a <= 24 * b,
            _ => false,
        };
        if !same || !faster || law.beside.is_some() {
            self.add(beside.at, Problem::SlowerThanLaw(beside.id.clone()));
        }
    }

    /// Roles and items that nothing uses are slips of the pen.
    fn unused(&mut self) {
        let p = self.procedure;
        let role = |id: &str| {
            p.step.iter().any(|step| names(&step.by, id))
                || p.deadline.iter().any(|row| row.who.id == id)
        };
        let item = |id: &str| {
            p.step.iter().any(|step| {
                names(&step.issues, id)
                    || step.needs.iter().any(|any| any.ids.iter().any(|i| i == id))
            }) || p.rule.iter().any(|rule| rule.unless.as_ref().is_some_and(|row| row.id == id))
        };
        for row in p.role.iter().filter(|row| !role(&row.id.id)) {
            self.add(row.id.at, Problem::Unused { kind: "role", id: row.id.id.clone() });
        }
        for row in p.item.iter().filter(|row| !item(&row.id.id)) {
            self.add(row.id.at, Problem::Unused { kind: "item", id: row.id.id.clone() });
        }
    }

    /// Every state is reachable; from every state of the main track an end is.
    fn ways(&mut self) {
        let p = self.procedure;
        let mut leads: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for step in &p.step {
            let Some(to) = &step.to else { continue };
            for from in &step.from {
                leads.entry(&from.id).or_default().push(&to.id);
            }
        }
        let starts: Vec<&str> = p.track.iter().map(|track| track.start.id.as_str()).collect();
        let reached = reach(&starts, &leads);
        for state in &p.state {
            let id = state.id.id.as_str();
            if !reached.contains(id) {
                self.add(state.id.at, Problem::Unreachable(id.to_owned()));
            }
            if state.end && leads.contains_key(id) {
                self.add(state.id.at, Problem::EndGoesOn(id.to_owned()));
            }
            let ends = |id: &&str| p.state(id).is_some_and(|state| state.end);
            if p.track_of(id) == Some(p.main()) && !reach(&[id], &leads).iter().any(ends) {
                self.add(state.id.at, Problem::NoEnd(id.to_owned()));
            }
        }
    }

    fn cite(&mut self, cite: &Cite, beside: bool) {
        match self.catalog.norms().cited(cite) {
            None => self.add(cite.at, Problem::UnknownCite(cite.to_string())),
            Some(norm) if norm.until.is_some_and(|until| until < self.procedure.from) => {
                self.add(cite.at, Problem::OldCite(cite.to_string()));
            }
            Some(norm) if norm.agreed && !beside => {
                self.add(cite.at, Problem::AgreedBasis(cite.to_string()));
            }
            Some(_) => {}
        }
    }

    fn refs<'r>(
        &mut self,
        refs: impl IntoIterator<Item = &'r Ref>,
        kind: &'static str,
        is_known: impl Fn(&str) -> bool,
    ) {
        for reference in refs {
            if !is_known(&reference.id) {
                self.unknown(reference, kind);
            }
        }
    }

    fn unknown(&mut self, reference: &Ref, kind: &'static str) {
        self.add(reference.at, Problem::Unknown { kind, id: reference.id.clone() });
    }
}

/// Elements: names, languages, bases; every element is part of a standard, every item of a fact.
pub(crate) fn elements(
    read: &Read<'_, Elements>,
    catalog: &Catalog,
    standards: &[Read<'_, Standard>],
    faults: &mut Vec<Fault>,
) {
    let all = &read.value;
    let mut problems = Vec::new();
    let ids: Vec<&Ref> = all.item.iter().map(|row| &row.id).collect();
    problems.extend(twins(&ids).map(|(at, id)| (at, Problem::Twice(id))));
    let ids: Vec<&Ref> = all.element.iter().map(|row| &row.id).collect();
    problems.extend(twins(&ids).map(|(at, id)| (at, Problem::Twice(id))));
    let facts = || all.element.iter().flat_map(|element| &element.fact);
    let texts = all.item.iter().map(|row| (row.id.at, &row.name));
    let texts = texts.chain(all.element.iter().map(|row| (row.id.at, &row.name)));
    for (at, text) in texts.chain(facts().map(|row| (row.id.at, &row.name))) {
        if !is_both(&text.zh, &text.en) {
            problems.push((at, Problem::OneLanguage(format!("{} / {}", text.zh, text.en))));
        }
    }
    for id in facts().flat_map(|fact| fact.strong.iter().chain(&fact.weak)) {
        if all.item(&id.id).is_none() {
            problems.push((id.at, Problem::Unknown { kind: "item", id: id.id.clone() }));
        }
    }
    for fact in facts().filter(|fact| fact.strong.is_empty()) {
        let id = fact.id.id.clone();
        problems.push((fact.id.at, Problem::Unknown { kind: "item-that-covers", id }));
    }
    for cite in facts().map(|fact| &fact.cites).chain(all.element.iter().map(|row| &row.cites)) {
        if catalog.norms().cited(cite).is_none() {
            problems.push((cite.at, Problem::UnknownCite(cite.to_string())));
        }
    }
    let is_used = |id: &str| facts().any(|fact| names(&fact.strong, id) || names(&fact.weak, id));
    for row in all.item.iter().filter(|row| !is_used(&row.id.id)) {
        problems.push((row.id.at, Problem::Unused { kind: "item", id: row.id.id.clone() }));
    }
    let is_part = |id: &str| standards.iter().any(|row| names(&row.value.elements, id));
    for row in all.element.iter().filter(|row| !is_part(&row.id.id)) {
        problems.push((row.id.at, Problem::Unused { kind: "element", id: row.id.id.clone() }));
    }
    faults.extend(problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}

/// A standard: its name, elements, languages, bases.
pub(crate) fn standard(read: &Read<'_, Standard>, catalog: &Catalog, faults: &mut Vec<Fault>) {
    let row = &read.value;
    let mut problems = Vec::new();
    if stem(read.file.path) != row.id {
        problems.push((0, Problem::Misnamed(row.id.clone())));
    }
    for id in &row.elements {
        if catalog.elements().element(&id.id).is_none() {
            problems.push((id.at, Problem::Unknown { kind: "element", id: id.id.clone() }));
        }
    }
    let cites = row.threshold.iter().map(|row| &row.cites);
    for cite in cites.chain([&row.cites]) {
        if catalog.norms().cited(cite).is_none() {
            problems.push((cite.at, Problem::UnknownCite(cite.to_string())));
        }
    }
    let texts = row.threshold.iter().map(|row| &row.name).chain(&row.note);
    for text in texts.chain([&row.title]) {
        if !is_both(&text.zh, &text.en) {
            problems.push((0, Problem::OneLanguage(format!("{} / {}", text.zh, text.en))));
        }
    }
    faults.extend(problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}

/// One checklist: names, both languages, bases.
pub(crate) fn checklist(read: &Read<'_, Checklist>, catalog: &Catalog, faults: &mut Vec<Fault>) {
    let list = &read.value;
    let mut problems = Vec::new();
    if stem(read.file.path) != list.id {
        problems.push((0, Problem::Misnamed(list.id.clone())));
    }
    let themes: Vec<&Ref> = list.theme.iter().map(|theme| &theme.id).collect();
    let points: Vec<&Ref> = list.points().map(|(_, point)| &point.id).collect();
    for (at, id) in twins(&themes).chain(twins(&points)) {
        problems.push((at, Problem::Twice(id)));
    }
    for cite in list.points().filter_map(|(_, point)| point.cites.as_ref()) {
        if catalog.norms().cited(cite).is_none() {
            problems.push((cite.at, Problem::UnknownCite(cite.to_string())));
        }
    }
    let of_points =
        list.points().flat_map(|(_, p)| [&p.ask, &p.look, &p.advice].map(|text| (p.id.at, text)));
    let of_themes = list.theme.iter().map(|theme| (theme.id.at, &theme.name));
    for (at, text) in of_themes.chain(of_points).chain([(0, &list.title)]) {
        if !is_both(&text.zh, &text.en) {
            problems.push((at, Problem::OneLanguage(format!("{} / {}", text.zh, text.en))));
        }
    }
    faults.extend(problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}

/// One scheme of recognition: names, both languages, bases, points.
pub(crate) fn scheme(read: &Read<'_, Scheme>, catalog: &Catalog, faults: &mut Vec<Fault>) {
    let scheme = &read.value;
    let mut problems = Vec::new();
    if stem(read.file.path) != scheme.id {
        problems.push((0, Problem::Misnamed(scheme.id.clone())));
    }
    if let Some(under) = &scheme.under
        && catalog.scheme(&under.id).is_none()
    {
        problems.push((under.at, Problem::Unknown { kind: "scheme", id: under.id.clone() }));
    }
    let axes: Vec<&Ref> = scheme.axis.iter().map(|axis| &axis.id).collect();
    let bars: Vec<&Ref> = scheme.bar.iter().map(|bar| &bar.id).collect();
    let criteria: Vec<&Ref> = scheme.criteria().map(|(_, one)| &one.id).collect();
    for (at, id) in twins(&axes).chain(twins(&bars)).chain(twins(&criteria)) {
        problems.push((at, Problem::Twice(id)));
    }
    for cite in scheme.criteria().filter_map(|(_, one)| one.cites.as_ref()) {
        if catalog.norms().cited(cite).is_none() {
            problems.push((cite.at, Problem::UnknownCite(cite.to_string())));
        }
    }
    let sum = scheme.criteria().map(|(_, one)| one.points).fold(0, u32::saturating_add);
    if sum != POINTS {
        problems.push((0, Problem::Points(sum)));
    }
    let texts = scheme
        .criteria()
        .flat_map(|(_, one)| [(one.id.at, &one.says), (one.id.at, &one.shown_by)])
        .chain(scheme.axis.iter().map(|axis| (axis.id.at, &axis.name)))
        .chain(scheme.bar.iter().map(|bar| (bar.id.at, &bar.says)))
        .chain([&scheme.title, &scheme.who, &scheme.source].map(|text| (0, text)));
    for (at, text) in texts {
        if !is_both(&text.zh, &text.en) {
            problems.push((at, Problem::OneLanguage(format!("{} / {}", text.zh, text.en))));
        }
    }
    faults.extend(problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}

/// The controls: names, steps, both languages, bases; a person is told what shows a control.
pub(crate) fn controls(read: &Read<'_, Controls>, catalog: &Catalog, faults: &mut Vec<Fault>) {
    let list = &read.value;
    let mut problems = Vec::new();
    if stem(read.file.path) != list.id {
        problems.push((0, Problem::Misnamed(list.id.clone())));
    }
    let steps: Vec<&Ref> = list.step.iter().map(|step| &step.id).collect();
    let groups: Vec<&Ref> = list.group.iter().map(|group| &group.id).collect();
    let standards: Vec<&Ref> = list.standard.iter().map(|one| &one.id).collect();
    let names: Vec<&Ref> = list.all().map(|(_, one)| &one.id).collect();
    for ids in [&steps, &groups, &standards, &names] {
        problems.extend(twins(ids).map(|(at, id)| (at, Problem::Twice(id))));
    }
    for (_, one) in list.all() {
        if list.place(&one.step.id).is_none() {
            let id = one.step.id.clone();
            problems.push((one.step.at, Problem::Unknown { kind: "step", id }));
        }
        for cite in &one.cites {
            if catalog.norms().cited(cite).is_none() {
                problems.push((cite.at, Problem::UnknownCite(cite.to_string())));
            }
        }
        for clause in &one.follows {
            let of = list.standard(&clause.standard);
            if !of.is_some_and(|of| of.parts.contains(&clause.part)) {
                let id = clause.to_string();
                problems.push((clause.at, Problem::Unknown { kind: "standard", id }));
            }
        }
        // A person can't answer a control that doesn't say what shows it.
        if one.check.is_none() && one.shown_by.is_none() {
            problems.push((one.id.at, Problem::NoCheck(one.id.id.clone())));
        }
    }
    for change in &list.change {
        if change.edition > list.edition {
            problems.push((0, Problem::Unknown { kind: "edition", id: change.control.clone() }));
        }
    }
    let of_controls = list.all().flat_map(|(_, one)| {
        let texts = [Some(&one.title), Some(&one.says), one.shown_by.as_ref()];
        texts.into_iter().flatten().map(|text| (one.id.at, text))
    });
    let texts = of_controls
        .chain(list.group.iter().map(|group| (group.id.at, &group.name)))
        .chain(list.step.iter().flat_map(|one| [&one.name, &one.says].map(|t| (one.id.at, t))))
        .chain(list.standard.iter().map(|one| (one.id.at, &one.name)))
        .chain(list.change.iter().map(|one| (0, &one.says)))
        .chain([(0, &list.title), (0, &list.source)]);
    for (at, text) in texts {
        if !is_both(&text.zh, &text.en) {
            problems.push((at, Problem::OneLanguage(format!("{} / {}", text.zh, text.en))));
        }
    }
    faults.extend(problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}

fn lengths(row: &Deadline) -> impl Iterator<Item = Length> {
    row.within.into_iter().chain(row.arm.iter().map(|arm| arm.within))
}

fn reach<'s>(starts: &[&'s str], leads: &BTreeMap<&'s str, Vec<&'s str>>) -> BTreeSet<&'s str> {
    let mut reached: BTreeSet<&str> = starts.iter().copied().collect();
    let mut waiting = starts.to_vec();
    while let Some(state) = waiting.pop() {
        for next in leads.get(state).into_iter().flatten() {
            if reached.insert(next) {
                waiting.push(next);
            }
        }
    }
    reached
}

pub(crate) fn twins(ids: &[&Ref]) -> impl Iterator<Item = (usize, String)> {
    let mut seen = BTreeSet::new();
    let again: Vec<_> = ids
        .iter()
        .filter(|reference| !seen.insert(reference.id.as_str()))
        .map(|reference| (reference.at, reference.id.clone()))
        .collect();
    again.into_iter()
}

/// Chinese has Chinese characters in it, English has letters and no Chinese beyond cited names.
pub(crate) fn is_both(zh: &str, en: &str) -> bool {
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    zh.chars().any(is_chinese) && en.chars().any(|c| c.is_ascii_alphanumeric())
}
