//! Files that people hand over: read once, sealed at once, never written in clear.

use std::fs::{self, File};
use std::io::{BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use domain::Moment;
use domain::command::{Envelope, Stored};
use vault::SecretSealer;

use crate::{Office, Sort, Trouble, home};

/// How often a file that changes while it is read is read anew.
pub const CHANGED_TWICE: u32 = 2;

/// How many files a folder may hold that is handed over whole.
const FOLDER_FILES_MAX: usize = 10_000;

/// A file that somebody hands over.
pub enum Source {
    /// A file on this machine.
    Path {
        /// Where it is.
        path: PathBuf,
        /// The name under which it is kept.
        name: String,
    },
    /// An upload: its name, and its bytes to be read once.
    Upload {
        /// The name that the sender gave.
        name: String,
        /// The content.
        bytes: Box<dyn Read + Send>,
    },
}

impl Source {
    /// What a path names: a file, or all files below a folder, in the order of their names, each
    /// kept under its path below that folder. Also gives how many links inside the folder were left
    /// out: they may lead elsewhere, or in a circle.
    ///
    /// # Errors
    /// [`Trouble::FileAbsent`] and its like; a folder without files, or with too many.
    pub fn at(path: &Path) -> Result<(Vec<Self>, usize), Trouble> {
        let data = fs::metadata(path).map_err(|error| file_trouble(path, error))?;
        if !data.is_dir() {
            // A name that is not Unicode is kept as far as it can be read.
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Ok((vec![Self::Path { path: path.to_owned(), name }], 0));
        }
        let folder = || vec![("path", path.display().to_string())];
        let (mut sources, mut links, mut waiting) = (Vec::new(), 0, vec![path.to_owned()]);
        while let Some(at) = waiting.pop() {
            let entries = fs::read_dir(&at).map_err(|error| file_trouble(&at, error))?;
            for entry in entries {
                let entry = entry.map_err(|error| file_trouble(&at, error))?;
                let kind = entry.file_type().map_err(|error| file_trouble(&at, error))?;
                let inside = entry.path();
                if kind.is_symlink() {
                    links += 1;
                } else if kind.is_dir() {
                    waiting.push(inside);
                } else {
                    let name = inside.strip_prefix(path).unwrap_or(&inside);
                    let name = name.to_string_lossy().replace('\\', "/");
                    sources.push(Self::Path { path: inside, name });
                }
            }
            if sources.len() > FOLDER_FILES_MAX {
                return Err(Trouble::Other("trouble-folder-too-large", folder(), Sort::Refused));
            }
        }
        if sources.is_empty() {
            return Err(Trouble::Other("trouble-folder-empty", folder(), Sort::Refused));
        }
        sources.sort_by(|a, b| a.name().cmp(b.name()));
        Ok((sources, links))
    }

    /// The name that came with it.
    fn name(&self) -> &str {
        match self {
            Self::Path { name, .. } | Self::Upload { name, .. } => name,
        }
    }
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
            Source::Path { path, name } => {
                let (changed, stored) = self.store_path(&path, sealer)?;
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

/// Writes a new file whole or not at all: it stands under its name only when `write` is done, and
/// a part of it never stays behind.
///
/// # Errors
/// [`Trouble`] when there is such a file already; `write`'s own.
pub(crate) fn new_file<T>(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<T, Trouble>,
) -> Result<T, Trouble> {
    if path.exists() {
        let args = vec![("path", path.display().to_string())];
        return Err(Trouble::Other("trouble-out-exists", args, Sort::Conflict));
    }
    let disk = |error| Trouble::disk(path, error);
    let part = Part(path.with_added_extension("part"));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    // What is taken out is for whoever asked for it, not for all users of the machine.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&part.0).map_err(|error| Trouble::disk(&part.0, error))?;
    let mut file = BufWriter::with_capacity(256 << 10, file);
    let done = write(&mut file)?;
    let file = file.into_inner().map_err(|error| disk(error.into_error()))?;
    file.sync_all().map_err(disk)?;
    drop(file);
    fs::rename(&part.0, path).map_err(disk)?;
    home::sync_parent(&std::path::absolute(path).map_err(disk)?).map_err(disk)?;
    Ok(done)
}

/// A file that is not whole yet; removed unless it got its name.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        // Renamed in the good case. What can't be removed is at least not under its name.
        drop(fs::remove_file(&self.0));
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
pub(crate) fn open(path: &Path) -> Result<File, Trouble> {
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
