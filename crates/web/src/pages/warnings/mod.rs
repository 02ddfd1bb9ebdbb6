//! 预警: alerts of rules, why they were raised, and what came of them.

mod deeds;
pub(crate) mod rules;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::terms::Action;
use domain::{Number, Series};
use office::{RuleStanding, matter_number, matter_words};
use store::read::{WarningFilter, WarningRow};

pub(crate) use deeds::{deed, run, send_deed, send_run};

use super::number;
use crate::desk::{App, Desk, at_desk, href};
use crate::list::{Act, Asked, Cell, List, Table};
use crate::problem::Problem;
use crate::shell::{Section, thousands};
use crate::show::Status;
use crate::thing::Thing;
use crate::visitor::Member;

/// Saved views: the word in the URL.
const VIEWS: [&str; 5] = ["", "open", "unassigned", "late", "closed"];
/// The list and its label, as pages below lead back to it.
pub(super) const LIST: (&str, &str) = ("/warnings", "w-nav-warnings");

/// The title of an alert's rule; its name when this program no longer has it.
pub(crate) fn title(desk: &Desk, row: &WarningRow) -> String {
    match office::warning_rule(&row.rule) {
        Ok(rule) => desk.law(&rule.title),
        Err(_) => row.rule.clone(),
    }
}

/// Of what an alert is: a number with its name, or words.
fn matter(desk: &Desk, row: &WarningRow) -> Cell {
    match matter_number(&row.matter) {
        Some(no) => Cell::link(href(no), desk.name(no)).sub(matter_words(desk.lang(), &row.matter)),
        None => Cell::text(matter_words(desk.lang(), &row.matter)),
    }
}

/// How an alert stands with its day.
fn status(desk: &Desk, row: &WarningRow) -> Status {
    match row.useful {
        Some(true) => Status::new("ok", desk.t("warning-useful")),
        Some(false) => Status::new("done", desk.t("warning-not-useful")),
        None => {
            let due = desk.due(row.due);
            let key = if row.unit.is_some() { "warning-assigned" } else { "warning-unassigned" };
            let words = [("one", &*desk.t(key)), ("two", &*due.text)];
            Status::new(due.class, desk.tr("w-two-words", &words))
        }
    }
}

/// A share of 1,000 as a percentage.
pub(super) fn percent(of_1000: u32) -> String {
    format!("{}.{}%", of_1000 / 10, of_1000 % 10)
}

/// How often a rule is right: by closed alerts once there are enough, else by the made-up district.
pub(super) fn precision(desk: &Desk, standing: Option<&RuleStanding>) -> String {
    let Some(standing) = standing else { return desk.t("warning-no-score") };
    if let Some(live) = standing.live() {
        let args = [("p", &*percent(live)), ("n", &*standing.outcome.closed.to_string())];
        return desk.tr("warning-live", &args);
    }
    match standing.current() {
        Some(score) if score.named == 0 => desk.t("warning-simulated-none"),
        Some(score) => {
            let share = score.hits * 1_000 / score.named;
            let (from, until) = warning::interval(score.hits, score.named);
            let args =
                [("p", &*percent(share)), ("from", &*percent(from)), ("until", &*percent(until))];
            desk.tr("warning-simulated", &args)
        }
        None => desk.t("warning-no-score"),
    }
}

/// Alerts as a table.
pub(crate) fn table(desk: &Desk, rows: &[WarningRow]) -> Result<Table, Problem> {
    let standings = desk.office().rule_standings(&desk.reader)?;
    let heads = [
        ("w-nav-warnings", ""),
        ("w-col-matter", ""),
        ("w-risk-companies", "n p2"),
        ("w-col-precision", "p2"),
        ("w-col-age", "n p2"),
        ("w-col-state", ""),
    ];
    Ok(Table::new(desk, &heads).with(rows.iter().map(|row| {
        let standing = standings.iter().find(|one| one.rule.id == row.rule);
        vec![
            Cell::link(href(row.no), title(desk, row)).sub(row.no.to_string()),
            matter(desk, row),
            Cell::text(thousands(row.companies.into())),
            Cell::text(precision(desk, standing)),
            Cell::text(desk.office().warning_age(row).to_string()),
            Cell::status(status(desk, row)),
        ]
    })))
}

fn of_view(desk: &Desk, view: &str) -> WarningFilter {
    let all = WarningFilter::default();
    match view {
        "open" => WarningFilter { open: Some(true), ..all },
        "unassigned" => WarningFilter { unassigned: true, ..all },
        "late" => WarningFilter { late_on: Some(desk.today()), ..all },
        "closed" => WarningFilter { open: Some(false), ..all },
        _ => all,
    }
}

/// `GET /warnings`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let asked = Asked::read("/warnings", &VIEWS, &[("rule", rule_word)], query);
        let rule = Some(asked.chosen("rule")).filter(|word| !word.is_empty());
        let filter = WarningFilter {
            rule: rule.map(str::to_owned),
            limit: asked.place.size,
            offset: asked.place.offset(),
            ..of_view(desk, asked.view)
        };
        let found = desk.reader.warnings(&filter)?;
        let mut list = List::new(desk, "/warnings", "w-nav-warnings", table(desk, &found.rows)?);
        list.lead = desk.t("w-warnings-lead");
        list.acts = vec![Act::new(desk, "/warnings/rules", "w-warning-rules")];
        if desk.may(Action::KeepWarnings) {
            list.acts.push(Act::new(desk, "/warnings/run", "w-warnings-run").first());
        }
        let of_rule: Vec<&'static str> =
            office::warning_rules().iter().map(|rule| &*rule.id).collect();
        let mut choices =
            vec![crate::form::Choice::new("", desk.t("w-any"), asked.chosen("rule").is_empty())];
        choices.extend(of_rule.into_iter().zip(office::warning_rules()).map(|(id, rule)| {
            crate::form::Choice::new(id, desk.law(&rule.title), id == asked.chosen("rule"))
        }));
        list.selects = vec![crate::list::Select { name: "rule", label: desk.t("w-rule"), choices }];
        if desk.reader.last(Series::Warning)? == 0 {
            list.none = (desk.t("w-warnings-none"), desk.t("w-warnings-none-why"));
        }
        let shown = (found.rows.len(), found.total);
        asked.onto(desk, &mut list, "w-warnings", shown, |view| {
            Ok(desk.reader.warning_count(&of_view(desk, view))?)
        })?;
        list.text = None;
        list.page(desk, Section::Warnings)
    })
    .await
}

fn rule_word(word: &str) -> Option<&'static str> {
    office::warning_rules().iter().map(|rule| &*rule.id).find(|id| *id == word)
}

pub(super) fn entry(desk: &Desk, no: &str) -> Result<WarningRow, Problem> {
    let no = number(no, Series::Warning)?;
    desk.reader.warning(no)?.ok_or(Problem::NotFound)
}

/// What a count came to, in words.
fn figure(desk: &Desk, figure: &str) -> String {
    if let Some((n, of)) = figure.split_once('/') {
        return desk.tr("warning-figure-of", &[("n", n), ("of", of)]);
    }
    match figure.split_once('>') {
        Some((n, before)) => desk.tr("warning-figure-before", &[("n", n), ("before", before)]),
        None => figure.to_owned(),
    }
}

/// What a count of a rule counts, in words.
pub(super) fn count_words(desk: &Desk, count: &catalog::warning::Count) -> String {
    let sorts: Vec<String> =
        count.of.iter().map(|sort| desk.t(&format!("fact-{}", sort.key()))).collect();
    let mut words = vec![sorts.join(&desk.t("w-or"))];
    words.extend(count.word.iter().map(|word| {
        let key = format!("theme-{word}");
        desk.t(&key)
    }));
    let mut add = |key: &str, n: Option<u32>| {
        words.extend(n.map(|n| desk.n(key, n)));
    };
    add("count-within", count.within);
    add("count-overdue", count.overdue);
    add("count-coming", count.coming);
    add("count-least", count.least);
    add("count-most", count.most);
    add("count-percent", count.percent);
    add("count-times", count.times);
    if count.open {
        words.push(desk.t("count-open"));
    }
    if count.companies {
        words.push(desk.t("count-companies"));
    }
    if let Some(over) = count.over {
        words.push(desk.tr("count-over", &[("sort", &desk.t(&format!("by-{}", over.key())))]));
    }
    words.join(&desk.t("w-semicolon"))
}

/// What was counted, each with the thing behind it.
fn counted(desk: &Desk, numbers: &[Number]) -> Table {
    let heads = [("w-col-no", ""), ("field-title", "")];
    Table::new(desk, &heads).with(numbers.iter().map(|no| {
        let name = desk.name(*no);
        vec![Cell::link(href(*no), no.to_string()), Cell::text(name)]
    }))
}

/// `GET /warnings/YJ-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let rule = office::warning_rule(&row.rule).ok();
        let standings = desk.office().rule_standings(&desk.reader)?;
        let standing = standings.iter().find(|one| one.rule.id == row.rule);
        let mut thing = Thing::new(desk, row.no, LIST, title(desk, &row))?;
        let of = matter(desk, &row);
        thing.lead = format!("{} · {}", of.text, status(desk, &row).text);
        if row.closed.is_none() && desk.may(Action::KeepWarnings) {
            let at = href(row.no);
            thing.acts.push(Act::new(desk, format!("{at}/assign"), "w-assign-warning"));
            if rule.is_some_and(|rule| rule.letter.is_some()) {
                thing.acts.push(Act::new(desk, format!("{at}/tell"), "w-tell-warning"));
            }
            thing.acts.push(Act::new(desk, format!("{at}/close"), "w-close-warning").first());
        }
        thing.notes.push(("", desk.t("w-warning-note")));
        if let Some(rule) = rule {
            let heads = [("w-col-count", ""), ("w-col-figure", "n")];
            let rows = rule.when.iter().zip(&row.figures).map(|(count, n)| {
                vec![Cell::text(count_words(desk, count)), Cell::text(figure(desk, n))]
            });
            thing.table(
                desk,
                "w-warning-why",
                Table::new(desk, &heads).with(rows),
                "w-nothing-here",
            );
            thing.words(desk, "w-rule-reason", desk.law(&rule.why));
            thing.words(desk, "w-rule-action", desk.law(&rule.action));
        }
        if !row.counted.is_empty() {
            thing.table(desk, "w-warning-counted", counted(desk, &row.counted), "w-nothing-here");
        }
        let told = desk.reader.warning_letters(row.no)?;
        let mut companies = Vec::new();
        for (company, name) in desk.reader.warned(row.no)? {
            let links = desk.reader.links_of(company)?;
            let letter = told.iter().find(|(link, _)| links.iter().any(|of| of.no == *link));
            let joined = links.iter().any(|of| of.state == domain::terms::LinkState::Joined);
            let letter = match letter {
                Some((link, seq)) => {
                    Cell::link(format!("{}/out/{seq}", href(*link)), desk.t("w-warning-told"))
                }
                None if joined => Cell::text(desk.t("w-warning-not-told")),
                None => Cell::text(desk.t("w-warning-no-link")),
            };
            companies.push(vec![Cell::link(href(company), name).sub(company.to_string()), letter]);
        }
        let heads = [("field-company", ""), ("w-col-letter", "")];
        let companies = Table::new(desk, &heads).with(companies);
        thing.table(desk, "w-warning-companies", companies, "w-nothing-here");
        thing.words(desk, "w-warning-outcome", row.why.clone().unwrap_or_default());
        let rule_at = format!("/warnings/rules/{}", row.rule);
        thing.facts.push((desk.t("w-rule"), title(desk, &row), rule_at));
        thing.fact(desk, "w-col-precision", precision(desk, standing));
        if let Some(rule) = rule {
            thing.fact(desk, "w-rule-handler", desk.law(&rule.handler));
        }
        thing.fact(desk, "field-unit", row.unit.clone().unwrap_or_default());
        thing.fact(desk, "field-due", row.due.to_string());
        thing.fact(desk, "w-col-age", desk.office().warning_age(&row).to_string());
        thing.page(desk, Section::Warnings)
    })
    .await
}
