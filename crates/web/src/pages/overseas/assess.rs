//! 出海预判: what is planned, and the risks that names, each with its reason and what the guide says.

use axum::extract::{Path, State};
use axum::response::Response;
use catalog::overseas::{Country, Risk};
use domain::Series;
use domain::terms::Action;
use office::{AssessForm, countries, questions};
use store::read::AssessmentRow;

use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form};
use crate::input::{Errors, Input, Posted};
use crate::law::catalog;
use crate::list::{Act, Cell, List, Table};
use crate::pages::{number, submit};
use crate::problem::Problem;
use crate::reply;
use crate::shell::Section;
use crate::thing::Thing;
use crate::visitor::Member;

fn markets(row: &AssessmentRow) -> Vec<&'static Country> {
    row.markets.iter().filter_map(|id| catalog().country(id)).collect()
}

fn names(desk: &Desk, of: &[&'static Country]) -> String {
    let names: Vec<String> = of.iter().map(|country| desk.law(&country.name)).collect();
    names.join(&desk.t("w-comma"))
}

/// `GET /overseas/assessments`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let heads = [
            ("w-col-no", ""),
            ("field-product", ""),
            ("field-markets", ""),
            ("w-col-risks", "n"),
            ("w-col-made", "p2"),
        ];
        let rows = desk.reader.assessments()?;
        let table = Table::new(desk, &heads).with(rows.iter().map(|row| {
            vec![
                Cell::link(href(row.no), row.no.to_string()),
                Cell::text(row.product.clone()),
                Cell::text(names(desk, &markets(row))),
                Cell::text(row.risks.len().to_string()),
                Cell::text(desk.minute(row.at)),
            ]
        }));
        let mut list = List::new(desk, "/overseas/assessments", "w-assessments", table);
        list.lead = desk.t("w-assessments-lead");
        list.none = (desk.t("w-assessments-none"), desk.t("w-assessments-none-why"));
        if desk.may(Action::KeepControls) {
            list.acts.push(Act::new(desk, "/overseas/assessments/new", "w-assess-new").first());
        }
        list.acts.push(Act::new(desk, "/overseas", "w-nav-overseas"));
        list.page(desk, Section::Overseas)
    })
    .await
}

fn make(desk: &Desk, input: &Input) -> Form {
    let chosen: Vec<Choice> = countries()
        .into_iter()
        .map(|country| {
            let draft =
                if country.is_complete() { String::new() } else { desk.t("guide-draft-in") };
            let label = format!("{}{draft}", desk.law(&country.name));
            Choice::new(&country.id, label, input.has("market", &country.id))
        })
        .collect();
    let mut form =
        Form::new(desk, "w-assess-new", "/overseas/assessments/new".into(), "w-assess-do")
            .lead(desk.t("w-assess-lead"))
            .crumb(desk, "/overseas", "w-nav-overseas")
            .aside(desk, &["w-assess-aside", "w-assess-aside-1", "w-assess-aside-2"])
            .ask(Field::text(desk, "product", "field-product", input).hint(desk, "w-product-hint"))
            .ask(Field::ticks(desk, "market", "field-markets", chosen, input));
    for question in &questions().question {
        let name = question.id.id.as_str();
        let choices = question.choice.iter().map(|choice| {
            let on = input.has(name, &choice.id.id);
            Choice::new(&choice.id.id, desk.law(&choice.name), on)
        });
        let field = Field::ticks(desk, name, "field-markets", choices.collect(), input);
        form = form.ask(field.labelled(desk.law(&question.name)));
    }
    form
}

/// `GET /overseas/assessments/new`.
pub(crate) async fn form(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::default();
        make(desk, &input).page(desk, Section::Overseas, &input, &Errors::new())
    })
    .await
}

/// `POST /overseas/assessments/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(
            desk,
            Section::Overseas,
            &posted,
            |desk, input| Ok(make(desk, input)),
            |r| {
                let product = r.must_text("product", "field-product");
                let markets: Vec<String> = r.input.all("market").map(str::to_owned).collect();
                if markets.is_empty() {
                    r.wrong("market", "w-assess-which");
                }
                let mut answers = Vec::new();
                for question in &questions().question {
                    let name = question.id.id.as_str();
                    let before = answers.len();
                    answers.extend(r.input.all(name).map(|choice| format!("{name}:{choice}")));
                    if answers.len() == before {
                        r.wrong(name, "w-assess-unanswered");
                    }
                }
                if !r.is_right() {
                    return Ok(None);
                }
                let form = AssessForm { product, markets, answers };
                let receipt = r.desk.office().assess_overseas(&r.ask(), form)?;
                Ok(receipt.number.map(|no| (href(no), receipt)))
            },
        )
    })
    .await
}

/// What the guides of the markets say on the field that a risk rests on; drafts say nothing.
fn said(desk: &Desk, row: &AssessmentRow, risk: &'static Risk) -> Table {
    let heads = [("w-col-country", ""), ("w-guide-says", ""), ("w-col-source", "p2")];
    let rows = markets(row).into_iter().flat_map(|country| {
        let name = desk.law(&country.name);
        let link = format!("/overseas/{}", country.id);
        if !country.is_complete() {
            let topic = desk.t(&format!("topic-{}", risk.field.key()));
            let args = [("country", &*name), ("topic", &*topic)];
            let says = Cell::text(desk.tr("assessment-draft", &args));
            return vec![vec![Cell::link(link, name), says, Cell::default()]];
        }
        let said = country.on(risk.field).map(|one| {
            let seen = one.seen.map(|day| desk.tr("guide-seen", &[("day", &day.to_string())]));
            vec![
                Cell::link(link.clone(), name.clone()),
                Cell::text(desk.law(&one.says)).sub(one.article.clone()),
                Cell::text(one.source.clone()).sub(seen.unwrap_or_default()),
            ]
        });
        said.collect()
    });
    Table::new(desk, &heads).with(rows)
}

/// `GET /overseas/assessments/YP-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Assessment)?;
        let row = desk.reader.assessment(no)?.ok_or(Problem::NotFound)?;
        let crumb = ("/overseas/assessments", "w-assessments");
        let mut thing = Thing::new(desk, no, crumb, row.product.clone())?;
        thing.lead = desk.n("w-assessment-named", row.risks.len());
        thing.acts.push(Act::new(desk, format!("{}/report.pdf", href(no)), "w-report").file());
        if desk.may(Action::WriteLetters) {
            thing.acts.push(Act::new(desk, format!("{}/aid", href(no)), "w-ask-aid"));
        }
        if row.risks.iter().any(|risk| risk == "export") && desk.may(Action::KeepControls) {
            thing.acts.push(Act::new(desk, "/overseas/exports/new", "w-export-new"));
        }
        thing.notes.push(("", desk.t("guide-not-advice")));
        thing.fact(desk, "field-markets", names(desk, &markets(&row)));
        for question in &questions().question {
            let given = row.answers.iter().filter_map(|said| questions().choice(said));
            let given = given.filter(|(of, _)| of.id.id == question.id.id);
            let given: Vec<String> = given.map(|(_, choice)| desk.law(&choice.name)).collect();
            let name = desk.law(&question.name);
            thing.facts.push((name, given.join(&desk.t("w-comma")), String::new()));
        }
        thing.fact(desk, "guide-editions", row.guides.join(", "));
        if row.risks.is_empty() {
            thing.words(desk, "assessment-risks", desk.t("assessment-none"));
        }
        for risk in row.risks.iter().filter_map(|id| questions().risk(id)) {
            let args = [("advice", &*desk.law(&risk.advice))];
            let words =
                format!("{}\n{}", desk.law(&risk.reason), desk.tr("assessment-advice", &args));
            let body = crate::thing::Body::Words(words);
            let part = crate::thing::Part { title: desk.law(&risk.name), body, acts: Vec::new() };
            thing.parts.push(part);
            let topic = desk.t(&format!("topic-{}", risk.field.key()));
            let title = desk.tr("assessment-rests", &[("topic", &topic)]);
            thing.table_called(title, said(desk, &row, risk));
        }
        thing.page(desk, Section::Overseas)
    })
    .await
}

/// `GET /overseas/assessments/YP-0001/report.pdf`.
pub(crate) async fn report(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Assessment)?;
        let row = desk.reader.assessment(no)?.ok_or(Problem::NotFound)?;
        let bytes = desk.office().assessment_paper(&desk.reader, &row, desk.lang())?;
        Ok(reply::file("application/pdf", &format!("{no}.pdf"), bytes))
    })
    .await
}
