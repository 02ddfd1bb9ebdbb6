//! The search field: a number leads to its page, a person's or partner's name to theirs, anything
//! else to the register or directory.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::terms::{Action, Role};
use domain::{Number, Series};
use store::read::SecretFilter;

use crate::desk::{App, Desk, at_desk, href};
use crate::input::Input;
use crate::problem::Problem;
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
            _ => match named(desk, wanted)?[..] {
                [one] => href(one),
                [] => show::query("/secrets", &[("q", wanted)]),
                [one, ..] if one.series == Series::Person => "/people".into(),
                _ => "/partners".into(),
            },
        };
        Ok(reply::see_other(&to))
    })
    .await
}

/// The persons and partners whose names hold a text, when no secret point is found by it: what is
/// found in the register is shown there.
fn named(desk: &Desk, wanted: &str) -> Result<Vec<Number>, Problem> {
    let one = SecretFilter { text: Some(wanted.into()), limit: 1, ..SecretFilter::default() };
    let mut found = Vec::new();
    if wanted.is_empty() || desk.reader.secrets(&one)?.total > 0 {
        return Ok(found);
    }
    let people = if desk.may(Action::SeePeople) { desk.reader.people()? } else { Vec::new() };
    for row in people {
        let name = desk.office().person_name(&desk.reader, &row)?;
        if name.is_some_and(|name| name.contains(wanted)) {
            found.push(row.no);
        }
    }
    let seen = desk.may(Action::SeePartners);
    let partners = if seen { desk.reader.partners()? } else { Vec::new() };
    found.extend(partners.into_iter().filter(|row| row.name.contains(wanted)).map(|row| row.no));
    Ok(found)
}
