//! A file that is hashed while it is read, so that most files are read once.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use sha2::{Digest as _, Sha256};

/// See the module's head. What was not read in order is read again at the end.
pub(super) struct Hashed {
    file: File,
    hasher: Sha256,
    /// Bytes from the start that are hashed.
    hashed: u64,
    at: u64,
}

impl Hashed {
    pub(super) fn new(file: File) -> Self {
        Self { file, hasher: Sha256::new(), hashed: 0, at: 0 }
    }

    /// The file's size and hash, as far as it can be read.
    pub(super) fn finish(
        mut self,
        go_on: &dyn Fn() -> bool,
    ) -> io::Result<Option<(u64, [u8; 32])>> {
        let mut block = vec![0; 1 << 18];
        self.seek(SeekFrom::Start(self.hashed))?;
        while self.read(&mut block)? > 0 {
            if !go_on() {
                return Ok(None);
            }
        }
        Ok(Some((self.hashed, self.hasher.finalize().into())))
    }
}

impl Read for Hashed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        let end = self.at + read as u64;
        if self.at <= self.hashed && end > self.hashed {
            let known = (self.hashed - self.at) as usize;
            self.hasher.update(&buffer[known..read]);
            self.hashed = end;
        }
        self.at = end;
        Ok(read)
    }
}

impl Seek for Hashed {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.file.seek(to)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_file_however_it_was_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        let bytes: Vec<u8> = (0..700_000_u32).map(|n| (n.wrapping_mul(n) >> 7) as u8).collect();
        std::fs::write(&path, &bytes).expect("written");
        let whole: [u8; 32] = Sha256::digest(&bytes).into();
        for steps in [&[][..], &[0, 10, 5, 100], &[600_000, 0, 300_000], &[0, 0, 699_999]] {
            let mut hashed = Hashed::new(File::open(&path).expect("opened"));
            for step in steps {
                hashed.seek(SeekFrom::Start(*step)).expect("sought");
                let mut some = vec![0; 70_000];
                let _ = hashed.read(&mut some).expect("read");
            }
            let end = hashed.finish(&|| true).expect("read");
            assert_eq!(end, Some((bytes.len() as u64, whole)), "{steps:?}");
        }
    }
}
