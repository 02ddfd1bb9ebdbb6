//! Who is signed in. Sessions live in memory only: a restart signs everybody out.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use domain::{Moment, Number};
use sha2::{Digest as _, Sha256};
use vault::Unlocked;

use crate::input::Input;
use crate::spool::Upload;

/// A session that nobody uses ends.
pub(crate) const IDLE_MILLIS: i64 = 30 * 60 * 1000;
/// And every session ends some day.
const LIFE_MILLIS: i64 = 12 * 60 * 60 * 1000;
/// How long content stays visible after it was asked for.
const REVEAL_MILLIS: i64 = 5 * 60 * 1000;
/// The most sessions at once; the oldest ends first.
const SESSIONS_MAX: usize = 64;
/// The most registrations that wait to be checked, in one session.
const DRAFTS_MAX: usize = 8;
/// The most dossiers that wait, in one session: they may be large. The oldest goes first.
const PARCELS_MAX: usize = 3;

/// A session.
pub(crate) struct Session {
    /// A name for people, by which it is listed and ended.
    pub(crate) id: String,
    /// Stands in every form.
    pub(crate) csrf: String,
    /// The account; `None` for the passphrase of the node.
    pub(crate) account: Option<Number>,
    /// The vault's key, when the account holds it.
    pub(crate) unlocked: Option<Arc<Unlocked>>,
    kept: Mutex<Kept>,
}

/// What a session remembers.
struct Kept {
    begun: Moment,
    seen: Moment,
    /// When the list of sessions was told last that it is used.
    noted: Moment,
    revealed: HashMap<Number, Moment>,
    drafts: Vec<(String, Arc<Draft>)>,
    uploads: Vec<(String, Arc<Upload>)>,
    parcels: Vec<Arc<Parcel>>,
}

/// A dossier that waits to be taken away.
pub(crate) struct Parcel {
    /// Names the wish, so that it is carried out once.
    pub(crate) key: [u8; 16],
    /// Its number.
    pub(crate) no: Number,
    /// SHA-256 of the file, in hex.
    pub(crate) sha256: String,
    /// The authority that stamped the whole.
    pub(crate) stamped: Option<String>,
    /// The file, sealed.
    pub(crate) file: Arc<Upload>,
}

/// A registration between its form and its check.
pub(crate) struct Draft {
    /// What was typed. It is in memory only.
    pub(crate) input: Input,
    /// Names the wish, so that it is carried out once.
    pub(crate) key: [u8; 16],
    /// What came of it.
    pub(crate) done: Mutex<Option<Number>>,
}

impl Draft {
    /// What came of it, if it was written. Waits for a writing that is under way.
    pub(crate) fn done(&self) -> Option<Number> {
        *self.done.lock().unwrap_or_else(|broken| broken.into_inner())
    }
}

impl Session {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(|broken| broken.into_inner())
    }

    /// Whether the list of sessions is to be told that this one is used; once a minute is enough.
    pub(crate) fn is_to_be_noted(&self, now: Moment) -> bool {
        const EVERY_MILLIS: i64 = 60 * 1000;
        let mut kept = self.kept();
        let due = now.0 - kept.noted.0 >= EVERY_MILLIS;
        if due {
            kept.noted = now;
        }
        due
    }

    /// Lets the content of a secret point be seen for a while.
    pub(crate) fn reveal(&self, no: Number, now: Moment) {
        self.kept().revealed.insert(no, now);
    }

    /// Hides it again.
    pub(crate) fn conceal(&self, no: Number) {
        self.kept().revealed.remove(&no);
    }

    /// Whether the content of a secret point may be seen now.
    pub(crate) fn is_revealed(&self, no: Number, now: Moment) -> bool {
        self.kept().revealed.get(&no).is_some_and(|at| now.0 - at.0 < REVEAL_MILLIS)
    }

    /// Keeps a registration for its check.
    pub(crate) fn keep_draft(&self, id: String, draft: Draft) {
        let mut kept = self.kept();
        if kept.drafts.len() >= DRAFTS_MAX {
            kept.drafts.remove(0);
        }
        kept.drafts.push((id, Arc::new(draft)));
    }

    /// A kept registration.
    pub(crate) fn draft(&self, id: &str) -> Option<Arc<Draft>> {
        self.kept().drafts.iter().find(|(of, _)| of == id).map(|(_, draft)| draft.clone())
    }

    /// Forgets what a registration said once it is written; what came of it stays known.
    pub(crate) fn finish_draft(&self, id: &str, key: [u8; 16], no: Number) {
        let done = Draft { input: Input::default(), key, done: Mutex::new(Some(no)) };
        let mut kept = self.kept();
        if let Some((_, draft)) = kept.drafts.iter_mut().find(|(of, _)| of == id) {
            *draft = Arc::new(done);
        }
    }

    /// Keeps an uploaded file until it is used.
    pub(crate) fn keep_upload(&self, upload: Arc<Upload>) {
        const UPLOADS_MAX: usize = 100;
        let mut kept = self.kept();
        if kept.uploads.len() >= UPLOADS_MAX {
            kept.uploads.remove(0);
        }
        kept.uploads.push((upload.id.clone(), upload));
    }

    /// A kept file.
    pub(crate) fn upload(&self, id: &str) -> Option<Arc<Upload>> {
        self.kept().uploads.iter().find(|(of, _)| of == id).map(|(_, upload)| upload.clone())
    }

    /// Keeps a dossier until it is taken away or the session ends.
    pub(crate) fn keep_parcel(&self, parcel: Parcel) {
        let mut kept = self.kept();
        if kept.parcels.len() >= PARCELS_MAX {
            kept.parcels.remove(0);
        }
        kept.parcels.push(Arc::new(parcel));
    }

    /// The waiting dossier of a number.
    pub(crate) fn parcel(&self, no: Number) -> Option<Arc<Parcel>> {
        self.kept().parcels.iter().find(|parcel| parcel.no == no).cloned()
    }

    /// The waiting dossier that a wish has led to.
    pub(crate) fn parcel_of(&self, key: &[u8; 16]) -> Option<Arc<Parcel>> {
        self.kept().parcels.iter().find(|parcel| parcel.key == *key).cloned()
    }

    /// Forgets files that have been used.
    pub(crate) fn drop_uploads(&self, used: &[Arc<Upload>]) {
        self.kept().uploads.retain(|(id, _)| used.iter().all(|upload| upload.id != *id));
    }
}

/// A session that begins.
pub(crate) struct NewSession {
    pub(crate) id: String,
    pub(crate) csrf: String,
    pub(crate) account: Option<Number>,
    pub(crate) unlocked: Option<Arc<Unlocked>>,
}

/// All sessions, by the hash of their token: a memory dump shows no token that works.
#[derive(Default)]
pub(crate) struct Sessions(Mutex<HashMap<[u8; 32], Arc<Session>>>);

impl Sessions {
    fn map(&self) -> MutexGuard<'_, HashMap<[u8; 32], Arc<Session>>> {
        self.0.lock().unwrap_or_else(|broken| broken.into_inner())
    }

    /// Begins a session for the holder of `token`.
    pub(crate) fn begin(&self, token: &str, new: NewSession, now: Moment) {
        let kept = Kept {
            begun: now,
            seen: now,
            noted: now,
            revealed: HashMap::new(),
            drafts: Vec::new(),
            uploads: Vec::new(),
            parcels: Vec::new(),
        };
        let NewSession { id: named, csrf, account, unlocked } = new;
        let session = Session { id: named, csrf, account, unlocked, kept: Mutex::new(kept) };
        let mut map = self.map();
        map.retain(|_, session| alive(session, now));
        if map.len() >= SESSIONS_MAX {
            let oldest =
                map.iter().min_by_key(|(_, session)| session.kept().seen).map(|(id, _)| *id);
            oldest.map(|id| map.remove(&id));
        }
        map.insert(id(token), Arc::new(session));
    }

    /// The session of a token, if it is alive; notes that it is used. Others that are over go with
    /// their keys and files.
    pub(crate) fn find(&self, token: &str, now: Moment) -> Option<Arc<Session>> {
        let mut map = self.map();
        map.retain(|_, session| alive(session, now));
        let session = map.get(&id(token))?.clone();
        session.kept().seen = now;
        Some(session)
    }

    /// Ends a session; gives it when there was one.
    pub(crate) fn end(&self, token: &str) -> Option<Arc<Session>> {
        self.map().remove(&id(token))
    }
}

fn alive(session: &Session, now: Moment) -> bool {
    let kept = session.kept();
    now.0 - kept.seen.0 < IDLE_MILLIS && now.0 - kept.begun.0 < LIFE_MILLIS
}

fn id(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
