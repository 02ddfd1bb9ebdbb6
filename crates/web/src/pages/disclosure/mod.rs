//! 对外披露: recording that something was given away, its page, and its end.

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::terms::Ending;
use domain::{Number, Series};
use office::DisclosureForm;
use store::read::{DisclosureRow, SecretFilter};

use super::papers::{self, Paper};
use super::{number, submit};
use crate::describe::Line;
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, numbers, parts, terms};
use crate::input::{Errors, Input, Posted};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::{self, Link, Status};
use crate::visitor::Member;

/// Secret points offered by name.
const SECRETS_MAX: u32 = 500;

#[derive(Template)]
#[template(path = "pages/disclosure/page.html")]
struct Page {
    s: Shell,
    no: String,
    row: Row,
    open: bool,
    steps: Vec<Step>,
    warning: String,
    secret: Link,
    partner: Link,
    facts: Vec<(String, String)>,
    agreement: Option<Link>,
    papers: Vec<Paper>,
    lines: Vec<Line>,
}

/// A step on the way of a disclosure.
struct Step {
    class: &'static str,
    title: String,
    words: String,
}

/// A disclosure in a table.
pub(crate) struct Row {
    pub(crate) href: String,
    pub(crate) no: String,
    /// The other side: the partner on a secret point's page, the secret point on a partner's.
    pub(crate) name: String,
    pub(crate) purpose: String,
    pub(crate) happened: String,
    pub(crate) status: Status,
}

impl Row {
    /// As the secret point sees it: to whom.
    pub(crate) fn of(desk: &Desk, row: &DisclosureRow) -> Self {
        Self {
            href: href(row.no),
            no: format!("{} · {}", row.no, row.secret),
            name: row.partner_name.clone(),
            purpose: row.purpose.clone(),
            happened: show::day(row.happened),
            status: status(desk, row),
        }
    }
}

/// As the partner sees it: of what.
pub(crate) fn of_partner(desk: &Desk, row: &DisclosureRow) -> Row {
    Row { name: desk.name(row.secret), ..Row::of(desk, row) }
}

/// Where a disclosure stands.
pub(crate) fn status(desk: &Desk, row: &DisclosureRow) -> Status {
    match (row.ending, row.until) {
        (Some(ending), _) => Status::new("done", desk.t(&format!("ending-{}", ending.word()))),
        (None, Some(until)) if desk.today().days_to(until) <= 30 => desk.due(until),
        (None, _) => Status::new("part", desk.t("w-out")),
    }
}

/// `GET /disclosures/PL-0001`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Disclosure)?;
        let row = desk.reader.disclosure(no)?.ok_or(Problem::NotFound)?;
        let mut lines = desk.lines(&desk.reader.timeline(no)?, Some(no));
        lines.reverse();
        let carriers = match &row.carriers[..] {
            [] => show::nothing(),
            parts => desk.n("w-carrier-nos", show::list(desk.lang(), parts)),
        };
        let person = row.person.map(|no| format!("{} {no}", desk.name(no)));
        let page = Page {
            open: row.ended_idx.is_none(),
            steps: steps(desk, &row)?,
            warning: warning(desk, &row)?,
            secret: desk.link(row.secret),
            partner: desk.link(row.partner),
            facts: vec![
                (desk.t("field-purpose"), row.purpose.clone()),
                (desk.t("w-given-statements"), desk.statements(row.statements.as_deref())),
                (desk.t("w-given-carriers"), carriers),
                (desk.t("w-given-by"), person.unwrap_or_else(show::nothing)),
            ],
            agreement: row.agreement.map(|no| desk.link(no)),
            papers: papers::of(desk, no)?,
            lines,
            no: no.to_string(),
            row: Row::of(desk, &row),
            s: desk.shell(Section::Partners)?,
        };
        reply::html(&page)
    })
    .await
}

/// Agreed, given, to be back, back: with the day of each.
fn steps(desk: &Desk, row: &DisclosureRow) -> Result<Vec<Step>, Problem> {
    let agreement = row.agreement.map(|no| desk.reader.agreement(no)).transpose()?.flatten();
    let agreed = match agreement {
        Some(agreement) => ("done", desk.period(agreement.from, agreement.until)),
        None => ("", desk.t("w-step-no-agreement")),
    };
    let day = row.happened.unwrap_or_else(|| desk.day_of(row.at));
    let due = match (row.ending, row.until) {
        (Some(_), until) => ("done", show::day(until)),
        (None, Some(until)) => ("now", format!("{until} · {}", desk.due(until).text)),
        (None, None) => ("", desk.t("w-step-no-date")),
    };
    let end = match row.ending {
        Some(ending) => (
            "done",
            format!("{} · {}", show::day(row.ended), desk.t(&format!("ending-{}", ending.word()))),
        ),
        None => ("", desk.t("w-step-open")),
    };
    let given = ("done", day.to_string());
    let titles = ["w-step-agreed", "w-step-given", "w-step-due", "w-step-back"];
    Ok(titles
        .into_iter()
        .zip([agreed, given, due, end])
        .map(|(title, (class, words))| Step { class, title: desk.t(title), words })
        .collect())
}

fn warning(desk: &Desk, row: &DisclosureRow) -> Result<String, Problem> {
    if row.ended_idx.is_some() {
        return Ok(String::new());
    }
    let today = desk.today();
    let agreement = row.agreement.map(|no| desk.reader.agreement(no)).transpose()?.flatten();
    let over = agreement.as_ref().and_then(|a| a.until).is_some_and(|until| until < today);
    Ok(match (agreement, row.until) {
        (None, _) => desk.t("w-warn-no-agreement"),
        _ if over => desk.t("w-warn-agreement-over"),
        (_, Some(until)) if until < today => desk.t("w-warn-not-back"),
        _ => String::new(),
    })
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let secret = Number::parse(input.get("secret")).ok();
    let partner = Number::parse(input.get("partner")).ok();
    let filter = SecretFilter { limit: SECRETS_MAX, ..SecretFilter::default() };
    let secrets = desk.reader.secrets(&filter)?.rows.into_iter().map(|row| row.no);
    let partners = desk.reader.partners()?.into_iter().map(|row| row.no);
    let people = desk.reader.people()?.into_iter().map(|row| row.no);
    let agreements = desk.reader.agreements(partner)?.into_iter().map(|row| {
        let label = format!("{} {} · {}", row.title, row.no, desk.name(row.partner));
        let on = Number::parse(input.get("agreement")) == Ok(row.no);
        Choice::new(row.no, label, on)
    });
    let mut agreements: Vec<Choice> = agreements.collect();
    agreements.insert(0, Choice::new("", desk.t("w-no-agreement"), false));
    let mut form = Form::new(desk, "w-disclose", "/disclosures/new".into(), "w-do-write")
        .lead(desk.t("w-disclose-lead"))
        .crumb(desk, "/partners", "w-nav-partners")
        .aside(desk, &["w-disclose-aside", "w-disclose-aside-1", "w-disclose-aside-2"])
        .ask(Field::select(
            desk,
            "secret",
            "w-nav-secrets",
            numbers(desk, input, "secret", "w-choose-one", secrets),
            input,
        ))
        .ask(
            Field::select(
                desk,
                "partner",
                "w-col-partner",
                numbers(desk, input, "partner", "w-choose-one", partners),
                input,
            )
            .hint(desk, "w-disclose-partner-hint"),
        )
        .ask(Field::text(desk, "purpose", "field-purpose", input).hint(desk, "w-purpose-hint"))
        .ask(Field::select(desk, "agreement", "w-col-agreement", agreements, input).skip());
    if let Some(card) = secret.map(|no| desk.reader.secret(no)).transpose()?.flatten() {
        let stand = card.statements.iter().filter(|row| row.stands).map(|row| row.no);
        let stand = parts(desk, input, "statements", "w-statement-no", stand);
        let kept = card.carriers.iter().filter(|row| !row.retired).map(|row| row.no);
        let kept = parts(desk, input, "carriers", "w-carrier-no", kept);
        if !stand.is_empty() {
            let field = Field::ticks(desk, "statements", "w-given-statements", stand, input);
            form = form.ask(field.hint(desk, "w-none-means-all").skip().row());
        }
        if !kept.is_empty() {
            let field = Field::ticks(desk, "carriers", "w-given-carriers", kept, input);
            form = form.ask(field.skip().row());
        }
    }
    form = form
        .ask(Field::day(desk, "happened", "w-given-day", input).skip())
        .ask(Field::day(desk, "until", "w-back-by", input).skip())
        .ask_more(
            Field::select(
                desk,
                "person",
                "w-given-by",
                numbers(desk, input, "person", "w-choose-later", people),
                input,
            )
            .skip(),
        )
        .ask_more(Field::day(desk, "papers_day", "w-paper-day", input).skip())
        .ask_more(
            Field::files(desk, "files", "w-receipts", input).hint(desk, "w-papers-hint").skip(),
        );
    form.back = secret.or(partner).map_or_else(|| "/partners".into(), href);
    Ok(form)
}

/// `GET /disclosures/new`, with `?secret=` and `?partner=` when they are known.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let query = Input::parse(query.unwrap_or_default().as_bytes());
        let input = Input::of([
            ("secret", query.get("secret").to_owned()),
            ("partner", query.get("partner").to_owned()),
            ("happened", desk.today().to_string()),
        ]);
        make(desk, &input)?.page(desk, Section::Partners, &input, &Errors::new())
    })
    .await
}

/// `POST /disclosures/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Partners, &posted, make, |r| {
            let secret = r.must_number("secret", Series::Secret);
            let partner = r.must_number("partner", Series::Partner);
            let purpose = r.must_text("purpose", "field-purpose");
            let agreement = r.number("agreement", Series::Agreement);
            let person = r.number("person", Series::Person);
            let (happened, until) = (r.day("happened"), r.day("until"));
            let papers_day = r.day("papers_day");
            let (Some(secret), Some(partner), true) = (secret, partner, r.is_right()) else {
                return Ok(None);
            };
            let form = DisclosureForm {
                secret,
                statements: r.parts("statements"),
                carriers: r.parts("carriers").unwrap_or_default(),
                partner,
                person,
                happened,
                purpose,
                until,
                agreement,
                papers: r.sources("files")?,
                papers_day,
            };
            let receipt = desk.office().disclose(&r.ask(), form)?;
            Ok(Some((receipt.number.map_or_else(|| href(secret), href), receipt)))
        })
    })
    .await
}

fn make_close(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    desk.reader.disclosure(no)?.ok_or(Problem::NotFound)?;
    let endings = terms(desk, input, "how", "ending", Ending::ALL.iter().map(|e| e.word()));
    Ok(Form::new(desk, "w-close", format!("{}/close", href(no)), "w-do-write")
        .lead(desk.t("w-close-lead"))
        .crumb(desk, "/partners", "w-nav-partners")
        .about(desk, no)
        .ask(Field::radio(desk, "how", "w-close-how", endings, input).row())
        .ask(Field::day(desk, "happened", "w-close-day", input).skip())
        .ask(Field::text(desk, "why", "w-remark", input).skip())
        .ask(
            Field::files(desk, "files", "w-close-papers", input)
                .hint(desk, "w-close-papers-hint")
                .skip(),
        ))
}

/// `GET /disclosures/PL-0001/close`.
pub(crate) async fn close(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Disclosure)?;
        let input = Input::of([("happened", desk.today().to_string())]);
        make_close(desk, no, &input)?.page(desk, Section::Partners, &input, &Errors::new())
    })
    .await
}

/// `POST /disclosures/PL-0001/close`.
pub(crate) async fn send_close(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Disclosure)?;
        submit(
            desk,
            Section::Partners,
            &posted,
            |desk, input| make_close(desk, no, input),
            |r| {
                let how = r.must_term("how", Ending::from_word);
                let happened = r.day("happened");
                let (Some(how), true) = (how, r.is_right()) else { return Ok(None) };
                let (why, papers) = (r.text("why"), r.sources("files")?);
                let receipt =
                    desk.office().close_disclosure(&r.ask(), no, (how, happened), why, papers)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}
