//! What an account of an organisation sees, by the table in `domain/src/reach.rs`.

use domain::Number;
use domain::reach::{Reach, Thing, reach};
use domain::terms::{AccountRole, OrganisationKind};
use rusqlite::{Connection, params};

use super::{ALL, Cover};
use crate::StoreError;

/// Things that have numbers, and the letters of these.
const SERIES: [(Thing, &[&str]); 7] = [
    (Thing::Companies, &["QY"]),
    (Thing::Requests, &["SQ"]),
    (Thing::Visits, &["ZF", "CF"]),
    (Thing::Cases, &["AJ"]),
    (Thing::Recognitions, &["RD"]),
    (Thing::Assistance, &["XZ"]),
    (Thing::Engagements, &["WT", "CG"]),
];
/// What nobody of an organisation sees anything of: alerts, links, accounts, activities, experts.
const HIDDEN: &[&str] = &["YJ", "LW", "ZH", "HD", "ZJ"];

/// The tables of each thing, and what of them belongs to what is visible.
const TABLES: [(Thing, &[(&str, &str)]); 7] = [
    (
        Thing::Companies,
        &[
            ("company", "no"),
            ("company_tag", "company"),
            ("service", "company"),
            ("member", "company"),
        ],
    ),
    (
        Thing::Requests,
        &[
            ("request", "no"),
            ("reply", "request"),
            ("request_desk", "request"),
            ("request_answer", "request"),
            ("request_follow", "request"),
        ],
    ),
    (
        Thing::Visits,
        &[("visit", "no"), ("prescription", "no"), ("prescription_step", "prescription")],
    ),
    (Thing::Cases, &[("casefile", "no"), ("case_step", "casefile"), ("case_item", "casefile")]),
    (Thing::Recognitions, &[("recognition", "no")]),
    (Thing::Assistance, &[("assistance", "no"), ("assistance_reply", "assistance")]),
    (
        Thing::Engagements,
        &[
            ("engagement", "no"),
            ("engagement_item", "engagement"),
            ("engagement_log", "engagement"),
            ("engagement_rating", "engagement"),
            ("procurement", "no"),
        ],
    ),
];

/// Sealed texts of what it has a part in; and whom to talk to at other organisations.
const TEXTS: &str = "EXISTS (SELECT 1 FROM main.about a JOIN temp.own o ON o.no = a.subject
        WHERE a.idx = main.envelope.idx)
     AND EXISTS (SELECT 1 FROM event e WHERE e.idx = main.envelope.idx)";
const CONTACTS: &str = "EXISTS (SELECT 1 FROM main.event e WHERE e.idx = main.envelope.idx
        AND e.kind IN ('organisation.added', 'organisation.changed'))";

/// Notes what is visible, and gives what covers the tables.
pub(super) fn cover(
    db: &Connection,
    organisation: Number,
    role: AccountRole,
    kind: OrganisationKind,
) -> Result<Cover, StoreError> {
    let of = |thing| reach(role, kind, thing);
    db.execute_batch(
        "CREATE TEMP TABLE own (no TEXT PRIMARY KEY); CREATE TEMP TABLE circle (no TEXT PRIMARY KEY);",
    )?;
    let no = organisation.to_string();
    // What it has a part in.
    for sql in [
        "SELECT no FROM main.assistance WHERE asker = $1 OR asked = $1 OR escalated = $1",
        "SELECT request FROM main.assistance
         WHERE (asker = $1 OR asked = $1 OR escalated = $1) AND request IS NOT NULL",
        "SELECT casefile FROM main.assistance
         WHERE (asker = $1 OR asked = $1 OR escalated = $1) AND casefile IS NOT NULL",
        "SELECT company FROM main.assistance
         WHERE (asker = $1 OR asked = $1 OR escalated = $1) AND company IS NOT NULL",
        "SELECT request FROM main.request_desk WHERE organisation = $1",
        "SELECT r.company FROM main.request r JOIN main.request_desk d ON d.request = r.no
         WHERE d.organisation = $1",
        "SELECT no FROM main.engagement WHERE organisation = $1",
        "SELECT procurement FROM main.engagement
         WHERE organisation = $1 AND procurement IS NOT NULL",
        "SELECT company FROM main.engagement WHERE organisation = $1 AND ended IS NULL",
        "SELECT asked FROM main.assistance WHERE asker = $1 AND SUBSTR(asked, 1, 2) = 'QY'",
        "SELECT r.company FROM main.request r JOIN main.assistance a ON a.request = r.no
         WHERE a.asker = $1 OR a.asked = $1 OR a.escalated = $1",
    ] {
        db.execute(&format!("INSERT OR IGNORE INTO temp.own {sql}"), params![no])?;
    }
    // Its own circle.
    if SERIES.iter().any(|(thing, _)| of(*thing) == Reach::Circle) {
        for sql in [
            "SELECT c.no FROM main.company c JOIN main.organisation o ON o.no = $1
             WHERE c.merged_into IS NULL AND o.area IS NOT NULL
               AND (c.park = o.area OR c.street = o.area)",
            "SELECT company FROM main.member WHERE organisation = $1",
        ] {
            db.execute(&format!("INSERT OR IGNORE INTO temp.circle {sql}"), params![no])?;
        }
    }
    let mut cover = Cover { showing: "kind LIKE 'organisation.%'".into(), ..Cover::default() };
    cover.hiding.extend(HIDDEN);
    for ((thing, series), (_, tables)) in SERIES.iter().zip(TABLES) {
        let reach = of(*thing);
        match reach {
            Reach::All => cover.open.extend(*series),
            _ => cover.hiding.extend(*series),
        }
        for (table, column) in tables {
            let rule = match reach {
                Reach::All => ALL.to_owned(),
                _ => format!("{column} IN (SELECT no FROM temp.visible)"),
            };
            cover.rules.push((*table, rule));
        }
        for letters in *series {
            if matches!(reach, Reach::Own | Reach::Circle) {
                let sql = "INSERT OR IGNORE INTO temp.visible
                     SELECT no FROM temp.own WHERE SUBSTR(no, 1, 2) = $1";
                db.execute(sql, params![letters])?;
            }
            if reach == Reach::Circle {
                let table = match *letters {
                    "QY" => {
                        db.execute_batch(
                            "INSERT OR IGNORE INTO temp.visible SELECT no FROM temp.circle;",
                        )?;
                        continue;
                    }
                    "SQ" => "request",
                    "ZF" => "visit",
                    "CF" => "prescription",
                    "RD" => "recognition",
                    _ => continue,
                };
                db.execute_batch(&format!(
                    "INSERT OR IGNORE INTO temp.visible SELECT no FROM main.{table}
                     WHERE company IN (SELECT no FROM temp.circle);"
                ))?;
            }
        }
    }
    // Who takes part is known to all who do.
    cover.rules.push(("organisation", ALL.to_owned()));
    let envelope = match of(Thing::Texts) {
        Reach::Nothing => CONTACTS.to_owned(),
        _ => format!("(({TEXTS}) OR {CONTACTS})"),
    };
    cover.rules.push(("envelope", envelope));
    // The company of something that is own is no reason to open other texts about it.
    db.execute_batch("DELETE FROM temp.own WHERE SUBSTR(no, 1, 2) NOT IN ('XZ', 'SQ', 'WT');")?;
    Ok(cover)
}
