//! What is written about organisations: that they take part, what changed, who their members are.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::terms::{ConflictReason, OrganisationKind};
use domain::{Number, Series};
use office::OrganisationForm;
use store::read::OrganisationRow;

use super::{LIST, entry};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form, numbers, terms};
use crate::input::{Errors, Input, Posted};
use crate::pages::submit;
use crate::problem::Problem;
use crate::shell::Section;
use crate::visitor::Member;

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let words = OrganisationKind::ALL.iter().map(|kind| kind.word());
    let kinds = terms(desk, input, "kind", "organisation", words);
    Ok(Form::new(desk, "w-add-organisation", "/organisations/new".into(), "w-do-write")
        .lead(desk.t("w-add-organisation-lead"))
        .crumb(desk, LIST.0, LIST.1)
        .ask(Field::text(desk, "name", "field-name", input))
        .ask(Field::radio(desk, "kind", "field-kind", kinds, input).row())
        .ask(Field::text(desk, "area", "field-area", input).hint(desk, "w-area-hint").skip())
        .ask(
            Field::text(desk, "contact", "field-contact", input).hint(desk, "w-sealed-hint").skip(),
        ))
}

/// `GET /organisations/new`.
pub(crate) async fn form(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::default();
        make(desk, &input)?.page(desk, Section::Organisations, &input, &Errors::new())
    })
    .await
}

/// `POST /organisations/new`.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        submit(desk, Section::Organisations, &posted, make, |r| {
            let name = r.must_text("name", "field-name");
            let kind = r.must_term("kind", OrganisationKind::from_word);
            let (Some(kind), true) = (kind, r.is_right()) else { return Ok(None) };
            let (area, contact) = (r.text("area"), r.text("contact"));
            let form = OrganisationForm { name, kind, area, contact };
            let receipt = desk.office().add_organisation(desk.acts(&r.ask()), form)?;
            Ok(Some((receipt.number.map_or_else(|| LIST.0.to_owned(), href), receipt)))
        })
    })
    .await
}

/// What is done to an organisation.
#[derive(Clone, Copy)]
enum Deed {
    Change,
    End,
    Enrol,
    Leave,
    Conflict,
    Clear,
}

impl Deed {
    fn of(word: &str) -> Result<Self, Problem> {
        match word {
            "change" => Ok(Self::Change),
            "end" => Ok(Self::End),
            "enrol" => Ok(Self::Enrol),
            "leave" => Ok(Self::Leave),
            "conflict" => Ok(Self::Conflict),
            "clear" => Ok(Self::Clear),
            _ => Err(Problem::NotFound),
        }
    }

    fn make(self, desk: &Desk, row: &OrganisationRow, input: &Input) -> Result<Form, Problem> {
        let (word, title) = match self {
            Self::Change => ("change", "w-change-organisation"),
            Self::End => ("end", "w-end-organisation"),
            Self::Enrol => ("enrol", "w-enrol-member"),
            Self::Leave => ("leave", "w-leave-member"),
            Self::Conflict => ("conflict", "w-note-conflict"),
            Self::Clear => ("clear", "w-clear-conflict"),
        };
        let form = Form::new(desk, title, format!("{}/{word}", href(row.no)), "w-do-write")
            .crumb(desk, LIST.0, LIST.1)
            .about(desk, row.no);
        let day = Field::day(desk, "happened", "field-happened", input);
        Ok(match self {
            Self::Change => form
                .ask(Field::text(desk, "name", "field-name", input))
                .ask(
                    Field::text(desk, "area", "field-area", input).hint(desk, "w-area-hint").skip(),
                )
                .ask(
                    Field::text(desk, "contact", "field-contact", input)
                        .hint(desk, "w-contact-keep-hint")
                        .skip(),
                )
                .ask(Field::text(desk, "why", "field-why", input).skip()),
            Self::End => form
                .lead(desk.t("w-end-organisation-lead"))
                .danger()
                .ask(day)
                .ask(Field::text(desk, "why", "field-why", input)),
            Self::Enrol => form
                .ask(
                    Field::text(desk, "company", "field-company", input)
                        .hint(desk, "w-company-no-hint"),
                )
                .ask(day)
                .ask(
                    Field::text(desk, "post", "field-post", input).hint(desk, "w-post-hint").skip(),
                ),
            Self::Conflict => {
                // What the program tells from cases and engagements is not written down.
                let reasons = ConflictReason::ALL.iter().filter(|r| **r != ConflictReason::Client);
                let reasons = terms(desk, input, "reason", "conflict", reasons.map(|r| r.word()));
                form.lead(desk.t("w-note-conflict-lead"))
                    .ask(
                        Field::text(desk, "company", "field-company", input)
                            .hint(desk, "w-company-no-hint"),
                    )
                    .ask(Field::radio(desk, "reason", "w-reason", reasons, input))
                    .ask(
                        Field::text(desk, "case", "field-case", input)
                            .hint(desk, "w-case-no-hint")
                            .skip(),
                    )
                    .ask(Field::day(desk, "until", "field-until", input).skip())
                    .ask(Field::text(desk, "why", "field-why", input).skip())
            }
            Self::Clear => {
                let conflicts = desk.reader.firm_conflicts(row.no, desk.today())?;
                let companies = conflicts.into_iter().map(|one| one.company);
                let choices = numbers(desk, input, "company", "w-choose-company", companies);
                form.ask(Field::select(desk, "company", "field-company", choices, input))
                    .ask(day)
                    .ask(Field::text(desk, "why", "field-why", input))
            }
            Self::Leave => {
                let members = desk.reader.members(row.no)?;
                let members = members.into_iter().map(|member| member.company);
                let choices = numbers(desk, input, "company", "w-choose-member", members);
                form.ask(Field::select(desk, "company", "field-company", choices, input))
                    .ask(day)
                    .ask(Field::text(desk, "why", "field-why", input).skip())
            }
        })
    }
}

fn open(desk: &Desk, no: &str) -> Result<OrganisationRow, Problem> {
    let row = entry(desk, no)?;
    match row.ended {
        Some(_) => Err(office::Trouble::from(domain::Refusal::Ended(row.no)).into()),
        None => Ok(row),
    }
}

/// `GET /organisations/JG-0001/change`, `…/end`, `…/enrol`, `…/leave?company=QY-0001`.
pub(crate) async fn deed(
    State(app): State<App>,
    Member(visitor): Member,
    Path((no, word)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let (row, deed) = (open(desk, &no)?, Deed::of(&word)?);
        let asked = Input::parse(query.unwrap_or_default().as_bytes());
        let input = Input::of([
            ("name", row.name.clone()),
            ("area", row.area.clone().unwrap_or_default()),
            ("company", asked.get("company").to_owned()),
            ("happened", desk.today().to_string()),
        ]);
        deed.make(desk, &row, &input)?.page(desk, Section::Organisations, &input, &Errors::new())
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
        let no: Number = row.no;
        submit(
            desk,
            Section::Organisations,
            &posted,
            |desk, input| deed.make(desk, &row, input),
            |r| {
                let (office, ask) = (desk.office(), r.ask());
                let by = desk.acts(&ask);
                let receipt = match deed {
                    Deed::Change => {
                        let name = r.must_text("name", "field-name");
                        if !r.is_right() {
                            return Ok(None);
                        }
                        let (area, contact, why) =
                            (r.text("area"), r.text("contact"), r.text("why"));
                        office.change_organisation(by, no, (name, area), contact, why)?
                    }
                    Deed::End => {
                        let (happened, why) =
                            (r.must_day("happened"), r.must_text("why", "field-why"));
                        let (Some(happened), true) = (happened, r.is_right()) else {
                            return Ok(None);
                        };
                        office.end_organisation(by, no, happened, why)?
                    }
                    Deed::Conflict => {
                        let company = r.must_number("company", Series::Company);
                        let reason = r.must_term("reason", ConflictReason::from_word);
                        let (case, until) = (r.number("case", Series::Case), r.day("until"));
                        let (Some(company), Some(reason), true) = (company, reason, r.is_right())
                        else {
                            return Ok(None);
                        };
                        let why = r.text("why");
                        office.note_conflict(by, (no, company), (reason, case), until, why)?
                    }
                    Deed::Clear => {
                        let company = r.must_number("company", Series::Company);
                        let happened = r.must_day("happened");
                        let why = r.must_text("why", "field-why");
                        let (Some(company), Some(happened), true) =
                            (company, happened, r.is_right())
                        else {
                            return Ok(None);
                        };
                        office.clear_conflict(by, (no, company), happened, why)?
                    }
                    Deed::Enrol | Deed::Leave => {
                        let company = r.must_number("company", Series::Company);
                        let happened = r.must_day("happened");
                        let (Some(company), Some(happened)) = (company, happened) else {
                            return Ok(None);
                        };
                        if let Deed::Enrol = deed {
                            office.enrol_member(by, no, company, happened, r.text("post"))?
                        } else {
                            office.leave_member(by, no, company, happened, r.text("why"))?
                        }
                    }
                };
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}
