//! What can be done with links: invite, join, write, sync, take a bundle, end.

use std::io::Read as _;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::terms::{LetterSort, LetterWay};
use domain::{Number, Series};
use link::exchange::{BUNDLE_BYTES_MAX, Invitation};
use office::{INVITATION_DAYS, LetterForm, Sort, Source, Trouble};

use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form, terms};
use crate::input::{Errors, Input, Posted, Reading};
use crate::pages::{number, submit};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::visitor::Member;

/// The largest file that is read for a letter.
const FILE_BYTES_MAX: u64 = 17 << 20;

fn query(query: Option<String>) -> Input {
    Input::parse(query.unwrap_or_default().as_bytes())
}

/// A file that came with a form, whole.
pub(crate) fn whole(source: Source, most: u64) -> Result<(String, Vec<u8>), Trouble> {
    let name = source.name().to_owned();
    let Source::Upload { bytes, .. } = source else { return Ok((name, Vec::new())) };
    let mut content = Vec::new();
    let read = bytes.take(most + 1).read_to_end(&mut content);
    read.map_err(|error| Trouble::disk(&name, error))?;
    if content.len() as u64 > most {
        let args = vec![("most", (most >> 20).to_string())];
        return Err(Trouble::Other("trouble-letter-too-large", args, Sort::Refused));
    }
    Ok((name, content))
}

fn joining(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let invitation = Field::area(desk, "invitation", "w-invitation", input);
    let code = Field::text(desk, "code", "field-code", input);
    Ok(Form::new(desk, "w-ask-link", "/exchange/join".into(), "w-do-join")
        .lead(desk.t("w-ask-link-lead"))
        .crumb(desk, "/exchange", "w-nav-exchange")
        .aside(desk, &["w-join-what", "w-join-what-1", "w-join-what-2", "w-join-what-3"])
        .ask(invitation.hint(desk, "w-invitation-hint"))
        .ask(code.hint(desk, "w-join-code-hint").skip()))
}

/// `GET /exchange/join`.
pub(crate) async fn join(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::default();
        joining(desk, &input)?.page(desk, Section::Exchange, &input, &Errors::new())
    })
    .await
}

/// `POST /exchange/join`.
pub(crate) async fn send_join(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Exchange, &posted, joining, |r| {
            let text = r.must_text("invitation", "w-invitation");
            let invitation = Invitation::parse(&text).ok();
            if invitation.is_none() && r.is_right() {
                r.wrong("invitation", "trouble-invitation");
            }
            let (Some(invitation), true) = (invitation, r.is_right()) else { return Ok(None) };
            let code = r.text("code");
            let receipt = desk.office().ask_link(&r.ask(), &invitation, code.as_deref())?;
            Ok(receipt.number.map(|no| (href(no), receipt)))
        })
    })
    .await
}

fn offering(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let company = Field::text(desk, "company", "w-link-company", input);
    let url = Field::text(desk, "url", "w-link-url", input);
    Ok(Form::new(desk, "w-offer-link", "/exchange/offer".into(), "w-do-offer")
        .lead(desk.t("w-offer-link-lead"))
        .crumb(desk, "/exchange", "w-nav-exchange")
        .ask(company.hint(desk, "w-offer-company-hint").skip())
        .ask(Field::day(desk, "until", "w-link-until", input))
        .ask(url.hint(desk, "w-offer-url-hint").skip()))
}

/// `GET /exchange/offer?company=QY-0001`.
pub(crate) async fn offer(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(asked): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let until = desk.today().plus_days(INVITATION_DAYS).unwrap_or(desk.today());
        let company = query(asked).get("company").to_owned();
        let input = Input::of([("until", until.to_string()), ("company", company)]);
        offering(desk, &input)?.page(desk, Section::Exchange, &input, &Errors::new())
    })
    .await
}

#[derive(Template)]
#[template(path = "pages/exchange/invitation.html")]
struct Offered {
    s: Shell,
    no: String,
    until: String,
    text: String,
    href: String,
}

/// `POST /exchange/offer`: shows the invitation, this once.
pub(crate) async fn send_offer(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let mut r = Reading::new(desk, &posted.input);
        let company = r.number("company", Series::Company);
        let until = r.day("until");
        if until.is_none() && r.is_right() {
            r.wrong("until", "w-not-a-day");
        }
        let url = r.text("url").map(|url| url.trim_end_matches('/').to_owned());
        if url.as_deref().is_some_and(|url| !is_address(url)) {
            r.wrong("url", "w-not-an-address");
        }
        if let (Some(until), true) = (until, r.is_right()) {
            match desk.office().offer_link(&r.ask(), company, until, url) {
                Ok((receipt, invitation)) => {
                    let no = receipt.number.ok_or(Problem::NotFound)?;
                    return reply::html(&Offered {
                        no: no.to_string(),
                        until: until.to_string(),
                        text: invitation.to_text(),
                        href: href(no),
                        s: desk.shell(Section::Exchange)?,
                    });
                }
                Err(trouble) => r.refused(trouble)?,
            }
        }
        let errors = r.errors;
        offering(desk, &posted.input)?.page(desk, Section::Exchange, &posted.input, &errors)
    })
    .await
}

fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

fn writing(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    desk.reader.link(no)?.ok_or(Problem::NotFound)?;
    let sorts =
        LetterSort::ALL.iter().filter(|sort| sort.writer() == desk.app.role && sort.is_free());
    let sorts = terms(desk, input, "sort", "letter", sorts.map(|sort| sort.word()));
    let mut form = Form::new(desk, "w-write-letter", format!("{}/write", href(no)), "w-do-send")
        .lead(desk.t("w-write-letter-lead"))
        .crumb(desk, "/exchange", "w-nav-exchange")
        .about(desk, no)
        .ask(Field::radio(desk, "sort", "w-letter-sort", sorts, input).row())
        .ask(Field::text(desk, "subject", "field-subject", input))
        .ask(Field::area(desk, "text", "w-letter-text", input).skip())
        .ask(Field::files(desk, "files", "w-letter-files", input).skip())
        .ask_more(Field::day(desk, "due", "w-letter-due", input).skip());
    if let Ok(seq) = input.get("re").parse::<u64>() {
        form.lead = desk.n("w-write-answer-lead", seq);
        form.hidden.push(("re", seq.to_string()));
    }
    Ok(form)
}

/// `GET /exchange/LW-0001/write?re=3`.
pub(crate) async fn write(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
    RawQuery(asked): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Link)?;
        let re = query(asked).get("re").to_owned();
        let input = Input::of([("re", re)]);
        writing(desk, no, &input)?.page(desk, Section::Exchange, &input, &Errors::new())
    })
    .await
}

/// `POST /exchange/LW-0001/write`.
pub(crate) async fn send_write(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Link)?;
        submit(
            desk,
            Section::Exchange,
            &posted,
            |desk, input| writing(desk, no, input),
            |r| {
                let sort = r.must_term("sort", LetterSort::from_word);
                let subject = r.must_text("subject", "field-subject");
                let due = r.day("due");
                let (Some(sort), true) = (sort, r.is_right()) else { return Ok(None) };
                let files = r.sources("files")?.into_iter();
                let files = files.map(|source| whole(source, FILE_BYTES_MAX));
                let form = LetterForm {
                    sort,
                    subject,
                    text: r.text("text").unwrap_or_default(),
                    re: r.input.get("re").parse().ok().map(|seq| (LetterWay::In, seq)),
                    due,
                    files: files.collect::<Result<_, _>>()?,
                };
                let (_, receipt) = desk.office().write_letter(&r.ask(), no, &form)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}

/// `POST /exchange/LW-0001/sync`.
pub(crate) async fn sync(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Link)?;
        desk.office().sync(no)?;
        Ok(reply::see_other(&href(no)))
    })
    .await
}

fn taking(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let files = Field::files(desk, "files", "w-bundle-files", input);
    Ok(Form::new(desk, "w-take-bundle", "/exchange/import".into(), "w-do-take")
        .lead(desk.t("w-take-bundle-lead"))
        .crumb(desk, "/exchange", "w-nav-exchange")
        .ask(files))
}

/// `GET /exchange/import`.
pub(crate) async fn take(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::default();
        taking(desk, &input)?.page(desk, Section::Exchange, &input, &Errors::new())
    })
    .await
}

/// `POST /exchange/import`.
pub(crate) async fn send_take(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let mut r = Reading::new(desk, &posted.input);
        let sources = r.sources("files")?;
        if sources.is_empty() {
            r.wrong("files", "w-choose-file");
        }
        let mut link = None;
        for source in sources {
            let taken = whole(source, BUNDLE_BYTES_MAX as u64)
                .and_then(|(_, bytes)| desk.office().take(&bytes));
            match taken {
                Ok(taken) => {
                    link = Some(taken.link);
                    taken.trouble.map_or(Ok(()), |trouble| r.refused(trouble))?;
                }
                Err(trouble) if trouble.sort() == Sort::NotFound => {
                    r.wrong("files", trouble.key());
                }
                Err(trouble) => r.refused(trouble)?,
            }
        }
        if let (Some(link), true) = (link, r.is_right()) {
            posted.session.drop_uploads(&posted.input.all_files());
            return Ok(reply::see_other(&href(link)));
        }
        let errors = r.errors;
        taking(desk, &posted.input)?.page(desk, Section::Exchange, &posted.input, &errors)
    })
    .await
}

fn ending(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    desk.reader.link(no)?.ok_or(Problem::NotFound)?;
    Ok(Form::new(desk, "w-end-link", format!("{}/end", href(no)), "w-end-link")
        .lead(desk.t("w-end-link-lead"))
        .crumb(desk, "/exchange", "w-nav-exchange")
        .about(desk, no)
        .danger()
        .ask(Field::text(desk, "why", "field-why", input)))
}

/// `GET /exchange/LW-0001/end`.
pub(crate) async fn end(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::default();
        ending(desk, number(&no, Series::Link)?, &input)?.page(
            desk,
            Section::Exchange,
            &input,
            &Errors::new(),
        )
    })
    .await
}

/// `POST /exchange/LW-0001/end`.
pub(crate) async fn send_end(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Link)?;
        submit(
            desk,
            Section::Exchange,
            &posted,
            |desk, input| ending(desk, no, input),
            |r| {
                let why = r.must_text("why", "field-why");
                if !r.is_right() {
                    return Ok(None);
                }
                let receipt = desk.office().end_link(&r.ask(), no, why)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}
