//! Documents of a procedure: what each of its papers says, and which of that a case's record knows.
//!
//! A document is printed, signed and filed as the item of the same name. Its fields are asked for
//! once: what one document of a case says stands ready in the next. `volume` says in which order
//! the items lie in the file that is handed over or archived.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::check::{is_both, twins};
use crate::procedure::Procedure;
use crate::read::{Catalog, Fault, Problem, Read, stem};
use crate::text::{Lang, Ref, Text};

/// Fields and signers that documents of several procedures share.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Common {
    /// The fields.
    pub field: Vec<Field>,
    /// Who signs.
    pub signer: Vec<Signer>,
}

/// The documents of one procedure.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Documents {
    /// The procedure, which is also the name of the file.
    pub procedure: Ref,
    /// Items that others make, or that are no papers: nothing is printed for them.
    pub others: Vec<Ref>,
    /// What only its own documents ask for.
    #[serde(default)]
    pub field: Vec<Field>,
    /// Who signs only here.
    #[serde(default)]
    pub signer: Vec<Signer>,
    /// What it shares with other procedures.
    #[serde(skip)]
    pub common: Common,
    /// The documents.
    pub document: Vec<Document>,
    /// The volumes of the file.
    pub volume: Vec<Volume>,
}

/// Something that documents say.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
    /// Where the record has it; a person may put it otherwise.
    pub from: Option<Origin>,
    /// Lines of a text; 1 for a word or two.
    #[serde(default = "one")]
    pub lines: u8,
    /// What to write.
    pub hint: Option<Text>,
}

fn one() -> u8 {
    1
}

/// Where the record of a case has something.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Origin {
    /// The case's number.
    Number,
    /// Its title.
    Title,
    /// Where it came from.
    Source,
    /// When it came.
    Received,
    /// The office in charge.
    Unit,
    /// The person in charge.
    Handler,
    /// What is known of it.
    Known,
    /// The company whose secret it is about.
    Company,
    /// The company's code.
    Code,
    /// Who prints.
    Author,
    /// The day of printing.
    Today,
    /// What is in the file, with its dates.
    File,
    /// The day of the last such step.
    Step(String),
    /// The end of a clock.
    Clock(String),
}

impl Origin {
    const PLAIN: [(&'static str, Self); 12] = [
        ("number", Self::Number),
        ("title", Self::Title),
        ("source", Self::Source),
        ("received", Self::Received),
        ("unit", Self::Unit),
        ("handler", Self::Handler),
        ("known", Self::Known),
        ("company", Self::Company),
        ("code", Self::Code),
        ("author", Self::Author),
        ("today", Self::Today),
        ("file", Self::File),
    ];
}

impl TryFrom<String> for Origin {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if let Some((_, known)) = Self::PLAIN.iter().find(|(word, _)| *word == text) {
            return Ok(known.clone());
        }
        match text.split_once('.') {
            Some(("step", id)) => Ok(Self::Step(id.to_owned())),
            Some(("clock", id)) => Ok(Self::Clock(id.to_owned())),
            _ => {
                let known: Vec<_> = Self::PLAIN.iter().map(|(word, _)| *word).collect();
                Err(format!(
                    "{text:?} is nothing that a record has: write step.NAME, clock.NAME or one of {}",
                    known.join(", ")
                ))
            }
        }
    }
}

/// Who signs a document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signer {
    /// Its name in the data.
    pub id: Ref,
    /// What stands beside the line.
    pub name: Text,
}

/// A document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The item it becomes when it is signed.
    pub item: Ref,
    /// The field that says to whom it goes.
    pub to: Option<Ref>,
    /// What it says, with the names of fields in braces.
    pub text: Option<Text>,
    /// Fields that stand in a table.
    #[serde(default)]
    pub rows: Vec<Ref>,
    /// What its reader may do about it.
    pub rights: Option<Text>,
    /// Who signs.
    #[serde(default)]
    pub sign: Vec<Ref>,
}

/// A volume of a file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Volume {
    /// Its name in the data.
    pub id: Ref,
    /// Its name for people.
    pub name: Text,
    /// Its items in their order. What no volume names comes at the end of the first.
    pub items: Vec<Ref>,
}

/// A text cut at its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Words(&'a str),
    /// The name of a field.
    Field(&'a str),
}

/// Cuts a text at the names in braces. A brace that is never closed stays a word.
///
/// ```
/// use catalog::document::{Piece, pieces};
/// let cut = pieces("对{party}立案");
/// assert_eq!(cut, [Piece::Words("对"), Piece::Field("party"), Piece::Words("立案")]);
/// ```
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut list = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, next)) = after.split_once('}') else { break };
        if !before.is_empty() {
            list.push(Piece::Words(before));
        }
        list.push(Piece::Field(name));
        rest = next;
    }
    if !rest.is_empty() {
        list.push(Piece::Words(rest));
    }
    list
}

fn named(text: Option<&Text>, lang: Lang) -> impl Iterator<Item = &str> {
    pieces(text.map_or("", |text| text.get(lang))).into_iter().filter_map(|piece| match piece {
        Piece::Field(name) => Some(name),
        Piece::Words(_) => None,
    })
}

impl Document {
    /// The names of its fields in the order in which they are asked for, each once.
    pub fn fields(&self) -> Vec<&str> {
        let to = self.to.iter().map(|field| &*field.id);
        let rows = self.rows.iter().map(|field| &*field.id);
        let mut list: Vec<&str> = Vec::new();
        let texts =
            named(self.text.as_ref(), Lang::Zh).chain(named(self.rights.as_ref(), Lang::Zh));
        for name in to.chain(rows).chain(texts) {
            if !list.contains(&name) {
                list.push(name);
            }
        }
        list
    }
}

impl Documents {
    /// A field by its name.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.field.iter().chain(&self.common.field).find(|field| field.id.id == id)
    }

    /// A signer by its name.
    pub fn signer(&self, id: &str) -> Option<&Signer> {
        self.signer.iter().chain(&self.common.signer).find(|signer| signer.id.id == id)
    }

    /// The document that becomes an item.
    pub fn document(&self, item: &str) -> Option<&Document> {
        self.document.iter().find(|document| document.item.id == item)
    }

    /// Where an item lies in the file: the number of its volume and its place there. What no
    /// volume names lies behind all others of the first.
    pub fn place(&self, item: &str) -> (usize, usize) {
        let found = self.volume.iter().enumerate().find_map(|(volume, list)| {
            let place = list.items.iter().position(|known| known.id == item)?;
            Some((volume, place))
        });
        found.unwrap_or((0, usize::MAX))
    }
}

/// Fields and signers of one file.
type Own<'a> = (&'a [Field], &'a [Signer]);

fn names<'a>((fields, signers): Own<'a>) -> impl Iterator<Item = &'a Ref> {
    let fields = fields.iter().map(|field| &field.id);
    fields.chain(signers.iter().map(|signer| &signer.id))
}

fn texts<'a>((fields, signers): Own<'a>) -> impl Iterator<Item = (usize, &'a Text)> {
    let fields = fields.iter().flat_map(|field| {
        let texts = [&field.name].into_iter().chain(&field.hint);
        texts.map(|text| (field.id.at, text))
    });
    fields.chain(signers.iter().map(|signer| (signer.id.at, &signer.name)))
}

impl Document {
    fn texts(&self) -> impl Iterator<Item = (usize, &Text)> {
        self.text.iter().chain(&self.rights).map(|text| (self.item.at, text))
    }

    /// All fields and signers that it names.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.fields().into_iter().chain(self.sign.iter().map(|signer| &*signer.id))
    }
}

fn unknown(kind: &'static str, of: &Ref) -> (usize, Problem) {
    (of.at, Problem::Unknown { kind, id: of.id.clone() })
}

fn not_both((at, text): (usize, &Text)) -> Option<(usize, Problem)> {
    let problem = || Problem::OneLanguage(format!("{} / {}", text.zh, text.en));
    (!is_both(&text.zh, &text.en)).then(|| (at, problem()))
}

/// What is named by no document.
fn unused(of: Own<'_>, used: &BTreeSet<&str>) -> Vec<(usize, Problem)> {
    let unused = names(of).filter(|name| !used.contains(&*name.id));
    let problem = |name: &Ref| Problem::Unused { kind: "field", id: name.id.clone() };
    unused.map(|name| (name.at, problem(name))).collect()
}

/// The shared fields and signers: each is used somewhere.
pub(crate) fn check_common(read: &Read<'_, Common>, all: &[Documents], faults: &mut Vec<Fault>) {
    let documents = all.iter().flat_map(|file| &file.document);
    let used: BTreeSet<&str> = documents.flat_map(Document::names).collect();
    let own: Own<'_> = (&read.value.field, &read.value.signer);
    let mut problems = unused(own, &used);
    let names: Vec<&Ref> = names(own).collect();
    problems.extend(twins(&names).map(|(at, id)| (at, Problem::Twice(id))));
    problems.extend(texts(own).filter_map(not_both));
    faults.extend(problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}

/// The documents of a procedure: each item has one or is said to be others', and each name is known.
pub(crate) fn check(read: &Read<'_, Documents>, catalog: &Catalog, faults: &mut Vec<Fault>) {
    let file = &read.value;
    let mut problems: Vec<(usize, Problem)> = Vec::new();
    if stem(read.file.path) != file.procedure.id {
        problems.push((0, Problem::Misnamed(file.procedure.id.clone())));
    }
    let versions: Vec<&Procedure> =
        catalog.procedures().iter().filter(|one| one.id == file.procedure.id).collect();
    if versions.is_empty() {
        problems.push(unknown("procedure", &file.procedure));
    }
    let own: Own<'_> = (&file.field, &file.signer);
    let common: Own<'_> = (&file.common.field, &file.common.signer);
    let fields: Vec<&Ref> = names(own).chain(names(common)).collect();
    let made: Vec<&Ref> =
        file.document.iter().map(|document| &document.item).chain(&file.others).collect();
    let placed: Vec<&Ref> = file.volume.iter().flat_map(|volume| &volume.items).collect();
    let twice = twins(&fields).chain(twins(&made)).chain(twins(&placed));
    problems.extend(twice.map(|(at, id)| (at, Problem::Twice(id))));
    for item in made.iter().chain(&placed) {
        if versions.iter().all(|one| one.item(&item.id).is_none()) {
            problems.push(unknown("item", item));
        }
    }
    for item in versions.iter().flat_map(|one| &one.item) {
        if made.iter().all(|known| known.id != item.id.id) {
            problems.push((0, Problem::NoDocument(item.id.id.clone())));
        }
    }
    for document in &file.document {
        let fields = document.to.iter().chain(&document.rows);
        let fields = fields.filter(|field| file.field(&field.id).is_none());
        problems.extend(fields.map(|field| unknown("field", field)));
        let signers = document.sign.iter().filter(|of| file.signer(&of.id).is_none());
        problems.extend(signers.map(|signer| unknown("signer", signer)));
        for (at, text) in document.texts() {
            let [zh, en] =
                [Lang::Zh, Lang::En].map(|lang| named(Some(text), lang).collect::<BTreeSet<_>>());
            let one = zh.symmetric_difference(&en);
            problems.extend(one.map(|name| (at, Problem::OneLanguage(format!("{{{name}}}")))));
            let names = zh.intersection(&en).filter(|name| file.field(name).is_none());
            problems.extend(
                names.map(|name| (at, Problem::Unknown { kind: "field", id: (*name).to_owned() })),
            );
        }
    }
    let used: BTreeSet<&str> = file.document.iter().flat_map(Document::names).collect();
    problems.extend(unused(own, &used));
    for field in file.field.iter().chain(&file.common.field) {
        let has = |one: &Procedure| match &field.from {
            Some(Origin::Step(id)) => one.step(id).is_some(),
            Some(Origin::Clock(id)) => one.deadline.iter().any(|row| row.id.id == *id),
            _ => true,
        };
        if used.contains(&*field.id.id) && !versions.iter().any(|one| has(one)) {
            problems.push(unknown("origin", &field.id));
        }
    }
    let volumes = file.volume.iter().map(|volume| (volume.id.at, &volume.name));
    let texts = texts(own).chain(volumes);
    let texts = texts.chain(file.document.iter().flat_map(Document::texts));
    problems.extend(texts.filter_map(not_both));
    faults.extend(problems.into_iter().map(|(at, problem)| read.file.fault(at, problem)));
}
