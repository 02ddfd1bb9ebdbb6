//! 机构: who takes part in the district's work. The page of an organisation is its desk: what waits
//! for it, what it asked, who its members are.

mod deeds;

pub(crate) use deeds::{deed, form, send, send_deed};

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::reach::{Reach, Thing as Seen, reach};
use domain::terms::{AccountRole, Action, OrganisationKind};
use domain::{Number, Series};
use office::{Ask, For};
use store::read::{AssistanceFilter, EngagementFilter, OrganisationRow, Side};

use super::{assistance, engagements, number};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::Choice;
use crate::input::Input;
use crate::list::{Act, Cell, List, Table, select};
use crate::problem::Problem;
use crate::shell::{Section, thousands};
use crate::show::Status;
use crate::thing::Thing;
use crate::visitor::Member;

const LIST: (&str, &str) = ("/organisations", "w-nav-organisations");
/// Requests for assistance shown on the page of an organisation, of each side.
const SHOWN: u32 = 30;

impl Desk {
    /// The organisation that whoever is signed in acts for; `None` for the station.
    pub(crate) fn acting(&self) -> Option<Number> {
        let account = self.visitor.account.as_ref()?;
        if !matches!(account.role, AccountRole::Liaison | AccountRole::Observer) {
            return None;
        }
        // An account without one acts for nobody, and not for the station.
        let nobody = Number { series: Series::Organisation, count: u32::MAX };
        Some(account.holder.filter(|no| no.series == Series::Organisation).unwrap_or(nobody))
    }

    /// Whoever asks, for the organisation of the account.
    pub(crate) fn acts<'a>(&self, ask: &'a Ask) -> For<'a> {
        For { ask, acting: self.acting() }
    }

    /// Whether whoever is signed in may act for an organisation.
    pub(crate) fn may_for(&self, organisation: Number) -> bool {
        self.may(Action::Assist) && self.acting().is_none_or(|acting| acting == organisation)
    }
}

/// Organisations that take part, to choose from; `none` is the words of a first line for none.
pub(crate) fn choices(
    desk: &Desk,
    input: &Input,
    name: &str,
    none: Option<&str>,
) -> Result<Vec<Choice>, Problem> {
    let mut choices: Vec<Choice> = Vec::new();
    choices.extend(none.map(|key| Choice::new("", desk.t(key), false)));
    let on = Number::parse(input.get(name)).ok();
    for row in desk.reader.organisations(None)?.into_iter().filter(|row| row.ended.is_none()) {
        let kind = desk.t(&format!("organisation-{}", row.kind.word()));
        let label = format!("{} · {kind} · {}", row.name, row.no);
        choices.push(Choice::new(row.no, label, on == Some(row.no)));
    }
    Ok(choices)
}

fn status(desk: &Desk, row: &OrganisationRow) -> Status {
    match row.ended {
        Some(day) => {
            Status::new("done", desk.tr("organisation-ended", &[("day", &day.to_string())]))
        }
        None => Status::new("ok", desk.t("organisation-takes-part")),
    }
}

/// `GET /organisations`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let kind = OrganisationKind::from_word(input.get("kind"));
        let rows = desk.reader.organisations(kind)?;
        let heads = [
            ("field-name", ""),
            ("field-kind", ""),
            ("field-area", "p2"),
            ("w-col-members", "n p2"),
            ("w-col-waiting", "n"),
            ("w-col-state", "p2"),
        ];
        let table = Table::new(desk, &heads).with(rows.iter().map(|row| {
            vec![
                Cell::link(href(row.no), row.name.clone()).sub(row.no.to_string()),
                Cell::text(desk.t(&format!("organisation-{}", row.kind.word()))),
                Cell::text(row.area.clone().unwrap_or_default()),
                Cell::text(thousands(row.members.into())),
                Cell::text(thousands(row.waiting.into())),
                Cell::status(status(desk, row)),
            ]
        }));
        let mut list = List::new(desk, LIST.0, LIST.1, table);
        list.lead = desk.t("w-organisations-lead");
        list.acts = vec![
            Act::new(desk, "/assistance", "w-nav-assistance"),
            Act::new(desk, "/organisations/new", "w-add-organisation").first(),
        ];
        let words = OrganisationKind::ALL.iter().map(|kind| kind.word());
        let on = kind.map(OrganisationKind::word).unwrap_or_default();
        list.selects = vec![select(desk, "kind", "field-kind", "organisation", words, on)];
        if desk.reader.last(Series::Organisation)? == 0 {
            list.none = (desk.t("w-organisations-none"), desk.t("w-organisations-none-why"));
        }
        list.page(desk, Section::Organisations)
    })
    .await
}

fn entry(desk: &Desk, no: &str) -> Result<OrganisationRow, Problem> {
    let no = number(no, Series::Organisation)?;
    desk.reader.organisation(no)?.ok_or(Problem::NotFound)
}

/// What accounts of an organisation of this kind see, thing by thing.
fn seen(desk: &Desk, kind: OrganisationKind) -> Table {
    let heads =
        [("w-col-visible", ""), ("account-role-liaison", ""), ("account-role-observer", "")];
    let words = |reach: Reach| Cell::text(desk.t(&format!("reach-{}", reach.word())));
    Table::new(desk, &heads).with(Seen::ALL.map(|thing| {
        vec![
            Cell::text(desk.t(&format!("seen-{}", thing.word()))),
            words(reach(AccountRole::Liaison, kind, thing)),
            words(reach(AccountRole::Observer, kind, thing)),
        ]
    }))
}

/// `GET /organisations/JG-0001`: the desk of an organisation.
pub(crate) async fn one(
    State(app): State<App>,
    Member(visitor): Member,
    Path(no): Path<String>,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let row = entry(desk, &no)?;
        let (no, at) = (row.no, href(row.no));
        let mut thing = Thing::new(desk, no, LIST, row.name.clone())?;
        let kind = desk.t(&format!("organisation-{}", row.kind.word()));
        thing.lead = format!("{kind} · {}", status(desk, &row).text);
        if row.ended.is_none() && desk.may_for(no) {
            if desk.acting().is_none() {
                thing.acts = vec![
                    Act::new(desk, format!("{at}/change"), "w-change-organisation"),
                    Act::new(desk, format!("{at}/end"), "w-end-organisation"),
                    Act::new(desk, format!("{at}/enrol"), "w-enrol-member"),
                ];
            }
            let ask = format!("/assistance/new?from={no}");
            thing.acts.push(Act::new(desk, ask, "w-ask-assistance").first());
        }
        let lying = desk.reader.desk_requests(no)?;
        let takes_in = matches!(row.kind, OrganisationKind::Rights | OrganisationKind::Alliance);
        if !lying.is_empty() || takes_in {
            let heads = [
                ("field-title", ""),
                ("field-company", ""),
                ("w-follow-on", "p2"),
                ("w-col-state", ""),
            ];
            let mut table = Table::new(desk, &heads);
            for one in &lying {
                let Some(request) = desk.reader.request(one.request)? else { continue };
                let again = match one.again {
                    Some(day) => {
                        let due = desk.due(day);
                        Cell::text(day.to_string()).sub(due.text)
                    }
                    None => Cell::default(),
                };
                table.rows.push(vec![
                    Cell::link(href(request.no), request.title.clone()).sub(request.no.to_string()),
                    Cell::link(href(request.company), request.name.clone()),
                    again,
                    Cell::status(super::requests::status(desk, &request)),
                ]);
            }
            thing.table(desk, "w-desk-requests", table, "w-desk-requests-none");
        }
        if row.ended.is_none() && desk.may_for(no) && takes_in {
            let at = format!("/requests/ask?organisation={no}");
            thing.acts.insert(0, Act::new(desk, at, "w-take-in"));
        }
        let of = |side| AssistanceFilter {
            of: Some((no, side)),
            open: true,
            limit: SHOWN,
            ..AssistanceFilter::default()
        };
        for (title, side) in [("w-assistance-in", Side::Asked), ("w-assistance-out", Side::Asker)] {
            let found = desk.reader.assistances(&of(side))?;
            thing.table(desk, title, assistance::table(desk, &found.rows), "w-assistance-nothing");
        }
        if row.kind == OrganisationKind::Firm {
            firm(desk, &mut thing, &row)?;
        }
        let members = desk.reader.members(no)?;
        if !members.is_empty() {
            let heads = [
                ("field-company", ""),
                ("field-post", "p2"),
                ("w-col-since", "p2"),
                ("w-col-member-way", ""),
            ];
            let may = row.ended.is_none() && desk.may_for(no);
            let rows = members.iter().map(|member| {
                let company = member.company;
                let ways = match may {
                    true => Cell::link(
                        format!("{at}/leave?company={company}"),
                        desk.t("w-leave-member"),
                    ),
                    false => Cell::default(),
                };
                vec![
                    Cell::link(href(company), member.name.clone()).sub(company.to_string()),
                    Cell::text(member.post.clone().unwrap_or_default()),
                    Cell::text(member.joined.to_string()),
                    ways,
                ]
            });
            let table = Table::new(desk, &heads).with(rows);
            thing.table(desk, "w-members", table, "w-nothing-here");
        }
        thing.table(desk, "w-organisation-sees", seen(desk, row.kind), "w-nothing-here");
        thing.fact(desk, "field-kind", kind);
        thing.fact(desk, "field-area", row.area.clone().unwrap_or_default());
        thing.fact(
            desk,
            "field-contact",
            super::requests::sealed(desk, row.contact_idx, "contact")?,
        );
        if desk.may(Action::SeeAccounts) {
            let accounts = desk.reader.accounts()?;
            for account in accounts.iter().filter(|row| row.holder == Some(no) && !row.closed) {
                thing.fact_of(desk, "w-nav-accounts", Some(account.no));
            }
        }
        thing.page(desk, Section::Organisations)
    })
    .await
}

/// What a firm is engaged for, and whom it must keep away from.
fn firm(desk: &Desk, thing: &mut Thing, row: &OrganisationRow) -> Result<(), Problem> {
    let filter = EngagementFilter {
        organisation: Some(row.no),
        limit: SHOWN,
        ..EngagementFilter::default()
    };
    let engaged = desk.reader.engagements(&filter)?;
    let table = engagements::table(desk, &engaged.rows);
    thing.table(desk, "w-nav-engagements", table, "w-engagements-none");
    let heads =
        [("field-company", ""), ("w-reason", ""), ("field-case", "p2"), ("field-until", "p2")];
    let conflicts = desk.reader.firm_conflicts(row.no, desk.today())?;
    let table = Table::new(desk, &heads).with(conflicts.iter().map(|one| {
        let reason = desk.t(&format!("conflict-{}", one.reason.word()));
        let case = one.case.map(|case| Cell::link(href(case), case.to_string()));
        vec![
            Cell::link(href(one.company), desk.name(one.company)).sub(one.company.to_string()),
            Cell::text(reason).sub(one.why.clone().unwrap_or_default()),
            case.unwrap_or_default(),
            Cell::text(one.until.map(|day| day.to_string()).unwrap_or_default()),
        ]
    }));
    thing.table(desk, "w-firm-conflicts", table, "w-firm-conflicts-none");
    if row.ended.is_none() && desk.may_for(row.no) {
        let at = href(row.no);
        thing.acts.insert(0, Act::new(desk, format!("{at}/conflict"), "w-note-conflict"));
        if desk.acting().is_none() {
            if !conflicts.is_empty() {
                thing.acts.insert(1, Act::new(desk, format!("{at}/clear"), "w-clear-conflict"));
            }
            let engage = format!("/engagements/new?organisation={}", row.no);
            thing.acts.insert(0, Act::new(desk, engage, "w-engage"));
        }
    }
    Ok(())
}
