//! Looks up what a command needs to know, inside the transaction that will append.

mod programme;

use std::collections::BTreeMap;

use domain::custody::Custody;
use domain::facts::{
    AccountHead, ActivityHead, AssistanceHead, BatchHead, CaseHead, CompanyHead, DeskHead,
    ExpertHead, Facts, LinkHead, Need, OrganisationHead, PrescriptionHead, RecognitionHead,
    RegistrationHead, ReleaseHead, RequestHead, RuleHead, SecretHead, TaskHead, ThingHead,
    VisitHead, WarningHead,
};
use domain::terms::{
    AccountRole, ActivityState, AssistanceAnswer, AssistanceState, CompanyKind, Cure, LetterWay,
    Level, LinkState, OrganisationKind, RecognitionState, RequestState, Role, Verdict, VisitState,
};
use domain::{CreditCode, Day, Number, Series};
use rusqlite::{Connection, OptionalExtension as _, params};

/// Adds to `facts` what `needs` ask for.
pub(crate) fn look_up(db: &Connection, needs: &[Need], facts: &mut Facts) -> rusqlite::Result<()> {
    for need in needs {
        match need {
            Need::Secret(no) => {
                if let Some(head) = secret(db, *no)? {
                    facts.secrets.insert(*no, head);
                }
            }
            Need::Thing(no) => {
                if let Some(head) = thing(db, *no)? {
                    facts.things.insert(*no, head);
                }
            }
            Need::Last(series) => {
                let last = db
                    .prepare_cached("SELECT last FROM series WHERE letters = $1")?
                    .query_row([series.letters()], |row| row.get(0))
                    .optional()?;
                facts.last.extend(last.map(|last| (*series, last)));
            }
            Need::Witness(name) => {
                let sql = "SELECT 1 FROM witness WHERE name = $1 AND removed IS NULL";
                if db.prepare_cached(sql)?.exists([name])? {
                    facts.witnesses.push(name.clone());
                }
            }
            Need::Authority(name) => {
                let sql = "SELECT 1 FROM authority WHERE name = $1 AND removed IS NULL";
                if db.prepare_cached(sql)?.exists([name])? {
                    facts.authorities.push(name.clone());
                }
            }
            Need::Clearance(person, secret) => {
                let sql = "SELECT 1 FROM clearance
                           WHERE person = $1 AND secret = $2 AND barred_idx IS NULL";
                if db
                    .prepare_cached(sql)?
                    .exists(params![person.to_string(), secret.to_string()])?
                {
                    facts.clearances.push((*person, *secret));
                }
            }
            Need::Role => {
                let role: Option<String> = db
                    .prepare_cached("SELECT role FROM node_card WHERE one = 1")?
                    .query_row([], |row| row.get(0))
                    .optional()?;
                facts.role = role.and_then(|word| Role::from_word(&word));
            }
            Need::Company(no) => {
                if let Some(head) = company(db, *no)? {
                    facts.companies.insert(*no, head);
                }
            }
            Need::CompanyOf(code) => {
                // The one that stands comes before one with the same code that was merged into it.
                let sql = "SELECT no FROM company WHERE code = $1
                           ORDER BY merged_into IS NOT NULL, idx LIMIT 1";
                if let Some(no) = found(db, sql, code.as_str())? {
                    facts.company_of.insert(*code, no);
                }
            }
            Need::Batch(no) => {
                if let Some(head) = batch(db, *no)? {
                    facts.batches.insert(*no, head);
                }
            }
            Need::Bound(partner, secret) => {
                if let Some(day) = unbound(db, *partner, *secret, facts.today)? {
                    facts.unbound.insert(*partner, day);
                }
            }
            Need::Uncoded(name) => {
                let sql = "SELECT no FROM company WHERE name = $1 AND code IS NULL
                           ORDER BY merged_into IS NOT NULL, idx LIMIT 1";
                if let Some(no) = found(db, sql, name)? {
                    facts.uncoded.insert(name.clone(), no);
                }
            }
            Need::Link(no) => {
                if let Some(head) = link(db, *no)? {
                    facts.links.insert(*no, head);
                }
            }
            Need::LinkNamed(name) => {
                if let Some(no) = found(db, "SELECT no FROM link WHERE link = $1", name)? {
                    facts.link_named.insert(name.clone(), no);
                }
            }
            Need::Export(secret) => {
                let clear = db
                    .prepare_cached("SELECT clear FROM export_secret WHERE secret = $1")?
                    .query_row([secret.to_string()], |row| row.get(0))
                    .optional()?;
                facts.exports.extend(clear.map(|clear| (*secret, clear)));
            }
            Need::Comparison(no) => {
                if let Some(secrets) = comparison(db, *no)? {
                    facts.comparisons.insert(*no, secrets);
                }
            }
            Need::Inventory(no, proposal) => {
                if let Some(head) = inventory(db, *no, *proposal)? {
                    facts.inventories.insert(*no, head);
                }
            }
            Need::Incident(no) => {
                if let Some(head) = incident(db, *no)? {
                    facts.incidents.insert(*no, head);
                }
            }
            Need::Release(no) => {
                if let Some(head) = release(db, *no)? {
                    facts.releases.insert(*no, head);
                }
            }
            Need::Account(no) => {
                if let Some(head) = account(db, *no)? {
                    facts.accounts.insert(*no, head);
                }
            }
            Need::Recognition(no) => {
                if let Some(head) = recognition(db, *no)? {
                    facts.recognitions.insert(*no, head);
                }
            }
            Need::Recognised(company, layer) => {
                let sql = "SELECT no FROM recognition
                           WHERE company = $1 AND layer = $2 AND state NOT IN ('failed', 'ended')";
                let no: Option<String> = db
                    .prepare_cached(sql)?
                    .query_row(params![company.to_string(), layer], |row| row.get(0))
                    .optional()?;
                if let Some(no) = no.and_then(|no| Number::parse(&no).ok()) {
                    facts.recognised.insert((*company, layer.clone()), no);
                }
            }
            Need::Settled(link, seq) => {
                let sql = "SELECT 1 FROM settled WHERE link = $1 AND seq = $2";
                if db.prepare_cached(sql)?.exists(params![link.to_string(), *seq as i64])? {
                    facts.settled.insert((*link, *seq));
                }
            }
            Need::Task(no) => {
                let sql = "SELECT no, link, state, seen FROM task WHERE no = $1";
                if let Some(head) = task(db, sql, params![no.to_string()])? {
                    if let Some(link) = link(db, head.link)? {
                        facts.links.insert(head.link, link);
                    }
                    facts.tasks.insert(*no, head);
                }
            }
            Need::TaskOf(of, theirs) => {
                let sql = "SELECT no, link, state, seen FROM task WHERE link = $1 AND theirs = $2";
                let params = params![of.to_string(), theirs.to_string()];
                if let Some(head) = task(db, sql, params)? {
                    facts.task_of.insert((*of, *theirs), head);
                }
            }
            Need::Registration(of, part) => {
                let sql = "SELECT withdrawn, came_at, mark FROM registration
                           WHERE activity = $1 AND no = $2";
                let head = db
                    .prepare_cached(sql)?
                    .query_row(params![of.to_string(), part], |row| {
                        Ok(RegistrationHead {
                            withdrawn: row.get(0)?,
                            came: row.get::<_, Option<i64>>(1)?.is_some(),
                            rated: row.get::<_, Option<i64>>(2)?.is_some(),
                        })
                    })
                    .optional()?;
                facts.registrations.extend(head.map(|head| ((*of, *part), head)));
            }
            Need::Rule(rule) => {
                let head = db
                    .prepare_cached("SELECT version, score, running FROM rule WHERE rule = $1")?
                    .query_row([rule], |row| {
                        let version: Option<String> = row.get(0)?;
                        let score: Option<String> = row.get(1)?;
                        Ok(RuleHead { scored: version.zip(score), on: row.get(2)? })
                    })
                    .optional()?;
                facts.rules.extend(head.map(|head| (rule.clone(), head)));
            }
            Need::Matter(rule, matter) => {
                let sql =
                    "SELECT 1 FROM warning WHERE rule = $1 AND matter = $2 AND closed IS NULL";
                if db.prepare_cached(sql)?.exists([rule, matter])? {
                    facts.matters.insert((rule.clone(), matter.clone()));
                }
            }
            Need::Custody(no) => {
                if let Some(custody) = custody(db, *no, facts.today)? {
                    facts.custody.insert(*no, custody);
                }
            }
            Need::Member(of, company) => {
                let sql = "SELECT 1 FROM member WHERE organisation = $1 AND company = $2";
                if db.prepare_cached(sql)?.exists([of.to_string(), company.to_string()])? {
                    facts.members.insert((*of, *company));
                }
            }
            Need::Against(firm, company) => {
                let found = programme::against(db, *firm, *company, facts.today)?;
                facts.against.insert((*firm, *company), found);
            }
            Need::Desk(no) => {
                if let Some(head) = desk(db, *no)? {
                    facts.desk.insert(*no, head);
                }
            }
        }
    }
    Ok(())
}

fn task(
    db: &Connection,
    sql: &str,
    params: &[&dyn rusqlite::ToSql],
) -> rusqlite::Result<Option<TaskHead>> {
    let number = |text: String, at| {
        Number::parse(&text).map_err(|error| {
            let sort = rusqlite::types::Type::Text;
            rusqlite::Error::FromSqlConversionFailure(at, sort, Box::new(error))
        })
    };
    db.prepare_cached(sql)?
        .query_row(params, |row| {
            let state: String = row.get(2)?;
            Ok(TaskHead {
                no: number(row.get(0)?, 0)?,
                link: number(row.get(1)?, 1)?,
                closed: crate::apply::effect::is_closed(&state),
                seen: row.get(3)?,
            })
        })
        .optional()
}

fn account(db: &Connection, no: Number) -> rusqlite::Result<Option<AccountHead>> {
    db.prepare_cached("SELECT role, holder, closed_idx FROM account WHERE no = $1")?
        .query_row([no.to_string()], |row| {
            let (role, holder): (String, Option<String>) = (row.get(0)?, row.get(1)?);
            Ok(AccountRole::from_word(&role).map(|role| AccountHead {
                role,
                holder: holder.and_then(|no| Number::parse(&no).ok()),
                closed: row.get::<_, Option<i64>>(2).is_ok_and(|idx| idx.is_some()),
            }))
        })
        .optional()
        .map(Option::flatten)
}
fn comparison(db: &Connection, no: Number) -> rusqlite::Result<Option<Vec<Number>>> {
    db.prepare_cached("SELECT secrets FROM comparison WHERE no = $1")?
        .query_row([no.to_string()], |row| {
            let list: String = row.get(0)?;
            Ok(list.split(',').filter_map(|no| Number::parse(no).ok()).collect())
        })
        .optional()
}

fn inventory(
    db: &Connection,
    no: Number,
    proposal: u32,
) -> rusqlite::Result<Option<domain::inventory::Head>> {
    let sql = "SELECT proposals, (SELECT answer FROM proposal p
                   WHERE p.inventory = inventory.no AND p.no = $1)
               FROM inventory WHERE no = $2";
    db.prepare_cached(sql)?
        .query_row(rusqlite::params![proposal, no.to_string()], |row| {
            let answer: Option<String> = row.get(1)?;
            let answer = answer.and_then(|word| domain::terms::Judgement::from_word(&word));
            Ok(domain::inventory::Head { proposals: row.get(0)?, answer })
        })
        .optional()
}

/// The head of an incident.
fn incident(db: &Connection, no: Number) -> rusqlite::Result<Option<domain::incident::Head>> {
    let text = no.to_string();
    let head = db
        .prepare_cached(
            "SELECT closed_idx, (SELECT COALESCE(MAX(no), 0) FROM paper WHERE about = $1),
                 (SELECT COALESCE(MAX(no), 0) FROM exhibit WHERE incident = $1)
             FROM incident WHERE no = $1",
        )?
        .query_row([&text], |row| {
            Ok(domain::incident::Head {
                closed: row.get::<_, Option<i64>>(0)?.is_some(),
                papers: row.get(1)?,
                last_exhibit: row.get(2)?,
                ..domain::incident::Head::default()
            })
        })
        .optional()?;
    let Some(mut head) = head else { return Ok(None) };
    let mut statement =
        db.prepare_cached("SELECT no FROM exhibit WHERE incident = $1 AND dropped IS NULL")?;
    for no in statement.query_map([&text], |row| row.get(0))? {
        head.exhibits.push(no?);
    }
    let mut statement = db.prepare_cached("SELECT thing FROM incident_link WHERE incident = $1")?;
    for thing in statement.query_map([&text], |row| row.get::<_, String>(0))? {
        head.linked.extend(Number::parse(&thing?).ok());
    }
    Ok(Some(head))
}

fn release(db: &Connection, no: Number) -> rusqlite::Result<Option<ReleaseHead>> {
    db.prepare_cached(
        "SELECT verdict, approvers, approved, refused_idx FROM release WHERE no = $1",
    )?
    .query_row([no.to_string()], |row| {
        let verdict: String = row.get(0)?;
        let people = |text: String| {
            text.split(',').filter_map(|no| Number::parse(no).ok()).collect::<Vec<_>>()
        };
        Ok(ReleaseHead {
            verdict: Verdict::from_word(&verdict).unwrap_or(Verdict::Stop),
            approvers: people(row.get(1)?),
            approved: people(row.get(2)?),
            refused: row.get::<_, Option<i64>>(3)?.is_some(),
        })
    })
    .optional()
}

fn found(db: &Connection, sql: &str, text: &str) -> rusqlite::Result<Option<Number>> {
    let no: Option<String> =
        db.prepare_cached(sql)?.query_row([text], |row| row.get(0)).optional()?;
    Ok(no.and_then(|no| Number::parse(&no).ok()))
}

fn batch(db: &Connection, no: Number) -> rusqlite::Result<Option<BatchHead>> {
    let no = no.to_string();
    if !db.prepare_cached("SELECT 1 FROM batch WHERE no = $1")?.exists([&no])? {
        return Ok(None);
    }
    let sql = "SELECT no, recipient, idx FROM copy WHERE batch = $1 ORDER BY place";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([&no])?;
    let mut copies = Vec::new();
    while let Some(row) = rows.next()? {
        let (copy, recipient): (String, String) = (row.get(0)?, row.get(1)?);
        if let (Ok(copy), Ok(recipient)) = (Number::parse(&copy), Number::parse(&recipient)) {
            copies.push((copy, recipient, row.get::<_, Option<i64>>(2)?.is_some()));
        }
    }
    Ok(Some(BatchHead { copies }))
}

/// The last day of a partner's agreements on a secret point, when there are some and none is in
/// force.
fn unbound(
    db: &Connection,
    partner: Number,
    secret: Number,
    today: Day,
) -> rusqlite::Result<Option<Day>> {
    let sql = "SELECT until FROM agreement WHERE partner = $1
               AND (secrets IS NULL OR ',' || secrets || ',' LIKE '%,' || $2 || ',%')";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params![partner.to_string(), secret.to_string()])?;
    let mut last = None;
    while let Some(row) = rows.next()? {
        let until: Option<String> = row.get(0)?;
        match until.and_then(|day| Day::parse(&day).ok()) {
            Some(day) if day < today => last = last.max(Some(day)),
            _ => return Ok(None),
        }
    }
    Ok(last)
}

fn company(db: &Connection, no: Number) -> rusqlite::Result<Option<CompanyHead>> {
    db.prepare_cached("SELECT edition, sort, code, merged_into FROM company WHERE no = $1")?
        .query_row([no.to_string()], |row| {
            let (sort, code): (String, Option<String>) = (row.get(1)?, row.get(2)?);
            let merged_into: Option<String> = row.get(3)?;
            Ok(CompanyHead {
                edition: row.get(0)?,
                kind: CompanyKind::from_word(&sort).unwrap_or(CompanyKind::Company),
                code: code.and_then(|code| CreditCode::parse(&code).ok()),
                merged_into: merged_into.and_then(|no| Number::parse(&no).ok()),
            })
        })
        .optional()
}

fn link(db: &Connection, no: Number) -> rusqlite::Result<Option<LinkHead>> {
    let text = no.to_string();
    let last = |way: LetterWay| {
        db.prepare_cached(
            "SELECT seq, digest FROM letter WHERE link = $1 AND way = $2
             ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([&text, way.word()], |row| Ok((row.get::<_, i64>(0)? as u64, row.get(1)?)))
        .optional()
        .map(|last| last.unwrap_or_else(|| (0, "0".repeat(64))))
    };
    let (sent, received) = (last(LetterWay::Out)?, last(LetterWay::In)?);
    db.prepare_cached(
        "SELECT state, link, until, COALESCE((SELECT merged_into FROM company c
             WHERE c.no = link.company), company),
             EXISTS (SELECT 1 FROM profile p WHERE p.link = link.no AND p.ended IS NULL)
         FROM link WHERE no = $1",
    )?
    .query_row([&text], |row| {
        let (state, until, company): (String, Option<String>, Option<String>) =
            (row.get(0)?, row.get(2)?, row.get(3)?);
        Ok(LinkHead {
            state: LinkState::from_word(&state).unwrap_or(LinkState::Ended),
            link: row.get(1)?,
            until: until.and_then(|day| Day::parse(&day).ok()),
            company: company.and_then(|no| Number::parse(&no).ok()),
            sent,
            received,
            filed: row.get(4)?,
        })
    })
    .optional()
}

fn secret(db: &Connection, no: Number) -> rusqlite::Result<Option<SecretHead>> {
    let no = no.to_string();
    let head = db
        .prepare_cached("SELECT level, declassified, edition, merged FROM secret WHERE no = $1")?
        .query_row([&no], |row| {
            let level: String = row.get(0)?;
            let merged: Option<String> = row.get(3)?;
            Ok(SecretHead {
                level: Level::from_word(&level).unwrap_or(Level::Core),
                declassified: row.get::<_, Option<i64>>(1)?.is_some(),
                merged: merged.and_then(|no| Number::parse(&no).ok()),
                edition: row.get(2)?,
                statements: BTreeMap::new(),
                last_statement: 0,
                carriers: Vec::new(),
                last_carrier: 0,
            })
        })
        .optional()?;
    let Some(mut head) = head else { return Ok(None) };

    let mut statement = db.prepare_cached(
        "SELECT no, MAX(edition), MAX(taken_back) FROM statement WHERE secret = $1 GROUP BY no",
    )?;
    let mut rows = statement.query([&no])?;
    while let Some(row) = rows.next()? {
        let part: u32 = row.get(0)?;
        head.last_statement = head.last_statement.max(part);
        if row.get::<_, Option<i64>>(2)?.is_none() {
            head.statements.insert(part, row.get(1)?);
        }
    }
    let mut statement = db.prepare_cached("SELECT no, retired FROM carrier WHERE secret = $1")?;
    let mut rows = statement.query([&no])?;
    while let Some(row) = rows.next()? {
        let part: u32 = row.get(0)?;
        head.last_carrier = head.last_carrier.max(part);
        if row.get::<_, Option<i64>>(1)?.is_none() {
            head.carriers.push(part);
        }
    }
    Ok(Some(head))
}

fn thing(db: &Connection, no: Number) -> rusqlite::Result<Option<ThingHead>> {
    let sql = match no.series {
        Series::Person => "SELECT NULL, NULL FROM person WHERE no = $1",
        Series::Partner => "SELECT NULL, NULL FROM partner WHERE no = $1",
        Series::Measure => "SELECT ended_idx, NULL FROM measure WHERE no = $1",
        Series::Agreement => "SELECT NULL, partner FROM agreement WHERE no = $1",
        Series::Disclosure => "SELECT ended_idx, NULL FROM disclosure WHERE no = $1",
        Series::Copy => "SELECT ended_idx, NULL FROM copy WHERE no = $1 AND idx IS NOT NULL",
        Series::Find => "SELECT traced_idx, NULL FROM find WHERE no = $1",
        Series::Case => "SELECT NULL, NULL FROM casefile WHERE no = $1",
        Series::Answer => "SELECT withdrawn, NULL FROM answer WHERE no = $1",
        Series::Corpus => "SELECT removed_idx, NULL FROM corpus WHERE no = $1",
        Series::Blind => "SELECT ended_idx, partner FROM blind WHERE no = $1",
        Series::Work => "SELECT NULL, NULL FROM work WHERE no = $1",
        Series::Incident => "SELECT closed_idx, NULL FROM incident WHERE no = $1",
        Series::Secret
        | Series::Dossier
        | Series::Company
        | Series::Link
        | Series::Sweep
        | Series::Release
        | Series::Batch
        | Series::Expert
        | Series::Request
        | Series::Visit
        | Series::Prescription
        | Series::Account
        | Series::Comparison
        | Series::Recognition
        | Series::Task
        | Series::Activity
        | Series::Inventory
        | Series::Warning
        | Series::Assessment
        | Series::Export
        | Series::Organisation
        | Series::Assistance
        | Series::Procurement
        | Series::Engagement
        | Series::PublicCheck => return Ok(None),
    };
    let text = no.to_string();
    let head = db
        .prepare_cached(sql)?
        .query_row([&text], |row| {
            let partner: Option<String> = row.get(1)?;
            Ok(ThingHead {
                ended: row.get::<_, Option<i64>>(0)?.is_some(),
                partner: partner.and_then(|no| Number::parse(&no).ok()),
                papers: 0,
                erased: false,
            })
        })
        .optional()?;
    let Some(mut head) = head else { return Ok(None) };
    head.papers = db
        .prepare_cached("SELECT COALESCE(MAX(no), 0) FROM paper WHERE about = $1")?
        .query_row([&text], |row| row.get(0))?;
    head.erased = db.prepare_cached("SELECT 1 FROM erasure WHERE thing = $1")?.exists([&text])?;
    Ok(Some(head))
}

/// How a person or a secret point is kept.
fn custody(db: &Connection, no: Number, today: Day) -> rusqlite::Result<Option<Custody>> {
    let sql = match no.series {
        Series::Person => "SELECT 1 FROM person WHERE no = $1",
        Series::Secret => "SELECT 1 FROM secret WHERE no = $1",
        _ => return Ok(None),
    };
    let text = no.to_string();
    if !db.prepare_cached(sql)?.exists([&text])? {
        return Ok(None);
    }
    let mut custody = Custody {
        erased: db.prepare_cached("SELECT 1 FROM erasure WHERE thing = $1")?.exists([&text])?,
        items: db
            .prepare_cached(&format!("SELECT COUNT(*) FROM envelope WHERE {}", crate::erase::OF))?
            .query_row([&text], |row| row.get::<_, i64>(0))? as u64,
        files: db
            .prepare_cached(
                "SELECT (SELECT COUNT(*) FROM carrier WHERE secret = $1)
                     + (SELECT COUNT(*) FROM paper WHERE about = $1)",
            )?
            .query_row([&text], |row| row.get::<_, i64>(0))? as u64,
        ..Custody::default()
    };
    let mut statement =
        db.prepare_cached("SELECT no, ground, lifted IS NULL FROM hold WHERE thing = $1")?;
    let mut rows = statement.query([&text])?;
    while let Some(row) = rows.next()? {
        let (hold, ground): (u32, Option<String>) = (row.get(0)?, row.get(1)?);
        custody.last_hold = custody.last_hold.max(hold);
        if row.get(2)? {
            let ground = ground.and_then(|no| Number::parse(&no).ok());
            custody.holds.insert(hold, ground);
        }
    }
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT c.secret FROM clearance c JOIN secret s ON s.no = c.secret
         WHERE c.person = $1 AND c.barred_idx IS NULL AND s.declassified IS NULL
           AND (c.until IS NULL OR c.until >= $2) ORDER BY c.secret",
    )?;
    let today = today.to_string();
    for secret in statement.query_map([&text, &today], |row| row.get::<_, String>(0))? {
        custody.cleared.extend(Number::parse(&secret?).ok());
    }
    let mut statement =
        db.prepare_cached("SELECT no FROM account WHERE holder = $1 AND closed_idx IS NULL")?;
    for account in statement.query_map([&text], |row| row.get::<_, String>(0))? {
        custody.accounts.extend(Number::parse(&account?).ok());
    }
    Ok(Some(custody))
}

/// The head of an expert, a request, a visit or a prescription.
fn desk(db: &Connection, no: Number) -> rusqlite::Result<Option<DeskHead>> {
    let text = no.to_string();
    let number = |text: String| Number::parse(&text).unwrap_or(no);
    match no.series {
        Series::Expert => {
            let head = db
                .prepare_cached("SELECT until, ended, organisation FROM expert WHERE no = $1")?
                .query_row([&text], |row| {
                    let until: Option<String> = row.get(0)?;
                    Ok(ExpertHead {
                        until: until.and_then(|day| Day::parse(&day).ok()),
                        ended: row.get::<_, Option<String>>(1)?.is_some(),
                        organisation: row.get(2)?,
                        conflicts: Vec::new(),
                    })
                })
                .optional()?;
            let Some(mut head) = head else { return Ok(None) };
            let mut statement =
                db.prepare_cached("SELECT company FROM conflict WHERE expert = $1")?;
            let companies = statement.query_map([&text], |row| row.get::<_, String>(0))?;
            for company in companies {
                head.conflicts.extend(Number::parse(&company?).ok());
            }
            Ok(Some(DeskHead::Expert(head)))
        }
        Series::Request => db
            .prepare_cached(
                "SELECT company, title, expert, replied, state,
                     (SELECT organisation FROM request_desk d WHERE d.request = request.no)
                 FROM request WHERE no = $1",
            )?
            .query_row([&text], |row| {
                let expert: Option<String> = row.get(2)?;
                let organisation: Option<String> = row.get(5)?;
                let state: String = row.get(4)?;
                Ok(DeskHead::Request(RequestHead {
                    company: number(row.get(0)?),
                    title: row.get(1)?,
                    expert: expert.and_then(|no| Number::parse(&no).ok()),
                    organisation: organisation.and_then(|no| Number::parse(&no).ok()),
                    replied: row.get::<_, Option<String>>(3)?.is_some(),
                    closed: state == RequestState::Closed.word(),
                }))
            })
            .optional(),
        Series::Warning => db
            .prepare_cached("SELECT closed IS NOT NULL FROM warning WHERE no = $1")?
            .query_row([&text], |row| Ok(DeskHead::Warning(WarningHead { closed: row.get(0)? })))
            .optional(),
        Series::Visit => db
            .prepare_cached("SELECT company, title, checklist, state FROM visit WHERE no = $1")?
            .query_row([&text], |row| {
                let state: String = row.get(3)?;
                Ok(DeskHead::Visit(VisitHead {
                    company: number(row.get(0)?),
                    title: row.get(1)?,
                    checklist: row.get(2)?,
                    state: VisitState::from_word(&state).unwrap_or(VisitState::Cancelled),
                }))
            })
            .optional(),
        Series::Prescription => db
            .prepare_cached(
                "SELECT company, state, (SELECT COUNT(*) FROM prescription_step s
                     WHERE s.prescription = prescription.no AND s.link IS NULL)
                 FROM prescription WHERE no = $1",
            )?
            .query_row([&text], |row| {
                let state: String = row.get(1)?;
                let closed = state == Cure::Cured.word() || state == Cure::Dropped.word();
                Ok(DeskHead::Prescription(PrescriptionHead {
                    company: number(row.get(0)?),
                    closed,
                    steps: row.get(2)?,
                }))
            })
            .optional(),
        Series::Case => case(db, no),
        Series::Activity => activity(db, no),
        Series::Organisation => db
            .prepare_cached("SELECT name, sort, ended FROM organisation WHERE no = $1")?
            .query_row([&text], |row| {
                let sort: String = row.get(1)?;
                Ok(OrganisationKind::from_word(&sort).map(|kind| {
                    DeskHead::Organisation(OrganisationHead {
                        name: row.get(0).unwrap_or_default(),
                        kind,
                        ended: row.get::<_, Option<String>>(2).is_ok_and(|day| day.is_some()),
                    })
                }))
            })
            .optional()
            .map(Option::flatten),
        Series::Assistance => assistance(db, no),
        Series::Procurement => programme::procurement(db, no),
        Series::Engagement => programme::engagement(db, no),
        _ => Ok(None),
    }
}

/// The head of a request for assistance.
fn assistance(db: &Connection, no: Number) -> rusqlite::Result<Option<DeskHead>> {
    let sql = "SELECT asker, asked, escalated, state, answer, due FROM assistance WHERE no = $1";
    let head = db
        .prepare_cached(sql)?
        .query_row([no.to_string()], |row| {
            let number = |at| row.get(at).map(|text: String| Number::parse(&text).ok());
            let (state, due): (String, String) = (row.get(3)?, row.get(5)?);
            let escalated: Option<String> = row.get(2)?;
            let answer: Option<String> = row.get(4)?;
            Ok((number(0)?, number(1)?, escalated, state, answer, due))
        })
        .optional()?;
    let Some((Some(from), Some(to), escalated, state, answer, due)) = head else {
        return Ok(None);
    };
    let (Some(state), Ok(due)) = (AssistanceState::from_word(&state), Day::parse(&due)) else {
        return Ok(None);
    };
    Ok(Some(DeskHead::Assistance(AssistanceHead {
        from,
        to,
        escalated: escalated.and_then(|no| Number::parse(&no).ok()),
        state,
        answer: answer.and_then(|word| AssistanceAnswer::from_word(&word)),
        due,
    })))
}

/// The head of an activity.
fn activity(db: &Connection, no: Number) -> rusqlite::Result<Option<DeskHead>> {
    let text = no.to_string();
    let day = |text: String, at| {
        Day::parse(&text).map_err(|error| {
            let sort = rusqlite::types::Type::Text;
            rusqlite::Error::FromSqlConversionFailure(at, sort, Box::new(error))
        })
    };
    let head = db
        .prepare_cached(
            "SELECT title, day, closes, open, seats, registrations, registered, came, questions,
                 state
             FROM activity WHERE no = $1",
        )?
        .query_row([&text], |row| {
            let state: String = row.get(9)?;
            Ok(ActivityHead {
                title: row.get(0)?,
                day: day(row.get(1)?, 1)?,
                closes: day(row.get(2)?, 2)?,
                open: row.get(3)?,
                seats: row.get(4)?,
                registrations: row.get(5)?,
                taken: row.get(6)?,
                came: row.get(7)?,
                companies: Vec::new(),
                questions: row.get(8)?,
                cancelled: state == ActivityState::Cancelled.word(),
                held: state == ActivityState::Held.word(),
            })
        })
        .optional()?;
    let Some(mut head) = head else { return Ok(None) };
    // One that was merged meanwhile counts for the one that stays.
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT COALESCE(c.merged_into, c.no) FROM registration r
         JOIN company c ON c.no = r.company
         WHERE r.activity = $1 AND r.came_at IS NOT NULL ORDER BY 1",
    )?;
    for company in statement.query_map([&text], |row| row.get::<_, String>(0))? {
        head.companies.extend(Number::parse(&company?).ok());
    }
    Ok(Some(DeskHead::Activity(head)))
}

/// The head of a case.
fn case(db: &Connection, no: Number) -> rusqlite::Result<Option<DeskHead>> {
    let text = no.to_string();
    let head = db
        .prepare_cached(
            "SELECT (SELECT COUNT(*) FROM case_step WHERE casefile = $1 AND withdrawn IS NULL),
                 (SELECT MAX(no) FROM case_step WHERE casefile = $1 AND withdrawn IS NULL),
                 (SELECT COALESCE(MAX(no), 0) FROM case_step WHERE casefile = $1), company
             FROM casefile WHERE no = $1",
        )?
        .query_row([&text], |row| {
            Ok(CaseHead {
                steps: row.get(0)?,
                last_step: row.get(1)?,
                last_step_ever: row.get(2)?,
                items: Vec::new(),
                company: row
                    .get::<_, Option<String>>(3)?
                    .and_then(|company| Number::parse(&company).ok()),
            })
        })
        .optional()?;
    let Some(mut head) = head else { return Ok(None) };
    let mut statement = db.prepare_cached("SELECT item FROM case_item WHERE casefile = $1")?;
    for item in statement.query_map([&text], |row| row.get(0))? {
        head.items.push(item?);
    }
    Ok(Some(DeskHead::Case(head)))
}

/// The head of a recognition.
fn recognition(db: &Connection, no: Number) -> rusqlite::Result<Option<RecognitionHead>> {
    let text = no.to_string();
    let numbers = |text: &str| -> Vec<Number> {
        text.split(',').filter_map(|no| Number::parse(no).ok()).collect()
    };
    let words = |text: String| -> Vec<String> {
        text.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let head = db
        .prepare_cached(
            "SELECT company, scheme, state, experts, visit, notice_until FROM recognition
             WHERE no = $1",
        )?
        .query_row([&text], |row| {
            let (company, state): (String, String) = (row.get(0)?, row.get(2)?);
            let (experts, until): (String, Option<String>) = (row.get(3)?, row.get(5)?);
            Ok(RecognitionHead {
                company: Number::parse(&company).unwrap_or(no),
                scheme: row.get(1)?,
                state: RecognitionState::from_word(&state).unwrap_or(RecognitionState::Ended),
                evidenced: Vec::new(),
                papers: 0,
                experts: numbers(&experts),
                reviews: Vec::new(),
                visited: row.get::<_, Option<String>>(4)?.is_some(),
                until: until.and_then(|day| Day::parse(&day).ok()),
                objections: Vec::new(),
            })
        })
        .optional()?;
    let Some(mut head) = head else { return Ok(None) };
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT criterion FROM recognition_evidence WHERE recognition = $1",
    )?;
    for criterion in statement.query_map([&text], |row| row.get(0))? {
        head.evidenced.push(criterion?);
    }
    head.papers = db
        .prepare_cached("SELECT COALESCE(MAX(no), 0) FROM paper WHERE about = $1")?
        .query_row([&text], |row| row.get(0))?;
    let mut statement = db.prepare_cached(
        "SELECT expert, score, bars FROM recognition_review WHERE recognition = $1 ORDER BY idx",
    )?;
    let reviews = statement
        .query_map([&text], |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?)))?;
    for review in reviews {
        let (expert, score, bars) = review?;
        head.reviews.extend(Number::parse(&expert).ok().map(|no| (no, score, words(bars))));
    }
    let mut statement =
        db.prepare_cached("SELECT upheld FROM objection WHERE recognition = $1 ORDER BY no")?;
    for upheld in statement.query_map([&text], |row| row.get(0))? {
        head.objections.push(upheld?);
    }
    Ok(Some(head))
}
