//! 服务: what companies were given, to one or to many at once.

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::terms::Service;
use domain::{Number, Period, Series};
use office::{ServiceForm, Trouble};
use store::Receipt;
use store::read::{CompanyFilter, ServiceRow};

use super::companies::Wanted;
use super::{number, submit};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form, terms};
use crate::input::{Errors, Input, Posted, Reading};
use crate::list::out_of;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell, thousands};
use crate::show::{Chip, Link, Pager, Place, query as href_with};
use crate::visitor::Member;

/// A service is given to so many companies at once at most: more is a slip.
pub(crate) const AT_ONCE_MAX: u32 = 5_000;

#[derive(Template)]
#[template(path = "pages/services/page.html")]
struct Page {
    s: Shell,
    services: Vec<Line>,
    pager: Pager,
    /// To what the list is limited, and the ways out.
    limits: Vec<Chip>,
}

/// A service in a table.
pub(crate) struct Line {
    pub(crate) day: String,
    pub(crate) service: String,
    pub(crate) what: String,
    pub(crate) who: String,
    pub(crate) company: Link,
    pub(crate) idx: u64,
}

impl Line {
    pub(crate) fn of(desk: &Desk, row: &ServiceRow) -> Self {
        let no = row.company.to_string();
        Self {
            day: row.happened.to_string(),
            service: desk.t(&format!("service-{}", row.service.word())),
            what: row.what.clone(),
            who: row.who.clone().unwrap_or_else(|| desk.t("w-station-itself")),
            company: Link { href: href(row.company), no, name: row.name.clone() },
            idx: row.idx,
        }
    }
}

/// `GET /services`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let place = Place::read(&input);
        let service = Service::from_word(input.get("service"));
        let period = Period::parse(input.get("period"));
        let (offset, limit) = (place.offset(), place.size);
        let found = match (service, period) {
            (None, None) => store::read::Page {
                rows: desk.reader.services(None, offset, limit)?,
                total: desk.reader.service_count()?,
            },
            _ => desk.reader.services_in(service, period, offset, limit)?,
        };
        let word = service.map_or("", Service::word);
        let period_word = period.map(|period| period.to_string()).unwrap_or_default();
        let shown = (found.rows.len(), found.total);
        let pager = place.pager(desk, ("w-list-caption", ""), shown, |place| {
            let [size, page] = place.words();
            let pairs =
                [("service", word), ("period", &*period_word), ("size", &*size), ("page", &*page)];
            href_with("/services", &pairs)
        });
        let limits = period.map(|period| out_of(desk, period, "/services"));
        let only = service.map(|service| Chip {
            href: href_with("/services", &[("period", &*period_word)]),
            label: desk
                .tr("w-only-state", &[("name", &desk.t(&format!("service-{}", service.word())))]),
            count: String::new(),
            current: false,
        });
        let limits = limits.into_iter().chain(only).collect();
        let services = found.rows.iter().map(|row| Line::of(desk, row)).collect();
        reply::html(&Page { services, pager, limits, s: desk.shell(Section::Services)? })
    })
    .await
}

/// The questions about a service.
fn ask(desk: &Desk, form: Form, input: &Input) -> Form {
    let services = Service::ALL.iter().map(|service| service.word());
    let services = terms(desk, input, "service", "service", services);
    form.ask(Field::radio(desk, "service", "w-service", services, input).row())
        .ask(Field::day(desk, "happened", "field-happened", input))
        .ask(Field::text(desk, "what", "field-what", input).hint(desk, "w-service-what-hint"))
        .ask(Field::text(desk, "who", "field-who", input).hint(desk, "w-service-who-hint").skip())
}

/// Gives what a form says to companies; `None` when something is wrong, which the reading notes.
fn give(r: &mut Reading<'_>, companies: Vec<Number>) -> Result<Option<Receipt>, Trouble> {
    let service = r.must_term("service", Service::from_word);
    let what = r.must_text("what", "field-what");
    let happened = r.must_day("happened");
    let (Some(service), Some(happened), true) = (service, happened, r.is_right()) else {
        return Ok(None);
    };
    let form = ServiceForm { companies, service, happened, what, who: r.text("who") };
    r.desk.office().give_service(&r.ask(), form).map(Some)
}

fn make_one(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    desk.reader.company(no)?.ok_or(Problem::NotFound)?;
    let form = Form::new(desk, "w-give-service", format!("{}/serve", href(no)), "w-do-write")
        .crumb(desk, "/companies", "w-nav-companies")
        .about(desk, no);
    Ok(ask(desk, form, input))
}

/// `GET /companies/QY-0001/serve`.
pub(crate) async fn form_one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::of([("happened", desk.today().to_string())]);
        make_one(desk, number(&no, Series::Company)?, &input)?.page(
            desk,
            Section::Companies,
            &input,
            &Errors::new(),
        )
    })
    .await
}

/// `POST /companies/QY-0001/serve`.
pub(crate) async fn send_one(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Company)?;
        submit(
            desk,
            Section::Companies,
            &posted,
            |desk, input| make_one(desk, no, input),
            |r| Ok(give(r, vec![no])?.map(|receipt| (href(no), receipt))),
        )
    })
    .await
}

/// The companies that a form means: by numbers typed, or by the question it carries.
pub(crate) fn meant(desk: &Desk, input: &Input) -> Result<(CompanyFilter, u64), Problem> {
    let filter = CompanyFilter { limit: AT_ONCE_MAX, offset: 0, ..Wanted::read(input).filter };
    let count = desk.reader.company_count(&filter)?;
    Ok((filter, count))
}

/// Whether the form carries a question rather than numbers.
pub(crate) fn is_question(input: &Input) -> bool {
    !Wanted::read(input).pairs().is_empty()
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let mut form = Form::new(desk, "w-give-service", "/services/new".into(), "w-do-write").crumb(
        desk,
        "/services",
        "w-nav-services",
    );
    if is_question(input) {
        let (_, count) = meant(desk, input)?;
        form = form.lead(desk.n("w-serve-these-lead", thousands(count)));
        form.hidden = Wanted::read(input).pairs();
        form.hidden.push(("count", count.to_string()));
    } else {
        form = form.lead(desk.t("w-serve-lead")).ask(
            Field::area(desk, "companies", "w-which-companies", input).hint(desk, "w-which-hint"),
        );
    }
    Ok(ask(desk, form, input))
}

/// `GET /services/new`, with a question to the directory in the query, or without.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let asked = Input::parse(query.unwrap_or_default().as_bytes());
        let pairs = Wanted::read(&asked).pairs();
        let input = Input::of(pairs.into_iter().chain([("happened", desk.today().to_string())]));
        make(desk, &input)?.page(desk, Section::Services, &input, &Errors::new())
    })
    .await
}

/// `POST /services/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let (filter, count) = meant(desk, &posted.input)?;
        submit(desk, Section::Services, &posted, make, |r| {
            let companies = if is_question(r.input) {
                if count > AT_ONCE_MAX.into() {
                    r.errors.push((String::new(), desk.n("w-serve-too-many", AT_ONCE_MAX)));
                } else if r.input.get("count") != count.to_string() {
                    // Somebody has changed the directory since the number was read.
                    r.errors.push((String::new(), desk.n("w-serve-changed", count)));
                }
                desk.reader.companies(&filter)?.rows.into_iter().map(|row| row.no).collect()
            } else {
                typed(r)
            };
            Ok(give(r, companies)?.map(|receipt| ("/services".into(), receipt)))
        })
    })
    .await
}

/// The numbers typed, in any separation.
pub(crate) fn typed(r: &mut Reading<'_>) -> Vec<Number> {
    let text = r.must_text("companies", "w-which-companies");
    numbers_in(r, "companies", &text)
}

/// The numbers of companies in a text, in any separation; what is none is an error of the field.
pub(crate) fn numbers_in(r: &mut Reading<'_>, field: &str, text: &str) -> Vec<Number> {
    let parts =
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；'));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let numbers = parts.iter().filter_map(|part| Number::parse(part).ok());
    let numbers: Vec<Number> = numbers.filter(|no| no.series == Series::Company).collect();
    if numbers.len() != parts.len() {
        r.wrong(field, "w-which-hint");
    }
    numbers
}
