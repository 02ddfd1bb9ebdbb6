//! 账号: who may sign in, with which role, until when; and who is signed in now.

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::rights::{belongs_to, may, roles_of};
use domain::terms::{AccountRole, Action, PasswordBy, Role};
use domain::{Moment, Number, Series};
use office::{AccountForm, CODE_DAYS, Trouble};
use store::read::{AccountRow, SessionRow};
use store::{Ending, Reader};
use vault::Zeroizing;

use super::{number, submit};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form, numbers, terms};
use crate::input::{Errors, Input, Posted, Reading};
use crate::list::{Act, Cell, List, Table};
use crate::problem::Problem;
use crate::reply;
use crate::session::IDLE_MILLIS;
use crate::shell::{Section, Shell};
use crate::show::{self, Status};
use crate::thing::Thing;
use crate::visitor::Member;

/// So many people are offered by name.
const OFFERED_MAX: usize = 500;

/// The role of an account in words.
pub(crate) fn role_words(desk: &Desk, role: AccountRole) -> String {
    desk.t(&format!("account-role-{}", role.word()))
}

fn state(desk: &Desk, row: &AccountRow) -> Status {
    let over = row.until.is_some_and(|until| until < desk.today());
    match (row.closed, over, row.password) {
        (true, ..) => Status::new("", desk.t("w-account-closed")),
        (_, true, _) => Status::new("due", desk.t("w-account-over")),
        (_, _, Some((PasswordBy::Holder, _))) => Status::new("ok", desk.t("w-account-open")),
        (_, _, Some((PasswordBy::Code, at))) => {
            let last = desk.day_of(at).plus_days(CODE_DAYS).unwrap_or(desk.today());
            match last < desk.today() {
                true => Status::new("due", desk.t("w-account-code-over")),
                false => {
                    let day = last.to_string();
                    Status::new("part", desk.tr("w-account-invited", &[("day", &day)]))
                }
            }
        }
        (_, _, None) => Status::new("due", desk.t("w-account-no-password")),
    }
}

/// The sessions that are alive, of one account or of all.
pub(crate) fn sessions(
    desk: &Desk,
    reader: &Reader,
    of: Option<Option<Number>>,
) -> Result<Vec<SessionRow>, Problem> {
    let since = Moment(desk.office().now().0 - IDLE_MILLIS);
    let mut rows = reader.sessions(since)?;
    rows.retain(|row| of.is_none_or(|of| row.account == of));
    Ok(rows)
}

/// `GET /accounts`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let heads = [
            ("w-col-account", ""),
            ("w-col-role", ""),
            ("w-col-holder", "p2"),
            ("w-col-until", "p2"),
            ("w-col-state", ""),
        ];
        let mut table = Table::new(desk, &heads);
        table.caption = desk.t("w-accounts-caption");
        let owner = Cell::text(desk.t("account-role-owner")).sub(desk.t("w-account-owner-sub"));
        table.rows.push(vec![
            owner,
            Cell::text(desk.t("account-role-owner")),
            Cell::text(show::nothing()),
            Cell::text(show::nothing()),
            Cell::status(Status::new("ok", desk.t("w-account-open"))),
        ]);
        for row in desk.reader.accounts()? {
            let holder = row.holder.map_or_else(
                || Cell::text(show::nothing()),
                |no| Cell::link(href(no), desk.name(no)).sub(no.to_string()),
            );
            table.rows.push(vec![
                Cell::link(href(row.no), desk.name(row.no)).sub(row.no.to_string()),
                Cell::text(role_words(desk, row.role)),
                holder,
                Cell::text(show::day(row.until)),
                Cell::status(state(desk, &row)),
            ]);
        }
        let mut list = List::new(desk, "/accounts", "w-nav-accounts", table);
        list.lead = desk.t("w-accounts-lead");
        list.acts = vec![
            Act::new(desk, "/accounts/rights", "w-account-rights"),
            Act::new(desk, "/accounts/new", "w-add-account").first(),
        ];
        let now = sessions_table(desk, &sessions(desk, &desk.reader, None)?);
        list.above = vec![(desk.t("w-sessions"), now)];
        list.page(desk, Section::Accounts)
    })
    .await
}

fn sessions_table(desk: &Desk, rows: &[SessionRow]) -> Table {
    let heads = [
        ("w-col-account", ""),
        ("w-col-begun", "p2"),
        ("w-col-used", ""),
        ("w-col-address", "p2"),
        ("w-col-do", ""),
    ];
    Table::new(desk, &heads).with(rows.iter().map(|row| {
        let who = row.account.map_or_else(|| desk.t("account-role-owner"), |no| desk.name(no));
        let here = desk.visitor.session.as_ref().is_some_and(|session| session.id == row.id);
        let sub = if here { desk.t("w-session-here") } else { String::new() };
        let who = match row.account {
            Some(no) => Cell::link(href(no), who),
            None => Cell::text(who),
        };
        vec![
            who.sub(sub),
            Cell::text(desk.minute(row.begun)),
            Cell::text(desk.minute(row.seen)),
            Cell::text(if row.address.is_empty() { show::nothing() } else { row.address.clone() }),
            Cell::link(format!("/accounts/sessions/{}/end", row.id), desk.t("w-end-session")),
        ]
    }))
}

/// `GET /accounts/rights`: the whole table, as it is enforced.
pub(crate) async fn rights(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let roles = roles_of(desk.app.role);
        let mut table = Table::new(desk, &[("w-col-action", "")]);
        table.heads.extend(roles.iter().map(|role| (role_words(desk, *role), "")));
        for action in Action::ALL.iter().copied().filter(|action| is_here(desk, *action)) {
            let mut row = vec![Cell::text(desk.t(&format!("action-{}", action.word())))];
            row.extend(roles.iter().map(|role| match may(*role, action) {
                true => Cell::text("✓"),
                false => Cell::text(show::nothing()),
            }));
            table.rows.push(row);
        }
        let mut list = List::new(desk, "/accounts/rights", "w-account-rights", table);
        list.lead = desk.t(match desk.app.role {
            Role::Enterprise => "w-account-rights-lead",
            Role::Station => "w-account-rights-lead-station",
        });
        list.page(desk, Section::Accounts)
    })
    .await
}

/// Whether an action means something on this sort of node.
pub(crate) fn is_here(desk: &Desk, action: Action) -> bool {
    belongs_to(action).is_none_or(|role| role == desk.app.role)
}

fn secrets_of(input: &Input) -> String {
    let typed: Vec<&str> = input.all("secrets").collect();
    typed.join(" ")
}

/// What a role is asked for, in opening and in changing.
fn asked(desk: &Desk, form: Form, input: &Input) -> Form {
    let roles = roles_of(desk.app.role).iter().filter(|role| **role != AccountRole::Owner);
    let mut roles = terms(desk, input, "role", "account-role", roles.map(|role| role.word()));
    for choice in &mut roles {
        choice.sub = desk.t(&format!("account-role-{}-sub", choice.value));
    }
    let form = form.ask(Field::radio(desk, "role", "w-col-role", roles, input));
    let form = match desk.app.role {
        Role::Station => form,
        Role::Enterprise => {
            let field = Field::text(desk, "secrets", "w-account-secrets", input);
            let field = Field { value: secrets_of(input), ..field };
            form.ask(field.hint(desk, "w-account-secrets-hint").skip())
        }
    };
    let until = Field::day(desk, "until", "w-account-until", input).skip();
    form.ask(Field { hint: desk.t("w-account-until-hint"), ..until })
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let form = Form::new(desk, "w-add-account", "/accounts/new".into(), "w-do-open-account")
        .lead(desk.t("w-add-account-lead"))
        .crumb(desk, "/accounts", "w-nav-accounts")
        .aside(desk, &["w-account-aside", "w-account-aside-1", "w-account-aside-2"])
        .ask(Field::text(desk, "name", "w-sign-in-name", input).hint(desk, "w-account-name-hint"));
    let form = asked(desk, form, input);
    let holders: Vec<Number> = match desk.app.role {
        Role::Enterprise => desk.reader.people()?.into_iter().map(|row| row.no).collect(),
        Role::Station => {
            let experts = desk.reader.experts()?.into_iter().map(|row| row.no);
            let bodies = desk.reader.organisations(None)?.into_iter();
            let bodies = bodies.filter(|row| row.ended.is_none()).map(|row| row.no);
            experts.chain(bodies).collect()
        }
    };
    let holder = match holders.len() <= OFFERED_MAX {
        true => {
            let choices = numbers(desk, input, "holder", "w-account-no-holder", holders);
            Field::select(desk, "holder", "w-col-holder", choices, input)
        }
        false => Field::text(desk, "holder", "w-col-holder", input),
    };
    let hint = match desk.app.role {
        Role::Enterprise => "w-account-holder-hint",
        Role::Station => "w-account-holder-hint-station",
    };
    Ok(form.ask(holder.hint(desk, hint).skip()))
}

/// `GET /accounts/new?holder=RY-0001`.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        make(desk, &input)?.page(desk, Section::Accounts, &input, &Errors::new())
    })
    .await
}

type Asked = (AccountRole, Option<Vec<Number>>, Option<domain::Day>);

fn read_asked(r: &mut Reading<'_>) -> Option<Asked> {
    let role = r.must_term("role", AccountRole::from_word);
    let until = r.day("until");
    let typed = secrets_of(r.input);
    let typed = typed.split([' ', ',', '，', '、']).filter(|typed| !typed.is_empty());
    let secrets: Option<Vec<Number>> = typed
        .map(|typed| Number::parse(typed).ok().filter(|no| no.series == Series::Secret))
        .collect();
    if secrets.is_none() {
        r.wrong("secrets", "w-account-secrets-wrong");
    }
    let secrets = secrets.filter(|secrets| !secrets.is_empty());
    role.filter(|_| r.is_right()).map(|role| (role, secrets, until))
}

#[derive(Template)]
#[template(path = "pages/accounts/code.html")]
struct Code {
    s: Shell,
    no: String,
    href: String,
    name: String,
    code: String,
    days: i64,
}

/// Shows a one-time code, this once.
fn show_code(desk: &Desk, no: Number, code: &Zeroizing<String>) -> Result<Response, Problem> {
    reply::html(&Code {
        no: no.to_string(),
        href: href(no),
        name: desk.name(no),
        code: code.as_str().to_owned(),
        days: CODE_DAYS,
        s: desk.shell(Section::Accounts)?,
    })
}

/// `POST /accounts/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let mut r = Reading::new(desk, &posted.input);
        let name = r.must_text("name", "w-sign-in-name");
        let typed = Number::parse(r.input.get("holder")).ok().map(|no| no.series);
        let holder_of = match (desk.app.role, typed) {
            (Role::Enterprise, _) => Series::Person,
            (Role::Station, Some(Series::Organisation)) => Series::Organisation,
            (Role::Station, _) => Series::Expert,
        };
        let holder = r.number("holder", holder_of);
        if let Some((role, secrets, until)) = read_asked(&mut r) {
            let form = AccountForm { name, role, holder, secrets, until };
            match desk.office().open_account(&r.ask(), form, desk.unlocked()) {
                Ok((receipt, code)) => {
                    let no = receipt.number.ok_or(Problem::NotFound)?;
                    return show_code(desk, no, &code);
                }
                Err(trouble) => refused(&mut r, trouble)?,
            }
        }
        let errors = r.errors;
        make(desk, &posted.input)?.page(desk, Section::Accounts, &posted.input, &errors)
    })
    .await
}

/// Puts a refusal beside the question it is about.
fn refused(r: &mut Reading<'_>, trouble: Trouble) -> Result<(), Problem> {
    let field = match trouble.key() {
        "trouble-name-taken" => "name",
        "refusal-no-holder" | "refusal-no-holder-expert" | "refusal-no-holder-organisation" => {
            "holder"
        }
        "refusal-no-limits" => "secrets",
        "refusal-day-over" => "until",
        _ => return r.refused(trouble),
    };
    let words = crate::problem::words_of(r.desk.lang(), &trouble);
    r.errors.push((field.to_owned(), words));
    Ok(())
}

/// `GET /accounts/ZH-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Account)?;
        let row = desk.reader.account(no)?.ok_or(Problem::NotFound)?;
        let list = ("/accounts", "w-nav-accounts");
        let mut thing = Thing::new(desk, no, list, desk.name(no))?;
        thing.lead = desk.t(&format!("account-role-{}-sub", row.role.word()));
        let state = state(desk, &row);
        if state.class == "due" {
            thing.notes.push(("due", state.text.clone()));
        }
        if !row.closed {
            let act = |to: &str, label: &str| Act::new(desk, format!("{}/{to}", href(no)), label);
            thing.acts = vec![
                act("change", "w-do-change-account"),
                act("code", "w-do-code"),
                act("close", "w-do-close-account"),
            ];
        }
        thing.fact(desk, "w-col-role", role_words(desk, row.role));
        thing.fact(desk, "w-col-state", state.text);
        thing.fact_of(desk, "w-col-holder", row.holder);
        thing.fact(
            desk,
            "w-account-until",
            row.until.map(|day| day.to_string()).unwrap_or_default(),
        );
        let secrets = row.secrets.iter().flatten().map(ToString::to_string);
        thing.fact(desk, "w-account-secrets", secrets.collect::<Vec<_>>().join(" "));
        let holds = domain::rights::holds_key(row.role);
        let key = if holds { "w-account-holds-key" } else { "w-account-holds-no-key" };
        thing.fact(desk, "w-account-key", desk.t(key));
        let sessions = sessions(desk, &desk.reader, Some(Some(no)))?;
        thing.table(desk, "w-sessions", sessions_table(desk, &sessions), "w-sessions-none");
        thing.page(desk, Section::Accounts)
    })
    .await
}

fn known(row: &AccountRow) -> Input {
    let mut fields = vec![("role", row.role.word().to_owned())];
    fields.extend(row.until.map(|day| ("until", day.to_string())));
    fields.extend(row.secrets.iter().flatten().map(|no| ("secrets", no.to_string())));
    Input::of(fields)
}

fn change_form(desk: &Desk, no: Number, input: &Input) -> Form {
    let form = Form::new(desk, "w-change-account", format!("{}/change", href(no)), "w-do-write")
        .lead(desk.t("w-change-account-lead"))
        .crumb(desk, "/accounts", "w-nav-accounts")
        .about(desk, no);
    asked(desk, form, input).ask(Field::text(desk, "why", "field-why", input).skip())
}

/// `GET /accounts/ZH-0001/change`.
pub(crate) async fn change(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Account)?;
        let input = known(&desk.reader.account(no)?.ok_or(Problem::NotFound)?);
        change_form(desk, no, &input).page(desk, Section::Accounts, &input, &Errors::new())
    })
    .await
}

/// `POST /accounts/ZH-0001/change`.
pub(crate) async fn send_change(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Account)?;
        let mut r = Reading::new(desk, &posted.input);
        if let Some(asked) = read_asked(&mut r) {
            let (ask, why) = (r.ask(), r.text("why"));
            match desk.office().change_account(&ask, no, asked, why, desk.unlocked()) {
                Ok((_, Some(code))) => return show_code(desk, no, &code),
                Ok((receipt, None)) => return Ok(super::written(&href(no), &receipt)),
                Err(trouble) => refused(&mut r, trouble)?,
            }
        }
        let errors = r.errors;
        change_form(desk, no, &posted.input).page(desk, Section::Accounts, &posted.input, &errors)
    })
    .await
}

fn code_form(desk: &Desk, no: Number) -> Form {
    Form::new(desk, "w-account-code-new", format!("{}/code", href(no)), "w-do-code")
        .lead(desk.t("w-account-code-lead"))
        .crumb(desk, "/accounts", "w-nav-accounts")
        .about(desk, no)
}

/// `GET /accounts/ZH-0001/code`.
pub(crate) async fn code(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Account)?;
        desk.reader.account(no)?.ok_or(Problem::NotFound)?;
        code_form(desk, no).page(desk, Section::Accounts, &Input::default(), &Errors::new())
    })
    .await
}

/// `POST /accounts/ZH-0001/code`.
pub(crate) async fn send_code(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Account)?;
        let mut r = Reading::new(desk, &posted.input);
        match desk.office().reset_account(&r.ask(), no, desk.unlocked()) {
            Ok(code) => show_code(desk, no, &code),
            Err(trouble) => {
                r.refused(trouble)?;
                let errors = r.errors;
                code_form(desk, no).page(desk, Section::Accounts, &posted.input, &errors)
            }
        }
    })
    .await
}

fn close_form(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    Ok(Form::new(desk, "w-close-account", format!("{}/close", href(no)), "w-do-close-account")
        .lead(desk.t("w-close-account-lead"))
        .crumb(desk, "/accounts", "w-nav-accounts")
        .about(desk, no)
        .danger()
        .ask(Field::text(desk, "why", "field-why", input)))
}

/// `GET /accounts/ZH-0001/close`.
pub(crate) async fn close(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Account)?;
        desk.reader.account(no)?.ok_or(Problem::NotFound)?;
        let input = Input::default();
        close_form(desk, no, &input)?.page(desk, Section::Accounts, &input, &Errors::new())
    })
    .await
}

/// `POST /accounts/ZH-0001/close`.
pub(crate) async fn send_close(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Account)?;
        let make = |desk: &Desk, input: &Input| close_form(desk, no, input);
        submit(desk, Section::Accounts, &posted, make, |r| {
            let why = r.must_text("why", "field-why");
            if !r.is_right() {
                return Ok(None);
            }
            Ok(Some((href(no), desk.office().close_account(&r.ask(), no, why)?)))
        })
    })
    .await
}

fn end_form(desk: &Desk, id: &str) -> Form {
    let mut form =
        Form::new(desk, "w-end-session", format!("/accounts/sessions/{id}/end"), "w-end-session")
            .lead(desk.t("w-end-session-lead"))
            .crumb(desk, "/accounts", "w-nav-accounts");
    form.back = "/accounts".into();
    form
}

/// `GET /accounts/sessions/1f…/end`.
pub(crate) async fn end_ask(
    State(app): State<App>,
    Member(visitor): Member,
    Path(id): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let rows = sessions(desk, &desk.reader, None)?;
        let row = rows.iter().find(|row| row.id == id).ok_or(Problem::NotFound)?;
        end_form(desk, &row.id).page(desk, Section::Accounts, &Input::default(), &Errors::new())
    })
    .await
}

/// `POST /accounts/sessions/1f…/end`.
pub(crate) async fn end(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        desk.office().end_sessions(Ending::One(&id))?;
        Ok(reply::see_other("/accounts"))
    })
    .await
}
