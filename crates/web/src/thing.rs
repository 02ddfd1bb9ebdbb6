//! Pages of one thing as data: what is known, what was said, what came of it, and its timeline.

use askama::Template;
use axum::response::Response;
use domain::Number;

use crate::describe::Line;
use crate::desk::Desk;
use crate::list::{Act, Table};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::Link;

/// A part of the page.
pub(crate) struct Part {
    pub(crate) title: String,
    pub(crate) body: Body,
    pub(crate) acts: Vec<Act>,
}

/// What a part shows.
pub(crate) enum Body {
    /// Words, as somebody wrote them.
    Words(String),
    /// A table.
    Table(Table),
    /// That there is nothing yet.
    Nothing(String),
}

/// The page of a thing.
pub(crate) struct Thing {
    pub(crate) crumb: Link,
    pub(crate) no: String,
    pub(crate) title: String,
    pub(crate) lead: String,
    pub(crate) acts: Vec<Act>,
    /// Remarks above all: a class of a note, and words.
    pub(crate) notes: Vec<(&'static str, String)>,
    pub(crate) parts: Vec<Part>,
    pub(crate) facts: Vec<(String, String, String)>,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "thing.html")]
struct Page {
    s: Shell,
    thing: Thing,
}

impl Thing {
    /// The page of a number, with its timeline and nothing else yet.
    pub(crate) fn new(
        desk: &Desk,
        no: Number,
        (list, label): (&str, &str),
        title: String,
    ) -> Result<Self, Problem> {
        let mut lines = desk.lines(&desk.reader.timeline(no)?, Some(no));
        lines.reverse();
        Ok(Self { lines, ..Self::below(desk, no, (list, label), title) })
    }

    /// A page below that of a number, which leads back there: without a timeline.
    pub(crate) fn below(
        desk: &Desk,
        no: Number,
        (list, label): (&str, &str),
        title: String,
    ) -> Self {
        Self {
            crumb: Link { href: list.to_owned(), no: String::new(), name: desk.t(label) },
            no: no.to_string(),
            title,
            lead: String::new(),
            acts: Vec::new(),
            notes: Vec::new(),
            parts: Vec::new(),
            facts: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// The page of something without a number, called by a name; its timeline is told, newest first.
    pub(crate) fn of(
        desk: &Desk,
        name: &str,
        crumb: Link,
        title: String,
        records: &[store::Record],
    ) -> Self {
        Self {
            crumb,
            no: name.to_owned(),
            title,
            lead: String::new(),
            acts: Vec::new(),
            notes: Vec::new(),
            parts: Vec::new(),
            facts: Vec::new(),
            lines: desk.lines(records, None),
        }
    }

    /// A fact: a label and words; left out when there are none.
    pub(crate) fn fact(&mut self, desk: &Desk, label: &str, words: impl Into<String>) {
        let words = words.into();
        if !words.is_empty() {
            self.facts.push((desk.t(label), words, String::new()));
        }
    }

    /// A fact that leads to a thing.
    pub(crate) fn fact_of(&mut self, desk: &Desk, label: &str, no: Option<Number>) {
        if let Some(no) = no {
            let link = desk.link(no);
            self.facts.push((desk.t(label), format!("{} {}", link.name, link.no), link.href));
        }
    }

    /// A part with words; left out when there are none.
    pub(crate) fn words(&mut self, desk: &Desk, title: &str, words: impl Into<String>) {
        let words = words.into();
        if !words.is_empty() {
            self.part(desk, title, Body::Words(words));
        }
    }

    /// A part with a table, or the words of `none` when it is empty.
    pub(crate) fn table(&mut self, desk: &Desk, title: &str, table: Table, none: &str) {
        let body =
            if table.rows.is_empty() { Body::Nothing(desk.t(none)) } else { Body::Table(table) };
        self.part(desk, title, body);
    }

    /// A part with a table under a title of its own.
    pub(crate) fn table_called(&mut self, title: String, table: Table) {
        self.parts.push(Part { title, body: Body::Table(table), acts: Vec::new() });
    }

    fn part(&mut self, desk: &Desk, title: &str, body: Body) {
        self.parts.push(Part { title: desk.t(title), body, acts: Vec::new() });
    }

    /// The page.
    pub(crate) fn page(self, desk: &Desk, section: Section) -> Result<Response, Problem> {
        reply::html(&Page { s: desk.shell(section)?, thing: self })
    }
}
