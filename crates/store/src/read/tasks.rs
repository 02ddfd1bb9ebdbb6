//! Tasks that a station asks of this company, and what letters brought about.

use domain::terms::{Cure, Grade, LetterWay, Said, TaskSort, Theme};
use domain::{Day, Number};
use rusqlite::{Row, params};

use super::workstation::{a_day, idx};
use super::{LetterRow, Page, Reader, maybe_day, maybe_number, maybe_term, number, term};
use crate::StoreError;

/// A task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskRow {
    /// Its number.
    pub no: Number,
    /// The event whose items `title`, `finding` and `advice` say what.
    pub idx: u64,
    /// The link it came by.
    pub link: Number,
    /// The letter that asked it.
    pub seq: u64,
    /// What sort of task.
    pub sort: TaskSort,
    /// Its number at the station.
    pub theirs: Option<Number>,
    /// What it is about.
    pub theme: Option<Theme>,
    /// How grave it is.
    pub grade: Option<Grade>,
    /// When it was asked.
    pub happened: Day,
    /// By when it is to be done.
    pub due: Option<Day>,
    /// How far it is.
    pub state: Cure,
    /// Whether something is still to be done here.
    pub open: bool,
    /// How many words of the station on it came.
    pub seen: u32,
}

/// A word on a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskStepRow {
    /// The event whose item `note` holds the remark.
    pub idx: u64,
    /// Whether this company said it.
    pub ours: bool,
    /// What.
    pub said: Said,
    /// The letter that carries it.
    pub seq: u64,
    /// When.
    pub happened: Day,
    /// The new date.
    pub due: Option<Day>,
}

/// What a list of tasks can be asked for; empty means all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TaskFilter {
    /// Only what is still to be done here, or only what is not.
    pub open: Option<bool>,
    /// Only of this sort.
    pub sort: Option<TaskSort>,
    /// Only in this state.
    pub state: Option<Cure>,
    /// How many to skip.
    pub offset: u32,
    /// How many at most; 0 for 50.
    pub limit: u32,
}

/// An entry about a prescription or an activity that the company's node was not told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Untold {
    /// The prescription or activity.
    pub about: Number,
    /// The entry.
    pub entry: u64,
    /// Whether it is a word on it; else it is the prescription or invitation itself.
    pub step: bool,
}

/// What came of a letter that asks for more than to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettledRow {
    /// The event that says so.
    pub idx: u64,
    /// What it had its effect on.
    pub about: Option<Number>,
    /// Why it had none.
    pub refused: Option<String>,
}

const TASK: &str =
    "no, idx, link, seq, sort, theirs, theme, grade, happened, due, state, open, seen";

fn read_task(row: &Row<'_>) -> rusqlite::Result<TaskRow> {
    Ok(TaskRow {
        no: number(row, 0)?,
        idx: idx(row, 1)?,
        link: number(row, 2)?,
        seq: idx(row, 3)?,
        sort: term(row, 4, TaskSort::from_word)?,
        theirs: maybe_number(row, 5)?,
        theme: maybe_term(row, 6, Theme::from_word)?,
        grade: maybe_term(row, 7, Grade::from_word)?,
        happened: a_day(row, 8)?,
        due: maybe_day(row, 9)?,
        state: term(row, 10, Cure::from_word)?,
        open: row.get(11)?,
        seen: row.get(12)?,
    })
}

impl Reader {
    /// A part of the tasks: what is still to be done first, the soonest before others.
    ///
    /// # Errors
    /// The database's own.
    pub fn tasks(&self, filter: &TaskFilter) -> Result<Page<TaskRow>, StoreError> {
        let limit = if filter.limit == 0 { 50 } else { filter.limit };
        let rows = self.rows(
            &format!(
                "SELECT {TASK} FROM task WHERE ($1 IS NULL OR open = $1)
                   AND ($2 IS NULL OR sort = $2) AND ($3 IS NULL OR state = $3)
                 ORDER BY open DESC, due IS NULL, due, idx DESC LIMIT $4 OFFSET $5"
            ),
            params![
                filter.open,
                filter.sort.map(|sort| sort.word()),
                filter.state.map(|state| state.word()),
                limit,
                filter.offset
            ],
            read_task,
        )?;
        Ok(Page { rows, total: self.task_count(filter)? })
    }

    /// How many tasks a filter finds.
    ///
    /// # Errors
    /// The database's own.
    pub fn task_count(&self, filter: &TaskFilter) -> Result<u64, StoreError> {
        let count = self.row(
            "SELECT COUNT(*) FROM task WHERE ($1 IS NULL OR open = $1)
               AND ($2 IS NULL OR sort = $2) AND ($3 IS NULL OR state = $3)",
            params![
                filter.open,
                filter.sort.map(|sort| sort.word()),
                filter.state.map(|state| state.word())
            ],
            |row| row.get::<_, i64>(0),
        )?;
        Ok(count.unwrap_or(0) as u64)
    }

    /// One task.
    ///
    /// # Errors
    /// The database's own.
    pub fn task(&self, no: Number) -> Result<Option<TaskRow>, StoreError> {
        self.row(&format!("SELECT {TASK} FROM task WHERE no = $1"), [no.to_string()], read_task)
    }

    /// How a task went on.
    ///
    /// # Errors
    /// The database's own.
    pub fn task_steps(&self, no: Number) -> Result<Vec<TaskStepRow>, StoreError> {
        self.rows(
            "SELECT idx, ours, said, seq, happened, due FROM task_step WHERE task = $1 ORDER BY idx",
            [no.to_string()],
            |row| {
                Ok(TaskStepRow {
                    idx: idx(row, 0)?,
                    ours: row.get(1)?,
                    said: term(row, 2, Said::from_word)?,
                    seq: idx(row, 3)?,
                    happened: a_day(row, 4)?,
                    due: maybe_day(row, 5)?,
                })
            },
        )
    }

    /// What the company at the other end of a link was not told yet, in its order: prescriptions
    /// that are not over, invitations to what is still to come, and each word of the station on one
    /// that it was told of.
    ///
    /// # Errors
    /// The database's own.
    pub fn untold(&self, link: Number, today: Day) -> Result<Vec<Untold>, StoreError> {
        self.rows(
            "WITH mine AS (
                 SELECT p.no, p.idx, p.state FROM link k
                 JOIN prescription p ON p.company = COALESCE(
                     (SELECT c.merged_into FROM company c WHERE c.no = k.company), k.company)
                 WHERE k.no = $1),
             asked AS (
                 SELECT a.no, i.idx, a.state, a.day, a.moved_idx, a.cancelled_idx FROM link k
                 JOIN invited i ON i.company IN (k.company, COALESCE(
                     (SELECT c.merged_into FROM company c WHERE c.no = k.company), k.company))
                 JOIN activity a ON a.no = i.activity
                 WHERE k.no = $1)
             SELECT m.no, m.idx, 0 FROM mine m WHERE m.state NOT IN ('cured', 'dropped')
                 AND NOT EXISTS (SELECT 1 FROM carried t WHERE t.link = $1 AND t.entry = m.idx)
             UNION ALL
             SELECT m.no, s.idx, 1 FROM mine m
                 JOIN prescription_step s ON s.prescription = m.no AND s.link IS NULL
             WHERE (m.state NOT IN ('cured', 'dropped')
                    OR EXISTS (SELECT 1 FROM carried t WHERE t.link = $1 AND t.entry = m.idx))
                 AND NOT EXISTS (SELECT 1 FROM carried t WHERE t.link = $1 AND t.entry = s.idx)
             UNION ALL
             SELECT i.no, i.idx, 0 FROM asked i WHERE i.state = 'planned' AND i.day >= $2
                 AND NOT EXISTS (SELECT 1 FROM carried t WHERE t.link = $1 AND t.entry = i.idx)
             UNION ALL
             SELECT i.no, i.said, 1 FROM (
                 SELECT no, idx, moved_idx AS said FROM asked WHERE moved_idx > idx
                 UNION ALL
                 SELECT no, idx, cancelled_idx FROM asked WHERE cancelled_idx > idx) i
             WHERE EXISTS (SELECT 1 FROM carried t WHERE t.link = $1 AND t.entry = i.idx)
                 AND NOT EXISTS (SELECT 1 FROM carried t WHERE t.link = $1 AND t.entry = i.said)
             ORDER BY 2",
            params![link.to_string(), today.to_string()],
            |row| Ok(Untold { about: number(row, 0)?, entry: idx(row, 1)?, step: row.get(2)? }),
        )
    }

    /// Joined links of an entry of the directory, also of one that was merged into it.
    ///
    /// # Errors
    /// The database's own.
    pub fn joined_links(&self, company: Number) -> Result<Vec<Number>, StoreError> {
        self.rows(
            "SELECT no FROM link WHERE state = 'joined' AND (company = $1
                 OR company IN (SELECT no FROM company WHERE merged_into = $1)) ORDER BY idx",
            [company.to_string()],
            |row| number(row, 0),
        )
    }

    /// What came of a received letter, when it asked for more than to be read.
    ///
    /// # Errors
    /// The database's own.
    pub fn settled(&self, link: Number, seq: u64) -> Result<Option<SettledRow>, StoreError> {
        self.row(
            "SELECT idx, about, refused FROM settled WHERE link = $1 AND seq = $2",
            params![link.to_string(), seq as i64],
            |row| {
                Ok(SettledRow {
                    idx: idx(row, 0)?,
                    about: maybe_number(row, 1)?,
                    refused: row.get(2)?,
                })
            },
        )
    }

    /// Links with received letters that the vault has not looked at, and from which number on.
    ///
    /// # Errors
    /// The database's own.
    pub fn unlooked(&self) -> Result<Vec<(Number, u64)>, StoreError> {
        self.rows(
            "SELECT l.link, COALESCE((SELECT seq FROM looked o WHERE o.link = l.link), 0) + 1
             FROM (SELECT link, MAX(seq) AS last FROM letter WHERE way = 'in' GROUP BY link) l
             WHERE l.last > COALESCE((SELECT seq FROM looked o WHERE o.link = l.link), 0)",
            params![],
            |row| Ok((number(row, 0)?, idx(row, 1)?)),
        )
    }

    /// Received letters of a link from a number on that have had no effect.
    ///
    /// # Errors
    /// The database's own.
    pub fn unsettled(&self, link: Number, first: u64) -> Result<Vec<LetterRow>, StoreError> {
        let rows = self.letters_from(link, LetterWay::In, first, u32::MAX >> 1)?;
        let mut left = Vec::new();
        for row in rows {
            if self.settled(link, row.seq)?.is_none() {
                left.push(row);
            }
        }
        Ok(left)
    }
}
