//! Starting an inventory from a page: it runs beside the pages, and the list says how far it is.

use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use office::Trouble;
use office::matching::Control;
use office::matching::inventory::InventoryForm;

use crate::desk::{App, Desk, at_desk};
use crate::form::{Field, Form};
use crate::input::{Errors, Input, Posted, Reading};
use crate::problem::Problem;
use crate::reply;
use crate::runs::Words;
use crate::shell::Section;
use crate::visitor::Member;

/// How a run is told.
pub(super) const WORDS: Words = Words {
    title: "w-inventory-run",
    what: "w-inventory-folder",
    state: "w-inventory-state",
    size: "w-inventory-size",
    found: Some("w-inventory-candidates"),
    running: "w-inventory-running",
    done: "w-inventory-done",
};

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
            app.inventories.end(end);
        });
        Ok(reply::see_other("/inventories"))
    })
    .await
}
