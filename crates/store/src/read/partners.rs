//! Partners, agreements and disclosures.

use domain::terms::{Ending, Relation};
use domain::{Day, Moment, Number};
use rusqlite::{Row, params};

use super::{Reader, maybe_day, maybe_list, maybe_number, maybe_numbers, maybe_term, number, term};
use crate::StoreError;

/// A partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerRow {
    /// The number.
    pub no: Number,
    /// The event that added it; its item `contact` may be sealed there.
    pub idx: u64,
    /// Its name.
    pub name: String,
    /// How it is related to the company.
    pub relation: Relation,
    /// 统一社会信用代码.
    pub code: Option<String>,
    /// Disclosures that are open.
    pub open_disclosures: u32,
    /// Agreements.
    pub agreements: u32,
}

/// An agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementRow {
    /// Its number.
    pub no: Number,
    /// The event that added it.
    pub idx: u64,
    /// The partner.
    pub partner: Number,
    /// What it is.
    pub title: String,
    /// In force from, as claimed.
    pub from: Option<Day>,
    /// In force until (included).
    pub until: Option<Day>,
    /// The secret points it names; `None` for all.
    pub secrets: Option<Vec<Number>>,
    /// Papers.
    pub papers: u32,
}

/// A disclosure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisclosureRow {
    /// Its number.
    pub no: Number,
    /// The event that recorded it.
    pub idx: u64,
    /// When the journal received that.
    pub at: Moment,
    /// The secret point.
    pub secret: Number,
    /// The statements given; `None` for all.
    pub statements: Option<Vec<u32>>,
    /// The carriers given.
    pub carriers: Vec<u32>,
    /// To whom.
    pub partner: Number,
    /// The partner's name.
    pub partner_name: String,
    /// Who handed it over.
    pub person: Option<Number>,
    /// When, as claimed.
    pub happened: Option<Day>,
    /// What for.
    pub purpose: String,
    /// To be given back by this day.
    pub until: Option<Day>,
    /// Under which agreement.
    pub agreement: Option<Number>,
    /// How it ended.
    pub ending: Option<Ending>,
    /// When it ended, as claimed.
    pub ended: Option<Day>,
    /// The event that ended it.
    pub ended_idx: Option<u64>,
    /// Papers.
    pub papers: u32,
}

const PARTNER: &str = "SELECT p.no, p.idx, p.name, p.relation, p.code,
    (SELECT COUNT(*) FROM disclosure d WHERE d.partner = p.no AND d.ended_idx IS NULL),
    (SELECT COUNT(*) FROM agreement a WHERE a.partner = p.no) FROM partner p";

fn partner(row: &Row<'_>) -> rusqlite::Result<PartnerRow> {
    Ok(PartnerRow {
        no: number(row, 0)?,
        idx: row.get::<_, i64>(1)? as u64,
        name: row.get(2)?,
        relation: term(row, 3, Relation::from_word)?,
        code: row.get(4)?,
        open_disclosures: row.get(5)?,
        agreements: row.get(6)?,
    })
}

const AGREEMENT: &str = "SELECT a.no, a.idx, a.partner, a.title, a.from_day, a.until, a.secrets,
    (SELECT COUNT(*) FROM paper p WHERE p.about = a.no) FROM agreement a";

fn agreement(row: &Row<'_>) -> rusqlite::Result<AgreementRow> {
    Ok(AgreementRow {
        no: number(row, 0)?,
        idx: row.get::<_, i64>(1)? as u64,
        partner: number(row, 2)?,
        title: row.get(3)?,
        from: maybe_day(row, 4)?,
        until: maybe_day(row, 5)?,
        secrets: maybe_numbers(row, 6)?,
        papers: row.get(7)?,
    })
}

const DISCLOSURE: &str = "SELECT d.no, d.idx, e.at, d.secret, d.statements, d.carriers,
    d.partner, p.name, d.person, d.happened, d.purpose, d.until, d.agreement, d.ending, d.ended,
    d.ended_idx, (SELECT COUNT(*) FROM paper q WHERE q.about = d.no)
    FROM disclosure d JOIN event e ON e.idx = d.idx JOIN partner p ON p.no = d.partner";

fn disclosure(row: &Row<'_>) -> rusqlite::Result<DisclosureRow> {
    Ok(DisclosureRow {
        no: number(row, 0)?,
        idx: row.get::<_, i64>(1)? as u64,
        at: Moment(row.get(2)?),
        secret: number(row, 3)?,
        statements: maybe_list(row, 4)?,
        carriers: maybe_list(row, 5)?.unwrap_or_default(),
        partner: number(row, 6)?,
        partner_name: row.get(7)?,
        person: maybe_number(row, 8)?,
        happened: maybe_day(row, 9)?,
        purpose: row.get(10)?,
        until: maybe_day(row, 11)?,
        agreement: maybe_number(row, 12)?,
        ending: maybe_term(row, 13, Ending::from_word)?,
        ended: maybe_day(row, 14)?,
        ended_idx: row.get::<_, Option<i64>>(15)?.map(|idx| idx as u64),
        papers: row.get(16)?,
    })
}

impl Reader {
    /// All partners by number.
    ///
    /// # Errors
    /// The database's own.
    pub fn partners(&self) -> Result<Vec<PartnerRow>, StoreError> {
        self.rows(&format!("{PARTNER} ORDER BY p.no"), params![], partner)
    }

    /// One partner.
    ///
    /// # Errors
    /// The database's own.
    pub fn partner(&self, no: Number) -> Result<Option<PartnerRow>, StoreError> {
        self.row(&format!("{PARTNER} WHERE p.no = $1"), [no.to_string()], partner)
    }

    /// A partner's agreements, or all of them.
    ///
    /// # Errors
    /// The database's own.
    pub fn agreements(&self, partner: Option<Number>) -> Result<Vec<AgreementRow>, StoreError> {
        let sql = format!("{AGREEMENT} WHERE $1 = '' OR a.partner = $1 ORDER BY a.no");
        let partner = partner.map(|no| no.to_string()).unwrap_or_default();
        self.rows(&sql, [partner], agreement)
    }

    /// One agreement.
    ///
    /// # Errors
    /// The database's own.
    pub fn agreement(&self, no: Number) -> Result<Option<AgreementRow>, StoreError> {
        self.row(&format!("{AGREEMENT} WHERE a.no = $1"), [no.to_string()], agreement)
    }

    /// All disclosures, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn disclosures(&self) -> Result<Vec<DisclosureRow>, StoreError> {
        self.rows(&format!("{DISCLOSURE} ORDER BY d.idx DESC"), params![], disclosure)
    }

    /// One disclosure.
    ///
    /// # Errors
    /// The database's own.
    pub fn disclosure(&self, no: Number) -> Result<Option<DisclosureRow>, StoreError> {
        self.row(&format!("{DISCLOSURE} WHERE d.no = $1"), [no.to_string()], disclosure)
    }

    /// The disclosures of a secret point, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn disclosures_of_secret(&self, no: Number) -> Result<Vec<DisclosureRow>, StoreError> {
        let sql = format!("{DISCLOSURE} WHERE d.secret = $1 ORDER BY d.idx DESC");
        self.rows(&sql, [no.to_string()], disclosure)
    }

    /// What was disclosed to a partner, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn disclosures_to_partner(&self, no: Number) -> Result<Vec<DisclosureRow>, StoreError> {
        let sql = format!("{DISCLOSURE} WHERE d.partner = $1 ORDER BY d.idx DESC");
        self.rows(&sql, [no.to_string()], disclosure)
    }
}
