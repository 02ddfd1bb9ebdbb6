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

/// What a path names.
pub struct Found {
    /// The files, in the order of their names.
    pub sources: Vec<Source>,
    /// Their bytes altogether.
    pub bytes: u64,
    /// The folder that they come from, as it is really called; `None` for a single file.
    pub folder: Option<PathBuf>,
    /// How many links inside the folder were left out: they may lead elsewhere, or in a circle.
    pub links: usize,
    /// Files of the folder that were left out because they are empty or only its computer's own
    /// notes.
    pub left_out: Vec<String>,
    /// Names that are not Unicode, as they are kept now: read as GB18030, or where that fails too
    /// with marks in place of what can't be read.
    pub renamed: Vec<String>,
}

impl Source {
    /// What a path names: a file, or all files below a folder, each kept under its path below that
    /// folder.
    ///
    /// # Errors
    /// [`Trouble::FileAbsent`] and its like; an empty file; a folder without files, or with too
    /// many; what belongs to a node's own data.
    pub fn at(path: &Path) -> Result<Found, Trouble> {
        let data = fs::metadata(path).map_err(|error| file_trouble(path, error))?;
        // A link that is named is followed, so it is judged by where it leads.
        let real = fs::canonicalize(path).map_err(|error| file_trouble(path, error))?;
        let mut found = Found {
            sources: Vec::new(),
            bytes: 0,
            folder: data.is_dir().then(|| real.clone()),
            links: 0,
            left_out: Vec::new(),
            renamed: Vec::new(),
        };
        if let Some(node) = home::node_over(&real) {
            return Err(node_trouble(path, node));
        }
        if !data.is_dir() {
            let name = Path::new(path.file_name().unwrap_or_default());
            if data.is_file() && data.len() == 0 {
                return Err(empty_trouble(&kept_name(name).0));
            }
            found.take(path.to_owned(), name, data.len());
            return Ok(found);
        }
        let folder = || vec![("path", path.display().to_string())];
        let mut waiting = vec![path.to_owned()];
        while let Some(at) = waiting.pop() {
            if home::is_node(&at) {
                return Err(node_trouble(path, &at));
            }
            let entries = fs::read_dir(&at).map_err(|error| file_trouble(&at, error))?;
            for entry in entries {
                let entry = entry.map_err(|error| file_trouble(&at, error))?;
                let data = entry.metadata().map_err(|error| file_trouble(&at, error))?;
                let inside = entry.path();
                let name = inside.strip_prefix(path).unwrap_or(&inside);
                if data.is_symlink() {
                    found.links += 1;
                } else if data.is_dir() {
                    waiting.push(inside);
                } else if (data.is_file() && data.len() == 0) || is_clutter(&inside) {
                    found.left_out.push(kept_name(name).0);
                } else {
                    let name = name.to_owned();
                    found.take(inside, &name, data.len());
                }
            }
            if found.sources.len() > FOLDER_FILES_MAX {
                return Err(Trouble::Other("trouble-folder-too-large", folder(), Sort::Refused));
            }
        }
        if found.sources.is_empty() {
            return Err(Trouble::Other("trouble-folder-empty", folder(), Sort::Refused));
        }
        found.sources.sort_by(|a, b| a.name().cmp(b.name()));
        found.left_out.sort();
        Ok(found)
    }

    /// The name and the content, as long as it is not longer than `most`.
    ///
    /// # Errors
    /// [`Trouble`] when it is longer, or can't be read.
    pub fn into_bytes(self, most: usize) -> Result<(String, Vec<u8>), Trouble> {
        let (name, mut content): (String, Box<dyn Read>) = match self {
            Self::Path { path, name } => (name, Box::new(open(&path)?)),
            Self::Upload { name, bytes } => (name, bytes),
        };
        let mut bytes = Vec::new();
        content
            .by_ref()
            .take(most as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| Trouble::disk(&name, error))?;
        if bytes.len() > most {
            return Err(Trouble::Other("trouble-unfit-too-long", vec![], Sort::Refused));
        }
        Ok((name, bytes))
    }

    /// The name that came with it.
    pub fn name(&self) -> &str {
        match self {
            Self::Path { name, .. } | Self::Upload { name, .. } => name,
        }
    }
}

impl Found {
    fn take(&mut self, path: PathBuf, name: &Path, bytes: u64) {
        let (name, is_plain) = kept_name(name);
        if !is_plain {
            self.renamed.push(name.clone());
        }
        self.bytes += bytes;
        self.sources.push(Source::Path { path, name });
    }
}

/// The name under which a file is kept, and whether it was Unicode as it stood. Archives from older
/// Chinese systems bring names in GB18030; a ledger entry can't be corrected later.
fn kept_name(path: &Path) -> (String, bool) {
    let mut is_plain = true;
    let parts = path.components().map(|part| {
        let part = part.as_os_str();
        if let Some(text) = part.to_str() {
            return text.to_owned();
        }
        is_plain = false;
        let decoded = encoding_rs::GB18030
            .decode_without_bom_handling_and_without_replacement(part.as_encoded_bytes());
        // Windows has no such names.
        match decoded.filter(|_| cfg!(unix)) {
            Some(text) => text.into_owned(),
            None => part.to_string_lossy().into_owned(),
        }
    });
    (parts.collect::<Vec<_>>().join("/"), is_plain)
}

/// What computers put beside people's files: notes on how a folder looks, locks of open documents.
fn is_clutter(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    ["._", "~$", ".~lock."].iter().any(|start| name.starts_with(start))
        || [".DS_Store", "Thumbs.db", "desktop.ini"]
            .iter()
            .any(|one| name.eq_ignore_ascii_case(one))
}

fn node_trouble(path: &Path, node: &Path) -> Trouble {
    let args = vec![("path", path.display().to_string()), ("node", node.display().to_string())];
    Trouble::Other("trouble-nodes-own", args, Sort::Refused)
}

fn empty_trouble(name: &str) -> Trouble {
    Trouble::Other("trouble-file-empty", vec![("path", name.to_owned())], Sort::Refused)
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
        if stored.plain_len == 0 {
            return Err(empty_trouble(&name));
        }
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
    let file = options.open(&part.0).map_err(disk)?;
    let mut file = BufWriter::with_capacity(256 << 10, file);
    let done = write(&mut file)?;
    let file = file.into_inner().map_err(|error| disk(error.into_error()))?;
    file.sync_all().map_err(disk)?;
    drop(file);
    fs::rename(&part.0, path).map_err(disk)?;
    home::sync_parent(&std::path::absolute(path).map_err(disk)?).map_err(disk)?;
    Ok(done)
}

/// Writes a new file whole or not at all.
///
/// # Errors
/// [`Trouble`] when there is such a file already, or it can't be written.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    new_file(path, |file| file.write_all(bytes).map_err(|error| Trouble::disk(path, error)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clutter_is_known_by_its_name() {
        for name in [".DS_Store", "a/._图纸.dwg", "~$配方.docx", "THUMBS.DB"] {
            assert!(is_clutter(Path::new(name)), "{name}");
        }
        for name in ["图纸.dwg", ".gitignore", "DS_Store", "thumbs.dbx"] {
            assert!(!is_clutter(Path::new(name)), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn names_of_older_systems_are_read_as_they_were_meant() {
        use std::os::unix::ffi::OsStrExt as _;
        let name = |bytes: &[u8]| kept_name(Path::new(std::ffi::OsStr::from_bytes(bytes)));
        assert_eq!(name("图纸/a.dwg".as_bytes()), ("图纸/a.dwg".into(), true));
        assert_eq!(name(b"x/\xc5\xe4\xb7\xbd.txt"), ("x/配方.txt".into(), false));
        assert_eq!(name(b"\xff.txt"), ("\u{fffd}.txt".into(), false));
    }

    #[test]
    fn a_node_never_takes_itself_in() {
        let folder = tempfile::tempdir().expect("a folder");
        let node = folder.path().join("资料/node");
        fs::create_dir_all(node.join("keys")).expect("keys");
        fs::create_dir_all(node.join("mine")).expect("a folder beside them");
        for file in ["midun.toml", "midun.sqlite-wal", "keys/log.key", "mine/x.txt", "y.txt"] {
            fs::write(node.join(file), "x").expect("a file");
        }
        for (path, may) in [
            ("", false),
            ("资料", false),
            ("资料/node", false),
            ("资料/node/keys", false),
            ("资料/node/keys/log.key", false),
            ("资料/node/midun.sqlite-wal", false),
            ("资料/node/mine/../keys/log.key", false),
            ("资料/node/mine", true),
            ("资料/node/y.txt", true),
        ] {
            let found = Source::at(&folder.path().join(path));
            assert_eq!(found.is_ok(), may, "{path}");
            if let Err(trouble) = found {
                assert_eq!(trouble.key(), "trouble-nodes-own", "{path}");
            }
        }
    }
}
