//! What is done about alerts: running the rules, giving an alert to somebody, telling companies,
//! closing it.

use axum::extract::{Path, State};
use axum::response::Response;
use office::matter_words;
use store::read::WarningRow;

use super::{LIST, entry, title};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form};
use crate::input::{Errors, Input, Posted};
use crate::list::{Cell, Table};
use crate::pages::submit;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, thousands};
use crate::visitor::Member;

/// What the rules that are on would raise now, to be looked at first.
fn run_form(desk: &Desk) -> Result<Form, Problem> {
    let found = desk.office().foresee(&desk.reader, None)?;
    let heads = [("w-rule", ""), ("w-col-matter", ""), ("w-risk-companies", "n")];
    let rows = found.iter().map(|one| {
        let matter = match office::matter_number(&one.matter) {
            Some(no) => Cell::link(href(no), desk.name(no)),
            None => Cell::text(matter_words(desk.lang(), &one.matter)),
        };
        vec![
            Cell::text(desk.law(&one.rule.title)),
            matter,
            Cell::text(thousands(one.companies.len() as u64)),
        ]
    });
    let table = Table::new(desk, &heads).with(rows);
    let mut form = Form::new(desk, "w-warnings-run", "/warnings/run".into(), "w-warnings-raise")
        .crumb(desk, LIST.0, LIST.1);
    let on = desk.office().rule_standings(&desk.reader)?.iter().filter(|one| one.on).count();
    form.lead = match (on, found.len()) {
        (0, _) => desk.t("w-warnings-run-off"),
        (_, 0) => desk.t("w-warnings-run-none"),
        (on, n) => {
            desk.tr("w-warnings-run-lead", &[("on", &on.to_string()), ("n", &thousands(n as u64))])
        }
    };
    form.closed = found.is_empty();
    if !found.is_empty() {
        form.above.push((desk.t("w-warnings-would"), table));
    }
    Ok(form)
}

/// `GET /warnings/run`.
pub(crate) async fn run(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, move |desk| {
        run_form(desk)?.page(desk, Section::Warnings, &Input::default(), &Errors::new())
    })
    .await
}

/// `POST /warnings/run`.
pub(crate) async fn send_run(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let mut quiet = false;
        let reply = submit(
            desk,
            Section::Warnings,
            &posted,
            |desk, _| run_form(desk),
            |r| {
                let receipt = desk.office().raise_warnings(&r.ask())?;
                quiet = receipt.is_none();
                Ok(receipt.map(|receipt| ("/warnings".to_owned(), receipt)))
            },
        )?;
        // Nothing new is no fault: the list says what there is.
        Ok(if quiet { reply::see_other("/warnings?view=open") } else { reply })
    })
    .await
}

/// What is done to an alert.
#[derive(Clone, Copy)]
enum Deed {
    Assign,
    Tell,
    Close,
}

impl Deed {
    fn of(word: &str) -> Result<Self, Problem> {
        match word {
            "assign" => Ok(Self::Assign),
            "tell" => Ok(Self::Tell),
            "close" => Ok(Self::Close),
            _ => Err(Problem::NotFound),
        }
    }

    fn make(self, desk: &Desk, row: &WarningRow, input: &Input) -> Result<Form, Problem> {
        let (word, heading, act) = match self {
            Self::Assign => ("assign", "w-assign-warning", "w-do-write"),
            Self::Tell => ("tell", "w-tell-warning", "w-do-send"),
            Self::Close => ("close", "w-close-warning", "w-do-write"),
        };
        let action = format!("{}/{word}", href(row.no));
        let form = Form::new(desk, heading, action, act)
            .crumb(desk, LIST.0, LIST.1)
            .about(desk, row.no)
            .lead(title(desk, row));
        Ok(match self {
            Self::Assign => form
                .ask(
                    Field::text(desk, "unit", "field-unit", input)
                        .hint(desk, "w-warning-unit-hint"),
                )
                .ask(Field::day(desk, "due", "field-due", input)),
            Self::Tell => {
                let letter = desk.office().warning_letter(row)?;
                let told = desk.reader.warning_letters(row.no)?;
                let mut left = Vec::new();
                for (company, name) in desk.reader.warned(row.no)? {
                    let links = desk.reader.joined_links(company)?;
                    if links.iter().any(|link| told.iter().all(|(of, _)| of != link)) {
                        left.push(vec![Cell::link(href(company), name).sub(company.to_string())]);
                    }
                }
                let mut form = form.lead(desk.n("w-tell-warning-lead", left.len()));
                form.closed = left.is_empty();
                let words = Table::new(desk, &[("w-warning-letter", "")])
                    .with([vec![Cell::text(letter.text)]]);
                form.above.push((letter.subject, words));
                let to = Table::new(desk, &[("field-company", "")]).with(left);
                form.above.push((desk.t("w-tell-warning-to"), to));
                form
            }
            Self::Close => {
                let choices = [("yes", "warning-useful"), ("no", "warning-not-useful")];
                let choices = choices
                    .map(|(word, key)| Choice::new(word, desk.t(key), input.has("useful", word)));
                form.ask(Field::radio(desk, "useful", "w-warning-was", choices.into(), input))
                    .ask(Field::day(desk, "happened", "field-happened", input))
                    .ask(Field::area(desk, "why", "w-warning-outcome", input))
            }
        })
    }
}

fn open(desk: &Desk, no: &str) -> Result<WarningRow, Problem> {
    let row = entry(desk, no)?;
    match row.closed {
        Some(_) => Err(office::Trouble::from(domain::Refusal::Ended(row.no)).into()),
        None => Ok(row),
    }
}

/// `GET /warnings/YJ-0001/assign`, `…/tell`, `…/close`.
pub(crate) async fn deed(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, word)): Path<(String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (row, deed) = (open(desk, &no)?, Deed::of(&word)?);
        let input = Input::of([
            ("happened", desk.today().to_string()),
            ("due", row.due.max(desk.today()).to_string()),
            ("unit", row.unit.clone().unwrap_or_default()),
        ]);
        deed.make(desk, &row, &input)?.page(desk, Section::Warnings, &input, &Errors::new())
    })
    .await
}

/// `POST` of the same.
pub(crate) async fn send_deed(
    State(app): State<App>,
    Path((no, word)): Path<(String, String)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let (row, deed) = (entry(desk, &no)?, Deed::of(&word)?);
        let no = row.no;
        if let Deed::Tell = deed {
            let ask = crate::input::Reading::new(desk, &posted.input).ask();
            desk.office().tell_warning(&ask, no)?;
            return Ok(reply::see_other(&href(no)));
        }
        submit(
            desk,
            Section::Warnings,
            &posted,
            |desk, input| deed.make(desk, &row, input),
            |r| {
                let office = desk.office();
                let receipt = if let Deed::Assign = deed {
                    let (unit, due) = (r.must_text("unit", "field-unit"), r.must_day("due"));
                    let (Some(due), true) = (due, r.is_right()) else {
                        return Ok(None);
                    };
                    office.assign_warning(&r.ask(), no, unit, due)?
                } else {
                    let useful = r.must_term("useful", |word| match word {
                        "yes" => Some(true),
                        "no" => Some(false),
                        _ => None,
                    });
                    let happened = r.must_day("happened");
                    let why = r.must_text("why", "w-warning-outcome");
                    let (Some(useful), Some(happened), true) = (useful, happened, r.is_right())
                    else {
                        return Ok(None);
                    };
                    office.close_warning(&r.ask(), no, useful, happened, why)?
                };
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}
