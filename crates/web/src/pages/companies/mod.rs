//! 企业名录: the directory of a station. Every filter, the order and the page stand in the URL.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::Series;
use domain::terms::{CompanyKind, KeyTag, Service};
use store::read::{CompanyFilter, CompanyOrder, CompanyRow, Dimension};

use crate::desk::{App, Desk, at_desk, href};
use crate::form::Choice;
use crate::input::Input;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell, thousands};
use crate::show::{self, Chip, Pager, Place, query};
use crate::visitor::Member;

/// Saved views: the word in the URL.
const VIEWS: [&str; 6] = ["", "tagged", "key", "never", "served", "filed"];
/// The most rows of an export.
const EXPORT_MAX: u32 = 50_000;
/// The most values of a filter that are offered.
const OFFERED_MAX: usize = 300;
/// In a URL: those without a park, field or sub-district.
const WITHOUT: &str = "-";

#[derive(Template)]
#[template(path = "pages/companies/page.html")]
struct Page {
    s: Shell,
    lead: String,
    chips: Vec<Chip>,
    wanted: Wanted,
    selects: Vec<Select>,
    pager: Pager,
    rows: Vec<Row>,
    none_at_all: bool,
    export: String,
    serve: String,
    invite: String,
}

/// A filter with values to choose from.
struct Select {
    name: &'static str,
    label: String,
    choices: Vec<Choice>,
}

struct Row {
    href: String,
    no: String,
    name: String,
    code: String,
    kind: String,
    tags: String,
    field: String,
    place: String,
    services: u32,
    last: String,
}

/// What the URL asks for. What is unknown in it is ignored.
#[derive(Default)]
pub(crate) struct Wanted {
    pub(crate) filter: CompanyFilter,
    view: &'static str,
    order: CompanyOrder,
    place: Option<Place>,
    q: String,
    kind: &'static str,
    tag: String,
    field: String,
    park: String,
    street: String,
    had: &'static str,
    lacks: &'static str,
}

impl Wanted {
    pub(crate) fn read(input: &Input) -> Self {
        let view = VIEWS.into_iter().find(|view| *view == input.get("view")).unwrap_or_default();
        let short = |name: &str| input.get(name).chars().take(100).collect::<String>();
        let (q, tag) = (short("q"), short("tag"));
        let (field, park, street) = (short("field"), short("park"), short("street"));
        let kind = CompanyKind::from_word(input.get("kind"));
        let had = Service::from_word(input.get("had"));
        let lacks = Service::from_word(input.get("lacks"));
        let order = CompanyOrder::from_word(input.get("sort")).unwrap_or_default();
        let place = Place::read(input);
        let one = |text: &str| match text {
            "" => None,
            WITHOUT => Some(String::new()),
            text => Some(text.to_owned()),
        };
        let filter = CompanyFilter {
            text: Some(q.clone()),
            kind,
            tag: one(&tag),
            field: one(&field),
            park: one(&park),
            street: one(&street),
            had: had.map_or(0, Service::bit),
            lacks: lacks.map_or(0, Service::bit),
            order,
            limit: place.size,
            offset: place.offset(),
            ..CompanyFilter::default()
        };
        Self {
            filter: of_view(view, filter),
            view,
            order,
            place: Some(place),
            q,
            kind: kind.map_or("", CompanyKind::word),
            tag,
            field,
            park,
            street,
            had: had.map_or("", Service::word),
            lacks: lacks.map_or("", Service::word),
        }
    }

    /// Whether the question means fewer than all.
    fn is_narrow(&self) -> bool {
        let nothing = CompanyFilter {
            text: Some(String::new()),
            order: self.filter.order,
            limit: self.filter.limit,
            offset: self.filter.offset,
            ..CompanyFilter::default()
        };
        self.filter != nothing
    }

    /// The question as it stands in a URL, without the place in the list.
    pub(crate) fn pairs(&self) -> Vec<(&'static str, String)> {
        let order = match self.order {
            CompanyOrder::Newest => "",
            order => order.word(),
        };
        [
            ("view", self.view),
            ("q", &self.q),
            ("kind", self.kind),
            ("tag", &self.tag),
            ("field", &self.field),
            ("park", &self.park),
            ("street", &self.street),
            ("had", self.had),
            ("lacks", self.lacks),
            ("sort", order),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name, value.to_owned()))
        .collect()
    }

    /// The same question elsewhere.
    pub(crate) fn href(&self, path: &str, place: Option<Place>) -> String {
        let mut pairs = self.pairs();
        let [size, page] = place.map(Place::words).unwrap_or_default();
        pairs.extend([("size", size), ("page", page)]);
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        query(path, &pairs)
    }
}

/// Where those of a line of the coverage table are listed.
pub(crate) fn list_of(by: Dimension, value: &str, rest: &[(&str, &str)]) -> String {
    let value = if value.is_empty() { WITHOUT } else { value };
    let mut pairs = vec![(by.word(), value)];
    pairs.extend(rest);
    query("/companies", &pairs)
}

/// Adds what a saved view asks for.
fn of_view(view: &str, mut filter: CompanyFilter) -> CompanyFilter {
    match view {
        "tagged" => filter.key = true,
        "key" => (filter.key, filter.never_served) = (true, true),
        "never" => filter.never_served = true,
        "served" => filter.any_service = true,
        "filed" => filter.filed = true,
        _ => {}
    }
    filter
}

/// `GET /companies`.
pub(crate) async fn show(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let wanted = Wanted::read(&Input::parse(query.unwrap_or_default().as_bytes()));
        let found = desk.reader.companies(&wanted.filter)?;
        let all = desk.reader.company_count(&CompanyFilter::default())?;
        let place = wanted.place.unwrap_or(Place { page: 1, size: Place::SIZE });
        let order = desk.t(&format!("w-company-order-{}", wanted.order.word()));
        let pager = place.pager(
            desk,
            ("w-companies-caption", &order),
            (found.rows.len(), found.total),
            |place| wanted.href("/companies", Some(place)),
        );
        let page = Page {
            lead: desk.n("w-companies-lead", thousands(all)),
            chips: chips(desk, &wanted)?,
            selects: selects(desk, &wanted)?,
            pager,
            rows: found.rows.iter().map(|company| row(desk, company)).collect(),
            none_at_all: desk.reader.last(Series::Company)? == 0,
            export: wanted.href("/companies.csv", None),
            invite: wanted.href("/activities/invite", None),
            serve: match wanted.is_narrow() && found.total > 0 {
                true => wanted.href("/services/new", None),
                false => String::new(),
            },
            wanted,
            s: desk.shell(Section::Companies)?,
        };
        reply::html(&page)
    })
    .await
}

fn chips(desk: &Desk, wanted: &Wanted) -> Result<Vec<Chip>, Problem> {
    VIEWS
        .into_iter()
        .map(|view| {
            let count = desk.reader.company_count(&of_view(view, CompanyFilter::default()))?;
            let name = if view.is_empty() { "all" } else { view };
            let sort = if view == "key" { "first" } else { "" };
            Ok(Chip {
                href: query("/companies", &[("view", view), ("sort", sort)]),
                label: desk.t(&format!("w-companies-{name}")),
                count: thousands(count),
                current: view == wanted.view,
            })
        })
        .collect()
}

fn selects(desk: &Desk, wanted: &Wanted) -> Result<Vec<Select>, Problem> {
    let mut selects = Vec::new();
    for (by, on) in [
        (Dimension::Tag, &wanted.tag),
        (Dimension::Park, &wanted.park),
        (Dimension::Street, &wanted.street),
        (Dimension::Field, &wanted.field),
    ] {
        let mut choices = any(desk, on);
        let values = desk.reader.company_values(by)?;
        choices.extend(values.into_iter().take(OFFERED_MAX).map(|(value, n)| {
            let label = office::value_words(desk.lang(), by, &value);
            let label = desk.tr("w-of-n", &[("name", &label), ("n", &thousands(n.into()))]);
            let chosen = value == *on;
            Choice::new(value, label, chosen)
        }));
        if by != Dimension::Tag {
            choices.push(Choice::new(WITHOUT, desk.t("coverage-without"), on == WITHOUT));
        }
        let label = desk.t(&format!("field-{}", by.word()));
        selects.push(Select { name: by.word(), label, choices });
    }
    let words = |name, label: &str, prefix: &str, words: Vec<&'static str>, on: &str| {
        let mut choices = any(desk, on);
        choices.extend(
            words
                .into_iter()
                .map(|word| Choice::new(word, desk.t(&format!("{prefix}-{word}")), word == on)),
        );
        Select { name, label: desk.t(label), choices }
    };
    let services: Vec<_> = Service::ALL.iter().map(|service| service.word()).collect();
    let kinds = CompanyKind::ALL.iter().map(|kind| kind.word()).collect();
    selects.push(words("kind", "field-kind", "company", kinds, wanted.kind));
    selects.push(words("had", "w-had", "service", services.clone(), wanted.had));
    selects.push(words("lacks", "w-lacks", "service", services, wanted.lacks));
    let mut orders = words(
        "sort",
        "w-order",
        "w-company-order",
        CompanyOrder::ALL.iter().map(|order| order.word()).collect(),
        wanted.order.word(),
    );
    orders.choices.remove(0);
    selects.push(orders);
    Ok(selects)
}

fn any(desk: &Desk, on: &str) -> Vec<Choice> {
    vec![Choice::new("", desk.t("w-any"), on.is_empty())]
}

fn row(desk: &Desk, row: &CompanyRow) -> Row {
    Row {
        href: href(row.no),
        no: row.no.to_string(),
        name: row.name.clone(),
        code: row.code.map_or_else(show::nothing, |code| code.to_string()),
        kind: desk.t(&format!("company-{}", row.kind.word())),
        tags: office::tags_words(desk.lang(), &row.tags),
        field: row.field.clone().unwrap_or_default(),
        place: place(desk, row),
        services: row.services,
        last: row
            .last_service
            .map_or_else(|| desk.t("company-never-served"), |day| day.to_string()),
    }
}

/// Park and sub-district.
pub(crate) fn place(desk: &Desk, row: &CompanyRow) -> String {
    let places: Vec<&str> = [&row.park, &row.street].into_iter().flatten().map(|p| &**p).collect();
    if places.is_empty() { show::nothing() } else { places.join(&desk.t("w-comma")) }
}

/// `GET /companies.csv`: the same question, as a table for other programs.
pub(crate) async fn csv(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let wanted = Wanted::read(&Input::parse(query.unwrap_or_default().as_bytes()));
        let filter = CompanyFilter { limit: EXPORT_MAX, offset: 0, ..wanted.filter };
        let columns = [
            "w-col-no",
            "field-name",
            "field-code",
            "field-kind",
            "field-tags",
            "field-field",
            "field-park",
            "field-street",
            "w-col-services",
            "w-col-last-service",
        ];
        let mut text = String::from(sheet::csv_start());
        sheet::csv_line(&mut text, columns.map(|key| desk.t(key)));
        for row in desk.reader.companies(&filter)?.rows {
            sheet::csv_line(
                &mut text,
                [
                    row.no.to_string(),
                    row.name,
                    row.code.map(|code| code.to_string()).unwrap_or_default(),
                    desk.t(&format!("company-{}", row.kind.word())),
                    office::tags_words(desk.lang(), &row.tags),
                    row.field.unwrap_or_default(),
                    row.park.unwrap_or_default(),
                    row.street.unwrap_or_default(),
                    row.services.to_string(),
                    row.last_service.map(|day| day.to_string()).unwrap_or_default(),
                ],
            );
        }
        Ok(reply::file("text/csv; charset=utf-8", "companies.csv", text.into_bytes()))
    })
    .await
}

/// The key tags as choices of a form, those that are set ticked.
pub(crate) fn key_tags(desk: &Desk, input: &Input) -> Vec<Choice> {
    crate::form::terms(desk, input, "tag", "tag", KeyTag::ALL.iter().map(|tag| tag.word()))
}
