//! Secret points: the register and one card.

use domain::terms::{Class, Form, Level};
use domain::{Day, Moment, Number};
use rusqlite::types::Value;
use rusqlite::{Row, params, params_from_iter};

use super::{
    ClearanceRow, DisclosureRow, MeasureRow, Reader, maybe_day, maybe_list, maybe_number,
    maybe_term, number, term,
};
use crate::StoreError;

/// Where a secret point stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretState {
    /// It has no statement yet, so nothing is protected.
    Draft,
    /// It stands.
    Active,
    /// It was declassified.
    Declassified,
}

impl SecretState {
    /// The fixed word: `draft`, `active`, `declassified`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Active => "active",
            Self::Declassified => "declassified",
        }
    }

    /// The state with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Draft, Self::Active, Self::Declassified].into_iter().find(|s| s.word() == word)
    }
}

/// A line of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretRow {
    /// Its number.
    pub no: Number,
    /// The event that registered it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// Its title.
    pub title: String,
    /// Technical or business.
    pub class: Class,
    /// The kind of information.
    pub form: Option<Form>,
    /// 密级.
    pub level: Level,
    /// Who answers for it.
    pub owner: Option<Number>,
    /// 责任部门.
    pub department: Option<String>,
    /// When it is to be reviewed next.
    pub review: Option<Day>,
    /// When the information was formed, as claimed.
    pub happened: Option<Day>,
    /// Editions of its properties.
    pub edition: u32,
    /// Where it stands.
    pub state: SecretState,
    /// Statements that stand.
    pub statements: u32,
    /// Carriers that stand.
    pub carriers: u32,
    /// Different items of art. 6 among the measures matched to it that have not ended.
    pub measures: u32,
    /// Persons cleared and not barred.
    pub cleared: u32,
    /// Disclosures that are open.
    pub open_disclosures: u32,
}

/// By what the register is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SecretSort {
    /// Level, then date of review.
    #[default]
    Level,
    /// Number.
    No,
    /// Title.
    Title,
    /// Date of review, the soonest first.
    Review,
    /// Registered last first.
    Newest,
}

/// Which secret points are asked for; empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecretFilter {
    /// Part of the number, title or department.
    pub text: Option<String>,
    /// Only this level.
    pub level: Option<Level>,
    /// Only this class.
    pub class: Option<Class>,
    /// Only this state.
    pub state: Option<SecretState>,
    /// Only those of this owner.
    pub owner: Option<Number>,
    /// Only those to be reviewed on this day or before.
    pub review_by: Option<Day>,
    /// Only those without any measure, or without any carrier.
    pub lacking: bool,
    /// Only those with an open disclosure.
    pub disclosed: bool,
    /// The order.
    pub sort: SecretSort,
    /// How many to skip.
    pub offset: u32,
    /// How many at most; 0 for 50.
    pub limit: u32,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows of this part.
    pub rows: Vec<T>,
    /// How many there are in all.
    pub total: u64,
}

/// A statement that stands, or an earlier edition of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementRow {
    /// Its number within the secret point.
    pub no: u32,
    /// Its edition.
    pub edition: u32,
    /// The event whose item `text` holds it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// Whether it is the newest edition and was not taken back.
    pub stands: bool,
}

/// A carrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarrierRow {
    /// Its number within the secret point.
    pub no: u32,
    /// The event whose items `name` and `digest` describe it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// The blob in the vault.
    pub blob: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of the sealed blob, in hex.
    pub sealed: String,
    /// Its media type.
    pub media: String,
    /// When the file was last changed, as its file system says (RFC 3339).
    pub happened: Option<String>,
    /// Whether it was retired.
    pub retired: bool,
}

/// A measure matched to a secret point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchRow {
    /// The event that matched it.
    pub idx: u64,
    /// The secret point.
    pub secret: Number,
    /// The statements it protects; `None` for all.
    pub statements: Option<Vec<u32>>,
    /// Why it fits them.
    pub why: Option<String>,
    /// The measure.
    pub measure: MeasureRow,
}

/// Everything about one secret point that is stored in clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretCard {
    /// Its line in the register.
    pub row: SecretRow,
    /// Its statements, all editions, by number and edition.
    pub statements: Vec<StatementRow>,
    /// Its carriers.
    pub carriers: Vec<CarrierRow>,
    /// Its measures.
    pub measures: Vec<MatchRow>,
    /// Who may or might know it.
    pub clearances: Vec<ClearanceRow>,
    /// To whom it was disclosed.
    pub disclosures: Vec<DisclosureRow>,
    /// The newest event whose item `origin` says how it was developed.
    pub origin_idx: Option<u64>,
    /// The newest event whose item `public` says what the public knows.
    pub public_idx: Option<u64>,
    /// The newest event whose item `value` says what its value rests on.
    pub value_idx: Option<u64>,
}

const COLUMNS: &str = "
    s.no, s.idx, s.at, s.title, s.class, s.form, s.level, s.owner, s.department, s.review,
    s.happened, s.edition, s.declassified,
    (SELECT COUNT(DISTINCT t.no) FROM statement t
      WHERE t.secret = s.no AND t.taken_back IS NULL) AS statements,
    (SELECT COUNT(*) FROM carrier c WHERE c.secret = s.no AND c.retired IS NULL) AS carriers,
    (SELECT COUNT(DISTINCT m.item) FROM measure_match x JOIN measure m ON m.no = x.measure
      WHERE x.secret = s.no AND m.ended_idx IS NULL) AS measures,
    (SELECT COUNT(DISTINCT k.person) FROM clearance k
      WHERE k.secret = s.no AND k.barred_idx IS NULL) AS cleared,
    (SELECT COUNT(*) FROM disclosure d
      WHERE d.secret = s.no AND d.ended_idx IS NULL) AS open_disclosures";

fn read(row: &Row<'_>) -> rusqlite::Result<SecretRow> {
    let declassified: Option<i64> = row.get(12)?;
    let statements: u32 = row.get(13)?;
    Ok(SecretRow {
        no: number(row, 0)?,
        idx: row.get::<_, i64>(1)? as u64,
        at: Moment(row.get(2)?),
        title: row.get(3)?,
        class: term(row, 4, Class::from_word)?,
        form: maybe_term(row, 5, Form::from_word)?,
        level: term(row, 6, Level::from_word)?,
        owner: maybe_number(row, 7)?,
        department: row.get(8)?,
        review: maybe_day(row, 9)?,
        happened: maybe_day(row, 10)?,
        edition: row.get(11)?,
        state: match (declassified, statements) {
            (Some(_), _) => SecretState::Declassified,
            (None, 0) => SecretState::Draft,
            (None, _) => SecretState::Active,
        },
        statements,
        carriers: row.get(14)?,
        measures: row.get(15)?,
        cleared: row.get(16)?,
        open_disclosures: row.get(17)?,
    })
}

impl Reader {
    /// A part of the register.
    ///
    /// # Errors
    /// The database's own.
    pub fn secrets(&self, filter: &SecretFilter) -> Result<Page<SecretRow>, StoreError> {
        let mut conditions = Vec::new();
        let mut values: Vec<Value> = Vec::new();
        let mut bind = |condition: &str, value: String| {
            values.push(Value::Text(value));
            conditions.push(condition.replace('?', &format!("${}", values.len())));
        };
        if let Some(text) = filter.text.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
            let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            bind(
                "(s.no || ' ' || s.title || ' ' || COALESCE(s.department, '')) LIKE ? ESCAPE '\\'",
                format!("%{escaped}%"),
            );
        }
        if let Some(level) = filter.level {
            bind("s.level = ?", level.word().into());
        }
        if let Some(class) = filter.class {
            bind("s.class = ?", class.word().into());
        }
        if let Some(owner) = filter.owner {
            bind("s.owner = ?", owner.to_string());
        }
        if let Some(day) = filter.review_by {
            bind("s.declassified IS NULL AND s.review <= ?", day.to_string());
        }
        conditions.extend(match filter.state {
            Some(SecretState::Declassified) => Some("s.declassified IS NOT NULL".to_owned()),
            Some(SecretState::Active) => {
                Some("s.declassified IS NULL AND statements > 0".to_owned())
            }
            Some(SecretState::Draft) => {
                Some("s.declassified IS NULL AND statements = 0".to_owned())
            }
            None => None,
        });
        if filter.lacking {
            conditions.push(
                "s.declassified IS NULL AND (measures = 0 OR carriers = 0 OR statements = 0)"
                    .into(),
            );
        }
        if filter.disclosed {
            conditions.push("open_disclosures > 0".into());
        }
        let filtered = if conditions.is_empty() {
            String::new()
        } else {
            format!("WHERE {}", conditions.join(" AND ").replace("s.", ""))
        };
        let order = match filter.sort {
            SecretSort::Level => "level_rank, COALESCE(review, '9999'), no",
            SecretSort::No => "no",
            SecretSort::Title => "title, no",
            SecretSort::Review => "COALESCE(review, '9999'), no",
            SecretSort::Newest => "idx DESC",
        };
        // The counts are conditions too, so they are computed first.
        let from = format!("FROM (SELECT {COLUMNS}, s.level_rank FROM secret s) {filtered}");
        let total: i64 = self
            .db
            .prepare_cached(&format!("SELECT COUNT(*) {from}"))?
            .query_row(params_from_iter(&values), |row| row.get(0))?;
        let limit = if filter.limit == 0 { 50 } else { filter.limit.min(10_000) };
        let sql = format!(
            "SELECT * {from} ORDER BY {order} LIMIT {limit} OFFSET {offset}",
            offset = filter.offset
        );
        let rows = self.rows(&sql, params_from_iter(&values), read)?;
        Ok(Page { rows, total: total as u64 })
    }

    /// One line of the register.
    ///
    /// # Errors
    /// The database's own.
    pub fn secret_row(&self, no: Number) -> Result<Option<SecretRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM secret s WHERE s.no = $1");
        self.row(&sql, [no.to_string()], read)
    }

    /// Everything about one secret point that is stored in clear.
    ///
    /// # Errors
    /// The database's own.
    pub fn secret(&self, no: Number) -> Result<Option<SecretCard>, StoreError> {
        let Some(row) = self.secret_row(no)? else { return Ok(None) };
        let key = no.to_string();
        let [origin_idx, public_idx, value_idx] = self
            .row(
                "SELECT origin_idx, public_idx, value_idx FROM secret WHERE no = $1",
                [&key],
                |row| {
                    let at = |place: usize| row.get::<_, Option<i64>>(place);
                    Ok([at(0)?, at(1)?, at(2)?].map(|idx| idx.map(|idx| idx as u64)))
                },
            )?
            .unwrap_or_default();
        let statements = self.rows(
            "SELECT t.no, t.edition, t.idx, e.at,
                 t.taken_back IS NULL AND t.edition =
                     (SELECT MAX(u.edition) FROM statement u
                       WHERE u.secret = t.secret AND u.no = t.no)
             FROM statement t JOIN event e ON e.idx = t.idx
             WHERE t.secret = $1 ORDER BY t.no, t.edition",
            [&key],
            |row| {
                Ok(StatementRow {
                    no: row.get(0)?,
                    edition: row.get(1)?,
                    idx: row.get::<_, i64>(2)? as u64,
                    at: Moment(row.get(3)?),
                    stands: row.get(4)?,
                })
            },
        )?;
        let carriers = self.rows(
            "SELECT c.no, c.idx, e.at, c.blob, c.size, c.sealed, c.media, c.happened,
                 c.retired IS NOT NULL
             FROM carrier c JOIN event e ON e.idx = c.idx WHERE c.secret = $1 ORDER BY c.no",
            [&key],
            |row| {
                Ok(CarrierRow {
                    no: row.get(0)?,
                    idx: row.get::<_, i64>(1)? as u64,
                    at: Moment(row.get(2)?),
                    blob: row.get(3)?,
                    size: row.get::<_, i64>(4)? as u64,
                    sealed: row.get(5)?,
                    media: row.get(6)?,
                    happened: row.get(7)?,
                    retired: row.get(8)?,
                })
            },
        )?;
        Ok(Some(SecretCard {
            row,
            statements,
            carriers,
            measures: self.matches_of_secret(no)?,
            clearances: self.clearances_of_secret(no)?,
            disclosures: self.disclosures_of_secret(no)?,
            origin_idx,
            public_idx,
            value_idx,
        }))
    }

    /// The measures matched to a secret point, in the order of art. 6.
    ///
    /// # Errors
    /// The database's own.
    pub fn matches_of_secret(&self, no: Number) -> Result<Vec<MatchRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT idx, measure, statements, why FROM measure_match WHERE secret = $1
             ORDER BY idx",
        )?;
        let mut rows = statement.query([no.to_string()])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            if let Some(measure) = self.measure(number(row, 1)?)? {
                found.push(MatchRow {
                    idx: row.get::<_, i64>(0)? as u64,
                    secret: no,
                    statements: maybe_list(row, 2)?,
                    why: row.get(3)?,
                    measure,
                });
            }
        }
        found.sort_by_key(|row| (row.measure.item, row.idx));
        Ok(found)
    }

    /// How many secret points stand, by level: core, important, general.
    ///
    /// # Errors
    /// The database's own.
    pub fn secrets_by_level(&self) -> Result<[u64; 3], StoreError> {
        let mut counts = [0; 3];
        let rows = self.rows(
            "SELECT level_rank, COUNT(*) FROM secret WHERE declassified IS NULL
             GROUP BY level_rank",
            params![],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
        )?;
        for (rank, count) in rows {
            if let Some(place) = counts.get_mut(rank as usize) {
                *place = count as u64;
            }
        }
        Ok(counts)
    }
}

/// A blob that the ledger names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlobRow {
    /// The blob's id.
    pub blob: String,
    /// SHA-256 of the sealed blob, in hex.
    pub sealed: String,
    /// Where it belongs, such as `MD-0001/2`.
    pub of: String,
}

impl Reader {
    /// All blobs that carriers and papers name, but for those of what was destroyed.
    ///
    /// # Errors
    /// The database's own.
    pub fn blobs(&self) -> Result<Vec<BlobRow>, StoreError> {
        self.rows(
            "SELECT blob, sealed, secret || '/' || no FROM carrier
             WHERE secret NOT IN (SELECT thing FROM erasure)
             UNION ALL SELECT blob, sealed, about || '/' || no FROM paper
             WHERE about NOT IN (SELECT thing FROM erasure)",
            params![],
            |row| Ok(BlobRow { blob: row.get(0)?, sealed: row.get(1)?, of: row.get(2)? }),
        )
    }
}
