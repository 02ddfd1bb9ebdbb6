//! `midun deadline PROCEDURE [DEADLINE] --from …`: one statutory clock, and how it was counted.

use catalog::procedure::{Deadline as Row, Procedure};
use catalog::{Catalog, Clock, Day, Happening, Part, When};
use office::{Sort, Trouble};
use serde_json::{Value, json};
use words::law;

use super::procedure::{cite_json, cited, deadline_json, deadlines, found, opened, today, unknown};
use super::{Desk, table};
use crate::args::Deadline;

pub fn run(desk: &Desk<'_>, args: Deadline) -> anyhow::Result<()> {
    let catalog = opened(desk, &args.data)?;
    let newest = found(&catalog, &args.procedure)?;
    let Some(id) = &args.deadline else {
        if !args.step.is_empty() {
            let ids = newest.deadline.iter().map(|row| row.id.id.clone()).collect::<Vec<_>>();
            let args = vec![("ids", ids.join(", "))];
            return Err(Trouble::Other("cli-deadline-which", args, Sort::Refused).into());
        }
        if args.from.is_some() || args.before.is_some() {
            return all(desk, &catalog, newest, &args);
        }
        let rows = newest.deadline.iter().map(|row| deadline_json(desk, catalog.norms(), row));
        let value: Vec<_> = rows.collect();
        desk.say.result(&json!(value), || deadlines(desk, catalog.norms(), newest));
        return Ok(());
    };
    let day = first_day(&args)?;
    let procedure = in_force(&catalog, newest, day);
    let row = procedure
        .deadline(id)
        .ok_or_else(|| unknown(id, procedure.deadline.iter().map(|row| row.id.id.as_str())))?;
    let log = happenings(row, &args)?;
    if log.is_empty() {
        desk.say.result(&deadline_json(desk, catalog.norms(), row), || {
            asked(desk, &catalog, procedure, row)
        });
        return Ok(());
    }
    let now = args.on.as_deref().map(when).transpose()?.unwrap_or(When::on(today()));
    let clock = catalog.reckon(procedure, row, log, now).map_err(|misfit| {
        let steps: Vec<_> = row.parts().iter().map(|(_, step)| step.id.clone()).collect();
        let why = law::misfit(desk.say.lang, procedure, &misfit);
        Trouble::Other(
            "cli-deadline-misfit",
            vec![("why", why), ("steps", steps.join(", "))],
            Sort::Refused,
        )
    })?;
    if procedure.from > day.unwrap_or(procedure.from) {
        let args = [("from", procedure.from.to_string())];
        desk.say.remark(&desk.say.tr("cli-deadline-older", &args));
    }
    let value = clock_json(desk, &catalog, procedure, &clock);
    desk.say.result(&value, || told(desk, &catalog, procedure, &clock));
    Ok(())
}

/// The day given to count from or back from.
fn first_day(args: &Deadline) -> Result<Option<Day>, Trouble> {
    let first = [args.from.as_deref(), args.before.as_deref()].into_iter().flatten().next();
    Ok(first.map(when).transpose()?.map(|at| at.day))
}

/// The law by the day on which it begins.
fn in_force<'a>(catalog: &'a Catalog, newest: &'a Procedure, day: Option<Day>) -> &'a Procedure {
    day.and_then(|day| catalog.procedure(&newest.id, day)).unwrap_or(newest)
}

/// All deadlines of a procedure, each as if the step that starts it were on the day given.
fn all(
    desk: &Desk<'_>,
    catalog: &Catalog,
    newest: &Procedure,
    args: &Deadline,
) -> anyhow::Result<()> {
    let (say, lang) = (desk.say, desk.say.lang);
    let day = first_day(args)?;
    let procedure = in_force(catalog, newest, day);
    let now = args.on.as_deref().map(when).transpose()?.unwrap_or(When::on(today()));
    let wanted = if args.from.is_some() { Part::Starts } else { Part::NamesDay };
    let (mut values, mut rows, mut others) = (Vec::new(), Vec::new(), 0);
    for row in &procedure.deadline {
        let parts = row.parts();
        let Some((_, step)) = parts.iter().find(|(part, _)| *part == wanted) else {
            others += 1;
            continue;
        };
        let step = procedure.step(&step.id).map_or("", |step| law::text(lang, &step.name));
        let (value, end) = match catalog.reckon(procedure, row, happenings(row, args)?, now) {
            Ok(clock) => {
                let end = clock.end.map_or_else(|| "—".into(), |end| law::end(lang, end));
                (clock_json(desk, catalog, procedure, &clock), end)
            }
            Err(misfit) => {
                let why = law::misfit(lang, procedure, &misfit);
                (json!({ "deadline": row.id.id, "misfit": why }), why)
            }
        };
        values.push(value);
        let name = law::text(lang, &row.name).to_owned();
        rows.push(vec![row.id.id.clone(), end, step.to_owned(), name]);
    }
    say.result(&json!(values), || {
        let day = day.map_or_else(String::new, |day| day.to_string());
        let title = law::text(lang, &procedure.title).to_owned();
        let key =
            if wanted == Part::Starts { "cli-deadlines-from" } else { "cli-deadlines-before" };
        let heads = ["cli-col-id", "cli-col-end", "cli-col-starts", "cli-col-deadlines"];
        let mut lines = vec![heads.map(|key| say.t(key)).to_vec()];
        lines.extend(rows);
        format!("{}\n{}", say.tr(key, &[("title", title), ("day", day)]), table(lines))
    });
    if others > 0 {
        let key = match wanted {
            Part::Starts => "cli-deadlines-back-left-out",
            _ => "cli-deadlines-on-left-out",
        };
        say.remark(&say.tr(key, &[("count", others.to_string())]));
    }
    Ok(())
}

/// `2026-03-02`, `2026-03-02 15:00`, also with `T` or `/` between day and time.
pub fn when(text: &str) -> Result<When, Trouble> {
    When::parse(&text.trim().replace(['T', '/'], " ")).map_err(|_| {
        let args = vec![("text", text.chars().take(40).collect())];
        Trouble::Other("cli-not-a-moment", args, Sort::Refused)
    })
}

/// What was said to have happened: `--from`, `--before`, and each `--step STEP=WHEN[..DAY]`.
fn happenings(row: &Row, args: &Deadline) -> Result<Vec<Happening>, Trouble> {
    let starts = |wanted: Part| row.parts().into_iter().find(|(part, _)| *part == wanted);
    let misfit = |key| Trouble::Other(key, vec![], Sort::Refused);
    let mut log = Vec::new();
    if let Some(from) = &args.from {
        let (_, step) = starts(Part::Starts).ok_or_else(|| misfit("cli-deadline-counts-back"))?;
        log.push(happening(&step.id, when(from)?, None));
    }
    if let Some(before) = &args.before {
        let (_, step) = starts(Part::NamesDay).ok_or_else(|| misfit("cli-deadline-counts-on"))?;
        let at = when(before)?;
        log.push(happening(&step.id, at, Some(at.day)));
    }
    for text in &args.step {
        let (step, at) = text.split_once('=').ok_or_else(|| misfit("cli-step-form"))?;
        let (at, planned) = match at.split_once("..") {
            Some((at, planned)) => (at, Some(when(planned)?.day)),
            None => (at, None),
        };
        log.push(happening(step.trim(), when(at)?, planned));
    }
    Ok(log)
}

fn happening(step: &str, at: When, planned: Option<Day>) -> Happening {
    Happening { at, step: step.to_owned(), by: String::new(), planned }
}

/// Which steps a deadline looks at, when none was named.
fn asked(desk: &Desk<'_>, catalog: &Catalog, procedure: &Procedure, row: &Row) -> String {
    let lang = desk.say.lang;
    let mut text =
        format!("{}  {}\n", law::text(lang, &row.name), cited(desk, catalog.norms(), &row.cites));
    let rows = row.parts().into_iter().map(|(part, step)| {
        let name = procedure.step(&step.id).map_or("", |step| law::text(lang, &step.name));
        vec![format!("  {}", step.id), name.to_owned(), law::part(lang, part)]
    });
    text += &table(rows.collect());
    text + &format!("{}\n", desk.say.t("cli-deadline-how"))
}

fn clock_json(
    desk: &Desk<'_>,
    catalog: &Catalog,
    procedure: &Procedure,
    clock: &Clock<'_>,
) -> Value {
    let lang = desk.say.lang;
    let between = catalog.between(procedure, clock);
    let skipped: Vec<_> = between
        .rests
        .iter()
        .map(|rest| json!({
            "from": rest.from.to_string(), "to": rest.to.to_string(),
            "why": rest.holiday.map_or_else(|| desk.say.t("law-weekend"), |name| law::text(lang, name).to_owned()),
        }))
        .collect();
    json!({
        "procedure": procedure.id, "version": procedure.version, "deadline": clock.deadline.id.id,
        "name": law::text(lang, &clock.deadline.name), "kind": clock.deadline.kind.key(),
        "who": clock.deadline.who.id, "end": clock.end.map(|end| end.to_string()),
        "standing": clock.standing.key(), "cites": cite_json(desk, catalog.norms(), clock.cites),
        "mark": clock.mark.key(), "provisional": clock.provisional,
        "counted": law::counted(lang, catalog, procedure, clock), "skipped": skipped,
        "worked": between.worked.iter().map(|day| day.to_string()).collect::<Vec<_>>(),
        "cautions": law::cautions(lang, catalog.norms(), clock),
    })
}

fn told(desk: &Desk<'_>, catalog: &Catalog, procedure: &Procedure, clock: &Clock<'_>) -> String {
    let (say, lang) = (desk.say, desk.say.lang);
    let end = clock.end.map_or_else(|| say.t("law-standing-paused"), |end| law::end(lang, end));
    let mut text = format!(
        "{} · {}\n{end}\n",
        law::text(lang, &procedure.title),
        law::text(lang, &clock.deadline.name)
    );
    let who = procedure.role(&clock.deadline.who.id).map_or("", |role| law::text(lang, &role.name));
    let args = [
        ("kind", say.t(&format!("law-clock-{}", clock.deadline.kind.key()))),
        ("who", who.to_owned()),
        ("standing", say.t(&format!("law-standing-{}", clock.standing.key()))),
    ];
    text += &format!("{}\n", say.tr("cli-deadline-kind", &args));
    text += &format!("{}\n", cited(desk, catalog.norms(), clock.cites));
    let between = catalog.between(procedure, clock);
    for (key, lines) in [
        ("cli-head-counted", law::counted(lang, catalog, procedure, clock)),
        ("cli-head-skipped", law::skipped(lang, &between)),
        ("cli-head-cautions", law::cautions(lang, catalog.norms(), clock)),
    ] {
        if !lines.is_empty() {
            text += &format!("\n{}\n  {}\n", say.t(key), lines.join("\n  "));
        }
    }
    text
}
