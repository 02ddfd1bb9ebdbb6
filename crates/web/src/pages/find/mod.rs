//! The search field: a number leads to its page, anything else to the register or directory.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::Number;
use domain::terms::Role;

use crate::desk::{App, at_desk, href};
use crate::input::Input;
use crate::reply;
use crate::show;
use crate::visitor::Member;

/// `GET /find?q=…`.
pub(crate) async fn go(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let wanted = input.get("q");
        let to = match (Number::parse(wanted), wanted.parse::<u64>()) {
            (Ok(no), _) => href(no),
            (_, Ok(idx)) => format!("/ledger/{idx}"),
            _ if desk.app.role == Role::Station => show::query("/companies", &[("q", wanted)]),
            _ => show::query("/secrets", &[("q", wanted)]),
        };
        Ok(reply::see_other(&to))
    })
    .await
}
