//! Long work begun on a page: it goes on beside the pages, and the list says how far it is.

use std::sync::{Arc, Mutex, PoisonError};

use domain::Number;
use office::Trouble;
use office::matching::Control;

use crate::desk::{Desk, href};
use crate::list::{Cell, Table};
use crate::shell::thousands;
use crate::show::{Status, size};

/// How a run ended.
type End = Result<Option<Number>, (&'static str, Vec<(&'static str, String)>)>;

/// A run that goes on, or the last one that ended.
struct Run {
    control: Arc<Control>,
    what: String,
    end: Option<End>,
}

/// The one run of a kind that a node does at a time.
#[derive(Default)]
pub(crate) struct Runs(Mutex<Option<Run>>);

/// Keys of the words that a kind of run is told by.
pub(crate) struct Words {
    pub(crate) title: &'static str,
    pub(crate) what: &'static str,
    pub(crate) state: &'static str,
    pub(crate) size: &'static str,
    /// What it counts beside files; none, when nothing.
    pub(crate) found: Option<&'static str>,
    pub(crate) running: &'static str,
    pub(crate) done: &'static str,
}

impl Runs {
    pub(crate) fn goes_on(&self) -> bool {
        let run = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        run.as_ref().is_some_and(|run| run.end.is_none())
    }

    pub(crate) fn begin(&self, what: &str, control: &Arc<Control>) {
        let run = Run { control: control.clone(), what: what.to_owned(), end: None };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(run);
    }

    pub(crate) fn end(&self, end: Result<Option<Number>, Trouble>) {
        if let Some(run) = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            run.end = Some(end.map_err(|trouble| (trouble.key(), trouble.args())));
        }
    }

    /// How far the run is, or how it ended.
    pub(crate) fn table(&self, desk: &Desk, words: &Words) -> Option<(String, Table)> {
        let run = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let run = run.as_ref()?;
        let [files, all, bytes, found] = run.control.progress();
        let (status, to) = match &run.end {
            None => (Status::new("due", desk.t(words.running)), String::new()),
            Some(Ok(no)) => {
                (Status::new("ok", desk.t(words.done)), no.map(href).unwrap_or_default())
            }
            Some(Err((key, args))) => {
                let args: Vec<(&str, &str)> = args.iter().map(|(n, v)| (*n, &**v)).collect();
                (Status::new("bad", desk.tr(key, &args)), String::new())
            }
        };
        let mut heads = vec![
            (words.what, ""),
            (words.state, ""),
            ("match-figure-files", "n"),
            (words.size, "n p2"),
        ];
        heads.extend(words.found.map(|found| (found, "n p2")));
        let mut row = vec![
            match to.is_empty() {
                true => Cell::text(run.what.clone()),
                false => Cell::link(to, run.what.clone()),
            },
            Cell::status(status),
            Cell::text(format!("{}/{}", thousands(files), thousands(all))),
            Cell::text(size(bytes)),
        ];
        row.extend(words.found.map(|_| Cell::text(thousands(found))));
        Some((desk.t(words.title), Table::new(desk, &heads).with([row])))
    }
}
