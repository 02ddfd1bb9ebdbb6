//! Digests, public keys and signatures: which are accepted, and checking them.

use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use rsa::BoxedUint;
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use crate::asn1::{self, BIT_STRING, INTEGER, NULL, OID, SEQUENCE, Tlv};
use crate::error::{Malformed, Refused};
use crate::oid;

/// RSA keys below this many bits are too weak (NIST SP 800-131A).
const RSA_BITS_MIN: usize = 2048;
/// RSA keys above this cost too much time to be anything but an attack.
const RSA_BITS_MAX: usize = 8192;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub(crate) fn of(self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(message).to_vec(),
            Self::Sha384 => Sha384::digest(message).to_vec(),
            Self::Sha512 => Sha512::digest(message).to_vec(),
        }
    }

    /// From an `AlgorithmIdentifier`.
    pub(crate) fn read(algorithm: &Tlv<'_>) -> Result<Self, Refused> {
        let name = plain_algorithm(algorithm)?;
        match name {
            oid::SHA256 => Ok(Self::Sha256),
            oid::SHA384 => Ok(Self::Sha384),
            oid::SHA512 => Ok(Self::Sha512),
            other => Err(Refused::Algorithm(asn1::dotted(other))),
        }
    }
}

/// The family of keys that a signature algorithm needs, and its hash if the name fixes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scheme {
    family: Family,
    hash: Option<Hash>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Ecdsa,
    Rsa,
}

impl Scheme {
    /// From the `AlgorithmIdentifier` of a signature.
    pub(crate) fn read(algorithm: &Tlv<'_>) -> Result<Self, Refused> {
        let name = plain_algorithm(algorithm)?;
        let (family, hash) = match name {
            oid::ECDSA_SHA256 => (Family::Ecdsa, Some(Hash::Sha256)),
            oid::ECDSA_SHA384 => (Family::Ecdsa, Some(Hash::Sha384)),
            oid::ECDSA_SHA512 => (Family::Ecdsa, Some(Hash::Sha512)),
            oid::RSA_SHA256 => (Family::Rsa, Some(Hash::Sha256)),
            oid::RSA_SHA384 => (Family::Rsa, Some(Hash::Sha384)),
            oid::RSA_SHA512 => (Family::Rsa, Some(Hash::Sha512)),
            // CMS often names the key only; the digest stands beside it (RFC 3370 §3.2).
            oid::RSA => (Family::Rsa, None),
            other => return Err(Refused::Algorithm(asn1::dotted(other))),
        };
        Ok(Self { family, hash })
    }

    /// The hash, which must be `beside` if the name fixes one.
    pub(crate) fn hash_beside(self, beside: Hash) -> Option<Hash> {
        (self.hash.unwrap_or(beside) == beside).then_some(beside)
    }

    /// The hash that the name fixes.
    pub(crate) fn own_hash(self) -> Option<Hash> {
        self.hash
    }
}

/// The identifier of an algorithm whose parameters are absent or NULL.
pub(crate) fn plain_algorithm<'a>(algorithm: &Tlv<'a>) -> Result<&'a [u8], Malformed> {
    let what = "AlgorithmIdentifier";
    let mut reader = algorithm.reader();
    let name = reader.take(OID, what)?.body;
    if let Some(null) = reader.take_if(NULL, what)?
        && !null.body.is_empty()
    {
        return Err(Malformed { what });
    }
    reader.end(what)?;
    Ok(name)
}

/// A public key that can check signatures.
pub(crate) enum PublicKey {
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
    Rsa(rsa::PublicKey),
}

impl PublicKey {
    /// From `SubjectPublicKeyInfo`.
    pub(crate) fn read(info: &Tlv<'_>) -> Result<Self, Refused> {
        let what = "SubjectPublicKeyInfo";
        let mut reader = info.reader();
        let algorithm = reader.take(SEQUENCE, what)?;
        let key = reader.take(BIT_STRING, what)?;
        let key = asn1::bits(&key, what)?;
        reader.end(what)?;
        let mut algorithm = algorithm.reader();
        let name = algorithm.take(OID, what)?.body;
        match name {
            oid::EC => {
                let curve = algorithm.take(OID, what)?.body;
                algorithm.end(what)?;
                Self::on_curve(curve, key)
            }
            oid::RSA => Self::rsa(key),
            other => Err(Refused::Algorithm(asn1::dotted(other))),
        }
    }

    fn on_curve(curve: &[u8], point: &[u8]) -> Result<Self, Refused> {
        match curve {
            oid::P256 => p256::ecdsa::VerifyingKey::from_sec1_bytes(point).map(Self::P256).ok(),
            oid::P384 => p384::ecdsa::VerifyingKey::from_sec1_bytes(point).map(Self::P384).ok(),
            other => return Err(Refused::Algorithm(asn1::dotted(other))),
        }
        .ok_or(Refused::Key)
    }

    /// `RSAPublicKey` (RFC 8017 appendix A.1.1).
    fn rsa(key: &[u8]) -> Result<Self, Refused> {
        let what = "RSAPublicKey";
        let mut reader = asn1::whole(key, SEQUENCE, what)?.reader();
        let modulus = reader.take(INTEGER, what)?;
        let modulus = asn1::unsigned(&modulus, what)?;
        let exponent = reader.take(INTEGER, what)?;
        let exponent = asn1::unsigned(&exponent, what)?;
        reader.end(what)?;
        if modulus.len() > RSA_BITS_MAX / 8 || exponent.len() > 8 {
            return Err(Refused::Key);
        }
        rsa::PublicKey::new_with_size_limits(
            BoxedUint::from_be_slice_vartime(modulus),
            BoxedUint::from_be_slice_vartime(exponent),
            RSA_BITS_MIN..=RSA_BITS_MAX,
        )
        .map(Self::Rsa)
        .map_err(|_| Refused::Key)
    }

    /// Whether `signature` over `message` is this key's.
    pub(crate) fn signed(
        &self,
        scheme: Scheme,
        hash: Hash,
        message: &[u8],
        signature: &[u8],
    ) -> bool {
        let digest = hash.of(message);
        match (self, scheme.family) {
            (Self::P256(key), Family::Ecdsa) => scalars(signature)
                .and_then(|(r, s)| p256::ecdsa::Signature::from_scalars(r, s).ok())
                .is_some_and(|signature| key.verify_prehash(&digest, &signature).is_ok()),
            (Self::P384(key), Family::Ecdsa) => scalars(signature)
                .and_then(|(r, s)| p384::ecdsa::Signature::from_scalars(r, s).ok())
                .is_some_and(|signature| key.verify_prehash(&digest, &signature).is_ok()),
            (Self::Rsa(key), Family::Rsa) => {
                let padding = match hash {
                    Hash::Sha256 => rsa::Pkcs1v15Sign::new::<Sha256>(),
                    Hash::Sha384 => rsa::Pkcs1v15Sign::new::<Sha384>(),
                    Hash::Sha512 => rsa::Pkcs1v15Sign::new::<Sha512>(),
                };
                key.verify(padding, &digest, signature).is_ok()
            }
            _ => false,
        }
    }
}

/// `Ecdsa-Sig-Value` as two numbers of `N` bytes.
fn scalars<const N: usize>(signature: &[u8]) -> Option<([u8; N], [u8; N])> {
    let what = "Ecdsa-Sig-Value";
    let mut reader = asn1::whole(signature, SEQUENCE, what).ok()?.reader();
    let mut next = || {
        let digits = reader.take(INTEGER, what).ok()?;
        let digits = asn1::unsigned(&digits, what).ok()?;
        let mut padded = [0; N];
        let start = N.checked_sub(digits.len())?;
        padded[start..].copy_from_slice(digits);
        Some(padded)
    };
    let (r, s) = (next()?, next()?);
    reader.end(what).ok()?;
    Some((r, s))
}
