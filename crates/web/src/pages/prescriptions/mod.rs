//! 整改处方: what was prescribed, how far companies have come, and what is wanting in the district.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::terms::{Cure, Grade, Pace, Review, Theme};
use domain::{Number, Series};
use store::read::{DeskFilter, PrescriptionRow};

use super::requests::sealed;
use super::{number, submit};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, terms};
use crate::input::{Errors, Input, Posted};
use crate::list::{Act, Asked, Cell, List, Table, select};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, thousands};
use crate::show::{Status, query as href_with};
use crate::thing::Thing;
use crate::visitor::Member;

/// The most rows of an export.
const EXPORT_MAX: u32 = 50_000;
/// Saved views: the word in the URL.
const VIEWS: [&str; 5] = ["", "open", "late", "done", "cured"];

/// How far a prescription is, and how it stands with its day.
pub(crate) fn status(desk: &Desk, row: &PrescriptionRow) -> Status {
    let words = desk.t(&format!("cure-{}", row.state.word()));
    match row.state {
        Cure::Cured => Status::new("ok", words),
        Cure::Dropped => Status::new("done", words),
        Cure::Done => Status::new("part", words),
        Cure::Open | Cure::Started | Cure::Blocked => {
            let due = desk.due(row.due);
            Status::new(due.class, desk.tr("w-two-words", &[("one", &words), ("two", &due.text)]))
        }
    }
}

/// The question of a point, as the checklist asks it.
pub(crate) fn ask(desk: &Desk, row: &PrescriptionRow) -> String {
    let known = office::checklists().iter().find_map(|list| list.point(&row.point));
    known.map_or_else(|| row.point.clone(), |(_, point)| desk.law(&point.ask))
}

/// Prescriptions as a table.
pub(crate) fn table(desk: &Desk, rows: &[PrescriptionRow]) -> Table {
    let heads = [
        ("w-col-point", ""),
        ("field-company", ""),
        ("field-theme", "p2"),
        ("field-grade", ""),
        ("field-due", "p2"),
        ("w-col-state", ""),
    ];
    Table::new(desk, &heads).with(rows.iter().map(|row| {
        vec![
            Cell::link(href(row.no), ask(desk, row)).sub(row.no.to_string()),
            Cell::link(href(row.company), row.name.clone()),
            Cell::text(desk.t(&format!("theme-{}", row.theme.word()))),
            Cell::status(grade(desk, row.grade)),
            Cell::text(row.due.to_string()),
            Cell::status(status(desk, row)),
        ]
    }))
}

/// A grade with its tint.
pub(crate) fn grade(desk: &Desk, grade: Grade) -> Status {
    let class = match grade {
        Grade::High => "bad",
        Grade::Medium => "due",
        Grade::Low => "",
    };
    Status::new(class, desk.t(&format!("grade-{}", grade.word())))
}

/// What is asked for, and the filter that finds it.
fn wanted(desk: &Desk, query: Option<String>) -> (Asked, DeskFilter) {
    let asked = Asked::read(
        "/prescriptions",
        &VIEWS,
        &[
            ("theme", |word| Theme::from_word(word).map(Theme::word)),
            ("grade", |word| Grade::from_word(word).map(Grade::word)),
        ],
        query,
    );
    let filter = DeskFilter {
        text: Some(asked.q.clone()),
        theme: Theme::from_word(asked.chosen("theme")),
        grade: Grade::from_word(asked.chosen("grade")),
        period: asked.period,
        limit: asked.place.size,
        offset: asked.place.offset(),
        ..of_view(desk, asked.view)
    };
    (asked, filter)
}

fn of_view(desk: &Desk, view: &str) -> DeskFilter {
    let all = DeskFilter::default();
    match view {
        "open" => DeskFilter { open: true, ..all },
        "late" => DeskFilter { late_on: Some(desk.today()), ..all },
        view => DeskFilter { state: Cure::from_word(view).map(Cure::word), ..all },
    }
}

/// What is wanting in the district, by theme, with the list behind each figure.
fn risks(desk: &Desk) -> Result<Table, Problem> {
    let heads = [
        ("field-theme", ""),
        ("grade-high", "n"),
        ("grade-medium", "n"),
        ("grade-low", "n"),
        ("w-prescriptions-late", "n"),
        ("w-risk-companies", "n p2"),
        ("w-prescriptions-cured", "n p2"),
    ];
    let lines = desk.reader.risks(desk.today())?;
    let rows = lines.iter().map(|line| {
        let theme = line.theme.word();
        let to = |pairs: &[(&str, &str)]| {
            let mut all = vec![("theme", theme)];
            all.extend(pairs);
            href_with("/prescriptions", &all)
        };
        let count = |n: u32, href: String| Cell::link(href, thousands(n.into()));
        let mut cells =
            vec![Cell::link(to(&[("view", "open")]), desk.t(&format!("theme-{theme}")))];
        cells.extend(
            line.open
                .iter()
                .zip(Grade::ALL)
                .map(|(n, grade)| count(*n, to(&[("view", "open"), ("grade", grade.word())]))),
        );
        cells.push(count(line.late, to(&[("view", "late")])));
        cells.push(Cell::text(thousands(line.companies.into())));
        cells.push(count(line.cured, to(&[("view", "cured")])));
        cells
    });
    Ok(Table::new(desk, &heads).with(rows))
}

/// `GET /prescriptions`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (asked, filter) = wanted(desk, query);
        let found = desk.reader.prescriptions(&filter)?;
        let table = table(desk, &found.rows);
        let mut list = List::new(desk, "/prescriptions", "w-nav-prescriptions", table);
        list.lead = desk.t("w-prescriptions-lead");
        list.acts = vec![Act::new(desk, asked.href("/prescriptions.csv", None), "w-export").file()];
        let risks = risks(desk)?;
        if risks.rows.is_empty() {
            list.none = (desk.t("w-prescriptions-none"), desk.t("w-prescriptions-none-why"));
        } else {
            list.above.push((desk.t("w-risks"), risks));
        }
        let themes = Theme::ALL.iter().map(|theme| theme.word());
        let grades = Grade::ALL.iter().map(|grade| grade.word());
        list.selects = vec![
            select(desk, "theme", "field-theme", "theme", themes, asked.chosen("theme")),
            select(desk, "grade", "field-grade", "grade", grades, asked.chosen("grade")),
        ];
        let shown = (found.rows.len(), found.total);
        asked.onto(desk, &mut list, "w-prescriptions", shown, |view| {
            Ok(desk.reader.prescription_count(&of_view(desk, view))?)
        })?;
        list.page(desk, Section::Prescriptions)
    })
    .await
}

/// `GET /prescriptions.csv`.
pub(crate) async fn csv(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (_, filter) = wanted(desk, query);
        let filter = DeskFilter { limit: EXPORT_MAX, offset: 0, ..filter };
        let mut text = String::from(sheet::csv_start());
        let heads = [
            "w-col-no",
            "field-company",
            "field-name",
            "w-col-point",
            "field-theme",
            "field-grade",
            "field-happened",
            "field-due",
            "w-col-state",
        ];
        sheet::csv_line(&mut text, heads.map(|key| desk.t(key)));
        for row in desk.reader.prescriptions(&filter)?.rows {
            let cells = [
                row.no.to_string(),
                row.company.to_string(),
                row.name.clone(),
                ask(desk, &row),
                desk.t(&format!("theme-{}", row.theme.word())),
                desk.t(&format!("grade-{}", row.grade.word())),
                row.happened.to_string(),
                row.due.to_string(),
                desk.t(&format!("cure-{}", row.state.word())),
            ];
            sheet::csv_line(&mut text, cells);
        }
        Ok(reply::file("text/csv; charset=utf-8", "prescriptions.csv", text.into_bytes()))
    })
    .await
}

fn entry(desk: &Desk, no: &str) -> Result<PrescriptionRow, Problem> {
    let no = number(no, Series::Prescription)?;
    desk.reader.prescription(no)?.ok_or(Problem::NotFound)
}

fn is_over(row: &PrescriptionRow) -> bool {
    matches!(row.state, Cure::Cured | Cure::Dropped)
}

/// `GET /prescriptions/CF-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let list = ("/prescriptions", "w-nav-prescriptions");
        let mut thing = Thing::new(desk, row.no, list, ask(desk, &row))?;
        thing.lead = format!("{} · {}", row.name, status(desk, &row).text);
        if !is_over(&row) {
            let at = href(row.no);
            thing.acts = vec![
                Act::new(desk, format!("{at}/progress"), "w-progress"),
                Act::new(desk, format!("{at}/review"), "w-review-prescription").first(),
            ];
        }
        thing.words(desk, "field-finding", sealed(desk, row.idx, "finding")?);
        thing.words(desk, "field-advice", sealed(desk, row.idx, "advice")?);
        let mut rows = Vec::new();
        for step in desk.reader.prescription_steps(row.no)? {
            let key = match Pace::from_word(&step.word) {
                Some(_) => format!("pace-{}", step.word),
                None => format!("review-{}", step.word),
            };
            let visit = step.visit.map(|no| desk.link(no));
            let visit = visit.map_or_else(Cell::default, |link| Cell::link(link.href, link.no));
            let who = match step.link {
                Some(link) => Cell::link(href(link), desk.t("w-step-node")),
                None => Cell::text(desk.t("w-step-station")),
            };
            rows.push(vec![
                Cell::text(step.happened.to_string()),
                who,
                Cell::text(desk.t(&key)).sub(sealed(desk, step.idx, "note")?),
                Cell::text(step.due.map(|day| day.to_string()).unwrap_or_default()),
                visit,
            ]);
        }
        let heads = [
            ("field-happened", ""),
            ("w-step-who", "p2"),
            ("w-col-progress", ""),
            ("w-new-due", "p2"),
            ("w-nav-visits", "p2"),
        ];
        let steps = Table::new(desk, &heads).with(rows);
        thing.table(desk, "w-steps-of", steps, "w-steps-none");
        thing.fact_of(desk, "field-company", Some(row.company));
        for link in desk.reader.joined_links(row.company)? {
            thing.fact_of(desk, "w-told-by", Some(link));
        }
        thing.fact_of(desk, "w-visit", Some(row.visit));
        thing.fact(desk, "field-theme", desk.t(&format!("theme-{}", row.theme.word())));
        thing.fact(desk, "field-grade", desk.t(&format!("grade-{}", row.grade.word())));
        thing.fact(desk, "field-happened", row.happened.to_string());
        thing.fact(desk, "field-due", row.due.to_string());
        thing.page(desk, Section::Prescriptions)
    })
    .await
}

/// What is done to a prescription.
#[derive(Clone, Copy)]
enum Deed {
    Progress,
    Review,
}

impl Deed {
    fn of(word: &str) -> Result<Self, Problem> {
        match word {
            "progress" => Ok(Self::Progress),
            "review" => Ok(Self::Review),
            _ => Err(Problem::NotFound),
        }
    }

    fn make(self, desk: &Desk, row: &PrescriptionRow, input: &Input) -> Result<Form, Problem> {
        let (word, title) = match self {
            Self::Progress => ("progress", "w-progress"),
            Self::Review => ("review", "w-review-prescription"),
        };
        let action = format!("{}/{word}", href(row.no));
        let form = Form::new(desk, title, action, "w-do-write")
            .crumb(desk, "/prescriptions", "w-nav-prescriptions")
            .about(desk, row.no)
            .lead(ask(desk, row));
        let note =
            Field::area(desk, "note", "field-note", input).hint(desk, "w-sealed-hint").skip();
        let happened = Field::day(desk, "happened", "field-happened", input);
        Ok(match self {
            Self::Progress => {
                let how = terms(desk, input, "how", "pace", Pace::ALL.iter().map(|p| p.word()));
                form.ask(Field::radio(desk, "how", "w-how-far", how, input)).ask(happened).ask(note)
            }
            Self::Review => {
                let verdicts = Review::ALL.iter().map(|verdict| verdict.word());
                let verdicts = terms(desk, input, "verdict", "review", verdicts);
                let filter =
                    DeskFilter { company: Some(row.company), limit: 50, ..DeskFilter::default() };
                let mut visits = vec![Choice::new("", desk.t("w-no-visit"), false)];
                visits.extend(desk.reader.visits(&filter)?.rows.iter().map(|visit| {
                    let label = format!("{} {} {}", visit.no, visit.day, visit.title);
                    let on = input.has("visit", &visit.no.to_string());
                    Choice::new(visit.no, label, on)
                }));
                form.ask(Field::radio(desk, "verdict", "w-verdict", verdicts, input))
                    .ask(happened)
                    .ask(Field::day(desk, "due", "w-new-due", input).skip())
                    .ask(Field::select(desk, "visit", "w-visit", visits, input).skip())
                    .ask(note)
            }
        })
    }
}

/// `GET /prescriptions/CF-0001/progress`, `…/review`.
pub(crate) async fn deed(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, word)): Path<(String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (row, deed) = (entry(desk, &no)?, Deed::of(&word)?);
        let input = Input::of([("happened", desk.today().to_string())]);
        deed.make(desk, &row, &input)?.page(desk, Section::Prescriptions, &input, &Errors::new())
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
        let no: Number = row.no;
        submit(
            desk,
            Section::Prescriptions,
            &posted,
            |desk, input| deed.make(desk, &row, input),
            |r| {
                let happened = r.must_day("happened");
                let note = r.text("note");
                let receipt = match deed {
                    Deed::Progress => {
                        let how = r.must_term("how", Pace::from_word);
                        let (Some(how), Some(happened), true) = (how, happened, r.is_right())
                        else {
                            return Ok(None);
                        };
                        desk.office().progress(&r.ask(), no, how, happened, note)?
                    }
                    Deed::Review => {
                        let verdict = r.must_term("verdict", Review::from_word);
                        let due = r.day("due");
                        let visit = r.number("visit", Series::Visit);
                        let (Some(verdict), Some(happened), true) =
                            (verdict, happened, r.is_right())
                        else {
                            return Ok(None);
                        };
                        let seen = (verdict, due);
                        desk.office().review(&r.ask(), no, seen, visit, happened, note)?
                    }
                };
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}
