//! `midun control …`: which controls stand, by what, and what to do next.

use assess::{Assessment, Ground, Lack, Line, Standing, place};
use catalog::control::Control as Rule;
use domain::{Day, Series};
use office::{AnswerForm, Office, Sort, Source, Trouble, controls, law, score_words};
use serde_json::{Value, json};
use words::law as words_of;

use super::{Desk, day, facts, maybe_number, number, table, term_of};
use crate::args::Control;

/// So many lacks of one control are shown on a terminal; `--json` has all.
const LACKS_SHOWN: usize = 12;
/// So many months back goes the trend.
const TREND_MONTHS: u32 = 12;

pub fn run(desk: &Desk<'_>, args: Control) -> anyhow::Result<()> {
    let office = desk.office()?;
    let on = |text: Option<&str>| found(&office, text);
    match args {
        Control::List { step, standing, as_of } => {
            let all = on(as_of.as_deref())?;
            list(desk, &all, step.as_deref(), standing.as_deref())?;
        }
        Control::Show { id, as_of } => {
            let all = on(as_of.as_deref())?;
            let line = all.line(&id).ok_or_else(|| unknown(&id))?;
            desk.say.result(&line_json(line), || shown(desk, &all, line));
        }
        Control::Answer { id, verdict, paper, dated, from, until, secret, person, why } => {
            let mut papers: Vec<Source> = Vec::new();
            papers.extend(desk.sources(&paper)?);
            let secrets = secret.iter().map(|no| number(no, Series::Secret));
            let secrets: Vec<_> = secrets.collect::<Result<_, _>>()?;
            let form = AnswerForm {
                control: id,
                verdict: term_of!(Answer, &verdict)?,
                from: day(from.as_deref())?,
                until: day(until.as_deref())?,
                secrets: (!secrets.is_empty()).then_some(secrets),
                person: maybe_number(person.as_deref(), Series::Person)?,
                why,
                papers,
                papers_day: day(dated.as_deref())?,
            };
            desk.done(&office.answer_control(&desk.ask(&office), form)?);
        }
        Control::Withdraw { id, why } => {
            let answer = number(&id, Series::Answer)?;
            desk.done(&office.withdraw_answer(&desk.ask(&office), answer, why)?);
        }
        Control::Assign { id, person, due, why } => {
            let person = maybe_number(person.as_deref(), Series::Person)?;
            let to = (person, day(due.as_deref())?);
            desk.done(&office.assign_control(&desk.ask(&office), &id, to, why)?);
        }
        Control::Score { as_of, trend: false } => score(desk, &on(as_of.as_deref())?),
        Control::Score { trend: true, .. } => trend(desk, &office)?,
        Control::Gaps { all, limit, as_of } => gaps(desk, &on(as_of.as_deref())?, all, limit),
        Control::Changes => changes(desk, &on(None)?),
        Control::Adopt { why } => {
            let reader = office.reader()?;
            desk.done(&office.adopt_controls(&desk.ask(&office), &reader, why)?);
        }
    }
    Ok(())
}

fn found(office: &Office, as_of: Option<&str>) -> Result<Assessment<'static>, Trouble> {
    let today = office.today();
    let on = day(as_of)?.unwrap_or(today);
    if on > today {
        let args = vec![("day", on.to_string())];
        return Err(Trouble::Other("trouble-controls-future", args, Sort::Refused));
    }
    office.assessment(&office.reader()?, on)
}

fn unknown(id: &str) -> Trouble {
    let args = vec![("text", id.chars().take(40).collect())];
    Trouble::Other("trouble-no-control", args, Sort::NotFound)
}

fn list(
    desk: &Desk<'_>,
    all: &Assessment<'_>,
    step: Option<&str>,
    standing: Option<&str>,
) -> Result<(), Trouble> {
    let no_word = |text: &str, words: Vec<&str>| {
        let args = vec![("text", text.chars().take(40).collect()), ("words", words.join(", "))];
        Trouble::Other("cli-not-a-word", args, Sort::Refused)
    };
    if let Some(step) = step.filter(|step| all.controls.place(step).is_none()) {
        let steps = all.controls.step.iter().map(|one| one.id.id.as_str()).collect();
        return Err(no_word(step, steps));
    }
    let standing =
        match standing {
            Some(word) => Some(Standing::from_word(word).ok_or_else(|| {
                no_word(word, Standing::ALL.iter().map(|one| one.word()).collect())
            })?),
            None => None,
        };
    let lines: Vec<_> = all
        .lines
        .iter()
        .filter(|line| step.is_none_or(|step| line.control.step.id == step))
        .filter(|line| standing.is_none_or(|standing| line.standing == standing))
        .collect();
    let value: Vec<_> = lines.iter().map(|line| line_json(line)).collect();
    desk.say.result(&json!({ "day": all.day, "score": all.score, "controls": value }), || {
        let rows = lines.iter().map(|line| {
            vec![
                line.control.id.id.clone(),
                state(desk, line),
                all.controls.step[line.step].id.id.clone(),
                text(desk, &line.control.title).to_owned(),
            ]
        });
        table(rows.collect())
    });
    Ok(())
}

fn text<'t>(desk: &Desk<'_>, text: &'t catalog::Text) -> &'t str {
    words_of::text(desk.say.lang, text)
}

fn state(desk: &Desk<'_>, line: &Line<'_>) -> String {
    desk.say.t(&format!("control-{}", line.standing.word()))
}

/// A lack in words, with what is there and does not cover it.
fn lack_words(desk: &Desk<'_>, lack: &Lack) -> String {
    let no = |no: Option<domain::Number>| no.map(|no| no.to_string()).unwrap_or_default();
    let args = [
        ("secret", no(lack.secret)),
        ("person", no(lack.person)),
        ("partner", no(lack.partner)),
        ("thing", no(lack.thing)),
        ("day", lack.day.map(|day| day.to_string()).unwrap_or_default()),
        ("list", lack.list.clone()),
    ];
    let mut text = desk.say.tr(lack.key, &args);
    if lack.near.is_some() && lack.near != lack.thing {
        text += &desk.say.tr("lack-near", &[("near", no(lack.near))]);
    }
    text
}

/// The basis of a control: articles and topics, each that was not compared marked so.
fn basis(desk: &Desk<'_>, control: &Rule) -> String {
    let lang = desk.say.lang;
    let cites = control.cites.iter().map(|cite| {
        let text = words_of::cite(lang, law().norms(), cite);
        (text, law().norms().mark(cite) != catalog::Mark::Seen)
    });
    let topics = control.follows.iter().map(|clause| {
        let of = controls().standard(&clause.standard);
        (clause.to_string(), of.is_none_or(|of| of.mark != catalog::Mark::Seen))
    });
    let mark = desk.say.t("cli-control-unverified");
    let said = cites
        .chain(topics)
        .map(|(text, open)| if open { format!("{text} [{mark}]") } else { text });
    said.collect::<Vec<_>>().join(&desk.say.t("cli-comma"))
}

fn shown(desk: &Desk<'_>, all: &Assessment<'_>, line: &Line<'_>) -> String {
    let say = |key: &str| desk.say.t(key);
    let control = line.control;
    let told = if control.check.is_some() { "cli-control-told" } else { "cli-control-asked" };
    let said = line.said.as_ref().map(|said| {
        let verdict = say(&format!("answer-{}", said.verdict.word()));
        format!("{} {verdict} {}–{}", said.no, said.from, said.until)
    });
    let grounds = line.grounds.iter().take(LACKS_SHOWN).map(|ground| match ground {
        Ground::Entry(no) => desk.say.tr("cli-control-entry", &[("no", no.to_string())]),
        Ground::Checkpoint(no) => desk.say.tr("cli-control-checkpoint", &[("no", no.to_string())]),
    });
    let comma = say("cli-comma");
    let rows = [
        ("cli-control-group", text(desk, &line.group.name).to_owned()),
        ("cli-control-step", text(desk, &all.controls.step[line.step].name).to_owned()),
        ("cli-control-says", text(desk, &control.says).to_owned()),
        (
            "cli-control-shown",
            control.shown_by.as_ref().map(|by| text(desk, by).to_owned()).unwrap_or_default(),
        ),
        ("cli-control-basis", basis(desk, control)),
        ("cli-control-weight", control.weight.to_string()),
        ("cli-control-state", format!("{} · {}", state(desk, line), say(told))),
        ("cli-control-held", format!("{}/{}", line.held, line.asked)),
        ("cli-control-answers", said.unwrap_or_default()),
        ("cli-control-task", task(desk, line)),
        ("cli-control-grounds", grounds.collect::<Vec<_>>().join(&comma)),
    ];
    let mut out = format!("{}  {}\n", control.id.id, text(desk, &control.title));
    out += &facts(desk, rows);
    if !line.lacks.is_empty() {
        out += &format!("{}\n", say("cli-control-lacks"));
        out += &lack_lines(desk, line);
    }
    out
}

fn lack_lines(desk: &Desk<'_>, line: &Line<'_>) -> String {
    let shown = line.lacks.iter().take(LACKS_SHOWN);
    let mut out: String = shown
        .map(|lack| {
            format!("    ▲ {} → {}\n", lack_words(desk, lack), place(line.control, Some(lack)))
        })
        .collect();
    if line.lacks.len() > LACKS_SHOWN {
        let n = (line.lacks.len() - LACKS_SHOWN).to_string();
        out += &format!("    {}\n", desk.say.tr("cli-control-more", &[("n", n)]));
    }
    out
}

fn task(desk: &Desk<'_>, line: &Line<'_>) -> String {
    let Some(task) = &line.task else { return String::new() };
    let args = [
        ("person", task.person.map(|no| no.to_string()).unwrap_or_default()),
        ("day", task.due.map(|day| day.to_string()).unwrap_or_default()),
    ];
    desk.say.tr("cli-control-due", &args)
}

fn summary(desk: &Desk<'_>, all: &Assessment<'_>) -> String {
    let (answered, of) = all.answered();
    let met: usize = all.steps.iter().map(|step| step.met).sum();
    let args = [
        ("score", score_words(all.score)),
        ("met", met.to_string()),
        ("of", of.to_string()),
        ("answered", answered.to_string()),
    ];
    desk.say.tr("cli-control-score", &args)
}

fn score(desk: &Desk<'_>, all: &Assessment<'_>) {
    let steps: Vec<_> = all
        .controls
        .step
        .iter()
        .zip(&all.steps)
        .map(|(step, on)| {
            json!({ "id": step.id.id, "met": on.met, "of": on.of, "offered": on.offered })
        })
        .collect();
    let groups: Vec<_> = all.controls.group.iter().map(|group| group_score(all, group)).collect();
    let (answered, of) = all.answered();
    let value = json!({
        "day": all.day, "score": all.score, "answered": answered, "of": of, "steps": steps,
        "groups": groups.iter().map(|(id, met, of)| json!({ "id": id, "met": met, "of": of }))
            .collect::<Vec<_>>(),
        "next": all.next().map(|line| line.control.id.id.clone()),
    });
    desk.say.result(&value, || {
        let mut out = format!("{}  {}\n", all.day, summary(desk, all));
        let rows = all.controls.step.iter().zip(&all.steps).map(|(step, on)| {
            let key = if on.offered { "cli-control-offered" } else { "cli-control-waits" };
            vec![
                text(desk, &step.name).to_owned(),
                format!("{}/{}", on.met, on.of),
                desk.say.t(key),
            ]
        });
        out += &table(rows.collect());
        let rows = all.controls.group.iter().zip(&groups).map(|(group, (_, met, of))| {
            vec![text(desk, &group.name).to_owned(), format!("{met}/{of}")]
        });
        out += &table(rows.collect());
        if let Some(line) = all.next() {
            let args = [
                ("title", text(desk, &line.control.title).to_owned()),
                ("gain", score_words(line.gain)),
                ("minutes", line.control.minutes.to_string()),
            ];
            out += &format!("{}\n", desk.say.tr("cli-control-next", &args));
        }
        out
    });
}

/// A group's name, and how many of its controls that count stand.
fn group_score<'c>(
    all: &Assessment<'c>,
    group: &'c catalog::control::Group,
) -> (&'c str, usize, usize) {
    let lines = all.lines.iter().filter(|line| line.group.id.id == group.id.id);
    let counts: Vec<_> = lines.filter(|line| line.standing.counts()).collect();
    let met = counts.iter().filter(|line| line.standing == Standing::Met).count();
    (&group.id.id, met, counts.len())
}

/// The last day of each of the last months, and today.
fn months(today: Day) -> Vec<Day> {
    let first = Day::parse(&format!("{:04}-{:02}-01", today.year(), today.month()));
    let Ok(mut first) = first else { return vec![today] };
    let mut days = vec![today];
    for _ in 0..TREND_MONTHS {
        let Some(last) = first.plus_days(-1) else { break };
        let Some(before) = first.plus_days(-i64::from(last.day())) else { break };
        days.push(last);
        first = before;
    }
    days.reverse();
    days
}

fn trend(desk: &Desk<'_>, office: &Office) -> Result<(), Trouble> {
    let scores = office.scores(&office.reader()?, &months(office.today()))?;
    let value: Vec<_> = scores
        .iter()
        .map(|on| json!({ "day": on.day, "score": on.score, "met": on.met, "of": on.of }))
        .collect();
    desk.say.result(&json!(value), || {
        let rows = scores.iter().map(|on| {
            vec![on.day.to_string(), score_words(on.score), format!("{}/{}", on.met, on.of)]
        });
        table(rows.collect())
    });
    Ok(())
}

fn gaps(desk: &Desk<'_>, all: &Assessment<'_>, also_later: bool, limit: usize) {
    let mut lines = all.gaps();
    if also_later {
        let later = all.lines.iter().filter(|line| line.standing.is_gap());
        lines.extend(later.filter(|line| !all.steps[line.step].offered));
    }
    let total = lines.len();
    lines.truncate(limit);
    let value: Vec<_> = lines.iter().map(|line| line_json(line)).collect();
    desk.say.result(&json!({ "day": all.day, "total": total, "gaps": value }), || {
        if lines.is_empty() {
            return format!("{}\n", desk.say.t("cli-control-no-gaps"));
        }
        let mut out = String::new();
        for line in &lines {
            let row = vec![
                line.control.id.id.clone(),
                text(desk, &line.control.title).to_owned(),
                desk.say.tr("cli-control-gain", &[("gain", score_words(line.gain))]),
                desk.say.tr("cli-control-minutes", &[("n", line.control.minutes.to_string())]),
                task(desk, line),
            ];
            out += &table(vec![row]);
            out += &lack_lines(desk, line);
        }
        out
    });
}

fn changes(desk: &Desk<'_>, all: &Assessment<'_>) {
    let since = all.adopted.unwrap_or(0);
    let touched = |id: &str| {
        let line = all.line(id).filter(|line| line.changed);
        line.and_then(|line| line.said.as_ref()).map(|said| said.no.to_string())
    };
    let changes: Vec<_> = all.controls.changes_since(since).collect();
    let value: Vec<_> = changes
        .iter()
        .map(|change| {
            json!({
                "edition": change.edition, "control": change.control,
                "says": text(desk, &change.says), "answer": touched(&change.control),
            })
        })
        .collect();
    let value = json!({
        "edition": all.controls.edition, "adopted": all.adopted, "changes": value,
    });
    desk.say.result(&value, || {
        let never = || desk.say.t("cli-control-never");
        let args = [
            ("edition", all.controls.edition.to_string()),
            ("adopted", all.adopted.map_or_else(never, |edition| edition.to_string())),
        ];
        let mut out = format!("{}\n", desk.say.tr("cli-control-edition", &args));
        for change in &changes {
            out += &format!("{}  {}\n", change.control, text(desk, &change.says));
            if let Some(no) = touched(&change.control) {
                out += &format!("    {}\n", desk.say.tr("cli-control-touched", &[("list", no)]));
            }
        }
        if changes.is_empty() {
            out += &format!("{}\n", desk.say.t("cli-control-unchanged"));
        }
        out
    });
}

fn line_json(line: &Line<'_>) -> Value {
    let control = line.control;
    let lacks: Vec<_> = line
        .lacks
        .iter()
        .map(|lack| {
            json!({
                "key": lack.key, "secret": lack.secret, "person": lack.person,
                "partner": lack.partner, "thing": lack.thing, "near": lack.near, "day": lack.day,
                "statements": lack.list, "at": place(control, Some(lack)),
            })
        })
        .collect();
    let grounds: Vec<_> = line
        .grounds
        .iter()
        .map(|ground| match ground {
            Ground::Entry(no) => json!({ "entry": no }),
            Ground::Checkpoint(no) => json!({ "checkpoint": no }),
        })
        .collect();
    json!({
        "id": control.id.id, "group": line.group.id.id, "step": control.step.id,
        "title": control.title.zh, "title_en": control.title.en, "weight": control.weight,
        "minutes": control.minutes, "standing": line.standing.word(),
        "told_by": if control.check.is_some() { "ledger" } else { "person" },
        "held": line.held, "asked": line.asked, "gain": line.gain, "changed": line.changed,
        "grounds": grounds, "lacks": lacks,
        "answer": line.said.as_ref().map(|said| json!({
            "id": said.no, "verdict": said.verdict, "from": said.from, "until": said.until,
            "secrets": said.secrets, "person": said.person, "why": said.why, "leaf": said.idx,
        })),
        "task": line.task.as_ref().map(|task| json!({
            "person": task.person, "due": task.due, "why": task.why, "leaf": task.idx,
        })),
    })
}
