//! What controls are assessed from: the events that can matter, in their order.

use domain::Number;
use rusqlite::params;

use super::number;
use crate::record::decode;
use crate::{Reader, Record, StoreError};

/// An answer to a control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerRow {
    /// Its number.
    pub no: Number,
    /// Its event.
    pub idx: u64,
    /// The control.
    pub control: String,
    /// Whether it was taken back.
    pub withdrawn: bool,
}

impl Reader {
    /// An answer.
    ///
    /// # Errors
    /// The database's own.
    pub fn answer(&self, no: Number) -> Result<Option<AnswerRow>, StoreError> {
        self.row(
            "SELECT no, idx, control, withdrawn FROM answer WHERE no = $1",
            [no.to_string()],
            |row| {
                Ok(AnswerRow {
                    no: number(row, 0)?,
                    idx: row.get::<_, i64>(1)? as u64,
                    control: row.get(2)?,
                    withdrawn: row.get::<_, Option<i64>>(3)?.is_some(),
                })
            },
        )
    }

    /// Hands every entry from `from` on that is of one of these kinds to `each`, in their order;
    /// gives the place after the last entry looked at.
    ///
    /// # Errors
    /// The database's own, or [`StoreError::Damaged`].
    pub fn each_of(
        &self,
        kinds: &[&str],
        from: u64,
        mut each: impl FnMut(Record),
    ) -> Result<u64, StoreError> {
        let from = i64::try_from(from).unwrap_or(i64::MAX);
        let mut statement = self
            .db
            .prepare_cached("SELECT idx, kind, plain FROM event WHERE idx >= $1 ORDER BY idx")?;
        let mut rows = statement.query(params![from])?;
        let mut next = from as u64;
        while let Some(row) = rows.next()? {
            let idx = row.get::<_, i64>(0)? as u64;
            next = idx + 1;
            let kind = row.get_ref(1)?.as_str().map_err(|_| StoreError::Damaged(idx))?;
            if kinds.contains(&kind) {
                let plain = row.get_ref(2)?.as_str().map_err(|_| StoreError::Damaged(idx))?;
                each(decode(idx, kind, plain).ok_or(StoreError::Damaged(idx))?);
            }
        }
        Ok(next)
    }
}
