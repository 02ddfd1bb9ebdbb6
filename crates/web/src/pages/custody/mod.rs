//! 保留、删除、销毁: legal holds; what erasing a person or destroying a secret point would cost, and
//! doing it.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::terms::{Action, ErasureGround};
use domain::{Number, Refusal, Series};
use office::{Foresight, Share, Trouble};
use store::read::HoldRow;

use super::{number, submit};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form, numbers, terms};
use crate::input::{Errors, Input, Posted, Reading};
use crate::list::{Act, Cell, List, Table};
use crate::problem::Problem;
use crate::shell::Section;
use crate::show::{self, Status};
use crate::visitor::Member;

// Erasing and destroying.

/// The number in an address, if there is such a person or secret point.
fn thing(desk: &Desk, no: &str, series: Series) -> Result<Number, Problem> {
    let no = number(no, series)?;
    if desk.reader.sees(no)? { Ok(no) } else { Err(Problem::NotFound) }
}

fn shares(desk: &Desk, title: &str, all: &[Share]) -> (String, Table) {
    let table = Table::new(desk, &[("w-erase-what", "")]);
    let rows = all.iter().map(|share| {
        let of: Vec<String> = share.of.iter().map(ToString::to_string).collect();
        vec![Cell::text(desk.n(share.key, share.n)).sub(of.join(&desk.t("w-comma")))]
    });
    (desk.t(title), table.with(rows))
}

/// What stands in the way, each with where it is ended.
fn in_the_way(desk: &Desk, seen: &Foresight) -> (String, Table) {
    let mut table = Table::new(desk, &[("w-erase-what", "")]);
    for hold in &seen.holds {
        let args = [("no", hold.no.to_string()), ("why", hold.why.clone())];
        let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, &**value)).collect();
        let words = desk.tr("w-erase-hold", &args);
        table.rows.push(vec![Cell::link("/holds", words)]);
    }
    for refusal in &seen.first {
        let words = crate::problem::words_of(desk.lang(), &Trouble::from(refusal.clone()));
        let to = match refusal {
            Refusal::StillCleared(person, secret) => format!("{}/bar/{person}", href(*secret)),
            Refusal::AccountStands(_, account) => format!("{}/close", href(*account)),
            Refusal::NotDeclassified(secret) => format!("{}/declassify", href(*secret)),
            _ => href(seen.thing),
        };
        table.rows.push(vec![Cell::link(to, words)]);
    }
    (desk.t("w-erase-first"), table)
}

fn make(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    let seen = desk.office().foresee_erasure(&desk.reader, no)?;
    let person = no.series == Series::Person;
    let (word, title, lead, list, nav) = match person {
        true => ("erase", "w-erase-person", "w-erase-person-lead", "/people", "w-nav-people"),
        false => {
            ("destroy", "w-destroy-secret", "w-destroy-secret-lead", "/secrets", "w-nav-secrets")
        }
    };
    let mut form = Form::new(desk, title, format!("{}/{word}", href(no)), "w-do-erase")
        .lead(desk.t(lead))
        .crumb(desk, list, nav)
        .about(desk, no)
        .danger();
    form.above =
        vec![shares(desk, "w-erase-lost", &seen.lost), shares(desk, "w-erase-stays", &seen.stays)];
    if let Some(done) = seen.done {
        form.lead = desk.n("w-erased-at", done.idx);
        form.closed = true;
        return Ok(form);
    }
    if !seen.may_go() {
        form.above.insert(0, in_the_way(desk, &seen));
        form.closed = true;
        return Ok(form);
    }
    let people = desk.reader.people()?.into_iter().map(|row| row.no).filter(|one| *one != no);
    let people = numbers(desk, input, "approved", "w-choose-one", people);
    let mut approved = Field::select(desk, "approved", "field-approved", people, input);
    if person {
        let grounds = ErasureGround::ALL.iter().map(|one| one.word());
        let grounds = terms(desk, input, "ground", "erasure-ground", grounds);
        form = form.ask(
            Field::radio(desk, "ground", "field-erasure-ground", grounds, input)
                .hint(desk, "w-erase-ground-hint"),
        );
        approved = approved.skip();
    }
    let confirm = desk.tr("w-erase-confirm", &[("no", &no.to_string())]);
    Ok(form
        .ask(approved.hint(desk, "w-approved-hint"))
        .ask(Field::text(desk, "why", "field-why", input).hint(desk, "w-erase-why-hint"))
        .ask(Field::text(desk, "confirm", "w-erase-confirm-label", input).hinted(confirm)))
}

async fn ask(app: App, Member(visitor): Member, no: String, series: Series) -> Response {
    at_desk(app, visitor, move |desk| {
        let (no, input) = (thing(desk, &no, series)?, Input::default());
        make(desk, no, &input)?.page(desk, section(series), &input, &Errors::new())
    })
    .await
}

fn section(series: Series) -> Section {
    if series == Series::Person { Section::People } else { Section::Secrets }
}

/// Whether the number was typed again.
fn confirmed(r: &mut Reading<'_>, no: Number) {
    if Number::parse(r.input.get("confirm").trim()) != Ok(no) {
        r.wrong("confirm", "w-erase-not-confirmed");
    }
}

/// `GET /people/RY-0001/erase`.
pub(crate) async fn erase(
    State(app): State<App>,
    member: Member,
    Path(no): Path<String>,
) -> Response {
    ask(app, member, no, Series::Person).await
}

/// `POST /people/RY-0001/erase`.
pub(crate) async fn send_erase(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = thing(desk, &no, Series::Person)?;
        let make = |desk: &Desk, input: &Input| make(desk, no, input);
        submit(desk, Section::People, &posted, make, |r| {
            let ground = r.must_term("ground", ErasureGround::from_word);
            let approved = r.number("approved", Series::Person);
            let why = r.must_text("why", "field-why");
            confirmed(r, no);
            let (Some(ground), true) = (ground, r.is_right()) else { return Ok(None) };
            let receipt = desk.office().erase_person(&r.ask(), no, ground, approved, why)?;
            Ok(Some((href(no), receipt)))
        })
    })
    .await
}

/// `GET /secrets/MD-0001/destroy`.
pub(crate) async fn destroy(
    State(app): State<App>,
    member: Member,
    Path(no): Path<String>,
) -> Response {
    ask(app, member, no, Series::Secret).await
}

/// `POST /secrets/MD-0001/destroy`.
pub(crate) async fn send_destroy(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = thing(desk, &no, Series::Secret)?;
        let make = |desk: &Desk, input: &Input| make(desk, no, input);
        submit(desk, Section::Secrets, &posted, make, |r| {
            let approved = r.must_number("approved", Series::Person);
            let why = r.must_text("why", "field-why");
            confirmed(r, no);
            let (Some(approved), true) = (approved, r.is_right()) else { return Ok(None) };
            let receipt = desk.office().destroy_secret(&r.ask(), no, approved, why)?;
            posted.session.conceal(no);
            Ok(Some((href(no), receipt)))
        })
    })
    .await
}

// Holds.

/// What a page of a person or a secret point says of holds and of what is gone.
pub(crate) fn notes(desk: &Desk, no: Number) -> Result<Vec<(&'static str, String)>, Problem> {
    let mut notes = Vec::new();
    if let Some(done) = desk.reader.erasure(no)? {
        notes.push(("due", desk.n("w-erased-at", done.idx)));
    }
    if desk.may(Action::SeeIncidents) {
        for row in desk.reader.holds_on(no)? {
            let words = [("no", &*row.no.to_string()), ("why", &*row.why)];
            notes.push(("", desk.tr("w-erase-hold", &words)));
        }
    }
    Ok(notes)
}

fn line(desk: &Desk, row: &HoldRow) -> Vec<Cell> {
    let status = match row.lifted {
        None => Status::new("part", desk.t("hold-stands")),
        Some(_) => Status::new("done", desk.t("hold-lifted")),
    };
    let lift = format!("/holds/{}/{}/lift", row.thing, row.no);
    let may = desk.may(Action::KeepIncidents) && row.lifted.is_none();
    let ground = row.ground.map(|no| Cell::link(href(no), desk.called(no)));
    vec![
        Cell::link(href(row.thing), desk.called(row.thing)).sub(desk.n("w-hold-no", row.no)),
        ground.unwrap_or_else(|| Cell::text(show::nothing())),
        Cell::text(row.why.clone()),
        Cell::link(format!("/ledger/{}", row.idx), desk.minute(row.at)),
        Cell::status(status),
        if may { Cell::link(lift, desk.t("w-lift-hold")) } else { Cell::text(show::nothing()) },
    ]
}

/// `GET /holds`.
pub(crate) async fn holds(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let all = input.has("view", "all");
        let rows = desk.reader.holds(all)?;
        let heads = [
            ("field-held", ""),
            ("field-hold-ground", "p2"),
            ("field-why", ""),
            ("w-col-received", "p2"),
            ("w-col-state", ""),
            ("w-col-do", ""),
        ];
        let table = Table::new(desk, &heads).with(rows.iter().map(|row| line(desk, row)));
        let mut list = List::new(desk, "/holds", "w-holds", table);
        list.lead = desk.t("w-holds-lead");
        if desk.may(Action::KeepIncidents) {
            list.acts = vec![Act::new(desk, "/holds/new", "w-set-hold").first()];
        }
        for (view, key) in [("", "w-holds-standing"), ("all", "w-holds-all")] {
            let count = desk.reader.holds(view == "all")?.len();
            list.chips.push(show::Chip {
                href: show::query("/holds", &[("view", view)]),
                label: desk.t(key),
                count: crate::shell::thousands(count as u64),
                current: (view == "all") == all,
            });
        }
        list.none = (desk.t("w-holds-none"), desk.t("w-holds-none-why"));
        list.page(desk, Section::Incidents)
    })
    .await
}

fn make_hold(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    Ok(Form::new(desk, "w-set-hold", "/holds/new".into(), "w-do-write")
        .lead(desk.t("w-set-hold-lead"))
        .crumb(desk, "/holds", "w-holds")
        .aside(desk, &["w-hold-aside", "w-hold-aside-1", "w-hold-aside-2"])
        .ask(Field::text(desk, "thing", "field-held", input).hint(desk, "w-held-hint"))
        .ask(
            Field::text(desk, "ground", "field-hold-ground", input)
                .hint(desk, "w-hold-ground-hint")
                .skip(),
        )
        .ask(Field::text(desk, "why", "field-why", input)))
}

/// `GET /holds/new`, also with what it is to be set on: `?thing=RY-0001&ground=SJ-0001`.
pub(crate) async fn new_hold(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let mut input = Input::parse(query.unwrap_or_default().as_bytes());
        let ground = Number::parse(input.get("ground")).ok();
        // An incident offers all that it is about.
        if let Some(no) = ground.filter(|no| no.series == Series::Incident)
            && let Some(row) = desk.reader.incident(no)?
            && input.get("thing").is_empty()
        {
            let all: Vec<String> =
                row.secrets.iter().chain(&row.persons).map(ToString::to_string).collect();
            input = Input::of([("thing", all.join(" ")), ("ground", no.to_string())]);
        }
        make_hold(desk, &input)?.page(desk, Section::Incidents, &input, &Errors::new())
    })
    .await
}

/// `POST /holds/new`.
pub(crate) async fn send_hold(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Incidents, &posted, make_hold, |r| {
            let typed = r.must_text("thing", "field-held");
            let mut things = Vec::new();
            for word in typed.split([' ', ',', '，', '、', '\n']).filter(|word| !word.is_empty())
            {
                match Number::parse(word.trim()) {
                    Ok(no) => things.push(no),
                    Err(_) => r.wrong("thing", "w-held-hint"),
                }
            }
            let ground = r.text("ground");
            let parsed = ground.as_deref().and_then(|text| Number::parse(text.trim()).ok());
            if ground.is_some() && parsed.is_none() {
                r.wrong("ground", "w-hold-ground-hint");
            }
            let why = r.must_text("why", "field-why");
            if !r.is_right() {
                return Ok(None);
            }
            let receipt = desk.office().set_hold(&r.ask(), things, parsed, why)?;
            Ok(Some(("/holds".into(), receipt)))
        })
    })
    .await
}

fn make_lift(desk: &Desk, row: &HoldRow, input: &Input) -> Result<Form, Problem> {
    let words = [("thing", desk.called(row.thing)), ("why", row.why.clone())];
    let words: Vec<(&str, &str)> = words.iter().map(|(name, value)| (*name, &**value)).collect();
    let action = format!("/holds/{}/{}/lift", row.thing, row.no);
    let mut form = Form::new(desk, "w-lift-hold", action, "w-lift-hold")
        .lead(desk.tr("w-lift-hold-lead", &words))
        .crumb(desk, "/holds", "w-holds")
        .danger()
        .ask(Field::text(desk, "why", "field-why", input));
    form.back = "/holds".into();
    Ok(form)
}

fn hold_of(desk: &Desk, no: &str, part: u32) -> Result<HoldRow, Problem> {
    let no = Number::parse(no).map_err(|_| Problem::NotFound)?;
    let rows = desk.reader.holds_on(no)?;
    rows.into_iter().find(|row| row.no == part).ok_or(Problem::NotFound)
}

/// `GET /holds/RY-0001/1/lift`.
pub(crate) async fn lift(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, part)): Path<(String, u32)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (row, input) = (hold_of(desk, &no, part)?, Input::default());
        make_lift(desk, &row, &input)?.page(desk, Section::Incidents, &input, &Errors::new())
    })
    .await
}

/// `POST /holds/RY-0001/1/lift`.
pub(crate) async fn send_lift(
    State(app): State<App>,
    Path((no, part)): Path<(String, u32)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let row = hold_of(desk, &no, part)?;
        let make = |desk: &Desk, input: &Input| make_lift(desk, &row, input);
        submit(desk, Section::Incidents, &posted, make, |r| {
            let why = r.must_text("why", "field-why");
            if !r.is_right() {
                return Ok(None);
            }
            let receipt = desk.office().lift_hold(&r.ask(), row.thing, row.no, why)?;
            Ok(Some(("/holds".into(), receipt)))
        })
    })
    .await
}
