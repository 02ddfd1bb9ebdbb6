//! Forms that change a secret point. What stands in the ledger stays: each adds entries.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::terms::{Form as InfoForm, Level};
use domain::{Number, Series};
use office::RevisionForm;
use store::read::SecretRow;

use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, levels, numbers, terms};
use crate::input::{Errors, Input, Posted};
use crate::pages::{number, submit};
use crate::problem::Problem;
use crate::shell::Section;
use crate::visitor::Member;

/// A form about a secret point, empty at first.
async fn blank(
    app: App,
    Member(visitor): Member,
    no: String,
    make: impl FnOnce(&Desk, Number, &Input) -> Result<Form, Problem> + Send + 'static,
    input: impl FnOnce(&SecretRow) -> Input + Send + 'static,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let no = number(&no, Series::Secret)?;
        let row = desk.reader.secret_row(no)?.ok_or(Problem::NotFound)?;
        let input = input(&row);
        make(desk, no, &input)?.page(desk, Section::Secrets, &input, &Errors::new())
    })
    .await
}

fn nothing(_: &SecretRow) -> Input {
    Input::default()
}

fn frame(desk: &Desk, no: Number, title: &str, to: &str, button: &str) -> Form {
    Form::new(desk, title, format!("{}/{to}", href(no)), button)
        .crumb(desk, "/secrets", "w-nav-secrets")
        .about(desk, no)
}

fn why(desk: &Desk, input: &Input) -> Field {
    Field::text(desk, "why", "field-why", input).hint(desk, "w-why-hint")
}

// Properties.

fn make_revise(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    let row = desk.reader.secret_row(no)?.ok_or(Problem::NotFound)?;
    let fits = InfoForm::ALL.iter().filter(|form| form.class().is_none_or(|c| c == row.class));
    let mut forms = terms(desk, input, "form", "form", fits.map(|form| form.word()));
    forms.insert(0, Choice::new("", desk.t("w-unchanged"), false));
    let people = desk.reader.people()?.into_iter().map(|person| person.no);
    let owners = numbers(desk, input, "owner", "w-unchanged", people);
    Ok(frame(desk, no, "w-revise", "revise", "w-do-write")
        .lead(desk.t("w-revise-lead"))
        .aside(desk, &["w-revise-aside", "w-revise-aside-1"])
        .ask(Field::day(desk, "review", "w-review", input).hint(desk, "w-revise-review-hint"))
        .ask(Field::text(desk, "title", "w-title", input))
        .ask(Field::text(desk, "department", "w-department", input))
        .ask(Field::select(desk, "owner", "w-owner", owners, input))
        .ask(Field::select(desk, "form", "w-form", forms, input))
        .ask(Field::day(desk, "happened", "w-formed", input))
        .ask(Field::area(desk, "origin", "w-origin-story", input).hint(desk, "w-new-words").skip())
        .ask(Field::area(desk, "public", "w-public", input).hint(desk, "w-new-words").skip())
        .ask(Field::area(desk, "value", "w-value", input).hint(desk, "w-new-words").skip())
        .ask(why(desk, input)))
}

fn as_it_stands(row: &SecretRow) -> Input {
    let day = |day: Option<domain::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    Input::of([
        ("title", row.title.clone()),
        ("department", row.department.clone().unwrap_or_default()),
        ("owner", row.owner.map(|no| no.to_string()).unwrap_or_default()),
        ("form", row.form.map(|form| form.word().to_owned()).unwrap_or_default()),
        ("happened", day(row.happened)),
        ("review", day(row.review)),
    ])
}

/// `GET /secrets/MD-0001/revise`.
pub(crate) async fn revise(
    State(app): State<App>,
    member: Member,
    Path(no): Path<String>,
) -> Response {
    blank(app, member, no, make_revise, as_it_stands).await
}

/// `POST /secrets/MD-0001/revise`: only what differs is written.
pub(crate) async fn send_revise(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Secret)?;
        let row = desk.reader.secret_row(no)?.ok_or(Problem::NotFound)?;
        submit(
            desk,
            Section::Secrets,
            &posted,
            |desk, input| make_revise(desk, no, input),
            |r| {
                let form = RevisionForm {
                    title: r.text("title").filter(|title| *title != row.title),
                    form: r.term("form", InfoForm::from_word).filter(|f| Some(*f) != row.form),
                    owner: r
                        .number("owner", Series::Person)
                        .filter(|owner| Some(*owner) != row.owner),
                    department: r
                        .text("department")
                        .filter(|department| Some(department) != row.department.as_ref()),
                    review: r.day("review").filter(|day| Some(*day) != row.review),
                    happened: r.day("happened").filter(|day| Some(*day) != row.happened),
                    origin: r.text("origin"),
                    public: r.text("public"),
                    value: r.text("value"),
                    why: r.must_text("why", "field-why"),
                    ..RevisionForm::default()
                };
                if !r.is_right() {
                    return Ok(None);
                }
                let receipt = desk.office().revise_secret(&r.ask(), no, form)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}

/// Sends a revision that has one change beside its reason.
async fn one_change(
    app: App,
    no: String,
    posted: Posted,
    make: impl FnOnce(&Desk, Number, &Input) -> Result<Form, Problem> + Send + 'static,
    change: impl FnOnce(
        &mut crate::input::Reading<'_>,
        &mut RevisionForm,
    ) -> Result<(), office::Trouble>
    + Send
    + 'static,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Secret)?;
        submit(
            desk,
            Section::Secrets,
            &posted,
            |desk, input| make(desk, no, input),
            |r| {
                let mut form = RevisionForm::default();
                change(r, &mut form)?;
                form.why = r.must_text("why", "field-why");
                if !r.is_right() {
                    return Ok(None);
                }
                let receipt = desk.office().revise_secret(&r.ask(), no, form)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}

// Statements.

fn make_state(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    Ok(frame(desk, no, "w-state", "state", "w-do-write")
        .lead(desk.t("w-state-lead"))
        .aside(desk, &["w-state-aside", "w-state-aside-1", "w-state-aside-2"])
        .ask(Field::area(desk, "text", "field-statement", input).hint(desk, "w-statement-hint"))
        .ask(why(desk, input)))
}

/// `GET /secrets/MD-0001/state`.
pub(crate) async fn state(
    State(app): State<App>,
    member: Member,
    Path(no): Path<String>,
) -> Response {
    blank(app, member, no, make_state, nothing).await
}

/// `POST /secrets/MD-0001/state`.
pub(crate) async fn send_state(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    one_change(app, no, posted, make_state, |r, form| {
        form.state = vec![r.must_text("text", "field-statement")];
        Ok(())
    })
    .await
}

fn make_restate(desk: &Desk, no: Number, part: u32, input: &Input) -> Result<Form, Problem> {
    Ok(frame(desk, no, "w-restate", &format!("statements/{part}"), "w-do-write")
        .lead(desk.n("w-restate-lead", part))
        .ask(Field::area(desk, "text", "field-statement", input).hint(desk, "w-statement-hint"))
        .ask(why(desk, input)))
}

/// `GET /secrets/MD-0001/statements/1`. The old text is not put into the field: it is content, and
/// is shown only on request.
pub(crate) async fn restate(
    State(app): State<App>,
    member: Member,
    Path((no, part)): Path<(String, u32)>,
) -> Response {
    blank(app, member, no, move |desk, no, input| make_restate(desk, no, part, input), nothing)
        .await
}

/// `POST /secrets/MD-0001/statements/1`.
pub(crate) async fn send_restate(
    State(app): State<App>,
    Path((no, part)): Path<(String, u32)>,
    posted: Posted,
) -> Response {
    let make = move |desk: &Desk, no, input: &Input| make_restate(desk, no, part, input);
    one_change(app, no, posted, make, move |r, form| {
        form.restate = vec![(part, r.must_text("text", "field-statement"))];
        Ok(())
    })
    .await
}

fn make_unstate(desk: &Desk, no: Number, part: u32, input: &Input) -> Result<Form, Problem> {
    Ok(frame(desk, no, "w-unstate", &format!("statements/{part}/back"), "w-do-unstate")
        .lead(desk.n("w-unstate-lead", part))
        .danger()
        .ask(why(desk, input)))
}

/// `GET /secrets/MD-0001/statements/1/back`.
pub(crate) async fn unstate(
    State(app): State<App>,
    member: Member,
    Path((no, part)): Path<(String, u32)>,
) -> Response {
    blank(app, member, no, move |desk, no, input| make_unstate(desk, no, part, input), nothing)
        .await
}

/// `POST /secrets/MD-0001/statements/1/back`.
pub(crate) async fn send_unstate(
    State(app): State<App>,
    Path((no, part)): Path<(String, u32)>,
    posted: Posted,
) -> Response {
    let make = move |desk: &Desk, no, input: &Input| make_unstate(desk, no, part, input);
    one_change(app, no, posted, make, move |_, form| {
        form.unstate = vec![part];
        Ok(())
    })
    .await
}

// Carriers.

fn make_carry(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    Ok(frame(desk, no, "w-carry", "carriers", "w-do-write")
        .lead(desk.t("w-carry-lead"))
        .ask(why(desk, input))
        .ask(Field::files(desk, "files", "w-carriers", input).hint(desk, "w-carriers-hint")))
}

/// `GET /secrets/MD-0001/carriers`.
pub(crate) async fn carry(
    State(app): State<App>,
    member: Member,
    Path(no): Path<String>,
) -> Response {
    blank(app, member, no, make_carry, nothing).await
}

/// `POST /secrets/MD-0001/carriers`.
pub(crate) async fn send_carry(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    one_change(app, no, posted, make_carry, |r, form| {
        form.carriers = r.sources("files")?;
        if form.carriers.is_empty() {
            r.wrong("files", "w-choose-file");
        }
        Ok(())
    })
    .await
}

fn make_retire(desk: &Desk, no: Number, part: u32, input: &Input) -> Result<Form, Problem> {
    Ok(frame(desk, no, "w-retire", &format!("carriers/{part}/retire"), "w-do-retire")
        .lead(desk.n("w-retire-lead", part))
        .danger()
        .ask(why(desk, input)))
}

/// `GET /secrets/MD-0001/carriers/1/retire`.
pub(crate) async fn retire(
    State(app): State<App>,
    member: Member,
    Path((no, part)): Path<(String, u32)>,
) -> Response {
    blank(app, member, no, move |desk, no, input| make_retire(desk, no, part, input), nothing).await
}

/// `POST /secrets/MD-0001/carriers/1/retire`.
pub(crate) async fn send_retire(
    State(app): State<App>,
    Path((no, part)): Path<(String, u32)>,
    posted: Posted,
) -> Response {
    let make = move |desk: &Desk, no, input: &Input| make_retire(desk, no, part, input);
    one_change(app, no, posted, make, move |_, form| {
        form.retire = vec![part];
        Ok(())
    })
    .await
}

// Level and end.

fn make_level(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    Ok(frame(desk, no, "w-relevel", "level", "w-do-write")
        .lead(desk.t("w-relevel-lead"))
        .ask(
            Field::radio(desk, "level", "w-level", levels(desk, input), input)
                .hint(desk, "w-level-hint"),
        )
        .ask(why(desk, input)))
}

/// `GET /secrets/MD-0001/level`.
pub(crate) async fn level(
    State(app): State<App>,
    member: Member,
    Path(no): Path<String>,
) -> Response {
    let now = |row: &SecretRow| Input::of([("level", row.level.word().to_owned())]);
    blank(app, member, no, make_level, now).await
}

/// `POST /secrets/MD-0001/level`.
pub(crate) async fn send_level(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Secret)?;
        submit(
            desk,
            Section::Secrets,
            &posted,
            |desk, input| make_level(desk, no, input),
            |r| {
                let why = r.must_text("why", "field-why");
                let Some(to) = r.must_term("level", Level::from_word) else { return Ok(None) };
                if !r.is_right() {
                    return Ok(None);
                }
                let receipt = desk.office().level_secret(&r.ask(), no, to, why)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}

fn make_declassify(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    Ok(frame(desk, no, "w-declassify", "declassify", "w-do-declassify")
        .lead(desk.t("w-declassify-lead"))
        .danger()
        .ask(Field::day(desk, "happened", "w-since", input).skip())
        .ask(why(desk, input)))
}

/// `GET /secrets/MD-0001/declassify`.
pub(crate) async fn declassify(
    State(app): State<App>,
    member: Member,
    Path(no): Path<String>,
) -> Response {
    blank(app, member, no, make_declassify, nothing).await
}

/// `POST /secrets/MD-0001/declassify`.
pub(crate) async fn send_declassify(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Secret)?;
        submit(
            desk,
            Section::Secrets,
            &posted,
            |desk, input| make_declassify(desk, no, input),
            |r| {
                let (happened, why) = (r.day("happened"), r.must_text("why", "field-why"));
                if !r.is_right() {
                    return Ok(None);
                }
                let receipt = desk.office().declassify_secret(&r.ask(), no, happened, why)?;
                Ok(Some((href(no), receipt)))
            },
        )
    })
    .await
}

// Merging and splitting.

fn make_merge(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    let filter = store::read::SecretFilter { limit: 500, ..Default::default() };
    let rows = desk.reader.secrets(&filter)?.rows;
    let others = rows.into_iter().filter(|row| row.state.is_open() && row.no != no);
    let others = numbers(desk, input, "into", "w-choose-one", others.map(|row| row.no));
    Ok(frame(desk, no, "w-merge", "merge", "w-merge")
        .lead(desk.t("w-merge-lead"))
        .aside(desk, &["w-merge-aside", "w-merge-aside-1", "w-merge-aside-2"])
        .danger()
        .ask(Field::select(desk, "into", "field-into", others, input))
        .ask(why(desk, input)))
}

/// `GET /secrets/MD-0001/merge`.
pub(crate) async fn merge(
    State(app): State<App>,
    member: Member,
    Path(no): Path<String>,
) -> Response {
    blank(app, member, no, make_merge, nothing).await
}

/// `POST /secrets/MD-0001/merge`.
pub(crate) async fn send_merge(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Secret)?;
        let make = |desk: &Desk, input: &Input| make_merge(desk, no, input);
        submit(desk, Section::Secrets, &posted, make, |r| {
            let into = r.must_number("into", Series::Secret);
            let why = r.must_text("why", "field-why");
            let (Some(into), true) = (into, r.is_right()) else { return Ok(None) };
            let unlocked = desk.unlocked().ok_or(office::Trouble::Locked)?;
            let receipt = desk.office().merge_secret(&r.ask(), (no, into), why, unlocked)?;
            Ok(Some((href(into), receipt)))
        })
    })
    .await
}

fn make_split(desk: &Desk, no: Number, input: &Input) -> Result<Form, Problem> {
    let card = desk.reader.secret(no)?.ok_or(Problem::NotFound)?;
    let statements = super::people::statement_choices(desk, no, input)?;
    let carriers = card.carriers.iter().filter(|row| !row.retired).map(|row| row.no);
    let carriers = crate::form::parts(desk, input, "carriers", "w-carrier-no", carriers);
    let mut form = frame(desk, no, "w-split", "split", "w-split")
        .lead(desk.t("w-split-lead"))
        .aside(desk, &["w-split-aside", "w-split-aside-1"])
        .ask(Field::text(desk, "title", "w-title", input).hint(desk, "w-split-title-hint"))
        .ask(Field::ticks(desk, "statements", "field-split-statements", statements, input));
    if card.carriers.iter().any(|row| !row.retired) {
        form = form
            .ask(Field::ticks(desk, "carriers", "field-split-carriers", carriers, input).skip());
    }
    Ok(form.ask(why(desk, input)))
}

/// `GET /secrets/MD-0001/split`.
pub(crate) async fn split(
    State(app): State<App>,
    member: Member,
    Path(no): Path<String>,
) -> Response {
    blank(app, member, no, make_split, nothing).await
}

/// `POST /secrets/MD-0001/split`.
pub(crate) async fn send_split(
    State(app): State<App>,
    Path(no): Path<String>,
    posted: Posted,
) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let no = number(&no, Series::Secret)?;
        let make = |desk: &Desk, input: &Input| make_split(desk, no, input);
        submit(desk, Section::Secrets, &posted, make, |r| {
            let title = r.must_text("title", "w-title");
            let statements = r.parts("statements").unwrap_or_default();
            let carriers = r.parts("carriers").unwrap_or_default();
            if statements.is_empty() {
                r.wrong("statements", "w-split-choose");
            }
            let why = r.must_text("why", "field-why");
            if !r.is_right() {
                return Ok(None);
            }
            let unlocked = desk.unlocked().ok_or(office::Trouble::Locked)?;
            let form = office::SplitForm { secret: no, statements, carriers, title, why };
            let receipt = desk.office().split_secret(&r.ask(), form, unlocked)?;
            let to = receipt.number.map_or_else(|| href(no), href);
            Ok(Some((to, receipt)))
        })
    })
    .await
}
