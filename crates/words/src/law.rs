//! What the catalog's answers say in sentences: articles, lengths, faults, and how a clock was
//! counted.

use catalog::calendar::{Kind, Rest};
use catalog::clock::{Because, Clock};
use catalog::inventory::Rules;
use catalog::procedure::{More, Procedure};
use catalog::{
    AnyOf, Between, Catalog, Cite, Day, End, Fault, Length, Mark, Misfit, Norms, Part, Refusal,
    Text, Why,
};

use crate::{Lang, t, tr};

/// The catalog's word for a language.
pub fn lang(lang: Lang) -> catalog::Lang {
    match lang {
        Lang::Zh => catalog::Lang::Zh,
        Lang::En => catalog::Lang::En,
    }
}

/// A text of the data in one language.
pub fn text(of: Lang, text: &Text) -> &str {
    text.get(lang(of))
}

/// A length of time: `3 working days`.
pub fn length(lang: Lang, length: Length) -> String {
    let (unit, n) = length.unit();
    let many = if n == 1 { "" } else { "s" };
    tr(lang, &format!("law-unit-{unit}{many}"), &[("n", n.to_string())])
}

/// An act by its name, and the article as lawyers write it: 行政处罚法第36条第1款.
pub fn cite(lang: Lang, norms: &Norms, cite: &Cite) -> String {
    let act = match (lang, norms.cited(cite)) {
        (Lang::En, Some(norm)) => norm.name.en.clone(),
        _ => cite.act.clone(),
    };
    let article = match lang {
        Lang::Zh => article(&cite.article),
        Lang::En => cite.article.clone(),
    };
    tr(lang, "law-cite", &[("act", act), ("article", article)])
}

/// `5.2` as 第5条第2款, `10.1(3)` as 第10条第1款第(3)项, `219-1` as 第219条之一; other names as they are.
fn article(text: &str) -> String {
    let (rest, item) = match text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        Some((rest, item)) => (rest, format!("第({item})项")),
        None => (text, String::new()),
    };
    let (rest, paragraph) = match rest.split_once('.') {
        Some((rest, paragraph)) => (rest, format!("第{paragraph}款")),
        None => (rest, String::new()),
    };
    let (number, added) = match rest.split_once("-1") {
        Some((number, "")) => (number, "之一"),
        _ => (rest, ""),
    };
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.to_owned();
    }
    format!("第{number}条{added}{paragraph}{item}")
}

/// A day with its weekday.
pub fn day(lang: Lang, day: Day) -> String {
    format!("{day} {}", crate::weekday(lang, day.weekday()))
}

/// An end with its weekday, to the minute where it counts hours.
pub fn end(lang: Lang, end: End) -> String {
    format!("{end} {}", crate::weekday(lang, end.day().weekday()))
}

/// How a clock came to its end, one sentence a step.
pub fn counted(
    lang: Lang,
    catalog: &Catalog,
    procedure: &Procedure,
    clock: &Clock<'_>,
) -> Vec<String> {
    let mut lines: Vec<String> =
        clock.because.iter().map(|why| because(lang, catalog, procedure, clock, why)).collect();
    if clock.deadline.arm.len() > 1 {
        let key = match clock.deadline.take {
            Some(catalog::procedure::Take::Earlier) => "law-take-earlier",
            _ => "law-take-later",
        };
        lines.push(t(lang, key));
    }
    lines
}

fn because(
    lang: Lang,
    catalog: &Catalog,
    procedure: &Procedure,
    clock: &Clock<'_>,
    why: &Because<'_>,
) -> String {
    let step = |id: &str| procedure.step(id).map_or(id, |step| text(lang, &step.name)).to_owned();
    let cited = |of: &Cite| cite(lang, catalog.norms(), of);
    let (key, args) = match why {
        Because::Started(by, at, long) => {
            let hours = matches!(long, Length::Hours(_));
            let key = if hours { "law-started-hours" } else { "law-started" };
            let cite = cited(clock.cites);
            (
                key,
                [
                    ("at", at.to_string()),
                    ("what", step(&by.id)),
                    ("long", length(lang, *long)),
                    ("cite", cite),
                ],
            )
        }
        Because::CountedBack(by, at, long) => {
            let cite = cited(clock.cites);
            (
                "law-counted-back",
                [
                    ("at", at.to_string()),
                    ("what", step(&by.id)),
                    ("long", length(lang, *long)),
                    ("cite", cite),
                ],
            )
        }
        Because::Restarted(by, at) => (
            "law-restarted",
            [
                ("at", at.to_string()),
                ("what", step(&by.id)),
                ("long", String::new()),
                ("cite", cited(clock.cites)),
            ],
        ),
        Because::Paused(from, to, of) => {
            let key = if to.is_some() { "law-paused" } else { "law-paused-still" };
            let to = to.map(|to| to.day.to_string()).unwrap_or_default();
            (
                key,
                [
                    ("at", from.day.to_string()),
                    ("what", to),
                    ("long", String::new()),
                    ("cite", cited(of)),
                ],
            )
        }
        Because::Extended(at, by, of) => {
            let (key, long) = match by {
                More::Length(long) => ("law-extended", length(lang, *long)),
                More::Decided => ("law-extended-to", String::new()),
            };
            (
                key,
                [
                    ("at", at.day.to_string()),
                    ("what", String::new()),
                    ("long", long),
                    ("cite", cited(of)),
                ],
            )
        }
        Because::Rolled(day_off, _, of) => (
            "law-rolled",
            [
                ("at", day(lang, *day_off)),
                ("what", String::new()),
                ("long", String::new()),
                ("cite", cited(of)),
            ],
        ),
    };
    tr(lang, key, &args)
}

/// The days off that were left out, and weekend days that counted.
pub fn skipped(lang: Lang, between: &Between<'_>) -> Vec<String> {
    let rests = between.rests.iter().map(|rest| rest_in_words(lang, rest));
    let worked = between.worked.iter();
    rests.chain(worked.map(|at| tr(lang, "law-worked", &[("at", day(lang, *at))]))).collect()
}

fn rest_in_words(lang: Lang, rest: &Rest<'_>) -> String {
    let why =
        rest.holiday.map_or_else(|| t(lang, "law-weekend"), |name| text(lang, name).to_owned());
    let key = if rest.from == rest.to { "law-rest-day" } else { "law-rest-days" };
    tr(lang, key, &[("from", day(lang, rest.from)), ("to", day(lang, rest.to)), ("why", why)])
}

/// What to be careful about: text not seen, reading inferred, calendar not published, remarks.
pub fn cautions(lang: Lang, norms: &Norms, clock: &Clock<'_>) -> Vec<String> {
    let row = norms.mark(&clock.deadline.cites).max(clock.deadline.mark.unwrap_or(Mark::Seen));
    let basis = row.max(norms.mark(clock.cites));
    let mut lines = Vec::new();
    if basis != Mark::Seen {
        lines.push(t(lang, &format!("law-caution-{}", basis.key())));
    }
    let over_weekend = |why: &Because<'_>| matches!(why, Because::Rolled(_, Kind::Weekend, _));
    if clock.because.iter().any(over_weekend) {
        lines.push(t(lang, "law-caution-weekend"));
    }
    if clock.provisional {
        lines.push(t(lang, "law-caution-provisional"));
    }
    lines.extend(clock.deadline.note.iter().map(|note| text(lang, note).to_owned()));
    lines
}

/// What a step does to a clock.
pub fn part(lang: Lang, part: Part) -> String {
    let key = match part {
        Part::Starts => "law-part-starts",
        Part::NamesDay => "law-part-names-day",
        Part::Restarts => "law-part-restarts",
        Part::Pauses => "law-part-pauses",
        Part::Resumes => "law-part-resumes",
        Part::Extends => "law-part-extends",
        Part::ExtendsTo => "law-part-extends-to",
        Part::Meets => "law-part-meets",
        Part::Voids => "law-part-voids",
        Part::Precludes => "law-part-precludes",
    };
    t(lang, key)
}

/// Why a clock can't be reckoned, and what to say instead.
pub fn misfit(lang: Lang, procedure: &Procedure, misfit: &Misfit) -> String {
    let (key, step) = match misfit {
        Misfit::NotOfClock(step) => ("law-misfit-not-of-clock", &**step),
        Misfit::NotStarted => ("law-misfit-not-started", ""),
        Misfit::NeedsTime(step) => ("law-misfit-needs-time", &**step),
        Misfit::NeedsDay(step) => ("law-misfit-needs-day", &**step),
    };
    let step = procedure.step(step).map_or(step, |step| text(lang, &step.name));
    tr(lang, key, &[("step", step)])
}

/// Names of papers any one of which will do: 决定书或通知书.
pub fn any_of(lang: Lang, procedure: &Procedure, any: &AnyOf) -> String {
    let names = any
        .ids
        .iter()
        .map(|id| procedure.item(id).map_or(id.as_str(), |item| text(lang, &item.name)).to_owned());
    names.collect::<Vec<_>>().join(&t(lang, "w-or"))
}

/// Why a step is refused, with the article that refuses.
pub fn refusal(
    lang: Lang,
    catalog: &Catalog,
    procedure: &Procedure,
    refusal: &Refusal<'_>,
) -> String {
    let state = |id: &str| procedure.state(id).map_or(id, |row| text(lang, &row.name)).to_owned();
    let step = |id: &str| procedure.step(id).map_or(id, |row| text(lang, &row.name)).to_owned();
    let what = match &refusal.why {
        Why::UnknownStep | Why::Ended | Why::WrongRole | Why::NeedsDay | Why::NeedsTime => {
            String::new()
        }
        Why::OutOfOrder(last) => last.to_string(),
        Why::WrongState(id) => state(id),
        Why::Blocked(any) => {
            any.ids.iter().map(|id| state(id)).collect::<Vec<_>>().join(&t(lang, "w-or"))
        }
        Why::Level(Some(paper)) => {
            procedure.item(paper).map_or(*paper, |item| text(lang, &item.name)).to_owned()
        }
        Why::Level(None) | Why::TooEarly(None) => t(lang, "law-nothing"),
        Why::NotAfter(first) => step(first),
        Why::Missing(all) => {
            let names = all.iter().map(|any| any_of(lang, procedure, any));
            names.collect::<Vec<_>>().join(&t(lang, "w-comma"))
        }
        Why::TooLate(at) | Why::TooEarly(Some(at)) | Why::Expired(at) => end(lang, *at),
        Why::TooShort(by) => day(lang, *by),
        Why::NoPlace(what) => what.clone(),
    };
    let why = tr(
        lang,
        &format!("law-refusal-{}", refusal.why.key().replace('_', "-")),
        &[("what", what)],
    );
    match refusal.cites {
        Some(of) => {
            let cite = cite(lang, catalog.norms(), of);
            tr(lang, "law-refusal-cited", &[("why", why), ("cite", cite)])
        }
        None => why,
    }
}

/// A fault in a data file: where, and what is wrong.
pub fn fault(lang: Lang, fault: &Fault) -> String {
    let mut args = fault.problem.args();
    let key = fault.problem.key();
    for (name, value) in &mut args {
        if *name == "kind" {
            *value = t(lang, &format!("law-kind-{value}"));
        }
    }
    let what = tr(lang, &format!("law-fault-{key}"), &args);
    let place = [("file", fault.file.clone()), ("line", fault.line.to_string()), ("what", what)];
    tr(lang, "law-fault", &place)
}

/// A reason of an inventory: what the rule says, with the words that were found or how many values.
pub fn reason(of: Lang, rules: &Rules, id: &str, found: &[String], count: u32) -> String {
    let says = rules.rule(id).map_or(id, |rule| text(of, &rule.says));
    match found.is_empty() {
        true => tr(of, "inventory-counted", &[("says", says), ("n", &count.to_string())]),
        false => tr(of, "inventory-found", &[("says", says), ("words", &found.join(", "))]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_written_as_lawyers_do() {
        for (data, words) in [
            ("36", "第36条"),
            ("5.2", "第5条第2款"),
            ("10.1(3)", "第10条第1款第(3)项"),
            ("6(1)", "第6条第(1)项"),
            ("219-1", "第219条之一"),
            ("告知", "告知"),
        ] {
            assert_eq!(article(data), words);
        }
    }
}
