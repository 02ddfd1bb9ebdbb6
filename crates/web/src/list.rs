//! Lists as data: one template draws them all, with the same filters, tables and pagers.

use askama::Template;
use axum::response::Response;

use crate::desk::Desk;
use crate::form::Choice;
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::{Chip, Pager, Status};

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
