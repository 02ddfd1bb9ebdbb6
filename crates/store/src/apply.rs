//! Applies events to the projections. Cannot refuse: what is in the ledger has happened.

mod accounts;
mod activity;
mod blind;
mod casework;
mod controls;
mod copies;
mod corpora;
mod custody;
mod directory;
pub(crate) mod effect;
mod exchange;
mod incident;
mod inventory;
mod lineage;
mod matching;
mod organisation;
mod overseas;
mod profile;
mod programme;
mod recognition;
mod warning;
mod workstation;

use domain::terms::Level;
use domain::{Day, Event, Number};
use rusqlite::types::ToSql;
use rusqlite::{Connection, params};

use crate::Record;

/// The projections and the columns by which their rows are ordered, for the comparison after a
/// replay.
pub(crate) const TABLES: &[(&str, &str)] = &[
    ("about", "subject, idx"),
    ("series", "letters"),
    ("node_card", "one"),
    ("person", "no"),
    ("partner", "no"),
    ("secret", "no"),
    ("statement", "secret, no, edition"),
    ("carrier", "secret, no"),
    ("measure", "no"),
    ("measure_match", "idx"),
    ("clearance", "idx"),
    ("agreement", "no"),
    ("paper", "about, no"),
    ("disclosure", "no"),
    ("witness", "idx"),
    ("authority", "idx"),
    ("dossier", "no"),
    ("company", "no"),
    ("company_tag", "tag, company"),
    ("service", "idx"),
    ("import", "idx"),
    ("link", "no"),
    ("letter", "link, way, seq"),
    ("tally", "dimension, value, key, served"),
    ("sweep", "no"),
    ("release", "no"),
    ("comparison", "no"),
    ("conclusion", "idx"),
    ("corpus", "no"),
    ("public_check", "no"),
    ("blind", "no"),
    ("assessment", "no"),
    ("export", "no"),
    ("export_secret", "secret"),
    ("work", "no"),
    ("batch", "no"),
    ("copy", "no"),
    ("find", "no"),
    ("expert", "no"),
    ("conflict", "expert, company"),
    ("request", "no"),
    ("reply", "idx"),
    ("visit", "no"),
    ("visit_expert", "visit, expert"),
    ("prescription", "no"),
    ("prescription_step", "idx"),
    ("account", "no"),
    ("casefile", "no"),
    ("case_step", "idx"),
    ("case_item", "casefile, item"),
    ("case_document", "casefile, item"),
    ("case_reckoning", "casefile, sheet, method"),
    ("recognition", "no"),
    ("recognition_evidence", "idx"),
    ("recognition_review", "idx"),
    ("objection", "recognition, no"),
    ("recognition_check", "idx"),
    ("task", "no"),
    ("task_step", "idx"),
    ("carried", "link, entry"),
    ("settled", "link, seq"),
    ("answer", "no"),
    ("activity", "no"),
    ("invited", "activity, company"),
    ("registration", "activity, no"),
    ("activity_question", "activity, no"),
    ("material", "idx"),
    ("inventory", "no"),
    ("proposal", "inventory, no"),
    ("incident", "no"),
    ("incident_note", "idx"),
    ("incident_link", "incident, thing"),
    ("exhibit", "incident, no"),
    ("handing", "idx"),
    ("profile", "link, seq"),
    ("profile_forgotten", "link, seq"),
    ("rule", "rule"),
    ("warning", "no"),
    ("warning_company", "warning, company"),
    ("hold", "thing, no"),
    ("erasure", "thing"),
    ("organisation", "no"),
    ("member", "organisation, company"),
    ("assistance", "no"),
    ("assistance_reply", "idx"),
    ("request_desk", "request"),
    ("request_answer", "idx"),
    ("request_follow", "idx"),
    ("lineage", "idx"),
    ("procurement", "no"),
    ("engagement", "no"),
    ("engagement_item", "engagement, no"),
    ("engagement_log", "idx"),
    ("engagement_rating", "idx"),
    ("firm_conflict", "idx"),
];

fn run(db: &Connection, sql: &str, params: &[&dyn ToSql]) -> rusqlite::Result<usize> {
    db.prepare_cached(sql)?.execute(params)
}

fn day(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}

fn no(number: Option<Number>) -> Option<String> {
    number.map(|number| number.to_string())
}

/// A list in one column: the texts of numbers, digests and fixed words have no commas.
fn list<T: std::fmt::Display>(items: &[T]) -> String {
    let texts: Vec<String> = items.iter().map(ToString::to_string).collect();
    texts.join(",")
}

/// The rank of a level, the highest first.
pub(crate) fn rank(level: Level) -> i64 {
    level as i64
}

/// Writes what an event changes into the projections.
pub(crate) fn apply(db: &Connection, record: &Record) -> rusqlite::Result<()> {
    let idx = record.idx as i64;
    for subject in record.event.about() {
        run(
            db,
            "INSERT INTO about (subject, idx) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            params![subject.to_string(), idx],
        )?;
    }
    match &record.event {
        Event::NodeCreated(e) => {
            run(
                db,
                "INSERT INTO node_card (one, name, role, origin, log_key, vault_key, shares)
                 VALUES (1, $1, $2, $3, $4, $5, $6)",
                params![e.name, e.role.word(), e.origin, e.log_key, e.vault_key, e.shares],
            )?;
        }
        Event::PersonAdded(e) => {
            count(db, e.no)?;
            run(
                db,
                "INSERT INTO person (no, idx, post, department, joined)
                 VALUES ($1, $2, $3, $4, $5)",
                params![e.no.to_string(), idx, e.post, e.department, day(e.joined)],
            )?;
        }
        Event::PartnerAdded(e) => {
            count(db, e.no)?;
            run(
                db,
                "INSERT INTO partner (no, idx, name, relation, code) VALUES ($1, $2, $3, $4, $5)",
                params![e.no.to_string(), idx, e.name, e.relation.word(), e.code],
            )?;
        }
        Event::SecretRegistered(e) => {
            count(db, e.no)?;
            let held = |name: &str| record.sealed.contains(&name).then_some(idx);
            run(
                db,
                "INSERT INTO secret (no, idx, at, title, class, form, level, level_rank, owner,
                     department, review, happened, edition, origin_idx, public_idx, value_idx)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $14, $15)",
                params![
                    e.no.to_string(),
                    idx,
                    record.received.0,
                    e.title,
                    e.class.word(),
                    e.form.map(|form| form.word()),
                    e.level.word(),
                    rank(e.level),
                    no(e.owner),
                    e.department,
                    day(e.review),
                    day(e.happened),
                    held("origin"),
                    held("public"),
                    held("value"),
                ],
            )?;
        }
        Event::SecretStated(e) => {
            run(
                db,
                "INSERT INTO statement (secret, no, edition, idx) VALUES ($1, $2, $3, $4)",
                params![e.secret.to_string(), e.no, e.edition, idx],
            )?;
        }
        Event::SecretUnstated(e) => {
            run(
                db,
                "UPDATE statement SET taken_back = $1 WHERE secret = $2 AND no = $3",
                params![idx, e.secret.to_string(), e.no],
            )?;
        }
        Event::SecretRevised(e) => {
            let held = |name: &str| record.sealed.contains(&name).then_some(idx);
            run(
                db,
                "UPDATE secret SET edition = $1, title = COALESCE($2, title),
                     form = COALESCE($3, form), owner = COALESCE($4, owner),
                     department = COALESCE($5, department), review = COALESCE($6, review),
                     happened = COALESCE($7, happened), origin_idx = COALESCE($8, origin_idx),
                     public_idx = COALESCE($9, public_idx), value_idx = COALESCE($10, value_idx)
                 WHERE no = $11",
                params![
                    e.edition,
                    e.title,
                    e.form.map(|form| form.word()),
                    no(e.owner),
                    e.department,
                    day(e.review),
                    day(e.happened),
                    held("origin"),
                    held("public"),
                    held("value"),
                    e.secret.to_string(),
                ],
            )?;
        }
        Event::SecretLevelled(e) => {
            run(
                db,
                "UPDATE secret SET level = $1, level_rank = $2 WHERE no = $3",
                params![e.to.word(), rank(e.to), e.secret.to_string()],
            )?;
        }
        Event::SecretDeclassified(e) => {
            run(
                db,
                "UPDATE secret SET declassified = $1 WHERE no = $2",
                params![idx, e.secret.to_string()],
            )?;
        }
        Event::CarrierAdded(e) => {
            run(
                db,
                "INSERT INTO carrier (secret, no, idx, blob, size, sealed, media, happened)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                params![
                    e.secret.to_string(),
                    e.no,
                    idx,
                    e.blob,
                    e.size as i64,
                    e.sealed,
                    e.media,
                    e.happened,
                ],
            )?;
        }
        Event::CarrierRetired(e) => {
            run(
                db,
                "UPDATE carrier SET retired = $1 WHERE secret = $2 AND no = $3",
                params![idx, e.secret.to_string(), e.no],
            )?;
        }
        Event::MeasureAdded(e) => {
            count(db, e.no)?;
            run(
                db,
                "INSERT INTO measure (no, idx, item, title, detail, from_day, until)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                params![
                    e.no.to_string(),
                    idx,
                    e.item.word(),
                    e.title,
                    e.detail,
                    day(e.from),
                    day(e.until),
                ],
            )?;
        }
        Event::MeasureMatched(e) => {
            run(
                db,
                "INSERT INTO measure_match (idx, measure, secret, statements, why)
                 VALUES ($1, $2, $3, $4, $5)",
                params![
                    idx,
                    e.measure.to_string(),
                    e.secret.to_string(),
                    e.statements.as_deref().map(list),
                    e.why,
                ],
            )?;
        }
        Event::MeasureEnded(e) => {
            run(
                db,
                "UPDATE measure SET ended = $1, ended_idx = $2 WHERE no = $3",
                params![day(e.happened).unwrap_or_default(), idx, e.measure.to_string()],
            )?;
        }
        Event::PersonCleared(e) => {
            run(
                db,
                "INSERT INTO clearance (idx, person, secret, from_day, until, why)
                 VALUES ($1, $2, $3, $4, $5, $6)",
                params![
                    idx,
                    e.person.to_string(),
                    e.secret.to_string(),
                    day(e.from),
                    day(e.until),
                    e.why,
                ],
            )?;
        }
        Event::PersonBarred(e) => {
            run(
                db,
                "UPDATE clearance SET barred = $1, barred_idx = $2
                 WHERE person = $3 AND secret = $4 AND barred_idx IS NULL",
                params![
                    day(e.happened).unwrap_or_default(),
                    idx,
                    e.person.to_string(),
                    e.secret.to_string(),
                ],
            )?;
        }
        Event::PartnerAgreed(e) => {
            count(db, e.no)?;
            run(
                db,
                "INSERT INTO agreement (no, idx, partner, title, from_day, until, secrets)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                params![
                    e.no.to_string(),
                    idx,
                    e.partner.to_string(),
                    e.title,
                    day(e.from),
                    day(e.until),
                    e.secrets.as_deref().map(list),
                ],
            )?;
        }
        Event::PaperAdded(e) => {
            run(
                db,
                "INSERT INTO paper (about, no, idx, blob, size, sealed, media, happened)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                params![
                    e.about.to_string(),
                    e.no,
                    idx,
                    e.blob,
                    e.size as i64,
                    e.sealed,
                    e.media,
                    day(e.happened),
                ],
            )?;
        }
        Event::DisclosureMade(e) => {
            count(db, e.no)?;
            run(
                db,
                "INSERT INTO disclosure (no, idx, secret, statements, carriers, partner, person,
                     happened, purpose, until, agreement)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                params![
                    e.no.to_string(),
                    idx,
                    e.secret.to_string(),
                    e.statements.as_deref().map(list),
                    list(&e.carriers),
                    e.partner.to_string(),
                    no(e.person),
                    day(e.happened),
                    e.purpose,
                    day(e.until),
                    no(e.agreement),
                ],
            )?;
        }
        Event::DisclosureClosed(e) => {
            run(
                db,
                "UPDATE disclosure SET ending = $1, ended = $2, ended_idx = $3 WHERE no = $4",
                params![e.how.word(), day(e.happened), idx, e.disclosure.to_string()],
            )?;
        }
        Event::WitnessAdded(e) => {
            run(
                db,
                "INSERT INTO witness (idx, name, key, url, relation) VALUES ($1, $2, $3, $4, $5)",
                params![idx, e.name, e.key, e.url, e.relation.word()],
            )?;
        }
        Event::WitnessRemoved(e) => {
            run(
                db,
                "UPDATE witness SET removed = $1 WHERE name = $2 AND removed IS NULL",
                params![idx, e.name],
            )?;
        }
        Event::AuthorityAdded(e) => {
            run(
                db,
                "INSERT INTO authority (idx, name, url, roots, relation)
                 VALUES ($1, $2, $3, $4, $5)",
                params![idx, e.name, e.url, list(&e.roots), e.relation.word()],
            )?;
        }
        Event::AuthorityRemoved(e) => {
            run(
                db,
                "UPDATE authority SET removed = $1 WHERE name = $2 AND removed IS NULL",
                params![idx, e.name],
            )?;
        }
        Event::DossierBuilt(e) => {
            count(db, e.no)?;
            run(
                db,
                "INSERT INTO dossier (no, idx, at, purpose, secrets, manifest, withheld)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                params![
                    e.no.to_string(),
                    idx,
                    record.received.0,
                    e.purpose.word(),
                    list(&e.secrets),
                    e.manifest,
                    list(&e.withheld),
                ],
            )?;
        }
        Event::CompanyAdded(e) => {
            count(db, e.no)?;
            directory::added(db, record, e)?;
        }
        Event::CompanyRevised(e) => directory::revised(db, record, e)?,
        Event::CompanyMerged(e) => directory::merged(db, e)?,
        Event::DirectoryImported(e) => directory::imported(db, record, e)?,
        Event::ServiceGiven(e) => directory::given(db, record, e)?,
        Event::LinkOffered(e) => {
            count(db, e.no)?;
            exchange::offered(db, record, e)?;
        }
        Event::LinkAsked(e) => {
            count(db, e.no)?;
            exchange::asked(db, record, e)?;
        }
        Event::LinkJoined(e) => exchange::joined(db, record, e)?,
        Event::LinkEnded(e) => exchange::ended(db, e)?,
        Event::LetterSent(e) => exchange::sent(db, record, e)?,
        Event::LetterReceived(e) => exchange::received(db, record, e)?,
        Event::LetterOpened(e) => exchange::opened(db, e)?,
        Event::SweepDone(e) => {
            count(db, e.no)?;
            matching::swept(db, record, e)?;
        }
        Event::ReleaseAsked(e) => {
            count(db, e.no)?;
            matching::asked(db, record, e)?;
        }
        Event::ReleaseApproved(e) => matching::approved(db, e)?,
        Event::ReleaseRefused(e) => matching::refused(db, record, e)?,
        Event::ComparisonMade(e) => {
            count(db, e.no)?;
            matching::compared(db, record, e)?;
        }
        Event::InventoryDone(e) => {
            count(db, e.no)?;
            inventory::done(db, record, e)?;
        }
        Event::InventoryDecided(e) => inventory::decided(db, record, e)?,
        Event::CorpusAdded(e) => {
            count(db, e.no)?;
            corpora::added(db, record, e)?;
        }
        Event::CorpusRemoved(e) => corpora::removed(db, record, e)?,
        Event::PublicChecked(e) => {
            count(db, e.no)?;
            corpora::checked(db, record, e)?;
        }
        Event::BlindBegun(e) => {
            count(db, e.no)?;
            blind::begun(db, record, e)?;
        }
        Event::WorkRecorded(e) => {
            count(db, e.no)?;
            blind::worked(db, record, e)?;
        }
        Event::BlindDone(e) => blind::done(db, record, e)?,
        Event::BlindFailed(e) => blind::failed(db, record, e)?,
        Event::OverseasAssessed(e) => {
            count(db, e.no)?;
            overseas::assessed(db, record, e)?;
        }
        Event::ExportAnswered(e) => {
            count(db, e.no)?;
            overseas::exported(db, record, e)?;
        }
        Event::IncidentOpened(_)
        | Event::IncidentRevised(_)
        | Event::IncidentNoted(_)
        | Event::IncidentLinked(_)
        | Event::IncidentUnlinked(_)
        | Event::IncidentPreserved(_)
        | Event::IncidentHanded(_)
        | Event::IncidentDropped(_)
        | Event::IncidentReckoned(_)
        | Event::IncidentClosed(_)
        | Event::IncidentReopened(_) => incident::apply(db, record)?,
        Event::ComparisonConcluded(e) => matching::concluded(db, record, e)?,
        Event::CopiesCommitted(e) => {
            count(db, e.no)?;
            copies::committed(db, record, e)?;
            if let Some(&last) = e.copies.last() {
                count(db, last)?;
            }
        }
        Event::CopyIssued(e) => copies::issued(db, record, e)?,
        Event::CopyReceived(e) => copies::received(db, record, e)?,
        Event::CopyEnded(e) => copies::ended(db, record, e)?,
        Event::CopyRecalled(e) => copies::recalled(db, record, e)?,
        Event::FindRead(e) => {
            count(db, e.no)?;
            copies::read(db, record, e)?;
        }
        Event::FindTraced(e) => copies::traced(db, record, e)?,
        Event::ExpertAdded(_)
        | Event::ExpertRecused(_)
        | Event::ExpertRenewed(_)
        | Event::ExpertEnded(_)
        | Event::RequestReceived(_)
        | Event::RequestRouted(_)
        | Event::RequestReplied(_)
        | Event::RequestClosed(_)
        | Event::VisitPlanned(_)
        | Event::VisitCancelled(_)
        | Event::VisitMade(_)
        | Event::PrescriptionWritten(_)
        | Event::PrescriptionProgressed(_)
        | Event::PrescriptionReviewed(_) => workstation::apply(db, record)?,
        Event::AccountOpened(_)
        | Event::AccountChanged(_)
        | Event::AccountPasswordSet(_)
        | Event::AccountClosed(_) => accounts::apply(db, record)?,
        Event::CaseOpened(_)
        | Event::CaseAssigned(_)
        | Event::CaseFiled(_)
        | Event::CaseUnfiled(_)
        | Event::CaseStepped(_)
        | Event::CaseUnstepped(_)
        | Event::CaseDrawn(_)
        | Event::CaseAgainst(_)
        | Event::CaseReckoned(_) => casework::apply(db, record)?,
        Event::RecognitionApplied(_)
        | Event::RecognitionEvidenced(_)
        | Event::RecognitionAssigned(_)
        | Event::RecognitionReviewed(_)
        | Event::RecognitionVisited(_)
        | Event::RecognitionAgreed(_)
        | Event::RecognitionPublished(_)
        | Event::RecognitionObjected(_)
        | Event::RecognitionAnswered(_)
        | Event::RecognitionAwarded(_)
        | Event::RecognitionChecked(_)
        | Event::RecognitionEnded(_) => recognition::apply(db, record)?,
        Event::LetterCarried(_)
        | Event::LetterSettled(_)
        | Event::PrescriptionReported(_)
        | Event::TaskReceived(_)
        | Event::TaskProgressed(_)
        | Event::TaskReviewed(_) => effect::apply(db, record)?,
        Event::ProfileFiled(_)
        | Event::ProfileWithdrawn(_)
        | Event::ProfileReceived(_)
        | Event::ProfileForgotten(_) => profile::apply(db, record)?,
        Event::ControlAnswered(_) | Event::ControlWithdrawn(_) => controls::apply(db, record)?,
        Event::ActivityPlanned(_)
        | Event::ActivityMoved(_)
        | Event::ActivityCancelled(_)
        | Event::ActivityInvited(_)
        | Event::ActivityRegistered(_)
        | Event::ActivityWithdrawn(_)
        | Event::ActivityCheckedIn(_)
        | Event::ActivityHeld(_)
        | Event::ActivityAsked(_)
        | Event::ActivityAnswered(_)
        | Event::ActivitySupplied(_)
        | Event::ActivityRated(_)
        | Event::ActivityErased(_) => activity::apply(db, record)?,
        Event::RuleScored(_)
        | Event::RuleSwitched(_)
        | Event::WarningRaised(_)
        | Event::WarningAssigned(_)
        | Event::WarningClosed(_) => warning::apply(db, record)?,
        Event::HoldSet(_)
        | Event::HoldLifted(_)
        | Event::PersonErased(_)
        | Event::SecretDestroyed(_) => custody::apply(db, record)?,
        Event::OrganisationAdded(_)
        | Event::OrganisationChanged(_)
        | Event::OrganisationEnded(_)
        | Event::MemberJoined(_)
        | Event::MemberLeft(_)
        | Event::AssistanceAsked(_)
        | Event::AssistanceReceived(_)
        | Event::AssistanceTriaged(_)
        | Event::AssistanceReplied(_)
        | Event::AssistanceEscalated(_)
        | Event::AssistanceClosed(_)
        | Event::RequestTaken(_)
        | Event::RequestAnswered(_)
        | Event::RequestFollowed(_) => organisation::apply(db, record)?,
        Event::SecretMerged(_) | Event::SecretSplit(_) => lineage::apply(db, record)?,
        Event::ProcurementRecorded(_)
        | Event::EngagementOpened(_)
        | Event::EngagementPlanned(_)
        | Event::EngagementLogged(_)
        | Event::EngagementDelivered(_)
        | Event::EngagementAccepted(_)
        | Event::EngagementPaid(_)
        | Event::EngagementRated(_)
        | Event::EngagementEnded(_)
        | Event::FirmConflicted(_)
        | Event::FirmCleared(_) => programme::apply(db, record)?,
        // These stand in timelines only.
        Event::SecretViewed(_)
        | Event::ClockSetBack(_)
        | Event::KeysChanged(_)
        | Event::ControlAssigned(_)
        | Event::ControlsAdopted(_)
        | Event::BackupDrilled(_)
        | Event::IndexBuilt(_) => {}
    }
    Ok(())
}

/// Remembers the highest number given out in a series.
fn count(db: &Connection, number: Number) -> rusqlite::Result<()> {
    run(
        db,
        "INSERT INTO series (letters, last) VALUES ($1, $2)
         ON CONFLICT (letters) DO UPDATE SET last = excluded.last",
        params![number.series.letters(), number.count],
    )
    .map(drop)
}
