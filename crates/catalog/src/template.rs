//! Templates that a company fills in from its own records: agreements, pledges, notices, lists.
//!
//! A template is one file below `catalog/templates/`: fields (with where the record has them), clauses, who
//! signs, and the limits that the law sets to what may be agreed. A binding limit refuses; guidance warns.
//! What is filled in is printed and signed; the signed scan goes in as a paper of the person or partner.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::check::{is_both, twins};
use crate::document::{Piece, pieces};
use crate::read::{Catalog, Fault, Problem, Read, stem};
use crate::text::{Cite, Lang, Ref, Text};

/// What was filled in, by the names of fields.
pub type Filled = BTreeMap<String, String>;

/// A template.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Its name, that of its file.
    pub id: String,
    /// Its place among the templates.
    pub place: u32,
    /// Whose record fills it in.
    pub of: Of,
    /// What it is.
    pub title: Text,
    /// What it is for, and when.
    pub says: Text,
    /// The page of the handbook about it.
    pub page: Ref,
    /// What it rests on.
    #[serde(default)]
    pub cites: Vec<Cite>,
    /// What is said before the clauses, with the names of fields in braces.
    pub text: Option<Text>,
    /// Fields that stand in a table.
    #[serde(default)]
    pub rows: Vec<Ref>,
    /// What is asked for.
    pub field: Vec<Field>,
    /// Its clauses.
    #[serde(default)]
    pub clause: Vec<Clause>,
    /// What stands in the frame before the signatures.
    pub note: Option<Text>,
    /// Who signs.
    pub sign: Vec<Text>,
    /// What the law, or guidance, says of what may be agreed.
    #[serde(default)]
    pub limit: Vec<Limit>,
}

/// Whose record fills a template in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Of {
    /// A person's.
    Person,
    /// A partner's.
    Partner,
    /// The company's own.
    Company,
}

impl Of {
    /// Its name in data and translation files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Partner => "partner",
            Self::Company => "company",
        }
    }
}

/// Something that a template asks for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
    /// What to write.
    pub hint: Option<Text>,
    /// Where the record has it; whoever fills the form in may put it otherwise.
    pub from: Option<Origin>,
    /// Lines of a text; 1 for a word or two.
    #[serde(default = "one")]
    pub lines: u8,
    /// What there is to choose from.
    #[serde(default)]
    pub choice: Vec<Choice>,
}

fn one() -> u8 {
    1
}

/// Something to choose.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people, and in print.
    pub name: Text,
}

/// Where a node's records have something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The company's name.
    Company,
    /// The day of printing.
    Today,
    /// The person's or partner's name.
    Name,
    /// Their number.
    Number,
    /// The person's post.
    Post,
    /// The person's department.
    Department,
    /// The day the person joined.
    Joined,
    /// The partner's code.
    Code,
    /// Secret points, a line each: those the person may know, those disclosed to the partner, or all.
    Points,
    /// Copies that are out, a line each.
    Copies,
}

/// A clause.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its heading.
    pub name: Text,
    /// What it says, with the names of fields in braces.
    pub text: Text,
}

/// A limit to what may be agreed: one rule about one field.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// The field.
    pub field: Ref,
    /// Whether it binds; guidance only warns.
    pub binds: bool,
    /// Its basis.
    pub cites: Cite,
    /// What it says, as an answer to whoever went beyond it.
    pub says: Text,
    /// The number is at most this.
    pub most: Option<i64>,
    /// The number is at least this many hundredths of the product of `of`.
    pub least_percent: Option<i64>,
    /// The number is at most this many times the product of `of`.
    pub most_times: Option<i64>,
    /// Fields whose product the number is compared with.
    #[serde(default)]
    pub of: Vec<Ref>,
    /// This choice is not open.
    pub not: Option<Ref>,
    /// It must stay blank.
    #[serde(default)]
    pub blank: bool,
    /// It should be filled in.
    #[serde(default)]
    pub given: bool,
    /// Only when another number is over this.
    pub when: Option<When>,
}

/// A condition of a limit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The field.
    pub field: Ref,
    /// It is over this.
    pub over: i64,
}

/// What is to be said of something that was filled in.
#[derive(Clone, Debug)]
pub struct Finding<'t> {
    /// The field.
    pub field: &'t Field,
    /// The limit that was passed; `None` when a number was expected and something else came.
    pub limit: Option<&'t Limit>,
}

impl Finding<'_> {
    /// Whether nothing may be printed before it is mended.
    pub fn binds(&self) -> bool {
        self.limit.is_none_or(|limit| limit.binds)
    }
}

/// Reads a number as people write it, in hundredths: `24`, `12,000`, `7800.50`, `24个月`.
///
/// `None` for blank text and for what is no single number.
pub fn number(text: &str) -> Option<i64> {
    const UNITS: [&str; 8] = ["个月", "月", "元", "months", "month", "yuan", "％", "%"];
    let mut text = text.trim();
    for unit in UNITS {
        text = text.strip_suffix(unit).unwrap_or(text).trim_end();
    }
    let text: String = text.chars().filter(|c| !matches!(c, ',' | '，' | ' ' | '_')).collect();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 12 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let cents = format!("{part:0<2}").parse::<i64>().ok()?;
    Some(whole.parse::<i64>().ok()? * 100 + cents)
}

impl Limit {
    /// Whether it looks at numbers.
    fn counts(&self) -> bool {
        self.most.is_some() || self.least_percent.is_some() || self.most_times.is_some()
    }

    /// How many rules it has; one is right.
    fn rules(&self) -> usize {
        [self.counts(), self.not.is_some(), self.blank, self.given]
            .into_iter()
            .filter(|rule| *rule)
            .count()
    }

    /// Whether what was filled in goes beyond it.
    fn is_passed(&self, filled: &Filled) -> bool {
        let text = |id: &str| filled.get(id).map_or("", |text| text.trim());
        let value = |id: &str| number(text(id));
        if let Some(when) = &self.when
            && value(&when.field.id).is_none_or(|value| value <= when.over * 100)
        {
            return false;
        }
        let own = text(&self.field.id);
        if self.blank {
            return !own.is_empty();
        }
        if self.given {
            return own.is_empty();
        }
        if let Some(not) = &self.not {
            return own == not.id;
        }
        let Some(own) = number(own).map(i128::from) else { return false };
        // Hundredths times hundredths are brought back to hundredths, step by step.
        let product = self
            .of
            .iter()
            .try_fold(100_i128, |product, of| Some(product * i128::from(value(&of.id)?) / 100));
        if let Some(most) = self.most {
            return own > i128::from(most) * 100;
        }
        let Some(product) = product else { return false };
        if let Some(percent) = self.least_percent {
            return own * 100 < product * i128::from(percent);
        }
        self.most_times.is_some_and(|times| own > product * i128::from(times))
    }
}

impl Template {
    /// A field by its name.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.field.iter().find(|field| field.id.id == id)
    }

    /// What is to be said of what was filled in, those that bind first.
    pub fn check(&self, filled: &Filled) -> Vec<Finding<'_>> {
        let mut found = Vec::new();
        let counted = |field: &&Field| {
            let id = &field.id.id;
            self.limit.iter().any(|limit| {
                let own = limit.counts() && limit.field.id == *id;
                let when = limit.when.as_ref().is_some_and(|when| when.field.id == *id);
                own || when || limit.of.iter().any(|of| of.id == *id)
            })
        };
        for field in self.field.iter().filter(counted) {
            let text = filled.get(&field.id.id).map_or("", |text| text.trim());
            if !text.is_empty() && number(text).is_none() {
                found.push(Finding { field, limit: None });
            }
        }
        for limit in self.limit.iter().filter(|limit| limit.is_passed(filled)) {
            if let Some(field) = self.field(&limit.field.id) {
                found.push(Finding { field, limit: Some(limit) });
            }
        }
        found.sort_by_key(|finding| !finding.binds());
        found
    }

    fn texts(&self) -> impl Iterator<Item = &Text> {
        let clauses = self.clause.iter().flat_map(|clause| [&clause.name, &clause.text]);
        [&self.title, &self.says].into_iter().chain(&self.text).chain(&self.note).chain(clauses)
    }
}

fn named(text: &str) -> BTreeSet<&str> {
    let names = pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Field(name) => Some(name),
        Piece::Words(_) => None,
    });
    names.collect()
}

/// One template: names, both languages with the same fields, bases, one rule a limit, nothing unused.
pub(crate) fn check(read: &Read<'_, Template>, catalog: &Catalog, faults: &mut Vec<Fault>) {
    let of = &read.value;
    let mut problems: Vec<(usize, Problem)> = Vec::new();
    if stem(read.file.path) != of.id {
        problems.push((0, Problem::Misnamed(of.id.clone())));
    }
    if catalog.handbook().page(&of.page.id).is_none() {
        let id = of.page.id.clone();
        problems.push((of.page.at, Problem::Unknown { kind: "page", id }));
    }
    let names: Vec<&Ref> = of.field.iter().map(|field| &field.id).collect();
    problems.extend(twins(&names).map(|(at, id)| (at, Problem::Twice(id))));
    let mut used: BTreeSet<&str> = of.rows.iter().map(|row| &*row.id).collect();
    for text in of.texts() {
        let at = read.file.text.find(&*text.zh).unwrap_or(0);
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| named(text.get(lang)));
        let one = zh.symmetric_difference(&en);
        problems.extend(one.map(|name| (at, Problem::OneLanguage(format!("{{{name}}}")))));
        let unknown = zh.intersection(&en).filter(|name| of.field(name).is_none());
        problems.extend(
            unknown.map(|name| (at, Problem::Unknown { kind: "field", id: (*name).to_owned() })),
        );
        used.extend(zh);
    }
    let limits = of.limit.iter().flat_map(|limit| {
        let when = limit.when.iter().map(|when| &when.field);
        [&limit.field].into_iter().chain(&limit.of).chain(when)
    });
    used.extend(limits.clone().map(|field| &*field.id));
    for field in of.rows.iter().chain(limits).filter(|field| of.field(&field.id).is_none()) {
        problems.push((field.at, Problem::Unknown { kind: "field", id: field.id.clone() }));
    }
    for field in of.field.iter().filter(|field| !used.contains(&*field.id.id)) {
        let id = field.id.id.clone();
        problems.push((field.id.at, Problem::Unused { kind: "field", id }));
    }
    for limit in &of.limit {
        if limit.rules() != 1 {
            problems.push((limit.field.at, Problem::Rule(limit.field.id.clone())));
        }
        let choices = of.field(&limit.field.id).map_or(&[][..], |field| &field.choice);
        if let Some(not) = &limit.not
            && !choices.iter().any(|choice| choice.id.id == not.id)
        {
            problems.push((not.at, Problem::Unknown { kind: "choice", id: not.id.clone() }));
        }
    }
    let cites = of.cites.iter().chain(of.limit.iter().map(|limit| &limit.cites));
    for cite in cites.filter(|cite| catalog.norms().cited(cite).is_none()) {
        problems.push((cite.at, Problem::UnknownCite(cite.to_string())));
    }
    let fields = of.field.iter().flat_map(|field| {
        let choices = field.choice.iter().map(|choice| &choice.name);
        [&field.name].into_iter().chain(&field.hint).chain(choices)
    });
    let limits = of.limit.iter().map(|limit| &limit.says);
    for text in of.texts().chain(fields).chain(limits).chain(&of.sign) {
        if !is_both(&text.zh, &text.en) {
            let at = read.file.text.find(&*text.zh).unwrap_or(0);
            problems.push((at, Problem::OneLanguage(format!("{} / {}", text.zh, text.en))));
        }
    }
    faults.extend(problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}
