//! Counting what comes out of packed files, and stopping when it is too much.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use crate::{Limits, Why};

/// What has come out of one outermost file so far; shared by all readers of it.
#[derive(Clone)]
pub(crate) struct Tally(Rc<Counts>);

struct Counts {
    limits: Limits,
    /// Bytes of the outermost file, as far as known.
    packed: Cell<u64>,
    unpacked: Cell<u64>,
    members: Cell<u64>,
    held: Cell<u64>,
    over: Cell<Option<Why>>,
}

impl Tally {
    pub(crate) fn new(limits: Limits, packed: u64) -> Self {
        Self(Rc::new(Counts {
            limits,
            packed: Cell::new(packed),
            unpacked: Cell::new(0),
            members: Cell::new(0),
            held: Cell::new(0),
            over: Cell::new(None),
        }))
    }

    /// The limit of this file that was passed: nothing more is to be unpacked then.
    pub(crate) fn over(&self) -> Option<Why> {
        self.0.over.get()
    }

    /// Counts a member; no when there are too many.
    pub(crate) fn member(&self) -> bool {
        let members = self.0.members.get() + 1;
        self.0.members.set(members);
        let fits = members <= self.0.limits.members_max;
        if !fits {
            self.0.over.set(Some(Why::Members));
        }
        fits
    }

    fn came_out(&self, bytes: u64) -> bool {
        let counts = &self.0;
        let unpacked = counts.unpacked.get().saturating_add(bytes);
        counts.unpacked.set(unpacked);
        let allowed = counts.packed.get().saturating_mul(counts.limits.ratio_max);
        if unpacked > counts.limits.unpacked_max {
            counts.over.set(Some(Why::Unpacked));
        } else if unpacked > allowed.saturating_add(counts.limits.ratio_free) {
            counts.over.set(Some(Why::Ratio));
        }
        counts.over.get().is_none()
    }

    /// Bytes that may still be held in memory.
    pub(crate) fn room(&self) -> u64 {
        self.0.limits.held_max.saturating_sub(self.0.held.get())
    }

    /// Notes bytes held as long as the guard lives.
    pub(crate) fn hold(&self, bytes: u64) -> Held {
        self.0.held.set(self.0.held.get().saturating_add(bytes));
        Held { tally: self.clone(), bytes }
    }
}

/// See [`Tally::hold`].
pub(crate) struct Held {
    tally: Tally,
    bytes: u64,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.tally.0.held.set(self.tally.0.held.get().saturating_sub(self.bytes));
    }
}

/// A reader of unpacked bytes; fails when the tally says that it is enough.
pub(crate) struct Metered<R> {
    pub(crate) inner: R,
    pub(crate) tally: Tally,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.tally.over().is_some() {
            return Err(io::Error::other("enough"));
        }
        let read = self.inner.read(buffer)?;
        if self.tally.came_out(read as u64) {
            return Ok(read);
        }
        Err(io::Error::other("enough"))
    }
}
