//! Signed notes (C2SP signed-note v1.0.0): a text with signature lines under it.
//!
//! Ed25519 is verified strictly: keys of small order, and keys and signatures in another than the
//! canonical form, are refused. Whatever is accepted here, every verifier that follows RFC 8032
//! accepts too.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signer as _, VerifyingKey};
use sha2::{Digest as _, Sha256};

use crate::cosignature;

/// The most signature lines read; the specification asks for at least 16.
pub const SIGNATURES_MAX: usize = 100;
/// The longest note read, in bytes.
pub const NOTE_BYTES_MAX: usize = 1 << 20;

/// What a key signs, by its type byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// 0x01: Ed25519 over the note's text; what a log signs with.
    Log,
    /// 0x04: timestamped Ed25519 cosignature; what a witness signs with.
    Cosigner,
}

impl KeyKind {
    const fn byte(self) -> u8 {
        match self {
            Self::Log => 0x01,
            Self::Cosigner => 0x04,
        }
    }

    fn from_byte(byte: u8) -> Option<Self> {
        [Self::Log, Self::Cosigner].into_iter().find(|kind| kind.byte() == byte)
    }
}

/// A key that checks signatures; written as a vkey: `name+id+base64(type ‖ public key)`.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    kind: KeyKind,
    id: [u8; 4],
    key: VerifyingKey,
}

/// A key that makes signatures.
#[derive(Clone)]
pub struct SigningKey {
    key: ed25519_dalek::SigningKey,
    verifier: VerifierKey,
}

/// A text that is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not of the form of a key.
    #[error("not of the form of a note key")]
    Form,
    /// An empty name, or one with spaces, control characters or a plus sign.
    #[error("a key's name may not be empty or hold spaces, control characters or +")]
    Name,
    /// The id is not that of name and key: mistyped.
    #[error("the key's id does not belong to its name and bytes")]
    Id,
    /// A type of key that this program does not know.
    #[error("a type of key that is not known here")]
    Kind,
    /// Not a point of the curve in its canonical form, or one of small order.
    #[error("not a sound Ed25519 key")]
    Key,
}

/// A signature line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The key's name.
    pub name: String,
    /// The key's id.
    pub id: [u8; 4],
    /// What the key's type makes of it.
    pub bytes: Vec<u8>,
}

/// A text with signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The text; ends with a line end.
    pub text: String,
    /// The signatures, in their order.
    pub signatures: Vec<Signature>,
}

/// Why a note can't be read or believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not of the form of a signed note, or larger than [`NOTE_BYTES_MAX`] or
    /// [`SIGNATURES_MAX`].
    #[error("not of the form of a signed note")]
    Form,
    /// A known key's signature does not verify, so nothing of the note is believed.
    #[error("the signature by {0} is wrong")]
    WrongSignature(String),
    /// No known key has signed.
    #[error("no known key has signed")]
    NoKnownKey,
}

/// A signature that verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The key.
    pub key: VerifierKey,
    /// When a witness signed, in seconds since 1970, the earliest of its lines; `None` for a log's
    /// signature.
    pub time: Option<u64>,
}

/// The specification's rule: not empty, no Unicode space, no plus, no ASCII control character.
fn name_ok(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c == '+' || c < ' ')
}

fn key_id(name: &str, kind: KeyKind, key: &[u8; 32]) -> [u8; 4] {
    let mut hasher = Sha256::new();
    hasher.update(name.as_bytes());
    hasher.update([b'\n', kind.byte()]);
    hasher.update(key);
    let hash: [u8; 32] = hasher.finalize().into();
    [hash[0], hash[1], hash[2], hash[3]]
}

impl VerifierKey {
    /// Puts a key together.
    ///
    /// # Errors
    /// [`KeyError::Name`], [`KeyError::Key`].
    pub fn new(name: &str, kind: KeyKind, key: &[u8; 32]) -> Result<Self, KeyError> {
        if !name_ok(name) {
            return Err(KeyError::Name);
        }
        let public = VerifyingKey::from_bytes(key).map_err(|_| KeyError::Key)?;
        let canonical = public.to_edwards().compress().to_bytes() == *key;
        if public.is_weak() || !canonical {
            return Err(KeyError::Key);
        }
        Ok(Self { name: name.to_owned(), kind, id: key_id(name, kind, key), key: public })
    }

    /// Reads a vkey, in its one form.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        text.parse()
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it signs.
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// Its id.
    pub fn id(&self) -> [u8; 4] {
        self.id
    }

    /// The public key.
    pub fn public(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// Whether a signature line claims to be by this key.
    pub fn is_of(&self, signature: &Signature) -> bool {
        signature.id == self.id && signature.name == self.name
    }

    /// Checks 64 bytes of Ed25519, strictly.
    pub(crate) fn verify_bytes(&self, message: &[u8], signature: &[u8]) -> bool {
        let Ok(signature) = ed25519_dalek::Signature::from_slice(signature) else { return false };
        self.key.verify_strict(message, &signature).is_ok()
    }

    /// Checks a signature line of this key over a note's text.
    fn verify(&self, text: &str, signature: &Signature) -> Option<Verified> {
        let time = match self.kind {
            KeyKind::Log => self.verify_bytes(text.as_bytes(), &signature.bytes).then_some(None)?,
            KeyKind::Cosigner => Some(cosignature::verify(self, text, &signature.bytes)?),
        };
        Some(Verified { key: self.clone(), time })
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.kind.byte()];
        bytes.extend(self.key.to_bytes());
        let id = u32::from_be_bytes(self.id);
        write!(f, "{}+{id:08x}+{}", self.name, BASE64.encode(bytes))
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({self})")
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (name, id, kind, bytes) = split_key(text)?;
        let key = Self::new(name, kind, &bytes)?;
        if key.id == id { Ok(key) } else { Err(KeyError::Id) }
    }
}

/// A key's text, taken apart: name, id, type, 32 bytes.
type KeyParts<'a> = (&'a str, [u8; 4], KeyKind, [u8; 32]);

/// Takes `name+id+base64(type ‖ 32 bytes)` apart.
fn split_key(text: &str) -> Result<KeyParts<'_>, KeyError> {
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(id), Some(bytes)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(KeyError::Form);
    };
    if !name_ok(name) {
        return Err(KeyError::Name);
    }
    let lower = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    if id.len() != 8 || !id.bytes().all(lower) {
        return Err(KeyError::Form);
    }
    let id = u32::from_str_radix(id, 16).map_err(|_| KeyError::Form)?.to_be_bytes();
    let bytes = BASE64.decode(bytes).map_err(|_| KeyError::Form)?;
    let (&kind, bytes) = bytes.split_first().ok_or(KeyError::Form)?;
    let kind = KeyKind::from_byte(kind).ok_or(KeyError::Kind)?;
    let bytes = bytes.try_into().map_err(|_| KeyError::Form)?;
    Ok((name, id, kind, bytes))
}

impl SigningKey {
    /// Makes a key from 32 random bytes.
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn new(name: &str, kind: KeyKind, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let key = ed25519_dalek::SigningKey::from_bytes(seed);
        let verifier = VerifierKey::new(name, kind, &key.verifying_key().to_bytes())?;
        Ok(Self { key, verifier })
    }

    /// Makes a log's key.
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn log(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        Self::new(name, KeyKind::Log, seed)
    }

    /// Makes a witness's key.
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn cosigner(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        Self::new(name, KeyKind::Cosigner, seed)
    }

    /// Reads `PRIVATE+KEY+name+id+base64(type ‖ seed)`, as Go's `note` package writes it.
    ///
    /// # Errors
    /// [`KeyError`]; says nothing of the key itself.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let rest = text.strip_prefix("PRIVATE+KEY+").ok_or(KeyError::Form)?;
        let (name, id, kind, seed) = split_key(rest)?;
        let key = Self::new(name, kind, &seed)?;
        if key.verifier.id == id { Ok(key) } else { Err(KeyError::Id) }
    }

    /// Writes what [`SigningKey::parse`] reads. Keep it secret.
    pub fn to_text(&self) -> String {
        let mut bytes = vec![self.verifier.kind.byte()];
        bytes.extend(self.key.to_bytes());
        let id = u32::from_be_bytes(self.verifier.id);
        format!("PRIVATE+KEY+{}+{id:08x}+{}", self.verifier.name, BASE64.encode(bytes))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.verifier.name
    }

    /// What it signs.
    pub fn kind(&self) -> KeyKind {
        self.verifier.kind
    }

    /// The key that checks its signatures.
    pub fn verifier(&self) -> VerifierKey {
        self.verifier.clone()
    }

    pub(crate) fn sign_bytes(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }

    /// The line by which a log signs a text that ends with a line end.
    ///
    /// # Panics
    /// With a witness's key, whose signatures need a time: see [`cosignature::cosign`].
    pub fn sign(&self, text: &str) -> Signature {
        assert!(self.kind() == KeyKind::Log, "a text is signed with a log's key");
        let bytes = self.sign_bytes(text.as_bytes()).to_vec();
        Signature { name: self.verifier.name.clone(), id: self.verifier.id, bytes }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.verifier.name)
    }
}

impl fmt::Display for Signature {
    /// The whole line, with its line end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.id.to_vec();
        bytes.extend(&self.bytes);
        writeln!(f, "— {} {}", self.name, BASE64.encode(bytes))
    }
}

impl Signature {
    /// Reads signature lines, each with its line end: the end of a note, or what a witness answers.
    ///
    /// # Errors
    /// [`NoteError::Form`], also without any line or with more than [`SIGNATURES_MAX`].
    pub fn parse_lines(lines: &str) -> Result<Vec<Self>, NoteError> {
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Form)?;
        let mut signatures = Vec::new();
        for line in lines.split('\n') {
            if signatures.len() == SIGNATURES_MAX {
                return Err(NoteError::Form);
            }
            signatures.push(Self::parse(line)?);
        }
        Ok(signatures)
    }

    /// Reads a signature line, without its line end.
    ///
    /// # Errors
    /// [`NoteError::Form`].
    pub fn parse(line: &str) -> Result<Self, NoteError> {
        let rest = line.strip_prefix("— ").ok_or(NoteError::Form)?;
        let (name, bytes) = rest.split_once(' ').ok_or(NoteError::Form)?;
        let bytes = BASE64.decode(bytes).map_err(|_| NoteError::Form)?;
        match bytes.split_first_chunk::<4>() {
            Some((id, bytes)) if name_ok(name) && !bytes.is_empty() => {
                Ok(Self { name: name.to_owned(), id: *id, bytes: bytes.to_vec() })
            }
            _ => Err(NoteError::Form),
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| signature.fmt(f))
    }
}

impl Note {
    /// Reads a signed note, with at least one signature line.
    ///
    /// # Errors
    /// [`NoteError::Form`].
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        if bytes.len() > NOTE_BYTES_MAX {
            return Err(NoteError::Form);
        }
        let all = std::str::from_utf8(bytes).map_err(|_| NoteError::Form)?;
        if all.bytes().any(|byte| byte < 0x20 && byte != b'\n') {
            return Err(NoteError::Form);
        }
        // The last blank line parts text and signatures.
        let at = all.rfind("\n\n").ok_or(NoteError::Form)?;
        let (text, lines) = (&all[..=at], &all[at + 2..]);
        Ok(Self { text: text.to_owned(), signatures: Signature::parse_lines(lines)? })
    }

    /// Checks every signature by a known key and names the keys that have signed, each once. Lines
    /// by others are ignored.
    ///
    /// # Errors
    /// [`NoteError::WrongSignature`] when a known key's signature does not verify: then nothing of
    /// the note is to be believed. [`NoteError::NoKnownKey`] when none of them has signed.
    pub fn verify(&self, keys: &[VerifierKey]) -> Result<Vec<Verified>, NoteError> {
        let mut all: Vec<Verified> = Vec::new();
        for signature in &self.signatures {
            let Some(verified) = self.verify_one(signature, keys)? else { continue };
            match all.iter_mut().find(|known| known.key == verified.key) {
                Some(known) => known.time = known.time.min(verified.time),
                None => all.push(verified),
            }
        }
        if all.is_empty() { Err(NoteError::NoKnownKey) } else { Ok(all) }
    }

    /// The same text with the lines by known keys only, all of which verify.
    ///
    /// # Errors
    /// As [`Note::verify`].
    pub fn keep_known(&self, keys: &[VerifierKey]) -> Result<Self, NoteError> {
        let mut signatures = Vec::new();
        for signature in &self.signatures {
            if self.verify_one(signature, keys)?.is_some() {
                signatures.push(signature.clone());
            }
        }
        let text = self.text.clone();
        if signatures.is_empty() {
            Err(NoteError::NoKnownKey)
        } else {
            Ok(Self { text, signatures })
        }
    }

    /// Who made a signature line; `None` when no known key claims it.
    fn verify_one(
        &self,
        signature: &Signature,
        keys: &[VerifierKey],
    ) -> Result<Option<Verified>, NoteError> {
        let mut claims = keys.iter().filter(|key| key.is_of(signature)).peekable();
        if claims.peek().is_none() {
            return Ok(None);
        }
        // Two known keys may share name and id by accident; then either may have signed.
        match claims.find_map(|key| key.verify(&self.text, signature)) {
            Some(verified) => Ok(Some(verified)),
            None => Err(NoteError::WrongSignature(signature.name.clone())),
        }
    }
}
