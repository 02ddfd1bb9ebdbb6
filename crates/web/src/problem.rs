//! What went wrong, as a page: what happened, then the next step.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use office::{Sort, Trouble};
use store::StoreError;
use words::Lang;

use crate::desk::Desk;
use crate::reply;
use crate::shell::{Section, Shell};

/// What went wrong.
#[derive(Debug)]
pub(crate) enum Problem {
    /// There is no such page, or nothing that may be known.
    NotFound,
    /// The role of whoever is signed in does not include it.
    Forbidden,
    /// The office can't.
    Trouble(Box<Trouble>),
    /// The form was made for another session.
    Stale,
    /// More was sent than is taken.
    TooLarge,
    /// What was sent ended early.
    CutOff,
    /// Somebody else's passphrase is being tried, or too many were wrong: seconds to wait.
    Wait(i64),
    /// The public has written too much: seconds to wait.
    Busy(i64),
    /// The answer took too long.
    Slow,
    /// The request is not meant for this node, or comes from another's page.
    Foreign(StatusCode, &'static str),
    /// A fault of this program.
    Broken(&'static str),
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(Box::new(trouble))
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Trouble::from(error).into()
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct Page {
    s: Shell,
    title: String,
    words: String,
    next: String,
}

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Trouble(trouble) => match trouble.sort() {
                Sort::Refused => StatusCode::UNPROCESSABLE_ENTITY,
                Sort::NotFound => StatusCode::NOT_FOUND,
                Sort::Locked => StatusCode::FORBIDDEN,
                Sort::Conflict => StatusCode::CONFLICT,
                Sort::Broken => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Self::Stale | Self::Forbidden => StatusCode::FORBIDDEN,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::CutOff => StatusCode::BAD_REQUEST,
            Self::Wait(_) | Self::Busy(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Slow => StatusCode::SERVICE_UNAVAILABLE,
            Self::Foreign(status, _) => *status,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn words(&self, lang: Lang) -> String {
        match self {
            Self::NotFound => words::t(lang, "w-not-found"),
            Self::Trouble(trouble) => words_of(lang, trouble),
            Self::Stale => words::t(lang, "w-stale"),
            Self::Forbidden => words::t(lang, "w-forbidden"),
            Self::TooLarge => words::t(lang, "w-too-large"),
            Self::CutOff => words::t(lang, "w-cut-off"),
            Self::Wait(seconds) => words::tr(lang, "w-wait", &[("n", seconds.to_string())]),
            Self::Busy(seconds) => words::tr(lang, "w-busy", &[("n", seconds.to_string())]),
            Self::Slow => words::t(lang, "w-slow"),
            Self::Foreign(_, key) | Self::Broken(key) => words::t(lang, key),
        }
    }

    fn title_key(&self) -> &'static str {
        match self.status() {
            StatusCode::NOT_FOUND => "w-title-not-found",
            StatusCode::INTERNAL_SERVER_ERROR => "w-title-broken",
            StatusCode::TOO_MANY_REQUESTS => "w-title-wait",
            _ => "w-title-refused",
        }
    }

    /// The page of a problem.
    pub(crate) fn page(self, desk: &Desk) -> Response {
        self.log();
        let lang = desk.lang();
        let Ok(s) = desk.shell(Section::None) else { return self.bare(lang) };
        let page = Page {
            title: desk.t(self.title_key()),
            words: self.words(lang),
            next: desk.t(match self.status() {
                StatusCode::INTERNAL_SERVER_ERROR => "w-next-doctor",
                StatusCode::NOT_FOUND => "w-next-search",
                _ => "w-next-back",
            }),
            s,
        };
        let status = self.status();
        reply::html_with(status, &page).unwrap_or_else(|_| self.bare(lang))
    }

    /// The same in plain text, for when no page can be made.
    pub(crate) fn bare(&self, lang: Lang) -> Response {
        let media = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
        (self.status(), media, format!("{}\n", self.words(lang))).into_response()
    }

    /// Logs a fault once, with its causes. Errors of the rooms hold facts, never content.
    fn log(&self) {
        if let Self::Trouble(trouble) = self
            && trouble.sort() == Sort::Broken
        {
            let mut line = format!("web: {}: {trouble}", trouble.key());
            let mut cause = std::error::Error::source(&**trouble);
            while let Some(error) = cause {
                line.push_str(&format!(": {error}"));
                cause = error.source();
            }
            eprintln!("{line}");
        }
    }
}

/// The words of a trouble. Values that are keys themselves are put into words first.
pub(crate) fn words_of(lang: Lang, trouble: &Trouble) -> String {
    let args: Vec<(&str, String)> = trouble
        .args()
        .into_iter()
        .map(|(name, value)| match name {
            "field" => (name, words::t(lang, &value)),
            _ => (name, value),
        })
        .collect();
    words::tr(lang, trouble.key(), &args)
}
