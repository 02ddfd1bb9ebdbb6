//! 企业概况: what a company files of itself with the station, field by field, and how it takes that
//! back. First it is filled in, then looked at as it would be filed, then agreed to.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, State};
use axum::response::Response;
use domain::terms::ProfileField;
use domain::{Number, Series};
use evidence::dossier::ShownItem;
use office::{ProfileForm, ProfilePlan, given_lines};
use store::read::ProfileRow;

use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form};
use crate::input::{Errors, Input, Posted, Reading};
use crate::list::{Cell, Table};
use crate::pages::{number, submit};
use crate::problem::Problem;
use crate::shell::{Section, thousands};
use crate::visitor::Member;

/// Entries that are listed one by one before filing.
const LISTED_MAX: usize = 100;

fn at(no: Number) -> String {
    format!("{}/profile", href(no))
}

/// What was typed and ticked.
fn read(input: &Input) -> ProfileForm {
    let ticked = input.all("tick").filter_map(ProfileField::from_word);
    let typed = ProfileField::ALL.iter().filter(|field| !field.is_reckoned());
    let typed = typed.map(|field| (*field, input.get(field.key()).to_owned()));
    ProfileForm {
        ticked: ticked.collect::<BTreeSet<_>>(),
        typed: typed.collect::<BTreeMap<_, _>>(),
    }
}

fn filling(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    desk.reader.link(no)?.ok_or(Problem::NotFound)?;
    let mut form = Form::new(desk, "w-profile", at(no), "w-profile-look")
        .lead(desk.tr("w-profile-lead", &[("name", &desk.name(no))]))
        .crumb(desk, "/exchange", "w-nav-exchange")
        .about(desk, no)
        .aside(
            desk,
            &["w-profile-what", "w-profile-what-1", "w-profile-what-2", "w-profile-what-3"],
        );
    for field in ProfileField::ALL.iter().filter(|field| !field.is_reckoned()) {
        form = form.ask(Field::text(desk, field.key(), field.key(), input).skip());
    }
    let reckoned = ProfileForm {
        ticked: [ProfileField::Score, ProfileField::Points].into(),
        ..ProfileForm::default()
    };
    let plan = desk.office().profile_plan(&desk.reader, &reckoned)?;
    let says: BTreeMap<String, String> =
        given_lines(desk.lang(), &plan.given).into_iter().collect();
    let ticks = ProfileField::ALL.iter().map(|field| {
        let label = desk.t(field.key());
        let sub = says.get(&label).cloned().unwrap_or_default();
        Choice { sub, ..Choice::new(field.word(), label, input.has("tick", field.word())) }
    });
    let ticks = ticks.collect();
    Ok(form.ask(
        Field::ticks(desk, "tick", "w-profile-ticks", ticks, input)
            .hint(desk, "w-profile-ticks-hint"),
    ))
}

/// What was looked at, to be compared when it is agreed to.
fn seen(plan: &ProfilePlan) -> String {
    serde_json::to_string(&(plan.day, &plan.given)).unwrap_or_default()
}

/// Looking at what would be filed, and agreeing to it.
fn agreeing(desk: &Desk, no: Number, input: &Input, plan: &ProfilePlan) -> Form {
    let agree = vec![Choice::new("yes", desk.t("w-profile-agree"), false)];
    let mut form = Form::new(desk, "w-profile-check", format!("{}/file", at(no)), "w-profile-file")
        .lead(desk.tr(
            "w-profile-check-lead",
            &[("name", &desk.name(no)), ("day", &plan.day.to_string())],
        ))
        .crumb(desk, "/exchange", "w-nav-exchange")
        .about(desk, no)
        .ask(Field::ticks(desk, "agree", "w-profile-agreement", agree, input));
    let rows = given_lines(desk.lang(), &plan.given).into_iter();
    let rows = rows.map(|(name, says)| vec![Cell::text(name), Cell::text(says)]);
    let table = Table::new(desk, &[("w-profile-of", ""), ("w-profile-says", "")]).with(rows);
    form.above.push((desk.t("w-profile-filed-as"), table));
    if plan.grounds.of > 0 {
        let rows = plan.grounds.entries.iter().take(LISTED_MAX).map(|(event, _)| {
            let shown = event.items.iter().filter_map(|item| match item {
                ShownItem::Shown(text) => evidence::item::parse(text).ok(),
                ShownItem::Withheld(_) => None,
            });
            let says: BTreeMap<String, String> = shown
                .filter_map(|item| Some((item.name, item.value.as_str()?.to_owned())))
                .collect();
            let kind = says.get("kind").map(|tag| tag.replace('.', "-")).unwrap_or_default();
            vec![
                Cell::link(format!("/ledger/{}", event.index), event.index.to_string()),
                Cell::text(desk.t(&format!("event-{kind}"))),
                Cell::text(says.get("received").cloned().unwrap_or_default()),
            ]
        });
        let heads = [("w-col-entry", "n"), ("w-profile-kind", ""), ("w-letter-at", "")];
        let table = Table::new(desk, &heads).with(rows);
        let shown = plan.grounds.entries.len() as u64;
        let title = desk.tr(
            "w-profile-entries",
            &[("n", &thousands(shown)), ("of", &thousands(plan.grounds.of))],
        );
        form.above.push((title, table));
    }
    form.hidden.push(("seen", seen(plan)));
    for field in &plan.fields {
        form.hidden.push(("tick", field.word().to_owned()));
        if let Some(text) = plan.given.typed.get(field.word()) {
            form.hidden.push((field.key(), text.clone()));
        }
    }
    form
}

/// `GET /exchange/LW-0001/profile`: with what was filed last.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Link)?;
        let mut known = Vec::new();
        if let Some(row) = desk.reader.profiles_of(no)?.first() {
            let kept = desk.office().kept_profile(&desk.reader, row)?.unwrap_or_default();
            for field in &row.fields {
                known.push(("tick", field.word().to_owned()));
                if let Some(text) = kept.given.typed.get(field.word()) {
                    known.push((field.key(), text.clone()));
                }
            }
        }
        let input = Input::of(known);
        filling(desk, no, &input)?.page(desk, Section::Exchange, &input, &Errors::new())
    })
    .await
}

/// `POST` of the same: shows what would be filed. Nothing is kept yet.
pub(crate) async fn look(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Link)?;
        let mut r = Reading::new(desk, &posted.input);
        match desk.office().profile_plan(&desk.reader, &read(&posted.input)) {
            Ok(plan) => {
                let form = agreeing(desk, no, &Input::default(), &plan);
                form.page(desk, Section::Exchange, &Input::default(), &Errors::new())
            }
            Err(trouble) => {
                r.refused(trouble)?;
                let errors = r.errors;
                filling(desk, no, &posted.input)?.page(
                    desk,
                    Section::Exchange,
                    &posted.input,
                    &errors,
                )
            }
        }
    })
    .await
}

/// `POST /exchange/LW-0001/profile/file`: files it.
pub(crate) async fn file(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Link)?;
        let plan = desk.office().profile_plan(&desk.reader, &read(&posted.input))?;
        submit(
            desk,
            Section::Exchange,
            &posted,
            |desk, input| Ok(agreeing(desk, no, input, &plan)),
            |r| {
                if !r.input.has("agree", "yes") {
                    r.wrong("agree", "w-profile-must-agree");
                    return Ok(None);
                }
                // A record may have changed the score meanwhile: agreed is to what was seen.
                if r.input.get("seen") != seen(&plan) {
                    r.wrong("agree", "w-profile-changed");
                    return Ok(None);
                }
                let (_, receipt) = desk.office().file_profile(&r.ask(), no, &plan)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}

fn withdrawing(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    desk.reader.link(no)?.ok_or(Problem::NotFound)?;
    let action = format!("{}/withdraw", at(no));
    Ok(Form::new(desk, "w-profile-withdraw", action, "w-profile-withdraw")
        .lead(desk.tr("w-profile-withdraw-lead", &[("name", &desk.name(no))]))
        .crumb(desk, "/exchange", "w-nav-exchange")
        .about(desk, no)
        .danger()
        .ask(Field::text(desk, "why", "field-why", input).hint(desk, "w-profile-why-hint").skip()))
}

/// `GET /exchange/LW-0001/profile/withdraw`.
pub(crate) async fn withdraw(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Link)?;
        let input = Input::default();
        withdrawing(desk, no, &input)?.page(desk, Section::Exchange, &input, &Errors::new())
    })
    .await
}

/// `POST` of the same.
pub(crate) async fn send_withdraw(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Link)?;
        submit(
            desk,
            Section::Exchange,
            &posted,
            |desk, input| withdrawing(desk, no, input),
            |r| {
                let (_, receipt) = desk.office().withdraw_profile(&r.ask(), no, r.text("why"))?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}

/// What is said of what was filed over a link: on the link's page of a node.
pub(crate) fn stands(desk: &Desk, no: Number) -> Result<Vec<(String, String)>, Problem> {
    let rows = desk.reader.profiles_of(no)?;
    let Some(row) = rows.first() else {
        return Ok(vec![(desk.t("w-profile"), desk.t("w-profile-none"))]);
    };
    let fields: Vec<String> = row.fields.iter().map(|field| desk.t(field.key())).collect();
    let key = if row.ended.is_some() { "w-profile-was-withdrawn" } else { "w-profile-stands" };
    let args = [("day", row.day.to_string()), ("fields", fields.join(&desk.t("w-comma")))];
    Ok(vec![(desk.t("w-profile"), words::tr(desk.lang(), key, &args))])
}

/// A profile as a station shows it.
pub(crate) struct Filed {
    /// What the company says.
    pub(crate) lines: Vec<(String, String)>,
    /// As of which day, and by which letter.
    pub(crate) from: String,
    pub(crate) letter: String,
    /// What its proofs show, and what not.
    pub(crate) proof: String,
}

/// What a company has filed, over each of its links.
pub(crate) fn filed(desk: &Desk, company: Number) -> Result<Vec<Filed>, Problem> {
    let rows = desk.reader.profiles(Some(company))?;
    rows.iter().map(|row| filed_one(desk, row)).collect()
}

fn filed_one(desk: &Desk, row: &ProfileRow) -> Result<Filed, Problem> {
    let kept = desk.office().kept_profile(&desk.reader, row)?.unwrap_or_default();
    let peer = desk.reader.peer(row.link)?;
    let day_of = |at: i64| desk.day_of(domain::Moment(at)).to_string();
    let proof = match kept.received {
        None => desk.t("w-profile-unproved"),
        Some((first, last)) => {
            let args = [
                ("n", thousands(row.entries)),
                ("of", thousands(kept.of)),
                ("size", thousands(row.size)),
                ("first", day_of(first)),
                ("last", day_of(last)),
                ("witnessed", thousands(peer.witnessed)),
            ];
            words::tr(desk.lang(), "w-profile-proved", &args)
        }
    };
    Ok(Filed {
        lines: given_lines(desk.lang(), &kept.given),
        from: desk.tr("w-profile-from", &[("day", &row.day.to_string())]),
        letter: format!("{}/in/{}", href(row.link), row.seq),
        proof,
    })
}
