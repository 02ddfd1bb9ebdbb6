//! 预警规则: what each looks for, what it is worth on the made-up district, and its switch.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::terms::Action;
use office::{LIVE, RuleStanding};

use super::{LIST, count_words, percent, precision};
use crate::desk::{App, Desk, at_desk};
use crate::form::{Field, Form};
use crate::input::{Errors, Input, Posted};
use crate::list::{Act, Cell, List, Table};
use crate::pages::submit;
use crate::problem::Problem;
use crate::shell::{Section, thousands};
use crate::show::{Link, Status};
use crate::thing::Thing;
use crate::visitor::Member;

const RULES: (&str, &str) = ("/warnings/rules", "w-warning-rules");

/// Whether a rule is on, off, or waits for a score of what it is now.
fn status(desk: &Desk, standing: &RuleStanding) -> Status {
    match (standing.on, standing.outdated, standing.current()) {
        (true, ..) => Status::new("ok", desk.t("rule-on")),
        (_, true, _) => Status::new("bad", desk.t("rule-outdated")),
        (.., Some(_)) => Status::new("", desk.t("rule-off")),
        (.., None) => Status::new("due", desk.t("rule-not-scored")),
    }
}

/// What a rule is worth beside picking without it.
fn beside(desk: &Desk, standing: &RuleStanding) -> String {
    match standing.current() {
        Some(score) if score.named > 0 => {
            let better = score.hits * 1_000 / score.named > score.random.max(score.recent);
            let key = if better { "rule-better" } else { "rule-no-better" };
            let args = [("random", &*percent(score.random)), ("recent", &*percent(score.recent))];
            desk.tr(key, &args)
        }
        _ => String::new(),
    }
}

/// `GET /warnings/rules`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, move |desk| {
        let standings = desk.office().rule_standings(&desk.reader)?;
        let heads = [
            ("w-rule", ""),
            ("w-col-precision", ""),
            ("w-col-recall", "n p2"),
            ("w-col-lead", "n p2"),
            ("w-col-load", "n p2"),
            ("w-col-alerts", "n p2"),
            ("w-col-state", ""),
        ];
        let table = Table::new(desk, &heads).with(standings.iter().map(|one| {
            let score = one.current();
            let share = |of: u32, whole: u32| {
                (of * 1_000).checked_div(whole).map(percent).unwrap_or_default()
            };
            let said = |words: Option<String>| Cell::text(words.unwrap_or_default());
            vec![
                Cell::link(format!("/warnings/rules/{}", one.rule.id), desk.law(&one.rule.title))
                    .sub(desk.t(&format!("harm-{}", one.rule.foresees.key()))),
                Cell::text(precision(desk, Some(one))).sub(beside(desk, one)),
                said(score.map(|score| share(score.foreseen, score.harms))),
                said(score.map(|score| score.lead.to_string())),
                said(score.map(|score| hundredths(score.load))),
                Cell::text(thousands(u64::from(one.outcome.open + one.outcome.closed))),
                Cell::status(status(desk, one)),
            ]
        }));
        let mut list = List::new(desk, "/warnings/rules", "w-warning-rules", table);
        list.lead = twin_words(desk, &standings);
        list.acts = vec![Act::new(desk, LIST.0, LIST.1)];
        if desk.may(Action::KeepWarnings) {
            list.acts.push(Act::new(desk, "/warnings/score", "w-score-rules").first());
        }
        list.page(desk, Section::Warnings)
    })
    .await
}

fn hundredths(n: u32) -> String {
    format!("{}.{:02}", n / 100, n % 100)
}

/// On what district the scores stand, and what they don't say.
fn twin_words(desk: &Desk, standings: &[RuleStanding]) -> String {
    let score = standings.iter().find_map(RuleStanding::current);
    match score {
        Some(score) => desk.tr(
            "w-rules-lead",
            &[
                ("n", &*thousands(score.companies.into())),
                ("seed", &*score.seed.to_string()),
                ("digest", &score.twin[..12.min(score.twin.len())]),
                ("live", &*LIVE.to_string()),
            ],
        ),
        None => desk.n("w-rules-lead-none", LIVE),
    }
}

fn standing(desk: &Desk, id: &str) -> Result<RuleStanding, Problem> {
    let id = office::warning_rule(id)?.id.clone();
    let all = desk.office().rule_standings(&desk.reader)?;
    all.into_iter().find(|one| one.rule.id == id).ok_or(Problem::NotFound)
}

/// `GET /warnings/rules/field-surge`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(id): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let one = standing(desk, &id)?;
        let rule = one.rule;
        let mut records = Vec::new();
        let row = desk.reader.rules()?.into_iter().find(|row| row.rule == rule.id);
        for idx in row.iter().flat_map(|row| [row.scored_idx, row.switched]).flatten() {
            records.extend(desk.reader.leaf(idx)?.map(|leaf| leaf.record));
        }
        records.sort_by_key(|record| std::cmp::Reverse(record.idx));
        let crumb = Link { href: RULES.0.into(), no: String::new(), name: desk.t(RULES.1) };
        let mut thing = Thing::of(desk, &rule.id, crumb, desk.law(&rule.title), &records);
        thing.lead = format!("{} · {}", status(desk, &one).text, precision(desk, Some(&one)));
        if desk.may(Action::KeepWarnings) {
            let key = if one.on { "w-switch-off" } else { "w-switch-on" };
            let at = format!("/warnings/rules/{}/switch", rule.id);
            thing.acts.push(Act::new(desk, at, key).first());
        }
        thing.notes.push(("", desk.t("w-warning-note")));
        thing.words(desk, "w-rule-seeks", desk.law(&rule.seeks));
        let heads = [("w-col-count", "")];
        let counts = rule.when.iter().map(|count| vec![Cell::text(count_words(desk, count))]);
        thing.table(desk, "w-rule-counts", Table::new(desk, &heads).with(counts), "w-nothing-here");
        thing.words(desk, "w-rule-reason", desk.law(&rule.why));
        thing.words(desk, "w-rule-action", desk.law(&rule.action));
        if let Some(letter) = &rule.letter {
            thing.words(desk, "w-warning-letter", desk.law(letter));
        }
        if let Some(score) = &one.score {
            thing.table(desk, "w-rule-score", score_table(desk, score), "w-nothing-here");
            if one.current().is_none() {
                thing.notes.push(("bad", desk.t("rule-outdated-why")));
            }
        }
        thing.fact(desk, "w-rule-foresees", desk.t(&format!("harm-{}", rule.foresees.key())));
        thing.fact(desk, "w-rule-horizon", rule.horizon.to_string());
        thing.fact(desk, "w-rule-by", desk.t(&format!("by-{}", rule.by.key())));
        thing.fact(desk, "w-rule-source", desk.law(&rule.source));
        thing.fact(
            desk,
            "w-rule-cites",
            rule.cites.as_ref().map_or_else(String::new, ToString::to_string),
        );
        thing.fact(desk, "w-rule-handler", desk.law(&rule.handler));
        thing.fact(desk, "w-rule-edition", rule.edition.to_string());
        thing.fact(desk, "w-rule-version", one.version[..12.min(one.version.len())].to_owned());
        thing.page(desk, Section::Warnings)
    })
    .await
}

/// A score line by line.
fn score_table(desk: &Desk, score: &domain::event::RuleScored) -> Table {
    let of = |part: u32, whole: u32| {
        let share = (part * 1_000).checked_div(whole).map(percent).unwrap_or_default();
        format!("{part} / {whole}  {share}")
    };
    let lines = [
        ("score-alerts", score.alerts.to_string()),
        ("score-hits", of(score.hits, score.named)),
        ("score-foreseen", of(score.foreseen, score.harms)),
        ("score-lead", score.lead.to_string()),
        ("score-load", hundredths(score.load)),
        ("score-random", percent(score.random)),
        ("score-recent", percent(score.recent)),
        ("score-companies", thousands(score.companies.into())),
        ("score-seed", score.seed.to_string()),
        ("score-twin", score.twin.clone()),
        ("score-digest", score.score.clone()),
    ];
    let heads = [("w-col-score-measure", ""), ("w-col-figure", "")];
    Table::new(desk, &heads)
        .with(lines.map(|(key, words)| vec![Cell::text(desk.t(key)), Cell::text(words)]))
}

fn switch_form(desk: &Desk, one: &RuleStanding, input: &Input) -> Form {
    let key = if one.on { "w-switch-off" } else { "w-switch-on" };
    let action = format!("/warnings/rules/{}/switch", one.rule.id);
    let title = desk.law(&one.rule.title);
    let mut form = Form::new(desk, key, action, key).crumb(desk, RULES.0, RULES.1);
    form.lead = format!("{title} · {}", precision(desk, Some(one)));
    let mut words = beside(desk, one);
    if one.current().is_none() {
        words = desk.t("rule-not-scored-why");
    }
    if !words.is_empty() {
        form.aside = vec![desk.t("w-rule-score"), words];
    }
    form.ask(Field::area(desk, "why", "field-why", input).skip())
}

/// `GET /warnings/rules/field-surge/switch`.
pub(crate) async fn switch(
    State(app): State<App>,
    Member(visitor): Member,
    Path(id): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (one, input) = (standing(desk, &id)?, Input::default());
        switch_form(desk, &one, &input).page(desk, Section::Warnings, &input, &Errors::new())
    })
    .await
}

/// `POST` of the same.
pub(crate) async fn send_switch(
    State(app): State<App>,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let one = standing(desk, &id)?;
        submit(
            desk,
            Section::Warnings,
            &posted,
            |desk, input| Ok(switch_form(desk, &one, input)),
            |r| {
                let why = r.text("why");
                let receipt = desk.office().switch_rule(&r.ask(), &one.rule.id, !one.on, why)?;
                Ok(Some((format!("/warnings/rules/{}", one.rule.id), receipt)))
            },
        )
    })
    .await
}

fn score_form(desk: &Desk, input: &Input) -> Form {
    Form::new(desk, "w-score-rules", "/warnings/score".into(), "w-do-score-rules")
        .crumb(desk, RULES.0, RULES.1)
        .lead(desk.t("w-score-lead"))
        .ask(Field::text(desk, "companies", "score-companies", input).hint(desk, "w-score-hint"))
        .ask(Field::text(desk, "seed", "score-seed", input).skip())
        .aside(desk, &["w-score-about", "w-score-about-1", "w-score-about-2", "w-score-about-3"])
}

/// `GET /warnings/score`.
pub(crate) async fn score(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, move |desk| {
        let plan = office::twin_plan();
        let input =
            Input::of([("companies", plan.companies.to_string()), ("seed", plan.seed.to_string())]);
        score_form(desk, &input).page(desk, Section::Warnings, &input, &Errors::new())
    })
    .await
}

/// `POST /warnings/score`.
pub(crate) async fn send_score(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(
            desk,
            Section::Warnings,
            &posted,
            |desk, input| Ok(score_form(desk, input)),
            |r| {
                r.must_text("companies", "score-companies");
                let mut count = |name: &'static str| {
                    let text = r.text(name)?;
                    let n = text.trim().replace([',', ' ', '，'], "").parse::<u32>();
                    if n.is_err() {
                        r.wrong(name, "w-err-count");
                    }
                    n.ok()
                };
                let (companies, seed) = (count("companies"), count("seed"));
                if !r.is_right() {
                    return Ok(None);
                }
                let receipt = desk.office().score_rules(&r.ask(), companies, seed)?;
                Ok(Some((RULES.0.to_owned(), receipt)))
            },
        )
    })
    .await
}
