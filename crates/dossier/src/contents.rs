//! Everything a dossier is made of, gathered by the caller: events as far as they are shown, what
//! others vouch for, and what the program found about itself.

use domain::terms::Purpose;
use domain::{Event, Moment, Number, Series};
use evidence::dossier::{ShownEvent, ShownItem};
use evidence::item::{self, ItemDigest};
use evidence::kind::kind;
use serde_json::Value;
use words::Lang;

/// What is left out of a dossier; it stays as digests that can be shown later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    /// The text of statements, and the remarks on origin, public knowledge and value: they too say
    /// what is secret.
    pub statements: bool,
    /// The carriers: neither their files nor names nor digests.
    pub carriers: bool,
    /// The papers: neither their files nor names nor digests.
    pub papers: bool,
    /// Names of persons and of accounts, the names of papers, and the files of papers about persons.
    /// What stands inside other files nobody can know but who reads them.
    pub names: bool,
}

impl Withheld {
    /// Nothing of what is secret, and no file in which a name may stand: where everybody starts who
    /// has not said what a recipient is to read.
    pub const CAUTIOUS: Self = Self { statements: true, carriers: true, papers: true, names: true };

    /// The words of `manifest.json`, in its order.
    pub fn words(self) -> Vec<String> {
        let all = [self.statements, self.carriers, self.papers, self.names];
        let words = evidence::dossier::WITHHOLDABLE.iter().zip(all);
        words.filter(|(_, is)| *is).map(|(word, _)| (*word).to_owned()).collect()
    }

    /// Shows the part with one of the words of `manifest.json`; `false` when it is none.
    pub fn show(&mut self, word: &str) -> bool {
        match word {
            "statements" => self.statements = false,
            "carriers" => self.carriers = false,
            "papers" => self.papers = false,
            "names" => self.names = false,
            _ => return false,
        }
        true
    }

    /// Whether the papers about `about` are left out. Whoever leaves names out leaves out what
    /// persons signed.
    pub fn papers_of(self, about: Number) -> bool {
        self.papers || (self.names && about.series == Series::Person)
    }
}

/// Everything gathered for one dossier.
#[derive(Clone, Debug)]
pub struct Contents {
    /// Its number.
    pub no: Number,
    /// What it is for.
    pub purpose: Purpose,
    /// The language of the report.
    pub lang: Lang,
    /// When it is made.
    pub made: Moment,
    /// The zone in which times are printed: minutes east of Greenwich.
    pub zone_minutes: i16,
    /// `midun <version>`.
    pub program: String,
    /// The secret points it is about.
    pub secrets: Vec<Number>,
    /// What is left out.
    pub withheld: Withheld,
    /// How many entries the log had when this was gathered.
    pub leaves: u64,
    /// What the program found when it checked its own ledger for this dossier; `None` when it did
    /// not check.
    pub self_check: Option<SelfCheck>,
    /// The events shown, ascending by index; leaf 0 first.
    pub entries: Vec<Entry>,
    /// Cosigned or stamped checkpoints, ascending by size.
    pub anchors: Vec<Anchor>,
}

/// What a check of the whole ledger found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelfCheck {
    /// Entries whose leaf was computed again from their items.
    pub entries: u64,
    /// Cosigned checkpoints compared with the tree.
    pub anchors: u64,
    /// What is not as it was written: translation key and place. Empty when all is well.
    pub problems: Vec<(String, String)>,
}

/// A cosigned or stamped checkpoint of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The size it is for.
    pub size: u64,
    /// The signed note, as it was cosigned and stamped.
    pub note: String,
    /// RFC 3161 time-stamps over the note's bytes, each with its certificates in PEM, root last.
    pub stamps: Vec<(Vec<u8>, String)>,
}

/// An event shown.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its items, shown or withheld.
    pub shown: ShownEvent,
    /// Its plain fields. What is withheld of them must not be printed: see [`Entry::by`].
    pub event: Event,
    /// When the journal received it.
    pub received: Moment,
    /// SHA-256 of the newest cosigned checkpoint known then, in hex.
    pub after: Option<String>,
    /// The file that it commits to, when the dossier contains it.
    pub file: Option<FilePart>,
    /// The names of sealed fields whose content was destroyed.
    pub erased: Vec<&'static str>,
}

/// A file of the dossier, read once: its content was the one that its event commits to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePart {
    /// Its path in the dossier.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of its content.
    pub sha256: [u8; 32],
    /// CRC-32 (ISO-HDLC) of its content.
    pub crc32: u32,
}

/// A sealed field, as far as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// It was left empty when the event was recorded.
    Empty,
    /// Its value.
    Shown(Value),
    /// Only its digest is shown.
    Withheld(ItemDigest),
    /// What it said was destroyed; its digest stays.
    Erased(ItemDigest),
}

impl Field {
    /// The value as text, when it is shown.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Shown(value) => value.as_str(),
            _ => None,
        }
    }

    /// Whether something was recorded.
    pub fn is_there(&self) -> bool {
        *self != Self::Empty
    }
}

impl Entry {
    /// Its place in the log.
    pub fn index(&self) -> u64 {
        self.shown.index
    }

    /// A field by its name. An item that can't be read counts as withheld.
    pub fn field(&self, name: &str) -> Field {
        let place = kind(self.event.tag()).and_then(|kind| kind.place(name));
        let Some(shown) = place.and_then(|place| self.shown.items.get(place)) else {
            return Field::Empty;
        };
        match shown {
            ShownItem::Withheld(digest) if self.erased.contains(&name) => Field::Erased(*digest),
            ShownItem::Withheld(digest) => Field::Withheld(*digest),
            ShownItem::Shown(text) => match item::parse(text) {
                Ok(item) if item.value.is_null() => Field::Empty,
                Ok(item) => Field::Shown(item.value),
                Err(_) => Field::Withheld(item::digest(text)),
            },
        }
    }

    /// The account that did it, when that is shown.
    pub fn by(&self) -> Option<String> {
        self.field("by").text().map(str::to_owned)
    }

    /// Its leaf hash in the log (RFC 6962), in hex.
    pub fn leaf(&self) -> String {
        let digests: Vec<_> = self.shown.items.iter().map(ShownItem::digest).collect();
        let entry = item::entry(&digests).unwrap_or_default();
        evidence::dossier::hex(&ledger::hash::leaf_hash(&entry).0)
    }
}
