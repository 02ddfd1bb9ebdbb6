//! The disk's files and folders, as programs see them and as they lie on the disk.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::OsString;

use crate::chance::Chance;
use crate::file::{Fate, File};

/// Number of a file or folder.
pub(crate) type Ino = u64;
pub(crate) const ROOT: Ino = 1;

/// How often a write makes the system write back some page by itself, in percent.
const WRITE_BACK_PERCENT: u64 = 2;

pub(crate) enum Node {
    File(File),
    Folder,
}

/// Places: a folder and a name in it.
pub(crate) type Place = (Ino, OsString);

/// A change of names that is not on the disk yet.
enum Naming {
    Set(Place, Ino),
    Remove(Place),
    Move(Place, Place, Ino),
}

impl Naming {
    fn concerns(&self, folder: Ino) -> bool {
        match self {
            Self::Set((at, _), _) | Self::Remove((at, _)) => *at == folder,
            Self::Move((from, _), (to, _), _) => *from == folder || *to == folder,
        }
    }

    fn carry_out(self, names: &mut BTreeMap<Place, Ino>) {
        match self {
            Self::Set(place, ino) => drop(names.insert(place, ino)),
            Self::Remove(place) => drop(names.remove(&place)),
            Self::Move(from, to, ino) => {
                names.remove(&from);
                names.insert(to, ino);
            }
        }
    }
}

pub(crate) struct State {
    pub(crate) nodes: HashMap<Ino, Node>,
    pub(crate) modes: HashMap<Ino, u16>,
    pub(crate) names: BTreeMap<Place, Ino>,
    durable_names: BTreeMap<Place, Ino>,
    pending: Vec<Naming>,
    next: Ino,
    chance: Chance,
    pub(crate) off: bool,
    pub(crate) changes_left: Option<u64>,
    pub(crate) room: u64,
    pub(crate) failing_sync: Option<String>,
    pub(crate) syncs_since_failure: Option<u64>,
    pub(crate) lies: bool,
}

/// An error number, as the kernel wants it.
pub(crate) type Answer<T> = Result<T, i32>;

impl State {
    pub(crate) fn new(chance: Chance) -> Self {
        Self {
            nodes: HashMap::from([(ROOT, Node::Folder)]),
            modes: HashMap::from([(ROOT, 0o755)]),
            names: BTreeMap::new(),
            durable_names: BTreeMap::new(),
            pending: Vec::new(),
            next: ROOT + 1,
            chance,
            off: false,
            changes_left: None,
            room: u64::MAX,
            failing_sync: None,
            syncs_since_failure: None,
            lies: false,
        }
    }

    /// Every call asks first whether there is power.
    pub(crate) fn power(&self) -> Answer<()> {
        if self.off { Err(libc::EIO) } else { Ok(()) }
    }

    /// Every change counts, and at one of them the power fails.
    fn change(&mut self) -> Answer<()> {
        self.power()?;
        match &mut self.changes_left {
            Some(0) => self.off = true,
            Some(left) => *left -= 1,
            None => {}
        }
        self.power()
    }

    pub(crate) fn used(&self) -> u64 {
        self.nodes
            .values()
            .map(|node| if let Node::File(file) = node { file.len() } else { 0 })
            .sum()
    }

    pub(crate) fn find(&self, place: &Place) -> Answer<Ino> {
        self.power()?;
        self.names.get(place).copied().ok_or(libc::ENOENT)
    }

    pub(crate) fn file(&mut self, ino: Ino) -> Answer<&mut File> {
        self.power()?;
        match self.nodes.get_mut(&ino) {
            Some(Node::File(file)) => Ok(file),
            Some(Node::Folder) => Err(libc::EISDIR),
            None => Err(libc::ENOENT),
        }
    }

    pub(crate) fn make(&mut self, place: Place, node: Node, mode: u32) -> Answer<Ino> {
        self.change()?;
        if self.names.contains_key(&place) {
            return Err(libc::EEXIST);
        }
        let ino = self.next;
        self.next += 1;
        self.nodes.insert(ino, node);
        self.modes.insert(ino, (mode & 0o777) as u16);
        self.name(Naming::Set(place, ino));
        Ok(ino)
    }

    pub(crate) fn link(&mut self, ino: Ino, place: Place) -> Answer<()> {
        self.change()?;
        if self.names.contains_key(&place) {
            return Err(libc::EEXIST);
        }
        self.name(Naming::Set(place, ino));
        Ok(())
    }

    pub(crate) fn unlink(&mut self, place: Place) -> Answer<()> {
        self.change()?;
        self.find(&place)?;
        self.name(Naming::Remove(place));
        Ok(())
    }

    pub(crate) fn rename(&mut self, from: Place, to: Place) -> Answer<()> {
        self.change()?;
        let ino = self.find(&from)?;
        self.name(Naming::Move(from, to, ino));
        Ok(())
    }

    pub(crate) fn is_empty(&self, folder: Ino) -> bool {
        self.names.keys().all(|(at, _)| *at != folder)
    }

    pub(crate) fn write(&mut self, ino: Ino, offset: usize, bytes: &[u8]) -> Answer<()> {
        self.make_room(ino, offset + bytes.len())?;
        let powered = self.change();
        let write_back = self.chance.percent(WRITE_BACK_PERCENT);
        let Some(Node::File(file)) = self.nodes.get_mut(&ino) else { return Err(libc::ENOENT) };
        // The write in which the power fails may have got through in part.
        file.write(offset, bytes);
        powered?;
        if write_back {
            file.write_back_one(&mut self.chance);
        }
        Ok(())
    }

    pub(crate) fn set_len(&mut self, ino: Ino, len: usize) -> Answer<()> {
        self.make_room(ino, len)?;
        self.change()?;
        self.file(ino)?.set_len(len);
        Ok(())
    }

    fn make_room(&mut self, ino: Ino, len: usize) -> Answer<()> {
        let grown = (len as u64).saturating_sub(self.file(ino)?.len());
        let full = grown > 0 && self.room != u64::MAX && self.used() + grown > self.room;
        if full { Err(libc::ENOSPC) } else { Ok(()) }
    }

    pub(crate) fn sync(&mut self, ino: Ino) -> Answer<()> {
        self.change()?;
        if let Some(syncs) = &mut self.syncs_since_failure {
            *syncs += 1;
        }
        if self.lies {
            return Ok(());
        }
        if self.fails(ino) {
            self.failing_sync = None;
            self.syncs_since_failure = Some(0);
            self.file(ino)?.sync_in_vain();
            return Err(libc::EIO);
        }
        self.file(ino)?.sync();
        Ok(())
    }

    fn fails(&self, ino: Ino) -> bool {
        let Some(ending) = &self.failing_sync else { return false };
        let ends = |name: &OsString| name.to_string_lossy().ends_with(ending.as_str());
        self.names.iter().any(|((_, name), at)| *at == ino && ends(name))
    }

    pub(crate) fn sync_folder(&mut self, folder: Ino) -> Answer<()> {
        self.change()?;
        if !self.lies {
            let due = self.pending.extract_if(.., |naming| naming.concerns(folder));
            due.for_each(|naming| naming.carry_out(&mut self.durable_names));
        }
        Ok(())
    }

    fn name(&mut self, naming: Naming) {
        match &naming {
            Naming::Set(place, ino) => drop(self.names.insert(place.clone(), *ino)),
            Naming::Remove(place) => drop(self.names.remove(place)),
            Naming::Move(from, to, ino) => {
                self.names.remove(from);
                self.names.insert(to.clone(), *ino);
            }
        }
        self.pending.push(naming);
    }

    /// The power is back: only what lies on the disk is left.
    pub(crate) fn forget(&mut self) {
        let fate = match self.chance.below(3) {
            0 => Fate::AllLost,
            1 => Fate::Some(50),
            _ => Fate::Some(10 + self.chance.below(90)),
        };
        // Names reach the disk in their order: file systems with a journal keep it.
        let kept = match fate {
            Fate::AllLost => 0,
            Fate::Some(_) => self.chance.below(self.pending.len() as u64 + 1),
        };
        for naming in self.pending.drain(..).take(kept as usize) {
            naming.carry_out(&mut self.durable_names);
        }
        self.names = self.durable_names.clone();
        let mut inos: Vec<Ino> = self.nodes.keys().copied().collect();
        inos.sort_unstable();
        for ino in inos {
            if let Some(Node::File(file)) = self.nodes.get_mut(&ino) {
                file.forget(fate, &mut self.chance);
            }
        }
        self.drop_unreachable();
        self.off = false;
        self.changes_left = None;
        self.failing_sync = None;
    }

    /// Removes what no name leads to, also names inside folders that are gone.
    fn drop_unreachable(&mut self) {
        let mut reached = BTreeSet::from([ROOT]);
        loop {
            let below = self.names.iter().filter(|((at, _), _)| reached.contains(at));
            let more: BTreeSet<Ino> =
                below.map(|(_, ino)| *ino).filter(|ino| !reached.contains(ino)).collect();
            if more.is_empty() {
                break;
            }
            reached.extend(more);
        }
        self.nodes.retain(|ino, _| reached.contains(ino));
        self.names.retain(|(at, _), _| reached.contains(at));
        self.durable_names = self.names.clone();
    }
}
