//! Keys of one subject: a secret, or a person. The caller keeps the wrapped bytes; deleting them
//! erases all that was sealed with them.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::Entropy;
use crate::blobs::BlobId;
use crate::error::SealError;
use crate::keydir::Unlocked;
use crate::recipient::{Identity, Recipient, TEXT_BYTES_MAX};
use crate::service::{Key, Service, join};

/// Longest name of a subject, in bytes.
pub const SUBJECT_BYTES_MAX: usize = 256;

const BLOB_ID_KEY: &str = "blob-id-key";
const PERSON_KEY: &str = "person-key";

/// The keys of one secret, wrapped: plain values for the caller's database.
///
/// Delete `identity` and `mac_key` (and every backup of them) to erase the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretKeys {
    /// `age1…`, in clear: to whom this secret's content is sealed.
    pub recipient: String,
    /// Age file to the vault's recipient, about 500 bytes. Inside: three comment lines (subject,
    /// blob id key) and the identity, so the opened file serves plain `age -d -i` as it is.
    pub identity: Vec<u8>,
    /// The key of blob ids under the service credential, 73 bytes.
    pub mac_key: Vec<u8>,
}

impl SecretKeys {
    /// Makes the keys of a new secret. Works while locked: `vault` is the public half.
    ///
    /// # Errors
    /// [`SealError::BadSubject`].
    pub fn new(
        subject: &str,
        vault: &Recipient,
        service: &Service,
        entropy: &mut Entropy,
    ) -> Result<Self, SealError> {
        check_subject(subject)?;
        let identity = Identity::generate(entropy);
        let mac_key = Key::generate(entropy);
        wrap_secret(subject, &identity, &mac_key, vault, service, entropy)
    }

    /// What a locked node needs to take content in.
    ///
    /// # Errors
    /// [`SealError::WrongKey`] with another service credential, or when `subject`, `recipient` or
    /// `mac_key` isn't what they were made with; [`SealError::BadRecipient`].
    pub fn sealer(&self, subject: &str, service: &Service) -> Result<SecretSealer, SealError> {
        let recipient: Recipient = self.recipient.parse()?;
        let bytes = service.key().open(&[BLOB_ID_KEY, subject, &self.recipient], &self.mac_key)?;
        let mac_key = Key::from_slice(&bytes).ok_or(SealError::Damaged)?;
        Ok(SecretSealer { recipient, ids: BlobIds(mac_key) })
    }

    /// What opens the secret's content.
    ///
    /// # Errors
    /// [`SealError::WrongKey`] with another vault's key, [`SealError::Damaged`], or
    /// [`SealError::NotThisSubject`] when these are another subject's keys or `recipient` isn't
    /// the identity's.
    pub fn open(&self, subject: &str, vault: &Unlocked) -> Result<SecretOpener, SealError> {
        let text = vault.open(&self.identity)?;
        let lines = Lines::read(&text)?;
        let identity = lines.identity().ok_or(SealError::Damaged)?;
        let mac_key = lines.key(BLOB_ID_KEY).ok_or(SealError::Damaged)?;
        if lines.subject() != Some(subject) || identity.recipient().to_string() != self.recipient {
            return Err(SealError::NotThisSubject);
        }
        Ok(SecretOpener { identity, ids: BlobIds(mac_key) })
    }

    /// The same keys wrapped anew: for another vault key, or after `service.key` was lost.
    ///
    /// # Errors
    /// As [`SecretKeys::open`].
    pub fn rewrap(
        &self,
        subject: &str,
        old: &Unlocked,
        vault: &Recipient,
        service: &Service,
        entropy: &mut Entropy,
    ) -> Result<Self, SealError> {
        let SecretOpener { identity, ids: BlobIds(mac_key) } = self.open(subject, old)?;
        wrap_secret(subject, &identity, &mac_key, vault, service, entropy)
    }
}

fn wrap_secret(
    subject: &str,
    identity: &Identity,
    mac_key: &Key,
    vault: &Recipient,
    service: &Service,
    entropy: &mut Entropy,
) -> Result<SecretKeys, SealError> {
    let recipient = identity.recipient().to_string();
    let text = Zeroizing::new(format!(
        "# subject: {subject}\n# {BLOB_ID_KEY}: {}\n{}\n",
        *mac_key.to_hex(),
        *identity.to_text(),
    ));
    let context = [BLOB_ID_KEY, subject, &recipient];
    let mac_key = service.key().seal(&context, &*mac_key.0, entropy);
    Ok(SecretKeys { identity: vault.seal(text.as_bytes())?, mac_key, recipient })
}

/// Takes content of one secret in: its recipient, and the key of its blob ids. Got from
/// [`SecretKeys::sealer`]; can't open anything. Overwritten when dropped; prints nothing.
pub struct SecretSealer {
    recipient: Recipient,
    ids: BlobIds,
}

impl SecretSealer {
    /// Seals a small text as an age file to the secret's recipient.
    ///
    /// # Errors
    /// [`SealError::TooLong`] above [`TEXT_BYTES_MAX`].
    pub fn seal(&self, text: &[u8]) -> Result<Vec<u8>, SealError> {
        self.recipient.seal(text)
    }

    /// To whom it seals.
    pub fn recipient(&self) -> &Recipient {
        &self.recipient
    }

    pub(crate) fn blob_id(&self, plain_sha256: &[u8; 32]) -> BlobId {
        self.ids.of(plain_sha256)
    }
}

/// Opens content of one secret. Got from [`SecretKeys::open`]. Overwritten when dropped; prints
/// nothing.
pub struct SecretOpener {
    identity: Identity,
    ids: BlobIds,
}

impl SecretOpener {
    /// Opens a small text.
    ///
    /// # Errors
    /// [`SealError::WrongKey`] when it is sealed for another secret, [`SealError::Damaged`],
    /// [`SealError::TooLong`].
    pub fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        self.identity.open(sealed)
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.identity
    }

    pub(crate) fn blob_ids(&self) -> BlobIds {
        self.ids.clone()
    }
}

/// The key of one person's data, wrapped twice: plain values for the caller's database.
///
/// Delete both to erase what is known of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonKeys {
    /// Under the service credential, 73 bytes: names must be shown while locked, too.
    pub service: Vec<u8>,
    /// Age file to the vault's recipient, about 350 bytes: for the day `service.key` is lost.
    pub recovery: Vec<u8>,
}

impl PersonKeys {
    /// Makes the key of a new person. Works while locked.
    ///
    /// # Errors
    /// [`SealError::BadSubject`].
    pub fn new(
        subject: &str,
        vault: &Recipient,
        service: &Service,
        entropy: &mut Entropy,
    ) -> Result<Self, SealError> {
        check_subject(subject)?;
        wrap_person(subject, &Key::generate(entropy), vault, service, entropy)
    }

    /// The key, by the service credential.
    ///
    /// # Errors
    /// [`SealError::WrongKey`] with another credential or subject.
    pub fn key(&self, subject: &str, service: &Service) -> Result<PersonKey, SealError> {
        let bytes = service.key().open(&[PERSON_KEY, subject], &self.service)?;
        Key::from_slice(&bytes).map(PersonKey).ok_or(SealError::Damaged)
    }

    /// The key, by the unlocked vault.
    ///
    /// # Errors
    /// [`SealError::WrongKey`] with another vault's key, [`SealError::Damaged`],
    /// [`SealError::NotThisSubject`].
    pub fn recover(&self, subject: &str, vault: &Unlocked) -> Result<PersonKey, SealError> {
        let text = vault.open(&self.recovery)?;
        let lines = Lines::read(&text)?;
        let key = lines.key(PERSON_KEY).ok_or(SealError::Damaged)?;
        if lines.subject() != Some(subject) {
            return Err(SealError::NotThisSubject);
        }
        Ok(PersonKey(key))
    }

    /// The same key wrapped anew: for another vault key, or after `service.key` was lost.
    ///
    /// # Errors
    /// As [`PersonKeys::recover`].
    pub fn rewrap(
        &self,
        subject: &str,
        old: &Unlocked,
        vault: &Recipient,
        service: &Service,
        entropy: &mut Entropy,
    ) -> Result<Self, SealError> {
        wrap_person(subject, &self.recover(subject, old)?.0, vault, service, entropy)
    }
}

fn wrap_person(
    subject: &str,
    key: &Key,
    vault: &Recipient,
    service: &Service,
    entropy: &mut Entropy,
) -> Result<PersonKeys, SealError> {
    let text = Zeroizing::new(format!("# subject: {subject}\n# {PERSON_KEY}: {}\n", *key.to_hex()));
    Ok(PersonKeys {
        service: service.key().seal(&[PERSON_KEY, subject], &*key.0, entropy),
        recovery: vault.seal(text.as_bytes())?,
    })
}

/// Seals and opens small texts about one person: XChaCha20-Poly1305, 41 bytes longer than the
/// text. Overwritten when dropped; prints nothing.
pub struct PersonKey(Key);

impl PersonKey {
    /// Seals `text`. `associated` (where it stands: table, row, field) isn't stored, and must be
    /// the same when opening, so that sealed texts can't be swapped.
    ///
    /// # Errors
    /// [`SealError::TooLong`] above [`TEXT_BYTES_MAX`].
    pub fn seal(
        &self,
        text: &[u8],
        associated: &[u8],
        entropy: &mut Entropy,
    ) -> Result<Vec<u8>, SealError> {
        if text.len() > TEXT_BYTES_MAX {
            return Err(SealError::TooLong);
        }
        Ok(self.0.seal_bytes(&person_text(associated), text, entropy))
    }

    /// Opens what [`PersonKey::seal`] gave with the same `associated`.
    ///
    /// # Errors
    /// [`SealError::WrongKey`] or [`SealError::Damaged`].
    pub fn open(&self, sealed: &[u8], associated: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        self.0.open_bytes(&person_text(associated), sealed)
    }
}

fn person_text(associated: &[u8]) -> Vec<u8> {
    join([b"person-text".as_slice(), associated].into_iter())
}

/// The key that gives one secret's blobs their ids.
#[derive(Clone)]
pub(crate) struct BlobIds(Key);

impl BlobIds {
    pub(crate) fn of(&self, plain_sha256: &[u8; 32]) -> BlobId {
        let mac = Hmac::<Sha256>::new_from_slice(self.0.0.as_slice());
        let mac = mac.expect("HMAC takes keys of any length").chain_update(plain_sha256);
        BlobId(mac.finalize().into_bytes().into())
    }
}

impl Key {
    fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.0.as_slice()))
    }
}

macro_rules! print_nothing {
    ($($name:ident),+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}
print_nothing!(SecretSealer, SecretOpener, PersonKey);

fn check_subject(subject: &str) -> Result<(), SealError> {
    let fits = (1..=SUBJECT_BYTES_MAX).contains(&subject.len());
    // A line break would let a subject write lines of its own into the wrapped keys.
    if !fits || subject.trim() != subject || subject.chars().any(char::is_control) {
        return Err(SealError::BadSubject);
    }
    Ok(())
}

/// What wrapped keys look like once opened: `# name: value` lines, and perhaps an identity.
struct Lines<'a>(&'a str);

impl<'a> Lines<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, SealError> {
        std::str::from_utf8(bytes).map(Lines).map_err(|_| SealError::Damaged)
    }

    fn value(&self, name: &str) -> Option<&'a str> {
        self.0
            .lines()
            .find_map(|line| line.strip_prefix("# ")?.strip_prefix(name)?.strip_prefix(": "))
    }

    fn subject(&self) -> Option<&'a str> {
        self.value("subject")
    }

    fn key(&self, name: &str) -> Option<Key> {
        let mut key = Zeroizing::new([0; 32]);
        hex::decode_to_slice(self.value(name)?, &mut *key).ok()?;
        Some(Key(key))
    }

    fn identity(&self) -> Option<Identity> {
        self.0.lines().find(|line| !line.starts_with('#')).and_then(Identity::parse)
    }
}
