//! One case: clocks, what may be done next and what is missing for it, the file, what was done.

use axum::extract::{Path, State};
use axum::response::Response;
use catalog::procedure::{Form, Item, Procedure};
use catalog::standard::Cover;
use catalog::{Clock, Standing};
use domain::Series;
use office::OpenedCase;
use store::read::{CaseItemRow, CaseStepRow};
use words::law as words_of;

use super::{end_of, procedure_name, standing, state_name};
use crate::desk::{App, Desk, at_desk, href};
use crate::law::catalog;
use crate::list::{Act, Cell, Table};
use crate::pages::{number, papers, requests};
use crate::problem::Problem;
use crate::shell::Section;
use crate::show::{self, Status};
use crate::thing::Thing;
use crate::visitor::Member;

/// A kind of item by its name, in the procedure or among the items of evidence.
pub(super) fn item_of(procedure: &'static Procedure, id: &str) -> Option<&'static Item> {
    procedure.item(id).or_else(|| catalog().elements().item(id))
}

/// The name of an item or of a mark of the case.
pub(super) fn item_name(desk: &Desk, procedure: &'static Procedure, id: &str) -> String {
    let known = item_of(procedure, id).map(|item| desk.law(&item.name));
    known.unwrap_or_else(|| {
        let rule = procedure.rule.iter().find(|rule| rule.only_if.as_deref() == Some(id));
        rule.map_or_else(|| id.to_owned(), |rule| desk.law(&rule.name))
    })
}

fn roles(desk: &Desk, procedure: &'static Procedure, ids: &[catalog::Ref]) -> String {
    let name = |id: &catalog::Ref| {
        procedure.role(&id.id).map_or_else(|| id.id.clone(), |role| desk.law(&role.name))
    };
    ids.iter().map(name).collect::<Vec<_>>().join(&desk.t("w-comma"))
}

/// A step's day with its hour.
fn moment(row: &CaseStepRow) -> String {
    match row.minute {
        Some(minute) => format!("{} {:02}:{:02}", row.happened, minute / 60, minute % 60),
        None => row.happened.to_string(),
    }
}

fn clocks(desk: &Desk, opened: &OpenedCase) -> Result<(Table, usize), Problem> {
    let clocks = opened.clocks(desk.office().local_now()?);
    let late = |clock: &&Clock<'_>| matches!(clock.standing, Standing::Late | Standing::Lapsed);
    let late = clocks.iter().filter(late).count();
    let procedure = opened.procedure();
    let heads = [
        ("w-col-deadline", ""),
        ("w-col-end", ""),
        ("w-col-state", ""),
        ("w-col-binds", "p2"),
        ("w-col-basis", "p2"),
    ];
    let table = Table::new(desk, &heads).with(clocks.iter().map(|clock| {
        let counted = words_of::counted(desk.lang(), catalog(), procedure, clock);
        let cite = words_of::cite(desk.lang(), catalog().norms(), clock.cites);
        let mark = Status::new("", desk.t(&format!("law-mark-{}", clock.mark.key())));
        let place = format!("/deadlines?deadline={}/{}", procedure.id, clock.deadline.id.id);
        vec![
            Cell::link(place, desk.law(&clock.deadline.name)).sub(counted.join(" ")),
            Cell::text(end_of(desk, clock)),
            Cell::status(standing(desk, clock.standing)),
            Cell::text(roles(desk, procedure, std::slice::from_ref(&clock.deadline.who))),
            Cell { status: (clock.mark.key() != "seen").then_some(mark), ..Cell::text(cite) },
        ]
    }));
    Ok((table, late))
}

fn next_steps(desk: &Desk, opened: &OpenedCase) -> Result<Table, Problem> {
    let (procedure, papers) = (opened.procedure(), opened.papers());
    let mut choices = opened.case.choices(desk.office().local_now()?, &papers);
    choices.sort_by_key(|choice| (choice.refusal.is_some(), !choice.missing.is_empty()));
    let heads = [("w-col-step", ""), ("w-col-who", "p2"), ("w-col-missing", "")];
    Ok(Table::new(desk, &heads).with(choices.iter().map(|choice| {
        let name = desk.law(&choice.step.name);
        let cite = words_of::cite(desk.lang(), catalog().norms(), &choice.step.cites);
        let to = format!("{}/steps/{}", href(opened.row.no), choice.step.id.id);
        let missing: Vec<_> = choice
            .missing
            .iter()
            .map(|any| words_of::any_of(desk.lang(), procedure, any))
            .collect();
        let missing = missing.join(&desk.t("w-comma"));
        let last = match &choice.refusal {
            Some(refusal) => {
                Cell::text(words_of::refusal(desk.lang(), catalog(), procedure, refusal))
            }
            None if missing.is_empty() => Cell::status(Status::new("ok", desk.t("w-ready"))),
            None => Cell {
                status: Some(Status::new("due", desk.t("w-papers-lack"))),
                ..Cell::text(missing)
            },
        };
        let first = if choice.refusal.is_some() { Cell::text(name) } else { Cell::link(to, name) };
        vec![first.sub(cite), Cell::text(roles(desk, procedure, &choice.step.by)), last]
    })))
}

fn items(desk: &Desk, opened: &OpenedCase) -> Table {
    let heads = [
        ("field-item", ""),
        ("w-paper-day", "p2"),
        ("w-col-bears", ""),
        ("w-paper", ""),
        ("w-unfile", "p2"),
    ];
    let row = |row: &CaseItemRow| {
        let bears = |form: &Form| row.bears.iter().any(|word| word == form.key());
        let of = item_of(opened.procedure(), &row.item);
        let lacks: Vec<_> = of
            .map_or(&[][..], |item| &item.form)
            .iter()
            .filter(|form| !bears(form))
            .map(|form| desk.t(&format!("law-form-{}", form.key())))
            .collect();
        let form = if lacks.is_empty() {
            Cell::status(Status::new("ok", desk.t("w-form-good")))
        } else {
            let words = desk.tr("w-form-lacks", &[("what", &lacks.join(&desk.t("w-comma")))]);
            Cell::status(Status::new("due", words))
        };
        let at = href(opened.row.no);
        let paper = row.paper.map_or_else(
            || Cell::text(desk.t("w-original-elsewhere")),
            |no| {
                Cell::link(format!("{}/papers/{no}", href(opened.row.no)), desk.n("w-paper-no", no))
            },
        );
        vec![
            Cell::text(item_name(desk, opened.procedure(), &row.item))
                .sub(row.why.clone().unwrap_or_default()),
            Cell::text(show::day(row.happened)),
            form,
            paper,
            Cell::link(format!("{at}/unfile?item={}", row.item), desk.t("w-unfile")),
        ]
    };
    Table::new(desk, &heads).with(opened.items.iter().map(row))
}

fn log(desk: &Desk, opened: &OpenedCase) -> Result<Table, Problem> {
    let procedure = opened.procedure();
    let heads = [("w-col-step", ""), ("w-col-when", ""), ("w-col-who", "p2"), ("field-note", "p2")];
    let mut table = Table::new(desk, &heads);
    for row in &opened.steps {
        let name = procedure.step(&row.step).map(|step| desk.law(&step.name));
        let role = procedure.role(&row.role).map(|role| desk.law(&role.name));
        let planned = row.planned.map(|day| desk.tr("w-for-day", &[("day", &day.to_string())]));
        let mut first =
            Cell::text(name.unwrap_or_else(|| row.step.clone())).sub(planned.unwrap_or_default());
        first.status = row.withdrawn.map(|_| Status::new("", desk.t("w-step-withdrawn")));
        table.rows.push(vec![
            first,
            Cell::text(moment(row)),
            Cell::text(role.unwrap_or_else(|| row.role.clone())),
            Cell::text(requests::sealed(desk, row.idx, "note")?),
        ]);
    }
    Ok(table)
}

/// What each standard of evidence still lacks, as far as the file has anything of it.
fn standards(desk: &Desk, opened: &OpenedCase) -> Result<Table, Problem> {
    let figures = desk.office().figures(&desk.reader, opened.row.no)?;
    let heads = [
        ("w-col-standard", ""),
        ("w-col-covered", "n"),
        ("w-col-state", ""),
        ("w-threshold", "p2"),
    ];
    let rows = catalog().standards().iter().filter_map(|standard| {
        let report = opened.report(&standard.id, figures)?;
        let all = report.elements.len();
        let good = report.elements.iter().filter(|one| one.cover == Cover::Covered).count();
        let any = report.elements.iter().any(|one| one.cover != Cover::Missing);
        let (class, word) = match (good == all, any) {
            (true, _) => ("ok", "covered"),
            (false, true) => ("part", "weak"),
            (false, false) => ("", "missing"),
        };
        let to = format!("{}/standards/{}", href(opened.row.no), standard.id);
        Some((
            std::cmp::Reverse(good),
            vec![
                Cell::link(to, desk.law(&standard.title)),
                Cell::text(format!("{good} / {all}")),
                Cell::status(Status::new(class, desk.t(&format!("law-cover-{word}")))),
                Cell::text(desk.t(&format!("law-reached-{}", report.threshold.key()))),
            ],
        ))
    });
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by_key(|(good, _)| *good);
    Ok(Table::new(desk, &heads).with(rows.into_iter().map(|(_, row)| row)))
}

/// `GET /cases/AJ-0001`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Case)?;
        let opened = desk.office().opened_case(&desk.reader, no)?;
        let row = &opened.row;
        let mut thing = Thing::new(desk, no, ("/cases", "w-nav-cases"), row.title.clone())?;
        let words = [("one", &*procedure_name(desk, row)), ("two", &state_name(desk, row))];
        thing.lead = desk.tr("w-two-words", &words);
        let at = href(no);
        thing.acts = vec![
            Act::new(desk, format!("{at}/figures"), "w-figures"),
            Act::new(desk, format!("{at}/documents"), "w-documents"),
            Act::new(desk, format!("{at}/assign"), "w-assign-case"),
            Act::new(desk, format!("{at}/file"), "w-file-item").first(),
        ];
        if row.company.is_some() {
            thing.acts.insert(2, Act::new(desk, format!("{at}/against"), "w-case-against"));
        }
        let last = opened.steps.iter().rfind(|step| step.withdrawn.is_none());
        if last.is_some() {
            thing.acts.insert(0, Act::new(desk, format!("{at}/unstep"), "w-unstep"));
        }
        let (clocks, late) = clocks(desk, &opened)?;
        if late > 0 {
            thing.notes.push(("bad", desk.n("w-case-late", late)));
        }
        thing.table(desk, "w-case-clocks", clocks, "w-no-clocks");
        thing.table(desk, "w-case-next", next_steps(desk, &opened)?, "w-no-next");
        thing.table(desk, "w-case-file", items(desk, &opened), "w-file-empty");
        thing.table(desk, "w-case-standards", standards(desk, &opened)?, "w-no-match");
        thing.table(desk, "w-case-log", log(desk, &opened)?, "w-no-steps");
        thing.words(desk, "w-case-text", requests::sealed(desk, row.idx, "text")?);
        thing.fact_of(desk, "field-company", row.company);
        thing.fact_of(desk, "field-respondent", desk.reader.respondent(no)?);
        thing.fact(desk, "w-col-procedure", procedure_name(desk, row));
        thing.fact(desk, "w-col-version", row.version.to_string());
        thing.fact(desk, "field-source", desk.t(&format!("case-source-{}", row.source.word())));
        thing.fact(desk, "field-happened", row.happened.to_string());
        thing.fact(desk, "field-unit", row.unit.clone().unwrap_or_default());
        if let Some(idx) = row.handler_idx {
            thing.fact(desk, "field-handler", requests::sealed(desk, idx, "handler")?);
        }
        for track in opened.procedure().track.iter().skip(1) {
            let state = opened.case.state(&track.id.id).filter(|state| *state != track.start.id);
            if let Some(state) = state.and_then(|state| opened.procedure().state(state)) {
                let words = [("one", &*desk.law(&track.name)), ("two", &desk.law(&state.name))];
                thing.fact(desk, "w-track", desk.tr("w-two-words", &words));
            }
        }
        thing.page(desk, Section::Cases)
    })
    .await
}

/// `GET /cases/AJ-0001/papers/1`: a copy. Only papers of cases: others have their own rights.
pub(crate) async fn paper(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, part)): Path<(String, u32)>,
) -> Response {
    at_desk(app, visitor, move |desk| papers::give(desk, number(&no, Series::Case)?, part)).await
}

/// `GET /cases/AJ-0001/standards/criminal-219-breach`.
pub(crate) async fn standard(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, id)): Path<(String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Case)?;
        let opened = desk.office().opened_case(&desk.reader, no)?;
        let figures = desk.office().figures(&desk.reader, no)?;
        let standard = catalog().standard(&id).ok_or(Problem::NotFound)?;
        let report = opened.report(&id, figures).ok_or(Problem::NotFound)?;
        let name = opened.row.title.clone();
        let mut thing = Thing::below(desk, no, (&href(no), "w-to-case"), desk.law(&standard.title));
        thing.lead = name;
        thing.acts = vec![Act::new(desk, format!("{}/file", href(no)), "w-file-item").first()];
        thing.notes.push(("", desk.t("w-standard-no-verdict")));
        let reached = desk.t(&format!("law-reached-{}", report.threshold.key()));
        thing.fact(desk, "w-threshold", reached);
        for threshold in &standard.threshold {
            let each = threshold.reached(figures, catalog().norms()).key();
            let words = [
                ("one", &*desk.law(&threshold.name)),
                ("two", &desk.t(&format!("law-reached-{each}"))),
            ];
            thing.fact(desk, "w-threshold-of", desk.tr("w-two-words", &words));
        }
        for element in &report.elements {
            let heads = [("w-col-fact", ""), ("w-col-state", ""), ("w-col-fill", "")];
            let rows = element.facts.iter().map(|fact| {
                let class = match fact.cover {
                    Cover::Covered => "ok",
                    Cover::Weak => "due",
                    Cover::Missing => "bad",
                };
                let words = desk.t(&format!("law-cover-{}", fact.cover.key()));
                let fill: Vec<_> = fact.fill.iter().map(|item| desk.law(&item.name)).collect();
                let faults: Vec<_> = fact
                    .faults
                    .iter()
                    .map(|(item, form)| {
                        let form = desk.t(&format!("law-form-{}", form.key()));
                        let args = [("item", &*desk.law(&item.name)), ("form", &form)];
                        desk.tr("w-fault-of-form", &args)
                    })
                    .collect();
                vec![
                    Cell::text(desk.law(&fact.fact.name)).sub(words_of::cite(
                        desk.lang(),
                        catalog().norms(),
                        &fact.fact.cites,
                    )),
                    Cell::status(Status::new(class, words)),
                    Cell::text(fill.join(&desk.t("w-or"))).sub(faults.join(" ")),
                ]
            });
            let words = desk.t(&format!("law-cover-{}", element.cover.key()));
            let both = [("one", &*desk.law(&element.element.name)), ("two", &words)];
            let title = desk.tr("w-two-words", &both);
            thing.table_called(title, Table::new(desk, &heads).with(rows));
        }
        thing.page(desk, Section::Cases)
    })
    .await
}
