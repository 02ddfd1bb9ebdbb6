//! What is missing, each with the cheapest next step. Gaps are printed first, never hidden.

use std::collections::BTreeSet;

use domain::terms::{MeasureItem, Standing};
use domain::{Day, Number};

use crate::story::{Covered, Story};

/// Something that the records don't show. Words: `key` says what is missing, `key` with `-next`
/// what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The translation key; one of [`Gap::KEYS`].
    pub key: &'static str,
    /// The secret point it is about; `None` for the dossier as a whole.
    pub secret: Option<Number>,
    /// Values for the words.
    pub args: Vec<(&'static str, String)>,
}

impl Gap {
    /// All keys; each has a second one that ends with `-next`.
    pub const KEYS: &'static [&'static str] = &[
        "gap-no-time",
        "gap-not-neutral",
        "gap-drill",
        "gap-self-check",
        "gap-declassified",
        "gap-no-statement",
        "gap-no-public",
        "gap-no-value",
        "gap-no-origin",
        "gap-no-carrier",
        "gap-no-measure",
        "gap-unprotected",
        "gap-one-item",
        "gap-measure-papers",
        "gap-measure-ended",
        "gap-late-measures",
        "gap-nobody-cleared",
        "gap-person-papers",
        "gap-no-agreement",
        "gap-late-agreement",
        "gap-agreement-papers",
        "gap-no-day",
        "gap-disclosure-papers",
        "gap-disclosure-overdue",
    ];

    /// The key of the words that say what to do.
    pub fn next(&self) -> String {
        format!("{}-next", self.key)
    }

    fn new(key: &'static str, secret: Number) -> Self {
        Self { key, secret: Some(secret), args: vec![("no", secret.to_string())] }
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// All gaps of a story, on a day.
pub fn gaps(story: &Story<'_>, today: Day) -> Vec<Gap> {
    let mut gaps = of_times(story);
    for secret in &story.secrets {
        of_elements(secret, &mut gaps);
        of_measures(story, secret, today, &mut gaps);
        of_access(story, secret, today, &mut gaps);
    }
    gaps
}

fn of_times(story: &Story<'_>) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let bounds: Vec<_> =
        story.contents.entries.iter().map(|entry| story.times.not_later(entry.index())).collect();
    let total = bounds.len().to_string();
    let mut gap = |key, count: usize| {
        if count > 0 {
            let args = vec![("count", count.to_string()), ("total", total.clone())];
            gaps.push(Gap { key, secret: None, args });
        }
    };
    let of = |standing| {
        move |all: &&Vec<crate::times::Bound>| {
            all.first().is_some_and(|bound| bound.standing == Some(standing))
        }
    };
    gap("gap-no-time", bounds.iter().filter(|all| all.is_empty()).count());
    let neutral = bounds.iter().filter(of(Standing::Independent)).count();
    gap("gap-not-neutral", bounds.len() - neutral);
    gap("gap-drill", bounds.iter().filter(of(Standing::Drill)).count());
    if let Some(check) = &story.contents.self_check {
        gap("gap-self-check", check.problems.len());
    }
    gaps
}

fn of_elements(secret: &crate::story::Secret<'_>, gaps: &mut Vec<Gap>) {
    let no = secret.no;
    for (is_there, key) in [
        (secret.declassified.is_none(), "gap-declassified"),
        (secret.standing().next().is_some(), "gap-no-statement"),
        (secret.public.is_some(), "gap-no-public"),
        (secret.value.is_some(), "gap-no-value"),
        (secret.origin.is_some(), "gap-no-origin"),
        (secret.carriers.iter().any(|carrier| !carrier.retired), "gap-no-carrier"),
    ] {
        if !is_there {
            gaps.push(Gap::new(key, no));
        }
    }
}

fn of_measures(
    story: &Story<'_>,
    secret: &crate::story::Secret<'_>,
    today: Day,
    gaps: &mut Vec<Gap>,
) {
    let no = secret.no;
    let measures: BTreeSet<Number> = secret.matches.iter().map(|(_, one)| one.measure).collect();
    let measures: Vec<_> = measures.into_iter().filter_map(|one| story.measure(one)).collect();
    if measures.is_empty() {
        gaps.push(Gap::new("gap-no-measure", no));
    } else {
        let bare = secret.standing().filter(|one| !secret.is_protected(one.no));
        let bare = list(bare.map(|one| one.no));
        if !bare.is_empty() {
            gaps.push(Gap::new("gap-unprotected", no).with("statements", bare));
        }
        let items: BTreeSet<MeasureItem> = measures.iter().map(|one| one.item()).collect();
        if items.len() == 1 {
            gaps.push(Gap::new("gap-one-item", no));
        }
    }
    let numbers = |picked: &mut dyn Iterator<Item = Number>| list(picked);
    let without = numbers(
        &mut measures
            .iter()
            .map(|one| one.added.1.no)
            .filter(|one| story.papers_of(*one).is_empty()),
    );
    let over = numbers(
        &mut measures
            .iter()
            .filter(|one| {
                one.until().is_some_and(|until| until < today)
                    || matches!(one.ended, Some((_, None)))
            })
            .map(|one| one.added.1.no),
    );
    let late = numbers(
        &mut measures
            .iter()
            .filter(|one| !story.late_for(one, no).is_empty())
            .map(|one| one.added.1.no),
    );
    for (key, found) in
        [("gap-measure-papers", without), ("gap-measure-ended", over), ("gap-late-measures", late)]
    {
        if !found.is_empty() {
            gaps.push(Gap::new(key, no).with("measures", found));
        }
    }
}

fn of_access(
    story: &Story<'_>,
    secret: &crate::story::Secret<'_>,
    today: Day,
    gaps: &mut Vec<Gap>,
) {
    let no = secret.no;
    if secret.clearances.is_empty() {
        gaps.push(Gap::new("gap-nobody-cleared", no));
    }
    let people: BTreeSet<Number> = secret.clearances.iter().map(|one| one.given.1.person).collect();
    let without = list(people.into_iter().filter(|one| story.papers_of(*one).is_empty()));
    if !without.is_empty() {
        gaps.push(Gap::new("gap-person-papers", no).with("people", without));
    }
    for disclosure in story.disclosures_of(no) {
        let made = disclosure.made.1;
        let gap = |key| Gap::new(key, no).with("disclosure", made.no);
        match story.covered(made) {
            Covered::By(entry, agreement) => {
                let of = |key| gap(key).with("agreement", agreement.no);
                if entry.index() > disclosure.made.0.index() {
                    gaps.push(of("gap-late-agreement"));
                }
                if story.papers_of(agreement.no).is_empty() {
                    gaps.push(of("gap-agreement-papers"));
                }
            }
            Covered::NotProved => gaps.push(gap("gap-no-agreement")),
            Covered::NoDay => gaps.push(gap("gap-no-day")),
        }
        if story.papers_of(made.no).is_empty() {
            gaps.push(gap("gap-disclosure-papers"));
        }
        if disclosure.closed.is_none() && made.until.is_some_and(|until| until < today) {
            gaps.push(gap("gap-disclosure-overdue"));
        }
    }
}

fn list(items: impl Iterator<Item = impl ToString>) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}
