//! What is done with an activity: planned, moved, cancelled, companies invited, held; material and
//! questions.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::activity::{Plan, When};
use domain::terms::{ActivityState, SignUp, Theme};
use domain::{Number, Series};
use office::{RegistrationForm, Trouble, minute_of_day, time_of_day};
use store::Receipt;
use store::read::{ActivityFilter, ActivityRow};

use super::entry;
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, terms};
use crate::input::{Errors, Input, Posted, Reading};
use crate::pages::services::{AT_ONCE_MAX, is_question, meant, typed};
use crate::pages::{companies::Wanted, submit};
use crate::problem::Problem;
use crate::shell::{Section, thousands};
use crate::visitor::Member;

const SECTION: Section = Section::Activities;

/// The questions about when and where.
fn ask_when(desk: &Desk, form: Form, input: &Input) -> Form {
    form.ask(Field::day(desk, "day", "field-day", input))
        .ask(Field::text(desk, "from", "field-from-time", input).hint(desk, "w-time-of-day-hint"))
        .ask(Field::text(desk, "until", "field-until-time", input))
        .ask(Field::text(desk, "place", "field-place", input))
}

/// What was said about when and where.
fn read_when(r: &mut Reading<'_>) -> Option<When> {
    let day = r.must_day("day");
    let mut time = |name: &str, label: &str| {
        let text = r.must_text(name, label);
        let minute = minute_of_day(&text);
        if minute.is_none() && !text.is_empty() {
            r.wrong(name, "w-time-of-day-hint");
        }
        minute
    };
    let (from, until) = (time("from", "field-from-time"), time("until", "field-until-time"));
    let place = r.must_text("place", "field-place");
    Some(When { day: day?, from: from?, until: until?, place })
}

fn count(r: &mut Reading<'_>, name: &'static str, most: u32) -> u32 {
    let text = r.text(name).unwrap_or_default();
    match text.trim().parse() {
        Ok(n) if n <= most => n,
        _ if text.trim().is_empty() => 0,
        _ => {
            r.wrong(name, "w-not-a-count");
            0
        }
    }
}

fn planning(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let themes = Theme::ALL.iter().map(|theme| theme.word());
    let themes = terms(desk, input, "theme", "theme", themes);
    let open = vec![Choice::new("yes", desk.t("w-open-to-all"), input.has("open", "yes"))];
    let form = Form::new(desk, "w-plan-activity", "/activities/new".into(), "w-do-write")
        .crumb(desk, "/activities", "w-nav-activities")
        .aside(desk, &["w-plan-what", "w-plan-what-1", "w-plan-what-2", "w-plan-what-3"])
        .ask(Field::text(desk, "title", "field-title", input))
        .ask(Field::area(desk, "summary", "field-summary", input).hint(desk, "w-summary-hint"))
        .ask(Field::radio(desk, "theme", "field-theme", themes, input).row());
    Ok(ask_when(desk, form, input)
        .ask(Field::day(desk, "closes", "field-closes", input))
        .ask(Field::ticks(desk, "open", "field-open", open, input).skip())
        .ask(Field::text(desk, "seats", "field-seats", input).hint(desk, "w-seats-hint").skip())
        .ask(Field::text(desk, "keep", "field-keep", input).hint(desk, "w-keep-hint"))
        .ask_more(Field::text(desk, "series", "field-series", input).skip()))
}

/// `GET /activities/new`.
pub(crate) async fn form(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::of([
            ("open", "yes".to_owned()),
            ("from", "14:00".to_owned()),
            ("until", "16:30".to_owned()),
            ("keep", "90".to_owned()),
            ("theme", Theme::Other.word().to_owned()),
        ]);
        planning(desk, &input)?.page(desk, SECTION, &input, &Errors::new())
    })
    .await
}

/// `POST /activities/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, SECTION, &posted, planning, |r| {
            let title = r.must_text("title", "field-title");
            let summary = r.must_text("summary", "field-summary");
            let theme = r.must_term("theme", Theme::from_word);
            let (when, closes) = (read_when(r), r.must_day("closes"));
            let (seats, keep) = (count(r, "seats", 100_000), count(r, "keep", 10_000));
            let (Some(theme), Some(when), Some(closes), true) = (theme, when, closes, r.is_right())
            else {
                return Ok(None);
            };
            let (series, open) = (r.text("series"), r.input.has("open", "yes"));
            let plan = Plan { title, series, theme, when, seats, closes, keep, open, summary };
            let receipt = desk.office().plan_activity(&r.ask(), plan)?;
            Ok(receipt.number.map(|no| (href(no), receipt)))
        })
    })
    .await
}

/// Experts who serve, to be chosen from.
fn experts(desk: &Desk, input: &Input) -> Result<Vec<Choice>, Problem> {
    let mut choices = vec![Choice::new("", desk.t("w-station-itself"), false)];
    for row in desk.reader.experts()? {
        if row.serves(desk.today()) {
            let on = input.has("expert", &row.no.to_string());
            choices.push(Choice::new(row.no, format!("{} {}", desk.name(row.no), row.no), on));
        }
    }
    Ok(choices)
}

/// What is done to an activity.
#[derive(Clone, Copy)]
enum Deed {
    Move,
    Cancel,
    Register,
    Hold,
    Ask,
    Supply,
}

impl Deed {
    fn of(word: &str) -> Result<(Self, &'static str, &'static str), Problem> {
        Ok(match word {
            "move" => (Self::Move, "move", "w-move-activity"),
            "cancel" => (Self::Cancel, "cancel", "w-cancel-activity"),
            "register" => (Self::Register, "register", "w-sign-up-form"),
            "hold" => (Self::Hold, "hold", "w-hold"),
            "ask" => (Self::Ask, "ask", "w-ask-at"),
            "supply" => (Self::Supply, "supply", "w-supply"),
            _ => return Err(Problem::NotFound),
        })
    }

    fn make(
        (deed, word, title): (Self, &'static str, &'static str),
        desk: &Desk,
        row: &ActivityRow,
        input: &Input,
    ) -> Form {
        let form = Form::new(desk, title, format!("{}/{word}", href(row.no)), "w-do-write")
            .crumb(desk, "/activities", "w-nav-activities")
            .about(desk, row.no);
        match deed {
            Self::Move => ask_when(desk, form.lead(desk.t("w-move-lead")), input).ask(Field::text(
                desk,
                "why",
                "field-why",
                input,
            )),
            Self::Cancel => form.lead(desk.t("w-cancel-activity-lead")).danger().ask(Field::text(
                desk,
                "why",
                "field-why",
                input,
            )),
            Self::Register => form
                .lead(desk.t("w-sign-up-lead"))
                .ask(Field::text(desk, "name", "w-attendee", input))
                .ask(Field::text(desk, "contact", "w-attendee-contact", input).skip())
                .ask(
                    Field::text(desk, "company", "w-link-company", input)
                        .hint(desk, "w-register-company-hint")
                        .skip(),
                )
                .ask(Field::text(desk, "organisation", "field-organisation", input).skip()),
            Self::Hold => {
                let args = [("came", &*row.came.to_string()), ("n", &*row.registered.to_string())];
                form.lead(desk.tr("w-hold-lead", &args))
            }
            Self::Ask => form.ask(
                Field::area(desk, "question", "w-question", input).hint(desk, "w-sealed-hint"),
            ),
            Self::Supply => form
                .lead(desk.t("w-supply-lead"))
                .ask(Field::text(desk, "title", "field-title", input))
                .ask(Field::text(desk, "url", "field-url", input)),
        }
    }

    fn act(self, r: &mut Reading<'_>, no: Number) -> Result<Option<Receipt>, Trouble> {
        let office = r.desk.office();
        let receipt = match self {
            Self::Move => {
                let (when, why) = (read_when(r), r.must_text("why", "field-why"));
                let (Some(when), true) = (when, r.is_right()) else { return Ok(None) };
                office.move_activity(&r.ask(), no, when, why)?
            }
            Self::Cancel => {
                let why = r.must_text("why", "field-why");
                if !r.is_right() {
                    return Ok(None);
                }
                office.cancel_activity(&r.ask(), no, why)?
            }
            Self::Register => {
                let name = r.must_text("name", "w-attendee");
                let company = r.number("company", Series::Company);
                if !r.is_right() {
                    return Ok(None);
                }
                let (contact, organisation) = (r.text("contact"), r.text("organisation"));
                let form = RegistrationForm { name, contact, organisation, company };
                office.register_for(&r.ask(), no, SignUp::Desk, form)?.1
            }
            Self::Hold => office.hold(&r.ask(), no)?,
            Self::Ask => {
                let text = r.must_text("question", "w-question");
                if !r.is_right() {
                    return Ok(None);
                }
                office.ask_at(&r.ask(), no, None, text)?
            }
            Self::Supply => {
                let title = r.must_text("title", "field-title");
                let url = r.must_text("url", "field-url");
                if !r.is_right() {
                    return Ok(None);
                }
                office.supply(&r.ask(), no, title, url)?
            }
        };
        Ok(Some(receipt))
    }
}

/// `GET /activities/HD-0001/move` and its like.
pub(crate) async fn deed(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, word)): Path<(String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (row, deed) = (entry(desk, &no)?, Deed::of(&word)?);
        let input = match deed.0 {
            Deed::Move => Input::of([
                ("day", row.day.to_string()),
                ("from", time_of_day(row.from)),
                ("until", time_of_day(row.until)),
                ("place", row.place.clone()),
            ]),
            _ => Input::default(),
        };
        Deed::make(deed, desk, &row, &input).page(desk, SECTION, &input, &Errors::new())
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
        let (row, deed) = (entry(desk, &no)?, Deed::of(&word)?);
        let make = |desk: &Desk, input: &Input| Ok(Deed::make(deed, desk, &row, input));
        submit(desk, SECTION, &posted, make, |r| {
            Ok(deed.0.act(r, row.no)?.map(|receipt| (href(row.no), receipt)))
        })
    })
    .await
}

fn inviting(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let filter = ActivityFilter {
        state: Some(ActivityState::Planned),
        from: Some(desk.today()),
        limit: 200,
        ..ActivityFilter::default()
    };
    let choices = desk.reader.activities(&filter)?.rows.into_iter().map(|row| {
        let on = input.has("activity", &row.no.to_string());
        Choice::new(row.no, format!("{} {} {}", row.no, row.day, row.title), on)
    });
    let choices = choices.collect();
    let mut form = Form::new(desk, "w-invite", "/activities/invite".into(), "w-do-invite")
        .crumb(desk, "/activities", "w-nav-activities")
        .aside(desk, &["w-invite-what", "w-invite-what-1", "w-invite-what-2"])
        .ask(Field::select(desk, "activity", "w-activity", choices, input));
    if is_question(input) {
        let (_, count) = meant(desk, input)?;
        form = form.lead(desk.n("w-invite-these-lead", thousands(count)));
        form.hidden = Wanted::read(input).pairs();
        form.hidden.push(("count", count.to_string()));
    } else {
        form = form.lead(desk.t("w-invite-lead")).ask(
            Field::area(desk, "companies", "w-which-companies", input).hint(desk, "w-which-hint"),
        );
    }
    form.back = "/activities".to_owned();
    Ok(form)
}

/// `GET /activities/invite`, with a question to the directory in the query, or without.
pub(crate) async fn invite(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let asked = Input::parse(query.unwrap_or_default().as_bytes());
        let pairs = Wanted::read(&asked).pairs();
        let activity = ("activity", asked.get("activity").to_owned());
        let input = Input::of(pairs.into_iter().chain([activity]));
        inviting(desk, &input)?.page(desk, SECTION, &input, &Errors::new())
    })
    .await
}

/// `POST /activities/invite`.
pub(crate) async fn send_invite(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let (filter, count) = meant(desk, &posted.input)?;
        submit(desk, SECTION, &posted, inviting, |r| {
            let activity = r.must_number("activity", Series::Activity);
            let pairs = Wanted::read(r.input).pairs();
            let companies = if pairs.is_empty() {
                typed(r)
            } else {
                if count > AT_ONCE_MAX.into() {
                    r.errors.push((String::new(), desk.n("w-serve-too-many", AT_ONCE_MAX)));
                } else if r.input.get("count") != count.to_string() {
                    // Somebody has changed the directory since the number was read.
                    r.errors.push((String::new(), desk.n("w-serve-changed", count)));
                }
                desk.reader.companies(&filter)?.rows.into_iter().map(|row| row.no).collect()
            };
            let (Some(activity), true) = (activity, r.is_right()) else { return Ok(None) };
            let words = pairs.iter().map(|(name, value)| format!("{name}={value}"));
            let condition = words.collect::<Vec<_>>().join(" ");
            let receipt = desk.office().invite(&r.ask(), activity, companies, condition)?;
            Ok(Some((href(activity), receipt)))
        })
    })
    .await
}

fn answering(desk: &Desk, no: Number, part: u32, input: &Input) -> Result<Form, Problem> {
    let questions = desk.reader.questions(no)?;
    let question = questions.iter().find(|one| one.no == part).ok_or(Problem::NotFound)?;
    let text = crate::pages::requests::sealed(desk, question.idx, "text")?;
    let shown = vec![Choice::new("yes", desk.t("w-show-answer"), input.has("shown", "yes"))];
    let action = format!("{}/questions/{part}", href(no));
    let mut form = Form::new(desk, "w-answer-question", action, "w-do-write")
        .crumb(desk, "/activities", "w-nav-activities")
        .about(desk, no)
        .lead(text)
        .ask(Field::select(desk, "expert", "w-answered-by", experts(desk, input)?, input).skip())
        .ask(Field::area(desk, "answer", "field-answer", input).hint(desk, "w-sealed-hint"))
        .ask(Field::ticks(desk, "shown", "w-question-public", shown, input).skip());
    form.back = href(no);
    Ok(form)
}

fn part_of(text: &str) -> Result<u32, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// `GET /activities/HD-0001/questions/1`.
pub(crate) async fn answer(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, part)): Path<(String, String)>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (row, part) = (entry(desk, &no)?, part_of(&part)?);
        let input = Input::default();
        answering(desk, row.no, part, &input)?.page(desk, SECTION, &input, &Errors::new())
    })
    .await
}

/// `POST` of the same.
pub(crate) async fn send_answer(
    State(app): State<App>,
    Path((no, part)): Path<(String, String)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let (row, part) = (entry(desk, &no)?, part_of(&part)?);
        let make = |desk: &Desk, input: &Input| answering(desk, row.no, part, input);
        submit(desk, SECTION, &posted, make, |r| {
            let expert = r.number("expert", Series::Expert);
            let text = r.must_text("answer", "field-answer");
            if !r.is_right() {
                return Ok(None);
            }
            let shown = r.input.has("shown", "yes");
            let which = (row.no, part);
            let receipt = desk.office().answer_at(&r.ask(), which, expert, shown, text)?;
            Ok(Some((href(row.no), receipt)))
        })
    })
    .await
}
