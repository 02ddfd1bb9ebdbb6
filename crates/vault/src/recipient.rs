//! Sealing to a public key, and opening with its identity: age v1 files with X25519.

use std::fmt;
use std::io::{self, Read, Write};
use std::str::FromStr;

use age::secrecy::ExposeSecret;
use age::x25519;
use zeroize::{Zeroize, Zeroizing};

use crate::Entropy;
use crate::error::SealError;

/// Longest text that is sealed in one piece, in bytes. Longer content is a blob.
pub const TEXT_BYTES_MAX: usize = 16 << 20;

/// An age X25519 recipient, `age1…`: the public half to which anyone may seal.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipient(pub(crate) x25519::Recipient);

impl Recipient {
    /// Seals `text` as an age file, which plain `age -d -i identity` opens. Needs no unlock.
    ///
    /// # Errors
    /// [`SealError::TooLong`] above [`TEXT_BYTES_MAX`].
    pub fn seal(&self, text: &[u8]) -> Result<Vec<u8>, SealError> {
        if text.len() > TEXT_BYTES_MAX {
            return Err(SealError::TooLong);
        }
        let mut sealed = Vec::with_capacity(text.len() + 512);
        let mut writer = self.encrypt(&mut sealed).expect("a header can be written to memory");
        writer.write_all(text).expect("memory takes what is written");
        writer.finish().expect("memory takes what is written");
        Ok(sealed)
    }

    /// Seals `text` so that the owners of any of `recipients` can open it: an age file with a stanza
    /// for each.
    ///
    /// # Errors
    /// [`SealError::TooLong`] above [`TEXT_BYTES_MAX`]; [`SealError::BadRecipient`] for none.
    pub fn seal_for(recipients: &[&Self], text: &[u8]) -> Result<Vec<u8>, SealError> {
        if text.len() > TEXT_BYTES_MAX {
            return Err(SealError::TooLong);
        }
        let to = recipients.iter().map(|recipient| &recipient.0 as &dyn age::Recipient);
        let encryptor = age::Encryptor::with_recipients(to).map_err(|_| SealError::BadRecipient)?;
        let mut sealed = Vec::with_capacity(text.len() + 1024);
        let mut writer = encryptor.wrap_output(&mut sealed).expect("memory takes a header");
        writer.write_all(text).expect("memory takes what is written");
        writer.finish().expect("memory takes what is written");
        Ok(sealed)
    }

    /// An age file to this recipient alone, written to `out` piece by piece.
    pub(crate) fn encrypt<W: Write>(&self, out: W) -> io::Result<age::stream::StreamWriter<W>> {
        age::Encryptor::with_recipients(std::iter::once(&self.0 as &dyn age::Recipient))
            .expect("one X25519 recipient is a valid set of recipients")
            .wrap_output(out)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Recipient {
    type Err = SealError;

    /// Reads `age1…`; surrounding white space is ignored.
    fn from_str(text: &str) -> Result<Self, SealError> {
        text.trim().parse().map(Recipient).map_err(|_| SealError::BadRecipient)
    }
}

/// An age X25519 identity. Overwritten when dropped; prints nothing.
pub(crate) struct Identity(pub(crate) x25519::Identity);

impl Identity {
    pub(crate) fn generate(entropy: &mut Entropy) -> Self {
        let mut secret = Zeroizing::new([0; 32]);
        entropy(&mut *secret);
        Identity::from_bytes(&secret)
    }

    pub(crate) fn from_bytes(secret: &[u8; 32]) -> Self {
        let text = Zeroizing::new(
            bech32::encode_upper::<bech32::Bech32>(prefix(), secret)
                .expect("32 bytes fit in Bech32"),
        );
        Identity(text.parse().expect("a Bech32 text of 32 bytes is an identity"))
    }

    /// The secret scalar, as age stores it.
    pub(crate) fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        let text = self.0.to_string();
        let (_, mut bytes) =
            bech32::decode(text.expose_secret()).expect("age writes its identities as Bech32");
        let secret =
            Zeroizing::new(bytes.as_slice().try_into().expect("an X25519 identity has 32 bytes"));
        bytes.zeroize();
        secret
    }

    /// `AGE-SECRET-KEY-1…`.
    pub(crate) fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.to_string().expose_secret().to_owned())
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Identity)
    }

    pub(crate) fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }

    /// Starts opening an age file: reads its header.
    pub(crate) fn decrypt<R: Read>(
        &self,
        sealed: R,
    ) -> Result<age::stream::StreamReader<R>, age::DecryptError> {
        age::Decryptor::new(sealed)?.decrypt(std::iter::once(&self.0 as &dyn age::Identity))
    }

    /// Opens a small age file whole.
    pub(crate) fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        // Enough room from the start: growing would leave copies behind.
        let mut text = Zeroizing::new(Vec::with_capacity(sealed.len()));
        if sealed.len() > TEXT_BYTES_MAX + (TEXT_BYTES_MAX >> 8) + (1 << 16) {
            return Err(SealError::TooLong);
        }
        self.decrypt(sealed)
            .map_err(|error| match error {
                age::DecryptError::NoMatchingKeys => SealError::WrongKey,
                _ => SealError::Damaged,
            })?
            .read_to_end(&mut text)
            .map_err(|_| SealError::Damaged)?;
        Ok(text)
    }
}

fn prefix() -> bech32::Hrp {
    bech32::Hrp::parse("AGE-SECRET-KEY-").expect("a valid Bech32 prefix")
}
