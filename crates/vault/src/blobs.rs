//! Blobs: sealed content of any size, in `ab/cdef…` below one folder.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

use crate::disk::{self, Temp};
use crate::error::{BlobError, DiskError};
use crate::pipe;
use crate::subject::{BlobIds, SecretOpener, SecretSealer};

/// A temporary file that no process holds is removed once it is this old.
pub const TEMP_SAFE_AGE: Duration = Duration::from_secs(24 * 3600);

const TEMP_DIR: &str = "tmp";
/// Headers of ours have one recipient and at most one random stanza: well under a kilobyte.
const HEADER_BYTES_MAX: u64 = 16 << 10;

/// Names a blob: HMAC-SHA-256, under its secret's key, of the content's SHA-256 (32 bytes). In
/// text, 64 lower-case hex digits.
///
/// Equal content of one secret has one id; of two secrets, two ids that show no kinship. The
/// digest stands for the content so that a big file is hashed once, not twice; SHA-256's
/// resistance to collisions carries over.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobId(pub [u8; 32]);

impl fmt::Display for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for BlobId {
    type Err = hex::FromHexError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes)?;
        Ok(BlobId(bytes))
    }
}

/// What [`BlobStore::put`] stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The blob's name.
    pub id: BlobId,
    /// Length of the content, in bytes.
    pub plain_len: u64,
    /// SHA-256 of the content. Guessable for known documents: treat it as secret.
    pub plain_sha256: [u8; 32],
    /// Length of the sealed file, in bytes.
    pub sealed_len: u64,
    /// SHA-256 of the sealed file: what may be shown, and what [`BlobStore::check`] gives.
    pub sealed_sha256: [u8; 32],
    /// The secret held this content already: the sealed figures are those of the file that was
    /// there.
    pub already_there: bool,
}

/// What [`BlobStore::check`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Length of the sealed file, in bytes.
    pub sealed_len: u64,
    /// SHA-256 of the sealed file.
    pub sealed_sha256: [u8; 32],
}

/// What [`BlobStore::list`] found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// All blobs, in order of their ids.
    pub blobs: Vec<BlobId>,
    /// Files being written, or left over and not yet swept.
    pub temporary: u64,
    /// Other files and folders; they are left alone and not named.
    pub strangers: u64,
}

/// The folder with the blobs. Several processes may use it side by side.
#[derive(Debug, Clone)]
pub struct BlobStore(PathBuf);

impl BlobStore {
    /// Opens the folder, making what is missing, and removes temporary files older than
    /// [`TEMP_SAFE_AGE`] that no running process holds.
    ///
    /// # Errors
    /// [`BlobError::Disk`].
    pub fn open(dir: impl Into<PathBuf>) -> Result<Self, BlobError> {
        let store = BlobStore(dir.into());
        disk::lasting_private_dir(&store.0)?;
        disk::private_dir(&store.temp_dir())?;
        // All of them now: then storing a blob makes one folder durable, never two.
        for first in 0..=u8::MAX {
            let dir = store.0.join(hex::encode([first]));
            if !dir.is_dir() {
                disk::private_dir(&dir)?;
            }
        }
        disk::sync_dir(&store.0)?;
        disk::sweep(&store.temp_dir(), SystemTime::now(), TEMP_SAFE_AGE)?;
        Ok(store)
    }

    /// Seals `source` to the secret's recipient and stores it; durable on return. Works while
    /// locked. Memory stays flat (some 5 MiB) whatever the length; content never touches the disk.
    /// A stored file of this content that was cut short is mended.
    ///
    /// # Errors
    /// [`BlobError::Source`] when the reader fails, [`BlobError::Disk`]; nothing is left behind.
    pub fn put(&self, source: &mut dyn Read, sealer: &SecretSealer) -> Result<Stored, BlobError> {
        let mut temp = Temp::new(&self.temp_dir())?;
        let sums = pipe::seal(source, sealer, temp.file())?;
        let path = self.path(&sums.id);
        let already_there = match File::open(&path) {
            Ok(there) if is_whole(&there, sums.plain_len) => true,
            // Cut short by a disk that lied, or by hand: this is the moment to mend it.
            Ok(_) => {
                temp.replace(&path)?;
                false
            }
            Err(_) => !temp.keep_unless_there(&path)?,
        };
        let sealed = match already_there {
            true => self.durable(&path, &sums.id)?,
            false => sums.sealed,
        };
        Ok(Stored {
            id: sums.id,
            plain_len: sums.plain_len,
            plain_sha256: sums.plain_sha256,
            sealed_len: sealed.sealed_len,
            sealed_sha256: sealed.sealed_sha256,
            already_there,
        })
    }

    /// Opens a blob: a reader of its content, checked while it is read. **Only when the reader has
    /// returned 0 bytes is the content known to be whole and to be what the id says**; before
    /// that each piece is known to be sealed to this secret.
    ///
    /// # Errors
    /// [`BlobError::Missing`], [`BlobError::WrongKey`], [`BlobError::Damaged`],
    /// [`BlobError::Disk`]. The reader gives [`io::ErrorKind::InvalidData`] with
    /// [`BlobError::Damaged`] inside.
    pub fn get(&self, id: &BlobId, opener: &SecretOpener) -> Result<BlobReader, BlobError> {
        let file = BufReader::new(self.sealed(id)?);
        let inner = opener.identity().decrypt(file).map_err(|error| match error {
            age::DecryptError::NoMatchingKeys => BlobError::WrongKey,
            age::DecryptError::Io(error) => reading(error),
            _ => BlobError::Damaged,
        })?;
        let expected = Some((Sha256::new(), opener.blob_ids()));
        Ok(BlobReader { inner, expected, id: *id })
    }

    /// The sealed file, which plain `age -d` opens with the secret's identity.
    ///
    /// # Errors
    /// [`BlobError::Missing`], [`BlobError::Disk`].
    pub fn sealed(&self, id: &BlobId) -> Result<File, BlobError> {
        File::open(self.path(id)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => BlobError::Missing(*id),
            _ => DiskError::from_io("open a blob", error).into(),
        })
    }

    /// Length and digest of the sealed file as it lies on the disk, to compare with what
    /// [`BlobStore::put`] gave. Needs no key.
    ///
    /// # Errors
    /// [`BlobError::Missing`], [`BlobError::Disk`].
    pub fn check(&self, id: &BlobId) -> Result<Checked, BlobError> {
        let mut file = self.sealed(id)?;
        let mut sha = Sha256::new();
        let mut sealed_len = 0;
        let mut piece = vec![0; pipe::PIECE_BYTES];
        loop {
            match file.read(&mut piece) {
                Ok(0) => break,
                Ok(read) => {
                    sha.update(&piece[..read]);
                    sealed_len += read as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(DiskError::from_io("read a blob", error).into()),
            }
        }
        Ok(Checked { sealed_len, sealed_sha256: sha.finalize().into() })
    }

    /// Removes a blob, durably. `false` when it wasn't there. The disk may keep the sealed bytes
    /// in free blocks: content is erased by erasing its keys.
    ///
    /// # Errors
    /// [`BlobError::Disk`].
    pub fn remove(&self, id: &BlobId) -> Result<bool, BlobError> {
        let path = self.path(id);
        let was_there = match fs::remove_file(&path) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(DiskError::from_io("remove a blob", error).into()),
        };
        disk::sync_dir(path.parent().expect("blobs lie in a folder"))?;
        Ok(was_there)
    }

    /// Lists everything in the folder.
    ///
    /// # Errors
    /// [`BlobError::Disk`].
    pub fn list(&self) -> Result<Listing, BlobError> {
        let mut listing = Listing::default();
        for (name, path) in entries(&self.0)? {
            if name == TEMP_DIR {
                for (_, path) in entries(&path)? {
                    match disk::is_temp(&path) {
                        true => listing.temporary += 1,
                        false => listing.strangers += 1,
                    }
                }
            } else if is_lower_hex(&name, 2) && path.is_dir() {
                for (rest, path) in entries(&path)? {
                    match format!("{name}{rest}").parse() {
                        Ok(id) if is_lower_hex(&rest, 62) && path.is_file() => {
                            listing.blobs.push(id);
                        }
                        _ => listing.strangers += 1,
                    }
                }
            } else {
                listing.strangers += 1;
            }
        }
        listing.blobs.sort_unstable();
        Ok(listing)
    }

    /// Makes sure that a blob another process has just stored is durable, and reads its figures.
    fn durable(&self, path: &Path, id: &BlobId) -> Result<Checked, BlobError> {
        disk::sync_dir(path.parent().expect("blobs lie in a folder"))?;
        self.check(id)
    }

    fn temp_dir(&self) -> PathBuf {
        self.0.join(TEMP_DIR)
    }

    fn path(&self, id: &BlobId) -> PathBuf {
        let name = id.to_string();
        let (first, rest) = name.split_at(2);
        self.0.join(first).join(rest)
    }
}

/// Content of a blob, opened piece by piece; see [`BlobStore::get`].
pub struct BlobReader {
    inner: age::stream::StreamReader<BufReader<File>>,
    /// What was read so far, and what it must come to; gone once the end was reached and checked.
    expected: Option<(Sha256, BlobIds)>,
    id: BlobId,
}

impl Read for BlobReader {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let Some((sha, ids)) = &mut self.expected else { return Ok(0) };
        if buf.is_empty() {
            return Ok(0);
        }
        let read = self.inner.read(buf).map_err(|error| match reading(error) {
            BlobError::Disk(DiskError::Io { source, .. }) => source,
            other => io::Error::new(io::ErrorKind::InvalidData, other),
        })?;
        sha.update(&buf[..read]);
        if read == 0 {
            // A file of the vault put in another's place opens well, and is caught here.
            if ids.of(&sha.clone().finalize().into()) != self.id {
                return Err(io::Error::new(io::ErrorKind::InvalidData, BlobError::Damaged));
            }
            self.expected = None;
        }
        Ok(read)
    }
}

impl fmt::Debug for BlobReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlobReader({}, …)", self.id)
    }
}

/// Whether a sealed file has the length that content of `plain_len` bytes gives.
///
/// C2SP age: a header up to its line `--- …`, 16 bytes of nonce, and 16 bytes with each chunk of
/// 64 KiB. The header's length varies, since `age` puts a random stanza in.
fn is_whole(mut sealed: &File, plain_len: u64) -> bool {
    let mut start = Vec::new();
    let read = sealed.by_ref().take(HEADER_BYTES_MAX).read_to_end(&mut start);
    let last_line = start.windows(5).position(|window| window == b"\n--- ").map(|at| at + 1);
    let header = last_line.and_then(|line| {
        let end = start[line..].iter().position(|&byte| byte == b'\n')?;
        Some((line + end + 1) as u64)
    });
    let chunks = plain_len.div_ceil(64 << 10).max(1);
    match (read, header, sealed.metadata()) {
        (Ok(_), Some(header), Ok(data)) => data.len() == header + 16 + plain_len + 16 * chunks,
        _ => false,
    }
}

/// Tells damage, which `age` reports as an I/O error, from a disk that can't be read.
fn reading(error: io::Error) -> BlobError {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => BlobError::Damaged,
        _ => DiskError::from_io("read a blob", error).into(),
    }
}

/// Names and paths in a folder; names that aren't UTF-8 are replaced, and so are strangers.
fn entries(dir: &Path) -> Result<Vec<(String, PathBuf)>, DiskError> {
    let failed = |error| DiskError::from_io("list a folder", error);
    fs::read_dir(dir)
        .map_err(failed)?
        .map(|entry| {
            let entry = entry.map_err(failed)?;
            Ok((entry.file_name().to_string_lossy().into_owned(), entry.path()))
        })
        .collect()
}

fn is_lower_hex(name: &str, digits: usize) -> bool {
    name.len() == digits && name.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'))
}
