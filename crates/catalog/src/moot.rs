//! The moot court: what the other side says against a record, by what it is triggered, and which
//! answer makes it go.

use serde::Deserialize;

use crate::check::{is_both, twins};
use crate::read::{Catalog, Fault, Problem, Read};
use crate::text::{Cite, Ref, Text};

/// All arguments.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moot {
    /// Its name, that of its file.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// What a reader should know.
    pub note: Text,
    /// The arguments.
    pub argument: Vec<Argument>,
}

/// An argument of the other side.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Argument {
    /// Its name in the data.
    pub id: Ref,
    /// What triggers it.
    pub when: When,
    /// The element it attacks.
    pub element: Ref,
    /// Its name for people.
    pub title: Text,
    /// What the other side says.
    pub says: Text,
    /// What answers it.
    pub answer: Text,
    /// Kinds of exhibits any of which answers it.
    #[serde(default)]
    pub items: Vec<Ref>,
    /// Whether only what is dated by the first day of the act answers.
    #[serde(default)]
    pub before: bool,
    /// Its basis.
    pub cites: Cite,
    /// Where it is answered, with holes for `{secret}`, `{person}`, `{partner}`, `{incident}`; else
    /// where exhibits are preserved.
    pub at: Option<String>,
}

/// What triggers an argument, in what the ledger holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "assess/src/moot.rs says what each looks for")]
pub enum When {
    EachSecret,
    Technical,
    Persons,
    ThirdParty,
    Customer,
    NoSuspect,
    NoPublicRemark,
    NoValueRemark,
    NoOriginRemark,
    NoStatement,
    StatedLate,
    RestatedLate,
    FormedLate,
    ReviewPassed,
    Declassified,
    Released,
    NoMeasure,
    MeasureLate,
    MeasureGeneric,
    MeasureBare,
    OneMeasure,
    WideCircle,
    Leaver,
    NoVouch,
    PersonWithoutAccess,
    PartnerWithoutAccess,
    PersonUnbound,
    PartnerUnbound,
    Licensed,
    OthersHold,
    LooseExhibit,
    NoCustody,
    NotCompared,
    Uncounted,
    CivilLate,
    PenaltyLate,
}

impl Moot {
    /// An argument by its name.
    pub fn argument(&self, id: &str) -> Option<&Argument> {
        self.argument.iter().find(|argument| argument.id.id == id)
    }
}

/// Checks arguments: names, both languages, bases, and that what they name exists.
pub(crate) fn check(read: &Read<'_, Moot>, catalog: &Catalog, faults: &mut Vec<Fault>) {
    let mut problems: Vec<(usize, Problem)> = Vec::new();
    let ids: Vec<&Ref> = read.value.argument.iter().map(|one| &one.id).collect();
    problems.extend(twins(&ids).map(|(at, id)| (at, Problem::Twice(id))));
    for one in &read.value.argument {
        let elements = catalog.elements();
        if elements.element(&one.element.id).is_none() {
            let id = one.element.id.clone();
            problems.push((one.element.at, Problem::Unknown { kind: "element", id }));
        }
        for item in one.items.iter().filter(|item| elements.item(&item.id).is_none()) {
            problems.push((item.at, Problem::Unknown { kind: "item", id: item.id.clone() }));
        }
        if catalog.norms().cited(&one.cites).is_none() {
            problems.push((one.cites.at, Problem::UnknownCite(one.cites.to_string())));
        }
        for text in [&one.title, &one.says, &one.answer] {
            if !is_both(&text.zh, &text.en) {
                let both = format!("{} / {}", text.zh, text.en);
                problems.push((one.id.at, Problem::OneLanguage(both)));
            }
        }
    }
    faults.extend(problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}
