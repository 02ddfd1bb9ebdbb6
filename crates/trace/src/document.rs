//! A file that carries words: what it is, its plan of sites, its copies, and what a leak of it says.

use encoding_rs::{Encoding, GB18030, UTF_8};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::accuse::{Budget, EPSILON, WHOLE_SHARE, accuse};
use crate::code::{Reading, Seen, Word};
use crate::docx::{self, Docx};
use crate::drill::{self, Chance};
use crate::text::wear::Wear;
use crate::text::{self, Asked, Kind, Site};

/// The version of plans that this program writes.
const VERSION: u32 = 1;
/// The longest text that is marked or read.
pub const BYTES_MAX: usize = 16 << 20;
/// A copy needs some sites more than would do if nothing were lost.
const SPARE: f64 = 1.2;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Medium {
    /// Text in UTF-8.
    Text,
    /// Text in GB 18030, of which GBK is a part.
    Gb18030,
    /// A Word document (docx).
    Docx,
}

/// Why a file cannot carry a word, or cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It is empty.
    #[error("it is empty")]
    Empty,
    /// It is no text.
    #[error("it is no text")]
    NotText,
    /// It is an old office file, or has a password.
    #[error("it is an old office file, or has a password")]
    Closed,
    /// It is damaged.
    #[error("it is damaged")]
    Damaged,
    /// It is too long.
    #[error("it is too long")]
    TooLong,
    /// It is not the original that the plan was made for.
    #[error("it is not the original that the plan was made for")]
    NotTheOriginal,
}

/// Where a document may look in two ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The version of this form.
    pub version: u32,
    /// What the document is.
    pub medium: Medium,
    /// SHA-256 of the original, in hex.
    pub original: String,
    /// The sites, in their order.
    pub sites: Vec<Site>,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The text of a file that is to be marked.
fn opened(bytes: &[u8]) -> Result<(Medium, String), Unfit> {
    if bytes.len() > BYTES_MAX {
        return Err(Unfit::TooLong);
    }
    if docx::is_closed(bytes) {
        return Err(Unfit::Closed);
    }
    if docx::is_zip(bytes) {
        return Ok((Medium::Docx, Docx::read(bytes)?.text));
    }
    decode(bytes)
}

/// The text of a text file.
fn decode(bytes: &[u8]) -> Result<(Medium, String), Unfit> {
    if bytes.is_empty() {
        return Err(Unfit::Empty);
    }
    let plain =
        |text: &str| !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    let strict = |encoding: &'static Encoding| {
        encoding
            .decode_without_bom_handling_and_without_replacement(bytes)
            .filter(|text| plain(text))
    };
    // A mark of UTF-8 at the start stays: it is a part of the file.
    let found = strict(UTF_8)
        .map(|text| (Medium::Text, text))
        .or_else(|| strict(GB18030).map(|text| (Medium::Gb18030, text)));
    found.map(|(medium, text)| (medium, text.into_owned())).ok_or(Unfit::NotText)
}

/// The text of something that turned up; what cannot be read is left out.
fn lenient(bytes: &[u8]) -> String {
    if docx::is_zip(bytes) {
        return docx::text_of(bytes).unwrap_or_default();
    }
    match decode(bytes) {
        Ok((_, text)) => text,
        Err(_) => UTF_8.decode(bytes).0.into_owned(),
    }
}

impl Plan {
    /// The plan of a document.
    ///
    /// # Errors
    /// [`Unfit`] when it is no document that can carry a word.
    pub fn of(original: &[u8], asked: &Asked) -> Result<Self, Unfit> {
        let (medium, text) = opened(original)?;
        let mut sites = match medium {
            Medium::Docx => {
                let mut asked = asked.clone();
                asked.without.extend(docx::WITHOUT);
                text::find(&text, &asked)
            }
            Medium::Text | Medium::Gb18030 => text::find(&text, asked),
        };
        match medium {
            Medium::Text => {}
            // A form that GBK lacks would not survive where the file is read as such.
            Medium::Gb18030 => {
                let fits = |form: &String| !encoding_rs::GBK.encode(form).2;
                sites.retain(|site| site.spots.iter().all(|spot| spot.forms.iter().all(fits)));
            }
            Medium::Docx => {
                let docx = Docx::read(original)?;
                sites.retain(|site| docx.holds(site));
            }
        }
        Ok(Self { version: VERSION, medium, original: hex(&Sha256::digest(original)), sites })
    }

    /// The plan as it is kept; its SHA-256 is committed to.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a plan has no maps with odd keys")
    }

    /// Reads a plan.
    #[must_use]
    pub fn from_json(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok().filter(|plan: &Self| plan.version == VERSION)
    }

    /// SHA-256 of the plan as it is kept.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.to_json()).into()
    }

    fn text(&self, original: &[u8]) -> Result<String, Unfit> {
        if hex(&Sha256::digest(original)) != self.original {
            return Err(Unfit::NotTheOriginal);
        }
        Ok(opened(original)?.1)
    }

    /// Writes the copy that carries a word.
    ///
    /// # Errors
    /// [`Unfit::NotTheOriginal`].
    pub fn copy(&self, original: &[u8], word: &Word) -> Result<Vec<u8>, Unfit> {
        let text = self.text(original)?;
        Ok(match self.medium {
            Medium::Text => text::write(&text, &self.sites, word).into_bytes(),
            Medium::Gb18030 => {
                GB18030.encode(&text::write(&text, &self.sites, word)).0.into_owned()
            }
            Medium::Docx => {
                let spots: Vec<_> = text::spots(&self.sites, word);
                Docx::read(original)?.write(original, &spots)?
            }
        })
    }

    /// Reads what a leak says at each site, and how many letters it has of the original.
    ///
    /// # Errors
    /// [`Unfit::NotTheOriginal`].
    pub fn read(&self, original: &[u8], leak: &[u8]) -> Result<(Reading, usize), Unfit> {
        Ok(text::laid_beside(&self.text(original)?, &self.sites, &lenient(leak)))
    }

    /// How many sites there are of each kind.
    #[must_use]
    pub fn kinds(&self) -> Vec<(Kind, usize)> {
        let count = |kind| self.sites.iter().filter(|site| site.kind == kind).count();
        Kind::ALL.into_iter().map(|kind| (kind, count(kind))).filter(|(_, n)| *n > 0).collect()
    }

    /// What is left of a copy after each attack, tried on this very document, among so many copies.
    ///
    /// # Errors
    /// [`Unfit::NotTheOriginal`].
    pub fn budget(&self, original: &[u8], among: usize) -> Result<Traceability, Unfit> {
        let text = self.text(original)?;
        let mut chance = Chance::new(0x6d69_6475_6e00);
        let book = drill::book(among.max(2), self.sites.len(), &mut chance);
        let source = chance.below(book.copies());
        let copy = text::write(&text, &self.sites, &book.word(source));
        let lines = Wear::ALL.into_iter().map(|wear| {
            let reading = text::read(&text, &self.sites, &wear.apply(&copy));
            let live = |site: &usize| reading.seen[*site] != Seen::Nothing;
            let right = |site: &usize| reading.seen[*site] == Seen::bit(book.bit(source, *site));
            let named = !self.sites.is_empty()
                && accuse(&book, &reading, &Budget::of(book.copies()))
                    .named
                    .iter()
                    .any(|n| n.copy == source);
            Line {
                wear,
                live: (0..self.sites.len()).filter(live).count(),
                wrong: (0..self.sites.len()).filter(live).filter(|site| !right(site)).count(),
                named,
            }
        });
        let needed = needed(among);
        Ok(Traceability { sites: self.sites.len(), needed, lines: lines.collect() })
    }
}

/// So many sites name one copy among so many, with a few to spare.
#[must_use]
pub fn needed(among: usize) -> usize {
    ((among.max(2) as f64 / (EPSILON * WHOLE_SHARE)).log2() * SPARE).ceil() as usize
}

/// What can be traced of a document, before it goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traceability {
    /// How many sites it has.
    pub sites: usize,
    /// How many it needs, at least.
    pub needed: usize,
    /// What each attack leaves.
    pub lines: Vec<Line>,
}

impl Traceability {
    /// How many sites are missing; 0 when copies may go out.
    #[must_use]
    pub const fn missing(&self) -> usize {
        self.needed.saturating_sub(self.sites)
    }
}

/// What one attack leaves of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The attack.
    pub wear: Wear,
    /// How many sites still say something.
    pub live: usize,
    /// How many of those say something wrong.
    pub wrong: usize,
    /// Whether the copy was named when it was tried.
    pub named: bool,
}
