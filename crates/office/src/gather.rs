//! Gathers what a dossier about some secret points shows: which events, how much of each, the
//! files, and who vouches for the times.

use std::collections::BTreeSet;
use std::io::Read;

use domain::terms::Purpose;
use domain::{Event, Number, Refusal};
use dossier::{Anchor, Contents, Entry, FilePart, SelfCheck, Withheld};
use evidence::dossier::{ShownEvent, ShownItem, carrier_path, is_extension, paper_path};
use evidence::kind::{Class, Field, kind};
use ledger::note::Note;
use sha2::{Digest as _, Sha256};
use store::Reader;
use store::read::{CopyFilter, LeafRow};
use vault::Unlocked;
use words::Lang;

use crate::read::Opened;
use crate::{Office, Trouble, media_type};

/// Events about the ledger itself: who vouches, and what may weaken it. Always shown.
const OF_THE_LEDGER: [&str; 6] = [
    "witness.added",
    "witness.removed",
    "authority.added",
    "authority.removed",
    "clock.set_back",
    "keys.changed",
];

/// What a dossier is to be about.
pub(crate) struct Wanted<'a> {
    pub(crate) no: Number,
    pub(crate) secrets: &'a [Number],
    pub(crate) purpose: Purpose,
    pub(crate) lang: Lang,
    /// The incident whose evidence goes in.
    pub(crate) incident: Option<Number>,
}

/// Gathers for one dossier; without the vault's key everything sealed stays withheld.
pub(crate) struct Gathering<'a> {
    pub(crate) office: &'a Office,
    pub(crate) reader: &'a Reader,
    pub(crate) unlocked: Option<&'a Unlocked>,
    pub(crate) withheld: Withheld,
}

impl Gathering<'_> {
    /// Everything for the dossier.
    pub(crate) fn contents(&self, wanted: &Wanted<'_>) -> Result<Contents, Trouble> {
        let self_check = self.self_check()?;
        let mut events = self.events(wanted.secrets)?;
        if let Some(incident) = wanted.incident {
            events.extend(self.evidence(incident)?);
        }
        Ok(Contents { self_check: Some(self_check), ..self.told(wanted, events)? })
    }

    /// The evidence of an incident that stands, with its files and hands. Notes, what was laid
    /// beside, reckonings and whatever was thought of it stay out.
    fn evidence(&self, incident: Number) -> Result<BTreeSet<u64>, Trouble> {
        if self.reader.incident(incident)?.is_none() {
            return Err(Refusal::Unknown(incident).into());
        }
        let exhibits = self.reader.exhibits(incident)?;
        let stands = |no: u32| exhibits.iter().any(|one| one.no == no && one.dropped.is_none());
        let standing = || exhibits.iter().filter(|one| one.dropped.is_none());
        let has = |paper: u32| standing().any(|one| one.paper == Some(paper));
        let own =
            self.reader.timeline(incident)?.into_iter().filter(|record| match &record.event {
                Event::IncidentPreserved(event) => stands(event.no),
                Event::IncidentHanded(event) => stands(event.exhibit),
                Event::PaperAdded(event) => has(event.no),
                _ => false,
            });
        Ok(own.map(|record| record.idx).collect())
    }

    /// What the matrix of a secret point is made of: the same story, and its marked copies.
    pub(crate) fn access(&self, wanted: &Wanted<'_>) -> Result<Contents, Trouble> {
        let mut events = self.events(wanted.secrets)?;
        for &secret in wanted.secrets {
            for copy in
                self.reader.copies(CopyFilter { secret: Some(secret), ..CopyFilter::default() })?
            {
                let own = self.reader.timeline(copy.no)?.into_iter().filter(|record| {
                    matches!(
                        record.event,
                        Event::CopyIssued(_)
                            | Event::CopyEnded(_)
                            | Event::CopyRecalled(_)
                            | Event::PaperAdded(_)
                    )
                });
                events.extend(own.map(|record| record.idx));
                let held = self.reader.timeline(copy.recipient)?.into_iter();
                let held = held.filter(|record| is_held(copy.recipient, secret, &record.event));
                events.extend(held.map(|record| record.idx));
            }
        }
        self.told(wanted, events)
    }

    /// These events as far as they are shown, and who vouches for them; nothing was checked.
    fn told(&self, wanted: &Wanted<'_>, events: BTreeSet<u64>) -> Result<Contents, Trouble> {
        let leaves = self.reader.chain()?.size;
        let mut entries = Vec::new();
        for idx in events {
            let leaf = self.reader.leaf(idx)?.ok_or(Trouble::UnknownEntry(idx))?;
            entries.push(self.entry(leaf)?);
        }
        let anchors = self.anchors(&entries)?;
        Ok(Contents {
            no: wanted.no,
            purpose: wanted.purpose,
            lang: wanted.lang,
            made: self.office.now(),
            zone_minutes: self.office.zone_minutes(),
            program: self.office.world.program.to_owned(),
            secrets: wanted.secrets.to_vec(),
            withheld: self.withheld,
            leaves,
            self_check: None,
            entries,
            anchors,
        })
    }

    /// What a check of the whole ledger finds. The files of the dossier are checked when they are
    /// read; others don't matter here.
    fn self_check(&self) -> Result<SelfCheck, Trouble> {
        let home = &self.office.home;
        let found = store::fsck::fsck(&home.dir, &home.log_vkey()?, false)?;
        Ok(SelfCheck {
            entries: found.events,
            anchors: found.anchors,
            problems: found.problems.iter().map(|one| (one.key().into(), one.which())).collect(),
        })
    }

    /// The entries that tell the whole story of the secret points, ascending.
    fn events(&self, secrets: &[Number]) -> Result<BTreeSet<u64>, Trouble> {
        let mut shown = BTreeSet::from([0]);
        for tag in OF_THE_LEDGER {
            shown.extend(self.reader.of_kind(tag)?);
        }
        // What the secret points lead to, each told once.
        let mut things: BTreeSet<Number> = BTreeSet::new();
        let mut partners: BTreeSet<Number> = BTreeSet::new();
        for &secret in secrets {
            if self.reader.secret_row(secret)?.is_none() {
                return Err(Refusal::Unknown(secret).into());
            }
            for record in self.reader.timeline(secret)? {
                match &record.event {
                    // Another dossier is no part of this story.
                    Event::DossierBuilt(_) => continue,
                    Event::MeasureMatched(event) => drop(things.insert(event.measure)),
                    Event::PersonCleared(event) => drop(things.insert(event.person)),
                    Event::SecretRegistered(event) => things.extend(event.owner),
                    Event::SecretRevised(event) => things.extend(event.owner),
                    Event::PartnerAgreed(event) => {
                        things.insert(event.no);
                        partners.insert(event.partner);
                    }
                    Event::DisclosureMade(event) => {
                        things.insert(event.no);
                        things.extend(event.person);
                        things.extend(event.agreement);
                        partners.insert(event.partner);
                    }
                    _ => {}
                }
                shown.insert(record.idx);
            }
        }
        for &partner in &partners {
            for record in self.reader.timeline(partner)? {
                // An agreement that names no secret points covers all that are disclosed under it.
                if let Event::PartnerAgreed(event) = &record.event
                    && event
                        .secrets
                        .as_ref()
                        .is_none_or(|all| all.iter().any(|secret| secrets.contains(secret)))
                {
                    things.insert(event.no);
                }
            }
        }
        things.extend(partners);
        for &thing in &things {
            for record in self.reader.timeline(thing)? {
                if is_own(thing, &record.event) {
                    shown.insert(record.idx);
                }
            }
        }
        Ok(shown)
    }

    /// An event as far as it is shown, with its file.
    fn entry(&self, leaf: LeafRow) -> Result<Entry, Trouble> {
        let LeafRow { record, digests, texts } = leaf;
        let idx = record.idx;
        let tag = record.event.tag();
        let kind = kind(tag).ok_or(Trouble::NotAsRecorded(idx))?;
        let mut items = Vec::with_capacity(digests.len());
        let mut erased = Vec::new();
        for ((field, digest), text) in kind.all_fields().zip(digests).zip(texts) {
            let shown = if text.is_none() && self.is_erased(idx, field)? {
                // Said also of what would be withheld: a stranger learns that it can't be asked for.
                erased.push(field.name);
                None
            } else if self.hides(&record.event, field) {
                None
            } else if text.is_some() {
                text
            } else {
                self.opened(idx, field)?
            };
            items.push(shown.map_or(ShownItem::Withheld(digest), ShownItem::Shown));
        }
        let mut entry = Entry {
            shown: ShownEvent { index: idx, items },
            event: record.event,
            received: record.received,
            after: record.after,
            file: None,
            erased,
        };
        entry.file = self.file(&entry)?;
        Ok(entry)
    }

    /// Whether a field is left out.
    fn hides(&self, event: &Event, field: &Field) -> bool {
        let Withheld { statements, carriers, names, .. } = self.withheld;
        let tag = event.tag();
        let is_secret = field.class == Class::Secret;
        let is_name = field.class == Class::Personal
            || field.name == "by"
            || (tag == "paper.added" && field.name == "name");
        match event {
            Event::CarrierAdded(_) if carriers && is_secret => true,
            Event::PaperAdded(event) if is_secret && self.withheld.papers_of(event.about) => true,
            _ if statements && is_secret && tag.starts_with("secret.") => true,
            _ => names && is_name,
        }
    }

    /// The text of a sealed item; `None` when it can't be opened: locked, or erased.
    fn opened(&self, idx: u64, field: &Field) -> Result<Option<String>, Trouble> {
        let Some(sealed) = self.reader.sealed(idx, field.name)? else { return Ok(None) };
        match self.office.item_text(self.reader, idx, &sealed, self.unlocked)? {
            Opened::Text(text) => Ok(Some(text)),
            Opened::Locked | Opened::Erased => Ok(None),
        }
    }

    /// Whether the key or the text of a sealed item was destroyed.
    fn is_erased(&self, idx: u64, field: &Field) -> Result<bool, Trouble> {
        let Some(sealed) = self.reader.sealed(idx, field.name)? else { return Ok(false) };
        Ok(self.reader.key(&sealed.key_id)?.is_none())
    }

    /// Reads the file that an event commits to, when the dossier is to contain it.
    fn file(&self, entry: &Entry) -> Result<Option<FilePart>, Trouble> {
        let Some((blob, of, no, path)) = file_of(&entry.event) else { return Ok(None) };
        let Some(unlocked) = self.unlocked else { return Ok(None) };
        let idx = entry.index();
        let text = |name: &str| match entry.field(name) {
            dossier::Field::Shown(value) => Some(value),
            _ => None,
        };
        // Withheld, or erased: then there is no file either.
        let Some(digest) = text("digest") else { return Ok(None) };
        let shown = text("name").and_then(|name| name.as_str().map(str::to_owned));
        let ending = match shown {
            Some(name) => extension(&name),
            // A file can be opened by its ending; of a withheld name no more than a common one is
            // told, in which no person's name stands.
            None => self.name_of(idx, &entry.event)?.map_or("bin".into(), |name| common(&name)),
        };
        let path = path(&of.to_string(), no.into(), &ending);
        let mut reader = self.office.open_blob(self.reader, idx, blob, unlocked)?;
        let part = read_through(&mut reader, path).map_err(|_| Trouble::NotAsRecorded(idx))?;
        let recorded = serde_json::json!({ "sha256": hex::encode(part.sha256) });
        if digest == recorded { Ok(Some(part)) } else { Err(Trouble::NotAsRecorded(idx)) }
    }

    /// A file's own name, also when it is withheld.
    fn name_of(&self, idx: u64, event: &Event) -> Result<Option<String>, Trouble> {
        let mut fields = kind(event.tag()).into_iter().flat_map(|kind| kind.all_fields());
        let Some(field) = fields.find(|field| field.name == "name") else { return Ok(None) };
        let text = self.opened(idx, field)?;
        let item = text.and_then(|text| evidence::item::parse(&text).ok());
        Ok(item.and_then(|item| item.value.as_str().map(str::to_owned)))
    }

    /// The anchors that say something about the events shown: for each event and each signer the
    /// earliest one that covers it, and those that the events name as *not earlier than*.
    fn anchors(&self, entries: &[Entry]) -> Result<Vec<Anchor>, Trouble> {
        let mut all = self.reader.anchors()?;
        all.sort_by_key(|anchor| anchor.size);
        let named: BTreeSet<&str> =
            entries.iter().filter_map(|entry| entry.after.as_deref()).collect();
        let indexes: BTreeSet<u64> = entries.iter().map(Entry::index).collect();
        // For each signer the size up to which it has vouched already.
        let mut vouched: Vec<(String, u64)> = Vec::new();
        let mut kept = Vec::new();
        for anchor in all {
            let mut is_first = false;
            for signer in signers(&anchor) {
                let at = match vouched.iter().position(|(name, _)| *name == signer) {
                    Some(at) => at,
                    None => {
                        vouched.push((signer, 0));
                        vouched.len() - 1
                    }
                };
                let (_, until) = &mut vouched[at];
                is_first |= indexes.range(*until..anchor.size.max(*until)).next().is_some();
                *until = anchor.size.max(*until);
            }
            if is_first || named.contains(hex::encode(anchor.hash).as_str()) {
                let stamps = anchor.stamps.into_iter().map(|one| (one.token, one.chain));
                kept.push(Anchor {
                    size: anchor.size,
                    note: anchor.note,
                    stamps: stamps.collect(),
                });
            }
        }
        Ok(kept)
    }
}

/// Whether an event in the timeline of a person, partner, measure, agreement or disclosure is
/// about this thing itself, rather than about another that mentions it.
fn is_own(thing: Number, event: &Event) -> bool {
    match event {
        Event::PartnerAgreed(event) => event.no == thing,
        Event::PaperAdded(_)
        | Event::PersonAdded(_)
        | Event::PersonErased(_)
        | Event::PartnerAdded(_)
        | Event::MeasureAdded(_)
        | Event::MeasureEnded(_)
        | Event::DisclosureClosed(_) => true,
        _ => false,
    }
}

/// Whether an event tells who a copy's recipient is, or what binds the recipient.
fn is_held(recipient: Number, secret: Number, event: &Event) -> bool {
    match event {
        Event::PartnerAgreed(event) => {
            event.partner == recipient
                && event.secrets.as_ref().is_none_or(|all| all.contains(&secret))
        }
        _ => is_own(recipient, event),
    }
}

/// Who signed or stamped an anchor, each under a name of its own.
fn signers(anchor: &store::read::Anchor) -> Vec<String> {
    let note = Note::parse(anchor.note.as_bytes());
    let lines = note.map(|note| note.signatures).unwrap_or_default();
    // The first line is the log's own, which vouches for no time.
    let lines = lines.into_iter().skip(1);
    let witnesses = lines.map(|line| format!("{} {}", line.name, hex::encode(line.id)));
    witnesses.chain(anchor.stamps.iter().map(|one| format!("tsa {}", one.authority))).collect()
}

/// The blob that an event took in: its id, of what, its number there, and how its path is made.
#[allow(clippy::type_complexity)]
fn file_of(event: &Event) -> Option<(&str, Number, u32, fn(&str, u64, &str) -> String)> {
    match event {
        Event::CarrierAdded(event) => Some((&event.blob, event.secret, event.no, carrier_path)),
        Event::PaperAdded(event) => Some((&event.blob, event.about, event.no, paper_path)),
        _ => None,
    }
}

/// How a file's name ends, if that may stand in a dossier; else `bin`.
fn extension(name: &str) -> String {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.filter(|ending| is_extension(ending)).unwrap_or_else(|| "bin".into())
}

/// How a file's name ends, if many files' names end so; else `bin`.
fn common(name: &str) -> String {
    if media_type(name) == "application/octet-stream" { "bin".into() } else { extension(name) }
}

/// Reads a file once: its size and checksums.
pub(crate) fn read_through(source: &mut dyn Read, path: String) -> std::io::Result<FilePart> {
    let (mut sha, mut crc, mut size) = (Sha256::new(), crc32fast::Hasher::new(), 0);
    let mut piece = vec![0; 256 << 10];
    loop {
        let read = source.read(&mut piece)?;
        if read == 0 {
            break;
        }
        sha.update(&piece[..read]);
        crc.update(&piece[..read]);
        size += read as u64;
    }
    Ok(FilePart { path, size, sha256: sha.finalize().into(), crc32: crc.finalize() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_plain_or_bin() {
        for (name, ending) in [
            ("配方.CSV", "csv"),
            ("a.tar.gz", "gz"),
            ("无后缀", "bin"),
            ("x.超长", "bin"),
            ("x.toolongending", "bin"),
            (".", "bin"),
        ] {
            assert_eq!(extension(name), ending, "{name}");
        }
    }

    #[test]
    fn of_a_withheld_name_only_a_common_ending_is_told() {
        for (name, ending) in
            [("沈示一.PDF", "pdf"), ("合同.shenshiy", "bin"), ("a.docx", "docx"), ("无后缀", "bin")]
        {
            assert_eq!(common(name), ending, "{name}");
        }
    }

    #[test]
    fn a_file_is_summed_while_it_is_read() {
        let part =
            read_through(&mut &b"123456789"[..], "files/x".into()).expect("bytes can be read");
        assert_eq!((part.size, part.crc32), (9, 0xCBF4_3926));
        assert_eq!(part.sha256, <[u8; 32]>::from(Sha256::digest(b"123456789")));
    }
}
