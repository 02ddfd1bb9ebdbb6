//! 解锁: the node's passphrase, or the terminal's one-time link, opens a session.

use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use office::{Sort, Trouble};
use vault::Unlocked;

use super::settings::way_back;
use crate::desk::{App, Desk, at_desk};
use crate::input::{Input, Open, Posted};
use crate::problem::{Problem, words_of};
use crate::reply;
use crate::shell::{Section, Shell};
use crate::visitor::{Visitor, cookie};

#[derive(Template)]
#[template(path = "pages/unlock/page.html")]
struct Page {
    s: Shell,
    next: String,
    error: String,
}

fn page(desk: &Desk, next: &str, error: String) -> Result<Response, Problem> {
    let status = if error.is_empty() { StatusCode::OK } else { StatusCode::FORBIDDEN };
    let page = Page { s: desk.shell(Section::None)?, next: way_back(next).to_owned(), error };
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
    at_desk(app, visitor, move |desk| page(desk, input.get("next"), String::new())).await
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
        let wait = throttle().wait_seconds(now);
        // Stretching a passphrase takes much memory: one at a time, and not at will.
        let Some(_seat) = app.seat().filter(|_| wait == 0) else {
            return Err(Problem::Wait(wait.max(2)));
        };
        match app.office.unlock(input.get("passphrase")) {
            Ok(unlocked) => {
                throttle().right();
                Ok(begin(app, &desk.visitor, &headers, unlocked, way_back(input.get("next"))))
            }
            Err(trouble) if matches!(trouble.sort(), Sort::Locked | Sort::Refused) => {
                if matches!(trouble, Trouble::Key(vault::KeyError::WrongPassphrase)) {
                    throttle().wrong(app.office.now());
                }
                page(desk, input.get("next"), words_of(desk.lang(), &trouble))
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
        (Some(unlocked), true) => begin(&app, &visitor, &headers, unlocked.clone(), "/"),
        _ => reply::see_other("/unlock"),
    }
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
    unlocked: Arc<Unlocked>,
    next: &str,
) -> Response {
    if let Some(old) = cookie(headers, &app.cookie) {
        app.sessions.end(&old);
    }
    let token = hex::encode(app.office.random::<32>());
    let csrf = hex::encode(app.office.random::<16>());
    app.sessions.begin(&token, csrf, unlocked, app.office.now());
    let secure = if visitor.secure { "; Secure" } else { "" };
    let cookie = format!("{}={token}; Path=/; HttpOnly; SameSite=Lax{secure}", app.cookie);
    let mut response = reply::see_other(next);
    reply::add_cookie(response.headers_mut(), &cookie);
    response
}

/// `POST /lock`: ends the session. What it held in memory is gone.
pub(crate) async fn lock(State(app): State<App>, parts: Parts, _: Posted) -> Response {
    if let Some(token) = cookie(&parts.headers, &app.cookie) {
        app.sessions.end(&token);
    }
    let mut response = reply::see_other("/unlock").into_response();
    let gone = format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax", app.cookie);
    reply::add_cookie(response.headers_mut(), &gone);
    response
}
