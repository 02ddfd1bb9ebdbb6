//! Legal holds, erasing a person's data, destroying the content of a secret point.
//!
//! The ledger is told first; then keys, sealed items, files, and whatever was made of the content go.
//! A crash in between leaves a list of work, which the next opening does. The ledger keeps its
//! digests, so every proof made before still holds, and says of what is gone no more than that it was.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use domain::custody::Wish;
use domain::terms::ErasureGround;
use domain::{Command, Event, Number, Refusal, Series};
use store::read::{CopyFilter, ErasureRow, HoldRow};
use store::{Reader, Receipt};

use crate::{Ask, Office, Sort, Trouble};

/// What is lost, or what stays: a translation key, how many, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The translation key; its words may mention `n`.
    pub key: &'static str,
    /// How many.
    pub n: u64,
    /// The numbers it is about.
    pub of: Vec<Number>,
}

/// What destroying a person's data or a secret point's content would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Foresight {
    /// The person or secret point.
    pub thing: Number,
    /// When it was destroyed already.
    pub done: Option<ErasureRow>,
    /// Holds that forbid it.
    pub holds: Vec<HoldRow>,
    /// What must be ended before: why it is refused otherwise.
    pub first: Vec<Refusal>,
    /// What can't be shown or proved any more.
    pub lost: Vec<Share>,
    /// What stays all the same.
    pub stays: Vec<Share>,
    /// Bytes of files that go.
    pub bytes: u64,
}

impl Foresight {
    /// Whether it may be done now.
    pub fn may_go(&self) -> bool {
        self.done.is_none() && self.holds.is_empty() && self.first.is_empty()
    }
}

/// The keys of all shares, so that a test can look for their words.
pub const SHARE_KEYS: &[&str] = &[
    "erase-lost-name",
    "erase-lost-papers",
    "erase-lost-accounts",
    "erase-lost-rows",
    "erase-lost-disclosures",
    "erase-lost-answers",
    "erase-lost-dossiers",
    "erase-lost-statements",
    "erase-lost-carriers",
    "erase-lost-remarks",
    "erase-lost-tracing",
    "erase-lost-reports",
    "erase-stays-number",
    "erase-stays-title",
    "erase-stays-ledger",
    "erase-stays-dossiers",
    "erase-stays-incidents",
    "erase-stays-finds",
    "erase-stays-partners",
    "erase-stays-backups",
];

impl Office {
    /// What erasing a person or destroying a secret point would do: before it is asked for.
    ///
    /// # Errors
    /// [`Trouble::Unknown`], [`Trouble::Refused`] for another sort of number; the store's own.
    pub fn foresee_erasure(&self, reader: &Reader, thing: Number) -> Result<Foresight, Trouble> {
        let mut seen = match thing.series {
            Series::Person => self.foresee_person(reader, thing)?,
            Series::Secret => foresee_secret(reader, thing)?,
            _ => return Err(Refusal::WrongSeries(thing, Series::Person).into()),
        };
        seen.lost.retain(|share| share.n > 0);
        seen.stays.retain(|share| share.n > 0);
        Ok(seen)
    }

    fn foresee_person(&self, reader: &Reader, person: Number) -> Result<Foresight, Trouble> {
        reader.person(person)?.ok_or(Trouble::Unknown(person))?;
        let today = self.today();
        let papers = reader.papers(person)?;
        let accounts: Vec<_> =
            reader.accounts()?.into_iter().filter(|row| row.holder == Some(person)).collect();
        let clearances = reader.clearances_of_person(person)?;
        let copies =
            reader.copies(CopyFilter { recipient: Some(person), ..CopyFilter::default() })?;
        let mut secrets: BTreeSet<Number> = clearances.iter().map(|row| row.secret).collect();
        secrets.extend(copies.iter().map(|copy| copy.secret));
        let (mut disclosures, mut answers) = (BTreeSet::new(), BTreeSet::new());
        for record in reader.timeline(person)? {
            match &record.event {
                Event::DisclosureMade(e) => drop(disclosures.insert(e.no)),
                Event::SecretRegistered(e) => drop(secrets.insert(e.no)),
                Event::SecretRevised(e) => drop(secrets.insert(e.secret)),
                Event::ReleaseAsked(e) => drop(answers.insert(e.no)),
                Event::ReleaseApproved(e) => drop(answers.insert(e.release)),
                Event::ReleaseRefused(e) => drop(answers.insert(e.release)),
                Event::ComparisonConcluded(e) => drop(answers.insert(e.comparison)),
                Event::ControlAnswered(e) => drop(answers.insert(e.no)),
                _ => {}
            }
        }
        let mut first = Vec::new();
        for row in clearances.iter().filter(|row| row.barred_idx.is_none()) {
            let open = row.until.is_none_or(|until| until >= today);
            let stands = reader.secret_row(row.secret)?;
            let stands =
                stands.is_some_and(|row| row.state != store::read::SecretState::Declassified);
            if open && stands {
                first.push(Refusal::StillCleared(person, row.secret));
            }
        }
        let standing = accounts.iter().filter(|row| !row.closed);
        first.extend(standing.map(|row| Refusal::AccountStands(person, row.no)));
        let dossiers = dossiers(reader, &secrets)?;
        let incidents = reader.incidents(None)?;
        let incidents = incidents.iter().filter(|row| row.persons.contains(&person));
        Ok(Foresight {
            thing: person,
            done: reader.erasure(person)?,
            holds: reader.holds_on(person)?,
            first,
            bytes: papers.iter().map(|paper| paper.size).sum(),
            lost: vec![
                Share { key: "erase-lost-name", n: 1, of: vec![person] },
                of("erase-lost-papers", papers.len(), [person]),
                of("erase-lost-accounts", accounts.len(), accounts.iter().map(|row| row.no)),
                all("erase-lost-rows", secrets.iter().copied()),
                all("erase-lost-disclosures", disclosures),
                all("erase-lost-answers", answers),
                all("erase-lost-dossiers", dossiers.iter().copied()),
            ],
            stays: vec![
                Share { key: "erase-stays-number", n: 1, of: vec![person] },
                Share { key: "erase-stays-ledger", n: 1, of: vec![] },
                all("erase-stays-dossiers", dossiers),
                all("erase-stays-incidents", incidents.map(|row| row.no)),
                Share { key: "erase-stays-backups", n: 1, of: vec![] },
            ],
        })
    }

    /// Sets a hold on persons and secret points. With an incident and no things, on all that it is
    /// about.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn set_hold(
        &self,
        ask: &Ask,
        mut things: Vec<Number>,
        ground: Option<Number>,
        why: String,
    ) -> Result<Receipt, Trouble> {
        if let Some(no) = ground.filter(|no| things.is_empty() && no.series == Series::Incident) {
            let row = self.reader()?.incident(no)?.ok_or(Trouble::Unknown(no))?;
            things.extend(row.secrets.iter().chain(&row.persons));
        }
        self.submit(ask, custody(Wish::SetHold { things, ground, why }))
    }

    /// Lifts a hold.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn lift_hold(
        &self,
        ask: &Ask,
        thing: Number,
        hold: u32,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.submit(ask, custody(Wish::LiftHold { thing, hold, why }))
    }

    /// Erases a person's data for good.
    ///
    /// # Errors
    /// [`Trouble`]; refused while a hold stands, the person may know something, or has an account.
    /// An unfinished one is finished at the next opening.
    pub fn erase_person(
        &self,
        ask: &Ask,
        person: Number,
        ground: ErasureGround,
        approved: Option<Number>,
        why: String,
    ) -> Result<Receipt, Trouble> {
        let wish = Wish::ErasePerson { person, ground, approved, why };
        let receipt = self.submit(ask, custody(wish))?;
        self.finish_erasing()?;
        Ok(receipt)
    }

    /// Destroys the content of a secret point for good.
    ///
    /// # Errors
    /// [`Trouble`]; refused while it stands as a secret or a hold is on it. An unfinished one is
    /// finished at the next opening.
    pub fn destroy_secret(
        &self,
        ask: &Ask,
        secret: Number,
        approved: Number,
        why: String,
    ) -> Result<Receipt, Trouble> {
        let receipt = self.submit(ask, custody(Wish::DestroySecret { secret, approved, why }))?;
        self.finish_erasing()?;
        Ok(receipt)
    }

    /// Destroys what the ledger says is destroyed and is still there.
    pub(crate) fn finish_erasing(&self) -> Result<(), Trouble> {
        let reader = self.reader()?;
        let things = reader.erasing()?;
        if things.is_empty() {
            return Ok(());
        }
        // What was made of the content first: an index or a report names it in other ways.
        for &thing in things.iter().filter(|thing| thing.series == Series::Secret) {
            self.forget_reports(&reports(&reader, thing)?)?;
        }
        for kept in reader.erased_blobs()? {
            if let Ok(id) = kept.blob.parse() {
                self.blobs().remove(&id)?;
            }
        }
        drop(reader);
        if !store::erase_rows(&self.home().dir, &things)? {
            return Err(Trouble::Other("trouble-erasing-unfinished", vec![], Sort::Conflict));
        }
        store::erasing_done(&self.home().dir, &things)?;
        Ok(())
    }

    /// Removes the index of what is looked for, which is built again of what is left, what runs have
    /// read so far, and these reports.
    fn forget_reports(&self, reports: &BTreeSet<Number>) -> Result<(), Trouble> {
        let dir = self.home().dir.join("match");
        let mut paths: Vec<_> = ["index", "state.age", "key.age"].map(|name| dir.join(name)).into();
        let is_gone = |path: &Path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let of = name.split('.').next().and_then(|no| Number::parse(no).ok());
            name.ends_with(".part") || of.is_some_and(|no| reports.contains(&no))
        };
        let folders = fs::read_dir(&dir).into_iter().flatten().flatten();
        for folder in folders.map(|entry| entry.path()).filter(|path| path.is_dir()) {
            let files = fs::read_dir(folder).into_iter().flatten().flatten();
            paths.extend(files.map(|entry| entry.path()).filter(|path| is_gone(path)));
        }
        for path in paths {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(Trouble::disk(&path, error));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn custody(wish: Wish) -> Command {
    Command::Custody(Box::new(wish))
}

fn of(key: &'static str, n: usize, of: impl IntoIterator<Item = Number>) -> Share {
    Share { key, n: n as u64, of: of.into_iter().collect() }
}

/// As many as are named.
fn all(key: &'static str, of: impl IntoIterator<Item = Number>) -> Share {
    let of: Vec<Number> = of.into_iter().collect();
    Share { key, n: of.len() as u64, of }
}

/// The dossiers about any of these.
fn dossiers(reader: &Reader, secrets: &BTreeSet<Number>) -> Result<Vec<Number>, Trouble> {
    let all = reader.dossiers()?.into_iter();
    let ours = all.filter(|row| row.secrets.iter().any(|no| secrets.contains(no)));
    Ok(ours.map(|row| row.no).collect())
}

/// The kept reports in which something of a secret point may stand.
fn reports(reader: &Reader, secret: Number) -> Result<BTreeSet<Number>, Trouble> {
    let named = |record: store::Record| match record.event {
        Event::SweepDone(e) => Some(e.no),
        Event::ReleaseAsked(e) => Some(e.no),
        Event::ComparisonMade(e) => Some(e.no),
        Event::PublicChecked(e) => Some(e.no),
        Event::InventoryDone(e) => Some(e.no),
        Event::InventoryDecided(e) => Some(e.inventory),
        Event::BlindBegun(e) => Some(e.no),
        _ => None,
    };
    Ok(reader.timeline(secret)?.into_iter().filter_map(named).collect())
}

fn foresee_secret(reader: &Reader, secret: Number) -> Result<Foresight, Trouble> {
    let card = reader.secret(secret)?.ok_or(Trouble::Unknown(secret))?;
    let papers = reader.papers(secret)?;
    let remarks = [card.origin_idx, card.public_idx, card.value_idx];
    let copies = reader.copies(CopyFilter { secret: Some(secret), ..CopyFilter::default() })?;
    let batches: BTreeSet<Number> = copies.iter().map(|copy| copy.batch).collect();
    let disclosures: Vec<Number> = card.disclosures.iter().map(|row| row.no).collect();
    let dossiers = dossiers(reader, &BTreeSet::from([secret]))?;
    let incidents = reader.incidents(None)?;
    let incidents = incidents.iter().filter(|row| row.secrets.contains(&secret));
    let finds = reader.finds()?;
    let finds = finds.iter().filter(|find| find.batches.iter().any(|no| batches.contains(no)));
    let stands = card.row.state != store::read::SecretState::Declassified;
    let sizes = card.carriers.iter().map(|row| row.size).chain(papers.iter().map(|row| row.size));
    Ok(Foresight {
        thing: secret,
        done: reader.erasure(secret)?,
        holds: reader.holds_on(secret)?,
        first: if stands { vec![Refusal::NotDeclassified(secret)] } else { vec![] },
        bytes: sizes.sum(),
        lost: vec![
            of("erase-lost-statements", card.statements.len(), [secret]),
            of("erase-lost-carriers", card.carriers.len() + papers.len(), [secret]),
            of("erase-lost-remarks", remarks.iter().flatten().count(), [secret]),
            all("erase-lost-tracing", batches.iter().copied()),
            all("erase-lost-reports", reports(reader, secret)?),
            all("erase-lost-disclosures", disclosures.iter().copied()),
            all("erase-lost-dossiers", dossiers.iter().copied()),
        ],
        stays: vec![
            Share { key: "erase-stays-title", n: 1, of: vec![secret] },
            Share { key: "erase-stays-ledger", n: 1, of: vec![] },
            all("erase-stays-dossiers", dossiers),
            all("erase-stays-partners", disclosures),
            all("erase-stays-finds", finds.map(|find| find.no)),
            all("erase-stays-incidents", incidents.map(|row| row.no)),
            Share { key: "erase-stays-backups", n: 1, of: vec![] },
        ],
    })
}
