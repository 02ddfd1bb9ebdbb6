//! A station's directory: lists, coverage, services, imports.

use domain::coverage::{Share, ShownShare, Sight, shown};
use domain::terms::{CompanyKind, Role, Service};
use domain::{CreditCode, Day, Moment, Number, Period};
use rusqlite::types::Value;
use rusqlite::{Row, params, params_from_iter};

use super::{Page, Reader, conversion, maybe_day, maybe_number, number, term};
use crate::StoreError;

/// An entry of the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyRow {
    /// Its number.
    pub no: Number,
    /// The event that added it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// Its name.
    pub name: String,
    /// Company, institution or team.
    pub kind: CompanyKind,
    /// 统一社会信用代码.
    pub code: Option<CreditCode>,
    /// 行业领域.
    pub field: Option<String>,
    /// 园区.
    pub park: Option<String>,
    /// 街道.
    pub street: Option<String>,
    /// Words of key tags, then free ones.
    pub tags: Vec<String>,
    /// Editions of its properties.
    pub edition: u32,
    /// The services it had, one bit each.
    pub served: u32,
    /// How many times it was served.
    pub services: u32,
    /// When it was served last.
    pub last_service: Option<Day>,
    /// The newest event whose item `contact` says whom to talk to.
    pub contact_idx: Option<u64>,
    /// Into which entry it was merged.
    pub merged_into: Option<Number>,
}

/// By what the directory is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CompanyOrder {
    /// Added last first.
    #[default]
    Newest,
    /// Name.
    Name,
    /// Number, as added.
    No,
    /// Served last first.
    Served,
    /// Longest not served first, those never served before all.
    Unserved,
    /// Whom to serve first: the weightiest tags, then the name.
    First,
}

impl CompanyOrder {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::Newest, Self::Name, Self::No, Self::Served, Self::Unserved, Self::First];

    /// The fixed word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Name => "name",
            Self::No => "no",
            Self::Served => "served",
            Self::Unserved => "unserved",
            Self::First => "first",
        }
    }

    /// The order with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|order| order.word() == word)
    }
}

/// Which entries are asked for; empty means all that were not merged into others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompanyFilter {
    /// Part of the name, or a number, or the beginning of a code.
    pub text: Option<String>,
    /// Only this kind.
    pub kind: Option<CompanyKind>,
    /// Only those with this tag.
    pub tag: Option<String>,
    /// Only those of this field; blank for those without.
    pub field: Option<String>,
    /// Only those of this park; blank for those without.
    pub park: Option<String>,
    /// Only those of this sub-district; blank for those without.
    pub street: Option<String>,
    /// Only those that had all these services, one bit each.
    pub had: u32,
    /// Only those that had none of these services.
    pub lacks: u32,
    /// Only those that had no service at all.
    pub never_served: bool,
    /// Only those that had some service.
    pub any_service: bool,
    /// Only those with a tag of public policy.
    pub key: bool,
    /// Only those whose profile is filed, by their own agreement.
    pub filed: bool,
    /// The order.
    pub order: CompanyOrder,
    /// How many to skip.
    pub offset: u32,
    /// How many at most; 0 for 50.
    pub limit: u32,
}

/// A service that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceRow {
    /// The event that recorded it.
    pub idx: u64,
    /// The company it counts for.
    pub company: Number,
    /// The company's name.
    pub name: String,
    /// Which.
    pub service: Service,
    /// When, as claimed.
    pub happened: Day,
    /// What it was.
    pub what: String,
    /// Which organisation gave it; `None` for the station itself.
    pub who: Option<String>,
}

/// A file that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// The event that recorded it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// SHA-256 of the file, in hex.
    pub file: String,
    /// Its rows.
    pub rows: u32,
    /// Those that were new, changed something, changed nothing, were refused.
    pub counts: [u32; 4],
}

/// By what companies are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// Tags: a company counts for each.
    Tag,
    /// 行业领域.
    Field,
    /// 园区.
    Park,
    /// 街道.
    Street,
    /// Company, institution or team.
    Kind,
}

impl Dimension {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Tag, Self::Field, Self::Park, Self::Street, Self::Kind];

    /// The fixed word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Field => "field",
            Self::Park => "park",
            Self::Street => "street",
            Self::Kind => "kind",
        }
    }

    /// The dimension with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dimension| dimension.word() == word)
    }

    /// Whether each company stands in one line at most.
    pub const fn parts(self) -> bool {
        !matches!(self, Self::Tag)
    }
}

/// One line of a coverage table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverLine {
    /// The tag, field, park, sub-district or kind; blank for companies without.
    pub value: String,
    /// Companies.
    pub of: u32,
    /// Those that had each service, in the order of [`Service::ALL`].
    pub had: [u32; Service::ALL.len()],
    /// Those that had any.
    pub any: u32,
    /// Those whose profile is filed.
    pub filed: u32,
}

/// How far each service has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// A line for each value, the largest first.
    pub lines: Vec<CoverLine>,
    /// All companies together; its value is blank.
    pub all: CoverLine,
}

const COLUMNS: &str = "no, idx, at, name, sort, code, field, park, street, tags, edition, served,
    services, last_service, contact_idx, merged_into";

fn read(row: &Row<'_>) -> rusqlite::Result<CompanyRow> {
    let (code, tags): (Option<String>, String) = (row.get(5)?, row.get(9)?);
    Ok(CompanyRow {
        no: number(row, 0)?,
        idx: row.get::<_, i64>(1)? as u64,
        at: Moment(row.get(2)?),
        name: row.get(3)?,
        kind: term(row, 4, CompanyKind::from_word)?,
        code: code
            .map(|code| CreditCode::parse(&code).map_err(|error| conversion(5, error)))
            .transpose()?,
        field: row.get(6)?,
        park: row.get(7)?,
        street: row.get(8)?,
        tags: tags.split(',').filter(|tag| !tag.is_empty()).map(str::to_owned).collect(),
        edition: row.get(10)?,
        served: row.get(11)?,
        services: row.get(12)?,
        last_service: maybe_day(row, 13)?,
        contact_idx: row.get::<_, Option<i64>>(14)?.map(|idx| idx as u64),
        merged_into: maybe_number(row, 15)?,
    })
}

fn read_service(row: &Row<'_>) -> rusqlite::Result<ServiceRow> {
    let happened: String = row.get(4)?;
    Ok(ServiceRow {
        idx: row.get::<_, i64>(0)? as u64,
        company: number(row, 1)?,
        name: row.get(2)?,
        service: term(row, 3, Service::from_word)?,
        happened: Day::parse(&happened).map_err(|error| conversion(4, error))?,
        what: row.get(5)?,
        who: row.get(6)?,
    })
}

impl CompanyFilter {
    /// The conditions of a question, and the values of its parameters.
    fn conditions(&self) -> (String, Vec<Value>) {
        let mut conditions = vec!["merged_into IS NULL".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        let mut bind = |condition: &str, value: Value| {
            values.push(value);
            conditions.push(condition.replace('?', &format!("${}", values.len())));
        };
        if let Some(text) = self.text.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
            let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            bind(
                "(name || ' ' || no || ' ' || COALESCE(code, '')) LIKE ? ESCAPE '\\'",
                Value::Text(format!("%{escaped}%")),
            );
        }
        if let Some(kind) = self.kind {
            bind("sort = ?", Value::Text(kind.word().into()));
        }
        if let Some(tag) = &self.tag {
            bind(
                "no IN (SELECT t.company FROM company_tag t WHERE t.tag = ?)",
                Value::Text(tag.clone()),
            );
        }
        for (column, value) in
            [("field", &self.field), ("park", &self.park), ("street", &self.street)]
        {
            match value.as_deref() {
                // A blank place is never stored.
                Some("") => bind(&format!("{column} IS NULL AND ? = ''"), Value::Text("".into())),
                Some(value) => bind(&format!("{column} = ?"), Value::Text(value.to_owned())),
                None => {}
            }
        }
        if self.had != 0 {
            bind("served & ? = ?", Value::Integer(self.had.into()));
        }
        if self.lacks != 0 {
            bind("served & ? = 0", Value::Integer(self.lacks.into()));
        }
        if self.never_served {
            conditions.push("served = 0".into());
        }
        if self.any_service {
            conditions.push("served <> 0".into());
        }
        if self.key {
            conditions.push("weight > 0".into());
        }
        if self.filed {
            conditions.push(
                "no IN (SELECT p.company FROM profile p WHERE p.newest AND p.ended IS NULL)".into(),
            );
        }
        (conditions.join(" AND "), values)
    }

    /// The conditions on the tally, when it can answer: at most one property is asked for, and no
    /// text.
    fn tallied(&self) -> Option<(String, Vec<Value>)> {
        if self.filed || self.text.as_deref().is_some_and(|text| !text.trim().is_empty()) {
            return None;
        }
        let kind = self.kind.map(|kind| kind.word().to_owned());
        let mut asked = [
            (Dimension::Kind, &kind),
            (Dimension::Tag, &self.tag),
            (Dimension::Field, &self.field),
            (Dimension::Park, &self.park),
            (Dimension::Street, &self.street),
        ]
        .into_iter()
        .filter_map(|(dimension, value)| Some((dimension.word(), value.clone()?)));
        let (dimension, value) = asked.next().unwrap_or(("all", String::new()));
        if asked.next().is_some() {
            return None;
        }
        let mut conditions =
            String::from("dimension = $1 AND value = $2 AND served & $3 = $3 AND served & $4 = 0");
        if self.never_served {
            conditions += " AND served = 0";
        }
        if self.any_service {
            conditions += " AND served <> 0";
        }
        if self.key {
            conditions += " AND key";
        }
        let values = vec![
            Value::Text(dimension.into()),
            Value::Text(value),
            Value::Integer(self.had.into()),
            Value::Integer(self.lacks.into()),
        ];
        Some((conditions, values))
    }

    const fn order(&self) -> &'static str {
        match self.order {
            CompanyOrder::Newest => "idx DESC",
            CompanyOrder::No => "idx",
            CompanyOrder::Name => "name, idx",
            CompanyOrder::Served => "last_service DESC, idx DESC",
            CompanyOrder::Unserved => "last_service, idx",
            CompanyOrder::First => "weight DESC, name, idx",
        }
    }
}

impl Reader {
    /// What this node is; `None` when there is none yet.
    ///
    /// # Errors
    /// The database's own.
    pub fn role(&self) -> Result<Option<Role>, StoreError> {
        self.row("SELECT role FROM node_card WHERE one = 1", [], |row| {
            term(row, 0, Role::from_word)
        })
    }

    /// A part of the directory.
    ///
    /// # Errors
    /// The database's own.
    pub fn companies(&self, filter: &CompanyFilter) -> Result<Page<CompanyRow>, StoreError> {
        let total = self.company_count(filter)?;
        let (conditions, values) = filter.conditions();
        let limit = if filter.limit == 0 { 50 } else { filter.limit };
        let sql = format!(
            "SELECT {COLUMNS} FROM company WHERE {conditions} ORDER BY {order}
             LIMIT {limit} OFFSET {offset}",
            order = filter.order(),
            offset = filter.offset
        );
        let rows = self.rows(&sql, params_from_iter(&values), read)?;
        Ok(Page { rows, total })
    }

    /// How many entries a filter finds.
    ///
    /// # Errors
    /// The database's own.
    pub fn company_count(&self, filter: &CompanyFilter) -> Result<u64, StoreError> {
        let (sql, values) = match filter.tallied() {
            Some((conditions, values)) => {
                (format!("SELECT COALESCE(SUM(n), 0) FROM tally WHERE {conditions}"), values)
            }
            None => {
                let (conditions, values) = filter.conditions();
                (format!("SELECT COUNT(*) FROM company WHERE {conditions}"), values)
            }
        };
        let count = self.row(&sql, params_from_iter(&values), |row| row.get::<_, i64>(0))?;
        Ok(count.unwrap_or(0) as u64)
    }

    /// One entry, also one that was merged into another.
    ///
    /// # Errors
    /// The database's own.
    pub fn company(&self, no: Number) -> Result<Option<CompanyRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM company WHERE no = $1");
        self.row(&sql, [no.to_string()], read)
    }

    /// The entry with a credit code; one that stands before one that was merged.
    ///
    /// # Errors
    /// The database's own.
    pub fn company_of(&self, code: CreditCode) -> Result<Option<CompanyRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM company WHERE code = $1
             ORDER BY merged_into IS NOT NULL, idx LIMIT 1"
        );
        self.row(&sql, [code.as_str()], read)
    }

    /// The entries that stand and have exactly this name, two at most: two are no answer.
    ///
    /// # Errors
    /// The database's own.
    pub fn companies_named(&self, name: &str) -> Result<Vec<CompanyRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM company WHERE name = $1 AND merged_into IS NULL
             ORDER BY idx LIMIT 2"
        );
        self.rows(&sql, [name], read)
    }

    /// The services of one company, or of all; the newest first, after those to skip.
    ///
    /// # Errors
    /// The database's own.
    pub fn services(
        &self,
        company: Option<Number>,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<ServiceRow>, StoreError> {
        let columns = "s.idx, s.company, c.name, s.service, s.happened, s.what, s.who";
        match company {
            Some(no) => self.rows(
                &format!(
                    "SELECT {columns} FROM service s JOIN company c ON c.no = s.company
                     WHERE s.company = $1 ORDER BY s.happened DESC, s.idx DESC LIMIT $2 OFFSET $3"
                ),
                params![no.to_string(), limit, offset],
                read_service,
            ),
            None => self.rows(
                &format!(
                    "SELECT {columns} FROM service s JOIN company c ON c.no = s.company
                     ORDER BY s.happened DESC, s.idx DESC LIMIT $1 OFFSET $2"
                ),
                params![limit, offset],
                read_service,
            ),
        }
    }

    /// A part of the services that were given, the newest first: of one sort, or in one period.
    ///
    /// # Errors
    /// The database's own.
    pub fn services_in(
        &self,
        service: Option<Service>,
        period: Option<Period>,
        offset: u32,
        limit: u32,
    ) -> Result<Page<ServiceRow>, StoreError> {
        let condition = "($1 IS NULL OR s.service = $1)
             AND ($2 IS NULL OR s.happened BETWEEN $2 AND $3)";
        let of = params![
            service.map(Service::word),
            period.map(|period| period.from().to_string()),
            period.map(|period| period.until().to_string()),
        ];
        let sql = format!(
            "SELECT s.idx, s.company, c.name, s.service, s.happened, s.what, s.who
             FROM service s JOIN company c ON c.no = s.company WHERE {condition}
             ORDER BY s.happened DESC, s.idx DESC LIMIT {limit} OFFSET {offset}"
        );
        let rows = self.rows(&sql, of, read_service)?;
        let sql = format!("SELECT COUNT(*) FROM service s WHERE {condition}");
        let total = self.row(&sql, of, |row| row.get::<_, i64>(0))?;
        Ok(Page { rows, total: total.unwrap_or(0) as u64 })
    }

    /// How many services were given.
    ///
    /// # Errors
    /// The database's own.
    pub fn service_count(&self) -> Result<u64, StoreError> {
        let count = self.row("SELECT COUNT(*) FROM service", [], |row| row.get::<_, i64>(0))?;
        Ok(count.unwrap_or(0) as u64)
    }

    /// The files that were taken in, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn imports(&self, limit: u32) -> Result<Vec<ImportRow>, StoreError> {
        self.rows(
            "SELECT idx, at, file, rows, added, revised, same, refused FROM import
             ORDER BY idx DESC LIMIT $1",
            [limit],
            |row| {
                Ok(ImportRow {
                    idx: row.get::<_, i64>(0)? as u64,
                    at: Moment(row.get(1)?),
                    file: row.get(2)?,
                    rows: row.get(3)?,
                    counts: [row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?],
                })
            },
        )
    }

    /// The values of a dimension with the number of companies of each, the largest first; without
    /// the companies that have none.
    ///
    /// # Errors
    /// The database's own.
    pub fn company_values(&self, dimension: Dimension) -> Result<Vec<(String, u32)>, StoreError> {
        self.rows(
            "SELECT value, SUM(n) AS count FROM tally WHERE dimension = $1 AND value <> ''
             GROUP BY value ORDER BY count DESC, value",
            [dimension.word()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// How far each service has come, by a dimension.
    ///
    /// # Errors
    /// The database's own.
    pub fn coverage(&self, dimension: Dimension) -> Result<Coverage, StoreError> {
        // The few different sets of services are told apart here, not by the database.
        let sql = "SELECT value, served, SUM(n) FROM tally WHERE dimension = $1 GROUP BY 1, 2";
        let mut lines: Vec<CoverLine> = Vec::new();
        for (value, served, count) in self.rows(sql, [dimension.word()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?, row.get::<_, u32>(2)?))
        })? {
            let at = lines.iter().position(|line| line.value == value).unwrap_or_else(|| {
                lines.push(CoverLine::empty(value));
                lines.len() - 1
            });
            lines[at].count(served, count);
        }
        for (value, count) in self.filed_by(dimension)? {
            if let Some(line) = lines.iter_mut().find(|line| line.value == value) {
                line.filed = count;
            }
        }
        lines.sort_by(|a, b| b.of.cmp(&a.of).then_with(|| a.value.cmp(&b.value)));
        let mut all = CoverLine::empty(String::new());
        let sql = "SELECT served, SUM(n) FROM tally WHERE dimension = 'all' GROUP BY served";
        for (served, count) in
            self.rows(sql, [], |row| Ok((row.get::<_, u32>(0)?, row.get::<_, u32>(1)?)))?
        {
            all.count(served, count);
        }
        let sql =
            "SELECT COUNT(DISTINCT p.company) FROM profile p JOIN company c ON c.no = p.company
             WHERE p.newest AND p.ended IS NULL AND c.merged_into IS NULL";
        all.filed = self.row(sql, [], |row| row.get(0))?.unwrap_or(0);
        Ok(Coverage { lines, all })
    }

    /// How many companies of each value have filed a profile; they are few, so they are counted.
    fn filed_by(&self, dimension: Dimension) -> Result<Vec<(String, u32)>, StoreError> {
        let value = match dimension {
            Dimension::Tag => "t.tag",
            Dimension::Field => "c.field",
            Dimension::Park => "c.park",
            Dimension::Street => "c.street",
            Dimension::Kind => "c.sort",
        };
        let tags = match dimension {
            Dimension::Tag => "JOIN company_tag t ON t.company = c.no",
            _ => "",
        };
        let sql = format!(
            "SELECT COALESCE({value}, ''), COUNT(DISTINCT c.no) FROM profile p
             JOIN company c ON c.no = p.company {tags}
             WHERE p.newest AND p.ended IS NULL AND c.merged_into IS NULL GROUP BY 1"
        );
        self.rows(&sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
    }
}

impl Coverage {
    /// What may be shown of it: for each line, and for all companies together, the share that had
    /// any service, then the share of each in the order of [`Service::ALL`], then that which filed a
    /// profile.
    pub fn shown(&self, sight: Sight) -> (Vec<Vec<ShownShare>>, Vec<ShownShare>) {
        let mut lines = vec![Vec::new(); self.lines.len()];
        let mut all = Vec::new();
        for column in 0..Service::ALL.len() + 2 {
            let share = |line: &CoverLine| Share {
                of: line.of,
                had: match column.checked_sub(1) {
                    None => line.any,
                    Some(at) => line.had.get(at).copied().unwrap_or(line.filed),
                },
            };
            let shares: Vec<_> = self.lines.iter().map(share).collect();
            let (shares, sum) = shown(sight, &shares, share(&self.all));
            lines.iter_mut().zip(shares).for_each(|(line, share)| line.push(share));
            all.push(sum);
        }
        (lines, all)
    }
}

impl CoverLine {
    fn empty(value: String) -> Self {
        Self { value, of: 0, had: [0; Service::ALL.len()], any: 0, filed: 0 }
    }

    fn count(&mut self, served: u32, count: u32) {
        self.of += count;
        if served != 0 {
            self.any += count;
        }
        for (had, service) in self.had.iter_mut().zip(Service::ALL) {
            if served & service.bit() != 0 {
                *had += count;
            }
        }
    }
}
