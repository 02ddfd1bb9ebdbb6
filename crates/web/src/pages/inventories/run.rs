//! Starting an inventory from a page: it runs beside the pages, and the list says how far it is.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::response::Response;
use domain::Number;
use office::Trouble;
use office::matching::Control;
use office::matching::inventory::InventoryForm;

use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form};
use crate::input::{Errors, Input, Posted, Reading};
use crate::list::{Cell, Table};
use crate::problem::Problem;
use crate::reply;
use crate::shell::{Section, thousands};
use crate::show::{Status, size};
use crate::visitor::Member;

/// How a run ended.
type End = Result<Option<Number>, (&'static str, Vec<(&'static str, String)>)>;

/// A run that goes on, or the last one that ended.
struct Run {
    control: Arc<Control>,
    path: String,
    end: Option<End>,
}

/// The one run that a node does at a time.
#[derive(Default)]
pub(crate) struct Runs(Mutex<Option<Run>>);

impl Runs {
    fn goes_on(&self) -> bool {
        let run = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        run.as_ref().is_some_and(|run| run.end.is_none())
    }

    fn begin(&self, path: &str, control: &Arc<Control>) {
        let run = Run { control: control.clone(), path: path.to_owned(), end: None };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(run);
    }

    fn end(&self, end: End) {
        if let Some(run) = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            run.end = Some(end);
        }
    }

    /// How far the run is, or how it ended.
    pub(crate) fn table(&self, desk: &Desk) -> Option<(String, Table)> {
        let run = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let run = run.as_ref()?;
        let [files, all, bytes, found] = run.control.progress();
        let (status, to) = match &run.end {
            None => (Status::new("due", desk.t("w-inventory-running")), String::new()),
            Some(Ok(no)) => {
                (Status::new("ok", desk.t("w-inventory-done")), no.map(href).unwrap_or_default())
            }
            Some(Err((key, args))) => {
                let args: Vec<(&str, &str)> = args.iter().map(|(n, v)| (*n, &**v)).collect();
                (Status::new("bad", desk.tr(key, &args)), String::new())
            }
        };
        let heads = [
            ("w-inventory-folder", ""),
            ("w-inventory-state", ""),
            ("match-figure-files", "n"),
            ("w-inventory-size", "n p2"),
            ("w-inventory-candidates", "n p2"),
        ];
        let path = match to.is_empty() {
            true => Cell::text(run.path.clone()),
            false => Cell::link(to, run.path.clone()),
        };
        let row = vec![
            path,
            Cell::status(status),
            Cell::text(format!("{}/{}", thousands(files), thousands(all))),
            Cell::text(size(bytes)),
            Cell::text(thousands(found)),
        ];
        Some((desk.t("w-inventory-run"), Table::new(desk, &heads).with([row])))
    }
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    Ok(Form::new(desk, "w-inventory-new", "/inventories/new".into(), "w-inventory-do")
        .lead(desk.t("w-inventory-new-lead"))
        .crumb(desk, "/inventories", "w-nav-inventories")
        .aside(
            desk,
            &["w-inventory-new-aside", "w-inventory-new-aside-1", "w-inventory-new-aside-2"],
        )
        .ask(
            Field::text(desk, "path", "w-inventory-folder", input)
                .hint(desk, "w-inventory-folder-hint"),
        )
        .ask(
            Field::text(desk, "what", "field-inventory-what", input)
                .hint(desk, "w-inventory-what-hint")
                .skip(),
        ))
}

/// `GET /inventories/new`.
pub(crate) async fn form(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::default();
        make(desk, &input)?.page(desk, Section::Inventories, &input, &Errors::new())
    })
    .await
}

/// `POST /inventories/new`: begins, and leads to the list, which says how far it is.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let mut reading = Reading::new(desk, &posted.input);
        let path = reading.must_text("path", "w-inventory-folder");
        let form = InventoryForm {
            what: reading.text("what"),
            // The pages go on being served beside it.
            hands: 1,
            ..InventoryForm::new(PathBuf::from(&path))
        };
        if reading.is_right() && desk.app.inventories.goes_on() {
            reading.wrong("path", "w-inventory-goes-on");
        }
        if reading.is_right()
            && let Err(trouble) = office::matching::inventory::check_folder(&form.path)
        {
            let args = trouble.args();
            let args: Vec<(&str, &str)> = args.iter().map(|(n, v)| (*n, &**v)).collect();
            reading.errors.push(("path".into(), desk.tr(trouble.key(), &args)));
        }
        if !reading.is_right() {
            let errors = reading.errors;
            return make(desk, &posted.input)?.page(
                desk,
                Section::Inventories,
                &posted.input,
                &errors,
            );
        }
        let ask = reading.ask();
        let unlocked = posted.session.unlocked.clone().ok_or(Trouble::Locked)?;
        let control = Arc::new(Control::default());
        desk.app.inventories.begin(&path, &control);
        let app = desk.app.clone();
        std::thread::spawn(move || {
            let office = &app.office;
            let taken = office.take_inventory(&form, &unlocked, &control);
            let end = taken.and_then(|mut inventory| {
                Ok(office.record_inventory(&ask, &mut inventory)?.number)
            });
            app.inventories.end(end.map_err(|trouble| (trouble.key(), trouble.args())));
        });
        Ok(reply::see_other("/inventories"))
    })
    .await
}
