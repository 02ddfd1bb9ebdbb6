//! 专家: the committee: who knows what, until when, how much waits, and from whom each keeps away.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::terms::Theme;
use domain::{Day, Number, Series};
use office::ExpertForm;
use store::read::{DeskFilter, ExpertRow};

use super::services::numbers_in;
use super::{number, requests, submit, visits};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, terms};
use crate::input::{Errors, Input, Posted};
use crate::list::{Act, Cell, List, Table, select};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, thousands};
use crate::show::Status;
use crate::thing::Thing;
use crate::visitor::Member;

/// How long a term usually is, in days.
const TERM_DAYS: i64 = 3 * 365;

/// Whether an expert serves, and how much waits for him or her.
pub(crate) fn status(desk: &Desk, row: &ExpertRow) -> Status {
    let today = desk.today();
    match (row.ended, row.until) {
        (Some(_), _) => Status::new("", desk.t("w-expert-left")),
        (None, Some(until)) if until < today => Status::new("bad", desk.t("w-expert-over")),
        (None, Some(until)) if today.days_to(until) <= 60 => {
            Status::new("due", desk.n("w-expert-ends", today.days_to(until)))
        }
        _ if row.waiting + row.planned == 0 => Status::new("ok", desk.t("w-expert-free")),
        _ => Status::new("part", desk.n("w-expert-busy", row.waiting + row.planned)),
    }
}

/// Words of themes in a row.
pub(crate) fn themes(desk: &Desk, themes: &[Theme]) -> String {
    let words: Vec<_> =
        themes.iter().map(|theme| desk.t(&format!("theme-{}", theme.word()))).collect();
    words.join(&desk.t("w-comma"))
}

/// The experts who may be asked about a company, those who know the theme and have least to do
/// first, as choices of a form.
pub(crate) fn choices(
    desk: &Desk,
    company: Number,
    theme: Option<Theme>,
    input: &Input,
    name: &str,
) -> Result<Vec<Choice>, Problem> {
    let away = desk.reader.kept_away(company)?;
    let today = desk.today();
    let mut rows = desk.reader.experts()?;
    rows.retain(|row| row.serves(today) && !away.contains(&row.no));
    let knows = |row: &ExpertRow| theme.is_some_and(|theme| row.fields.contains(&theme));
    rows.sort_by_key(|row| (!knows(row), row.waiting + row.planned, row.no));
    rows.iter()
        .map(|row| {
            let name_of = desk.office().expert_name(&desk.reader, row)?;
            let label = desk.tr(
                "w-expert-choice",
                &[
                    ("name", &name_of),
                    ("themes", &themes(desk, &row.fields)),
                    ("n", &(row.waiting + row.planned).to_string()),
                ],
            );
            Ok(Choice::new(row.no, label, input.has(name, &row.no.to_string())))
        })
        .collect()
}

/// `GET /experts`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let theme = Theme::from_word(input.get("theme"));
        let all = desk.reader.experts()?;
        let today = desk.today();
        let serving = all.iter().filter(|row| row.serves(today)).count();
        let mut rows = Vec::new();
        for row in all.iter().filter(|row| theme.is_none_or(|t| row.fields.contains(&t))) {
            let name = desk.office().expert_name(&desk.reader, row)?;
            rows.push(vec![
                Cell::link(href(row.no), name).sub(row.no.to_string()),
                Cell::text(themes(desk, &row.fields)).sub(row.organisation.clone()),
                Cell::text(desk.period(Some(row.from), row.until)),
                Cell::text(row.conflicts.to_string()),
                Cell::text((row.waiting + row.planned).to_string()),
                Cell::text(row.done.to_string()),
                Cell::status(status(desk, row)),
            ]);
        }
        let heads = [
            ("field-name", ""),
            ("field-expertise", "p2"),
            ("field-term", "p2"),
            ("w-col-conflicts", "n p2"),
            ("w-col-waiting", "n"),
            ("w-col-done", "n p2"),
            ("w-col-state", ""),
        ];
        let mut list =
            List::new(desk, "/experts", "w-nav-experts", Table::new(desk, &heads).with(rows));
        list.lead = desk.tr(
            "w-experts-lead",
            &[("n", &thousands(all.len() as u64)), ("serving", &serving.to_string())],
        );
        list.acts = vec![
            Act::new(desk, "/experts.csv", "w-export").file(),
            Act::new(desk, "/experts/new", "w-add-expert").first(),
        ];
        let words = Theme::ALL.iter().map(|theme| theme.word());
        list.selects = vec![select(
            desk,
            "theme",
            "field-expertise",
            "theme",
            words,
            theme.map_or("", Theme::word),
        )];
        if all.is_empty() {
            list.none = (desk.t("w-experts-none"), desk.t("w-experts-none-why"));
        }
        list.page(desk, Section::Experts)
    })
    .await
}

/// `GET /experts.csv`.
pub(crate) async fn csv(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let mut text = String::from(sheet::csv_start());
        let heads = [
            "w-col-no",
            "field-name",
            "field-expertise",
            "field-organisation",
            "field-from",
            "field-until",
            "w-col-conflicts",
            "w-col-waiting",
            "w-col-done",
            "w-col-state",
        ];
        sheet::csv_line(&mut text, heads.map(|key| desk.t(key)));
        for row in desk.reader.experts()? {
            let cells = [
                row.no.to_string(),
                desk.office().expert_name(&desk.reader, &row)?,
                themes(desk, &row.fields),
                row.organisation.clone(),
                row.from.to_string(),
                row.until.map(|day| day.to_string()).unwrap_or_default(),
                row.conflicts.to_string(),
                (row.waiting + row.planned).to_string(),
                row.done.to_string(),
                status(desk, &row).text,
            ];
            sheet::csv_line(&mut text, cells);
        }
        Ok(reply::file("text/csv; charset=utf-8", "experts.csv", text.into_bytes()))
    })
    .await
}

fn entry(desk: &Desk, no: &str) -> Result<ExpertRow, Problem> {
    let no = number(no, Series::Expert)?;
    desk.reader.expert(no)?.ok_or(Problem::NotFound)
}

/// `GET /experts/ZJ-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let name = desk.office().expert_name(&desk.reader, &row)?;
        let mut thing = Thing::new(desk, row.no, ("/experts", "w-nav-experts"), name)?;
        let status = status(desk, &row);
        thing.lead = format!("{} · {}", row.organisation, status.text);
        if row.ended.is_none() {
            let at = href(row.no);
            thing.acts = vec![
                Act::new(desk, format!("{at}/end"), "w-end-expert"),
                Act::new(desk, format!("{at}/renew"), "w-renew-expert"),
                Act::new(desk, format!("{at}/recuse"), "w-recuse-expert").first(),
            ];
        }
        thing.fact(desk, "field-expertise", themes(desk, &row.fields));
        thing.fact(desk, "field-organisation", row.organisation.clone());
        thing.fact(desk, "field-term", desk.period(Some(row.from), row.until));
        let contact = desk.office().field(&desk.reader, row.idx, "contact", None)?;
        thing.fact(desk, "field-contact", contact.text().unwrap_or_default());
        let filter = DeskFilter { expert: Some(row.no), limit: 20, ..DeskFilter::default() };
        let asked = desk.reader.requests(&filter)?;
        thing.table(
            desk,
            "w-nav-requests",
            requests::table(desk, &asked.rows),
            "w-expert-no-requests",
        );
        let made = desk.reader.visits(&filter)?;
        thing.table(desk, "w-nav-visits", visits::table(desk, &made.rows), "w-expert-no-visits");
        let away = desk.reader.conflicts(row.no)?.into_iter().map(|conflict| {
            let link = desk.link(conflict.company);
            vec![
                Cell::link(link.href, link.name).sub(link.no),
                Cell::text(conflict.why.unwrap_or_default()),
                Cell::link(format!("/ledger/{}", conflict.idx), desk.n("w-entry", conflict.idx)),
            ]
        });
        let heads = [("field-company", ""), ("field-why", ""), ("w-proof", "p2")];
        let away = Table::new(desk, &heads).with(away.collect::<Vec<_>>());
        thing.table(desk, "w-conflicts", away, "w-conflicts-none");
        thing.page(desk, Section::Experts)
    })
    .await
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let fields = Theme::ALL.iter().map(|theme| theme.word());
    let fields = terms(desk, input, "field", "theme", fields);
    Ok(Form::new(desk, "w-add-expert", "/experts/new".into(), "w-do-write")
        .crumb(desk, "/experts", "w-nav-experts")
        .ask(Field::text(desk, "name", "field-name", input).hint(desk, "w-personal-note"))
        .ask(Field::text(desk, "organisation", "field-organisation", input))
        .ask(Field::ticks(desk, "field", "field-expertise", fields, input).row())
        .ask(Field::day(desk, "from", "field-from", input))
        .ask(Field::day(desk, "until", "field-until", input).skip())
        .ask(Field::text(desk, "contact", "field-contact", input).skip())
        .ask(
            Field::area(desk, "conflicts", "field-conflicts", input)
                .hint(desk, "w-conflicts-hint")
                .skip(),
        ))
}

/// `GET /experts/new`.
pub(crate) async fn form(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let until = desk.today().plus_days(TERM_DAYS).map(|day| day.to_string());
        let from = desk.today().to_string();
        let input = Input::of([("from", from), ("until", until.unwrap_or_default())]);
        make(desk, &input)?.page(desk, Section::Experts, &input, &Errors::new())
    })
    .await
}

/// `POST /experts/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Experts, &posted, make, |r| {
            let name = r.must_text("name", "field-name");
            let organisation = r.must_text("organisation", "field-organisation");
            let fields: Vec<_> = r.input.all("field").filter_map(Theme::from_word).collect();
            if fields.is_empty() {
                r.wrong("field", "w-choose");
            }
            let from = r.must_day("from");
            let until = r.day("until");
            let conflicts = match r.text("conflicts") {
                Some(text) => numbers_in(r, "conflicts", &text),
                None => Vec::new(),
            };
            let (Some(from), true) = (from, r.is_right()) else { return Ok(None) };
            let contact = r.text("contact");
            let form = ExpertForm { name, contact, fields, organisation, from, until, conflicts };
            let receipt = desk.office().add_expert(&r.ask(), form)?;
            let to = receipt.number.map_or_else(|| "/experts".into(), href);
            Ok(Some((to, receipt)))
        })
    })
    .await
}

/// What is done to an expert by a form of few questions.
#[derive(Clone, Copy)]
enum Deed {
    Recuse,
    Renew,
    End,
}

impl Deed {
    const fn word(self) -> &'static str {
        match self {
            Self::Recuse => "recuse",
            Self::Renew => "renew",
            Self::End => "end",
        }
    }

    fn of(word: &str) -> Result<Self, Problem> {
        [Self::Recuse, Self::Renew, Self::End]
            .into_iter()
            .find(|deed| deed.word() == word)
            .ok_or(Problem::NotFound)
    }

    fn make(self, desk: &Desk, no: Number, input: &Input) -> Form {
        let action = format!("{}/{}", href(no), self.word());
        let form = Form::new(desk, &format!("w-{}-expert", self.word()), action, "w-do-write")
            .crumb(desk, "/experts", "w-nav-experts")
            .about(desk, no);
        let why = Field::text(desk, "why", "field-why", input);
        match self {
            Self::Recuse => form
                .ask(
                    Field::text(desk, "company", "field-company", input)
                        .hint(desk, "w-company-no-hint"),
                )
                .ask(why.hint(desk, "w-recuse-why-hint")),
            Self::Renew => {
                form.ask(Field::day(desk, "until", "field-until", input)).ask(why.skip())
            }
            Self::End => form
                .danger()
                .ask(Field::day(desk, "happened", "w-last-day", input))
                .ask(why.hint(desk, "w-why-hint")),
        }
    }
}

/// `GET /experts/ZJ-0001/recuse`, `…/renew`, `…/end`.
pub(crate) async fn deed(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, word)): Path<(String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (row, deed) = (entry(desk, &no)?, Deed::of(&word)?);
        let today: Day = desk.today();
        let until = row.until.unwrap_or(today).max(today).plus_days(TERM_DAYS);
        let input = Input::of([
            ("happened", today.to_string()),
            ("until", until.map(|day| day.to_string()).unwrap_or_default()),
        ]);
        deed.make(desk, row.no, &input).page(desk, Section::Experts, &input, &Errors::new())
    })
    .await
}

/// `POST` of the same.
pub(crate) async fn send_deed(
    State(app): State<App>,
    Path((no, word)): Path<(String, String)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let (no, deed) = (entry(desk, &no)?.no, Deed::of(&word)?);
        submit(
            desk,
            Section::Experts,
            &posted,
            |desk, input| Ok(deed.make(desk, no, input)),
            |r| {
                let office = desk.office();
                let receipt = match deed {
                    Deed::Recuse => {
                        let company = r.must_number("company", Series::Company);
                        let why = r.must_text("why", "field-why");
                        let (Some(company), true) = (company, r.is_right()) else {
                            return Ok(None);
                        };
                        office.recuse_expert(&r.ask(), no, company, why)?
                    }
                    Deed::Renew => {
                        let Some(until) = r.must_day("until") else { return Ok(None) };
                        office.renew_expert(&r.ask(), no, until, r.text("why"))?
                    }
                    Deed::End => {
                        let (happened, why) =
                            (r.must_day("happened"), r.must_text("why", "field-why"));
                        let (Some(happened), true) = (happened, r.is_right()) else {
                            return Ok(None);
                        };
                        office.end_expert(&r.ask(), no, happened, why)?
                    }
                };
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}
