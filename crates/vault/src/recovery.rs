//! Recovery shares: any `k` of `n` sheets of paper open the vault.
//!
//! Shamir's scheme over GF(256) (Shamir 1979), each byte of the 32-byte identity on its own. The
//! arithmetic is `vsss-rs` 6 (Apache-2.0 or MIT): no tables, so no traces in caches; coefficients
//! drawn from all 256 values; the caller's randomness. Looked at beside it on 2026-11-24:
//! `blahaj` 0.7 (MIT) is smaller but looks its products up in tables and copies the secret into
//! plain vectors; `sharks` 0.5 draws coefficients from 1 to 255, which leaks
//! (RUSTSEC-2024-0398, never repaired). Of `vsss-rs` only GF(256) is compiled: its curves, big
//! numbers and serde are features left off.
//!
//! A share is one line for paper:
//!
//! ```text
//! midun-share-1 3-of-5 2 0123 4567 … (16 groups) 89ABCDEF
//! format        k  of n x set (8 bytes) and value (32 bytes)  check (5 bytes of SHA-256)
//! ```
//!
//! in Crockford's base 32 (no I, L, O, U). Reading forgives case, spacing, full-width characters
//! of a Chinese keyboard, and I, L, O for 1, 1, 0; anything else is caught by the check.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use rand_core::{TryCryptoRng, TryRng};
use sha2::{Digest, Sha256};
use vsss_rs::Gf256;
use zeroize::{Zeroize, Zeroizing};

use crate::Entropy;
use crate::error::{KeyError, ShareError};
use crate::keydir::Unlocked;
use crate::recipient::{Identity, Recipient};

/// Most shares in a set. More people than this aren't a safeguard.
pub const SHARES_MAX: u8 = 32;

const FORMAT: &str = "midun-share-1";
const FAMILY: &str = "midun-share-";
const SET_BYTES: usize = 8;
const DATA_BYTES: usize = SET_BYTES + 32;
const CHECK_BYTES: usize = 5;
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUP: usize = 4;

/// One recovery share. Overwritten when dropped; `Debug` shows its number only.
#[derive(Clone)]
pub struct Share {
    k: u8,
    n: u8,
    x: u8,
    /// Set (8 random bytes, the same in all shares of one splitting), then the value at `x`.
    data: Zeroizing<[u8; DATA_BYTES]>,
}

impl Share {
    /// How many different shares open the vault.
    pub fn k(&self) -> u8 {
        self.k
    }

    /// How many shares the set has.
    pub fn n(&self) -> u8 {
        self.n
    }

    /// The number of this share, 1 to `n`.
    pub fn x(&self) -> u8 {
        self.x
    }

    /// The line to print. Whoever has `k` of them has the vault; it isn't `Display`, so that it
    /// doesn't slip into a log.
    pub fn line(&self) -> Zeroizing<String> {
        let head = self.head();
        let data = Zeroizing::new(encode(&*self.data));
        // Room for everything at once: growing would leave copies behind.
        let mut line = Zeroizing::new(String::with_capacity(128));
        line.push_str(&head);
        for (i, c) in data.chars().enumerate() {
            if i % GROUP == 0 {
                line.push(' ');
            }
            line.push(c);
        }
        line.push(' ');
        line.push_str(&encode(&check(&head, &*self.data)));
        line
    }

    fn head(&self) -> String {
        format!("{FORMAT} {}-of-{} {}", self.k, self.n, self.x)
    }

    fn set(&self) -> &[u8] {
        &self.data[..SET_BYTES]
    }

    /// `x` and the value, as `vsss-rs` takes them.
    fn point(&self) -> Vec<u8> {
        [&[self.x], &self.data[SET_BYTES..]].concat()
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Share({} of {}-of-{}, …)", self.x, self.k, self.n)
    }
}

impl FromStr for Share {
    type Err = ShareError;

    /// Reads a line as [`Share::line`] gives it, or as a person types it.
    fn from_str(line: &str) -> Result<Self, ShareError> {
        let line = Zeroizing::new(line.chars().map(plain_char).collect::<String>());
        let mut words = line.split_whitespace();
        match words.next() {
            Some(word) if word.eq_ignore_ascii_case(FORMAT) => {}
            Some(word) if word.to_ascii_lowercase().starts_with(FAMILY) => {
                return Err(ShareError::UnknownVersion);
            }
            _ => return Err(ShareError::NotAShare),
        }
        let (Some(numbers), Some(x)) = (words.next(), words.next()) else {
            return Err(ShareError::NotAShare);
        };
        let x = x.parse().unwrap_or(0);
        let damaged = ShareError::Damaged { x };
        let numbers = numbers.to_ascii_lowercase();
        let (k, n) = numbers
            .split_once("-of-")
            .and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)))
            .ok_or(damaged.clone())?;

        let rest = Zeroizing::new(words.collect::<String>());
        let mut bytes = Zeroizing::new([0; DATA_BYTES + CHECK_BYTES]);
        decode(&rest, &mut *bytes).ok_or(damaged.clone())?;
        let (data, found) = bytes.split_at(DATA_BYTES);
        let data = data.try_into().expect("split at this length");
        let share = Share { k, n, x, data: Zeroizing::new(data) };
        let sound = check(&share.head(), &*share.data) == found;
        if !sound || !sensible(k, n) || !(1..=n).contains(&x) {
            return Err(damaged);
        }
        Ok(share)
    }
}

/// Splits `identity`; see [`Unlocked::split`].
pub(crate) fn split(
    identity: &Identity,
    k: u8,
    n: u8,
    entropy: &mut Entropy,
) -> Result<Vec<Share>, ShareError> {
    if !sensible(k, n) {
        return Err(ShareError::Numbers { k, n });
    }
    let mut set = [0; SET_BYTES];
    entropy(&mut set);
    let secret = identity.to_bytes();
    let mut points = Gf256::split_bytes(k.into(), n.into(), secret.as_slice(), Random(entropy))
        .expect("a secret of 32 bytes and sensible numbers can be split");
    let shares = points
        .iter()
        .map(|point| {
            let mut data = Zeroizing::new([0; DATA_BYTES]);
            data[..SET_BYTES].copy_from_slice(&set);
            data[SET_BYTES..].copy_from_slice(&point[1..]);
            Share { k, n, x: point[0], data }
        })
        .collect();
    points.zeroize();
    Ok(shares)
}

/// Puts shares together and checks the identity against `vault`. The order doesn't matter; the
/// same share twice counts once; more than `k` are taken too, and must agree.
///
/// # Errors
/// [`KeyError::Share`] with [`ShareError::TooFew`], [`ShareError::OtherSet`] or
/// [`ShareError::Conflict`]; [`KeyError::NotThisVault`] when the shares are of another vault, or
/// one was forged.
pub fn combine(shares: &[Share], vault: &Recipient) -> Result<Unlocked, KeyError> {
    let Some(first) = shares.first() else {
        return Err(ShareError::TooFew { have: 0, need: 2 }.into());
    };
    let mut points: Vec<Zeroizing<Vec<u8>>> = Vec::new();
    for share in shares {
        if (share.set(), share.k, share.n) != (first.set(), first.k, first.n) {
            return Err(ShareError::OtherSet { x: share.x }.into());
        }
        let point = Zeroizing::new(share.point());
        match points.iter().find(|other| other[0] == share.x) {
            Some(other) if *other == point => {}
            Some(_) => return Err(ShareError::Conflict { x: share.x }.into()),
            None => points.push(point),
        }
    }
    if points.len() < first.k.into() {
        let have = points.len() as u8; // fewer than k, a u8
        return Err(ShareError::TooFew { have, need: first.k }.into());
    }
    // All of them, not just k: a polynomial of lower degree passes through every point, so a
    // forged extra share shows as another identity.
    let mut plain: Vec<Vec<u8>> = points.iter().map(|point| point.to_vec()).collect();
    let secret = Gf256::combine_bytes(&plain).map(Zeroizing::new);
    plain.zeroize();
    let secret = secret.expect("at least two points with different numbers above 0 combine");
    let secret = secret.as_slice().try_into().expect("points carry 32 bytes");
    let identity = Identity::from_bytes(secret);
    if identity.recipient() != *vault {
        return Err(KeyError::NotThisVault);
    }
    Ok(Unlocked(identity))
}

fn sensible(k: u8, n: u8) -> bool {
    2 <= k && k <= n && n <= SHARES_MAX
}

fn check(head: &str, data: &[u8]) -> [u8; CHECK_BYTES] {
    let sum = Sha256::new().chain_update(head).chain_update(data).finalize();
    sum[..CHECK_BYTES].try_into().expect("SHA-256 has 32 bytes")
}

/// Full-width forms (U+FF01 to U+FF5E) to the ASCII they stand for.
fn plain_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Five bytes at a time to eight characters; `bytes` is a multiple of five long.
fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() / 5 * 8);
    for five in bytes.chunks(5) {
        let number = five.iter().fold(0u64, |number, &byte| number << 8 | u64::from(byte));
        for i in (0..8).rev() {
            text.push(char::from(ALPHABET[(number >> (5 * i)) as usize & 31]));
        }
    }
    text
}

/// The reverse; `None` for a wrong character or another length than `out` asks for.
fn decode(text: &str, out: &mut [u8]) -> Option<()> {
    if !text.is_ascii() || text.len() != out.len() / 5 * 8 {
        return None;
    }
    for (eight, five) in text.as_bytes().chunks(8).zip(out.chunks_mut(5)) {
        let number = eight.iter().try_fold(0u64, |number, &c| Some(number << 5 | digit(c)?))?;
        five.copy_from_slice(&number.to_be_bytes()[3..]);
    }
    Some(())
}

fn digit(c: u8) -> Option<u64> {
    let c = match c.to_ascii_uppercase() {
        b'I' | b'L' => b'1',
        b'O' => b'0',
        other => other,
    };
    ALPHABET.iter().position(|&known| known == c).map(|at| at as u64)
}

/// The caller's randomness in the shape `vsss-rs` asks for.
struct Random<'a, 'b>(&'a mut Entropy<'b>);

impl TryRng for Random<'_, '_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        (self.0)(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        (self.0)(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        (self.0)(out);
        Ok(())
    }
}

/// By the contract of [`Entropy`].
impl TryCryptoRng for Random<'_, '_> {}
