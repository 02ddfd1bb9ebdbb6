//! A new corpus, by a path on the server or by upload: it is built beside the pages.

use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use domain::terms::CorpusSort;
use office::matching::{Control, CorpusForm, check_paths};

use crate::desk::{App, Desk, at_desk};
use crate::form::{Field, Form, terms};
use crate::input::{Errors, Input, Posted, Reading};
use crate::pages::releases::uploads;
use crate::problem::Problem;
use crate::reply;
use crate::runs::Words;
use crate::shell::Section;
use crate::visitor::Member;

/// The most that is taken by upload; more by a path.
const BYTES_MAX: u64 = 32 << 20;

/// How a run is told.
pub(super) const WORDS: Words = Words {
    title: "w-corpus-run",
    what: "w-corpus-name",
    state: "w-corpus-state",
    size: "w-corpus-size",
    found: None,
    running: "w-corpus-running",
    done: "w-corpus-built",
};

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let words = CorpusSort::ALL.iter().map(|sort| sort.word());
    let sorts = terms(desk, input, "sort", "corpus-sort", words);
    Ok(Form::new(desk, "w-corpus-new", "/corpora/new".into(), "w-corpus-do")
        .lead(desk.t("w-corpus-new-lead"))
        .crumb(desk, "/corpora", "w-nav-corpora")
        .aside(
            desk,
            &[
                "w-corpus-new-aside",
                "w-corpus-new-aside-1",
                "w-corpus-new-aside-2",
                "w-corpus-new-aside-3",
            ],
        )
        .ask(Field::text(desk, "name", "w-corpus-name", input).hint(desk, "w-corpus-name-hint"))
        .ask(Field::radio(desk, "sort", "w-corpus-sort", sorts, input))
        .ask(
            Field::text(desk, "path", "w-corpus-path", input)
                .hint(desk, "w-corpus-path-hint")
                .skip(),
        )
        .ask(
            Field::files(desk, "files", "w-corpus-files", input)
                .hint(desk, "w-corpus-files-hint")
                .skip(),
        )
        .ask(Field::day(desk, "day", "w-corpus-day", input).skip())
        .ask(
            Field::text(desk, "source", "w-corpus-source", input)
                .hint(desk, "w-corpus-source-hint")
                .skip(),
        ))
}

/// `GET /corpora/new`.
pub(crate) async fn form(State(app): State<App>, Member(visitor): Member) -> Response {
    at_desk(app, visitor, |desk| {
        let input = Input::default();
        make(desk, &input)?.page(desk, Section::Corpora, &input, &Errors::new())
    })
    .await
}

/// `POST /corpora/new`: begins, and leads to the list, which says how far it is.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let mut reading = Reading::new(desk, &posted.input);
        let Some(form) = read(desk, &mut reading)? else {
            let errors = reading.errors;
            return make(desk, &posted.input)?.page(desk, Section::Corpora, &posted.input, &errors);
        };
        let ask = reading.ask();
        posted.session.drop_uploads(&posted.input.all_files());
        let control = Arc::new(Control::default());
        desk.app.corpora.begin(&form.name, &control);
        let app = desk.app.clone();
        std::thread::spawn(move || {
            let office = &app.office;
            let built = office.build_corpus(form, &control);
            let recorded = built.and_then(|built| office.record_corpus(&ask, built));
            app.corpora.end(recorded.map(|receipt| receipt.number));
        });
        Ok(reply::see_other("/corpora"))
    })
    .await
}

fn read(desk: &Desk, r: &mut Reading<'_>) -> Result<Option<CorpusForm>, Problem> {
    let name = r.must_text("name", "w-corpus-name");
    let sort = r.must_term("sort", CorpusSort::from_word);
    let day = r.day("day");
    if day.is_some_and(|day| day > desk.today()) {
        r.wrong("day", "w-corpus-day-future");
    }
    let paths: Vec<PathBuf> = r.text("path").map(PathBuf::from).into_iter().collect();
    let texts = uploads(r, "files", BYTES_MAX)?;
    if r.is_right() {
        match (paths.is_empty(), texts.is_empty()) {
            (true, true) => r.wrong("path", "w-corpus-nothing"),
            (false, false) => r.wrong("path", "w-corpus-both"),
            _ if desk.app.corpora.goes_on() => r.wrong("name", "w-corpus-goes-on"),
            _ => {}
        }
    }
    if r.is_right() {
        check(r, "path", &paths);
    }
    let (Some(sort), true) = (sort, r.is_right()) else { return Ok(None) };
    let form = CorpusForm::new(name, sort, paths);
    Ok(Some(CorpusForm { texts, source: r.text("source"), day, ..form }))
}

/// Says beside a question what is wrong with the paths that were given.
pub(crate) fn check(r: &mut Reading<'_>, name: &str, paths: &[PathBuf]) {
    if let Err(trouble) = check_paths(paths) {
        let args = trouble.args();
        let args: Vec<(&str, &str)> = args.iter().map(|(n, v)| (*n, &**v)).collect();
        r.errors.push((name.into(), r.desk.tr(trouble.key(), &args)));
    }
}
