//! The kernel's calls, each answered from the [`State`].

use std::ffi::OsStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use fuser::{
    FileAttr, FileType, Filesystem, ReplyAttr, ReplyCreate, ReplyData, ReplyDirectory, ReplyEmpty,
    ReplyEntry, ReplyOpen, ReplyWrite, Request, TimeOrNow,
};

use crate::file::File;
use crate::state::{Answer, Ino, Node, Place, ROOT, State};

/// The kernel must ask each time: names come and go with the power.
const NO_CACHE: Duration = Duration::ZERO;

pub(crate) struct Mounted(pub(crate) Arc<Mutex<State>>);

impl Mounted {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn entry(&self, found: Answer<Ino>, reply: ReplyEntry) {
        match found.and_then(|ino| attributes(&self.state(), ino)) {
            Ok(attributes) => reply.entry(&NO_CACHE, &attributes, 0),
            Err(error) => reply.error(error),
        }
    }
}

fn place(folder: Ino, name: &OsStr) -> Place {
    (folder, name.to_owned())
}

fn done(outcome: Answer<()>, reply: ReplyEmpty) {
    match outcome {
        Ok(()) => reply.ok(),
        Err(error) => reply.error(error),
    }
}

fn attributes(state: &State, ino: Ino) -> Answer<FileAttr> {
    state.power()?;
    let (kind, size) = match state.nodes.get(&ino).ok_or(libc::ENOENT)? {
        Node::Folder => (FileType::Directory, 0),
        Node::File(file) => (FileType::RegularFile, file.len()),
    };
    let time = SystemTime::UNIX_EPOCH;
    Ok(FileAttr {
        ino,
        size,
        blocks: size.div_ceil(512),
        atime: time,
        mtime: time,
        ctime: time,
        crtime: time,
        kind,
        perm: state.modes.get(&ino).copied().unwrap_or(0o700),
        nlink: 1,
        uid: 0,
        gid: 0,
        rdev: 0,
        blksize: 4096,
        flags: 0,
    })
}

impl Filesystem for Mounted {
    fn lookup(&mut self, _: &Request<'_>, folder: u64, name: &OsStr, reply: ReplyEntry) {
        let found = self.state().find(&place(folder, name));
        self.entry(found, reply);
    }

    fn getattr(&mut self, _: &Request<'_>, ino: u64, _: Option<u64>, reply: ReplyAttr) {
        match attributes(&self.state(), ino) {
            Ok(attributes) => reply.attr(&NO_CACHE, &attributes),
            Err(error) => reply.error(error),
        }
    }

    fn setattr(
        &mut self,
        _: &Request<'_>,
        ino: u64,
        mode: Option<u32>,
        _: Option<u32>,
        _: Option<u32>,
        size: Option<u64>,
        _: Option<TimeOrNow>,
        _: Option<TimeOrNow>,
        _: Option<SystemTime>,
        _: Option<u64>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<u32>,
        reply: ReplyAttr,
    ) {
        let mut state = self.state();
        if let Some(mode) = mode {
            state.modes.insert(ino, (mode & 0o777) as u16);
        }
        let sized = size.map_or(Ok(()), |size| state.set_len(ino, size as usize));
        match sized.and_then(|()| attributes(&state, ino)) {
            Ok(attributes) => reply.attr(&NO_CACHE, &attributes),
            Err(error) => reply.error(error),
        }
    }

    fn mkdir(
        &mut self,
        _: &Request<'_>,
        folder: u64,
        name: &OsStr,
        mode: u32,
        _: u32,
        reply: ReplyEntry,
    ) {
        let made = self.state().make(place(folder, name), Node::Folder, mode);
        self.entry(made, reply);
    }

    fn create(
        &mut self,
        _: &Request<'_>,
        folder: u64,
        name: &OsStr,
        mode: u32,
        _: u32,
        _: i32,
        reply: ReplyCreate,
    ) {
        let mut state = self.state();
        let made = state.make(place(folder, name), Node::File(File::default()), mode);
        match made.and_then(|ino| attributes(&state, ino)) {
            Ok(attributes) => reply.created(&NO_CACHE, &attributes, 0, 0, 0),
            Err(error) => reply.error(error),
        }
    }

    fn link(&mut self, _: &Request<'_>, ino: u64, folder: u64, name: &OsStr, reply: ReplyEntry) {
        let linked = self.state().link(ino, place(folder, name));
        self.entry(linked.map(|()| ino), reply);
    }

    fn unlink(&mut self, _: &Request<'_>, folder: u64, name: &OsStr, reply: ReplyEmpty) {
        done(self.state().unlink(place(folder, name)), reply);
    }

    fn rmdir(&mut self, _: &Request<'_>, folder: u64, name: &OsStr, reply: ReplyEmpty) {
        let mut state = self.state();
        let place = place(folder, name);
        let outcome = state.find(&place).and_then(|ino| {
            if state.is_empty(ino) { state.unlink(place) } else { Err(libc::ENOTEMPTY) }
        });
        done(outcome, reply);
    }

    fn rename(
        &mut self,
        _: &Request<'_>,
        folder: u64,
        name: &OsStr,
        to_folder: u64,
        to_name: &OsStr,
        flags: u32,
        reply: ReplyEmpty,
    ) {
        let mut state = self.state();
        let (from, to) = (place(folder, name), place(to_folder, to_name));
        let outcome = if flags & libc::RENAME_EXCHANGE != 0 {
            Err(libc::EINVAL)
        } else if flags & libc::RENAME_NOREPLACE != 0 && state.names.contains_key(&to) {
            Err(libc::EEXIST)
        } else {
            state.rename(from, to)
        };
        done(outcome, reply);
    }

    fn open(&mut self, _: &Request<'_>, ino: u64, _: i32, reply: ReplyOpen) {
        match self.state().file(ino) {
            Ok(_) => reply.opened(0, 0),
            Err(error) => reply.error(error),
        }
    }

    fn read(
        &mut self,
        _: &Request<'_>,
        ino: u64,
        _: u64,
        offset: i64,
        size: u32,
        _: i32,
        _: Option<u64>,
        reply: ReplyData,
    ) {
        match self.state().file(ino) {
            Ok(file) => reply.data(file.read(offset as usize, size as usize)),
            Err(error) => reply.error(error),
        }
    }

    fn write(
        &mut self,
        _: &Request<'_>,
        ino: u64,
        _: u64,
        offset: i64,
        bytes: &[u8],
        _: u32,
        _: i32,
        _: Option<u64>,
        reply: ReplyWrite,
    ) {
        match self.state().write(ino, offset as usize, bytes) {
            Ok(()) => reply.written(bytes.len() as u32),
            Err(error) => reply.error(error),
        }
    }

    fn fsync(&mut self, _: &Request<'_>, ino: u64, _: u64, _: bool, reply: ReplyEmpty) {
        done(self.state().sync(ino), reply);
    }

    fn fsyncdir(&mut self, _: &Request<'_>, folder: u64, _: u64, _: bool, reply: ReplyEmpty) {
        done(self.state().sync_folder(folder), reply);
    }

    fn readdir(
        &mut self,
        _: &Request<'_>,
        folder: u64,
        _: u64,
        offset: i64,
        mut reply: ReplyDirectory,
    ) {
        let state = self.state();
        if let Err(error) = state.power() {
            return reply.error(error);
        }
        let own = [(folder, "."), (ROOT, "..")];
        let own = own.map(|(ino, name)| (ino, OsStr::new(name)));
        let inside = state.names.iter().filter(|((at, _), _)| *at == folder);
        let inside = inside.map(|((_, name), ino)| (*ino, name.as_os_str()));
        let all = own.into_iter().chain(inside);
        for (at, (ino, name)) in all.enumerate().skip(offset as usize) {
            let kind = match state.nodes.get(&ino) {
                Some(Node::File(_)) => FileType::RegularFile,
                _ => FileType::Directory,
            };
            if reply.add(ino, at as i64 + 1, kind, name) {
                break;
            }
        }
        reply.ok();
    }
}
