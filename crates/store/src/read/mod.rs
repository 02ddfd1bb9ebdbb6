//! The questions that pages, commands and dossiers ask: one function per question.
//!
//! Secret and personal text is never read here: rows say where it lies ([`Reader::sealed`]), and
//! whoever holds the key opens it.

mod accounts;
mod activities;
mod blind;
mod casework;
mod chain;
mod controls;
mod copies;
mod corpora;
mod custody;
mod directory;
mod exchange;
mod figures;
mod incident;
mod inventory;
mod matching;
mod organisations;
mod overseas;
mod partners;
mod people;
mod profile;
mod programme;
mod recognition;
mod secrets;
mod tasks;
mod timeline;
mod warnings;
mod work;
mod workstation;

use std::path::Path;

use domain::{Day, Number};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

pub use accounts::{AccountRow, SessionRow};
pub use activities::{ActivityFilter, ActivityRow, QuestionRow, RegistrationRow};
pub use blind::BlindRow;
pub use casework::{CaseFilter, CaseItemRow, CaseRow, CaseStepRow};
pub use chain::{Anchor, AuthorityRow, Chain, Dossier, NodeCard, Stamp, WitnessRow};
pub use controls::AnswerRow;
pub use copies::{BatchRow, CopyFilter, CopyRow, FindRow};
pub use corpora::{CorpusRow, PublicCheckRow};
pub use custody::{ErasureRow, HoldRow};
pub use directory::{
    CompanyFilter, CompanyOrder, CompanyRow, CoverLine, Coverage, Dimension, ImportRow, ServiceRow,
};
pub use exchange::{LetterCounts, LetterRow, LinkLine, LinkRow, Peer};
pub use incident::{ExhibitRow, HandingRow, IncidentRow, LinkedRow, NoteRow};
pub use inventory::{InventoryRow, ProposalRow};
pub use matching::{ComparisonRow, ConclusionRow, ReleaseRow, SweepRow};
pub use organisations::{
    AssistanceFilter, AssistanceReply, AssistanceRow, DeskWord, MemberRow, OrganisationRow,
    RequestDesk, Side,
};
pub use overseas::{AssessmentRow, ExportRow};
pub use partners::{AgreementRow, DisclosureRow, PartnerRow};
pub use people::{ClearanceRow, MeasureRow, PaperRow, PersonRow};
pub use profile::ProfileRow;
pub use programme::{
    EngagementFilter, EngagementRow, FirmConflictRow, ItemRow, LogRow, ProcurementRow,
};
pub use recognition::{
    CheckRow, EvidenceRow, Marks, ObjectionRow, RecognitionFilter, RecognitionRow, ReviewRow,
};
pub use secrets::{
    BlobRow, CarrierRow, LineageRow, MatchRow, Page, SecretCard, SecretFilter, SecretRow,
    SecretSort, SecretState, StatementRow,
};
pub use tasks::{SettledRow, TaskFilter, TaskRow, TaskStepRow, Untold};
pub use timeline::{LeafRow, SealedItem, SubjectKey};
pub use warnings::{Outcome, RuleRow, WarningFilter, WarningRow, WatchedCompany, WatchedFact};
pub use work::WorkRow;
pub use workstation::{
    ConflictRow, DeskFilter, ExpertRow, PrescriptionRow, ReplyRow, RequestRow, RiskLine, StepRow,
    VisitRow,
};

use crate::{StoreError, open};

/// Answers questions about a node's data. Sees what is committed; open one per thread.
pub struct Reader {
    pub(crate) db: Connection,
}

impl Reader {
    /// Opens a data directory for reading.
    ///
    /// # Errors
    /// [`StoreError::NoNode`], [`StoreError::Newer`], or the database's own.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        Ok(Self { db: open::reader(dir)? })
    }

    /// All rows of a question.
    pub(crate) fn rows<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map(params, read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The one row of a question, if there is one.
    pub(crate) fn row<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.db.prepare_cached(sql)?.query_row(params, read).optional()?)
    }

    /// The last count given out in a series.
    ///
    /// # Errors
    /// The database's own.
    pub fn last(&self, series: domain::Series) -> Result<u32, StoreError> {
        let sql = "SELECT last FROM series WHERE letters = $1";
        Ok(self.row(sql, params![series.letters()], |row| row.get(0))?.unwrap_or(0))
    }
}

/// A number stored as text. Rows that this program did not write read as an error.
fn number(row: &Row<'_>, at: usize) -> rusqlite::Result<Number> {
    let text: String = row.get(at)?;
    Number::parse(&text).map_err(|error| conversion(at, error))
}

fn maybe_number(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Number>> {
    match row.get::<_, Option<String>>(at)? {
        Some(text) => Number::parse(&text).map(Some).map_err(|error| conversion(at, error)),
        None => Ok(None),
    }
}

fn maybe_day(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Day>> {
    match row.get::<_, Option<String>>(at)? {
        Some(text) if text.is_empty() => Ok(None),
        Some(text) => Day::parse(&text).map(Some).map_err(|error| conversion(at, error)),
        None => Ok(None),
    }
}

/// A term stored as its word.
fn term<T>(row: &Row<'_>, at: usize, from: fn(&str) -> Option<T>) -> rusqlite::Result<T> {
    let text: String = row.get(at)?;
    from(&text).ok_or_else(|| conversion(at, std::fmt::Error))
}

fn maybe_term<T>(
    row: &Row<'_>,
    at: usize,
    from: fn(&str) -> Option<T>,
) -> rusqlite::Result<Option<T>> {
    match row.get::<_, Option<String>>(at)? {
        Some(text) => from(&text).map(Some).ok_or_else(|| conversion(at, std::fmt::Error)),
        None => Ok(None),
    }
}

/// A list in one column; `None` when the column is null.
fn maybe_list<T: std::str::FromStr>(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Vec<T>>> {
    let text: Option<String> = row.get(at)?;
    Ok(text.map(|text| text.split(',').filter_map(|part| part.parse().ok()).collect()))
}

fn maybe_numbers(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Vec<Number>>> {
    let text: Option<String> = row.get(at)?;
    Ok(text.map(|text| text.split(',').filter_map(|part| Number::parse(part).ok()).collect()))
}

fn conversion(at: usize, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, Box::new(error))
}
