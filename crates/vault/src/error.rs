//! What can go wrong. No variant holds content, keys, passphrases, or names of files outside the
//! vault: these values end up in logs.

use std::io;

use crate::blobs::BlobId;

/// One of the files in the key folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFile {
    /// `vault.age`: the master identity under the passphrase.
    VaultAge,
    /// `vault.pub`: the master recipient, in clear.
    VaultPub,
    /// `service.key`: 32 random bytes.
    Service,
    /// `accounts/ZH-….age`: an account's identity under its password.
    Account,
}

impl KeyFile {
    /// The file's name inside the key folder.
    pub fn name(self) -> &'static str {
        match self {
            KeyFile::VaultAge => "vault.age",
            KeyFile::VaultPub => "vault.pub",
            KeyFile::Service => "service.key",
            KeyFile::Account => "accounts",
        }
    }
}

/// The disk refused.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// No space, or the quota is used up. Nothing half-written was left.
    #[error("the disk is full")]
    Full,
    /// Any other refusal of the operating system.
    #[error("could not {doing}")]
    Io {
        /// What was being done, in words of this room.
        doing: &'static str,
        /// The operating system's answer; it names no file.
        #[source]
        source: io::Error,
    },
}

impl DiskError {
    /// Sorts an answer of the operating system; `doing` completes "could not …".
    pub(crate) fn from_io(doing: &'static str, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => DiskError::Full,
            _ => DiskError::Io { doing, source },
        }
    }
}

/// Why the key folder could not be made, opened or changed.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The folder already holds a vault; keys are never overwritten.
    #[error("the key folder already holds a vault")]
    AlreadyThere,
    /// A file of the key folder is missing.
    #[error("{} is missing from the key folder", .0.name())]
    Missing(KeyFile),
    /// An earlier set-up was cut short after `vault.age` was written, and the passphrase given now
    /// doesn't open that file. Set up again with the passphrase of that time.
    #[error("an earlier set-up was cut short, and this passphrase does not open its vault.age")]
    Unfinished,
    /// The passphrase doesn't open `vault.age`.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// An empty passphrase protects nothing.
    #[error("the passphrase is empty")]
    EmptyPassphrase,
    /// The scrypt work factor is out of bounds: see [`crate::WorkFactor`].
    #[error("scrypt work factor 2^{log_n} is not between 2^10 and 2^22")]
    WorkFactor {
        /// Exponent of two that was asked for, or found in the file.
        log_n: u8,
    },
    /// A key file can't be read as what it should be.
    #[error("{} is damaged", .0.name())]
    Damaged(KeyFile),
    /// The identity is sound but isn't the one `vault.pub` names: another vault's file or shares,
    /// or a `vault.pub` that somebody replaced.
    #[error("this identity does not belong to vault.pub")]
    NotThisVault,
    /// The recovery shares don't give an identity.
    #[error(transparent)]
    Share(#[from] ShareError),
    /// The disk refused.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

/// Why recovery shares could not be made, read or put together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// `k` of `n` makes no sense: `2 <= k <= n <= SHARES_MAX`.
    #[error("{k} of {n} shares is not possible: 2 to n, and at most {} shares", crate::SHARES_MAX)]
    Numbers {
        /// Shares needed.
        k: u8,
        /// Shares made.
        n: u8,
    },
    /// The line isn't a share: wrong first word, or parts are missing.
    #[error("this line is not a recovery share")]
    NotAShare,
    /// The line is a share of a newer version of the format.
    #[error("this share is of a version this program does not know")]
    UnknownVersion,
    /// The line is a share, and a character in it is wrong, missing or too many.
    #[error("share {x} is mistyped or damaged")]
    Damaged {
        /// Number of the share as far as it can be read; 0 when it can't.
        x: u8,
    },
    /// Fewer different shares than needed.
    #[error("{have} different shares of {need} needed")]
    TooFew {
        /// Different shares at hand.
        have: u8,
        /// Shares needed.
        need: u8,
    },
    /// A share comes from another splitting than the first one.
    #[error("share {x} comes from another set than the first share")]
    OtherSet {
        /// Number of the first share that doesn't fit.
        x: u8,
    },
    /// Two shares have the same number and different content: one is forged.
    #[error("two different shares both have the number {x}")]
    Conflict {
        /// The number.
        x: u8,
    },
}

/// Why something could not be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// A subject is 1 to [`crate::SUBJECT_BYTES_MAX`] bytes without control characters.
    #[error("not a subject: 1 to {} bytes, no control characters", crate::SUBJECT_BYTES_MAX)]
    BadSubject,
    /// The text is longer than [`crate::TEXT_BYTES_MAX`]; use a blob.
    #[error("a sealed text may have at most {} bytes", crate::TEXT_BYTES_MAX)]
    TooLong,
    /// The text of a recipient isn't `age1…`.
    #[error("not an age recipient")]
    BadRecipient,
    /// Sealed for another key. For what [`crate::Service`] or a [`crate::PersonKey`] sealed, this
    /// can also mean another context (subject, associated data) or altered bytes: an
    /// authenticated cipher can't tell these apart.
    #[error("sealed for another key or another context, or altered")]
    WrongKey,
    /// The sealed bytes are cut short, altered, or not of this format.
    #[error("the sealed bytes are damaged")]
    Damaged,
    /// The keys open but belong to another subject, or the identity isn't the recipient's.
    #[error("these keys belong to another subject")]
    NotThisSubject,
}

/// Why a blob could not be stored, found or read.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// The caller's reader failed. Only the kind is kept: the rest could name a file.
    #[error("the source could not be read to its end ({kind:?})")]
    Source {
        /// What sort of failure.
        kind: io::ErrorKind,
    },
    /// No blob has this id.
    #[error("there is no blob {0}")]
    Missing(BlobId),
    /// The blob is sealed for another secret.
    #[error("the blob is sealed for another secret")]
    WrongKey,
    /// The blob's sealed bytes are cut short or altered, or hold other content than its id says.
    #[error("the blob is damaged")]
    Damaged,
    /// The disk refused.
    #[error(transparent)]
    Disk(#[from] DiskError),
}
