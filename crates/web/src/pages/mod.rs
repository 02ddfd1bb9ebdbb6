//! The pages: one folder each. [`routes`] is the table of contents.

mod account;
mod accounts;
pub(crate) mod activities;
mod agreement;
mod assistance;
mod blind;
mod build;
mod calendar;
pub(crate) mod cases;
mod companies;
mod company;
mod comparisons;
pub(crate) mod controls;
mod copies;
pub(crate) mod corpora;
mod coverage;
mod custody;
mod dashboard;
mod deadlines;
mod disclosure;
mod dossier;
mod dossiers;
mod engagements;
mod entry;
mod exchange;
mod exit;
mod experts;
mod fields;
mod find;
mod finds;
mod handbook;
pub(crate) mod incidents;
mod intake;
pub(crate) mod inventories;
mod ledger;
mod machines;
mod matrix;
mod measure;
mod measures;
mod organisations;
pub(crate) mod overseas;
pub(crate) mod overview;
mod papers;
mod partner;
mod partners;
mod people;
mod person;
mod point;
mod prescriptions;
mod procedure;
mod procedures;
mod public;
mod public_checks;
mod recognitions;
mod register;
mod releases;
mod requests;
mod secret;
mod secrets;
mod services;
mod settings;
mod standard;
mod standards;
mod sweeps;
mod tasks;
mod templates;
pub(crate) mod today;
mod unlock;
mod verify;
mod versions;
mod visits;
pub(crate) mod warnings;
mod works;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{Method, Uri};
use axum::response::Response;
use axum::routing::{get, post};
use domain::terms::Role;
use domain::{Number, Series};
use office::Trouble;
use store::Receipt;

use crate::assets;
use crate::desk::{App, Desk, at_desk};
use crate::form::Form;
use crate::input::{Input, Posted, Reading};
use crate::problem::Problem;
use crate::reply;
use crate::shell::Section;
use crate::visitor::{Member, Visitor};

/// Every address of a node of this role.
pub(crate) fn routes(role: Role) -> Router<App> {
    let own = match role {
        Role::Enterprise => enterprise(),
        Role::Station => station(),
    };
    own.merge(common())
        .method_not_allowed_fallback(no_such_method)
        // Forms count what they take themselves, piece by piece.
        .layer(DefaultBodyLimit::disable())
}

/// The addresses of any node.
fn common() -> Router<App> {
    Router::new()
        .route("/find", get(find::go))
        .route("/verify", get(verify::form).post(verify::send))
        .route("/exchange/import", get(exchange::wishes::take).post(exchange::wishes::send_take))
        .route("/exchange/{no}", get(exchange::link))
        .route("/exchange/{no}/bundle", get(exchange::bundle))
        .route(
            "/exchange/{no}/write",
            get(exchange::wishes::write).post(exchange::wishes::send_write),
        )
        .route("/exchange/{no}/end", get(exchange::wishes::end).post(exchange::wishes::send_end))
        .route(
            "/exchange/{no}/{way}/{seq}",
            get(exchange::letter::show).post(exchange::letter::open),
        )
        .route("/exchange/{no}/{way}/{seq}/files/{at}", post(exchange::letter::file))
        .route("/exchange/{no}/out/{seq}/receipt", get(exchange::letter::receipt))
        .route("/ledger", get(ledger::show))
        .route("/ledger/{idx}", get(entry::show))
        .route("/cases", get(cases::show))
        .route("/cases/new", get(cases::form).post(cases::send))
        .route("/cases/due", get(cases::due))
        .route("/cases/due.csv", get(cases::due_csv))
        .route("/cases/{no}", get(cases::one))
        .route("/cases/{no}/assign", get(cases::assign).post(cases::send_assign))
        .route("/cases/{no}/file", get(cases::file).post(cases::send_file))
        .route("/cases/{no}/documents", get(cases::documents))
        .route("/cases/{no}/documents/{item}", get(cases::document).post(cases::send_document))
        .route("/cases/{no}/documents/{item}/print.pdf", get(cases::print))
        .route("/cases/{no}/figures", get(cases::figures))
        .route("/cases/{no}/figures/{sheet}/{method}", get(cases::reckon).post(cases::send_reckon))
        .route("/cases/{no}/bundle.zip", get(cases::bundle))
        .route("/cases/{no}/papers/{part}", get(cases::paper))
        .route("/cases/{no}/unfile", get(cases::unfile).post(cases::send_unfile))
        .route("/cases/{no}/steps/{step}", get(cases::step).post(cases::send_step))
        .route("/cases/{no}/unstep", get(cases::unstep).post(cases::send_unstep))
        .route("/cases/{no}/standards/{standard}", get(cases::standard))
        .route("/procedures", get(procedures::show))
        .route("/procedures/{procedure}", get(procedure::show))
        .route("/procedures/{procedure}/diagram", get(procedure::diagram))
        .route("/deadlines", get(deadlines::show))
        .route("/overseas", get(overseas::show))
        .route("/overseas/compare", get(overseas::compare))
        .route("/overseas/guide.pdf", get(overseas::pdf))
        .route("/overseas/{country}", get(overseas::one))
        .route("/standards", get(standards::show))
        .route("/standards/{standard}", get(standard::show))
        .route("/handbook", get(handbook::show))
        .route("/handbook.pdf", get(handbook::pdf))
        .route("/handbook/print", get(handbook::print))
        .route("/handbook/glossary", get(handbook::glossary))
        .route("/handbook/{page}", get(handbook::one))
        .route("/fields", get(fields::show))
        .route("/fields/{pack}", get(fields::one))
        .route("/settings", get(settings::show))
        .route("/account", get(account::show))
        .route("/account/password", get(account::form).post(account::send))
        .route("/account/sessions/{id}/end", post(account::end))
        .route("/accounts", get(accounts::show))
        .route("/accounts/rights", get(accounts::rights))
        .route("/accounts/new", get(accounts::form).post(accounts::send))
        .route("/accounts/sessions/{id}/end", get(accounts::end_ask).post(accounts::end))
        .route("/accounts/{no}", get(accounts::one))
        .route("/accounts/{no}/change", get(accounts::change).post(accounts::send_change))
        .route("/accounts/{no}/code", get(accounts::code).post(accounts::send_code))
        .route("/accounts/{no}/close", get(accounts::close).post(accounts::send_close))
        .route("/preferences", post(settings::prefer))
        .route("/unlock", get(unlock::form).post(unlock::send))
        .route("/enter", get(unlock::enter))
        .route("/lock", post(unlock::lock))
        .route("/checkpoint", get(machines::checkpoint))
        .route("/tile/{*path}", get(machines::tile))
        .route("/healthz", get(machines::health))
        .route("/assets/{name}", get(assets::serve))
}

/// The addresses of a company's node.
fn enterprise() -> Router<App> {
    Router::new()
        .route("/", get(today::show))
        .route("/secrets", get(secrets::show))
        .route("/secrets.csv", get(secrets::csv))
        .route("/secrets/new", get(register::form).post(register::keep))
        .route("/secrets/new/check", get(register::check).post(register::write))
        .route("/secrets/{no}", get(secret::show))
        .route("/secrets/{no}/check", get(point::show))
        .route("/secrets/{no}/matrix", get(matrix::show))
        .route("/secrets/{no}/matrix.pdf", get(matrix::pdf))
        .route("/secrets/{no}/versions", get(versions::show))
        .route("/secrets/{no}/merge", get(secret::change::merge).post(secret::change::send_merge))
        .route("/secrets/{no}/split", get(secret::change::split).post(secret::change::send_split))
        .route("/secrets/{no}/destroy", get(custody::destroy).post(custody::send_destroy))
        .route("/people/{no}/erase", get(custody::erase).post(custody::send_erase))
        .route("/holds", get(custody::holds))
        .route("/holds/new", get(custody::new_hold).post(custody::send_hold))
        .route("/holds/{no}/{part}/lift", get(custody::lift).post(custody::send_lift))
        .route("/secrets/{no}/reveal", post(secret::reveal))
        .route("/secrets/{no}/conceal", post(secret::conceal))
        .route(
            "/secrets/{no}/revise",
            get(secret::change::revise).post(secret::change::send_revise),
        )
        .route("/secrets/{no}/state", get(secret::change::state).post(secret::change::send_state))
        .route(
            "/secrets/{no}/statements/{part}",
            get(secret::change::restate).post(secret::change::send_restate),
        )
        .route(
            "/secrets/{no}/statements/{part}/back",
            get(secret::change::unstate).post(secret::change::send_unstate),
        )
        .route(
            "/secrets/{no}/carriers",
            get(secret::change::carry).post(secret::change::send_carry),
        )
        .route("/secrets/{no}/carriers/{part}", post(secret::carrier))
        .route(
            "/secrets/{no}/carriers/{part}/retire",
            get(secret::change::retire).post(secret::change::send_retire),
        )
        .route("/secrets/{no}/level", get(secret::change::level).post(secret::change::send_level))
        .route(
            "/secrets/{no}/declassify",
            get(secret::change::declassify).post(secret::change::send_declassify),
        )
        .route("/secrets/{no}/match", get(secret::people::pair).post(secret::people::send_pair))
        .route("/secrets/{no}/clear", get(secret::people::clear).post(secret::people::send_clear))
        .route(
            "/secrets/{no}/bar/{person}",
            get(secret::people::bar).post(secret::people::send_bar),
        )
        .route("/people", get(people::show))
        .route("/people/new", get(people::form).post(people::send))
        .route("/people/{no}", get(person::show))
        .route("/people/{no}/exit", get(exit::show))
        .route("/partners", get(partners::show))
        .route("/partners/new", get(partners::form).post(partners::send))
        .route("/partners/{no}", get(partner::show))
        .route("/partners/{no}/agree", get(agreement::form).post(agreement::send))
        .route("/agreements/{no}", get(agreement::show))
        .route("/measures", get(measures::show))
        .route("/measures/new", get(measures::form).post(measures::send))
        .route("/measures/{no}", get(measure::show))
        .route("/measures/{no}/end", get(measure::form).post(measure::send))
        .route("/controls", get(controls::show))
        .route("/controls/gaps", get(controls::gaps))
        .route("/controls/score", get(controls::score))
        .route("/controls/report.pdf", get(controls::report))
        .route("/controls/{control}", get(controls::one))
        .route(
            "/controls/{control}/answer",
            get(controls::wishes::answer).post(controls::wishes::send_answer),
        )
        .route(
            "/controls/{control}/assign",
            get(controls::wishes::assign).post(controls::wishes::send_assign),
        )
        .route(
            "/controls/{control}/withdraw",
            get(controls::wishes::withdraw).post(controls::wishes::send_withdraw),
        )
        .route("/disclosures/new", get(disclosure::form).post(disclosure::send))
        .route("/disclosures/{no}", get(disclosure::show))
        .route("/disclosures/{no}/close", get(disclosure::close).post(disclosure::send_close))
        .route("/secrets/{no}/copies", get(copies::issue::form).post(copies::issue::send))
        .route("/copies", get(copies::show))
        .route("/batches/{no}", get(copies::batch))
        .route("/batches/{no}/make", post(copies::make))
        .route("/copies/{no}", get(copies::one))
        .route("/copies/{no}/file", post(copies::file))
        .route("/copies/{no}/receive", get(copies::ends::receive).post(copies::ends::send_receive))
        .route("/copies/{no}/end", get(copies::ends::end).post(copies::ends::send_end))
        .route("/copies/{no}/recall", get(copies::ends::recall).post(copies::ends::send_recall))
        .route("/finds", get(finds::show))
        .route("/finds/new", get(finds::form).post(finds::send))
        .route("/finds/{no}", get(finds::one))
        .route("/finds/{no}/trace", post(finds::trace))
        .route("/finds/{no}/report", post(finds::report))
        .route("/papers/{about}/new", get(papers::form).post(papers::send))
        .route("/papers/{about}/{part}", get(papers::download))
        .route("/dossiers", get(dossiers::show).post(build::send))
        .route("/dossiers/new", get(build::form).post(build::keep))
        .route("/dossiers/new/check", get(build::check))
        .route("/dossiers/{no}", get(dossier::show))
        .route("/dossiers/{no}/file", post(dossier::file))
        .route("/exchange", get(exchange::show))
        .route("/exchange/join", get(exchange::wishes::join).post(exchange::wishes::send_join))
        .route("/exchange/{no}/sync", post(exchange::wishes::sync))
        .route("/exchange/{no}/profile", get(exchange::profile::form).post(exchange::profile::look))
        .route("/exchange/{no}/profile/file", post(exchange::profile::file))
        .route(
            "/exchange/{no}/profile/withdraw",
            get(exchange::profile::withdraw).post(exchange::profile::send_withdraw),
        )
        .route("/tasks", get(tasks::show))
        .route("/tasks/{no}", get(tasks::one))
        .route("/tasks/{no}/progress", get(tasks::form).post(tasks::send))
        .route("/releases", get(releases::show))
        .route("/releases/new", get(releases::form).post(releases::send))
        .route("/releases/{no}", get(releases::one))
        .route("/releases/{no}/passages", post(releases::passages))
        .route("/releases/{no}/answer", get(releases::answer).post(releases::send_answer))
        .route("/sweeps", get(sweeps::show))
        .route("/sweeps/new", get(sweeps::run::form).post(sweeps::run::send))
        .route("/sweeps/{no}", get(sweeps::one))
        .route("/sweeps/{no}/report", post(sweeps::report))
        .route("/inventories", get(inventories::show))
        .route("/inventories/new", get(inventories::form).post(inventories::send))
        .route("/inventories/{no}", get(inventories::one))
        .route("/inventories/{no}/{part}", get(inventories::card).post(inventories::send_card))
        .route("/overseas/assessments", get(overseas::assess::show))
        .route(
            "/overseas/assessments/new",
            get(overseas::assess::form).post(overseas::assess::send),
        )
        .route("/overseas/assessments/{no}", get(overseas::assess::one))
        .route("/overseas/assessments/{no}/report.pdf", get(overseas::assess::report))
        .route("/overseas/assessments/{no}/aid", get(overseas::aid::form).post(overseas::aid::send))
        .route("/overseas/exports", get(overseas::export::show))
        .route("/overseas/exports/new", get(overseas::export::form).post(overseas::export::send))
        .route("/overseas/exports/{no}", get(overseas::export::one))
        .route("/corpora", get(corpora::show))
        .route("/corpora/new", get(corpora::add::form).post(corpora::add::send))
        .route("/corpora/{no}", get(corpora::one))
        .route("/corpora/{no}/remove", get(corpora::remove).post(corpora::send_remove))
        .route("/works", get(works::show))
        .route("/works/new", get(works::form).post(works::send))
        .route("/works/{no}", get(works::one))
        .route("/works/{no}/trace", get(works::trace).post(works::send_trace))
        .route("/blind", get(blind::show))
        .route("/blind/new", get(blind::make::form).post(blind::make::send))
        .route("/blind/answer", get(blind::make::answer).post(blind::make::send_answer))
        .route("/blind/{no}", get(blind::one))
        .route("/blind/{no}/message", get(blind::message))
        .route("/blind/{no}/report.pdf", get(blind::report))
        .route("/blind/{no}/take", get(blind::make::take).post(blind::make::send_take))
        .route("/public-checks", get(public_checks::show))
        .route("/public-checks/new", get(public_checks::ask::form).post(public_checks::ask::send))
        .route("/public-checks/{no}", get(public_checks::one))
        .route("/public-checks/{no}/passages", post(public_checks::passages))
        .route("/public-checks/{no}/report", post(public_checks::report))
        .route("/comparisons", get(comparisons::show))
        .route("/comparisons/new", get(comparisons::make::form).post(comparisons::make::send))
        .route("/comparisons/{no}", get(comparisons::one))
        .route("/comparisons/{no}/passages", post(comparisons::passages))
        .route("/comparisons/{no}/report", post(comparisons::report))
        .route(
            "/comparisons/{no}/conclude",
            get(comparisons::make::conclude).post(comparisons::make::send_conclusion),
        )
        .route("/templates", get(templates::show))
        .route("/templates/{template}", get(templates::form).post(templates::send))
        .route("/templates/{template}/{no}", get(templates::form_of).post(templates::send_of))
        .route("/incidents", get(incidents::show))
        .route("/incidents/new", get(incidents::form).post(incidents::send))
        .route("/incidents/{no}", get(incidents::one))
        .route("/incidents/{no}/revise", get(incidents::revise).post(incidents::send_revise))
        .route("/incidents/{no}/preserve", get(incidents::preserve).post(incidents::send_preserve))
        .route(
            "/incidents/{no}/exhibits/{part}/hand",
            get(incidents::hand).post(incidents::send_hand),
        )
        .route(
            "/incidents/{no}/exhibits/{part}/drop",
            get(incidents::drop).post(incidents::send_drop),
        )
        .route("/incidents/{no}/papers/{part}", get(incidents::paper))
        .route("/incidents/{no}/link", get(incidents::link).post(incidents::send_link))
        .route(
            "/incidents/{no}/links/{thing}/remove",
            get(incidents::unlink).post(incidents::send_unlink),
        )
        .route("/incidents/{no}/note", get(incidents::note).post(incidents::send_note))
        .route("/incidents/{no}/figures", get(incidents::figures))
        .route(
            "/incidents/{no}/figures/{sheet}/{method}",
            get(incidents::reckon).post(incidents::send_reckon),
        )
        .route("/incidents/{no}/doors", get(incidents::board))
        .route("/incidents/{no}/doors.pdf", get(incidents::board_pdf))
        .route("/incidents/{no}/doors/{route}", get(incidents::door))
        .route("/incidents/{no}/doors/{route}/print.pdf", get(incidents::door_pdf))
        .route("/incidents/{no}/doors/{route}/sheet", get(incidents::sheet))
        .route("/incidents/{no}/moot", get(incidents::moot))
        .route("/incidents/{no}/print", get(incidents::print).post(incidents::send_print))
        .route("/incidents/{no}/close", get(incidents::close).post(incidents::send_close))
        .route("/incidents/{no}/reopen", get(incidents::reopen).post(incidents::send_reopen))
        .route("/calendar", get(calendar::show))
        .route("/calendar.ics", get(calendar::ics))
}

/// The addresses of a station.
fn station() -> Router<App> {
    Router::new()
        .route("/", get(overview::show))
        .route("/companies", get(companies::show))
        .route("/companies.csv", get(companies::csv))
        .route("/companies/new", get(company::change::form).post(company::change::send))
        .route("/companies/import", get(intake::form).post(intake::send))
        .route("/companies/{no}", get(company::show))
        .route(
            "/companies/{no}/revise",
            get(company::change::revise).post(company::change::send_revise),
        )
        .route(
            "/companies/{no}/merge",
            get(company::change::merge).post(company::change::send_merge),
        )
        .route("/companies/{no}/serve", get(services::form_one).post(services::send_one))
        .route("/services", get(services::show))
        .route("/services/new", get(services::form).post(services::send))
        .route("/exchange", get(exchange::show).post(machines::exchange))
        .route("/exchange/offer", get(exchange::wishes::offer).post(exchange::wishes::send_offer))
        .route("/coverage", get(coverage::show))
        .route("/coverage.csv", get(coverage::csv))
        .route("/dashboard", get(dashboard::show))
        .route("/dashboard.csv", get(dashboard::csv))
        .route("/dashboard/report", get(dashboard::report))
        .route("/dashboard/report.pdf", get(dashboard::report_pdf))
        .route("/public/figures", get(dashboard::open))
        .route("/public/figures.csv", get(dashboard::open_csv))
        .route("/requests", get(requests::show))
        .route("/requests.csv", get(requests::csv))
        .route("/requests/new", get(requests::form).post(requests::send))
        .route("/requests/{no}", get(requests::one))
        .route("/requests/{no}/{deed}", get(requests::deed).post(requests::send_deed))
        .route("/visits", get(visits::show))
        .route("/visits.csv", get(visits::csv))
        .route("/visits/new", get(visits::form).post(visits::send))
        .route("/visits/{no}", get(visits::one))
        .route("/visits/{no}/record", get(visits::record_form).post(visits::send_record))
        .route("/visits/{no}/cancel", get(visits::cancel).post(visits::send_cancel))
        .route("/visits/{no}/form.csv", get(visits::form_csv))
        .route("/visits/{no}/report.pdf", get(visits::report))
        .route("/prescriptions", get(prescriptions::show))
        .route("/prescriptions.csv", get(prescriptions::csv))
        .route("/prescriptions/{no}", get(prescriptions::one))
        .route(
            "/prescriptions/{no}/{deed}",
            get(prescriptions::deed).post(prescriptions::send_deed),
        )
        .route("/cases/{no}/against", get(cases::against).post(cases::send_against))
        .route("/requests/ask", get(requests::ask).post(requests::send_ask))
        .route(
            "/requests/{no}/desk/{deed}",
            get(requests::desk_deed).post(requests::send_desk_deed),
        )
        .route("/engagements", get(engagements::show))
        .route("/engagements/new", get(engagements::form).post(engagements::send))
        .route("/engagements/{no}", get(engagements::one))
        .route("/engagements/{no}/{deed}", get(engagements::deed).post(engagements::send_deed))
        .route("/procurements", get(engagements::procurements))
        .route("/procurements/new", get(engagements::procure).post(engagements::send_procure))
        .route("/procurements/{no}", get(engagements::procurement))
        .route("/organisations", get(organisations::show))
        .route("/organisations/new", get(organisations::form).post(organisations::send))
        .route("/organisations/{no}", get(organisations::one))
        .route(
            "/organisations/{no}/{deed}",
            get(organisations::deed).post(organisations::send_deed),
        )
        .route("/assistance", get(assistance::show))
        .route("/assistance/new", get(assistance::form).post(assistance::send))
        .route("/assistance/{no}", get(assistance::one))
        .route("/assistance/{no}/{deed}", get(assistance::deed).post(assistance::send_deed))
        .route("/warnings", get(warnings::show))
        .route("/warnings/run", get(warnings::run).post(warnings::send_run))
        .route("/warnings/score", get(warnings::rules::score).post(warnings::rules::send_score))
        .route("/warnings/rules", get(warnings::rules::show))
        .route("/warnings/rules/{rule}", get(warnings::rules::one))
        .route(
            "/warnings/rules/{rule}/switch",
            get(warnings::rules::switch).post(warnings::rules::send_switch),
        )
        .route("/warnings/{no}", get(warnings::one))
        .route("/warnings/{no}/{deed}", get(warnings::deed).post(warnings::send_deed))
        .route("/recognitions", get(recognitions::show))
        .route("/recognitions.csv", get(recognitions::csv))
        .route("/recognitions/new", get(recognitions::form).post(recognitions::send))
        .route("/recognitions/{no}", get(recognitions::one))
        .route("/recognitions/{no}/certificate.pdf", get(recognitions::certificate))
        .route("/recognitions/{no}/{deed}", get(recognitions::deed).post(recognitions::send_deed))
        .route("/papers/{about}/{part}", get(papers::download))
        .route("/public", get(public::show))
        .route("/public/recognised", get(public::look_up))
        .route("/public/recognised/{code}", get(public::code))
        .route("/public/notices/{no}", get(public::object).post(public::send_object))
        .route("/public/activities", get(public::activities::show))
        .route("/public/activities.ics", get(public::activities::ics))
        .route(
            "/public/activities/{no}",
            get(public::activities::one).post(public::activities::register),
        )
        .route(
            "/public/tickets/{code}",
            get(public::activities::show_ticket).post(public::activities::send_ticket),
        )
        .route("/activities", get(activities::show))
        .route("/activities/new", get(activities::deeds::form).post(activities::deeds::send))
        .route(
            "/activities/invite",
            get(activities::deeds::invite).post(activities::deeds::send_invite),
        )
        .route("/activities/{no}", get(activities::one))
        .route(
            "/activities/{no}/came/{part}",
            get(activities::seats::came).post(activities::seats::send_came),
        )
        .route(
            "/activities/{no}/questions/{part}",
            get(activities::deeds::answer).post(activities::deeds::send_answer),
        )
        .route(
            "/activities/{no}/{deed}",
            get(activities::deeds::deed).post(activities::deeds::send_deed),
        )
        .route("/checkin", get(activities::seats::look).post(activities::seats::send_look))
        .route("/checkin/{code}", get(activities::seats::code).post(activities::seats::send_code))
        .route("/experts", get(experts::show))
        .route("/experts.csv", get(experts::csv))
        .route("/experts/new", get(experts::form).post(experts::send))
        .route("/experts/{no}", get(experts::one))
        .route("/experts/{no}/{deed}", get(experts::deed).post(experts::send_deed))
}

/// An address that takes only forms. A browser asks for it after signing in again, when a session
/// had ended before a form was sent: it is led to what the form was about.
pub(crate) async fn no_such_method(
    State(app): State<App>,
    method: Method,
    uri: Uri,
    Member(visitor): Member,
) -> Response {
    let mut folders = uri.path().splitn(4, '/').skip(1);
    match (method, folders.next(), folders.next()) {
        (Method::GET, Some(folder), Some(no)) if Number::parse(no).is_ok() => {
            reply::see_other(&format!("/{folder}/{no}"))
        }
        _ => not_found(State(app), visitor).await,
    }
}

/// Any other address.
pub(crate) async fn not_found(State(app): State<App>, visitor: Visitor) -> Response {
    at_desk(app, visitor, |_| Err(Problem::NotFound)).await
}

/// The page of the handbook that belongs where somebody is.
pub(crate) fn guide(desk: &Desk) -> Option<(String, String)> {
    handbook::guide(desk)
}

/// Words of themes in a row.
pub(crate) fn themes(desk: &Desk, themes: &[domain::terms::Theme]) -> String {
    experts::themes(desk, themes)
}

/// What a recognition is called: who, as what.
pub(crate) fn recognised(desk: &Desk, row: &store::read::RecognitionRow) -> String {
    recognitions::called(desk, row)
}

/// The question of a prescription's point, by which it is called.
pub(crate) fn point(desk: &Desk, row: &store::read::PrescriptionRow) -> String {
    prescriptions::ask(desk, row)
}

/// What a task is called.
pub(crate) fn task(desk: &Desk, row: &store::read::TaskRow) -> String {
    desk.office().task_title(&desk.reader, row).unwrap_or_else(|_| row.no.to_string())
}

/// The number in an address.
fn number(text: &str, series: Series) -> Result<Number, Problem> {
    Number::parse(text).ok().filter(|no| no.series == series).ok_or(Problem::NotFound)
}

/// Carries out what a form wishes and leads to the thing's page, or shows the form again with what
/// is wrong.
///
/// `act` gives `None` when the input has errors, which it noted in the reading.
fn submit(
    desk: &Desk,
    section: Section,
    posted: &Posted,
    make: impl FnOnce(&Desk, &Input) -> Result<Form, Problem>,
    act: impl FnOnce(&mut Reading<'_>) -> Result<Option<(String, Receipt)>, Trouble>,
) -> Result<Response, Problem> {
    let mut reading = Reading::new(desk, &posted.input);
    match act(&mut reading) {
        Ok(Some((href, receipt))) => {
            posted.session.drop_uploads(&posted.input.all_files());
            return Ok(written(&href, &receipt));
        }
        Ok(None) => {}
        Err(trouble) => reading.refused(trouble)?,
    }
    let errors = reading.errors;
    make(desk, &posted.input)?.page(desk, section, &posted.input, &errors)
}

/// Leads to a page that says which entries were written.
fn written(href: &str, receipt: &Receipt) -> Response {
    let (first, last) = (receipt.first, receipt.first + receipt.events - 1);
    let entries = if first == last { first.to_string() } else { format!("{first}-{last}") };
    reply::see_other(&format!("{href}?wrote={entries}"))
}
