//! Loss and gain of a case, by each way of counting.

use axum::extract::{Path, State};
use axum::response::Response;
use catalog::loss::{Input as Asked, Unit};
use domain::{Number, Series};
use office::{ReckonForm, Reckoned};
use words::law as words_of;

use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form};
use crate::input::{Errors, Input, Posted};
use crate::law::catalog;
use crate::list::{Cell, Table};
use crate::pages::{number, submit};
use crate::problem::Problem;
use crate::shell::Section;
use crate::show::Status;
use crate::thing::Thing;
use crate::visitor::Member;

/// The ways of counting loss and gain of a case or an incident, and what was reckoned by each.
pub(crate) fn reckonings_page(
    desk: &Desk,
    no: Number,
    section: Section,
) -> Result<Response, Problem> {
    let back = if no.series == Series::Case { "w-to-case" } else { "w-to-incident" };
    let mut thing = Thing::below(desk, no, (&href(no), back), desk.t("w-figures"));
    thing.lead = desk.t("w-figures-lead");
    let list = desk.office().reckonings(&desk.reader, no)?;
    for sheet in catalog().worksheets() {
        let heads =
            [("w-method", ""), ("w-method-when", "p2"), ("w-result", "n"), ("w-col-basis", "p2")];
        let rows = list.iter().filter(|one| one.sheet.id == sheet.id);
        let table = Table::new(desk, &heads).with(rows.map(|one| line(desk, no, one)));
        thing.table_called(desk.law(&sheet.title), table);
        thing.notes.push(("", desk.law(&sheet.note)));
    }
    thing.page(desk, section)
}

/// `GET /cases/AJ-0001/figures`.
pub(crate) async fn figures(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| reckonings_page(desk, case(desk, &no)?, Section::Cases)).await
}

fn line(desk: &Desk, no: Number, one: &Reckoned) -> Vec<Cell> {
    let (lang, method) = (desk.lang(), one.method);
    let to = format!("{}/figures/{}/{}", href(no), one.sheet.id, method.id.id);
    let result = one.counted.as_ref();
    let sum = result.map(|of| office::result_words(lang, method.gives, of.result));
    let mut sum = Cell::text(sum.unwrap_or_default());
    sum.status = one.relied.then(|| Status::new("ok", desk.t("w-relied")));
    let cite = words_of::cite(lang, catalog().norms(), &method.cites);
    let mark = method.worth(catalog().norms()).key();
    let mark_words = Status::new("", desk.t(&format!("law-mark-{mark}")));
    vec![
        Cell::link(to, desk.law(&method.name))
            .sub(desk.t(&format!("w-gives-{}", method.gives.key()))),
        Cell::text(desk.law(&method.when)),
        sum,
        Cell { status: (mark != "seen").then_some(mark_words), ..Cell::text(cite) },
    ]
}

/// The case of an address.
fn case(desk: &Desk, no: &str) -> Result<Number, Problem> {
    let no = number(no, Series::Case)?;
    desk.office().opened_case(&desk.reader, no)?;
    Ok(no)
}

/// A way of counting; one that no worksheet has is not found.
fn found(desk: &Desk, no: Number, sheet: &str, method: &str) -> Result<Reckoned, Problem> {
    let list = desk.office().reckonings(&desk.reader, no)?;
    list.into_iter()
        .find(|one| one.sheet.id == sheet && one.method.id.id == method)
        .ok_or(Problem::NotFound)
}

fn make(desk: &Desk, no: Number, one: &Reckoned, input: &Input) -> Result<Form, Problem> {
    let word = format!("figures/{}/{}", one.sheet.id, one.method.id.id);
    let (list, label) = match no.series {
        Series::Case => ("/cases", "w-nav-cases"),
        _ => ("/incidents", "w-nav-incidents"),
    };
    let mut form = Form::new(desk, "w-reckon", format!("{}/{word}", href(no)), "w-do-write")
        .crumb(desk, list, label)
        .about(desk, no)
        .titled(desk.law(&one.method.name))
        .lead(desk.law(&one.method.when))
        .crumb(desk, &format!("{}/figures", href(no)), "w-figures");
    for of in &one.method.input {
        let asked: &Asked = of;
        let hint = match asked.unit {
            Unit::Yuan => desk.t("w-yuan-hint"),
            Unit::Count => desk.t("w-count-hint"),
        };
        let field = Field::text(desk, &*asked.id.id, "w-reckon", input);
        let field = field.labelled(desk.law(&asked.name)).hinted(hint);
        form = form.ask(if asked.may_lack { field.skip() } else { field });
    }
    let rely = Choice::new("1", desk.t("w-rely"), input.has("rely", "1"));
    Ok(form
        .ask(Field::area(desk, "basis", "w-vouchers", input).hint(desk, "w-sealed-hint").skip())
        .ask(
            Field::ticks(desk, "rely", "w-relied", vec![rely], input)
                .hint(desk, "w-rely-hint")
                .skip(),
        ))
}

/// The form of a way of counting, with what was reckoned last.
pub(crate) fn reckon_page(
    desk: &Desk,
    no: Number,
    (sheet, method): (&str, &str),
    section: Section,
) -> Result<Response, Problem> {
    let one = found(desk, no, sheet, method)?;
    let mut input = Vec::new();
    if let Some(counted) = &one.counted {
        for of in &one.method.input {
            let text = counted.inputs.get(&of.id.id).cloned().unwrap_or_default();
            input.push((&*of.id.id, text));
        }
        input.push(("basis", counted.basis.clone()));
    }
    if one.relied {
        input.push(("rely", "1".to_owned()));
    }
    let input = Input::of(input);
    make(desk, no, &one, &input)?.page(desk, section, &input, &Errors::new())
}

/// Reckons by a way of counting and leads back to all of them.
pub(crate) fn send_reckoning(
    desk: &Desk,
    no: Number,
    (sheet, method): (String, String),
    section: Section,
    posted: &Posted,
) -> Result<Response, Problem> {
    let one = found(desk, no, &sheet, &method)?;
    submit(
        desk,
        section,
        posted,
        |desk, input| make(desk, no, &one, input),
        |r| {
            let inputs = one.method.input.iter().map(|of| {
                let text = r.text(&of.id.id).unwrap_or_default();
                (of.id.id.clone(), text)
            });
            let form = ReckonForm {
                case: no,
                sheet,
                method,
                inputs: inputs.collect(),
                basis: r.text("basis").unwrap_or_default(),
                relied: r.input.has("rely", "1"),
            };
            let receipt = desk.office().reckon(&r.ask(), form, desk.lang())?;
            Ok(Some((format!("{}/figures", href(no)), receipt)))
        },
    )
}

/// `GET /cases/AJ-0001/figures/criminal/lost_sales`.
pub(crate) async fn reckon(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, sheet, method)): Path<(String, String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        reckon_page(desk, case(desk, &no)?, (&sheet, &method), Section::Cases)
    })
    .await
}

/// `POST /cases/AJ-0001/figures/criminal/lost_sales`.
pub(crate) async fn send_reckon(
    State(app): State<App>,
    Path((no, sheet, method)): Path<(String, String, String)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = case(desk, &no)?;
        send_reckoning(desk, no, (sheet, method), Section::Cases, &posted)
    })
    .await
}
