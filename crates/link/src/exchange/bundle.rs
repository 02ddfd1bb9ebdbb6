//! What is carried from one side to the other: see the module's head.
//!
//! ```text
//! "midun.bundle/v1\n"
//! u32 length, head      a signed note
//! u32 length, extras    JSON whose SHA-256 stands in the head
//! u32 count, then per letter:  u32 length, note   u32 length, sealed body
//! ```
//! Numbers are big endian; nothing follows.

use evidence::dossier::ShownEvent;
use ledger::note::{Note, SigningKey, VerifierKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::letter::{Parcel, Way};
use super::{ExchangeError, LinkId, decimal, hex, hex_of};

const MAGIC: &[u8] = b"midun.bundle/v1\n";
const FIRST_LINE: &str = "midun.bundle/v1";
/// The largest bundle that is read, in bytes.
pub const BUNDLE_BYTES_MAX: usize = 48 << 20;
/// The largest sealed body of a letter, in bytes. Larger files travel otherwise, and their hash by
/// letter.
pub const LETTER_BYTES_MAX: usize = 17 << 20;
/// The most letters in one bundle.
const LETTERS_MAX: u32 = 10_000;

/// How far the sender has come when it made the bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The link.
    pub link: LinkId,
    /// Who made the bundle.
    pub way: Way,
    /// How many letters it has written.
    pub sent: u64,
    /// The number of the next letter it expects: it holds all before.
    pub next: u64,
    /// It holds receipts for so many of its letters, from the first on.
    pub receipted: u64,
    /// The size of the other side's log that it cosigned last.
    pub cosigned: u64,
    /// Its clock: milliseconds since 1970.
    pub at: i64,
    /// SHA-256 of the extras.
    pub extras: [u8; 32],
}

impl Head {
    fn text(&self) -> String {
        format!(
            "{FIRST_LINE}\n{} {}\nsent {}\nnext {}\nreceipted {}\ncosigned {}\nat {}\nextras {}\n",
            hex(&self.link),
            self.way.word(),
            self.sent,
            self.next,
            self.receipted,
            self.cosigned,
            self.at,
            hex(&self.extras)
        )
    }

    fn parse(text: &str) -> Result<Self, ExchangeError> {
        Self::read(text).filter(|head| head.text() == text).ok_or(ExchangeError::Form("head"))
    }

    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next()? != FIRST_LINE {
            return None;
        }
        let (link, way) = lines.next()?.split_once(' ')?;
        let mut named = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        Some(Self {
            link: hex_of(link)?,
            way: Way::from_word(way)?,
            sent: decimal(named("sent")?)?,
            next: decimal(named("next")?)?,
            receipted: decimal(named("receipted")?)?,
            cosigned: decimal(named("cosigned")?)?,
            at: named("at")?.parse().ok()?,
            extras: hex_of(named("extras")?)?,
        })
    }
}

/// What goes with the head; none of it needs to arrive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Extras {
    /// The wish to join (see [`super::Join`]), until the other side has answered.
    pub join: Option<String>,
    /// The sender's newest checkpoint, as the body of an `add-checkpoint` (C2SP tlog-witness).
    pub checkpoint: Option<String>,
    /// The sender's cosignature over the other side's checkpoint.
    pub cosigned: Option<Cosigned>,
    /// Receipts that the other side is not known to hold.
    pub receipts: Vec<ReceiptProof>,
}

/// A cosignature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cosigned {
    /// The size of the checkpoint.
    pub size: u64,
    /// The signature line.
    pub line: String,
}

/// A receipt: the event `letter.received` in the receiver's ledger, with its proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceiptProof {
    /// The number of the letter received.
    pub seq: u64,
    /// The event.
    pub event: ShownEvent,
    /// A C2SP tlog-proof under the receiver's checkpoint.
    pub proof: String,
}

/// A bundle that was put together or read. Reading checks its form alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    head: Head,
    note: Note,
    extras: Vec<u8>,
    /// The letters, in their order.
    pub letters: Vec<Parcel>,
}

impl Bundle {
    /// Puts a bundle together; the head's digest of the extras is set here.
    pub fn sign(mut head: Head, extras: &Extras, letters: Vec<Parcel>, key: &SigningKey) -> Self {
        let extras = serde_json::to_vec(extras).expect("extras are JSON");
        head.extras = Sha256::digest(&extras).into();
        let text = head.text();
        let signatures = vec![key.sign(&text)];
        Self { head, note: Note { text, signatures }, extras, letters }
    }

    /// The head, not yet believed: to look up the link.
    pub fn claimed(&self) -> &Head {
        &self.head
    }

    /// The extras, not yet believed: to look at a wish to join.
    ///
    /// # Errors
    /// [`ExchangeError::Form`].
    pub fn claimed_extras(&self) -> Result<Extras, ExchangeError> {
        serde_json::from_slice(&self.extras).map_err(|_| ExchangeError::Form("extras"))
    }

    /// Head and extras, once the sender's signature holds.
    ///
    /// # Errors
    /// [`ExchangeError`].
    pub fn open(&self, key: &VerifierKey) -> Result<(&Head, Extras), ExchangeError> {
        self.note.verify(std::slice::from_ref(key)).map_err(|_| ExchangeError::Signature)?;
        let digest: [u8; 32] = Sha256::digest(&self.extras).into();
        if digest != self.head.extras {
            return Err(ExchangeError::Digest);
        }
        Ok((&self.head, self.claimed_extras()?))
    }

    /// The bytes to be carried.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let mut piece = |bytes: &[u8]| {
            out.extend((bytes.len() as u32).to_be_bytes());
            out.extend_from_slice(bytes);
        };
        piece(self.note.to_string().as_bytes());
        piece(&self.extras);
        out.extend((self.letters.len() as u32).to_be_bytes());
        for letter in &self.letters {
            for bytes in [letter.note.as_bytes(), &letter.body] {
                out.extend((bytes.len() as u32).to_be_bytes());
                out.extend_from_slice(bytes);
            }
        }
        out
    }

    /// Reads what [`Bundle::to_bytes`] writes.
    ///
    /// # Errors
    /// [`ExchangeError::Form`].
    pub fn parse(bytes: &[u8]) -> Result<Self, ExchangeError> {
        if bytes.len() > BUNDLE_BYTES_MAX {
            return Err(ExchangeError::Form("too large"));
        }
        let mut rest = bytes.strip_prefix(MAGIC).ok_or(ExchangeError::Form("not a bundle"))?;
        let note = Note::parse(piece(&mut rest)?).map_err(|_| ExchangeError::Form("head"))?;
        let head = Head::parse(&note.text)?;
        let extras = piece(&mut rest)?.to_vec();
        let count = number(&mut rest)?;
        if count > LETTERS_MAX {
            return Err(ExchangeError::Form("too many letters"));
        }
        let mut letters = Vec::new();
        for _ in 0..count {
            let note = std::str::from_utf8(piece(&mut rest)?);
            let note = note.map_err(|_| ExchangeError::Form("letter"))?.to_owned();
            let body = piece(&mut rest)?.to_vec();
            if body.len() > LETTER_BYTES_MAX {
                return Err(ExchangeError::Form("letter"));
            }
            letters.push(Parcel { note, body });
        }
        if !rest.is_empty() {
            return Err(ExchangeError::Form("more than a bundle"));
        }
        Ok(Self { head, note, extras, letters })
    }
}

fn number(rest: &mut &[u8]) -> Result<u32, ExchangeError> {
    let (number, after) = rest.split_first_chunk().ok_or(ExchangeError::Form("cut off"))?;
    *rest = after;
    Ok(u32::from_be_bytes(*number))
}

fn piece<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8], ExchangeError> {
    let length = number(rest)? as usize;
    let (piece, after) = rest.split_at_checked(length).ok_or(ExchangeError::Form("cut off"))?;
    *rest = after;
    Ok(piece)
}
