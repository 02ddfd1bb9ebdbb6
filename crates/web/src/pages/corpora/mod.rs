//! 公开语料: which there are, what each holds, and taking one away.

pub(crate) mod add;

use axum::extract::{Path, State};
use axum::response::Response;
use domain::terms::Action;
use domain::{Number, Series};
use store::read::CorpusRow;

use super::{number, submit};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form};
use crate::input::{Errors, Input, Posted};
use crate::list::{Act, Cell, List, Table};
use crate::problem::Problem;
use crate::shell::{Section, thousands};
use crate::show::{self, Status};
use crate::thing::Thing;
use crate::visitor::Member;

fn status(desk: &Desk, row: &CorpusRow) -> Status {
    if row.removed {
        Status::new("part", desk.t("w-corpus-taken-away"))
    } else if desk.office().has_corpus(&row.digest) {
        Status::new("ok", desk.t("w-corpus-stands"))
    } else {
        Status::new("bad", desk.t("w-corpus-absent"))
    }
}

fn days(row: &CorpusRow) -> String {
    row.days.map_or_else(show::nothing, |[first, last]| format!("{first} – {last}"))
}

/// `GET /corpora`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let heads = [
            ("w-col-no", ""),
            ("w-corpus-name", ""),
            ("w-corpus-state", ""),
            ("w-corpus-documents", "n"),
            ("w-corpus-size", "n p2"),
            ("w-corpus-days", "p2"),
            ("w-corpus-faults", "n p2"),
            ("w-corpus-added", "p2"),
        ];
        let rows = desk.reader.corpora()?;
        let table = Table::new(desk, &heads).with(rows.iter().map(|row| {
            vec![
                Cell::link(href(row.no), row.no.to_string()),
                Cell::text(row.name.clone())
                    .sub(desk.t(&format!("corpus-sort-{}", row.sort.word()))),
                Cell::status(status(desk, row)),
                Cell::text(thousands(row.documents)),
                Cell::text(show::size(row.bytes)),
                Cell::text(days(row)),
                Cell::text(thousands(row.faults)),
                Cell::text(desk.minute(row.at)),
            ]
        }));
        let mut list = List::new(desk, "/corpora", "w-nav-corpora", table);
        list.lead = desk.t("w-corpora-lead");
        list.none = (desk.t("w-corpora-empty"), desk.t("w-corpora-empty-why"));
        list.acts.push(Act::new(desk, "/public-checks", "w-nav-public-checks"));
        if desk.may(Action::KeepMatches) {
            list.acts.push(Act::new(desk, "/corpora/new", "w-corpus-new").first());
        }
        list.above.extend(desk.app.corpora.table(desk, &add::WORDS));
        list.page(desk, Section::Corpora)
    })
    .await
}

/// `GET /corpora/YL-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Corpus)?;
        let row = desk.reader.corpus(no)?.ok_or(Problem::NotFound)?;
        let crumb = ("/corpora", "w-nav-corpora");
        let mut thing = Thing::new(desk, no, crumb, row.name.clone())?;
        thing.lead = status(desk, &row).text;
        let keeps = desk.may(Action::KeepMatches) && !row.removed;
        if keeps {
            thing.acts.push(Act::new(desk, "/public-checks/new", "w-pubcheck-new").first());
            thing.acts.push(Act::new(desk, format!("{}/remove", href(no)), "w-corpus-remove"));
        }
        let sort = desk.t(&format!("corpus-sort-{}", row.sort.word()));
        let guarantee =
            [("n", &*row.guaranteed.to_string()), ("zh", &*(row.guaranteed / 3).to_string())];
        for (label, words) in [
            ("w-corpus-sort", sort),
            ("w-corpus-source", row.source.clone().unwrap_or_default()),
            ("w-corpus-claimed", row.day.map(|day| day.to_string()).unwrap_or_default()),
            ("w-corpus-documents", thousands(row.documents)),
            ("w-corpus-size", show::size(row.bytes)),
            ("w-corpus-days", days(&row)),
            ("w-corpus-undated", thousands(row.undated)),
            ("w-corpus-read", thousands(row.files)),
            ("w-corpus-faults", thousands(row.faults)),
            ("w-corpus-prints", thousands(row.fingerprints)),
            ("w-corpus-guarantee", desk.tr("w-corpus-guarantee-is", &guarantee)),
            ("w-corpus-digest", row.digest.clone()),
            ("w-corpus-manifest", row.manifest.clone()),
        ] {
            thing.fact(desk, label, words);
        }
        let checks = desk.reader.public_checks(None)?;
        let asked = checks.iter().filter(|check| check.corpora.contains(&no));
        let heads = [("w-col-no", ""), ("w-pubcheck-secret", ""), ("w-pubcheck-result", "")];
        let table = Table::new(desk, &heads).with(asked.map(|check| {
            vec![
                Cell::link(href(check.no), check.no.to_string()),
                Cell::text(desk.names(&[check.secret])),
                Cell::status(super::public_checks::status(desk, check)),
            ]
        }));
        thing.table(desk, "w-corpus-checks", table, "w-corpus-checks-none");
        thing.page(desk, Section::Corpora)
    })
    .await
}

fn make_removal(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    desk.reader.corpus(no)?.filter(|row| !row.removed).ok_or(Problem::NotFound)?;
    let action = format!("{}/remove", href(no));
    Ok(Form::new(desk, "w-corpus-remove-title", action, "w-corpus-do-remove")
        .lead(desk.t("w-corpus-remove-lead"))
        .crumb(desk, "/corpora", "w-nav-corpora")
        .about(desk, no)
        .danger()
        .ask(Field::area(desk, "why", "field-why", input)))
}

/// `GET /corpora/YL-0001/remove`.
pub(crate) async fn remove(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Corpus)?;
        let input = Input::default();
        make_removal(desk, no, &input)?.page(desk, Section::Corpora, &input, &Errors::new())
    })
    .await
}

/// `POST /corpora/YL-0001/remove`.
pub(crate) async fn send_remove(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Corpus)?;
        submit(
            desk,
            Section::Corpora,
            &posted,
            |desk, input| make_removal(desk, no, input),
            |r| {
                let why = r.must_text("why", "field-why");
                if !r.is_right() {
                    return Ok(None);
                }
                let receipt = desk.office().remove_corpus(&r.ask(), no, why)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}
