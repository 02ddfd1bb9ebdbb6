//! Everything that can go wrong, as one list: what people read is in the translation files.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use domain::{Number, Refusal};
use store::{Failure, StoreError};
use vault::{BlobError, DiskError, KeyError, SealError, ShareError};

/// What sort of trouble it is: pages and the command line answer each in their own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// What was asked is not allowed or makes no sense; the asker can mend it.
    Refused,
    /// There is no such thing.
    NotFound,
    /// The vault must be unlocked, or the passphrase is wrong.
    Locked,
    /// Somebody else was faster, or holds what is needed.
    Conflict,
    /// Files of the data directory or the machine are at fault.
    Broken,
}

/// Why something can't be done. Nothing acknowledged is lost.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The rules say no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store can't.
    #[error("the store failed")]
    Store(#[source] StoreError),
    /// There is no node in this directory.
    #[error("there is no node in this directory")]
    NoNode(PathBuf),
    /// The data is of a newer program.
    #[error("the data is of a newer program")]
    Newer,
    /// A setting can't be read.
    #[error("the setting {0} can't be read")]
    Settings(&'static str),
    /// The log's key is missing, damaged, or another's.
    #[error("the log's key can't be used")]
    LogKey,
    /// Something about the vault's key.
    #[error("the vault's key can't be used")]
    Key(#[from] KeyError),
    /// Recovery shares can't be made or used.
    #[error("the recovery shares can't be used")]
    Share(#[source] ShareError),
    /// Something can't be sealed or opened.
    #[error("sealed text can't be used")]
    Seal(#[from] SealError),
    /// Something about the vault's files.
    #[error("the vault's files can't be used")]
    Blob(#[from] BlobError),
    /// The vault must be unlocked first.
    #[error("the vault is locked")]
    Locked,
    /// What was asked for was erased.
    #[error("it was erased")]
    Erased,
    /// There is no such thing.
    #[error("there is no such record")]
    Unknown(Number),
    /// There is no such part of a thing.
    #[error("there is no such part")]
    UnknownPart(Number, u32),
    /// There is no such entry in the ledger.
    #[error("there is no such entry")]
    UnknownEntry(u64),
    /// A given file is absent.
    #[error("a given file is absent")]
    FileAbsent(PathBuf),
    /// A given file may not be read.
    #[error("a given file may not be read")]
    FileForbidden(PathBuf),
    /// A given path is no ordinary file.
    #[error("a given path is no ordinary file")]
    NotAFile(PathBuf),
    /// A given path leads in a circle of links.
    #[error("a given path leads in a circle")]
    LinkLoop(PathBuf),
    /// A given file was changed while it was read.
    #[error("a given file was changed while it was read")]
    FileChanged(PathBuf),
    /// A given file is not text.
    #[error("a given file is not text")]
    NotText(PathBuf),
    /// A text is longer than is kept.
    #[error("a text is too long")]
    TextTooLong,
    /// A file of the data directory or an output can't be written or read.
    #[error("a file can't be used")]
    Disk {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// A hash of what was opened is not the one the ledger holds.
    #[error("the content is not what the ledger holds")]
    NotAsRecorded(u64),
    /// Anything else, with its key in the translation files.
    #[error("{0}")]
    Other(&'static str, Vec<(&'static str, String)>, Sort),
}

impl Trouble {
    /// What the disk said of a path; a full disk has words of its own.
    pub fn disk(path: impl AsRef<Path>, source: std::io::Error) -> Self {
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Disk { path: path.as_ref().to_owned(), source },
        }
    }

    /// The translation key.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.key(),
            Self::Store(StoreError::DiskFull)
            | Self::DiskFull
            | Self::Blob(BlobError::Disk(DiskError::Full))
            | Self::Key(KeyError::Disk(DiskError::Full)) => "trouble-disk-full",
            Self::Store(StoreError::NoNode) | Self::NoNode(_) => "trouble-no-node",
            Self::Store(StoreError::Newer { .. }) | Self::Newer => "trouble-newer",
            Self::Store(StoreError::Stopped) => "trouble-stopped",
            Self::Store(StoreError::Damaged(_)) => "trouble-damaged",
            Self::Store(StoreError::TreeMismatch(_)) => "trouble-tree-mismatch",
            Self::Store(StoreError::OutOfRange) | Self::UnknownEntry(_) => "trouble-unknown-entry",
            Self::Store(StoreError::Sql(_)) => "trouble-database",
            Self::Settings(_) => "trouble-settings",
            Self::LogKey => "trouble-log-key",
            Self::Key(KeyError::WrongPassphrase) => "trouble-wrong-passphrase",
            Self::Key(KeyError::EmptyPassphrase) => "trouble-empty-passphrase",
            Self::Key(KeyError::AlreadyThere) => "refusal-already-created",
            Self::Key(KeyError::Unfinished) => "trouble-unfinished",
            Self::Key(KeyError::WorkFactor { .. }) => "trouble-work-factor",
            Self::Key(KeyError::NotThisVault) => "trouble-not-this-vault",
            Self::Key(KeyError::Share(_)) | Self::Share(_) => self.share_key(),
            Self::Key(KeyError::Missing(_) | KeyError::Damaged(_)) => "trouble-key-file",
            Self::Disk { source, .. } => match source.kind() {
                ErrorKind::NotFound | ErrorKind::NotADirectory => "trouble-no-folder",
                ErrorKind::PermissionDenied => "trouble-forbidden",
                _ => "trouble-disk",
            },
            Self::Key(KeyError::Disk(_)) | Self::Blob(BlobError::Disk(_)) => "trouble-disk",
            Self::Seal(SealError::TooLong) | Self::TextTooLong => "trouble-text-too-long",
            Self::Seal(_) => "trouble-seal",
            Self::Blob(BlobError::Missing(_)) => "trouble-blob-missing",
            Self::Blob(BlobError::Source { .. }) => "trouble-source",
            Self::Blob(BlobError::WrongKey | BlobError::Damaged) => "trouble-blob-damaged",
            Self::Locked => "trouble-locked",
            Self::Erased => "trouble-erased",
            Self::Unknown(_) => "refusal-unknown",
            Self::UnknownPart(..) => "trouble-unknown-part",
            Self::FileAbsent(_) => "trouble-file-absent",
            Self::FileForbidden(_) => "trouble-file-forbidden",
            Self::NotAFile(_) => "trouble-not-a-file",
            Self::LinkLoop(_) => "trouble-link-loop",
            Self::FileChanged(_) => "trouble-file-changed",
            Self::NotText(_) => "trouble-not-text",
            Self::NotAsRecorded(_) => "trouble-not-as-recorded",
            Self::Other(key, ..) => key,
        }
    }

    fn share_key(&self) -> &'static str {
        let (Self::Key(KeyError::Share(error)) | Self::Share(error)) = self else {
            return "trouble-key-file";
        };
        match error {
            ShareError::Numbers { .. } => "trouble-share-numbers",
            ShareError::NotAShare | ShareError::UnknownVersion => "trouble-not-a-share",
            ShareError::Damaged { .. } | ShareError::Conflict { .. } => "trouble-share-damaged",
            ShareError::TooFew { .. } => "trouble-shares-too-few",
            ShareError::OtherSet { .. } => "trouble-share-other-set",
        }
    }

    /// The values that the words mention, by name. Never secret content; the names of files are
    /// those that the asker gave.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Refused(refusal) => refusal.args(),
            Self::NoNode(path)
            | Self::FileAbsent(path)
            | Self::FileForbidden(path)
            | Self::NotAFile(path)
            | Self::LinkLoop(path)
            | Self::FileChanged(path)
            | Self::NotText(path) => vec![("path", path.display().to_string())],
            Self::Disk { path, source } => {
                vec![("path", path.display().to_string()), ("why", source.to_string())]
            }
            Self::Settings(name) => vec![("name", (*name).into())],
            Self::Unknown(no) => vec![("no", no.to_string())],
            Self::UnknownPart(no, part) => {
                vec![("no", no.to_string()), ("part", part.to_string())]
            }
            Self::UnknownEntry(idx)
            | Self::NotAsRecorded(idx)
            | Self::Store(StoreError::Damaged(idx) | StoreError::TreeMismatch(idx)) => {
                vec![("index", idx.to_string())]
            }
            Self::Key(KeyError::Missing(file) | KeyError::Damaged(file)) => {
                vec![("name", file.name().into())]
            }
            Self::Key(KeyError::Share(error)) | Self::Share(error) => match error {
                ShareError::Damaged { x }
                | ShareError::OtherSet { x }
                | ShareError::Conflict { x } => vec![("share", x.to_string())],
                ShareError::TooFew { have, need } => {
                    vec![("have", have.to_string()), ("need", need.to_string())]
                }
                _ => vec![],
            },
            Self::Other(_, args, _) => args.clone(),
            _ => vec![],
        }
    }

    /// What sort of trouble it is.
    pub fn sort(&self) -> Sort {
        match self {
            Self::Refused(Refusal::Unknown(_))
            | Self::Unknown(_)
            | Self::UnknownPart(..)
            | Self::UnknownEntry(_)
            | Self::NoNode(_)
            | Self::FileAbsent(_)
            | Self::Store(StoreError::NoNode | StoreError::OutOfRange) => Sort::NotFound,
            Self::Refused(Refusal::NumberTaken(_) | Refusal::AlreadyCreated)
            | Self::Key(KeyError::AlreadyThere)
            | Self::FileChanged(_) => Sort::Conflict,
            Self::Key(KeyError::WrongPassphrase) | Self::Locked => Sort::Locked,
            Self::Disk { .. } if self.key() == "trouble-no-folder" => Sort::NotFound,
            Self::Disk { .. } if self.key() == "trouble-forbidden" => Sort::Refused,
            Self::Refused(_)
            | Self::FileForbidden(_)
            | Self::NotAFile(_)
            | Self::LinkLoop(_)
            | Self::NotText(_)
            | Self::TextTooLong
            | Self::Erased
            | Self::Share(_)
            | Self::Seal(SealError::TooLong)
            | Self::Key(
                KeyError::EmptyPassphrase
                | KeyError::WorkFactor { .. }
                | KeyError::Share(_)
                | KeyError::Unfinished,
            ) => Sort::Refused,
            Self::Other(.., sort) => *sort,
            _ => Sort::Broken,
        }
    }

    /// All keys that are not refusals, so that a test can look for their words.
    pub const KEYS: &'static [&'static str] = &[
        "trouble-no-country",
        "trouble-no-such-answer",
        "trouble-guide-draft",
        "trouble-export-unanswered",
        "trouble-export-unproved",
        "trouble-disk-full",
        "trouble-no-node",
        "trouble-newer",
        "trouble-stopped",
        "trouble-damaged",
        "trouble-tree-mismatch",
        "trouble-unknown-entry",
        "trouble-database",
        "trouble-settings",
        "trouble-log-key",
        "trouble-wrong-passphrase",
        "trouble-empty-passphrase",
        "trouble-unfinished",
        "trouble-work-factor",
        "trouble-not-this-vault",
        "trouble-key-file",
        "trouble-disk",
        "trouble-no-folder",
        "trouble-forbidden",
        "trouble-text-too-long",
        "trouble-seal",
        "trouble-blob-missing",
        "trouble-source",
        "trouble-blob-damaged",
        "trouble-locked",
        "trouble-erased",
        "trouble-unknown-part",
        "trouble-file-absent",
        "trouble-file-forbidden",
        "trouble-not-a-file",
        "trouble-link-loop",
        "trouble-file-changed",
        "trouble-not-text",
        "trouble-not-as-recorded",
        "trouble-share-numbers",
        "trouble-not-a-share",
        "trouble-share-damaged",
        "trouble-shares-too-few",
        "trouble-share-other-set",
        "trouble-rolled-back",
        "trouble-witness-signature",
        "trouble-witness-refused",
        "trouble-no-answer",
        "trouble-unreached",
        "trouble-roots",
        "trouble-stamp-untrusted",
        "problem-stamp",
        "trouble-nodes-own",
        "trouble-file-empty",
        "trouble-sheet-empty",
        "trouble-sheet-head-only",
        "trouble-sheet-too-large",
        "trouble-sheet-rows",
        "trouble-sheet-columns",
        "trouble-sheet-cell",
        "trouble-sheet-encoding",
        "trouble-sheet-old",
        "trouble-sheet-damaged",
        "trouble-sheet-no-column",
        "trouble-sheet-no-name",
        "intake-twice",
        "intake-ambiguous",
        "intake-kind",
        "intake-yes-no",
        "trouble-no-checklist",
        "trouble-no-point",
        "trouble-finding-blank",
        "trouble-visit-not-made",
        "trouble-form-mark",
        "trouble-form-grade",
        "trouble-form-day",
        "problem-blob",
        "trouble-letter-too-large",
        "trouble-link-unknown",
        "trouble-own-bundle",
        "trouble-link-no-url",
        "trouble-witness-folder",
        "trouble-join-refused",
        "trouble-cosignature",
        "trouble-receipt",
        "trouble-invitation",
        "trouble-bundle-form",
        "trouble-bundle-signature",
        "trouble-station-refused",
        "trouble-index-empty",
        "trouble-index-all-left",
    ];
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => Self::Refused(refusal),
            Failure::Store(error) => Self::Store(error),
        }
    }
}
