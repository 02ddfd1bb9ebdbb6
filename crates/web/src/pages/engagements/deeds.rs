//! What is written in the programme: procurements, engagements, plans, work, results, payments.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::programme::Engage;
use domain::terms::{EngagementEnd, ItemSort, OrganisationKind};
use domain::{Number, Series};
use office::{PlanForm, fen};
use store::read::{EngagementRow, ItemRow};

use super::{LIST, entry};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, terms};
use crate::input::{Errors, Input, Posted, Reading};
use crate::pages::submit;
use crate::problem::Problem;
use crate::shell::Section;
use crate::visitor::Member;

/// How long an engagement lasts when nothing else is said.
const ENGAGED_DAYS: i64 = 365;

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let mut firms = vec![Choice::new("", desk.t("w-choose-firm"), false)];
    for row in desk.reader.organisations(Some(OrganisationKind::Firm))? {
        if row.ended.is_none() {
            let on = input.has("organisation", &row.no.to_string());
            firms.push(Choice::new(row.no, format!("{} · {}", row.name, row.no), on));
        }
    }
    let mut procurements = vec![Choice::new("", desk.t("w-no-procurement"), false)];
    for row in desk.reader.procurements()? {
        let on = input.has("procurement", &row.no.to_string());
        procurements.push(Choice::new(row.no, format!("{} · {}", row.title, row.no), on));
    }
    let pilot = vec![Choice::new("yes", desk.t("w-pilot-deep"), input.has("pilot", "yes"))];
    Ok(Form::new(desk, "w-engage", "/engagements/new".into(), "w-do-write")
        .lead(desk.t("w-engage-lead"))
        .crumb(desk, LIST.0, LIST.1)
        .aside(desk, &["w-engage-aside", "w-engage-aside-1", "w-engage-aside-2"])
        .ask(Field::select(desk, "organisation", "w-firm", firms, input))
        .ask(Field::text(desk, "company", "field-company", input).hint(desk, "w-company-no-hint"))
        .ask(Field::text(desk, "title", "field-title", input).hint(desk, "w-engage-title-hint"))
        .ask(Field::select(desk, "procurement", "w-procurement", procurements, input).skip())
        .ask(Field::day(desk, "from", "field-from", input))
        .ask(Field::day(desk, "until", "field-until", input))
        .ask(Field::ticks(desk, "pilot", "w-pilot", pilot, input).skip())
        .ask(Field::area(desk, "declared", "field-declared", input).hint(desk, "w-declared-hint")))
}

/// `GET /engagements/new?company=QY-0001&organisation=JG-0001`.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let asked = Input::parse(query.unwrap_or_default().as_bytes());
        let today = desk.today();
        let until = today.plus_days(ENGAGED_DAYS).unwrap_or(today);
        let input = Input::of([
            ("company", asked.get("company").to_owned()),
            ("organisation", asked.get("organisation").to_owned()),
            ("procurement", asked.get("procurement").to_owned()),
            ("from", today.to_string()),
            ("until", until.to_string()),
        ]);
        make(desk, &input)?.page(desk, Section::Engagements, &input, &Errors::new())
    })
    .await
}

/// `POST /engagements/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Engagements, &posted, make, |r| {
            let organisation = r.must_number("organisation", Series::Organisation);
            let company = r.must_number("company", Series::Company);
            let procurement = r.number("procurement", Series::Procurement);
            let title = r.must_text("title", "field-title");
            let declared = r.must_text("declared", "field-declared");
            let (from, until) = (r.must_day("from"), r.must_day("until"));
            let (Some(organisation), Some(company), Some(from), Some(until), true) =
                (organisation, company, from, until, r.is_right())
            else {
                return Ok(None);
            };
            let pilot = r.input.has("pilot", "yes");
            let engage =
                Engage { organisation, company, procurement, title, from, until, pilot, declared };
            let receipt = desk.office().engage(desk.acts(&r.ask()), engage)?;
            Ok(Some((receipt.number.map_or_else(|| LIST.0.to_owned(), href), receipt)))
        })
    })
    .await
}

/// What is done in an engagement.
#[derive(Clone, Copy)]
enum Deed {
    Plan,
    Log,
    Deliver,
    Accept,
    Pay,
    Rate,
    End,
}

impl Deed {
    fn of(word: &str) -> Result<Self, Problem> {
        match word {
            "plan" => Ok(Self::Plan),
            "log" => Ok(Self::Log),
            "deliver" => Ok(Self::Deliver),
            "accept" => Ok(Self::Accept),
            "pay" => Ok(Self::Pay),
            "rate" => Ok(Self::Rate),
            "end" => Ok(Self::End),
            _ => Err(Problem::NotFound),
        }
    }

    /// The word in the address, and the title.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Plan => ("plan", "w-plan-item"),
            Self::Log => ("log", "w-log-work"),
            Self::Deliver => ("deliver", "w-item-do-deliver"),
            Self::Accept => ("accept", "w-item-do-accept"),
            Self::Pay => ("pay", "w-item-do-pay"),
            Self::Rate => ("rate", "w-rate-engagement"),
            Self::End => ("end", "w-end-engagement"),
        }
    }

    fn make(self, desk: &Desk, row: &EngagementRow, input: &Input) -> Result<Form, Problem> {
        let (word, title) = self.words();
        let form = Form::new(desk, title, format!("{}/{word}", href(row.no)), "w-do-write")
            .crumb(desk, LIST.0, LIST.1)
            .about(desk, row.no);
        let items = desk.reader.engagement_items(row.no)?;
        let day = Field::day(desk, "happened", "field-happened", input);
        let why = || Field::text(desk, "why", "field-why", input).skip();
        let note = || Field::area(desk, "note", "field-note", input).hint(desk, "w-sealed-hint");
        let choose = |of: &dyn Fn(&ItemRow) -> bool, none: &str| {
            let found = items.iter().filter(|item| of(item));
            let mut choices = vec![Choice::new("", desk.t(none), false)];
            choices.extend(found.map(|item| {
                let label = format!("{}. {}", item.no, item.title);
                Choice::new(item.no, label, input.has("item", &item.no.to_string()))
            }));
            Field::select(desk, "item", "w-item", choices, input)
        };
        Ok(match self {
            Self::Plan => {
                let words = ItemSort::ALL.iter().map(|sort| sort.word());
                let sorts = terms(desk, input, "sort", "item", words);
                form.lead(desk.t("w-plan-item-lead"))
                    .ask(Field::radio(desk, "sort", "w-item-sort", sorts, input).row())
                    .ask(Field::text(desk, "title", "field-title", input))
                    .ask(Field::day(desk, "due", "field-due", input))
                    .ask(
                        Field::text(desk, "amount", "w-amount", input)
                            .hint(desk, "w-amount-hint")
                            .skip(),
                    )
                    .ask(
                        choose(&|item| item.sort != ItemSort::Payment, "w-no-item")
                            .hint(desk, "w-after-hint")
                            .skip(),
                    )
            }
            Self::Log => form
                .lead(desk.t("w-log-work-lead"))
                .ask(Field::text(desk, "what", "field-what", input).hint(desk, "w-what-hint"))
                .ask(Field::text(desk, "hours", "w-hours", input).hint(desk, "w-hours-hint"))
                .ask(day)
                .ask(choose(&|item| item.sort != ItemSort::Payment, "w-no-item").skip())
                .ask(note().skip()),
            Self::Deliver => form
                .ask(choose(
                    &|item| item.sort != ItemSort::Payment && item.accepted.is_none(),
                    "w-choose-item",
                ))
                .ask(note().hint(desk, "w-deliver-hint"))
                .ask(day),
            Self::Accept => {
                let choices = [("yes", "w-accept-yes"), ("no", "w-accept-no")]
                    .map(|(word, key)| Choice::new(word, desk.t(key), input.has("accepted", word)));
                form.ask(choose(
                    &|item| item.delivered.is_some() && item.accepted.is_none(),
                    "w-choose-item",
                ))
                .ask(Field::radio(desk, "accepted", "w-acceptance", choices.into(), input))
                .ask(day)
                .ask(why())
            }
            Self::Pay => form
                .lead(desk.t("w-pay-lead"))
                .ask(choose(
                    &|item| item.sort == ItemSort::Payment && item.accepted.is_none(),
                    "w-choose-item",
                ))
                .ask(day),
            Self::Rate => {
                let marks = (1..=5).map(|mark: u32| {
                    let on = input.has("mark", &mark.to_string());
                    Choice::new(mark, desk.t(&format!("w-mark-{mark}")), on)
                });
                form.ask(Field::radio(desk, "mark", "w-satisfaction", marks.collect(), input).row())
                    .ask(note().skip())
                    .ask(day)
            }
            Self::End => {
                let words = EngagementEnd::ALL.iter().map(|how| how.word());
                let how = terms(desk, input, "how", "engagement-end", words);
                form.lead(desk.t("w-end-engagement-lead"))
                    .ask(Field::radio(desk, "how", "w-closed-how", how, input))
                    .ask(day)
                    .ask(why())
            }
        })
    }
}

/// `GET /engagements/WT-0001/plan`, `…/log`, `…/deliver?item=1`, `…/accept`, `…/pay`, `…/rate`, `…/end`.
pub(crate) async fn deed(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, word)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (row, deed) = (entry(desk, &no)?, Deed::of(&word)?);
        if row.ended.is_some() && !matches!(deed, Deed::Rate) {
            return Err(office::Trouble::from(domain::Refusal::Ended(row.no)).into());
        }
        let asked = Input::parse(query.unwrap_or_default().as_bytes());
        let input = Input::of([
            ("happened", desk.today().to_string()),
            ("item", asked.get("item").to_owned()),
        ]);
        deed.make(desk, &row, &input)?.page(desk, Section::Engagements, &input, &Errors::new())
    })
    .await
}

/// An item that was chosen.
fn item(r: &mut Reading<'_>) -> Option<u32> {
    let item = r.input.get("item").parse().ok();
    if item.is_none() {
        r.wrong("item", "w-choose");
    }
    item
}

/// Hours as people write them, in minutes.
fn minutes(r: &mut Reading<'_>) -> Option<u32> {
    let hours: Option<f64> = r.input.get("hours").replace('，', ".").parse().ok();
    let minutes = hours.map(|hours| (hours * 60.0).round()).filter(|m| (1.0..=1440.0).contains(m));
    if minutes.is_none() {
        r.wrong("hours", "w-err-hours");
    }
    minutes.map(|minutes| minutes as u32)
}

/// `POST` of the same.
pub(crate) async fn send_deed(
    State(app): State<App>,
    Path((no, word)): Path<(String, String)>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let (row, deed) = (entry(desk, &no)?, Deed::of(&word)?);
        let no: Number = row.no;
        submit(
            desk,
            Section::Engagements,
            &posted,
            |desk, input| deed.make(desk, &row, input),
            |r| {
                let (office, ask) = (desk.office(), r.ask());
                let by = desk.acts(&ask);
                if let Deed::Plan = deed {
                    let sort = r.must_term("sort", ItemSort::from_word);
                    let (title, due) = (r.must_text("title", "field-title"), r.must_day("due"));
                    let amount = match r.text("amount").map(|text| fen(&text)) {
                        None => 0,
                        Some(Ok(amount)) => amount,
                        Some(Err(_)) => {
                            r.wrong("amount", "w-err-money");
                            0
                        }
                    };
                    if sort == Some(ItemSort::Payment) && amount == 0 && r.is_right() {
                        r.wrong("amount", "w-err-money");
                    }
                    let (Some(sort), Some(due), true) = (sort, due, r.is_right()) else {
                        return Ok(None);
                    };
                    let after = r.input.get("item").parse().ok();
                    let form = PlanForm { sort, title, due, amount, after };
                    return Ok(Some((href(no), office.plan_item(by, no, form)?)));
                }
                let happened = r.must_day("happened");
                let receipt = match deed {
                    Deed::Plan => return Ok(None),
                    Deed::Log => {
                        let what = r.must_text("what", "field-what");
                        let (Some(minutes), Some(happened), true) =
                            (minutes(r), happened, r.is_right())
                        else {
                            return Ok(None);
                        };
                        let item = r.input.get("item").parse().ok();
                        office.log_work(by, no, item, (happened, minutes), what, r.text("note"))?
                    }
                    Deed::Deliver => {
                        let note = r.must_text("note", "field-note");
                        let (Some(item), Some(happened), true) = (item(r), happened, r.is_right())
                        else {
                            return Ok(None);
                        };
                        office.deliver(by, (no, item), happened, note)?
                    }
                    Deed::Accept => {
                        let accepted = r.must_term("accepted", |word| match word {
                            "yes" => Some(true),
                            "no" => Some(false),
                            _ => None,
                        });
                        let (Some(item), Some(accepted), Some(happened)) =
                            (item(r), accepted, happened)
                        else {
                            return Ok(None);
                        };
                        office.accept(by, (no, item), accepted, happened, r.text("why"))?
                    }
                    Deed::Pay => {
                        let (Some(item), Some(happened)) = (item(r), happened) else {
                            return Ok(None);
                        };
                        office.pay(by, (no, item), happened)?
                    }
                    Deed::Rate => {
                        let mark = r.must_term("mark", |word| word.parse::<u32>().ok());
                        let (Some(mark), Some(happened)) = (mark, happened) else {
                            return Ok(None);
                        };
                        office.rate_engagement(by, no, (mark, happened), r.text("note"))?
                    }
                    Deed::End => {
                        let how = r.must_term("how", EngagementEnd::from_word);
                        let (Some(how), Some(happened)) = (how, happened) else {
                            return Ok(None);
                        };
                        office.end_engagement(by, no, how, happened, r.text("why"))?
                    }
                };
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}
