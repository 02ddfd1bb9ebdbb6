//! 生成举证卷宗: what goes in and for whom, a look at contents and gaps, then the file.
//!
//! What is built waits sealed in the spool until the session ends; it never lies on the disk in
//! clear.

use std::cell::RefCell;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::terms::{Action, Purpose};
use domain::{Number, Series};
use office::{BuildForm, Gap, Plan, Trouble, Whom, Withheld};
use store::read::SecretFilter;
use words::Lang;

use crate::desk::{App, Desk, at_desk, href};
use crate::form::{Choice, Field, Form, numbers, terms};
use crate::input::{Errors, Input, Posted, Reading};
use crate::problem::Problem;
use crate::reply;
use crate::session::Parcel;
use crate::shell::{Section, Shell, thousands};
use crate::show::{self, Link};
use crate::visitor::Member;

/// So many secret points are offered by name; with more, numbers are typed.
const OFFERED_MAX: u32 = 40;
/// What report and proofs take at most beside the files (docs/dossier-format.md).
const PAGES_BYTES_MAX: u64 = 256 << 20;
/// What may be left out, by the words of the manifest.
const WITHHOLDABLE: [&str; 4] = ["statements", "carriers", "papers", "names"];

#[derive(Template)]
#[template(path = "pages/build/check.html")]
struct Check {
    s: Shell,
    key: String,
    /// The answers, to be sent on.
    fields: Vec<(&'static str, String)>,
    back: String,
    secrets: Vec<Link>,
    facts: Vec<(String, String)>,
    /// Of what files go along in which names may stand although names are left out.
    unread: Vec<Link>,
    gaps: Vec<GapRow>,
}

/// Something that the records don't show, and what to do about it.
struct GapRow {
    words: String,
    next: String,
    about: Option<Link>,
}

fn make(desk: &Desk, input: &Input) -> Result<Form, Problem> {
    let stated = SecretFilter { limit: OFFERED_MAX + 1, ..SecretFilter::default() };
    let stated = desk.reader.secrets(&stated)?;
    let secrets = match stated.total <= u64::from(OFFERED_MAX) {
        true => {
            let rows = stated.rows.into_iter().filter(|row| row.statements > 0);
            let mut choices = numbers(desk, input, "secret", "w-choose", rows.map(|row| row.no));
            choices.remove(0);
            for choice in &mut choices {
                choice.on = input.all("secret").any(|typed| typed == choice.value);
            }
            Field::ticks(desk, "secret", "w-nav-secrets", choices, input)
                .hint(desk, "w-dossier-secrets-hint")
        }
        false => {
            let typed: Vec<&str> = input.all("secret").collect();
            let field = Field::text(desk, "secret", "w-nav-secrets", input);
            Field { value: typed.join(" "), ..field }.hint(desk, "w-dossier-type-hint")
        }
    };
    let purposes = Purpose::ALL.iter().map(|purpose| purpose.word());
    let purposes = terms(desk, input, "purpose", "purpose", purposes);
    let languages = [(Lang::Zh, "w-language-zh"), (Lang::En, "w-language-en")];
    let languages = languages
        .map(|(lang, key)| Choice::new(lang.tag(), desk.t(key), input.has("language", lang.tag())));
    let withhold = terms(desk, input, "withhold", "w-withhold", WITHHOLDABLE);
    let mut form = Form::new(desk, "w-do-dossier", "/dossiers/new".into(), "w-next-plan")
        .lead(desk.t("w-dossier-new-lead"))
        .crumb(desk, "/dossiers", "w-nav-dossiers")
        .aside(desk, &["w-dossier-aside", "w-dossier-aside-1", "w-dossier-aside-2"])
        .ask(secrets)
        .ask(
            Field::radio(desk, "purpose", "w-purpose", purposes, input)
                .hint(desk, "w-dossier-purpose-hint"),
        )
        .ask(
            Field::ticks(desk, "withhold", "w-withheld", withhold, input)
                .hint(desk, "w-dossier-withhold-hint")
                .skip()
                .row(),
        )
        .ask(Field::radio(desk, "language", "w-dossier-language", languages.into(), input).row());
    if let Ok(incident) = Number::parse(input.get("incident")) {
        form.hidden.push(("incident", incident.to_string()));
        form.lead = desk.tr("w-dossier-of-incident", &[("no", &desk.called(incident))]);
    }
    form.steps = ["w-step-fill", "w-step-plan", "w-step-build"].map(|key| desk.t(key)).into();
    Ok(form)
}

/// Reads the answers; `None` when some are wrong, which the reading notes.
fn read(r: &mut Reading<'_>) -> Option<BuildForm> {
    let typed = r.input.all("secret").flat_map(|typed| typed.split([' ', ',', '，', '、']));
    let secrets: Vec<Option<Number>> = typed
        .filter(|typed| !typed.is_empty())
        .map(|typed| Number::parse(typed).ok().filter(|no| no.series == Series::Secret))
        .collect();
    if secrets.is_empty() || secrets.contains(&None) {
        r.wrong("secret", "w-dossier-which");
    }
    let purpose = r.must_term("purpose", Purpose::from_word)?;
    let language = r.term("language", Lang::from_tag).unwrap_or(r.desk.lang());
    let leaves = |word: &str| r.input.has("withhold", word);
    let withheld = Withheld {
        statements: leaves("statements"),
        carriers: leaves("carriers"),
        papers: leaves("papers"),
        names: leaves("names"),
    };
    let secrets = secrets.into_iter().flatten().collect();
    let incident = r.number("incident", Series::Incident);
    if incident.is_some() && !r.desk.may(Action::KeepIncidents) {
        r.wrong("incident", "w-choose");
    }
    r.is_right().then_some(BuildForm { secrets, purpose, language, withheld, incident })
}

/// The answers as fields.
fn fields(form: &BuildForm) -> Vec<(&'static str, String)> {
    let mut fields: Vec<_> = form.secrets.iter().map(|no| ("secret", no.to_string())).collect();
    fields.push(("purpose", form.purpose.word().to_owned()));
    fields.extend(form.incident.map(|no| ("incident", no.to_string())));
    fields.push(("language", form.language.tag().to_owned()));
    fields.extend(form.withheld.words().into_iter().map(|word| ("withhold", word)));
    fields
}

/// The address of a step with these answers; they are numbers and terms, never content.
pub(crate) fn address(path: &str, fields: &[(&'static str, String)]) -> String {
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, &**value)).collect();
    show::query(path, &pairs)
}

/// `GET /dossiers/new`, with the answers so far in the query. At first content and names are left
/// out: whoever needs them in says so.
pub(crate) async fn form(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let mut input = Input::parse(query.unwrap_or_default().as_bytes());
        if input.get("language").is_empty() {
            let secrets = input.all("secret").map(|no| ("secret", no.to_owned()));
            let left_out = Withheld::CAUTIOUS.words().into_iter().map(|word| ("withhold", word));
            let language = ("language", desk.lang().tag().to_owned());
            let purpose = ("purpose", input.get("purpose").to_owned());
            let incident = ("incident", input.get("incident").to_owned());
            input = Input::of(secrets.chain(left_out).chain([language, purpose, incident]));
        }
        make(desk, &input)?.page(desk, Section::Dossiers, &input, &Errors::new())
    })
    .await
}

/// `POST /dossiers/new`: leads to the look at contents and gaps.
pub(crate) async fn keep(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let mut reading = Reading::new(desk, &posted.input);
        if let Some(form) = read(&mut reading) {
            match desk.office().plan(&desk.reader, form.of(), form.purpose, form.withheld) {
                Ok(_) => {
                    let to = address("/dossiers/new/check", &fields(&form));
                    return Ok(reply::see_other(&to));
                }
                Err(trouble) => refused(&mut reading, trouble)?,
            }
        }
        let errors = reading.errors;
        make(desk, &posted.input)?.page(desk, Section::Dossiers, &posted.input, &errors)
    })
    .await
}

/// What is refused here is about the secret points.
fn refused(reading: &mut Reading<'_>, trouble: Trouble) -> Result<(), Problem> {
    reading.refused(trouble)?;
    for (field, _) in reading.errors.iter_mut().filter(|(field, _)| field.is_empty()) {
        *field = "secret".into();
    }
    Ok(())
}

/// `GET /dossiers/new/check?…`: what would be in it, and what is missing. Builds nothing.
pub(crate) async fn check(
    State(app): State<App>,
    Member(visitor): Member,
    RawQuery(query): RawQuery,
) -> Response {
    at_desk(app, visitor, move |desk| {
        let input = Input::parse(query.unwrap_or_default().as_bytes());
        let mut reading = Reading::new(desk, &input);
        let Some(form) = read(&mut reading) else {
            let errors = reading.errors;
            return make(desk, &input)?.page(desk, Section::Dossiers, &input, &errors);
        };
        let plan = desk.office().plan(&desk.reader, form.of(), form.purpose, form.withheld)?;
        let fields = fields(&form);
        let page = Check {
            key: hex::encode(desk.office().random::<16>()),
            back: address("/dossiers/new", &fields),
            secrets: form.secrets.iter().map(|no| desk.link(*no)).collect(),
            facts: facts(desk, &form, &plan),
            unread: plan.unread.iter().map(|(of, _)| desk.link(*of)).collect(),
            gaps: plan.gaps.iter().map(|gap| gap_row(desk, gap)).collect(),
            fields,
            s: desk.shell(Section::Dossiers)?,
        };
        reply::html(&page)
    })
    .await
}

fn facts(desk: &Desk, form: &BuildForm, plan: &Plan) -> Vec<(String, String)> {
    let language = match form.language {
        Lang::Zh => "w-language-zh",
        Lang::En => "w-language-en",
    };
    let files = [("n", &*thousands(plan.files)), ("size", &*show::size(plan.bytes))];
    let incident = form.incident.map(|no| (desk.t("field-incident"), desk.called(no)));
    let mut facts: Vec<_> = incident.into_iter().collect();
    facts.extend([
        (desk.t("w-purpose"), desk.t(&format!("purpose-{}", form.purpose.word()))),
        (desk.t("w-dossier-language"), desk.t(language)),
        (desk.t("w-withheld"), withheld(desk, &form.withheld.words())),
        (desk.t("w-plan-events"), desk.n("w-plan-events-n", thousands(plan.events))),
        (desk.t("w-plan-files"), desk.tr("w-plan-files-n", &files)),
    ]);
    facts
}

/// What is left out, in words.
pub(crate) fn withheld(desk: &Desk, parts: &[String]) -> String {
    if parts.is_empty() {
        return desk.t("w-withhold-nothing");
    }
    let parts: Vec<String> = parts.iter().map(|w| desk.t(&format!("w-withhold-{w}"))).collect();
    parts.join(&desk.t("w-comma"))
}

fn gap_row(desk: &Desk, gap: &Gap) -> GapRow {
    GapRow {
        words: words::tr(desk.lang(), gap.key, &gap.args),
        next: words::tr(desk.lang(), &gap.next(), &gap.args),
        about: gap.secret.map(|no| desk.link(no)),
    }
}

/// `POST /dossiers`: builds it and leads to its page. Sent twice, it is built once.
pub(crate) async fn send(State(app): State<App>, posted: Posted) -> Response {
    at_desk(app, posted.visitor.clone(), move |desk| {
        let mut reading = Reading::new(desk, &posted.input);
        if let Some(form) = read(&mut reading) {
            let key = reading.ask().key;
            // One at a time: it takes memory, and a second click waits here, then sees what the
            // first has built.
            let _turn = desk.app.building.lock().unwrap_or_else(|broken| broken.into_inner());
            if let Some(parcel) = posted.session.parcel_of(&key) {
                return Ok(reply::see_other(&href(parcel.no)));
            }
            match build(desk, &mut reading, &posted, &form, key) {
                Ok(Some(response)) => return Ok(response),
                Ok(None) => {}
                Err(trouble) => refused(&mut reading, trouble)?,
            }
        }
        let errors = reading.errors;
        make(desk, &posted.input)?.page(desk, Section::Dossiers, &posted.input, &errors)
    })
    .await
}

/// Builds into the spool; `None` when there is no room, which the reading notes.
fn build(
    desk: &Desk,
    reading: &mut Reading<'_>,
    posted: &Posted,
    form: &BuildForm,
    key: [u8; 16],
) -> Result<Option<Response>, Trouble> {
    let (office, spool) = (desk.office(), &desk.app.spool);
    let unlocked = desk.unlocked().ok_or(Trouble::Locked)?;
    let plan = office.plan(&desk.reader, form.of(), form.purpose, form.withheld)?;
    if !spool.has_room_for(plan.bytes.saturating_add(PAGES_BYTES_MAX)) {
        reading.wrong("", "w-dossier-no-room");
        return Ok(None);
    }
    let ask = office::Ask { by: desk.by(), key };
    let grave = RefCell::new(None);
    let vouch = || {
        // Whoever does not answer is in the result and can be asked later. An error means that a
        // witness knows a longer ledger than ours, or that ours can't be read.
        if let Err(trouble) = office.vouch(Whom::WitnessesAndAuthorities) {
            *grave.borrow_mut() = Some(trouble);
        }
    };
    let id = hex::encode(office.random::<16>());
    let (mut file, built) =
        spool.fill(id, |out| office.build_into(&ask, form, unlocked, out, &vouch))?;
    if let Some(trouble) = grave.into_inner() {
        return Err(trouble);
    }
    file.name = format!("{}.zip", built.no);
    let no = built.no;
    let (sha256, stamped) = (built.sha256, built.stamped);
    posted.session.keep_parcel(Parcel { key, no, sha256, stamped, file: file.into() });
    Ok(Some(reply::see_other(&format!("{}?wrote={}", href(no), built.leaf))))
}
