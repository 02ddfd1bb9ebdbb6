//! One file: what programs see, and what is on the disk.

use std::collections::BTreeSet;

use crate::chance::Chance;

/// Systems write back whole pages.
const PAGE: usize = 4096;
/// Disks write whole sectors.
const SECTOR: usize = 512;

#[derive(Default)]
pub(crate) struct File {
    live: Vec<u8>,
    durable: Vec<u8>,
    /// Pages that were written since they last lay on the disk.
    dirty: BTreeSet<usize>,
}

/// What becomes of unsynced pages when the power fails.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// None reached the disk.
    AllLost,
    /// Each reached it with this chance in percent, some of them torn.
    Some(u64),
}

impl File {
    pub(crate) fn len(&self) -> u64 {
        self.live.len() as u64
    }

    pub(crate) fn read(&self, offset: usize, len: usize) -> &[u8] {
        let start = offset.min(self.live.len());
        &self.live[start..(start + len).min(self.live.len())]
    }

    pub(crate) fn write(&mut self, offset: usize, bytes: &[u8]) {
        let end = offset + bytes.len();
        if self.live.len() < end {
            self.set_len(end);
        }
        self.live[offset..end].copy_from_slice(bytes);
        self.dirty.extend(offset / PAGE..end.div_ceil(PAGE));
    }

    pub(crate) fn set_len(&mut self, len: usize) {
        let (old, new) = (self.live.len().min(len), self.live.len().max(len));
        self.dirty.extend(old / PAGE..new.div_ceil(PAGE));
        self.live.resize(len, 0);
    }

    pub(crate) fn sync(&mut self) {
        self.durable.resize(self.live.len(), 0);
        for page in std::mem::take(&mut self.dirty) {
            self.keep(page, PAGE);
        }
    }

    /// A sync that failed: the pages count as clean from now on, and are not on the disk.
    pub(crate) fn sync_in_vain(&mut self) {
        self.dirty.clear();
    }

    /// Now and then the system writes a page back by itself.
    pub(crate) fn write_back_one(&mut self, chance: &mut Chance) {
        let nth = chance.below(self.dirty.len().max(1) as u64) as usize;
        if let Some(page) = self.dirty.iter().nth(nth).copied() {
            self.dirty.remove(&page);
            self.keep(page, PAGE);
        }
    }

    /// The power has failed: what programs saw is gone.
    pub(crate) fn forget(&mut self, fate: Fate, chance: &mut Chance) {
        if let Fate::Some(percent) = fate {
            if self.live.len() < self.durable.len() && chance.percent(percent) {
                self.durable.truncate(self.live.len());
            }
            for page in std::mem::take(&mut self.dirty) {
                if chance.percent(percent) {
                    let torn = chance.percent(25);
                    let sectors = if torn { chance.below(8) as usize } else { 8 };
                    self.keep(page, sectors * SECTOR);
                }
            }
        }
        self.dirty.clear();
        self.live.clone_from(&self.durable);
    }

    /// Copies the first `len` bytes of a page to the disk.
    fn keep(&mut self, page: usize, len: usize) {
        let start = page * PAGE;
        let end = (start + len).min(self.live.len());
        if start >= end {
            return;
        }
        if self.durable.len() < end {
            self.durable.resize(end, 0);
        }
        self.durable[start..end].copy_from_slice(&self.live[start..end]);
    }
}
