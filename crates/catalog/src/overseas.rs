//! Going abroad: guides of countries, what a company is asked before, the risks its answers name, and
//! what must be answered before material leaves China.
//!
//! Each statement of a guide names its article, the address of its source, and whether its text was
//! read, where and when. A guide is complete when each field has a statement and all were read; the
//! others are drafts, which reports leave out.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::check::{is_both, twins};
use crate::day::Day;
use crate::read::{Catalog, Fault, Problem, Read, stem};
use crate::text::{Cite, Ref, Text};

/// A country's guide.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// Its name, that of its file.
    pub id: String,
    /// Counted up when statements change; reports say under which one they were made.
    pub edition: u32,
    /// Its name for people.
    pub name: Text,
    /// What a reader should know.
    pub note: Option<Text>,
    /// What it says.
    pub statement: Vec<Statement>,
}

/// One statement of a guide, in our own words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Its name in the data.
    pub id: Ref,
    /// What it is about.
    pub field: Topic,
    /// What it says.
    pub says: Text,
    /// The article, as it is cited there.
    pub article: String,
    /// The address of the official source.
    pub source: String,
    /// Which version of the text was read.
    pub version: Option<String>,
    /// Where it was read.
    pub read: Option<String>,
    /// When.
    pub seen: Option<Day>,
    /// Whether the statement was compared with the text.
    pub verified: bool,
}

/// The fields of a guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Topic {
    /// The law.
    Law,
    /// What a trade secret is.
    Definition,
    /// Where to go, and what it can bring.
    Routes,
    /// Time limits.
    Limits,
    /// Evidence, and how a secret stays one in court.
    Evidence,
    /// Employees and non-competes.
    Employees,
    /// The criminal side.
    Criminal,
    /// Customs and trade commissions.
    Customs,
    /// Cautions on sending data there, or from there.
    Export,
}

impl Topic {
    /// All of them, in their order.
    pub const ALL: [Self; 9] = [
        Self::Law,
        Self::Definition,
        Self::Routes,
        Self::Limits,
        Self::Evidence,
        Self::Employees,
        Self::Criminal,
        Self::Customs,
        Self::Export,
    ];

    /// Its name in data and translation files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Law => "law",
            Self::Definition => "definition",
            Self::Routes => "routes",
            Self::Limits => "limits",
            Self::Evidence => "evidence",
            Self::Employees => "employees",
            Self::Criminal => "criminal",
            Self::Customs => "customs",
            Self::Export => "export",
        }
    }
}

impl Country {
    /// What it says on a topic.
    pub fn on(&self, topic: Topic) -> impl Iterator<Item = &Statement> {
        self.statement.iter().filter(move |one| one.field == topic)
    }

    /// The topics on which it says nothing.
    pub fn missing(&self) -> Vec<Topic> {
        Topic::ALL.into_iter().filter(|topic| self.on(*topic).next().is_none()).collect()
    }

    /// How many statements were not compared with the text.
    pub fn open(&self) -> usize {
        self.statement.iter().filter(|one| !one.verified).count()
    }

    /// Whether reports may quote it: each topic has a statement, and all were compared.
    pub fn is_complete(&self) -> bool {
        self.missing().is_empty() && self.open() == 0
    }

    /// Its name with its edition, as the ledger keeps it: `us@1`.
    pub fn mark(&self) -> String {
        format!("{}@{}", self.id, self.edition)
    }
}

/// What a company is asked before it goes abroad, and the risks that answers name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Questions {
    /// Its name, that of its file.
    pub id: String,
    /// Counted up when questions or risks change.
    pub edition: u32,
    /// The questions.
    pub question: Vec<Question>,
    /// The risks.
    pub risk: Vec<Risk>,
}

/// A question with choices, of which several can hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its name in the data.
    pub id: Ref,
    /// The question.
    pub name: Text,
    /// What can be said.
    pub choice: Vec<Choice>,
}

/// Something that can be answered.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
}

/// A risk.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// Its name in the data.
    pub id: Ref,
    /// The field of the guide that it rests on.
    pub field: Topic,
    /// Answers any of which names it, as `question:choice`.
    pub when: Vec<Ref>,
    /// Its name for people.
    pub name: Text,
    /// Why.
    pub reason: Text,
    /// What to do.
    pub advice: Text,
}

impl Questions {
    /// Whether `question:choice` is one of its answers.
    pub fn knows(&self, answer: &str) -> bool {
        self.choice(answer).is_some()
    }

    /// The question and the choice of an answer.
    pub fn choice(&self, answer: &str) -> Option<(&Question, &Choice)> {
        let (question, choice) = answer.split_once(':')?;
        let question = self.question.iter().find(|one| one.id.id == question)?;
        let choice = question.choice.iter().find(|one| one.id.id == choice)?;
        Some((question, choice))
    }

    /// The risks that these answers name, each with the answers that do.
    pub fn risks<'a>(&'a self, answers: &'a [String]) -> Vec<(&'a Risk, Vec<&'a str>)> {
        let named = self.risk.iter().map(|risk| {
            let by = answers.iter().filter(|said| risk.when.iter().any(|of| of.id == **said));
            (risk, by.map(String::as_str).collect::<Vec<_>>())
        });
        named.filter(|(_, by)| !by.is_empty()).collect()
    }

    /// A risk by its name.
    pub fn risk(&self, id: &str) -> Option<&Risk> {
        self.risk.iter().find(|risk| risk.id.id == id)
    }
}

/// What must be answered before material leaves China.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Export {
    /// Its name, that of its file.
    pub id: String,
    /// Counted up when questions change.
    pub edition: u32,
    /// What a reader should know.
    pub note: Text,
    /// The questions, each with one answer.
    pub question: Vec<Gate>,
}

/// A question of the export check.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// Its name in the data.
    pub id: Ref,
    /// The question.
    pub name: Text,
    /// Its bases.
    pub cites: Vec<Cite>,
    /// Whether the figures or lists it rests on were not compared.
    #[serde(default)]
    pub open: bool,
    /// What can be said.
    pub choice: Vec<Pass>,
}

/// An answer of the export check.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pass {
    /// Its name in the data.
    pub id: Ref,
    /// What it leads to.
    pub is: Leads,
    /// Its name for people.
    pub name: Text,
}

/// What an answer leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Leads {
    /// It goes on.
    Pass,
    /// It goes on, with a paper named.
    Proof,
    /// It stops.
    Stop,
}

/// One answer as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The question.
    pub question: String,
    /// The choice.
    pub choice: String,
    /// The paper it rests on: who, number and date.
    pub proof: Option<String>,
}

/// What answers of the export check come to.
#[derive(Debug, Default)]
pub struct Verdict<'a> {
    /// Questions without an answer, or with one that isn't there.
    pub unanswered: Vec<&'a Gate>,
    /// Answers that need a paper, and name none.
    pub unproved: Vec<&'a Gate>,
    /// Answers that stop it.
    pub stops: Vec<(&'a Gate, &'a Pass)>,
}

impl Verdict<'_> {
    /// Whether nothing is against it.
    pub fn is_clear(&self) -> bool {
        self.unanswered.is_empty() && self.unproved.is_empty() && self.stops.is_empty()
    }
}

impl Gate {
    /// A choice by its name.
    pub fn choice(&self, id: &str) -> Option<&Pass> {
        self.choice.iter().find(|one| one.id.id == id)
    }
}

impl Export {
    /// What answers come to.
    pub fn judge(&self, said: &[Said]) -> Verdict<'_> {
        let mut verdict = Verdict::default();
        for gate in &self.question {
            let given = said.iter().find(|one| one.question == gate.id.id);
            let choice = given.and_then(|one| Some((one, gate.choice(&one.choice)?)));
            match choice {
                None => verdict.unanswered.push(gate),
                Some((_, choice)) if choice.is == Leads::Stop => verdict.stops.push((gate, choice)),
                Some((one, choice)) if choice.is == Leads::Proof => {
                    if one.proof.as_ref().is_none_or(|text| text.trim().is_empty()) {
                        verdict.unproved.push(gate);
                    }
                }
                Some(_) => {}
            }
        }
        verdict
    }
}

/// Both languages, or a fault.
fn both<'a>(texts: impl IntoIterator<Item = (usize, &'a Text)>) -> Vec<(usize, Problem)> {
    let wrong = texts.into_iter().filter(|(_, text)| !is_both(&text.zh, &text.en));
    wrong
        .map(|(at, text)| (at, Problem::OneLanguage(format!("{} / {}", text.zh, text.en))))
        .collect()
}

fn misnamed(id: &str, path: &str) -> Option<(usize, Problem)> {
    (id != stem(path)).then(|| (0, Problem::Misnamed(id.to_owned())))
}

fn twice(ids: &[&Ref]) -> Vec<(usize, Problem)> {
    twins(ids).map(|(at, id)| (at, Problem::Twice(id))).collect()
}

/// Checks a guide: names, both languages, an address of each source, and that what says it was
/// verified says where and when.
pub(crate) fn check_country(read: &Read<'_, Country>, faults: &mut Vec<Fault>) {
    let country = &read.value;
    let mut problems: Vec<(usize, Problem)> = Vec::new();
    problems.extend(misnamed(&country.id, read.file.path));
    problems.extend(twice(&country.statement.iter().map(|one| &one.id).collect::<Vec<_>>()));
    let own = [Some(&country.name), country.note.as_ref()].into_iter().flatten();
    problems.extend(both(own.map(|text| (0, text))));
    problems.extend(both(country.statement.iter().map(|one| (one.id.at, &one.says))));
    for one in &country.statement {
        let said = |what: &str| (one.id.at, Problem::Source(format!("{}: {what}", one.id.id)));
        if !one.source.starts_with("https://") || one.article.trim().is_empty() {
            problems.push(said("article and https:// address"));
        }
        // What was compared says which text, where and when; what was not, pretends nothing.
        let told = [one.version.is_some(), one.read.is_some(), one.seen.is_some()];
        if told.iter().any(|is| *is != one.verified) {
            problems.push(said("version, read, seen: all when verified, none when not"));
        }
    }
    faults.extend(problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}

/// Checks the questions: names, both languages, risks that some answer names, and no answer of a risk
/// that isn't there.
pub(crate) fn check_questions(read: &Read<'_, Questions>, faults: &mut Vec<Fault>) {
    let questions = &read.value;
    let mut problems: Vec<(usize, Problem)> = Vec::new();
    problems.extend(misnamed(&questions.id, read.file.path));
    problems.extend(twice(&questions.question.iter().map(|one| &one.id).collect::<Vec<_>>()));
    problems.extend(twice(&questions.risk.iter().map(|one| &one.id).collect::<Vec<_>>()));
    for question in &questions.question {
        problems.extend(twice(&question.choice.iter().map(|one| &one.id).collect::<Vec<_>>()));
        let choices = question.choice.iter().map(|one| (one.id.at, &one.name));
        problems.extend(both(choices.chain([(question.id.at, &question.name)])));
    }
    for risk in &questions.risk {
        let texts = [&risk.name, &risk.reason, &risk.advice];
        problems.extend(both(texts.map(|text| (risk.id.at, text))));
        for answer in risk.when.iter().filter(|answer| !questions.knows(&answer.id)) {
            problems.push((answer.at, Problem::Unknown { kind: "answer", id: answer.id.clone() }));
        }
    }
    let used: BTreeSet<&str> =
        questions.risk.iter().flat_map(|risk| &risk.when).map(|of| of.id.as_str()).collect();
    for question in &questions.question {
        let id = &question.id.id;
        let of = |choice: &Choice| used.contains(format!("{id}:{}", choice.id.id).as_str());
        if !question.choice.iter().any(of) {
            problems.push((question.id.at, Problem::Unused { kind: "question", id: id.clone() }));
        }
    }
    faults.extend(problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}

/// Checks the export questions: names, both languages, bases, and that each can both go on and stop.
pub(crate) fn check_export(read: &Read<'_, Export>, catalog: &Catalog, faults: &mut Vec<Fault>) {
    let export = &read.value;
    let mut problems: Vec<(usize, Problem)> = Vec::new();
    problems.extend(misnamed(&export.id, read.file.path));
    problems.extend(both([(0, &export.note)]));
    problems.extend(twice(&export.question.iter().map(|one| &one.id).collect::<Vec<_>>()));
    for gate in &export.question {
        problems.extend(twice(&gate.choice.iter().map(|one| &one.id).collect::<Vec<_>>()));
        let choices = gate.choice.iter().map(|one| (one.id.at, &one.name));
        problems.extend(both(choices.chain([(gate.id.at, &gate.name)])));
        let unknown = gate.cites.iter().filter(|cite| catalog.norms().cited(cite).is_none());
        problems.extend(unknown.map(|cite| (cite.at, Problem::UnknownCite(cite.to_string()))));
        let has = |is| gate.choice.iter().any(|choice| choice.is == is);
        if gate.cites.is_empty() || !has(Leads::Stop) || !has(Leads::Pass) {
            problems.push((gate.id.at, Problem::Gate(gate.id.id.clone())));
        }
    }
    faults.extend(problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}
