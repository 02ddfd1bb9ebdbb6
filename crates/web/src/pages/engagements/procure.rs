//! What a procurement came to, written down: the table of bids as it lies on the table of whoever
//! runs it.

use axum::extract::State;
use axum::response::Response;
use office::{ProcurementForm, fen};

use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form};
use crate::input::{Errors, Input, Posted};
use crate::pages::submit;
use crate::problem::Problem;
use crate::shell::Section;
use crate::visitor::Member;

const LIST: (&str, &str) = ("/procurements", "w-nav-procurements");

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let day = |name, label| Field::day(desk, name, label, input);
    Ok(Form::new(desk, "w-record-procurement", "/procurements/new".into(), "w-do-write")
        .lead(desk.t("w-record-procurement-lead"))
        .crumb(desk, LIST.0, LIST.1)
        .aside(desk, &["w-bids-aside", "w-bids-aside-1", "w-bids-aside-2", "w-bids-aside-3"])
        .ask(Field::text(desk, "title", "field-title", input))
        .ask(Field::text(desk, "reference", "field-reference-project", input))
        .ask(day("happened", "w-won-on"))
        .ask(Field::area(desk, "table", "w-bids", input).hint(desk, "w-bids-hint"))
        .ask(Field::text(desk, "amount", "w-amount", input).hint(desk, "w-amount-hint"))
        .ask(Field::text(desk, "contract", "field-contract", input).skip())
        .ask(day("from", "field-from"))
        .ask(day("until", "field-until")))
}

/// `GET /procurements/new`.
pub(crate) async fn form(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::of([("happened", desk.today().to_string())]);
        make(desk, &input)?.page(desk, Section::Engagements, &input, &Errors::new())
    })
    .await
}

/// `POST /procurements/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Engagements, &posted, make, |r| {
            let title = r.must_text("title", "field-title");
            let reference = r.must_text("reference", "field-reference-project");
            let table = r.must_text("table", "w-bids");
            let amount = fen(r.input.get("amount"));
            if amount.is_err() {
                r.wrong("amount", "w-err-money");
            }
            let happened = r.must_day("happened");
            let (from, until) = (r.must_day("from"), r.must_day("until"));
            let (Some(happened), Some(from), Some(until), Ok(amount), true) =
                (happened, from, until, amount, r.is_right())
            else {
                return Ok(None);
            };
            let form = ProcurementForm {
                title,
                reference,
                happened,
                table: table.into_bytes(),
                contract: r.text("contract"),
                amount,
                from,
                until,
            };
            let receipt = match desk.office().procure(desk.acts(&r.ask()), form) {
                Err(trouble) if trouble.key() == "trouble-bids" => {
                    let words = crate::problem::words_of(desk.lang(), &trouble);
                    r.errors.push(("table".to_owned(), words));
                    return Ok(None);
                }
                said => said?,
            };
            Ok(Some((receipt.number.map_or_else(|| LIST.0.to_owned(), href), receipt)))
        })
    })
    .await
}
