//! 研发记录: which there are, one of them, recording, and where something first stands.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::terms::{Action, Thread};
use domain::{Number, Series};
use office::matching::{Body, Control, Firsts, WorkForm, WorkReport, covered, when};
use office::{Say, Trouble};
use store::read::WorkRow;

use super::releases::uploads;
use super::{comparisons, number, submit};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, numbers};
use crate::input::{Errors, Input, Posted, Reading};
use crate::list::{Act, Cell, List, Table};
use crate::problem::Problem;
use crate::shell::{Section, thousands};
use crate::show::{self, Status};
use crate::thing::Thing;
use crate::visitor::Member;

/// The most that is looked for on a page.
const BYTES_MAX: u64 = 8 << 20;
/// Rows that the page shows; the command line writes all.
const ROWS: usize = 60;

fn thread(desk: &Desk, row: &WorkRow) -> Status {
    let Some(thread) = row.thread else { return Status::new("part", desk.t("w-work-after-none")) };
    let class = match thread {
        Thread::Unbroken => "ok",
        Thread::Changed => "due",
        Thread::Rewritten => "bad",
    };
    Status::new(class, desk.t(&format!("thread-{}", thread.word())))
}

fn days(row: &WorkRow) -> String {
    row.days.map_or_else(show::nothing, |[first, last]| format!("{first} – {last}"))
}

/// `GET /works`.
pub(crate) async fn show(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let heads = [
            ("w-col-no", ""),
            ("field-work", ""),
            ("w-work-thread", ""),
            ("w-work-commits", "n"),
            ("w-work-files", "n p2"),
            ("w-work-days", "p2"),
            ("w-pubcheck-at", "p2"),
        ];
        let table = Table::new(desk, &heads).with(desk.reader.works()?.iter().map(|row| {
            vec![
                Cell::link(href(row.no), row.no.to_string()),
                Cell::text(row.what.clone()).sub(desk.names(&row.secrets)),
                Cell::status(thread(desk, row)),
                Cell::text(thousands(row.commits)),
                Cell::text(thousands(row.files)),
                Cell::text(days(row)),
                Cell::text(desk.minute(row.at)),
            ]
        }));
        let mut list = List::new(desk, "/works", "w-nav-works", table);
        list.lead = desk.t("w-work-lead");
        list.none = (desk.t("w-work-empty"), desk.t("w-work-empty-why"));
        if desk.may(Action::KeepMatches) {
            list.acts.push(Act::new(desk, "/works/new", "w-work-new").first());
        }
        list.page(desk, Section::Comparisons)
    })
    .await
}

/// `GET /works/YF-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Work)?;
        let row = desk.reader.work(no)?.ok_or(Problem::NotFound)?;
        let mut thing = Thing::new(desk, no, ("/works", "w-nav-works"), row.what.clone())?;
        thing.lead = thread(desk, &row).text;
        thing.acts.push(Act::new(desk, format!("{}/trace", href(no)), "w-work-trace").first());
        thing.acts.push(Act::new(desk, format!("/works/new?after={no}"), "w-work-new"));
        thing.fact_of(desk, "w-work-after", row.after);
        for secret in &row.secrets {
            thing.fact_of(desk, "w-work-secrets", Some(*secret));
        }
        thing.fact(desk, "w-work-commits", thousands(row.commits));
        thing.fact(desk, "w-work-files", thousands(row.files));
        thing.fact(desk, "w-work-faults", thousands(row.faults));
        thing.fact(desk, "w-work-days", days(&row));
        thing.fact(desk, "work-chain", row.chain.clone());
        let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
        match desk.office().kept_work(no, unlocked) {
            Ok(report) => sources(desk, &mut thing, &report),
            Err(Trouble::Erased) => thing.notes.push(("due", desk.t("w-report-gone"))),
            Err(Trouble::NotAsRecorded(_)) => thing.notes.push(("bad", desk.t("w-report-other"))),
            Err(trouble) => return Err(trouble.into()),
        }
        thing.page(desk, Section::Comparisons)
    })
    .await
}

fn sources(desk: &Desk, thing: &mut Thing, report: &WorkReport) {
    let heads = [
        ("w-work-sources", ""),
        ("w-work-commits", "n"),
        ("w-work-files", "n"),
        ("w-work-heads", ""),
    ];
    let table = Table::new(desk, &heads).with(report.sources.iter().map(|source| {
        let names: Vec<&str> =
            source.heads.iter().take(4).filter_map(|head| head.get(..10)).collect();
        vec![
            Cell::text(source.folder.display().to_string()),
            Cell::text(thousands(source.commits.len() as u64)),
            Cell::text(thousands(source.files.len() as u64)),
            Cell::text(names.join(" ")),
        ]
    }));
    thing.table(desk, "w-work-sources", table, "w-work-empty");
    if let Some((_, _, gone)) = report.before.as_ref().filter(|(.., gone)| !gone.is_empty()) {
        thing.words(desk, "w-work-gone", gone.join("\n"));
    }
    if !report.faults.is_empty() {
        let faults = report
            .faults
            .iter()
            .take(ROWS)
            .map(|fault| format!("{}: {}", fault.path, words::fault(desk.lang(), &fault.why)));
        thing.words(desk, "w-work-faults", faults.collect::<Vec<_>>().join("\n"));
    }
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let works = desk.reader.works()?.into_iter().map(|row| row.no);
    let works = numbers(desk, input, "after", "w-work-after-none", works);
    let secrets = comparisons::secrets(desk)?.into_iter().map(|no| {
        let label = format!("{} {no}", desk.name(no));
        Choice::new(no, label, input.has("secrets", &no.to_string()))
    });
    let secrets: Vec<Choice> = secrets.collect();
    let aside = ["w-work-aside", "w-work-aside-1", "w-work-aside-2", "w-work-aside-3"];
    Ok(Form::new(desk, "w-work-new", "/works/new".into(), "w-work-do")
        .lead(desk.t("w-work-new-lead"))
        .crumb(desk, "/works", "w-nav-works")
        .aside(desk, &aside)
        .ask(Field::text(desk, "what", "field-work", input))
        .ask(Field::area(desk, "paths", "w-work-path", input).hint(desk, "w-work-path-hint"))
        .ask(
            Field::select(desk, "after", "w-work-after", works, input)
                .hint(desk, "w-work-after-hint")
                .skip(),
        )
        .ask(Field::ticks(desk, "secrets", "w-work-secrets", secrets, input).skip()))
}

/// `GET /works/new?after=YF-0001`.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    axum::extract::RawQuery(asked): axum::extract::RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(asked.unwrap_or_default().as_bytes());
        make(desk, &input)?.page(desk, Section::Comparisons, &input, &Errors::new())
    })
    .await
}

/// `POST /works/new`: reads, and records.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Comparisons, &posted, make, |r| {
            let what = r.must_text("what", "field-work");
            let paths = r.must_text("paths", "w-work-path");
            let after = r.number("after", Series::Work);
            let secrets = r.input.all("secrets").filter_map(|no| Number::parse(no).ok()).collect();
            if !r.is_right() {
                return Ok(None);
            }
            let paths = paths.lines().map(str::trim).filter(|line| !line.is_empty());
            let paths = paths.map(Into::into).collect::<Vec<std::path::PathBuf>>();
            let form = WorkForm { paths, what, secrets, after };
            let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
            let office = desk.office();
            let mut report = office.read_work(&form, unlocked, &Control::default())?;
            let receipt = office.record_work(&r.ask(), &mut report)?;
            Ok(Some((receipt.number.map_or_else(|| "/works".into(), href), receipt)))
        })
    })
    .await
}

fn make_trace(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    desk.reader.work(no)?.ok_or(Problem::NotFound)?;
    let secrets =
        numbers(desk, input, "secret", "w-comparison-files-too", comparisons::secrets(desk)?);
    Ok(Form::new(desk, "w-work-trace", format!("{}/trace", href(no)), "w-work-trace")
        .lead(desk.t("w-work-trace-lead"))
        .crumb(desk, "/works", "w-nav-works")
        .about(desk, no)
        .ask(Field::select(desk, "secret", "w-work-trace-secret", secrets, input).skip())
        .ask(Field::files(desk, "files", "w-work-trace-files", input).skip()))
}

/// `GET /works/YF-0001/trace`.
pub(crate) async fn trace(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Work)?;
        let input = Input::default();
        make_trace(desk, no, &input)?.page(desk, Section::Comparisons, &input, &Errors::new())
    })
    .await
}

/// `POST /works/YF-0001/trace`: looks, and shows once what came of it; nothing is kept.
pub(crate) async fn send_trace(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Work)?;
        let mut reading = Reading::new(desk, &posted.input);
        let r = &mut reading;
        let secret = r.number("secret", Series::Secret);
        let files = uploads(r, "files", BYTES_MAX)?;
        if secret.is_some() != files.is_empty() && r.is_right() {
            r.wrong("secret", "w-comparison-no-left");
        }
        let mut found = None;
        if r.is_right() {
            let body = secret.map_or(Body::Texts(files), Body::Secret);
            let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
            match desk.office().first_seen(no, &body, unlocked, &Control::default()) {
                Ok(firsts) => found = Some(firsts),
                Err(trouble) => r.refused(trouble)?,
            }
        }
        match found {
            Some(firsts) => {
                posted.session.drop_uploads(&posted.input.all_files());
                traced(desk, no, &firsts)
            }
            None => {
                let form = make_trace(desk, no, &posted.input)?;
                form.page(desk, Section::Comparisons, &posted.input, &reading.errors)
            }
        }
    })
    .await
}

fn traced(desk: &Desk, no: Number, of: &Firsts) -> Result<Response, Problem> {
    let say = Say { lang: desk.lang(), zone_minutes: desk.office().zone_minutes() };
    let crumb = ("/works", "w-nav-works");
    let title = desk.tr("w-work-found", &[("of", &*of.of), ("share", &*covered(of, of.found))]);
    let mut thing = Thing::below(desk, no, crumb, title);
    thing.notes.push(("part", desk.t("work-honest")));
    if of.gone > 0 {
        thing.notes.push(("due", desk.tr("work-gone", &[("n", &*of.gone.to_string())])));
    }
    let heads = [("work-col-record", ""), ("work-col-received", ""), ("work-col-total", "n")];
    let table = Table::new(desk, &heads).with(of.recorded.iter().map(|(no, at, units)| {
        vec![
            Cell::link(href(*no), no.to_string()),
            Cell::text(at.clone()),
            Cell::text(covered(of, *units)),
        ]
    }));
    thing.table(desk, "work-head-recorded", table, "w-work-empty");
    let heads = [
        ("work-col-claimed", ""),
        ("work-col-place", ""),
        ("work-col-record", ""),
        ("work-col-total", "n"),
    ];
    let table = Table::new(desk, &heads).with(of.appeared.iter().take(ROWS).map(|one| {
        let record = one.record.map_or_else(|| desk.t("work-unrecorded"), |no| no.to_string());
        vec![
            Cell::text(when(say, one.claimed)),
            Cell::text(one.path.clone()).sub(one.commit.clone().unwrap_or_default()),
            Cell::text(record),
            Cell::text(covered(of, one.total)),
        ]
    }));
    thing.table(desk, "work-head-appeared", table, "w-pubcheck-clean");
    thing.fact(desk, "work-looked", thousands(of.looked));
    thing.page(desk, Section::Comparisons)
}
