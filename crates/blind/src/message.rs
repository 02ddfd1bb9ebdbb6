//! The three messages as files: a few lines of text that say what they are, then points.

use sha2::{Digest as _, Sha256};

use crate::group::{decoded, on_all_cores};
use crate::proof;

/// What is wrong with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Bad {
    /// It is no message of a blind comparison, or cut short.
    #[error("no message of a blind comparison, or damaged")]
    Form,
    /// It is another of the three.
    #[error("another message of a blind comparison")]
    Step,
    /// A newer program wrote it.
    #[error("of a newer version")]
    Newer,
    /// A point is none, stands twice, or out of order.
    #[error("a point of it is not as it must be")]
    Point,
    /// It has more points than are accepted.
    #[error("more points than are accepted: {0}")]
    TooMany(u64),
    /// It answers another offer.
    #[error("the answer to another offer")]
    OtherOffer,
    /// It replies to another answer.
    #[error("the reply to another answer")]
    OtherAnswer,
    /// It does not have a point for each that it was given.
    #[error("not as many points as were sent")]
    Count,
    /// Its points were not all multiplied by one key: something was changed.
    #[error("the proof does not hold")]
    Proof,
    /// The kept key is none.
    #[error("the kept key is damaged")]
    Key,
}

/// The first message: the offerer's things, blinded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Random: which comparison it is.
    pub session: [u8; 32],
    /// The offerer's public half.
    pub public: [u8; 32],
    /// Its things, blinded, ascending.
    pub points: Vec<[u8; 32]>,
}

/// The second message: the answerer's things, blinded, and the offerer's, blinded twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// SHA-256 of the offer.
    pub offer: [u8; 32],
    /// The answerer's public half.
    pub public: [u8; 32],
    /// Its things, blinded, ascending.
    pub points: Vec<[u8; 32]>,
    /// The offer's points times its key, in the offer's order.
    pub doubled: Vec<[u8; 32]>,
    /// That one key did so.
    pub proofs: Vec<u8>,
}

/// The third message: the answerer's things, blinded twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// SHA-256 of the answer.
    pub answer: [u8; 32],
    /// The answer's points times the offerer's key, in the answer's order.
    pub doubled: Vec<[u8; 32]>,
    /// That one key did so.
    pub proofs: Vec<u8>,
}

/// What each message begins with; the step and the counts follow.
const MARK: &str = "midun blind comparison ";
const VERSION: u32 = 1;
/// A head is no longer than this.
const HEAD_MAX: usize = 120;

fn head(step: &str, counts: &[usize]) -> Vec<u8> {
    let counts = counts.iter().map(|count| format!(" {count}")).collect::<String>();
    format!("{MARK}{VERSION}\n{step}{counts}\n").into_bytes()
}

/// Reads a head: the counts, and what follows.
fn body<'a, const N: usize>(
    bytes: &'a [u8],
    step: &str,
    most: u64,
) -> Result<([usize; N], Rest<'a>), Bad> {
    let start = &bytes[..bytes.len().min(HEAD_MAX)];
    let rest = start.strip_prefix(MARK.as_bytes()).ok_or(Bad::Form)?;
    let mut lines = rest.splitn(3, |byte| *byte == b'\n');
    let mut line = || lines.next().and_then(|line| std::str::from_utf8(line).ok()).ok_or(Bad::Form);
    let (version, counts) = (line()?, line()?);
    if lines.next().is_none() {
        return Err(Bad::Form);
    }
    match version.parse::<u32>() {
        Ok(VERSION) => {}
        Ok(_) => return Err(Bad::Newer),
        Err(_) => return Err(Bad::Form),
    }
    let at = MARK.len() + version.len() + counts.len() + 2;
    let mut words = counts.split(' ');
    match words.next() {
        Some(word) if word == step => {}
        Some("offer" | "answer" | "reply") => return Err(Bad::Step),
        _ => return Err(Bad::Form),
    }
    let mut read = [0; N];
    for count in &mut read {
        let word = words.next().ok_or(Bad::Form)?;
        let number = word.parse::<u64>().map_err(|_| Bad::Form)?;
        if number > most {
            return Err(Bad::TooMany(number));
        }
        *count = usize::try_from(number).map_err(|_| Bad::Form)?;
    }
    if words.next().is_some() {
        return Err(Bad::Form);
    }
    Ok((read, Rest(&bytes[at..])))
}

/// What is still to be read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn bytes(&mut self, count: usize) -> Result<&'a [u8], Bad> {
        let (bytes, rest) = self.0.split_at_checked(count).ok_or(Bad::Form)?;
        self.0 = rest;
        Ok(bytes)
    }

    fn one(&mut self) -> Result<[u8; 32], Bad> {
        self.bytes(32)?.try_into().map_err(|_| Bad::Form)
    }

    fn public(&mut self) -> Result<[u8; 32], Bad> {
        let public = self.one()?;
        decoded(&public).map(|_| public).ok_or(Bad::Point)
    }

    fn points(&mut self, count: usize) -> Result<Vec<[u8; 32]>, Bad> {
        let bytes = self.bytes(count.checked_mul(32).ok_or(Bad::Form)?)?;
        let (points, _) = bytes.as_chunks::<32>();
        let good =
            on_all_cores(points, |some| vec![some.iter().all(|point| decoded(point).is_some())]);
        if good.into_iter().all(|good| good) { Ok(points.to_vec()) } else { Err(Bad::Point) }
    }

    /// Points of things: each once and in order, so that they tell nothing by it.
    fn sorted(&mut self, count: usize) -> Result<Vec<[u8; 32]>, Bad> {
        let points = self.points(count)?;
        if points.is_sorted_by(|one, next| one < next) { Ok(points) } else { Err(Bad::Point) }
    }

    fn end(&self) -> Result<(), Bad> {
        if self.0.is_empty() { Ok(()) } else { Err(Bad::Form) }
    }
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

impl Offer {
    /// The message as a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = head("offer", &[self.points.len()]);
        bytes.extend(self.session);
        bytes.extend(self.public);
        bytes.extend(self.points.as_flattened());
        bytes
    }

    /// Reads a message; no more than `most` points are accepted.
    ///
    /// # Errors
    /// [`Bad`].
    pub fn read(bytes: &[u8], most: u64) -> Result<Self, Bad> {
        let ([count], mut rest) = body(bytes, "offer", most)?;
        let (session, public) = (rest.one()?, rest.public()?);
        let points = rest.sorted(count)?;
        rest.end()?;
        Ok(Self { session, public, points })
    }

    /// SHA-256 of the file.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        digest(&self.to_bytes())
    }
}

impl Answer {
    /// The message as a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = head("answer", &[self.points.len(), self.doubled.len()]);
        bytes.extend(self.offer);
        bytes.extend(self.public);
        bytes.extend(self.points.as_flattened());
        bytes.extend(self.doubled.as_flattened());
        bytes.extend(&self.proofs);
        bytes
    }

    /// Reads a message; no more than `most` points of either side are accepted.
    ///
    /// # Errors
    /// [`Bad`].
    pub fn read(bytes: &[u8], most: u64) -> Result<Self, Bad> {
        let ([own, doubled], mut rest) = body(bytes, "answer", most)?;
        let (offer, public) = (rest.one()?, rest.public()?);
        let points = rest.sorted(own)?;
        let proofs = proof::size(doubled);
        let doubled = rest.points(doubled)?;
        let proofs = rest.bytes(proofs)?.to_vec();
        rest.end()?;
        Ok(Self { offer, public, points, doubled, proofs })
    }

    /// SHA-256 of the file.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        digest(&self.to_bytes())
    }
}

impl Reply {
    /// The message as a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = head("reply", &[self.doubled.len()]);
        bytes.extend(self.answer);
        bytes.extend(self.doubled.as_flattened());
        bytes.extend(&self.proofs);
        bytes
    }

    /// Reads a message; no more than `most` points are accepted.
    ///
    /// # Errors
    /// [`Bad`].
    pub fn read(bytes: &[u8], most: u64) -> Result<Self, Bad> {
        let ([count], mut rest) = body(bytes, "reply", most)?;
        let answer = rest.one()?;
        let doubled = rest.points(count)?;
        let proofs = rest.bytes(proof::size(count))?.to_vec();
        rest.end()?;
        Ok(Self { answer, doubled, proofs })
    }

    /// SHA-256 of the file.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        digest(&self.to_bytes())
    }
}
