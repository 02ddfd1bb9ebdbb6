//! 导入名录: a table of companies on its way into the directory: which column is what, what each
//! row would do, and then all of it at once.

use std::io::Read as _;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use office::{Column, CompanyChange, Intake, Outcome, Table, Trouble, tags_words};

use super::written;
use crate::desk::{App, Desk, at_desk};
use crate::form::{Choice, Field, Form};
use crate::input::{Errors, Input, Posted, Reading};
use crate::problem::{Problem, words_of};
use crate::reply;
use crate::shell::{Section, Shell, thousands};
use crate::visitor::Member;

/// Rows shown of each fate.
const SHOWN: usize = 50;
/// The longest file that is read; the reader of tables says what is wrong with a longer one.
const FILE_BYTES_MAX: u64 = 64 << 20;

#[derive(Template)]
#[template(path = "pages/intake/check.html")]
struct Check {
    s: Shell,
    key: String,
    file: String,
    columns: Vec<Heading>,
    fault: String,
    figures: Vec<(String, String)>,
    fates: Vec<Fate>,
    can_take: bool,
    has_refused: bool,
}

/// A column of the table: its heading, and what it may be taken for.
struct Heading {
    name: String,
    heading: String,
    choices: Vec<Choice>,
}

/// The rows of one fate, or the first of them.
struct Fate {
    title: String,
    id: &'static str,
    rows: Vec<(u32, String, String)>,
    more: String,
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    Ok(Form::new(desk, "w-import", "/companies/import".into(), "w-next-look")
        .lead(desk.t("w-import-lead"))
        .crumb(desk, "/companies", "w-nav-companies")
        .aside(desk, &["w-import-aside", "w-import-aside-1", "w-import-aside-2"])
        .ask(Field::files(desk, "file", "w-import-file", input).hint(desk, "w-import-file-hint")))
}

/// `GET /companies/import`.
pub(crate) async fn form(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::default();
        make(desk, &input)?.page(desk, Section::Companies, &input, &Errors::new())
    })
    .await
}

/// `POST /companies/import`: looks at the table, gives the rows that are refused, or takes it in,
/// as `do` says.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let mut reading = Reading::new(desk, &posted.input);
        match table(&mut reading) {
            Ok(Some(table)) => return answer(desk, &posted, &table),
            Ok(None) => {}
            Err(trouble) => {
                reading.refused(trouble)?;
                reading.errors.iter_mut().for_each(|(field, _)| *field = "file".into());
            }
        }
        let errors = reading.errors;
        make(desk, &posted.input)?.page(desk, Section::Companies, &posted.input, &errors)
    })
    .await
}

/// The table that was sent, with its columns as they were chosen; `None` without a file, which the
/// reading notes.
fn table(reading: &mut Reading<'_>) -> Result<Option<Table>, Trouble> {
    let input = reading.input;
    let Some(upload) = input.files("file").last() else {
        reading.wrong("file", "w-choose-file");
        return Ok(None);
    };
    let mut bytes = Vec::new();
    let read = upload.open()?.take(FILE_BYTES_MAX).read_to_end(&mut bytes);
    read.map_err(|source| Trouble::Disk { path: upload.name.clone().into(), source })?;
    let mut table = Table::read(&bytes)?;
    if !input.get("column-0").is_empty() {
        for at in 0..table.columns.len() {
            table.columns[at] = None;
            table.take(at, Column::from_word(input.get(&format!("column-{at}"))));
        }
    }
    Ok(Some(table))
}

fn answer(desk: &Desk, posted: &Posted, table: &Table) -> Result<Response, Problem> {
    if posted.input.get("do") == "take" {
        let ask = Reading::new(desk, &posted.input).ask();
        let (receipt, _) = desk.office().import(&ask, &desk.reader, table)?;
        posted.session.drop_uploads(&posted.input.all_files());
        return Ok(written("/companies", &receipt));
    }
    // A table without a column for the name is shown all the same, so that it can be chosen.
    let (intake, fault) = match desk.office().intake(&desk.reader, table) {
        Ok(intake) => (intake, String::new()),
        Err(trouble) if trouble.sort() == office::Sort::Refused => {
            (Intake { rows: Vec::new() }, words_of(desk.lang(), &trouble))
        }
        Err(trouble) => return Err(trouble.into()),
    };
    if posted.input.get("do") == "refused" {
        let reason = desk.t("intake-reason");
        let text = table.refused_rows(&intake, &reason, |trouble| words_of(desk.lang(), trouble));
        return Ok(reply::file("text/csv; charset=utf-8", "refused.csv", text.into_bytes()));
    }
    let counts = intake.counts();
    let figures = Outcome::WORDS.iter().zip(counts);
    let file = posted.input.files("file").last();
    let page = Check {
        key: hex::encode(desk.office().random::<16>()),
        file: file.map(|file| file.id.clone()).unwrap_or_default(),
        columns: headings(desk, table),
        figures: figures
            .map(|(word, n)| (thousands(n as u64), desk.t(&format!("intake-{word}"))))
            .collect(),
        fates: fates(desk, &intake),
        can_take: fault.is_empty() && counts[0] + counts[1] > 0,
        has_refused: counts[3] > 0,
        fault,
        s: desk.shell(Section::Companies)?,
    };
    reply::html(&page)
}

fn headings(desk: &Desk, table: &Table) -> Vec<Heading> {
    let pairs = table.columns.iter().zip(&table.headings).enumerate();
    pairs
        .map(|(at, (column, heading))| {
            let word = column.map_or("left-out", Column::word);
            let words = ["left-out"].into_iter().chain(Column::ALL.map(Column::word));
            let choices = words
                .map(|one| Choice::new(one, desk.t(&format!("column-{one}")), one == word))
                .collect();
            let heading = match heading.is_empty() {
                true => desk.n("w-column-no", at + 1),
                false => heading.clone(),
            };
            Heading { name: format!("column-{at}"), heading, choices }
        })
        .collect()
}

/// The rows that are refused, those that change something, and those that are new.
fn fates(desk: &Desk, intake: &Intake) -> Vec<Fate> {
    [(3, "refused"), (1, "revised"), (0, "new")]
        .into_iter()
        .filter_map(|(at, id)| {
            let of = intake.rows.iter().filter(|row| row.outcome.at() == at);
            let rows: Vec<_> = of
                .clone()
                .take(SHOWN)
                .map(|row| (row.line, row.name.clone(), fate(desk, &row.outcome)))
                .collect();
            let more = of.count() - rows.len();
            (!rows.is_empty()).then(|| Fate {
                title: desk.t(&format!("intake-{id}")),
                id,
                rows,
                more: if more > 0 { desk.n("w-and-more", more) } else { String::new() },
            })
        })
        .collect()
}

fn fate(desk: &Desk, outcome: &Outcome) -> String {
    match outcome {
        Outcome::New(form) => {
            let known = [&form.code, &form.field, &form.park, &form.street];
            let known: Vec<&str> = known.into_iter().flatten().map(String::as_str).collect();
            known.join(&desk.t("w-comma"))
        }
        Outcome::Revised(change) => changed(desk, change),
        Outcome::Same(no) => no.to_string(),
        Outcome::Refused(trouble) => words_of(desk.lang(), trouble),
    }
}

fn changed(desk: &Desk, change: &CompanyChange) -> String {
    let kind = change.kind.map(|kind| desk.t(&format!("company-{}", kind.word())));
    let tags = change.tags.as_deref().map(|tags| tags_words(desk.lang(), tags));
    let contact = change.contact.as_ref().map(|_| desk.t("w-sealed-anew"));
    let words = desk.said_anew([
        ("field-name", change.name.as_deref()),
        ("field-kind", kind.as_deref()),
        ("field-code", change.code.as_deref()),
        ("field-tags", tags.as_deref()),
        ("field-field", change.field.as_deref()),
        ("field-park", change.park.as_deref()),
        ("field-street", change.street.as_deref()),
        ("field-contact", contact.as_deref()),
    ]);
    format!("{} {words}", change.company)
}
