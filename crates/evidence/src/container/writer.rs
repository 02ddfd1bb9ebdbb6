//! Writing a container.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};

use super::{BYTES_MAX, ENTRIES_MAX, Entry, header, is_path};

/// Why a container can't be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// [`is_path`] refuses the path.
    #[error("the path {0:?} may not stand in a container")]
    Path(String),
    /// The path was added before.
    #[error("the path {0:?} stands in the container already")]
    Duplicate(String),
    /// More than [`ENTRIES_MAX`] entries or [`BYTES_MAX`] bytes.
    #[error("the container would have more than {ENTRIES_MAX} entries or {BYTES_MAX} bytes")]
    TooLarge,
    /// The content is not of the size or the CRC announced: it changed in between.
    #[error("the content of {0:?} is not what was announced")]
    Content(String),
    /// The content can't be read, or the container can't be written.
    #[error("reading or writing failed")]
    Io(#[from] io::Error),
}

/// Streams a container to `W`. Memory: the entries' paths and a buffer of 64 KiB.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    at: u64,
    directory_bytes: u64,
    entries: Vec<(Entry, u32)>,
    paths: BTreeSet<String>,
}

/// The size in bytes of a container with entries of these paths and sizes.
pub fn packed_size<'a>(entries: impl IntoIterator<Item = (&'a str, u64)>) -> u64 {
    entries.into_iter().fold(header::END_LEN as u64, |sum, (path, size)| {
        let headers = header::LOCAL_LEN + header::CENTRAL_LEN + 2 * path.len();
        sum.saturating_add(headers as u64).saturating_add(size)
    })
}

impl<W: Write> Writer<W> {
    /// A container without entries yet.
    pub fn new(out: W) -> Self {
        Self { out, at: 0, directory_bytes: 0, entries: Vec::new(), paths: BTreeSet::new() }
    }

    /// Adds an entry of `size` bytes and this CRC-32, and copies its content.
    ///
    /// # Errors
    /// [`WriteError`]. Refusals of path and size come before anything is written; after any other
    /// error the container is unfinished and to be thrown away.
    pub fn add(
        &mut self,
        path: &str,
        size: u64,
        crc32: u32,
        content: &mut dyn Read,
    ) -> Result<(), WriteError> {
        if !is_path(path) {
            return Err(WriteError::Path(path.to_owned()));
        }
        let directory_bytes = self.directory_bytes + (header::CENTRAL_LEN + path.len()) as u64;
        let after = (self.at + (header::LOCAL_LEN + path.len()) as u64).saturating_add(size);
        let whole = after.saturating_add(directory_bytes + header::END_LEN as u64);
        if whole > BYTES_MAX || self.entries.len() == ENTRIES_MAX {
            return Err(WriteError::TooLarge);
        }
        if !self.paths.insert(path.to_owned()) {
            return Err(WriteError::Duplicate(path.to_owned()));
        }
        let entry = Entry { path: path.to_owned(), size: size as u32, crc32 };
        self.out.write_all(&header::local(&entry))?;
        copy(&mut self.out, &entry, content)?;
        self.entries.push((entry, self.at as u32));
        self.at = after;
        self.directory_bytes = directory_bytes;
        Ok(())
    }

    /// Adds an entry that is in memory.
    ///
    /// # Errors
    /// As [`Self::add`].
    pub fn add_bytes(&mut self, path: &str, mut content: &[u8]) -> Result<(), WriteError> {
        let crc32 = crc32fast::hash(content);
        self.add(path, content.len() as u64, crc32, &mut content)
    }

    /// Writes the directory and gives the output back, flushed.
    ///
    /// # Errors
    /// [`WriteError::Io`].
    pub fn finish(mut self) -> Result<W, WriteError> {
        for (entry, offset) in &self.entries {
            self.out.write_all(&header::central(entry, *offset))?;
        }
        // `add` has checked that all three numbers fit.
        let (count, bytes, at) =
            (self.entries.len() as u16, self.directory_bytes as u32, self.at as u32);
        self.out.write_all(&header::end(count, bytes, at))?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Copies exactly the announced content.
fn copy(out: &mut dyn Write, entry: &Entry, content: &mut dyn Read) -> Result<(), WriteError> {
    let mut buffer = vec![0; 64 << 10];
    let mut crc = crc32fast::Hasher::new();
    let mut left = u64::from(entry.size);
    loop {
        let read = match content.read(&mut buffer) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        if read as u64 > left || (read == 0 && left > 0) {
            return Err(WriteError::Content(entry.path.clone()));
        }
        if read == 0 {
            break;
        }
        left -= read as u64;
        crc.update(&buffer[..read]);
        out.write_all(&buffer[..read])?;
    }
    if crc.finalize() == entry.crc32 {
        Ok(())
    } else {
        Err(WriteError::Content(entry.path.clone()))
    }
}
