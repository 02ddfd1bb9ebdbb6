//! 期限计算: one statutory clock from the days that somebody names, and how it was counted.
//!
//! A form sent with GET, so that an answer can be kept as a link; days of steps are no secrets.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use catalog::procedure::{Deadline, Procedure};
use catalog::{Clock, Happening, Part, When};
use words::law;

use crate::desk::{App, Desk, at_desk};
use crate::input::Input;
use crate::law::{Basis, catalog};
use crate::pages::procedure::version;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::Status;
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/deadlines/page.html")]
struct Page {
    s: Shell,
    groups: Vec<Group>,
    chosen: Option<Chosen>,
}

/// The deadlines of a procedure.
struct Group {
    title: String,
    options: Vec<Choice>,
}

struct Choice {
    value: String,
    label: String,
    on: bool,
}

struct Chosen {
    value: String,
    procedure: &'static str,
    title: String,
    lead: String,
    basis: Basis,
    first: Vec<Field>,
    later: Vec<Field>,
    /// Whether something later was said.
    open: bool,
    errors: Vec<(String, String)>,
    answer: Option<Answer>,
}

/// A day that can be named.
struct Field {
    name: String,
    label: String,
    hint: String,
    value: String,
    error: String,
}

struct Answer {
    end: String,
    note: &'static str,
    standing: Status,
    counted: Vec<String>,
    skipped: Vec<String>,
    cautions: Vec<String>,
}

/// `GET /deadlines`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let wanted = input.get("deadline");
        let chosen = match wanted.split_once('/') {
            Some((procedure, deadline)) => {
                let procedure = version(desk, procedure).ok_or(Problem::NotFound)?;
                let row = procedure.deadline(deadline).ok_or(Problem::NotFound)?;
                Some(chosen(desk, procedure, row, &input))
            }
            None if wanted.is_empty() => None,
            None => return Err(Problem::NotFound),
        };
        let groups = groups(desk, wanted);
        reply::html(&Page { groups, chosen, s: desk.shell(Section::Deadlines)? })
    })
    .await
}

fn groups(desk: &Desk, wanted: &str) -> Vec<Group> {
    let newest = catalog()
        .procedures()
        .iter()
        .filter(|row| version(desk, &row.id).is_some_and(|version| version.version == row.version));
    let group = |row: &'static Procedure| Group {
        title: desk.law(&row.title),
        options: row
            .deadline
            .iter()
            .map(|deadline| {
                let value = format!("{}/{}", row.id, deadline.id.id);
                Choice { on: value == wanted, label: desk.law(&deadline.name), value }
            })
            .collect(),
    };
    newest.map(group).collect()
}

fn chosen(
    desk: &Desk,
    newest: &'static Procedure,
    row: &'static Deadline,
    input: &Input,
) -> Chosen {
    let mut fields = Vec::new();
    let mut log = Vec::new();
    for (part, step) in row.parts() {
        let name = newest.step(&step.id).map_or(step.id.clone(), |step| desk.law(&step.name));
        let field = |suffix: &str, hint: String, typed: &str| Field {
            name: format!("{}{suffix}", step.id),
            label: name.clone(),
            hint,
            value: typed.to_owned(),
            error: String::new(),
        };
        let typed = input.get(&step.id);
        let sets = format!("{}.to", step.id);
        let typed_day = input.get(&sets);
        let sets_day = matches!(part, Part::NamesDay | Part::ExtendsTo);
        let mut own = Vec::new();
        // The day a hearing's notice was given changes nothing: only the day it names counts.
        if part != Part::NamesDay {
            own.push(field("", law::part(desk.lang(), part), typed));
        }
        if sets_day {
            own.push(field(".to", desk.t("w-day-it-sets"), typed_day));
        }
        read(desk, &step.id, part, &mut own, &mut log);
        fields.extend(own.into_iter().map(|field| (part, field)));
    }
    let errors: Vec<(String, String)> = fields
        .iter()
        .filter(|(_, field)| !field.error.is_empty())
        .map(|(_, field)| {
            let words = [("field", &*field.label), ("why", &*field.error)];
            (format!("#f-{}", field.name), desk.tr("w-field-error", &words))
        })
        .collect();
    let mut chosen = head(desk, newest, row, errors);
    if !log.is_empty() && chosen.errors.is_empty() {
        // The law by the day on which it begins.
        let begins = log.iter().map(|done: &Happening| done.at.day).min();
        let of = begins.and_then(|day| catalog().procedure(&newest.id, day)).unwrap_or(newest);
        match of.deadline(&row.id.id).map(|row| answer(desk, of, row, log)) {
            Some(Ok(answer)) => chosen.answer = Some(answer),
            Some(Err(why)) => chosen.errors.push(("#days".to_owned(), why)),
            None => chosen.errors.push(("#days".to_owned(), desk.t("w-deadline-not-then"))),
        }
    }
    let is_first = |part: Part| matches!(part, Part::Starts | Part::NamesDay);
    let (first, later): (Vec<_>, Vec<_>) =
        fields.into_iter().partition(|(part, _)| is_first(*part));
    chosen.first = first.into_iter().map(|(_, field)| field).collect();
    chosen.later = later.into_iter().map(|(_, field)| field).collect();
    chosen.open = chosen.later.iter().any(|field| !field.value.is_empty());
    chosen
}

fn head(
    desk: &Desk,
    procedure: &'static Procedure,
    row: &'static Deadline,
    errors: Vec<(String, String)>,
) -> Chosen {
    let lengths = row.within.into_iter().chain(row.arm.iter().map(|arm| arm.within));
    let lengths: Vec<_> = lengths.map(|length| law::length(desk.lang(), length)).collect();
    let who = procedure.role(&row.who.id).map(|role| desk.law(&role.name)).unwrap_or_default();
    let kind = desk.t(&format!("law-clock-{}", row.kind.key()));
    Chosen {
        value: format!("{}/{}", procedure.id, row.id.id),
        procedure: &procedure.id,
        title: format!("{} · {}", desk.law(&procedure.title), desk.law(&row.name)),
        lead: format!("{} · {kind} · {who}", lengths.join(" / ")),
        basis: desk.basis(&row.cites, row.mark),
        first: Vec::new(),
        later: Vec::new(),
        open: false,
        errors,
        answer: None,
    }
}

/// Reads the fields of one step; what is wrong is noted in them.
fn read(desk: &Desk, step: &str, part: Part, fields: &mut [Field], log: &mut Vec<Happening>) {
    if fields.iter().all(|field| field.value.is_empty()) {
        return;
    }
    let mut read = Vec::new();
    for field in &mut *fields {
        match When::parse(&field.value.replace('T', " ")) {
            Ok(at) => read.push(at),
            Err(_) => field.error = desk.t("w-not-a-moment"),
        }
    }
    let (Some(first), Some(last), true) = (read.first(), read.last(), read.len() == fields.len())
    else {
        return;
    };
    let sets_day = matches!(part, Part::NamesDay | Part::ExtendsTo);
    log.push(Happening {
        at: *first,
        step: step.to_owned(),
        by: String::new(),
        planned: sets_day.then_some(last.day),
    });
}

fn answer(
    desk: &Desk,
    procedure: &'static Procedure,
    row: &'static Deadline,
    log: Vec<Happening>,
) -> Result<Answer, String> {
    let lang = desk.lang();
    let now = desk.minute(desk.office().now());
    let now = When::parse(&now).map_err(|_| desk.t("w-broken"))?;
    let clock = catalog()
        .reckon(procedure, row, log, now)
        .map_err(|misfit| law::misfit(lang, procedure, &misfit))?;
    let note = match () {
        () if clock.provisional || clock.mark == catalog::Mark::Recalled => "due",
        () => "ok",
    };
    Ok(Answer {
        end: clock.end.map_or_else(|| desk.t("law-standing-paused"), |end| law::end(lang, end)),
        note,
        standing: standing(desk, &clock),
        counted: law::counted(lang, catalog(), procedure, &clock),
        skipped: law::skipped(lang, &catalog().between(procedure, &clock)),
        cautions: law::cautions(lang, catalog().norms(), &clock),
    })
}

fn standing(desk: &Desk, clock: &Clock<'_>) -> Status {
    use catalog::Standing;
    let class = match clock.standing {
        Standing::Running | Standing::Paused => "part",
        Standing::Met | Standing::Over => "ok",
        Standing::Late | Standing::MetLate | Standing::Lapsed | Standing::Expired => "bad",
        Standing::Void | Standing::Moot => "",
    };
    Status::new(class, desk.t(&format!("law-standing-{}", clock.standing.key())))
}
