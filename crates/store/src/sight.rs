//! What an account sees: a reader whose tables show nothing else.
//!
//! Each table is covered by a temporary view of the same name, which SQLite finds first: every
//! question of `read/`, also one that is added later, asks the view. A table that no rule names
//! shows nothing, so that forgetting a rule hides too much and never too little.

mod body;

use domain::terms::{AccountRole, OrganisationKind};
use domain::{Day, Number, Series};
use rusqlite::params;

use crate::{Reader, StoreError};

/// What an account sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Secret points.
    Secrets {
        /// Those that this person is cleared for.
        cleared: Option<Number>,
        /// Those of this department.
        department: Option<String>,
        /// Those that were chosen.
        chosen: Vec<Number>,
    },
    /// People, and no secret point.
    People,
    /// What was routed to an expert, and the visits the expert goes to.
    Desk(Number),
    /// What an account of this role for an organisation of this kind sees.
    Body {
        /// The organisation.
        organisation: Number,
        /// The account's role.
        role: AccountRole,
        /// What the organisation is.
        kind: OrganisationKind,
    },
}

/// What covers the tables.
#[derive(Default)]
struct Cover {
    /// What is shown of a table; of one that is not named, nothing.
    rules: Vec<(&'static str, String)>,
    /// Letters of what is hidden unless it is visible.
    hiding: Vec<&'static str>,
    /// Letters of what is shown as a whole.
    open: Vec<&'static str>,
    /// Which events are shown whatever they are about.
    showing: String,
}

impl Cover {
    fn of(rules: &[(&'static str, &str)], hiding: &[&'static str], showing: &str) -> Self {
        let rules = rules.iter().map(|(table, rule)| (*table, (*rule).to_owned())).collect();
        Self { rules, hiding: hiding.to_vec(), open: Vec::new(), showing: showing.to_owned() }
    }
}

/// Letters as SQL has them in a list.
fn letters(of: &[&str]) -> String {
    let quoted: Vec<String> = of.iter().map(|letters| format!("'{letters}'")).collect();
    quoted.join(", ")
}

/// Everything of a table.
const ALL: &str = "1";
/// Rows of a visible secret point.
const OF_SECRET: &str = "secret IN (SELECT no FROM temp.visible)";
/// Things by their number.
const BY_NO: &str = "no IN (SELECT no FROM temp.visible)";
/// Dossiers of which nothing is hidden.
const BY_EVENT: &str = "EXISTS (SELECT 1 FROM event e WHERE e.idx = main.dossier.idx)";

/// What is shown of tables that hold nothing about secret points, companies or people.
const OF_ANY: &[(&str, &str)] = &[
    ("node_card", ALL),
    ("head", ALL),
    ("root", ALL),
    ("node", ALL),
    ("anchor", ALL),
    ("stamp", ALL),
    ("witness", ALL),
    ("authority", ALL),
    // Sealed, and found only by an event or by a key's id.
    ("envelope", ALL),
    ("subject_key", ALL),
];

/// What is shown to who sees secret points.
const OF_SECRETS: &[(&str, &str)] = &[
    ("secret", BY_NO),
    ("statement", OF_SECRET),
    ("carrier", OF_SECRET),
    ("clearance", OF_SECRET),
    ("disclosure", OF_SECRET),
    ("batch", OF_SECRET),
    (
        "lineage",
        "source IN (SELECT no FROM temp.visible) AND target IN (SELECT no FROM temp.visible)",
    ),
    ("measure_match", OF_SECRET),
    ("measure", "no IN (SELECT measure FROM measure_match)"),
    ("copy", "batch IN (SELECT no FROM batch)"),
    ("partner", "no IN (SELECT partner FROM disclosure)"),
    // Names of colleagues stand on the pages of the secret points that both know.
    ("person", ALL),
    ("paper", "about IN (SELECT no FROM temp.visible)"),
    ("dossier", BY_EVENT),
];

/// What is shown to who sees people.
const OF_PEOPLE: &[(&str, &str)] =
    &[("person", ALL), ("paper", "about IN (SELECT no FROM main.person)")];

/// What is shown to an expert.
const OF_DESK: &[(&str, &str)] = &[
    ("request", BY_NO),
    ("visit", BY_NO),
    ("prescription", BY_NO),
    ("reply", "request IN (SELECT no FROM request)"),
    ("visit_expert", "visit IN (SELECT no FROM visit)"),
    ("prescription_step", "prescription IN (SELECT no FROM prescription)"),
    ("expert", ALL),
    ("company", BY_NO),
    // What is asked at activities, but nothing of those who come.
    ("activity", ALL),
    ("activity_question", ALL),
    ("material", ALL),
];

impl Reader {
    /// Limits this reader for good to what an account sees today.
    ///
    /// # Errors
    /// The database's own.
    pub fn limit(&self, sight: &Sight, today: Day) -> Result<(), StoreError> {
        let db = &self.db;
        db.execute_batch(
            "PRAGMA query_only = OFF; CREATE TEMP TABLE visible (no TEXT PRIMARY KEY);",
        )?;
        let today = today.to_string();
        let cover = match sight {
            Sight::Secrets { cleared, department, chosen } => {
                db.execute(
                    "INSERT INTO temp.visible SELECT DISTINCT secret FROM main.clearance
                     WHERE person = $1 AND barred_idx IS NULL
                       AND (from_day IS NULL OR from_day <= $2)
                       AND (until IS NULL OR until >= $2)",
                    params![cleared.map(|no| no.to_string()), today],
                )?;
                db.execute(
                    "INSERT OR IGNORE INTO temp.visible
                     SELECT no FROM main.secret WHERE department = $1",
                    params![department],
                )?;
                self.show(chosen)?;
                // What names colleagues, partners and measures on the pages of secret points.
                let named = "kind IN ('person.added', 'partner.added', 'measure.added')";
                Cover::of(OF_SECRETS, &["MD"], named)
            }
            Sight::People => Cover::of(
                OF_PEOPLE,
                &["MD"],
                "EXISTS (SELECT 1 FROM main.about a WHERE a.idx = main.event.idx
                          AND a.subject LIKE 'RY-%')",
            ),
            Sight::Desk(expert) => {
                let expert = expert.to_string();
                for sql in [
                    "SELECT no FROM main.request WHERE expert = $1",
                    "SELECT visit FROM main.visit_expert WHERE expert = $1",
                    "SELECT p.no FROM main.prescription p
                     JOIN main.visit_expert v ON v.visit = p.visit WHERE v.expert = $1",
                    "SELECT company FROM main.request WHERE expert = $1",
                    "SELECT v.company FROM main.visit v
                     JOIN main.visit_expert x ON x.visit = v.no WHERE x.expert = $1",
                ] {
                    let sql = format!("INSERT OR IGNORE INTO temp.visible {sql}");
                    db.execute(&sql, params![expert])?;
                }
                Cover::of(OF_DESK, &["SQ", "ZF", "CF"], "kind = 'expert.added'")
            }
            Sight::Body { organisation, role, kind } => {
                body::cover(db, *organisation, *role, *kind)?
            }
        };
        let (hiding, open, showing) =
            (letters(&cover.hiding), letters(&cover.open), &cover.showing);
        let mut views = format!(
            // An entry about something visible, and about nothing hidden.
            "CREATE TEMP VIEW event AS SELECT * FROM main.event WHERE (({showing})
               OR EXISTS (SELECT 1 FROM main.about a JOIN temp.visible v ON v.no = a.subject
                           WHERE a.idx = main.event.idx
                             AND SUBSTR(a.subject, 1, 2) IN ({hiding}))
               OR EXISTS (SELECT 1 FROM main.about a WHERE a.idx = main.event.idx
                             AND SUBSTR(a.subject, 1, 2) IN ({open})))
               AND NOT EXISTS (SELECT 1 FROM main.about a WHERE a.idx = main.event.idx
                           AND SUBSTR(a.subject, 1, 2) IN ({hiding})
                           AND a.subject NOT IN (SELECT no FROM temp.visible));
             CREATE TEMP VIEW about AS SELECT * FROM main.about a
               WHERE EXISTS (SELECT 1 FROM event e WHERE e.idx = a.idx);
             CREATE TEMP VIEW series AS SELECT letters,
               CASE WHEN letters IN ({hiding}) THEN (SELECT COUNT(*) FROM temp.visible
                      WHERE SUBSTR(no, 1, 2) = letters)
                    WHEN letters IN ({open}) OR letters = 'RY' AND {people} THEN last
                    ELSE 0 END AS last
               FROM main.series;",
            people = i32::from(matches!(sight, Sight::People)),
        );
        let covered = ["event", "about", "series"];
        for table in self.tables()?.iter().filter(|name| !covered.contains(&&***name)) {
            // A sight's own rule comes before what all see.
            let own = cover.rules.iter().find(|(of, _)| of == table).map(|(_, rule)| &**rule);
            let of_any = OF_ANY.iter().find(|(of, _)| of == table).map(|(_, rule)| *rule);
            let rule = own.or(of_any).unwrap_or("0");
            views.push_str(&format!(
                "CREATE TEMP VIEW \"{table}\" AS SELECT * FROM main.\"{table}\" WHERE {rule};"
            ));
        }
        views.push_str("PRAGMA query_only = ON;");
        db.execute_batch(&views)?;
        Ok(())
    }

    fn show(&self, numbers: &[Number]) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO temp.visible SELECT no FROM main.secret WHERE no = $1";
        let mut statement = self.db.prepare_cached(sql)?;
        for no in numbers {
            statement.execute([no.to_string()])?;
        }
        Ok(())
    }

    fn tables(&self) -> Result<Vec<String>, StoreError> {
        self.rows("SELECT name FROM main.sqlite_master WHERE type = 'table'", [], |row| row.get(0))
    }

    /// How many rows of each table are seen: what tests of sights look at.
    ///
    /// # Errors
    /// The database's own.
    #[doc(hidden)]
    pub fn shown(&self) -> Result<Vec<(String, i64)>, StoreError> {
        let count = |table: String| {
            let sql = format!("SELECT COUNT(*) FROM \"{table}\"");
            let n = self.db.query_row(&sql, [], |row| row.get(0))?;
            Ok((table, n))
        };
        self.tables()?.into_iter().map(count).collect()
    }

    /// Whether there is such a thing, as far as this reader sees.
    ///
    /// # Errors
    /// The database's own.
    pub fn sees(&self, no: Number) -> Result<bool, StoreError> {
        let table = match no.series {
            Series::Secret => "secret",
            Series::Person => "person",
            Series::Partner => "partner",
            Series::Measure => "measure",
            Series::Agreement => "agreement",
            Series::Disclosure => "disclosure",
            Series::Dossier => "dossier",
            Series::Company => "company",
            Series::Link => "link",
            Series::Sweep => "sweep",
            Series::Release => "release",
            Series::Batch => "batch",
            Series::Copy => "copy",
            Series::Find => "find",
            Series::Expert => "expert",
            Series::Request => "request",
            Series::Visit => "visit",
            Series::Prescription => "prescription",
            Series::Account => "account",
            Series::Comparison => "comparison",
            Series::Case => "casefile",
            Series::Recognition => "recognition",
            Series::Task => "task",
            Series::Answer => "answer",
            Series::Activity => "activity",
            Series::Inventory => "inventory",
            Series::Corpus => "corpus",
            Series::PublicCheck => "public_check",
            Series::Blind => "blind",
            Series::Work => "work",
            Series::Incident => "incident",
            Series::Warning => "warning",
            Series::Assessment => "assessment",
            Series::Export => "export",
            Series::Organisation => "organisation",
            Series::Assistance => "assistance",
            Series::Procurement => "procurement",
            Series::Engagement => "engagement",
        };
        let sql = format!("SELECT 1 FROM {table} WHERE no = $1");
        Ok(self.row(&sql, [no.to_string()], |_| Ok(()))?.is_some())
    }
}
