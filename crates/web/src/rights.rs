//! Which address asks for which action: one line for each. Who may do an action is said in
//! `domain::rights`. An address without a line is refused to everybody.

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use domain::terms::PasswordBy;
use domain::terms::{
    Action::{
        self, Assist, BuildDossiers, ClearPeople, Erase, KeepAccounts, KeepBodies, KeepCases,
        KeepControls, KeepCopies, KeepDesk, KeepDirectory, KeepIncidents, KeepLinks, KeepMatches,
        KeepMeasures, KeepPartners, KeepPeople, KeepSecrets, KeepWarnings, ReadContent,
        SeeAccounts, SeeBodies, SeeCalendar, SeeCases, SeeCompanies, SeeControls, SeeCopies,
        SeeDesk, SeeDirectory, SeeDossiers, SeeExchange, SeeIncidents, SeeLedger, SeeMatches,
        SeeMeasures, SeePapers, SeePartners, SeePeople, SeeSecrets, SeeWarnings, Use, WriteLetters,
    },
    Role,
};
use domain::{Number, Series};

use crate::desk::{App, at_desk};
use crate::pages;
use crate::problem::Problem;
use crate::reply;
use crate::trim;
use crate::visitor::{Member, Visitor, to_unlock};

/// What an address asks of whoever comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Nothing: anybody may.
    Anybody,
    /// To be signed in, and this action.
    May(Action),
    /// It does not take this method.
    Never,
}

use Access::{Anybody, May, Never};

/// A page that is looked at.
const fn see(action: Action) -> [Access; 2] {
    [May(action), Never]
}
/// A form: looked at and sent by whoever may do the same.
const fn form(action: Action) -> [Access; 2] {
    [May(action), May(action)]
}
/// A form without a page.
const fn send(action: Action) -> [Access; 2] {
    [Never, May(action)]
}
/// A list whose page takes a form, too.
const fn both(see: Action, send: Action) -> [Access; 2] {
    [May(see), May(send)]
}

/// An address as the router writes it, what it asks to look (GET) and what to act (POST).
type Line = (&'static str, [Access; 2]);

/// The addresses of any node.
const COMMON: &[Line] = &[
    ("/find", see(Use)),
    ("/verify", [Anybody, Anybody]),
    ("/exchange/import", form(WriteLetters)),
    ("/exchange/{no}", see(SeeExchange)),
    ("/exchange/{no}/bundle", see(WriteLetters)),
    ("/exchange/{no}/write", form(WriteLetters)),
    ("/exchange/{no}/end", form(KeepLinks)),
    ("/exchange/{no}/{way}/{seq}", both(SeeExchange, WriteLetters)),
    ("/exchange/{no}/{way}/{seq}/files/{at}", send(WriteLetters)),
    ("/exchange/{no}/out/{seq}/receipt", see(SeeExchange)),
    ("/ledger", see(SeeLedger)),
    ("/ledger/{idx}", see(SeeLedger)),
    ("/cases", see(SeeCases)),
    ("/cases/new", form(KeepCases)),
    ("/cases/due", see(SeeCases)),
    ("/cases/due.csv", see(SeeCases)),
    ("/cases/{no}", see(SeeCases)),
    ("/cases/{no}/assign", form(KeepCases)),
    ("/cases/{no}/file", form(KeepCases)),
    ("/cases/{no}/unfile", form(KeepCases)),
    ("/cases/{no}/documents", see(SeeCases)),
    ("/cases/{no}/documents/{item}", form(KeepCases)),
    ("/cases/{no}/documents/{item}/print.pdf", see(SeeCases)),
    ("/cases/{no}/figures", see(SeeCases)),
    ("/cases/{no}/figures/{sheet}/{method}", form(KeepCases)),
    ("/cases/{no}/bundle.zip", see(SeeCases)),
    ("/cases/{no}/papers/{part}", see(SeeCases)),
    ("/cases/{no}/steps/{step}", form(KeepCases)),
    ("/cases/{no}/unstep", form(KeepCases)),
    ("/cases/{no}/standards/{standard}", see(SeeCases)),
    ("/procedures", see(Use)),
    ("/procedures/{procedure}", see(Use)),
    ("/procedures/{procedure}/diagram", see(Use)),
    ("/deadlines", see(Use)),
    ("/overseas", see(Use)),
    ("/overseas/compare", see(Use)),
    ("/overseas/guide.pdf", see(Use)),
    ("/overseas/{country}", see(Use)),
    ("/standards", see(Use)),
    ("/standards/{standard}", see(Use)),
    ("/settings", see(Use)),
    ("/account", see(Use)),
    ("/account/password", form(Use)),
    ("/account/sessions/{id}/end", send(Use)),
    ("/accounts", see(SeeAccounts)),
    ("/accounts/rights", see(Use)),
    ("/accounts/new", form(KeepAccounts)),
    ("/accounts/sessions/{id}/end", form(KeepAccounts)),
    ("/accounts/{no}", see(SeeAccounts)),
    ("/accounts/{no}/change", form(KeepAccounts)),
    ("/accounts/{no}/code", form(KeepAccounts)),
    ("/accounts/{no}/close", form(KeepAccounts)),
    // The handbook and the packs are the same for everybody.
    ("/handbook", [Anybody, Never]),
    ("/handbook.pdf", see(Use)),
    ("/handbook/print", [Anybody, Never]),
    ("/handbook/glossary", [Anybody, Never]),
    ("/handbook/{page}", [Anybody, Never]),
    ("/fields", [Anybody, Never]),
    ("/fields/{pack}", [Anybody, Never]),
    ("/preferences", [Never, Anybody]),
    ("/unlock", [Anybody, Anybody]),
    ("/enter", [Anybody, Never]),
    ("/lock", send(Use)),
    ("/checkpoint", [Anybody, Never]),
    ("/tile/{*path}", [Anybody, Never]),
    ("/healthz", [Anybody, Never]),
    ("/assets/{name}", [Anybody, Never]),
];

/// The addresses of a company's node.
const ENTERPRISE: &[Line] = &[
    ("/", see(Use)),
    ("/secrets", see(SeeSecrets)),
    ("/secrets.csv", see(SeeSecrets)),
    ("/secrets/new", form(KeepSecrets)),
    ("/secrets/new/check", form(KeepSecrets)),
    ("/secrets/{no}", see(SeeSecrets)),
    // It lays agreements and people beside the secret point: only who sees all of them.
    ("/secrets/{no}/matrix", see(SeeMeasures)),
    ("/secrets/{no}/matrix.pdf", see(SeeMeasures)),
    ("/secrets/{no}/check", see(KeepSecrets)),
    ("/secrets/{no}/reveal", send(ReadContent)),
    ("/secrets/{no}/conceal", send(ReadContent)),
    ("/secrets/{no}/revise", form(KeepSecrets)),
    ("/secrets/{no}/state", form(KeepSecrets)),
    ("/secrets/{no}/statements/{part}", form(KeepSecrets)),
    ("/secrets/{no}/statements/{part}/back", form(KeepSecrets)),
    ("/secrets/{no}/carriers", form(KeepSecrets)),
    ("/secrets/{no}/carriers/{part}", send(ReadContent)),
    ("/secrets/{no}/carriers/{part}/retire", form(KeepSecrets)),
    ("/secrets/{no}/level", form(KeepSecrets)),
    ("/secrets/{no}/declassify", form(KeepSecrets)),
    ("/secrets/{no}/versions", see(SeeSecrets)),
    ("/secrets/{no}/merge", form(KeepSecrets)),
    ("/secrets/{no}/split", form(KeepSecrets)),
    ("/secrets/{no}/destroy", form(Erase)),
    ("/people/{no}/erase", form(Erase)),
    ("/holds", see(SeeIncidents)),
    ("/holds/new", form(KeepIncidents)),
    ("/holds/{no}/{part}/lift", form(KeepIncidents)),
    ("/secrets/{no}/match", form(KeepMeasures)),
    ("/secrets/{no}/clear", form(ClearPeople)),
    ("/secrets/{no}/bar/{person}", form(ClearPeople)),
    ("/people", see(SeePeople)),
    ("/people/new", form(KeepPeople)),
    ("/people/{no}", see(SeePeople)),
    ("/people/{no}/exit", see(KeepPeople)),
    ("/partners", see(SeePartners)),
    ("/partners/new", form(KeepPartners)),
    ("/partners/{no}", see(SeePartners)),
    ("/partners/{no}/agree", form(KeepPartners)),
    ("/agreements/{no}", see(SeePartners)),
    ("/measures", see(SeeMeasures)),
    ("/measures/new", form(KeepMeasures)),
    ("/measures/{no}", see(SeeMeasures)),
    ("/measures/{no}/end", form(KeepMeasures)),
    ("/controls", see(SeeControls)),
    ("/controls/gaps", see(SeeControls)),
    ("/controls/score", see(SeeControls)),
    ("/controls/report.pdf", see(SeeControls)),
    ("/controls/{control}", see(SeeControls)),
    ("/controls/{control}/answer", form(KeepControls)),
    ("/controls/{control}/assign", form(KeepControls)),
    ("/controls/{control}/withdraw", form(KeepControls)),
    ("/disclosures/new", form(KeepPartners)),
    ("/disclosures/{no}", see(SeePartners)),
    ("/disclosures/{no}/close", form(KeepPartners)),
    ("/secrets/{no}/copies", form(KeepCopies)),
    ("/copies", see(SeeCopies)),
    ("/batches/{no}", see(SeeCopies)),
    ("/batches/{no}/make", send(KeepCopies)),
    ("/copies/{no}", see(SeeCopies)),
    ("/copies/{no}/file", send(KeepCopies)),
    ("/copies/{no}/receive", form(KeepCopies)),
    ("/copies/{no}/end", form(KeepCopies)),
    ("/copies/{no}/recall", form(KeepCopies)),
    ("/finds", see(SeeCopies)),
    ("/finds/new", form(KeepCopies)),
    ("/finds/{no}", see(SeeCopies)),
    ("/finds/{no}/trace", send(KeepCopies)),
    ("/finds/{no}/report", send(KeepCopies)),
    ("/papers/{about}/new", form(KeepPeople)),
    ("/papers/{about}/{part}", see(SeePapers)),
    ("/dossiers", both(SeeDossiers, BuildDossiers)),
    ("/dossiers/new", form(BuildDossiers)),
    ("/dossiers/new/check", see(BuildDossiers)),
    ("/dossiers/{no}", see(SeeDossiers)),
    ("/dossiers/{no}/file", send(BuildDossiers)),
    ("/exchange", see(SeeExchange)),
    ("/exchange/join", form(KeepLinks)),
    ("/exchange/{no}/sync", send(WriteLetters)),
    ("/exchange/{no}/profile", form(KeepLinks)),
    ("/exchange/{no}/profile/file", send(KeepLinks)),
    ("/exchange/{no}/profile/withdraw", form(KeepLinks)),
    ("/tasks", see(SeeExchange)),
    ("/tasks/{no}", see(SeeExchange)),
    ("/tasks/{no}/progress", form(WriteLetters)),
    ("/releases", see(SeeMatches)),
    ("/releases/new", form(KeepMatches)),
    ("/releases/{no}", see(SeeMatches)),
    ("/releases/{no}/passages", send(KeepMatches)),
    ("/releases/{no}/answer", form(KeepMatches)),
    ("/inventories", see(SeeMatches)),
    ("/inventories/new", form(KeepSecrets)),
    // Proposals name files, and reasons quote them.
    ("/inventories/{no}", see(KeepSecrets)),
    ("/inventories/{no}/{part}", form(KeepSecrets)),
    ("/comparisons", see(SeeMatches)),
    ("/comparisons/new", form(KeepMatches)),
    ("/comparisons/{no}", see(SeeMatches)),
    ("/comparisons/{no}/passages", send(KeepMatches)),
    ("/comparisons/{no}/report", send(KeepMatches)),
    ("/comparisons/{no}/conclude", form(KeepMatches)),
    ("/overseas/assessments", see(SeeControls)),
    ("/overseas/assessments/new", form(KeepControls)),
    ("/overseas/assessments/{no}", see(SeeControls)),
    ("/overseas/assessments/{no}/report.pdf", see(SeeControls)),
    ("/overseas/assessments/{no}/aid", form(WriteLetters)),
    ("/overseas/exports", see(SeeControls)),
    ("/overseas/exports/new", form(KeepControls)),
    ("/overseas/exports/{no}", see(SeeControls)),
    ("/corpora", see(SeeMatches)),
    ("/corpora/new", form(KeepMatches)),
    ("/corpora/{no}", see(SeeMatches)),
    ("/corpora/{no}/remove", form(KeepMatches)),
    ("/works", see(SeeMatches)),
    ("/works/new", form(KeepMatches)),
    ("/works/{no}", see(KeepMatches)),
    ("/works/{no}/trace", form(KeepMatches)),
    ("/blind", see(SeeMatches)),
    ("/blind/new", form(KeepMatches)),
    ("/blind/answer", form(KeepMatches)),
    ("/blind/{no}", see(KeepMatches)),
    ("/blind/{no}/message", see(KeepMatches)),
    ("/blind/{no}/report.pdf", see(KeepMatches)),
    ("/blind/{no}/take", form(KeepMatches)),
    ("/public-checks", see(SeeMatches)),
    ("/public-checks/new", form(KeepMatches)),
    ("/public-checks/{no}", see(KeepMatches)),
    ("/public-checks/{no}/passages", send(KeepMatches)),
    ("/public-checks/{no}/report", send(KeepMatches)),
    ("/sweeps", see(SeeMatches)),
    ("/sweeps/new", form(KeepMatches)),
    ("/sweeps/{no}", see(KeepMatches)),
    // What is filled in comes from records that the account sees; nothing is written.
    ("/templates", see(Use)),
    ("/templates/{template}", form(Use)),
    ("/templates/{template}/{no}", form(Use)),
    ("/sweeps/{no}/report", send(KeepMatches)),
    ("/incidents", see(SeeIncidents)),
    ("/incidents/new", form(KeepIncidents)),
    ("/incidents/{no}", see(SeeIncidents)),
    ("/incidents/{no}/revise", form(KeepIncidents)),
    ("/incidents/{no}/preserve", form(KeepIncidents)),
    ("/incidents/{no}/exhibits/{part}/hand", form(KeepIncidents)),
    ("/incidents/{no}/exhibits/{part}/drop", form(KeepIncidents)),
    ("/incidents/{no}/papers/{part}", see(KeepIncidents)),
    ("/incidents/{no}/link", form(KeepIncidents)),
    ("/incidents/{no}/links/{thing}/remove", form(KeepIncidents)),
    ("/incidents/{no}/note", form(KeepIncidents)),
    ("/incidents/{no}/figures", see(SeeIncidents)),
    ("/incidents/{no}/figures/{sheet}/{method}", form(KeepIncidents)),
    ("/incidents/{no}/doors", see(SeeIncidents)),
    ("/incidents/{no}/doors.pdf", see(SeeIncidents)),
    ("/incidents/{no}/doors/{route}", see(SeeIncidents)),
    ("/incidents/{no}/doors/{route}/print.pdf", see(SeeIncidents)),
    // What the other side would say, and whether to go: only who decides it.
    ("/incidents/{no}/doors/{route}/sheet", see(KeepIncidents)),
    ("/incidents/{no}/moot", see(KeepIncidents)),
    ("/incidents/{no}/print", form(KeepIncidents)),
    ("/incidents/{no}/close", form(KeepIncidents)),
    ("/incidents/{no}/reopen", form(KeepIncidents)),
    ("/calendar", see(SeeCalendar)),
    ("/calendar.ics", see(SeeCalendar)),
];

/// The addresses of a station.
const STATION: &[Line] = &[
    ("/", see(Use)),
    ("/companies", see(SeeCompanies)),
    ("/companies.csv", see(SeeCompanies)),
    ("/companies/new", form(KeepDirectory)),
    ("/companies/import", form(KeepDirectory)),
    ("/companies/{no}", see(SeeCompanies)),
    ("/companies/{no}/revise", form(KeepDirectory)),
    ("/companies/{no}/merge", form(KeepDirectory)),
    ("/companies/{no}/serve", form(KeepDirectory)),
    ("/services", see(SeeDirectory)),
    ("/services/new", form(KeepDirectory)),
    // Bundles of nodes come without a session: the bundle itself says whose it is.
    ("/exchange", [May(SeeExchange), Anybody]),
    ("/exchange/offer", form(KeepLinks)),
    ("/coverage", see(SeeDirectory)),
    ("/coverage.csv", see(SeeDirectory)),
    ("/dashboard", see(SeeDirectory)),
    ("/dashboard.csv", see(SeeDirectory)),
    ("/dashboard/report", see(SeeDirectory)),
    ("/dashboard/report.pdf", see(SeeDirectory)),
    ("/requests", see(SeeDesk)),
    ("/requests.csv", see(SeeDesk)),
    ("/requests/new", form(KeepDesk)),
    ("/requests/{no}", see(SeeDesk)),
    ("/requests/{no}/{deed}", form(KeepDesk)),
    ("/visits", see(SeeDesk)),
    ("/visits.csv", see(SeeDesk)),
    ("/visits/new", form(KeepDesk)),
    ("/visits/{no}", see(SeeDesk)),
    ("/visits/{no}/record", form(KeepDesk)),
    ("/visits/{no}/cancel", form(KeepDesk)),
    ("/visits/{no}/form.csv", see(SeeDesk)),
    ("/visits/{no}/report.pdf", see(SeeDesk)),
    ("/prescriptions", see(SeeDesk)),
    ("/prescriptions.csv", see(SeeDesk)),
    ("/prescriptions/{no}", see(SeeDesk)),
    ("/prescriptions/{no}/{deed}", form(KeepDesk)),
    ("/cases/{no}/against", form(KeepCases)),
    ("/requests/ask", form(Assist)),
    ("/requests/{no}/desk/{deed}", form(Assist)),
    ("/engagements", see(SeeBodies)),
    ("/engagements/new", form(KeepBodies)),
    ("/engagements/{no}", see(SeeBodies)),
    // A firm plans, logs and hands in; what it may do is said when it is decided.
    ("/engagements/{no}/{deed}", form(Assist)),
    ("/procurements", see(SeeBodies)),
    ("/procurements/new", form(KeepBodies)),
    ("/procurements/{no}", see(SeeBodies)),
    ("/organisations", see(SeeBodies)),
    ("/organisations/new", form(KeepBodies)),
    ("/organisations/{no}", see(SeeBodies)),
    // Whoever acts for an organisation changes its own entry only: the wish says for which.
    ("/organisations/{no}/{deed}", form(Assist)),
    ("/assistance", see(SeeBodies)),
    ("/assistance/new", form(Assist)),
    ("/assistance/{no}", see(SeeBodies)),
    ("/assistance/{no}/{deed}", form(Assist)),
    ("/warnings", see(SeeWarnings)),
    ("/warnings/run", form(KeepWarnings)),
    ("/warnings/score", form(KeepWarnings)),
    ("/warnings/rules", see(SeeWarnings)),
    ("/warnings/rules/{rule}", see(SeeWarnings)),
    ("/warnings/rules/{rule}/switch", form(KeepWarnings)),
    ("/warnings/{no}", see(SeeWarnings)),
    ("/warnings/{no}/{deed}", form(KeepWarnings)),
    ("/activities", see(SeeDesk)),
    ("/activities/new", form(KeepDesk)),
    ("/activities/invite", form(KeepDesk)),
    ("/activities/{no}", see(SeeDesk)),
    ("/activities/{no}/came/{part}", form(KeepDesk)),
    ("/activities/{no}/questions/{part}", form(KeepDesk)),
    ("/activities/{no}/{deed}", form(KeepDesk)),
    ("/checkin", form(KeepDesk)),
    ("/checkin/{code}", form(KeepDesk)),
    ("/experts", see(SeeDirectory)),
    ("/experts.csv", see(SeeDirectory)),
    ("/experts/new", form(KeepDirectory)),
    ("/experts/{no}", see(SeeDirectory)),
    ("/experts/{no}/{deed}", form(KeepDirectory)),
    ("/recognitions", see(SeeDesk)),
    ("/recognitions.csv", see(SeeDesk)),
    ("/recognitions/new", form(KeepDesk)),
    ("/recognitions/{no}", see(SeeDesk)),
    ("/recognitions/{no}/certificate.pdf", see(SeeDesk)),
    ("/recognitions/{no}/{deed}", form(KeepDesk)),
    ("/papers/{about}/{part}", see(SeeDesk)),
    ("/public", [Anybody, Never]),
    ("/public/figures", [Anybody, Never]),
    ("/public/figures.csv", [Anybody, Never]),
    ("/public/recognised", [Anybody, Never]),
    ("/public/recognised/{code}", [Anybody, Never]),
    ("/public/notices/{no}", [Anybody, Anybody]),
    ("/public/activities", [Anybody, Never]),
    ("/public/activities.ics", [Anybody, Never]),
    ("/public/activities/{no}", [Anybody, Anybody]),
    ("/public/tickets/{code}", [Anybody, Anybody]),
];

fn lines(role: Role) -> impl Iterator<Item = &'static Line> {
    let own = match role {
        Role::Enterprise => ENTERPRISE,
        Role::Station => STATION,
    };
    COMMON.iter().chain(own)
}

/// What an address asks to look and to act, on a node of this role; `None` for an address without
/// a line, which nobody gets.
pub fn access(role: Role, pattern: &str) -> Option<[Access; 2]> {
    lines(role).find(|(of, _)| *of == pattern).map(|(_, access)| *access)
}

/// The line of a path: literal pieces before holes, as the router chooses.
pub(crate) fn of_path(role: Role, path: &str) -> Option<&'static Line> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let pieces: Vec<&str> = path.split('/').collect();
    let fits = |pattern: &str| {
        let holes: Vec<&str> = pattern.split('/').collect();
        let rest = holes.last().is_some_and(|hole| hole.starts_with("{*"));
        let long = holes.len() == pieces.len() || (rest && pieces.len() > holes.len());
        let same = |(hole, piece): (&&str, &&str)| hole.starts_with('{') || hole == piece;
        long && holes.iter().zip(&pieces).all(same)
    };
    let holes = |pattern: &str| pattern.matches('{').count();
    lines(role).filter(|(pattern, _)| fits(pattern)).min_by_key(|(pattern, _)| holes(pattern))
}

/// Lets through who may, before any page is asked.
pub(crate) async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(visitor) = request.extensions().get::<Visitor>().cloned() else {
        return Problem::Forbidden.bare(words::Lang::default());
    };
    let pattern = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let line = pattern.as_deref().and_then(|pattern| access(app.role, pattern));
    let Some([look, act]) = line else {
        eprintln!("web: {}: no line in web/src/rights.rs", pattern.unwrap_or_default());
        return pages::not_found(State(app), visitor).await;
    };
    let method = request.method().clone();
    let access = match method {
        Method::GET | Method::HEAD => look,
        Method::POST => act,
        _ => Never,
    };
    let action = match access {
        Anybody => return next.run(request).await,
        _ if visitor.session.is_none() => return to_unlock(&visitor),
        May(action) => action,
        Never => {
            let uri = request.uri().clone();
            return pages::no_such_method(State(app), method, uri, Member(visitor)).await;
        }
    };
    let path = request.uri().path().to_owned();
    let has_code = |account: &store::read::AccountRow| {
        account.password.is_some_and(|(how, _)| how == PasswordBy::Code)
    };
    if visitor.account.as_deref().is_some_and(has_code)
        && !matches!(&*path, "/account/password" | "/lock")
    {
        return reply::see_other("/account/password");
    }
    if !visitor.may(action) {
        return at_desk(app, visitor, |_| Err(Problem::Forbidden)).await;
    }
    if let Some(problem) = hidden(&app, &visitor, &path).await {
        return at_desk(app, visitor, move |_| Err(problem)).await;
    }
    let (role, account) = (app.role, visitor.account.is_some());
    let response = next.run(request).await;
    if account { trim::page(role, &visitor, response).await } else { response }
}

/// Whether an address names something that the account may not know of. It answers as if there
/// were no such thing.
async fn hidden(app: &App, visitor: &Visitor, path: &str) -> Option<Problem> {
    visitor.account.as_ref()?;
    let named: Vec<Number> = path.split(['/', '.']).filter_map(|p| Number::parse(p).ok()).collect();
    if named.is_empty() {
        return None;
    }
    let (app, visitor) = (app.clone(), visitor.clone());
    let look = move || {
        let reader = app.reader_of(&visitor)?;
        for no in named.into_iter().filter(|no| no.series != Series::Account) {
            if !reader.sees(no)? {
                return Ok(Some(Problem::NotFound));
            }
        }
        Ok::<_, Problem>(None)
    };
    match tokio::task::spawn_blocking(look).await {
        Ok(Ok(found)) => found,
        Ok(Err(problem)) => Some(problem),
        Err(_) => Some(Problem::Broken("w-broken")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_has_two_lines() {
        for role in [Role::Enterprise, Role::Station] {
            let all: Vec<_> = lines(role).map(|(pattern, _)| *pattern).collect();
            for (at, pattern) in all.iter().enumerate() {
                assert!(!all[..at].contains(pattern), "{pattern} has two lines");
            }
        }
    }

    #[test]
    fn a_path_has_the_line_of_its_route() {
        let of = |path: &str| of_path(Role::Enterprise, path).map(|(pattern, _)| *pattern);
        for (path, pattern) in [
            ("/secrets/new?x=1", "/secrets/new"),
            ("/secrets/MD-0001", "/secrets/{no}"),
            ("/secrets/MD-0001/bar/RY-0001", "/secrets/{no}/bar/{person}"),
            ("/tile/8/0/x001/067", "/tile/{*path}"),
            ("/", "/"),
        ] {
            assert_eq!(of(path), Some(pattern), "{path}");
        }
        assert_eq!(of("/nothing/here"), None);
    }
}
