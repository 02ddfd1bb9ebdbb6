//! Forms as data: one template draws them all, with the same errors, hints and keys.

use std::borrow::Cow;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::Number;
use domain::terms::Level;

use crate::desk::Desk;
use crate::input::{Errors, Input};
use crate::list::{Act, Table};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, Shell};
use crate::show::{self, Link};

/// One of several answers.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    /// A small line below it.
    pub(crate) sub: String,
    /// The class of a level's seal; empty for an ordinary label.
    pub(crate) seal: &'static str,
    pub(crate) on: bool,
}

/// A file that came with an earlier try.
pub(crate) struct KeptFile {
    pub(crate) id: String,
    pub(crate) words: String,
}

/// How a question is answered.
pub(crate) enum Kind {
    Text,
    /// What was typed is never shown again. The value says what a browser may fill in.
    Password(&'static str),
    Area,
    Day,
    Select(Vec<Choice>),
    Radio(Vec<Choice>),
    Ticks(Vec<Choice>),
    Files(Vec<KeptFile>),
}

/// A question.
pub(crate) struct Field {
    pub(crate) name: Cow<'static, str>,
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) value: String,
    pub(crate) kind: Kind,
    pub(crate) error: String,
    pub(crate) may_skip: bool,
    /// Whether choices stand beside each other.
    pub(crate) row: bool,
}

/// A form and the page around it.
pub(crate) struct Form {
    pub(crate) title: String,
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) submit: String,
    pub(crate) danger: bool,
    pub(crate) back: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) more: Vec<Field>,
    pub(crate) crumbs: Vec<Link>,
    pub(crate) steps: Vec<String>,
    pub(crate) aside: Vec<String>,
    pub(crate) hidden: Vec<(&'static str, String)>,
    /// Ways on, beside the title.
    pub(crate) acts: Vec<Act>,
    /// What is to be looked at first, each with its title.
    pub(crate) above: Vec<(String, Table)>,
    /// Whether nothing is asked any more.
    pub(crate) closed: bool,
}

#[derive(Template)]
#[template(path = "form.html")]
struct Page {
    s: Shell,
    form: Form,
    key: String,
    multipart: bool,
    errors: Vec<Fault>,
}

/// An error in the summary, with the place where it is mended.
struct Fault {
    href: String,
    words: String,
}

impl Form {
    /// A form without questions yet.
    pub(crate) fn new(desk: &Desk, title: &str, action: String, submit: &str) -> Self {
        Self {
            title: desk.t(title),
            lead: String::new(),
            back: action.rsplit_once('/').map_or_else(|| "/".into(), |(back, _)| back.into()),
            action,
            submit: desk.t(submit),
            danger: false,
            fields: Vec::new(),
            more: Vec::new(),
            crumbs: Vec::new(),
            steps: Vec::new(),
            aside: Vec::new(),
            hidden: Vec::new(),
            acts: Vec::new(),
            above: Vec::new(),
            closed: false,
        }
    }

    /// The sentence below the title.
    pub(crate) fn lead(mut self, words: String) -> Self {
        self.lead = words;
        self
    }

    /// The way back: a list and perhaps a thing on it.
    pub(crate) fn crumb(mut self, desk: &Desk, href: &str, label: &str) -> Self {
        let crumb = Link { href: href.into(), no: String::new(), name: desk.t(label) };
        self.crumbs.push(crumb);
        self
    }

    /// With a title of its own instead of that of a key.
    pub(crate) fn titled(mut self, title: String) -> Self {
        self.title = title;
        self
    }

    /// The thing that the form is about; cancelling leads back to it.
    pub(crate) fn about(mut self, desk: &Desk, no: Number) -> Self {
        let link = desk.link(no);
        self.back = link.href.clone();
        self.crumbs.push(link);
        self
    }

    /// Explanations beside the form: the first is its title.
    pub(crate) fn aside(mut self, desk: &Desk, keys: &[&str]) -> Self {
        self.aside = keys.iter().map(|key| desk.t(key)).collect();
        self
    }

    /// What can't be taken back is said in red.
    pub(crate) fn danger(mut self) -> Self {
        self.danger = true;
        self
    }

    /// A question.
    pub(crate) fn ask(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    /// A question that is folded away at first.
    pub(crate) fn ask_more(mut self, field: Field) -> Self {
        self.more.push(field);
        self
    }

    /// Shows the form with what was typed and what is wrong.
    pub(crate) fn page(
        mut self,
        desk: &Desk,
        section: Section,
        input: &Input,
        errors: &Errors,
    ) -> Result<Response, Problem> {
        let s = desk.shell(section)?;
        // A form that failed keeps its key: nothing was carried out under it.
        let mut key = [0; 16];
        if hex::decode_to_slice(input.get("key"), &mut key).is_err() {
            key = desk.office().random();
        }
        for field in self.fields.iter_mut().chain(&mut self.more) {
            let words = errors.iter().find(|(name, _)| *name == field.name);
            field.error = words.map(|(_, words)| words.clone()).unwrap_or_default();
        }
        let errors = self.faults(desk, errors);
        let multipart =
            self.fields.iter().chain(&self.more).any(|f| matches!(f.kind, Kind::Files(_)));
        let status = match errors.is_empty() {
            true => StatusCode::OK,
            false => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let page = Page { s, form: self, key: hex::encode(key), multipart, errors };
        reply::html_with(status, &page)
    }
}

impl Form {
    /// The errors in the order of their questions, each naming its question.
    fn faults(&self, desk: &Desk, errors: &Errors) -> Vec<Fault> {
        let fields: Vec<&Field> = self.fields.iter().chain(&self.more).collect();
        let mut faults: Vec<(usize, Fault)> = errors
            .iter()
            .map(|(name, words)| {
                let at = fields.iter().position(|field| field.name == *name);
                let words = match at.map(|at| &fields[at].label) {
                    Some(label) if !words.contains(&**label) => {
                        desk.tr("w-error-at", &[("field", label), ("words", words)])
                    }
                    _ => words.clone(),
                };
                let href = fields.get(at.unwrap_or(0)).map(|field| format!("#f-{}", field.name));
                (at.unwrap_or(0), Fault { href: href.unwrap_or_else(|| "#main".into()), words })
            })
            .collect();
        faults.sort_by_key(|(at, _)| *at);
        faults.into_iter().map(|(_, fault)| fault).collect()
    }
}

impl Page {
    /// Whether a folded question has an answer or an error, so that it must be seen.
    fn more_open(&self) -> bool {
        self.form.more.iter().any(|field| !field.value.is_empty() || !field.error.is_empty())
    }
}

impl Field {
    fn new(
        desk: &Desk,
        name: impl Into<Cow<'static, str>>,
        label: &str,
        kind: Kind,
        input: &Input,
    ) -> Self {
        let name = name.into();
        Self {
            label: desk.t(label),
            hint: String::new(),
            value: input.get(&name).to_owned(),
            name,
            kind,
            error: String::new(),
            may_skip: false,
            row: false,
        }
    }

    /// One line.
    pub(crate) fn text(
        desk: &Desk,
        name: impl Into<Cow<'static, str>>,
        label: &str,
        input: &Input,
    ) -> Self {
        Self::new(desk, name, label, Kind::Text, input)
    }

    /// A password; `fill` is the token of HTML's `autocomplete`.
    pub(crate) fn password(
        desk: &Desk,
        name: &'static str,
        label: &str,
        fill: &'static str,
    ) -> Self {
        Self::new(desk, name, label, Kind::Password(fill), &Input::default())
    }

    /// Several lines.
    pub(crate) fn area(desk: &Desk, name: &'static str, label: &str, input: &Input) -> Self {
        Self::new(desk, name, label, Kind::Area, input)
    }

    /// A day, as it stands on paper.
    pub(crate) fn day(desk: &Desk, name: &'static str, label: &str, input: &Input) -> Self {
        let field = Self::new(desk, name, label, Kind::Day, input);
        Self { hint: desk.t("w-day-hint"), ..field }
    }

    /// One of many.
    pub(crate) fn select(
        desk: &Desk,
        name: &'static str,
        label: &str,
        choices: Vec<Choice>,
        input: &Input,
    ) -> Self {
        Self::new(desk, name, label, Kind::Select(choices), input)
    }

    /// One of few.
    pub(crate) fn radio(
        desk: &Desk,
        name: &'static str,
        label: &str,
        choices: Vec<Choice>,
        input: &Input,
    ) -> Self {
        Self::new(desk, name, label, Kind::Radio(choices), input)
    }

    /// Any of several.
    pub(crate) fn ticks(
        desk: &Desk,
        name: &'static str,
        label: &str,
        choices: Vec<Choice>,
        input: &Input,
    ) -> Self {
        Self::new(desk, name, label, Kind::Ticks(choices), input)
    }

    /// Files.
    pub(crate) fn files(desk: &Desk, name: &'static str, label: &str, input: &Input) -> Self {
        let kept = input
            .files(name)
            .map(|file| KeptFile {
                id: file.id.clone(),
                words: desk
                    .tr("w-kept-file", &[("name", &file.name), ("size", &show::size(file.size))]),
            })
            .collect();
        Self::new(desk, name, label, Kind::Files(kept), input)
    }

    /// With words of its own instead of those of a key.
    pub(crate) fn labelled(mut self, label: String) -> Self {
        self.label = label;
        self
    }

    /// The same for the line that says what to write.
    pub(crate) fn hinted(mut self, hint: String) -> Self {
        self.hint = hint;
        self
    }

    /// A line that says what to write.
    pub(crate) fn hint(mut self, desk: &Desk, key: &str) -> Self {
        self.hint = desk.t(key);
        self
    }

    /// It may be left out.
    pub(crate) fn skip(mut self) -> Self {
        self.may_skip = true;
        self
    }

    /// Choices beside each other.
    pub(crate) fn row(mut self) -> Self {
        self.row = true;
        self
    }

    fn is(&self, name: &str) -> bool {
        match self.kind {
            Kind::Text => name == "text",
            Kind::Password(_) => name == "password",
            Kind::Area => name == "area",
            Kind::Day => name == "day",
            Kind::Select(_) => name == "select",
            Kind::Radio(_) => name == "radio",
            Kind::Ticks(_) => name == "ticks",
            Kind::Files(_) => name == "files",
        }
    }

    fn fill(&self) -> &'static str {
        if let Kind::Password(fill) = self.kind { fill } else { "off" }
    }

    fn choices(&self) -> &[Choice] {
        match &self.kind {
            Kind::Select(choices) | Kind::Radio(choices) | Kind::Ticks(choices) => choices,
            _ => &[],
        }
    }

    fn kept(&self) -> &[KeptFile] {
        match &self.kind {
            Kind::Files(kept) => kept,
            _ => &[],
        }
    }

    /// What the answer is described by, for screen readers.
    fn described(&self) -> String {
        let mut ids = Vec::new();
        if !self.error.is_empty() {
            ids.push(format!("e-{}", self.name));
        }
        if !self.hint.is_empty() {
            ids.push(format!("h-{}", self.name));
        }
        ids.join(" ")
    }
}

impl Choice {
    /// A choice with words of its own.
    pub(crate) fn new(value: impl ToString, label: String, on: bool) -> Self {
        Self { value: value.to_string(), label, sub: String::new(), seal: "", on }
    }
}

/// Choices of all terms of a list, by their words in the translation files.
pub(crate) fn terms(
    desk: &Desk,
    input: &Input,
    name: &str,
    prefix: &str,
    words: impl IntoIterator<Item = &'static str>,
) -> Vec<Choice> {
    words
        .into_iter()
        .map(|word| Choice::new(word, desk.t(&format!("{prefix}-{word}")), input.has(name, word)))
        .collect()
}

/// The choices of a level, with what each means.
pub(crate) fn levels(desk: &Desk, input: &Input) -> Vec<Choice> {
    let mut choices = terms(desk, input, "level", "level", Level::ALL.iter().map(|l| l.word()));
    for (choice, level) in choices.iter_mut().zip(Level::ALL) {
        choice.sub = desk.t(&format!("w-level-{}", level.word()));
        choice.seal = show::level_class(*level);
    }
    choices
}

/// The choices of things by number, with a first line that chooses none.
pub(crate) fn numbers(
    desk: &Desk,
    input: &Input,
    name: &str,
    none: &str,
    all: impl IntoIterator<Item = Number>,
) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", desk.t(none), false)];
    choices.extend(all.into_iter().map(|no| {
        let label = format!("{} {no}", desk.name(no));
        Choice::new(no, label, Number::parse(input.get(name)) == Ok(no))
    }));
    choices
}

/// The choices of parts counted from 1, such as statements.
pub(crate) fn parts(
    desk: &Desk,
    input: &Input,
    name: &str,
    label: &str,
    all: impl IntoIterator<Item = u32>,
) -> Vec<Choice> {
    all.into_iter()
        .map(|part| Choice::new(part, desk.n(label, part), input.has(name, &part.to_string())))
        .collect()
}
