//! Opens what was sealed, for those who hold the key.

use std::io::Read;

use domain::Number;
use evidence::item;
use store::Reader;
use store::read::{CarrierRow, PaperRow, PersonRow, SealedItem};
use vault::{BlobReader, PersonKeys, SecretKeys, SecretOpener, Unlocked};

use crate::{Ask, Office, Trouble, files};

/// A sealed field, as far as it can be shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// It was left empty.
    Empty,
    /// Its value.
    Value(serde_json::Value),
    /// It is there, but the vault is locked.
    Locked,
    /// Its key was destroyed.
    Erased,
}

impl Shown {
    /// The value as text, when it can be shown.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Value(value) => value.as_str(),
            _ => None,
        }
    }
}

impl Office {
    /// A secret or personal field of an event. Personal ones need no unlocked vault.
    ///
    /// # Errors
    /// [`Trouble::NotAsRecorded`] when what was opened is not what the ledger committed to; the
    /// store's and the vault's own.
    pub fn field(
        &self,
        reader: &Reader,
        idx: u64,
        field: &str,
        unlocked: Option<&Unlocked>,
    ) -> Result<Shown, Trouble> {
        let Some(sealed) = reader.sealed(idx, field)? else { return Ok(Shown::Empty) };
        Ok(match self.item_text(reader, idx, &sealed, unlocked)? {
            Opened::Text(text) => {
                let item = item::parse(&text).map_err(|_| Trouble::NotAsRecorded(idx))?;
                if item.name != field {
                    return Err(Trouble::NotAsRecorded(idx));
                }
                Shown::Value(item.value)
            }
            Opened::Locked => Shown::Locked,
            Opened::Erased => Shown::Erased,
        })
    }

    /// The text of a sealed item, checked against the digest in the ledger.
    pub(crate) fn item_text(
        &self,
        reader: &Reader,
        idx: u64,
        sealed: &SealedItem,
        unlocked: Option<&Unlocked>,
    ) -> Result<Opened, Trouble> {
        let Some(key) = reader.key(&sealed.key_id)? else { return Ok(Opened::Erased) };
        let bytes = if key.sort == "person" {
            person_keys(&key.wrapped)?
                .key(&key.key_id, &self.service)?
                .open(&sealed.sealed, &sealed.digest)?
        } else {
            let Some(unlocked) = unlocked else { return Ok(Opened::Locked) };
            secret_keys(&key.wrapped)?.open(&key.key_id, unlocked)?.open(&sealed.sealed)?
        };
        let text = String::from_utf8(bytes.to_vec()).map_err(|_| Trouble::NotAsRecorded(idx))?;
        if item::digest(&text) == sealed.digest {
            Ok(Opened::Text(text))
        } else {
            Err(Trouble::NotAsRecorded(idx))
        }
    }

    /// A person's name; `None` after an erasure.
    ///
    /// # Errors
    /// As [`Office::field`].
    pub fn person_name(
        &self,
        reader: &Reader,
        person: &PersonRow,
    ) -> Result<Option<String>, Trouble> {
        Ok(self.field(reader, person.idx, "name", None)?.text().map(str::to_owned))
    }

    /// The name of a person by number; the number itself when the name is gone.
    ///
    /// # Errors
    /// As [`Office::field`].
    pub fn name_of(&self, reader: &Reader, no: Number) -> Result<String, Trouble> {
        let name = match reader.person(no)? {
            Some(person) => self.person_name(reader, &person)?,
            None => None,
        };
        Ok(name.unwrap_or_else(|| no.to_string()))
    }

    fn opener(
        &self,
        reader: &Reader,
        idx: u64,
        unlocked: &Unlocked,
    ) -> Result<SecretOpener, Trouble> {
        // The name of the file is sealed under the same key as the file.
        let sealed = reader.sealed(idx, "name")?.ok_or(Trouble::Erased)?;
        let key = reader.key(&sealed.key_id)?.ok_or(Trouble::Erased)?;
        Ok(secret_keys(&key.wrapped)?.open(&key.key_id, unlocked)?)
    }

    /// The content of a carrier, to be read as a stream.
    ///
    /// # Errors
    /// [`Trouble::Erased`], and the vault's own.
    pub fn open_carrier(
        &self,
        reader: &Reader,
        carrier: &CarrierRow,
        unlocked: &Unlocked,
    ) -> Result<BlobReader, Trouble> {
        self.open_blob(reader, carrier.idx, &carrier.blob, unlocked)
    }

    /// Takes a carrier out of the vault into a new file: the one way by which content reaches a
    /// disk in clear. The ledger is told first. Gives the size in bytes.
    ///
    /// # Errors
    /// [`Trouble`]; a file that is there already is left as it is.
    pub fn export_carrier(
        &self,
        ask: &Ask,
        (secret, carrier): (Number, &CarrierRow),
        unlocked: &Unlocked,
        why: Option<String>,
        out: &std::path::Path,
    ) -> Result<u64, Trouble> {
        files::new_file(out, |file| {
            self.view_secret(ask, secret, format!("carrier {}", carrier.no), why)?;
            let mut content = self.open_carrier(&self.reader()?, carrier, unlocked)?;
            std::io::copy(&mut content, file).map_err(|error| match error.kind() {
                std::io::ErrorKind::InvalidData => Trouble::NotAsRecorded(carrier.idx),
                _ => Trouble::disk(out, error),
            })
        })
    }

    /// The content of a paper, to be read as a stream.
    ///
    /// # Errors
    /// As [`Office::open_carrier`].
    pub fn open_paper(
        &self,
        reader: &Reader,
        paper: &PaperRow,
        unlocked: &Unlocked,
    ) -> Result<BlobReader, Trouble> {
        self.open_blob(reader, paper.idx, &paper.blob, unlocked)
    }

    pub(crate) fn open_blob(
        &self,
        reader: &Reader,
        idx: u64,
        blob: &str,
        unlocked: &Unlocked,
    ) -> Result<BlobReader, Trouble> {
        let id = blob.parse().map_err(|_| Trouble::NotAsRecorded(idx))?;
        let opener = self.opener(reader, idx, unlocked)?;
        Ok(self.blobs.get(&id, &opener)?)
    }

    /// Opens an ordinary file that somebody named.
    ///
    /// # Errors
    /// [`Trouble::FileAbsent`] and its like.
    pub fn open_file(path: &std::path::Path) -> Result<std::fs::File, Trouble> {
        files::open(path)
    }

    /// Reads a text file that somebody named on the command line: UTF-8, at most 1 MiB.
    ///
    /// # Errors
    /// [`Trouble::FileAbsent`] and its like, [`Trouble::NotText`], [`Trouble::TextTooLong`].
    pub fn read_text(path: &std::path::Path) -> Result<String, Trouble> {
        let data =
            std::fs::metadata(path).map_err(|error| crate::files::file_trouble(path, error))?;
        if !data.is_file() {
            return Err(Trouble::NotAFile(path.to_owned()));
        }
        let file =
            std::fs::File::open(path).map_err(|error| crate::files::file_trouble(path, error))?;
        let mut bytes = Vec::new();
        file.take((1 << 20) + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| crate::files::file_trouble(path, error))?;
        if bytes.len() > 1 << 20 {
            return Err(Trouble::TextTooLong);
        }
        let text = String::from_utf8(bytes).map_err(|_| Trouble::NotText(path.to_owned()))?;
        Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).trim().to_owned())
    }
}

/// What became of a sealed item's text.
pub(crate) enum Opened {
    Text(String),
    Locked,
    Erased,
}

// Wrapped keys lie in the database as length-prefixed parts.

pub(crate) fn wrap_secret(keys: &SecretKeys) -> Vec<u8> {
    join(&[keys.recipient.as_bytes(), &keys.identity, &keys.mac_key])
}

pub(crate) fn secret_keys(wrapped: &[u8]) -> Result<SecretKeys, Trouble> {
    let damaged = || Trouble::Seal(vault::SealError::Damaged);
    let [recipient, identity, mac_key] = split(wrapped).ok_or_else(damaged)?;
    let recipient = String::from_utf8(recipient).map_err(|_| damaged())?;
    Ok(SecretKeys { recipient, identity, mac_key })
}

pub(crate) fn wrap_person(keys: &PersonKeys) -> Vec<u8> {
    join(&[&keys.service, &keys.recovery])
}

pub(crate) fn person_keys(wrapped: &[u8]) -> Result<PersonKeys, Trouble> {
    let [service, recovery] = split(wrapped).ok_or(Trouble::Seal(vault::SealError::Damaged))?;
    Ok(PersonKeys { service, recovery })
}

fn join(parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend((part.len() as u32).to_be_bytes());
        bytes.extend(*part);
    }
    bytes
}

fn split<const N: usize>(mut bytes: &[u8]) -> Option<[Vec<u8>; N]> {
    let mut parts = Vec::with_capacity(N);
    while let Some((length, rest)) = bytes.split_first_chunk::<4>() {
        let (part, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        parts.push(part.to_vec());
        bytes = rest;
    }
    if bytes.is_empty() { parts.try_into().ok() } else { None }
}
