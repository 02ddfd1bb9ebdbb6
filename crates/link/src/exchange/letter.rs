//! One letter: a signed note over the hash of its sealed body.

use ledger::note::{Note, SigningKey, VerifierKey};
use sha2::{Digest as _, Sha256};

use super::{ExchangeError, LinkId, decimal, hex, hex_of};

const FIRST_LINE: &str = "midun.letter/v1";

/// Which side wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// The company's node wrote it: a filing.
    FromNode,
    /// The station wrote it: a notice.
    FromStation,
}

impl Way {
    /// `node` or `station`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FromNode => "node",
            Self::FromStation => "station",
        }
    }

    /// Reads [`Way::word`].
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::FromNode, Self::FromStation].into_iter().find(|way| way.word() == word)
    }

    /// The other side's way.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::FromNode => Self::FromStation,
            Self::FromStation => Self::FromNode,
        }
    }
}

/// What is signed of a letter. Its content is sealed to both sides; a carrier sees sizes only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The link it belongs to.
    pub link: LinkId,
    /// Who wrote it.
    pub way: Way,
    /// Its number on this way, from 1.
    pub seq: u64,
    /// The digest of the letter before; zeros for the first.
    pub before: [u8; 32],
    /// SHA-256 of the sealed body.
    pub body: [u8; 32],
    /// The size of the sealed body in bytes.
    pub size: u64,
}

impl Letter {
    /// The text that is signed.
    pub fn text(&self) -> String {
        format!(
            "{FIRST_LINE}\n{} {}\n{}\n{}\n{} {}\n",
            hex(&self.link),
            self.way.word(),
            self.seq,
            hex(&self.before),
            hex(&self.body),
            self.size
        )
    }

    /// Reads what [`Letter::text`] writes, in its one form.
    ///
    /// # Errors
    /// [`ExchangeError::Form`].
    pub fn parse(text: &str) -> Result<Self, ExchangeError> {
        Self::read(text).filter(|letter| letter.text() == text).ok_or(ExchangeError::Form("letter"))
    }

    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next()? != FIRST_LINE {
            return None;
        }
        let (link, way) = lines.next()?.split_once(' ')?;
        let (seq, before) = (decimal(lines.next()?)?, hex_of(lines.next()?)?);
        let (body, size) = lines.next()?.split_once(' ')?;
        Some(Self {
            link: hex_of(link)?,
            way: Way::from_word(way)?,
            seq,
            before,
            body: hex_of(body)?,
            size: decimal(size)?,
        })
    }

    /// What names the letter: SHA-256 of the text that is signed.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.text()).into()
    }

    /// Signs it and puts its body with it.
    pub fn sign(&self, key: &SigningKey, body: Vec<u8>) -> Parcel {
        let text = self.text();
        let signatures = vec![key.sign(&text)];
        Parcel { note: Note { text, signatures }.to_string(), body }
    }
}

/// A letter as it is carried: the signed note and the sealed body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// The signed note.
    pub note: String,
    /// The sealed body.
    pub body: Vec<u8>,
}

impl Parcel {
    /// Checks signature and body, and gives what was signed.
    ///
    /// # Errors
    /// [`ExchangeError`].
    pub fn open(&self, key: &VerifierKey) -> Result<Letter, ExchangeError> {
        let note = Note::parse(self.note.as_bytes()).map_err(|_| ExchangeError::Form("letter"))?;
        note.verify(std::slice::from_ref(key)).map_err(|_| ExchangeError::Signature)?;
        let letter = Letter::parse(&note.text)?;
        let digest: [u8; 32] = Sha256::digest(&self.body).into();
        if digest != letter.body || self.body.len() as u64 != letter.size {
            return Err(ExchangeError::Digest);
        }
        Ok(letter)
    }
}
