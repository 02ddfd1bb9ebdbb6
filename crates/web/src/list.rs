//! Lists as data: one template draws them all, with the same filters, tables and pagers.

use askama::Template;
use axum::response::Response;
use domain::Period;

use crate::desk::Desk;
use crate::form::Choice;
use crate::input::Input;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell, thousands};
use crate::show::{Chip, Pager, Place, Status, query as href_with};

/// A way on, as a button.
pub(crate) struct Act {
    pub(crate) href: String,
    pub(crate) label: String,
    pub(crate) class: &'static str,
    pub(crate) download: bool,
}

impl Act {
    /// An ordinary one.
    pub(crate) fn new(desk: &Desk, href: impl Into<String>, label: &str) -> Self {
        Self { href: href.into(), label: desk.t(label), class: "", download: false }
    }

    /// The one that most people want.
    pub(crate) fn first(self) -> Self {
        Self { class: "pri", ..self }
    }

    /// It gives a file.
    pub(crate) fn file(self) -> Self {
        Self { download: true, ..self }
    }
}

/// A filter with values to choose from.
pub(crate) struct Select {
    pub(crate) name: &'static str,
    pub(crate) label: String,
    pub(crate) choices: Vec<Choice>,
}

/// A cell of a table.
#[derive(Default)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) href: String,
    pub(crate) sub: String,
    pub(crate) status: Option<Status>,
}

impl Cell {
    /// Words.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Words that lead somewhere.
    pub(crate) fn link(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), ..Self::text(text) }
    }

    /// A state.
    pub(crate) fn status(status: Status) -> Self {
        Self { status: Some(status), ..Self::default() }
    }

    /// A small line below.
    pub(crate) fn sub(self, sub: impl Into<String>) -> Self {
        Self { sub: sub.into(), ..self }
    }
}

/// A table. The first cell of a row is its head; `class` of a column is `n` for figures, `p2` for
/// what a telephone leaves out.
pub(crate) struct Table {
    pub(crate) caption: String,
    pub(crate) heads: Vec<(String, &'static str)>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table with these columns: the key of each and its class.
    pub(crate) fn new(desk: &Desk, heads: &[(&str, &'static str)]) -> Self {
        let heads = heads.iter().map(|(key, class)| (desk.t(key), *class)).collect();
        Self { caption: String::new(), heads, rows: Vec::new() }
    }

    /// With these rows.
    pub(crate) fn with(mut self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// Its cells with the class of their column.
    pub(crate) fn cells<'a>(
        &'a self,
        row: &'a [Cell],
    ) -> impl Iterator<Item = (&'a Cell, &'static str)> {
        row.iter().zip(self.heads.iter().map(|(_, class)| *class))
    }
}

/// A list and the page around it.
pub(crate) struct List {
    pub(crate) path: &'static str,
    pub(crate) title: String,
    pub(crate) lead: String,
    pub(crate) acts: Vec<Act>,
    pub(crate) chips: Vec<Chip>,
    /// What the filter looks for in texts, when it does.
    pub(crate) text: Option<String>,
    pub(crate) selects: Vec<Select>,
    /// Kept by the filter: names and values.
    pub(crate) hidden: Vec<(&'static str, String)>,
    /// Tables above the list, each with its title.
    pub(crate) above: Vec<(String, Table)>,
    pub(crate) table: Table,
    pub(crate) pager: Option<Pager>,
    /// What is said when there is nothing: a title and a sentence.
    pub(crate) none: (String, String),
}

#[derive(Template)]
#[template(path = "list.html")]
struct Page {
    s: Shell,
    list: List,
}

impl List {
    /// A list without filters.
    pub(crate) fn new(desk: &Desk, path: &'static str, title: &str, table: Table) -> Self {
        Self {
            path,
            title: desk.t(title),
            lead: String::new(),
            acts: Vec::new(),
            chips: Vec::new(),
            text: None,
            selects: Vec::new(),
            hidden: Vec::new(),
            above: Vec::new(),
            table,
            pager: None,
            none: (desk.t("w-no-match"), desk.t("w-no-match-why")),
        }
    }

    /// The page.
    pub(crate) fn page(self, desk: &Desk, section: Section) -> Result<Response, Problem> {
        reply::html(&Page { s: desk.shell(section)?, list: self })
    }
}

/// How a filter's word is read: the fixed word, or none for what is no word of it.
pub(crate) type Word = fn(&str) -> Option<&'static str>;

/// What the query of a list asks for: a saved view, words, choices, and the place in it.
pub(crate) struct Asked {
    path: &'static str,
    views: &'static [&'static str],
    pub(crate) view: &'static str,
    pub(crate) q: String,
    chosen: Vec<(&'static str, &'static str)>,
    /// Only what lies in this period: the list behind a figure.
    pub(crate) period: Option<Period>,
    pub(crate) place: Place,
}

impl Asked {
    /// Reads a query. The first view is the blank one; what is unknown is ignored.
    pub(crate) fn read(
        path: &'static str,
        views: &'static [&'static str],
        filters: &[(&'static str, Word)],
        query: Option<String>,
    ) -> Self {
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let view = views.iter().copied().find(|view| *view == input.get("view"));
        let chosen = filters
            .iter()
            .map(|(name, word)| (*name, word(input.get(name)).unwrap_or_default()))
            .collect();
        Self {
            path,
            views,
            view: view.unwrap_or_default(),
            q: input.get("q").chars().take(100).collect(),
            chosen,
            period: Period::parse(input.get("period")),
            place: Place::read(&input),
        }
    }

    /// The word chosen for a filter; blank for any.
    pub(crate) fn chosen(&self, name: &str) -> &'static str {
        self.chosen.iter().find(|(of, _)| *of == name).map_or("", |(_, word)| word)
    }

    /// The same question at another address: another place, or the whole list as a file.
    pub(crate) fn href(&self, path: &str, place: Option<Place>) -> String {
        let [size, page] = place.map(Place::words).unwrap_or_default();
        let period = self.period.map(|period| period.to_string()).unwrap_or_default();
        let mut pairs = vec![("view", self.view), ("q", &*self.q)];
        pairs.extend(&self.chosen);
        pairs.push(("period", &*period));
        pairs.extend([("size", &*size), ("page", &*page)]);
        href_with(path, &pairs)
    }

    /// Puts views with their counts, the filter for words and the pager onto a list of `shown` of
    /// `total` rows. The label of a view is `prefix-` and its word, of the blank one `prefix-all`.
    pub(crate) fn onto(
        &self,
        desk: &Desk,
        list: &mut List,
        prefix: &str,
        (shown, total): (usize, u64),
        mut count: impl FnMut(&str) -> Result<u64, Problem>,
    ) -> Result<(), Problem> {
        for &view in self.views {
            let name = if view.is_empty() { "all" } else { view };
            list.chips.push(Chip {
                href: href_with(self.path, &[("view", view)]),
                label: desk.t(&format!("{prefix}-{name}")),
                count: thousands(count(view)?),
                current: view == self.view,
            });
        }
        if !self.view.is_empty() {
            list.hidden.push(("view", self.view.to_owned()));
        }
        if let Some(period) = self.period {
            list.hidden.push(("period", period.to_string()));
            list.chips.push(out_of(desk, period, self.path));
        }
        list.text = Some(self.q.clone());
        let at = |place| self.href(self.path, Some(place));
        list.pager = Some(self.place.pager(desk, ("w-list-caption", ""), (shown, total), at));
        Ok(())
    }
}

/// That a list is limited to a period, and the way out of it.
pub(crate) fn out_of(desk: &Desk, period: Period, path: &str) -> Chip {
    Chip {
        href: path.to_owned(),
        label: desk.tr("w-only-period", &[("period", &office::period_words(desk.lang(), period))]),
        count: String::new(),
        current: false,
    }
}

/// The choices of a filter by terms, with a first one for any.
pub(crate) fn select(
    desk: &Desk,
    name: &'static str,
    label: &str,
    prefix: &str,
    words: impl IntoIterator<Item = &'static str>,
    on: &str,
) -> Select {
    let mut choices = vec![Choice::new("", desk.t("w-any"), on.is_empty())];
    choices.extend(
        words
            .into_iter()
            .map(|word| Choice::new(word, desk.t(&format!("{prefix}-{word}")), word == on)),
    );
    Select { name, label: desk.t(label), choices }
}
