//! The wish to write down the history of the company's own work.

use crate::facts::Need;
use crate::moment::Day;
use crate::number::{Number, Series};
use crate::terms::Thread;

/// Writes down the history of the company's own work, as it stood.
#[derive(Clone, Debug)]
pub struct RecordWork {
    /// Its number, reserved before: the report is kept under it.
    pub no: Number,
    /// What work it is, without anything secret.
    pub what: String,
    /// The secret points that it led to.
    pub secrets: Vec<Number>,
    /// The record of the same work before.
    pub after: Option<Number>,
    /// Whether all that stood in that record still stands.
    pub thread: Option<Thread>,
    /// Commits of its repositories.
    pub commits: u64,
    /// Files outside of them.
    pub files: u64,
    /// What could not be read.
    pub faults: u64,
    /// The earliest and the latest day of a commit or file, as its own data claims.
    pub days: Option<[Day; 2]>,
    /// SHA-256 of the list of commits and files, in hex.
    pub chain: String,
    /// The program's version.
    pub program: String,
    /// SHA-256 of the report, in hex.
    pub report: String,
}

impl RecordWork {
    pub(crate) fn needs(&self) -> Vec<Need> {
        let mut needs = vec![Need::Last(Series::Work)];
        needs.extend(self.secrets.iter().map(|no| Need::Secret(*no)));
        needs.extend(self.after.map(Need::Thing));
        needs
    }
}
