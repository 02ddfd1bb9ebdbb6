//! 期限清单: what must be done in open cases, the soonest first.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use catalog::procedure::Procedure;
use office::DueClock;
use words::law as words_of;

use super::standing;
use crate::desk::{App, Desk, at_desk, href};
use crate::form::Choice;
use crate::input::Input;
use crate::law::catalog;
use crate::list::{Act, Cell, List, Select, Table};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, thousands};
use crate::show::{Chip, query as href_with};
use crate::visitor::Member;

/// How far ahead the list looks, in days.
const AHEAD: [i64; 3] = [7, 14, 60];
/// The most rows on a page; the rest is in the table as a file.
const ROWS_MAX: usize = 200;

struct Wanted {
    days: i64,
    unit: String,
}

impl Wanted {
    fn read(query: Option<String>) -> Self {
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let days = AHEAD.into_iter().find(|days| input.get("days") == days.to_string());
        let unit = input.get("unit").chars().take(100).collect();
        Self { days: days.unwrap_or(AHEAD[1]), unit }
    }

    fn rows(&self, desk: &Desk) -> Result<Vec<DueClock>, Problem> {
        let today = desk.today();
        let until = today.plus_days(self.days).unwrap_or(today);
        let mut rows = desk.office().due_clocks(&desk.reader, until)?;
        if !self.unit.is_empty() {
            rows.retain(|row| row.unit.as_deref() == Some(&self.unit));
        }
        Ok(rows)
    }

    fn href(&self, path: &str, days: i64) -> String {
        href_with(path, &[("days", &days.to_string()), ("unit", &self.unit)])
    }
}

fn who(desk: &Desk, row: &DueClock) -> String {
    let role = &row.due.deadline.who.id;
    let of = |procedure: &'static Procedure| {
        let here = procedure.deadline(&row.due.deadline.id.id);
        let same = here.is_some_and(|here| std::ptr::eq(here, row.due.deadline));
        procedure.role(role).filter(|_| same)
    };
    let named = catalog().procedures().iter().find_map(of);
    named.map_or_else(|| role.clone(), |role| desk.law(&role.name))
}

/// `GET /cases/due`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let wanted = Wanted::read(query);
        let rows = wanted.rows(desk)?;
        let heads = [
            ("w-col-end", ""),
            ("w-col-deadline", ""),
            ("w-col-case", ""),
            ("w-col-binds", "p2"),
            ("field-unit", "p2"),
        ];
        let table = Table::new(desk, &heads).with(rows.iter().take(ROWS_MAX).map(|row| {
            let mut end = Cell::text(words_of::end(desk.lang(), row.due.end));
            end.status = Some(standing(desk, row.due.standing));
            vec![
                end,
                Cell::text(desk.law(&row.due.deadline.name)),
                Cell::link(href(row.case), row.title.clone()).sub(row.case.to_string()),
                Cell::text(who(desk, row)),
                Cell::text(row.unit.clone().unwrap_or_default()),
            ]
        }));
        let mut list = List::new(desk, "/cases/due", "w-due-clocks", table);
        list.lead = desk.n("w-due-clocks-lead", thousands(rows.len() as u64));
        list.acts = vec![
            Act::new(desk, "/cases", "w-nav-cases"),
            Act::new(desk, wanted.href("/cases/due.csv", wanted.days), "w-export").file(),
        ];
        list.chips = AHEAD
            .map(|days| Chip {
                href: wanted.href("/cases/due", days),
                label: desk.n("w-due-days", days),
                count: String::new(),
                current: days == wanted.days,
            })
            .into();
        list.hidden.push(("days", wanted.days.to_string()));
        let mut choices = vec![Choice::new("", desk.t("w-any"), wanted.unit.is_empty())];
        choices.extend(desk.reader.case_units()?.into_iter().map(|unit| {
            let on = unit == wanted.unit;
            Choice::new(unit.clone(), unit, on)
        }));
        list.selects = vec![Select { name: "unit", label: desk.t("field-unit"), choices }];
        if rows.len() > ROWS_MAX {
            list.lead = format!("{} {}", list.lead, desk.n("w-due-first", ROWS_MAX));
        }
        list.none = (desk.t("w-due-none"), desk.t("w-due-none-why"));
        list.page(desk, Section::Cases)
    })
    .await
}

/// `GET /cases/due.csv`.
pub(crate) async fn csv(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let rows = Wanted::read(query).rows(desk)?;
        let mut text = String::from(sheet::csv_start());
        let heads = [
            "w-col-end",
            "w-col-state",
            "w-col-deadline",
            "w-col-no",
            "w-col-case",
            "w-col-binds",
            "field-unit",
        ];
        sheet::csv_line(&mut text, heads.map(|key| desk.t(key)));
        for row in rows {
            let cells = [
                row.due.end.to_string(),
                standing(desk, row.due.standing).text,
                desk.law(&row.due.deadline.name),
                row.case.to_string(),
                row.title.clone(),
                who(desk, &row),
                row.unit.clone().unwrap_or_default(),
            ];
            sheet::csv_line(&mut text, cells);
        }
        Ok(reply::file("text/csv; charset=utf-8", "due.csv", text.into_bytes()))
    })
    .await
}
