//! The service credential: what a node may do while nobody has unlocked it.

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::Entropy;
use crate::error::SealError;

/// First byte of everything sealed with a symmetric key; another cipher gets another number.
const XCHACHA: u8 = 1;
const NONCE_BYTES: usize = 24;

/// The service credential, 32 bytes: wraps personal-data keys and the keys of blob ids.
///
/// It opens no content of a secret. Overwritten when dropped; prints nothing.
pub struct Service(Key);

impl Service {
    /// From bytes kept elsewhere (systemd credential, TPM); [`crate::KeyDir::service`] reads the
    /// file.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Service(Key(Zeroizing::new(bytes)))
    }

    /// Seals a small thing of the node itself, for instance a signing key. `context` says what it
    /// is and must be the same when opening.
    pub fn seal(&self, context: &str, plain: &[u8], entropy: &mut Entropy) -> Vec<u8> {
        self.0.seal(&["service", context], plain, entropy)
    }

    /// Opens what [`Service::seal`] gave.
    ///
    /// # Errors
    /// [`SealError::Damaged`] when the bytes aren't of this format, [`SealError::WrongKey`] when
    /// they don't open with this credential and `context`.
    pub fn open(&self, context: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        self.0.open(&["service", context], sealed)
    }

    pub(crate) fn key(&self) -> &Key {
        &self.0
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Service(…)")
    }
}

/// A symmetric key: XChaCha20-Poly1305 with a random nonce of 24 bytes, so that chance alone keeps
/// nonces apart (draft-irtf-cfrg-xchacha §2: 2^80 messages under one key).
#[derive(Clone)]
pub(crate) struct Key(pub(crate) Zeroizing<[u8; 32]>);

impl Key {
    pub(crate) fn generate(entropy: &mut Entropy) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        entropy(&mut *key);
        Key(key)
    }

    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(|bytes| Key(Zeroizing::new(bytes)))
    }

    /// `1 ‖ nonce ‖ ciphertext and tag`; `context` is authenticated, not stored.
    pub(crate) fn seal(&self, context: &[&str], plain: &[u8], entropy: &mut Entropy) -> Vec<u8> {
        self.seal_bytes(&join(context.iter().map(|part| part.as_bytes())), plain, entropy)
    }

    pub(crate) fn open(
        &self,
        context: &[&str],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        self.open_bytes(&join(context.iter().map(|part| part.as_bytes())), sealed)
    }

    pub(crate) fn seal_bytes(&self, aad: &[u8], plain: &[u8], entropy: &mut Entropy) -> Vec<u8> {
        let mut nonce = [0; NONCE_BYTES];
        entropy(&mut nonce);
        let sealed = XChaCha20Poly1305::new((&*self.0).into())
            .encrypt(XNonce::from_slice(&nonce), Payload { msg: plain, aad })
            .expect("XChaCha20-Poly1305 takes up to 256 GiB");
        [&[XCHACHA], nonce.as_slice(), sealed.as_slice()].concat()
    }

    pub(crate) fn open_bytes(
        &self,
        aad: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (&version, rest) = sealed.split_first().ok_or(SealError::Damaged)?;
        let (nonce, msg) = rest.split_at_checked(NONCE_BYTES).ok_or(SealError::Damaged)?;
        if version != XCHACHA {
            return Err(SealError::Damaged);
        }
        XChaCha20Poly1305::new((&*self.0).into())
            .decrypt(XNonce::from_slice(nonce), Payload { msg, aad })
            .map(Zeroizing::new)
            .map_err(|_| SealError::WrongKey)
    }
}

/// Joins parts so that no two different lists give the same bytes: each with its length first.
pub(crate) fn join<'a>(parts: impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut joined = b"vault/1".to_vec();
    for part in parts {
        joined.extend((part.len() as u64).to_be_bytes());
        joined.extend(part);
    }
    joined
}
