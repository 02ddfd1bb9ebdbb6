//! The own account: what one may, the own sessions, the own password.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::rights::may;
use domain::terms::{AccountRole, Action};
use office::PASSWORD_MIN;
use store::Ending;

use super::accounts::{role_words, sessions};
use crate::desk::{App, Desk, at_desk};
use crate::form::{Field, Form};
use crate::input::{Errors, Input, Posted, Reading};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show;
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/account/page.html")]
struct Page {
    s: Shell,
    name: String,
    role: String,
    actions: Vec<String>,
    facts: Vec<(String, String)>,
    sessions: Vec<Session>,
}

struct Session {
    id: String,
    begun: String,
    seen: String,
    address: String,
    here: bool,
}

impl Desk {
    /// Who is signed in, in words; empty for nobody.
    pub(crate) fn who(&self) -> Result<String, Problem> {
        if self.visitor.session.is_none() {
            return Ok(String::new());
        }
        let Some(account) = &self.visitor.account else {
            return Ok(self.t("account-role-owner"));
        };
        // The account's own name, also for who sees no accounts.
        let reader = self.app.full_reader()?;
        Ok(self.office().account_name(&reader, account)?)
    }
}

/// `GET /account`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let account = desk.visitor.account.as_deref();
        let role = account.map_or(AccountRole::Owner, |row| row.role);
        let here = desk.visitor.session.as_ref().map(|session| session.id.clone());
        // Sessions are listed from everything: an account that sees little still sees its own.
        let full = desk.app.full_reader()?;
        let rows = sessions(desk, &full, Some(account.map(|row| row.no)))?;
        let rows = rows.into_iter().map(|row| Session {
            begun: desk.minute(row.begun),
            seen: desk.minute(row.seen),
            here: here.as_ref() == Some(&row.id),
            address: if row.address.is_empty() { show::nothing() } else { row.address },
            id: row.id,
        });
        let mut facts = Vec::new();
        if let Some(row) = account {
            facts.push((desk.t("w-col-account"), row.no.to_string()));
            facts.extend(row.holder.map(|no| (desk.t("w-col-holder"), no.to_string())));
            facts.extend(row.until.map(|day| (desk.t("w-account-until"), day.to_string())));
        }
        let actions = Action::ALL.iter().copied().filter(|action| may(role, *action));
        let here = |action: &Action| super::accounts::is_here(desk, *action);
        let page = Page {
            name: desk.who()?,
            role: format!(
                "{} · {}",
                role_words(desk, role),
                desk.t(&format!("account-role-{}-sub", role.word()))
            ),
            actions: actions
                .filter(here)
                .map(|action| desk.t(&format!("action-{}", action.word())))
                .collect(),
            facts,
            sessions: rows.collect(),
            s: desk.shell(Section::None)?,
        };
        reply::html(&page)
    })
    .await
}

fn make(desk: &Desk) -> Form {
    let first = desk
        .visitor
        .account
        .as_ref()
        .is_some_and(|row| row.password.is_some_and(|(how, _)| how.word() == "code"));
    let (lead, old) = match (first, desk.visitor.account.is_some()) {
        (true, _) => ("w-first-password-lead", "w-one-time-code"),
        (_, true) => ("w-choose-password-lead", "w-old-password"),
        (_, false) => ("w-choose-passphrase-lead", "w-old-password"),
    };
    let new = Field::password(desk, "new", "w-new-password", "new-password");
    let mut form =
        Form::new(desk, "w-choose-password", "/account/password".into(), "w-choose-password")
            .lead(desk.t(lead))
            .ask(Field::password(desk, "old", old, "current-password"))
            .ask(Field { hint: desk.n("w-new-password-hint", PASSWORD_MIN), ..new })
            .ask(Field::password(desk, "again", "w-password-again", "new-password"));
    form.back = "/account".into();
    form
}

/// `GET /account/password`.
pub(crate) async fn form(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        make(desk).page(desk, Section::None, &Input::default(), &Errors::new())
    })
    .await
}

/// `POST /account/password`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let account = desk.visitor.account.as_ref().map(|row| row.no);
        // Passwords are stretched one at a time, here, too.
        let Some(_seat) = desk.app.seat() else { return Err(Problem::Wait(2)) };
        let mut r = Reading::new(desk, &posted.input);
        // Space around a password is part of it, but nobody sees it; it is left out everywhere.
        let (old, new, again) =
            (posted.input.get("old"), posted.input.get("new"), posted.input.get("again"));
        for (name, label) in [("old", "w-old-password"), ("new", "w-new-password")] {
            r.must_text(name, label);
        }
        if r.is_right() && new != again {
            r.wrong("again", "w-passwords-differ");
        }
        if r.is_right() {
            let done = match account {
                Some(no) => desk.office().choose_password(&r.ask(), no, old, new),
                None => desk.office().choose_passphrase(&r.ask(), old, new),
            };
            match done {
                Ok(receipt) => {
                    // Whoever had the old one is out; the session that changed it stays.
                    let here = desk.visitor.session.as_ref().map(|session| session.id.clone());
                    let full = desk.app.full_reader()?;
                    for row in sessions(desk, &full, Some(account))? {
                        if Some(&row.id) != here.as_ref() {
                            desk.office().end_sessions(Ending::One(&row.id))?;
                        }
                    }
                    return Ok(super::written("/account", &receipt));
                }
                Err(trouble) => {
                    let field = if trouble.key() == "trouble-old-password" { "old" } else { "new" };
                    if trouble.sort() != office::Sort::Refused {
                        return Err(trouble.into());
                    }
                    let words = crate::problem::words_of(desk.lang(), &trouble);
                    r.errors.push((field.to_owned(), words));
                }
            }
        }
        let errors = r.errors;
        make(desk).page(desk, Section::None, &Input::default(), &errors)
    })
    .await
}

/// `POST /account/sessions/1f…/end`: one of the own sessions.
pub(crate) async fn end(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let own = desk.visitor.account.as_ref().map(|row| row.no);
        let full = desk.app.full_reader()?;
        let rows = sessions(desk, &full, Some(own))?;
        let row = rows.into_iter().find(|row| row.id == id).ok_or(Problem::NotFound)?;
        desk.office().end_sessions(Ending::One(&row.id))?;
        Ok(reply::see_other("/account"))
    })
    .await
}
