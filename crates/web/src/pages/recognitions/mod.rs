//! 认定: who applied as what, what is there for each criterion, who reviewed, who is recognised.

mod deeds;

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use domain::terms::RecognitionState;
use domain::{Number, Series};
use office::score_words;
use store::read::{RecognitionFilter, RecognitionRow, ReviewRow};

use super::number;
use super::requests::sealed;
use crate::desk::{App, Desk, at_desk, href};
use crate::list::{Act, Asked, Cell, List, Table, select};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, thousands};
use crate::show::{Status, query as href_with};
use crate::thing::Thing;
use crate::visitor::Member;

pub(crate) use deeds::{deed, form, send, send_deed};

/// The most rows of an export.
const EXPORT_MAX: u32 = 50_000;
/// The most that stand under one and are shown on its page.
const UNDER_SHOWN: u32 = 50;
/// Saved views: the word in the URL.
const VIEWS: [&str; 8] =
    ["", "applied", "assigned", "passed", "notice", "holds", "check-late", "over"];

/// What a recognition is as, in words.
pub(crate) fn title(desk: &Desk, scheme: &str) -> String {
    office::scheme(scheme).map_or_else(|| scheme.to_owned(), |known| desk.law(&known.title))
}

/// What a recognition is called.
pub(crate) fn called(desk: &Desk, row: &RecognitionRow) -> String {
    desk.tr("w-two-words", &[("one", &row.name), ("two", &title(desk, &row.scheme))])
}

/// How far it is, and how it stands with its day.
pub(crate) fn status(desk: &Desk, row: &RecognitionRow) -> Status {
    let words = desk.t(&format!("recognition-state-{}", row.state.word()));
    let today = desk.today();
    match row.state {
        RecognitionState::Ended => Status::new(
            "done",
            row.how.map_or(words, |how| desk.t(&format!("unrecognition-{}", how.word()))),
        ),
        RecognitionState::Failed => Status::new("done", words),
        RecognitionState::Awarded if !row.holds(today) => {
            Status::new("bad", desk.t("recognition-expired"))
        }
        RecognitionState::Awarded if row.check.is_some_and(|day| day < today) => {
            Status::new("due", desk.t("recognition-check-late"))
        }
        RecognitionState::Awarded => Status::new("ok", words),
        RecognitionState::Notice => match row.notice {
            Some((_, until)) if until < today => {
                Status::new("due", desk.t("recognition-notice-over"))
            }
            Some((_, until)) => Status::new(
                "part",
                desk.tr("w-two-words", &[("one", &words), ("two", &desk.due(until).text)]),
            ),
            None => Status::new("part", words),
        },
        RecognitionState::Applied | RecognitionState::Passed => Status::new("due", words),
        RecognitionState::Assigned => {
            let due = row.due.map(|day| desk.due(day));
            let class = due.as_ref().map_or("part", |due| due.class);
            let due = due.map(|due| due.text).unwrap_or_default();
            Status::new(class, desk.tr("w-two-words", &[("one", &words), ("two", &due)]))
        }
    }
}

/// Recognitions as a table.
pub(crate) fn table(desk: &Desk, rows: &[RecognitionRow]) -> Table {
    let heads = [
        ("field-company", ""),
        ("field-scheme", ""),
        ("w-applied-on", "p2"),
        ("w-score", "n p2"),
        ("w-holds-until", "p2"),
        ("w-col-state", ""),
    ];
    let day = |day: Option<domain::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    Table::new(desk, &heads).with(rows.iter().map(|row| {
        vec![
            Cell::link(href(row.no), row.name.clone()).sub(row.no.to_string()),
            Cell::text(title(desk, &row.scheme)),
            Cell::text(row.happened.to_string()),
            Cell::text(row.score.map(score_words).unwrap_or_default()),
            Cell::text(day(row.until)),
            Cell::status(status(desk, row)),
        ]
    }))
}

fn yes(word: &str) -> Option<&'static str> {
    (word == "yes").then_some("yes")
}

fn layer(word: &str) -> Option<&'static str> {
    office::schemes().into_iter().map(|scheme| &*scheme.id).find(|id| *id == word)
}

fn of_view(desk: &Desk, view: &str) -> RecognitionFilter {
    let (all, today) = (RecognitionFilter::default(), desk.today());
    match view {
        "holds" => RecognitionFilter { holds_on: Some(today), ..all },
        "check-late" => RecognitionFilter { check_late_on: Some(today), ..all },
        "over" => RecognitionFilter { state: Some(RecognitionState::Ended), ..all },
        view => RecognitionFilter { state: RecognitionState::from_word(view), ..all },
    }
}

fn wanted(desk: &Desk, query: Option<String>) -> (Asked, RecognitionFilter) {
    let asked = Asked::read("/recognitions", &VIEWS, &[("layer", layer), ("awarded", yes)], query);
    let chosen = asked.chosen("layer");
    let filter = RecognitionFilter {
        text: Some(asked.q.clone()),
        // A period says when it was applied for, or awarded when that is asked for.
        period: asked.period.filter(|_| asked.chosen("awarded").is_empty()),
        awarded_in: asked.period.filter(|_| !asked.chosen("awarded").is_empty()),
        layer: (!chosen.is_empty()).then(|| chosen.to_owned()),
        limit: asked.place.size,
        offset: asked.place.offset(),
        ..of_view(desk, asked.view)
    };
    (asked, filter)
}

/// The layers, each with how many applied, are under review and recognised, and the lists behind.
fn layers(desk: &Desk) -> Result<Table, Problem> {
    let heads = [
        ("w-layer", ""),
        ("w-layer-open", "n"),
        ("w-layer-notice", "n p2"),
        ("w-layer-holds", "n"),
        ("w-layer-check-late", "n p2"),
    ];
    let mut rows = Vec::new();
    for scheme in office::schemes() {
        let all = RecognitionFilter { layer: Some(scheme.id.clone()), ..Default::default() };
        let count = |filter: RecognitionFilter, view: &str| -> Result<Cell, Problem> {
            let href = href_with("/recognitions", &[("view", view), ("layer", &scheme.id)]);
            Ok(Cell::link(href, thousands(desk.reader.recognition_count(&filter)?)))
        };
        let of = |view: &str| RecognitionFilter { layer: all.layer.clone(), ..of_view(desk, view) };
        rows.push(vec![
            Cell::link(
                href_with("/recognitions", &[("layer", &scheme.id)]),
                desk.law(&scheme.title),
            )
            .sub(desk.law(&scheme.who)),
            count(RecognitionFilter { open: true, ..all.clone() }, "")?,
            count(of("notice"), "notice")?,
            count(of("holds"), "holds")?,
            count(of("check-late"), "check-late")?,
        ]);
    }
    Ok(Table::new(desk, &heads).with(rows))
}

/// `GET /recognitions`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (asked, filter) = wanted(desk, query);
        let found = desk.reader.recognitions(&filter)?;
        let table = table(desk, &found.rows);
        let mut list = List::new(desk, "/recognitions", "w-nav-recognitions", table);
        list.lead = desk.t("w-recognitions-lead");
        list.acts = vec![
            Act::new(desk, asked.href("/recognitions.csv", None), "w-export").file(),
            Act::new(desk, "/public", "w-public-page"),
            Act::new(desk, "/recognitions/new", "w-apply").first(),
        ];
        list.above.push((desk.t("w-layers"), layers(desk)?));
        let shown = (found.rows.len(), found.total);
        asked.onto(desk, &mut list, "w-recognitions", shown, |view| {
            Ok(desk.reader.recognition_count(&of_view(desk, view))?)
        })?;
        let choices = office::schemes().into_iter().map(|scheme| &*scheme.id);
        let on = asked.chosen("layer");
        list.selects = vec![select(desk, "layer", "field-scheme", "scheme", choices, on)];
        if desk.reader.last(Series::Recognition)? == 0 {
            list.none = (desk.t("w-recognitions-none"), desk.t("w-recognitions-none-why"));
        }
        list.page(desk, Section::Recognitions)
    })
    .await
}

/// `GET /recognitions.csv`.
pub(crate) async fn csv(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (_, filter) = wanted(desk, query);
        let filter = RecognitionFilter { limit: EXPORT_MAX, offset: 0, ..filter };
        let mut text = String::from(sheet::csv_start());
        let heads = [
            "w-col-no",
            "w-company-no",
            "field-company",
            "field-scheme",
            "w-applied-on",
            "w-col-state",
            "w-score",
            "w-awarded-on",
            "w-holds-until",
            "w-check-by",
            "w-code",
        ];
        sheet::csv_line(&mut text, heads.map(|key| desk.t(key)));
        let day = |day: Option<domain::Day>| day.map(|day| day.to_string()).unwrap_or_default();
        for row in desk.reader.recognitions(&filter)?.rows {
            let cells = [
                row.no.to_string(),
                row.company.to_string(),
                row.name.clone(),
                title(desk, &row.scheme),
                row.happened.to_string(),
                status(desk, &row).text,
                row.score.map(score_words).unwrap_or_default(),
                day(row.awarded),
                day(row.until),
                day(row.check),
                row.code.clone().unwrap_or_default(),
            ];
            sheet::csv_line(&mut text, cells);
        }
        Ok(reply::file("text/csv; charset=utf-8", "recognitions.csv", text.into_bytes()))
    })
    .await
}

fn entry(desk: &Desk, no: &str) -> Result<RecognitionRow, Problem> {
    let no = number(no, Series::Recognition)?;
    desk.reader.recognition(no)?.ok_or(Problem::NotFound)
}

/// What can be done at this step, the next one first.
fn acts(desk: &Desk, row: &RecognitionRow) -> Result<Vec<Act>, Problem> {
    let at = href(row.no);
    let act = |word: &str| Act::new(desk, format!("{at}/{word}"), &format!("w-recognition-{word}"));
    let today = desk.today();
    Ok(match row.state {
        RecognitionState::Applied => vec![act("end"), act("evidence"), act("assign").first()],
        RecognitionState::Assigned => {
            let reviews = desk.reader.recognition_reviews(row.no)?.len();
            let next = match (reviews, row.visit) {
                (0 | 1, _) => "review",
                (_, None) => "visit",
                _ => "agree",
            };
            let mut acts = vec![act("end"), act("evidence")];
            if reviews == 0 {
                acts.push(act("assign"));
            }
            let rest = ["review", "visit", "agree"].into_iter().filter(|word| {
                *word != next && (*word != "review" || reviews < 2) && *word != "agree"
            });
            acts.extend(rest.map(act));
            acts.push(act(next).first());
            acts
        }
        RecognitionState::Passed => vec![act("end"), act("publish").first()],
        RecognitionState::Notice => {
            let open = desk.reader.objections(row.no)?.iter().any(|one| one.upheld.is_none());
            let over = row.notice.is_some_and(|(_, until)| until < today);
            let mut acts = vec![act("end")];
            if !over {
                acts.push(act("object"));
            }
            if open {
                acts.push(act("answer").first());
            }
            if over && !open {
                acts.push(act("award").first());
            }
            acts
        }
        RecognitionState::Awarded => vec![
            act("end"),
            act("check"),
            Act::new(desk, format!("{at}/certificate.pdf"), "w-certificate").file().first(),
        ],
        RecognitionState::Failed | RecognitionState::Ended => vec![],
    })
}

/// Criteria with what there is for each, and the points of reviewers once both have given theirs.
fn criteria(
    desk: &Desk,
    row: &RecognitionRow,
    reviews: &[ReviewRow],
) -> Result<(Table, usize), Problem> {
    let mut heads = vec![("w-criterion", ""), ("w-evidence", ""), ("w-points-most", "n p2")];
    let both = reviews.len() == 2;
    if both {
        heads.extend([("w-reviewer-one", "n"), ("w-reviewer-two", "n")]);
    }
    if !row.marks.is_empty() {
        heads.push(("w-agreed-points", "n"));
    }
    let given = |marks: &store::read::Marks, id: &str| {
        let found = marks.iter().find(|(of, _)| of == id);
        Cell::text(found.map(|(_, points)| points.to_string()).unwrap_or_default())
    };
    let gauges = desk.office().gauges(&desk.reader, row)?;
    let missing = gauges.iter().filter(|gauge| gauge.is_missing()).count();
    let rows = gauges.iter().map(|gauge| {
        let id = &*gauge.criterion.id.id;
        let proved = gauge.evidence.iter().any(|one| one.proved.is_some());
        let state = match gauge.evidence.len() {
            0 if gauge.is_missing() => Status::new("bad", desk.t("w-evidence-missing")),
            0 => Status::new("", desk.t("w-evidence-none")),
            n if proved => Status::new("ok", desk.n("w-evidence-proved", n)),
            n => Status::new("part", desk.n("w-evidence-given", n)),
        };
        let basis = gauge.criterion.cites.as_ref().map(|cite| desk.basis(cite, None).cite);
        let axis = desk.law(&gauge.axis.name);
        let sub = basis.map_or(axis.clone(), |basis| format!("{axis} · {basis}"));
        let mut cells = vec![
            Cell::text(desk.law(&gauge.criterion.says)).sub(sub),
            Cell::status(state).sub(desk.law(&gauge.criterion.shown_by)),
            Cell::text(gauge.criterion.points.to_string()),
        ];
        if both {
            cells.extend(reviews.iter().map(|review| given(&review.marks, id)));
        }
        if !row.marks.is_empty() {
            cells.push(given(&row.marks, id));
        }
        cells
    });
    Ok((Table::new(desk, &heads).with(rows.collect::<Vec<_>>()), missing))
}

/// What was given for each criterion, in words, with its papers and proofs.
fn evidence(desk: &Desk, row: &RecognitionRow) -> Result<Table, Problem> {
    let heads =
        [("w-criterion", ""), ("w-what-it-shows", ""), ("w-papers", "p2"), ("w-proof", "p2")];
    let known = office::scheme(&row.scheme);
    let mut rows = Vec::new();
    for one in desk.reader.recognition_evidence(row.no)? {
        let criterion = known.and_then(|scheme| scheme.criterion(&one.criterion));
        let says = criterion.map_or_else(|| one.criterion.clone(), |known| desk.law(&known.says));
        let proof = one.proved.as_ref().map(|(entry, log)| {
            desk.tr("w-proved-entry", &[("entry", &entry.to_string()), ("log", log)])
        });
        let papers = match (one.papers.first(), one.papers.len()) {
            (None, _) => Cell::default(),
            (Some(first), 1) => {
                Cell::link(format!("/papers/{}/{first}", row.no), desk.n("w-paper-no", first))
            }
            (Some(first), n) => {
                Cell::link(format!("/papers/{}/{first}", row.no), desk.n("w-papers-count", n))
            }
        };
        rows.push(vec![
            Cell::text(says),
            Cell::text(sealed(desk, one.idx, "note")?),
            papers,
            Cell::text(proof.unwrap_or_default()),
        ]);
    }
    Ok(Table::new(desk, &heads).with(rows))
}

fn bars(desk: &Desk, row: &RecognitionRow, found: &[String]) -> String {
    let Some(scheme) = office::scheme(&row.scheme) else { return found.join(", ") };
    let said = scheme.bar.iter().filter(|bar| found.contains(&bar.id.id));
    said.map(|bar| desk.law(&bar.says)).collect::<Vec<_>>().join(&desk.t("w-semicolon"))
}

/// Who reviews and what each said. As long as one review is missing the other one's points are not
/// shown: each is to judge alone.
fn reviews(desk: &Desk, row: &RecognitionRow, all: &[ReviewRow]) -> Result<Table, Problem> {
    let heads =
        [("w-reviewer", ""), ("w-score", "n"), ("w-bars-found", "p2"), ("field-note", "p2")];
    let mut rows = Vec::new();
    for &expert in &row.experts {
        let review = all.iter().find(|review| review.expert == expert);
        let who = Cell::link(href(expert), desk.name(expert)).sub(expert.to_string());
        rows.push(match review {
            Some(review) if all.len() == 2 => vec![
                who,
                Cell::text(score_words(review.score)),
                Cell::text(bars(desk, row, &review.bars)),
                Cell::text(sealed(desk, review.idx, "note")?),
            ],
            Some(_) => vec![
                who,
                Cell::text(desk.t("w-review-kept-back")),
                Cell::default(),
                Cell::default(),
            ],
            None => {
                vec![who, Cell::text(desk.t("w-review-awaited")), Cell::default(), Cell::default()]
            }
        });
    }
    Ok(Table::new(desk, &heads).with(rows))
}

fn objections(desk: &Desk, no: Number) -> Result<Table, Problem> {
    let heads = [("w-objection", ""), ("field-objection", ""), ("w-col-state", "")];
    let mut rows = Vec::new();
    for one in desk.reader.objections(no)? {
        let state = match one.upheld {
            None => Status::new("due", desk.t("w-objection-open")),
            Some(true) => Status::new("bad", desk.t("w-objection-upheld")),
            Some(false) => Status::new("done", desk.t("w-objection-dismissed")),
        };
        rows.push(vec![
            Cell::text(format!("{} · {}", one.no, one.happened))
                .sub(sealed(desk, one.idx, "name")?),
            Cell::text(sealed(desk, one.idx, "text")?),
            Cell::status(state).sub(one.why.unwrap_or_default()),
        ]);
    }
    Ok(Table::new(desk, &heads).with(rows))
}

fn checks(desk: &Desk, no: Number) -> Result<Table, Problem> {
    let heads =
        [("field-happened", ""), ("w-verdict", ""), ("w-check-by", "p2"), ("field-why", "p2")];
    let rows = desk.reader.recognition_checks(no)?.into_iter().map(|one| {
        vec![
            Cell::text(one.happened.to_string()),
            Cell::text(desk.t(&format!("check-{}", one.verdict.word()))),
            Cell::text(one.next.to_string()),
            Cell::text(one.why.unwrap_or_default()),
        ]
    });
    Ok(Table::new(desk, &heads).with(rows.collect::<Vec<_>>()))
}

/// `GET /recognitions/RD-0001`.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let list = ("/recognitions", "w-nav-recognitions");
        let mut thing = Thing::new(desk, row.no, list, called(desk, &row))?;
        thing.lead = status(desk, &row).text;
        thing.acts = acts(desk, &row)?;
        let given = desk.reader.recognition_reviews(row.no)?;
        let (criteria, missing) = criteria(desk, &row, &given)?;
        notes(desk, &row, &given, missing, &mut thing);
        thing.table(desk, "w-criteria", criteria, "w-nothing-here");
        let evidence = evidence(desk, &row)?;
        if !evidence.rows.is_empty() {
            thing.table(desk, "w-evidence-of", evidence, "w-nothing-here");
        }
        if !row.experts.is_empty() {
            thing.table(desk, "w-reviews", reviews(desk, &row, &given)?, "w-nothing-here");
        }
        let objections = objections(desk, row.no)?;
        if row.notice.is_some() {
            thing.table(desk, "w-objections", objections, "w-objections-none");
        }
        if row.awarded.is_some() {
            thing.table(desk, "w-checks", checks(desk, row.no)?, "w-checks-none");
        }
        let filter =
            RecognitionFilter { under: Some(row.no), limit: UNDER_SHOWN, ..Default::default() };
        let under = desk.reader.recognitions(&filter)?;
        if !under.rows.is_empty() {
            thing.table(desk, "w-stand-under", table(desk, &under.rows), "w-nothing-here");
        }
        thing.words(desk, "w-application", sealed(desk, row.idx, "statement")?);
        facts(desk, &row, &mut thing);
        thing.page(desk, Section::Recognitions)
    })
    .await
}

/// Remarks above all: what is missing, and how far apart reviewers are.
fn notes(
    desk: &Desk,
    row: &RecognitionRow,
    given: &[ReviewRow],
    missing: usize,
    thing: &mut Thing,
) {
    let open = matches!(row.state, RecognitionState::Applied | RecognitionState::Assigned);
    if open && missing > 0 {
        thing.notes.push(("bad", desk.n("w-missing-evidence", missing)));
    }
    let Some(scheme) = office::scheme(&row.scheme) else { return };
    if let ([one, two], RecognitionState::Assigned) = (given, row.state) {
        let apart = one.score.abs_diff(two.score);
        if apart > 10 * scheme.apart || one.bars != two.bars {
            let args = [("n", score_words(apart)), ("most", scheme.apart.to_string())];
            thing.notes.push(("due", words::tr(desk.lang(), "w-reviews-apart", &args)));
        }
    }
    if scheme.origin == catalog::recognition::Origin::Sample {
        thing.notes.push(("", desk.law(&scheme.source)));
    }
}

fn facts(desk: &Desk, row: &RecognitionRow, thing: &mut Thing) {
    let day = |day: Option<domain::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    thing.fact_of(desk, "field-company", Some(row.company));
    thing.fact(desk, "field-scheme", title(desk, &row.scheme));
    thing.fact_of(desk, "w-stands-under", row.under);
    thing.fact(desk, "w-applied-on", row.happened.to_string());
    thing.fact(desk, "field-by-letter", row.source.clone().unwrap_or_default());
    thing.fact_of(desk, "w-site-visit", row.visit);
    if let Some(score) = row.score {
        let pass = office::scheme(&row.scheme).map_or(0, |scheme| scheme.pass);
        let args = [("score", score_words(score)), ("pass", pass.to_string())];
        thing.fact(desk, "w-score", words::tr(desk.lang(), "w-score-of", &args));
    }
    thing.fact(desk, "w-bars-found", bars(desk, row, &row.bars));
    thing.fact(desk, "w-agreed-why", row.agreed_why.clone().unwrap_or_default());
    if let Some((from, until)) = row.notice {
        thing.fact(desk, "w-notice", desk.period(Some(from), Some(until)));
    }
    thing.fact(desk, "w-awarded-on", day(row.awarded));
    thing.fact(desk, "w-holds-until", day(row.until));
    thing.fact(desk, "w-check-by", day(row.check));
    if let Some(code) = &row.code {
        let at = format!("/public/recognised/{code}");
        thing.facts.push((desk.t("w-code"), code.clone(), at));
    }
}

/// `GET /recognitions/RD-0001/certificate.pdf`. The address in its code is the one asked here.
pub(crate) async fn certificate(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
    headers: HeaderMap,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let scheme = if desk.visitor.secure { "https" } else { "http" };
        let url = host
            .zip(row.code.as_deref())
            .map(|(host, code)| format!("{scheme}://{host}/public/recognised/{code}"));
        let pdf = desk.office().certificate(&desk.reader, &row, desk.lang(), url.as_deref())?;
        Ok(reply::file("application/pdf", &format!("{}.pdf", row.no), pdf))
    })
    .await
}
