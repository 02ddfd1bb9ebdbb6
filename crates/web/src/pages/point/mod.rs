//! 边界检验: a secret point attacked as the other side would, the cheapest cure first.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{Number, Series};
use office::{Attacked, ELEMENTS, PointCheck, Standing, Trouble};

use super::number;
use crate::desk::{App, Desk, at_desk, href};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::Status;
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/point/page.html")]
struct Page {
    s: Shell,
    no: String,
    name: String,
    check: View,
}

/// A boundary test in words.
pub(crate) struct View {
    pub(crate) elements: Vec<Element>,
    pub(crate) attacks: Vec<Attack>,
    pub(crate) compared: String,
}

/// An element of a trade secret and how it stands.
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) basis: String,
    pub(crate) status: Status,
}

/// What can be attacked.
pub(crate) struct Attack {
    pub(crate) statement: String,
    pub(crate) what: String,
    pub(crate) words: String,
    pub(crate) cure: String,
    pub(crate) cost: String,
    /// Where it is mended; blank for nowhere yet.
    pub(crate) href: String,
}

impl View {
    /// `of` is the secret point when it stands already; `with_words` whether its words may be seen.
    pub(crate) fn new(
        desk: &Desk,
        check: &PointCheck,
        of: Option<Number>,
        with_words: bool,
    ) -> Self {
        let elements = ELEMENTS.iter().zip(&check.elements).map(|(element, standing)| Element {
            name: desk.t(&format!("point-element-{element}")),
            basis: desk.t(&format!("point-basis-{element}")),
            status: Status::new(
                match standing {
                    Standing::Stands => "ok",
                    Standing::Weak => "due",
                    Standing::Lacking => "bad",
                },
                desk.t(&format!("point-standing-{}", standing.word())),
            ),
        });
        Self {
            elements: elements.collect(),
            attacks: check.attacks.iter().map(|one| attack(desk, one, of, with_words)).collect(),
            compared: desk.n("w-point-compared", check.compared),
        }
    }
}

fn attack(desk: &Desk, one: &Attacked, of: Option<Number>, with_words: bool) -> Attack {
    let other = one.other.map(|no| no.to_string()).unwrap_or_default();
    let [what, cure] =
        [one.key, &format!("{}-cure", one.key)].map(|key| desk.tr(key, &[("other", &other)]));
    let words = match with_words && !one.words.is_empty() {
        true => desk.tr("w-point-found", &[("words", &one.words.join(&desk.t("w-comma")))]),
        false => String::new(),
    };
    Attack {
        statement: one.statement.map(|no| desk.n("w-point-statement", no)).unwrap_or_default(),
        what,
        words,
        cure,
        cost: desk.t(&format!("point-cost-{}", one.cost.word())),
        href: of.map(|no| place(no, one)).unwrap_or_default(),
    }
}

/// The form on which it is mended.
fn place(no: Number, one: &Attacked) -> String {
    let to = match (one.key, one.statement) {
        ("point-no-statement", _) => "state".to_owned(),
        ("point-no-carrier", _) => "carriers".to_owned(),
        ("point-no-measure" | "point-no-why" | "point-unprotected", _) => "match".to_owned(),
        ("point-nobody-cleared", _) => "clear".to_owned(),
        (_, Some(statement)) => format!("statements/{statement}"),
        (_, None) => "revise".to_owned(),
    };
    format!("{}/{to}", href(no))
}

/// `GET /secrets/MD-0001/check`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Secret)?;
        let row = desk.reader.secret_row(no)?.ok_or(Problem::NotFound)?;
        let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
        let check = desk.office().check_point(&desk.reader, no, unlocked)?;
        let session = desk.visitor.session.as_ref();
        let revealed = session.is_some_and(|one| one.is_revealed(no, desk.office().now()));
        reply::html(&Page {
            s: desk.shell(Section::Secrets)?,
            no: no.to_string(),
            name: row.title,
            check: View::new(desk, &check, Some(no), revealed),
        })
    })
    .await
}
