//! Files that people hand over: read once, sealed at once, never written in clear.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use domain::Moment;
use domain::command::{Envelope, Stored};
use vault::SecretSealer;

use crate::{Office, Trouble};

/// How often a file that changes while it is read is read anew.
pub const CHANGED_TWICE: u32 = 2;

/// A file that somebody hands over.
pub enum Source {
    /// A file on this machine.
    Path(PathBuf),
    /// An upload: its name, and its bytes to be read once.
    Upload {
        /// The name that the sender gave.
        name: String,
        /// The content.
        bytes: Box<dyn Read + Send>,
    },
}

impl Office {
    /// Seals a file into the vault and gives what the rules need to know of it.
    pub(crate) fn store(
        &self,
        source: Source,
        key_id: &str,
        sealer: &SecretSealer,
    ) -> Result<Stored, Trouble> {
        let (name, changed, stored) = match source {
            Source::Path(path) => {
                let (changed, stored) = self.store_path(&path, sealer)?;
                // A name that is not Unicode is kept as far as it can be read.
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                (name, Some(changed), stored)
            }
            Source::Upload { name, mut bytes } => {
                let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
                (name, None, self.blobs.put(&mut bytes, sealer)?)
            }
        };
        let media = media_type(&name);
        let digest = serde_json::json!({ "sha256": hex::encode(stored.plain_sha256) });
        let envelope = |field: &'static str, value: serde_json::Value| {
            self.seal_item(key_id, sealer, field, &value)
        };
        Ok(Stored {
            blob: stored.id.to_string(),
            size: stored.plain_len,
            sealed: hex::encode(stored.sealed_sha256),
            media: media.into(),
            changed: changed.map(Moment::to_rfc3339),
            name: envelope("name", name.into())?,
            digest: envelope("digest", digest)?,
        })
    }

    fn store_path(
        &self,
        path: &Path,
        sealer: &SecretSealer,
    ) -> Result<(Moment, vault::Stored), Trouble> {
        for _ in 0..CHANGED_TWICE {
            let mut file = open(path)?;
            let before = state(&file, path)?;
            let stored = self.blobs.put(&mut file, sealer)?;
            // Also what stands under the name now: an editor may have put another file there.
            let same = state(&file, path)? == before
                && open(path).and_then(|again| state(&again, path))? == before
                && stored.plain_len == before.1;
            if same {
                return Ok((before.0, stored));
            }
        }
        Err(Trouble::FileChanged(path.to_owned()))
    }

    /// Seals one item of an event under a secret point's key.
    pub(crate) fn seal_item(
        &self,
        key_id: &str,
        sealer: &SecretSealer,
        field: &'static str,
        value: &serde_json::Value,
    ) -> Result<Envelope, Trouble> {
        let text = evidence::item::text(&self.random(), field, value);
        Ok(Envelope {
            key_id: key_id.to_owned(),
            digest: evidence::item::digest(&text),
            sealed: sealer.seal(text.as_bytes())?,
        })
    }
}

/// When a file was changed last, and its length.
fn state(file: &File, path: &Path) -> Result<(Moment, u64), Trouble> {
    let data = file.metadata().map_err(|error| Trouble::disk(path, error))?;
    let changed = data.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    let millis = match changed.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
        Err(before) => -i64::try_from(before.duration().as_millis()).unwrap_or(i64::MAX),
    };
    Ok((Moment(millis), data.len()))
}

/// Opens an ordinary file; says clearly why not.
fn open(path: &Path) -> Result<File, Trouble> {
    let data = fs::metadata(path).map_err(|error| file_trouble(path, error))?;
    // Devices and pipes may never end.
    if !data.is_file() {
        return Err(Trouble::NotAFile(path.to_owned()));
    }
    File::open(path).map_err(|error| file_trouble(path, error))
}

pub(crate) fn file_trouble(path: &Path, error: std::io::Error) -> Trouble {
    let path = path.to_owned();
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => Trouble::FileAbsent(path),
        ErrorKind::PermissionDenied => Trouble::FileForbidden(path),
        ErrorKind::IsADirectory => Trouble::NotAFile(path),
        // ELOOP has no kind of its own on stable Rust.
        _ if error.raw_os_error() == Some(40) => Trouble::LinkLoop(path),
        _ => Trouble::disk(path, error),
    }
}

/// The media type by a name's ending; what is not known is just bytes.
pub fn media_type(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref().unwrap_or_default() {
        "txt" | "log" => "text/plain",
        "md" => "text/markdown",
        "csv" => "text/csv",
        "html" | "htm" => "text/html",
        "xml" => "application/xml",
        "json" => "application/json",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "tif" | "tiff" => "image/tiff",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "doc" => "application/msword",
        "xls" => "application/vnd.ms-excel",
        "ppt" => "application/vnd.ms-powerpoint",
        "wps" => "application/vnd.ms-works",
        "zip" => "application/zip",
        "7z" => "application/x-7z-compressed",
        "dwg" => "image/vnd.dwg",
        "dxf" => "image/vnd.dxf",
        "step" | "stp" => "model/step",
        "eml" => "message/rfc822",
        "rs" | "c" | "h" | "cpp" | "hpp" | "py" | "js" | "ts" | "go" | "java" | "cs" | "sql"
        | "v" | "vhd" | "m" | "st" => "text/plain",
        _ => "application/octet-stream",
    }
}
