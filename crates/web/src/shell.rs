//! The frame around every page: navigation, search, reading preferences.

use std::fmt::Display;

use domain::Series;
use domain::terms::{Action, ActivityState, Role};
use store::read::{
    ActivityFilter, AssistanceFilter, CompanyFilter, EngagementFilter, TaskFilter, WarningFilter,
};
use words::Lang;

use crate::assets;
use crate::desk::{Desk, Menu};
use crate::input::Input;
use crate::problem::Problem;
use crate::visitor::Visitor;

/// Where in the navigation a page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Today,
    Secrets,
    Inventories,
    People,
    Partners,
    Measures,
    Controls,
    Dossiers,
    Releases,
    Sweeps,
    Comparisons,
    Corpora,
    Incidents,
    Companies,
    Services,
    Coverage,
    Dashboard,
    Exchange,
    Tasks,
    Activities,
    Requests,
    Visits,
    Prescriptions,
    Experts,
    Cases,
    Recognitions,
    Warnings,
    Organisations,
    Assistance,
    Engagements,
    Public,
    Calendar,
    Procedures,
    Deadlines,
    Standards,
    Overseas,
    Handbook,
    Ledger,
    Accounts,
    Verify,
    Settings,
    None,
}

/// An item of the navigation.
pub(crate) struct Item {
    pub(crate) href: &'static str,
    pub(crate) label: String,
    pub(crate) count: String,
    pub(crate) current: bool,
    pub(crate) first_of_group: bool,
}

impl Item {
    fn count(mut self, count: Option<u64>) -> Self {
        self.count = count.map(thousands).unwrap_or_default();
        self
    }
}

/// What the frame shows.
pub(crate) struct Shell {
    pub(crate) lang: Lang,
    pub(crate) theme: Option<&'static str>,
    pub(crate) large: bool,
    pub(crate) node: String,
    pub(crate) items: Vec<Item>,
    pub(crate) csrf: String,
    pub(crate) signed_in: bool,
    /// Who is signed in, in words; empty for nobody.
    pub(crate) who: String,
    visitor: Visitor,
    pub(crate) fictional: bool,
    pub(crate) station: bool,
    pub(crate) path: String,
    /// The entries that were just written, when the page before said so: the first, and all in words.
    pub(crate) wrote: Option<(u64, String)>,
    /// The page of the handbook that belongs here: its address and title.
    pub(crate) guide: Option<(String, String)>,
    pub(crate) css: String,
    pub(crate) js: String,
    pub(crate) icon: String,
}

impl Shell {
    pub(crate) fn new(desk: &Desk, section: Section, menu: Menu) -> Result<Self, Problem> {
        let visitor = &desk.visitor;
        let node = desk.reader.node()?.map(|node| node.name).unwrap_or_default();
        let mut shell = Self {
            lang: visitor.lang,
            theme: visitor.theme,
            large: visitor.large,
            node,
            items: Vec::new(),
            csrf: visitor.session.as_ref().map(|s| s.csrf.clone()).unwrap_or_default(),
            signed_in: visitor.session.is_some(),
            who: desk.who()?,
            visitor: visitor.clone(),
            fictional: desk.app.fictional,
            station: desk.app.role == Role::Station,
            path: visitor.path.clone(),
            wrote: wrote(desk)?,
            guide: crate::pages::guide(desk),
            css: assets::css(),
            js: assets::js(),
            icon: assets::icon(),
        };
        shell.items = match (shell.signed_in, desk.app.role) {
            (false, role) => {
                let mut items = vec![
                    shell.item("/unlock", "w-nav-unlock", None, false),
                    shell.item("/verify", "w-nav-verify", None, section == Section::Verify),
                    shell.item("/handbook", "w-nav-handbook", None, section == Section::Handbook),
                ];
                if role == Role::Station {
                    items.insert(
                        0,
                        shell.item("/public", "w-nav-public", None, section == Section::Public),
                    );
                }
                items
            }
            (true, Role::Enterprise) => shell.enterprise(desk, section, menu)?,
            (true, Role::Station) => shell.of_station(desk, section, menu)?,
        };
        Ok(shell)
    }

    fn enterprise(&self, desk: &Desk, section: Section, menu: Menu) -> Result<Vec<Item>, Problem> {
        let last = |series| desk.reader.last(series).map(u64::from);
        let secrets = desk.reader.secrets_by_level()?.iter().sum();
        let open = TaskFilter { open: Some(true), ..TaskFilter::default() };
        let open_tasks = Some(desk.reader.task_count(&open)?).filter(|count| *count > 0);
        let mut items = vec![
            self.item("/", "w-nav-today", Some(menu.tasks), section == Section::Today),
            self.item("/secrets", "w-nav-secrets", Some(secrets), section == Section::Secrets),
            self.item(
                "/inventories",
                "w-nav-inventories",
                Some(last(Series::Inventory)?),
                section == Section::Inventories,
            ),
            self.item(
                "/people",
                "w-nav-people",
                Some(last(Series::Person)?),
                section == Section::People,
            ),
            self.item(
                "/partners",
                "w-nav-partners",
                Some(last(Series::Partner)?),
                section == Section::Partners,
            ),
            self.item(
                "/measures",
                "w-nav-measures",
                Some(last(Series::Measure)?),
                section == Section::Measures,
            ),
            self.item("/controls", "w-nav-controls", None, section == Section::Controls),
            self.item(
                "/dossiers",
                "w-nav-dossiers",
                Some(last(Series::Dossier)?),
                section == Section::Dossiers,
            ),
            self.item(
                "/releases",
                "w-nav-releases",
                Some(last(Series::Release)?),
                section == Section::Releases,
            ),
            self.item(
                "/sweeps",
                "w-nav-sweeps",
                Some(last(Series::Sweep)?),
                section == Section::Sweeps,
            ),
            self.item(
                "/comparisons",
                "w-nav-comparisons",
                Some(last(Series::Comparison)?),
                section == Section::Comparisons,
            ),
            self.item(
                "/corpora",
                "w-nav-corpora",
                Some(last(Series::Corpus)?),
                section == Section::Corpora,
            ),
            self.item(
                "/incidents",
                "w-nav-incidents",
                Some(desk.reader.incidents(Some(false))?.len() as u64),
                section == Section::Incidents,
            ),
            self.exchange(desk, section)?,
            self.item("/tasks", "w-nav-tasks", open_tasks, section == Section::Tasks),
            self.group("/calendar", "w-nav-calendar", section == Section::Calendar),
        ];
        items.extend(self.of_any(desk, section)?);
        Ok(items)
    }

    fn of_station(&self, desk: &Desk, section: Section, menu: Menu) -> Result<Vec<Item>, Problem> {
        let companies = desk.reader.company_count(&CompanyFilter::default())?;
        let tasks = Some(menu.tasks);
        let [requests, visits, prescriptions, recognitions] = menu.open.map(Some);
        let experts = desk.reader.last(Series::Expert)?;
        let planned =
            ActivityFilter { state: Some(ActivityState::Planned), ..ActivityFilter::default() };
        let planned = Some(desk.reader.activity_count(&planned)?);
        let mut items = vec![
            self.item("/", "w-nav-overview", tasks, section == Section::Today),
            self.item(
                "/companies",
                "w-nav-companies",
                Some(companies),
                section == Section::Companies,
            ),
            self.item("/services", "w-nav-services", None, section == Section::Services),
            self.item("/coverage", "w-nav-coverage", None, section == Section::Coverage),
            self.item("/dashboard", "w-nav-dashboard", None, section == Section::Dashboard),
            self.exchange(desk, section)?,
            self.group("/requests", "w-nav-requests", section == Section::Requests).count(requests),
            self.item("/visits", "w-nav-visits", visits, section == Section::Visits),
            self.item("/activities", "w-nav-activities", planned, section == Section::Activities),
            self.item(
                "/prescriptions",
                "w-nav-prescriptions",
                prescriptions,
                section == Section::Prescriptions,
            ),
            self.item(
                "/experts",
                "w-nav-experts",
                Some(experts.into()),
                section == Section::Experts,
            ),
            self.item(
                "/recognitions",
                "w-nav-recognitions",
                recognitions,
                section == Section::Recognitions,
            ),
        ];
        let open = WarningFilter { open: Some(true), ..WarningFilter::default() };
        let open = Some(desk.reader.warning_count(&open)?);
        items.push(self.item("/warnings", "w-nav-warnings", open, section == Section::Warnings));
        let open = AssistanceFilter { open: true, ..AssistanceFilter::default() };
        let open = Some(desk.reader.assistance_count(&open)?);
        let taking_part = desk.reader.last(Series::Organisation)?;
        items.push(
            self.group("/assistance", "w-nav-assistance", section == Section::Assistance)
                .count(open),
        );
        let engaged = EngagementFilter { open: Some(true), ..EngagementFilter::default() };
        items.push(self.item(
            "/engagements",
            "w-nav-engagements",
            Some(desk.reader.engagement_count(&engaged)?),
            section == Section::Engagements,
        ));
        items.push(self.item(
            "/organisations",
            "w-nav-organisations",
            Some(taking_part.into()),
            section == Section::Organisations,
        ));
        items.extend(self.of_any(desk, section)?);
        Ok(items)
    }

    /// The exchange, with the count of letters that nobody has read.
    fn exchange(&self, desk: &Desk, section: Section) -> Result<Item, Problem> {
        let unread = desk.reader.letters_unread()?;
        let here = section == Section::Exchange;
        Ok(self.item("/exchange", "w-nav-exchange", (unread > 0).then_some(unread), here))
    }

    /// What stands below the rest on any node.
    fn of_any(&self, desk: &Desk, section: Section) -> Result<[Item; 10], Problem> {
        let open = Some(desk.reader.open_cases()?);
        Ok([
            self.group("/cases", "w-nav-cases", section == Section::Cases).count(open),
            self.item("/procedures", "w-nav-procedures", None, section == Section::Procedures),
            self.item("/deadlines", "w-nav-deadlines", None, section == Section::Deadlines),
            self.item("/standards", "w-nav-standards", None, section == Section::Standards),
            self.item("/overseas", "w-nav-overseas", None, section == Section::Overseas),
            self.item("/handbook", "w-nav-handbook", None, section == Section::Handbook),
            self.group("/ledger", "w-nav-ledger", section == Section::Ledger),
            self.item("/verify", "w-nav-verify", None, section == Section::Verify),
            self.item("/accounts", "w-nav-accounts", None, section == Section::Accounts),
            self.item("/settings", "w-nav-settings", None, section == Section::Settings),
        ])
    }

    /// Whether whoever is signed in may do the action of a word.
    pub(crate) fn may(&self, word: &str) -> bool {
        Action::from_word(word).is_some_and(|action| self.visitor.may(action))
    }

    fn item(&self, href: &'static str, key: &str, count: Option<u64>, current: bool) -> Item {
        let count = count.map(thousands).unwrap_or_default();
        Item { href, label: self.t(key), count, current, first_of_group: false }
    }

    fn group(&self, href: &'static str, key: &str, current: bool) -> Item {
        Item { first_of_group: true, ..self.item(href, key, None, current) }
    }

    /// The words of a key.
    pub(crate) fn t(&self, key: &str) -> String {
        words::t(self.lang, key)
    }

    /// The words of a key with one value.
    pub(crate) fn v(&self, key: &str, name: &str, value: impl Display) -> String {
        words::tr(self.lang, key, &[(name, value.to_string())])
    }

    /// The words of a key that mentions a count, `n`.
    pub(crate) fn n(&self, key: &str, n: impl Display) -> String {
        self.v(key, "n", n)
    }

    /// The tag of the language.
    pub(crate) fn tag(&self) -> &'static str {
        self.lang.tag()
    }

    /// The tag of the other language.
    pub(crate) fn other(&self) -> &'static str {
        match self.lang {
            Lang::Zh => Lang::En.tag(),
            Lang::En => Lang::Zh.tag(),
        }
    }

    /// The words of a key that says something else on a station.
    pub(crate) fn r(&self, key: &str) -> String {
        if self.station { self.t(&format!("{key}-station")) } else { self.t(key) }
    }

    /// Whether the dark theme was chosen.
    pub(crate) fn dark(&self) -> bool {
        self.theme == Some("dark")
    }
}

/// The entries named by `?wrote=17` or `?wrote=17-21`, if there are such entries.
fn wrote(desk: &Desk) -> Result<Option<(u64, String)>, Problem> {
    let Some((_, query)) = desk.visitor.path.split_once('?') else { return Ok(None) };
    let query = Input::parse(query.as_bytes());
    let typed = query.get("wrote");
    let (first, last) = typed.split_once('-').unwrap_or((typed, typed));
    let (Ok(first), Ok(last)) = (first.parse::<u64>(), last.parse::<u64>()) else {
        return Ok(None);
    };
    if first > last || last >= desk.reader.chain()?.size {
        return Ok(None);
    }
    let words = if first == last { first.to_string() } else { format!("{first}–{last}") };
    Ok(Some((first, words)))
}

/// A count with separators: 18,204.
pub(crate) fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped() {
        for (count, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (18_204_000, "18,204,000")] {
            assert_eq!(thousands(count), text);
        }
    }
}
