//! The forms of recognition: from application to award, check and end.

use std::collections::BTreeMap;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::terms::{Check, RecognitionState, Unrecognition};
use domain::{Number, Series};
use office::{AgreeForm, ApplyForm, EvidenceForm, ReviewForm, Trouble};
use store::Receipt;
use store::read::{DeskFilter, RecognitionFilter, RecognitionRow};

use super::super::exchange::wishes::whole;
use super::super::{experts, submit};
use super::entry;
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, terms};
use crate::input::{Errors, Input, Posted, Reading};
use crate::problem::Problem;
use crate::shell::Section;
use crate::visitor::Member;

/// In how many days a review usually is.
const REVIEW_DAYS: i64 = 14;
/// The most bytes of a proof.
const PROOF_BYTES_MAX: u64 = 2 << 20;
/// Recognitions of the layer above that are offered.
const ABOVE_MAX: u32 = 200;

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let schemes = office::schemes().into_iter().map(|scheme| {
        let mut choice =
            Choice::new(&scheme.id, desk.law(&scheme.title), input.has("scheme", &scheme.id));
        choice.sub = desk.law(&scheme.who);
        choice
    });
    let mut above = vec![Choice::new("", desk.t("w-under-none"), false)];
    let holds = RecognitionFilter {
        holds_on: Some(desk.today()),
        limit: ABOVE_MAX,
        ..RecognitionFilter::default()
    };
    above.extend(desk.reader.recognitions(&holds)?.rows.iter().map(|row| {
        let label = format!("{} {}", super::called(desk, row), row.no);
        Choice::new(row.no, label, input.has("under", &row.no.to_string()))
    }));
    let form = Form::new(desk, "w-apply", "/recognitions/new".into(), "w-do-write")
        .lead(desk.t("w-apply-lead"))
        .crumb(desk, "/recognitions", "w-nav-recognitions")
        .ask(Field::text(desk, "company", "field-company", input).hint(desk, "w-company-no-hint"))
        .ask(Field::radio(desk, "scheme", "field-scheme", schemes.collect(), input))
        .ask(
            Field::select(desk, "under", "w-stands-under", above, input)
                .hint(desk, "w-under-hint")
                .skip(),
        )
        .ask(Field::day(desk, "happened", "w-applied-on", input))
        .ask(
            Field::area(desk, "statement", "w-application", input)
                .hint(desk, "w-sealed-hint")
                .skip(),
        );
    Ok(form.ask_more(
        Field::text(desk, "source", "field-by-letter", input).hint(desk, "w-source-hint").skip(),
    ))
}

/// `GET /recognitions/new`, or with `?company=QY-0001`.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let asked = Input::parse(query.unwrap_or_default().as_bytes());
        let given = |name: &'static str| (name, asked.get(name).to_owned());
        let today = ("happened", desk.today().to_string());
        let input = Input::of([given("company"), given("scheme"), given("source"), today]);
        make(desk, &input)?.page(desk, Section::Recognitions, &input, &Errors::new())
    })
    .await
}

/// `POST /recognitions/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Recognitions, &posted, make, |r| {
            let company = r.must_number("company", Series::Company);
            let scheme = r.must_text("scheme", "field-scheme");
            let under = r.number("under", Series::Recognition);
            let happened = r.must_day("happened");
            let (Some(company), Some(happened), true) = (company, happened, r.is_right()) else {
                return Ok(None);
            };
            let (source, statement) = (r.text("source"), r.text("statement"));
            let form = ApplyForm { company, scheme, under, source, happened, statement };
            let receipt = desk.office().apply_for(&r.ask(), form)?;
            let to = receipt.number.map_or_else(|| "/recognitions".to_owned(), href);
            Ok(Some((to, receipt)))
        })
    })
    .await
}

/// What is done to a recognition.
#[derive(Clone, Copy, PartialEq)]
enum Deed {
    Evidence,
    Assign,
    Review,
    Visit,
    Agree,
    Publish,
    Object,
    Answer,
    Award,
    Check,
    End,
}

impl Deed {
    const ALL: [(&'static str, Self); 11] = [
        ("evidence", Self::Evidence),
        ("assign", Self::Assign),
        ("review", Self::Review),
        ("visit", Self::Visit),
        ("agree", Self::Agree),
        ("publish", Self::Publish),
        ("object", Self::Object),
        ("answer", Self::Answer),
        ("award", Self::Award),
        ("check", Self::Check),
        ("end", Self::End),
    ];

    fn of(word: &str) -> Result<(&'static str, Self), Problem> {
        Self::ALL.into_iter().find(|(of, _)| *of == word).ok_or(Problem::NotFound)
    }

    /// What the form shows at first.
    fn first(self, desk: &Desk, row: &RecognitionRow) -> Result<Input, Problem> {
        let today = desk.today();
        let mut fields = vec![("happened".to_owned(), today.to_string())];
        match self {
            Self::Assign => {
                let due = today.plus_days(REVIEW_DAYS).unwrap_or(today);
                fields.push(("due".into(), due.to_string()));
                fields.extend(row.experts.iter().map(|no| ("expert".into(), no.to_string())));
            }
            Self::Publish => {
                let days = office::scheme(&row.scheme).map_or(0, |scheme| scheme.notice_days);
                let until = today.plus_days(days.into()).unwrap_or(today);
                fields.push(("until".into(), until.to_string()));
            }
            Self::Agree => {
                let reviews = desk.reader.recognition_reviews(row.no)?;
                for (id, _) in reviews.iter().flat_map(|review| &review.marks).take(200) {
                    let of = |review: &store::read::ReviewRow| {
                        review.marks.iter().find(|(one, _)| one == id).map_or(0, |(_, n)| *n)
                    };
                    let mean = reviews.iter().map(of).sum::<u32>() / reviews.len().max(1) as u32;
                    fields.push((format!("mark-{id}"), mean.to_string()));
                }
                let bars = reviews.iter().flat_map(|review| &review.bars);
                fields.extend(bars.map(|bar| ("bar".to_owned(), bar.clone())));
            }
            _ => {}
        }
        Ok(Input::of(fields.iter().map(|(name, value)| (&**name, value.clone()))))
    }

    fn make(
        self,
        desk: &Desk,
        word: &str,
        row: &RecognitionRow,
        input: &Input,
    ) -> Result<Form, Problem> {
        let action = format!("{}/{word}", href(row.no));
        let form = Form::new(desk, &format!("w-recognition-{word}"), action, "w-do-write")
            .crumb(desk, "/recognitions", "w-nav-recognitions")
            .about(desk, row.no);
        let happened = || Field::day(desk, "happened", "field-happened", input);
        let why = || Field::text(desk, "why", "field-why", input);
        let note =
            || Field::area(desk, "note", "field-note", input).hint(desk, "w-sealed-hint").skip();
        let lead = |key: &str| desk.t(key);
        Ok(match self {
            Self::Evidence => {
                let criteria = desk.office().gauges(&desk.reader, row)?.into_iter().map(|gauge| {
                    let id = &gauge.criterion.id.id;
                    let says = desk.law(&gauge.criterion.says);
                    let label = match gauge.is_missing() {
                        true => desk.tr("w-still-missing", &[("what", &says)]),
                        false => says,
                    };
                    Choice::new(id, label, input.has("criterion", id))
                });
                form.lead(lead("w-evidence-lead"))
                    .ask(Field::select(desk, "criterion", "w-criterion", criteria.collect(), input))
                    .ask(
                        Field::area(desk, "note", "w-what-it-shows", input)
                            .hint(desk, "w-sealed-hint")
                            .skip(),
                    )
                    .ask(
                        Field::files(desk, "files", "w-papers", input)
                            .hint(desk, "w-papers-hint")
                            .skip(),
                    )
                    .ask_more(Field::day(desk, "day", "w-paper-day", input).skip())
                    .ask_more(
                        Field::files(desk, "proof", "w-proof", input)
                            .hint(desk, "w-node-proof-hint")
                            .skip(),
                    )
            }
            Self::Assign => {
                let choices = experts::choices(desk, row.company, None, input, "expert")?;
                form.lead(lead("w-assign-lead"))
                    .ask(
                        Field::ticks(desk, "expert", "w-reviewers", choices, input)
                            .hint(desk, "w-assign-hint"),
                    )
                    .ask(Field::day(desk, "due", "field-due", input))
            }
            Self::Review => {
                let known = desk.reader.recognition_reviews(row.no)?;
                let open =
                    row.experts.iter().filter(|no| known.iter().all(|one| one.expert != **no));
                let who = open.map(|no| {
                    Choice::new(no, desk.name(*no), input.has("expert", &no.to_string()))
                });
                let form = form
                    .lead(lead("w-review-lead"))
                    .ask(Field::radio(desk, "expert", "w-reviewer", who.collect(), input).row())
                    .ask(happened());
                points(desk, row, form, input).ask(note())
            }
            Self::Visit => {
                let filter =
                    DeskFilter { company: Some(row.company), limit: 50, ..DeskFilter::default() };
                let visits = desk.reader.visits(&filter)?;
                let choices = visits.rows.iter().map(|visit| {
                    let label = format!("{} {} {}", visit.no, visit.day, visit.title);
                    Choice::new(visit.no, label, input.has("visit", &visit.no.to_string()))
                });
                form.lead(lead("w-site-visit-lead")).ask(Field::select(
                    desk,
                    "visit",
                    "w-site-visit",
                    choices.collect(),
                    input,
                ))
            }
            Self::Agree => {
                let mean =
                    vec![Choice::new("yes", desk.t("w-mean-stands"), input.has("mean", "yes"))];
                let form = form
                    .lead(lead("w-agree-lead"))
                    .ask(happened())
                    .ask(
                        Field::ticks(desk, "mean", "w-mean", mean, input)
                            .hint(desk, "w-mean-hint")
                            .skip(),
                    )
                    .ask(why().skip());
                points(desk, row, form, input)
            }
            Self::Publish => form.lead(lead("w-publish-lead")).ask(Field::day(
                desk,
                "until",
                "w-notice-until",
                input,
            )),
            Self::Object => form
                .lead(lead("w-object-lead"))
                .ask(
                    Field::text(desk, "name", "w-objector", input)
                        .hint(desk, "w-sealed-hint")
                        .skip(),
                )
                .ask(
                    Field::area(desk, "text", "field-objection", input).hint(desk, "w-sealed-hint"),
                )
                .ask(happened()),
            Self::Answer => {
                let open = desk.reader.objections(row.no)?;
                let open = open.iter().filter(|one| one.upheld.is_none()).map(|one| {
                    let label = format!("{} · {}", one.no, one.happened);
                    Choice::new(one.no, label, input.has("objection", &one.no.to_string()))
                });
                let found = terms(desk, input, "upheld", "objection", ["dismissed", "upheld"]);
                form.ask(
                    Field::radio(desk, "objection", "w-objection", open.collect(), input).row(),
                )
                .ask(Field::radio(desk, "upheld", "w-verdict", found, input).row())
                .ask(why())
                .ask(happened())
            }
            Self::Award => form.lead(lead("w-award-lead")).ask(happened()),
            Self::Check => {
                let verdicts = Check::ALL.iter().map(|verdict| verdict.word());
                let verdicts = terms(desk, input, "verdict", "check", verdicts);
                form.lead(lead("w-recheck-lead"))
                    .ask(Field::radio(desk, "verdict", "w-verdict", verdicts, input).row())
                    .ask(happened())
                    .ask(Field::day(desk, "next", "w-check-by", input).skip())
                    .ask(why().skip())
            }
            Self::End => {
                let awarded = row.state == RecognitionState::Awarded;
                let ways = Unrecognition::ALL.iter().filter(|how| how.after_award() == awarded);
                let ways = terms(desk, input, "how", "unrecognition", ways.map(|how| how.word()));
                form.danger()
                    .ask(Field::radio(desk, "how", "w-ended-how", ways, input))
                    .ask(why())
                    .ask(happened())
            }
        })
    }

    fn act(self, r: &mut Reading<'_>, row: &RecognitionRow) -> Result<Option<Receipt>, Trouble> {
        let (office, recognition) = (r.desk.office(), row.no);
        let happened = match self {
            Self::Evidence | Self::Assign | Self::Visit | Self::Publish => None,
            _ => r.must_day("happened"),
        };
        let receipt = match self {
            Self::Evidence => {
                let criterion = r.must_text("criterion", "w-criterion");
                let (note, happened) = (r.text("note"), r.day("day"));
                let papers = r.sources("files")?;
                let proof = r.sources("proof")?.into_iter().next();
                let proof = proof.map(|source| whole(source, PROOF_BYTES_MAX)).transpose()?;
                let proof = proof.map(|(_, bytes)| bytes);
                if !r.is_right() {
                    return Ok(None);
                }
                let form = EvidenceForm { recognition, criterion, note, papers, happened, proof };
                office.give_evidence(&r.ask(), form)?
            }
            Self::Assign => {
                let chosen = r.input.all("expert").filter_map(|no| Number::parse(no).ok());
                let experts: Vec<Number> = chosen.collect();
                let Some(due) = r.must_day("due") else { return Ok(None) };
                office.assign_reviewers(&r.ask(), recognition, experts, due)?
            }
            Self::Review => {
                let expert = r.must_number("expert", Series::Expert);
                let marks = marks(r, row);
                let (Some(expert), Some(happened), true) = (expert, happened, r.is_right()) else {
                    return Ok(None);
                };
                let (bars, note) = (bars(r), r.text("note"));
                let form = ReviewForm { recognition, expert, marks, bars, happened, note };
                office.review_recognition(&r.ask(), form)?
            }
            Self::Visit => {
                let Some(visit) = r.must_number("visit", Series::Visit) else { return Ok(None) };
                office.visit_recognition(&r.ask(), recognition, visit)?
            }
            Self::Agree => {
                let marks = match r.input.has("mean", "yes") {
                    true => BTreeMap::new(),
                    false => marks(r, row),
                };
                let (Some(happened), true) = (happened, r.is_right()) else { return Ok(None) };
                let (bars, why) = (bars(r), r.text("why"));
                let form = AgreeForm { recognition, marks, bars, happened, why };
                office.agree_recognition(&r.ask(), form)?
            }
            Self::Publish => {
                let until = r.must_day("until");
                if !r.is_right() {
                    return Ok(None);
                }
                office.publish_recognition(&r.ask(), recognition, until)?
            }
            Self::Object => {
                let text = r.must_text("text", "field-objection");
                let (Some(happened), true) = (happened, r.is_right()) else { return Ok(None) };
                office.object(&r.ask(), recognition, happened, r.text("name"), text)?
            }
            Self::Answer => {
                let objection: Option<u32> = r.input.get("objection").parse().ok();
                if objection.is_none() {
                    r.wrong("objection", "w-choose");
                }
                let upheld = r.must_term("upheld", |word| match word {
                    "upheld" => Some(true),
                    "dismissed" => Some(false),
                    _ => None,
                });
                let why = r.must_text("why", "field-why");
                let (Some(objection), Some(upheld), Some(happened), true) =
                    (objection, upheld, happened, r.is_right())
                else {
                    return Ok(None);
                };
                office.answer_objection(
                    &r.ask(),
                    (recognition, objection),
                    upheld,
                    happened,
                    why,
                )?
            }
            Self::Award => {
                let Some(happened) = happened else { return Ok(None) };
                office.award(&r.ask(), recognition, happened)?
            }
            Self::Check => {
                let (verdict, next) = (r.must_term("verdict", Check::from_word), r.day("next"));
                let (Some(verdict), Some(happened), true) = (verdict, happened, r.is_right())
                else {
                    return Ok(None);
                };
                let found = (verdict, happened);
                office.check_recognition(&r.ask(), recognition, found, next, r.text("why"))?
            }
            Self::End => {
                let how = r.must_term("how", Unrecognition::from_word);
                let why = r.must_text("why", "field-why");
                let (Some(how), Some(happened), true) = (how, happened, r.is_right()) else {
                    return Ok(None);
                };
                office.end_recognition(&r.ask(), recognition, how, happened, why)?
            }
        };
        Ok(Some(receipt))
    }
}

/// A field for the points of each criterion, and ticks for what excludes.
fn points(desk: &Desk, row: &RecognitionRow, mut form: Form, input: &Input) -> Form {
    let Some(scheme) = office::scheme(&row.scheme) else { return form };
    for (axis, criterion) in scheme.criteria() {
        let name = format!("mark-{}", criterion.id.id);
        let label = desk.law(&criterion.says);
        let hint = desk.tr(
            "w-points-hint",
            &[
                ("axis", &desk.law(&axis.name)),
                ("most", &criterion.points.to_string()),
                ("shown", &desk.law(&criterion.shown_by)),
            ],
        );
        form = form.ask(Field::text(desk, name, "", input).labelled(label).hinted(hint));
    }
    let bars = scheme
        .bar
        .iter()
        .map(|bar| Choice::new(&bar.id.id, desk.law(&bar.says), input.has("bar", &bar.id.id)));
    form.ask(
        Field::ticks(desk, "bar", "w-bars", bars.collect(), input).hint(desk, "w-bars-hint").skip(),
    )
}

/// The points that were typed. What is no number is noted as an error.
fn marks(r: &mut Reading<'_>, row: &RecognitionRow) -> BTreeMap<String, u32> {
    let mut marks = BTreeMap::new();
    let Some(scheme) = office::scheme(&row.scheme) else { return marks };
    for (_, criterion) in scheme.criteria() {
        let name = format!("mark-{}", criterion.id.id);
        match r.input.get(&name).parse::<u32>() {
            Ok(mark) if mark <= criterion.points => {
                marks.insert(criterion.id.id.clone(), mark);
            }
            _ => r.wrong(&name, "w-not-points"),
        }
    }
    marks
}

fn bars(r: &Reading<'_>) -> Vec<String> {
    r.input.all("bar").map(str::to_owned).collect()
}

/// `GET /recognitions/RD-0001/assign`, and the other deeds.
pub(crate) async fn deed(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, word)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (row, (word, deed)) = (entry(desk, &no)?, Deed::of(&word)?);
        let input = match query.filter(|query| query.contains("criterion=")) {
            Some(query) => Input::parse(query.as_bytes()),
            None => deed.first(desk, &row)?,
        };
        let form = deed.make(desk, word, &row, &input)?;
        form.page(desk, Section::Recognitions, &input, &Errors::new())
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
        let (row, (word, deed)) = (entry(desk, &no)?, Deed::of(&word)?);
        submit(
            desk,
            Section::Recognitions,
            &posted,
            |desk, input| deed.make(desk, word, &row, input),
            |r| Ok(deed.act(r, &row)?.map(|receipt| (href(row.no), receipt))),
        )
    })
    .await
}
