//! What handlers work with: the app as a whole, and a desk for one request.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use axum::response::Response;
use domain::terms::{Action, Role};
use domain::{Day, Number, Series};
use office::{Office, Trouble};
use sha2::{Digest as _, Sha256};
use store::Reader;
use store::read::{DeskFilter, RecognitionFilter};
use tokio::sync::Semaphore;
use vault::Unlocked;
use words::Lang;

use crate::Parts;
use crate::problem::Problem;
use crate::session::Sessions;
use crate::shell::{Section, Shell};
use crate::spool::Spool;
use crate::throttle::{Quota, Throttle};
use crate::visitor::Visitor;

/// The most readers that are kept open.
const READERS_MAX: usize = 16;
/// The most dossiers that are verified at once; more wait.
const VERIFYING_MAX: usize = 2;
/// The most bundles that are taken at once; more wait.
const EXCHANGING_MAX: usize = 4;

/// Everything that all requests share.
pub(crate) struct Shared {
    pub(crate) office: Arc<Office>,
    pub(crate) unlocked: Option<Arc<Unlocked>>,
    pub(crate) code: Mutex<Option<String>>,
    pub(crate) hosts: Vec<String>,
    pub(crate) fictional: bool,
    pub(crate) role: Role,
    pub(crate) sessions: Sessions,
    pub(crate) spool: Arc<Spool>,
    pub(crate) throttle: Mutex<Throttle>,
    /// How often the public may write.
    pub(crate) quota: Mutex<Quota>,
    /// Whether somebody's passphrase is being stretched: that takes much memory, so one at a time.
    pub(crate) unlocking: AtomicBool,
    /// Seats for verifying dossiers: anybody may, so it must not take all threads.
    pub(crate) verifying: Semaphore,
    /// Seats for taking bundles of nodes.
    pub(crate) exchanging: Semaphore,
    /// Held while a dossier is built.
    pub(crate) building: Mutex<()>,
    /// The inventory that a page has begun.
    pub(crate) inventories: crate::runs::Runs,
    pub(crate) corpora: crate::runs::Runs,
    pub(crate) sweeps: crate::runs::Runs,
    /// The name of the session's cookie: two nodes on one machine must not share it.
    pub(crate) cookie: String,
    /// Open readers that nobody uses: opening one takes longer than most questions.
    readers: Mutex<Vec<Reader>>,
    /// The figures of the menu, for a ledger of this size on this day.
    menu: Mutex<Option<(TaskKey, Menu)>>,
    /// The size of the ledger when letters were last looked at for what they ask.
    looked: AtomicU64,
}

/// What the figures of the menu depend on: entries, anchors, and the day.
type TaskKey = (u64, u64, Day);

/// The figures of the menu that take more than a look to find.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Menu {
    /// Tasks on the first page.
    pub(crate) tasks: u64,
    /// Requests, visits, prescriptions and applications for recognition that are not over.
    pub(crate) open: [u64; 4],
}

/// The shared state, cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Shared>);

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl App {
    pub(crate) fn new(parts: Parts) -> Result<Self, Trouble> {
        let Parts { office, unlocked, code, hosts, fictional } = parts;
        let role = office.reader()?.role()?.unwrap_or(Role::Enterprise);
        let spool = Arc::new(Spool::open(&office)?);
        // Sessions are in memory only: none of an earlier run is left.
        office.end_sessions(store::Ending::All)?;
        let origin = Sha256::digest(office.home().settings.origin.as_bytes());
        let cookie = format!("midun-{}", hex::encode(&origin[..4]));
        Ok(Self(Arc::new(Shared {
            office,
            unlocked,
            code: Mutex::new(code),
            hosts,
            fictional,
            role,
            sessions: Sessions::default(),
            spool,
            throttle: Mutex::new(Throttle::default()),
            quota: Mutex::default(),
            unlocking: AtomicBool::new(false),
            verifying: Semaphore::new(VERIFYING_MAX),
            exchanging: Semaphore::new(EXCHANGING_MAX),
            building: Mutex::new(()),
            inventories: crate::runs::Runs::default(),
            corpora: crate::runs::Runs::default(),
            sweeps: crate::runs::Runs::default(),
            cookie,
            readers: Mutex::default(),
            menu: Mutex::new(None),
            looked: AtomicU64::new(0),
        })))
    }

    /// A reader, which is given back when dropped.
    pub(crate) fn full_reader(&self) -> Result<Lent, Trouble> {
        let idle = self.readers.lock().unwrap_or_else(|broken| broken.into_inner()).pop();
        let reader = idle.map_or_else(|| self.office.reader(), Ok)?;
        Ok(Lent { reader: Some(reader), app: self.clone(), limited: false })
    }

    /// A reader that sees what a visitor may see.
    pub(crate) fn reader_of(&self, visitor: &Visitor) -> Result<Lent, Trouble> {
        let full = self.full_reader()?;
        let Some(account) = &visitor.account else { return Ok(full) };
        let Some(sight) = self.office.sight(&full, account)? else { return Ok(full) };
        let limited = self.office.reader()?;
        limited.limit(&sight, self.office.today())?;
        Ok(Lent { reader: Some(limited), app: self.clone(), limited: true })
    }

    /// Takes the one seat for stretching a passphrase; gives it back when dropped.
    pub(crate) fn seat(&self) -> Option<Seat> {
        let free = !self.unlocking.swap(true, Ordering::AcqRel);
        free.then(|| Seat(self.clone()))
    }
}

/// See [`App::seat`].
pub(crate) struct Seat(App);

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.unlocking.store(false, Ordering::Release);
    }
}

/// See [`App::full_reader`] and [`App::reader_of`].
pub(crate) struct Lent {
    reader: Option<Reader>,
    app: App,
    /// Whether it sees less than everything; it serves one request only.
    limited: bool,
}

impl Deref for Lent {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        self.reader.as_ref().expect("it is given back only when dropped")
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if self.limited {
            return;
        }
        let mut idle = self.app.readers.lock().unwrap_or_else(|broken| broken.into_inner());
        if idle.len() < READERS_MAX {
            idle.extend(self.reader.take());
        }
    }
}

/// A request's desk: a reader of its own, on a thread that may block.
pub(crate) struct Desk {
    pub(crate) app: App,
    pub(crate) visitor: Visitor,
    pub(crate) reader: Lent,
    names: RefCell<HashMap<Number, String>>,
}

/// Does a request's work on a thread that may block, and shows what went wrong as a page.
pub(crate) async fn at_desk<F>(app: App, visitor: Visitor, work: F) -> Response
where
    F: FnOnce(&Desk) -> Result<Response, Problem> + Send + 'static,
{
    let done = tokio::task::spawn_blocking(move || {
        let reader = match app.reader_of(&visitor) {
            Ok(reader) => reader,
            Err(trouble) => return Problem::from(trouble).bare(visitor.lang),
        };
        let desk = Desk { app, visitor, reader, names: RefCell::default() };
        desk.settle();
        work(&desk).unwrap_or_else(|problem| problem.page(&desk))
    });
    done.await.unwrap_or_else(|_| Problem::Broken("w-broken").bare(Lang::default()))
}

impl Desk {
    /// Lets letters that came have their effect, now that somebody is here who may open them. It
    /// costs one look at the ledger's size when nothing came. What fails shows on the letter's page,
    /// and is tried again.
    fn settle(&self) {
        let Some(unlocked) = self.unlocked().filter(|_| self.may(Action::WriteLetters)) else {
            return;
        };
        let Ok(size) = self.reader.chain().map(|chain| chain.size) else { return };
        if self.app.looked.swap(size, Ordering::AcqRel) != size {
            drop(self.office().settle(unlocked));
        }
    }

    pub(crate) fn office(&self) -> &Office {
        &self.app.office
    }

    pub(crate) fn lang(&self) -> Lang {
        self.visitor.lang
    }

    /// The words of a key.
    pub(crate) fn t(&self, key: &str) -> String {
        words::t(self.lang(), key)
    }

    /// The words of a key with values.
    pub(crate) fn tr(&self, key: &str, args: &[(&str, &str)]) -> String {
        words::tr(self.lang(), key, args)
    }

    /// The words of a key that mentions one count, `n`.
    pub(crate) fn n(&self, key: &str, n: impl std::fmt::Display) -> String {
        self.tr(key, &[("n", &n.to_string())])
    }

    pub(crate) fn today(&self) -> Day {
        self.office().today()
    }

    /// The vault's key of the session, when somebody is signed in.
    pub(crate) fn unlocked(&self) -> Option<&Unlocked> {
        self.visitor.session.as_deref().and_then(|session| session.unlocked.as_deref())
    }

    /// Whether whoever is signed in may do something.
    pub(crate) fn may(&self, action: Action) -> bool {
        self.visitor.may(action)
    }

    /// Who acts, as events name it: an account's number, or `owner`.
    pub(crate) fn by(&self) -> String {
        self.visitor.account.as_ref().map_or_else(|| "owner".into(), |row| row.no.to_string())
    }

    /// Takes one of the writes that the public has in a time.
    pub(crate) fn may_public_write(&self) -> Result<(), Problem> {
        let mut quota = self.app.quota.lock().unwrap_or_else(|broken| broken.into_inner());
        match quota.take(self.office().now()) {
            0 => Ok(()),
            seconds => Err(Problem::Busy(seconds)),
        }
    }

    /// The frame around a page.
    pub(crate) fn shell(&self, section: Section) -> Result<Shell, Problem> {
        let signed_in = self.visitor.session.is_some();
        let menu = if signed_in { self.menu()? } else { Menu::default() };
        Shell::new(self, section, menu)
    }

    /// The figures of the menu; counted anew only when something changed.
    fn menu(&self) -> Result<Menu, Problem> {
        let anchor = self.reader.newest_anchor()?.map_or(0, |anchor| anchor.id);
        let key = (self.reader.chain()?.size, anchor, self.today());
        let known = *self.app.menu.lock().unwrap_or_else(|broken| broken.into_inner());
        if let Some((of, menu)) = known
            && of == key
            && self.visitor.account.is_none()
        {
            return Ok(menu);
        }
        let menu = match self.app.role {
            Role::Enterprise => {
                Menu { tasks: crate::pages::today::tasks(self)?.len() as u64, open: [0; 4] }
            }
            Role::Station => {
                let open = DeskFilter { open: true, ..DeskFilter::default() };
                let recognitions = RecognitionFilter { open: true, ..RecognitionFilter::default() };
                Menu {
                    tasks: crate::pages::overview::tasks(self)?.len() as u64,
                    open: [
                        self.reader.request_count(&open)?,
                        self.reader.visit_count(&open)?,
                        self.reader.prescription_count(&open)?,
                        self.reader.recognition_count(&recognitions)?,
                    ],
                }
            }
        };
        if self.visitor.account.is_none() {
            *self.app.menu.lock().unwrap_or_else(|broken| broken.into_inner()) = Some((key, menu));
        }
        Ok(menu)
    }

    /// What a thing is called: a title or a name, without its number. Empty for what has none.
    pub(crate) fn name(&self, no: Number) -> String {
        if let Some(name) = self.names.borrow().get(&no) {
            return name.clone();
        }
        let name = match no.series {
            Series::Secret => self.reader.secret_row(no).ok().flatten().map(|row| row.title),
            Series::Person => {
                let person = self.reader.person(no).ok().flatten();
                person.map(|person| match self.office().person_name(&self.reader, &person) {
                    Ok(Some(name)) => name,
                    _ => self.t("w-erased"),
                })
            }
            Series::Partner => self.reader.partner(no).ok().flatten().map(|row| row.name),
            Series::Measure => self.reader.measure(no).ok().flatten().map(|row| row.title),
            Series::Agreement => self.reader.agreement(no).ok().flatten().map(|row| row.title),
            Series::Disclosure => {
                self.reader.disclosure(no).ok().flatten().map(|row| row.partner_name)
            }
            Series::Company => self.reader.company(no).ok().flatten().map(|row| row.name),
            Series::Link => self.reader.link(no).ok().flatten().and_then(|row| row.name),
            Series::Sweep => self.reader.sweep(no).ok().flatten().map(|row| row.what),
            Series::Release => self.reader.release(no).ok().flatten().map(|row| row.what),
            Series::Batch => self.reader.batch(no).ok().flatten().map(|row| row.purpose),
            Series::Copy => self.reader.copy(no).ok().flatten().map(|row| self.name(row.recipient)),
            Series::Find => self.reader.find(no).ok().flatten().map(|row| row.source),
            Series::Expert => {
                let idx = self.reader.expert_idx(no).ok().flatten();
                idx.and_then(|idx| self.office().expert_called(&self.reader, no, idx).ok())
            }
            Series::Request => self.reader.request(no).ok().flatten().map(|row| row.title),
            Series::Visit => self.reader.visit(no).ok().flatten().map(|row| row.title),
            Series::Prescription => self
                .reader
                .prescription(no)
                .ok()
                .flatten()
                .map(|row| crate::pages::point(self, &row)),
            Series::Comparison => self.reader.comparison(no).ok().flatten().map(|row| row.what),
            Series::Case => self.reader.case(no).ok().flatten().map(|row| row.title),
            Series::Recognition => {
                let row = self.reader.recognition(no).ok().flatten();
                row.map(|row| crate::pages::recognised(self, &row))
            }
            Series::Task => {
                let row = self.reader.task(no).ok().flatten();
                row.map(|row| crate::pages::task(self, &row))
            }
            Series::Answer => {
                let row = self.reader.answer(no).ok().flatten();
                row.map(|row| self.control_title(&row.control))
            }
            Series::Activity => self.reader.activity(no).ok().flatten().map(|row| row.title),
            Series::Corpus => self.reader.corpus(no).ok().flatten().map(|row| row.name),
            Series::PublicCheck => {
                let row = self.reader.public_check(no).ok().flatten();
                row.map(|row| self.name(row.secret))
            }
            Series::Work => self.reader.work(no).ok().flatten().map(|row| row.what),
            Series::Blind => {
                let row = self.reader.blind(no).ok().flatten();
                row.map(|row| self.names(&row.secrets)).filter(|name| !name.is_empty())
            }
            Series::Inventory => self.reader.inventory(no).ok().flatten().and_then(|row| row.what),
            Series::Incident => self.reader.incident(no).ok().flatten().map(|row| row.title),
            Series::Assessment => self.reader.assessment(no).ok().flatten().map(|row| row.product),
            Series::Export => self.reader.export(no).ok().flatten().map(|row| row.to),
            Series::Warning => {
                let row = self.reader.warning(no).ok().flatten();
                row.map(|row| crate::pages::warnings::title(self, &row))
            }
            Series::Organisation => self.reader.organisation(no).ok().flatten().map(|row| row.name),
            Series::Assistance => self.reader.assistance(no).ok().flatten().map(|row| row.title),
            Series::Procurement => self.reader.procurement(no).ok().flatten().map(|row| row.title),
            Series::Engagement => self.reader.engagement(no).ok().flatten().map(|row| row.title),
            Series::Dossier => None,
            Series::Account => {
                let row = self.reader.account(no).ok().flatten();
                row.and_then(|row| self.office().account_name(&self.reader, &row).ok())
            }
        };
        let name = name.unwrap_or_default();
        self.names.borrow_mut().insert(no, name.clone());
        name
    }
}

/// Where a thing's page is; an agreement stands on its partner's.
pub(crate) fn href(no: Number) -> String {
    let folder = match no.series {
        Series::Secret => "secrets",
        Series::Person => "people",
        Series::Partner => "partners",
        Series::Measure => "measures",
        Series::Agreement => "agreements",
        Series::Disclosure => "disclosures",
        Series::Dossier => "dossiers",
        Series::Company => "companies",
        Series::Link => "exchange",
        Series::Sweep => "sweeps",
        Series::Release => "releases",
        Series::Batch => "batches",
        Series::Copy => "copies",
        Series::Find => "finds",
        Series::Expert => "experts",
        Series::Request => "requests",
        Series::Visit => "visits",
        Series::Prescription => "prescriptions",
        Series::Account => "accounts",
        Series::Comparison => "comparisons",
        Series::Case => "cases",
        Series::Recognition => "recognitions",
        Series::Task => "tasks",
        Series::Answer => "controls",
        Series::Activity => "activities",
        Series::Inventory => "inventories",
        Series::Corpus => "corpora",
        Series::PublicCheck => "public-checks",
        Series::Blind => "blind",
        Series::Work => "works",
        Series::Incident => "incidents",
        Series::Warning => "warnings",
        Series::Assessment => "overseas/assessments",
        Series::Export => "overseas/exports",
        Series::Organisation => "organisations",
        Series::Assistance => "assistance",
        Series::Procurement => "procurements",
        Series::Engagement => "engagements",
    };
    format!("/{folder}/{no}")
}
