//! One pass over content: seal it, write it, and take all its digests.
//!
//! Short content is done on the spot. Long content goes through three stages, each on a thread of
//! its own, so that two cores are used: reading and sealing (here), the digest of the content,
//! and digest and writing of the sealed bytes.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{Builder, Scope, ScopedJoinHandle};

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::blobs::{BlobId, Checked};
use crate::error::{BlobError, DiskError};
use crate::subject::SecretSealer;

/// How much is read, hashed or written at once.
pub(crate) const PIECE_BYTES: usize = 256 << 10;
/// How many pieces may wait between two stages.
const WAITING: usize = 8;

/// All that is known of content after one pass.
pub(crate) struct Sums {
    pub(crate) id: BlobId,
    pub(crate) plain_len: u64,
    pub(crate) plain_sha256: [u8; 32],
    pub(crate) sealed: Checked,
}

/// Seals `source` into `file` and returns its digests.
pub(crate) fn seal(
    source: &mut dyn Read,
    sealer: &SecretSealer,
    file: &mut File,
) -> Result<Sums, BlobError> {
    let mut first = Piece::new();
    let mut plain = PlainSums::default();
    if first.fill(source)? == End::Reached {
        plain.add(first.bytes());
        let mut out = Written::new(file);
        let mut writer = sealer.recipient().encrypt(&mut out).map_err(writing)?;
        writer.write_all(first.bytes()).and_then(|()| writer.finish()).map_err(writing)?;
        return Ok(plain.finish(sealer, out.finish()));
    }
    std::thread::scope(|scope| {
        let (plain_in, plain_out) = sync_channel(WAITING);
        let (sealed_in, sealed_out) = sync_channel(WAITING);
        let (used_in, used_out) = channel();
        let hasher = start(scope, move || {
            plain_out.iter().for_each(|piece: Arc<Piece>| plain.add(piece.bytes()));
            plain
        })?;
        let writer = start(scope, move || write_all(sealed_out, used_in, Written::new(file)))?;
        let sink = Sink { buffer: Vec::new(), to: sealed_in, used: used_out };
        let fed = feed(source, first, sealer, plain_in, sink);
        // The writer's answer first: when the disk refuses, feeding stops because of it.
        let sealed = join(writer).map_err(writing)?;
        let plain = join(hasher);
        fed?;
        Ok(plain.finish(sealer, sealed))
    })
}

/// Reads and seals to the end, handing pieces to the other stages.
fn feed(
    source: &mut dyn Read,
    first: Piece,
    sealer: &SecretSealer,
    hasher: SyncSender<Arc<Piece>>,
    sink: Sink,
) -> Result<(), BlobError> {
    let mut writer = sealer.recipient().encrypt(sink).map_err(writing)?;
    // Pieces are used again: making one means overwriting it in the end, byte by byte.
    let mut used = VecDeque::new();
    let mut piece = Arc::new(first);
    let mut end = End::Ahead;
    loop {
        // The receiver lives until this sender is dropped, unless it panicked; join tells.
        let _ = hasher.send(Arc::clone(&piece));
        writer.write_all(piece.bytes()).map_err(writing)?;
        if end == End::Reached {
            break;
        }
        used.push_back(piece);
        // The oldest is free once the hashing stage has let go of it.
        piece = match used.pop_front_if(|oldest| Arc::strong_count(oldest) == 1) {
            Some(free) => free,
            None => Arc::new(Piece::new()),
        };
        let free = Arc::get_mut(&mut piece).expect("a free piece has one owner");
        end = free.fill(source)?;
    }
    writer.finish().and_then(Sink::finish).map_err(writing)
}

fn write_all(
    sealed: Receiver<Vec<u8>>,
    used: Sender<Vec<u8>>,
    mut out: Written<'_>,
) -> io::Result<Checked> {
    for mut piece in sealed {
        out.write_all(&piece)?;
        piece.clear();
        let _ = used.send(piece); // nobody waits for it at the end
    }
    Ok(out.finish())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Ahead,
    Reached,
}

/// Some content in memory; overwritten when dropped.
struct Piece {
    bytes: Zeroizing<Vec<u8>>,
    len: usize,
}

impl Piece {
    fn new() -> Self {
        Piece { bytes: Zeroizing::new(vec![0; PIECE_BYTES]), len: 0 }
    }

    /// Reads until the piece is full or the source ends.
    fn fill(&mut self, source: &mut dyn Read) -> Result<End, BlobError> {
        self.len = 0;
        while self.len < PIECE_BYTES {
            match source.read(&mut self.bytes[self.len..]) {
                Ok(0) => return Ok(End::Reached),
                // A reader that claims more than it was given room for is broken.
                Ok(read) => self.len = (self.len + read).min(PIECE_BYTES),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(BlobError::Source { kind: error.kind() }),
            }
        }
        Ok(End::Ahead)
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

/// Length and digest of content.
#[derive(Default)]
struct PlainSums {
    len: u64,
    sha: Sha256,
}

impl PlainSums {
    fn add(&mut self, bytes: &[u8]) {
        self.len += bytes.len() as u64;
        self.sha.update(bytes);
    }

    fn finish(self, sealer: &SecretSealer, sealed: Checked) -> Sums {
        let plain_sha256 = self.sha.finalize().into();
        Sums { id: sealer.blob_id(&plain_sha256), plain_len: self.len, plain_sha256, sealed }
    }
}

/// Writes sealed bytes to the file and takes their digest.
struct Written<'a> {
    file: &'a mut File,
    len: u64,
    sha: Sha256,
}

impl<'a> Written<'a> {
    fn new(file: &'a mut File) -> Self {
        Written { file, len: 0, sha: Sha256::new() }
    }

    fn finish(self) -> Checked {
        Checked { sealed_len: self.len, sealed_sha256: self.sha.finalize().into() }
    }
}

impl Write for Written<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.sha.update(&bytes[..written]);
        self.len += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Gathers sealed bytes into pieces for the writing stage.
struct Sink {
    buffer: Vec<u8>,
    to: SyncSender<Vec<u8>>,
    used: Receiver<Vec<u8>>,
}

impl Sink {
    fn send(&mut self) -> io::Result<()> {
        let next = self.used.try_recv().unwrap_or_else(|_| Vec::with_capacity(2 * PIECE_BYTES));
        let full = std::mem::replace(&mut self.buffer, next);
        self.to.send(full).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    fn finish(mut self) -> io::Result<()> {
        self.send()
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE_BYTES {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn start<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> Result<ScopedJoinHandle<'scope, T>, BlobError> {
    Builder::new()
        .name("vault".into())
        .spawn_scoped(scope, work)
        .map_err(|error| DiskError::from_io("start a thread", error).into())
}

fn join<T>(stage: ScopedJoinHandle<'_, T>) -> T {
    stage.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

fn writing(error: io::Error) -> BlobError {
    DiskError::from_io("write a blob", error).into()
}
