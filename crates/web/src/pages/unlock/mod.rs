//! 解锁: the node's passphrase, or the terminal's one-time link, opens a session.

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use domain::{Number, Series};
use office::{Sort, Trouble};
use store::Ending;
use store::read::SessionRow;
use vault::Unlocked;

use super::settings::way_back;
use crate::desk::{App, Desk, at_desk};
use crate::input::{Input, Open, Posted};
use crate::problem::{Problem, words_of};
use crate::reply;
use crate::session::NewSession;
use crate::shell::{Section, Shell};
use crate::throttle::Trier;
use crate::visitor::{Visitor, cookie};

#[derive(Template)]
#[template(path = "pages/unlock/page.html")]
struct Page {
    s: Shell,
    next: String,
    error: String,
    /// Whether there are accounts, so that a name is asked for.
    named: bool,
    name: String,
}

fn page(desk: &Desk, input: &Input, error: String) -> Result<Response, Problem> {
    let status = if error.is_empty() { StatusCode::OK } else { StatusCode::FORBIDDEN };
    let page = Page {
        s: desk.shell(Section::None)?,
        next: way_back(input.get("next")).to_owned(),
        error,
        named: desk.reader.last(Series::Account)? > 0,
        name: input.get("name").to_owned(),
    };
    reply::html_with(status, &page)
}

/// `GET /unlock`.
pub(crate) async fn form(
    State(app): State<App>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Response {
    let input = Input::parse(query.unwrap_or_default().as_bytes());
    if visitor.session.is_some() {
        return reply::see_other(way_back(input.get("next")));
    }
    at_desk(app, visitor, move |desk| page(desk, &input, String::new())).await
}

/// `POST /unlock`.
pub(crate) async fn send(
    State(app): State<App>,
    headers: HeaderMap,
    Open { visitor, input }: Open,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let app = &desk.app;
        let now = app.office.now();
        let throttle = || app.throttle.lock().unwrap_or_else(|broken| broken.into_inner());
        let name = input.get("name");
        let name = if is_owner(name) { "" } else { name };
        let trier = Trier::new(name, &desk.visitor.address);
        let wait = throttle().wait_seconds(&trier, now);
        // Stretching a passphrase takes much memory: one at a time, and not at will.
        let Some(_seat) = app.seat().filter(|_| wait == 0) else {
            return Err(Problem::Wait(wait.max(2)));
        };
        let password = input.get("passphrase");
        let tried = match name {
            "" => app.office.unlock(password).map(|unlocked| (None, Some(unlocked))),
            name => app
                .office
                .sign_in(name, password)
                .map(|entered| (Some(entered.account.no), entered.unlocked)),
        };
        match tried {
            Ok((account, unlocked)) => {
                throttle().right(&trier);
                let next = way_back(input.get("next"));
                begin(app, &desk.visitor, &headers, (account, unlocked), next)
            }
            Err(trouble) if matches!(trouble.sort(), Sort::Locked | Sort::Refused) => {
                if matches!(
                    trouble,
                    Trouble::Key(vault::KeyError::WrongPassphrase)
                        | Trouble::Other("trouble-sign-in", ..)
                ) {
                    throttle().wrong(&trier, app.office.now());
                }
                page(desk, &input, words_of(desk.lang(), &trouble))
            }
            Err(trouble) => Err(trouble.into()),
        }
    })
    .await
}

/// `GET /enter?code=…`: the link that the terminal prints when it starts the node unlocked. The
/// code works once.
pub(crate) async fn enter(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let input = Input::parse(query.unwrap_or_default().as_bytes());
    let right = {
        let mut code = app.code.lock().unwrap_or_else(|broken| broken.into_inner());
        let right = code.as_deref().is_some_and(|code| same(code, input.get("code")));
        if right {
            code.take();
        }
        right
    };
    match (&app.unlocked, right) {
        (Some(unlocked), true) => {
            let unlocked = unlocked.clone();
            at_desk(app, visitor, move |desk| {
                begin(&desk.app, &desk.visitor, &headers, (None, Some(unlocked)), "/")
            })
            .await
        }
        _ => reply::see_other("/unlock"),
    }
}

/// Whether a name at the sign-in means the passphrase of the node.
fn is_owner(name: &str) -> bool {
    name.is_empty() || name.eq_ignore_ascii_case("owner") || name == "所有者"
}

/// Compares without telling by time how much was right.
fn same(code: &str, given: &str) -> bool {
    let differing = code.bytes().zip(given.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    code.len() == given.len() && differing == 0
}

/// Begins a session under a fresh token; the one that this browser had ends.
fn begin(
    app: &App,
    visitor: &Visitor,
    headers: &HeaderMap,
    (account, unlocked): (Option<Number>, Option<Arc<Unlocked>>),
    next: &str,
) -> Result<Response, Problem> {
    let (office, now) = (&app.office, app.office.now());
    if let Some(old) = cookie(headers, &app.cookie).and_then(|old| app.sessions.end(&old)) {
        office.end_sessions(Ending::One(&old.id))?;
    }
    let token = hex::encode(office.random::<32>());
    let csrf = hex::encode(office.random::<16>());
    let id = hex::encode(office.random::<6>());
    let address = visitor.address.clone();
    let row = SessionRow { id: id.clone(), account, begun: now, seen: now, address };
    office.begin_session(&row)?;
    app.sessions.begin(&token, NewSession { id, csrf, account, unlocked }, now);
    let secure = if visitor.secure { "; Secure" } else { "" };
    let cookie = format!("{}={token}; Path=/; HttpOnly; SameSite=Lax{secure}", app.cookie);
    let mut response = reply::see_other(next);
    reply::add_cookie(response.headers_mut(), &cookie);
    Ok(response)
}

/// `POST /lock`: ends the session. What it held in memory is gone.
pub(crate) async fn lock(State(app): State<App>, parts: Parts, _: Posted) -> Response {
    let ended = cookie(&parts.headers, &app.cookie).and_then(|token| app.sessions.end(&token));
    if let Some(session) = ended {
        // The list says so, too; that it can't is no reason to stay signed in.
        let work = move || app.office.end_sessions(Ending::One(&session.id)).map(|_| app);
        match tokio::task::spawn_blocking(work).await {
            Ok(Ok(back)) => return gone(&back),
            _ => return reply::see_other("/unlock"),
        }
    }
    gone(&app)
}

/// Leads to the sign-in without the session's cookie.
fn gone(app: &App) -> Response {
    let mut response = reply::see_other("/unlock").into_response();
    let gone = format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax", app.cookie);
    reply::add_cookie(response.headers_mut(), &gone);
    response
}
