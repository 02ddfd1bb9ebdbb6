//! Accounts, and the sessions of the pages.

use domain::terms::{AccountRole, PasswordBy};
use domain::{Day, Moment, Number};
use rusqlite::{Row, params};

use super::{Reader, maybe_day, maybe_number, maybe_numbers, maybe_term, number, term};
use crate::StoreError;

/// An account, without the name, which is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    /// Its number.
    pub no: Number,
    /// The event whose item `name` holds the name.
    pub idx: u64,
    /// When it was opened.
    pub at: Moment,
    /// What it may do.
    pub role: AccountRole,
    /// Whose it is: a person of the register, or an expert.
    pub holder: Option<Number>,
    /// The chosen secret points.
    pub secrets: Option<Vec<Number>>,
    /// Its last day.
    pub until: Option<Day>,
    /// How it came to its password, and when; `None` before it has one.
    pub password: Option<(PasswordBy, Moment)>,
    /// Whether it was closed.
    pub closed: bool,
}

/// A session of the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// A name for people; it opens nothing.
    pub id: String,
    /// Whose it is; `None` for the passphrase of the node.
    pub account: Option<Number>,
    /// When it began.
    pub begun: Moment,
    /// When it was last used, give or take a minute.
    pub seen: Moment,
    /// From where.
    pub address: String,
}

const COLUMNS: &str =
    "no, idx, at, role, holder, secrets, until, password, password_at, closed_idx";

fn read(row: &Row<'_>) -> rusqlite::Result<AccountRow> {
    let password = maybe_term(row, 7, PasswordBy::from_word)?;
    let password_at: Option<i64> = row.get(8)?;
    Ok(AccountRow {
        no: number(row, 0)?,
        idx: row.get::<_, i64>(1)? as u64,
        at: Moment(row.get(2)?),
        role: term(row, 3, AccountRole::from_word)?,
        holder: maybe_number(row, 4)?,
        secrets: maybe_numbers(row, 5)?,
        until: maybe_day(row, 6)?,
        password: password.zip(password_at.map(Moment)),
        closed: row.get::<_, Option<i64>>(9)?.is_some(),
    })
}

impl Reader {
    /// All accounts, the closed ones last.
    ///
    /// # Errors
    /// The database's own.
    pub fn accounts(&self) -> Result<Vec<AccountRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM account ORDER BY closed_idx IS NOT NULL, LENGTH(no), no"
        );
        self.rows(&sql, params![], read)
    }

    /// One account.
    ///
    /// # Errors
    /// The database's own.
    pub fn account(&self, no: Number) -> Result<Option<AccountRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM account WHERE no = $1");
        self.row(&sql, [no.to_string()], read)
    }

    /// The sessions that were not ended and were used after `since`, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn sessions(&self, since: Moment) -> Result<Vec<SessionRow>, StoreError> {
        self.rows(
            "SELECT id, account, begun, seen, address FROM session
             WHERE ended IS NULL AND seen > $1 ORDER BY begun DESC, id",
            params![since.0],
            |row| {
                Ok(SessionRow {
                    id: row.get(0)?,
                    account: maybe_number(row, 1)?,
                    begun: Moment(row.get(2)?),
                    seen: Moment(row.get(3)?),
                    address: row.get(4)?,
                })
            },
        )
    }

    /// Whether a session was ended from elsewhere.
    ///
    /// # Errors
    /// The database's own.
    pub fn session_ended(&self, id: &str) -> Result<bool, StoreError> {
        let sql = "SELECT ended IS NOT NULL FROM session WHERE id = $1";
        Ok(self.row(sql, [id], |row| row.get(0))?.unwrap_or(true))
    }
}
