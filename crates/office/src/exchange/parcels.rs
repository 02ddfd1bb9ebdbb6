//! Where letters lie on the disk: `exchange/<digest>.letter`, the signed note and the sealed body.

use std::fs;
use std::path::{Path, PathBuf};

use domain::terms::LetterWay;
use ledger::note::Note;
use link::exchange::{Letter, Parcel};
use sha2::{Digest as _, Sha256};
use store::read::LetterRow;

use super::digest_of;
use crate::{Office, Sort, Trouble, home};

impl Office {
    pub(super) fn join_path(&self, link: &str) -> PathBuf {
        self.home.dir.join("exchange").join(format!("{link}.join"))
    }

    pub(super) fn parcel_path(&self, digest: &[u8; 32]) -> PathBuf {
        self.home.dir.join("exchange").join(format!("{}.letter", hex::encode(digest)))
    }

    /// Writes a file of the exchange whole, and synced.
    pub(super) fn keep(&self, path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
        let dir = self.home.dir.join("exchange");
        fs::create_dir_all(&dir).map_err(|error| Trouble::disk(&dir, error))?;
        home::private_file(path, bytes)
    }

    pub(super) fn keep_parcel(&self, digest: &[u8; 32], parcel: &Parcel) -> Result<(), Trouble> {
        let mut bytes = (parcel.note.len() as u32).to_be_bytes().to_vec();
        bytes.extend(parcel.note.as_bytes());
        bytes.extend(&parcel.body);
        self.keep(&self.parcel_path(digest), &bytes)
    }

    pub(super) fn parcel(&self, row: &LetterRow) -> Result<Parcel, Trouble> {
        if self.reader()?.is_forgotten(row.link, row.seq)? && row.way == LetterWay::In {
            return Err(super::other("trouble-letter-forgotten", Sort::NotFound));
        }
        let path = self.parcel_path(&digest_of(row));
        let bytes = fs::read(&path).map_err(|error| Trouble::disk(&path, error))?;
        let damaged = || Trouble::NotAsRecorded(row.idx);
        let (length, rest) = bytes.split_first_chunk().ok_or_else(damaged)?;
        let length = u32::from_be_bytes(*length) as usize;
        let (note, body) = rest.split_at_checked(length).ok_or_else(damaged)?;
        let note = String::from_utf8(note.to_vec()).map_err(|_| damaged())?;
        let parsed = Note::parse(note.as_bytes()).ok();
        let letter = parsed.and_then(|note| Letter::parse(&note.text).ok()).ok_or_else(damaged)?;
        let sealed: [u8; 32] = Sha256::digest(body).into();
        if letter.digest() != digest_of(row) || sealed != letter.body {
            return Err(damaged());
        }
        Ok(Parcel { note, body: body.to_vec() })
    }
}
