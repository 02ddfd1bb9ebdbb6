//! 登记密点: five questions, a page to check the answers, then the ledger.
//!
//! Between the form and the check the answers are in memory and the files are sealed (see `spool`).

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::Series;
use domain::terms::{Class, Form as InfoForm, Level};
use office::{Ask, SecretForm, Trouble};

use super::{fields, written};
use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Field, Form, levels, numbers, terms};
use crate::input::{Errors, Input, Posted, Reading};
use crate::list::Act;
use crate::problem::Problem;
use crate::reply;
use crate::session::Draft;
use crate::shell::{Section, Shell};
use crate::show;
use crate::visitor::Member;

#[derive(Template)]
#[template(path = "pages/register/check.html")]
struct Check {
    s: Shell,
    draft: String,
    level: String,
    level_class: &'static str,
    rows: Vec<Answer>,
    statements: Vec<String>,
    files: Vec<String>,
    warnings: Vec<String>,
    check: super::point::View,
}

/// An answer to be checked, with the question where it is changed.
struct Answer {
    label: String,
    value: String,
    field: &'static str,
}

/// The registration's form.
fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let people = desk.reader.people()?.into_iter().map(|person| person.no);
    let classes = terms(desk, input, "class", "class", Class::ALL.iter().map(|c| c.word()));
    let forms = InfoForm::ALL.iter().map(|form| form.word());
    let mut forms = terms(desk, input, "form", "form", forms);
    forms.insert(0, crate::form::Choice::new("", desk.t("w-choose-later"), false));
    let mut form = Form::new(desk, "w-register", "/secrets/new".into(), "w-next-check")
        .lead(desk.t("w-register-lead"))
        .crumb(desk, "/secrets", "w-nav-secrets")
        .aside(desk, &["w-register-aside", "w-register-aside-1", "w-register-aside-2"])
        .ask(Field::text(desk, "title", "w-title", input).hint(desk, "w-title-hint"))
        .ask(Field::radio(desk, "class", "w-class", classes, input).row())
        .ask(
            Field::radio(desk, "level", "w-level", levels(desk, input), input)
                .hint(desk, "w-level-hint"),
        )
        .ask(
            Field::area(desk, "statements", "w-statements", input)
                .hint(desk, "w-statements-hint")
                .skip(),
        )
        .ask(
            Field::files(desk, "carriers", "w-carriers", input)
                .hint(desk, "w-carriers-hint")
                .skip(),
        )
        .ask_more(Field::select(desk, "form", "w-form", forms, input).skip())
        .ask_more(
            Field::select(
                desk,
                "owner",
                "w-owner",
                numbers(desk, input, "owner", "w-choose-later", people),
                input,
            )
            .skip(),
        )
        .ask_more(Field::text(desk, "department", "w-department", input).skip())
        .ask_more(Field::day(desk, "happened", "w-formed", input).skip())
        .ask_more(Field::day(desk, "review", "w-review", input).hint(desk, "w-review-hint").skip())
        .ask_more(
            Field::area(desk, "origin", "w-origin-story", input).hint(desk, "w-origin-hint").skip(),
        )
        .ask_more(Field::area(desk, "public", "w-public", input).hint(desk, "w-public-hint").skip())
        .ask_more(Field::area(desk, "value", "w-value", input).hint(desk, "w-value-hint").skip());
    form.acts.push(Act::new(desk, "/fields", "w-fields"));
    form.back = "/secrets".into();
    form.steps = ["w-step-fill", "w-step-check", "w-step-write"].map(|key| desk.t(key)).into();
    Ok(form)
}

/// Reads the answers; `None` when some are wrong, which the reading notes.
fn read(r: &mut Reading<'_>) -> Option<SecretForm> {
    let title = r.must_text("title", "w-title");
    let class = r.must_term("class", Class::from_word);
    let level = r.must_term("level", Level::from_word);
    let form = SecretForm {
        title,
        class: class.unwrap_or(Class::Technical),
        form: r.term("form", InfoForm::from_word),
        level: level.unwrap_or(Level::Core),
        owner: r.number("owner", Series::Person),
        department: r.text("department"),
        review: r.day("review"),
        happened: r.day("happened"),
        origin: r.text("origin"),
        public: r.text("public"),
        value: r.text("value"),
        statements: statements(r.input),
        carriers: Vec::new(),
    };
    // What the rules would refuse later is better said while the form is open.
    if form.form.and_then(InfoForm::class).is_some_and(|of| of != form.class) {
        r.wrong("form", "refusal-form-of-other-class");
    }
    if form.happened.is_some_and(|day| day > r.desk.today()) {
        r.wrong("happened", "w-not-in-future");
    }
    if let Some(word) = ["绝密", "机密"].into_iter().find(|word| form.title.contains(word)) {
        let words = r.desk.tr("refusal-state-secret-word", &[("word", word)]);
        r.errors.push(("title".into(), words));
    }
    r.is_right().then_some(form)
}

/// Whether a gap of a skeleton was left in what was taken from it.
fn has_gap(form: &SecretForm) -> bool {
    let texts = [&form.origin, &form.public, &form.value].into_iter().flatten();
    texts.chain(&form.statements).any(|text| text.contains(catalog::field::GAP))
}

/// One statement a line.
fn statements(input: &Input) -> Vec<String> {
    let lines = input.get("statements").lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// `GET /secrets/new`, or with `?draft=…` to change what was typed.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let query = Input::parse(query.unwrap_or_default().as_bytes());
        let draft = desk.visitor.session.as_ref().and_then(|s| s.draft(query.get("draft")));
        if let Some(no) = draft.as_ref().and_then(|draft| draft.done()) {
            return Ok(reply::see_other(&href(no)));
        }
        let begun = draft.map(|draft| draft.input.clone());
        let input = begun.or_else(|| fields::prefilled(desk, &query)).unwrap_or_default();
        make(desk, &input)?.page(desk, Section::Secrets, &input, &Errors::new())
    })
    .await
}

/// `POST /secrets/new`: keeps the answers and leads to their check.
pub(crate) async fn keep(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let mut reading = Reading::new(desk, &posted.input);
        if read(&mut reading).is_none() {
            let errors = reading.errors;
            let form = make(desk, &posted.input)?;
            return form.page(desk, Section::Secrets, &posted.input, &errors);
        }
        let Ask { key, .. } = reading.ask();
        let id = hex::encode(desk.office().random::<12>());
        let to = format!("/secrets/new/check?draft={id}");
        let draft = Draft { input: posted.input, key, done: std::sync::Mutex::new(None) };
        posted.session.keep_draft(id, draft);
        Ok(reply::see_other(&to))
    })
    .await
}

/// `GET /secrets/new/check?draft=…`.
pub(crate) async fn check(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let query = Input::parse(query.unwrap_or_default().as_bytes());
        let id = query.get("draft");
        let draft = desk.visitor.session.as_ref().and_then(|session| session.draft(id));
        let Some(draft) = draft else { return Ok(reply::see_other("/secrets/new")) };
        if let Some(no) = draft.done() {
            return Ok(reply::see_other(&href(no)));
        }
        let input = &draft.input;
        let mut reading = Reading::new(desk, input);
        let Some(form) = read(&mut reading) else {
            return make(desk, input)?.page(desk, Section::Secrets, input, &reading.errors);
        };
        let warnings = [
            (form.statements.is_empty(), "w-check-no-statement"),
            (input.files("carriers").next().is_none(), "w-check-no-carrier"),
            (has_gap(&form), "w-check-gap"),
        ];
        let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
        let has_carrier = input.files("carriers").next().is_some();
        let attacks = desk.office().check_form(&desk.reader, &form, has_carrier, unlocked)?;
        let page = Check {
            // What was typed is theirs who typed it.
            check: super::point::View::new(desk, &attacks, None, true),
            draft: id.to_owned(),
            rows: answers(desk, &form),
            level: desk.t(&format!("level-{}", form.level.word())),
            level_class: show::level_class(form.level),
            statements: form.statements,
            files: input
                .files("carriers")
                .map(|file| format!("{} · {}", file.name, show::size(file.size)))
                .collect(),
            warnings: warnings.iter().filter(|w| w.0).map(|w| desk.t(w.1)).collect(),
            s: desk.shell(Section::Secrets)?,
        };
        reply::html(&page)
    })
    .await
}

fn answers(desk: &Desk, form: &SecretForm) -> Vec<Answer> {
    let unfilled = || desk.t("w-unfilled");
    let text = |text: &Option<String>| text.clone().unwrap_or_else(unfilled);
    let answer = |key: &str, value: String, field| Answer { label: desk.t(key), value, field };
    let kind = form.form.map(|form| desk.t(&format!("form-{}", form.word())));
    let owner = form.owner.map(|no| format!("{} {no}", desk.name(no)));
    let review = form.review.or_else(|| desk.today().plus_days(365));
    vec![
        answer("w-title", form.title.clone(), "title"),
        answer("w-class", desk.t(&format!("class-{}", form.class.word())), "class"),
        answer("w-form", kind.unwrap_or_else(unfilled), "form"),
        answer("w-owner", owner.unwrap_or_else(unfilled), "owner"),
        answer("w-department", text(&form.department), "department"),
        answer("w-formed", form.happened.map_or_else(unfilled, |d| d.to_string()), "happened"),
        answer("w-review", show::day(review), "review"),
        answer("w-origin-story", text(&form.origin), "origin"),
        answer("w-public", text(&form.public), "public"),
        answer("w-value", text(&form.value), "value"),
    ]
}

/// `POST /secrets/new/check`: writes the registration. Sent twice, it is written once.
pub(crate) async fn write(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let Some(draft) = posted.session.draft(posted.input.get("draft")) else {
            return Ok(reply::see_other("/secrets/new"));
        };
        // Held while writing: a second click waits, then sees what the first has done.
        let mut done = draft.done.lock().unwrap_or_else(|broken| broken.into_inner());
        if let Some(no) = *done {
            return Ok(reply::see_other(&href(no)));
        }
        let input = &draft.input;
        let mut reading = Reading::new(desk, input);
        let ask = Ask { by: desk.by(), key: draft.key };
        let result = match read(&mut reading) {
            Some(form) => reading
                .sources("carriers")
                .and_then(|carriers| {
                    desk.office().register_secret(&ask, SecretForm { carriers, ..form })
                })
                .map(Some),
            None => Ok(None),
        };
        match result {
            Ok(Some(receipt)) => {
                let no = receipt.number.ok_or(Trouble::UnknownEntry(receipt.first))?;
                *done = Some(no);
                posted.session.finish_draft(posted.input.get("draft"), draft.key, no);
                posted.session.drop_uploads(&input.all_files());
                return Ok(written(&href(no), &receipt));
            }
            Ok(None) => {}
            Err(trouble) => reading.refused(trouble)?,
        }
        make(desk, input)?.page(desk, Section::Secrets, input, &reading.errors)
    })
    .await
}
