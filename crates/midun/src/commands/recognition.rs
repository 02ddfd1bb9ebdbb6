//! `midun recognition …`: who applied as what, what there is for it, who was recognised.

use std::collections::BTreeMap;

use catalog::Scheme;
use domain::{Number, Series};
use office::{
    AgreeForm, ApplyForm, EvidenceForm, Office, ReviewForm, Sort, Source, Trouble, score_words,
};
use serde_json::{Value, json};
use store::read::{RecognitionFilter, RecognitionRow};

use super::request::listed;
use super::visit::write;
use super::{Desk, day, maybe_number, maybe_text, number, table, term_of};
use crate::args::{Points, Recognition};

/// In how many days a review usually is.
const REVIEW_DAYS: i64 = 14;

pub fn run(desk: &Desk<'_>, args: Recognition) -> anyhow::Result<()> {
    // What a scheme asks for needs no station.
    match &args {
        Recognition::Schemes => {
            schemes(desk);
            return Ok(());
        }
        Recognition::Scheme { id } => return Ok(scheme(desk, id)?),
        _ => {}
    }
    let office = desk.office()?;
    let ask = desk.ask(&office);
    let no = |text: &str| number(text, Series::Recognition);
    let on = |text: Option<&str>| Ok::<_, Trouble>(day(text)?.unwrap_or_else(|| office.today()));
    match args {
        Recognition::Schemes | Recognition::Scheme { .. } => {}
        Recognition::Apply { company, scheme, under, statement, letter, happened } => {
            let form = ApplyForm {
                company: number(&company, Series::Company)?,
                scheme,
                under: maybe_number(under.as_deref(), Series::Recognition)?,
                source: letter,
                happened: on(happened.as_deref())?,
                statement: maybe_text(statement.as_deref())?,
            };
            desk.done(&office.apply_for(&ask, form)?);
        }
        Recognition::List {
            find,
            company,
            scheme,
            state,
            under,
            open,
            holds,
            check_late,
            limit,
        } => {
            let state = state.as_deref().map(|word| term_of!(RecognitionState, word));
            let filter = RecognitionFilter {
                text: find,
                company: maybe_number(company.as_deref(), Series::Company)?,
                layer: scheme,
                state: state.transpose()?,
                open,
                holds_on: holds.then(|| office.today()),
                check_late_on: check_late.then(|| office.today()),
                under: maybe_number(under.as_deref(), Series::Recognition)?,
                limit,
                ..RecognitionFilter::default()
            };
            list(desk, &office, &filter)?;
        }
        Recognition::Show { id } => show(desk, &office, no(&id)?)?,
        Recognition::Evidence { id, criterion, note, paper, proof, happened } => {
            let mut papers: Vec<Source> = Vec::new();
            papers.extend(desk.sources(&paper)?);
            let proof = proof.map(|path| super::company::read(&path)).transpose()?;
            let form = EvidenceForm {
                recognition: no(&id)?,
                criterion,
                note: maybe_text(note.as_deref())?,
                papers,
                happened: day(happened.as_deref())?,
                proof,
            };
            desk.done(&office.give_evidence(&ask, form)?);
        }
        Recognition::Assign { id, expert, due } => {
            let experts = expert.iter().map(|no| number(no, Series::Expert));
            let experts = experts.collect::<Result<_, _>>()?;
            let due = day(due.as_deref())?.or_else(|| office.today().plus_days(REVIEW_DAYS));
            let due = due.unwrap_or_else(|| office.today());
            desk.done(&office.assign_reviewers(&ask, no(&id)?, experts, due)?);
        }
        Recognition::Review { id, expert, marks, note, happened } => {
            let form = ReviewForm {
                recognition: no(&id)?,
                expert: number(&expert, Series::Expert)?,
                marks: points(&marks)?,
                bars: marks.bar,
                happened: on(happened.as_deref())?,
                note: maybe_text(note.as_deref())?,
            };
            desk.done(&office.review_recognition(&ask, form)?);
        }
        Recognition::Visit { id, visit } => {
            let visit = number(&visit, Series::Visit)?;
            desk.done(&office.visit_recognition(&ask, no(&id)?, visit)?);
        }
        Recognition::Agree { id, marks, why, happened } => {
            let form = AgreeForm {
                recognition: no(&id)?,
                marks: points(&marks)?,
                bars: marks.bar,
                happened: on(happened.as_deref())?,
                why,
            };
            desk.done(&office.agree_recognition(&ask, form)?);
        }
        Recognition::Publish { id, until } => {
            desk.done(&office.publish_recognition(&ask, no(&id)?, day(until.as_deref())?)?);
        }
        Recognition::Object { id, text, name, happened } => {
            let (text, happened) = (Office::read_text(&text)?, on(happened.as_deref())?);
            desk.done(&office.object(&ask, no(&id)?, happened, name, text)?);
        }
        Recognition::Answer { id, objection, upheld, why, happened } => {
            let (which, happened) = ((no(&id)?, objection), on(happened.as_deref())?);
            desk.done(&office.answer_objection(&ask, which, upheld, happened, why)?);
        }
        Recognition::Award { id, happened } => {
            desk.done(&office.award(&ask, no(&id)?, on(happened.as_deref())?)?);
        }
        Recognition::Certificate { id, out, url } => {
            let reader = office.reader()?;
            let row = office.recognition(&reader, no(&id)?)?;
            let url = url.zip(row.code.as_deref()).map(|(url, code)| {
                format!("{}/public/recognised/{code}", url.trim_end_matches('/'))
            });
            let pdf = office.certificate(&reader, &row, desk.say.lang, url.as_deref())?;
            write(desk, &out, &pdf)?;
        }
        Recognition::Check { id, verdict, next, why, happened } => {
            let found = (term_of!(Check, &verdict)?, on(happened.as_deref())?);
            let next = day(next.as_deref())?;
            desk.done(&office.check_recognition(&ask, no(&id)?, found, next, why)?);
        }
        Recognition::End { id, how, why, happened } => {
            let (how, happened) = (term_of!(Unrecognition, &how)?, on(happened.as_deref())?);
            desk.done(&office.end_recognition(&ask, no(&id)?, how, happened, why)?);
        }
    }
    Ok(())
}

/// Points as typed: `list=10`.
fn points(marks: &Points) -> Result<BTreeMap<String, u32>, Trouble> {
    let one = |text: &String| {
        let (id, points) = text.split_once('=')?;
        Some((id.trim().to_owned(), points.trim().parse().ok()?))
    };
    let read = |text: &String| {
        one(text).ok_or_else(|| {
            let args = vec![("text", text.chars().take(40).collect())];
            Trouble::Other("cli-not-marks", args, Sort::Refused)
        })
    };
    marks.mark.iter().map(read).collect()
}

fn say(desk: &Desk<'_>, text: &'static catalog::Text) -> String {
    words::law::text(desk.say.lang, text).to_owned()
}

fn schemes(desk: &Desk<'_>) {
    let all = office::schemes();
    let value: Value = all
        .iter()
        .map(|one| {
            json!({
                "id": one.id, "edition": one.edition, "title": say(desk, &one.title),
                "under": one.under.as_ref().map(|under| &under.id), "origin": one.origin.key(),
                "pass": one.pass, "notice_days": one.notice_days, "valid_months": one.valid_months,
            })
        })
        .collect();
    desk.say.result(&value, || {
        let rows =
            all.iter().map(|one| vec![one.id.clone(), say(desk, &one.title), say(desk, &one.who)]);
        let source = all.first().map(|one| say(desk, &one.source)).unwrap_or_default();
        format!("{}{source}\n", table(rows.collect()))
    });
}

fn known(id: &str) -> Result<&'static Scheme, Trouble> {
    office::scheme(id).ok_or_else(|| {
        let known: Vec<&str> = office::schemes().iter().map(|one| &*one.id).collect();
        let args = vec![("text", id.chars().take(40).collect()), ("known", known.join(", "))];
        Trouble::Other("trouble-no-scheme", args, Sort::NotFound)
    })
}

fn scheme(desk: &Desk<'_>, id: &str) -> Result<(), Trouble> {
    let scheme = known(id)?;
    let value: Value = scheme
        .criteria()
        .map(|(axis, one)| {
            json!({
                "criterion": one.id.id, "axis": axis.id.id, "says": say(desk, &one.says),
                "shown_by": say(desk, &one.shown_by), "points": one.points, "must": one.must,
                "cites": one.cites.as_ref().map(ToString::to_string),
            })
        })
        .collect();
    let bars: Value = scheme
        .bar
        .iter()
        .map(|bar| json!({ "id": bar.id.id, "says": say(desk, &bar.says) }))
        .collect();
    let value = json!({ "id": scheme.id, "criteria": value, "bars": bars });
    desk.say.result(&value, || {
        let rows = scheme.criteria().map(|(_, one)| {
            let must = if one.must { "*" } else { "" };
            vec![one.id.id.clone(), format!("{}{must}", one.points), say(desk, &one.says)]
        });
        let bars = scheme
            .bar
            .iter()
            .map(|bar| vec![bar.id.id.clone(), "!".to_owned(), say(desk, &bar.says)]);
        let rows: Vec<_> = rows.chain(bars).collect();
        format!("{}\n{}{}\n", say(desk, &scheme.title), table(rows), say(desk, &scheme.source))
    });
    Ok(())
}

fn json_of(row: &RecognitionRow) -> Value {
    json!({
        "id": row.no, "company": row.company, "name": row.name, "scheme": row.scheme,
        "under": row.under, "letter": row.source, "happened": row.happened, "state": row.state,
        "experts": row.experts, "due": row.due, "visit": row.visit,
        "score": row.score.map(score_words), "bars": row.bars,
        "notice_until": row.notice.map(|(_, until)| until), "awarded": row.awarded,
        "until": row.until, "check": row.check, "code": row.code, "ended": row.ended,
        "how": row.how,
    })
}

fn list(desk: &Desk<'_>, office: &Office, filter: &RecognitionFilter) -> Result<(), Trouble> {
    let found = office.reader()?.recognitions(filter)?;
    let rows: Vec<_> = found.rows.iter().map(json_of).collect();
    desk.say.result(&json!({ "total": found.total, "recognitions": rows }), || {
        let lines = found.rows.iter().map(|row| {
            vec![
                row.no.to_string(),
                row.layer.clone(),
                desk.say.t(&format!("recognition-state-{}", row.state.word())),
                row.score.map(score_words).unwrap_or_default(),
                row.until.map(|day| day.to_string()).unwrap_or_default(),
                row.name.clone(),
            ]
        });
        listed(desk, lines.collect(), found.total)
    });
    Ok(())
}

fn show(desk: &Desk<'_>, office: &Office, no: Number) -> Result<(), Trouble> {
    let reader = office.reader()?;
    let row = office.recognition(&reader, no)?;
    let gauges = office.gauges(&reader, &row)?;
    let reviews = reader.recognition_reviews(no)?;
    let objections = reader.objections(no)?;
    let missing: Vec<&str> =
        gauges.iter().filter(|one| one.is_missing()).map(|one| &*one.criterion.id.id).collect();
    let mut value = json_of(&row);
    value["missing"] = json!(missing);
    value["evidence"] = gauges
        .iter()
        .flat_map(|one| &one.evidence)
        .map(
            |one| json!({ "criterion": one.criterion, "papers": one.papers, "proved": one.proved }),
        )
        .collect();
    // Each is to judge alone: points are shown when both are in.
    value["reviews"] = reviews
        .iter()
        .map(|one| {
            let score = (reviews.len() == 2).then(|| score_words(one.score));
            json!({ "expert": one.expert, "score": score, "happened": one.happened })
        })
        .collect();
    value["objections"] = objections
        .iter()
        .map(|one| json!({ "no": one.no, "happened": one.happened, "upheld": one.upheld }))
        .collect();
    desk.say.result(&value, || {
        let day = |day: Option<domain::Day>| day.map(|day| day.to_string()).unwrap_or_default();
        let facts = [
            ("field-company", format!("{} {}", row.name, row.company)),
            ("w-col-state", desk.say.t(&format!("recognition-state-{}", row.state.word()))),
            ("w-stands-under", row.under.map(|no| no.to_string()).unwrap_or_default()),
            ("w-score", row.score.map(score_words).unwrap_or_default()),
            ("w-notice-until", day(row.notice.map(|(_, until)| until))),
            ("w-holds-until", day(row.until)),
            ("w-check-by", day(row.check)),
            ("w-code", row.code.clone().unwrap_or_default()),
        ];
        let title = known(&row.scheme).map(|one| say(desk, &one.title)).unwrap_or_default();
        let mut out = format!("{no}  {title}\n{}", super::facts(desk, facts));
        out += &table(
            gauges
                .iter()
                .map(|one| {
                    let state = match one.evidence.len() {
                        0 if one.is_missing() => desk.say.t("w-evidence-missing"),
                        0 => desk.say.t("w-evidence-none"),
                        n => desk.say.tr("w-evidence-given", &[("n", n.to_string())]),
                    };
                    vec![one.criterion.id.id.clone(), state, say(desk, &one.criterion.says)]
                })
                .collect(),
        );
        out
    });
    Ok(())
}
