//! Files on their way into the vault.
//!
//! A form may have to be shown again, and a registration is checked before it is written: files
//! wait in between. They never wait in clear: each is sealed, while it arrives, under a key of its
//! own that only this process knows. What a crash leaves behind can't be opened and is removed at
//! the next start.

use std::io::{Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::body;
use office::{Office, Source, Trouble};
use vault::{BlobId, BlobReader, BlobStore, SecretKeys, Service, Unlocked};

/// The longest file that a form takes. Longer ones go by the command line.
pub(crate) const FILE_BYTES_MAX: u64 = 2 << 30;
/// How much may wait in all.
pub(crate) const SPOOL_BYTES_MAX: u64 = 8 << 30;
/// Its folder in the data directory.
const FOLDER: &str = "uploads";

/// The folder where files wait.
pub(crate) struct Spool {
    blobs: BlobStore,
    /// Of this process alone: what waits can be opened by nobody else.
    key: Unlocked,
    service: Service,
    used: AtomicU64,
}

/// A file that waits. Dropping it removes it.
pub(crate) struct Upload {
    /// A random id, which forms carry.
    pub(crate) id: String,
    /// The name that the sender gave.
    pub(crate) name: String,
    /// Its size in bytes.
    pub(crate) size: u64,
    blob: BlobId,
    keys: SecretKeys,
    spool: Arc<Spool>,
}

impl Spool {
    /// Opens the folder and removes what an earlier run left there.
    pub(crate) fn open(office: &Office) -> Result<Self, Trouble> {
        let blobs = BlobStore::open(office.home().dir.join(FOLDER))?;
        for left in blobs.list()?.blobs {
            blobs.remove(&left)?;
        }
        let (key, service) = (Unlocked::passing(&mut vault::os_entropy), office.keys().service()?);
        Ok(Self { blobs, key, service, used: AtomicU64::new(0) })
    }

    /// Whether one more file of any allowed size fits.
    pub(crate) fn has_room(&self) -> bool {
        self.has_room_for(FILE_BYTES_MAX)
    }

    /// Whether so many bytes fit.
    pub(crate) fn has_room_for(&self, bytes: u64) -> bool {
        self.used.load(Ordering::Relaxed).saturating_add(bytes) <= SPOOL_BYTES_MAX
    }

    /// Seals what `bytes` gives. `id` is random; it names the key.
    pub(crate) fn take(
        self: &Arc<Self>,
        id: String,
        name: String,
        bytes: &mut dyn Read,
    ) -> Result<Upload, Trouble> {
        let keys =
            SecretKeys::new(&id, &self.key.recipient(), &self.service, &mut vault::os_entropy)?;
        let sealer = keys.sealer(&id, &self.service)?;
        let stored = self.blobs.put(bytes, &sealer)?;
        self.used.fetch_add(stored.plain_len, Ordering::Relaxed);
        let (blob, size, spool) = (stored.id, stored.plain_len, self.clone());
        Ok(Upload { id, name, size, blob, keys, spool })
    }

    /// Seals what `write` writes, while it writes. Without a name yet; `id` is random.
    ///
    /// When `write` fails, nothing is left behind.
    pub(crate) fn fill<T>(
        self: &Arc<Self>,
        id: String,
        write: impl FnOnce(&mut dyn Write) -> Result<T, Trouble>,
    ) -> Result<(Upload, T), Trouble> {
        let (sender, mut reader, end) = body::pipe();
        std::thread::scope(|scope| {
            // The reader goes with its thread: when sealing fails, writing fails, too.
            let sealing = scope.spawn(move || self.take(id, String::new(), &mut reader));
            let mut out = sender.writer();
            let written = write(&mut out);
            let nobody_reads = out.nobody_reads();
            match &written {
                Ok(_) => out.end(&end),
                Err(_) => drop(out),
            }
            let sealed = sealing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            match (written, sealed) {
                (Ok(value), sealed) => Ok((sealed?, value)),
                // Then writing failed because sealing did, which says more.
                (Err(_), Err(cause)) if nobody_reads => Err(cause),
                (Err(trouble), _) => Err(trouble),
            }
        })
    }
}

impl Upload {
    /// The file's content.
    pub(crate) fn open(&self) -> Result<BlobReader, Trouble> {
        let opener = self.keys.open(&self.id, &self.spool.key)?;
        Ok(self.spool.blobs.get(&self.blob, &opener)?)
    }

    /// The file, to be sealed for good.
    pub(crate) fn source(&self) -> Result<Source, Trouble> {
        Ok(Source::Upload { name: self.name.clone(), bytes: Box::new(self.open()?) })
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        self.spool.used.fetch_sub(self.size, Ordering::Relaxed);
        // What can't be removed now is removed at the next start.
        drop(self.spool.blobs.remove(&self.blob));
    }
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upload").field("id", &self.id).finish_non_exhaustive()
    }
}
