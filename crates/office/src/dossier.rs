//! Dossiers: gathered, recorded in the ledger, and written for strangers.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::path::Path;

use domain::terms::Purpose;
use domain::{Event, Number, Refusal, Series};
use dossier::{Contents, DossierError, Draft, Entry, Gap, Recorded, Withheld};
use evidence::container::WriteError;
use evidence::dossier::{PackageError, ShownEvent, ShownItem};
use ledger::checkpoint::Checkpoint;
use sha2::{Digest as _, Sha256};
use store::Reader;
use vault::Unlocked;
use words::Lang;

use crate::gather::{Gathering, Wanted};
use crate::{Ask, Office, Sort, Trouble, files};

/// How often a number that somebody else took meanwhile is replaced by the next.
const NUMBERS_TRIED: u32 = 3;

/// A dossier to be built.
#[derive(Clone, Debug)]
pub struct BuildForm {
    /// The secret points it is about.
    pub secrets: Vec<Number>,
    /// What it is for.
    pub purpose: Purpose,
    /// The language of its report.
    pub language: Lang,
    /// What is left out.
    pub withheld: Withheld,
    /// The incident whose evidence goes in.
    pub incident: Option<Number>,
}

impl BuildForm {
    /// What it is about: the secret points, and the incident.
    pub fn of(&self) -> (&[Number], Option<Number>) {
        (&self.secrets, self.incident)
    }
}

/// A dossier that was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// Its number.
    pub no: Number,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of the whole file, in hex.
    pub sha256: String,
    /// The place of `dossier.built` in the ledger.
    pub leaf: u64,
}

/// What a dossier would hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Events.
    pub events: u64,
    /// Files.
    pub files: u64,
    /// Bytes of those files.
    pub bytes: u64,
    /// Files in which names may stand although names are withheld: of what, and how many. Nobody
    /// knows what stands in a scan but who reads it.
    pub unread: Vec<(Number, u64)>,
    /// What the records don't show.
    pub gaps: Vec<Gap>,
}

impl Office {
    /// What a dossier about these secret points would hold, and what is missing. Needs no key.
    ///
    /// # Errors
    /// [`Trouble`] when a secret point does not exist or says nothing yet.
    pub fn plan(
        &self,
        reader: &Reader,
        (secrets, incident): (&[Number], Option<Number>),
        purpose: Purpose,
        withheld: Withheld,
    ) -> Result<Plan, Trouble> {
        self.may_be_shown(reader, secrets)?;
        let gathering = Gathering { office: self, reader, unlocked: None, withheld };
        let no = Number { series: Series::Dossier, count: 0 };
        let wanted = Wanted { no, secrets, purpose, lang: Lang::default(), incident };
        let contents = gathering.contents(&wanted)?;
        let kept = contents.entries.iter().filter(|entry| !entry.erased.contains(&"digest"));
        let files = kept.filter_map(|entry| match &entry.event {
            Event::CarrierAdded(event) if !withheld.carriers => Some((event.secret, event.size)),
            Event::PaperAdded(event) if !withheld.papers_of(event.about) => {
                Some((event.about, event.size))
            }
            _ => None,
        });
        let mut unread = BTreeMap::new();
        for (of, _) in files.clone().filter(|_| withheld.names) {
            *unread.entry(of).or_default() += 1;
        }
        Ok(Plan {
            events: contents.entries.len() as u64,
            files: files.clone().count() as u64,
            bytes: files.map(|(_, size)| size).sum(),
            unread: unread.into_iter().collect(),
            gaps: dossier::gaps(&contents, self.today()),
        })
    }

    /// Builds a dossier and writes it to `out`, which need not be a file: nothing of it touches the
    /// disk in clear. `vouch` is called before and after the ledger is told, to ask witnesses.
    ///
    /// # Errors
    /// [`Trouble`]; what was written so far is then to be thrown away.
    pub fn build_into(
        &self,
        ask: &Ask,
        form: &BuildForm,
        unlocked: &Unlocked,
        out: &mut dyn Write,
        vouch: &dyn Fn(),
    ) -> Result<Built, Trouble> {
        self.may_be_shown(&self.reader()?, &form.secrets)?;
        // What happened since the last checkpoint gets a time from others too.
        vouch();
        let (draft, contents, leaf) = self.recorded(ask, form, unlocked)?;
        vouch();
        let reader = self.reader()?;
        let recorded = self.proofs(&reader, &contents, leaf)?;
        let mut open = |path: &str| -> io::Result<Box<dyn Read>> {
            let entry = contents
                .entries
                .iter()
                .find(|entry| entry.file.as_ref().is_some_and(|file| file.path == path));
            let (idx, blob) = entry
                .and_then(|entry| Some((entry.index(), blob_of(entry)?)))
                .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
            match self.open_blob(&reader, idx, blob, unlocked) {
                Ok(reader) => Ok(Box::new(reader)),
                Err(trouble) => Err(io::Error::other(trouble)),
            }
        };
        let out = Summing { out, sha: Sha256::new(), size: 0 };
        let out = draft.write(&recorded, &mut open, out).map_err(trouble)?;
        Ok(Built { no: contents.no, size: out.size, sha256: hex::encode(out.sha.finalize()), leaf })
    }

    /// Builds a dossier as a file. It stands under its name only when it is whole.
    ///
    /// # Errors
    /// As [`Office::build_into`]; a file that is there already is left as it is.
    pub fn build(
        &self,
        ask: &Ask,
        form: &BuildForm,
        unlocked: &Unlocked,
        out: &Path,
        vouch: &dyn Fn(),
    ) -> Result<Built, Trouble> {
        files::new_file(out, |file| self.build_into(ask, form, unlocked, file, vouch))
    }

    /// Whether a dossier about these secret points makes sense.
    fn may_be_shown(&self, reader: &Reader, secrets: &[Number]) -> Result<(), Trouble> {
        if secrets.is_empty() {
            return Err(Trouble::Other("trouble-no-secrets-named", vec![], Sort::Refused));
        }
        for (at, &no) in secrets.iter().enumerate() {
            let row = reader.secret_row(no)?.ok_or(Trouble::Unknown(no))?;
            if row.statements == 0 {
                return Err(Refusal::Unstated(no).into());
            }
            if secrets[..at].contains(&no) {
                let args = vec![("no", no.to_string())];
                return Err(Trouble::Other("trouble-secret-twice", args, Sort::Refused));
            }
        }
        Ok(())
    }

    /// Gathers everything and tells the ledger; gives the leaf of `dossier.built`.
    fn recorded(
        &self,
        ask: &Ask,
        form: &BuildForm,
        unlocked: &Unlocked,
    ) -> Result<(Draft, Contents, u64), Trouble> {
        let BuildForm { secrets, purpose, language, withheld, incident } = form;
        let mut tried = 0;
        loop {
            tried += 1;
            let reader = self.reader()?;
            let count = reader.last(Series::Dossier)? + 1;
            let no = Number { series: Series::Dossier, count };
            let (purpose, incident) = (*purpose, *incident);
            let wanted = Wanted { no, secrets, purpose, lang: *language, incident };
            let gathering = Gathering {
                office: self,
                reader: &reader,
                unlocked: Some(unlocked),
                withheld: *withheld,
            };
            let contents = gathering.contents(&wanted)?;
            let draft = Draft::new(&contents).map_err(trouble)?;
            let manifest = draft.manifest_sha256();
            let told = self.record_dossier(
                ask,
                no,
                purpose,
                secrets.clone(),
                manifest.clone(),
                withheld.words(),
            );
            let leaf = match told {
                Err(Trouble::Refused(Refusal::NumberTaken(_))) if tried < NUMBERS_TRIED => continue,
                told => told?.first,
            };
            // The same wish sent twice gets the first one's receipt; that dossier is another.
            let row = self.reader()?.leaf(leaf)?.ok_or(Trouble::UnknownEntry(leaf))?;
            return match row.record.event {
                Event::DossierBuilt(built) if built.manifest == manifest => {
                    Ok((draft, contents, leaf))
                }
                _ => Err(Trouble::Other("trouble-dossier-again", vec![], Sort::Conflict)),
            };
        }
    }

    /// What the ledger says of the dossier now.
    fn proofs(&self, reader: &Reader, contents: &Contents, leaf: u64) -> Result<Recorded, Trouble> {
        let row = reader.leaf(leaf)?.ok_or(Trouble::UnknownEntry(leaf))?;
        let items = row.texts.into_iter().map(|text| text.map(ShownItem::Shown));
        let items: Option<Vec<ShownItem>> = items.collect();
        let built = ShownEvent { index: leaf, items: items.ok_or(Trouble::NotAsRecorded(leaf))? };
        // The one that others cosigned, when it covers the dossier already.
        let (size, checkpoint) = match reader.newest_anchor()? {
            Some(anchor) if anchor.size > leaf => (anchor.size, anchor.note),
            _ => {
                let chain = reader.chain()?;
                let origin = self.home.settings.origin.clone();
                let checkpoint = Checkpoint::new(origin, chain.size, chain.root);
                (chain.size, checkpoint.sign(&self.home.log_key()?).to_string())
            }
        };
        let indexes = contents.entries.iter().map(Entry::index).chain([leaf]);
        let inclusion = indexes
            .map(|idx| Ok((idx, reader.inclusion(idx, size)?)))
            .collect::<Result<_, Trouble>>()?;
        let consistency = contents
            .anchors
            .iter()
            .map(|anchor| Ok(reader.consistency(anchor.size, size)?))
            .collect::<Result<_, Trouble>>()?;
        Ok(Recorded { built, checkpoint, inclusion, consistency })
    }
}

fn blob_of(entry: &Entry) -> Option<&str> {
    match &entry.event {
        Event::CarrierAdded(event) => Some(&event.blob),
        Event::PaperAdded(event) => Some(&event.blob),
        _ => None,
    }
}

/// Why a dossier can't be made, in the words of all troubles.
pub(crate) fn trouble(error: DossierError) -> Trouble {
    let other = |key, args| Trouble::Other(key, args, Sort::Broken);
    match error {
        DossierError::TooLarge(bytes) => {
            let args = vec![("bytes", bytes.to_string())];
            Trouble::Other("trouble-dossier-too-large", args, Sort::Refused)
        }
        DossierError::Package(
            PackageError::TooLarge
            | PackageError::Anchors
            | PackageError::Write(WriteError::TooLarge),
        ) => {
            let args = vec![("bytes", "> 4 GiB".to_owned())];
            Trouble::Other("trouble-dossier-too-large", args, Sort::Refused)
        }
        DossierError::Package(PackageError::Write(WriteError::Io(error))) => {
            match error.downcast::<Trouble>() {
                Ok(trouble) => trouble,
                Err(error) => Trouble::disk("", error),
            }
        }
        error => {
            let mut why = error.to_string();
            let mut source = std::error::Error::source(&error);
            while let Some(inner) = source {
                why = format!("{why}: {inner}");
                source = inner.source();
            }
            other("trouble-dossier", vec![("why", why)])
        }
    }
}

/// Passes bytes on and sums them.
struct Summing<'a> {
    out: &'a mut dyn Write,
    sha: Sha256,
    size: u64,
}

impl Write for Summing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.sha.update(&bytes[..written]);
        self.size += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
