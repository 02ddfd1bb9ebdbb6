//! Starting a sweep from a page: it runs beside the pages, and the list says how far it is.

use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use domain::{Number, Series};
use office::Trouble;
use office::matching::{Build, Control, Options, check_paths};

use crate::desk::{App, Desk, at_desk};
use crate::form::{Choice, Field, Form, numbers};
use crate::input::{Errors, Input, Posted, Reading};
use crate::pages::comparisons;
use crate::problem::Problem;
use crate::reply;
use crate::runs::Words;
use crate::shell::Section;
use crate::visitor::Member;

/// How a run is told.
pub(super) const WORDS: Words = Words {
    title: "w-sweep-run",
    what: "w-sweep-path",
    state: "w-sweep-result",
    size: "match-figure-size",
    found: Some("match-figure-hits"),
    running: "w-sweep-running",
    done: "w-sweep-done",
};

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let secrets = numbers(desk, input, "secret", "w-any", comparisons::secrets(desk)?);
    let fresh = vec![Choice::new("yes", desk.t("w-sweep-fresh-yes"), input.has("fresh", "yes"))];
    Ok(Form::new(desk, "w-sweep-new", "/sweeps/new".into(), "w-sweep-do")
        .lead(desk.t("w-sweep-new-lead"))
        .crumb(desk, "/sweeps", "w-nav-sweeps")
        .aside(
            desk,
            &[
                "w-sweep-new-aside",
                "w-sweep-new-aside-1",
                "w-sweep-new-aside-2",
                "w-sweep-new-aside-3",
            ],
        )
        .ask(Field::text(desk, "path", "w-sweep-path", input).hint(desk, "w-sweep-path-hint"))
        .ask(
            Field::text(desk, "what", "w-sweep-what", input).hint(desk, "w-sweep-what-hint").skip(),
        )
        .ask_more(Field::select(desk, "secret", "w-pubcheck-secret", secrets, input).skip())
        .ask_more(Field::ticks(desk, "fresh", "w-sweep-fresh", fresh, input).skip()))
}

/// `GET /sweeps/new`.
pub(crate) async fn form(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::default();
        make(desk, &input)?.page(desk, Section::Sweeps, &input, &Errors::new())
    })
    .await
}

/// `POST /sweeps/new`: begins, and leads to the list, which says how far it is.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let mut r = Reading::new(desk, &posted.input);
        let path = r.must_text("path", "w-sweep-path");
        let only: Vec<Number> = r.number("secret", Series::Secret).into_iter().collect();
        let options = Options {
            what: r.text("what"),
            only,
            // The pages go on being served beside it.
            hands: 1,
            ..Options::new(vec![PathBuf::from(&path)])
        };
        let fresh = posted.input.has("fresh", "yes");
        if r.is_right() && desk.app.sweeps.goes_on() {
            r.wrong("path", "w-sweep-goes-on");
        }
        if r.is_right()
            && let Err(trouble) = check_paths(&options.paths)
        {
            let args = trouble.args();
            let args: Vec<(&str, &str)> = args.iter().map(|(n, v)| (*n, &**v)).collect();
            r.errors.push(("path".into(), desk.tr(trouble.key(), &args)));
        }
        if !r.is_right() {
            let errors = r.errors;
            return make(desk, &posted.input)?.page(desk, Section::Sweeps, &posted.input, &errors);
        }
        let (ask, build) = (r.ask(), desk.office().ask(&desk.by()));
        let unlocked = posted.session.unlocked.clone().ok_or(Trouble::Locked)?;
        let control = Arc::new(Control::default());
        desk.app.sweeps.begin(&path, &control);
        let app = desk.app.clone();
        std::thread::spawn(move || {
            let office = &app.office;
            let swept = office
                .protected(&build, &unlocked, &Build::default())
                .and_then(|index| office.sweep_on(&index, &options, &control, (&unlocked, fresh)));
            let end = swept.and_then(|mut swept| office.record_sweep(&ask, &mut swept));
            app.sweeps.end(end.map(|receipt| receipt.number));
        });
        Ok(reply::see_other("/sweeps"))
    })
    .await
}
