//! What can go wrong below the rules.

/// Why the store can't do what was asked. Nothing acknowledged is lost.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused: damaged, full, locked for too long.
    #[error("the database failed")]
    Sql(#[from] rusqlite::Error),
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// There is no node in this directory.
    #[error("there is no node here")]
    NoNode,
    /// The data was written by a newer program.
    #[error("the data is of version {found}, this program knows {known}")]
    Newer {
        /// The version found.
        found: i64,
        /// The newest version known.
        known: i64,
    },
    /// A row that this program wrote can't be read: the database was changed by somebody else.
    #[error("the journal is damaged at entry {0}")]
    Damaged(u64),
    /// The tree in memory and the one on disk disagree.
    #[error("the ledger's tree does not match its entries at size {0}")]
    TreeMismatch(u64),
    /// The writer has stopped after a failure to make data durable; the program must be started
    /// anew. Whether the wish was carried out shows when it is sent again with its key.
    #[error("the journal has stopped after a failed write")]
    Stopped,
    /// An inclusion or consistency proof can't be made.
    #[error("there is no such size or entry in the ledger")]
    OutOfRange,
}

impl StoreError {
    /// Sorts an SQL error: a full disk is told apart, since the cure is another.
    pub(crate) fn sort(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::DiskFull,
            _ => Self::Sql(error),
        }
    }

    /// Whether the disk failed to read, write or sync: what is on it now is unknown.
    pub(crate) fn is_disk_failure(&self) -> bool {
        let Self::Sql(error) = self else { return false };
        error.sqlite_error_code() == Some(rusqlite::ErrorCode::SystemIoFailure)
    }
}
